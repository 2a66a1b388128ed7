//! Packages of Node.js: put beside the project that names them when they are missing or of another lock file.
//!
//! Exact versions are in the lock files, which name no registry: npm asks the one this machine is set up for.
//! Nothing outside the project's folder is changed.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::bail;

use crate::process::Runner;
use crate::say;
use crate::workspace::{Workspace, output};

/// A project with packages of Node.js.
#[derive(Clone, Copy)]
pub(crate) struct NodeProject {
    /// Its folder below the root of the checkout.
    pub(crate) folder: &'static str,
    /// What it is, in a sentence about its packages.
    pub(crate) what: &'static str,
}

/// The oldest Node that the packages of the window work with, as `ui/package.json` says.
const OLDEST_NODE: (u32, u32) = (20, 19);

/// The client in another language that docs/SYNC.md is proved by.
pub(crate) const FOREIGN_CLIENT: NodeProject =
    NodeProject { folder: "tests/foreign", what: "the client in another language" };

impl NodeProject {
    /// npm, in this project.
    pub(crate) fn npm(self, workspace: &Workspace) -> Command {
        let mut command = workspace.command(if cfg!(windows) { "npm.cmd" } else { "npm" });
        command.current_dir(workspace.root().join(self.folder));
        command
    }

    /// Installs the packages when what npm noted last is older than the lock file.
    pub(crate) fn provide(self, runner: &Runner, workspace: &Workspace) -> anyhow::Result<()> {
        let Self { folder, what } = self;
        let (major, minor) = OLDEST_NODE;
        let needed = format!(
            "For {what} Node {major}.{minor} or newer is needed: install it from nodejs.org or the system's packages, \
             then give the same command again."
        );
        if let Err(reason) = output(self.npm(workspace).arg("--version")) {
            bail!("npm cannot be used ({reason:#}). {needed}");
        }
        let found = output(workspace.command("node").arg("--version"))?;
        if version(&found).is_some_and(|found| found < OLDEST_NODE) {
            bail!("Node {} is too old. {needed}", found.trim().trim_start_matches('v'));
        }
        let path = workspace.root().join(folder);
        if is_fresh(&path) {
            return Ok(());
        }
        let _turn = workspace.turn()?;
        if is_fresh(&path) {
            return Ok(());
        }
        say::step(format_args!("Installing the packages of {what} into {folder}/node_modules"));
        if !runner.run(self.npm(workspace).args(["ci", "--no-audit", "--no-fund"]))?.success() {
            bail!("The packages of {what} could not be installed. npm's reason stands above.");
        }
        Ok(())
    }
}

/// The first two numbers of what `node --version` prints.
fn version(printed: &str) -> Option<(u32, u32)> {
    let mut numbers = printed.trim().trim_start_matches('v').split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

fn is_fresh(folder: &Path) -> bool {
    let changed =
        |name: &str| -> Option<SystemTime> { fs::metadata(folder.join(name)).ok()?.modified().ok() };
    match (changed("node_modules/.package-lock.json"), changed("package-lock.json")) {
        (Some(installed), Some(locked)) => installed >= locked,
        (None | Some(_), _) => false,
    }
}

#[cfg(test)]
mod tests {
    //! Packages are installed when they are missing, and not again.

    use super::*;

    #[test]
    fn the_oldest_node_is_the_one_the_window_names() {
        let package = include_str!("../../ui/package.json");
        let package: serde_json::Value = serde_json::from_str(package).unwrap();
        let named = package["engines"]["node"].as_str().unwrap().trim_start_matches(">=");
        assert_eq!(version(named), Some(OLDEST_NODE));
        assert_eq!(version("v18.19.1\n"), Some((18, 19)));
        assert!(version("v18.19.1\n") < Some(OLDEST_NODE) && version("v24.1.0") > Some(OLDEST_NODE));
    }

    #[test]
    fn packages_are_fresh_when_npm_noted_them_after_the_lock_file() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_fresh(folder.path()));
        fs::write(folder.path().join("package-lock.json"), "{}").unwrap();
        assert!(!is_fresh(folder.path()));
        fs::create_dir(folder.path().join("node_modules")).unwrap();
        fs::write(folder.path().join("node_modules/.package-lock.json"), "{}").unwrap();
        assert!(is_fresh(folder.path()));
    }
}
