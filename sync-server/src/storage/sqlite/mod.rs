//! The relay's log and office database in one SQLite file.
//!
//! One writer thread with group commit, reads beside it, WAL with `synchronous = FULL`: what is
//! answered is on the disk. The file is a plain SQLite database that IT may open with any tool while
//! the relay runs; a lock file beside it keeps a second relay away.

mod authority;
mod bonds;
mod chain;
mod codes;
mod commit;
mod concerned;
mod context;
mod devices;
mod documents;
mod entries;
mod epoch;
mod first;
mod graph;
mod holdings;
mod lacking;
mod news;
mod office;
mod open_work;
mod past_rights;
mod people;
mod promises;
mod proof;
mod readers;
mod review;
mod schema;
mod sight;
mod values;
mod writer;

#[cfg(test)]
mod tests;

use std::fs::{File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, ErrorCode, ffi};

use self::people::PeopleCache;
use self::readers::Readers;
use self::writer::Writer;
use super::{Stop, StopReason, StorageError};

/// The oldest SQLite whose write-ahead log is known to be sound (the WAL-reset bug is fixed in it).
const OLDEST_SQLITE: i32 = 3_051_003;

/// The SQLite storage of a relay.
pub struct SqliteStorage {
    /// Closed before the writer: only the last connection to close, if it may write, folds the
    /// write-ahead log back into the file.
    readers: Readers,
    writer: Writer,
    /// Rights as commits see them; they change inside the writer's transaction.
    writing: Arc<PeopleCache>,
    /// Rights as reads see them.
    reading: Arc<PeopleCache>,
    /// Held open for its lock.
    _lock: File,
}

/// Why the database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another relay runs on this file.
    #[error("another program is using {}", .0.display())]
    InUse(PathBuf),
    /// The linked SQLite has a known fault.
    #[error("SQLite {0} is too old to be trusted with data")]
    SqliteTooOld(&'static str),
    /// A newer relay has already changed this database.
    #[error("the database was made by a newer version of the relay")]
    Newer,
    /// The disk is full, or does not take or give data. The file itself is not at fault.
    #[error("the disk of {} is full or does not answer", path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// The file cannot be read as a database.
    #[error("{} is damaged or not a relay's database", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A company was in this file, and now it is empty or gone: a fresh one must not take its place.
    #[error("{} is empty or gone", .0.display())]
    Lost(PathBuf),
    /// The folder or file cannot be used.
    #[error("could not open {}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's answer.
        source: std::io::Error,
    },
    /// A migration failed; it can be tried again.
    #[error("could not bring the database up to date")]
    Migration(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The writer could not be started.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl SqliteStorage {
    /// Opens the database at `path`, making it when it is not there, and brings it up to date.
    ///
    /// # Errors
    /// When another relay holds it, when it is damaged, newer than this program or cannot be written.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        if rusqlite::version_number() < OLDEST_SQLITE {
            return Err(OpenError::SqliteTooOld(rusqlite::version()));
        }
        let mut lock = lock(path)?;
        not_lost(path)?;
        let unusable = |source: rusqlite::Error| unusable(path, source);
        make_private(path).map_err(|source| OpenError::Io { path: path.to_owned(), source })?;
        let mut connection = Connection::open(path).map_err(unusable)?;
        prepare(&connection).map_err(unusable)?;
        schema::migrate(&mut connection, path)?;
        connection.set_prepared_statement_cache_capacity(256);
        derive_office(&mut connection)?;
        note_made(&mut lock).map_err(|source| OpenError::Io { path: lock_of(path), source })?;
        let writer = Writer::start(connection)?;
        Ok(Self {
            writer,
            readers: Readers::new(path),
            writing: Arc::default(),
            reading: Arc::default(),
            _lock: lock,
        })
    }

    /// True when the database at `path` lacks a migration this program brings. Changes nothing.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn needs_migration(path: &Path) -> Result<bool, OpenError> {
        not_lost(path)?;
        schema::needs_migration(path)
    }
}

