//! Where a customer is and whom to talk to, for several customers at once and from tables alone.

use std::collections::BTreeMap;

use halyard_domain::id::{DocumentId, RowId};
use halyard_domain::kind::Kind;
use halyard_domain::records::values::Coordinates;
use halyard_domain::records::{Address, AddressKind, ContactPerson, Customer};
use halyard_domain::value::{FieldValue, Scalar};
use halyard_tables::list::{ChildRow, Filter, ListQuery, Show, child_rows, read_child_rows};
use halyard_tables::sql::{SqlValue, Target};
use halyard_tables::tables::column;
use serde::Serialize;

use crate::device::Device;
use crate::error::DeviceError;

/// An address, as a person finds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AddressView {
    /// Its row in the customer.
    pub row: RowId,
    /// What it is for.
    pub kind: Option<AddressKind>,
    /// What people call it.
    pub label: Option<String>,
    /// The postal code.
    pub postal_code: Option<String>,
    /// The town or village.
    pub settlement: Option<String>,
    /// Street, house, room.
    pub street: Option<String>,
    /// How to get in.
    pub access_notes: Option<String>,
    /// The place on the map, in millionths of a degree.
    pub coordinates: Option<Coordinates>,
}

/// A person to talk to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ContactView {
    /// Their row in the customer.
    pub row: RowId,
    /// Surname, given name, patronymic.
    pub name: String,
    /// Given name and patronymic as one addresses the person.
    pub vocative: Option<String>,
    /// Position.
    pub position: Option<String>,
    /// Phones.
    pub phones: Vec<String>,
    /// E-mail addresses.
    pub emails: Vec<String>,
}

/// Addresses, people and phones of some customers.
#[derive(Debug, Default)]
pub(crate) struct Places {
    addresses: BTreeMap<DocumentId, Vec<AddressView>>,
    contacts: BTreeMap<DocumentId, Vec<ContactView>>,
    phones: BTreeMap<DocumentId, Vec<String>>,
}

const ADDRESS: [&str; 7] =
    ["address_kind", "label", "postal_code", "settlement", "street", "access_notes", "coordinates"];
const CONTACT: [&str; 7] =
    ["surname", "given_name", "patronymic", "vocative", "position", "phones", "emails"];

impl Places {
    /// Those of these customers.
    pub(crate) fn of(device: &Device, customers: &[DocumentId]) -> Result<Self, DeviceError> {
        let mut places = Self::default();
        if customers.is_empty() {
            return Ok(places);
        }
        for row in device.rows(Kind::Customer, Customer::ADDRESSES.name, &ADDRESS, customers)? {
            places.addresses.entry(row.record).or_default().extend(address(&row));
        }
        for row in device.rows(Kind::Customer, Customer::CONTACTS.name, &CONTACT, customers)? {
            places.contacts.entry(row.record).or_default().extend(contact(&row));
        }
        let ids = customers.iter().map(|id| Scalar::Text(id.to_string())).collect();
        let query = ListQuery {
            filters: vec![Filter::OneOf { column: column::ID.to_owned(), values: ids }],
            show: Show::Everything,
            ..ListQuery::of(Kind::Customer, &[Customer::PHONES.name], 1_000)
        };
        for row in device.list(&query)?.rows {
            places.phones.insert(row.document, strings(row.cells.first()));
        }
        Ok(places)
    }

    /// The address a visit goes to: the named one, or else the first place of service, or else the first.
    pub(crate) fn address(&self, customer: DocumentId, site: Option<RowId>) -> Option<AddressView> {
        let all = self.addresses.get(&customer)?;
        let named = site.and_then(|site| all.iter().find(|one| one.row == site));
        let place = || all.iter().find(|one| one.kind == Some(AddressKind::Site));
        named.or_else(place).or_else(|| all.first()).cloned()
    }

    /// The people of a customer.
    pub(crate) fn contacts(&self, customer: DocumentId) -> Vec<ContactView> {
        self.contacts.get(&customer).cloned().unwrap_or_default()
    }

    /// Whom to call first: the first person with a phone, or else the first person.
    pub(crate) fn contact(&self, customer: DocumentId) -> Option<ContactView> {
        let all = self.contacts.get(&customer)?;
        all.iter().find(|one| !one.phones.is_empty()).or_else(|| all.first()).cloned()
    }

    /// The phones of the customer itself.
    pub(crate) fn phones(&self, customer: DocumentId) -> Vec<String> {
        self.phones.get(&customer).cloned().unwrap_or_default()
    }
}

