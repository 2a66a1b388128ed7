//! The window's own project in `ui/`: its packages, checks and tests, each by npm.
//!
//! npm writes nothing outside `ui/`, and no package brings a program of its own from elsewhere.

use crate::node_packages::NodeProject;
use crate::process::Runner;
use crate::say;
use crate::workspace::Workspace;

const WINDOW: NodeProject = NodeProject { folder: "ui", what: "the window" };

/// The scripts that have to succeed, quick ones first.
const SCRIPTS: [&str; 4] = ["check", "test", "build", "pages"];

/// Installs the packages of the window when they are missing or of another lock file.
pub(crate) fn provide(runner: &Runner, workspace: &Workspace) -> anyhow::Result<()> {
    WINDOW.provide(runner, workspace)
}

/// Runs every check and test of the window; the first that fails ends it.
pub(crate) fn check(runner: &Runner, workspace: &Workspace) -> anyhow::Result<bool> {
    provide(runner, workspace)?;
    for script in SCRIPTS {
        if !runner.run(WINDOW.npm(workspace).args(["run", "--silent", script]))?.success() {
            say::line(format_args!("`npm run {script}` in ui/ failed."));
            return Ok(false);
        }
    }
    Ok(true)
}
