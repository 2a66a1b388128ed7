//! `halyard review`: work the relay set aside, looked through and decided by somebody who may.

use std::io::Write;

use halyard_device::domain::reading::Reading;
use halyard_device::domain::rights::unborn;
use halyard_device::protocol::hash::{EnvelopeHash, EnvelopeNamed};
use halyard_device::protocol::receipt::{Outcome, Receipt};
use halyard_device::protocol::review::Verdict;
use halyard_device::protocol::time::UnixMs;
use halyard_device::records::HistoryEntry;
use halyard_device::sync::{SyncError, Waiting};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::conflicts::place_words;
use super::sync::runtime;
use super::{Done, history, print_json};
use crate::args::{self, ReviewCommand};
use crate::context::Context;
use crate::failure::Failure;
use crate::render::{Renderer, moment_ms};
use crate::table::{Table, pairs};
use crate::words::{self, Counted, Lang, Say, Tell, Worded, counted, headings};

/// So much of an envelope's name is shown.
const SHORT: usize = 8;

pub(super) fn run(context: &Context, args: &args::Review, out: &mut impl Write) -> Done {
    let runtime = runtime()?;
    let waiting = all(context, &runtime)?;
    match &args.command {
        None | Some(ReviewCommand::List) => list(context, &waiting, out),
        Some(ReviewCommand::Show { work }) => show(context, one(context, &runtime, &waiting, work)?, out),
        Some(ReviewCommand::Accept { work }) => {
            decide(context, &runtime, one(context, &runtime, &waiting, work)?, Verdict::Accept, out)
        }
        Some(ReviewCommand::Decline { work, answer }) => {
            let answer = answer.trim().to_owned();
            if answer.is_empty() {
                return Err(Failure::usage(&words::Usage::AnswerMissing, context.lang));
            }
            let work = one(context, &runtime, &waiting, work)?;
            decide(context, &runtime, work, Verdict::Decline { answer }, out)
        }
    }
}

fn all(context: &Context, runtime: &Runtime) -> Result<Vec<Waiting>, Failure> {
    let (mut waiting, mut after) = (Vec::new(), None);
    loop {
        let page = runtime.block_on(context.device.waiting(after)).map_err(|error| failed(context, error))?;
        waiting.extend(page.items);
        after = page.next;
        if after.is_none() {
            return Ok(waiting);
        }
    }
}

/// What the relay says about the queue in the words of a reviewer.
fn failed(context: &Context, error: SyncError) -> Failure {
    if let SyncError::AlreadyDecided(receipt) = &error {
        return decided_before(context, receipt).unwrap_or_else(|failure| failure);
    }
    match words::review_refused(&error) {
        Some(said) => Failure::refused("review", &said, context.lang),
        None => error.into(),
    }
}

fn decided_before(context: &Context, receipt: &Receipt) -> Result<Failure, Failure> {
    let who = receipt.by.map(|by| context.renderer().name(by)).transpose()?;
    Ok(decided_by(who.as_deref(), receipt.outcome, receipt.arrived, context.lang))
}

/// A decision is made once: who made it, how and when. Where the relay names nobody, the office did.
fn decided_by(who: Option<&str>, outcome: Outcome, arrived: UnixMs, lang: Lang) -> Failure {
    let who = who.unwrap_or_else(|| headings::OFFICE.in_lang(lang));
    let when = moment_ms(arrived.0, lang);
    let when = when.as_str();
    let said = if outcome == Outcome::Accepted {
        Say::WorkAcceptedBefore { who, when }
    } else {
        Say::WorkDeclinedBefore { who, when }
    };
    Failure::refused("already_decided", &said, lang)
}

