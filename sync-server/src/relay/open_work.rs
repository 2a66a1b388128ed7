//! What is still to be done, and when: what a device gets first.

use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_domain::record::Record;
use halyard_domain::records::{Complaint, ServiceCard, Visit};
use halyard_domain::rules::{card_state, complaint_state, visit_state};

/// Planned start in Unix seconds while a record is open work; work without a plan comes last.
pub(super) fn open_work(reading: &Reading) -> Option<i64> {
    match reading.kind {
        Kind::Visit => {
            let visit = Visit::read(reading);
            let planned = visit.window.map_or(i64::MAX, |window| window.start().unix_seconds());
            visit_state(&visit).state.is_open().then_some(planned)
        }
        Kind::ServiceCard => card_state(&ServiceCard::read(reading)).state.is_open().then_some(i64::MAX),
        Kind::Complaint => complaint_state(&Complaint::read(reading)).state.is_open().then_some(i64::MAX),
        Kind::Company
        | Kind::Role
        | Kind::Team
        | Kind::Employee
        | Kind::DirectoryEntry
        | Kind::Checklist
        | Kind::Customer
        | Kind::Equipment => None,
    }
}
