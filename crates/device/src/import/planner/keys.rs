//! What rows of a file and records are found by, and which rows one more of these concerns.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::super::cells;
use super::super::row::ImportRow;

/// Something a record is found by, as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// The code of a customer.
    Code(String),
    /// A phone of a customer.
    Phone(String),
    /// A name of a customer, without its legal form.
    Name(String),
    /// The serial number of a thing.
    Serial(String),
}

/// The rows of a file by the keys they name.
#[derive(Debug, Default)]
pub(super) struct Watching(HashMap<Key, Vec<usize>>);

impl Watching {
    /// The rows by their places.
    pub(super) fn of<'a>(rows: impl Iterator<Item = &'a ImportRow>) -> Self {
        let mut by_key: HashMap<Key, Vec<usize>> = HashMap::new();
        for (at, row) in rows.enumerate() {
            for key in named_by(row) {
                by_key.entry(key).or_default().push(at);
            }
        }
        Self(by_key)
    }

    /// The places of the rows that name one of these keys, in their order.
    pub(super) fn concerned(&self, learnt: &HashSet<Key>) -> Vec<usize> {
        let places = learnt.iter().filter_map(|key| self.0.get(key)).flatten().copied();
        places.collect::<BTreeSet<usize>>().into_iter().collect()
    }
}

/// The keys of these phones: one may be written in several ways.
pub(super) fn phones(phones: &[String]) -> impl Iterator<Item = Key> + '_ {
    phones.iter().flat_map(|phone| cells::phone_keys(phone)).map(Key::Phone)
}

fn named_by(row: &ImportRow) -> Vec<Key> {
    let code = row.code().map(|code| Key::Code(code.to_owned()));
    let name = row.name.as_ref().map(|name| Key::Name(name.core.clone()));
    let serial = row.serial().map(Key::Serial);
    code.into_iter().chain(name).chain(serial).chain(phones(&row.phones())).collect()
}
