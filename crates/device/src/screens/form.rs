//! A form of one record: what stands in it, what of it this person may write, and what speaks against
//! what they typed.
//!
//! A form is opened on a record or on one that is not made yet. Its values have the shape in which forms
//! give them back ([`crate::actions::records::Writes`]): lists and groups as JSON, everything else as its
//! canonical text. While somebody types, [`check_form`] asks the same rules as a save, so that nothing is
//! said at the end that could have been said beside the field.

use std::collections::BTreeMap;

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DocumentId, RowId};
use halyard_domain::kind::Kind;
use halyard_domain::reading::{Cell, FieldReading, Reading, RowReading};
use halyard_domain::records::{Complaint, Visit, schema};
use halyard_domain::rights::unborn;
use halyard_domain::saving::Objection;
use halyard_domain::schema::{ColumnSchema, FieldSchema, Shape};
use halyard_domain::value::{Scalar, ScalarType};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::actions::records::{Writes, intents};
use crate::app::App;
use crate::device::Device;
use crate::edit::RecordEdit;
use crate::error::DeviceError;
use crate::screens::ScreenError;
use crate::screens::names::{Linked, Names};
use crate::screens::record::{Pen, RecordHead, RecordRights, Subject, ids_in};

/// Opens a form.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FormToOpen {
    /// The kind of record.
    pub kind: Kind,
    /// The record to edit; a new one when absent.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub document: Option<DocumentId>,
    /// Of a new record: the one it is made from, which gives what both say.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub from: Option<DocumentId>,
}

/// A form as it is opened.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FormView {
    /// The record; of a new one the id it will have.
    pub document: DocumentId,
    /// What the page of the record begins with; absent while it is not made.
    pub head: Option<RecordHead>,
    /// What this person may write.
    pub rights: RecordRights,
    /// Values by field; empty ones are left out.
    #[cfg_attr(feature = "typescript", ts(type = "Record<string, unknown>"))]
    pub values: BTreeMap<String, Value>,
    /// Long texts by field.
    pub texts: BTreeMap<String, String>,
    /// Standing rows by field.
    pub rows: BTreeMap<String, Vec<FormRow>>,
    /// The records that values name.
    pub links: Vec<Linked>,
}

/// A row of a form.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FormRow {
    /// Its id.
    pub row: RowId,
    /// Its values by column; empty ones are left out.
    #[cfg_attr(feature = "typescript", ts(type = "Record<string, unknown>"))]
    pub columns: BTreeMap<String, Value>,
}

/// What somebody has typed so far.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FormToCheck {
    /// The kind of record.
    pub kind: Kind,
    /// The record, or the id the form was given for it.
    pub document: DocumentId,
    /// The heads the form was opened at, as [`crate::actions::records::RecordToEdit`] has them; none of a new
    /// record.
    pub seen: Vec<ChangeHash>,
    /// What saving would write.
    pub writes: Writes,
}

/// What is said about it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FormChecked {
    /// What speaks against saving it.
    pub objections: Vec<Objection>,
    /// Of a new record: records that may be the same.
    pub alike: Vec<Linked>,
}

/// Opens a form on a record, or on one that is not made yet.
///
/// # Errors
/// When a record is not there or is of another kind, or the device cannot be read.
pub fn open_form(app: &App, asked: &FormToOpen) -> Result<FormView, ScreenError> {
    let device = app.device();
    match asked.document {
        Some(document) => {
            let subject = Subject::open(device, document, Some(asked.kind), None)?;
            let head = subject.head(device)?;
            let rights = head.rights.clone();
            view(device, document, &subject.reading, rights, Some(head))
        }
        None => {
            let mut reading = unborn(asked.kind);
            let rights = pen_of_new(device, &reading)?.rights();
            if let Some(from) = asked.from {
                let from = Subject::open(device, from, None, None)?;
                reading.fields.extend(given(asked.kind, from.document, &from.reading));
            }
            view(device, device.new_id(), &reading, rights, None)
        }
    }
}

/// What a form asks for when a record is made. Its maker may write more at that moment than later, and would be held
/// to what they cannot correct: so they are asked for what they may correct. A visit of one's own is planned by
/// whoever makes it.
fn pen_of_new<'a>(device: &Device, unborn: &'a Reading) -> Result<Pen<'a>, DeviceError> {
    if unborn.kind == Kind::Visit { Pen::maker(device, unborn) } else { Pen::corrector(device, unborn) }
}

