//! Deciding: conflicts of values, and wishes for fields that others write.

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DocumentId, RowId};
use halyard_domain::intent::Intent;
use halyard_domain::reading::FieldPath;
use halyard_domain::record::typed;
use halyard_domain::records::values::Decision;
use halyard_domain::records::{Common, schema};
use halyard_domain::schema::Shape;
use halyard_domain::value::{Scalar, ScalarType};
use serde::Deserialize;
use serde_json::Value;

use crate::actions::records::{canonical, kind_of};
use crate::actions::{Done, edit, said, save};
use crate::app::App;
use crate::device::Device;
use crate::edit::RecordEdit;
use crate::screens::ScreenError;
use crate::screens::names::Names;
use crate::screens::record::Subject;
use crate::views::RecordView;

/// A conflict to decide.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ConflictToDecide {
    /// The record.
    pub document: DocumentId,
    /// Where.
    pub path: FieldPath,
    /// The heads the values were shown at: one that came since is not decided over.
    pub seen: Vec<ChangeHash>,
    /// The value that holds: one of those that stand there, or another.
    pub value: Scalar,
}

/// A wish for a field that others write.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Wish {
    /// The record.
    pub document: DocumentId,
    /// The field or column.
    pub path: FieldPath,
    /// The value wanted there, as a form has it.
    #[cfg_attr(feature = "typescript", ts(type = "unknown"))]
    pub value: Value,
    /// Why.
    pub why: String,
}

/// An answer to a wish.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct WishToAnswer {
    /// The record.
    pub document: DocumentId,
    /// The proposal's row.
    pub row: RowId,
    /// The heads of the page it was read on: what others wrote in the field since stays beside the value.
    pub seen: Vec<ChangeHash>,
    /// Whether the value is taken.
    pub accept: bool,
    /// What the person who wished it reads.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub answer: Option<String>,
    /// The form that is answered, by its draft's name: the draft is forgotten with what is saved.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub form: Option<String>,
}

/// Decides a conflict: the value written is what everybody sees. A value that came after `seen` stays in
/// conflict with it.
///
/// # Errors
/// When nothing is in conflict there any more, it is not allowed, or it cannot be saved.
pub fn decide_conflict(app: &App, asked: &ConflictToDecide) -> Result<Done, ScreenError> {
    let device = app.device();
    let subject = Subject::open(device, asked.document, None, None)?;
    if !subject.reading.conflicts().iter().any(|conflict| conflict.path == asked.path) {
        return Err(ScreenError::NotInConflict { path: asked.path.clone() });
    }
    let intents = vec![Intent::Set { path: asked.path.clone(), value: asked.value.clone() }];
    let edit = RecordEdit::editing(asked.document, subject.kind(), intents);
    Ok(Done::of(device.save(&[RecordEdit { seen: asked.seen.clone(), ..edit }])?))
}

/// Proposes a value for a field that others write.
///
/// # Errors
/// When the field cannot hold it, no reason is given, or it cannot be saved.
pub fn propose(app: &App, asked: &Wish) -> Result<Done, ScreenError> {
    let device = app.device();
    let kind = kind_of(device, asked.document)?;
    let wrong = || ScreenError::WrongValue { path: asked.path.to_string(), expected: None };
    let field = schema(kind).field(&asked.path.field).ok_or_else(wrong)?;
    let scalar = match (&field.shape, &asked.path.column) {
        (Shape::Scalar(scalar), None) => *scalar,
        (Shape::Text, None) => ScalarType::Line,
        (_, Some(column)) => field.column(column).ok_or_else(wrong)?,
        (Shape::Rows { .. } | Shape::Events { .. }, None) => return Err(wrong()),
    };
    let value = canonical(scalar, &asked.value, &asked.path)?;
    let why = said(Some(&asked.why)).ok_or_else(|| ScreenError::Required { field: "why".to_owned() })?;
    edit(device, asked.document, vec![device.propose(&asked.path, value, &why)?], None)
}

/// Answers a proposal. Accepting writes the value and the answer together.
///
/// # Errors
/// When there is no such proposal, somebody answered it before, the values of its field wait for a decision,
/// it is not allowed, or it cannot be saved.
pub fn answer_proposal(app: &App, asked: &WishToAnswer) -> Result<Done, ScreenError> {
    let device = app.device();
    let record = device.show(asked.document)?;
    if let Some(decided) = decided_before(device, &record, asked.row)? {
        return Err(decided);
    }
    let answer = asked.answer.as_deref().unwrap_or_default();
    let intents = device.answer_proposal(&record, asked.row, asked.accept, answer)?;
    let path = FieldPath::row(Common::PROPOSALS.name, asked.row);
    let intents =
        intents.ok_or_else(|| ScreenError::WrongValue { path: path.to_string(), expected: None })?;
    let edit = RecordEdit::editing(asked.document, record.kind, intents).of_form(asked.form.as_deref());
    save(device, &[RecordEdit { seen: asked.seen.clone(), ..edit }])
}

/// Who answered a proposal before, when somebody did; two answers given apart stand there both, and the
/// next one decides between them.
fn decided_before(
    device: &Device,
    record: &RecordView,
    row: RowId,
) -> Result<Option<ScreenError>, ScreenError> {
    let answered = record.reading.row(Common::PROPOSALS.name, row);
    let answered = answered.and_then(|row| row.columns.get("decision")).filter(|cell| !cell.is_conflict());
    let Some(decision) = answered.and_then(|cell| typed::<Decision>(&cell.value)) else { return Ok(None) };
    let names = Names::of(device, [decision.by])?;
    Ok(Some(ScreenError::AlreadyDecided {
        by: Some(names.link(decision.by)),
        at_ms: decision.at.unix_seconds() * 1000,
        accepted: decision.accepted,
    }))
}
