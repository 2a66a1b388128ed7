//! What people might do once.
//!
//! Rights are kept as intervals of log positions: work is judged by what its author might do when the
//! device had its last news, and a listing tells what was gained and lost since.

use std::collections::BTreeSet;

use halyard_domain::id::{DocumentId, WorkspaceId};
use halyard_domain::rights::Access;
use halyard_protocol::hash::{Position, RightsVersion};
use halyard_protocol::time::UnixMs;
use rusqlite::{Connection, OptionalExtension, params};

use super::failed;
use super::values::{count, document, from_cbor, int, maybe_document};
use crate::merge::job::AccessData;
use crate::storage::{Rights, StorageError};

/// What somebody might do at `at`, unless it was lost before `honoured_since`.
pub(super) fn rights_at(
    connection: &Connection,
    workspace: WorkspaceId,
    employee: DocumentId,
    at: Position,
    honoured_since: UnixMs,
) -> Result<Option<Rights>, StorageError> {
    let found = connection
        .prepare_cached(
            "SELECT a.from_position, a.access, a.team_id
             FROM account_access AS a
             LEFT JOIN log AS l ON l.workspace_id = a.workspace_id AND l.position = a.to_position
             WHERE a.workspace_id = ?1 AND a.employee_id = ?2 AND a.from_position <= ?3
               AND (a.to_position IS NULL OR (a.to_position > ?3 AND l.arrived_ms >= ?4))
               AND a.dismissed = 0",
        )
        .and_then(|mut statement| {
            statement
                .query_row(
                    params![workspace.as_bytes(), employee.as_bytes(), int(at.0), honoured_since.0],
                    |row| Ok((count(row.get(0)?), row.get::<_, Vec<u8>>(1)?, maybe_document(row, 2)?)),
                )
                .optional()
        })
        .map_err(failed)?;
    let Some((since, access, team)) = found else { return Ok(None) };
    let access: AccessData = from_cbor(&access, "somebody's rights")?;
    let teammates = match team {
        Some(team) => members_at(connection, workspace, team, at)?,
        None => BTreeSet::new(),
    };
    let teammates = teammates.into_iter().filter(|one| *one != employee).collect();
    Ok(Some(Rights {
        since: RightsVersion(since),
        access: access.access(),
        team,
        teammates,
        dismissed: false,
    }))
}

/// Every access somebody has had since a rights version of theirs, that one first; nothing is what
/// somebody had at a version that never was.
pub(super) fn access_since(
    connection: &Connection,
    workspace: WorkspaceId,
    employee: DocumentId,
    since: RightsVersion,
) -> Result<Vec<Access>, StorageError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT access, from_position
             FROM account_access
             WHERE workspace_id = ?1 AND employee_id = ?2 AND from_position >= ?3
             ORDER BY from_position",
        )
        .map_err(failed)?;
    let rows = statement
        .query_map(params![workspace.as_bytes(), employee.as_bytes(), int(since.0)], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, count(row.get(1)?)))
        })
        .map_err(failed)?;
    let mut had = Vec::new();
    for row in rows {
        let (access, from) = row.map_err(failed)?;
        if had.is_empty() && from != since.0 {
            had.push(Access::default());
        }
        had.push(from_cbor::<AccessData>(&access, "somebody's rights")?.access());
    }
    Ok(had)
}

/// Every access somebody once had and no longer has.
pub(super) fn ended_rights(
    connection: &Connection,
    workspace: WorkspaceId,
    employee: DocumentId,
) -> Result<Vec<Access>, StorageError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT access
             FROM account_access
             WHERE workspace_id = ?1 AND employee_id = ?2 AND to_position IS NOT NULL",
        )
        .map_err(failed)?;
    let rows = statement
        .query_map(params![workspace.as_bytes(), employee.as_bytes()], |row| row.get::<_, Vec<u8>>(0))
        .map_err(failed)?;
    let mut ended = Vec::new();
    for row in rows {
        let access: AccessData = from_cbor(&row.map_err(failed)?, "somebody's rights")?;
        ended.push(access.access());
    }
    Ok(ended)
}

pub(super) fn members_at(
    connection: &Connection,
    workspace: WorkspaceId,
    team: DocumentId,
    at: Position,
) -> Result<BTreeSet<DocumentId>, StorageError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT employee_id
             FROM account_access INDEXED BY account_access_of_team
             WHERE workspace_id = ?1 AND team_id = ?2 AND from_position <= ?3
               AND (to_position IS NULL OR to_position > ?3)",
        )
        .map_err(failed)?;
    let rows = statement
        .query_map(params![workspace.as_bytes(), team.as_bytes(), int(at.0)], |row| document(row, 0))
        .map_err(failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failed)
}
