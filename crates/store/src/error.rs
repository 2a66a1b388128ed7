//! What can go wrong with the device's database.

use std::path::PathBuf;

use halyard_domain::id::DocumentId;
use rusqlite::{ErrorCode, ffi};

use crate::engine::Holder;

/// The database could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite refused.
    #[error("the device database refused a statement")]
    Sqlite(#[from] rusqlite::Error),
    /// A stored value has a shape nothing writes.
    #[error("the device database holds a wrong {0}")]
    Garbled(&'static str),
    /// The migrations could not be applied.
    #[error("the device database could not be brought up to date")]
    Migration(#[source] Box<refinery::Error>),
    /// A newer version of the app has changed the tables; this one would misread them.
    #[error("the device database was made by a newer version of the app")]
    MadeByNewerApp,
    /// A write failed, now or earlier. Nothing is written any more until the program starts again; what
    /// was answered as saved is safe.
    #[error("the device database stopped writing: {0}")]
    Stopped(Stop),
    /// Another process held the file too long. Nothing was written; asking again is right.
    #[error("the device database is held by another process")]
    Busy,
    /// The work panicked. Nothing of it was saved.
    #[error("the work on the device database panicked")]
    Panicked,
    /// The store is being closed.
    #[error("the device database is closed")]
    Closed,
    /// Another program has the same data open.
    #[error("{} is in use by another program", path.display())]
    InUse {
        /// The database.
        path: PathBuf,
        /// Who that is, when it said so.
        holder: Option<Holder>,
    },
    /// The lock file could not be made.
    #[error("could not lock {}", path.display())]
    Lock {
        /// The database.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// This build carries an SQLite that can corrupt a database.
    #[error("SQLite {0} is too old: 3.51.3 or newer is needed")]
    OldSqlite(String),
    /// The writer thread could not be started.
    #[error("could not start the writer of the device database")]
    Thread(#[source] std::io::Error),
    /// A file beside the database could not be written or moved.
    #[error("could not write beside the device database")]
    File(#[source] std::io::Error),
    /// A document changed between reading and writing it: read it again and repeat.
    #[error("document {0} changed meanwhile")]
    Stale(DocumentId),
}

/// Why the database stopped writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// What the user can do something about.
    pub reason: StopReason,
    /// What SQLite said, for support.
    pub detail: String,
}

/// What stopped the writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopReason {
    /// There is no room left: free some and try again.
    DiskFull,
    /// The file is damaged: start again, and it is set aside and refilled.
    Damaged,
    /// The disk failed.
    DiskFailed,
}

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.detail)
    }
}

impl Stop {
    /// What an error of `BEGIN` or `COMMIT` means: whatever it is, writing is over.
    pub(crate) fn of(error: &rusqlite::Error) -> Self {
        let reason = reason_of(error).unwrap_or(StopReason::DiskFailed);
        Self { reason, detail: error.to_string() }
    }

    /// SQLite gave the transaction up under a job.
    pub(crate) fn rolled_back() -> Self {
        Self { reason: StopReason::DiskFailed, detail: "the transaction was rolled back".to_owned() }
    }
}

impl StoreError {
    /// True when the file itself is damaged, the key being right.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        self.stop().is_some_and(|stop| stop.reason == StopReason::Damaged)
    }

    /// True when there was no room for the work: not in the database, or not for a file beside it.
    #[must_use]
    pub fn wants_room(&self) -> bool {
        match self {
            Self::File(source) | Self::Lock { source, .. } => no_room(source),
            _ => self.stop().is_some_and(|stop| stop.reason == StopReason::DiskFull),
        }
    }

    /// What this error means for the whole database; `None` when only the work failed that met it.
    #[must_use]
    pub fn stop(&self) -> Option<Stop> {
        let error = match self {
            Self::Stopped(stop) => return Some(stop.clone()),
            Self::Sqlite(error) => error,
            Self::Migration(error) => sqlite_in(error.as_ref())?,
            _ => return None,
        };
        Some(Stop { reason: reason_of(error)?, detail: error.to_string() })
    }
}

/// True when a file could not be written for want of room: the disk is full, the person may not fill more of it, or
/// the program may not make the file so large.
#[must_use]
pub fn no_room(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

/// The errors after which the disk cannot be trusted.
fn reason_of(error: &rusqlite::Error) -> Option<StopReason> {
    // The file that connections share cannot be made or grow. SQLite says the same of a disk without
    // room and of one that failed, and the first is what happens to people.
    let no_room = [ffi::SQLITE_IOERR_SHMOPEN, ffi::SQLITE_IOERR_SHMSIZE, ffi::SQLITE_IOERR_SHMMAP];
    if error.sqlite_extended_error_code().is_some_and(|code| no_room.contains(&code)) {
        return Some(StopReason::DiskFull);
    }
    match error.sqlite_error_code()? {
        ErrorCode::DiskFull => Some(StopReason::DiskFull),
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Some(StopReason::Damaged),
        ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::ReadOnly => {
            Some(StopReason::DiskFailed)
        }
        _ => None,
    }
}

fn sqlite_in<'a>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a rusqlite::Error> {
    std::iter::successors(Some(error), |error| error.source()).find_map(|error| error.downcast_ref())
}
