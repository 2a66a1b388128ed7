//! `cargo xtask run`: from a fresh checkout to the running product.
//!
//! Gets what is missing, builds the relay, the window with its screens and the demo, and opens two windows
//! on the demo company: a technician's and a dispatcher's. Where there is no display, the same is told as
//! a story. Either makes the demo company and starts the relay itself; here it is one program like any
//! other, so Ctrl-C ends it together with everything it started.

use std::env;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};

use crate::process::Runner;
use crate::say;
use crate::system_packages::{self, NeededBy};
use crate::window;
use crate::workspace::Workspace;

/// The packages whose programs are needed either way: the relay, the `halyard` command, the demo.
const PACKAGES: [&str; 3] = ["halyard-sync-server", "halyard-cli", "halyard-tests"];
const WINDOW: &str = "halyard-app";
const STORY: &str = "story";
const WINDOWS: &str = "windows";

/// Build everything, then show Halyard at work with a demo company.
///
/// Installs the system packages that are missing (Debian and Ubuntu; elsewhere it names them), builds the
/// programs, makes the demo company, starts a relay on this machine and opens two windows on it: a
/// technician's and a dispatcher's. Where there is no display, it tells step by step how work done offline
/// reaches the office database. Ctrl-C ends it at any moment; it can be started again at once.
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
    let shown = if has_display() { Shown::Windows } else { Shown::Story };
    say::line(shown.announcement());
    say::line(format_args!(
        "It is the {} demo company. The first build takes minutes. Ctrl-C ends it.",
        options.size.name()
    ));
    system_packages::provide(runner, workspace, NeededBy::Run)?;
    let packages = match shown {
        Shown::Windows => {
            window::build(runner, workspace)?;
            [PACKAGES.as_slice(), &[WINDOW]].concat()
        }
        Shown::Story => PACKAGES.to_vec(),
    };

    say::step("Building");
    let mut build = workspace.cargo();
    build
        .arg("build")
        .args(options.size.profile())
        .args(packages.iter().flat_map(|package| ["--package", package]))
        .arg("--bins");
    if !runner.run(&mut build)?.success() {
        bail!("The programs could not be built. The compiler's reason stands above.");
    }

    say::step("Starting");
    let mut demo = workspace.command(demo_program(workspace, options.size, shown.program())?);
    demo.args(["--size", options.size.name()]);
    let status = runner.run(&mut demo)?;
    if !status.success() {
        bail!("The demo ended early ({status}). Its last lines say where; the data of a run is not reused.");
    }
    Ok(())
}

/// What is shown of the demo company.
#[derive(Clone, Copy)]
enum Shown {
    Windows,
    Story,
}

impl Shown {
    const fn announcement(self) -> &'static str {
        match self {
            Self::Windows => {
                "Gets what is missing, builds everything and opens a technician's and a dispatcher's window."
            }
            Self::Story => {
                "There is no display here, so no window is opened. Gets what is missing, builds the relay and the\n\
                 devices, and tells the story of a visit."
            }
        }
    }

    const fn program(self) -> &'static str {
        match self {
            Self::Windows => WINDOWS,
            Self::Story => STORY,
        }
    }
}

/// Whether a window could be seen. Other systems than Linux have a display whenever somebody works there.
fn has_display() -> bool {
    let named = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || named("DISPLAY") || named("WAYLAND_DISPLAY")
}

/// Where the build has put a program of the demo. Started from there, not through `cargo run`: building
/// one package alone selects other features of shared dependencies and would compile them again.
fn demo_program(workspace: &Workspace, size: Size, name: &str) -> anyhow::Result<PathBuf> {
    let metadata = workspace.metadata()?;
    let mut targets = metadata.packages.iter().flat_map(|package| &package.targets);
    targets
        .find(|target| target.is_program() && target.name == name)
        .with_context(|| format!("halyard-tests has no program named {name}"))?;
    let program = metadata.target_directory.join(size.folder()).join(name);
    Ok(program.with_extension(env::consts::EXE_EXTENSION))
}
