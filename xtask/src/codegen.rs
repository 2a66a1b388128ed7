//! `cargo xtask codegen`: files of the repository that are made from declarations.
//!
//! Today that is `crates/records/seeds.txt`: a line for every kind and schema version. Lines are only
//! added; a test of the records crate fails while one is missing.

use anyhow::bail;
use clap::Args;

use crate::process::Runner;
use crate::say;
use crate::workspace::Workspace;

/// Add what a new record kind or container needs to the generated files.
///
/// Run it after declaring a kind, or a container with a new schema version. Nothing that was generated
/// before changes.
#[derive(Args)]
pub(crate) struct Options {}

/// Performs the command.
pub(crate) fn run(runner: &Runner, workspace: &Workspace, _options: &Options) -> anyhow::Result<()> {
    say::line("Adds missing seeds to crates/records/seeds.txt.");
    let mut generator = workspace.cargo();
    generator.args(["run", "--quiet", "--package", "halyard-records", "--example", "write_seeds"]);
    if !runner.run(&mut generator)?.success() {
        bail!("The seeds could not be written. The reason stands above.");
    }
    Ok(())
}
