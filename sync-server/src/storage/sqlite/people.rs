//! Who holds which roles, what those give, and the devices people have.
//!
//! An employee's rights are the union of the roles held and the team named in the employee's record.
//! They are kept as intervals of log positions, so that work can be judged by what its author might do
//! when the device had its last news.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use halyard_domain::id::{DocumentId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_domain::records::schema;
use halyard_domain::rights::{Access, Reach, audience, team_of, unborn};
use halyard_protocol::control::ControlEvent;
use halyard_protocol::hash::{Position, RightsVersion};
use halyard_protocol::time::UnixMs;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::past_rights::members_at;
use super::values::{count, document, from_cbor, int, maybe_document, to_cbor};
use super::{documents, failed};
use crate::merge::job::AccessData;
use crate::storage::{DocumentAfter, Person, Rights, StorageError};

/// Everybody with an account, as they stand now.
#[derive(Debug, Default)]
pub(super) struct People {
    by_employee: BTreeMap<DocumentId, Member>,
    teams: BTreeMap<DocumentId, BTreeSet<DocumentId>>,
}

#[derive(Debug)]
struct Member {
    access: Access,
    team: Option<DocumentId>,
    /// Since which position.
    since: u64,
    dismissed: bool,
}

/// The people of the workspaces asked about last, each as of a rights version.
#[derive(Default)]
pub(super) struct PeopleCache(Mutex<BTreeMap<WorkspaceId, (u64, Arc<People>)>>);

impl PeopleCache {
    /// Everybody as of `rights_version`, which no change of this transaction has moved yet.
    pub(super) fn at(
        &self,
        connection: &Connection,
        workspace: WorkspaceId,
        rights_version: u64,
    ) -> Result<Arc<People>, StorageError> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((version, people)) = kept.get(&workspace)
            && *version == rights_version
        {
            return Ok(Arc::clone(people));
        }
        let people = Arc::new(People::load(connection, workspace)?);
        kept.insert(workspace, (rights_version, Arc::clone(&people)));
        Ok(people)
    }
}

/// True for kinds that everybody in the company sees.
pub(super) fn open_to_all(kind: Kind) -> bool {
    audience(&unborn(kind)).everybody
}

impl People {
    /// Reads everybody's present rights.
    pub(super) fn load(connection: &Connection, workspace: WorkspaceId) -> Result<Self, StorageError> {
        let mut people = Self::default();
        let mut statement = connection
            .prepare_cached(
                "SELECT employee_id, team_id, access, from_position, dismissed
                 FROM account_access INDEXED BY account_access_present
                 WHERE workspace_id = ?1 AND to_position IS NULL",
            )
            .map_err(failed)?;
        let rows = statement
            .query_map(params![workspace.as_bytes()], |row| {
                Ok((
                    document(row, 0)?,
                    maybe_document(row, 1)?,
                    row.get::<_, Vec<u8>>(2)?,
                    count(row.get(3)?),
                    row.get(4)?,
                ))
            })
            .map_err(failed)?;
        for row in rows {
            let (employee, team, access, since, dismissed) = row.map_err(failed)?;
            let access: AccessData = from_cbor(&access, "somebody's rights")?;
            if let Some(team) = team {
                people.teams.entry(team).or_default().insert(employee);
            }
            people.by_employee.insert(employee, Member { access: access.access(), team, since, dismissed });
        }
        Ok(people)
    }

    /// How far somebody sees records of a kind.
    pub(super) fn reach(&self, employee: DocumentId, kind: Kind) -> Reach {
        self.by_employee
            .get(&employee)
            .map_or(Reach::None, |member| member.access.reach(schema(kind).section))
    }

    /// True when somebody sees every record of a kind.
    pub(super) fn sees_every(&self, employee: DocumentId, kind: Kind) -> bool {
        open_to_all(kind) || self.reach(employee, kind) == Reach::All
    }

    /// Those who see every record of a kind by their reach.
    pub(super) fn who_see_every(&self, kind: Kind) -> impl Iterator<Item = DocumentId> {
        let section = schema(kind).section;
        self.by_employee
            .iter()
            .filter(move |(_, one)| one.access.reach(section) == Reach::All)
            .map(|(id, _)| *id)
    }

    /// Those who are told of people and devices: whoever administers them.
    pub(super) fn who_hear_of_people(&self) -> impl Iterator<Item = DocumentId> {
        self.by_employee.iter().filter(|(_, one)| one.access.administers()).map(|(id, _)| *id)
    }

    /// The members of a team.
    pub(super) fn members(&self, team: DocumentId) -> impl Iterator<Item = DocumentId> {
        self.teams.get(&team).into_iter().flatten().copied()
    }

