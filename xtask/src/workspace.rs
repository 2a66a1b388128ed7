//! The checkout the commands work on, as Cargo and the disk describe it.
//!
//! Cargo is asked through `cargo metadata --no-deps`, which needs no network and compiles nothing. Only
//! what the commands use is read from its answer.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};
use serde::Deserialize;

use crate::say;

/// A checkout of the repository.
pub(crate) struct Workspace {
    root: PathBuf,
}

/// What Cargo knows about the workspace.
#[derive(Debug, Deserialize)]
pub(crate) struct Metadata {
    pub(crate) packages: Vec<Package>,
    pub(crate) target_directory: PathBuf,
}

/// One package of the workspace.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) manifest_path: PathBuf,
    pub(crate) dependencies: Vec<Dependency>,
    pub(crate) targets: Vec<Target>,
}

/// One line under a package's dependencies.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    pub(crate) kind: Option<DependencyKind>,
}

/// Under which heading a dependency stands; ordinary ones have no kind in Cargo's answer.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DependencyKind {
    Dev,
    Build,
}

/// Something a package builds.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Target {
    pub(crate) doctest: bool,
}

impl Workspace {
    /// Finds the checkout the command was given in, from any folder inside it.
    pub(crate) fn around_current_folder() -> anyhow::Result<Self> {
        let current = env::current_dir().context("could not tell the current folder")?;
        let root = current.ancestors().find(|folder| folder.join("xtask/Cargo.toml").is_file());
        let root = root.context("this is not a Halyard checkout: no folder above it has xtask/Cargo.toml")?;
        Ok(Self { root: root.to_path_buf() })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Where programs compiled for this repository alone are kept.
    pub(crate) fn tools_folder(&self) -> PathBuf {
        self.root.join("target/tools")
    }

    /// The turn to change what is shared and Cargo does not guard: installed packages of Node.js, built pages.
    /// It lasts as long as what is returned; another command of this checkout is waited for.
    pub(crate) fn turn(&self) -> anyhow::Result<File> {
        let folder = self.root.join("target");
        let taken = || -> std::io::Result<File> {
            fs::create_dir_all(&folder)?;
            let turn = File::create(folder.join("xtask.turn"))?;
            match turn.try_lock() {
                Err(TryLockError::WouldBlock) => {
                    say::line(
                        "Another command prepares the same checkout. Waiting for it; Ctrl-C ends this one.",
                    );
                    turn.lock()?;
                }
                tried => tried?,
            }
            Ok(turn)
        };
        taken().with_context(|| format!("could not take a turn in {}", folder.display()))
    }

    /// A program started in the root of the checkout, as if a person had started it.
    ///
    /// `cargo run` describes this package to its child in the environment. Build scripts of other packages
    /// look at the same variables, and would be run again on every change between `cargo xtask` and `cargo`.
    pub(crate) fn command(&self, program: impl Into<OsString>) -> Command {
        let mut command = Command::new(program.into());
        command.current_dir(&self.root);
        for (name, _) in env::vars_os() {
            let describes_us = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
            if name.to_str().is_some_and(|name| describes_us.iter().any(|prefix| name.starts_with(prefix))) {
                command.env_remove(name);
            }
        }
        command
    }

    /// The same Cargo that runs this command.
    pub(crate) fn cargo(&self) -> Command {
        self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// Asks Cargo about the packages of the workspace.
    pub(crate) fn metadata(&self) -> anyhow::Result<Metadata> {
        let mut cargo = self.cargo();
        cargo.args(["metadata", "--no-deps", "--format-version=1"]);
        let answer = output(&mut cargo).context("Cargo could not describe the workspace")?;
        serde_json::from_str(&answer).context("Cargo described the workspace in an unknown form")
    }
}

/// What a quick program prints, when it succeeds.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("could not start {name}"))?;
    if !output.status.success() {
        bail!("{name} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    String::from_utf8(output.stdout).with_context(|| format!("{name} did not print text"))
}

#[cfg(test)]
mod tests {
    //! Two commands of one checkout never install or build the same files at once.

    use super::*;

    #[test]
    fn the_turn_is_one_commands_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace { root: folder.path().to_path_buf() };
        let first = workspace.turn().unwrap();
        let another = File::open(folder.path().join("target/xtask.turn")).unwrap();
        assert!(matches!(another.try_lock(), Err(TryLockError::WouldBlock)));
        drop(first);
        another.try_lock().unwrap();
    }
}
