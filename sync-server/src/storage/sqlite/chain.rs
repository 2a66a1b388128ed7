//! Envelopes as they were answered, and each device's chain of them.

use std::collections::BTreeMap;

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DeviceId, IncarnationId, WorkspaceId};
use halyard_protocol::chain::ChainEnd;
use halyard_protocol::envelope::{Chunk, Envelope, EnvelopeHeader};
use halyard_protocol::hash::{EnvelopeHash, Position};
use halyard_protocol::receipt::{Outcome, Receipt};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::failed;
use super::values::{count, envelope_hash, from_cbor, incarnation, int, outcome_name, to_cbor};
use crate::storage::{Answered, ChainState, StorageError, StoredEnvelope};

/// The last envelope of a device's newest incarnation. Incarnations follow each other by the first
/// arrival of an envelope.
pub(super) fn end(
    connection: &Connection,
    workspace: WorkspaceId,
    device: DeviceId,
) -> Result<Option<ChainEnd>, StorageError> {
    connection
        .prepare_cached(
            "SELECT incarnation, sequence, envelope_hash
             FROM chain_end
             WHERE workspace_id = ?1 AND device_id = ?2",
        )
        .and_then(|mut statement| {
            statement
                .query_row(params![workspace.as_bytes(), device.as_bytes()], |row| {
                    Ok(ChainEnd {
                        incarnation: incarnation(row, 0)?,
                        sequence: count(row.get(1)?),
                        hash: envelope_hash(row, 2)?,
                    })
                })
                .optional()
        })
        .map_err(failed)
}

/// The end of a device's chain, and of one incarnation what is held from a sequence on.
pub(super) fn state(
    connection: &Connection,
    workspace: WorkspaceId,
    device: DeviceId,
    asked: &[(IncarnationId, u64)],
) -> Result<ChainState, StorageError> {
    let mut stored = BTreeMap::new();
    for (life, from) in asked {
        let mut statement = connection
            .prepare_cached(
                "SELECT sequence, envelope_hash, receipt
                 FROM envelope
                 WHERE workspace_id = ?1 AND device_id = ?2 AND incarnation = ?3 AND sequence >= ?4
                 ORDER BY sequence
                 LIMIT 2000",
            )
            .map_err(failed)?;
        let rows = statement
            .query_map(
                params![
                    workspace.as_bytes(),
                    device.as_bytes(),
                    life.as_bytes(),
                    int(from.saturating_sub(1))
                ],
                |row| Ok((count(row.get(0)?), envelope_hash(row, 1)?, row.get::<_, Vec<u8>>(2)?)),
            )
            .map_err(failed)?;
        for row in rows {
            let (sequence, hash, receipt) = row.map_err(failed)?;
            stored.insert((*life, sequence), (hash, from_cbor(&receipt, "a receipt")?));
        }
    }
    Ok(ChainState { end: end(connection, workspace, device)?, stored })
}

/// Keeps an envelope's header and its answer, and moves the end of its chain.
pub(super) fn store(
    connection: &Connection,
    answered: &Answered,
    receipt: &Receipt,
    merged_at: Option<Position>,
) -> Result<(), StorageError> {
    let envelope = &answered.envelope;
    connection
        .prepare_cached(
            "INSERT INTO envelope (workspace_id, envelope_hash, device_id, incarnation, sequence, document_id,
                                   employee_id, header, outcome, receipt, position, arrived_ms, undecided, behind,
                                   handed_over)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                envelope.workspace.as_bytes(),
                answered.hash.0,
                envelope.device.as_bytes(),
                envelope.incarnation.as_bytes(),
                int(envelope.sequence),
                envelope.document.as_bytes(),
                envelope.employee.as_bytes(),
                to_cbor(&envelope.header()).map_err(|_| rusqlite::Error::InvalidQuery)?,
                outcome_name(answered.outcome),
                to_cbor(receipt).map_err(|_| rusqlite::Error::InvalidQuery)?,
                merged_at.map(|at| int(at.0)),
                receipt.arrived.0,
                answered.undecided,
                answered.behind.map(|hash| hash.0),
                answered.handed_over,
            ])
        })
        .map_err(failed)?;
    let new_end =
        ChainEnd { incarnation: envelope.incarnation, sequence: envelope.sequence, hash: answered.hash };
    if answered.handed_over && !follows(connection, envelope.workspace, envelope.device, new_end)? {
        return Ok(());
    }
    advance(connection, envelope.workspace, envelope.device, new_end)
}

