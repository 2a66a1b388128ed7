//! Documents and their rows.

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_tables::derived::{self, Dependent};
use halyard_tables::sql::Target;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;

use crate::error::StoreError;
use crate::rows::Rows;
use crate::types::{DocumentCommit, Holding, OtherEnvelope, StoredDocument};

/// Reads a document whole.
pub(crate) fn load(db: &Connection, document: DocumentId) -> Result<Option<StoredDocument>, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT kind, generation, base, heads, position, set_aside
             FROM document
             WHERE id = ?1",
        )?
        .query_row([document.as_bytes().as_slice()], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, u32>(1)?,
                row.get::<_, Vec<u8>>(2)?,
                row.get::<_, Vec<u8>>(3)?,
                row.get::<_, i64>(4)?,
                row.get::<_, Option<String>>(5)?,
            ))
        })
        .optional()?;
    let Some((kind, generation, base, heads, position, set_aside)) = found else { return Ok(None) };
    let tail = db
        .prepare_cached("SELECT chunk FROM document_change WHERE document = ?1 ORDER BY place")?
        .query_map([document.as_bytes().as_slice()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(Some(StoredDocument {
        kind: Kind::from_name(&kind).ok_or(StoreError::Garbled("kind"))?,
        generation,
        base,
        tail,
        heads: heads_from(&heads)?,
        position: u64::try_from(position).map_err(|_| StoreError::Garbled("position"))?,
        set_aside,
    }))
}

/// Writes a document's new content and rows, and adds the records to refresh before the transaction
/// ends.
pub(crate) fn write(
    db: &Connection,
    commit: &DocumentCommit,
    refresh: &mut BTreeSet<Dependent>,
) -> Result<(), StoreError> {
    let id = commit.document.as_bytes().as_slice();
    let present: Option<Vec<u8>> = db
        .prepare_cached("SELECT heads FROM document WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let expected = commit.expected_heads.as_deref().map(heads_to);
    if present != expected {
        return Err(StoreError::Stale(commit.document));
    }
    let position = commit.position.map(i64::try_from).transpose();
    let position = position.map_err(|_| StoreError::Garbled("position"))?;
    db.prepare_cached(
        "INSERT INTO document (id, kind, generation, base, heads, position)
         VALUES (?1, ?2, ?3, ifnull(?4, x''), ?5, ifnull(?6, 0))
         ON CONFLICT (id) DO UPDATE SET
             generation = excluded.generation,
             base = ifnull(?4, base),
             heads = excluded.heads,
             position = max(position, ifnull(?6, 0)),
             parsing = 0,
             set_aside = NULL",
    )?
    .execute(params![
        id,
        commit.kind.name(),
        commit.generation,
        commit.base,
        heads_to(&commit.heads),
        position
    ])?;
    if commit.base.is_some() {
        db.prepare_cached("DELETE FROM document_change WHERE document = ?1")?.execute([id])?;
    }
    for (hash, chunk) in &commit.changes {
        db.prepare_cached(
            "INSERT INTO document_change (document, place, hash, chunk)
             SELECT ?1, ifnull(max(place), 0) + 1, ?2, ?3 FROM document_change WHERE document = ?1
             ON CONFLICT (document, hash) DO NOTHING",
        )?
        .execute(params![id, hash.0.as_slice(), chunk])?;
    }
    if let Some(rows) = &commit.rows {
        refresh.extend(derived::replace(&Rows(db), Target::DEVICE, rows)?);
    }
    Ok(())
}

/// Removes a document's content and rows. Own changes and envelopes stay.
pub(crate) fn remove(
    db: &Connection,
    document: DocumentId,
    refresh: &mut BTreeSet<Dependent>,
) -> Result<(), StoreError> {
    let id = document.as_bytes().as_slice();
    let kind: Option<String> = db
        .prepare_cached("SELECT kind FROM document WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let Some(kind) = kind else { return Ok(()) };
    let kind = Kind::from_name(&kind).ok_or(StoreError::Garbled("kind"))?;
    refresh.extend(derived::remove(&Rows(db), Target::DEVICE, kind, document)?);
    db.prepare_cached("DELETE FROM document WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// Marks a document as one that has left the eager feed.
pub(crate) fn archive(db: &Connection, document: DocumentId) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE document SET archived = 1 WHERE id = ?1")?
        .execute([document.as_bytes().as_slice()])?;
    Ok(())
}

/// Counts against documents that the app died while it parsed them, and sets aside those it died over
/// twice.
pub(crate) fn count_deaths(db: &Connection, deadly: &[DocumentId], why: &str) -> Result<(), StoreError> {
    for document in deadly {
        db.prepare_cached(
            "UPDATE document
             SET parsing = parsing + 1, set_aside = CASE WHEN parsing >= 1 THEN ?2 ELSE set_aside END
             WHERE id = ?1",
        )?
        .execute(params![document.as_bytes().as_slice(), why])?;
    }
    Ok(())
}

/// Documents over which the app died once.
pub(crate) fn suspects(db: &Connection) -> Result<Vec<DocumentId>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT id FROM document WHERE parsing > 0 AND set_aside IS NULL ORDER BY id")?;
    let ids = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    ids.map(|id| DocumentId::from_slice(&id?).map_err(|_| StoreError::Garbled("document id"))).collect()
}

/// The app lived through parsing a document.
pub(crate) fn clear(db: &Connection, document: DocumentId) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE document SET parsing = 0 WHERE id = ?1")?
        .execute([document.as_bytes().as_slice()])?;
    Ok(())
}

/// Sets a document aside, known here or not.
pub(crate) fn put_aside(
    db: &Connection,
    document: DocumentId,
    kind: Kind,
    why: &str,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO document (id, kind, generation, base, heads, position, set_aside)
         VALUES (?1, ?2, 0, x'', x'', 0, ?3)
         ON CONFLICT (id) DO UPDATE SET set_aside = excluded.set_aside",
    )?
    .execute(params![document.as_bytes().as_slice(), kind.name(), why])?;
    Ok(())
}

/// Documents that are not opened any more, with the reason.
pub(crate) fn set_aside(db: &Connection) -> Result<Vec<(DocumentId, String)>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT id, set_aside FROM document WHERE set_aside IS NOT NULL ORDER BY id")?;
    let found = statement.query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?)))?;
    let typed = found.map(|row| {
        let (id, why) = row?;
        Ok((DocumentId::from_slice(&id).map_err(|_| StoreError::Garbled("document id"))?, why))
    });
    typed.collect()
}

