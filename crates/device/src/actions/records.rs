//! Making and editing records: what a form says, as intents.
//!
//! A form gives values as JSON has them: a number, a text, a list, an object. Here they take the canonical
//! form of their field, so that two forms that mean the same write the same. What a field cannot hold is
//! refused with its place before anything is saved.

use std::collections::BTreeMap;

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DocumentId, Ref, RowId};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::FieldPath;
use halyard_domain::records::{Employee, schema};
use halyard_domain::schema::{FieldSchema, Shape, row_column};
use halyard_domain::time::Instant;
use halyard_domain::value::{FieldValue, Scalar, ScalarType};
use serde::Deserialize;
use serde_json::Value;

use crate::actions::visit_facts::decimal;
use crate::actions::{Done, forget_form, save};
use crate::app::App;
use crate::device::Device;
use crate::edit::RecordEdit;
use crate::screens::ScreenError;

/// What a form writes to one record.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(default)]
pub struct Writes {
    /// Fields to set, by name; `null` clears one.
    #[cfg_attr(feature = "typescript", ts(type = "Record<string, unknown>"))]
    pub set: BTreeMap<String, Value>,
    /// Texts to write, each over what it was opened at.
    pub texts: Vec<TextWrite>,
    /// Rows and events to add.
    pub add: Vec<RowAdd>,
    /// Columns of rows to correct.
    pub correct: Vec<RowCorrect>,
    /// Rows that should no longer count.
    pub withdraw: Vec<RowWithdraw>,
}

/// A text to write.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TextWrite {
    /// The field.
    pub field: String,
    /// The heads it was read at; empty in a new record.
    pub base_heads: Vec<String>,
    /// What was on the screen when typing began.
    pub base_text: String,
    /// What the person left there.
    pub new_text: String,
}

/// A row or an event to add, in the name of whoever uses the device.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RowAdd {
    /// The field.
    pub field: String,
    /// The id the form reserved, by which it finds what is said about the row; a new one when absent.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub row: Option<RowId>,
    /// Its columns, by name.
    #[cfg_attr(feature = "typescript", ts(type = "Record<string, unknown>"))]
    pub columns: BTreeMap<String, Value>,
    /// When it happened, when that was not now.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub at: Option<Instant>,
}

/// A column of a row to correct.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RowCorrect {
    /// The field.
    pub field: String,
    /// The row.
    pub row: RowId,
    /// The column.
    pub column: String,
    /// The value; `null` clears it.
    #[cfg_attr(feature = "typescript", ts(type = "unknown"))]
    pub value: Value,
}

/// A row that should no longer count.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RowWithdraw {
    /// The field.
    pub field: String,
    /// The row.
    pub row: RowId,
    /// Why.
    pub why: String,
}

/// A record to make.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RecordToMake {
    /// Its kind.
    pub kind: Kind,
    /// The id the form reserved, so that making it twice is making it once; a new one when absent.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub document: Option<DocumentId>,
    /// What it says.
    pub writes: Writes,
    /// The form that is answered, by its draft's name: the draft is forgotten with what is saved.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub form: Option<String>,
}

/// A record to edit.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RecordToEdit {
    /// The record.
    pub document: DocumentId,
    /// The heads the form had: of the page it was opened from, or of its last save. What others wrote since
    /// stays beside what the form writes.
    pub seen: Vec<ChangeHash>,
    /// What to write.
    pub writes: Writes,
    /// The form that is answered, by its draft's name: the draft is forgotten with what is saved.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub form: Option<String>,
}

/// Several records to edit together: all of them or none.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RecordsToEdit {
    /// The records.
    pub documents: Vec<DocumentId>,
    /// The fields to set in each, by name.
    #[cfg_attr(feature = "typescript", ts(type = "Record<string, unknown>"))]
    pub set: BTreeMap<String, Value>,
    /// The form that is answered, by its draft's name: the draft is forgotten with what is saved.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub form: Option<String>,
}

/// Makes a record.
///
/// # Errors
/// When a value is none its field holds, it is not allowed, or it cannot be saved.
pub fn create_record(app: &App, asked: &RecordToMake) -> Result<Done, ScreenError> {
    let device = app.device();
    let intents = intents(device, asked.kind, &asked.writes)?;
    let document = asked.document.unwrap_or_else(|| device.new_id());
    if device.kind_of(document)? == Some(asked.kind) {
        // The form was sent twice; the record is there, and nothing of it is written anew.
        forget_form(device, asked.form.as_deref());
        return Ok(Done { records: Vec::new() });
    }
    save(device, &[RecordEdit::making(document, asked.kind, intents).of_form(asked.form.as_deref())])
}

/// Edits a record. A value that a colleague wrote since the form was opened is kept beside the form's, and
/// waits for a decision.
///
/// # Errors
/// As [`create_record`], and when a value it writes waits for a decision already.
pub fn edit_record(app: &App, asked: &RecordToEdit) -> Result<Done, ScreenError> {
    let device = app.device();
    let kind = kind_of(device, asked.document)?;
    let intents = intents(device, kind, &asked.writes)?;
    let edit = RecordEdit::editing(asked.document, kind, intents).of_form(asked.form.as_deref());
    save(device, &[RecordEdit { seen: asked.seen.clone(), ..edit }])
}

