//! Human numbers: `SC-2026-00123`, one series per kind and year.
//!
//! A number is given in the commit that accepts the record's first envelope, as a change of the relay
//! itself, and only if it is then still the next of its series: so numbers have no gaps and no twins.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike};
use halyard_domain::kind::Kind;
use halyard_protocol::time::UnixMs;

use crate::storage::NumberGiven;

/// The numbers one commit may give.
pub(super) struct Series {
    is_open: bool,
    year: i32,
    newest: BTreeMap<Kind, u64>,
    /// What was given so far.
    pub(super) given: Vec<NumberGiven>,
}

/// The letters a kind's numbers begin with; none for kinds without numbers.
pub(super) const fn prefix(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::ServiceCard => Some("SC"),
        Kind::Visit => Some("V"),
        Kind::Complaint => Some("CP"),
        Kind::Company
        | Kind::Role
        | Kind::Team
        | Kind::Employee
        | Kind::DirectoryEntry
        | Kind::Checklist
        | Kind::Customer
        | Kind::Equipment => None,
    }
}

/// The year whose numbers are given at a moment.
pub(super) fn year(now: UnixMs) -> i32 {
    DateTime::from_timestamp_millis(now.0).map_or(1970, |now| now.year())
}

impl Series {
    pub(super) fn new(year: i32, newest: BTreeMap<Kind, u64>) -> Self {
        Self { is_open: true, year, newest, given: Vec::new() }
    }

    /// No numbers at all: what is handed over brings its own, perhaps in a later envelope.
    pub(super) fn closed() -> Self {
        Self { is_open: false, year: 0, newest: BTreeMap::new(), given: Vec::new() }
    }

    /// The next number of a kind, as it would be given.
    pub(super) fn next(&self, kind: Kind) -> Option<String> {
        if !self.is_open {
            return None;
        }
        let number = self.newest.get(&kind).copied().unwrap_or(0) + 1;
        prefix(kind).map(|prefix| format!("{prefix}-{}-{number:05}", self.year))
    }

    /// Notes that the next number of a kind was given.
    pub(super) fn take(&mut self, kind: Kind) {
        let newest = self.newest.entry(kind).or_default();
        *newest += 1;
        self.given.push(NumberGiven { kind, year: self.year, number: *newest });
    }
}

/// The number that a text says, of a record of that kind; none for a text that is no number of ours.
pub(super) fn parse(kind: Kind, text: &str) -> Option<NumberGiven> {
    let (year, number) = text.strip_prefix(prefix(kind)?)?.strip_prefix('-')?.split_once('-')?;
    Some(NumberGiven { kind, year: year.parse().ok()?, number: number.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_kind_follow_each_other_and_do_not_touch_other_kinds() {
        let mut series = Series::new(2026, BTreeMap::from([(Kind::Visit, 41)]));
        assert_eq!(series.next(Kind::Visit).unwrap(), "V-2026-00042");
        series.take(Kind::Visit);
        assert_eq!(series.next(Kind::Visit).unwrap(), "V-2026-00043");
        assert_eq!(series.next(Kind::ServiceCard).unwrap(), "SC-2026-00001");
        assert_eq!(series.next(Kind::Customer), None);
    }

    #[test]
    fn a_number_that_was_given_is_read_back() {
        let number = |text| parse(Kind::Visit, text).map(|given| (given.year, given.number));
        assert_eq!(number("V-2026-00042"), Some((2026, 42)));
        assert_eq!(number("V-2026-123456"), Some((2026, 123_456)));
        for other in ["SC-2026-00042", "V-2026", "V-2026-", "42"] {
            assert_eq!(number(other), None, "{other}");
        }
        assert!(Series::closed().next(Kind::Visit).is_none());
    }

    #[test]
    fn the_year_is_that_of_the_moment() {
        assert_eq!(year(UnixMs(1_767_225_599_999)), 2025);
        assert_eq!(year(UnixMs(1_767_225_600_000)), 2026);
    }
}
