//! How long each person worked on a visit.
//!
//! Two things say it: the clock (work started, paused, resumed, finished) and the hours written in work
//! rows. Who wrote hours down is believed; else the clock is. Times are what people say happened, so an
//! interval that ends before it starts counts nothing.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::id::{DocumentId, Ref};
use crate::records::{Visit, VisitAct, WorkRow};
use crate::time::Instant;

/// What is known about one person's time on a visit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PersonTime {
    /// Minutes between start and finish without pauses, finished stretches only.
    pub clock_minutes: i64,
    /// Minutes written in work rows; absent when no row says a time.
    pub written_minutes: Option<i64>,
    /// Since when the person is working, while the clock runs.
    pub running_since: Option<Instant>,
}

impl PersonTime {
    /// The minutes that count.
    #[must_use]
    pub fn minutes(self) -> i64 {
        self.written_minutes.unwrap_or(self.clock_minutes)
    }
}

/// The time each person worked on a visit.
#[must_use]
pub fn worked_time(visit: &Visit) -> BTreeMap<DocumentId, PersonTime> {
    let mut people: BTreeMap<DocumentId, PersonTime> = BTreeMap::new();
    for event in visit.events.standing() {
        if let (Some(by), Some(at), Some(act)) = (event.by, event.at, event.value.what)
            && let Some(runs) = clock(act)
        {
            people.entry(by.id()).or_default().tick(runs, at);
        }
    }
    for row in visit.works.standing() {
        let who = row.value.who.or(row.by).map(Ref::id);
        if let (Some(who), Some(minutes)) = (who, minutes(&row.value)) {
            let person = people.entry(who).or_default();
            person.written_minutes = Some(person.written_minutes.unwrap_or(0).saturating_add(minutes));
        }
    }
    people
}

/// The minutes everybody worked on a visit.
#[must_use]
pub fn worked_minutes(visit: &Visit) -> i64 {
    worked_time(visit).values().fold(0, |sum, person| sum.saturating_add(person.minutes()))
}

/// Whether an event sets the clock running or stops it.
fn clock(act: VisitAct) -> Option<bool> {
    match act {
        VisitAct::WorkStarted | VisitAct::Resumed => Some(true),
        VisitAct::Paused | VisitAct::Completed | VisitAct::CompletedPartly | VisitAct::CannotComplete => {
            Some(false)
        }
        VisitAct::Dispatched
        | VisitAct::Accepted
        | VisitAct::Declined
        | VisitAct::TravelStarted
        | VisitAct::Arrived
        | VisitAct::Reviewed
        | VisitAct::Closed
        | VisitAct::Cancelled
        | VisitAct::Reopened => None,
    }
}

impl PersonTime {
    fn tick(&mut self, runs: bool, at: Instant) {
        if runs {
            self.running_since = self.running_since.or(Some(at));
        } else if let Some(since) = self.running_since.take() {
            let minutes = (at.unix_seconds() - since.unix_seconds()).max(0) / 60;
            self.clock_minutes = self.clock_minutes.saturating_add(minutes);
        }
    }
}

/// The minutes a work row says, hours rounded half up.
fn minutes(row: &WorkRow) -> Option<i64> {
    if let Some(period) = row.period {
        return Some(period.minutes());
    }
    let minutes = row.hours?.checked_mul(Decimal::from(60))?;
    let minutes = minutes.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    i64::try_from(minutes).ok().map(|minutes| minutes.max(0))
}
