//! Which step of a visit the office takes next.
//!
//! Before the work it is the office's turn while somebody who is to go was not told; after it, the work is
//! looked through and closed. In between the specialists have the word. Rights are another question
//! ([`crate::rights::may_add`]).

use crate::id::Ref;
use crate::records::{Employee, Visit, VisitAct};
use crate::rules::visit_state::taken_up_by;
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
    /// Somebody was not, and has not begun either.
    Not,
    All,
    /// Nobody is to go, or everybody has taken the visit up without being sent.
    NotNeeded,
}

/// By the last dispatch, and by who has taken the visit up all the same: that says nothing of their colleagues.
/// A dispatch that names nobody told everybody.
fn told(visit: &Visit) -> Told {
    let dispatches = visit.events.standing().filter(|event| event.value.what == Some(VisitAct::Dispatched));
    let named = dispatches.last().map(|last| &last.value.specialists);
    let taken_up = taken_up_by(visit);
    let knows = |one: &Ref<Employee>| {
        named.is_some_and(|named| named.is_empty() || named.contains(one)) || taken_up.contains(&one.id())
    };
    match (visit.specialists.iter().all(knows), named) {
        (false, _) => Told::Not,
        (true, Some(_)) if !visit.specialists.is_empty() => Told::All,
        (true, _) => Told::NotNeeded,
    }
}
