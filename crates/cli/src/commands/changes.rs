//! From what was typed after `new` and `edit` to intents.

use std::collections::BTreeMap;
use std::io::Read as _;

use halyard_device::Surroundings as _;
use halyard_device::ThisMachine;
use halyard_device::domain::id::Ref;
use halyard_device::domain::intent::Intent;
use halyard_device::domain::kind::Kind;
use halyard_device::domain::reading::{FieldPath, Reading};
use halyard_device::domain::record::{Record as _, Withdrawal};
use halyard_device::domain::records::{Employee, Visit, VisitAct, schema};
use halyard_device::domain::rules::facts_in;
use halyard_device::domain::schema::{FieldSchema, Shape, root_key, row_column};
use halyard_device::domain::value::{FieldValue, Scalar};

use crate::args::Changes;
use crate::context::Context;
use crate::failure::Failure;
use crate::parse::{Parsed, assigned, column_type, columns, event_types, field, place, row_of};
use crate::words::{Say, Usage};

/// What `--withdraw` calls the record itself.
const WHOLE_RECORD: &str = "record";

/// A record as it stands, to be changed.
pub(super) struct Subject<'a> {
    pub(super) kind: Kind,
    /// What it says; nothing of a record that is being made.
    pub(super) reading: &'a Reading,
    pub(super) heads: &'a [String],
}

/// Everything typed, as intents, in the order: values, rows, events, texts.
pub(super) fn intents(context: &Context, subject: &Subject<'_>, changes: &Changes) -> Parsed<Vec<Intent>> {
    let mut intents = Vec::new();
    for text in &changes.values {
        let one = assigned(text, context.lang)?;
        let place = place(subject.kind, Some(subject.reading), one.name, context.lang)?;
        let name = place.path.column.as_deref().unwrap_or(&place.path.field);
        let value = context.reader().value(name, place.scalar, one.value)?;
        if intents.iter().any(|intent: &Intent| intent.path() == place.path) {
            return Err(Failure::usage(&Usage::Twice { name: one.name }, context.lang));
        }
        intents.push(Intent::Set { path: place.path, value });
    }
    for pair in changes.add.chunks(2) {
        if let [name, text] = pair {
            intents.push(added(context, subject, rows_field(context, subject.kind, name)?, text)?);
        }
    }
    for text in &changes.event {
        intents.push(added(context, subject, events_field(context, subject.kind)?, text)?);
    }
    for text in &changes.text {
        intents.push(text_edit(context, subject, text)?);
    }
    Ok(intents)
}

/// The rows and records to be marked as made by mistake.
pub(super) fn withdrawals(
    context: &Context,
    subject: &Subject<'_>,
    what: &[String],
    why: Option<&str>,
) -> Parsed<Vec<Intent>> {
    if what.is_empty() {
        return Ok(Vec::new());
    }
    let Some(why) = why.filter(|why| !why.trim().is_empty()) else {
        return Err(Failure::usage(&Usage::WhyMissing, context.lang));
    };
    let by = context.device.employee()?;
    let withdrawal = Withdrawal { by, at: ThisMachine.now(), why: why.to_owned() }.to_scalar();
    let paths = what.iter().map(|text| -> Parsed<FieldPath> {
        if text == WHOLE_RECORD {
            return Ok(FieldPath::root(root_key::WITHDRAWN));
        }
        let bad_row = || Failure::usage(&Usage::BadRow { text }, context.lang);
        let (name, row) = text.split_once('/').ok_or_else(bad_row)?;
        let field = rows_field(context, subject.kind, name)?;
        let row = row_of(subject.reading, field.name, row).ok_or_else(bad_row)?;
        Ok(FieldPath::column(field.name, row, row_column::WITHDRAWN))
    });
    paths.map(|path| Ok(Intent::Set { path: path?, value: withdrawal.clone() })).collect()
}

fn rows_field(context: &Context, kind: Kind, name: &str) -> Parsed<&'static FieldSchema> {
    let found = field(schema(kind), name, context.lang)?;
    if found.columns().is_some() {
        return Ok(found);
    }
    let rows = schema(kind).fields.iter().filter(|field| field.columns().is_some());
    let known: Vec<&str> = rows.map(|field| field.name).collect();
    Err(Failure::usage(&Usage::NotRows { name, known: &known.join(", ") }, context.lang))
}

