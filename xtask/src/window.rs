//! The window's own project in `ui/`: its packages, checks and tests, each by npm.
//!
//! Packages are installed as the lock file says whenever that is newer than what is installed; npm writes
//! nothing outside `ui/`, and no package brings a program of its own from elsewhere.

use std::process::Command;

use anyhow::bail;

use crate::process::Runner;
use crate::say;
use crate::workspace::{Workspace, output};

const FOLDER: &str = "ui";
/// What npm leaves behind once everything is installed.
const INSTALLED: &str = "node_modules/.package-lock.json";

/// The scripts that have to succeed, quick ones first.
const SCRIPTS: [&str; 4] = ["check", "test", "build", "pages"];

/// Installs the packages of the window when they are missing or of another lock file.
pub(crate) fn provide(runner: &Runner, workspace: &Workspace) -> anyhow::Result<()> {
    if let Err(reason) = output(npm(workspace).arg("--version")) {
        bail!(
            "npm cannot be used ({reason:#}). The window is built with Node 20 or newer: install it from \
             nodejs.org or the system's packages, then give the same command again."
        );
    }
    if is_installed(workspace) {
        return Ok(());
    }
    say::step("Installing the packages of the window into ui/node_modules");
    if !runner.run(npm(workspace).args(["ci", "--no-audit", "--no-fund"]))?.success() {
        bail!("The packages of the window could not be installed. npm's reason stands above.");
    }
    Ok(())
}

/// Runs every check and test of the window; the first that fails ends it.
pub(crate) fn check(runner: &Runner, workspace: &Workspace) -> anyhow::Result<bool> {
    provide(runner, workspace)?;
    for script in SCRIPTS {
        if !runner.run(npm(workspace).args(["run", "--silent", script]))?.success() {
            say::line(format_args!("`npm run {script}` in ui/ failed."));
            return Ok(false);
        }
    }
    Ok(true)
}

fn is_installed(workspace: &Workspace) -> bool {
    let folder = workspace.root().join(FOLDER);
    let changed = |name: &str| folder.join(name).metadata().and_then(|about| about.modified()).ok();
    match (changed(INSTALLED), changed("package-lock.json")) {
        (Some(installed), Some(locked)) => installed >= locked,
        (None, _) | (_, None) => false,
    }
}

fn npm(workspace: &Workspace) -> Command {
    let mut command = workspace.command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(workspace.root().join(FOLDER));
    command
}
