//! A record as read from a document, before it is typed.
//!
//! A [`Reading`] is plain data: it crosses processes and is compared in tests. It keeps what a typed
//! record would drop: fields a newer version wrote, and every value of a field that two people wrote
//! at the same time. `crates/records` makes readings; everything else only looks at them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::RowId;
use crate::kind::Kind;
use crate::schema::row_column;
use crate::value::Scalar;

/// A record's whole content at some heads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The kind its seed gave it.
    pub kind: Kind,
    /// Root fields by name, unknown ones included.
    pub fields: BTreeMap<String, FieldReading>,
}

/// The content of a root field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldReading {
    /// One value, or several written at the same time.
    Cell(Cell),
    /// Long text.
    Text(String),
    /// Rows or events, in the order of their birth: operation counter, then actor.
    Rows(Vec<RowReading>),
}

/// A scalar field with everything people wrote at the same time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The value everybody sees: the same winner on every device.
    pub value: Scalar,
    /// Every concurrent value, the winner last, when they differ; else empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Alternative>,
}

/// One of several values written at the same time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Alternative {
    /// The value.
    pub value: Scalar,
    /// The operation that wrote it.
    pub by: OperationId,
}

/// An operation of a document: its counter, and the actor that made it in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OperationId {
    /// The Lamport counter within the document.
    pub counter: u64,
    /// The actor in lower-case hexadecimal.
    pub actor: String,
}

/// A row or an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowReading {
    /// Its id.
    pub id: RowId,
    /// The operation that made it, which gives its place among the rows.
    pub born: OperationId,
    /// Its columns by name, unknown and common ones included.
    pub columns: BTreeMap<String, Cell>,
}

/// A field in conflict: where, and what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict<'a> {
    /// The field.
    pub path: FieldPath,
    /// Every value, the winner last.
    pub alternatives: &'a [Alternative],
}

/// The place of a value in a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FieldPath {
    /// The root field.
    pub field: String,
    /// The row, when the field holds rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<RowId>,
    /// The column, when the path names one of a row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
}

impl FieldPath {
    /// The root field `field`.
    #[must_use]
    pub fn root(field: &str) -> Self {
        Self { field: field.to_owned(), row: None, column: None }
    }

    /// The row `row` of `field`.
    #[must_use]
    pub fn row(field: &str, row: RowId) -> Self {
        Self { field: field.to_owned(), row: Some(row), column: None }
    }

    /// The column `column` of the row `row` of `field`.
    #[must_use]
    pub fn column(field: &str, row: RowId, column: &str) -> Self {
        Self { field: field.to_owned(), row: Some(row), column: Some(column.to_owned()) }
    }
}

impl std::fmt::Display for FieldPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.field)?;
        if let Some(row) = self.row {
            write!(f, "/{row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, "/{column}")?;
        }
        Ok(())
    }
}

/// Not the place of a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a place like works/0190…/volume")]
pub struct FieldPathError(String);

impl std::str::FromStr for FieldPath {
    type Err = FieldPathError;
    fn from_str(text: &str) -> Result<Self, FieldPathError> {
        let not = || FieldPathError(text.to_owned());
        let mut parts = text.split('/');
        let field = parts.next().filter(|field| !field.is_empty()).ok_or_else(not)?.to_owned();
        let row = parts.next().map(str::parse).transpose().map_err(|_| not())?;
        let column = parts.next().map(str::to_owned);
        if parts.next().is_some() || column.as_deref() == Some("") {
            return Err(not());
        }
        Ok(Self { field, row, column })
    }
}

impl Cell {
    /// A cell that nobody disputes.
    #[must_use]
    pub fn settled(value: Scalar) -> Self {
        Self { value, alternatives: Vec::new() }
    }

    /// Every value that stands: the concurrent ones, or the only one.
    pub fn standing(&self) -> impl Iterator<Item = &Scalar> {
        let only = if self.is_conflict() { None } else { Some(&self.value) };
        self.alternatives.iter().map(|one| &one.value).chain(only)
    }

    /// True when two people wrote different values at the same time and nobody has decided.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        !self.alternatives.is_empty()
    }
}

impl RowReading {
    /// The value of a column, [`Scalar::Null`] when it was never written.
    #[must_use]
    pub fn value(&self, column: &str) -> &Scalar {
        self.columns.get(column).map_or(&Scalar::Null, |cell| &cell.value)
    }

    /// True when the row was withdrawn and no longer counts.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        !self.value(row_column::WITHDRAWN).is_null()
    }
}

impl Reading {
    /// The cell of a scalar field, when it was ever written.
    #[must_use]
    pub fn cell(&self, field: &str) -> Option<&Cell> {
        match self.fields.get(field) {
            Some(FieldReading::Cell(cell)) => Some(cell),
            Some(FieldReading::Text(_) | FieldReading::Rows(_)) | None => None,
        }
    }

    /// The winning value of a scalar field, [`Scalar::Null`] when it was never written.
    #[must_use]
    pub fn value(&self, field: &str) -> &Scalar {
        self.cell(field).map_or(&Scalar::Null, |cell| &cell.value)
    }

    /// The long text of a field, empty when it holds none.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        match self.fields.get(field) {
            Some(FieldReading::Text(text)) => text,
            Some(FieldReading::Cell(_) | FieldReading::Rows(_)) | None => "",
        }
    }

    /// The rows of a field in the order of their birth, withdrawn ones included.
    #[must_use]
    pub fn rows(&self, field: &str) -> &[RowReading] {
        match self.fields.get(field) {
            Some(FieldReading::Rows(rows)) => rows,
            Some(FieldReading::Cell(_) | FieldReading::Text(_)) | None => &[],
        }
    }

    /// The row `id` of a field.
    #[must_use]
    pub fn row(&self, field: &str, id: RowId) -> Option<&RowReading> {
        self.rows(field).iter().find(|row| row.id == id)
    }

    /// Every field and column in conflict.
    #[must_use]
    pub fn conflicts(&self) -> Vec<Conflict<'_>> {
        let mut found = Vec::new();
        for (name, field) in &self.fields {
            match field {
                FieldReading::Cell(cell) if cell.is_conflict() => {
                    found.push(Conflict { path: FieldPath::root(name), alternatives: &cell.alternatives });
                }
                FieldReading::Cell(_) | FieldReading::Text(_) => {}
                FieldReading::Rows(rows) => {
                    for row in rows {
                        for (column, cell) in row.columns.iter().filter(|(_, cell)| cell.is_conflict()) {
                            let path = FieldPath::column(name, row.id, column);
                            found.push(Conflict { path, alternatives: &cell.alternatives });
                        }
                    }
                }
            }
        }
        found
    }
}
