//! `cargo xtask run`: from a fresh checkout to the running product.
//!
//! Gets what is missing, builds the relay, the device programs and the story, and starts the story. The
//! story makes the demo company and starts the relay itself; here it is one program like any other, so
//! Ctrl-C ends it together with everything it started.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};

use crate::process::Runner;
use crate::say;
use crate::system_packages::{self, NeededBy};
use crate::workspace::Workspace;

/// The packages whose programs the story needs: the relay, the `halyard` command and the story itself.
const PACKAGES: [&str; 3] = ["halyard-sync-server", "halyard-cli", "halyard-tests"];
const STORY: &str = "story";

/// Build everything, then show Halyard at work with a demo company.
///
/// Installs the system packages that are missing (Debian and Ubuntu; elsewhere it names them), builds the
/// programs, makes the demo company, starts a relay on this machine and tells step by step how work done
/// offline reaches the office database. Ctrl-C ends it at any moment; it can be started again at once.
#[derive(Args)]
pub(crate) struct Options {
    /// How much data the demo company has.
    #[arg(long, value_enum, default_value_t = Size::Small)]
    size: Size,
}

/// How much data a demo company has.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Size {
    Small,
    Medium,
    Large,
}

impl Size {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }

    /// How Cargo is to build what works on it. A real company takes many times longer unoptimised than the
    /// optimised build takes.
    pub(crate) const fn profile(self) -> &'static [&'static str] {
        match self {
            Self::Small => &[],
            Self::Medium | Self::Large => &["--release"],
        }
    }

    /// The folder that such a build is put into.
    const fn folder(self) -> &'static str {
        match self {
            Self::Small => "debug",
            Self::Medium | Self::Large => "release",
        }
    }
}

/// Performs the command.
pub(crate) fn run(runner: &Runner, workspace: &Workspace, options: &Options) -> anyhow::Result<()> {
    say::line("Gets what is missing, builds the relay and the devices, and tells the story of a visit with");
    say::line(format_args!(
        "the {} demo company. The first build takes minutes. Ctrl-C ends it.",
        options.size.name()
    ));
    system_packages::provide(runner, workspace, NeededBy::Run)?;

    say::step("Building");
    let mut build = workspace.cargo();
    build
        .arg("build")
        .args(options.size.profile())
        .args(PACKAGES.iter().flat_map(|package| ["--package", package]))
        .arg("--bins");
    if !runner.run(&mut build)?.success() {
        bail!("The programs could not be built. The compiler's reason stands above.");
    }

    say::step("Starting the story");
    let mut story = workspace.command(story_program(workspace, options.size)?);
    story.args(["--size", options.size.name()]);
    let status = runner.run(&mut story)?;
    if !status.success() {
        bail!("The story ended early ({status}). Its last lines say where; the data of a run is not reused.");
    }
    Ok(())
}

/// Where the build has put the story. Started from there, not through `cargo run`: building one package
/// alone selects other features of shared dependencies and would compile them again.
fn story_program(workspace: &Workspace, size: Size) -> anyhow::Result<PathBuf> {
    let metadata = workspace.metadata()?;
    let mut targets = metadata.packages.iter().flat_map(|package| &package.targets);
    targets
        .find(|target| target.is_program() && target.name == STORY)
        .context("halyard-tests has no program named story")?;
    let program = metadata.target_directory.join(size.folder()).join(STORY);
    Ok(program.with_extension(std::env::consts::EXE_EXTENSION))
}
