//! What is kept so that a restored relay can be healed: other people's envelopes and control entries.
//!
//! An envelope of others is let go of 35 days after the relay said that it is in a backup which was restored
//! elsewhere and verified. Own envelopes are never let go of.

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;
use crate::store::Store;
use crate::types::{EnvelopeKey, OtherEnvelope, OwnEnvelope};
use crate::{documents, outbox};

/// How long what is in a verified backup is kept all the same.
const KEPT_MS: i64 = 35 * 24 * 60 * 60 * 1000;

impl Store {
    /// Other people's envelopes after one, by hash: the hash, and the header with its stamp.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn other_envelopes_after(
        &self,
        after: Option<EnvelopeKey>,
        limit: usize,
    ) -> Result<Vec<(EnvelopeKey, Vec<u8>)>, StoreError> {
        self.engine.read(move |db| others_after(db, after, limit))
    }

    /// One of other people's envelopes: the header with its stamp.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn other_envelope(&self, hash: EnvelopeKey) -> Result<Option<Vec<u8>>, StoreError> {
        self.engine.read(move |db| other(db, &hash))
    }

    /// Own envelopes with an answer after one, in the order of their chains.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn answered_after(
        &self,
        after: Option<OwnEnvelope>,
        limit: usize,
    ) -> Result<Vec<OwnEnvelope>, StoreError> {
        self.engine.read(move |db| answered_after(db, after.as_ref(), limit))
    }

    /// Keeps other people's envelopes with their newest receipts.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn keep_other_envelopes(&self, envelopes: Vec<OtherEnvelope>) -> Result<(), StoreError> {
        self.engine.write(move |db| envelopes.iter().try_for_each(|one| documents::keep_envelope(db, one)))
    }

    /// Keeps control entries: hash and signed bytes.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn keep_controls(&self, controls: Vec<(EnvelopeKey, Vec<u8>)>) -> Result<(), StoreError> {
        self.engine
            .write(move |db| controls.iter().try_for_each(|(hash, bytes)| keep_control(db, hash, bytes)))
    }

    /// Every control entry kept, in no order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn controls(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        self.engine.read(controls)
    }
}

/// Other people's envelope headers after one, by hash: the hash, and the header with its stamp.
fn others_after(
    db: &Connection,
    after: Option<EnvelopeKey>,
    limit: usize,
) -> Result<Vec<(EnvelopeKey, Vec<u8>)>, StoreError> {
    let after = after.map_or(Vec::new(), |hash| hash.to_vec());
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut statement = db.prepare_cached(
        "SELECT hash, header
         FROM other_envelope
         WHERE hash > ?1
         ORDER BY hash
         LIMIT ?2",
    )?;
    let rows =
        statement.query_map(params![after, limit], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?)))?;
    rows.map(|row| {
        let (hash, header) = row?;
        Ok((key(&hash)?, header))
    })
    .collect()
}

/// One of other people's envelope headers with its stamp.
fn other(db: &Connection, hash: &EnvelopeKey) -> Result<Option<Vec<u8>>, StoreError> {
    let found = db
        .prepare_cached("SELECT header FROM other_envelope WHERE hash = ?1")?
        .query_row([hash.as_slice()], |row| row.get(0))
        .optional()?;
    Ok(found)
}

/// Own envelopes with an answer after one, in the order of their chain.
fn answered_after(
    db: &Connection,
    after: Option<&OwnEnvelope>,
    limit: usize,
) -> Result<Vec<OwnEnvelope>, StoreError> {
    let (incarnation, sequence) = match after {
        Some(one) => {
            let sequence = i64::try_from(one.sequence).map_err(|_| StoreError::Garbled("sequence"))?;
            (one.incarnation.as_bytes().to_vec(), sequence)
        }
        None => (Vec::new(), 0),
    };
    outbox::answered_after(db, &incarnation, sequence, limit)
}

/// Keeps a control entry.
pub(crate) fn keep_control(db: &Connection, hash: &EnvelopeKey, bytes: &[u8]) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO control_entry (hash, bytes) VALUES (?1, ?2) ON CONFLICT (hash) DO NOTHING",
    )?
    .execute(params![hash.as_slice(), bytes])?;
    Ok(())
}

/// Every control entry kept.
fn controls(db: &Connection) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut statement = db.prepare_cached("SELECT bytes FROM control_entry ORDER BY hash")?;
    let found = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// Notes that everything up to `position` is in a verified backup, and lets go of other people's envelopes
/// for which that was known for 35 days. `now_ms` is the relay's clock.
pub(crate) fn heard_of_watermark(db: &Connection, position: u64, now_ms: i64) -> Result<(), StoreError> {
    if position == 0 {
        return Ok(());
    }
    let position = i64::try_from(position).map_err(|_| StoreError::Garbled("position"))?;
    db.prepare_cached(
        "INSERT INTO watermark (position, heard_ms) VALUES (?1, ?2) ON CONFLICT (position) DO NOTHING",
    )?
    .execute(params![position, now_ms])?;
    let old: Option<i64> = db
        .prepare_cached("SELECT max(position) FROM watermark WHERE heard_ms <= ?1")?
        .query_row([now_ms.saturating_sub(KEPT_MS)], |row| row.get(0))?;
    let Some(old) = old else { return Ok(()) };
    db.prepare_cached("DELETE FROM other_envelope WHERE position <= ?1")?.execute([old])?;
    db.prepare_cached("DELETE FROM watermark WHERE position < ?1")?.execute([old])?;
    Ok(())
}

fn key(bytes: &[u8]) -> Result<EnvelopeKey, StoreError> {
    bytes.try_into().map_err(|_| StoreError::Garbled("envelope hash"))
}
