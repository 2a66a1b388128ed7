//! Complaints: latest received first, found also by their customer and object.

use halyard_domain::reading::Reading;
use halyard_domain::record::Record;
use halyard_domain::records::Complaint;
use halyard_domain::rules::complaint_state;

use super::{Judged, Order, PLAIN, Specifics};
use crate::list::Direction;

pub(super) const SPECIFICS: Specifics = Specifics {
    title: &["description"],
    orders: &[Order {
        column: "received_at",
        direction: Direction::Descending,
        serves: "the list of complaints, latest received first",
    }],
    has_state: true,
    judge,
    found_through: &["customer", "equipment"],
    ..PLAIN
};

fn judge(reading: &Reading) -> Judged {
    let progress = complaint_state(&Complaint::read(reading));
    Judged { state: Some(progress.state.name()), more: Vec::new() }
}
