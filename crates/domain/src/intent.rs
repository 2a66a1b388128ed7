//! What a person meant to do to one record.
//!
//! Every edit in Halyard is a list of intents on one document. `crates/records` turns them into one
//! Automerge change; the device keeps them beside the change, so that what the relay refused can be
//! shown with old and new value, and what it did not refuse can be replayed on a rebuilt document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::RowId;
use crate::reading::FieldPath;
use crate::value::Scalar;

/// One thing a person did to a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Intent {
    /// Wrote a root field or a column of a row. [`Scalar::Null`] clears it. Writing a field in
    /// conflict decides the conflict.
    Set {
        /// Where.
        path: FieldPath,
        /// The new value, canonical.
        value: Scalar,
    },
    /// Edited a long text from `base_text`, read at `base_heads`, to `new_text`.
    EditText {
        /// The root field.
        field: String,
        /// The heads the text was read at, 32 bytes each in hexadecimal, sorted.
        base_heads: Vec<String>,
        /// What was on the screen when typing began.
        base_text: String,
        /// What the person left there.
        new_text: String,
    },
    /// Added a row or an event with all its columns, `by` and `at` among them.
    AddRow {
        /// The root field.
        field: String,
        /// The new row's id.
        row: RowId,
        /// Its columns.
        columns: BTreeMap<String, Scalar>,
    },
}

impl Intent {
    /// The place this intent writes.
    #[must_use]
    pub fn path(&self) -> FieldPath {
        match self {
            Self::Set { path, .. } => path.clone(),
            Self::EditText { field, .. } => FieldPath::root(field),
            Self::AddRow { field, row, .. } => FieldPath::row(field, *row),
        }
    }
}
