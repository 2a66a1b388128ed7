//! Read-only connections, lent one at a time.
//!
//! A read sees one moment of the database from its first statement to its last, and never waits for
//! the writer. Connections keep their prepared statements between reads.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use tokio::sync::Semaphore;

use super::failed;
use crate::storage::StorageError;

/// How many reads go on at once.
const AT_ONCE: usize = 8;

/// The lending desk.
pub(super) struct Readers {
    path: PathBuf,
    idle: Arc<Mutex<Vec<Connection>>>,
    turns: Arc<Semaphore>,
}

impl Readers {
    pub(super) fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            idle: Arc::new(Mutex::new(Vec::new())),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// Runs `work` in one read transaction on a thread that may block.
    pub(super) async fn read<T, F>(&self, work: F) -> Result<T, StorageError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StorageError> + Send + 'static,
    {
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_| StorageError::Bug)?;
        let idle = Arc::clone(&self.idle);
        let path = self.path.clone();
        let reading = tokio::task::spawn_blocking(move || {
            let lent = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut connection = match lent {
                Some(connection) => connection,
                None => open(&path)?,
            };
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Deferred).map_err(failed)?;
            let read = work(&transaction);
            transaction.finish().map_err(failed)?;
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            drop(turn);
            read
        });
        reading.await.map_err(|_| StorageError::Bug)?
    }
}

fn open(path: &Path) -> Result<Connection, StorageError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection
        .execute_batch("PRAGMA query_only = ON; PRAGMA busy_timeout = 5000; PRAGMA temp_store = MEMORY;")
        .map_err(failed)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}
