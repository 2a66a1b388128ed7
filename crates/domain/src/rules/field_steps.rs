//! Which step of a visit a specialist takes next.
//!
//! A screen has one big button that follows the way (travel, arrival, work, completion) and a few others
//! beside it. Steps may be skipped forwards; what would not follow by [`super::visit_state()`] is never
//! offered. Rights are another question ([`crate::rights::may_add`]).

use crate::id::{DocumentId, Ref};
use crate::records::{Visit, VisitAct};
use crate::rules::visit_state::follows;

/// The steps somebody may take now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VisitSteps {
    /// The next one; none when it is not their turn.
    pub next: Option<VisitAct>,
    /// The others that follow.
    pub others: Vec<VisitAct>,
}

/// The steps `employee` may take now. Nothing is next once the work has ended or when they do not go.
#[must_use]
pub fn field_steps(visit: &Visit, employee: DocumentId) -> VisitSteps {
    let (next, others) = offered(last_step(visit, employee));
    let may = |act: &VisitAct| follows(visit, *act, employee);
    VisitSteps { next: next.filter(may), others: others.iter().copied().filter(may).collect() }
}

/// The last step of a person that still counts: a visit taken up again begins anew, and an answer to an
/// earlier dispatch says nothing about a later one. An acceptance before the first one stands.
fn last_step(visit: &Visit, employee: DocumentId) -> Option<VisitAct> {
    let (mut last, mut is_sent) = (None, false);
    for event in visit.events.standing() {
        let mine = event.by.map(Ref::id) == Some(employee);
        match event.value.what {
            Some(VisitAct::Reopened) => last = None,
            Some(VisitAct::Dispatched) => {
                let asked_anew =
                    |act: &VisitAct| *act == VisitAct::Declined || (is_sent && *act == VisitAct::Accepted);
                last = last.filter(|act| !asked_anew(act));
                is_sent = true;
            }
            Some(VisitAct::Reviewed | VisitAct::Closed | VisitAct::Cancelled) | None => {}
            Some(act) if mine => last = Some(act),
            Some(_) => {}
        }
    }
    last
}

fn offered(last: Option<VisitAct>) -> (Option<VisitAct>, &'static [VisitAct]) {
    use VisitAct as A;
    match last {
        None => (
            Some(A::TravelStarted),
            &[A::Accepted, A::Declined, A::Arrived, A::WorkStarted, A::CannotComplete],
        ),
        Some(A::Accepted) => {
            (Some(A::TravelStarted), &[A::Declined, A::Arrived, A::WorkStarted, A::CannotComplete])
        }
        Some(A::Declined) => (None, &[A::Accepted]),
        Some(A::TravelStarted) => (Some(A::Arrived), &[A::WorkStarted, A::CannotComplete]),
        Some(A::Arrived) => (Some(A::WorkStarted), &[A::CannotComplete]),
        Some(A::WorkStarted | A::Resumed) => {
            (Some(A::Completed), &[A::Paused, A::CompletedPartly, A::CannotComplete])
        }
        Some(A::Paused) => (Some(A::Resumed), &[A::Completed, A::CompletedPartly, A::CannotComplete]),
        Some(
            A::Completed
            | A::CompletedPartly
            | A::CannotComplete
            | A::Dispatched
            | A::Reviewed
            | A::Closed
            | A::Cancelled
            | A::Reopened,
        ) => (None, &[]),
    }
}
