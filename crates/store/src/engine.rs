//! One writer, many readers.
//!
//! All writing happens on one thread that owns the only read-write connection. It takes whatever jobs
//! wait, up to [`GROUP`], runs each in a savepoint of one transaction, and answers them after the
//! commit is on disk: one fsync carries them all, and a job that fails takes nobody with it.
//!
//! After a failed commit the engine is stopped for good: what the disk holds is then unknown, an fsync
//! must not be tried again, and every later write is told so. Reading goes on.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, SyncSender, TrySendError, channel, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::JoinHandle;

use rusqlite::{Connection, OpenFlags};

use crate::error::StoreError;

/// The most jobs one transaction carries.
const GROUP: usize = 256;
/// Jobs that may wait before a writer has to.
const QUEUE: usize = 1024;
/// Reader connections kept open.
const READERS: usize = 4;
/// The oldest SQLite that is safe with several connections in WAL mode.
const OLDEST_SQLITE: i32 = 3_051_003;

/// The raw key of the database file.
#[derive(Clone)]
pub(crate) struct DatabaseKey(pub(crate) [u8; 32]);

type Job = Box<dyn FnOnce(&Connection) -> Finish + Send>;
type Finish = Box<dyn FnOnce(Result<(), &StoreError>) + Send>;

/// The database file, opened.
pub(crate) struct Engine {
    path: PathBuf,
    key: DatabaseKey,
    jobs: Option<SyncSender<Job>>,
    writer: Option<JoinHandle<()>>,
    readers: Mutex<Vec<Connection>>,
    stopped: Arc<OnceLock<String>>,
}

impl Engine {
    /// Opens the file, which is created when missing, and prepares it with `prepare`.
    pub(crate) fn open(
        path: &Path,
        key: DatabaseKey,
        prepare: impl FnOnce(&mut Connection) -> Result<(), StoreError>,
    ) -> Result<Self, StoreError> {
        if rusqlite::version_number() < OLDEST_SQLITE {
            return Err(StoreError::OldSqlite(rusqlite::version().to_owned()));
        }
        let mut connection = connect(path, &key, OpenFlags::default())?;
        connection.execute_batch(WRITER_PRAGMAS)?;
        prepare(&mut connection)?;
        let (jobs, waiting) = sync_channel(QUEUE);
        let stopped = Arc::new(OnceLock::new());
        let told = Arc::clone(&stopped);
        let writer = std::thread::Builder::new()
            .name("halyard-writer".to_owned())
            .spawn(move || write_all(&connection, &waiting, &told))
            .map_err(StoreError::Thread)?;
        Ok(Self {
            path: path.to_owned(),
            key,
            jobs: Some(jobs),
            writer: Some(writer),
            readers: Mutex::new(Vec::new()),
            stopped,
        })
    }

    /// Runs `work` in a savepoint and returns after the commit that carries it is on disk.
    pub(crate) fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    {
        if let Some(why) = self.stopped.get() {
            return Err(StoreError::Stopped(why.clone()).into());
        }
        let (answer, answered) = channel();
        let job: Job = Box::new(move |connection| run_job(connection, work, answer));
        let Some(jobs) = &self.jobs else { return Err(StoreError::Closed.into()) };
        let sent = match jobs.try_send(job) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full(job)) => jobs.send(job).map_err(|_| ()),
            Err(TrySendError::Disconnected(_)) => Err(()),
        };
        sent.map_err(|()| E::from(self.gone()))?;
        answered.recv().map_err(|_| E::from(self.gone()))?
    }

    /// Runs `work` on a read-only connection.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let kept = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match kept {
            Some(connection) => connection,
            None => {
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
                let connection = connect(&self.path, &self.key, flags)?;
                connection.execute_batch(READER_PRAGMAS)?;
                connection
            }
        };
        let read = work(&connection);
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < READERS {
            readers.push(connection);
        }
        read
    }

    /// Why nothing can be written any more, when that is so.
    pub(crate) fn stopped(&self) -> Option<&str> {
        self.stopped.get().map(String::as_str)
    }

    fn gone(&self) -> StoreError {
        self.stopped().map_or(StoreError::Closed, |why| StoreError::Stopped(why.to_owned()))
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(writer) = self.writer.take()
            && writer.join().is_err()
        {
            tracing::error!("the writer of the device database panicked");
        }
    }
}

const WRITER_PRAGMAS: &str = "PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA fullfsync = ON;
PRAGMA foreign_keys = ON;
PRAGMA cell_size_check = ON;
PRAGMA mmap_size = 0;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -32768;
PRAGMA wal_autocheckpoint = 4000;
PRAGMA journal_size_limit = 67108864;";

const READER_PRAGMAS: &str = "PRAGMA query_only = ON;
PRAGMA mmap_size = 0;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -16384;";

fn connect(path: &Path, key: &DatabaseKey, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags)?;
    let hex: String = key.0.iter().map(|byte| format!("{byte:02x}")).collect();
    connection.pragma_update(None, "key", format!("x'{hex}'"))?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(256);
    Ok(connection)
}

/// Runs one job in its savepoint; what it answers waits for the commit.
fn run_job<T, E, F>(connection: &Connection, work: F, answer: Sender<Result<T, E>>) -> Finish
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
{
    let done = in_savepoint(connection, work);
    Box::new(move |committed| {
        let result = match committed {
            Ok(()) => done,
            Err(failed) => Err(E::from(StoreError::Stopped(failed.to_string()))),
        };
        if answer.send(result).is_err() {
            tracing::debug!("a writer did not wait for its answer");
        }
    })
}

fn in_savepoint<T, E: From<StoreError>>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, E>,
) -> Result<T, E> {
    let run = |sql: &str| connection.execute_batch(sql).map_err(|error| E::from(StoreError::from(error)));
    run("SAVEPOINT job")?;
    match work(connection) {
        Ok(done) => run("RELEASE job").map(|()| done),
        Err(error) => {
            run("ROLLBACK TO job; RELEASE job")?;
            Err(error)
        }
    }
}

fn write_all(connection: &Connection, waiting: &Receiver<Job>, stopped: &OnceLock<String>) {
    while let Ok(first) = waiting.recv() {
        let group = std::iter::once(first).chain(waiting.try_iter().take(GROUP - 1));
        let committed = write_group(connection, group);
        if let Err((error, finishes)) = committed {
            let why = chain(&error);
            tracing::error!(error = %why, "the device database stopped writing");
            if stopped.set(why).is_err() {
                tracing::debug!("the writer was stopped before");
            }
            finishes.into_iter().for_each(|finish| finish(Err(&error)));
            return;
        }
    }
}

type Failed = (StoreError, Vec<Finish>);

fn write_group(connection: &Connection, jobs: impl Iterator<Item = Job>) -> Result<(), Failed> {
    let begun = connection.execute_batch("BEGIN IMMEDIATE");
    if let Err(error) = begun {
        // The jobs are dropped unanswered, and each caller learns that the writer is gone.
        return Err((error.into(), Vec::new()));
    }
    let finishes: Vec<Finish> = jobs.map(|job| job(connection)).collect();
    match connection.execute_batch("COMMIT") {
        Ok(()) => {
            finishes.into_iter().for_each(|finish| finish(Ok(())));
            Ok(())
        }
        Err(error) => Err((error.into(), finishes)),
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
