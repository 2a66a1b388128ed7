//! Whose a row is.
//!
//! The code decides alone. Without it the name and the phone have to lead to one customer; a phone
//! whose owner is called otherwise leads nowhere, because two companies often share one accountant. A
//! row that names nobody belongs to the owner of its equipment.

use std::collections::{BTreeSet, HashMap};

use halyard_domain::id::{DocumentId, RowId};
use halyard_domain::records::Customer;
use halyard_domain::value::{FieldValue, Scalar};

use super::super::columns::Column;
use super::super::draft::Draft;
use super::super::names::CompanyName;
use super::super::refusal::{Reason, Refusal};
use super::super::row::{ImportRow, code_key};
use super::apply::row_label;
use super::keys::{Key, phones};

/// The customer of a row.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// One there is, in the records or in the file so far.
    Known(usize),
    /// One the row makes.
    New,
}

/// Customers, findable by code, phone and name.
#[derive(Debug, Default)]
pub(super) struct CustomerBook {
    drafts: Vec<Draft>,
    by_id: HashMap<DocumentId, usize>,
    by_key: HashMap<Key, BTreeSet<usize>>,
}

impl CustomerBook {
    /// Adds a customer and gives its place.
    pub(super) fn add(&mut self, draft: Draft) -> usize {
        let at = self.drafts.len();
        self.by_id.insert(draft.id, at);
        self.drafts.push(draft);
        self.learn(at);
        at
    }

    /// Makes a customer findable by what its draft says by now. Gives the keys it was not found by before;
    /// with a new code or name all of its keys, because these also say whose its phones are not.
    pub(super) fn learn(&mut self, at: usize) -> Vec<Key> {
        let keys = self.drafts.get(at).map(keys_of).unwrap_or_default();
        let is_new: Vec<bool> =
            keys.iter().map(|key| self.by_key.entry(key.clone()).or_default().insert(at)).collect();
        let says_who = keys.iter().zip(&is_new).any(|(key, new)| *new && !matches!(key, Key::Phone(_)));
        keys.into_iter().zip(is_new).filter(|(_, new)| says_who || *new).map(|(key, _)| key).collect()
    }

    pub(super) fn standing(&self, at: usize) -> Option<&Draft> {
        self.drafts.get(at)
    }

    pub(super) fn draft(&mut self, at: usize) -> Option<&mut Draft> {
        self.drafts.get_mut(at)
    }

    pub(super) fn id(&self, at: usize) -> Option<DocumentId> {
        self.drafts.get(at).map(|draft| draft.id)
    }

    pub(super) fn label_of(&self, id: DocumentId) -> String {
        let draft = self.by_id.get(&id).and_then(|at| self.drafts.get(*at));
        draft.map_or_else(|| id.provisional_label(), label)
    }

    /// An address of a customer in words, by its row.
    pub(super) fn address_label(&self, at: usize, row: &Scalar) -> String {
        let rows = self.drafts.get(at).and_then(|draft| draft.rows.get(Customer::ADDRESSES.name));
        let found = rows.zip(RowId::from_scalar(row).ok()).and_then(|(rows, id)| rows.by_id(id));
        found.map(|address| row_label(&address.slots)).unwrap_or_default()
    }

    pub(super) fn into_drafts(self) -> Vec<Draft> {
        self.drafts
    }