    /// The other members of somebody's team.
    pub(super) fn teammates(&self, employee: DocumentId) -> BTreeSet<DocumentId> {
        let team = self.team(employee);
        team.into_iter().flat_map(|team| self.members(team)).filter(|one| *one != employee).collect()
    }

    /// Somebody's team.
    pub(super) fn team(&self, employee: DocumentId) -> Option<DocumentId> {
        self.by_employee.get(&employee)?.team
    }

    /// Since when somebody's rights are what they are now; from the beginning without an account.
    pub(super) fn rights_since(&self, employee: DocumentId) -> Position {
        Position(self.by_employee.get(&employee).map_or(0, |member| member.since))
    }

    /// What somebody may do now; nothing without an account.
    pub(super) fn rights(&self, employee: DocumentId) -> Rights {
        let Some(member) = self.by_employee.get(&employee) else { return Rights::default() };
        Rights {
            since: RightsVersion(member.since),
            access: member.access.clone(),
            team: member.team,
            teammates: self.teammates(employee),
            dismissed: member.dismissed,
        }
    }
}

/// Somebody's present rights and roles.
pub(super) fn person(
    connection: &Connection,
    people: &People,
    workspace: WorkspaceId,
    employee: DocumentId,
) -> Result<Person, StorageError> {
    Ok(Person { rights: people.rights(employee), roles: roles_of(connection, workspace, employee)? })
}

fn roles_of(
    connection: &Connection,
    workspace: WorkspaceId,
    employee: DocumentId,
) -> Result<Vec<DocumentId>, StorageError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT role_id
             FROM account_role
             WHERE workspace_id = ?1 AND employee_id = ?2 AND to_position IS NULL
             ORDER BY role_id",
        )
        .map_err(failed)?;
    let rows = statement
        .query_map(params![workspace.as_bytes(), employee.as_bytes()], |row| document(row, 0))
        .map_err(failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failed)
}

/// Carries out a control entry and says whose rights it changed.
pub(super) fn apply_control(
    connection: &Connection,
    workspace: WorkspaceId,
    at: Position,
    now: UnixMs,
    event: &ControlEvent,
) -> Result<Vec<DocumentId>, StorageError> {
    match event {
        ControlEvent::RolesChanged { employee, roles } => {
            set_roles(connection, workspace, *employee, roles, at)?;
            recompute(connection, workspace, *employee, at, false)
        }
        ControlEvent::Dismissed { employee } => {
            set_roles(connection, workspace, *employee, &[], at)?;
            recompute(connection, workspace, *employee, at, true)
        }
        ControlEvent::Revoked { device } => connection
            .prepare_cached(
                "UPDATE device
                 SET standing = 'revoked', revoked_ms = ?3
                 WHERE workspace_id = ?1 AND device_id = ?2 AND standing <> 'revoked'",
            )
            .and_then(|mut statement| {
                statement.execute(params![workspace.as_bytes(), device.as_bytes(), now.0])
            })
            .map(|_| Vec::new())
            .map_err(failed),
        ControlEvent::Enrolled { .. }
        | ControlEvent::Confirmed { .. }
        | ControlEvent::Erased { .. }
        | ControlEvent::Decided { .. } => Ok(Vec::new()),
    }
}

/// Says whose rights a changed record changed: holders of a role, members of a team.
pub(super) fn apply_document(
    connection: &Connection,
    workspace: WorkspaceId,
    after: &DocumentAfter,
    at: Position,
) -> Result<Vec<DocumentId>, StorageError> {
    match after.merged.kind {
        Kind::Role => {
            let mut changed = Vec::new();
            for holder in holders(connection, workspace, after.document)? {
                changed.extend(recompute(connection, workspace, holder, at, false)?);
            }
            Ok(changed)
        }
        Kind::Employee if has_account(connection, workspace, after.document)? => {
            let dismissed = is_dismissed(connection, workspace, after.document)?;
            recompute(connection, workspace, after.document, at, dismissed)
        }
        Kind::Company
        | Kind::Team
        | Kind::Employee
        | Kind::DirectoryEntry
        | Kind::Checklist
        | Kind::Customer
        | Kind::Equipment
        | Kind::ServiceCard
        | Kind::Visit
        | Kind::Complaint => Ok(Vec::new()),
    }
}

fn holders(
    connection: &Connection,
    workspace: WorkspaceId,
    role: DocumentId,
) -> Result<Vec<DocumentId>, StorageError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT employee_id
             FROM account_role INDEXED BY account_role_by_role
             WHERE workspace_id = ?1 AND role_id = ?2 AND to_position IS NULL",
        )
        .map_err(failed)?;
    let rows = statement
        .query_map(params![workspace.as_bytes(), role.as_bytes()], |row: &Row<'_>| document(row, 0))
        .map_err(failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failed)
}

