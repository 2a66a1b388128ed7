//! `halyard not-accepted`: work the office did not accept. Nothing of it is lost.

use std::io::Write;

use halyard_device::domain::intent::Intent;
use halyard_device::domain::kind::Kind;
use halyard_device::domain::records::schema;
use halyard_device::domain::schema::Shape;
use halyard_device::domain::value::{Scalar, ScalarType};
use halyard_device::{Before, Entered, NotAccepted};
use serde_json::json;

use super::conflicts::place_words;
use super::{Done, print_json};
use crate::args::{self, NotAcceptedCommand};
use crate::context::Context;
use crate::failure::Failure;
use crate::render::{Renderer, moment_ms};
use crate::table::{Table, pairs};
use crate::words::{self, Say, Tell, Worded, field, headings};

pub(super) fn run(context: &Context, args: &args::NotAccepted, out: &mut impl Write) -> Done {
    let listed = context.device.not_accepted()?;
    match &args.command {
        None | Some(NotAcceptedCommand::List) => list(context, &listed, out),
        Some(NotAcceptedCommand::Show { which }) => show(context, one(context, &listed, which)?, out),
        Some(NotAcceptedCommand::PutAway { which }) => {
            let one = one(context, &listed, which)?;
            context.device.put_away(&one.envelope)?;
            if context.json {
                return print_json(&json!({ "envelope": one.envelope }), out);
            }
            Ok(writeln!(out, "{}", Tell::PutAway.say(context.lang))?)
        }
    }
}

fn list(context: &Context, listed: &[NotAccepted], out: &mut impl Write) -> Done {
    if context.json {
        return print_json(&listed, out);
    }
    let lang = context.lang;
    if listed.is_empty() {
        return Ok(writeln!(out, "{}", Tell::AllAccepted.say(lang))?);
    }
    let renderer = context.renderer();
    let heads = [headings::WHEN, headings::KIND, headings::LABEL, headings::FIELD, headings::WHY];
    let mut table = Table::new(["№"].into_iter().chain(heads.map(|head| head.in_lang(lang))));
    for (one, number) in listed.iter().zip(1..) {
        let places: Vec<String> =
            one.entered.iter().map(|entered| place_words(&entered.intent.path(), lang)).collect();
        table.row([
            number.to_string(),
            moment_ms(one.receipt.arrived.0, lang),
            one.kind.map(|kind| kind.say(lang)).unwrap_or_default().to_owned(),
            renderer.name(one.document)?,
            places.join(", "),
            words::receipt(&one.receipt, lang),
        ]);
    }
    Ok(table.write(out)?)
}

fn show(context: &Context, one: &NotAccepted, out: &mut impl Write) -> Done {
    if context.json {
        return print_json(one, out);
    }
    let lang = context.lang;
    let renderer = context.renderer();
    let lines = [
        (headings::ENVELOPE, one.envelope.clone()),
        (headings::LABEL, renderer.name(one.document)?),
        (headings::WHEN, moment_ms(one.receipt.arrived.0, lang)),
        (headings::WHY, words::receipt(&one.receipt, lang)),
    ];
    pairs(out, lines.map(|(name, value)| (name.in_lang(lang), value)))?;
    writeln!(out, "\n{}", headings::ENTERED.in_lang(lang))?;
    let mut table =
        Table::new([headings::FIELD, headings::FROM, headings::TO].map(|head| head.in_lang(lang)));
    for entered in &one.entered {
        table.row(told(context, &renderer, one.kind, entered)?);
    }
    Ok(table.write(out)?)
}

/// The place, what stood there and what was entered.
fn told(
    context: &Context,
    renderer: &Renderer<'_>,
    kind: Option<Kind>,
    entered: &Entered,
) -> Result<[String; 3], Failure> {
    let lang = context.lang;
    let path = entered.intent.path();
    let value = |column: Option<&str>, value: &Scalar| {
        let scalar = kind.map_or(ScalarType::Line, |kind| type_of(kind, &path.field, column));
        renderer.scalar(scalar, value)
    };
    let before = match &entered.before {
        Before::Nothing => String::new(),
        Before::Text(text) => text.clone(),
        Before::Values(values) => {
            let said = values.iter().map(|one| value(path.column.as_deref(), one));
            said.collect::<Result<Vec<_>, _>>()?.join(" | ")
        }
    };
    let after = match &entered.intent {
        Intent::Set { value: set, .. } => value(path.column.as_deref(), set)?,
        Intent::EditText { new_text, .. } => new_text.clone(),
        Intent::AddRow { columns, .. } => {
            let said = columns
                .iter()
                .map(|(name, one)| Ok(format!("{}: {}", field(name, lang), value(Some(name), one)?)));
            said.collect::<Result<Vec<_>, Failure>>()?.join("; ")
        }
    };
    Ok([place_words(&path, lang), before, after])
}

fn type_of(kind: Kind, name: &str, column: Option<&str>) -> ScalarType {
    let Some(found) = schema(kind).field(name) else { return ScalarType::Line };
    match (&found.shape, column) {
        (Shape::Scalar(scalar), _) => *scalar,
        (_, Some(column)) => found.column(column).unwrap_or(ScalarType::Line),
        (Shape::Text | Shape::Rows { .. } | Shape::Events { .. }, None) => ScalarType::Line,
    }
}

/// By its number in the list, or by the beginning of its id when only one begins so.
fn one<'a>(context: &Context, listed: &'a [NotAccepted], which: &str) -> Result<&'a NotAccepted, Failure> {
    let number = which.parse::<usize>().ok().and_then(|number| listed.get(number.checked_sub(1)?));
    let mut begins = listed.iter().filter(|one| which.len() >= 6 && one.envelope.starts_with(which));
    let by_id = begins.next().filter(|_| begins.next().is_none());
    by_id
        .or(number)
        .ok_or_else(|| Failure::refused("no_such_refused", &Say::NoSuchRefused { what: which }, context.lang))
}
