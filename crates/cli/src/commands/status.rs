//! `halyard status`: how this device stands with its relay.

use std::io::Write;

use halyard_device::Status;
use halyard_device::domain::kind::Kind;
use halyard_device::screens::status::SyncTrouble;
use serde::Serialize;

use super::{Done, print_json};
use crate::context::Context;
use crate::render::moment_ms;
use crate::table::pairs;
use crate::words::{Counted, Lang, Tell, counted, headings, kept, stopped};

/// A clock that is off by less than this is nobody's business.
const CLOCK_MINUTES: i64 = 5;

pub(super) fn run(context: &Context, out: &mut impl Write) -> Done {
    let status = context.device.status()?;
    if context.json {
        return print_json(&status, out);
    }
    let lang = context.lang;
    if let (Some(organisation), Some(employee)) = (&status.organisation, status.employee) {
        let synced =
            status.last_full_sync_ms.map_or_else(|| Tell::NeverSynced.say(lang), |ms| moment_ms(ms, lang));
        let lines = [
            (headings::ORGANISATION, organisation.clone()),
            (headings::EMPLOYEE, context.renderer().name(employee)?),
            (headings::RELAY, status.relay_url.clone().unwrap_or_default()),
            (headings::LAST_SYNC, synced),
        ];
        pairs(out, lines.map(|(name, value)| (name.in_lang(lang), value)))?;
    } else {
        writeln!(out, "{}", Tell::NotEnrolledYet.say(lang))?;
    }
    for sentence in sentences(&status, context) {
        writeln!(out, "{sentence}")?;
    }
    Ok(())
}

/// How this device stands, with what keeps it from the relay.
#[derive(Serialize)]
struct Watched {
    #[serde(flatten)]
    status: Status,
    trouble: Option<SyncTrouble>,
}

/// One line for programs on how this device stands, for `sync --watch`.
pub(super) fn json_line(context: &Context, trouble: Option<SyncTrouble>, out: &mut impl Write) -> Done {
    let watched = Watched { status: context.device.status()?, trouble };
    serde_json::to_writer(&mut *out, &watched).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}

/// One line on how this device stands, for `sync --watch`.
pub(super) fn line(context: &Context, out: &mut impl Write) -> Done {
    let status = context.device.status()?;
    let synced = status
        .last_full_sync_ms
        .map_or_else(|| Tell::NeverSynced.say(context.lang), |ms| moment_ms(ms, context.lang));
    let said = sentences(&status, context).join(" ");
    let heading = headings::LAST_SYNC.in_lang(context.lang);
    Ok(writeln!(out, "{heading}: {synced}. {said}")?)
}

/// How many records wait for a decision, and where they are listed.
pub(super) fn undecided(status: &Status, lang: Lang) -> String {
    let list = |(kind, count): (&Kind, &u64)| {
        format!("halyard list {} --where \"conflicts>=1\" ({count})", kind.name().replace('_', "-"))
    };
    let lists: Vec<String> = status.undecided_by_kind.iter().map(list).collect();
    let count = counted(lang, Counted::Record, status.undecided);
    Tell::DecisionWaits { count: &count, lists: &lists.join("; ") }.say(lang)
}

fn sentences(status: &Status, context: &Context) -> Vec<String> {
    let lang = context.lang;
    let mut said = Vec::new();
    if let Some(reason) = context.device.stop_reason() {
        said.push(stopped(reason).say(lang));
    }
    if let Some(wiped) = status.wiped_ms {
        said.push(Tell::Wiped { when: &moment_ms(wiped, lang) }.say(lang));
    } else if status.without_role {
        said.push(Tell::NoRole.say(lang));
    }
    let waiting = kept(status.unsent, status.photos_kept, lang);
    if !waiting.is_empty() {
        let is_over = status.wiped_ms.is_some();
        let count = waiting.as_str();
        said.push(if is_over { Tell::NotHandedOver { count } } else { Tell::Waiting { count } }.say(lang));
    } else if status.organisation.is_some() {
        said.push(Tell::AllSent.say(lang));
    }
    if status.not_accepted > 0 {
        said.push(Tell::RefusedWaits { count: status.not_accepted }.say(lang));
    }
    if status.undecided > 0 {
        said.push(undecided(status, lang));
    }
    let minutes = status.clock_offset_ms.saturating_abs().saturating_add(30_000) / 60_000;
    if minutes >= CLOCK_MINUTES {
        let (unit, count) = match minutes.unsigned_abs() {
            many @ 2_880.. => (Counted::Day, many / 1_440),
            some @ 120.. => (Counted::Hour, some / 60),
            few => (Counted::Minute, few),
        };
        let by = counted(lang, unit, count);
        // What has to be added to this clock is what it lacks.
        let is_behind = status.clock_offset_ms > 0;
        let told = if is_behind { Tell::ClockBehind { by: &by } } else { Tell::ClockAhead { by: &by } };
        said.push(told.say(lang));
    }
    said
}
