//! Days and hours in Kyiv.
//!
//! The demo needs no time zone database: the rule of the last Sundays holds for all its years.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use halyard_domain::time::Instant;

/// A minute of a day on the wall clock in Kyiv.
pub(super) fn at(day: NaiveDate, minute: i64) -> Instant {
    let offset = if is_summer(day) { 180 } else { 120 };
    let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
    instant(midnight + (minute - offset) * 60, offset)
}

/// So many minutes later, at the same offset.
pub(super) fn later(instant: Instant, minutes: i64) -> Instant {
    instant.plus_seconds(minutes * 60).unwrap_or(instant)
}

#[expect(clippy::expect_used, reason = "the demo's years and the two offsets of Kyiv are in range")]
fn instant(unix_seconds: i64, offset: i64) -> Instant {
    let offset = i32::try_from(offset).unwrap_or(120);
    Instant::new(unix_seconds, offset).expect("an instant of this century")
}

/// From the last Sunday of March to the last of October.
fn is_summer(day: NaiveDate) -> bool {
    let last_sunday = |month| {
        let month_end = NaiveDate::from_ymd_opt(day.year(), month, 31).unwrap_or(day);
        shifted(month_end, -i64::from(month_end.weekday().num_days_from_sunday()))
    };
    (last_sunday(3)..last_sunday(10)).contains(&day)
}

/// A day so many days later, earlier when negative.
pub(super) fn shifted(day: NaiveDate, days: i64) -> NaiveDate {
    let distance = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(distance) } else { day.checked_add_days(distance) };
    moved.unwrap_or(day)
}

pub(super) fn is_working(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The working days from the first to the last, both included.
pub(super) fn working_days(first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    first.iter_days().take_while(|day| *day <= last).filter(|day| is_working(*day)).collect()
}

/// The next working day after `day`.
pub(super) fn next_working(day: NaiveDate) -> NaiveDate {
    let mut next = shifted(day, 1);
    while !is_working(next) {
        next = shifted(next, 1);
    }
    next
}

/// The Monday of a day's week.
pub(super) fn monday_of(day: NaiveDate) -> NaiveDate {
    shifted(day, -i64::from(day.weekday().num_days_from_monday()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(day: &str, minute: i64, expected: &str) {
        assert_eq!(at(day.parse().unwrap(), minute).to_string(), expected);
    }

    #[test]
    fn the_clock_in_kyiv_changes_twice_a_year() {
        check("2026-03-28", 9 * 60, "2026-03-28T09:00:00+02:00");
        check("2026-03-29", 9 * 60, "2026-03-29T09:00:00+03:00");
        check("2026-10-24", 9 * 60, "2026-10-24T09:00:00+03:00");
        check("2026-10-25", 9 * 60, "2026-10-25T09:00:00+02:00");
    }

    #[test]
    fn a_week_has_five_working_days() {
        let days = working_days("2026-03-02".parse().unwrap(), "2026-03-15".parse().unwrap());
        assert_eq!(days.len(), 10);
        assert_eq!(next_working("2026-03-06".parse().unwrap()), "2026-03-09".parse().unwrap());
        assert_eq!(monday_of("2026-03-08".parse().unwrap()), "2026-03-02".parse().unwrap());
    }
}
