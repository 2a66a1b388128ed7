//! Taking the last import back.
//!
//! What people did since is theirs: a record they wrote in, or that their records name, stays, and so does
//! a value they changed, also when it arrives while the import is taken back. What stays is told, with why.

use std::collections::BTreeSet;

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use halyard_domain::kind::{Group, Kind};
use halyard_domain::record::Withdrawal;
use halyard_domain::records::schema;
use halyard_domain::time::Instant;
use halyard_records::HistoryEntry;
use halyard_store::{EditCommit, KeptImport, StoreError};
use halyard_tables::columns::Meaning;
use halyard_tables::list::{ListQuery, MAX_LIMIT};
use halyard_tables::tables::tables_of;
use serde::Serialize;

use super::note::{self, NotedEdit};
use super::{ImportError, to_edit};
use crate::device::Device;
use crate::edit::retried;
use crate::error::DeviceError;
use crate::import::plan::{Left, Plan, Present, RecordEdit as PlannedEdit};

/// What taking back did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Undone {
    /// What the file was called.
    pub file: String,
    /// When it was imported.
    pub at: Instant,
    /// Records the import made that are withdrawn now.
    pub withdrawn: usize,
    /// Records that were there before and lost what the import wrote in them.
    pub changed_back: usize,
    /// Records in which something the import wrote stays.
    pub left: Vec<Left>,
}

impl Device {
    /// The imports that were done, the last one first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn imports(&self) -> Result<Vec<KeptImport>, DeviceError> {
        Ok(self.store.imports()?)
    }

    /// Takes back an import, by its number in the list; without one the last that was not taken back yet.
    ///
    /// # Errors
    /// When there is none, what it did cannot be read, the rights do not allow it or nothing can be saved.
    pub fn undo_import(&self, number: Option<i64>, why: &str) -> Result<Undone, ImportError> {
        let imports = self.imports()?;
        let wanted = |one: &&KeptImport| !one.is_undone && number.is_none_or(|number| one.number == number);
        let import = imports.iter().find(wanted).ok_or(ImportError::NothingToUndo)?;
        let records = self.noted(import)?;
        let by_imports = self.changes_of(&imports)?;
        let withdrawal =
            Withdrawal { by: self.employee()?, at: self.surroundings.now(), why: why.to_owned() };
        let plan = self.plan_of(&records)?;
        let access = self.access()?;
        // Looked at anew whenever somebody writes in a record meanwhile: that is theirs, and stays.
        let back = retried(|| {
            let named = self.named_by_others(&records)?;
            let back = plan.undo(&withdrawal, named, |document| {
                self.present(document, |change| !by_imports.contains(change))
            })?;
            let edits: Vec<_> = back.edits.iter().map(to_edit).collect();
            self.save_once(&edits, access.as_ref(), &mut |_| (), &|made, saved| {
                as_looked_at(&back.edits, &made)?;
                let records = note::with_changes(records.clone(), saved);
                self.store.commit_import_undone(made, import.number, note::written(&records))
            })?;
            Ok(back)
        })?;
        let made: BTreeSet<DocumentId> =
            records.iter().filter(|record| record.is_new).map(|record| record.document).collect();
        let withdrawn = back.edits.iter().filter(|edit| made.contains(&edit.document)).count();
        let changed_back = back.edits.len() - withdrawn;
        Ok(Undone { file: import.file.clone(), at: import.at, withdrawn, changed_back, left: back.left })
    }

    /// What an import did to which record.
    fn noted(&self, import: &KeptImport) -> Result<Vec<NotedEdit>, ImportError> {
        let text = self.store.import_records(import.number).map_err(DeviceError::from)?;
        let unreadable = || ImportError::Unreadable { file: import.file.clone() };
        text.as_deref().and_then(note::read).ok_or_else(unreadable)
    }

    /// What imports and taking them back wrote: no work of people. What cannot be read counts as theirs, and
    /// stays.
    fn changes_of(&self, imports: &[KeptImport]) -> Result<BTreeSet<ChangeHash>, ImportError> {
        let mut changes = BTreeSet::new();
        for import in imports {
            match self.noted(import) {
                Ok(records) => changes.extend(records.into_iter().flat_map(|record| record.changes)),
                Err(ImportError::Unreadable { .. }) => {
                    tracing::warn!(import.number, "what an import did cannot be read any more");
                }
                Err(error) => return Err(error),
            }
        }
        Ok(changes)
    }

    /// The records of an import that standing records of others name.
    fn named_by_others(&self, records: &[NotedEdit]) -> Result<BTreeSet<DocumentId>, DeviceError> {
        let of_import: BTreeSet<DocumentId> = records.iter().map(|record| record.document).collect();
        let mut named = BTreeSet::new();
        for &kind in Kind::ALL {
            let links = tables_of(kind).main.columns.iter();
            let links = links.filter(|one| matches!(one.meaning, Meaning::Link(_)));
            let links: Vec<&str> = links.map(|one| one.name.as_str()).collect();
            self.each(&ListQuery::of(kind, &links, MAX_LIMIT), |row| {
                if !of_import.contains(&row.document) {
                    let linked = row.cells.iter().filter_map(|cell| cell.document());
                    named.extend(linked.filter(|id| of_import.contains(id)));
                }
            })?;
        }
        Ok(named)
    }

    fn present(
        &self,
        document: DocumentId,
        by_people: impl Fn(&ChangeHash) -> bool,
    ) -> Result<Option<Present>, DeviceError> {
        let Some((stored, opened)) = self.opened(document)? else { return Ok(None) };
        let history = opened.history().map_err(|source| DeviceError::Document { document, source })?;
        Ok(Some(Present {
            reading: crate::edit::read(&opened, document)?,
            heads: stored.heads,
            is_changed: history
                .iter()
                .any(|entry| by_people(&entry.change) && !is_relays(stored.kind, entry)),
        }))
    }

    /// The plan a note stands for, as far as its changes are still here under their names.
    fn plan_of(&self, records: &[NotedEdit]) -> Result<Plan, DeviceError> {
        let mut plan = Plan::default();
        for record in records {
            let mut intents = Vec::new();
            for numbered in self.store.own_changes(record.document)? {
                if record.changes.contains(&numbered.change.hash) {
                    let meant: Vec<Intent> = serde_json::from_str(&numbered.change.intents)
                        .map_err(|_| DeviceError::Garbled("list of intents"))?;
                    intents.extend(meant);
                }
            }
            let NotedEdit { document, kind, is_new, .. } = *record;
            plan.edits.push(PlannedEdit { document, kind, is_new, seen: Vec::new(), intents });
        }
        Ok(plan)
    }
}

/// Refuses edits of a record that is not as it was looked at.
fn as_looked_at(planned: &[PlannedEdit], made: &[EditCommit]) -> Result<(), StoreError> {
    let others = planned.iter().zip(made).map(|(planned, made)| (&planned.seen, &made.document));
    let mut others = others.filter(|(seen, made)| made.expected_heads.as_ref() != Some(*seen));
    others.next().map_or(Ok(()), |(_, made)| Err(StoreError::Stale(made.document)))
}

/// True of what only the relay writes: a number is no work of people.
fn is_relays(kind: Kind, entry: &HistoryEntry) -> bool {
    schema(kind).field(&entry.path.field).is_some_and(|field| field.owners == [Group::Relay])
}
