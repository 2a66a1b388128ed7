//! Who sees which record, kept as intervals of log positions.
//!
//! Kept here is sight that has to be looked up: a record's own people and teams, and what the records
//! they see carry, one step. What everybody sees, and what somebody sees by reach *all*, is known from
//! the kind alone and is not kept per record.
//!
//! A change of a record touches only the record and what it carries, before and after. Gains are added
//! without asking further; a loss is a loss only when nothing else still shows the record.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::id::{DocumentId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_domain::records::schema;
use halyard_domain::rights::Reach;
use halyard_domain::rules::carries::{Carry, carried_kinds, carries};
use halyard_domain::schema::Shape;
use halyard_domain::value::ScalarType;
use halyard_protocol::hash::Position;
use rusqlite::{Connection, OptionalExtension, params};

use super::documents;
use super::failed;
use super::graph::Graph;
use super::people::{People, open_to_all};
use super::values::{document, int};
use crate::storage::{DocumentAfter, StorageError};

/// Where sight is looked up and written, at one position.
pub(super) struct Sight<'a> {
    pub(super) connection: &'a Connection,
    pub(super) workspace: WorkspaceId,
    pub(super) people: &'a People,
    pub(super) at: Position,
    /// Whose sight was written.
    moved: RefCell<Employees>,
}

type Employees = BTreeSet<DocumentId>;

impl<'a> Sight<'a> {
    pub(super) fn new(
        connection: &'a Connection,
        workspace: WorkspaceId,
        people: &'a People,
        at: Position,
    ) -> Self {
        Self { connection, workspace, people, at, moved: RefCell::default() }
    }

    /// Those who gained or lost a record until now.
    pub(super) fn moved(&self) -> Employees {
        self.moved.borrow().clone()
    }

