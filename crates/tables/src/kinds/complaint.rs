//! Complaints: latest received first, found also by their customer and object.

use halyard_domain::reading::Reading;
use halyard_domain::record::Record;
use halyard_domain::records::Complaint;
use halyard_domain::rules::{ComplaintState, complaint_state};
use halyard_domain::time::Instant;
use halyard_domain::value::FieldValue;

use super::{Judged, Order, Specifics};
use crate::columns::Meaning;
use crate::list::{Direction, Filter};
use crate::sql::SqlValue;

const NEXT_ACTION_DUE: &str = "next_action_due";

pub(super) const SPECIFICS: Specifics = Specifics {
    title: &["description"],
    orders: &[Order {
        column: "received_at",
        direction: Direction::Descending,
        serves: "the list of complaints, latest received first",
    }],
    sorted_by: &[
        "title_key",
        "state",
        "attention",
        "customer",
        "equipment",
        "card",
        "channel",
        "complaint_kind",
        "serial_key",
        "severity",
        "responsible",
        "next_action_due",
    ],
    states: ComplaintState::NAMES,
    judge,
    // What is overdue depends on the day, this does not.
    more: &[(NEXT_ACTION_DUE, Meaning::Date)],
    found_through: &["customer", "equipment"],
};

/// The complaints that have an action late by `now`: [`halyard_domain::rules::overdue_actions`] asked of a
/// list.
pub(super) fn overdue(now: Instant) -> Filter {
    let today = now.local_date();
    let to = Some(today.pred_opt().unwrap_or(today).to_scalar());
    Filter::Between { column: NEXT_ACTION_DUE.to_owned(), from: None, to }
}

fn judge(reading: &Reading) -> Judged {
    let complaint = Complaint::read(reading);
    let progress = complaint_state(&complaint);
    let open = complaint.actions.standing().filter(|row| row.value.done.is_none());
    let due = open.filter_map(|row| row.value.due).min().filter(|_| progress.state.is_open());
    let due = due.map(|day| SqlValue::clean_text(&day.to_string()));
    Judged { state: Some(progress.state.name()), more: vec![due.into()] }
}
