//! Looking up what a file speaks of: customers, their equipment, and the names its cells may use.

use std::collections::BTreeSet;

use halyard_domain::kind::Kind;
use halyard_domain::record::typed;
use halyard_domain::records::{Customer, Directory, DirectoryEntry, Employee, Equipment};
use halyard_domain::value::{FieldValue, Scalar};
use halyard_tables::list::{ListQuery, ListRow, MAX_LIMIT};
use halyard_tables::sql::SqlValue;

use crate::device::Device;
use crate::edit::read;
use crate::error::DeviceError;
use crate::import::known::{Known, Named, Wanted};

impl Device {
    pub(super) fn known(&self, wanted: &Wanted) -> Result<Known, DeviceError> {
        let mut known = Known::default();
        self.add_names(&mut known)?;
        let mut customers = BTreeSet::new();
        let (name, legal_name) = (Customer::NAME.name, Customer::LEGAL_NAME.name);
        let columns = [name, legal_name, Customer::REGISTRY_CODE.name, Customer::PHONES.name];
        self.each(&ListQuery::of(Kind::Customer, &columns, MAX_LIMIT), |row| {
            let [name, legal_name, code, phones] = row.cells.as_slice() else { return };
            let phones: Vec<String> = phones.text().and_then(list_of).unwrap_or_default();
            let by_legal_name = wanted.customer(legal_name.text(), None, &[]);
            if by_legal_name || wanted.customer(name.text(), code.text(), &phones) {
                customers.insert(row.document);
            }
        })?;
        let mut equipment = BTreeSet::new();
        let columns = [Equipment::SERIAL.name, Equipment::CUSTOMER.name];
        let things = ListQuery::of(Kind::Equipment, &columns, MAX_LIMIT);
        let mut owned = Vec::new();
        self.each(&things, |row| {
            let [serial, owner] = row.cells.as_slice() else { return };
            let owner = owner.document();
            owned.push((row.document, owner));
            if serial.text().is_some_and(|serial| wanted.equipment(serial)) {
                equipment.insert(row.document);
                customers.extend(owner);
            }
        })?;
        let theirs = owned.iter().filter(|(_, owner)| owner.is_some_and(|id| customers.contains(&id)));
        equipment.extend(theirs.map(|(thing, _)| *thing));
        for id in customers.into_iter().chain(equipment) {
            let Some((_, opened)) = self.opened(id)? else { continue };
            let reading = read(&opened, id)?;
            // Of a duplicate the file speaks by the record that stays.
            if self.duplicate_of(id, &reading)?.is_none() {
                known.add_record(id, reading, opened.heads());
            }
        }
        Ok(known)
    }

    /// Entries of directories and employees that cells may name, each under every name it has.
    fn add_names(&self, known: &mut Known) -> Result<(), DeviceError> {
        let names =
            [DirectoryEntry::NAME, DirectoryEntry::NAME_EN, DirectoryEntry::NAME_RU].map(|one| one.name);
        let columns = [&[DirectoryEntry::DIRECTORY.name], names.as_slice()].concat();
        self.each(&ListQuery::of(Kind::DirectoryEntry, &columns, MAX_LIMIT), |row| {
            let Some((directory, names)) = row.cells.split_first() else { return };
            let directory = directory.text().map(|name| Scalar::Text(name.to_owned()));
            let Some(directory) = directory.and_then(|name| Directory::from_scalar(&name).ok()) else {
                return;
            };
            for name in names.iter().filter_map(SqlValue::text) {
                known.add_name(Named::Entry(directory), name, row.document);
            }
        })?;
        let parts = [Employee::SURNAME, Employee::GIVEN_NAME, Employee::PATRONYMIC].map(|one| one.name);
        self.each(&ListQuery::of(Kind::Employee, &parts, MAX_LIMIT), |row| {
            let parts: Vec<&str> = row.cells.iter().filter_map(SqlValue::text).collect();
            for long in 1..=parts.len() {
                let name = parts.get(..long).unwrap_or_default().join(" ");
                known.add_name(Named::Employee, &name, row.document);
            }
        })
    }

    /// Every row of a list, page by page.
    pub(crate) fn each(&self, query: &ListQuery, mut take: impl FnMut(&ListRow)) -> Result<(), DeviceError> {
        let mut query = query.clone();
        loop {
            let page = self.list(&query)?;
            page.rows.iter().for_each(&mut take);
            match page.next {
                Some(next) => query.page.after = Some(next),
                None => return Ok(()),
            }
        }
    }
}

fn list_of(json: &str) -> Option<Vec<String>> {
    typed(&Scalar::Text(json.to_owned()))
}
