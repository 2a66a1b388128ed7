//! A program of a run, in a process group of its own: it ends together with all it started.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, ensure};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, kill_process_group, pidfd_open};

/// The longest the system takes to end what was killed.
const DYING: Timespec = Timespec { tv_sec: 10, tv_nsec: 0 };

/// A running program.
#[derive(Debug)]
pub(crate) struct Program {
    child: Child,
}

/// A process as the system tells of it, which may end at any moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Running(u32);

impl Program {
    /// Starts it. What it says goes nowhere unless it is read by [`Program::first_line`].
    pub(crate) fn start(command: &mut Command) -> anyhow::Result<Self> {
        Self::spawn(command.stdin(Stdio::null()))
    }

    /// Starts it with something to read.
    pub(crate) fn given(command: &mut Command, input: &[u8]) -> anyhow::Result<Self> {
        let mut program = Self::spawn(command.stdin(Stdio::piped()))?;
        program.child.stdin.take().context("the program reads nothing")?.write_all(input)?;
        Ok(program)
    }

    fn spawn(command: &mut Command) -> anyhow::Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.process_group(0).spawn();
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

impl Program {
    /// The process below this one that runs a program of this name.
    pub(crate) fn started(&self, name: &str) -> anyhow::Result<Running> {
        let tree = Running(self.child.id()).tree()?;
        let named = |one: &u32| {
            fs::read_link(format!("/proc/{one}/exe")).is_ok_and(|program| program.ends_with(name))
        };
        let found = tree.into_iter().find(named);
        found.map(Running).with_context(|| format!("{name} does not run"))
    }
}

impl Running {
    /// The process and all below it.
    pub(crate) fn tree(self) -> anyhow::Result<BTreeSet<u32>> {
        let mut parents = BTreeMap::new();
        for entry in fs::read_dir("/proc").context("the system has no /proc")? {
            let Some(one) = entry?.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
            // A process may end while it is looked at.
            if let Ok(parent) = Self(one).field(1) {
                parents.insert(one, parent);
            }
        }
        let mut tree = BTreeSet::from([self.0]);
        loop {
            let below =
                parents.iter().filter(|(_, parent)| tree.iter().any(|one| u64::from(*one) == **parent));
            let more: Vec<u32> = below.map(|(one, _)| *one).filter(|one| !tree.contains(one)).collect();
            if more.is_empty() {
                return Ok(tree);
            }
            tree.extend(more);
        }
    }

    /// When it started, in ticks since the machine did.
    pub(crate) fn started_ticks(self) -> anyhow::Result<u64> {
        self.field(19)
    }

    /// A number of `/proc/PID/stat`, counted from behind the program's name.
    fn field(self, at: usize) -> anyhow::Result<u64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.0))?;
        let numbers = stat.rsplit_once(')').map(|(_, numbers)| numbers);
        let number = numbers.and_then(|numbers| numbers.split_whitespace().nth(at)?.parse().ok());
        number.context("the system tells nothing of a process")
    }
}

/// What can be read from as soon as a process has ended; nothing when it has already.
fn end_of(process: u32) -> Option<OwnedFd> {
    let process = Pid::from_raw(i32::try_from(process).ok()?)?;
    pidfd_open(process, PidfdFlags::empty()).ok()
}

impl Drop for Program {
    fn drop(&mut self) {
        let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) else { return };
        let ends = Running(self.child.id()).tree().unwrap_or_default().into_iter().filter_map(end_of);
        let ends: Vec<OwnedFd> = ends.collect();
        // A group that has ended already cannot be killed, and there is nobody to tell.
        if kill_process_group(group, Signal::KILL).is_ok() {
            drop(self.child.wait());
        }
        // What it started may still hold files for a moment; one the system cannot end is not waited for.
        for end in &ends {
            if poll(&mut [PollFd::new(end, PollFlags::IN)], Some(&DYING)).is_err() {
                return;
            }
        }
    }
}
