//! The edits of an import, to be committed in one transaction, and the way back.

use std::collections::BTreeSet;

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::{FieldPath, Reading};
use halyard_domain::record::Withdrawal;
use halyard_domain::records::Common;
use halyard_domain::rules::carries::links;
use halyard_domain::schema::row_column;
use halyard_domain::value::{FieldValue, Scalar};
use serde::Serialize;

/// Everything an import does. Customers come before the equipment that names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// One edit a record.
    pub edits: Vec<RecordEdit>,
}

/// What is done to one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordEdit {
    /// The record.
    pub document: DocumentId,
    /// Its kind.
    pub kind: Kind,
    /// True when the edit makes it.
    pub is_new: bool,
    /// The heads it was planned on; empty when the edit makes it. What others write there meanwhile is not written over.
    pub seen: Vec<ChangeHash>,
    /// What is done. A text edit stands first, at the heads the record was read at.
    pub intents: Vec<Intent>,
}

/// A record as it stands when an import is taken back.
pub struct Present {
    /// What it says.
    pub reading: Reading,
    /// Where it says so.
    pub heads: Vec<ChangeHash>,
    /// Whether people wrote in it since the import.
    pub is_changed: bool,
}

/// What taking an import back comes to.
#[derive(Debug, Default)]
pub struct TakenBack {
    /// The edits, to be committed in one transaction.
    pub edits: Vec<RecordEdit>,
    /// Records in which something the import wrote stays.
    pub left: Vec<Left>,
}

/// A record in which something an import wrote stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Left {
    /// The record.
    pub document: DocumentId,
    /// Its kind.
    pub kind: Kind,
    /// Why.
    pub why: Stays,
}

/// Why something an import wrote stays when it is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stays {
    /// People wrote in it since.
    Changed,
    /// Records that stay name it.
    Named,
    /// It is not on this device any more.
    Gone,
}

impl Plan {
    /// What takes the import back: new records and rows are withdrawn, filled fields cleared.
    ///
    /// What people did since is theirs: a record they wrote in or that is `named` by their records stays,
    /// a field is cleared and a text emptied only while it holds what the import wrote. What was withdrawn
    /// already is left alone. `present` gives each record as it stands.
    ///
    /// # Errors
    /// What `present` says.
    pub fn undo<E>(
        &self,
        withdrawal: &Withdrawal,
        mut named: BTreeSet<DocumentId>,
        mut present: impl FnMut(DocumentId) -> Result<Option<Present>, E>,
    ) -> Result<TakenBack, E> {
        let mut back = TakenBack::default();
        // Equipment first: what stays of it keeps its customer.
        for edit in self.edits.iter().rev() {
            let (document, kind) = (edit.document, edit.kind);
            let mut leave = |why| back.left.push(Left { document, kind, why });
            let Some(present) = present(document)? else {
                leave(Stays::Gone);
                continue;
            };
            let intents = if !edit.is_new {
                let intents = edit.undo(withdrawal, &present);
                if edit.intents.is_empty() || intents.len() < edit.intents.len() {
                    leave(Stays::Changed);
                }
                intents
            } else if !present.reading.value(Common::WITHDRAWN.name).is_null() {
                continue;
            } else if present.is_changed || named.contains(&document) {
                leave(if present.is_changed { Stays::Changed } else { Stays::Named });
                named.extend(links(&present.reading).into_iter().map(|link| link.id));
                continue;
            } else {
                vec![Common::WITHDRAWN.set(withdrawal)]
            };
            if !intents.is_empty() {
                let seen = present.heads;
                back.edits.push(RecordEdit { document, kind, is_new: false, seen, intents });
            }
        }
        Ok(back)
    }
}

impl RecordEdit {
    fn undo(&self, withdrawal: &Withdrawal, present: &Present) -> Vec<Intent> {
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
