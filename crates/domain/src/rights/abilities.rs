//! Which events need an ability beside their group.

use crate::kind::Kind;
use crate::records::{CardAct, ComplaintAct, VisitAct};
use crate::rights::Ability;

/// The ability that adding an event of that type needs beside its group, if any.
#[must_use]
pub fn ability_for(kind: Kind, what: &str) -> Option<Ability> {
    const VISIT_REVIEWED: &str = VisitAct::Reviewed.name();
    const VISIT_REOPENED: &str = VisitAct::Reopened.name();
    const CARD_REOPENED: &str = CardAct::Reopened.name();
    const COMPLAINT_REOPENED: &str = ComplaintAct::Reopened.name();
    const COMPLAINT_CLOSED: &str = ComplaintAct::Closed.name();
    match (kind, what) {
        (Kind::Visit, VISIT_REVIEWED) => Some(Ability::Review),
        (Kind::Visit, VISIT_REOPENED)
        | (Kind::ServiceCard, CARD_REOPENED)
        | (Kind::Complaint, COMPLAINT_REOPENED) => Some(Ability::Reopen),
        (Kind::Complaint, COMPLAINT_CLOSED) => Some(Ability::CloseComplaint),
        _ => None,
    }
}
