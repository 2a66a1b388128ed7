//! `halyard propose` and `halyard answer`: wishes for fields that others write.

use std::io::Write;

use halyard_device::domain::reading::FieldPath;
use halyard_device::domain::records::{Common, schema};
use halyard_device::domain::saving::Why;
use halyard_device::domain::schema::Shape;
use halyard_device::domain::value::ScalarType;
use halyard_device::{DeviceError, Saved};
use serde_json::json;

use super::conflicts::{self, place_words};
use super::{Done, print_json};
use crate::args::{Answer, Propose};
use crate::context::Context;
use crate::failure::Failure;
use crate::parse::{assigned, field, place, row_of};
use crate::render::moment;
use crate::words::{Say, Tell, Usage};

pub(super) fn propose(context: &Context, args: &Propose, out: &mut impl Write) -> Done {
    let named = context.standing(&args.record)?;
    let reading = context.device.show(named.document)?.reading;
    let one = assigned(&args.value, context.lang)?;
    let name = one.name.split('/').next().unwrap_or_default();
    let found = field(schema(named.kind), name, context.lang)?;
    if matches!(found.shape, Shape::Events { .. }) {
        return Err(Failure::usage(&Usage::NotProposable { name: found.name }, context.lang));
    }
    let (path, scalar) = if matches!(found.shape, Shape::Text) {
        (FieldPath::root(found.name), ScalarType::Line)
    } else {
        let place = place(named.kind, Some(&reading), one.name, context.lang)?;
        (place.path, place.scalar)
    };
    let name = path.column.as_deref().unwrap_or(&path.field);
    let value = context.reader().value(name, scalar, one.value)?;
    let intent = context.device.propose(&path, value, &args.why)?;
    let saved = context.device.edit(named.document, vec![intent])?;
    if context.json {
        return print_json(&json!({ "id": saved.document, "changes": saved.changes }), out);
    }
    let place = place_words(&path, context.lang);
    Ok(writeln!(out, "{}", Tell::Proposed { place: &place }.say(context.lang))?)
}

pub(super) fn answer(context: &Context, args: &Answer, out: &mut impl Write) -> Done {
    let named = context.standing(&args.record)?;
    let view = context.device.show(named.document)?;
    let field = Common::PROPOSALS.name;
    let not_there = || {
        let text = format!("{field}/{}", args.proposal);
        Failure::usage(&Usage::BadRow { text: &text }, context.lang)
    };
    let row = row_of(&view.reading, field, &args.proposal).ok_or_else(not_there)?;
    let intents = context.device.answer_proposal(&view, row, args.accept, &args.say)?;
    let intents = intents.ok_or_else(not_there)?;
    conflicts::refuse_unseen(context, &named, &view.reading, &intents)?;
    let saved = context.device.edit(named.document, intents);
    let saved = saved.or_else(|error| not_answered(context, error))?;
    if context.json {
        return print_json(&json!({ "id": saved.document, "changes": saved.changes }), out);
    }
    Ok(writeln!(out, "{}", Tell::Answered.say(context.lang))?)
}

/// Why an answer was not saved; of one that was given before, who gave it and when.
fn not_answered(context: &Context, error: DeviceError) -> Result<Saved, Failure> {
    let objections = match &error {
        DeviceError::Objected { objections, .. } => objections.as_slice(),
        _ => &[],
    };
    let answered = objections.iter().find_map(|one| match one.why {
        Why::AlreadyAnswered { accepted, by, at } => Some((accepted, by, at)),
        _ => None,
    });
    let Some((accepted, by, at)) = answered else { return Err(error.into()) };
    let (who, when) = (context.renderer().name(by)?, moment(at, context.lang));
    let said = if accepted {
        Say::AcceptedAlready { who: &who, when: &when }
    } else {
        Say::DeclinedAlready { who: &who, when: &when }
    };
    Err(Failure::refused("already_answered", &said, context.lang))
}
