//! Dates, times and windows as people type them.
//!
//! `2026-03-02 09:00`, `02.03.2026 9:00`, with a `T`, with seconds, or with an offset; without one the
//! wall of this machine decides. A date alone is its midnight, or its last second where an end is meant.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use halyard_device::domain::time::{Instant, TimeWindow};

use crate::clock::Wall;

/// What is wrong with a moment or a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// It cannot be read.
    Unreadable,
    /// The clock skips it.
    Skipped,
    /// It ends before it starts.
    Backward,
}

/// Which end of a day a date alone means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    /// Midnight.
    Start,
    /// The last second.
    End,
}

/// A date: `2026-03-02` or `02.03.2026`.
pub(crate) fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let read = |format| NaiveDate::parse_from_str(text, format).ok();
    // Four digits of the year: «26» would be the year 26.
    let year = |date: &NaiveDate| (1900..=2999).contains(&chrono::Datelike::year(date));
    read("%Y-%m-%d").or_else(|| read("%d.%m.%Y")).filter(year)
}

/// A moment.
pub(crate) fn instant(text: &str, wall: &dyn Wall, edge: Edge) -> Result<Instant, Wrong> {
    let text = text.trim();
    if let Ok(instant) = text.replacen(' ', "T", 1).parse::<Instant>() {
        return Ok(instant);
    }
    let local = local(text, edge).ok_or(Wrong::Unreadable)?;
    wall.instant(local).ok_or(Wrong::Skipped)
}

/// A moment in Unix seconds.
pub(crate) fn unix_moment(text: &str, wall: &dyn Wall) -> Option<i64> {
    instant(text, wall, Edge::End).ok().map(Instant::unix_seconds)
}

/// A window: `2026-03-02 09:00-11:30`, or two moments joined by `/`, `..` or ` – `.
pub(crate) fn window(text: &str, wall: &dyn Wall) -> Result<TimeWindow, Wrong> {
    let text = text.trim();
    for joint in ["/", "..", " – ", " - "] {
        if let Some((start, end)) = text.split_once(joint) {
            let begins = instant(start, wall, Edge::Start)?;
            let ends = match time(end) {
                Some(time) => on_the_same_day(begins, time, wall)?,
                None => instant(end, wall, Edge::End)?,
            };
            return TimeWindow::new(begins, ends).map_err(|_| Wrong::Backward);
        }
    }
    let (start, end) = text.rsplit_once(['-', '–']).ok_or(Wrong::Unreadable)?;
    let begins = instant(start, wall, Edge::Start)?;
    let ends = on_the_same_day(begins, time(end).ok_or(Wrong::Unreadable)?, wall)?;
    TimeWindow::new(begins, ends).map_err(|_| Wrong::Backward)
}

fn on_the_same_day(begins: Instant, time: NaiveTime, wall: &dyn Wall) -> Result<Instant, Wrong> {
    wall.instant(begins.local_date().and_time(time)).ok_or(Wrong::Skipped)
}

fn local(text: &str, edge: Edge) -> Option<NaiveDateTime> {
    if let Some(day) = date(text) {
        let time = match edge {
            Edge::Start => NaiveTime::MIN,
            Edge::End => NaiveTime::from_hms_opt(23, 59, 59)?,
        };
        return Some(day.and_time(time));
    }
    let (day, clock) = text.split_once([' ', 'T'])?;
    Some(date(day)?.and_time(time(clock)?))
}

fn time(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    let read = |format| NaiveTime::parse_from_str(text, format).ok();
    read("%H:%M").or_else(|| read("%H:%M:%S"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kyiv in 2026: +02:00, and +03:00 from 29 March 03:00 on.
    struct Kyiv;

    impl Wall for Kyiv {
        fn offset_minutes(&self, local: NaiveDateTime) -> Option<i32> {
            let change = NaiveDate::from_ymd_opt(2026, 3, 29)?;
            let (from, to) = (change.and_hms_opt(3, 0, 0)?, change.and_hms_opt(4, 0, 0)?);
            if local >= to {
                return Some(180);
            }
            (local < from).then_some(120)
        }
        fn offset_at(&self, _unix_seconds: i64) -> i32 {
            120
        }
        fn now(&self) -> Instant {
            Instant::epoch()
        }
    }

    fn check(text: &str, expected: Result<&str, Wrong>) {
        let read = instant(text, &Kyiv, Edge::Start).map(|instant| instant.to_string());
        assert_eq!(read.as_deref().map_err(|wrong| *wrong), expected, "{text}");
    }

    #[test]
    fn a_moment_is_read_as_people_write_it() {
        for text in ["2026-03-02 09:00", "02.03.2026 9:00", "2026-03-02T09:00", "2026-03-02 09:00:00"] {
            check(text, Ok("2026-03-02T09:00:00+02:00"));
        }
        check("2026-07-02 09:00", Ok("2026-07-02T09:00:00+03:00"));
        check("2026-03-02T09:00:00+05:00", Ok("2026-03-02T09:00:00+05:00"));
        check("2026-03-02", Ok("2026-03-02T00:00:00+02:00"));
        check("2026-03-29 03:30", Err(Wrong::Skipped));
        for text in ["", "завтра", "2026-13-01", "2026-03-02 25:00", "26-03-02"] {
            check(text, Err(Wrong::Unreadable));
        }
    }

    #[test]
    fn a_window_is_read_as_people_write_it() {
        let expected = "2026-03-02T09:00:00+02:00/2026-03-02T11:30:00+02:00";
        for text in [
            "2026-03-02 09:00-11:30",
            "02.03.2026 9:00–11:30",
            "2026-03-02 09:00 - 11:30",
            "2026-03-02 09:00/2026-03-02 11:30",
            "2026-03-02 09:00..11:30",
            expected,
        ] {
            assert_eq!(
                window(text, &Kyiv).map(|window| window.to_string()).as_deref(),
                Ok(expected),
                "{text}"
            );
        }
        assert_eq!(window("2026-03-02 11:00-09:00", &Kyiv), Err(Wrong::Backward));
        assert_eq!(window("2026-03-02", &Kyiv), Err(Wrong::Unreadable));
    }
}
