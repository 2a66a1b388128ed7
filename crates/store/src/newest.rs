//! How new the newest work on documents is, without opening them.

use halyard_domain::id::DocumentId;

use crate::error::StoreError;
use crate::store::Store;

/// Until when something was written to a document; later is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Newest {
    /// The place in the office's log of the newest work; 0 when there is none.
    Accepted(u64),
    /// Work made here, which the office has not accepted.
    Waiting,
}

impl Store {
    /// How new the newest work on each of these documents is; nothing of what is not here.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn newest_work(&self, documents: &[DocumentId]) -> Result<Vec<(DocumentId, Newest)>, StoreError> {
        self.engine.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT max(position, ifnull((SELECT max(position) FROM own_envelope
                                              WHERE own_envelope.document = document.id), 0)),
                        EXISTS (SELECT 1 FROM own_change
                                LEFT JOIN own_envelope ON own_envelope.hash = own_change.envelope
                                WHERE own_change.document = document.id
                                  AND ifnull(own_envelope.outcome, '') <> 'accepted')
                 FROM document
                 WHERE id = ?1",
            )?;
            let mut newest = Vec::new();
            for document in documents {
                let found = statement.query_map([document.as_bytes().as_slice()], |row| {
                    Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?))
                })?;
                for row in found {
                    let (position, waits) = row?;
                    let position = u64::try_from(position).map_err(|_| StoreError::Garbled("position"))?;
                    let work = if waits { Newest::Waiting } else { Newest::Accepted(position) };
                    newest.push((*document, work));
                }
            }
            Ok(newest)
        })
    }
}
