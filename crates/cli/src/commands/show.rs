//! `halyard show`: one record with everything it says.

use std::collections::BTreeMap;
use std::io::Write;

use halyard_device::domain::id::RowId;
use halyard_device::domain::money::canonical_decimal;
use halyard_device::domain::reading::{FieldPath, FieldReading, Reading, RowReading};
use halyard_device::domain::record::{Record as _, typed};
use halyard_device::domain::records::values::ProposedValue;
use halyard_device::domain::records::{AnswerKind, Visit, schema};
use halyard_device::domain::rules::carries::links;
use halyard_device::domain::rules::{Attention, Warranty};
use halyard_device::domain::schema::{FieldSchema, Shape, root_key, row_column};
use halyard_device::domain::value::{Scalar, ScalarType};
use halyard_device::{DerivedValue, Named, RecordView};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::conflicts::place_words;
use super::{Done, conflicts, print_json};
use crate::args::Record;
use crate::context::Context;
use crate::failure::Failure;
use crate::render::{Renderer, plain};
use crate::table::{one_line, pairs};
use crate::words::{self, Lang, Tell, Worded, headings};

pub(super) fn run(context: &Context, args: &Record, out: &mut impl Write) -> Done {
    let named = context.record(&args.record)?;
    let view = context.device.show(named.document)?;
    let items = context.device.attention(&view.reading)?;
    if context.json {
        return print_json(&as_json(context, &named, &view, &items)?, out);
    }
    let renderer = context.renderer();
    heading(context, &named, out)?;
    let standing = (headings::STANDING.in_lang(context.lang), view.standing.say(context.lang).to_owned());
    pairs(out, [(headings::ID.in_lang(context.lang), named.document.to_string()), standing])?;
    derived(context, &renderer, &named, &view.reading, out)?;
    content(context, &renderer, &as_it_counts(context, &named, &view.reading)?, out)?;
    questions(context, &renderer, &view.reading, out)?;
    conflicts::write(context, &renderer, named.document, out)?;
    if !items.is_empty() {
        writeln!(out, "\n{}", headings::NEEDS_ATTENTION.in_lang(context.lang))?;
        for item in &items {
            let names = people(&renderer, item)?;
            writeln!(out, "  – {}", words::attention(item, context.lang, &names))?;
        }
    }
    Ok(())
}

/// What a record says, with the record it is counted with in the place of the one it was called a duplicate of:
/// that may be a duplicate too, and of records that are duplicates of one another one stays.
fn as_it_counts(context: &Context, named: &Named, reading: &Reading) -> Result<Reading, Failure> {
    let mut shown = reading.clone();
    let Some(FieldReading::Cell(cell)) = shown.fields.get_mut(root_key::MERGED_INTO) else {
        return Ok(shown);
    };
    let stays = context.device.counts_with(named.document, reading)?;
    cell.value = stays.map_or(Scalar::Null, |document| Scalar::Text(document.to_string()));
    Ok(shown)
}

/// Kind, label and title.
pub(super) fn heading(context: &Context, named: &Named, out: &mut impl Write) -> Done {
    let title = if named.title == named.label { "" } else { named.title.as_str() };
    let line = format!("{} {}  {title}", named.kind.say(context.lang), named.label);
    Ok(writeln!(out, "{}", one_line(line.trim_end()))?)
}

fn derived(
    context: &Context,
    renderer: &Renderer<'_>,
    named: &Named,
    reading: &Reading,
    out: &mut impl Write,
) -> Done {
    let values = context.device.derived(named.document)?;
    let mut lines: Vec<(String, String)> = Vec::new();
    // An offset is not said: the moment beside it is shown with it.
    for DerivedValue { column, value } in values.iter().filter(|one| !one.column.ends_with("_offset")) {
        let offset = values.iter().find(|one| one.column.strip_suffix("_offset") == Some(column));
        let said = renderer.cell(named.kind, column, value, offset.map(|one| &one.value))?;
        if !said.is_empty() {
            lines.push((words::list_column(column, context.lang), said));
        }
    }
    if let Some(warranty) = context.device.warranty(reading)? {
        lines.push((
            headings::WARRANTY.in_lang(context.lang).to_owned(),
            warranty.say(context.lang).to_owned(),
        ));
    }
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", headings::DERIVED.in_lang(context.lang))?;
    let lines: Vec<(String, String)> =
        lines.into_iter().map(|(name, value)| (format!("  {name}"), value)).collect();
    Ok(pairs(out, lines.iter().map(|(name, value)| (name.as_str(), value.clone())))?)
}

