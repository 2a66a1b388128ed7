//! What a person was told at once: the list of it outlives the bubbles.

use rusqlite::{Connection, params};

use crate::error::StoreError;
use crate::store::Store;

/// So many are kept; older ones go.
const KEPT: i64 = 200;

/// Something a person was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptNotice {
    /// What: JSON, the device library's own.
    pub body: String,
    /// When, by this device's clock, Unix milliseconds.
    pub told_ms: i64,
    /// Whether somebody has looked at the list since.
    pub is_seen: bool,
}

impl Store {
    /// Keeps what a person is told now, in this order. The oldest beyond 200 go.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn keep_notices(&self, bodies: Vec<String>, told_ms: i64) -> Result<(), StoreError> {
        self.writing(move |db| keep(db, &bodies, told_ms))
    }

    /// What a person was told, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn notices(&self) -> Result<Vec<KeptNotice>, StoreError> {
        self.engine.read(all)
    }

    /// Somebody has looked at the list.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn notices_seen(&self) -> Result<(), StoreError> {
        self.writing(|db| {
            db.prepare_cached("UPDATE notice SET seen = 1 WHERE seen = 0")?.execute([])?;
            Ok(())
        })
    }

    /// Forgets all of it.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn forget_notices(&self) -> Result<(), StoreError> {
        self.writing(|db| {
            db.prepare_cached("DELETE FROM notice")?.execute([])?;
            Ok(())
        })
    }
}

fn keep(db: &Connection, bodies: &[String], told_ms: i64) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached("INSERT INTO notice (body, told_ms, seen) VALUES (?1, ?2, 0)")?;
    for body in bodies {
        statement.execute(params![body, told_ms])?;
    }
    db.prepare_cached("DELETE FROM notice WHERE number <= (SELECT max(number) FROM notice) - ?1")?
        .execute([KEPT])?;
    Ok(())
}

fn all(db: &Connection) -> Result<Vec<KeptNotice>, StoreError> {
    let mut statement = db.prepare_cached("SELECT body, told_ms, seen FROM notice ORDER BY number DESC")?;
    let rows = statement.query_map([], |row| {
        Ok(KeptNotice { body: row.get(0)?, told_ms: row.get(1)?, is_seen: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
