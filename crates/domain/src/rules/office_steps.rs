//! Which step of a visit the office takes next.
//!
//! Before the work it is the office's turn while somebody who is to go was not told; after it, the work is
//! looked through and closed. In between the specialists have the word. Rights are another question
//! ([`crate::rights::may_add`]).

use crate::id::Ref;
use crate::records::{Employee, Visit, VisitAct};
use crate::rules::{VisitState, VisitSteps, visit_state};

/// The steps the office may take now.
#[must_use]
pub fn office_steps(visit: &Visit) -> VisitSteps {
    use VisitAct as A;
    let (next, others): (_, &[_]) = match visit_state(visit).state {
        VisitState::New
        | VisitState::Scheduled
        | VisitState::Dispatched
        | VisitState::Accepted
        | VisitState::Declined
        | VisitState::Travelling
        | VisitState::InProgress
        | VisitState::OnHold => match (untold(visit), visit.specialists.is_empty()) {
            (true, _) => (Some(A::Dispatched), &[A::Cancelled]),
            (false, false) => (None, &[A::Dispatched, A::Cancelled]),
            (false, true) => (None, &[A::Cancelled]),
        },
        VisitState::Completed | VisitState::CompletedPartly | VisitState::CannotComplete => {
            (Some(A::Reviewed), &[A::Closed, A::Reopened])
        }
        VisitState::Reviewed => (Some(A::Closed), &[A::Reopened]),
        VisitState::Closed | VisitState::Cancelled => (None, &[A::Reopened]),
    };
    VisitSteps { next, others: others.to_vec() }
}

/// Whether somebody who is to go was not told by the last dispatch. One that names nobody told everybody.
fn untold(visit: &Visit) -> bool {
    let dispatches = visit.events.standing().filter(|event| event.value.what == Some(VisitAct::Dispatched));
    let Some(last) = dispatches.last() else { return !visit.specialists.is_empty() };
    let told = &last.value.specialists;
    let is_told = |one: &Ref<Employee>| told.is_empty() || told.contains(one);
    !visit.specialists.iter().all(is_told)
}
