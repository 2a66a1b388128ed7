//! Visits: by planned start, found also by their card, customer and object.

use halyard_domain::reading::Reading;
use halyard_domain::record::Record;
use halyard_domain::records::Visit;
use halyard_domain::rules::visit_state;

use super::{Judged, Order, Specifics};
use crate::columns::Meaning;
use crate::list::Direction;
use crate::sql::SqlValue;

pub(super) const SPECIFICS: Specifics = Specifics {
    title: &["instructions"],
    orders: &[Order {
        column: "window_start",
        direction: Direction::Descending,
        serves: "the journal of visits, latest planned start first; the visits of a day",
    }],
    has_state: true,
    judge,
    // How the work ended: kept through review and closing, which the state is not.
    more: &[("outcome", Meaning::Choice)],
    found_through: &["customer", "equipment", "card"],
};

fn judge(reading: &Reading) -> Judged {
    let progress = visit_state(&Visit::read(reading));
    let outcome = progress.outcome.map(|outcome| SqlValue::clean_text(outcome.name()));
    Judged { state: Some(progress.state.name()), more: vec![outcome.into()] }
}