impl Device {
    /// The standing rows of a field of several records.
    pub(crate) fn rows(
        &self,
        kind: Kind,
        field: &str,
        columns: &[&str],
        of: &[DocumentId],
    ) -> Result<Vec<ChildRow>, DeviceError> {
        if of.is_empty() {
            return Ok(Vec::new());
        }
        let found = self.store.query(&child_rows(Target::DEVICE, kind, field, columns, of)?)?;
        Ok(read_child_rows(kind, field, columns, found)?)
    }
}

fn address(row: &ChildRow) -> Option<AddressView> {
    let [kind, label, postal_code, settlement, street, access_notes, coordinates] = row.cells.as_slice()
    else {
        return None;
    };
    let scalar = |cell: &SqlValue| cell.text().map(|text| Scalar::Text(text.to_owned()));
    Some(AddressView {
        row: row.row,
        kind: scalar(kind).and_then(|kind| AddressKind::from_scalar(&kind).ok()),
        label: owned(label),
        postal_code: owned(postal_code),
        settlement: owned(settlement),
        street: owned(street),
        access_notes: owned(access_notes),
        coordinates: scalar(coordinates).and_then(|place| FieldValue::from_scalar(&place).ok()),
    })
}

fn contact(row: &ChildRow) -> Option<ContactView> {
    let [surname, given_name, patronymic, vocative, position, phones, emails] = row.cells.as_slice() else {
        return None;
    };
    let parts: Vec<&str> = [surname, given_name, patronymic].into_iter().filter_map(SqlValue::text).collect();
    Some(ContactView {
        row: row.row,
        name: parts.join(" "),
        vocative: owned(vocative),
        position: owned(position),
        phones: strings(Some(phones)),
        emails: strings(Some(emails)),
    })
}

impl AddressView {
    /// An address as its customer says it.
    pub(crate) fn of(row: RowId, address: &Address) -> Self {
        Self {
            row,
            kind: address.address_kind,
            label: address.label.clone(),
            postal_code: address.postal_code.clone(),
            settlement: address.settlement.clone(),
            street: address.street.clone(),
            access_notes: address.access_notes.clone(),
            coordinates: address.coordinates,
        }
    }
}

impl ContactView {
    /// A person as their customer says them.
    pub(crate) fn of(row: RowId, person: &ContactPerson) -> Self {
        let parts = [&person.surname, &person.given_name, &person.patronymic];
        Self {
            row,
            name: parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" "),
            vocative: person.vocative.clone(),
            position: person.position.clone(),
            phones: person.phones.clone(),
            emails: person.emails.clone(),
        }
    }
}

/// Metres between two places on a ball of the earth's mean radius.
pub(crate) fn metres_between(from: Coordinates, to: Coordinates) -> u32 {
    const MEAN_RADIUS_M: f64 = 6_371_009.0;
    let radians = |degrees_e6: i32| (f64::from(degrees_e6) / 1e6).to_radians();
    let (from_lat, to_lat) = (radians(from.latitude_e6), radians(to.latitude_e6));
    let half = |a: f64, b: f64| ((b - a) / 2.0).sin().powi(2);
    let chord = half(from_lat, to_lat)
        + from_lat.cos() * to_lat.cos() * half(radians(from.longitude_e6), radians(to.longitude_e6));
    let metres = 2.0 * MEAN_RADIUS_M * chord.sqrt().min(1.0).asin();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "half the equator at most")]
    let whole = metres.round() as u32;
    whole
}

/// The text of a cell.
pub(crate) fn owned(cell: &SqlValue) -> Option<String> {
    cell.text().map(ToOwned::to_owned)
}

/// The lines of a list cell; none when it holds no list.
pub(crate) fn strings(cell: Option<&SqlValue>) -> Vec<String> {
    let list = cell.and_then(SqlValue::text).map(|text| Scalar::Text(text.to_owned()));
    list.and_then(|list| FieldValue::from_scalar(&list).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_kyiv_to_zhytomyr_the_crow_flies_some_130_kilometres() {
        let kyiv = Coordinates { latitude_e6: 50_450_100, longitude_e6: 30_523_400 };
        let zhytomyr = Coordinates { latitude_e6: 50_254_650, longitude_e6: 28_658_667 };
        assert_eq!(metres_between(kyiv, zhytomyr) / 1000, 134);
        assert_eq!(metres_between(zhytomyr, zhytomyr), 0);
    }
}
