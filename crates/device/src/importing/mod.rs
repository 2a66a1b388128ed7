//! Importing on a device: looking up what a file speaks of, doing a plan whole, taking it back.
//!
//! An import is one transaction. A note of it is written beside the database before it happens, so
//! that it can be taken back later; the note names records and changes and holds nothing people wrote.
//! What is to be taken back is read from the database, where the intents of own changes are kept.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::record::{Withdrawal, typed};
use halyard_domain::records::{Customer, Directory, DirectoryEntry, Employee, Equipment};
use halyard_domain::time::Instant;
use halyard_domain::value::{FieldValue, Scalar};
use halyard_tables::list::{ListQuery, ListRow, MAX_LIMIT};
use halyard_tables::sql::SqlValue;
use serde::{Deserialize, Serialize};

use crate::device::Device;
use crate::edit::RecordEdit;
use crate::error::DeviceError;
use crate::import::known::{Known, Named, Wanted};
use crate::import::plan::{Plan, Present, RecordEdit as PlannedEdit};
use crate::import::table::Table;
use crate::import::{Making, Planned, plan};

/// The ending of notes.
const NOTE: &str = "json";

/// An import or its undoing failed. The records are as they were.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The device said no.
    #[error("the device could not import")]
    Device(#[from] DeviceError),
    /// The note about the import cannot be written or read.
    #[error("could not keep the note about an import")]
    Note(#[source] std::io::Error),
    /// There is no import to take back.
    #[error("there is no import to take back")]
    NothingToUndo,
}

/// What is remembered of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportNote {
    /// What the file was called.
    pub file: String,
    /// When.
    pub at: Instant,
    /// How far it is.
    pub stage: Stage,
    records: Vec<NotedEdit>,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Noted; the program may have ended before the records were saved.
    Begun,
    /// Saved.
    Done,
    /// Taken back.
    Undone,
}

/// What an import did to one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct NotedEdit {
    document: DocumentId,
    kind: Kind,
    is_new: bool,
    changes: Vec<ChangeHash>,
}

/// What taking back did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Undone {
    /// What the file was called.
    pub file: String,
    /// When it was imported.
    pub at: Instant,
    /// Records changed back or withdrawn.
    pub records: usize,
    /// Records left as they are: changed since, gone, or never made.
    pub left: usize,
}

impl Device {
    /// Plans the import of a table beside what is on this device. Changes nothing.
    ///
    /// # Errors
    /// When the device is not enrolled or the store cannot be read.
    pub fn plan_import(&self, table: &Table) -> Result<Planned, DeviceError> {
        let author = halyard_domain::id::Ref::to(self.employee()?);
        let known = self.known(&Wanted::of(table))?;
        let mut random = || self.surroundings.random10();
        Ok(plan(table, &known, Making { author, at: self.surroundings.now(), random: &mut random }))
    }

    /// Does a plan: all of it or nothing. `notes` is the folder where it is remembered.
    ///
    /// # Errors
    /// When the note cannot be written, the rights do not allow the edits or nothing can be saved.
    pub fn import(&self, plan: &Plan, file: &str, notes: &Path) -> Result<ImportNote, ImportError> {
        let noted = |edit: &PlannedEdit| NotedEdit {
            document: edit.document,
            kind: edit.kind,
            is_new: edit.is_new,
            changes: Vec::new(),
        };
        let mut note = ImportNote {
            file: file.to_owned(),
            at: self.surroundings.now(),
            stage: Stage::Begun,
            records: plan.edits.iter().map(noted).collect(),
        };
        let path = notes.join(format!("{:015}.{NOTE}", self.surroundings.now_ms()));
        write_note(&path, &note).map_err(ImportError::Note)?;
        let saved = match self.save(&plan.edits.iter().map(to_edit).collect::<Vec<_>>()) {
            Ok(saved) => saved,
            Err(error) => {
                // Nothing was saved, so there is nothing to take back.
                std::fs::remove_file(&path).map_err(ImportError::Note)?;
                return Err(error.into());
            }
        };
        let changes: BTreeMap<DocumentId, Vec<ChangeHash>> =
            saved.into_iter().map(|one| (one.document, one.changes)).collect();
        for record in &mut note.records {
            record.changes = changes.get(&record.document).cloned().unwrap_or_default();
        }
        note.stage = Stage::Done;
        write_note(&path, &note).map_err(ImportError::Note)?;
        Ok(note)
    }

    /// Takes back the last import that was not taken back yet. What people changed since stays theirs.
    ///
    /// # Errors
    /// When there is none, the rights do not allow it or nothing can be saved.
    pub fn undo_import(&self, why: &str, notes: &Path) -> Result<Undone, ImportError> {
        let (path, mut note) = last_standing(notes)?.ok_or(ImportError::NothingToUndo)?;
        let by = self.employee()?;
        let withdrawal = Withdrawal { by, at: self.surroundings.now(), why: why.to_owned() };
        let done = self.plan_of(&note)?;
        let mut failed = None;
        let back = done.undo(&withdrawal, |document| match self.present(document) {
            Ok(present) => present,
            Err(error) => {
                failed = Some(error);
                None
            }
        });
        if let Some(error) = failed {
            return Err(error.into());
        }
        let records = back.len();
        self.save(&back.iter().map(to_edit).collect::<Vec<_>>())?;
        note.stage = Stage::Undone;
        write_note(&path, &note).map_err(ImportError::Note)?;
        let left = note.records.len().saturating_sub(records);
        Ok(Undone { file: note.file, at: note.at, records, left })
    }

