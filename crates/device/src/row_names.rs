//! What a row of another record is called where a record names it: the address a visit goes to, the person
//! who complained, the meter that was read.

use halyard_domain::id::{Ref, RowId};
use halyard_domain::reading::{Reading, RowReading};
use halyard_domain::record::typed;
use halyard_domain::records::{Complaint, Customer, Equipment, Visit};
use halyard_domain::value::Scalar;

use crate::device::Device;
use crate::error::DeviceError;

/// A place that names a row: its field and column, the field that names the row's record, the field of rows
/// there, and the columns that name a row.
struct RowLink {
    at: (&'static str, Option<&'static str>),
    /// Absent for rows of the record itself.
    record: Option<&'static str>,
    rows: &'static str,
    named_by: &'static [&'static str],
}

const ADDRESS: &[&str] = &["label", "settlement", "street"];
const PERSON: &[&str] = &["surname", "given_name", "patronymic"];

const LINKS: [RowLink; 4] = [
    RowLink {
        at: (Visit::SITE.name, None),
        record: Some(Visit::CUSTOMER.name),
        rows: Customer::ADDRESSES.name,
        named_by: ADDRESS,
    },
    RowLink {
        at: (Complaint::CONTACT.name, None),
        record: Some(Complaint::CUSTOMER.name),
        rows: Customer::CONTACTS.name,
        named_by: PERSON,
    },
    RowLink {
        at: (Visit::READINGS.name, Some("meter")),
        record: Some(Visit::EQUIPMENT.name),
        rows: Equipment::METERS.name,
        named_by: &["name"],
    },
    RowLink {
        at: (Equipment::READINGS.name, Some("meter")),
        record: None,
        rows: Equipment::METERS.name,
        named_by: &["name"],
    },
];

/// Whether values of a place are rows, which are no records though their ids look the same.
pub(crate) fn names_rows(field: &str, column: Option<&str>) -> bool {
    let answers = field == Visit::CHECKLIST_ANSWERS.name && matches!(column, Some("item" | "after"));
    answers || LINKS.iter().any(|link| link.at == (field, column))
}

impl Device {
    /// What the row is called that stands at a place of a record; `None` where no row is named, or none that
    /// is here.
    ///
    /// # Errors
    /// When the device cannot be read.
    pub fn name_of_row(
        &self,
        record: &Reading,
        field: &str,
        column: Option<&str>,
        value: &Scalar,
    ) -> Result<Option<String>, DeviceError> {
        let links = || LINKS.iter().filter(|link| link.at == (field, column));
        let Some(row) = typed::<RowId>(value).filter(|_| links().next().is_some()) else { return Ok(None) };
        for link in links() {
            let found = match link.record {
                None => named(record, link, row),
                Some(through) => match typed::<Ref<Customer>>(record.value(through)).map(Ref::id) {
                    Some(other) => self.reading_of(other)?.and_then(|other| named(&other, link, row)),
                    None => None,
                },
            };
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }
}

fn named(record: &Reading, link: &RowLink, row: RowId) -> Option<String> {
    let row: &RowReading = record.row(link.rows, row)?;
    let words: Vec<&str> = link.named_by.iter().filter_map(|name| row.value(name).as_text()).collect();
    let between = if link.named_by == ADDRESS { ", " } else { " " };
    Some(words.join(between)).filter(|name| !name.is_empty())
}
