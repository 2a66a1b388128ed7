//! An edit tried out: what a record would say after it and what speaks against it. Nothing is saved.

use halyard_domain::intent::Intent;
use halyard_domain::reading::Reading;
use halyard_domain::saving::{Edit, Objection, canonical, objections};
use halyard_records::{Document, NewChange};
use halyard_store::StoredDocument;

use crate::device::Device;
use crate::edit::{RecordEdit, read, reading_seen};
use crate::error::DeviceError;
use crate::rows::with_what_was_seen;
use crate::saving::Surrounding;

/// An edit as it was tried out on a copy of its record.
pub(crate) struct Tried {
    /// The record as it is stored; absent when the edit makes it.
    pub(crate) stored: Option<StoredDocument>,
    /// The copy, after the edit.
    pub(crate) opened: Document,
    /// The record before the edit.
    pub(crate) before: Reading,
    /// The record after it.
    pub(crate) after: Reading,
    /// What the edit does, canonical and with the author of a new record.
    pub(crate) intents: Vec<Intent>,
    /// The changes it comes to.
    pub(crate) made: Vec<NewChange>,
}

impl Device {
    /// Makes an edit on a copy of its record; `allowed` is asked before, with the record as it was.
    pub(crate) fn tried(
        &self,
        edit: &RecordEdit,
        allowed: impl FnOnce(&Reading, &[Intent]) -> Result<(), DeviceError>,
    ) -> Result<Tried, DeviceError> {
        let document = edit.document;
        let (stored, mut opened) = match (self.opened(document)?, edit.is_new) {
            (Some(_), true) => return Err(DeviceError::RecordExists(document)),
            (None, false) => return Err(DeviceError::NoSuchRecord(document)),
            (Some((stored, opened)), false) => (Some(stored), opened),
            (None, true) => (None, self.born(edit)?),
        };
        let before = read(&opened, document)?;
        let written = edit.intents.iter().map(|intent| canonical(edit.kind, intent)).collect();
        let seen = reading_seen(&opened, document, &edit.seen)?;
        let written = with_what_was_seen(seen.as_ref().unwrap_or(&before), written);
        let intents = if edit.is_new { self.with_author(&written)? } else { written };
        allowed(&before, &intents)?;
        let made = self.make(&mut opened, edit, &intents)?;
        let after = read(&opened, document)?;
        Ok(Tried { stored, opened, before, after, intents, made })
    }

    /// What a record would say after an edit, and everything that speaks against saving it. The rights are
    /// not asked.
    ///
    /// # Errors
    /// When the record is not there, is there already, or cannot be read.
    pub fn try_out(&self, edit: &RecordEdit) -> Result<(Reading, Vec<Objection>), DeviceError> {
        let tried = self.tried(edit, |_, _| Ok(()))?;
        let found = objections(&self.edit_of(edit, &tried)?, &Surrounding::of(self))?;
        Ok((tried.after, found))
    }

    /// A tried edit, as the rules about saving look at it.
    pub(crate) fn edit_of<'a>(&self, edit: &RecordEdit, tried: &'a Tried) -> Result<Edit<'a>, DeviceError> {
        Ok(Edit {
            document: edit.document,
            is_new: edit.is_new,
            before: &tried.before,
            after: &tried.after,
            intents: &tried.intents,
            now: self.latest_now()?,
        })
    }
}
