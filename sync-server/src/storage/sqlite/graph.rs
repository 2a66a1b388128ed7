//! Which records carry sight to which, over the links that count.
//!
//! The closed list is `halyard_domain::rules::carries`; here it is walked forward (what does this
//! record carry?) and backward (what carries this record?) over open links whose writer saw the target
//! or holds the office group.

use std::collections::BTreeSet;

use halyard_domain::id::{DocumentId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_domain::rules::carries::{Carry, carries};
use rusqlite::{Connection, params};

use super::values::document;
use super::{documents, failed};
use crate::storage::StorageError;

/// The links of one workspace.
#[derive(Clone, Copy)]
pub(super) struct Graph<'a> {
    pub(super) connection: &'a Connection,
    pub(super) workspace: WorkspaceId,
}

impl Graph<'_> {
    /// The kind of a record; none when it is not here.
    pub(super) fn kind(self, record: DocumentId) -> Result<Option<Kind>, StorageError> {
        documents::kind_of(self.connection, self.workspace, record)
    }

    /// The records a field names.
    pub(super) fn targets(self, record: DocumentId, field: &str) -> Result<Vec<DocumentId>, StorageError> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT target_id
                 FROM link
                 WHERE workspace_id = ?1 AND document_id = ?2 AND field = ?3 AND carries = 1
                   AND to_position IS NULL",
            )
            .map_err(failed)?;
        let rows = statement
            .query_map(params![self.workspace.as_bytes(), record.as_bytes(), field], |row| document(row, 0))
            .map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    /// The records of a kind that name this one in a field. From the links, whatever the planner
    /// guesses: a record has few of them, a kind has thousands of records.
    pub(super) fn sources(
        self,
        record: DocumentId,
        kind: Kind,
        field: &str,
    ) -> Result<Vec<DocumentId>, StorageError> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT l.document_id
                 FROM link AS l INDEXED BY link_to
                 CROSS JOIN document AS d ON d.workspace_id = l.workspace_id AND d.document_id = l.document_id
                 WHERE l.workspace_id = ?1 AND l.target_id = ?2 AND l.field = ?3 AND l.carries = 1
                   AND l.to_position IS NULL AND d.kind = ?4",
            )
            .map_err(failed)?;
        let rows = statement
            .query_map(params![self.workspace.as_bytes(), record.as_bytes(), field, kind.name()], |row| {
                document(row, 0)
            })
            .map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    /// Everything a record carries, itself excepted. Records that are not here are among it.
    pub(super) fn forward(
        self,
        record: DocumentId,
        kind: Kind,
    ) -> Result<BTreeSet<DocumentId>, StorageError> {
        let mut carried = BTreeSet::new();
        for rule in carries(kind) {
            match *rule {
                Carry::To { field } => carried.extend(self.targets(record, field)?),
                Carry::Through { field, then } => {
                    for middle in self.targets(record, field)? {
                        carried.extend(self.targets(middle, then)?);
                    }
                }
                Carry::Back { kind, field } => carried.extend(self.sources(record, kind, field)?),
                Carry::Beside { field, kind, back } => {
                    for middle in self.targets(record, field)? {
                        carried.extend(self.sources(middle, kind, back)?);
                    }
                }
            }
        }
        carried.remove(&record);
        Ok(carried)
    }

    /// Everything that carries a record, with its kind.
    pub(super) fn backward(
        self,
        record: DocumentId,
        kind: Kind,
    ) -> Result<BTreeSet<(DocumentId, Kind)>, StorageError> {
        let mut carriers = BTreeSet::new();
        for &from in Kind::ALL {
            for rule in carries(from) {
                let found = match *rule {
                    Carry::To { field } => self.sources(record, from, field)?,
                    Carry::Through { field, then } => self.through(record, from, field, then)?,
                    Carry::Back { kind: carried, field } if carried == kind => {
                        self.of_kind(self.targets(record, field)?, from)?
                    }
                    Carry::Beside { field, kind: carried, back } if carried == kind => {
                        self.beside(record, from, field, back)?
                    }
                    Carry::Back { .. } | Carry::Beside { .. } => Vec::new(),
                };
                carriers.extend(found.into_iter().filter(|one| *one != record).map(|one| (one, from)));
            }
        }
        Ok(carriers)
    }

    fn through(
        self,
        record: DocumentId,
        from: Kind,
        field: &str,
        then: &str,
    ) -> Result<Vec<DocumentId>, StorageError> {
        let mut found = Vec::new();
        for &middle_kind in Kind::ALL {
            for middle in self.sources(record, middle_kind, then)? {
                found.extend(self.sources(middle, from, field)?);
            }
        }
        Ok(found)
    }

    fn beside(
        self,
        record: DocumentId,
        from: Kind,
        field: &str,
        back: &str,
    ) -> Result<Vec<DocumentId>, StorageError> {
        let mut found = Vec::new();
        for middle in self.targets(record, back)? {
            found.extend(self.sources(middle, from, field)?);
        }
        Ok(found)
    }

    fn of_kind(self, records: Vec<DocumentId>, wanted: Kind) -> Result<Vec<DocumentId>, StorageError> {
        let mut found = Vec::new();
        for record in records {
            if self.kind(record)? == Some(wanted) {
                found.push(record);
            }
        }
        Ok(found)
    }
}
