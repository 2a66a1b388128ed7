//! The one thread that writes.
//!
//! Jobs that wait together are committed together: up to [`MOST_JOBS`] of them in one transaction, each
//! in a savepoint of its own unless it is alone, so that one fsync answers many devices and one bad job
//! undoes only itself. A job is answered after the commit and never before.
//!
//! A failed write, commit or fsync ends the writer: what the disk holds is then unknown, and trying
//! the fsync again would report success for pages the kernel has already dropped. Every later job is
//! refused with the reason until IT has looked and started the relay again; nothing is written at closing
//! either. A file that another program holds (somebody looks with the `sqlite3` shell) is no such failure:
//! those who waited are told, and the next try again.
//!
//! The device has a sibling, `crates/store/src/engine/writer.rs`, for callers that block and rest. They stay two: no
//! crate below both knows of threads, and what they share is less than what they would ask of it. Whoever mends one
//! looks at the other.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode};
use tokio::sync::{mpsc, oneshot};

use super::stop;
use crate::storage::{Stop, StopReason, StorageError};

/// How many jobs share one commit.
const MOST_JOBS: usize = 256;
/// How many jobs may wait before callers do.
const QUEUE: usize = 4096;
/// So many pages in the log are moved into the database.
const WORTH_MOVING: i64 = 4000;

/// The handle of the writer thread.
pub(super) struct Writer {
    jobs: Option<mpsc::Sender<Box<dyn Job>>>,
    stopped: Arc<OnceLock<Stop>>,
    thread: Option<JoinHandle<()>>,
}

/// Something to be done inside the shared transaction.
trait Job: Send {
    fn run(&mut self, connection: &Connection) -> Ran;
    fn answer(self: Box<Self>, committed: Result<(), StorageError>);
}

#[derive(Clone, PartialEq, Eq)]
enum Ran {
    Done,
    Refused,
    /// The disk or the file failed under it.
    Broke(Stop),
}

/// Why no job of a batch is kept.
#[derive(Clone)]
enum NotKept {
    /// Somebody else held the file; nothing was tried.
    Busy,
    Stopped(Stop),
}

impl From<NotKept> for StorageError {
    fn from(not_kept: NotKept) -> Self {
        match not_kept {
            NotKept::Busy => Self::Busy,
            NotKept::Stopped(stop) => Self::Stopped(stop),
        }
    }
}

struct JobOf<T, F> {
    work: Option<F>,
    done: Option<Result<T, StorageError>>,
    reply: oneshot::Sender<Result<T, StorageError>>,
}

impl<T, F> Job for JobOf<T, F>
where
    T: Send,
    F: FnOnce(&Connection) -> Result<T, StorageError> + Send,
{
    fn run(&mut self, connection: &Connection) -> Ran {
        let Some(work) = self.work.take() else { return Ran::Refused };
        let done = catch_unwind(AssertUnwindSafe(|| work(connection))).unwrap_or(Err(StorageError::Bug));
        let ran = match &done {
            Ok(_) => Ran::Done,
            Err(StorageError::Stopped(stop)) => Ran::Broke(stop.clone()),
            Err(_) => Ran::Refused,
        };
        self.done = Some(done);
        ran
    }

    fn answer(self: Box<Self>, committed: Result<(), StorageError>) {
        let answer = match (self.done, committed) {
            (Some(Err(refused)), _) => Err(refused),
            (_, Err(lost)) => Err(lost),
            (Some(Ok(done)), Ok(())) => Ok(done),
            (None, Ok(())) => Err(StorageError::Bug),
        };
        // The caller may have gone away; what was committed stays committed.
        drop(self.reply.send(answer));
    }
}

impl Writer {
    /// Starts the thread that owns `connection`.
    pub(super) fn start(connection: Connection) -> Result<Self, StorageError> {
        let (jobs, waiting) = mpsc::channel(QUEUE);
        let stopped = Arc::new(OnceLock::new());
        let told = Arc::clone(&stopped);
        let thread = std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || serve(&connection, waiting, &told))
            .map_err(|source| no_writer(source.to_string()))?;
        Ok(Self { jobs: Some(jobs), stopped, thread: Some(thread) })
    }

    /// Runs `work` inside a transaction and answers once it is on the disk.
    pub(super) async fn write<T, F>(&self, work: F) -> Result<T, StorageError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StorageError> + Send + 'static,
    {
        if let Some(stop) = self.stopped.get() {
            return Err(StorageError::Stopped(stop.clone()));
        }
        let (reply, answer) = oneshot::channel();
        let job = Box::new(JobOf { work: Some(work), done: None, reply });
        let jobs = self.jobs.as_ref().ok_or_else(|| self.gone())?;
        jobs.send(job).await.map_err(|_| self.gone())?;
        answer.await.map_err(|_| self.gone())?
    }

    fn gone(&self) -> StorageError {
        let stopped = self.stopped.get().cloned().map(StorageError::Stopped);
        stopped.unwrap_or_else(|| no_writer("the relay is shutting down".to_owned()))
    }
}

