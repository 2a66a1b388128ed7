//! Service cards: newest number first, found also by their customer and object.

use super::{Judged, Order, PLAIN, Specifics};
use crate::list::Direction;

pub(super) const SPECIFICS: Specifics = Specifics {
    title: &["subject"],
    orders: &[
        Order {
            column: "label_key",
            direction: Direction::Descending,
            serves: "the journal of cards, newest number first",
        },
        Order {
            column: "next_visit_start",
            direction: Direction::Ascending,
            serves: "cards by their next planned visit",
        },
    ],
    has_state: true,
    judge: |_| Judged { state: None, attention: 0 },
    found_through: &["customer", "equipment"],
    ..PLAIN
};
