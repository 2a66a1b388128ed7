//! `cargo xtask bench`: measures Halyard beside public peers, in release builds, on this machine.
//!
//! Gets what is missing (the JavaScript peer as its lock file says, through the machine's own npm), builds
//! the relay and the benchmarks, and starts them. Where npm or node is missing, our own side is measured
//! alone and that is said.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};
use clap::Args;

use crate::node_packages::NodeProject;
use crate::process::Runner;
use crate::say;
use crate::system_packages::{self, NeededBy};
use crate::workspace::{Workspace, output};

/// The packages and their programs that are measured or needed for it: the relay, the maker of the company, and
/// the benchmarks with the device library.
const PACKAGES: [&str; 2] = ["halyard-sync-server", "halyard-tests"];
const PROGRAMS: [&str; 3] = ["sync-server", "demo-data", "bench"];
/// The peer.
const PEER: NodeProject =
    NodeProject { folder: "tests/peers/automerge-repo", what: "the JavaScript peer of the benchmarks" };
/// The oldest Node the peer's programs run on.
const OLDEST_NODE: u32 = 20;

/// Measure Halyard beside public peers and print a table for each scenario.
///
/// Without a SCENARIO the usual ones are measured, which takes about twenty minutes after the build. Figures of a
/// machine that does something else meanwhile can only be compared with others of the same call.
/// docs/BENCHMARKS.md says what each figure means.
#[derive(Args)]
pub(crate) struct Options {
    /// edit, list_N, merge_1, first_sync_N, reconnect_N, idle_N.
    #[arg(value_name = "SCENARIO")]
    scenarios: Vec<String>,
    /// Write everything measured to this file too.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// How often a scenario with a network is repeated; the median is told.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Measure our own side alone.
    #[arg(long)]
    without_peers: bool,
}

/// Performs the command.
pub(crate) fn run(runner: &Runner, workspace: &Workspace, options: &Options) -> anyhow::Result<()> {
    say::line("Gets what is missing, makes release builds, and measures Halyard beside public peers on this");
    say::line("machine. The first build takes minutes. Ctrl-C ends it.");
    system_packages::provide(runner, workspace, NeededBy::Run)?;
    let peer = if options.without_peers { None } else { peer(runner, workspace)? };

    say::step("Building for release");
    let mut build = workspace.cargo();
    build.args(["build", "--release"]);
    build.args(PACKAGES.iter().flat_map(|package| ["--package", package]));
    build.args(PROGRAMS.iter().flat_map(|program| ["--bin", program]));
    if !runner.run(&mut build)?.success() {
        bail!("The programs could not be built. The compiler's reason stands above.");
    }

    say::step("Measuring");
    if !runner.run(&mut measuring(workspace, options, peer.as_deref())?)?.success() {
        bail!("The measuring ended early. The reason stands above.");
    }
    Ok(())
}

fn measuring(workspace: &Workspace, options: &Options, peer: Option<&Path>) -> anyhow::Result<Command> {
    let built = workspace.metadata()?.target_directory;
    let program = built.join("release").join("bench").with_extension(std::env::consts::EXE_EXTENSION);
    let mut command = workspace.command(program);
    command.arg("run").args(&options.scenarios).args(["--rounds", &options.rounds.to_string()]);
    // Under the build folder: on the machine's own disk, where a temporary folder may be memory.
    command.arg("--folder").arg(built.join("bench"));
    if let Some(peer) = peer {
        command.arg("--peer").arg(peer);
    }
    if let Some(file) = &options.json {
        command.arg("--json").arg(std::path::absolute(file).context("finding the place of the JSON file")?);
    }
    Ok(command)
}

/// The folder of the peer with everything it needs, or `None` where it cannot run.
fn peer(runner: &Runner, workspace: &Workspace) -> anyhow::Result<Option<PathBuf>> {
    let version = output(workspace.command("node").arg("--version")).ok();
    if version.as_deref().and_then(major).is_none_or(|major| major < OLDEST_NODE) {
        say::line(format_args!(
            "The JavaScript peer needs Node {OLDEST_NODE} or newer, which is not here. Measuring our own side alone."
        ));
        return Ok(None);
    }
    PEER.provide(runner, workspace)?;
    Ok(Some(workspace.root().join(PEER.folder)))
}

/// The first number of `v20.11.1`.
fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_node_is_read_from_what_it_prints() {
        let check = |words: &str, expected| assert_eq!(major(words), expected, "{words}");

        check("v20.11.1\n", Some(20));
        check("v8.0.0", Some(8));
        check("20.11.1", None);
        check("", None);
    }
}
