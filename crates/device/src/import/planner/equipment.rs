//! Which thing a row is about.
//!
//! The serial number decides; where two makers number alike, the maker does too. A thing without one is
//! known by what it is called and where it stands. Of several that fit it is the one with the lowest id, which
//! is the same whatever was made when.

use std::collections::{BTreeSet, HashMap};

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::records::{Customer, Equipment};
use halyard_domain::value::FieldValue;

use super::super::draft::Draft;
use super::super::names::fold;
use super::super::row::{ImportRow, Part, serial_key};

/// Equipment, findable by serial number and by description.
#[derive(Debug, Default)]
pub(super) struct EquipmentBook {
    drafts: Vec<Draft>,
    /// By the serial number and then by the maker, where one is named: very many makers may number alike.
    by_serial: HashMap<String, HashMap<Option<String>, BTreeSet<usize>>>,
    /// Where in `by_serial` a thing stands.
    numbered: HashMap<usize, (String, Option<String>)>,
    by_description: HashMap<(DocumentId, String), usize>,
}

/// The fields that describe a thing without a serial number.
const DESCRIPTION: [&str; 6] = ["name", "model", "manufacturer", "place", "qr_tag", "category"];

impl EquipmentBook {
    /// Adds a thing and gives its place.
    pub(super) fn add(&mut self, draft: Draft) -> usize {
        let at = self.drafts.len();
        self.drafts.push(draft);
        self.learn(at);
        at
    }

    /// Makes a thing findable by what its draft says by now.
    pub(super) fn learn(&mut self, at: usize) {
        let Some(draft) = self.drafts.get(at) else { return };
        if let Some(key) = draft.fields.text(Equipment::SERIAL.name).and_then(serial_key) {
            let maker = draft.fields.text(Equipment::MANUFACTURER.name).map(fold);
            self.number(at, key, maker);
        } else if let Some(owner) = self.owner(at) {
            let description = described(|field| draft.fields.text(field));
            let first = self.by_description.entry((owner, description)).or_insert(at);
            if self.drafts.get(*first).is_some_and(|first| draft.id < first.id) {
                *first = at;
            }
        }
    }

    fn number(&mut self, at: usize, serial: String, maker: Option<String>) {
        let place = (serial, maker);
        if let Some((serial, maker)) = self.numbered.insert(at, place.clone())
            && let Some(things) = self.by_serial.get_mut(&serial).and_then(|makers| makers.get_mut(&maker))
        {
            things.remove(&at);
        }
        let (serial, maker) = place;
        self.by_serial.entry(serial).or_default().entry(maker).or_default().insert(at);
    }

    pub(super) fn standing(&self, at: usize) -> Option<&Draft> {
        self.drafts.get(at)
    }

    pub(super) fn draft(&mut self, at: usize) -> Option<&mut Draft> {
        self.drafts.get_mut(at)
    }

    pub(super) fn into_drafts(self) -> Vec<Draft> {
        self.drafts
    }

    /// The things with a serial number that the row's maker may have made, by id.
    pub(super) fn by_serial(&self, serial: &str, row: &ImportRow) -> Vec<usize> {
        let maker = row.text(Part::Equipment, Equipment::MANUFACTURER.name).map(fold);
        let Some(makers) = self.by_serial.get(serial) else { return Vec::new() };
        let mut found: Vec<usize> = match maker {
            Some(_) => [maker, None].iter().filter_map(|one| makers.get(one)).flatten().copied().collect(),
            None => makers.values().flatten().copied().collect(),
        };
        found.sort_by_key(|at| self.drafts.get(*at).map(|draft| draft.id));
        found
    }

    /// The thing of a customer without a serial number that is described as the row's is.
    pub(super) fn alike(&self, owner: DocumentId, row: &ImportRow) -> Option<usize> {
        if row.serial().is_some() {
            return None;
        }
        let description = described(|field| row.text(Part::Equipment, field));
        self.by_description.get(&(owner, description)).copied()
    }

    /// Whose a thing is.
    pub(super) fn owner(&self, at: usize) -> Option<DocumentId> {
        let owner = self.drafts.get(at)?.fields.get(Equipment::CUSTOMER.name)?;
        Ref::<Customer>::from_scalar(owner).ok().map(Ref::id)
    }

    /// The line of the file that made a thing, when one did.
    pub(super) fn made_in_line(&self, at: usize) -> Option<usize> {
        self.drafts.get(at).filter(|draft| draft.is_new).map(|draft| draft.line)
    }
}

fn described<'a>(text: impl Fn(&str) -> Option<&'a str>) -> String {
    DESCRIPTION.map(|field| text(field).map(fold).unwrap_or_default()).join("\n")
}

/// What people call a thing.
pub(super) fn label(draft: &Draft) -> String {
    let text = |field: &str| draft.fields.text(field).map(str::to_owned);
    let model = || {
        let words: Vec<String> = ["manufacturer", "model"].into_iter().filter_map(text).collect();
        (!words.is_empty()).then(|| words.join(" "))
    };
    let label = text("name").or_else(model).or_else(|| text("serial")).or_else(|| text("qr_tag"));
    label.unwrap_or_else(|| draft.id.provisional_label())
}
