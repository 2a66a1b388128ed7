//! Imports that were done, each noted in the transaction that did it: what is needed to take them back.
//!
//! A note names records and changes; what those say is in the outbox, where the intents of own changes are kept.

use halyard_domain::time::Instant;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;
use crate::store::Store;
use crate::types::EditCommit;

/// An import to be noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewImport {
    /// What the file is called.
    pub file: String,
    /// When.
    pub at: Instant,
    /// How many records it makes.
    pub made: usize,
    /// How many records that are there it writes in.
    pub completed: usize,
    /// What it does to which record: JSON, the device's own.
    pub records: String,
}

/// An import in the list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptImport {
    /// Its number: a later one has a higher one, whatever the clock said.
    pub number: i64,
    /// What the file was called.
    pub file: String,
    /// When.
    pub at: Instant,
    /// Whether it was taken back.
    pub is_undone: bool,
    /// How many records it made.
    pub made: usize,
    /// How many records that were there it wrote in.
    pub completed: usize,
}

impl Store {
    /// Saves what an import writes, with a note of it: all of it or nothing.
    ///
    /// # Errors
    /// As [`Store::commit_edits`].
    pub fn commit_import(&self, edits: Vec<EditCommit>, import: NewImport) -> Result<(), StoreError> {
        self.commit_with(edits, move |db| add(db, &import))
    }

    /// Saves what takes an import back, and notes that, with what was done to which record by now: all of it or
    /// nothing.
    ///
    /// # Errors
    /// As [`Store::commit_edits`].
    pub fn commit_import_undone(
        &self,
        edits: Vec<EditCommit>,
        number: i64,
        records: String,
    ) -> Result<(), StoreError> {
        self.commit_with(edits, move |db| {
            db.prepare_cached("UPDATE import SET undone = 1, records = ?2 WHERE number = ?1")?
                .execute(params![number, records])?;
            Ok(())
        })
    }

    /// The imports that were done, the last one first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn imports(&self) -> Result<Vec<KeptImport>, StoreError> {
        self.engine.read(all)
    }

    /// What an import did to which record, as it was noted; `None` when there is no such import.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn import_records(&self, number: i64) -> Result<Option<String>, StoreError> {
        self.engine.read(move |db| {
            let mut statement = db.prepare_cached("SELECT records FROM import WHERE number = ?1")?;
            Ok(statement.query_row([number], |row| row.get(0)).optional()?)
        })
    }
}

fn add(db: &Connection, import: &NewImport) -> Result<(), StoreError> {
    let count = |number: usize| i64::try_from(number).map_err(|_| StoreError::Garbled("count"));
    db.prepare_cached(
        "INSERT INTO import (file, done_s, offset_minutes, undone, made, completed, records)
         VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6)",
    )?
    .execute(params![
        import.file,
        import.at.unix_seconds(),
        import.at.offset_minutes(),
        count(import.made)?,
        count(import.completed)?,
        import.records
    ])?;
    Ok(())
}

fn all(db: &Connection) -> Result<Vec<KeptImport>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT number, file, done_s, offset_minutes, undone, made, completed
         FROM import
         ORDER BY number DESC",
    )?;
    let mut rows = statement.query([])?;
    let mut imports = Vec::new();
    let count = |number: i64| usize::try_from(number).map_err(|_| StoreError::Garbled("count"));
    while let Some(row) = rows.next()? {
        imports.push(KeptImport {
            number: row.get(0)?,
            file: row.get(1)?,
            at: Instant::new(row.get(2)?, row.get(3)?).map_err(|_| StoreError::Garbled("time"))?,
            is_undone: row.get(4)?,
            made: count(row.get(5)?)?,
            completed: count(row.get(6)?)?,
        });
    }
    Ok(imports)
}