/// By the beginning of its envelope's name. A number in a list would name another one tomorrow. Of work that
/// was decided before its decision is told.
fn one<'a>(
    context: &Context,
    runtime: &Runtime,
    waiting: &'a [Waiting],
    work: &str,
) -> Result<&'a Waiting, Failure> {
    let no_such = || Failure::refused("no_such_work", &Say::NoSuchWork { what: work }, context.lang);
    if work.len() < EnvelopeNamed::SHORTEST {
        return Err(no_such());
    }
    let found: Vec<&Waiting> = waiting.iter().filter(|one| one.hash.to_string().starts_with(work)).collect();
    if let [one] = found.as_slice() {
        return Ok(one);
    }
    let decided =
        runtime.block_on(context.device.decisions_about(work)).map_err(|error| failed(context, error))?;
    match decided.as_slice() {
        [receipt] if found.is_empty() => Err(decided_before(context, receipt)?),
        _ => Err(no_such()),
    }
}

fn decide(
    context: &Context,
    runtime: &Runtime,
    work: &Waiting,
    verdict: Verdict,
    out: &mut impl Write,
) -> Done {
    let accepted = verdict == Verdict::Accept;
    let decided = runtime.block_on(context.device.decide_waiting(work.hash, verdict));
    let decided = decided.map_err(|error| failed(context, error))?;
    if context.json {
        return print_json(&decided.receipts, out);
    }
    let author = context.renderer().name(work.item.receipted.envelope.employee)?;
    let told = if accepted {
        Tell::WorkAccepted { author: &author }
    } else {
        Tell::WorkDeclined { author: &author }
    };
    writeln!(out, "{}", told.say(context.lang))?;
    let along = u64::try_from(decided.receipts.len().saturating_sub(1)).unwrap_or(u64::MAX);
    if along > 0 {
        let count = counted(context.lang, Counted::Envelope, along);
        writeln!(out, "{}", Tell::WorkAlong { count: &count }.say(context.lang))?;
    }
    Ok(())
}