fn no_writer(detail: String) -> StorageError {
    StorageError::Stopped(Stop { reason: StopReason::NoWriter, detail })
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was already told to everybody who waited.
            drop(thread.join());
        }
    }
}

fn serve(connection: &Connection, mut waiting: mpsc::Receiver<Box<dyn Job>>, stopped: &OnceLock<Stop>) {
    let mut batch: Vec<Box<dyn Job>> = Vec::with_capacity(MOST_JOBS);
    while waiting.blocking_recv_many(&mut batch, MOST_JOBS) > 0 {
        let committed = match stopped.get() {
            Some(stop) => Err(NotKept::Stopped(stop.clone())),
            None => commit(connection, &mut batch),
        };
        // Whoever hears of it sees it stopped.
        if let Err(NotKept::Stopped(stop)) = &committed {
            stop_writing(connection, stopped, stop);
        }
        for job in batch.drain(..) {
            job.answer(committed.clone().map_err(StorageError::from));
        }
        if committed.is_ok()
            && let Err(error) = move_log(connection)
        {
            stop_writing(connection, stopped, &stop(&error));
        }
    }
}

fn stop_writing(connection: &Connection, stopped: &OnceLock<Stop>, stop: &Stop) {
    if stopped.set(stop.clone()).is_err() {
        return;
    }
    tracing::error!(reason = %stop, "writing has stopped");
    // Closing would otherwise move the log into the database, with another fsync.
    if let Err(error) = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true) {
        tracing::error!(%error, "the log may be moved at closing");
    }
}

/// Moves the log into the database once it has grown: as much as no reader holds, the log keeps the rest. SQLite would
/// do it at a commit, and tell nobody when the disk fails under it.
fn move_log(connection: &Connection) -> rusqlite::Result<()> {
    let pages: i64 =
        connection.prepare_cached("PRAGMA wal_checkpoint(NOOP)")?.query_row([], |row| row.get(1))?;
    if pages < WORTH_MOVING {
        return Ok(());
    }
    connection.prepare_cached("PRAGMA wal_checkpoint(PASSIVE)")?.query_row([], |_| Ok(()))
}

/// Runs a batch in one transaction. An error means that none of it may be relied on.
fn commit(connection: &Connection, batch: &mut [Box<dyn Job>]) -> Result<(), NotKept> {
    connection.execute_batch("BEGIN IMMEDIATE").map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy) => NotKept::Busy,
        _ => NotKept::Stopped(stop(&error)),
    })?;
    let kept = run(connection, batch)
        .and_then(|()| connection.execute_batch("COMMIT").map_err(|error| stop(&error)));
    kept.map_err(|stop| {
        // The next start rolls back what this cannot.
        if !connection.is_autocommit()
            && let Err(error) = connection.execute_batch("ROLLBACK")
        {
            tracing::debug!(%error, "could not roll back after the disk failed");
        }
        NotKept::Stopped(stop)
    })
}

fn run(connection: &Connection, batch: &mut [Box<dyn Job>]) -> Result<(), Stop> {
    // One that is alone has the transaction to itself: for every statement SQLite walks all pages that
    // were kept for an open savepoint, and a push of hundreds of envelopes keeps thousands.
    let (begin, done, undo) = match batch {
        [_] => ("", "", "ROLLBACK; BEGIN IMMEDIATE"),
        _ => ("SAVEPOINT job", "RELEASE job", "ROLLBACK TO job; RELEASE job"),
    };
    for job in batch.iter_mut() {
        connection.execute_batch(begin).map_err(|error| stop(&error))?;
        let end = match job.run(connection) {
            Ran::Broke(stop) => return Err(stop),
            // Without its transaction every later job would be a commit of its own.
            Ran::Done | Ran::Refused if connection.is_autocommit() => return Err(rolled_back()),
            Ran::Done => done,
            Ran::Refused => undo,
        };
        connection.execute_batch(end).map_err(|error| stop(&error))?;
    }
    Ok(())
}

/// SQLite gave the transaction up under a job.
fn rolled_back() -> Stop {
    Stop { reason: StopReason::DiskFailed, detail: "the transaction was rolled back".to_owned() }
}
