//! Puts a matched row into drafts and says what that did.

use halyard_domain::id::{Ref, RowId};
use halyard_domain::kind::Kind;
use halyard_domain::records::{Customer, Equipment};
use halyard_domain::value::{FieldValue, Scalar};

use super::super::columns::Column;
use super::super::draft::{Draft, Put, Slots};
use super::super::draft_rows::NAME;
use super::super::preview::{Difference, Outcome, PlannedPart};
use super::super::row::{ImportRow, Part, Values, code_key};
use super::super::targets::column_of;
use super::customers::{self, Owner};
use super::keys::Key;
use super::rows::{address, person};
use super::{Matched, Planner, equipment};

impl Planner<'_> {
    /// Takes a row that nothing speaks against, but for its person. Gives the customer's place and what was
    /// done.
    pub(super) fn apply(&mut self, row: &ImportRow, found: &Matched) -> (usize, Vec<Done>) {
        let mut done = Vec::new();
        let customer = self.customer(row, &found.owner, &mut done);
        let mut site = None;
        for part in [Part::LegalAddress, Part::PostalAddress, Part::Site] {
            let Some((place, told)) = self.row_of(row, customer, part) else { continue };
            if part == Part::Site {
                site = Some(place);
            }
            done.push(told);
        }
        self.thing(row, customer, site, found.thing, &mut done);
        (customer, done)
    }

    fn customer(&mut self, row: &ImportRow, owner: &Owner, done: &mut Vec<Done>) -> usize {
        let (at, is_new) = match owner {
            Owner::Known(at) => (*at, false),
            Owner::New => {
                let id = self.new_document();
                (self.customers.add(Draft::new(id, Kind::Customer, row.line)), true)
            }
        };
        if let Some(draft) = self.customers.draft(at) {
            let empty = Values::new();
            let values = row.values.get(&Part::Customer).unwrap_or(&empty);
            let mut told = Told::new(row.line, Part::Customer);
            told.put_all(&mut draft.fields, values);
            if let Some(notes) = &row.notes {
                let put = draft.put_notes(notes);
                told.note(Column::Notes, put, &Scalar::Text(notes.clone()));
            }
            done.push(told.finish(customers::label(draft), is_new));
        }
        self.learnt.extend(self.customers.learn(at));
        at
    }

    /// Puts what a row says of a person or a place among the customer's, and gives its row there.
    pub(super) fn row_of(&mut self, row: &ImportRow, customer: usize, part: Part) -> Option<(RowId, Done)> {
        let values = row.values.get(&part)?;
        let is_person = part == Part::Contact;
        let field = if is_person { Customer::CONTACTS.name } else { Customer::ADDRESSES.name };
        let fresh = self.new_row();
        let rows = self.customers.draft(customer)?.rows.entry(field).or_default();
        let place = if is_person { person(rows, values) } else { address(rows, values) };
        let at = place.unwrap_or_else(|| rows.add(fresh, true, Slots::default()));
        let found = rows.get_mut(at)?;
        let mut told = Told::new(row.line, part);
        told.put_all(&mut found.slots, values);
        let done = (found.id, told.finish(row_label(&found.slots), place.is_none()));
        if done.1.changes() {
            rows.learn(at);
        }
        Some(done)
    }

    fn thing(
        &mut self,
        row: &ImportRow,
        customer: usize,
        site: Option<RowId>,
        thing: Option<usize>,
        done: &mut Vec<Done>,
    ) {
        let Some(values) = row.values.get(&Part::Equipment) else { return };
        let (at, is_new) = match thing {
            Some(at) => (at, false),
            None => {
                let id = self.new_document();
                (self.equipment.add(Draft::new(id, Kind::Equipment, row.line)), true)
            }
        };
        let owner = self.customers.id(customer);
        if let Some(draft) = self.equipment.draft(at) {
            let mut told = Told::new(row.line, Part::Equipment);
            told.put_all(&mut draft.fields, values);
            if let Some(owner) = owner {
                let link = Ref::<Customer>::to(owner).to_scalar();
                told.note(Column::Name, draft.fields.put(Equipment::CUSTOMER.name, &link), &link);
            }
            if let Some(site) = site {
                let link = site.to_scalar();
                let in_words = |id: &Scalar| Scalar::Text(self.customers.address_label(customer, id));
                let put = match draft.fields.put(Equipment::SITE.name, &link) {
                    Put::Differs { kept } => Put::Differs { kept: in_words(&kept) },
                    put @ (Put::Filled | Put::Same) => put,
                };
                told.note(Column::SiteAddress, put, &in_words(&link));
            }
            if let Some(notes) = &row.equipment_notes {
                let put = draft.put_notes(notes);
                told.note(Column::EquipmentNotes, put, &Scalar::Text(notes.clone()));
            }
            let told = told.finish(equipment::label(draft), is_new);
            if told.changes() {
                self.learnt.extend(row.serial().map(Key::Serial));
            }
            done.push(told);
        }
        self.equipment.learn(at);
    }
}

