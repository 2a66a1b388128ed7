//! What somebody should look at in a visit: the record most hands write at once.
//!
//! The order of births cannot tell a late row of an offline device from one the office had read, so an
//! office event that settles a visit says how many facts it saw ([`facts_in`]).

use std::collections::BTreeSet;

use crate::id::{DocumentId, Ref, RowId};
use crate::reading::{Reading, RowReading};
use crate::record::Record;
use crate::records::{Checklist, Visit, VisitAct, schema};
use crate::rules::checklist::{answers_out_of_bounds, required_unanswered, standing_answers};
use crate::rules::{Attention, Outcome, VisitProgress, VisitState, visit_state};
use crate::schema::{FieldSchema, root_key, row_column};
use crate::value::FieldValue;

/// What to look at in a visit beside its checklist.
#[must_use]
pub fn checklist_attention(visit: &Visit, checklist: &Checklist) -> Vec<Attention> {
    let mut found = Vec::new();
    let items = required_unanswered(checklist, &visit.checklist_answers);
    let completed = visit_state(visit).outcome == Some(Outcome::Completed);
    if completed && !items.is_empty() {
        found.push(Attention::CompletedUnanswered { items });
    }
    let items = answers_out_of_bounds(checklist, &visit.checklist_answers);
    if !items.is_empty() {
        found.push(Attention::OutOfBounds { items });
    }
    found
}

/// How many facts from the field a visit holds, withdrawn ones too: what the office has before its
/// eyes when it reviews or closes the visit, and writes into that event as `facts_seen`.
#[must_use]
pub fn facts_in(record: &Reading) -> usize {
    facts(record).count()
}

/// What to look at in a visit, from the visit alone.
pub(super) fn visit_items(record: &Reading) -> Vec<Attention> {
    let visit = Visit::read(record);
    let progress = visit_state(&visit);
    let people = workers(&visit);
    let mut items = out_of_order(&progress, !people.is_empty());
    let cancelled_too_late = progress.out_of_order.iter().any(|one| one.act == VisitAct::Cancelled);
    if !people.is_empty() && (progress.state == VisitState::Cancelled || cancelled_too_late) {
        items.push(Attention::WorkOnCancelled { people: people.clone() });
    }
    let planned: BTreeSet<DocumentId> = visit.specialists.iter().map(|one| one.id()).collect();
    let unplanned: BTreeSet<DocumentId> = people.difference(&planned).copied().collect();
    if people.len() > 1 && !unplanned.is_empty() {
        items.push(Attention::DoubleVisit { people, unplanned });
    }
    items.extend(late_facts(record));
    for (item, standing) in standing_answers(&visit.checklist_answers) {
        if !standing.disputed.is_empty() {
            items.push(Attention::AnswersDiffer { item, answers: standing.disputed });
        }
    }
    items
}

/// Events that do not follow, without those that [`Attention::WorkOnCancelled`] and
/// [`Attention::LateFacts`] tell better.
fn out_of_order(progress: &VisitProgress, worked: bool) -> Vec<Attention> {
    let told = |act: VisitAct, state: VisitState| {
        let cancelled = act == VisitAct::Cancelled || state == VisitState::Cancelled;
        let settled = matches!(state, VisitState::Reviewed | VisitState::Closed);
        (worked && cancelled) || (settled && !is_office(act))
    };
    let untold = progress.out_of_order.iter().filter(|one| !told(one.act, one.state));
    untold
        .map(|one| Attention::VisitOutOfOrder { event: one.event, act: one.act, state: one.state })
        .collect()
}

/// Whether an event is the office's word and no fact from the field.
#[must_use]
pub fn is_office(act: VisitAct) -> bool {
    matches!(
        act,
        VisitAct::Dispatched
            | VisitAct::Reviewed
            | VisitAct::Closed
            | VisitAct::Cancelled
            | VisitAct::Reopened
    )
}

/// Everybody who was there and did something: travelling alone is no work.
fn workers(visit: &Visit) -> BTreeSet<DocumentId> {
    let there = |act: VisitAct| {
        matches!(
            act,
            VisitAct::Arrived
                | VisitAct::WorkStarted
                | VisitAct::Paused
                | VisitAct::Resumed
                | VisitAct::Completed
                | VisitAct::CompletedPartly
                | VisitAct::CannotComplete
        )
    };
    let events = visit.events.standing().filter(|event| event.value.what.is_some_and(there));
    let events = events.filter_map(|event| event.by);
    let rows = visit.works.standing().filter_map(|row| row.value.who.or(row.by));
    events.chain(rows).map(Ref::id).collect()
}

/// Facts the office had not seen when it reviewed or closed the visit for the last time.
fn late_facts(record: &Reading) -> Option<Attention> {
    let events = record.rows(Visit::EVENTS.name).iter().filter(|row| !row.is_withdrawn());
    let settles = |act: VisitAct| matches!(act, VisitAct::Reviewed | VisitAct::Closed | VisitAct::Reopened);
    let settling = events.filter(|row| act(row).is_some_and(settles));
    let last = settling.max_by(|one, other| one.born.cmp(&other.born))?;
    if act(last) == Some(VisitAct::Reopened) {
        return None;
    }
    let later = facts(record).filter(|row| row.born > last.born && !row.is_withdrawn());
    let rows: Vec<RowId> = later.map(|row| row.id).collect();
    let before = facts(record).filter(|row| row.born < last.born).count();
    let seen = i64::from_scalar(last.value(FACTS_SEEN)).ok().and_then(|seen| usize::try_from(seen).ok());
    let count = rows.len() + seen.map_or(0, |seen| before.saturating_sub(seen));
    (count > 0).then_some(Attention::LateFacts { count, rows })
}

/// The column of a reviewing or closing event that says what [`facts_in`] counted.
const FACTS_SEEN: &str = "facts_seen";

fn act(event: &RowReading) -> Option<VisitAct> {
    VisitAct::from_scalar(event.value(row_column::WHAT)).ok()
}

/// Rows and events from the field; the office's own events and wishes are none.
fn facts(record: &Reading) -> impl Iterator<Item = &RowReading> {
    let holds = |field: &&FieldSchema| field.holds_facts() && field.name != root_key::PROPOSALS;
    let rows = schema(record.kind).fields.iter().filter(holds).flat_map(|field| record.rows(field.name));
    rows.filter(|row| !act(row).is_some_and(is_office))
}
