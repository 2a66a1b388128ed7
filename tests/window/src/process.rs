//! A program of a run, in a process group of its own: it ends together with all it started.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, ensure};
use rustix::process::{Pid, Signal, kill_process_group};

/// A running program.
#[derive(Debug)]
pub(crate) struct Program {
    child: Child,
}

impl Program {
    /// Starts it. What it says goes nowhere unless it is read by [`Program::first_line`].
    pub(crate) fn start(command: &mut Command) -> anyhow::Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.stdin(Stdio::null()).process_group(0).spawn();
        let child = child.with_context(|| {
            format!("could not start {name}; `cargo xtask test` installs what the window tests need")
        })?;
        Ok(Self { child })
    }

    /// Starts a program that says on its first line that it is ready, and gives that line.
    pub(crate) fn first_line(command: &mut Command) -> anyhow::Result<(Self, String)> {
        let mut program = Self::start(command.stdout(Stdio::piped()))?;
        let stdout = program.child.stdout.take().context("the program has no output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        ensure!(!line.trim().is_empty(), "{} ended before it was ready", command.get_program().display());
        Ok((program, line.trim().to_owned()))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) else { return };
        // A group that has ended already cannot be killed, and there is nobody to tell.
        if kill_process_group(group, Signal::KILL).is_ok() {
            drop(self.child.wait());
        }
    }
}
