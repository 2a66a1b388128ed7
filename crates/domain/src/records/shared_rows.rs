//! Rows that more than one kind holds.

use rust_decimal::Decimal;

use crate::id::{Ref, RowId};
use crate::record::{Choice, Row};
use crate::records::DirectoryEntry;
use crate::records::unbuilt::Document;
use crate::records::values::{Blob, Coordinates};

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum AddressKind {
    /// Where the company is registered: юридична.
    Legal,
    /// Where letters go: поштова.
    Postal,
    /// Where the equipment stands: місце обслуговування.
    Site,
}

/// An address of a customer or of our company.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct Address {
    /// What it is for.
    pub address_kind: Option<AddressKind>,
    /// What people call it: «Цех №2».
    pub label: Option<String>,
    /// The region, for planning.
    pub region: Option<Ref<DirectoryEntry>>,
    /// The postal code.
    pub postal_code: Option<String>,
    /// The town or village.
    pub settlement: Option<String>,
    /// Street, house, room.
    pub street: Option<String>,
    /// The place on the map.
    pub coordinates: Option<Coordinates>,
    /// How to get in: entrance, pass, dog, keys.
    pub access_notes: Option<String>,
}

/// When a photo was taken, beside the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum PhotoMoment {
    /// Before the work: до.
    Before,
    /// After the work: після.
    After,
    /// Anything else worth showing.
    Other,
}

/// A photo.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct Photo {
    /// The file.
    pub image: Option<Blob>,
    /// What it shows.
    pub caption: Option<String>,
    /// Before or after the work.
    pub moment: Option<PhotoMoment>,
}

/// A file or a document attached to a record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct Attachment {
    /// The file, when it is one.
    pub file: Option<Blob>,
    /// The document record, when it is one.
    pub document: Option<Ref<Document>>,
    /// What it is called: «Паспорт насоса».
    pub title: Option<String>,
}

/// What a meter showed. The row's `at` is when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct MeterReading {
    /// The meter's row in the equipment.
    pub meter: Option<RowId>,
    /// What it showed, in the meter's unit.
    pub value: Option<Decimal>,
}

/// A planned work.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct PlannedWork {
    /// The kind of work.
    pub work_kind: Option<Ref<DirectoryEntry>>,
    /// The unit its volume is counted in.
    pub unit: Option<Ref<DirectoryEntry>>,
    /// How much is to be done, in that unit.
    pub volume: Option<Decimal>,
    /// How many hours it is to take.
    pub hours: Option<Decimal>,
    /// How many times an hour of it counts in the percent; 1 when absent.
    pub weight: Option<Decimal>,
}

/// The value of a field an administrator added. Of several standing rows for one field the last born
/// counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct CustomValue {
    /// The field.
    pub field: Option<Ref<crate::records::unbuilt::CustomField>>,
    /// The value in the field's canonical text.
    pub value: Option<String>,
}
