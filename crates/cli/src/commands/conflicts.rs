//! Several values at one place: showing them, and `halyard decide`.

use std::io::Write;

use halyard_device::domain::id::DocumentId;
use halyard_device::domain::intent::Intent;
use halyard_device::domain::reading::{FieldPath, Reading};
use halyard_device::domain::value::Scalar;
use halyard_device::{Dispute, HistoryLine, Named, contested};
use serde_json::json;

use super::{Done, print_json, show};
use crate::args::Decide;
use crate::context::Context;
use crate::failure::Failure;
use crate::parse::place;
use crate::render::{Renderer, moment_ms};
use crate::words::{Lang, Say, Tell, Usage, field, headings};

/// Writes what waits for a decision, each value with its number, who wrote it and when.
pub(super) fn write(
    context: &Context,
    renderer: &Renderer<'_>,
    document: DocumentId,
    out: &mut impl Write,
) -> Done {
    let disputes = context.device.disputes(document)?;
    if disputes.is_empty() {
        return Ok(());
    }
    let reading = context.device.show(document)?.reading;
    writeln!(out, "\n{}", headings::NEEDS_DECISION.in_lang(context.lang))?;
    for Dispute { path, rivals } in &disputes {
        writeln!(out, "  {path} · {}", place_words(path, context.lang))?;
        for (rival, number) in rivals.iter().zip(1..) {
            let value = show::said(context, renderer, &reading, path, &rival.value)?;
            let who = rival.written.as_ref().map(|line| written(renderer, line, context.lang));
            writeln!(out, "    {number}) {value}{}", who.transpose()?.unwrap_or_default())?;
        }
    }
    Ok(())
}

fn written(renderer: &Renderer<'_>, line: &HistoryLine, lang: Lang) -> Result<String, Failure> {
    let who = match line.employee {
        Some(employee) => renderer.name(employee)?,
        None => headings::UNKNOWN.in_lang(lang).to_owned(),
    };
    Ok(format!("  ({who}, {})", moment_ms(line.entry.time.saturating_mul(1000), lang)))
}

/// Refuses to write over values that wait for a decision: who writes may not have seen them.
pub(super) fn refuse_unseen(context: &Context, named: &Named, reading: &Reading, intents: &[Intent]) -> Done {
    let Some(path) = contested(reading, intents) else { return Ok(()) };
    let words = place_words(&path, context.lang);
    let said = Say::InConflict { id: &named.document.to_string(), place: &words, path: &path.to_string() };
    Err(Failure::refused("in_conflict", &said, context.lang))
}

pub(super) fn decide(context: &Context, args: &Decide, out: &mut impl Write) -> Done {
    let named = context.standing(&args.record)?;
    let lang = context.lang;
    let reading = context.device.show(named.document)?.reading;
    let place = place(named.kind, Some(&reading), &args.field, lang)?;
    let disputes = context.device.disputes(named.document)?;
    let words = place_words(&place.path, lang);
    let Some(dispute) = disputes.iter().find(|dispute| dispute.path == place.path) else {
        return Err(Failure::refused("not_in_conflict", &Say::NotInConflict { place: &words }, lang));
    };
    let value = match (args.take, &args.value) {
        (Some(number), _) => taken(dispute, number, lang)?,
        (None, Some(text)) => context.reader().value(&args.field, place.scalar, text)?,
        (None, None) => Scalar::Null,
    };
    let saved = context.device.edit(named.document, vec![Intent::Set { path: place.path, value }])?;
    if context.json {
        return print_json(&json!({ "id": saved.document, "changes": saved.changes }), out);
    }
    Ok(writeln!(out, "{}", Tell::Decided { place: &words }.say(lang))?)
}

fn taken(dispute: &Dispute, number: usize, lang: Lang) -> Result<Scalar, Failure> {
    let rival = number.checked_sub(1).and_then(|at| dispute.rivals.get(at));
    let count = dispute.rivals.len();
    rival
        .map(|rival| rival.value.clone())
        .ok_or_else(|| Failure::usage(&Usage::TakeOutOfRange { count }, lang))
}

/// A place in words.
pub(super) fn place_words(path: &FieldPath, lang: Lang) -> String {
    match &path.column {
        Some(column) => format!("{}: {}", field(&path.field, lang), field(column, lang)),
        None => field(&path.field, lang).to_owned(),
    }
}