/// Every field that holds something, in the order of the schema; then what a newer version wrote.
pub(super) fn content(
    context: &Context,
    renderer: &Renderer<'_>,
    reading: &Reading,
    out: &mut impl Write,
) -> Done {
    let fields = schema(reading.kind).fields;
    let mut lines: Vec<(String, String)> = Vec::new();
    for field in fields {
        if let Shape::Scalar(_) = field.shape {
            let value = in_place(context, renderer, reading, (field.name, None), reading.value(field.name))?;
            if !value.is_empty() {
                lines.push((head(context, field.name), one_line(&value)));
            }
        }
    }
    let known = |name: &str| fields.iter().any(|field| field.name == name);
    for (name, field) in reading.fields.iter().filter(|(name, _)| !known(name) && *name != root_key::KIND) {
        if let FieldReading::Cell(cell) = field {
            lines.push((name.clone(), one_line(&plain(&cell.value))));
        }
    }
    if !lines.is_empty() {
        writeln!(out)?;
        pairs(out, lines.iter().map(|(name, value)| (name.as_str(), value.clone())))?;
    }
    for field in fields {
        match field.shape {
            Shape::Scalar(_) => {}
            Shape::Text => text(context, field, reading.text(field.name), out)?,
            Shape::Rows { .. } | Shape::Events { .. } => {
                rows(context, renderer, field, reading, out)?;
            }
        }
    }
    Ok(())
}

/// The field's own name, as it is typed, and its word.
fn head(context: &Context, name: &str) -> String {
    let word = words::field(name, context.lang);
    if word == name { name.to_owned() } else { format!("{name} · {word}") }
}

fn text(context: &Context, field: &FieldSchema, text: &str, out: &mut impl Write) -> Done {
    if text.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", head(context, field.name))?;
    for line in text.lines() {
        writeln!(out, "  {}", one_line(line))?;
    }
    Ok(())
}

fn rows(
    context: &Context,
    renderer: &Renderer<'_>,
    field: &FieldSchema,
    reading: &Reading,
    out: &mut impl Write,
) -> Done {
    let rows = reading.rows(field.name);
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", head(context, field.name))?;
    for (row, number) in rows.iter().zip(1..) {
        writeln!(out, "  {number}. {}", one_line(&row_line(context, renderer, field, reading, row)?))?;
    }
    Ok(())
}

/// When, who, what: a row on one line.
fn row_line(
    context: &Context,
    renderer: &Renderer<'_>,
    field: &FieldSchema,
    reading: &Reading,
    row: &RowReading,
) -> Result<String, Failure> {
    let columns: BTreeMap<String, Scalar> =
        row.columns.iter().map(|(name, cell)| (name.clone(), cell.value.clone())).collect();
    let whole = Row { field: field.name, columns: &columns };
    let at = renderer.scalar(ScalarType::Instant, row.value(row_column::AT))?;
    let by = renderer.scalar(ScalarType::Link("employee"), row.value(row_column::BY))?;
    let mut parts = Vec::new();
    for column in field.columns().unwrap_or_default() {
        let value = in_row(context, renderer, reading, &whole, column.name, row.value(column.name))?;
        if column.name == row_column::WHAT {
            parts.push(value);
        } else if !value.is_empty() {
            parts.push(format!("{}: {value}", words::field(column.name, context.lang)));
        }
    }
    if row.is_withdrawn() {
        let how = renderer.scalar(ScalarType::Group("withdrawal"), row.value(row_column::WITHDRAWN))?;
        parts.push(format!("[{}: {how}]", headings::WITHDRAWN.in_lang(context.lang)));
    }
    Ok(format!("{at}  {by}  {}", parts.join("; ")))
}

