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
        if let Err(reason) = output(self.npm(workspace).arg("--version")) {
            bail!(
                "npm cannot be used ({reason:#}). For {what} Node 20 or newer is needed: install it from \
                 nodejs.org or the system's packages, then give the same command again."
            );
        }
        if is_fresh(&workspace.root().join(folder)) {
            return Ok(());
        }
        say::step(format_args!("Installing the packages of {what} into {folder}/node_modules"));
        if !runner.run(self.npm(workspace).args(["ci", "--no-audit", "--no-fund"]))?.success() {
            bail!("The packages of {what} could not be installed. npm's reason stands above.");
        }
        Ok(())
    }
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
