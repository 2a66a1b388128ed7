//! The one thread that writes.
//!
//! Jobs that wait together are committed together: up to [`MOST_JOBS`] of them in one transaction, each
//! in a savepoint of its own unless it is alone, so that one fsync answers many devices and one bad job
//! undoes only itself. A job is answered after the commit and never before.
//!
//! A failed write, commit or fsync ends the writer: what the disk holds is then unknown, and trying
//! the fsync again would report success for pages the kernel has already dropped. Every later job is
//! refused with the reason until IT has looked and started the relay again. A file that another program holds
//! (somebody looks with the `sqlite3` shell) is no such failure: those who waited are told, and the next try again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;

use rusqlite::{Connection, ErrorCode};
use tokio::sync::{mpsc, oneshot};

use super::stop;
use crate::storage::{Stop, StopReason, StorageError};

/// How many jobs share one commit.
const MOST_JOBS: usize = 256;
/// How many jobs may wait before callers do.
const QUEUE: usize = 4096;

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
            Some(stop) => Err(StorageError::Stopped(stop.clone())),
            None => commit(connection, &mut batch),
        };
        if let Err(StorageError::Stopped(stop)) = &committed
            && stopped.set(stop.clone()).is_ok()
        {
            tracing::error!(reason = %stop, "writing has stopped");
        }
        for job in batch.drain(..) {
            job.answer(match &committed {
                Ok(()) => Ok(()),
                Err(StorageError::Stopped(stop)) => Err(StorageError::Stopped(stop.clone())),
                Err(StorageError::Busy) => Err(StorageError::Busy),
                Err(_) => Err(StorageError::Bug),
            });
        }
    }
}

/// Runs a batch in one transaction. An error means that none of it may be relied on.
fn commit(connection: &Connection, batch: &mut [Box<dyn Job>]) -> Result<(), StorageError> {
    let stopped = |error: rusqlite::Error| StorageError::Stopped(stop(&error));
    connection.execute_batch("BEGIN IMMEDIATE").map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy) => StorageError::Busy,
        _ => stopped(error),
    })?;
    // One that is alone has the transaction to itself: for every statement SQLite walks all pages that
    // were kept for an open savepoint, and a push of hundreds of envelopes keeps thousands.
    let (begin, done, undo) = match batch {
        [_] => ("", "", "ROLLBACK; BEGIN IMMEDIATE"),
        _ => ("SAVEPOINT job", "RELEASE job", "ROLLBACK TO job; RELEASE job"),
    };
    for job in batch.iter_mut() {
        connection.execute_batch(begin).map_err(stopped)?;
        let end = match job.run(connection) {
            Ran::Done => done,
            Ran::Refused => undo,
            Ran::Broke(stop) => {
                // SQLite may have rolled back by itself; either way nothing of the batch is kept.
                drop(connection.execute_batch("ROLLBACK"));
                return Err(StorageError::Stopped(stop));
            }
        };
        connection.execute_batch(end).map_err(stopped)?;
    }
    connection.execute_batch("COMMIT").map_err(|error| {
        drop(connection.execute_batch("ROLLBACK"));
        stopped(error)
    })
}