/// A row, as far as its values are said by each other.
pub(super) struct Row<'a> {
    pub(super) field: &'a str,
    pub(super) columns: &'a BTreeMap<String, Scalar>,
}

/// A value of a row in words: of a proposal the place and the value as that place has it, of an answer its
/// question.
pub(super) fn in_row(
    context: &Context,
    renderer: &Renderer<'_>,
    reading: &Reading,
    row: &Row<'_>,
    column: &str,
    value: &Scalar,
) -> Result<String, Failure> {
    if value.is_null() {
        return Ok(String::new());
    }
    let proposed = || -> Option<FieldPath> { row.columns.get("path")?.as_text()?.parse().ok() };
    match (row.field, column) {
        ("proposals", "path") => {
            if let Some(path) = proposed() {
                return Ok(place_words(&path, context.lang));
            }
        }
        ("proposals", "value") => {
            if let Some((path, wanted)) = proposed().zip(typed::<ProposedValue>(value)) {
                let place = (path.field.as_str(), path.column.as_deref());
                return in_place(context, renderer, reading, place, &wanted.value);
            }
        }
        ("checklist_answers", "item") => {
            let item: Option<RowId> = typed(value);
            let questions = context.device.questions(&Visit::read(reading))?;
            if let Some(question) = questions.iter().find(|one| Some(one.item) == item) {
                return Ok(question.text.clone());
            }
        }
        ("checklist_answers", "answer") => {
            let item: Option<RowId> = row.columns.get("item").and_then(typed);
            let questions = context.device.questions(&Visit::read(reading))?;
            let asked = questions.iter().find(|one| Some(one.item) == item).and_then(|one| one.answer_kind);
            return Ok(answer_words(renderer, asked, value.as_text().unwrap_or_default(), context.lang));
        }
        // Which rows an answer replaces is for programs: `--json` has it.
        ("checklist_answers", "after") => return Ok(String::new()),
        _ => {}
    }
    in_place(context, renderer, reading, (row.field, Some(column)), value)
}

/// A value of a field, or of a column of a row, in words.
pub(super) fn in_place(
    context: &Context,
    renderer: &Renderer<'_>,
    reading: &Reading,
    (field, column): (&str, Option<&str>),
    value: &Scalar,
) -> Result<String, Failure> {
    let row = context.device.name_of_row(reading, field, column, value)?;
    Ok(row.map_or_else(|| renderer.scalar(type_at(reading, field, column), value), Ok)?)
}

fn answer_words(renderer: &Renderer<'_>, asked: Option<AnswerKind>, answer: &str, lang: Lang) -> String {
    match (asked, answer) {
        (Some(AnswerKind::YesNo), "yes") => headings::YES.in_lang(lang).to_owned(),
        (Some(AnswerKind::YesNo), "no") => headings::NO.in_lang(lang).to_owned(),
        (Some(AnswerKind::YesNo), "n/a") => headings::NOT_APPLICABLE.in_lang(lang).to_owned(),
        (Some(AnswerKind::Number), number) => renderer.decimal(number),
        (_, text) => text.to_owned(),
    }
}

/// The questions of a visit's checklist with what was answered.
fn questions(context: &Context, renderer: &Renderer<'_>, reading: &Reading, out: &mut impl Write) -> Done {
    if reading.kind != Visit::KIND {
        return Ok(());
    }
    let (questions, lang) = (context.device.questions(&Visit::read(reading))?, context.lang);
    if !questions.is_empty() {
        writeln!(out, "\n{}", words::field("checklist", lang))?;
    }
    for (question, number) in questions.iter().zip(1..) {
        let answer = match &question.answer {
            None => headings::NOTHING.in_lang(lang).to_owned(),
            Some(answer) => answer_words(renderer, question.answer_kind, answer, lang),
        };
        let required = if question.is_required { "*" } else { "" };
        let mut marks = String::new();
        if question.is_disputed {
            marks = format!("  [{}]", headings::ANSWERS_DIFFER.in_lang(lang));
        }
        if question.is_out_of_bounds {
            let bound = |bound: Option<Decimal>| bound.map(|one| renderer.decimal(&canonical_decimal(one)));
            let (from, to) = (bound(question.minimum), bound(question.maximum));
            let beyond = Tell::OutOfBounds {
                from: from.as_deref().unwrap_or("…"),
                to: to.as_deref().unwrap_or("…"),
            };
            marks = format!("{marks}  [{}]", beyond.say(lang));
        }
        writeln!(out, "  {number}. {}{required}: {}{marks}", one_line(&question.text), one_line(&answer))?;
    }
    Ok(())
}

