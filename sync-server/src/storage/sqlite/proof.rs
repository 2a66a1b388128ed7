//! Documents and log as they lie on the disk, for proving that they agree.

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DeviceId, DocumentId, IncarnationId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_protocol::envelope::Chunk;
use halyard_protocol::hash::{ControlHash, EnvelopeHash, Position, RunningHash};
use halyard_protocol::running_hash::LogItem;
use rusqlite::{Connection, Row, params};

use super::failed;
use super::values::{change_hash, count, document, envelope_hash, from_cbor, heads, int, kind, position};
use crate::storage::{LogEntry, RawDocument, SignedEnvelope, StorageError};

struct Noted {
    document: DocumentId,
    kind: Kind,
    heads: Vec<ChangeHash>,
    max_op: u64,
    snapshot: Vec<u8>,
    reading: Vec<u8>,
}

/// What is wrong with the pages and indexes of the file, a line each; the first of many are enough.
pub(super) fn file_damage(connection: &Connection) -> Result<Vec<String>, StorageError> {
    let mut statement = connection.prepare("PRAGMA integrity_check(20)").map_err(failed)?;
    let said = statement.query_map([], |row| row.get::<_, String>(0)).map_err(failed)?;
    let said: Vec<String> = said.collect::<Result<_, _>>().map_err(failed)?;
    Ok(said.iter().filter(|line| *line != "ok").flat_map(|lines| lines.lines().map(str::to_owned)).collect())
}

/// Documents by id with their changes and caches.
pub(super) fn raw_documents(
    connection: &Connection,
    workspace: WorkspaceId,
    after: Option<DocumentId>,
    limit: u32,
) -> Result<Vec<RawDocument>, StorageError> {
    let after = after.map_or(Vec::new(), |id| id.as_bytes().to_vec());
    let mut statement = connection
        .prepare_cached(
            "SELECT d.document_id, d.kind, d.heads, d.max_op, s.snapshot, s.reading
             FROM document AS d
             JOIN document_state AS s ON s.workspace_id = d.workspace_id AND s.document_id = d.document_id
             WHERE d.workspace_id = ?1 AND d.document_id > ?2
             ORDER BY d.document_id
             LIMIT ?3",
        )
        .map_err(failed)?;
    let noted = statement
        .query_map(params![workspace.as_bytes(), after, limit], |row| {
            Ok(Noted {
                document: document(row, 0)?,
                kind: kind(row, 1)?,
                heads: heads(&row.get::<_, Vec<u8>>(2)?),
                max_op: count(row.get(3)?),
                snapshot: row.get(4)?,
                reading: row.get(5)?,
            })
        })
        .map_err(failed)?
        .collect::<rusqlite::Result<Vec<_>>>()
        .map_err(failed)?;
    noted
        .into_iter()
        .map(|noted| {
            Ok(RawDocument {
                document: noted.document,
                kind: noted.kind,
                heads: noted.heads,
                max_op: noted.max_op,
                changes: changes(connection, workspace, noted.document)?,
                snapshot: noted.snapshot,
                reading: from_cbor(&noted.reading, "a document's content").ok(),
            })
        })
        .collect()
}

fn changes(
    connection: &Connection,
    workspace: WorkspaceId,
    document: DocumentId,
) -> Result<Vec<(ChangeHash, Chunk)>, StorageError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT hash, bytes
             FROM change
             WHERE workspace_id = ?1 AND document_id = ?2
             ORDER BY place",
        )
        .map_err(failed)?;
    let rows = statement
        .query_map(params![workspace.as_bytes(), document.as_bytes()], |row| {
            Ok((change_hash(row, 0)?, Chunk(row.get(1)?)))
        })
        .map_err(failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failed)
}

/// The log after a position.
pub(super) fn log(
    connection: &Connection,
    workspace: WorkspaceId,
    after: Position,
    limit: u32,
) -> Result<Vec<LogEntry>, StorageError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT position, what, identity, running_hash
             FROM log
             WHERE workspace_id = ?1 AND position > ?2
             ORDER BY position
             LIMIT ?3",
        )
        .map_err(failed)?;
    let rows =
        statement.query_map(params![workspace.as_bytes(), int(after.0), limit], entry).map_err(failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failed)
}

fn entry(row: &Row<'_>) -> rusqlite::Result<LogEntry> {
    Ok(LogEntry { position: position(row, 0)?, item: item(row, 1)?, running: RunningHash(row.get(3)?) })
}

/// What stands at a place: two columns, its kind and its identity.
fn item(row: &Row<'_>, index: usize) -> rusqlite::Result<LogItem> {
    let what: String = row.get(index)?;
    let identity: [u8; 32] = row.get(index + 1)?;
    Ok(match what.as_str() {
        "envelope" => LogItem::Envelope(EnvelopeHash(identity)),
        "receipt" => LogItem::Receipt(identity),
        _ => LogItem::Control(ControlHash(identity)),
    })
}

/// Answered envelopes, chain by chain, with what the log has at their places.
pub(super) fn signed_envelopes(
    connection: &Connection,
    workspace: WorkspaceId,
    after: Option<(DeviceId, IncarnationId, u64)>,
    limit: u32,
) -> Result<Vec<SignedEnvelope>, StorageError> {
    let (device, incarnation, sequence) = match &after {
        Some((device, incarnation, sequence)) => {
            (device.as_bytes().to_vec(), incarnation.as_bytes().to_vec(), int(*sequence))
        }
        None => (Vec::new(), Vec::new(), 0),
    };
    let mut statement = connection
        .prepare_cached(
            "SELECT e.envelope_hash, e.header, e.receipt, e.position, l.position, l.what, l.identity,
                    e.handed_over
             FROM envelope AS e
             LEFT JOIN log AS l ON l.workspace_id = e.workspace_id AND l.position = e.position
             WHERE e.workspace_id = ?1 AND (e.device_id, e.incarnation, e.sequence) > (?2, ?3, ?4)
             ORDER BY e.device_id, e.incarnation, e.sequence
             LIMIT ?5",
        )
        .map_err(failed)?;
    let mut rows = statement
        .query(params![workspace.as_bytes(), device, incarnation, sequence, limit])
        .map_err(failed)?;
    let mut envelopes = Vec::new();
    while let Some(row) = rows.next().map_err(failed)? {
        let (header, receipt): (Vec<u8>, Vec<u8>) =
            (row.get(1).map_err(failed)?, row.get(2).map_err(failed)?);
        let noted: Option<i64> = row.get(3).map_err(failed)?;
        let found: Option<i64> = row.get(4).map_err(failed)?;
        let stands_there = found.map(|_| item(row, 5)).transpose().map_err(failed)?;
        envelopes.push(SignedEnvelope {
            hash: envelope_hash(row, 0).map_err(failed)?,
            header: from_cbor(&header, "an envelope")?,
            receipt: from_cbor(&receipt, "a receipt")?,
            position: noted.map(|position| Position(count(position))),
            stands_there,
            handed_over: row.get(7).map_err(failed)?,
        });
    }
    Ok(envelopes)
}
