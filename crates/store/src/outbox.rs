//! What this device made: changes waiting for an envelope, envelopes waiting for a receipt.

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DocumentId, IncarnationId};
use halyard_domain::kind::Kind;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::StoreError;
use crate::store::Store;
use crate::types::{Answer, EnvelopeKey, NumberedChange, OwnChange, OwnEnvelope, SealedEnvelope};

const CHANGE: &str =
    "number, document, kind, generation, hash, chunk, owners, intents, before, made_ms, envelope";
const ENVELOPE: &str =
    "hash, document, incarnation, sequence, bytes, outcome, receipt, position, acknowledged";

impl Store {
    /// Own envelopes whose newest answer is one of `outcomes`, also those that were put away.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn answered(&self, outcomes: &[&str]) -> Result<Vec<OwnEnvelope>, StoreError> {
        self.engine.read(|db| with_outcomes(db, outcomes, ""))
    }

    /// Own envelopes whose newest answer is one of `outcomes` and which nobody has put away.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn listed(&self, outcomes: &[&str]) -> Result<Vec<OwnEnvelope>, StoreError> {
        self.engine.read(|db| with_outcomes(db, outcomes, "AND acknowledged = 0"))
    }

    /// Puts a refused envelope away: it is no longer listed, and stays in the database.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn acknowledge(&self, envelope: EnvelopeKey) -> Result<(), StoreError> {
        self.writing(move |db| acknowledge(db, &envelope, true))
    }

    /// Lists a refused envelope again that was put away.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn list_again(&self, envelope: EnvelopeKey) -> Result<(), StoreError> {
        self.writing(move |db| acknowledge(db, &envelope, false))
    }
}

pub(crate) fn add(db: &Connection, change: &OwnChange) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO own_change
             (document, kind, generation, hash, chunk, owners, intents, before, made_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        change.document.as_bytes().as_slice(),
        change.kind.name(),
        change.generation,
        change.hash.0.as_slice(),
        change.chunk,
        change.owners,
        change.intents,
        change.before,
        change.made_ms
    ])?;
    Ok(())
}

/// Changes no envelope carries yet, in the order they were made.
pub(crate) fn unsent(db: &Connection, limit: usize) -> Result<Vec<NumberedChange>, StoreError> {
    let sql = format!("SELECT {CHANGE} FROM own_change WHERE envelope IS NULL ORDER BY number LIMIT ?1");
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    db.prepare_cached(&sql)?.query_map([limit], read_change)?.map(|row| row?).collect()
}

/// How many changes wait for an envelope or a receipt.
pub(crate) fn unsent_count(db: &Connection) -> Result<u64, StoreError> {
    let count: i64 = db
        .prepare_cached(
            "SELECT count(*)
             FROM own_change
             LEFT JOIN own_envelope ON own_envelope.hash = own_change.envelope
             WHERE own_change.envelope IS NULL OR own_envelope.outcome IS NULL",
        )?
        .query_row([], |row| row.get(0))?;
    u64::try_from(count).map_err(|_| StoreError::Garbled("count"))
}

/// The changes of one document made here, oldest first.
pub(crate) fn own_changes(db: &Connection, document: DocumentId) -> Result<Vec<NumberedChange>, StoreError> {
    let sql = format!("SELECT {CHANGE} FROM own_change WHERE document = ?1 ORDER BY number");
    let id = document.as_bytes().as_slice();
    db.prepare_cached(&sql)?.query_map([id], read_change)?.map(|row| row?).collect()
}

/// The changes an envelope carries.
pub(crate) fn changes_in(db: &Connection, envelope: &EnvelopeKey) -> Result<Vec<NumberedChange>, StoreError> {
    let sql = format!("SELECT {CHANGE} FROM own_change WHERE envelope = ?1 ORDER BY number");
    db.prepare_cached(&sql)?.query_map([envelope.as_slice()], read_change)?.map(|row| row?).collect()
}

