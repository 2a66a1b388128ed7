//! Typed records: what `#[derive(Record)]`, `#[derive(Row)]`, `#[derive(Choice)]` and
//! `#[derive(EventKind)]` implement.
//!
//! Reading never fails: a value this version cannot read is absent in the typed record and stays in
//! the [`Reading`]. Editing goes through field handles (`Visit::WINDOW.set(&window)`), which make
//! [`Intent`]s, so that a field cannot be misspelt or given another field's type.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use crate::id::{Ref, RowId};
use crate::intent::Intent;
use crate::kind::Kind;
use crate::reading::{FieldPath, Reading, RowReading};
use crate::records::Employee;
use crate::schema::{ColumnSchema, EventType, RecordSchema, row_column};
use crate::time::Instant;
use crate::value::{FieldValue, Scalar};

pub use halyard_record_derive::{Choice, EventKind, Record, Row};

/// A record kind.
pub trait Record: Sized {
    /// The kind.
    const KIND: Kind;
    /// The schema.
    const SCHEMA: &'static RecordSchema;

    /// Types a reading. What cannot be read is absent.
    fn read(reading: &Reading) -> Self;
}

/// The own columns of a row.
pub trait RowValue: Sized {
    /// The columns.
    const COLUMNS: &'static [ColumnSchema];

    /// Types a row. What cannot be read is absent.
    fn read(row: &RowReading) -> Self;

    /// The columns that have a value.
    fn columns(&self) -> BTreeMap<String, Scalar>;
}

/// The type of an event: a choice whose variants say who may add them.
pub trait EventKind: FieldValue {
    /// Every type with its owners.
    const TYPES: &'static [EventType];
}

/// A row of [`Events`]: its `what` column is of type [`Event::Kind`].
pub trait Event: RowValue {
    /// The types of event.
    type Kind: EventKind;
}

/// Types the winning value of a cell.
#[must_use]
pub fn typed<T: FieldValue>(scalar: &Scalar) -> Option<T> {
    if scalar.is_null() { None } else { T::from_scalar(scalar).ok() }
}

/// Long human text; it merges letter by letter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LongText(pub String);

/// Why a row no longer counts, or a record was made by mistake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// The employee who withdrew it.
    pub by: crate::id::DocumentId,
    /// When, by that person's clock.
    pub at: Instant,
    /// Why.
    pub why: String,
}
crate::group_value!(Withdrawal, "withdrawal");

/// A row with what every row has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowOf<T> {
    /// Its id.
    pub id: RowId,
    /// Who wrote it.
    pub by: Option<Ref<Employee>>,
    /// The time of the fact, by the author.
    pub at: Option<Instant>,
    /// Set when it no longer counts.
    pub withdrawn: Option<Withdrawal>,
    /// Its own columns.
    pub value: T,
}

/// Rows in the order of their birth, equal on every device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows<T>(pub Vec<RowOf<T>>);

/// Append-only events in the order of their birth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Events<T>(pub Vec<RowOf<T>>);

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}
impl<T> Default for Events<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: RowValue> RowOf<T> {
    fn read(row: &RowReading) -> Self {
        Self {
            id: row.id,
            by: typed(row.value(row_column::BY)),
            at: typed(row.value(row_column::AT)),
            withdrawn: typed(row.value(row_column::WITHDRAWN)),
            value: T::read(row),
        }
    }
}

impl<T> Rows<T> {
    /// The rows that count: those not withdrawn.
    pub fn standing(&self) -> impl Iterator<Item = &RowOf<T>> {
        self.0.iter().filter(|row| row.withdrawn.is_none())
    }
}
impl<T: RowValue> Rows<T> {
    /// Types the rows of a field.
    #[must_use]
    pub fn read(reading: &Reading, field: &str) -> Self {
        Self(reading.rows(field).iter().map(RowOf::read).collect())
    }
}

impl<T> Events<T> {
    /// The events that count: those not withdrawn.
    pub fn standing(&self) -> impl Iterator<Item = &RowOf<T>> {
        self.0.iter().filter(|row| row.withdrawn.is_none())
    }
}
impl<T: RowValue> Events<T> {
    /// Types the events of a field.
    #[must_use]
    pub fn read(reading: &Reading, field: &str) -> Self {
        Self(reading.rows(field).iter().map(RowOf::read).collect())
    }
}

/// A handle of a scalar field.
#[derive(Debug)]
pub struct ScalarField<T> {
    /// The field's name.
    pub name: &'static str,
    value: PhantomData<fn() -> T>,
}

/// A handle of a long text.
#[derive(Debug)]
pub struct TextField {
    /// The field's name.
    pub name: &'static str,
}

/// A handle of rows or events.
#[derive(Debug)]
pub struct RowsField<T> {
    /// The field's name.
    pub name: &'static str,
    value: PhantomData<fn() -> T>,
}

/// Who writes a row, and the time of the fact.
#[derive(Debug, Clone, Copy)]
pub struct Authored {
    /// The employee.
    pub by: Ref<Employee>,
    /// The time of the fact.
    pub at: Instant,
}

impl<T: FieldValue> ScalarField<T> {
    /// The handle of the field `name`.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, value: PhantomData }
    }

    /// Writes the field.
    #[must_use]
    pub fn set(&self, value: &T) -> Intent {
        Intent::Set { path: FieldPath::root(self.name), value: value.to_scalar() }
    }

    /// Clears the field.
    #[must_use]
    pub fn clear(&self) -> Intent {
        Intent::Set { path: FieldPath::root(self.name), value: Scalar::Null }
    }
}

impl TextField {
    /// The handle of the field `name`.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name }
    }
}

impl<T: RowValue> RowsField<T> {
    /// The handle of the field `name`.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, value: PhantomData }
    }

    /// Adds a row.
    #[must_use]
    pub fn add(&self, row: RowId, authored: Authored, value: &T) -> Intent {
        let mut columns = value.columns();
        columns.insert(row_column::BY.to_owned(), authored.by.to_scalar());
        columns.insert(row_column::AT.to_owned(), authored.at.to_scalar());
        Intent::AddRow { field: self.name.to_owned(), row, columns }
    }

    /// Corrects one column of a row.
    #[must_use]
    pub fn correct<V: FieldValue>(&self, row: RowId, column: &str, value: &V) -> Intent {
        Intent::Set { path: FieldPath::column(self.name, row, column), value: value.to_scalar() }
    }

    /// Marks a row as no longer counting. It stays readable.
    #[must_use]
    pub fn withdraw(&self, row: RowId, withdrawal: &Withdrawal) -> Intent {
        let path = FieldPath::column(self.name, row, row_column::WITHDRAWN);
        Intent::Set { path, value: withdrawal.to_scalar() }
    }
}
