//! What exists already, as far as a file may be about it.
//!
//! The device first asks [`Wanted`] which records the file speaks of, looks those up and fills
//! [`Known`] with their readings. Nothing here reads a store.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_domain::records::Directory;
use halyard_domain::schema::root_key;

use super::cells::phone_keys;
use super::names::{CompanyName, fold};
use super::row::{ImportRow, code_key, serial_key};
use super::table::Table;

/// What a cell may name beside customers and equipment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Named {
    /// An entry of a directory.
    Entry(Directory),
    /// An employee, by surname and given name.
    Employee,
}

/// A record as it stands, with the heads it was read at.
#[derive(Debug, Clone)]
pub(super) struct KnownRecord {
    pub(super) reading: Reading,
    pub(super) heads: Vec<ChangeHash>,
}

/// The records a file is compared with.
#[derive(Debug, Clone, Default)]
pub struct Known {
    records: BTreeMap<DocumentId, KnownRecord>,
    names: HashMap<(Named, String), Option<DocumentId>>,
}

impl Known {
    /// Adds a customer or a piece of equipment that is no duplicate. Withdrawn ones are passed over.
    pub fn add_record(&mut self, id: DocumentId, reading: Reading, heads: Vec<ChangeHash>) {
        let is_withdrawn = !reading.value(root_key::WITHDRAWN).is_null();
        if !is_withdrawn && matches!(reading.kind, Kind::Customer | Kind::Equipment) {
            self.records.insert(id, KnownRecord { reading, heads });
        }
    }

    /// Adds a name a cell may link to. A name that two records have links to neither.
    pub fn add_name(&mut self, named: Named, name: &str, id: DocumentId) {
        let only = self.names.entry((named, fold(name))).or_insert(Some(id));
        if *only != Some(id) {
            *only = None;
        }
    }

    /// The record a cell names.
    pub(super) fn named(&self, named: Named, text: &str) -> Option<DocumentId> {
        self.names.get(&(named, fold(text))).copied().flatten()
    }

    /// The records of a kind, oldest first.
    pub(super) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (DocumentId, &KnownRecord)> {
        self.records
            .iter()
            .filter(move |(_, known)| known.reading.kind == kind)
            .map(|(id, known)| (*id, known))
    }
}

/// What a file speaks of: the codes, phones, names and serial numbers in it.
///
/// The device adds to [`Known`] every customer that [`Wanted::customer`] answers for, every piece of
/// equipment that [`Wanted::equipment`] answers for, and then the customers of that equipment and the
/// equipment of those customers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    codes: BTreeSet<String>,
    phones: BTreeSet<String>,
    names: BTreeSet<String>,
    serials: BTreeSet<String>,
}

impl Wanted {
    /// Collects what the rows without mistakes speak of.
    #[must_use]
    pub fn of(table: &Table) -> Self {
        let (layout, nobody) = (table.layout(), Known::default());
        let mut wanted = Self::default();
        for row in table.rows.iter().filter_map(|row| ImportRow::read(&layout, row, &nobody).ok()) {
            wanted.codes.extend(row.code().map(str::to_owned));
            wanted.phones.extend(row.phones().iter().flat_map(|phone| phone_keys(phone)));
            wanted.serials.extend(row.serial());
            wanted.names.extend(row.name.map(|name| name.core));
        }
        wanted
    }

    /// True when the file may speak of the customer with these.
    #[must_use]
    pub fn customer(&self, name: Option<&str>, registry_code: Option<&str>, phones: &[String]) -> bool {
        registry_code.is_some_and(|code| self.codes.contains(&code_key(code)))
            || phones.iter().flat_map(|phone| phone_keys(phone)).any(|phone| self.phones.contains(&phone))
            || name.and_then(CompanyName::of).is_some_and(|name| self.names.contains(&name.core))
    }

    /// True when the file speaks of the equipment with this serial number.
    #[must_use]
    pub fn equipment(&self, serial: &str) -> bool {
        serial_key(serial).is_some_and(|key| self.serials.contains(&key))
    }
}
