//! Service cards: newest number first, found also by their customer and object.

use halyard_domain::reading::Reading;
use halyard_domain::record::Record;
use halyard_domain::records::ServiceCard;
use halyard_domain::rules::{CardState, card_state};

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
    sorted_by: &[
        "title_key",
        "state",
        "attention",
        "customer",
        "equipment",
        "service_type",
        "responsible",
        "region",
        "priority",
        "percent",
        "visits_planned",
        "visits_completed",
    ],
    states: CardState::NAMES,
    judge,
    found_through: &["customer", "equipment"],
    ..PLAIN
};

fn judge(reading: &Reading) -> Judged {
    let progress = card_state(&ServiceCard::read(reading));
    Judged { state: Some(progress.state.name()), more: Vec::new() }
}