/// How many changes an envelope carries.
pub(crate) fn count_in(db: &Connection, envelope: &EnvelopeKey) -> Result<usize, StoreError> {
    let count: i64 = db
        .prepare_cached("SELECT count(*) FROM own_change WHERE envelope = ?1")?
        .query_row([envelope.as_slice()], |row| row.get(0))?;
    usize::try_from(count).map_err(|_| StoreError::Garbled("count"))
}

/// Keeps a signed envelope and notes which changes it carries and which envelopes it replaces.
pub(crate) fn seal(db: &Connection, sealed: &SealedEnvelope) -> Result<(), StoreError> {
    let SealedEnvelope { envelope, changes, replaces } = sealed;
    let sequence = i64::try_from(envelope.sequence).map_err(|_| StoreError::Garbled("sequence"))?;
    db.prepare_cached(
        "INSERT INTO own_envelope (hash, document, incarnation, sequence, bytes)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        envelope.hash.as_slice(),
        envelope.document.as_bytes().as_slice(),
        envelope.incarnation.as_bytes().as_slice(),
        sequence,
        envelope.bytes
    ])?;
    for number in changes {
        db.prepare_cached("UPDATE own_change SET envelope = ?2 WHERE number = ?1")?
            .execute(params![number, envelope.hash.as_slice()])?;
    }
    for hash in replaces {
        db.prepare_cached("UPDATE own_envelope SET named = 1 WHERE hash = ?1")?.execute([hash.as_slice()])?;
    }
    Ok(())
}

/// Envelopes of a document that stand behind a refused one, whose work was done anew, and which no
/// later envelope has named as replaced.
pub(crate) fn to_replace(db: &Connection, document: DocumentId) -> Result<Vec<EnvelopeKey>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT hash
         FROM own_envelope
         WHERE document = ?1 AND outcome IN ('blocked', 'stale') AND named = 0
           AND NOT EXISTS (SELECT 1 FROM own_change WHERE own_change.envelope = own_envelope.hash)
         ORDER BY sequence",
    )?;
    let hashes = statement.query_map([document.as_bytes().as_slice()], |row| row.get::<_, Vec<u8>>(0))?;
    hashes.map(|hash| key(&hash?)).collect()
}

/// Takes every change out of envelopes the relay has not answered, and forgets those envelopes.
pub(crate) fn unseal_unanswered(db: &Connection) -> Result<(), StoreError> {
    db.execute(
        "UPDATE own_change SET envelope = NULL
         WHERE envelope IN (SELECT hash FROM own_envelope WHERE outcome IS NULL)",
        [],
    )?;
    db.execute("DELETE FROM own_envelope WHERE outcome IS NULL", [])?;
    Ok(())
}

/// Forgets changes that were made anew: their intents live on in the changes that replaced them.
pub(crate) fn forget(db: &Connection, numbers: &[i64]) -> Result<(), StoreError> {
    for number in numbers {
        db.prepare_cached("DELETE FROM own_change WHERE number = ?1")?.execute([number])?;
    }
    Ok(())
}

