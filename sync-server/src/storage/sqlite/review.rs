//! What waits for a decision, and what was decided about people and devices.

use halyard_domain::id::{DeviceId, WorkspaceId};
use halyard_protocol::control::Control;
use halyard_protocol::hash::{EnvelopeHash, EnvelopeNamed};
use halyard_protocol::receipt::Receipt;
use rusqlite::{Connection, OptionalExtension, params};

use super::values::{count, envelope_hash, from_cbor};
use super::{chain, failed};
use crate::storage::{DecidedEnvelope, Queued, StorageError, Waiting};

/// The queue after an envelope, oldest first.
pub(super) fn waiting(
    connection: &Connection,
    workspace: WorkspaceId,
    after: Option<EnvelopeHash>,
    limit: u32,
) -> Result<Vec<Waiting>, StorageError> {
    let begin: (i64, Vec<u8>) = match after {
        None => (i64::MIN, Vec::new()),
        Some(hash) => connection
            .query_row(
                "SELECT arrived_ms, envelope_hash
                 FROM envelope
                 WHERE workspace_id = ?1 AND envelope_hash = ?2",
                params![workspace.as_bytes(), hash.0],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .map_err(failed)?
            .unwrap_or((i64::MAX, Vec::new())),
    };
    let mut statement = connection
        .prepare_cached(
            "SELECT envelope_hash
             FROM envelope
             WHERE workspace_id = ?1 AND undecided = 1 AND (arrived_ms, envelope_hash) > (?2, ?3)
             ORDER BY arrived_ms, envelope_hash
             LIMIT ?4",
        )
        .map_err(failed)?;
    let hashes = statement
        .query_map(params![workspace.as_bytes(), begin.0, begin.1, limit], |row| envelope_hash(row, 0))
        .map_err(failed)?
        .collect::<rusqlite::Result<Vec<_>>>()
        .map_err(failed)?;
    let mut waiting = Vec::with_capacity(hashes.len());
    for hash in hashes {
        let stored = chain::stored(connection, workspace, hash)?.ok_or(StorageError::Bug)?;
        let blocked = behind(connection, workspace, hash)?;
        waiting.push(Waiting { envelope: stored.envelope, receipt: stored.receipt, blocked });
    }
    Ok(waiting)
}

/// The whole queue, oldest first, from what is noted about it.
pub(super) fn queue(connection: &Connection, workspace: WorkspaceId) -> Result<Vec<Queued>, StorageError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT e.envelope_hash, e.header, e.receipt,
                    (SELECT count(*)
                     FROM envelope AS b INDEXED BY envelope_behind
                     WHERE b.workspace_id = ?1 AND b.behind = e.envelope_hash AND b.outcome = 'blocked'
                       AND b.replaced_by IS NULL)
             FROM envelope AS e INDEXED BY envelope_undecided
             WHERE e.workspace_id = ?1 AND e.undecided = 1
             ORDER BY e.arrived_ms, e.envelope_hash",
        )
        .map_err(failed)?;
    let rows = statement
        .query_map(params![workspace.as_bytes()], |row| {
            let (header, receipt): (Vec<u8>, Vec<u8>) = (row.get(1)?, row.get(2)?);
            Ok((envelope_hash(row, 0)?, header, receipt, count(row.get(3)?)))
        })
        .map_err(failed)?;
    let mut queue = Vec::new();
    for row in rows {
        let (hash, header, receipt, blocked) = row.map_err(failed)?;
        let (header, receipt) = (from_cbor(&header, "an envelope")?, from_cbor(&receipt, "a receipt")?);
        queue.push(Queued { hash, header, receipt, blocked });
    }
    Ok(queue)
}

/// Decisions about the envelopes that are named so, in the order of their hashes.
pub(super) fn decided(
    connection: &Connection,
    workspace: WorkspaceId,
    named: EnvelopeNamed,
    most: u32,
) -> Result<Vec<DecidedEnvelope>, StorageError> {
    let (first, last) = named.range();
    let mut statement = connection
        .prepare_cached(
            "SELECT header, receipt
             FROM envelope
             WHERE workspace_id = ?1 AND envelope_hash BETWEEN ?2 AND ?3 AND undecided = 0
             ORDER BY envelope_hash",
        )
        .map_err(failed)?;
    let rows = statement
        .query_map(params![workspace.as_bytes(), first.0, last.0], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?))
        })
        .map_err(failed)?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let mut decided = Vec::new();
    for row in rows {
        let (header, receipt) = row.map_err(failed)?;
        let receipt: Receipt = from_cbor(&receipt, "a receipt")?;
        if receipt.by.is_some() {
            decided.push(DecidedEnvelope { header: from_cbor(&header, "an envelope")?, receipt });
        }
        if decided.len() == most {
            break;
        }
    }
    Ok(decided)
}

/// The envelopes blocked behind one, in the order of their chain.
pub(super) fn behind(
    connection: &Connection,
    workspace: WorkspaceId,
    envelope: EnvelopeHash,
) -> Result<Vec<EnvelopeHash>, StorageError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT envelope_hash
             FROM envelope INDEXED BY envelope_behind
             WHERE workspace_id = ?1 AND behind = ?2 AND outcome = 'blocked' AND replaced_by IS NULL
             ORDER BY arrived_ms, sequence",
        )
        .map_err(failed)?;
    let rows = statement
        .query_map(params![workspace.as_bytes(), envelope.0], |row| envelope_hash(row, 0))
        .map_err(failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failed)
}

/// The newest receipts of a device's envelopes that wait for a decision.
pub(super) fn undecided_of(
    connection: &Connection,
    workspace: WorkspaceId,
    device: DeviceId,
) -> Result<Vec<Receipt>, StorageError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT receipt
             FROM envelope INDEXED BY envelope_unmerged
             WHERE workspace_id = ?1 AND device_id = ?2 AND outcome IN ('quarantined', 'blocked', 'stale')
               AND replaced_by IS NULL
             ORDER BY arrived_ms, sequence",
        )
        .map_err(failed)?;
    let rows = statement
        .query_map(params![workspace.as_bytes(), device.as_bytes()], |row| row.get::<_, Vec<u8>>(0))
        .map_err(failed)?;
    let mut receipts = Vec::new();
    for row in rows {
        receipts.push(from_cbor(&row.map_err(failed)?, "a receipt")?);
    }
    Ok(receipts)
}

/// Every control entry, oldest first.
pub(super) fn controls(
    connection: &Connection,
    workspace: WorkspaceId,
) -> Result<Vec<Control>, StorageError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT content
             FROM log INDEXED BY log_of_controls
             WHERE workspace_id = ?1 AND what = 'control'
             ORDER BY position",
        )
        .map_err(failed)?;
    let rows =
        statement.query_map(params![workspace.as_bytes()], |row| row.get::<_, Vec<u8>>(0)).map_err(failed)?;
    let mut controls = Vec::new();
    for row in rows {
        controls.push(from_cbor(&row.map_err(failed)?, "a control entry")?);
    }
    Ok(controls)
}
