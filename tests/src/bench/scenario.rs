//! The names of the scenarios: what is measured, and with how much of it.

use std::fmt;
use std::str::FromStr;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Edit,
    List,
    FirstSync,
    Reconnect,
    Idle,
    Merge,
    ColdStart,
}

/// A scenario: `edit`, `list_100000`, `first_sync_1000`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    pub(super) kind: Kind,
    /// Rows, documents or pushing devices; the records of the device for `edit` and `cold_start`.
    pub(super) size: usize,
}

/// No scenario has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no scenario: edit, list_N, cold_start_N, first_sync_N, reconnect_N, idle_N, merge_1")]
pub struct UnknownScenario(String);

/// What is measured when no scenario is named.
const USUAL: [(Kind, usize); 8] = [
    (Kind::Edit, EDITED),
    (Kind::Merge, 1),
    (Kind::ColdStart, 10_000),
    (Kind::FirstSync, 1_000),
    (Kind::Reconnect, 1_000),
    (Kind::Idle, 1_000),
    (Kind::Idle, 5_000),
    (Kind::List, 100_000),
];

/// How many records stand on the device that `edit` edits.
pub(super) const EDITED: usize = 1_000;

const SIZED: [(&str, Kind); 5] = [
    ("list_", Kind::List),
    ("cold_start_", Kind::ColdStart),
    ("first_sync_", Kind::FirstSync),
    ("reconnect_", Kind::Reconnect),
    ("idle_", Kind::Idle),
];

impl Scenario {
    /// What is measured when nothing is named, the quickest first.
    #[must_use]
    pub fn usual() -> Vec<Self> {
        USUAL.iter().map(|&(kind, size)| Self { kind, size }).collect()
    }
}

impl FromStr for Scenario {
    type Err = UnknownScenario;

    fn from_str(name: &str) -> Result<Self, UnknownScenario> {
        let unknown = || UnknownScenario(name.to_owned());
        match name {
            "edit" => return Ok(Self { kind: Kind::Edit, size: EDITED }),
            "merge_1" => return Ok(Self { kind: Kind::Merge, size: 1 }),
            _ => {}
        }
        let found = SIZED.iter().find_map(|(start, kind)| Some((name.strip_prefix(start)?, *kind)));
        let (size, kind) = found.ok_or_else(unknown)?;
        let size = size.parse().ok().filter(|size| *size > 0).ok_or_else(unknown)?;
        Ok(Self { kind, size })
    }
}

impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Edit => f.write_str("edit"),
            Kind::Merge => write!(f, "merge_{}", self.size),
            Kind::List => write!(f, "list_{}", self.size),
            Kind::ColdStart => write!(f, "cold_start_{}", self.size),
            Kind::FirstSync => write!(f, "first_sync_{}", self.size),
            Kind::Reconnect => write!(f, "reconnect_{}", self.size),
            Kind::Idle => write!(f, "idle_{}", self.size),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_scenario_is_found_by_its_name() {
        let names: Vec<String> = Scenario::usual().iter().map(ToString::to_string).collect();
        assert_eq!(
            names,
            [
                "edit",
                "merge_1",
                "cold_start_10000",
                "first_sync_1000",
                "reconnect_1000",
                "idle_1000",
                "idle_5000",
                "list_100000"
            ]
        );
        for scenario in Scenario::usual() {
            assert_eq!(scenario.to_string().parse(), Ok(scenario));
        }
    }

    #[test]
    fn what_is_not_measured_is_not_a_scenario() {
        for name in ["", "idle", "idle_", "idle_0", "idle_x", "merge_64", "edit_1", "first_sync_-1"] {
            assert_eq!(name.parse::<Scenario>(), Err(UnknownScenario(name.to_owned())), "{name}");
        }
    }
}