fn has_account(
    connection: &Connection,
    workspace: WorkspaceId,
    employee: DocumentId,
) -> Result<bool, StorageError> {
    present(connection, workspace, employee).map(|present| present.is_some())
}

fn is_dismissed(
    connection: &Connection,
    workspace: WorkspaceId,
    employee: DocumentId,
) -> Result<bool, StorageError> {
    present(connection, workspace, employee).map(|present| present.is_some_and(|(_, _, dismissed)| dismissed))
}

type Present = (Option<DocumentId>, Vec<u8>, bool);

fn present(
    connection: &Connection,
    workspace: WorkspaceId,
    employee: DocumentId,
) -> Result<Option<Present>, StorageError> {
    connection
        .prepare_cached(
            "SELECT team_id, access, dismissed
             FROM account_access
             WHERE workspace_id = ?1 AND employee_id = ?2 AND to_position IS NULL",
        )
        .and_then(|mut statement| {
            statement
                .query_row(params![workspace.as_bytes(), employee.as_bytes()], |row| {
                    Ok((maybe_document(row, 0)?, row.get(1)?, row.get(2)?))
                })
                .optional()
        })
        .map_err(failed)
}

fn set_roles(
    connection: &Connection,
    workspace: WorkspaceId,
    employee: DocumentId,
    roles: &[DocumentId],
    at: Position,
) -> Result<(), StorageError> {
    let held: BTreeSet<DocumentId> = roles_of(connection, workspace, employee)?.into_iter().collect();
    let wanted: BTreeSet<DocumentId> = roles.iter().copied().collect();
    for role in held.difference(&wanted) {
        connection
            .prepare_cached(
                "UPDATE account_role
                 SET to_position = ?4
                 WHERE workspace_id = ?1 AND employee_id = ?2 AND role_id = ?3 AND to_position IS NULL",
            )
            .and_then(|mut statement| {
                statement.execute(params![
                    workspace.as_bytes(),
                    employee.as_bytes(),
                    role.as_bytes(),
                    int(at.0)
                ])
            })
            .map_err(failed)?;
    }
    for role in wanted.difference(&held) {
        connection
            .prepare_cached(
                "INSERT INTO account_role (workspace_id, employee_id, role_id, from_position)
                 VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (workspace_id, employee_id, role_id, from_position)
                 DO UPDATE SET to_position = NULL",
            )
            .and_then(|mut statement| {
                statement.execute(params![
                    workspace.as_bytes(),
                    employee.as_bytes(),
                    role.as_bytes(),
                    int(at.0)
                ])
            })
            .map_err(failed)?;
    }
    Ok(())
}

/// Makes somebody's rights anew. Says whose changed: theirs, and those of the people whose teammate
/// they were or became.
fn recompute(
    connection: &Connection,
    workspace: WorkspaceId,
    employee: DocumentId,
    at: Position,
    dismissed: bool,
) -> Result<Vec<DocumentId>, StorageError> {
    let mut roles = Vec::new();
    for role in roles_of(connection, workspace, employee)? {
        roles.extend(
            documents::reading(connection, workspace, role)?.map(|reading| Access::of_role(role, &reading)),
        );
    }
    let access = to_cbor(&AccessData::of(&Access::union(&roles)))?;
    let team = documents::reading(connection, workspace, employee)?.and_then(|reading| team_of(&reading));
    let team = team.filter(|_| !dismissed);
    let before = present(connection, workspace, employee)?;
    let wanted = (team, access, dismissed);
    if before.as_ref() == Some(&wanted) {
        return Ok(Vec::new());
    }
    let mut changed = BTreeSet::from([employee]);
    let former_team = before.as_ref().and_then(|(team, _, _)| *team);
    for team in [former_team, team].into_iter().flatten().filter(|_| former_team != team) {
        changed.extend(members_at(connection, workspace, team, at)?);
    }
    let (team, access, dismissed) = wanted;
    connection
        .prepare_cached(
            "UPDATE account_access
             SET to_position = ?3
             WHERE workspace_id = ?1 AND employee_id = ?2 AND to_position IS NULL AND from_position < ?3",
        )
        .and_then(|mut statement| {
            statement.execute(params![workspace.as_bytes(), employee.as_bytes(), int(at.0)])
        })
        .map_err(failed)?;
    connection
        .prepare_cached(
            "INSERT INTO account_access (workspace_id, employee_id, from_position, dismissed, team_id, access)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (workspace_id, employee_id, from_position)
             DO UPDATE SET dismissed = excluded.dismissed, team_id = excluded.team_id, access = excluded.access",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                workspace.as_bytes(),
                employee.as_bytes(),
                int(at.0),
                dismissed,
                team.as_ref().map(DocumentId::as_bytes),
                access,
            ])
        })
        .map_err(failed)?;
    Ok(changed.into_iter().collect())
}
