//! The state of a visit, from its events in the order of their birth.
//!
//! Several specialists may be on one visit, so each person's way is followed by itself and the visit
//! shows the busiest of them. An event that does not follow changes nothing and is reported: it stays
//! in the record, and somebody looks at it. No order of events is an error.
//!
//! Saying again what already holds is no contradiction. Steps may be skipped forwards (nobody must press «в дорозі»); finishing without having started may
//! not, because then nobody knows how long it took.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{DocumentId, Ref};
use crate::record::{Choice, Events};
use crate::records::{Employee, Visit, VisitAct, VisitEvent};
use crate::rules::OutOfOrder;
use crate::time::{Instant, TimeWindow};

/// The state of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum VisitState {
    /// Новий.
    New,
    /// Запланований.
    Scheduled,
    /// Призначений.
    Dispatched,
    /// Прийнятий.
    Accepted,
    /// Відхилений.
    Declined,
    /// У дорозі.
    Travelling,
    /// У роботі.
    InProgress,
    /// Призупинений.
    OnHold,
    /// Виконаний.
    Completed,
    /// Виконаний частково.
    CompletedPartly,
    /// Неможливо виконати.
    CannotComplete,
    /// Перевірений.
    Reviewed,
    /// Закритий.
    Closed,
    /// Скасований.
    Cancelled,
}

/// How the work on a visit ended. Earlier is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Outcome {
    /// Everything is done.
    Completed,
    /// A part is done.
    CompletedPartly,
    /// It could not be done.
    CannotComplete,
}

/// What the events of a visit say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitProgress {
    /// The state.
    pub state: VisitState,
    /// How the work ended, once it has for everybody who began it; kept through review and closing.
    pub outcome: Option<Outcome>,
    /// The events that do not follow.
    pub out_of_order: Vec<OutOfOrder<VisitAct, VisitState>>,
}

impl VisitState {
    /// True while the visit is still to be done or being done.
    #[must_use]
    pub fn is_open(self) -> bool {
        match self {
            Self::New
            | Self::Scheduled
            | Self::Dispatched
            | Self::Accepted
            | Self::Declined
            | Self::Travelling
            | Self::InProgress
            | Self::OnHold => true,
            Self::Completed
            | Self::CompletedPartly
            | Self::CannotComplete
            | Self::Reviewed
            | Self::Closed
            | Self::Cancelled => false,
        }
    }
}

/// The state of a visit.
#[must_use]
pub fn visit_state(visit: &Visit) -> VisitProgress {
    progress(visit.window.is_some(), &visit.events)
}

/// Whether a visit is late: still open after the end of its window.
#[must_use]
pub fn is_overdue(state: VisitState, window: Option<TimeWindow>, now: Instant) -> bool {
    state.is_open() && window.is_some_and(|window| window.end() < now)
}

/// The state that events lead to; `planned` says whether the visit has a window.
#[must_use]
pub fn progress(planned: bool, events: &Events<VisitEvent>) -> VisitProgress {
    let mut walk = Walk::start(planned);
    let mut out_of_order = Vec::new();
    for event in events.standing() {
        // An event of a newer version says nothing here.
        let Some(act) = event.value.what else { continue };
        let state = walk.state();
        if !walk.take(act, &event.value, event.by.map(Ref::id)) {
            out_of_order.push(OutOfOrder { event: event.id, act, state });
        }
    }
    VisitProgress { state: walk.state(), outcome: walk.outcome(), out_of_order }
}

/// Whether an event of this type by this person would follow from everything that happened so far.
pub(super) fn follows(visit: &Visit, act: VisitAct, by: DocumentId) -> bool {
    Walk::of(visit).take(act, &VisitEvent::default(), Some(by))
}

/// Who has the visit in hand: accepted it, is on the way, at work or done with it.
pub(super) fn taken_up_by(visit: &Visit) -> BTreeSet<DocumentId> {
    let people = Walk::of(visit).people.into_iter();
    people.filter(|(_, step)| *step != Step::Declined).filter_map(|(person, _)| person).collect()
}

/// How far one person is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Accepted,
    Declined,
    Travelling,
    Working,
    Paused,
    Finished(Outcome),
}

/// What the office said last, above what the specialists say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    None,
    Reviewed,
    Closed,
    Cancelled,
}

struct Walk {
    planned: bool,
    dispatched: bool,
    verdict: Verdict,
    people: BTreeMap<Option<DocumentId>, Step>,
}

impl Walk {
    fn start(planned: bool) -> Self {
        Self { planned, dispatched: false, verdict: Verdict::None, people: BTreeMap::new() }
    }

    /// Everything that happened so far.
    fn of(visit: &Visit) -> Self {
        let mut walk = Self::start(visit.window.is_some());
        for event in visit.events.standing() {
            if let Some(act) = event.value.what {
                walk.take(act, &event.value, event.by.map(Ref::id));
            }
        }
        walk
    }

    /// How the work ended. While somebody is still on the way, at work or pausing it has not.
    fn outcome(&self) -> Option<Outcome> {
        let goes_on = [Step::Working, Step::Paused, Step::Travelling];
        if goes_on.into_iter().any(|step| self.any(step)) {
            return None;
        }
        let finished = self.people.values().filter_map(|step| match step {
            Step::Finished(outcome) => Some(*outcome),
            Step::Accepted | Step::Declined | Step::Travelling | Step::Working | Step::Paused => None,
        });
        finished.min()
    }

