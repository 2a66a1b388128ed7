//! Devices and the cursors they have presented.

use halyard_domain::id::{DeviceId, WorkspaceId};
use halyard_protocol::control::{Control, ControlEvent};
use halyard_protocol::enrol::Standing;
use halyard_protocol::hash::{ControlHash, Position};
use halyard_protocol::keys::PublicKey;
use halyard_protocol::time::UnixMs;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::failed;
use super::values::{device, document, int, position, workspace};
use crate::storage::{Device, Enrolled, StorageError};

const DEVICE: &str = "SELECT workspace_id, device_id, employee_id, public_key, standing, label, enrolled_ms,
                             revoked_ms, seen_ms, cursor_position, given_position, clock_ahead_ms
                      FROM device
                      WHERE workspace_id = ?1";

fn row(row: &Row<'_>) -> rusqlite::Result<Device> {
    let standing: String = row.get(4)?;
    Ok(Device {
        workspace: workspace(row, 0)?,
        id: device(row, 1)?,
        employee: document(row, 2)?,
        key: PublicKey(row.get(3)?),
        standing: match standing.as_str() {
            "active" => Standing::Active,
            "accepted" => Standing::Accepted,
            // An unknown standing gives no rights.
            _ => Standing::Revoked,
        },
        name: row.get(5)?,
        enrolled: UnixMs(row.get(6)?),
        revoked: row.get::<_, Option<i64>>(7)?.map(UnixMs),
        seen: row.get::<_, Option<i64>>(8)?.map(UnixMs),
        cursor: position(row, 9)?,
        given: position(row, 10)?,
        clock_ahead_ms: row.get(11)?,
    })
}

/// One device.
pub(super) fn one(
    connection: &Connection,
    workspace: WorkspaceId,
    device: DeviceId,
) -> Result<Option<Device>, StorageError> {
    connection
        .prepare_cached(&format!("{DEVICE} AND device_id = ?2"))
        .and_then(|mut statement| {
            statement.query_row(params![workspace.as_bytes(), device.as_bytes()], row).optional()
        })
        .map_err(failed)
}

/// Every device of a company.
pub(super) fn all(connection: &Connection, workspace: WorkspaceId) -> Result<Vec<Device>, StorageError> {
    let mut statement =
        connection.prepare_cached(&format!("{DEVICE} ORDER BY employee_id, enrolled_ms")).map_err(failed)?;
    let rows = statement.query_map(params![workspace.as_bytes()], row).map_err(failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failed)
}

/// Notes where a device is, what it is being given and what its clock says. A device never goes back: what it once had news
/// of, it had news of.
pub(super) fn note_cursors(
    connection: &Connection,
    workspace: WorkspaceId,
    device: DeviceId,
    (presented, given): (Position, Position),
    now: UnixMs,
    clock_ahead_ms: i64,
) -> Result<(), StorageError> {
    connection
        .prepare_cached(
            "UPDATE device
             SET cursor_position = MAX(cursor_position, ?3), given_position = MAX(given_position, ?4), seen_ms = ?5,
                 clock_ahead_ms = ?6
             WHERE workspace_id = ?1 AND device_id = ?2",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                workspace.as_bytes(),
                device.as_bytes(),
                int(presented.0),
                int(given.0),
                now.0,
                clock_ahead_ms
            ])
        })
        .map(drop)
        .map_err(failed)
}

/// Keeps a device that gave a right code, and ends the code.
pub(super) fn join(
    connection: &Connection,
    workspace: WorkspaceId,
    enrolled: &Enrolled,
    now: UnixMs,
) -> Result<(), StorageError> {
    let standing = match enrolled.standing {
        Standing::Accepted => "accepted",
        Standing::Active => "active",
        Standing::Revoked => "revoked",
    };
    connection
        .prepare_cached(
            "INSERT INTO device (workspace_id, device_id, employee_id, public_key, standing, label, enrolled_ms,
                                 cursor_position, given_position)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0)",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                workspace.as_bytes(),
                enrolled.device.as_bytes(),
                enrolled.employee.as_bytes(),
                enrolled.key.0,
                standing,
                enrolled.name,
                now.0,
            ])
        })
        .map_err(failed)?;
    connection
        .prepare_cached(
            "UPDATE enrolment_code
             SET used_by = ?4
             WHERE workspace_id = ?1 AND selector = ?2 AND made_ms = ?3",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                workspace.as_bytes(),
                enrolled.code.0,
                enrolled.code.1.0,
                enrolled.device.as_bytes()
            ])
        })
        .map(drop)
        .map_err(failed)
}

/// Notes that a control entry of an earlier life of the log is carried out, and brings back the device
/// it is about. False when that was done before.
pub(super) fn adopt(
    connection: &Connection,
    workspace: WorkspaceId,
    hash: ControlHash,
    control: &Control,
) -> Result<bool, StorageError> {
    let noted = connection
        .prepare_cached(
            "INSERT INTO adopted_control (workspace_id, control_hash)
             VALUES (?1, ?2)
             ON CONFLICT (workspace_id, control_hash) DO NOTHING",
        )
        .and_then(|mut statement| statement.execute(params![workspace.as_bytes(), hash.0]))
        .map_err(failed)?;
    if noted == 0 {
        return Ok(false);
    }
    match &control.event {
        ControlEvent::Enrolled { device, employee, key, name } => connection
            .prepare_cached(
                "INSERT INTO device (workspace_id, device_id, employee_id, public_key, standing, label,
                                     enrolled_ms, cursor_position, given_position)
                 VALUES (?1, ?2, ?3, ?4, 'accepted', ?5, ?6, 0, 0)
                 ON CONFLICT (workspace_id, device_id) DO NOTHING",
            )
            .and_then(|mut statement| {
                statement.execute(params![
                    workspace.as_bytes(),
                    device.as_bytes(),
                    employee.as_bytes(),
                    key.0,
                    name,
                    control.time.0
                ])
            })
            .map_err(failed)?,
        ControlEvent::Confirmed { certificate } => connection
            .prepare_cached(
                "UPDATE device
                 SET standing = 'active'
                 WHERE workspace_id = ?1 AND device_id = ?2 AND standing = 'accepted'",
            )
            .and_then(|mut statement| {
                statement.execute(params![workspace.as_bytes(), certificate.device.as_bytes()])
            })
            .map_err(failed)?,
        ControlEvent::Revoked { .. }
        | ControlEvent::Dismissed { .. }
        | ControlEvent::RolesChanged { .. }
        | ControlEvent::Erased { .. }
        | ControlEvent::Decided { .. } => 0,
    };
    Ok(true)
}
