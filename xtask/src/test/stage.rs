//! The stages of `cargo xtask test`: what each promises, how it is run, and what to do when it fails.

use std::process::Command;

use clap::ValueEnum;

use crate::codegen;
use crate::node_packages::FOREIGN_CLIENT;
use crate::process::Runner;
use crate::tidy;
use crate::tools::{DENY, NEXTEST};
use crate::window;
use crate::workspace::Workspace;

/// Has the window's code compiled as for a phone; its build script reads it.
const AS_FOR_A_PHONE: &str = "HALYARD_AS_FOR_A_PHONE";
/// The packages that need the window.
const WITH_WINDOW: [&str; 2] = ["halyard-app", "halyard-window-tests"];

/// One thing that has to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Stage {
    /// The code is formatted.
    Fmt,
    /// The rules of this repository hold (`cargo xtask tidy`).
    Tidy,
    /// Dependencies have allowed licences and sources, and stand where they may.
    Deny,
    /// The generated pages say what the declarations say (`cargo xtask codegen --check`).
    Codegen,
    /// The window's own checks and tests hold.
    Window,
    /// The lints are silent.
    Clippy,
    /// The window's code compiles as for a phone, and the lints are silent there.
    Phone,
    /// The documentation builds without a warning.
    Doc,
    /// The examples in the documentation work.
    Doctest,
    /// The tests pass.
    Nextest,
}

/// How a stage ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Passed,
    Failed,
    /// There was nothing this stage could look at.
    Empty,
}

impl Outcome {
    fn of(held: bool) -> Self {
        if held { Self::Passed } else { Self::Failed }
    }
}

impl Stage {
    /// In the order they run.
    pub(super) const ALL: [Self; 10] = [
        Self::Fmt,
        Self::Tidy,
        Self::Deny,
        Self::Codegen,
        Self::Window,
        Self::Clippy,
        Self::Phone,
        Self::Doc,
        Self::Doctest,
        Self::Nextest,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Tidy => "tidy",
            Self::Deny => "deny",
            Self::Codegen => "codegen",
            Self::Window => "window",
            Self::Clippy => "clippy",
            Self::Phone => "phone",
            Self::Doc => "doc",
            Self::Doctest => "doctest",
            Self::Nextest => "nextest",
        }
    }

    pub(super) const fn promise(self) -> &'static str {
        match self {
            Self::Fmt => "the code is formatted",
            Self::Tidy => "the rules of this repository hold",
            Self::Deny => "dependencies have allowed licences and sources, and stand where they may",
            Self::Codegen => "the generated pages say what the declarations say",
            Self::Window => "the window's code, words and pages hold, in a browser too",
            Self::Clippy => "the lints are silent",
            Self::Phone => "the window's code compiles as for a phone",
            Self::Doc => "the documentation builds without a warning",
            Self::Doctest => "the examples in the documentation work",
            Self::Nextest => "the tests pass",
        }
    }

    pub(super) const fn remedy(self) -> &'static str {
        match self {
            Self::Fmt => "run `cargo fmt --all` and look at what it changed.",
            Self::Tidy => {
                "each line above names a place and what to do there; docs/STYLE.md has the reasons."
            }
            Self::Deny => {
                "another dependency with an allowed licence, or a reasoned change of deny.toml. \
                 `cargo tree --invert CRATE` shows who brings a crate in."
            }
            Self::Codegen => "run `cargo xtask codegen` and look at what it changed in docs/SYNC.md.",
            Self::Window => {
                "mend what is named above; in ui/ the same script alone: `npm run check`, `test`, `build` or `pages`."
            }
            Self::Clippy => {
                "mend the code named above; where a lint is wrong, `#[expect(LINT, reason = \"…\")]`. \
                 One package alone: `cargo xtask test --only clippy --package PACKAGE`."
            }
            Self::Phone => {
                "what only a desktop has belongs in src-tauri/src/desktop, and phone.rs has the same functions. \
                 Again: `cargo xtask test --only phone`."
            }
            Self::Doc => "mend the links and comments named above, then `cargo xtask test --only doc`.",
            Self::Doctest => "mend the examples named above, then `cargo xtask test --only doctest`.",
            Self::Nextest => {
                "the failing tests stand above the summary. One alone: `cargo nextest run -p PACKAGE NAME`."
            }
        }
    }

    /// Compiles the tool of this stage when the machine has none.
    pub(super) fn provide_tool(self, runner: &Runner, workspace: &Workspace) -> anyhow::Result<()> {
        match self {
            Self::Deny => DENY.provide(runner, workspace).map(drop),
            Self::Nextest => {
                FOREIGN_CLIENT.provide(runner, workspace)?;
                NEXTEST.provide(runner, workspace).map(drop)
            }
            Self::Window => window::provide(runner, workspace),
            Self::Fmt
            | Self::Tidy
            | Self::Codegen
            | Self::Clippy
            | Self::Phone
            | Self::Doc
            | Self::Doctest => Ok(()),
        }
    }

    /// Whether the stage compiles the window, which contains the screens.
    pub(super) fn compiles_the_window(self, packages: &[String]) -> bool {
        let compiles = match self {
            Self::Fmt | Self::Tidy | Self::Deny | Self::Codegen | Self::Window => false,
            Self::Clippy | Self::Phone | Self::Doc | Self::Doctest | Self::Nextest => true,
        };
        compiles
            && (packages.is_empty() || packages.iter().any(|package| WITH_WINDOW.contains(&package.as_str())))
    }

    /// Runs the stage on these packages, or on all when none is named.
    pub(super) fn run(
        self,
        runner: &Runner,
        workspace: &Workspace,
        packages: &[String],
    ) -> anyhow::Result<Outcome> {
        let mut command = match self {
            Self::Tidy => return Ok(Outcome::of(tidy::check(workspace)?)),
            Self::Codegen => return Ok(Outcome::of(codegen::check(runner, workspace)?)),
            Self::Window => return Ok(Outcome::of(window::check(runner, workspace)?)),
            Self::Phone if !self.compiles_the_window(packages) => return Ok(Outcome::Empty),
            Self::Doctest if !has_library(workspace, packages)? => return Ok(Outcome::Empty),
            Self::Fmt => format_check(workspace, packages),
            Self::Deny => dependency_check(workspace, DENY.provide(runner, workspace)?),
            Self::Clippy => lints(workspace, packages),
            Self::Phone => as_for_a_phone(workspace),
            Self::Doc => documentation(workspace, packages),
            Self::Doctest => examples(workspace, packages),
            Self::Nextest => {
                // Tests of the whole start programs of other packages, which testing alone does not build.
                if !runner.run(&mut programs(workspace, packages))?.success() {
                    return Ok(Outcome::Failed);
                }
                tests(workspace, packages, NEXTEST.provide(runner, workspace)?)
            }
        };
        Ok(Outcome::of(runner.run(&mut command)?.success()))
    }
}