    fn any(&self, step: Step) -> bool {
        self.people.values().any(|one| *one == step)
    }

    fn state(&self) -> VisitState {
        match self.verdict {
            Verdict::Cancelled => VisitState::Cancelled,
            Verdict::Closed => VisitState::Closed,
            Verdict::Reviewed => VisitState::Reviewed,
            Verdict::None => self.field_state(),
        }
    }

    fn field_state(&self) -> VisitState {
        if self.any(Step::Working) {
            VisitState::InProgress
        } else if self.any(Step::Paused) {
            VisitState::OnHold
        } else if self.any(Step::Travelling) {
            VisitState::Travelling
        } else if let Some(outcome) = self.outcome() {
            match outcome {
                Outcome::Completed => VisitState::Completed,
                Outcome::CompletedPartly => VisitState::CompletedPartly,
                Outcome::CannotComplete => VisitState::CannotComplete,
            }
        } else if self.any(Step::Accepted) {
            VisitState::Accepted
        } else if self.any(Step::Declined) {
            VisitState::Declined
        } else if self.dispatched {
            VisitState::Dispatched
        } else if self.planned {
            VisitState::Scheduled
        } else {
            VisitState::New
        }
    }

    /// Takes an event; false when it does not follow.
    fn take(&mut self, act: VisitAct, event: &VisitEvent, by: Option<DocumentId>) -> bool {
        let open = self.verdict == Verdict::None;
        let finished = open && !self.field_state().is_open();
        match act {
            VisitAct::Dispatched if open && !finished => self.dispatch(&event.specialists),
            VisitAct::Cancelled if (open && !finished) || self.verdict == Verdict::Cancelled => {
                self.verdict = Verdict::Cancelled;
            }
            VisitAct::Reviewed if finished || self.verdict == Verdict::Reviewed => {
                self.verdict = Verdict::Reviewed;
            }
            VisitAct::Closed if finished || matches!(self.verdict, Verdict::Reviewed | Verdict::Closed) => {
                self.verdict = Verdict::Closed;
            }
            VisitAct::Reopened if finished || !open => {
                self.verdict = Verdict::None;
                self.people.clear();
            }
            VisitAct::Dispatched
            | VisitAct::Cancelled
            | VisitAct::Reviewed
            | VisitAct::Closed
            | VisitAct::Reopened => return false,
            VisitAct::Accepted
            | VisitAct::Declined
            | VisitAct::TravelStarted
            | VisitAct::Arrived
            | VisitAct::WorkStarted
            | VisitAct::Paused
            | VisitAct::Resumed
            | VisitAct::Completed
            | VisitAct::CompletedPartly
            | VisitAct::CannotComplete => return open && self.step(act, by),
        }
        true
    }

    /// Sent anew: earlier answers no longer count, work that is going on does. Who was on the way or
    /// pausing and is no longer to go is not waited for. Who accepted before anybody was sent has not to
    /// do so again when their colleagues are.
    fn dispatch(&mut self, specialists: &[Ref<Employee>]) {
        let is_anew = std::mem::replace(&mut self.dispatched, true);
        let goes = |person: &Option<DocumentId>| {
            specialists.is_empty() || specialists.iter().any(|one| Some(one.id()) == *person)
        };
        self.people.retain(|person, step| match step {
            Step::Accepted => !is_anew && goes(person),
            Step::Declined => false,
            Step::Travelling | Step::Paused => goes(person),
            Step::Working | Step::Finished(_) => true,
        });
    }

    /// A specialist's own way.
    fn step(&mut self, act: VisitAct, by: Option<DocumentId>) -> bool {
        let now = self.people.get(&by).copied();
        let next = match (act, now) {
            (VisitAct::Accepted, None | Some(Step::Accepted | Step::Declined)) => Step::Accepted,
            (VisitAct::Declined, None | Some(Step::Accepted | Step::Declined)) => Step::Declined,
            (VisitAct::TravelStarted | VisitAct::Arrived, None | Some(Step::Accepted | Step::Travelling)) => {
                Step::Travelling
            }
            (VisitAct::WorkStarted, None | Some(Step::Accepted | Step::Travelling | Step::Working))
            | (VisitAct::Resumed, Some(Step::Paused | Step::Working)) => Step::Working,
            (VisitAct::Paused, Some(Step::Working | Step::Paused)) => Step::Paused,
            (
                VisitAct::Completed,
                Some(Step::Working | Step::Paused | Step::Finished(Outcome::Completed)),
            ) => Step::Finished(Outcome::Completed),
            (
                VisitAct::CompletedPartly,
                Some(Step::Working | Step::Paused | Step::Finished(Outcome::CompletedPartly)),
            ) => Step::Finished(Outcome::CompletedPartly),
            // A closed door: there is nothing to start.
            (
                VisitAct::CannotComplete,
                None
                | Some(
                    Step::Accepted
                    | Step::Travelling
                    | Step::Working
                    | Step::Paused
                    | Step::Finished(Outcome::CannotComplete),
                ),
            ) => Step::Finished(Outcome::CannotComplete),
            _ => return false,
        };
        self.people.insert(by, next);
        true
    }
}
