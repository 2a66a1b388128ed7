//! Companies, and the lives of their logs.

use halyard_domain::id::{EpochId, IncarnationId, WorkspaceId};
use halyard_protocol::hash::{Position, RunningHash};
use rusqlite::{Connection, OptionalExtension, params};

use super::failed;
use super::values::{epoch, int};
use crate::storage::{NewWorkspace, StorageError};

/// How far number series jump: devices may hold numbers the relay has lost.
const JUMP: i64 = 1_000;

/// Makes a company with an empty log.
pub(super) fn create_workspace(connection: &Connection, new: &NewWorkspace) -> Result<bool, StorageError> {
    connection
        .execute(
            "INSERT INTO workspace (workspace_id, name, demo, epoch, signing_key, cursor_key, incarnation,
                                    relay_sequence, head, running_hash, log_start, rights_version, watermark, created_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, ?8, ?8, 0, 0, ?9)
             ON CONFLICT (workspace_id) DO NOTHING",
            params![
                new.id.as_bytes(),
                new.name,
                new.demo,
                new.epoch.as_bytes(),
                new.signing_seed,
                new.cursor_key,
                new.incarnation.as_bytes(),
                RunningHash::start(new.epoch).0,
                new.now.0,
            ],
        )
        .map(|made| made == 1)
        .map_err(failed)
}

/// Begins a new life of the log, once: whoever comes second gets the one that began. Nothing is given
/// out in it until [`end_hand_over`]. The relay writes on as another author, because the places of its
/// own chain that were lost come back.
pub(super) fn begin(
    connection: &Connection,
    workspace: WorkspaceId,
    old: EpochId,
    new: EpochId,
    incarnation: IncarnationId,
) -> Result<EpochId, StorageError> {
    let begun = connection
        .execute(
            "UPDATE workspace
             SET epoch = ?3, incarnation = ?4, relay_sequence = 0, relay_previous = NULL, handing_over = 1,
                 former_epoch = epoch, former_head = head
             WHERE workspace_id = ?1 AND epoch = ?2",
            params![workspace.as_bytes(), old.as_bytes(), new.as_bytes(), incarnation.as_bytes()],
        )
        .map_err(failed)?;
    if begun == 1 {
        connection
            .execute(
                "UPDATE number_series
                 SET newest = (newest / ?2 + 1) * ?2
                 WHERE workspace_id = ?1",
                params![workspace.as_bytes(), JUMP],
            )
            .map_err(failed)?;
        connection
            .execute(
                "UPDATE device
                 SET cursor_position = 0, given_position = 0
                 WHERE workspace_id = ?1",
                params![workspace.as_bytes()],
            )
            .map_err(failed)?;
    }
    connection
        .query_row(
            "SELECT epoch
             FROM workspace
             WHERE workspace_id = ?1",
            params![workspace.as_bytes()],
            |row| epoch(row, 0),
        )
        .optional()
        .map_err(failed)?
        .ok_or(StorageError::Bug)
}

/// Lets the relay give out again. False when it did.
pub(super) fn end_hand_over(connection: &Connection, workspace: WorkspaceId) -> Result<bool, StorageError> {
    connection
        .execute(
            "UPDATE workspace
             SET handing_over = 0
             WHERE workspace_id = ?1 AND handing_over = 1",
            params![workspace.as_bytes()],
        )
        .map(|ended| ended == 1)
        .map_err(failed)
}

/// Notes that a backup which ends at `position` was restored elsewhere and verified. False when the log
/// has another hash there, or is shorter: the backup is of another log.
pub(super) fn backup_verified(
    connection: &Connection,
    workspace: WorkspaceId,
    position: Position,
    running: RunningHash,
) -> Result<bool, StorageError> {
    let stands = connection
        .prepare_cached(
            "SELECT 1
             FROM log
             WHERE workspace_id = ?1 AND position = ?2 AND running_hash = ?3",
        )
        .and_then(|mut statement| statement.exists(params![workspace.as_bytes(), int(position.0), running.0]))
        .map_err(failed)?;
    if stands {
        connection
            .execute(
                "UPDATE workspace
                 SET watermark = MAX(watermark, ?2)
                 WHERE workspace_id = ?1",
                params![workspace.as_bytes(), int(position.0)],
            )
            .map_err(failed)?;
    }
    Ok(stands)
}
