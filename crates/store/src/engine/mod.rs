//! One writer, many readers.
//!
//! All writing happens on one thread that owns the only read-write connection ([`writer`]). Readers
//! share a few read-only connections ([`readers`]). A lock file beside the database keeps a second
//! program out, and remembers that damage was met, so that the next start looks closer.
//!
//! After a failed commit the engine is stopped for good: what the disk holds is then unknown, an fsync
//! must not be tried again, and every later write is told so. Reading goes on.

mod connect;
mod lock;
mod readers;
mod writer;

use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;

use rusqlite::Connection;

pub(crate) use connect::{DatabaseKey, open_new, open_read_only};
pub(crate) use lock::Lock;
use readers::Readers;
use writer::{Asked, Job};

use crate::error::{Stop, StoreError};

/// Jobs that may wait before a writer has to.
const QUEUE: usize = 1024;
/// The oldest SQLite that is safe with several connections in WAL mode.
const OLDEST_SQLITE: i32 = 3_051_003;

/// The database file, opened.
pub(crate) struct Engine {
    jobs: Option<SyncSender<Job>>,
    writer: Option<JoinHandle<()>>,
    readers: Readers,
    stopped: Arc<OnceLock<Stop>>,
    key: DatabaseKey,
    lock: Lock,
}

impl Engine {
    /// Opens the file, which is created when missing, and prepares it with `prepare`. The lock is the
    /// one of this file, taken before.
    pub(crate) fn open(
        path: &Path,
        key: DatabaseKey,
        lock: Lock,
        prepare: impl FnOnce(&mut Connection) -> Result<(), StoreError>,
    ) -> Result<Self, StoreError> {
        check_version()?;
        let mut connection = connect::writer(path, &key)?;
        prepare(&mut connection)?;
        let (jobs, waiting) = sync_channel(QUEUE);
        let stopped = Arc::new(OnceLock::new());
        let told = Arc::clone(&stopped);
        let writer = std::thread::Builder::new()
            .name("halyard-writer".to_owned())
            .spawn(move || writer::run(&connection, &waiting, &told))
            .map_err(StoreError::Thread)?;
        let readers = Readers::new(path.to_owned(), key.clone());
        Ok(Self { jobs: Some(jobs), writer: Some(writer), readers, stopped, key, lock })
    }

    /// Runs `work` in a savepoint and returns after the commit that carries it is on disk.
    pub(crate) fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        if let Some(stop) = self.stopped.get() {
            return Err(StoreError::Stopped(stop.clone()));
        }
        let Asked { job, answer } = writer::ask(work);
        let jobs = self.jobs.as_ref().ok_or(StoreError::Closed)?;
        jobs.send(job).map_err(|_| self.gone())?;
        let done = answer.recv().map_err(|_| self.gone())?;
        self.note_damage(done)
    }

    /// Runs `work` on a read-only connection.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let read = self.readers.with(work);
        self.note_damage(read)
    }

    /// Why nothing can be written any more, when that is so.
    pub(crate) fn stopped(&self) -> Option<&Stop> {
        self.stopped.get()
    }

    /// Where the file is.
    pub(crate) fn path(&self) -> &Path {
        self.readers.path()
    }

    /// The key of the file.
    pub(crate) fn key(&self) -> &DatabaseKey {
        &self.key
    }

    fn gone(&self) -> StoreError {
        self.stopped().map_or(StoreError::Closed, |stop| StoreError::Stopped(stop.clone()))
    }

    fn note_damage<T>(&self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        if result.as_ref().is_err_and(StoreError::is_damage) {
            self.lock.remember_damage();
        }
        result
    }
}

/// Refuses an SQLite that can corrupt a database with several connections.
fn check_version() -> Result<(), StoreError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(StoreError::OldSqlite(rusqlite::version().to_owned()));
    }
    Ok(())
}

/// Ends the writer before the lock goes.
impl Drop for Engine {
    fn drop(&mut self) {
        self.readers.close();
        drop(self.jobs.take());
        if let Some(writer) = self.writer.take()
            && writer.join().is_err()
        {
            tracing::error!("the writer of the device database panicked");
        }
    }
}

#[cfg(test)]
mod tests;
