//! The edits of an import, to be committed in one transaction, and the way back.

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::{FieldPath, Reading};
use halyard_domain::record::Withdrawal;
use halyard_domain::records::Common;
use halyard_domain::schema::row_column;
use halyard_domain::value::{FieldValue, Scalar};
use serde::{Deserialize, Serialize};

/// Everything an import does. Customers come before the equipment that names them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// One edit a record.
    pub edits: Vec<RecordEdit>,
}

/// What is done to one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordEdit {
    /// The record.
    pub document: DocumentId,
    /// Its kind.
    pub kind: Kind,
    /// True when the edit makes it.
    pub is_new: bool,
    /// What is done. A text edit stands first, at the heads the record was read at.
    pub intents: Vec<Intent>,
}

/// A record as it stands when an import is taken back.
pub struct Present {
    /// What it says.
    pub reading: Reading,
    /// Where it says so.
    pub heads: Vec<ChangeHash>,
}

impl Plan {
    /// The edits that take the import back: new records and rows are withdrawn, filled fields cleared.
    ///
    /// What people changed since is theirs: a field is cleared and a text emptied only while it holds
    /// what the import wrote, and what was withdrawn already is left alone. `present` gives each record
    /// as it stands; one it does not give is left alone.
    pub fn undo(
        &self,
        withdrawal: &Withdrawal,
        mut present: impl FnMut(DocumentId) -> Option<Present>,
    ) -> Vec<RecordEdit> {
        // Equipment first: nothing that counts then names a withdrawn customer.
        let edits = self.edits.iter().rev().filter_map(|edit| {
            let intents = edit.undo(withdrawal, &present(edit.document)?);
            (!intents.is_empty()).then(|| RecordEdit { is_new: false, intents, ..edit.clone() })
        });
        edits.collect()
    }
}

impl RecordEdit {
    fn undo(&self, withdrawal: &Withdrawal, present: &Present) -> Vec<Intent> {
        if self.is_new {
            let stands = present.reading.value(Common::WITHDRAWN.name).is_null();
            return stands.then(|| Common::WITHDRAWN.set(withdrawal)).into_iter().collect();
        }
        self.intents.iter().filter_map(|intent| take_back(intent, withdrawal, present)).collect()
    }
}

fn take_back(intent: &Intent, withdrawal: &Withdrawal, present: &Present) -> Option<Intent> {
    let reading = &present.reading;
    match intent {
        Intent::Set { path, value } => (value_at(reading, path) == Some(value) && !value.is_null())
            .then(|| Intent::Set { path: path.clone(), value: Scalar::Null }),
        Intent::EditText { field, new_text, base_text, .. } => {
            (reading.text(field) == new_text).then(|| Intent::EditText {
                field: field.clone(),
                base_heads: texts_of(&present.heads),
                base_text: new_text.clone(),
                new_text: base_text.clone(),
            })
        }
        Intent::AddRow { field, row, .. } => {
            let stands = reading.row(field, *row).is_some_and(|row| !row.is_withdrawn());
            let path = FieldPath::column(field, *row, row_column::WITHDRAWN);
            stands.then(|| Intent::Set { path, value: withdrawal.to_scalar() })
        }
    }
}

fn value_at<'a>(reading: &'a Reading, path: &FieldPath) -> Option<&'a Scalar> {
    match (path.row, &path.column) {
        (None, _) => reading.cell(&path.field).filter(|cell| !cell.is_conflict()).map(|cell| &cell.value),
        (Some(row), Some(column)) => Some(reading.row(&path.field, row)?.value(column)),
        (Some(_), None) => None,
    }
}

/// Heads as a text edit names them.
pub(super) fn texts_of(heads: &[ChangeHash]) -> Vec<String> {
    let mut texts: Vec<String> = heads.iter().map(ToString::to_string).collect();
    texts.sort();
    texts
}
