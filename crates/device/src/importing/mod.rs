//! Importing on a device: looking up what a file speaks of, doing a plan whole, taking it back.
//!
//! An import is one transaction. A note of it is written beside the database before it happens, so
//! that it can be taken back later, also when the program ends between the two; the note names records
//! and changes and holds nothing people wrote.
//! What is to be taken back is read from the database, where the intents of own changes are kept.

use std::collections::BTreeMap;
use std::path::Path;

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DocumentId, Ref};

use crate::device::Device;
use crate::edit::RecordEdit;
use crate::error::DeviceError;
use crate::import::known::Wanted;
use crate::import::plan::{Plan, RecordEdit as PlannedEdit};
use crate::import::table::Table;
use crate::import::{Making, Planned, plan};

mod known;
mod note;
mod undo;

pub use note::{ImportNote, NotedImport, Stage};
pub use undo::Undone;

use note::{NotedEdit, next_path, write_note};

/// An import or its undoing failed. The records are as they were.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The device said no.
    #[error("the device could not import")]
    Device(#[from] DeviceError),
    /// The note about the import cannot be written or read.
    #[error("could not keep the note about an import")]
    Note(#[source] std::io::Error),
    /// The first row names no column an import takes, so nothing can be taken from the file.
    #[error("no column of the file is known")]
    NoKnownColumn {
        /// What the first row says.
        header: Vec<String>,
        /// Of an Excel file, the sheet that was read.
        sheet: Option<String>,
        /// Its other sheets.
        other_sheets: Vec<String>,
    },
    /// There is no import to take back.
    #[error("there is no import to take back")]
    NothingToUndo,
}

impl Device {
    /// Plans the import of a table beside what is on this device. Changes nothing.
    ///
    /// # Errors
    /// When no column is known, the device is not enrolled or the store cannot be read.
    pub fn plan_import(&self, table: &Table) -> Result<Planned, ImportError> {
        if !table.layout().knows_a_column() {
            return Err(ImportError::NoKnownColumn {
                header: table.header.clone(),
                sheet: table.sheet.clone(),
                other_sheets: table.other_sheets.clone(),
            });
        }
        let author = Ref::to(self.employee()?);
        let known = self.known(&Wanted::of(table))?;
        let mut random = || self.surroundings.random10();
        Ok(plan(table, &known, Making { author, at: self.surroundings.now(), random: &mut random }))
    }

    /// Whether the rights of this person allow a plan, as the relay will judge it.
    ///
    /// # Errors
    /// When they do not, or the store cannot be read.
    pub fn may_import(&self, plan: &Plan) -> Result<(), DeviceError> {
        let Some(access) = self.access()? else { return Ok(()) };
        plan.edits.iter().try_for_each(|edit| self.may_save(&to_edit(edit), &access))
    }

    /// Does a plan: all of it or nothing. `notes` is the folder where it is remembered, `ready` is told how
    /// many records are made and wait for the one transaction that saves them all.
    ///
    /// # Errors
    /// When the note cannot be written, the rights do not allow the edits or nothing can be saved.
    pub fn import(
        &self,
        plan: &Plan,
        file: &str,
        notes: &Path,
        ready: impl FnMut(usize),
    ) -> Result<ImportNote, ImportError> {
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
        let path = next_path(notes).map_err(ImportError::Note)?;
        // Where saving fails the note stays, and names changes that are nowhere: nothing to take back.
        let edits: Vec<RecordEdit> = plan.edits.iter().map(to_edit).collect();
        self.save_noted(&edits, ready, |about_to_be_saved| {
            let changes: BTreeMap<DocumentId, &Vec<ChangeHash>> =
                about_to_be_saved.iter().map(|one| (one.document, &one.changes)).collect();
            for record in &mut note.records {
                record.changes = changes.get(&record.document).copied().cloned().unwrap_or_default();
            }
            write_note(&path, &note).map_err(ImportError::Note)
        })?;
        note.stage = Stage::Done;
        close_note(&path, &note);
        Ok(note)
    }
}

/// Notes that what a note names is saved. Where that fails the note stays as it was: it names the changes
/// already, and by them it is known that they happened.
fn close_note(path: &Path, note: &ImportNote) {
    if let Err(error) = write_note(path, note) {
        tracing::warn!(%error, "the note about an import that is saved stays open");
    }
}

fn to_edit(edit: &PlannedEdit) -> RecordEdit {
    RecordEdit {
        document: edit.document,
        kind: edit.kind,
        is_new: edit.is_new,
        seen: Vec::new(),
        intents: edit.intents.clone(),
        form: None,
        file: None,
    }
}
