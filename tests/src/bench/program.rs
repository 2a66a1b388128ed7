//! Programs that are measured from outside: started, told to go, watched while they still live.
//!
//! A measured program says a line when it is ready, works after it was sent a line, says what it found,
//! and stays until its input ends, so that the system still knows what it used.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use serde_json::Value;

/// How long a program may take to say that it is ready.
const READY: Duration = Duration::from_secs(60);

/// How long a program may take to end.
const TO_END: Duration = Duration::from_secs(60);

/// A program that talks in lines of JSON. Ends with a kill when dropped.
#[derive(Debug)]
pub(super) struct Program {
    process: Child,
    /// Gone when its end was told.
    input: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl Program {
    /// Starts the program and waits for its first line.
    ///
    /// # Errors
    /// When it does not start.
    pub(super) fn start(command: &mut Command) -> anyhow::Result<(Self, Value)> {
        Self::start_slowly(command, READY)
    }

    /// As [`Program::start`], for a program that says its first line only after so long.
    ///
    /// # Errors
    /// When it does not start, or says nothing in time.
    pub(super) fn start_slowly(command: &mut Command, within: Duration) -> anyhow::Result<(Self, Value)> {
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {}", command.get_program().to_string_lossy()))?;
        let output = process.stdout.take().context("reading what a program says")?;
        let input = process.stdin.take().context("talking to a program")?;
        let (said, lines) = channel();
        thread::spawn(move || {
            // Nobody listens any more when the program is dropped.
            BufReader::new(output).lines().map_while(Result::ok).try_for_each(|line| said.send(line))
        });
        let mut program = Self { process, input: Some(input), lines };
        let ready = program.answer(within)?;
        Ok((program, ready))
    }

    /// Tells the program to go.
    ///
    /// # Errors
    /// When it has ended.
    pub(super) fn go(&mut self) -> anyhow::Result<()> {
        let input = self.input.as_mut().context("the program was told to end")?;
        Ok(input.write_all(b"go\n")?)
    }

    /// The next thing it says, for which it may take so long.
    ///
    /// # Errors
    /// When it says nothing in time, ends, or says something that is no JSON.
    pub(super) fn answer(&mut self, within: Duration) -> anyhow::Result<Value> {
        match self.lines.recv_timeout(within) {
            Ok(line) => serde_json::from_str(&line).with_context(|| format!("a program said {line:?}")),
            Err(RecvTimeoutError::Timeout) => bail!("not finished after {} s", within.as_secs()),
            Err(RecvTimeoutError::Disconnected) => {
                bail!("the program ended early: {}", self.process.wait()?)
            }
        }
    }

    /// Ends its input and waits until it has ended in its own way.
    ///
    /// # Errors
    /// When it does not end in time, or did not end well.
    pub(super) fn end(mut self) -> anyhow::Result<()> {
        drop(self.input.take());
        let ended = self.lines.recv_timeout(TO_END);
        ensure!(ended == Err(RecvTimeoutError::Disconnected), "a program did not end: {ended:?}");
        let status = self.process.wait()?;
        ensure!(status.success(), "a program ended with {status}");
        Ok(())
    }

    /// Its process id.
    #[must_use]
    pub(super) fn pid(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // A program that has ended already cannot be killed, and there is nobody to tell.
        if self.process.kill().is_ok() {
            drop(self.process.wait());
        }
    }
}
