//! Invitations: hashed, short-lived, used once.
//!
//! The first two characters of a code find its row, so that a wrong code costs the one invitation it
//! may have been meant for a try, and nobody else's.

use halyard_domain::id::{DeviceId, WorkspaceId};
use halyard_protocol::time::UnixMs;
use rusqlite::{Connection, OptionalExtension, params};

use super::failed;
use super::values::document;
use crate::storage::{NewCode, OpenCode, StorageError};

/// Keeps an invitation unless an open one begins with the same characters.
pub(super) fn keep(connection: &Connection, code: &NewCode) -> Result<bool, StorageError> {
    connection
        .prepare_cached(
            "INSERT INTO enrolment_code (workspace_id, selector, salt, code_hash, employee_id, made_ms, expires_ms,
                                         tries_left)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8
             WHERE NOT EXISTS (
                 SELECT 1
                 FROM enrolment_code
                 WHERE workspace_id = ?1 AND selector = ?2 AND expires_ms > ?6 AND tries_left > 0)",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                code.workspace.as_bytes(),
                code.selector,
                code.salt,
                code.hash,
                code.employee.as_bytes(),
                code.made.0,
                code.expires.0,
                code.tries,
            ])
        })
        .map(|kept| kept == 1)
        .map_err(failed)
}

/// The newest invitation that begins so and has neither ended nor run out of tries.
pub(super) fn find(
    connection: &Connection,
    workspace: WorkspaceId,
    selector: &str,
    now: UnixMs,
) -> Result<Option<OpenCode>, StorageError> {
    connection
        .prepare_cached(
            "SELECT salt, code_hash, employee_id, made_ms, expires_ms <= ?3, used_by
             FROM enrolment_code
             WHERE workspace_id = ?1 AND selector = ?2 AND tries_left > 0
             ORDER BY made_ms DESC
             LIMIT 1",
        )
        .and_then(|mut statement| {
            statement
                .query_row(params![workspace.as_bytes(), selector, now.0], |row| {
                    Ok(OpenCode {
                        salt: row.get(0)?,
                        hash: row.get(1)?,
                        employee: document(row, 2)?,
                        made: UnixMs(row.get(3)?),
                        is_over: row.get(4)?,
                        used_by: row
                            .get::<_, Option<[u8; 16]>>(5)?
                            .map(|bytes| DeviceId::from_uuid(uuid::Uuid::from_bytes(bytes))),
                    })
                })
                .optional()
        })
        .map_err(failed)
}

/// Takes one try.
pub(super) fn wrong(
    connection: &Connection,
    workspace: WorkspaceId,
    selector: &str,
    made: UnixMs,
) -> Result<(), StorageError> {
    connection
        .prepare_cached(
            "UPDATE enrolment_code
             SET tries_left = tries_left - 1
             WHERE workspace_id = ?1 AND selector = ?2 AND made_ms = ?3 AND tries_left > 0",
        )
        .and_then(|mut statement| statement.execute(params![workspace.as_bytes(), selector, made.0]))
        .map(drop)
        .map_err(failed)
}
