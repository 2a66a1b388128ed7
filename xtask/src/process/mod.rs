//! Child programs that never outlive the command that started them.
//!
//! A program runs in a process group of its own. Ctrl-C, a termination request or a closed terminal is
//! passed on to the whole group once, the group is waited for, and what does not end by itself is ended.
//! Only then does the command end, so nothing is left running behind it.
//!
//! The surprising part: on Linux this process adopts the orphans of its children. Without that, a
//! grandchild left behind could be neither noticed nor waited for.

mod group;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests;

use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{fmt, io, thread};

use anyhow::Context as _;

use self::group::{Group, Urgency};
use crate::say;

/// What a shell reports for a program ended by Ctrl-C.
pub(crate) const STOPPED_EXIT_CODE: u8 = 130;

/// How long a program may tidy up after it was asked to stop; cargo-nextest gives its tests ten seconds.
const TIME_TO_STOP: Duration = Duration::from_secs(20);

/// How long processes left behind by a program that has ended may take to end too.
const TIME_TO_FOLLOW: Duration = Duration::from_secs(5);

/// The person stopped the command; every program it had started has ended.
#[derive(Debug)]
pub(crate) struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Stopped. Nothing was left running; the same command can be given again.")
    }
}

impl std::error::Error for Stopped {}

enum Event {
    StopRequested,
    ProgramEnded(io::Result<ExitStatus>),
    GroupGone,
}

/// Whether a stop request ends this process at once or goes to a running program first.
#[derive(PartialEq)]
enum Activity {
    Own,
    Program,
}

/// Starts programs one after the other and passes stop requests on to them.
pub(crate) struct Runner {
    activity: Arc<Mutex<Activity>>,
    sender: Sender<Event>,
    events: Receiver<Event>,
    time_to_stop: Duration,
    time_to_follow: Duration,
}

impl Runner {
    /// Listens to Ctrl-C, termination and hang-up from now on. One process can have only one of these.
    pub(crate) fn listening() -> anyhow::Result<Self> {
        let runner = Self::deaf();
        let (activity, sender) = (Arc::clone(&runner.activity), runner.sender.clone());
        ctrlc::set_handler(move || {
            // Held while deciding, so that no program can be started between the look and the exit.
            let activity = activity.lock().unwrap_or_else(PoisonError::into_inner);
            if *activity == Activity::Own || sender.send(Event::StopRequested).is_err() {
                say::problem(Stopped);
                std::process::exit(STOPPED_EXIT_CODE.into());
            }
        })
        .context("could not listen to Ctrl-C")?;
        Ok(runner)
    }

    fn deaf() -> Self {
        group::adopt_orphans();
        let (sender, events) = channel();
        Self {
            activity: Arc::new(Mutex::new(Activity::Own)),
            sender,
            events,
            time_to_stop: TIME_TO_STOP,
            time_to_follow: TIME_TO_FOLLOW,
        }
    }

    /// Runs the program to its end. Fails with [`Stopped`] when the person stopped it.
    pub(crate) fn run(&self, command: &mut Command) -> anyhow::Result<ExitStatus> {
        group::own_group(command.stdin(Stdio::null()));
        let child = self.start(command)?;
        let group = Group::of(&child);
        self.wait(child, Some(group))
    }

    /// Runs a program that may ask for a password, in the group of this one.
    ///
    /// The terminal sends it Ctrl-C itself. A stop request from elsewhere is not passed on but kept until the
    /// program has ended: half an installation helps nobody.
    pub(crate) fn run_in_foreground(&self, command: &mut Command) -> anyhow::Result<ExitStatus> {
        let child = self.start(command)?;
        self.wait(child, None)
    }

    fn start(&self, command: &mut Command) -> anyhow::Result<Child> {
        let mut activity = self.activity.lock().unwrap_or_else(PoisonError::into_inner);
        let child = command
            .spawn()
            .with_context(|| format!("could not start {}", command.get_program().to_string_lossy()))?;
        *activity = Activity::Program;
        Ok(child)
    }

    fn wait(&self, mut child: Child, group: Option<Group>) -> anyhow::Result<ExitStatus> {
        let sender = self.sender.clone();
        let waiter = thread::spawn(move || {
            let ended = child.wait();
            // Nobody listens any more only when this process is ending anyway.
            drop(sender.send(Event::ProgramEnded(ended)));
            if let Some(group) = group {
                group.wait_until_gone();
            }
            drop(sender.send(Event::GroupGone));
        });
        let ended = self.until_gone(group);
        drop(waiter.join());
        *self.activity.lock().unwrap_or_else(PoisonError::into_inner) = Activity::Own;
        ended
    }

    fn until_gone(&self, group: Option<Group>) -> anyhow::Result<ExitStatus> {
        let mut stop_requested = false;
        let mut urgency = Urgency::Please;
        let mut deadline: Option<Instant> = None;
        let mut ended: Option<io::Result<ExitStatus>> = None;
        loop {
            match self.next_event(deadline)? {
                Some(Event::GroupGone) => break,
                Some(Event::ProgramEnded(result)) => {
                    ended = Some(result);
                    deadline = group.map(|_| Instant::now() + self.time_to_follow);
                }
                Some(Event::StopRequested) => {
                    stop_requested = true;
                    urgency = group.map_or(urgency, |group| group.ask_to_end(urgency));
                    deadline = group.map(|_| Instant::now() + self.time_to_stop);
                }
                None => {
                    urgency = group.map_or(urgency, |group| group.ask_to_end(urgency));
                    deadline = group.map(|_| Instant::now() + self.time_to_follow);
                }
            }
        }
        if stop_requested {
            return Err(Stopped.into());
        }
        ended.context("a program ended without a result")?.context("could not wait for a program")
    }

    /// The next event, or `None` when the deadline passed without one.
    fn next_event(&self, deadline: Option<Instant>) -> anyhow::Result<Option<Event>> {
        let Some(deadline) = deadline else {
            return Ok(Some(self.events.recv()?));
        };
        match self.events.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(event) => Ok(Some(event)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(error @ RecvTimeoutError::Disconnected) => Err(error.into()),
        }
    }
}
