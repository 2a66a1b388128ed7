//! Documents, their raw changes and their numbers.

use halyard_domain::id::{DocumentId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_protocol::hash::{EnvelopeHash, Position};
use rusqlite::{Connection, OptionalExtension, params};

use super::failed;
use super::values::{count, from_cbor, heads_blob, int, kind, to_cbor};
use crate::storage::{DocumentAfter, NumberGiven, StorageError, StoredChange};

/// How often a document was merged into; none when it is not there.
pub(super) fn version(
    connection: &Connection,
    workspace: WorkspaceId,
    document: DocumentId,
) -> Result<Option<u64>, StorageError> {
    connection
        .prepare_cached(
            "SELECT version
             FROM document
             WHERE workspace_id = ?1 AND document_id = ?2",
        )
        .and_then(|mut statement| {
            statement
                .query_row(params![workspace.as_bytes(), document.as_bytes()], |row| row.get(0))
                .optional()
        })
        .map(|version| version.map(count))
        .map_err(failed)
}

/// The kind of a document; none when it is not there.
pub(super) fn kind_of(
    connection: &Connection,
    workspace: WorkspaceId,
    document: DocumentId,
) -> Result<Option<Kind>, StorageError> {
    connection
        .prepare_cached(
            "SELECT kind
             FROM document
             WHERE workspace_id = ?1 AND document_id = ?2",
        )
        .and_then(|mut statement| {
            statement
                .query_row(params![workspace.as_bytes(), document.as_bytes()], |row| kind(row, 0))
                .optional()
        })
        .map_err(failed)
}

/// Every document of a kind, in no order.
pub(super) fn of_kind(
    connection: &Connection,
    workspace: WorkspaceId,
    kind: Kind,
) -> Result<Vec<DocumentId>, StorageError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT document_id
             FROM document
             WHERE workspace_id = ?1 AND kind = ?2",
        )
        .map_err(failed)?;
    let rows = statement
        .query_map(params![workspace.as_bytes(), kind.name()], |row| super::values::document(row, 0))
        .map_err(failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failed)
}

/// What a document says; none when it is not there.
pub(super) fn reading(
    connection: &Connection,
    workspace: WorkspaceId,
    document: DocumentId,
) -> Result<Option<Reading>, StorageError> {
    let stored: Option<Vec<u8>> = connection
        .prepare_cached(
            "SELECT reading
             FROM document_state
             WHERE workspace_id = ?1 AND document_id = ?2",
        )
        .and_then(|mut statement| {
            statement
                .query_row(params![workspace.as_bytes(), document.as_bytes()], |row| row.get(0))
                .optional()
        })
        .map_err(failed)?;
    stored.map(|bytes| from_cbor(&bytes, "a document's content")).transpose()
}

/// Every record of a kind and what it says.
pub(super) fn readings(
    connection: &Connection,
    workspace: WorkspaceId,
    kind: Kind,
) -> Result<Vec<(DocumentId, Reading)>, StorageError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT d.document_id, s.reading
             FROM document AS d
             JOIN document_state AS s ON s.workspace_id = d.workspace_id AND s.document_id = d.document_id
             WHERE d.workspace_id = ?1 AND d.kind = ?2
             ORDER BY d.document_id",
        )
        .map_err(failed)?;
    let rows = statement
        .query_map(params![workspace.as_bytes(), kind.name()], |row| {
            Ok((super::values::document(row, 0)?, row.get::<_, Vec<u8>>(1)?))
        })
        .map_err(failed)?;
    let mut readings = Vec::new();
    for row in rows {
        let (record, bytes) = row.map_err(failed)?;
        readings.push((record, from_cbor(&bytes, "a document's content")?));
    }
    Ok(readings)
}