fn list(context: &Context, waiting: &[Waiting], out: &mut impl Write) -> Done {
    if context.json {
        let lines: Result<Vec<Value>, Failure> = waiting.iter().map(|one| as_json(context, one)).collect();
        return print_json(&lines?, out);
    }
    let lang = context.lang;
    if waiting.is_empty() {
        return Ok(writeln!(out, "{}", Tell::NothingWaits.say(lang))?);
    }
    let renderer = context.renderer();
    let heads = [
        headings::ENVELOPE,
        headings::ARRIVED,
        headings::WHO,
        headings::KIND,
        headings::LABEL,
        headings::FIELD,
        headings::WHY,
    ];
    let mut table = Table::new(heads.map(|head| head.in_lang(lang)));
    for one in waiting {
        let (envelope, stamp) = (&one.item.receipted.envelope, &one.item.receipted.receipt);
        let mut places: Vec<String> = Vec::new();
        for entry in one.writes.iter().flatten() {
            let place = place_words(&entry.path, lang);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        table.row([
            short(one.hash),
            moment_ms(stamp.arrived.0, lang),
            renderer.name(envelope.employee)?,
            kind_of(one, context),
            label(context, &renderer, one)?,
            places.join(", "),
            words::waits_because(stamp.reason.as_ref(), lang),
        ]);
    }
    table.write(out)?;
    Ok(writeln!(out, "\n{}", Tell::ReviewNext.say(lang))?)
}

fn show(context: &Context, one: &Waiting, out: &mut impl Write) -> Done {
    if context.json {
        return print_json(&as_json(context, one)?, out);
    }
    let lang = context.lang;
    let renderer = context.renderer();
    let (envelope, stamp) = (&one.item.receipted.envelope, &one.item.receipted.receipt);
    let lines = [
        (headings::ENVELOPE, one.hash.to_string()),
        (headings::KIND, kind_of(one, context)),
        (headings::LABEL, label(context, &renderer, one)?),
        (headings::WHO, renderer.name(envelope.employee)?),
        (headings::DEVICE, renderer.device(envelope.device)),
        (headings::WHEN, moment_ms(envelope.time.0, lang)),
        (headings::ARRIVED, moment_ms(stamp.arrived.0, lang)),
        (headings::WHY, words::waits_because(stamp.reason.as_ref(), lang)),
    ];
    pairs(out, lines.map(|(name, value)| (name.in_lang(lang), value)))?;
    let behind = u64::try_from(one.item.blocked.len()).unwrap_or(u64::MAX);
    if behind > 0 {
        let count = counted(lang, Counted::Envelope, behind);
        writeln!(out, "{}", Tell::WorkBehind { count: &count }.say(lang))?;
    }
    let Some(writes) = &one.writes else {
        return Ok(writeln!(out, "\n{}", Tell::WorkUnreadable.say(lang))?);
    };
    writeln!(out)?;
    let reading = reading(context, one)?;
    let mut table =
        Table::new([headings::FIELD, headings::FROM, headings::TO].map(|head| head.in_lang(lang)));
    for entry in writes {
        table.row(told(context, &renderer, reading.as_ref(), entry)?);
    }
    Ok(table.write(out)?)
}

fn told(
    context: &Context,
    renderer: &Renderer<'_>,
    reading: Option<&Reading>,
    entry: &HistoryEntry,
) -> Result<[String; 3], Failure> {
    match reading {
        Some(reading) => history::told(context, renderer, reading, entry),
        None => Ok([place_words(&entry.path, context.lang), String::new(), String::new()]),
    }
}

/// The record as it is here, or as one that nobody has made yet.
fn reading(context: &Context, one: &Waiting) -> Result<Option<Reading>, Failure> {
    let envelope = &one.item.receipted.envelope;
    if context.device.name(envelope.document)?.is_some() {
        return Ok(Some(context.device.show(envelope.document)?.reading));
    }
    Ok(envelope.kind.known().map(unborn))
}

/// The record's name; of one that is not here, that this work makes it.
fn label(context: &Context, renderer: &Renderer<'_>, one: &Waiting) -> Result<String, Failure> {
    let document = one.item.receipted.envelope.document;
    Ok(match context.device.name(document)? {
        Some(_) => renderer.name(document)?,
        None => Tell::NotHere { label: &document.provisional_label() }.say(context.lang),
    })
}

fn kind_of(one: &Waiting, context: &Context) -> String {
    let kind = &one.item.receipted.envelope.kind;
    kind.known().map_or_else(|| kind.as_str().to_owned(), |kind| kind.say(context.lang).to_owned())
}

fn short(hash: EnvelopeHash) -> String {
    hash.to_string().chars().take(SHORT).collect()
}

fn as_json(context: &Context, one: &Waiting) -> Result<Value, Failure> {
    let (envelope, stamp) = (&one.item.receipted.envelope, &one.item.receipted.receipt);
    let renderer = context.renderer();
    Ok(json!({
        "envelope": one.hash.to_string(),
        "document": envelope.document,
        "kind": envelope.kind.as_str(),
        "label": label(context, &renderer, one)?,
        "employee": envelope.employee,
        "name": renderer.name(envelope.employee)?,
        "device": envelope.device.to_string(),
        "made_ms": envelope.time.0,
        "arrived_ms": stamp.arrived.0,
        "reason": stamp.reason,
        "path": stamp.path,
        "blocked": one.item.blocked.len(),
        "writes": one.writes,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_without_a_name_is_the_offices() {
        let told = |who, outcome, lang| {
            let said = decided_by(who, outcome, UnixMs(1_772_434_800_000), lang).sentence(lang);
            said.split_once(", ").unwrap().0.to_owned()
        };
        assert_eq!(told(None, Outcome::Accepted, Lang::Uk), "Цю роботу вже прийнято: офіс");
        assert_eq!(told(None, Outcome::Accepted, Lang::En), "This work was accepted already: the office");
        assert_eq!(told(None, Outcome::Quarantined, Lang::Ru), "Эта работа уже отклонена: офис");
        assert_eq!(
            told(Some("Бондар Олена"), Outcome::Quarantined, Lang::Uk),
            "Цю роботу вже відхилено: Бондар Олена"
        );
    }
}
