//! Taking the last import back.
//!
//! What people did since is theirs: a record they wrote in, or that their records name, stays, and so does
//! a value they changed. What stays is told, with why.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use halyard_domain::kind::{Group, Kind};
use halyard_domain::record::Withdrawal;
use halyard_domain::records::schema;
use halyard_domain::time::Instant;
use halyard_records::HistoryEntry;
use halyard_tables::columns::Meaning;
use halyard_tables::list::{ListQuery, MAX_LIMIT};
use halyard_tables::tables::tables_of;
use serde::Serialize;

use super::note::{ImportNote, NotedEdit, NotedImport, Stage, name_of, notes, write_note};
use super::{ImportError, to_edit};
use crate::device::Device;
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
    /// The imports that happened, the last one first.
    ///
    /// # Errors
    /// When their notes cannot be read.
    pub fn imports(&self, folder: &Path) -> Result<Vec<NotedImport>, ImportError> {
        let mut happened = Vec::new();
        for (path, note) in notes(folder)?.into_iter().rev() {
            if note.stage != Stage::Begun || self.made_something(&note)? {
                happened.push(NotedImport::of(&path, &note));
            }
        }
        Ok(happened)
    }

    /// Takes back an import, by its name in the list; without one the last that was not taken back yet.
    ///
    /// # Errors
    /// When there is none, the rights do not allow it or nothing can be saved.
    pub fn undo_import(&self, name: Option<&str>, why: &str, folder: &Path) -> Result<Undone, ImportError> {
        let notes = notes(folder)?;
        let by_imports: BTreeSet<ChangeHash> = notes
            .iter()
            .flat_map(|(_, note)| &note.records)
            .flat_map(|record| &record.changes)
            .copied()
            .collect();
        let wanted = |path: &Path| name.is_none_or(|name| name_of(path) == name);
        let notes = notes.into_iter().filter(|(path, _)| wanted(path)).collect();
        let (path, mut note) = self.last_standing(notes)?.ok_or(ImportError::NothingToUndo)?;
        let withdrawal =
            Withdrawal { by: self.employee()?, at: self.surroundings.now(), why: why.to_owned() };
        let named = self.named_by_others(&note)?;
        let back = self.plan_of(&note)?.undo(&withdrawal, named, |document| {
            self.present(document, |change| !by_imports.contains(change))
        })?;
        let saved = self.save(&back.edits.iter().map(to_edit).collect::<Vec<_>>())?;
        let mut saved: BTreeMap<DocumentId, Vec<ChangeHash>> =
            saved.into_iter().map(|one| (one.document, one.changes)).collect();
        for record in &mut note.records {
            record.changes.extend(saved.remove(&record.document).unwrap_or_default());
        }
        note.stage = Stage::Undone;
        write_note(&path, &note).map_err(ImportError::Note)?;
        let made: BTreeSet<DocumentId> =
            note.records.iter().filter(|record| record.is_new).map(|record| record.document).collect();
        let withdrawn = back.edits.iter().filter(|edit| made.contains(&edit.document)).count();
        let changed_back = back.edits.len() - withdrawn;
        Ok(Undone { file: note.file, at: note.at, withdrawn, changed_back, left: back.left })
    }

    /// The last import that stands. One that was noted and none of whose changes is here never happened.
    fn last_standing(
        &self,
        notes: Vec<(PathBuf, ImportNote)>,
    ) -> Result<Option<(PathBuf, ImportNote)>, DeviceError> {
        for (path, note) in notes.into_iter().rev() {
            let stands = match note.stage {
                Stage::Undone => false,
                Stage::Done => true,
                Stage::Begun => self.made_something(&note)?,
            };
            if stands {
                return Ok(Some((path, note)));
            }
        }
        Ok(None)
    }

    fn made_something(&self, note: &ImportNote) -> Result<bool, DeviceError> {
        for record in &note.records {
            let own = self.store.own_changes(record.document)?;
            if own.iter().any(|numbered| record.changes.contains(&numbered.change.hash)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The records of an import that standing records of others name.
    fn named_by_others(&self, note: &ImportNote) -> Result<BTreeSet<DocumentId>, DeviceError> {
        let of_import: BTreeSet<DocumentId> = note.records.iter().map(|record| record.document).collect();
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
            heads: opened.heads(),
            is_changed: history
                .iter()
                .any(|entry| by_people(&entry.change) && !is_relays(stored.kind, entry)),
        }))
    }

    /// The plan a note stands for, as far as its changes are still here under their names.
    fn plan_of(&self, note: &ImportNote) -> Result<Plan, DeviceError> {
        let mut plan = Plan::default();
        for record in &note.records {
            let mut intents = Vec::new();
            for numbered in self.store.own_changes(record.document)? {
                if record.changes.contains(&numbered.change.hash) {
                    let meant: Vec<Intent> = serde_json::from_str(&numbered.change.intents)
                        .map_err(|_| DeviceError::Garbled("list of intents"))?;
                    intents.extend(meant);
                }
            }
            let NotedEdit { document, kind, is_new, .. } = *record;
            plan.edits.push(PlannedEdit { document, kind, is_new, intents });
        }
        Ok(plan)
    }
}

/// True of what only the relay writes: a number is no work of people.
fn is_relays(kind: Kind, entry: &HistoryEntry) -> bool {
    schema(kind).field(&entry.path.field).is_some_and(|field| field.owners == [Group::Relay])
}
