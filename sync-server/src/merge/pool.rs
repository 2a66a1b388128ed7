//! One worker at work and one in reserve.
//!
//! A worker that dies, answers nonsense or takes longer than it may is killed and the one in reserve
//! takes its place at once, so other devices notice nothing; a new reserve is started behind it. Whether
//! the request is tried again is the caller's decision.
//!
//! A request that burns processor time dies of the worker's own limit on it. So one that only takes long
//! says something about the machine and nothing about the request.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Mutex;

use super::job::{Answer, Request};
use super::worker::{MOST_BYTES, SECONDS_A_REQUEST, frame};

/// How long a request may take on a machine with time.
const LONGEST: Duration = Duration::from_secs(5);
const _: () = assert!(SECONDS_A_REQUEST < LONGEST.as_secs());

/// A request without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WorkerLost {
    /// The worker died, or answered nonsense. Its request may be what killed it.
    #[error("a merge worker died")]
    Died,
    /// The worker took too long without using its processor time: the machine is too busy.
    #[error("a merge worker took too long")]
    Slow,
}

/// How a worker is started.
#[derive(Debug, Clone)]
pub struct WorkerCommand {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// How long a request may take.
    pub longest: Duration,
}

/// The workers of a relay.
pub struct Pool {
    command: WorkerCommand,
    bench: Mutex<Bench>,
}

#[derive(Default)]
struct Bench {
    at_work: Option<Worker>,
    reserve: Option<Worker>,
}

struct Worker {
    /// Killed when dropped.
    process: Child,
    input: ChildStdin,
    output: ChildStdout,
}

/// An update replaces the file of a running relay; its workers must still be of its own version. The
/// link leads to the very program that runs, also when its file is gone.
#[cfg(target_os = "linux")]
#[expect(clippy::unnecessary_wraps, reason = "other systems may not say which program this is")]
fn this_program() -> std::io::Result<PathBuf> {
    Ok(PathBuf::from("/proc/self/exe"))
}

#[cfg(not(target_os = "linux"))]
fn this_program() -> std::io::Result<PathBuf> {
    std::env::current_exe()
}

impl WorkerCommand {
    /// This very program's hidden subcommand.
    ///
    /// # Errors
    /// When the system does not say which program this is.
    pub fn of_this_program() -> std::io::Result<Self> {
        Ok(Self { program: this_program()?, arguments: vec!["merge-worker".to_owned()], longest: LONGEST })
    }

    fn start(&self) -> std::io::Result<Worker> {
        let mut process = Command::new(&self.program)
            .args(&self.arguments)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let missing = || std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        let input = process.stdin.take().ok_or_else(missing)?;
        let output = process.stdout.take().ok_or_else(missing)?;
        Ok(Worker { process, input, output })
    }
}

impl Pool {
    /// Starts a worker and its reserve.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub fn start(command: WorkerCommand) -> std::io::Result<Self> {
        let bench = Bench { at_work: Some(command.start()?), reserve: Some(command.start()?) };
        Ok(Self { command, bench: Mutex::new(bench) })
    }

    /// Asks a worker.
    ///
    /// # Errors
    /// When the worker died, took too long or answered nonsense. It is already replaced.
    pub async fn ask(&self, request: &Request) -> Result<Answer, WorkerLost> {
        let frame = frame(request).map_err(|_| WorkerLost::Died)?;
        let mut bench = self.bench.lock().await;
        // Out of the bench while it works: if the caller goes away in the middle of an answer, the
        // worker is dropped with the call, and nobody reads the rest of somebody else's answer.
        // One that died while it waited, for one because the machine ran out of memory, is nobody's fault.
        let at_work = bench.at_work.take().and_then(Worker::living);
        let Some(mut worker) = at_work.or_else(|| self.replacement(&mut bench)) else {
            return Err(WorkerLost::Died);
        };
        let lost = match tokio::time::timeout(self.command.longest, worker.exchange(&frame)).await {
            Ok(Ok(answer)) => {
                bench.at_work = Some(worker);
                return Ok(answer);
            }
            Ok(Err(_)) => WorkerLost::Died,
            Err(_) => WorkerLost::Slow,
        };
        drop(worker);
        bench.at_work = self.replacement(&mut bench);
        tracing::warn!("{lost} and was replaced");
        Err(lost)
    }

    fn replacement(&self, bench: &mut Bench) -> Option<Worker> {
        let started = bench.reserve.take().and_then(Worker::living).or_else(|| self.start_one());
        bench.reserve = self.start_one();
        started
    }

    fn start_one(&self) -> Option<Worker> {
        let started = self.command.start();
        started.inspect_err(|error| tracing::error!(%error, "a merge worker could not be started")).ok()
    }
}

impl Worker {
    fn living(mut self) -> Option<Self> {
        matches!(self.process.try_wait(), Ok(None)).then_some(self)
    }

    async fn exchange(&mut self, frame: &[u8]) -> std::io::Result<Answer> {
        self.input.write_all(frame).await?;
        self.input.flush().await?;
        let length = usize::try_from(self.output.read_u32().await?).unwrap_or(usize::MAX);
        if length > MOST_BYTES {
            return Err(std::io::ErrorKind::InvalidData.into());
        }
        let mut answer = vec![0; length];
        self.output.read_exact(&mut answer).await?;
        ciborium::from_reader(answer.as_slice()).map_err(std::io::Error::other)
    }
}
