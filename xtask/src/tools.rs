//! Programs the tests are run with: found on this machine, or compiled into `target/tools`.
//!
//! A program on the search path is used when it is new enough for our settings. Otherwise a fixed version
//! is compiled once; nothing outside the checkout is changed.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::process::Runner;
use crate::say;
use crate::workspace::{Workspace, output};

/// A Cargo subcommand the tests need.
pub(crate) struct Tool {
    name: &'static str,
    /// The oldest version that reads our settings.
    oldest: Version,
    /// The version compiled when there is none.
    compiled: Version,
}

/// Runs the tests.
pub(crate) const NEXTEST: Tool =
    Tool { name: "cargo-nextest", oldest: Version(0, 9, 131), compiled: Version(0, 9, 151) };

/// Checks licences, sources and bans of the dependencies.
pub(crate) const DENY: Tool =
    Tool { name: "cargo-deny", oldest: Version(0, 20, 0), compiled: Version(0, 20, 2) };

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version(u32, u32, u32);

impl Version {
    /// Reads `cargo-deny 0.20.2` and what some programs print after it.
    fn printed_by_tool(words: &str) -> Option<Self> {
        let mut numbers = words.split_whitespace().nth(1)?.split('.').map(str::parse);
        Some(Self(numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?))
    }
}

impl Tool {
    /// The path of the program, compiling it first where there is none.
    pub(crate) fn provide(&self, runner: &Runner, workspace: &Workspace) -> anyhow::Result<PathBuf> {
        if let Some(found) = self.find(workspace) {
            return Ok(found);
        }
        let Version(major, minor, patch) = self.compiled;
        let (name, version) = (self.name, format!("{major}.{minor}.{patch}"));
        say::step(format_args!("Compiling {name} {version} into target/tools, once: about five minutes"));
        let mut cargo = workspace.cargo();
        cargo.args(["install", "--locked", "--version", &version, "--root"]);
        cargo.arg(workspace.tools_folder()).arg(name);
        if !runner.run(&mut cargo)?.success() {
            bail!(
                "{name} could not be compiled. The reason stands above; \
                 `cargo install --locked {name}` tries it outside of this command"
            );
        }
        self.find(workspace).with_context(|| format!("{name} was compiled but does not tell its version"))
    }

    fn find(&self, workspace: &Workspace) -> Option<PathBuf> {
        let path = env::var_os("PATH").unwrap_or_default();
        let folders = env::split_paths(&path).chain([workspace.tools_folder().join("bin")]);
        let programs =
            folders.map(|folder| folder.join(self.name).with_extension(env::consts::EXE_EXTENSION));
        programs.filter(|program| program.is_file()).find(|program| self.is_new_enough(workspace, program))
    }

    fn is_new_enough(&self, workspace: &Workspace, program: &Path) -> bool {
        let printed = output(workspace.command(program).arg("--version")).unwrap_or_default();
        Version::printed_by_tool(&printed).is_some_and(|version| version >= self.oldest)
    }
}

#[cfg(test)]
mod tests {
    //! A tool is taken only when it is new enough.

    use super::*;

    #[test]
    fn a_version_is_read_from_what_the_tools_print() {
        let check = |words, expected| assert_eq!(Version::printed_by_tool(words), expected, "{words}");

        check("cargo-deny 0.20.2\n", Some(Version(0, 20, 2)));
        check("cargo-nextest 0.9.143 (60fa45f63 2026-08-04)\nrelease: 0.9.143\n", Some(Version(0, 9, 143)));
        check("cargo-deny\n", None);
        check("", None);
    }

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(Version(0, 9, 143) >= Version(0, 9, 131));
        assert!(Version(0, 20, 0) > Version(0, 9, 999));
    }
}
