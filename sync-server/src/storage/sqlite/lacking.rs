//! How much a device may see and has not confirmed having.
//!
//! A device confirms by the cursor it presents: everything up to there has arrived. What it wrote itself
//! it has; what its employee may not see never comes, so neither counts.

use std::collections::BTreeMap;

use halyard_domain::id::{DeviceId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_domain::records::schema;
use halyard_domain::rights::Reach;
use halyard_protocol::enrol::Standing;
use halyard_protocol::time::UnixMs;
use rusqlite::{Connection, params};

use super::people::{People, open_to_all};
use super::values::{count, int};
use super::{devices, failed, past_rights};
use crate::storage::{Device, StorageError};

/// For every device the number of records it has to get: written by others or come into sight since its
/// cursor.
pub(super) fn of_all(
    connection: &Connection,
    workspace: WorkspaceId,
) -> Result<BTreeMap<DeviceId, u64>, StorageError> {
    let people = People::load(connection, workspace)?;
    let mut lacking = BTreeMap::new();
    for device in devices::all(connection, workspace)? {
        lacking.insert(device.id, of_one(connection, &people, &device)?);
    }
    Ok(lacking)
}

fn of_one(connection: &Connection, people: &People, device: &Device) -> Result<u64, StorageError> {
    let rights = people.rights(device.employee);
    if device.standing == Standing::Revoked || rights.dismissed {
        return Ok(0);
    }
    let mut open: Vec<Kind> = Kind::ALL.to_vec();
    open.retain(|kind| people.sees_every(device.employee, *kind));
    let written = written_since(connection, device, &open)?;
    let gained = gained_since(connection, device, &open)?;
    // A wider role opens whole kinds at once.
    let ever = UnixMs(i64::MIN);
    let then = past_rights::rights_at(connection, device.workspace, device.employee, device.cursor, ever)?;
    let before = |kind: &Kind| {
        let reach = |access: &halyard_domain::rights::Access| access.reach(schema(*kind).section);
        open_to_all(*kind) || then.as_ref().is_some_and(|then| reach(&then.access) == Reach::All)
    };
    open.retain(|kind| !before(kind));
    Ok(written + gained + opened(connection, device, &open)?)
}

/// Records in sight with work of others since the cursor.
fn written_since(connection: &Connection, device: &Device, open: &[Kind]) -> Result<u64, StorageError> {
    let sql = "SELECT count(*)
               FROM document AS d INDEXED BY document_by_change
               WHERE d.workspace_id = ?1 AND d.last_position > ?2
                 AND (d.kind IN (SELECT value FROM json_each(?3))
                      OR EXISTS (SELECT 1
                                 FROM sight AS s
                                 WHERE s.workspace_id = ?1 AND s.employee_id = ?4
                                   AND s.document_id = d.document_id AND s.to_position IS NULL))
                 AND EXISTS (SELECT 1
                             FROM envelope AS e INDEXED BY envelope_by_document
                             WHERE e.workspace_id = ?1 AND e.document_id = d.document_id AND e.position > ?2
                               AND e.device_id <> ?5)";
    counted(connection, sql, device, open)
}

/// Records that came into sight since the cursor and were not written since.
fn gained_since(connection: &Connection, device: &Device, open: &[Kind]) -> Result<u64, StorageError> {
    let sql = "SELECT count(DISTINCT s.document_id)
               FROM sight AS s INDEXED BY sight_gained
               CROSS JOIN document AS d ON d.workspace_id = s.workspace_id AND d.document_id = s.document_id
               WHERE s.workspace_id = ?1 AND s.employee_id = ?4 AND s.from_position > ?2
                 AND s.to_position IS NULL AND d.last_position <= ?2
                 AND d.kind NOT IN (SELECT value FROM json_each(?3))
                 AND d.document_id <> ?5";
    counted(connection, sql, device, open)
}

/// Records of kinds that were opened since the cursor, but for those that were in sight already.
fn opened(connection: &Connection, device: &Device, open: &[Kind]) -> Result<u64, StorageError> {
    if open.is_empty() {
        return Ok(0);
    }
    let sql = "SELECT count(*)
               FROM document AS d INDEXED BY document_by_kind
               WHERE d.workspace_id = ?1 AND d.kind IN (SELECT value FROM json_each(?3))
                 AND d.last_position <= ?2 AND d.document_id <> ?5
                 AND NOT EXISTS (SELECT 1
                                 FROM sight AS s
                                 WHERE s.workspace_id = ?1 AND s.employee_id = ?4
                                   AND s.document_id = d.document_id AND s.from_position <= ?2
                                   AND (s.to_position IS NULL OR s.to_position > ?2))";
    counted(connection, sql, device, open)
}

fn counted(connection: &Connection, sql: &str, device: &Device, kinds: &[Kind]) -> Result<u64, StorageError> {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    let names = serde_json::to_string(&names).map_err(|_| StorageError::Bug)?;
    connection
        .prepare_cached(sql)
        .and_then(|mut statement| {
            let keys = params![
                device.workspace.as_bytes(),
                int(device.cursor.0),
                names,
                device.employee.as_bytes(),
                device.id.as_bytes()
            ];
            statement.query_row(keys, |row| row.get::<_, i64>(0))
        })
        .map(count)
        .map_err(failed)
}
