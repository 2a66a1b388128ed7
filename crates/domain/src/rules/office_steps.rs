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
        | VisitState::OnHold => match told(visit) {
            Told::Not => (Some(A::Dispatched), &[A::Cancelled]),
            Told::All => (None, &[A::Dispatched, A::Cancelled]),
            Told::NotNeeded => (None, &[A::Cancelled]),
        },
        VisitState::Completed | VisitState::CompletedPartly | VisitState::CannotComplete => {
            (Some(A::Reviewed), &[A::Closed, A::Reopened])
        }
        VisitState::Reviewed => (Some(A::Closed), &[A::Reopened]),
        VisitState::Closed | VisitState::Cancelled => (None, &[A::Reopened]),
    };
    VisitSteps { next, others: others.to_vec() }
}

/// Whether the specialists were told to go.
enum Told {
    /// Somebody was not.
    Not,
    All,
    /// Nobody is to go, or somebody who was never sent has taken the visit up all the same.
    NotNeeded,
}

/// By the last dispatch. One that names nobody told everybody.
fn told(visit: &Visit) -> Told {
    if visit.specialists.is_empty() {
        return Told::NotNeeded;
    }
    let dispatches = visit.events.standing().filter(|event| event.value.what == Some(VisitAct::Dispatched));
    let Some(last) = dispatches.last() else {
        let waits = matches!(
            visit_state(visit).state,
            VisitState::New | VisitState::Scheduled | VisitState::Declined
        );
        return if waits { Told::Not } else { Told::NotNeeded };
    };
    let named = &last.value.specialists;
    let is_told = |one: &Ref<Employee>| named.is_empty() || named.contains(one);
    if visit.specialists.iter().all(is_told) { Told::All } else { Told::Not }
}