/// Whether an envelope that was handed over stands right behind the end of its chain. Over a gap the end
/// does not move: the device itself may still bring what is missing.
fn follows(
    connection: &Connection,
    workspace: WorkspaceId,
    device: DeviceId,
    handed: ChainEnd,
) -> Result<bool, StorageError> {
    Ok(match end(connection, workspace, device)? {
        Some(end) if end.incarnation == handed.incarnation => handed.sequence == end.sequence + 1,
        Some(_) | None => handed.sequence == 1,
    })
}

/// Moves the end of a chain to `newest`, and over what others have handed over behind it.
fn advance(
    connection: &Connection,
    workspace: WorkspaceId,
    device: DeviceId,
    mut newest: ChainEnd,
) -> Result<(), StorageError> {
    while let Some(hash) = held_at(connection, workspace, device, newest.incarnation, newest.sequence + 1)? {
        newest = ChainEnd { sequence: newest.sequence + 1, hash, ..newest };
    }
    set_end(connection, workspace, device, newest)
}

/// The envelope held at a place of a device's chain.
pub(super) fn held_at(
    connection: &Connection,
    workspace: WorkspaceId,
    device: DeviceId,
    life: IncarnationId,
    sequence: u64,
) -> Result<Option<EnvelopeHash>, StorageError> {
    connection
        .prepare_cached(
            "SELECT envelope_hash
             FROM envelope
             WHERE workspace_id = ?1 AND device_id = ?2 AND incarnation = ?3 AND sequence = ?4",
        )
        .and_then(|mut statement| {
            statement
                .query_row(
                    params![workspace.as_bytes(), device.as_bytes(), life.as_bytes(), int(sequence)],
                    |row| envelope_hash(row, 0),
                )
                .optional()
        })
        .map_err(failed)
}

fn set_end(
    connection: &Connection,
    workspace: WorkspaceId,
    device: DeviceId,
    end: ChainEnd,
) -> Result<(), StorageError> {
    connection
        .prepare_cached(
            "INSERT INTO chain_end (workspace_id, device_id, incarnation, sequence, envelope_hash)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (workspace_id, device_id)
             DO UPDATE SET incarnation = excluded.incarnation, sequence = excluded.sequence,
                           envelope_hash = excluded.envelope_hash",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                workspace.as_bytes(),
                device.as_bytes(),
                end.incarnation.as_bytes(),
                int(end.sequence),
                end.hash.0,
            ])
        })
        .map(drop)
        .map_err(failed)
}

/// Keeps the bytes of an envelope that is not merged.
pub(super) fn hold(
    connection: &Connection,
    workspace: WorkspaceId,
    answered: &Answered,
) -> Result<(), StorageError> {
    let mut statement = connection
        .prepare_cached(
            "INSERT INTO held_change (workspace_id, envelope_hash, place, document_id, hash, bytes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .map_err(failed)?;
    for (chunk, place) in answered.envelope.changes.iter().zip(1_i64..) {
        statement
            .execute(params![
                workspace.as_bytes(),
                answered.hash.0,
                place,
                answered.envelope.document.as_bytes(),
                chunk.hash().0,
                chunk.0,
            ])
            .map_err(failed)?;
    }
    Ok(())
}

/// Notes that an envelope brings the work of others of its device anew: those are never merged.
pub(super) fn replace(
    connection: &Connection,
    workspace: WorkspaceId,
    answered: &Answered,
) -> Result<(), StorageError> {
    let mut statement = connection
        .prepare_cached(
            "UPDATE envelope
             SET replaced_by = ?4
             WHERE workspace_id = ?1 AND envelope_hash = ?2 AND device_id = ?3 AND position IS NULL
               AND outcome IN ('blocked', 'stale') AND replaced_by IS NULL",
        )
        .map_err(failed)?;
    for replaced in &answered.envelope.replaces {
        statement
            .execute(params![
                workspace.as_bytes(),
                replaced.0,
                answered.envelope.device.as_bytes(),
                answered.hash.0
            ])
            .map_err(failed)?;
    }
    Ok(())
}

/// Writes the newest receipt of an envelope over the earlier one.
pub(super) fn decide(
    connection: &Connection,
    workspace: WorkspaceId,
    receipt: &Receipt,
    undecided: bool,
) -> Result<(), StorageError> {
    let bytes = to_cbor(receipt)?;
    connection
        .prepare_cached(
            "UPDATE envelope
             SET outcome = ?3, receipt = ?4, position = ?5, undecided = ?6
             WHERE workspace_id = ?1 AND envelope_hash = ?2",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                workspace.as_bytes(),
                receipt.envelope.0,
                outcome_name(receipt.outcome),
                bytes,
                receipt.position.map(|at| int(at.0)),
                undecided,
            ])
        })
        .map_err(failed)?;
    if receipt.outcome == Outcome::Accepted {
        connection
            .prepare_cached("DELETE FROM held_change WHERE workspace_id = ?1 AND envelope_hash = ?2")
            .and_then(|mut statement| statement.execute(params![workspace.as_bytes(), receipt.envelope.0]))
            .map_err(failed)?;
    }
    Ok(())
}