pub(crate) fn heads_to(heads: &[ChangeHash]) -> Vec<u8> {
    heads.iter().flat_map(|head| head.0).collect()
}

pub(crate) fn heads_from(bytes: &[u8]) -> Result<Vec<ChangeHash>, StoreError> {
    let whole = bytes.chunks(32).map(ChangeHash::from_slice).collect::<Result<_, _>>();
    whole.map_err(|_| StoreError::Garbled("list of heads"))
}

/// How many documents are here.
pub(crate) fn count(db: &Connection) -> Result<usize, StoreError> {
    let count: i64 = db.prepare_cached("SELECT count(*) FROM document")?.query_row([], |row| row.get(0))?;
    usize::try_from(count).map_err(|_| StoreError::Garbled("count"))
}

/// Every document with its kind.
pub(crate) fn ids(db: &Connection) -> Result<Vec<(DocumentId, Kind)>, StoreError> {
    let mut statement = db.prepare_cached("SELECT id, kind FROM document ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut ids = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, kind): (Vec<u8>, String) = (row.get(0)?, row.get(1)?);
        ids.push((
            DocumentId::from_slice(&id).map_err(|_| StoreError::Garbled("document id"))?,
            Kind::from_name(&kind).ok_or(StoreError::Garbled("kind"))?,
        ));
    }
    Ok(ids)
}

/// Keeps somebody else's envelope for healing, with its newest receipt: in a new life of the log it gets
/// another.
pub(crate) fn keep_envelope(db: &Connection, envelope: &OtherEnvelope) -> Result<(), StoreError> {
    let position = i64::try_from(envelope.position).map_err(|_| StoreError::Garbled("position"))?;
    db.prepare_cached(
        "INSERT INTO other_envelope (hash, document, position, header, whole)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (hash) DO UPDATE SET position = excluded.position, header = excluded.header",
    )?
    .execute(params![
        envelope.hash.as_slice(),
        envelope.document.as_bytes().as_slice(),
        position,
        envelope.bytes,
        envelope.whole
    ])?;
    Ok(())
}

/// Every document that is neither archived nor set aside, as an offer names it.
pub(crate) fn holdings(db: &Connection) -> Result<Vec<Holding>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, heads, EXISTS (
             SELECT 1
             FROM own_change
             LEFT JOIN own_envelope ON own_envelope.hash = own_change.envelope
             WHERE own_change.document = document.id AND ifnull(own_envelope.outcome, '') <> 'accepted'
         )
         FROM document
         WHERE archived = 0 AND set_aside IS NULL",
    )?;
    let mut rows = statement.query([])?;
    let mut holdings = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, heads): (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?);
        holdings.push(Holding {
            document: DocumentId::from_slice(&id).map_err(|_| StoreError::Garbled("document id"))?,
            heads: heads_from(&heads)?,
            unaccepted: row.get(2)?,
        });
    }
    Ok(holdings)
}

/// Other people's envelope headers of a document, by position.
pub(crate) fn other_envelopes(db: &Connection, document: DocumentId) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT header FROM other_envelope WHERE document = ?1 ORDER BY position")?;
    let found =
        statement.query_map([document.as_bytes().as_slice()], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(found)
}