/// Says what speaks against saving what somebody typed so far. Nothing is saved.
///
/// # Errors
/// When a value is none its field holds, the record is not there, or the device cannot be read.
pub fn check_form(app: &App, asked: &FormToCheck) -> Result<FormChecked, ScreenError> {
    let device = app.device();
    let is_new = device.kind_of(asked.document)?.is_none();
    let intents = intents(device, asked.kind, &asked.writes)?;
    let seen = asked.seen.clone();
    let edit = RecordEdit {
        document: asked.document,
        kind: asked.kind,
        is_new,
        seen,
        intents,
        form: None,
        file: None,
    };
    let (after, objections) = device.try_out(&edit)?;
    let alike = if is_new { device.alike_to(asked.document, &after)? } else { Vec::new() };
    let names = Names::of(device, alike.iter().map(|one| one.document))?;
    Ok(FormChecked { objections, alike: alike.iter().map(|one| names.link(one.document)).collect() })
}

/// What a record gives to one that is made from it: itself, and whom and what both are about.
fn given(kind: Kind, from: DocumentId, record: &Reading) -> Vec<(String, FieldReading)> {
    let shared = [Visit::CARD.name, Visit::CUSTOMER.name, Visit::EQUIPMENT.name, Visit::SITE.name];
    let value_for = |field: &FieldSchema| match field.shape {
        Shape::Scalar(ScalarType::Link(linked)) if linked == record.kind.name() => {
            // A part of an object, the customer who recommended another: the same kind says something else.
            (record.kind != kind).then(|| Scalar::Text(from.to_string()))
        }
        Shape::Scalar(scalar) => {
            let theirs = schema(record.kind).field(field.name)?;
            let is_same = matches!(theirs.shape, Shape::Scalar(other) if other == scalar);
            (is_same && shared.contains(&field.name)).then(|| record.value(field.name).clone())
        }
        Shape::Text | Shape::Rows { .. } | Shape::Events { .. } => None,
    };
    let fields = schema(kind).fields.iter();
    let mut given: Vec<_> = fields
        .filter_map(|field| Some((field, value_for(field)?)))
        .filter(|(_, value)| !value.is_null())
        .map(|(field, value)| (field.name.to_owned(), value))
        .collect();
    let serial = Complaint::SERIAL.name;
    if (kind, record.kind) == (Kind::Complaint, Kind::Equipment) && !record.value(serial).is_null() {
        given.push((serial.to_owned(), record.value(serial).clone()));
    }
    given.into_iter().map(|(name, value)| (name, FieldReading::Cell(Cell::settled(value)))).collect()
}

fn view(
    device: &Device,
    document: DocumentId,
    reading: &Reading,
    rights: RecordRights,
    head: Option<RecordHead>,
) -> Result<FormView, ScreenError> {
    let mut view = FormView {
        document,
        head,
        rights,
        values: BTreeMap::new(),
        texts: BTreeMap::new(),
        rows: BTreeMap::new(),
        links: Vec::new(),
    };
    let mut named = Vec::new();
    for field in schema(reading.kind).fields {
        match field.shape {
            Shape::Scalar(scalar) => {
                let value = reading.value(field.name);
                if !value.is_null() {
                    named.extend(links_in(scalar, value));
                    view.values.insert(field.name.to_owned(), json(scalar, value));
                }
            }
            Shape::Text => {
                view.texts.insert(field.name.to_owned(), reading.text(field.name).to_owned());
            }
            Shape::Rows { columns } => {
                let standing = reading.rows(field.name).iter().filter(|row| !row.is_withdrawn());
                let rows = standing.map(|row| form_row(row, columns, &mut named)).collect();
                view.rows.insert(field.name.to_owned(), rows);
            }
            Shape::Events { .. } => {}
        }
    }
    let names = Names::of(device, named.iter().copied())?;
    named.sort_unstable();
    named.dedup();
    view.links = named.into_iter().map(|id| names.link(id)).collect();
    Ok(view)
}

fn form_row(row: &RowReading, columns: &[ColumnSchema], named: &mut Vec<DocumentId>) -> FormRow {
    let mut filled = BTreeMap::new();
    for column in columns {
        let value = row.value(column.name);
        if !value.is_null() {
            named.extend(links_in(column.scalar, value));
            filled.insert(column.name.to_owned(), json(column.scalar, value));
        }
    }
    FormRow { row: row.id, columns: filled }
}

fn links_in(scalar: ScalarType, value: &Scalar) -> Vec<DocumentId> {
    match scalar {
        ScalarType::Link(_) | ScalarType::List(ScalarType::Link(_)) => ids_in(value),
        _ => Vec::new(),
    }
}

/// A value as forms have it. What cannot be read, from a newer version, is shown as it is kept.
fn json(scalar: ScalarType, value: &Scalar) -> Value {
    let text = match (scalar, value) {
        (ScalarType::List(_) | ScalarType::Group(_), Scalar::Text(text)) => text,
        (_, Scalar::Text(text)) => return Value::String(text.clone()),
        (_, Scalar::Int(number)) => return Value::from(*number),
        (_, Scalar::Bool(yes)) => return Value::Bool(*yes),
        (_, Scalar::Null) => return Value::Null,
    };
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.clone()))
}
