//! Works as planned beside works as done.
//!
//! A planned work and the rows done against it are of the same kind and unit, as the percent counts them
//! ([`halyard_domain::rules::percent`]). What was done and never planned stands in lines of its own.

use std::collections::BTreeMap;

use halyard_domain::id::{DocumentId, Ref, RowId};
use halyard_domain::money::canonical_decimal;
use halyard_domain::record::{RowOf, Rows};
use halyard_domain::records::{PlannedWork, WorkRow};
use halyard_domain::rules::percent::{Done, Planned, VisitCount, WorkKey, card_percent};
use halyard_domain::time::{Instant, TimeWindow};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::screens::names::{Linked, Names};

/// One kind of work: how much was to be done, and what was.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct WorkLine {
    /// The kind of work; absent when nobody named it.
    pub work_kind: Option<Linked>,
    /// The unit of its volume.
    pub unit: Option<Linked>,
    /// Whether it was planned.
    pub is_planned: bool,
    /// The planned volume, a canonical decimal.
    pub planned_volume: Option<String>,
    /// The planned hours, a canonical decimal.
    pub planned_hours: Option<String>,
    /// The volume done, a canonical decimal.
    pub done_volume: String,
    /// The volume that is left to do, a canonical decimal; absent for what was not planned by volume.
    pub left_volume: Option<String>,
    /// The hours written down, a canonical decimal.
    pub done_hours: String,
    /// How much of the plan is done, in hundredths of a percent; absent for what was not planned.
    pub percent: Option<u16>,
    /// What was written down.
    pub rows: Vec<WorkEntry>,
}

/// A work row.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct WorkEntry {
    /// The row.
    pub row: RowId,
    /// The visit it is written in.
    pub visit: DocumentId,
    /// The volume, a canonical decimal.
    pub volume: Option<String>,
    /// From when to when, when it was written down so.
    pub period: Option<TimeWindow>,
    /// The hours, a canonical decimal.
    pub hours: Option<String>,
    /// Who worked.
    pub who: Option<Linked>,
    /// When it was written down.
    pub at: Option<Instant>,
    /// Anything else.
    pub note: Option<String>,
    /// Whether this person wrote it.
    pub is_mine: bool,
}

/// A work row with the visit it stands in.
pub(crate) struct DoneWork {
    pub(crate) visit: DocumentId,
    pub(crate) row: RowOf<WorkRow>,
}

/// The rows that count of a visit.
pub(crate) fn done_in(visit: DocumentId, works: &Rows<WorkRow>) -> Vec<DoneWork> {
    works.standing().map(|row| DoneWork { visit, row: row.clone() }).collect()
}

/// Everything planned and done, planned works first and in their order.
pub(crate) fn work_lines(
    planned: &Rows<PlannedWork>,
    done: Vec<DoneWork>,
    names: &Names,
    me: DocumentId,
) -> Vec<WorkLine> {
    let mut lines = Lines::default();
    for row in planned.standing() {
        let key = key(row.value.work_kind, row.value.unit);
        lines.of(key).planned.push(Planned {
            key,
            volume: row.value.volume,
            hours: row.value.hours,
            weight: row.value.weight,
        });
    }
    for work in done {
        let key = key(work.row.value.work_kind, work.row.value.unit);
        lines.of(key).done.push(work);
    }
    let Lines { order, mut lines } = lines;
    let views = order.into_iter().filter_map(|key| Some(lines.remove(&key)?.view(key, names, me)));
    views.collect()
}

/// The records that works name.
pub(crate) fn named_in(planned: &Rows<PlannedWork>, done: &[DoneWork]) -> Vec<DocumentId> {
    let mut named = Vec::new();
    for row in planned.standing() {
        named.extend(row.value.work_kind.map(Ref::id));
        named.extend(row.value.unit.map(Ref::id));
    }
    for work in done {
        named.extend(work.row.value.work_kind.map(Ref::id));
        named.extend(work.row.value.unit.map(Ref::id));
        named.extend(work.row.value.who.or(work.row.by).map(Ref::id));
    }
    named
}

