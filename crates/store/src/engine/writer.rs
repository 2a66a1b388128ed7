//! The writer thread: group commit.
//!
//! It takes whatever jobs wait, up to [`GROUP`], runs each in a savepoint of one transaction (one that is
//! alone in the transaction itself), and answers them after the commit is on disk: one fsync carries them
//! all. A job that fails or panics takes nobody with it. A disk without room refuses the whole group, of which nothing was
//! flushed: once there is room, writing goes on. A disk that fails takes everybody: the group is told that the engine
//! stopped, and nothing is written after it, not even at closing.
//!
//! What a commit wrote stands in SQLite's log first. It is moved into the database while nobody asks for anything,
//! so that nobody who saves waits for it; whoever starts the writer hears of it then. A flush that fails there stops
//! the engine too: tried again it would succeed over pages the kernel has dropped, and the log would begin anew.
//!
//! The relay has a sibling, `sync-server/src/storage/sqlite/writer.rs`, for callers that await. They stay two: no crate
//! below both knows of threads, and what they share is less than what they would ask of it. Whoever mends one looks at
//! the other.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::error::{Stop, StopReason, StoreError};

/// The most jobs one transaction carries.
const GROUP: usize = 256;
/// So many jobs are worth moving from the log into the database.
const WORTH_MOVING: usize = 64;
/// How long nobody has to ask for anything before the log is moved.
const REST: Duration = Duration::from_millis(250);
/// So many pages in the log are moved without a rest: it would outgrow what it is cut back to.
const TOO_LONG: i64 = 16_000;

/// A piece of work: takes its turn in the transaction, and answers when the group is decided.
pub(super) type Job = Box<dyn FnOnce(Turn<'_>) -> Ran + Send>;
type Answer = Box<dyn FnOnce(&Result<(), Refused>)>;

/// What a job meets when its turn comes.
pub(super) enum Turn<'a> {
    /// The open transaction, shared with other jobs.
    Run(&'a Connection),
    /// The open transaction, for this job alone.
    Alone(&'a Connection),
    /// There is no transaction.
    Refused(&'a Refused),
}

/// What a job leaves behind.
pub(super) struct Ran {
    answer: Answer,
    /// The disk failed under it: the group must not be committed.
    fatal: Option<Stop>,
}

/// Why no job of a group is saved.
#[derive(Clone)]
pub(super) enum Refused {
    /// Somebody else held the file; nothing was tried.
    Busy,
    /// The disk failed.
    Stopped(Stop),
}

impl From<&Refused> for StoreError {
    fn from(refused: &Refused) -> Self {
        match refused {
            Refused::Busy => Self::Busy,
            Refused::Stopped(stop) => Self::Stopped(stop.clone()),
        }
    }
}

/// A job with the place where its answer will come.
pub(super) struct Asked<T> {
    pub(super) job: Job,
    pub(super) answer: Receiver<Result<T, StoreError>>,
}

/// Makes a job of `work`.
pub(super) fn ask<T, F>(work: F) -> Asked<T>
where
    T: Send + 'static,
    F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
{
    let (sender, answer) = channel();
    let job: Job = Box::new(move |turn| {
        let done = match turn {
            Turn::Run(connection) => in_savepoint(connection, work),
            Turn::Alone(connection) => alone(connection, work),
            Turn::Refused(refused) => {
                let done: Result<T, StoreError> = Err(refused.into());
                return Ran { answer: Box::new(move |_| send(&sender, &Ok(()), done)), fatal: None };
            }
        };
        let fatal = done.as_ref().err().and_then(StoreError::stop);
        Ran { answer: Box::new(move |group| send(&sender, group, done)), fatal }
    });
    Asked { job, answer }
}

fn send<T>(sender: &Sender<Result<T, StoreError>>, group: &Result<(), Refused>, done: Result<T, StoreError>) {
    let answer = match group {
        Ok(()) => done,
        Err(refused) => Err(refused.into()),
    };
    if sender.send(answer).is_err() {
        tracing::debug!("nobody waited for what was written");
    }
}

fn in_savepoint<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.execute_batch("SAVEPOINT job")?;
    match caught(connection, work) {
        Ok(done) => {
            connection.execute_batch("RELEASE job")?;
            Ok(done)
        }
        // After some failures SQLite has rolled everything back itself, and there is no savepoint left.
        Err(error) if connection.is_autocommit() => Err(error),
        Err(error) => {
            connection.execute_batch("ROLLBACK TO job; RELEASE job")?;
            Err(error)
        }
    }
}

/// Without a savepoint: for each statement SQLite walks all pages that were kept for an open one, which
/// makes a job that touches tens of thousands of pages ten times slower.
fn alone<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let done = caught(connection, work);
    if done.is_err() && !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK; BEGIN")?;
    }
    done
}

fn caught<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    catch_unwind(AssertUnwindSafe(|| work(connection))).unwrap_or(Err(StoreError::Panicked))
}