/// Sets the same fields in several records.
///
/// # Errors
/// As [`create_record`]; nothing is changed in any of them then.
pub fn edit_records(app: &App, asked: &RecordsToEdit) -> Result<Done, ScreenError> {
    let device = app.device();
    let writes = Writes { set: asked.set.clone(), ..Writes::default() };
    let mut edits = Vec::with_capacity(asked.documents.len());
    for &document in &asked.documents {
        let kind = kind_of(device, document)?;
        let edit = RecordEdit::editing(document, kind, intents(device, kind, &writes)?);
        edits.push(edit.of_form(asked.form.as_deref()));
    }
    save(device, &edits)
}

pub(crate) fn kind_of(device: &Device, document: DocumentId) -> Result<Kind, ScreenError> {
    device.kind_of(document)?.ok_or(ScreenError::NoSuchRecord { document })
}

/// What a form writes, as intents: values, texts, rows, corrections, withdrawals.
pub(crate) fn intents(device: &Device, kind: Kind, writes: &Writes) -> Result<Vec<Intent>, ScreenError> {
    let mut intents = Vec::new();
    for (name, value) in &writes.set {
        let path = FieldPath::root(name);
        let Shape::Scalar(scalar) = field(kind, &path)?.shape else { return Err(wrong(&path, "a field")) };
        intents.push(Intent::Set { value: canonical(scalar, value, &path)?, path });
    }
    for text in &writes.texts {
        intents.push(Intent::EditText {
            field: text.field.clone(),
            base_heads: text.base_heads.clone(),
            base_text: text.base_text.clone(),
            new_text: text.new_text.clone(),
        });
    }
    for row in &writes.add {
        intents.push(added(device, kind, row)?);
    }
    for one in &writes.correct {
        let path = FieldPath::column(&one.field, one.row, &one.column);
        let scalar = field(kind, &path)?.column(&one.column).ok_or_else(|| wrong(&path, "a column"))?;
        intents.push(Intent::Set { value: canonical(scalar, &one.value, &path)?, path });
    }
    for one in &writes.withdraw {
        intents.push(device.withdraw_row(&one.field, one.row, &one.why)?);
    }
    Ok(intents)
}

fn added(device: &Device, kind: Kind, row: &RowAdd) -> Result<Intent, ScreenError> {
    let id = row.row.unwrap_or_else(|| device.new_row());
    let field = field(kind, &FieldPath::root(&row.field))?;
    let mut columns = BTreeMap::new();
    for (name, value) in &row.columns {
        let path = FieldPath::column(&row.field, id, name);
        let fixed = matches!(name.as_str(), row_column::BY | row_column::AT | row_column::WITHDRAWN);
        let scalar = field.column(name).filter(|_| !fixed).ok_or_else(|| wrong(&path, "a column"))?;
        let value = canonical(scalar, value, &path)?;
        if !value.is_null() {
            columns.insert(name.clone(), value);
        }
    }
    let by: Ref<Employee> = Ref::to(device.employee()?);
    columns.insert(row_column::BY.to_owned(), by.to_scalar());
    let at = row.at.unwrap_or_else(|| device.surroundings.now());
    columns.insert(row_column::AT.to_owned(), at.to_scalar());
    Ok(Intent::AddRow { field: row.field.clone(), row: id, columns })
}

fn field(kind: Kind, path: &FieldPath) -> Result<&'static FieldSchema, ScreenError> {
    schema(kind).field(&path.field).ok_or_else(|| wrong(path, "a field"))
}

fn wrong(path: &FieldPath, expected: &str) -> ScreenError {
    ScreenError::WrongValue { path: path.to_string(), expected: Some(expected.to_owned()) }
}

/// A value of a form in the canonical form of its field. An empty text clears the field.
pub(crate) fn canonical(scalar: ScalarType, value: &Value, path: &FieldPath) -> Result<Scalar, ScreenError> {
    let made = match (scalar, value) {
        (_, Value::Null) => Scalar::Null,
        (_, Value::String(text)) if text.trim().is_empty() => Scalar::Null,
        (ScalarType::Decimal, Value::String(text)) => {
            decimal(text).ok_or_else(|| wrong(path, "a decimal number"))?.to_scalar()
        }
        (ScalarType::Decimal, Value::Number(number)) => {
            decimal(&number.to_string()).ok_or_else(|| wrong(path, "a decimal number"))?.to_scalar()
        }
        (ScalarType::List(item), Value::Array(items)) => {
            let items = items.iter().map(|one| canonical(*item, one, path)).collect::<Result<Vec<_>, _>>()?;
            let items: Vec<Scalar> = items.into_iter().filter(|one| !one.is_null()).collect();
            Scalar::Text(serde_json::to_string(&items).map_err(|_| wrong(path, "a list"))?)
        }
        // Maps of JSON values are sorted: equal groups are equal bytes.
        (ScalarType::Group(_), Value::Object(_)) => Scalar::Text(value.to_string()),
        (ScalarType::Line, Value::String(text)) => Scalar::Text(text.trim().to_owned()),
        (_, Value::String(text)) => Scalar::Text(text.clone()),
        (_, Value::Bool(yes)) => Scalar::Bool(*yes),
        (_, Value::Number(number)) => {
            Scalar::Int(number.as_i64().ok_or_else(|| wrong(path, "a whole number"))?)
        }
        (_, Value::Array(_) | Value::Object(_)) => return Err(wrong(path, "one value")),
    };
    scalar.check(&made).map_err(|error| wrong(path, error.expected))?;
    Ok(made)
}
