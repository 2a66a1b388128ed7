//! Read-only connections, lent to whoever reads.

use std::path::PathBuf;
use std::sync::{Condvar, Mutex, PoisonError};

use rusqlite::Connection;

use crate::engine::connect::{DatabaseKey, open_read_only};
use crate::error::StoreError;

/// The most connections that read at the same time; others wait their turn.
const READERS: usize = 4;

pub(super) struct Readers {
    path: PathBuf,
    key: DatabaseKey,
    most: usize,
    shelf: Mutex<Shelf>,
    returned: Condvar,
}

#[derive(Default)]
struct Shelf {
    idle: Vec<Connection>,
    lent: usize,
}

/// A connection that finds its way back, also when the reading panics.
struct Loan<'a> {
    readers: &'a Readers,
    connection: Option<Connection>,
}

impl Readers {
    pub(super) fn new(path: PathBuf, key: DatabaseKey) -> Self {
        Self { path, key, most: READERS, shelf: Mutex::default(), returned: Condvar::new() }
    }

    /// Everybody reads with the one connection there can be.
    pub(super) fn sharing(path: PathBuf, key: DatabaseKey, only: Connection) -> Self {
        let shelf = Mutex::new(Shelf { idle: vec![only], lent: 0 });
        Self { path, key, most: 1, shelf, returned: Condvar::new() }
    }

    /// Runs `work` in one read transaction: all of it sees the same commits.
    pub(super) fn with<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut loan = self.lend();
        let connection = match loan.connection.take() {
            Some(connection) => connection,
            None => open_read_only(&self.path, &self.key)?,
        };
        let transaction = connection.unchecked_transaction()?;
        let read = work(&transaction);
        drop(transaction);
        // After a damaged page SQLCipher refuses everything else on the same connection.
        if !read.as_ref().is_err_and(StoreError::is_damage) {
            loan.connection = Some(connection);
        }
        read
    }

    /// Closes what nobody reads with. The writer closes last, and so moves its log into the database.
    pub(super) fn close(&self) {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner).idle.clear();
    }

    fn lend(&self) -> Loan<'_> {
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        while shelf.lent >= self.most {
            shelf = self.returned.wait(shelf).unwrap_or_else(PoisonError::into_inner);
        }
        shelf.lent += 1;
        Loan { readers: self, connection: shelf.idle.pop() }
    }
}

impl Drop for Loan<'_> {
    fn drop(&mut self) {
        let mut shelf = self.readers.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.lent -= 1;
        shelf.idle.extend(self.connection.take());
        drop(shelf);
        self.readers.returned.notify_one();
    }
}
