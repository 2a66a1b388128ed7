//! `cargo xtask run`: from a fresh checkout to the running product.
//!
//! Gets what is missing, builds the relay, the window with its screens and the demo, and opens two windows
//! on the demo company: a technician's and a dispatcher's. Where there is no display, the same is told as
//! a story. Either makes the demo company and starts the relay itself; here it is one program like any
//! other, so Ctrl-C ends it together with everything it started.

use anyhow::bail;
use clap::{Args, ValueEnum};

use crate::display::Display;
use crate::process::Runner;
use crate::programs::{self, Build};
use crate::say;
use crate::system_packages::{self, NeededBy};
use crate::window;
use crate::workspace::Workspace;

/// The programs that are needed either way: the relay, the command for IT, the maker of the company.
const PROGRAMS: [&str; 3] = ["sync-server", "halyard", "demo-data"];
/// What tells the story.
const STORY: &str = "story";
/// What opens the windows, and the window.
const WINDOWS: &str = "windows";
const WINDOW: &str = "halyard-app";

/// Build everything, then show Halyard at work with a demo company.
///
/// Installs the system packages that are missing (Debian and Ubuntu; elsewhere it names them), builds the
/// programs, makes the demo company, starts a relay on this machine and opens two windows on it: a
/// technician's and a dispatcher's. Where no display answers, it tells step by step how work done offline
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

    /// How what works on it is to be built. A real company takes many times longer unoptimised than the
    /// optimised build takes.
    pub(crate) const fn build(self) -> Build {
        match self {
            Self::Small => Build::Quick,
            Self::Medium | Self::Large => Build::Optimised,
        }
    }
}

/// Performs the command.
pub(crate) fn run(runner: &Runner, workspace: &Workspace, options: &Options) -> anyhow::Result<()> {
    let display = Display::here();
    say::line(announcement(&display));
    let shown = if display == Display::Answers { Shown::Windows } else { Shown::Story };
    say::line(format_args!(
        "It is the {} demo company. The first build takes minutes. Ctrl-C ends it.",
        options.size.name()
    ));
    system_packages::provide(runner, workspace, NeededBy::Run)?;
    if matches!(shown, Shown::Windows) {
        window::build(runner, workspace)?;
    }
    let build = options.size.build();
    let (program, needed) = shown.program();
    programs::build(runner, workspace, build, &[PROGRAMS.as_slice(), &[program], needed].concat())?;

    say::step("Starting");
    let mut demo = workspace.command(programs::built(workspace, build, program)?);
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
    /// The program that shows it, and what it needs beside those that are needed either way.
    const fn program(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::Windows => (WINDOWS, &[WINDOW]),
            Self::Story => (STORY, &[]),
        }
    }
}

fn announcement(display: &Display) -> String {
    let why = match display {
        Display::Answers => {
            return "Gets what is missing, builds everything and opens a technician's and a dispatcher's window."
                .to_owned();
        }
        Display::Unnamed => "There is no display here".to_owned(),
        Display::Dead(named) => format!("The display this terminal names does not answer ({named})"),
    };
    format!(
        "{why}, so no window is opened.\nGets what is missing, builds the relay and the devices, and tells the story of a \
         visit."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_that_does_not_answer_is_named_before_anything_is_made() {
        let said = announcement(&Display::Dead("DISPLAY=:99".to_owned()));
        assert!(said.contains("does not answer (DISPLAY=:99), so no window is opened."), "{said}");
    }
}
