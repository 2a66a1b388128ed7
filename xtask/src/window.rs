//! The window's own project in `ui/`: its packages, checks and tests, each by npm.
//!
//! npm writes nothing outside `ui/`, and no package brings a program of its own from elsewhere. Pages are
//! used in a browser on real devices: the programs of the workspace are built before, and the page tests
//! start `bridge` from where they are.

use crate::node_packages::NodeProject;
use crate::process::Runner;
use crate::say;
use crate::workspace::Workspace;

const WINDOW: NodeProject = NodeProject { folder: "ui", what: "the window" };

/// The scripts that have to succeed, quick ones first.
const SCRIPTS: [&str; 4] = ["check", "test", "build", "pages"];
/// Serves devices to the page tests, who find it by the variable.
const BRIDGE: &str = "bridge";
const BRIDGE_VARIABLE: &str = "HALYARD_BRIDGE";

/// Installs the packages of the window when they are missing or of another lock file.
pub(crate) fn provide(runner: &Runner, workspace: &Workspace) -> anyhow::Result<()> {
    WINDOW.provide(runner, workspace)
}

/// Runs every check and test of the window; the first that fails ends it.
pub(crate) fn check(runner: &Runner, workspace: &Workspace) -> anyhow::Result<bool> {
    provide(runner, workspace)?;
    if !runner.run(workspace.cargo().args(["build", "--workspace", "--bins"]))?.success() {
        say::line("The programs that the pages are used on could not be built.");
        return Ok(false);
    }
    let bridge = workspace.metadata()?.target_directory.join("debug").join(BRIDGE);
    let bridge = bridge.with_extension(std::env::consts::EXE_EXTENSION);
    for script in SCRIPTS {
        let mut npm = WINDOW.npm(workspace);
        npm.args(["run", "--silent", script]).env(BRIDGE_VARIABLE, &bridge);
        if !runner.run(&mut npm)?.success() {
            say::line(format_args!("`npm run {script}` in ui/ failed."));
            return Ok(false);
        }
    }
    Ok(true)
}
