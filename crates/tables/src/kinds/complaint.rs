//! Complaints: latest received first, found also by their customer and object.

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
    judge: |_| Judged { state: None, attention: 0 },
    found_through: &["customer", "equipment"],
    ..PLAIN
};
