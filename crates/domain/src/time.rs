//! Instants as people entered them, and windows of time.
//!
//! An [`Instant`] is UTC plus the local offset it was entered at, to the second: "10:00 in Kyiv" is
//! not the same fact as "08:00 in London" although it is the same moment. Order and equality are of
//! the moment first. No merge, right or number depends on an instant: it is what people say happened.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone};
use serde::{Deserialize, Serialize};

/// A moment with the offset it was entered at, in whole seconds.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
pub struct Instant(DateTime<FixedOffset>);

/// Not an instant in canonical text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a time like 2026-03-02T09:00:00+02:00")]
pub struct InstantError(String);

impl Instant {
    /// A moment given in Unix seconds, entered `offset_minutes` east of UTC.
    ///
    /// # Errors
    /// When the moment is outside the years chrono can name or the offset is a day or more.
    pub fn new(unix_seconds: i64, offset_minutes: i32) -> Result<Self, InstantError> {
        let named = || InstantError(format!("{unix_seconds} s, offset {offset_minutes} min"));
        let seconds = offset_minutes.checked_mul(60).ok_or_else(named)?;
        let offset = FixedOffset::east_opt(seconds).ok_or_else(named)?;
        offset.timestamp_opt(unix_seconds, 0).single().map(Self).ok_or_else(named)
    }

    /// 1970-01-01 UTC.
    #[must_use]
    pub fn epoch() -> Self {
        Self(DateTime::UNIX_EPOCH.fixed_offset())
    }

    /// Seconds since 1970-01-01 UTC.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        self.0.timestamp()
    }

    /// Minutes east of UTC where it was entered.
    #[must_use]
    pub fn offset_minutes(self) -> i32 {
        self.0.offset().local_minus_utc() / 60
    }

    /// The date on the wall where it was entered.
    #[must_use]
    pub fn local_date(self) -> NaiveDate {
        self.0.date_naive()
    }

    /// The clock on the wall where it was entered.
    #[must_use]
    pub fn local(self) -> chrono::NaiveDateTime {
        self.0.naive_local()
    }

    /// The instant `seconds` later (earlier when negative), at the same offset.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Option<Self> {
        chrono::Duration::try_seconds(seconds).and_then(|d| self.0.checked_add_signed(d)).map(Self)
    }
}

impl Ord for Instant {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0
            .timestamp()
            .cmp(&other.0.timestamp())
            .then_with(|| self.offset_minutes().cmp(&other.offset_minutes()))
    }
}
impl PartialOrd for Instant {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%dT%H:%M:%S%:z"))
    }
}
impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Instant {
    type Err = InstantError;
    fn from_str(text: &str) -> Result<Self, InstantError> {
        let parsed = DateTime::parse_from_rfc3339(text).map_err(|_| InstantError(text.to_owned()))?;
        Self::new(parsed.timestamp(), parsed.offset().local_minus_utc() / 60)
    }
}

impl Serialize for Instant {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// From a start to an end that is not before it. One scalar in a document, so that a merge cannot
/// mix the start of one edit with the end of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
pub struct TimeWindow {
    start: Instant,
    end: Instant,
}

/// Not a window of time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WindowError {
    /// The end lies before the start.
    #[error("the window ends before it starts")]
    EndsBeforeItStarts,
    /// Not two instants joined by a slash.
    #[error("{0:?} is not a window like 2026-03-02T09:00:00+02:00/2026-03-02T10:00:00+02:00")]
    NotAWindow(String),
}

impl TimeWindow {
    /// A window of time.
    ///
    /// # Errors
    /// When `end` is before `start`.
    pub fn new(start: Instant, end: Instant) -> Result<Self, WindowError> {
        if end < start {
            return Err(WindowError::EndsBeforeItStarts);
        }
        Ok(Self { start, end })
    }

    /// Where it starts.
    #[must_use]
    pub fn start(self) -> Instant {
        self.start
    }

    /// Where it ends.
    #[must_use]
    pub fn end(self) -> Instant {
        self.end
    }

    /// Its length in whole minutes.
    #[must_use]
    pub fn minutes(self) -> i64 {
        (self.end.unix_seconds() - self.start.unix_seconds()) / 60
    }
}

impl fmt::Display for TimeWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.start, self.end)
    }
}

impl FromStr for TimeWindow {
    type Err = WindowError;
    fn from_str(text: &str) -> Result<Self, WindowError> {
        let not = || WindowError::NotAWindow(text.to_owned());
        let (start, end) = text.split_once('/').ok_or_else(not)?;
        Self::new(start.parse().map_err(|_| not())?, end.parse().map_err(|_| not())?)
    }
}

impl TryFrom<String> for TimeWindow {
    type Error = WindowError;
    fn try_from(text: String) -> Result<Self, WindowError> {
        text.parse()
    }
}
impl From<TimeWindow> for String {
    fn from(window: TimeWindow) -> Self {
        window.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_reads_back_as_it_was_entered() {
        let text = "2026-03-02T09:00:00+02:00";
        let instant: Instant = text.parse().unwrap();
        assert_eq!(instant.to_string(), text);
        assert_eq!(instant.unix_seconds(), 1_772_434_800);
        assert_eq!(instant.offset_minutes(), 120);
    }

    #[test]
    fn a_window_cannot_end_before_it_starts() {
        let text = "2026-03-02T10:00:00+02:00/2026-03-02T09:00:00+02:00";
        assert_eq!(text.parse::<TimeWindow>(), Err(WindowError::EndsBeforeItStarts));
    }
}
