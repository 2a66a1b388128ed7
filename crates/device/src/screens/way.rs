//! How far one person is with a visit.

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::records::{Visit, VisitAct};
use halyard_domain::rules::VisitState;
use halyard_domain::time::Instant;
use serde::Serialize;

/// When each part of the way was done, as that person says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Way {
    /// Left for it.
    pub travel_started: Option<Instant>,
    /// Was there.
    pub arrived: Option<Instant>,
    /// Began to work.
    pub work_started: Option<Instant>,
    /// Finished, however.
    pub finished: Option<Instant>,
}

/// Where a visit stands in its person's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Still to come.
    Ahead,
    /// On the way, there, at work or paused.
    UnderWay,
    /// There is nothing left for this person to do: finished, declined, cancelled.
    Over,
}

impl Way {
    /// The way of a person; a visit taken up again begins anew.
    pub(crate) fn of(visit: &Visit, employee: DocumentId) -> Self {
        let mut way = Self::default();
        for row in visit.events.standing() {
            let mine = row.by.map(Ref::id) == Some(employee);
            match row.value.what {
                Some(VisitAct::Reopened) => way = Self::default(),
                Some(VisitAct::TravelStarted) if mine => way.travel_started = way.travel_started.or(row.at),
                Some(VisitAct::Arrived) if mine => way.arrived = way.arrived.or(row.at),
                Some(VisitAct::WorkStarted) if mine => way.work_started = way.work_started.or(row.at),
                Some(VisitAct::Completed | VisitAct::CompletedPartly | VisitAct::CannotComplete) if mine => {
                    way.finished = row.at;
                }
                Some(_) | None => {}
            }
        }
        way
    }
}

impl Phase {
    /// The phase of a visit for the person whose way and next step these are.
    pub(crate) fn of(state: VisitState, way: &Way, next: Option<VisitAct>) -> Self {
        let begun = [way.travel_started, way.arrived, way.work_started].iter().any(Option::is_some);
        match next {
            Some(_) if state.is_open() && begun => Self::UnderWay,
            Some(_) if state.is_open() => Self::Ahead,
            Some(_) | None => Self::Over,
        }
    }
}
