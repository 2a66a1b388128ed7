//! Rows that values name: the address a visit goes to, the person who complained, the question that was
//! answered. Their ids look like those of records, and no record stands behind them.

use std::cell::OnceCell;

use halyard_domain::id::{DocumentId, RowId};
use halyard_domain::reading::{FieldPath, Reading};
use halyard_domain::record::{Record, typed};
use halyard_domain::records::values::ProposedValue;
use halyard_domain::records::{AnswerKind, Visit};
use halyard_domain::schema::root_key;
use halyard_domain::value::Scalar;
use serde::Serialize;

use crate::checklist::Question;
use crate::device::Device;
use crate::error::DeviceError;
use crate::row_names::names_rows;
use crate::screens::record::ids_in;

/// A row that a value names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct NamedRow {
    /// The row.
    pub row: RowId,
    /// What it is called; empty when it is not here.
    pub name: String,
    /// Of a question of a checklist: what an answer is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub answer_kind: Option<AnswerKind>,
}

/// A value, and where in its record it was written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Placed<'a> {
    field: &'a str,
    column: Option<&'a str>,
    value: &'a Scalar,
}

impl<'a> Placed<'a> {
    pub(crate) fn at(path: &'a FieldPath, value: &'a Scalar) -> Self {
        Self { field: &path.field, column: path.column.as_deref(), value }
    }

    pub(crate) fn in_row(field: &'a str, column: &'a str, value: &'a Scalar) -> Self {
        Self { field, column: Some(column), value }
    }

    /// The records it names.
    pub(crate) fn records(&self) -> Vec<DocumentId> {
        if names_rows(self.field, self.column) {
            return Vec::new();
        }
        if (self.field, self.column) == (root_key::PROPOSALS, Some("value")) {
            return typed::<ProposedValue>(self.value).map_or_else(Vec::new, |wish| ids_in(&wish.value));
        }
        ids_in(self.value)
    }
}

/// What the rows are called that values of one record name.
pub(crate) struct RowNames<'a> {
    device: &'a Device,
    /// Absent when it is not here.
    record: Option<&'a Reading>,
    questions: OnceCell<Vec<Question>>,
}

impl<'a> RowNames<'a> {
    pub(crate) fn of(device: &'a Device, record: Option<&'a Reading>) -> Self {
        Self { device, record, questions: OnceCell::new() }
    }

    /// The rows that values name.
    pub(crate) fn all(&self, values: &[Placed<'_>]) -> Result<Vec<NamedRow>, DeviceError> {
        values.iter().filter_map(|value| self.named(value).transpose()).collect()
    }

    fn named(&self, value: &Placed<'_>) -> Result<Option<NamedRow>, DeviceError> {
        let Placed { field, column, value } = *value;
        let row = typed::<RowId>(value).filter(|_| names_rows(field, column));
        let (Some(row), Some(record)) = (row, self.record) else {
            return Ok(row.map(|row| NamedRow { row, name: String::new(), answer_kind: None }));
        };
        if field == Visit::CHECKLIST_ANSWERS.name {
            let question = self.questions(record)?.iter().find(|one| one.item == row);
            let name = question.map(|one| one.text.clone()).unwrap_or_default();
            return Ok(Some(NamedRow { row, name, answer_kind: question.and_then(|one| one.answer_kind) }));
        }
        let name = self.device.name_of_row(record, field, column, value)?.unwrap_or_default();
        Ok(Some(NamedRow { row, name, answer_kind: None }))
    }

    /// Read once: two records are opened for them.
    fn questions(&self, record: &Reading) -> Result<&[Question], DeviceError> {
        if let Some(known) = self.questions.get() {
            return Ok(known);
        }
        let read = match record.kind {
            kind if kind == Visit::KIND => self.device.questions(&Visit::read(record))?,
            _ => Vec::new(),
        };
        Ok(self.questions.get_or_init(|| read))
    }
}
