//! What `cargo xtask bench` measures: the real relay process and real devices with their encrypted
//! databases, beside what others offer on the same documents in the same call.
//!
//! Our side does everything it promises, fsync and rows of the lists included; a peer does whatever it
//! does by default. A scenario is repeated and the median of each figure is told. Nothing here asserts a
//! time: a figure says how things stood on one machine in one hour, and only its relation to the others
//! of the same call says more. docs/BENCHMARKS.md says what each figure means.

mod cold_start;
mod company;
mod device;
mod documents;
mod edit;
mod filled;
mod lists;
mod machine;
mod merge;
mod network;
mod ours;
mod page;
mod peer;
mod program;
mod proxy;
mod report;
mod samples;
mod scenario;
mod usage;
mod window;

use std::collections::BTreeMap;
use std::path::PathBuf;

use self::company::Company;
use self::scenario::Kind;

pub use self::cold_start::start as run_start;
pub use self::device::stand_in as run_device;
pub use self::page::{NoPlace, put};
pub use self::report::{Figures, OURS, Outcome, Report};
pub use self::scenario::Scenario;

/// How to measure.
#[derive(Debug, Clone)]
pub struct Options {
    /// A folder of our own on the disk that is to be measured. What is in it is deleted.
    pub folder: PathBuf,
    /// The folder of the prepared JavaScript peer; without one no peer is measured.
    pub peer: Option<PathBuf>,
    /// Whether the real window is measured, which needs its program and a display nobody sees.
    pub window: bool,
    /// How often a scenario with a network or a start is repeated.
    pub rounds: usize,
    /// How many single measurements `edit`, `list` and `merge` make of a kind.
    pub samples: usize,
    /// The most records a device has in `edit` and `merge`, for a quick look whether all works.
    pub most_records: usize,
}

/// What the scenarios of one call have in common.
struct Bench<'a> {
    options: &'a Options,
    runtime: tokio::runtime::Runtime,
    companies: BTreeMap<usize, Company>,
    report: Report,
    say: &'a mut dyn FnMut(&str),
}

/// Measures the scenarios one after the other, saying how it goes. What fails is told in the report, and the others
/// are still measured.
///
/// # Errors
/// When there is no folder to measure in.
pub fn run(scenarios: &[Scenario], options: &Options, say: &mut dyn FnMut(&str)) -> anyhow::Result<Report> {
    if options.folder.exists() {
        std::fs::remove_dir_all(&options.folder)?;
    }
    std::fs::create_dir_all(&options.folder)?;
    let report = Report::on(machine::describe());
    let runtime = tokio::runtime::Runtime::new()?;
    let mut bench = Bench { options, runtime, companies: BTreeMap::new(), report, say };
    for scenario in scenarios {
        bench.measure(scenario);
    }
    Ok(bench.report)
}

impl Bench<'_> {
    fn measure(&mut self, scenario: &Scenario) {
        let name = scenario.to_string();
        (self.say)(&format!("{name}: preparing"));
        let outcomes = self.outcomes(scenario);
        let outcomes =
            outcomes.unwrap_or_else(|error| vec![(OURS, Outcome::Unfinished(format!("{error:#}")))]);
        for (system, outcome) in outcomes {
            self.report.add(&name, system, outcome);
        }
        for line in self.report.table(&name) {
            (self.say)(&line);
        }
    }

    fn outcomes(&mut self, scenario: &Scenario) -> anyhow::Result<Vec<(&'static str, Outcome)>> {
        match scenario.kind {
            Kind::Edit => edit::measure(self),
            Kind::List => lists::measure(self, scenario.size),
            Kind::Merge => merge::measure(self),
            Kind::ColdStart => cold_start::measure(self, scenario.size),
            Kind::FirstSync => network::first_sync(self, scenario.size),
            Kind::Reconnect => network::reconnect(self, scenario.size),
            Kind::Idle => network::idle(self, scenario.size),
        }
    }

    /// The company of so many records, made at its first use.
    fn company(&mut self, records: usize) -> anyhow::Result<Company> {
        if let Some(made) = self.companies.get(&records) {
            return Ok(made.clone());
        }
        (self.say)(&format!("making a company of {records} records"));
        let folder = self.options.folder.join(format!("company_{records}"));
        let made = Company::make(&self.runtime, &folder, records, self.say)?;
        self.companies.insert(records, made.clone());
        Ok(made)
    }
}