fn events_field(context: &Context, kind: Kind) -> Parsed<&'static FieldSchema> {
    let found = schema(kind).fields.iter().find(|field| matches!(field.shape, Shape::Events { .. }));
    found.ok_or_else(|| Failure::usage(&Usage::NoEvents { kind: kind.name() }, context.lang))
}

/// A row or an event in the name of this device's employee, now unless `at` says otherwise.
fn added(
    context: &Context,
    subject: &Subject<'_>,
    field: &'static FieldSchema,
    text: &str,
) -> Parsed<Intent> {
    let reader = context.reader();
    let mut row: BTreeMap<String, Scalar> = BTreeMap::new();
    for (name, text) in columns(text, context.lang)? {
        if matches!(name, row_column::BY | row_column::WITHDRAWN) {
            let owners = field.columns().unwrap_or_default().iter().map(|column| column.name);
            let known = owners.collect::<Vec<_>>().join(", ");
            let said = Usage::UnknownColumn { field: field.name, name, known: &known };
            return Err(Failure::usage(&said, context.lang));
        }
        let value = reader.value(name, column_type(field, name, context.lang)?, &text)?;
        if !value.is_null() {
            row.insert(name.to_owned(), value);
        }
    }
    if matches!(field.shape, Shape::Events { .. }) && !row.contains_key(row_column::WHAT) {
        return Err(Failure::usage(&Usage::EventWithoutWhat { known: &event_types(field) }, context.lang));
    }
    if subject.kind == Visit::KIND && field.name == Visit::EVENTS.name {
        know_the_visit(subject.reading, &mut row);
    }
    let by = Ref::<Employee>::to(context.device.employee()?).to_scalar();
    row.insert(row_column::BY.to_owned(), by);
    row.entry(row_column::AT.to_owned()).or_insert_with(|| ThisMachine.now().to_scalar());
    Ok(Intent::AddRow { field: field.name.to_owned(), row: context.device.new_row(), columns: row })
}

/// What an event of a visit says about the visit as it stands: whom it was dispatched to, how many facts
/// the office had before its eyes.
fn know_the_visit(reading: &Reading, row: &mut BTreeMap<String, Scalar>) {
    let what = row.get(row_column::WHAT).and_then(|what| VisitAct::from_scalar(what).ok());
    match what {
        Some(VisitAct::Dispatched) => {
            let specialists = reading.value(Visit::SPECIALISTS.name);
            if !specialists.is_null() {
                row.entry("specialists".to_owned()).or_insert_with(|| specialists.clone());
            }
        }
        Some(VisitAct::Reviewed | VisitAct::Closed) => {
            let seen = i64::try_from(facts_in(reading)).unwrap_or(i64::MAX);
            row.entry("facts_seen".to_owned()).or_insert(Scalar::Int(seen));
        }
        Some(
            VisitAct::Accepted
            | VisitAct::Declined
            | VisitAct::TravelStarted
            | VisitAct::Arrived
            | VisitAct::WorkStarted
            | VisitAct::Paused
            | VisitAct::Resumed
            | VisitAct::Completed
            | VisitAct::CompletedPartly
            | VisitAct::CannotComplete
            | VisitAct::Cancelled
            | VisitAct::Reopened,
        )
        | None => {}
    }
}

fn text_edit(context: &Context, subject: &Subject<'_>, typed: &str) -> Parsed<Intent> {
    let one = assigned(typed, context.lang)?;
    let found = field(schema(subject.kind), one.name, context.lang)?;
    if !matches!(found.shape, Shape::Text) {
        return Err(Failure::usage(&Usage::NotText { name: one.name }, context.lang));
    }
    Ok(Intent::EditText {
        field: found.name.to_owned(),
        base_heads: subject.heads.to_vec(),
        base_text: subject.reading.text(found.name).to_owned(),
        new_text: long_text(context, one.value)?,
    })
}

/// The text itself, or what a file or the standard input holds.
fn long_text(context: &Context, value: &str) -> Parsed<String> {
    let unreadable = |_| Failure::refused("file", &Say::FileUnreadable, context.lang);
    match value.strip_prefix('@') {
        None => Ok(value.to_owned()),
        Some("-") => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map_err(unreadable)?;
            Ok(text.trim_end().to_owned())
        }
        Some(path) => Ok(std::fs::read_to_string(path).map_err(unreadable)?.trim_end().to_owned()),
    }
}