    pub(super) fn graph(&self) -> Graph<'_> {
        Graph { connection: self.connection, workspace: self.workspace }
    }

    /// Follows a record that was stored: its people, its links, and who sees what because of them.
    pub(super) fn document_changed(&self, after: &DocumentAfter) -> Result<(), StorageError> {
        let (record, kind) = (after.document, after.merged.kind);
        let direct_before = self.direct(record, kind)?;
        let forward_before = self.graph().forward(record, kind)?;
        let people_moved = self.store_audience(record, &after.merged.reading)?;
        let moved_links = self.store_links(record, &after.merged.reading, after.linked_by)?;
        let is_new = direct_before.is_empty() && forward_before.is_empty() && self.is_newborn(record)?;
        if !people_moved && moved_links.is_empty() && !is_new {
            return Ok(());
        }
        let direct = self.direct(record, kind)?;
        let forward = self.graph().forward(record, kind)?;
        let was = Carried { who: &direct_before, what: &forward_before };
        self.spread(kind, &was, &Carried { who: &direct, what: &forward })?;
        self.recompute(record, kind)?;
        // What this record leads to for others: a card's contract for those who see its visits.
        for (_, target) in moved_links.iter().filter(|(field, _)| leads_on(kind, field)) {
            if let Some(kind) = self.graph().kind(*target)? {
                self.recompute(*target, kind)?;
            }
        }
        Ok(())
    }

    /// Follows people whose rights or teams changed.
    pub(super) fn people_changed(&self, employees: &[DocumentId]) -> Result<(), StorageError> {
        for employee in employees.iter().copied().collect::<BTreeSet<_>>() {
            let wanted = self.everything_for(employee)?;
            let present = self.open_for(employee)?;
            for record in present.difference(&wanted) {
                self.close(employee, *record)?;
            }
            for record in wanted.difference(&present) {
                self.open(employee, *record)?;
            }
        }
        Ok(())
    }

    /// True when somebody sees a record now.
    pub(super) fn visible(
        &self,
        employee: DocumentId,
        record: DocumentId,
        kind: Kind,
    ) -> Result<bool, StorageError> {
        Ok(self.people.sees_every(employee, kind) || self.is_open(employee, record)?)
    }

    fn is_newborn(&self, record: DocumentId) -> Result<bool, StorageError> {
        self.connection
            .prepare_cached(
                "SELECT version = 1
                 FROM document
                 WHERE workspace_id = ?1 AND document_id = ?2",
            )
            .and_then(|mut statement| {
                statement
                    .query_row(params![self.workspace.as_bytes(), record.as_bytes()], |row| row.get(0))
                    .optional()
            })
            .map(|newborn| newborn.unwrap_or(false))
            .map_err(failed)
    }

    /// Those a record belongs to, as far as their reach goes. Reach *all* is not among it.
    fn direct(&self, record: DocumentId, kind: Kind) -> Result<Employees, StorageError> {
        let mut direct = Employees::new();
        for (who, is_team) in self.stored_audience(record)? {
            if is_team {
                direct.extend(
                    self.people.members(who).filter(|one| self.people.reach(*one, kind) >= Reach::Own),
                );
                continue;
            }
            if self.people.reach(who, kind) >= Reach::Own {
                direct.insert(who);
            }
            let mates = self.people.teammates(who).into_iter();
            direct.extend(mates.filter(|mate| self.people.reach(*mate, kind) >= Reach::Team));
        }
        Ok(direct)
    }

    /// Those who see a record of one kind by reach and would not see one of another by reach.
    fn carried_by_reach(&self, from: Kind, to: Kind) -> Employees {
        self.people.who_see_every(from).filter(|one| !self.people.sees_every(*one, to)).collect()
    }

    /// Gains and losses of everything a record of `kind` carries.
    fn spread(&self, kind: Kind, was: &Carried<'_>, is: &Carried<'_>) -> Result<(), StorageError> {
        for record in is.what {
            let Some(carried) = self.graph().kind(*record)? else { continue };
            let mut gaining: Employees = is.who.clone();
            gaining.extend(self.carried_by_reach(kind, carried));
            for employee in gaining {
                let had = was.what.contains(record) && was.who.contains(&employee);
                if !had && !self.people.sees_every(employee, carried) {
                    self.open(employee, *record)?;
                }
            }
        }
        for record in was.what {
            let kept_all = is.what.contains(record) && was.who.is_subset(is.who);
            if !kept_all && let Some(carried) = self.graph().kind(*record)? {
                self.recompute(*record, carried)?;
            }
        }
        Ok(())
    }

    /// Everybody who sees a record now, beside reach *all* and what everybody sees.
    fn seers(&self, record: DocumentId, kind: Kind) -> Result<Employees, StorageError> {
        if open_to_all(kind) {
            return Ok(Employees::new());
        }
        let mut seers = self.direct(record, kind)?;
        let mut from_kinds = BTreeSet::new();
        for (carrier, carrier_kind) in self.graph().backward(record, kind)? {
            seers.extend(self.direct(carrier, carrier_kind)?);
            from_kinds.insert(carrier_kind);
        }
        for from in from_kinds {
            seers.extend(self.carried_by_reach(from, kind));
        }
        seers.retain(|employee| !self.people.sees_every(*employee, kind));
        Ok(seers)
    }

    /// Brings the kept sight of one record in line with what holds now.
    fn recompute(&self, record: DocumentId, kind: Kind) -> Result<(), StorageError> {
        let wanted = self.seers(record, kind)?;
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT employee_id
                 FROM sight INDEXED BY sight_of_document
                 WHERE workspace_id = ?1 AND document_id = ?2 AND to_position IS NULL",
            )
            .map_err(failed)?;
        let present = statement
            .query_map(params![self.workspace.as_bytes(), record.as_bytes()], |row| document(row, 0))
            .map_err(failed)?
            .collect::<rusqlite::Result<Employees>>()
            .map_err(failed)?;
        for employee in present.difference(&wanted) {
            self.close(*employee, record)?;
        }
        for employee in wanted.difference(&present) {
            self.open(*employee, record)?;
        }
        Ok(())
    }

    /// Everything somebody sees beside reach *all* and what everybody sees.
    fn everything_for(&self, employee: DocumentId) -> Result<BTreeSet<DocumentId>, StorageError> {
        let mut kinds: BTreeMap<DocumentId, Kind> = BTreeMap::new();
        let mut belongs = self.belonging_to(employee, false)?;
        if let Some(team) = self.people.team(employee) {
            belongs.extend(self.belonging_to(team, true)?);
        }
        for record in belongs {
            if let Some(kind) =
                self.graph().kind(record)?.filter(|kind| self.people.reach(employee, *kind) >= Reach::Own)
            {
                kinds.insert(record, kind);
            }
        }
        for mate in self.people.teammates(employee) {
            for record in self.belonging_to(mate, false)? {
                let kind = self.graph().kind(record)?;
                if let Some(kind) = kind.filter(|kind| self.people.reach(employee, *kind) >= Reach::Team) {
                    kinds.insert(record, kind);
                }
            }
        }
        for &kind in Kind::ALL.iter().filter(|kind| self.carries_beyond_reach(employee, **kind)) {
            kinds.extend(
                documents::of_kind(self.connection, self.workspace, kind)?
                    .into_iter()
                    .map(|record| (record, kind)),
            );
        }
        let mut seen = BTreeSet::new();
        for (record, kind) in kinds {
            seen.insert(record);
            seen.extend(self.graph().forward(record, kind)?);
        }
        let mut kept = BTreeSet::new();
        for record in seen {
            if self.graph().kind(record)?.is_some_and(|kind| !self.people.sees_every(employee, kind)) {
                kept.insert(record);
            }
        }
        Ok(kept)
    }

    /// True when somebody sees every record of a kind, and what those carry is not all seen by reach.
    fn carries_beyond_reach(&self, employee: DocumentId, kind: Kind) -> bool {
        let carried = carried_kinds(kind);
        let beyond = |name: &&str| {
            Kind::from_name(name).is_some_and(|carried| !self.people.sees_every(employee, carried))
        };
        self.people.reach(employee, kind) == Reach::All && carried.iter().any(beyond)
    }

    fn belonging_to(&self, who: DocumentId, is_team: bool) -> Result<BTreeSet<DocumentId>, StorageError> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT document_id
                 FROM audience INDEXED BY audience_of
                 WHERE workspace_id = ?1 AND who = ?2 AND is_team = ?3 AND to_position IS NULL",
            )
            .map_err(failed)?;
        let rows = statement
            .query_map(params![self.workspace.as_bytes(), who.as_bytes(), is_team], |row| document(row, 0))
            .map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    fn open_for(&self, employee: DocumentId) -> Result<BTreeSet<DocumentId>, StorageError> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT document_id
                 FROM sight
                 WHERE workspace_id = ?1 AND employee_id = ?2 AND to_position IS NULL",
            )
            .map_err(failed)?;
        let rows = statement
            .query_map(params![self.workspace.as_bytes(), employee.as_bytes()], |row| document(row, 0))
            .map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    fn is_open(&self, employee: DocumentId, record: DocumentId) -> Result<bool, StorageError> {
        self.connection
            .prepare_cached(
                "SELECT 1
                 FROM sight
                 WHERE workspace_id = ?1 AND employee_id = ?2 AND document_id = ?3 AND to_position IS NULL",
            )
            .and_then(|mut statement| {
                statement.exists(params![self.workspace.as_bytes(), employee.as_bytes(), record.as_bytes()])
            })
            .map_err(failed)
    }

    fn open(&self, employee: DocumentId, record: DocumentId) -> Result<(), StorageError> {
        if self.is_open(employee, record)? {
            return Ok(());
        }
        self.moved.borrow_mut().insert(employee);
        self.run(
            "INSERT INTO sight (workspace_id, employee_id, document_id, from_position)
             VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (workspace_id, employee_id, document_id, from_position)
             DO UPDATE SET to_position = NULL",
            params![self.workspace.as_bytes(), employee.as_bytes(), record.as_bytes(), int(self.at.0)],
        )
    }

    fn close(&self, employee: DocumentId, record: DocumentId) -> Result<(), StorageError> {
        self.moved.borrow_mut().insert(employee);
        self.run(
            "UPDATE sight
             SET to_position = ?4
             WHERE workspace_id = ?1 AND employee_id = ?2 AND document_id = ?3 AND to_position IS NULL",
            params![self.workspace.as_bytes(), employee.as_bytes(), record.as_bytes(), int(self.at.0)],
        )
    }

    pub(super) fn run(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<(), StorageError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
        statement.execute(parameters).map(drop).map_err(failed)
    }
}

/// True when records of other kinds carry through this field of a record of that kind.
fn leads_on(kind: Kind, field: &str) -> bool {
    let rules = Kind::ALL.iter().flat_map(|one| carries(*one).iter().map(move |rule| (*one, rule)));
    rules.into_iter().any(|(from, rule)| match rule {
        Carry::Through { field: first, then } => *then == field && named_kind(from, first) == Some(kind),
        Carry::To { .. } | Carry::Back { .. } | Carry::Beside { .. } => false,
    })
}

fn named_kind(kind: Kind, field: &str) -> Option<Kind> {
    match schema(kind).field(field)?.shape {
        Shape::Scalar(ScalarType::Link(name)) => Kind::from_name(name),
        Shape::Scalar(_) | Shape::Text | Shape::Rows { .. } | Shape::Events { .. } => None,
    }
}

/// What a record carries, and to whom.
struct Carried<'a> {
    who: &'a Employees,
    what: &'a BTreeSet<DocumentId>,
}
