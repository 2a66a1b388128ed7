//! From what was typed after `new` and `edit` to intents.

use std::collections::BTreeMap;
use std::io::Read as _;

use halyard_device::domain::intent::Intent;
use halyard_device::domain::kind::Kind;
use halyard_device::domain::reading::Reading;
use halyard_device::domain::record::Record as _;
use halyard_device::domain::records::{AnswerKind, Visit, schema};
use halyard_device::domain::schema::{FieldSchema, Shape, row_column};
use halyard_device::domain::value::Scalar;
use halyard_device::{AnswerError, Question};

use crate::args::Changes;
use crate::context::Context;
use crate::failure::Failure;
use crate::parse::{Parsed, assigned, column, columns, event_types, field, place, row_of};
use crate::words::{Lang, Say, Usage, Worded, headings};

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
            intents.push(added(context, rows_field(context, subject.kind, name)?, text)?);
        }
    }
    for text in &changes.event {
        intents.push(added(context, events_field(context, subject.kind)?, text)?);
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
    let withdrawn = what.iter().map(|text| -> Parsed<Intent> {
        if text == WHOLE_RECORD {
            return Ok(context.device.withdraw_record(why)?);
        }
        let bad_row = || Failure::usage(&Usage::BadRow { text }, context.lang);
        let (name, row) = text.split_once('/').ok_or_else(bad_row)?;
        let field = rows_field(context, subject.kind, name)?;
        let row = row_of(subject.reading, field.name, row).ok_or_else(bad_row)?;
        Ok(context.device.withdraw_row(field.name, row, why)?)
    });
    withdrawn.collect()
}

/// Answers to the checklist of a visit, by the numbers `halyard show` gives the questions; without those that
/// stand there already.
pub(super) fn answers(context: &Context, subject: &Subject<'_>, typed: &[String]) -> Parsed<Vec<Intent>> {
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let lang = context.lang;
    if subject.kind != Visit::KIND {
        return Err(Failure::usage(&Usage::NoChecklist, lang));
    }
    let visit = Visit::read(subject.reading);
    let questions = context.device.questions(&visit)?;
    let answers = typed.iter().map(|text| -> Parsed<Option<Intent>> {
        let one = assigned(text, lang)?;
        let number: Option<usize> = one.name.parse().ok();
        let question = number.and_then(|number| questions.get(number.checked_sub(1)?));
        let question = question.ok_or_else(|| {
            Failure::usage(&Usage::NoSuchQuestion { text: one.name, count: questions.len() }, lang)
        })?;
        let value = canonical_yes_or_no(question, one.value);
        context
            .device
            .answer(&visit, question.item, value)
            .map_err(|error| not_an_answer(error, one.name, lang))
    });
    answers.filter_map(Result::transpose).collect()
}

/// «так» is what a person says, `yes` what a record holds.
fn canonical_yes_or_no<'a>(question: &Question, text: &'a str) -> &'a str {
    if question.answer_kind != Some(AnswerKind::YesNo) {
        return text;
    }
    match text.to_lowercase().as_str() {
        "так" | "да" | "yes" => "yes",
        "ні" | "нет" | "no" => "no",
        "н/з" | "н/п" | "n/a" => "n/a",
        _ => text,
    }
}

fn not_an_answer(error: AnswerError, question: &str, lang: Lang) -> Failure {
    match error {
        AnswerError::Device(error) => error.into(),
        AnswerError::NoSuchQuestion(_) => {
            Failure::usage(&Usage::NoSuchQuestion { text: question, count: 0 }, lang)
        }
        AnswerError::NotAnAnswer { answer_kind, choices } => {
            let expected = match answer_kind {
                AnswerKind::OneOf => choices.join(", "),
                AnswerKind::YesNo => headings::YES_NO_OR_NEITHER.in_lang(lang).to_owned(),
                AnswerKind::Number | AnswerKind::Line | AnswerKind::Photo => answer_kind.say(lang).to_owned(),
            };
            Failure::usage(&Usage::NotAnAnswer { question, expected: &expected }, lang)
        }
    }
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
fn added(context: &Context, field: &'static FieldSchema, text: &str) -> Parsed<Intent> {
    let reader = context.reader();
    let mut row: BTreeMap<String, Scalar> = BTreeMap::new();
    for (name, text) in columns(text, context.lang)? {
        if matches!(name, row_column::BY | row_column::WITHDRAWN) {
            let owners = field.columns().unwrap_or_default().iter().map(|column| column.name);
            let known = owners.collect::<Vec<_>>().join(", ");
            let said = Usage::UnknownColumn { field: field.name, name, known: &known };
            return Err(Failure::usage(&said, context.lang));
        }
        let (name, scalar) = column(field, name, context.lang)?;
        let value = reader.value(name, scalar, &text)?;
        if !value.is_null() {
            row.insert(name.to_owned(), value);
        }
    }
    if matches!(field.shape, Shape::Events { .. }) && !row.contains_key(row_column::WHAT) {
        return Err(Failure::usage(&Usage::EventWithoutWhat { known: &event_types(field) }, context.lang));
    }
    Ok(context.device.row(field.name, row)?)
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
