//! Facts of a visit: works done, answers to the checklist, texts.

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DocumentId, Ref, RowId};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::FieldPath;
use halyard_domain::record::{Record, RowValue};
use halyard_domain::records::{Visit, WorkRow, schema};
use halyard_domain::saving::{Objection, Why};
use halyard_domain::schema::Shape;
use halyard_domain::time::TimeWindow;
use halyard_domain::value::Scalar;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::actions::{Done, edit, said, save};
use crate::app::App;
use crate::checklist::AnswerError;
use crate::edit::RecordEdit;
use crate::screens::ScreenError;
use crate::screens::record::Subject;

/// A work as a person writes it down.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct WorkEntered {
    /// The kind of work.
    pub work_kind: DocumentId,
    /// The unit of the volume.
    pub unit: Option<DocumentId>,
    /// How much was done, a decimal.
    pub volume: Option<String>,
    /// From when to when, when it is written down so.
    pub period: Option<TimeWindow>,
    /// How many hours, a decimal, when no times are written down.
    pub hours: Option<String>,
    /// Who worked; whoever writes it down when absent.
    pub who: Option<DocumentId>,
    /// Anything else.
    pub note: Option<String>,
}

/// A work to be written down in a visit.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct WorkToAdd {
    /// The visit.
    pub visit: DocumentId,
    /// The work.
    pub work: WorkEntered,
    /// The form that is answered, by its draft's name: the draft is forgotten with what is saved.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub form: Option<String>,
}

/// A work row to be corrected.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct WorkToCorrect {
    /// The visit.
    pub visit: DocumentId,
    /// The heads the row was read at: what others corrected in it since stays.
    pub seen: Vec<ChangeHash>,
    /// The row.
    pub row: RowId,
    /// The work as it should stand there.
    pub work: WorkEntered,
    /// The form that is answered, by its draft's name: the draft is forgotten with what is saved.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub form: Option<String>,
}

/// A row or an event that should no longer count.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RowToWithdraw {
    /// The record.
    pub document: DocumentId,
    /// The field.
    pub field: String,
    /// The row.
    pub row: RowId,
    /// Why.
    pub why: String,
    /// The form that is answered, by its draft's name: the draft is forgotten with what is saved.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub form: Option<String>,
}

/// An answer to a question of the checklist.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AnswerToGive {
    /// The visit.
    pub visit: DocumentId,
    /// The question's row in the template.
    pub item: RowId,
    /// The answer: `yes`, `no`, `n/a`, a decimal, a line, a choice, a photo's hash; absent to take the
    /// answer back.
    pub answer: Option<String>,
}

/// A long text that was edited.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TextEdited {
    /// The record.
    pub document: DocumentId,
    /// The field.
    pub field: String,
    /// The heads the text was read at: of the page, or of the last save of this box.
    pub base_heads: Vec<String>,
    /// What was on the screen when typing began.
    pub base_text: String,
    /// What the person left there.
    pub new_text: String,
}

/// Writes a work down.
///
/// # Errors
/// When a number cannot be read, it is not allowed, or it cannot be saved.
pub fn add_work(app: &App, asked: &WorkToAdd) -> Result<Done, ScreenError> {
    let device = app.device();
    let row = work_row(&asked.work)?;
    edit(device, asked.visit, vec![device.add(&Visit::WORKS, &row)?], asked.form.as_deref())
}

/// Corrects a work row; what stood there stays in the history.
///
/// # Errors
/// As [`add_work`], and when there is no such row.
pub fn correct_work(app: &App, asked: &WorkToCorrect) -> Result<Done, ScreenError> {
    let device = app.device();
    let subject = Subject::open(device, asked.visit, Some(Kind::Visit), None)?;
    let path = FieldPath::row(Visit::WORKS.name, asked.row);
    let seen = device.show_seen(asked.visit, &asked.seen)?.unwrap_or(subject.reading);
    let stands = seen.row(Visit::WORKS.name, asked.row);
    let stands = stands.ok_or_else(|| ScreenError::WrongValue { path: path.to_string(), expected: None })?;
    let wanted = work_row(&asked.work)?.columns();
    let changed = WorkRow::COLUMNS.iter().filter_map(|column| {
        let value = wanted.get(column.name).cloned().unwrap_or(Scalar::Null);
        let path = FieldPath::column(Visit::WORKS.name, asked.row, column.name);
        (*stands.value(column.name) != value).then_some(Intent::Set { path, value })
    });
    let edit =
        RecordEdit::editing(asked.visit, Kind::Visit, changed.collect()).of_form(asked.form.as_deref());
    save(device, &[RecordEdit { seen: asked.seen.clone(), ..edit }])
}

