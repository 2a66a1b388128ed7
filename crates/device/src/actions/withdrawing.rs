//! Records withdrawn because they were made by mistake, merged because they were made twice, and brought back.
//! Nothing of this deletes.

use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use halyard_domain::reading::{FieldPath, Reading};
use halyard_domain::schema::root_key;
use halyard_domain::value::Scalar;
use serde::Deserialize;

use crate::actions::records::kind_of;
use crate::actions::{Done, edit, said, save};
use crate::app::App;
use crate::device::Device;
use crate::screens::ScreenError;

/// A record made by mistake.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RecordToWithdraw {
    /// The record.
    pub document: DocumentId,
    /// Why.
    pub why: String,
    /// The form that is answered, by its draft's name: the draft is forgotten with what is saved.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub form: Option<String>,
}

/// A record to bring back.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RecordToRestore {
    /// The record.
    pub document: DocumentId,
}

/// Two records of the same thing.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RecordsToMerge {
    /// The one that no longer counts.
    pub duplicate: DocumentId,
    /// The one that stays, of the same kind.
    pub into: DocumentId,
    /// The form that is answered, by its draft's name: the draft is forgotten with what is saved.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub form: Option<String>,
}

/// Marks a record as made by mistake. It stays readable and no longer counts.
///
/// # Errors
/// When no reason is given, it does not count as it is, it is not allowed, or it cannot be saved.
pub fn withdraw_record(app: &App, asked: &RecordToWithdraw) -> Result<Done, ScreenError> {
    let device = app.device();
    let why = said(Some(&asked.why)).ok_or_else(|| ScreenError::Required { field: "why".to_owned() })?;
    counts(device, asked.document)?;
    edit(device, asked.document, vec![device.withdraw_record(&why)?], asked.form.as_deref())
}

/// Brings a record back that was withdrawn or called a duplicate. Nothing is written when it stands.
///
/// # Errors
/// When it is not here, it is not allowed, or it cannot be saved.
pub fn restore_record(app: &App, asked: &RecordToRestore) -> Result<Done, ScreenError> {
    let device = app.device();
    save(device, &device.restoring(asked.document, &standing(device, asked.document)?)?)
}

/// Calls a record a duplicate of the one that stays. Links to it lead there from then on.
///
/// # Errors
/// When one is not here or they are of two kinds, the duplicate does not count as it is, the one that stays is
/// withdrawn or a duplicate of the other, it is not allowed, or it cannot be saved.
pub fn merge_records(app: &App, asked: &RecordsToMerge) -> Result<Done, ScreenError> {
    let device = app.device();
    let kind = kind_of(device, asked.into)?;
    if kind != kind_of(device, asked.duplicate)? {
        return Err(ScreenError::AnotherKind { document: asked.into, kind });
    }
    counts(device, asked.duplicate)?;
    let into = Intent::Set {
        path: FieldPath::root(root_key::MERGED_INTO),
        value: Scalar::Text(asked.into.to_string()),
    };
    edit(device, asked.duplicate, vec![into], asked.form.as_deref())
}

/// Whoever says it once more would say it over the name and the reason of whoever said it first.
fn counts(device: &Device, document: DocumentId) -> Result<(), ScreenError> {
    if device.restoring(document, &standing(device, document)?)?.is_empty() {
        return Ok(());
    }
    Err(ScreenError::NoLongerCounts { document })
}

fn standing(device: &Device, document: DocumentId) -> Result<Reading, ScreenError> {
    kind_of(device, document)?;
    device.reading_of(document)?.ok_or(ScreenError::CannotOpen { document })
}