    fn known(&self, wanted: &Wanted) -> Result<Known, DeviceError> {
        let mut known = Known::default();
        self.add_names(&mut known)?;
        let mut customers = BTreeSet::new();
        let (name, legal_name) = (Customer::NAME.name, Customer::LEGAL_NAME.name);
        let columns = [name, legal_name, Customer::REGISTRY_CODE.name, Customer::PHONES.name];
        self.each(&ListQuery::of(Kind::Customer, &columns, MAX_LIMIT), |row| {
            let [name, legal_name, code, phones] = row.cells.as_slice() else { return };
            let phones: Vec<String> = phones.text().and_then(list_of).unwrap_or_default();
            let by_legal_name = wanted.customer(legal_name.text(), None, &[]);
            if by_legal_name || wanted.customer(name.text(), code.text(), &phones) {
                customers.insert(row.document);
            }
        })?;
        let mut equipment = BTreeSet::new();
        let columns = [Equipment::SERIAL.name, Equipment::CUSTOMER.name];
        let things = ListQuery::of(Kind::Equipment, &columns, MAX_LIMIT);
        let mut owned = Vec::new();
        self.each(&things, |row| {
            let [serial, owner] = row.cells.as_slice() else { return };
            let owner = owner.document();
            owned.push((row.document, owner));
            if serial.text().is_some_and(|serial| wanted.equipment(serial)) {
                equipment.insert(row.document);
                customers.extend(owner);
            }
        })?;
        let theirs = owned.iter().filter(|(_, owner)| owner.is_some_and(|id| customers.contains(&id)));
        equipment.extend(theirs.map(|(thing, _)| *thing));
        for id in customers.into_iter().chain(equipment) {
            if let Some(present) = self.present(id)? {
                known.add_record(id, present.reading, present.heads);
            }
        }
        Ok(known)
    }

    /// Entries of directories and employees that cells may name, each under every name it has.
    fn add_names(&self, known: &mut Known) -> Result<(), DeviceError> {
        let names =
            [DirectoryEntry::NAME, DirectoryEntry::NAME_EN, DirectoryEntry::NAME_RU].map(|one| one.name);
        let columns = [&[DirectoryEntry::DIRECTORY.name], names.as_slice()].concat();
        self.each(&ListQuery::of(Kind::DirectoryEntry, &columns, MAX_LIMIT), |row| {
            let Some((directory, names)) = row.cells.split_first() else { return };
            let directory = directory.text().map(|name| Scalar::Text(name.to_owned()));
            let Some(directory) = directory.and_then(|name| Directory::from_scalar(&name).ok()) else {
                return;
            };
            for name in names.iter().filter_map(SqlValue::text) {
                known.add_name(Named::Entry(directory), name, row.document);
            }
        })?;
        let parts = [Employee::SURNAME, Employee::GIVEN_NAME, Employee::PATRONYMIC].map(|one| one.name);
        self.each(&ListQuery::of(Kind::Employee, &parts, MAX_LIMIT), |row| {
            let parts: Vec<&str> = row.cells.iter().filter_map(SqlValue::text).collect();
            for long in 1..=parts.len() {
                let name = parts.get(..long).unwrap_or_default().join(" ");
                known.add_name(Named::Employee, &name, row.document);
            }
        })
    }

    fn each(&self, query: &ListQuery, mut take: impl FnMut(&ListRow)) -> Result<(), DeviceError> {
        let mut query = query.clone();
        loop {
            let page = self.list(&query)?;
            page.rows.iter().for_each(&mut take);
            match page.next {
                Some(next) => query.page.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    fn present(&self, document: DocumentId) -> Result<Option<Present>, DeviceError> {
        let Some((_, opened)) = self.opened(document)? else { return Ok(None) };
        Ok(Some(Present { reading: crate::edit::read(&opened, document)?, heads: opened.heads() }))
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

fn to_edit(edit: &PlannedEdit) -> RecordEdit {
    RecordEdit {
        document: edit.document,
        kind: edit.kind,
        is_new: edit.is_new,
        intents: edit.intents.clone(),
    }
}

fn list_of(json: &str) -> Option<Vec<String>> {
    typed(&Scalar::Text(json.to_owned()))
}

/// Written beside and moved into place, so that a note is whole or the one before.
fn write_note(path: &Path, note: &ImportNote) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension("new");
    let mut file = std::fs::File::create(&beside)?;
    file.write_all(&serde_json::to_vec(note).map_err(std::io::Error::other)?)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)
}

fn last_standing(notes: &Path) -> Result<Option<(PathBuf, ImportNote)>, ImportError> {
    let folder = match std::fs::read_dir(notes) {
        Ok(folder) => folder,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(ImportError::Note(error)),
    };
    let mut paths = Vec::new();
    for entry in folder {
        let path = entry.map_err(ImportError::Note)?.path();
        if path.extension().is_some_and(|ending| ending == NOTE) {
            paths.push(path);
        }
    }
    paths.sort();
    for path in paths.into_iter().rev() {
        let bytes = std::fs::read(&path).map_err(ImportError::Note)?;
        let note: ImportNote =
            serde_json::from_slice(&bytes).map_err(|error| ImportError::Note(error.into()))?;
        match note.stage {
            Stage::Undone => {}
            Stage::Begun | Stage::Done => return Ok(Some((path, note))),
        }
    }
    Ok(None)
}
