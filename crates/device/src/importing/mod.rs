//! Importing on a device: looking up what a file speaks of, doing a plan whole, taking it back.
//!
//! An import is one transaction. The note by which it can be taken back is a part of it: it names records and
//! changes, in the database like everything else.
//! What is to be taken back is read from the database, where the intents of own changes are kept.

use halyard_domain::id::Ref;
use halyard_domain::time::Instant;
use halyard_store::NewImport;

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

pub use undo::Undone;

use note::NotedEdit;

/// An import or its undoing failed. The records are as they were.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The device said no.
    #[error("the device could not import")]
    Device(#[from] DeviceError),
    /// What the import did cannot be read any more, so it cannot be taken back. Others can.
    #[error("the note about the import of {file} cannot be read")]
    Unreadable {
        /// What its file was called.
        file: String,
    },
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

    /// Does a plan: all of it or nothing. Gives when. `ready` is told how many records are made and wait for the one
    /// transaction that saves them all, with the note by which it can be taken back. What others wrote where it fills
    /// something since it was planned stays beside that, for whoever decides. A plan that does nothing is no import
    /// that could be taken back.
    ///
    /// # Errors
    /// When the rights do not allow the edits or nothing can be saved.
    pub fn import(&self, plan: &Plan, file: &str, ready: impl FnMut(usize)) -> Result<Instant, DeviceError> {
        let noted = |edit: &PlannedEdit| NotedEdit {
            document: edit.document,
            kind: edit.kind,
            is_new: edit.is_new,
            changes: Vec::new(),
        };
        let at = self.surroundings.now();
        if plan.edits.is_empty() {
            return Ok(at);
        }
        let made = plan.edits.iter().filter(|edit| edit.is_new).count();
        let edits: Vec<RecordEdit> = plan.edits.iter().map(to_edit).collect();
        self.save_by(&edits, ready, |edits, saved| {
            let records = note::with_changes(plan.edits.iter().map(noted).collect(), saved);
            let import = NewImport {
                file: file.to_owned(),
                at,
                made,
                completed: plan.edits.len() - made,
                records: note::written(&records),
            };
            self.store.commit_import(edits, import)
        })?;
        Ok(at)
    }
}

fn to_edit(edit: &PlannedEdit) -> RecordEdit {
    RecordEdit {
        document: edit.document,
        kind: edit.kind,
        is_new: edit.is_new,
        seen: edit.seen.clone(),
        intents: edit.intents.clone(),
        form: None,
        file: None,
    }
}
