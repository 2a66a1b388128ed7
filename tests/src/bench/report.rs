//! What the benchmarks found: figures by scenario and system, as JSON and as a table for people.
//!
//! A system that could not finish says why in the place of its figures. The table gives, beside each
//! figure of a system, how it compares with ours: 3.0x is three times ours, whether that is good or bad.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// The system everything is compared with.
pub const OURS: &str = "halyard";

/// The figures of one system in one scenario, in the order they are shown.
pub type Figures = Vec<(&'static str, f64)>;

/// What became of one system in one scenario.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It finished.
    Figures(Figures),
    /// It did not, and why.
    Unfinished(String),
}

/// Everything measured in one call.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What it was measured on.
    machine: BTreeMap<&'static str, String>,
    scenarios: Vec<(String, Vec<(&'static str, Outcome)>)>,
}

impl Report {
    /// A report of what will be measured on a machine.
    #[must_use]
    pub fn on(machine: BTreeMap<&'static str, String>) -> Self {
        Self { machine, scenarios: Vec::new() }
    }

    /// Adds what a system did in a scenario.
    pub fn add(&mut self, scenario: &str, system: &'static str, outcome: Outcome) {
        if self.scenarios.last().is_none_or(|(name, _)| name != scenario) {
            self.scenarios.push((scenario.to_owned(), Vec::new()));
        }
        if let Some((_, systems)) = self.scenarios.last_mut() {
            systems.push((system, outcome));
        }
    }

    /// `{"machine": …, "scenarios": {SCENARIO: {SYSTEM: {FIGURE: number}}}}`.
    #[must_use]
    pub fn json(&self) -> Value {
        let systems = |systems: &[(&'static str, Outcome)]| -> Map<String, Value> {
            systems.iter().map(|(name, outcome)| ((*name).to_owned(), outcome.json())).collect()
        };
        let scenarios: Map<String, Value> =
            self.scenarios.iter().map(|(name, list)| (name.clone(), systems(list).into())).collect();
        json!({ "machine": self.machine, "scenarios": scenarios })
    }

    /// Whether our own side was measured in every scenario.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let ours = |(system, outcome): &(&'static str, Outcome)| {
            *system == OURS && matches!(outcome, Outcome::Figures(_))
        };
        self.scenarios.iter().all(|(_, systems)| systems.iter().any(ours))
    }

    /// What it was measured on.
    pub(super) fn machine(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.machine.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// Each scenario with what became of each system.
    pub(super) fn scenarios(&self) -> impl Iterator<Item = (&str, &[(&'static str, Outcome)])> {
        self.scenarios.iter().map(|(name, systems)| (name.as_str(), systems.as_slice()))
    }

    /// A table of one scenario, line by line.
    #[must_use]
    pub fn table(&self, scenario: &str) -> Vec<String> {
        let found = self.scenarios.iter().find(|(name, _)| name == scenario);
        let Some((_, systems)) = found else { return Vec::new() };
        let names = names(systems);
        let mut head = format!("{scenario:<24}");
        for (system, _) in systems {
            head += &format!("{system:>26}");
        }
        let mut lines = vec![head];
        lines.extend(names.iter().map(|figure| line(figure, systems)));
        for (system, outcome) in systems {
            if let Outcome::Unfinished(why) = outcome {
                lines.push(format!("  {system} did not finish: {why}"));
            }
        }
        lines
    }
}

impl Outcome {
    /// The value of one figure.
    #[must_use]
    pub fn figure(&self, name: &str) -> Option<f64> {
        self.figures().iter().find(|(figure, _)| *figure == name).map(|(_, value)| *value)
    }

    fn figures(&self) -> &[(&'static str, f64)] {
        match self {
            Self::Figures(figures) => figures,
            Self::Unfinished(_) => &[],
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Figures(figures) => {
                let numbers =
                    figures.iter().map(|(name, value)| ((*name).to_owned(), json!(rounded(*value))));
                numbers.collect::<Map<String, Value>>().into()
            }
            Self::Unfinished(why) => json!({ "unfinished": why }),
        }
    }
}

/// The names of all figures of some systems, in the order they are shown.
pub(super) fn names(systems: &[(&'static str, Outcome)]) -> Vec<&'static str> {
    let mut names = Vec::new();
    for (name, _) in systems.iter().flat_map(|(_, outcome)| outcome.figures()) {
        if !names.contains(name) {
            names.push(*name);
        }
    }
    names
}

/// How a system's figure compares with ours: how many times ours it is.
pub(super) fn ratio(
    figure: &str,
    system: &str,
    value: f64,
    systems: &[(&'static str, Outcome)],
) -> Option<f64> {
    let ours = systems.iter().find(|(name, _)| *name == OURS)?.1.figure(figure)?;
    (system != OURS && ours > 0.0).then(|| value / ours)
}

fn line(figure: &str, systems: &[(&'static str, Outcome)]) -> String {
    let mut line = format!("  {figure:<22}");
    for (system, outcome) in systems {
        let value = outcome.figure(figure);
        let ratio = value.and_then(|value| ratio(figure, system, value, systems));
        let ratio = ratio.map(|ratio| format!("{ratio:.1}x")).unwrap_or_default();
        let shown = value.map_or_else(|| "-".to_owned(), shown);
        line += &format!("{shown:>17}{ratio:>9}");
    }
    line.trim_end().to_owned()
}

/// Two digits behind the point are more than a measurement holds.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

pub(super) fn shown(value: f64) -> String {
    if value.abs() >= 1000.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let mut report = Report::on(BTreeMap::from([("cores", "2".to_owned())]));
        report.add(
            "idle_10",
            OURS,
            Outcome::Figures(vec![("wall_ms", 2.0), ("bytes_up", 400.126), ("requests", 1.0)]),
        );
        report.add(
            "idle_10",
            "automerge_repo",
            Outcome::Figures(vec![("wall_ms", 7.0), ("bytes_up", 4000.0)]),
        );
        report.add("idle_10", "samod", Outcome::Unfinished("not quiet after 60 s".to_owned()));
        report.add("edit", OURS, Outcome::Figures(vec![("p50_ms", 1.0)]));
        report
    }

    #[test]
    fn json_names_scenario_system_and_figure_and_why_something_is_unfinished() {
        assert_eq!(
            report().json(),
            json!({
                "machine": { "cores": "2" },
                "scenarios": {
                    "idle_10": {
                        "halyard": { "wall_ms": 2.0, "bytes_up": 400.13, "requests": 1.0 },
                        "automerge_repo": { "wall_ms": 7.0, "bytes_up": 4000.0 },
                        "samod": { "unfinished": "not quiet after 60 s" }
                    },
                    "edit": { "halyard": { "p50_ms": 1.0 } }
                }
            })
        );
    }

    #[test]
    fn a_table_compares_every_system_with_ours() {
        let words: Vec<Vec<String>> = report()
            .table("idle_10")
            .iter()
            .map(|line| line.split_whitespace().map(str::to_owned).collect())
            .collect();
        assert_eq!(words[0], ["idle_10", "halyard", "automerge_repo", "samod"]);
        assert_eq!(words[1], ["wall_ms", "2.00", "7.00", "3.5x", "-"]);
        assert_eq!(words[2], ["bytes_up", "400.13", "4000", "10.0x", "-"]);
        assert_eq!(words[3], ["requests", "1.00", "-", "-"]);
        assert_eq!(words[4].join(" "), "samod did not finish: not quiet after 60 s");
        assert_eq!(words.len(), 5);
    }

    #[test]
    fn a_report_is_whole_when_our_side_was_measured_everywhere() {
        let mut report = report();
        assert!(report.is_whole());
        report.add("list_10", OURS, Outcome::Unfinished("the disk is full".to_owned()));
        assert!(!report.is_whole());
    }

    #[test]
    fn a_scenario_that_was_not_run_has_no_table() {
        assert!(report().table("merge_1").is_empty());
    }
}