/// Envelopes without a receipt, in the order of their chain.
pub(crate) fn unanswered(db: &Connection, limit: usize) -> Result<Vec<OwnEnvelope>, StoreError> {
    let sql = format!(
        "SELECT {ENVELOPE} FROM own_envelope WHERE outcome IS NULL ORDER BY incarnation, sequence LIMIT ?1"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    db.prepare_cached(&sql)?.query_map([limit], read_envelope)?.map(|row| row?).collect()
}

fn with_outcomes(db: &Connection, outcomes: &[&str], and: &str) -> Result<Vec<OwnEnvelope>, StoreError> {
    let mut found = Vec::new();
    let sql = format!(
        "SELECT {ENVELOPE} FROM own_envelope
         WHERE outcome = ?1 {and}
         ORDER BY incarnation, sequence"
    );
    for outcome in outcomes {
        let rows = db
            .prepare_cached(&sql)?
            .query_map([outcome], read_envelope)?
            .map(|row| row?)
            .collect::<Result<Vec<_>, StoreError>>()?;
        found.extend(rows);
    }
    Ok(found)
}

/// Envelopes with an answer after a place, chain by chain.
pub(crate) fn answered_after(
    db: &Connection,
    incarnation: &[u8],
    sequence: i64,
    limit: usize,
) -> Result<Vec<OwnEnvelope>, StoreError> {
    let sql = format!(
        "SELECT {ENVELOPE} FROM own_envelope
         WHERE (incarnation, sequence) > (?1, ?2) AND outcome IS NOT NULL
         ORDER BY incarnation, sequence
         LIMIT ?3"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params![incarnation, sequence, limit], read_envelope)?;
    rows.map(|row| row?).collect()
}

/// One own envelope.
pub(crate) fn envelope(db: &Connection, hash: &EnvelopeKey) -> Result<Option<OwnEnvelope>, StoreError> {
    let sql = format!("SELECT {ENVELOPE} FROM own_envelope WHERE hash = ?1");
    db.prepare_cached(&sql)?
        .query_row([hash.as_slice()], |row| Ok(read_envelope(row)))
        .optional()?
        .map_or(Ok(None), |row| row?.map(Some))
}

/// Every own envelope of a document, oldest first.
pub(crate) fn envelopes_of(db: &Connection, document: DocumentId) -> Result<Vec<OwnEnvelope>, StoreError> {
    let sql =
        format!("SELECT {ENVELOPE} FROM own_envelope WHERE document = ?1 ORDER BY incarnation, sequence");
    let id = document.as_bytes().as_slice();
    db.prepare_cached(&sql)?.query_map([id], read_envelope)?.map(|row| row?).collect()
}

/// The envelope signed at a place of the chain.
pub(crate) fn envelope_at(
    db: &Connection,
    incarnation: IncarnationId,
    sequence: u64,
) -> Result<Option<EnvelopeKey>, StoreError> {
    let Ok(sequence) = i64::try_from(sequence) else { return Ok(None) };
    let found: Option<Vec<u8>> = db
        .prepare_cached("SELECT hash FROM own_envelope WHERE incarnation = ?1 AND sequence = ?2")?
        .query_row(params![incarnation.as_bytes().as_slice(), sequence], |row| row.get(0))
        .optional()?;
    found.map(|hash| key(&hash)).transpose()
}

/// Whether any envelope from `sequence` on has an answer.
pub(crate) fn answered_from(
    db: &Connection,
    incarnation: IncarnationId,
    sequence: u64,
) -> Result<bool, StoreError> {
    let Ok(sequence) = i64::try_from(sequence) else { return Ok(false) };
    let found = db
        .prepare_cached(
            "SELECT EXISTS (
                 SELECT 1 FROM own_envelope
                 WHERE incarnation = ?1 AND sequence >= ?2 AND outcome IS NOT NULL
             )",
        )?
        .query_row(params![incarnation.as_bytes().as_slice(), sequence], |row| row.get(0))?;
    Ok(found)
}

/// Forgets the answers to the envelopes from `sequence` on.
pub(crate) fn send_again_from(
    db: &Connection,
    incarnation: IncarnationId,
    sequence: u64,
) -> Result<(), StoreError> {
    let sequence = i64::try_from(sequence).map_err(|_| StoreError::Garbled("sequence"))?;
    db.prepare_cached(
        "UPDATE own_envelope SET outcome = NULL, receipt = NULL
         WHERE incarnation = ?1 AND sequence >= ?2 AND outcome IS NOT NULL",
    )?
    .execute(params![incarnation.as_bytes().as_slice(), sequence])?;
    Ok(())
}

/// The last envelope of an incarnation: its sequence and hash.
pub(crate) fn chain_end(
    db: &Connection,
    incarnation: IncarnationId,
) -> Result<Option<(u64, EnvelopeKey)>, StoreError> {
    let found: Option<(i64, Vec<u8>)> = db
        .prepare_cached(
            "SELECT sequence, hash FROM own_envelope
             WHERE incarnation = ?1
             ORDER BY sequence DESC LIMIT 1",
        )?
        .query_row([incarnation.as_bytes().as_slice()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    found.map(|(sequence, hash)| Ok((unsigned(sequence)?, key(&hash)?))).transpose()
}

/// Keeps the relay's newest answer. What it deferred is unsent again, in the same breath: it is sent in
/// another envelope, and nothing else would ever look for it.
pub(crate) fn answer(db: &Connection, hash: &EnvelopeKey, answer: &Answer) -> Result<(), StoreError> {
    let position = answer.position.map(i64::try_from).transpose();
    let position = position.map_err(|_| StoreError::Garbled("position"))?;
    db.prepare_cached(
        "UPDATE own_envelope
         SET outcome = ?2, receipt = ?3, position = ifnull(?4, position)
         WHERE hash = ?1",
    )?
    .execute(params![hash.as_slice(), answer.outcome, answer.receipt, position])?;
    db.prepare_cached(
        "UPDATE own_change SET envelope = NULL
         WHERE envelope IN (SELECT hash FROM own_envelope WHERE hash = ?1 AND outcome = 'deferred')",
    )?
    .execute([hash.as_slice()])?;
    Ok(())
}

fn acknowledge(db: &Connection, hash: &EnvelopeKey, is_read: bool) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE own_envelope SET acknowledged = ?2 WHERE hash = ?1")?
        .execute(params![hash.as_slice(), is_read])?;
    Ok(())
}

fn read_change(row: &Row<'_>) -> rusqlite::Result<Result<NumberedChange, StoreError>> {
    let (document, kind, hash): (Vec<u8>, String, Vec<u8>) = (row.get(1)?, row.get(2)?, row.get(4)?);
    let envelope: Option<Vec<u8>> = row.get(10)?;
    let (number, generation, chunk) = (row.get(0)?, row.get(3)?, row.get(5)?);
    let (owners, intents, before, made_ms) = (row.get(6)?, row.get(7)?, row.get(8)?, row.get(9)?);
    let typed = || {
        Ok(NumberedChange {
            number,
            envelope: envelope.as_deref().map(key).transpose()?,
            change: OwnChange {
                document: DocumentId::from_slice(&document)
                    .map_err(|_| StoreError::Garbled("document id"))?,
                kind: Kind::from_name(&kind).ok_or(StoreError::Garbled("kind"))?,
                generation,
                hash: ChangeHash::from_slice(&hash).map_err(|_| StoreError::Garbled("hash"))?,
                chunk,
                owners,
                intents,
                before,
                made_ms,
            },
        })
    };
    Ok(typed())
}

fn read_envelope(row: &Row<'_>) -> rusqlite::Result<Result<OwnEnvelope, StoreError>> {
    let (hash, document, incarnation): (Vec<u8>, Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let (sequence, bytes): (i64, Vec<u8>) = (row.get(3)?, row.get(4)?);
    let (outcome, receipt): (Option<String>, Option<Vec<u8>>) = (row.get(5)?, row.get(6)?);
    let (position, acknowledged): (Option<i64>, bool) = (row.get(7)?, row.get(8)?);
    let typed = || {
        let answer = match (outcome, receipt) {
            (Some(outcome), Some(receipt)) => {
                Some(Answer { outcome, receipt, position: position.map(unsigned).transpose()? })
            }
            _ => None,
        };
        Ok(OwnEnvelope {
            hash: key(&hash)?,
            document: DocumentId::from_slice(&document).map_err(|_| StoreError::Garbled("document id"))?,
            incarnation: IncarnationId::from_slice(&incarnation)
                .map_err(|_| StoreError::Garbled("incarnation"))?,
            sequence: unsigned(sequence)?,
            bytes,
            answer,
            acknowledged,
        })
    };
    Ok(typed())
}

fn key(bytes: &[u8]) -> Result<EnvelopeKey, StoreError> {
    bytes.try_into().map_err(|_| StoreError::Garbled("envelope hash"))
}

fn unsigned(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(|_| StoreError::Garbled("number"))
}