/// Why a database cannot be used. A full disk must not send anybody to a backup.
fn unusable(path: &Path, source: rusqlite::Error) -> OpenError {
    let path = path.to_owned();
    match stop_reason(&source) {
        Some(StopReason::DiskFull | StopReason::DiskFailed) => OpenError::Disk { path, source },
        Some(StopReason::Damaged | StopReason::NoWriter) | None => {
            OpenError::Damaged { path, source: source.into() }
        }
    }
}

/// The file beside the database that one relay holds at a time. It is empty until the database was made.
fn lock_of(path: &Path) -> PathBuf {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".lock");
    PathBuf::from(beside)
}

/// Refuses a database that was made once and is not there any more. An interrupted first start made none.
fn not_lost(path: &Path) -> Result<(), OpenError> {
    let bytes = |path: &Path| std::fs::metadata(path).map_or(0, |file| file.len());
    if bytes(path) == 0 && bytes(&lock_of(path)) > 0 {
        return Err(OpenError::Lost(path.to_owned()));
    }
    Ok(())
}

fn note_made(lock: &mut File) -> std::io::Result<()> {
    if lock.metadata()?.len() == 0 {
        lock.write_all(b"the database beside this file was made\n")?;
        lock.sync_all()?;
    }
    Ok(())
}

fn lock(path: &Path) -> Result<File, OpenError> {
    let beside = lock_of(path);
    let io = |source| OpenError::Io { path: beside.clone(), source };
    let file = File::options().create(true).truncate(false).write(true).open(&beside).map_err(io)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse(path.to_owned())),
        Err(TryLockError::Error(source)) => Err(io(source)),
    }
}

/// Makes the file where there is none, for its owner alone: the relay's key is in it. What SQLite puts
/// beside it takes its mode.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.write(true).create_new(true).open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}

/// Makes and fills the office tables when this program derives others than those that are there.
fn derive_office(connection: &mut Connection) -> Result<(), OpenError> {
    let migration = |source: rusqlite::Error| OpenError::Migration(source.into());
    let transaction = connection.transaction().map_err(migration)?;
    if office::prepare(&transaction)? {
        for workspace in context::workspaces(&transaction)? {
            office::fill(&transaction, workspace.id)?;
        }
    }
    transaction.commit().map_err(migration)
}

fn prepare(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA busy_timeout = 5000;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -65536;
         PRAGMA mmap_size = 0;
         PRAGMA cell_size_check = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA wal_autocheckpoint = 0;",
    )?;
    connection.pragma_update_and_check(None, "journal_size_limit", 67_108_864, |_| Ok(()))
}

/// What a failed statement means to the relay.
fn failed(error: rusqlite::Error) -> StorageError {
    match stop_reason(&error) {
        Some(reason) => StorageError::Stopped(Stop { reason, detail: error.to_string() }),
        None => StorageError::Query(error.into()),
    }
}

/// What an error of the transaction itself means: whatever it is, writing is over.
fn stop(error: &rusqlite::Error) -> Stop {
    Stop { reason: stop_reason(error).unwrap_or(StopReason::DiskFailed), detail: error.to_string() }
}

/// The errors after which the disk cannot be trusted.
fn stop_reason(error: &rusqlite::Error) -> Option<StopReason> {
    // The file that connections share cannot be made or grow. SQLite says the same of a disk without room and of
    // one that failed, and the first is what happens.
    let no_room = [ffi::SQLITE_IOERR_SHMOPEN, ffi::SQLITE_IOERR_SHMSIZE, ffi::SQLITE_IOERR_SHMMAP];
    if error.sqlite_extended_error_code().is_some_and(|code| no_room.contains(&code)) {
        return Some(StopReason::DiskFull);
    }
    match error.sqlite_error_code()? {
        ErrorCode::DiskFull => Some(StopReason::DiskFull),
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Some(StopReason::Damaged),
        ErrorCode::SystemIoFailure | ErrorCode::ReadOnly | ErrorCode::CannotOpen => {
            Some(StopReason::DiskFailed)
        }
        _ => None,
    }
}
