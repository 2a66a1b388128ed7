//! Visits: by planned start, found also by their card, customer and object.

use halyard_domain::reading::Reading;
use halyard_domain::record::Record;
use halyard_domain::records::Visit;
use halyard_domain::rules::{Outcome, VisitState, visit_state};
use halyard_domain::time::{Instant, TimeWindow};
use halyard_domain::value::Scalar;

use super::{Judged, Order, Specifics};
use crate::columns::{Meaning, instant_values, ranked_values};
use crate::list::{Direction, Filter};

const OVERDUE_FROM: &str = "overdue_from";
const OVERDUE_FROM_OFFSET: &str = "overdue_from_offset";

pub(super) const SPECIFICS: Specifics = Specifics {
    title: &["instructions"],
    orders: &[Order {
        column: "window_start",
        direction: Direction::Descending,
        serves: "the journal of visits, latest planned start first; the visits of a day",
    }],
    sorted_by: &[
        "title_key",
        "state",
        "attention",
        "card",
        "customer",
        "equipment",
        "window_end",
        "duration_minutes",
        "percent",
        "outcome",
        "overdue_from",
        "rating",
    ],
    states: VisitState::NAMES,
    judge,
    // How the work ended: kept through review and closing, which the state is not.
    // From when it is late, were it still open then: what is overdue depends on the clock, this does not.
    more: &[
        ("outcome", Meaning::Choice),
        (OVERDUE_FROM, Meaning::Instant),
        (OVERDUE_FROM_OFFSET, Meaning::Offset),
    ],
    found_through: &["customer", "equipment", "card"],
};

/// The visits that are late by `now`: [`halyard_domain::rules::is_overdue`] asked of a list.
pub(super) fn overdue(now: Instant) -> Filter {
    let to = Some(Scalar::Int(now.unix_seconds() - 1));
    Filter::Between { column: OVERDUE_FROM.to_owned(), from: None, to }
}

fn judge(reading: &Reading) -> Judged {
    let visit = Visit::read(reading);
    let progress = visit_state(&visit);
    let mut more = ranked_values(Outcome::NAMES, progress.outcome.map(Outcome::name));
    let late = visit.window.filter(|_| progress.state.is_open());
    more.extend(instant_values(late.map(TimeWindow::end)));
    Judged { state: Some(progress.state.name()), more }
}
