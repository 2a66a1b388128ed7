//! `halyard propose` and `halyard answer`: wishes for fields that others write.

use std::io::Write;

use halyard_device::domain::intent::Intent;
use halyard_device::domain::reading::FieldPath;
use halyard_device::domain::record::typed;
use halyard_device::domain::records::values::{Decision, ProposedValue};
use halyard_device::domain::records::{Common, Proposal, schema};
use halyard_device::domain::schema::Shape;
use halyard_device::domain::value::{FieldValue, Scalar, ScalarType};
use halyard_device::{Surroundings as _, ThisMachine};
use serde_json::json;

use super::conflicts::place_words;
use super::{Done, print_json};
use crate::args::{Answer, Propose};
use crate::context::Context;
use crate::failure::Failure;
use crate::parse::{assigned, place, row_of};
use crate::render::plain;
use crate::words::{Tell, Usage};

pub(super) fn propose(context: &Context, args: &Propose, out: &mut impl Write) -> Done {
    let named = context.record(&args.record)?;
    let reading = context.device.show(named.document)?.reading;
    let one = assigned(&args.value, context.lang)?;
    let is_text = schema(named.kind).field(one.name).is_some_and(|field| matches!(field.shape, Shape::Text));
    let (path, scalar) = if is_text {
        (FieldPath::root(one.name), ScalarType::Line)
    } else {
        let place = place(named.kind, Some(&reading), one.name, context.lang)?;
        (place.path, place.scalar)
    };
    let name = path.column.as_deref().unwrap_or(&path.field);
    let value = context.reader().value(name, scalar, one.value)?;
    let proposal = Proposal {
        path: Some(path.to_string()),
        value: Some(ProposedValue { value }),
        why: Some(args.why.clone()),
        decision: None,
    };
    let intent = context.device.add(&Common::PROPOSALS, &proposal)?;
    let saved = context.device.edit(named.document, vec![intent])?;
    if context.json {
        return print_json(&json!({ "id": saved.document, "changes": saved.changes }), out);
    }
    let place = place_words(&path, context.lang);
    Ok(writeln!(out, "{}", Tell::Proposed { place: &place }.say(context.lang))?)
}

/// Accepting writes the value and the answer together.
pub(super) fn answer(context: &Context, args: &Answer, out: &mut impl Write) -> Done {
    let named = context.record(&args.record)?;
    let view = context.device.show(named.document)?;
    let field = Common::PROPOSALS.name;
    let not_there = || {
        let text = format!("{field}/{}", args.proposal);
        Failure::usage(&Usage::BadRow { text: &text }, context.lang)
    };
    let row = row_of(&view.reading, field, &args.proposal).ok_or_else(not_there)?;
    let found = view.reading.row(field, row).ok_or_else(not_there)?;
    let decision = Decision {
        accepted: args.accept,
        by: context.device.employee()?,
        at: ThisMachine.now(),
        answer: args.say.clone(),
    };
    let mut intents = Vec::new();
    if args.accept {
        let path: FieldPath =
            found.value("path").as_text().and_then(|text| text.parse().ok()).ok_or_else(not_there)?;
        let wanted: ProposedValue = typed(found.value("value")).ok_or_else(not_there)?;
        let shape = schema(named.kind).field(&path.field).map(|field| &field.shape);
        intents.push(match shape {
            Some(Shape::Text) => Intent::EditText {
                base_heads: view.heads.clone(),
                base_text: view.reading.text(&path.field).to_owned(),
                new_text: plain(&wanted.value),
                field: path.field,
            },
            _ => Intent::Set { path, value: wanted.value },
        });
    }
    let decided: Scalar = decision.to_scalar();
    intents.push(Intent::Set { path: FieldPath::column(field, row, "decision"), value: decided });
    let saved = context.device.edit(named.document, intents)?;
    if context.json {
        return print_json(&json!({ "id": saved.document, "changes": saved.changes }), out);
    }
    Ok(writeln!(out, "{}", Tell::Answered.say(context.lang))?)
}