/// Marks a row as no longer counting; it stays readable.
///
/// # Errors
/// When there is no such row, it is not allowed, or it cannot be saved.
pub fn withdraw_row(app: &App, asked: &RowToWithdraw) -> Result<Done, ScreenError> {
    let why = said(Some(&asked.why)).ok_or_else(|| ScreenError::Required { field: "why".to_owned() })?;
    let device = app.device();
    let intents = vec![device.withdraw_row(&asked.field, asked.row, &why)?];
    edit(device, asked.document, intents, asked.form.as_deref())
}

/// Answers a question of the checklist. A changed answer is a new row that replaces the one before; one that
/// stands there already changes nothing.
///
/// # Errors
/// When the answer is none the question takes, it is not allowed, or it cannot be saved.
pub fn answer_checklist(app: &App, asked: &AnswerToGive) -> Result<Done, ScreenError> {
    let device = app.device();
    let subject = Subject::open(device, asked.visit, Some(Kind::Visit), None)?;
    let visit = Visit::read(&subject.reading);
    let answer = asked.answer.as_deref().unwrap_or_default();
    let intent = device.answer(&visit, asked.item, answer).map_err(|error| unanswerable(asked, error))?;
    edit(device, asked.visit, intent.into_iter().collect(), None)
}

/// Saves an edited text: the person's letters are merged with what others wrote meanwhile.
///
/// # Errors
/// When the field is no text, it is not allowed, or it cannot be saved.
pub fn edit_text(app: &App, asked: &TextEdited) -> Result<Done, ScreenError> {
    let device = app.device();
    let kind = device.kind_of(asked.document)?;
    let kind = kind.ok_or(ScreenError::NoSuchRecord { document: asked.document })?;
    let field = schema(kind).field(&asked.field).filter(|field| matches!(field.shape, Shape::Text));
    let wrong = || ScreenError::WrongValue { path: asked.field.clone(), expected: Some("a text".to_owned()) };
    let field = field.ok_or_else(wrong)?;
    let intent = Intent::EditText {
        field: field.name.to_owned(),
        base_heads: asked.base_heads.clone(),
        base_text: asked.base_text.clone(),
        new_text: asked.new_text.clone(),
    };
    edit(device, asked.document, vec![intent], None)
}

fn work_row(work: &WorkEntered) -> Result<WorkRow, ScreenError> {
    let wrong = |column: &str, expected: &str| ScreenError::WrongValue {
        path: format!("{}/{column}", Visit::WORKS.name),
        expected: Some(expected.to_owned()),
    };
    let number = |text: &Option<String>, column: &str| -> Result<Option<Decimal>, ScreenError> {
        let text = said(text.as_deref());
        text.map(|text| decimal(&text).ok_or_else(|| wrong(column, "a decimal number"))).transpose()
    };
    Ok(WorkRow {
        work_kind: Some(Ref::to(work.work_kind)),
        unit: work.unit.map(Ref::to),
        volume: number(&work.volume, "volume")?,
        hours: if work.period.is_some() { None } else { number(&work.hours, "hours")? },
        period: work.period,
        who: work.who.map(Ref::to),
        note: said(work.note.as_deref()),
    })
}

/// A decimal as people type it, with a point or a comma.
pub(crate) fn decimal(text: &str) -> Option<Decimal> {
    let plain: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    plain.replace(',', ".").parse().ok()
}

fn unanswerable(asked: &AnswerToGive, error: AnswerError) -> ScreenError {
    match error {
        AnswerError::NoSuchQuestion(item) => {
            ScreenError::WrongValue { path: format!("items/{item}"), expected: None }
        }
        AnswerError::NotAnAnswer { .. } => {
            let path = FieldPath::root(Visit::CHECKLIST_ANSWERS.name);
            let objections = vec![Objection { path, why: Why::AnswerUnfit }];
            ScreenError::Objected { document: asked.visit, objections }
        }
        AnswerError::Device(error) => error.into(),
    }
}