    /// Finds the customer of a row; `by_serial` are the owners of equipment with its serial number.
    pub(super) fn owner_of(
        &self,
        row: &ImportRow,
        by_serial: impl Iterator<Item = DocumentId>,
    ) -> Result<Owner, Refusal> {
        let code = row.code().map(|code| Key::Code(code.to_owned()));
        if let Some(found) = code.and_then(|code| self.by_key.get(&code)) {
            return self.only(Some(Column::RegistryCode), found);
        }
        let named = self.named(row);
        let (fitting, strangers) = self.phoned(row);
        let both: BTreeSet<usize> = named.intersection(&fitting).copied().collect();
        let found = if both.is_empty() { &named | &fitting } else { both };
        if !found.is_empty() {
            return self.only(None, &found);
        }
        if row.name.is_some() {
            return match strangers.first().and_then(|at| self.drafts.get(*at)) {
                Some(stranger) if row.code().is_none() => {
                    Err(Refusal::of(Column::Phone, Reason::PhoneOfAnother { customer: label(stranger) }))
                }
                Some(_) | None => Ok(Owner::New),
            };
        }
        let owners: BTreeSet<usize> = by_serial.filter_map(|id| self.by_id.get(&id).copied()).collect();
        let owners = owners.into_iter().filter(|at| self.code_agrees(*at, row)).collect();
        self.only(None, &owners)
    }

    fn only(&self, column: Option<Column>, found: &BTreeSet<usize>) -> Result<Owner, Refusal> {
        let mut places = found.iter();
        match (places.next(), places.next()) {
            (None, _) => Err(Refusal::of_row(Reason::NoCustomer)),
            (Some(at), None) => Ok(Owner::Known(*at)),
            (Some(_), Some(_)) => {
                let drafts = found.iter().take(5).filter_map(|at| self.drafts.get(*at));
                let candidates = drafts.map(label).collect();
                Err(Refusal { column, reason: Reason::SeveralCustomers { candidates } })
            }
        }
    }

    fn named(&self, row: &ImportRow) -> BTreeSet<usize> {
        let Some(name) = &row.name else { return BTreeSet::new() };
        let alike = self.by_key.get(&Key::Name(name.core.clone())).into_iter().flatten().copied();
        let fits = |at: &usize| {
            self.code_agrees(*at, row)
                && self.drafts.get(*at).is_some_and(|d| names(d).any(|n| n.may_be(name)))
        };
        alike.filter(fits).collect()
    }

    /// The customers with a phone of the row: those whose name may be the row's, and the others.
    fn phoned(&self, row: &ImportRow) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let row_phones = row.phones();
        let found = phones(&row_phones).filter_map(|key| self.by_key.get(&key)).flatten().copied();
        let found = found.filter(|at| self.code_agrees(*at, row));
        found.partition(|at| {
            let draft = self.drafts.get(*at);
            match (&row.name, draft) {
                (Some(name), Some(draft)) => {
                    names(draft).next().is_none() || names(draft).any(|other| other.resembles(name))
                }
                (None, _) | (_, None) => true,
            }
        })
    }

    /// True unless both have a code and the codes differ.
    fn code_agrees(&self, at: usize, row: &ImportRow) -> bool {
        let own = self.drafts.get(at).and_then(|draft| draft.fields.text(Customer::REGISTRY_CODE.name));
        own.zip(row.code()).is_none_or(|(own, offered)| code_key(own) == offered)
    }
}

/// What people call a customer.
pub(super) fn label(draft: &Draft) -> String {
    let fields = [Customer::NAME.name, Customer::LEGAL_NAME.name, Customer::REGISTRY_CODE.name];
    let label = fields.into_iter().find_map(|field| draft.fields.text(field));
    label.map_or_else(|| draft.id.provisional_label(), str::to_owned)
}

fn keys_of(draft: &Draft) -> Vec<Key> {
    let code = draft.fields.text(Customer::REGISTRY_CODE.name).map(|code| Key::Code(code_key(code)));
    let names = names(draft).map(|name| Key::Name(name.core));
    code.into_iter().chain(names).chain(phones(&draft.fields.list(Customer::PHONES.name))).collect()
}

fn names(draft: &Draft) -> impl Iterator<Item = CompanyName> {
    let fields = [Customer::NAME.name, Customer::LEGAL_NAME.name];
    fields.into_iter().filter_map(|field| draft.fields.text(field)).filter_map(CompanyName::of)
}
