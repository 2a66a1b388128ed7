//! Taking back: the inverse of what an action wrote.
//!
//! A value goes back to what stood there before, a row is withdrawn, letters of a text are taken out
//! where they still are, a new record is marked as made by mistake. What somebody wrote over it since is
//! theirs, and the action is then not taken back at all. Taking back writes too, so it can be taken back.

use std::collections::BTreeSet;

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use halyard_domain::reading::{FieldPath, Reading};
use halyard_domain::record::Withdrawal;
use halyard_domain::schema::root_key;
use halyard_domain::value::{FieldValue, Scalar};
use halyard_store::NumberedChange;

use crate::actions::{Done, DoneRecord, save};
use crate::app::App;
use crate::device::Device;
use crate::edit::{BIRTH, Before, RecordEdit};
use crate::error::DeviceError;
use crate::screens::ScreenError;
use crate::screens::record::Subject;
use crate::sync::intents_of;

/// Takes an action back.
///
/// # Errors
/// When its changes are not here any more, somebody wrote over them, it is not allowed, or it cannot be
/// saved.
pub fn undo(app: &App, done: &Done) -> Result<Done, ScreenError> {
    let device = app.device();
    let mut edits = Vec::new();
    for record in done.records.iter().filter(|record| !record.changes.is_empty()) {
        edits.push(inverse(device, record)?);
    }
    if edits.is_empty() {
        return Err(ScreenError::NothingToUndo);
    }
    save(device, &edits)
}

fn inverse(device: &Device, record: &DoneRecord) -> Result<RecordEdit, ScreenError> {
    let subject = Subject::open(device, record.document, None, None)?;
    let wanted: BTreeSet<ChangeHash> = record.changes.iter().copied().collect();
    let own = device.store.own_changes(record.document)?;
    let mut own: Vec<NumberedChange> =
        own.into_iter().filter(|one| wanted.contains(&one.change.hash)).collect();
    if own.is_empty() {
        return Err(ScreenError::NothingToUndo);
    }
    let intents = if own.iter().any(|one| one.change.owners == BIRTH) {
        vec![device.withdraw_record("")?]
    } else {
        // Last written, first taken back.
        own.reverse();
        let mut back = Vec::new();
        for one in &own {
            back.extend(of_change(device, record.document, &subject.reading, one)?);
        }
        back
    };
    Ok(RecordEdit::editing(record.document, subject.kind(), intents))
}

fn of_change(
    device: &Device,
    document: DocumentId,
    reading: &Reading,
    one: &NumberedChange,
) -> Result<Vec<Intent>, ScreenError> {
    let intents = intents_of(one)?;
    let before: Vec<Before> =
        serde_json::from_str(&one.change.before).map_err(|_| DeviceError::Garbled("list of values"))?;
    let mut back = Vec::with_capacity(intents.len());
    for (intent, before) in intents.iter().zip(before).rev() {
        let changed = || ScreenError::ChangedSince { document, path: intent.path() };
        back.push(match (intent, before) {
            (Intent::Set { path, value }, Before::Values(values)) => {
                if value_at(reading, path) != Some(value) {
                    return Err(changed());
                }
                // Several values stood there: the conflict was decided, and cannot be put back.
                let [only] = values.as_slice() else { return Err(changed()) };
                Intent::Set { path: path.clone(), value: in_own_name(device, path, only)? }
            }
            (Intent::AddRow { field, row, .. }, _) => device.withdraw_row(field, *row, "")?,
            (Intent::EditText { field, base_text, new_text, .. }, _) => Intent::EditText {
                field: field.clone(),
                base_heads: vec![one.change.hash.to_string()],
                base_text: new_text.clone(),
                new_text: base_text.clone(),
            },
            (Intent::Set { .. }, Before::Text(_) | Before::Nothing) => return Err(changed()),
        });
    }
    Ok(back)
}

/// A value as whoever takes back writes it: what another withdrew, and somebody brought back, is withdrawn anew
/// for the same reason.
fn in_own_name(device: &Device, path: &FieldPath, value: &Scalar) -> Result<Scalar, DeviceError> {
    let name = path.column.as_ref().unwrap_or(&path.field);
    if name != root_key::WITHDRAWN {
        return Ok(value.clone());
    }
    match Withdrawal::from_scalar(value) {
        Ok(before) => Ok(device.withdrawal(&before.why)?.to_scalar()),
        Err(_) => Ok(value.clone()),
    }
}

/// What stands in a place, when nobody disputes it.
fn value_at<'a>(reading: &'a Reading, path: &FieldPath) -> Option<&'a Scalar> {
    let cell = match (path.row, &path.column) {
        (Some(row), Some(column)) => reading.row(&path.field, row)?.columns.get(column.as_str())?,
        _ => reading.cell(&path.field)?,
    };
    (!cell.is_conflict()).then_some(&cell.value)
}
