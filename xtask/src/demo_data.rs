//! `cargo xtask demo-data`: a relay's data folder with a demo company in it.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;

use crate::process::Runner;
use crate::programs;
use crate::run::Size;
use crate::say;
use crate::system_packages::{self, NeededBy};
use crate::workspace::Workspace;

/// What makes it.
const PROGRAM: &str = "demo-data";

/// Make a demo company in a new data folder of a relay.
///
/// Everything in it was written by the demo company's own people through the write path of everybody's
/// work. Equal seeds give equal companies. Start a relay on it with `sync-server serve --data FOLDER`.
#[derive(Args)]
pub(crate) struct Options {
    /// How much data the demo company has.
    #[arg(long, value_enum, default_value_t = Size::Small)]
    size: Size,
    /// Equal seeds give equal companies.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The folder to make.
    #[arg(long, default_value = "demo")]
    data: PathBuf,
}

/// Performs the command.
pub(crate) fn run(runner: &Runner, workspace: &Workspace, options: &Options) -> anyhow::Result<()> {
    say::line(format_args!(
        "Makes the {} demo company in {}. Ctrl-C ends it.",
        options.size.name(),
        options.data.display()
    ));
    system_packages::provide(runner, workspace, NeededBy::Run)?;
    let build = options.size.build();
    programs::build(runner, workspace, build, &[PROGRAM])?;
    let mut program = workspace.command(programs::built(workspace, build, PROGRAM)?);
    program.args(["--size", options.size.name(), "--seed", &options.seed.to_string(), "--data"]);
    program.arg(std::path::absolute(&options.data).context("the folder to make")?);
    if !runner.run(&mut program)?.success() {
        bail!("The demo company could not be made. The reason stands above.");
    }
    Ok(())
}
