//! Refused work that waits at the relay for a reviewer, as it was heard of last: known also without a network, and
//! over restarts, so that nobody is told of the same work twice.

use rusqlite::Connection;

use crate::error::StoreError;
use crate::store::Store;
use crate::types::EnvelopeKey;

impl Store {
    /// The envelopes that wait, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn to_review(&self) -> Result<Vec<EnvelopeKey>, StoreError> {
        self.engine.read(all)
    }

    /// These wait now, oldest first, and nothing else. False when just these were known before: nothing is written then.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn keep_to_review(&self, waiting: Vec<EnvelopeKey>) -> Result<bool, StoreError> {
        if self.to_review()? == waiting {
            return Ok(false);
        }
        self.writing(move |db| replace(db, &waiting))?;
        Ok(true)
    }
}

fn all(db: &Connection) -> Result<Vec<EnvelopeKey>, StoreError> {
    let mut statement = db.prepare_cached("SELECT envelope FROM to_review ORDER BY number")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn replace(db: &Connection, waiting: &[EnvelopeKey]) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM to_review")?.execute([])?;
    let mut insert = db.prepare_cached("INSERT INTO to_review (envelope) VALUES (?1)")?;
    for envelope in waiting {
        insert.execute([envelope.as_slice()])?;
    }
    Ok(())
}
