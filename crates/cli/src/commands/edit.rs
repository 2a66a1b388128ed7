//! `halyard new` and `halyard edit`: everything typed is saved together or not at all.

use std::io::Write;

use halyard_device::RecordEdit;
use halyard_device::domain::rights::unborn;
use serde_json::json;

use super::changes::{Subject, answers, intents, withdrawals};
use super::{Done, conflicts, print_json};
use crate::args::{Edit, New};
use crate::context::Context;
use crate::failure::Failure;
use crate::parse::kind;
use crate::table::one_line;
use crate::words::{Tell, Usage};

pub(super) fn new(context: &Context, args: &New, out: &mut impl Write) -> Done {
    let kind = kind(&args.kind, context.lang)?;
    let nothing = unborn(kind);
    let intents = intents(context, &Subject { kind, reading: &nothing, heads: &[] }, &args.changes)?;
    let document = context.device.make_record(kind, intents)?;
    let label = context.device.name(document)?.map_or_else(|| document.provisional_label(), |one| one.label);
    let alike = context.device.alike(document)?;
    if context.json {
        let said = json!({ "id": document, "kind": kind, "label": label, "alike": alike });
        return print_json(&said, out);
    }
    writeln!(out, "{}", Tell::Saved { label: &label }.say(context.lang))?;
    if !alike.is_empty() {
        writeln!(out, "{}", Tell::MaybeTheSame { id: &document.to_string() }.say(context.lang))?;
        for one in alike {
            let title = if one.title == one.label { "" } else { one.title.as_str() };
            writeln!(out, "  {}  {}", one.document, one_line(format!("{} {title}", one.label).trim_end()))?;
        }
    }
    Ok(())
}

pub(super) fn edit(context: &Context, args: &Edit, out: &mut impl Write) -> Done {
    let named =
        if args.restore { context.withdrawn(&args.record)? } else { context.standing(&args.record)? };
    let view = context.device.show(named.document)?;
    let subject = Subject { kind: named.kind, reading: &view.reading, heads: &view.heads };
    let mut intents = intents(context, &subject, &args.changes)?;
    let restoring =
        if args.restore { context.device.restoring(named.document, &view.reading)? } else { Vec::new() };
    let mut restoring = restoring.into_iter();
    intents.extend(restoring.next().into_iter().flat_map(|own| own.intents));
    intents.extend(answers(context, &subject, &args.answer)?);
    intents.extend(withdrawals(context, &subject, &args.withdraw, args.why.as_deref())?);
    // An answer that stands there already comes to nothing, but was asked for.
    if intents.is_empty() && !args.restore && args.answer.is_empty() {
        return Err(Failure::usage(&Usage::NothingToDo, context.lang));
    }
    conflicts::refuse_unseen(context, &named, &view.reading, &intents)?;
    let own = RecordEdit::editing(named.document, named.kind, intents);
    let saved = context.device.save(&std::iter::once(own).chain(restoring).collect::<Vec<_>>())?;
    let changes = saved.into_iter().next().map(|own| own.changes).unwrap_or_default();
    if context.json {
        return print_json(&json!({ "id": named.document, "changes": changes }), out);
    }
    let label = named.label.as_str();
    let told = if changes.is_empty() { Tell::NothingChanged { label } } else { Tell::Saved { label } };
    Ok(writeln!(out, "{}", told.say(context.lang))?)
}
