//! `cargo xtask test`: everything that has to hold before a change is kept.
//!
//! The stages run one after the other, the quick ones first and the tests last, so that their closing
//! summary stands right above the table of times. The first failing stage ends the command and says what
//! to do. All stages share the dev profile: nothing is compiled twice for another profile.

mod report;
mod stage;

use anyhow::bail;
use clap::Args;

use self::report::Report;
use self::stage::{Outcome, Stage};
use crate::process::Runner;
use crate::say;
use crate::system_packages::{self, NeededBy};
use crate::window;
use crate::workspace::Workspace;

/// Check everything: format, repository rules, dependencies, lints, documentation and tests.
///
/// Gets what is missing first: system packages (Debian and Ubuntu; elsewhere it names them), and
/// cargo-nextest and cargo-deny, compiled into target/tools unless they are installed. Then the stages run
/// in the order of the list below and a table shows what each took. The first stage that fails ends the
/// command with what to do about it.
#[derive(Args)]
pub(crate) struct Options {
    /// Run only this stage; can be given several times.
    #[arg(long, value_enum, value_name = "STAGE")]
    only: Vec<Stage>,

    /// Look only at this package in the stages that compile or format; can be given several times.
    #[arg(long, short, value_name = "PACKAGE")]
    package: Vec<String>,
}

/// Performs the command.
pub(crate) fn run(runner: &Runner, workspace: &Workspace, options: &Options) -> anyhow::Result<()> {
    let stages: Vec<_> = Stage::ALL
        .into_iter()
        .filter(|stage| options.only.is_empty() || options.only.contains(stage))
        .collect();
    let names: Vec<_> = stages.iter().map(|stage| stage.name()).collect();
    say::line(format_args!("Gets what is missing, then checks: {}.", names.join(", ")));
    say::line(
        "A first run compiles everything and takes long; later ones only what changed. Ctrl-C ends it.",
    );
    system_packages::provide(runner, workspace, NeededBy::Test)?;
    // The stage of the window builds its pages too, and comes before those that compile them in.
    let compiles_the_window = stages.iter().any(|stage| stage.compiles_the_window(&options.package));
    if compiles_the_window && !stages.contains(&Stage::Window) {
        window::build(runner, workspace)?;
    }
    for stage in &stages {
        stage.provide_tool(runner, workspace)?;
    }

    let mut report = Report::of(&stages);
    for stage in stages {
        say::step(format_args!("{}: {}", stage.name(), stage.promise()));
        let outcome = report.time(stage, || stage.run(runner, workspace, &options.package))?;
        if outcome == Outcome::Failed {
            say::line(report);
            bail!("The stage {} failed. What to do: {}", stage.name(), stage.remedy());
        }
    }
    say::line(report);
    say::line("Everything held.");
    Ok(())
}
