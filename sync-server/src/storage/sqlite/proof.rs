//! Documents and log as they lie on the disk, for proving that they agree.

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DocumentId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_protocol::envelope::Chunk;
use halyard_protocol::hash::{ControlHash, EnvelopeHash, Position, RunningHash};
use halyard_protocol::running_hash::LogItem;
use rusqlite::{Connection, Row, params};

use super::failed;
use super::values::{change_hash, count, document, from_cbor, heads, int, kind, position};
use crate::storage::{LogEntry, RawDocument, StorageError};

struct Noted {
    document: DocumentId,
    kind: Kind,
    heads: Vec<ChangeHash>,
    max_op: u64,
    snapshot: Vec<u8>,
    reading: Vec<u8>,
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
    let rows = statement.query_map(params![workspace.as_bytes(), int(after.0), limit], entry).map_err(failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failed)
}

fn entry(row: &Row<'_>) -> rusqlite::Result<LogEntry> {
    let what: String = row.get(1)?;
    let identity: [u8; 32] = row.get(2)?;
    let item = match what.as_str() {
        "envelope" => LogItem::Envelope(EnvelopeHash(identity)),
        "receipt" => LogItem::Receipt(identity),
        _ => LogItem::Control(ControlHash(identity)),
    };
    Ok(LogEntry { position: position(row, 0)?, item, running: RunningHash(row.get(3)?) })
}