/// Adds merged changes to the truth.
pub(super) fn add_changes(
    connection: &Connection,
    workspace: WorkspaceId,
    document: DocumentId,
    envelope: EnvelopeHash,
    at: Position,
    changes: &[StoredChange],
) -> Result<(), StorageError> {
    let newest: i64 = connection
        .prepare_cached(
            "SELECT COALESCE(MAX(place), 0)
             FROM change
             WHERE workspace_id = ?1 AND document_id = ?2",
        )
        .and_then(|mut statement| {
            statement.query_row(params![workspace.as_bytes(), document.as_bytes()], |row| row.get(0))
        })
        .map_err(failed)?;
    let mut statement = connection
        .prepare_cached(
            "INSERT INTO change (workspace_id, document_id, hash, place, envelope_hash, position, actor, seq, bytes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )
        .map_err(failed)?;
    for (change, place) in changes.iter().zip(newest + 1..) {
        statement
            .execute(params![
                workspace.as_bytes(),
                document.as_bytes(),
                change.hash.0,
                place,
                envelope.0,
                int(at.0),
                change.actor.0,
                int(change.seq),
                change.chunk.0,
            ])
            .map_err(failed)?;
    }
    Ok(())
}

/// Keeps a document as it is after its newest changes.
pub(super) fn store(
    connection: &Connection,
    workspace: WorkspaceId,
    after: &DocumentAfter,
) -> Result<(), StorageError> {
    let merged = &after.merged;
    let number = merged.reading.value("number").as_text();
    connection
        .prepare_cached(
            "INSERT INTO document (workspace_id, document_id, kind, generation, version, heads, max_op, changes,
                                   first_position, last_position, number, open_work)
             SELECT ?1, ?2, ?3, ?4, 1, ?5, ?6, MAX(place), MIN(position), MAX(position), ?7, ?8
             FROM change
             WHERE workspace_id = ?1 AND document_id = ?2
             ON CONFLICT (workspace_id, document_id)
             DO UPDATE SET generation = excluded.generation, version = version + 1, heads = excluded.heads,
                           max_op = excluded.max_op, changes = excluded.changes,
                           last_position = excluded.last_position, number = excluded.number,
                           open_work = excluded.open_work",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                workspace.as_bytes(),
                after.document.as_bytes(),
                merged.kind.name(),
                after.generation.0,
                heads_blob(&merged.heads),
                int(merged.max_op),
                number,
                after.open_work,
            ])
        })
        .map_err(failed)?;
    let reading = to_cbor(&merged.reading)?;
    connection
        .prepare_cached(
            "INSERT INTO document_state (workspace_id, document_id, snapshot, reading)
             VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (workspace_id, document_id)
             DO UPDATE SET snapshot = excluded.snapshot, reading = excluded.reading",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                workspace.as_bytes(),
                after.document.as_bytes(),
                merged.snapshot.as_slice(),
                reading
            ])
        })
        .map(drop)
        .map_err(failed)
}

/// Whether every number follows the newest of its series.
pub(super) fn numbers_are_next(
    connection: &Connection,
    workspace: WorkspaceId,
    numbers: &[NumberGiven],
) -> Result<bool, StorageError> {
    let mut expected = std::collections::BTreeMap::new();
    for given in numbers {
        let series = (given.kind, given.year);
        let newest = match expected.get(&series) {
            Some(newest) => *newest,
            None => newest_number(connection, workspace, given.kind, given.year)?,
        };
        if given.number != newest + 1 {
            return Ok(false);
        }
        expected.insert(series, given.number);
    }
    Ok(true)
}

/// The newest number of a series; 0 before the first.
pub(super) fn newest_number(
    connection: &Connection,
    workspace: WorkspaceId,
    kind: Kind,
    year: i32,
) -> Result<u64, StorageError> {
    connection
        .prepare_cached(
            "SELECT newest
             FROM number_series
             WHERE workspace_id = ?1 AND kind = ?2 AND year = ?3",
        )
        .and_then(|mut statement| {
            statement.query_row(params![workspace.as_bytes(), kind.name(), year], |row| row.get(0)).optional()
        })
        .map(|newest| newest.map_or(0, count))
        .map_err(failed)
}

/// Notes that a number was given.
pub(super) fn take_number(
    connection: &Connection,
    workspace: WorkspaceId,
    given: NumberGiven,
) -> Result<(), StorageError> {
    connection
        .prepare_cached(
            "INSERT INTO number_series (workspace_id, kind, year, newest)
             VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (workspace_id, kind, year)
             DO UPDATE SET newest = excluded.newest",
        )
        .and_then(|mut statement| {
            statement.execute(params![workspace.as_bytes(), given.kind.name(), given.year, int(given.number)])
        })
        .map(drop)
        .map_err(failed)
}

/// Lets a series go on after a number that a record handed over has.
pub(super) fn number_stands(
    connection: &Connection,
    workspace: WorkspaceId,
    standing: NumberGiven,
) -> Result<(), StorageError> {
    let newest = newest_number(connection, workspace, standing.kind, standing.year)?;
    if standing.number > newest { take_number(connection, workspace, standing) } else { Ok(()) }
}

/// The records of a kind that have no number.
pub(super) fn unnumbered(
    connection: &Connection,
    workspace: WorkspaceId,
    kind: Kind,
) -> Result<Vec<DocumentId>, StorageError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT document_id
             FROM document INDEXED BY document_by_kind
             WHERE workspace_id = ?1 AND kind = ?2 AND number IS NULL
             ORDER BY document_id",
        )
        .map_err(failed)?;
    let rows = statement
        .query_map(params![workspace.as_bytes(), kind.name()], |row| super::values::document(row, 0))
        .map_err(failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failed)
}