/// Lines in the order their kinds first came up.
#[derive(Default)]
struct Lines {
    order: Vec<WorkKey>,
    lines: BTreeMap<WorkKey, Line>,
}

impl Lines {
    fn of(&mut self, key: WorkKey) -> &mut Line {
        if !self.lines.contains_key(&key) {
            self.order.push(key);
        }
        self.lines.entry(key).or_default()
    }
}

#[derive(Default)]
struct Line {
    planned: Vec<Planned>,
    done: Vec<DoneWork>,
}

impl Line {
    fn view(self, key: WorkKey, names: &Names, me: DocumentId) -> WorkLine {
        let is_planned = !self.planned.is_empty();
        let done: Vec<Done> =
            self.done.iter().map(|work| Done { key, volume: work.row.value.volume }).collect();
        let percent = is_planned.then(|| card_percent(&self.planned, &done, VisitCount::default()));
        let volume = sum(done.iter().filter_map(|one| one.volume));
        let hours = sum(self.done.iter().filter_map(|work| hours_of(&work.row.value)));
        WorkLine {
            work_kind: key.work_kind.map(|id| names.link(id)),
            unit: key.unit.map(|id| names.link(id)),
            is_planned,
            left_volume: total(self.planned.iter().map(|one| one.volume))
                .map(|planned| canonical_decimal(add(planned, -volume).max(Decimal::ZERO))),
            planned_volume: whole(self.planned.iter().map(|one| one.volume)),
            planned_hours: whole(self.planned.iter().map(|one| one.hours)),
            done_volume: canonical_decimal(volume),
            done_hours: canonical_decimal(hours),
            percent,
            rows: self.done.iter().map(|work| entry(work, names, me)).collect(),
        }
    }
}

fn entry(work: &DoneWork, names: &Names, me: DocumentId) -> WorkEntry {
    let row = &work.row;
    WorkEntry {
        row: row.id,
        visit: work.visit,
        volume: row.value.volume.map(canonical_decimal),
        period: row.value.period,
        hours: hours_of(&row.value).map(canonical_decimal),
        who: names.linked(row.value.who.or(row.by)),
        at: row.at,
        note: row.value.note.clone(),
        is_mine: row.by.map(Ref::id) == Some(me),
    }
}

fn key<A, B>(work_kind: Option<Ref<A>>, unit: Option<Ref<B>>) -> WorkKey {
    WorkKey { work_kind: work_kind.map(Ref::id), unit: unit.map(Ref::id) }
}

/// The hours of a row: of its period when it has one. Rounded to hundredths.
fn hours_of(row: &WorkRow) -> Option<Decimal> {
    let of_period = row.period.map(|period| Decimal::from(period.minutes()) / Decimal::from(60));
    of_period.map(|hours| hours.round_dp(2)).or(row.hours)
}

/// The sum. What others wrote may be of any size: beyond what a decimal holds it is the utmost that one does.
pub(crate) fn sum(values: impl Iterator<Item = Decimal>) -> Decimal {
    values.fold(Decimal::ZERO, add)
}

fn add(one: Decimal, other: Decimal) -> Decimal {
    let utmost = if one.is_sign_negative() { Decimal::MIN } else { Decimal::MAX };
    one.checked_add(other).unwrap_or(utmost)
}

/// The sum of what is there; nothing when nothing is.
fn total(values: impl Iterator<Item = Option<Decimal>>) -> Option<Decimal> {
    let there: Vec<Decimal> = values.flatten().collect();
    (!there.is_empty()).then(|| sum(there.into_iter()))
}

/// The same as canonical text.
fn whole(values: impl Iterator<Item = Option<Decimal>>) -> Option<String> {
    total(values).map(canonical_decimal)
}
