//! What can go wrong with the device's database.

use halyard_domain::id::DocumentId;

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
    /// A commit failed earlier. Nothing is written any more until the program starts again; what was
    /// answered as saved is safe.
    #[error("the device database stopped writing: {0}")]
    Stopped(String),
    /// The store is being closed.
    #[error("the device database is closed")]
    Closed,
    /// This build carries an SQLite that can corrupt a database.
    #[error("SQLite {0} is too old: 3.51.3 or newer is needed")]
    OldSqlite(String),
    /// The writer thread could not be started.
    #[error("could not start the writer of the device database")]
    Thread(#[source] std::io::Error),
    /// A document changed between reading and writing it: read it again and repeat.
    #[error("document {0} changed meanwhile")]
    Stale(DocumentId),
}
