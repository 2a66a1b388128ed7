//! One writer, many readers.
//!
//! All writing happens on one thread that owns the only read-write connection ([`writer`]). Readers
//! share a few read-only connections ([`readers`]). A lock file beside the database keeps a second
//! program out, and remembers that damage was met, so that the next start looks closer.
//!
//! After a failed commit the engine is stopped for good: what the disk holds is then unknown, an fsync
//! must not be tried again, and every later write is told so. Reading goes on. A disk that is full at
//! the start stops the engine at once: it then reads with one connection, which needs no room.

mod connect;
mod lock;
mod readers;
mod schema_copy;
mod writer;

use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;

use rusqlite::Connection;

pub(crate) use connect::{DatabaseKey, open_damaged, open_new, open_read_only};
pub use lock::Holder;
pub(crate) use lock::Lock;
use readers::Readers;
use schema_copy::SchemaCopy;
pub(crate) use schema_copy::{ENDING as SCHEMA_COPY, Mended};
use writer::{Asked, Job};

use crate::error::{Stop, StopReason, StoreError};

/// Jobs that may wait before a writer has to.
const QUEUE: usize = 1024;
/// The oldest SQLite that is safe with several connections in WAL mode.
const OLDEST_SQLITE: i32 = 3_051_003;

/// The database file, opened.
pub(crate) struct Engine {
    jobs: Option<SyncSender<Job>>,
    writer: Option<JoinHandle<()>>,
    readers: Readers,
    /// None while nothing can be written.
    schema: Option<Arc<SchemaCopy>>,
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
        mut prepare: impl FnMut(&mut Connection) -> Result<(), StoreError>,
    ) -> Result<Self, StoreError> {
        check_version()?;
        let mut prepared = |mut connection: Connection| prepare(&mut connection).map(|()| connection);
        match connect::writer(path, &key).and_then(&mut prepared) {
            Ok(connection) => Self::writing(path, key, lock, connection),
            Err(error) => {
                let Some(stop) = error.stop().filter(|stop| stop.reason == StopReason::DiskFull) else {
                    return Err(error);
                };
                tracing::error!(error = %stop, "the device database can only be read");
                let full = |_| StoreError::Stopped(stop.clone());
                let connection = connect::alone(path, &key).and_then(&mut prepared).map_err(full)?;
                Ok(Self::reading_only(path, key, lock, connection, stop))
            }
        }
    }

    fn writing(
        path: &Path,
        key: DatabaseKey,
        lock: Lock,
        connection: Connection,
    ) -> Result<Self, StoreError> {
        let (jobs, waiting) = sync_channel(QUEUE);
        let stopped = Arc::new(OnceLock::new());
        let told = Arc::clone(&stopped);
        let schema = Arc::new(SchemaCopy::of(path, &key).map_err(StoreError::File)?);
        schema.keep();
        let moved = Arc::clone(&schema);
        let writer = std::thread::Builder::new()
            .name("halyard-writer".to_owned())
            .spawn(move || writer::run(&connection, &waiting, &told, &|| moved.keep()))
            .map_err(StoreError::Thread)?;
        let readers = Readers::new(path.to_owned(), key.clone());
        let (jobs, writer, schema) = (Some(jobs), Some(writer), Some(schema));
        Ok(Self { jobs, writer, readers, schema, stopped, key, lock })
    }

    fn reading_only(path: &Path, key: DatabaseKey, lock: Lock, connection: Connection, stop: Stop) -> Self {
        let readers = Readers::sharing(path.to_owned(), key.clone(), connection);
        let stopped = Arc::new(OnceLock::from(stop));
        Self { jobs: None, writer: None, readers, schema: None, stopped, key, lock }
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
        // The last connection has moved the log.
        if let Some(schema) = &self.schema {
            schema.keep();
        }
    }
}

#[cfg(test)]
mod tests;