fn format_check(workspace: &Workspace, packages: &[String]) -> Command {
    let mut command = workspace.cargo();
    command.arg("fmt").args(selection("--all", packages)).arg("--check");
    command
}

fn dependency_check(workspace: &Workspace, deny: std::path::PathBuf) -> Command {
    let mut command = workspace.command(deny);
    // Without advisories: their database is fetched from the network at every run.
    command.args(["--workspace", "check", "bans", "licenses", "sources"]);
    command
}

fn lints(workspace: &Workspace, packages: &[String]) -> Command {
    let mut command = workspace.cargo();
    command.arg("clippy").args(selection("--workspace", packages)).arg("--all-targets");
    command.args(["--", "-D", "warnings"]);
    command
}

/// Always the whole workspace: one package alone would have its dependencies compiled anew.
fn as_for_a_phone(workspace: &Workspace) -> Command {
    let mut command = workspace.cargo();
    command.args(["clippy", "--workspace", "--lib", "--", "-D", "warnings"]).env(AS_FOR_A_PHONE, "1");
    command
}

fn documentation(workspace: &Workspace, packages: &[String]) -> Command {
    let mut command = workspace.cargo();
    command.arg("doc").args(selection("--workspace", packages));
    command.args(["--no-deps", "--document-private-items"]).env("RUSTDOCFLAGS", "-D warnings");
    command
}

fn examples(workspace: &Workspace, packages: &[String]) -> Command {
    let mut command = workspace.cargo();
    command.args(["test", "--doc"]).args(selection("--workspace", packages));
    command
}

fn programs(workspace: &Workspace, packages: &[String]) -> Command {
    let mut command = workspace.cargo();
    command.arg("build").args(selection("--workspace", packages)).arg("--bins");
    command
}

fn tests(workspace: &Workspace, packages: &[String], nextest: std::path::PathBuf) -> Command {
    let mut command = workspace.command(nextest);
    command.args(["nextest", "run"]).args(selection("--workspace", packages));
    command
}

/// The packages as Cargo wants them named.
fn selection<'a>(all: &'a str, packages: &'a [String]) -> Vec<&'a str> {
    if packages.is_empty() {
        return vec![all];
    }
    packages.iter().flat_map(|package| ["--package", package.as_str()]).collect()
}

/// Cargo refuses to look for examples where no package has a library.
fn has_library(workspace: &Workspace, packages: &[String]) -> anyhow::Result<bool> {
    let all = workspace.metadata()?.packages;
    let mut chosen = all.iter().filter(|package| packages.is_empty() || packages.contains(&package.name));
    Ok(chosen.any(|package| package.targets.iter().any(|target| target.doctest)))
}