/// Writes until nobody can ask any more, or until the disk fails.
pub(super) fn run(
    connection: &Connection,
    waiting: &Receiver<Job>,
    stopped: &OnceLock<Stop>,
    moved: &dyn Fn(),
) {
    let Err(stop) = write_all(connection, waiting, stopped, moved) else { return };
    tracing::error!(error = %stop, "the device database stopped writing");
    // Closing would otherwise move the log into the database, with another fsync.
    if let Err(error) = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true) {
        tracing::error!(error = %error, "the log may be moved at closing");
    }
}

fn write_all(
    connection: &Connection,
    waiting: &Receiver<Job>,
    stopped: &OnceLock<Stop>,
    moved: &dyn Fn(),
) -> Result<(), Stop> {
    let mut in_the_log = 0;
    loop {
        let is_rested = match next(waiting, in_the_log >= WORTH_MOVING) {
            Ok(first) => {
                let others = waiting.try_iter().take(GROUP - 1);
                let group: Vec<Job> = std::iter::once(first).chain(others).collect();
                in_the_log += group.len();
                write_group(connection, group, stopped)?;
                false
            }
            Err(RecvTimeoutError::Timeout) => true,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        };
        // A log that cannot be asked is moved, and that says why it cannot.
        if is_rested || is_too_long(connection).unwrap_or(true) {
            in_the_log = 0;
            move_log(connection, moved).map_err(|stop| note(stopped, stop))?;
        }
    }
}

/// The next job. Who rests waits for it only so long.
fn next(waiting: &Receiver<Job>, rests: bool) -> Result<Job, RecvTimeoutError> {
    if rests {
        waiting.recv_timeout(REST)
    } else {
        waiting.recv().map_err(|_| RecvTimeoutError::Disconnected)
    }
}

fn is_too_long(connection: &Connection) -> rusqlite::Result<bool> {
    let mut pages = connection.prepare_cached("PRAGMA wal_checkpoint(NOOP)")?;
    pages.query_row([], |row| Ok(row.get::<_, i64>(1)? >= TOO_LONG))
}

/// Moves as much as no reader holds; the log keeps everything that was not moved. Without room for it nothing is lost,
/// and it is tried again.
fn move_log(connection: &Connection, moved: &dyn Fn()) -> Result<(), Stop> {
    match connection.execute_batch("PRAGMA wal_checkpoint(PASSIVE)").map_err(|error| Stop::of(&error)) {
        Ok(()) => {
            moved();
            Ok(())
        }
        Err(stop) if stop.reason == StopReason::DiskFull => {
            tracing::warn!(error = %stop, "the log could not be moved into the database");
            Ok(())
        }
        Err(stop) => Err(stop),
    }
}

fn write_group(connection: &Connection, group: Vec<Job>, stopped: &OnceLock<Stop>) -> Result<(), Stop> {
    let refuse = |group: Vec<Job>, refused: &Refused| {
        group.into_iter().for_each(|job| (job(Turn::Refused(refused)).answer)(&Ok(())));
    };
    if let Err(error) = connection.execute_batch("BEGIN IMMEDIATE") {
        if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) {
            refuse(group, &Refused::Busy);
            return Ok(());
        }
        let stop = ended(connection, stopped, Stop::of(&error));
        refuse(group, &Refused::Stopped(stop.clone()));
        return if stopped.get().is_some() { Err(stop) } else { Ok(()) };
    }
    let mut answers = Vec::with_capacity(group.len());
    let mut failed: Option<Stop> = None;
    let is_alone = group.len() == 1;
    for job in group {
        if let Some(stop) = &failed {
            answers.push(job(Turn::Refused(&Refused::Stopped(stop.clone()))).answer);
            continue;
        }
        let ran = job(if is_alone { Turn::Alone(connection) } else { Turn::Run(connection) });
        answers.push(ran.answer);
        // Without its transaction every later job would be a commit of its own.
        failed = ran.fatal.or_else(|| connection.is_autocommit().then(Stop::rolled_back));
    }
    let committed = match failed {
        None => connection.execute_batch("COMMIT").map_err(|error| Stop::of(&error)),
        Some(stop) => Err(stop),
    };
    let decided = committed.map_err(|stop| ended(connection, stopped, stop));
    let told = decided.clone().map_err(Refused::Stopped);
    answers.into_iter().for_each(|answer| answer(&told));
    if stopped.get().is_some() { decided } else { Ok(()) }
}

/// Takes the transaction back, and stops the engine unless only room is lacking.
fn ended(connection: &Connection, stopped: &OnceLock<Stop>, stop: Stop) -> Stop {
    // The next start rolls back what this cannot.
    if !connection.is_autocommit()
        && let Err(error) = connection.execute_batch("ROLLBACK")
    {
        tracing::debug!(error = %error, "could not roll back after the disk failed");
    }
    if stop.reason == StopReason::DiskFull && connection.is_autocommit() {
        tracing::warn!(error = %stop, "there is no room for what was to be written");
        return stop;
    }
    note(stopped, stop)
}

/// Stops the engine before anybody is told, so that whoever hears of it sees it stopped.
fn note(stopped: &OnceLock<Stop>, stop: Stop) -> Stop {
    stopped.get_or_init(|| stop).clone()
}
