//! Visits: by planned start, found also by their card, customer and object.

use halyard_domain::reading::Reading;
use halyard_domain::record::Record;
use halyard_domain::records::Visit;
use halyard_domain::rules::{Outcome, VisitState, visit_state};
use halyard_domain::time::Instant;
use halyard_domain::value::Scalar;

use super::{Judged, Order, Specifics};
use crate::columns::{Meaning, ranked_values};
use crate::list::{Direction, Filter};
use crate::sql::SqlValue;

const OVERDUE_FROM: &str = "overdue_from";

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
    more: &[("outcome", Meaning::Choice), (OVERDUE_FROM, Meaning::Instant)],
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
    let late = late.map(|window| SqlValue::Int(window.end().unix_seconds()));
    more.push(late.into());
    Judged { state: Some(progress.state.name()), more }
}
