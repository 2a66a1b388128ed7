//! `cargo xtask bench`: measures Halyard beside public peers, in release builds, on this machine.
//!
//! Gets what is missing (the JavaScript peer as its lock file says, through the machine's own npm), builds
//! the relay, the window and the benchmarks, and starts them. Where npm or node is missing, our own side is measured
//! alone; where there is no driver for windows, nothing is measured at the screen; and that is said.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};
use clap::Args;

use crate::node_packages::NodeProject;
use crate::process::Runner;
use crate::programs::{self, Build};
use crate::say;
use crate::system_packages::{self, NeededBy};
use crate::window;
use crate::workspace::{Workspace, output};

/// The benchmarks with the device library.
const BENCH: &str = "bench";
/// The programs that are measured or needed for it: the relay, the maker of the company, the benchmarks.
const PROGRAMS: [&str; 3] = ["sync-server", "demo-data", BENCH];
/// The window, and what measures it.
const WINDOW_PROGRAMS: [&str; 2] = ["halyard-app", "window-bench"];
/// The programs of the system that the window is measured with: a display nobody sees, a bus, a driver.
const WINDOW_NEEDS: [&str; 3] = ["Xvfb", "dbus-daemon", "WebKitWebDriver"];
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
    /// edit, list_N, cold_start_N, merge_1, first_sync_N, reconnect_N, idle_N.
    #[arg(value_name = "SCENARIO")]
    scenarios: Vec<String>,
    /// Write everything measured to this file too.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Put the figures into this page too, in the place of those it has: docs/BENCHMARKS.md.
    #[arg(long, value_name = "FILE")]
    page: Option<PathBuf>,
    /// How often a scenario with a network or a start is repeated; the median is told.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Measure our own side alone.
    #[arg(long)]
    without_peers: bool,
    /// Measure nothing at the screen.
    #[arg(long)]
    without_window: bool,
}

/// Performs the command.
pub(crate) fn run(runner: &Runner, workspace: &Workspace, options: &Options) -> anyhow::Result<()> {
    say::line("Gets what is missing, makes release builds, and measures Halyard beside public peers on this");
    say::line("machine. The first build takes minutes. Ctrl-C ends it.");
    system_packages::provide(runner, workspace, NeededBy::Run)?;
    if !options.without_window {
        system_packages::provide(runner, workspace, NeededBy::Test)?;
    }
    let peer = if options.without_peers { None } else { peer(runner, workspace)? };
    let at_the_screen = !options.without_window && can_measure_windows();
    let mut programs = PROGRAMS.to_vec();
    if at_the_screen {
        window::build(runner, workspace)?;
        programs.extend(WINDOW_PROGRAMS);
    }
    programs::build(runner, workspace, Build::Optimised, &programs)?;

    say::step("Measuring");
    if !runner.run(&mut measuring(workspace, options, peer.as_deref(), at_the_screen)?)?.success() {
        bail!("The measuring ended early. The reason stands above.");
    }
    Ok(())
}

fn measuring(
    workspace: &Workspace,
    options: &Options,
    peer: Option<&Path>,
    at_the_screen: bool,
) -> anyhow::Result<Command> {
    let built = workspace.metadata()?.target_directory;
    let mut command = workspace.command(programs::built(workspace, Build::Optimised, BENCH)?);
    command.arg("run").args(&options.scenarios).args(["--rounds", &options.rounds.to_string()]);
    // Under the build folder: on the machine's own disk, where a temporary folder may be memory.
    command.arg("--folder").arg(built.join("bench"));
    if let Some(peer) = peer {
        command.arg("--peer").arg(peer);
    }
    if at_the_screen {
        command.arg("--window");
    }
    for (name, file) in [("--json", &options.json), ("--page", &options.page)] {
        if let Some(file) = file {
            command.arg(name).arg(std::path::absolute(file).context("finding the place of a file")?);
        }
    }
    Ok(command)
}

/// Whether what windows are measured with is here; what is missing is said.
fn can_measure_windows() -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let is_here = |program: &&str| folders.iter().any(|folder| folder.join(program).is_file());
    let missing: Vec<&str> = WINDOW_NEEDS.into_iter().filter(|program| !is_here(program)).collect();
    if missing.is_empty() && cfg!(target_os = "linux") {
        return true;
    }
    say::line(format_args!(
        "A window is measured on Linux with {}. Measuring nothing at the screen.",
        WINDOW_NEEDS.join(", ")
    ));
    false
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