fn people(renderer: &Renderer<'_>, item: &Attention) -> Result<String, Failure> {
    let names: Vec<String> =
        item.people().into_iter().map(|id| renderer.name(id)).collect::<Result<_, _>>()?;
    Ok(names.join(", "))
}

fn as_json(
    context: &Context,
    named: &Named,
    view: &RecordView,
    items: &[Attention],
) -> Result<Value, Failure> {
    let renderer = context.renderer();
    let mut derived = serde_json::Map::new();
    for DerivedValue { column, value } in context.device.derived(named.document)? {
        derived.insert(column.to_owned(), super::list::bare(named.kind, column, &value));
    }
    let is_visit = view.reading.kind == Visit::KIND;
    let questions =
        if is_visit { context.device.questions(&Visit::read(&view.reading))? } else { Vec::new() };
    let questions = questions.iter().map(|one| {
        json!({
            "item": one.item,
            "text": one.text,
            "answer_kind": one.answer_kind.map(AnswerKind::name),
            "choices": one.choices,
            "required": one.is_required,
            "answer": one.answer,
            "disputed": one.is_disputed,
            "minimum": one.minimum.map(canonical_decimal),
            "maximum": one.maximum.map(canonical_decimal),
            "out_of_bounds": one.is_out_of_bounds,
        })
    });
    let questions: Vec<Value> = questions.collect();
    let mut linked: BTreeMap<String, Value> = BTreeMap::new();
    for link in links(&view.reading) {
        let named = context.device.name(link.id)?;
        linked.insert(link.id.to_string(), json!({ "kind": link.kind, "label": named.map(|one| one.label) }));
    }
    let items = items.iter().map(|item| {
        let text = words::attention(item, context.lang, &people(&renderer, item)?);
        Ok(json!({ "code": item.code(), "owner": item.owner(), "text": text }))
    });
    Ok(json!({
        "id": named.document,
        "kind": named.kind,
        "label": named.label,
        "title": named.title,
        "standing": view.standing,
        "heads": view.heads,
        "derived": derived,
        "warranty": context.device.warranty(&view.reading)?.map(Warranty::name),
        "questions": questions,
        "fields": view.reading.fields,
        "conflicts": context.device.disputes(named.document)?,
        "attention": items.collect::<Result<Vec<Value>, Failure>>()?,
        "links": linked,
    }))
}

/// The type of what stands at a place, for saying its value.
fn type_at(reading: &Reading, field: &str, column: Option<&str>) -> ScalarType {
    let Some(found) = schema(reading.kind).field(field) else { return ScalarType::Line };
    match (&found.shape, column) {
        (Shape::Scalar(scalar), _) => *scalar,
        (_, Some(column)) => found.column(column).unwrap_or(ScalarType::Line),
        (Shape::Text | Shape::Rows { .. } | Shape::Events { .. }, None) => ScalarType::Line,
    }
}

/// A value of a place, or the word for none.
pub(super) fn said(
    context: &Context,
    renderer: &Renderer<'_>,
    reading: &Reading,
    path: &FieldPath,
    value: &Scalar,
) -> Result<String, Failure> {
    let said = in_place(context, renderer, reading, (&path.field, path.column.as_deref()), value)?;
    Ok(if said.is_empty() { headings::NOTHING.in_lang(context.lang).to_owned() } else { said })
}
