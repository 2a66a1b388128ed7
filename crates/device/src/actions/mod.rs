//! What people do, in their words: one action, one transaction.
//!
//! An action reads the record as it stands, asks the rules whether it makes sense, and saves what it
//! comes to as intents; the rights are asked when it is saved. Its answer says what was written, so that
//! it can be taken back ([`undo`]). An action that answers a form names it, and the form's draft goes in the
//! same transaction. Nothing waits for the network.

pub mod complaints;
pub mod deciding;
pub mod files;
pub mod importing;
pub mod planning;
pub mod records;
pub mod undo;
pub mod visit_facts;
pub mod visit_steps;
pub mod withdrawing;

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use serde::{Deserialize, Serialize};

use crate::device::Device;
use crate::edit::{RecordEdit, Saved, contested};
use crate::screens::ScreenError;

/// What an action wrote: what [`undo::undo`] takes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Done {
    /// The records written, each once.
    pub records: Vec<DoneRecord>,
}

/// What an action wrote to one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DoneRecord {
    /// The record.
    pub document: DocumentId,
    /// The changes made, oldest first; empty when everything stood there already.
    pub changes: Vec<ChangeHash>,
    /// The heads a form or a text box of this record goes on from: what was written here and seen, and
    /// nothing a colleague wrote meanwhile. Empty when nothing was written: it goes on from what it had.
    pub text_base: Vec<String>,
}

impl Done {
    pub(crate) fn of(saved: Vec<Saved>) -> Self {
        let record = |saved: Saved| DoneRecord {
            document: saved.document,
            text_base: saved.text_base(),
            changes: saved.changes,
        };
        Self { records: saved.into_iter().map(record).collect() }
    }
}

/// Saves edits of several records together. Values that wait for a decision are not written over: whoever
/// wrote may not have seen them.
pub(crate) fn save(device: &Device, edits: &[RecordEdit]) -> Result<Done, ScreenError> {
    for edit in edits.iter().filter(|edit| !edit.is_new) {
        let reading = device.reading_of(edit.document)?;
        if let Some(path) = reading.and_then(|reading| contested(&reading, &edit.intents)) {
            return Err(ScreenError::InConflict { document: edit.document, path });
        }
    }
    Ok(Done::of(device.save(edits)?))
}

/// Edits one record that is here, as it stands; `form` names the form this answers, when it does.
pub(crate) fn edit(
    device: &Device,
    document: DocumentId,
    intents: Vec<Intent>,
    form: Option<&str>,
) -> Result<Done, ScreenError> {
    let kind = records::kind_of(device, document)?;
    save(device, &[RecordEdit::editing(document, kind, intents).of_form(form)])
}

/// Forgets the draft of a form that is answered without an edit here. What the form does is done once however
/// often it is asked for: a device that dies before this may show the form again, and nothing comes of it. So it is
/// no failure either when the draft stays: nobody is told that something was not done which was.
pub(crate) fn forget_form(device: &Device, form: Option<&str>) {
    let Some(form) = form else { return };
    if let Err(error) = device.store.drop_draft(form.to_owned()) {
        tracing::warn!(%error, "the draft of a form stays that was answered");
    }
}

/// A text that says something; nothing for an empty one.
pub(crate) fn said(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(ToOwned::to_owned)
}