/// What became of a part of a row.
pub(super) struct Done {
    pub(super) part: PlannedPart,
    pub(super) differs: Vec<Difference>,
}

impl Done {
    /// True when the records say more than before.
    pub(super) fn changes(&self) -> bool {
        self.part.outcome != Outcome::AlreadyThere
    }
}

/// What putting a part's values did.
struct Told {
    line: usize,
    part: Part,
    filled: Vec<Column>,
    differs: Vec<(Column, Scalar, Scalar)>,
}

impl Told {
    fn new(line: usize, part: Part) -> Self {
        Self { line, part, filled: Vec::new(), differs: Vec::new() }
    }

    fn put_all(&mut self, slots: &mut Slots, values: &Values) {
        for (field, value) in values {
            let put = match slots.put(field, value) {
                Put::Differs { kept } if is_same_code(field, &kept, value) => Put::Same,
                put => put,
            };
            if let Some(column) = column_of(self.part, field) {
                self.note(column, put, value);
            }
        }
    }

    fn note(&mut self, column: Column, put: Put, offered: &Scalar) {
        match put {
            Put::Filled => self.filled.push(column),
            Put::Same => {}
            Put::Differs { kept } => self.differs.push((column, kept, offered.clone())),
        }
    }

    fn finish(self, label: String, is_new: bool) -> Done {
        let (line, part) = (self.line, self.part);
        let differs = self.differs.into_iter().map(|(column, kept, offered)| Difference {
            line,
            column,
            label: label.clone(),
            kept: shown(&kept),
            offered: shown(&offered),
        });
        let differs = differs.collect();
        let outcome = match (is_new, self.filled.is_empty()) {
            (true, _) => Outcome::Made,
            (false, false) => Outcome::Completed(self.filled),
            (false, true) => Outcome::AlreadyThere,
        };
        Done { part: PlannedPart { part, label, outcome }, differs }
    }
}

/// True of one code in two spellings: what people typed in the office stays as it is.
fn is_same_code(field: &str, kept: &Scalar, offered: &Scalar) -> bool {
    let key = |value: &Scalar| value.as_text().map(code_key);
    field == Customer::REGISTRY_CODE.name && key(kept) == key(offered)
}

/// A value as a person may compare it: lists without their brackets.
fn shown(value: &Scalar) -> String {
    match value {
        Scalar::Null => String::new(),
        Scalar::Bool(yes) => yes.to_string(),
        Scalar::Int(number) => number.to_string(),
        Scalar::Text(text) => {
            Vec::<String>::from_scalar(value).map_or_else(|_| text.clone(), |l| l.join(", "))
        }
    }
}

/// What people call a person or a place.
pub(super) fn row_label(slots: &Slots) -> String {
    let words = |fields: &[&str], between: &str| {
        fields.iter().filter_map(|field| slots.text(field)).collect::<Vec<_>>().join(between)
    };
    let candidates = [
        words(&NAME, " "),
        words(&["settlement", "street", "label"], ", "),
        slots.list("phones").join(", "),
        slots.list("emails").join(", "),
        words(&["position"], ""),
        words(&["address_kind"], ""),
    ];
    candidates.into_iter().find(|label| !label.is_empty()).unwrap_or_default()
}
