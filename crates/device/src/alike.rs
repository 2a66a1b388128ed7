//! Records that may be the same as one that was just made: said to whoever made it, and nothing is refused.

use std::collections::BTreeSet;

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_domain::normalize::normalize;
use halyard_domain::reading::Reading;
use halyard_domain::record::Record as _;
use halyard_domain::records::{Complaint, Customer, Equipment};
use halyard_domain::rules::ComplaintState;
use halyard_tables::list::{ListQuery, ListRow, MAX_LIMIT, Search};
use halyard_tables::search::Depth;
use halyard_tables::sql::SqlValue;

use crate::device::Device;
use crate::error::DeviceError;
use crate::import::row::serial_key;
use crate::lookup::Named;
use crate::screens::lines::complaints_of;
use crate::screens::places::strings;

/// Within so many days another complaint on the same object may be the same one, also when it is closed.
const SAME_WITHIN_DAYS: i64 = 14;
/// Of so many complaints on one object the newest are looked at.
const MOST_ALIKE: u32 = 20;

impl Device {
    /// Other records that may be the same: complaints on its object that are open or of the last fourteen
    /// days, equipment with its serial number, customers with its name or one of its phones. None of other
    /// kinds.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alike(&self, document: DocumentId) -> Result<Vec<Named>, DeviceError> {
        match self.reading_of(document)? {
            Some(reading) => self.alike_to(document, &reading),
            None => Ok(Vec::new()),
        }
    }

    /// As [`Device::alike`], of a record that may not be saved yet.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alike_to(&self, document: DocumentId, reading: &Reading) -> Result<Vec<Named>, DeviceError> {
        let mut found = match reading.kind {
            Kind::Complaint => {
                let equipment = Complaint::read(reading).equipment.map(Ref::id);
                equipment.map(|id| self.complaints_alike(id)).transpose()?.unwrap_or_default()
            }
            Kind::Equipment => self.equipment_alike(&Equipment::read(reading))?,
            Kind::Customer => self.customers_alike(&Customer::read(reading))?,
            Kind::Company
            | Kind::Role
            | Kind::Team
            | Kind::Employee
            | Kind::DirectoryEntry
            | Kind::Checklist
            | Kind::ServiceCard
            | Kind::Visit => Vec::new(),
        };
        found.retain(|other| *other != document);
        let named = found.into_iter().map(|id| self.name(id));
        Ok(named.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// The complaints on an object that are open or of the last fourteen days, newest first.
    pub(crate) fn complaints_alike(&self, equipment: DocumentId) -> Result<Vec<DocumentId>, DeviceError> {
        let since = self.surroundings.now().unix_seconds() - SAME_WITHIN_DAYS * 24 * 3600;
        let mut found = Vec::new();
        for line in complaints_of(self, Complaint::EQUIPMENT.name, Some(equipment), MOST_ALIKE)? {
            let is_recent = line.received_at.is_some_and(|at| at.unix_seconds() >= since);
            if is_recent || line.state.is_some_and(ComplaintState::is_open) {
                found.push(line.link.document);
            }
        }
        Ok(found)
    }

    fn equipment_alike(&self, equipment: &Equipment) -> Result<Vec<DocumentId>, DeviceError> {
        let Some(key) = equipment.serial.as_deref().and_then(serial_key) else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        self.each(&ListQuery::of(Kind::Equipment, &[Equipment::SERIAL.name], MAX_LIMIT), |row| {
            let serial = row.cells.first().and_then(SqlValue::text).and_then(serial_key);
            if serial.as_ref() == Some(&key) {
                found.push(row.document);
            }
        })?;
        Ok(found)
    }

    fn customers_alike(&self, customer: &Customer) -> Result<Vec<DocumentId>, DeviceError> {
        let words = |name: &str| Some(normalize(name).words).filter(|words| !words.is_empty());
        let names: Vec<String> = [&customer.name, &customer.legal_name]
            .into_iter()
            .flatten()
            .filter_map(|name| words(name))
            .collect();
        if names.is_empty() && customer.phones.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = BTreeSet::new();
        let mut take = |row: &ListRow| {
            let [name, legal, phones] = row.cells.as_slice() else { return };
            let is_called = [name, legal]
                .into_iter()
                .filter_map(SqlValue::text)
                .filter_map(words)
                .any(|one| names.contains(&one));
            let is_reached = || strings(Some(phones)).iter().any(|phone| customer.phones.contains(phone));
            if is_called || is_reached() {
                found.insert(row.document);
            }
        };
        for text in names.iter().chain(&customer.phones) {
            self.each(&customers_with(text), &mut take)?;
        }
        Ok(found.into_iter().collect())
    }
}

/// The customers in which a name or a phone stands, found by its words: not all are looked through for them.
fn customers_with(text: &str) -> ListQuery {
    let columns = [Customer::NAME.name, Customer::LEGAL_NAME.name, Customer::PHONES.name];
    let search = Some(Search { text: text.to_owned(), depth: Depth::Words });
    ListQuery { search, ..ListQuery::of(Kind::Customer, &columns, MAX_LIMIT) }
}

#[cfg(test)]
mod tests {
    use halyard_tables::list::plan;
    use halyard_tables::sql::{Statement, Target};

    use super::*;
    use crate::sync::bench;

    #[test]
    fn customers_alike_are_found_by_their_words_and_not_by_a_look_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let device = bench::device(folder.path());
        let phones = vec!["+380671234567".to_owned()];
        let make = |name: &str, phones: &Vec<String>| {
            let intents = vec![Customer::NAME.set(&name.to_owned()), Customer::PHONES.set(phones)];
            device.create(Kind::Customer, intents).unwrap()
        };
        let named = make("ТОВ «Ясен»", &Vec::new());
        let reached = make("Терен", &phones);
        make("Ясенок", &vec!["+380670000000".to_owned()]);
        let alike = device.alike(make("тов ясен", &phones)).unwrap();
        let alike: BTreeSet<DocumentId> = alike.into_iter().map(|one| one.document).collect();
        assert_eq!(alike, BTreeSet::from([named, reached]));

        let database = bench::beside(folder.path());
        let check = |statement: &Statement| {
            let mut prepared = database.prepare(&format!("EXPLAIN QUERY PLAN {}", statement.sql)).unwrap();
            let params = rusqlite::params_from_iter(&statement.params);
            let steps =
                prepared.query_map(params, |row| row.get::<_, String>(3)).unwrap().map(Result::unwrap);
            let steps: Vec<String> = steps.collect();
            assert!(!steps.iter().any(|step| step.starts_with("SCAN customer")), "{steps:?}");
            device.store.query(statement)
        };
        let page = plan(Target::DEVICE, &customers_with("ясен")).unwrap().read(check).unwrap();
        assert_eq!(page.rows.len(), 3);
    }
}
