//! An object of service: об'єкт обслуговування. A boiler, a lift, a pump, a server rack.

use crate::id::{Ref, RowId};
use crate::record::{LongText, Record, Row, Rows};
use crate::records::unbuilt::Product;
use crate::records::{Attachment, CustomValue, Customer, DirectoryEntry, MeterReading, Photo};

/// An object of service: об'єкт обслуговування.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(kind = Equipment, section = Service, version = 1, made_by = [Office, Technician])]
pub struct Equipment {
    /// What people call it.
    pub name: Option<String>,
    /// What sort of thing it is.
    pub category: Option<Ref<DirectoryEntry>>,
    /// The product of ours it is, when we sold it.
    pub product: Option<Ref<Product>>,
    /// Who made it.
    pub manufacturer: Option<String>,
    /// The model.
    pub model: Option<String>,
    /// The serial number.
    pub serial: Option<String>,
    /// What the QR tag on it says.
    pub qr_tag: Option<String>,
    /// Whose it is.
    pub customer: Option<Ref<Customer>>,
    /// Where it stands: a row of the customer's addresses.
    pub site: Option<RowId>,
    /// Where exactly: «дах, секція Б».
    pub place: Option<String>,
    /// The day it was installed.
    pub installed: Option<chrono::NaiveDate>,
    /// The last day of its warranty.
    pub warranty_until: Option<chrono::NaiveDate>,
    /// Its meters.
    pub meters: Rows<Meter>,
    /// What the meters showed outside visits; visits have their own.
    #[record(decider = Reviewer)]
    pub readings: Rows<MeterReading>,
    /// What it is a part of.
    pub parent: Option<Ref<Equipment>>,
    /// Photos.
    #[record(decider = Reviewer)]
    pub photos: Rows<Photo>,
    /// Passports, manuals, acts.
    #[record(decider = Reviewer)]
    pub documents: Rows<Attachment>,
    /// Values of the fields our company added.
    pub custom_values: Rows<CustomValue>,
    /// Anything else.
    pub notes: LongText,
}

/// A meter: operating hours, starts, cubic metres.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct Meter {
    /// What it counts.
    pub name: Option<String>,
    /// Its unit.
    pub unit: Option<Ref<DirectoryEntry>>,
}