/// One envelope with its changes, wherever they lie.
pub(super) fn stored(
    connection: &Connection,
    workspace: WorkspaceId,
    hash: EnvelopeHash,
) -> Result<Option<StoredEnvelope>, StorageError> {
    let found = connection
        .prepare_cached(
            "SELECT header, receipt, undecided, replaced_by
             FROM envelope
             WHERE workspace_id = ?1 AND envelope_hash = ?2",
        )
        .and_then(|mut statement| {
            statement
                .query_row(params![workspace.as_bytes(), hash.0], |row| {
                    Ok((
                        row.get::<_, Vec<u8>>(0)?,
                        row.get::<_, Vec<u8>>(1)?,
                        row.get::<_, bool>(2)?,
                        row.get::<_, Option<[u8; 32]>>(3)?,
                    ))
                })
                .optional()
        })
        .map_err(failed)?;
    let Some((header, receipt, undecided, replaced_by)) = found else { return Ok(None) };
    let header: EnvelopeHeader = from_cbor(&header, "an envelope")?;
    Ok(Some(StoredEnvelope {
        envelope: with_chunks(connection, workspace, hash, &header)?,
        receipt: from_cbor(&receipt, "a receipt")?,
        undecided,
        replaced_by: replaced_by.map(EnvelopeHash),
    }))
}

/// Puts the bytes of the changes back into a stored header.
pub(super) fn with_chunks(
    connection: &Connection,
    workspace: WorkspaceId,
    hash: EnvelopeHash,
    header: &EnvelopeHeader,
) -> Result<Envelope, StorageError> {
    let mut chunks = BTreeMap::new();
    for table in [
        "SELECT hash, bytes
         FROM change
         WHERE workspace_id = ?1 AND envelope_hash = ?2",
        "SELECT hash, bytes
         FROM held_change
         WHERE workspace_id = ?1 AND envelope_hash = ?2",
    ] {
        let mut statement = connection.prepare_cached(table).map_err(failed)?;
        let rows = statement
            .query_map(params![workspace.as_bytes(), hash.0], |row: &Row<'_>| {
                Ok((row.get::<_, [u8; 32]>(0)?, row.get::<_, Vec<u8>>(1)?))
            })
            .map_err(failed)?;
        for row in rows {
            let (change, bytes) = row.map_err(failed)?;
            chunks.insert(change, bytes);
        }
    }
    let mut whole = Vec::with_capacity(header.changes.len());
    for change in &header.changes {
        whole.push(match chunks.remove(&change.0) {
            Some(bytes) => Chunk(bytes),
            None => Chunk(elsewhere(connection, workspace, header, change)?),
        });
    }
    Ok(header.with_changes(whole))
}

/// A change that an earlier envelope had brought already.
pub(super) fn elsewhere(
    connection: &Connection,
    workspace: WorkspaceId,
    header: &EnvelopeHeader,
    change: &ChangeHash,
) -> Result<Vec<u8>, StorageError> {
    connection
        .prepare_cached(
            "SELECT bytes
             FROM change
             WHERE workspace_id = ?1 AND document_id = ?2 AND hash = ?3",
        )
        .and_then(|mut statement| {
            statement
                .query_row(params![workspace.as_bytes(), header.document.as_bytes(), change.0], |row| {
                    row.get(0)
                })
                .optional()
        })
        .map_err(failed)?
        .ok_or_else(|| StorageError::Damaged {
            what: format!("change {change} of {} is missing", header.document),
        })
}
