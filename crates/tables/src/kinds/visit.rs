//! Visits: by planned start, found also by their card, customer and object.

use super::{Judged, Order, PLAIN, Specifics};
use crate::list::Direction;

pub(super) const SPECIFICS: Specifics = Specifics {
    title: &["instructions"],
    orders: &[Order {
        column: "window_start",
        direction: Direction::Descending,
        serves: "the journal of visits, latest planned start first; the visits of a day",
    }],
    has_state: true,
    judge: |_| Judged { state: None, attention: 0 },
    found_through: &["customer", "equipment", "card"],
    ..PLAIN
};
