//! Rows of a file into edits.
//!
//! Each row is first matched without touching anything ([`customers`], [`equipment`]), so that a row refused
//! halfway leaves nothing behind, and then put into drafts ([`apply`]). All of them are looked at until
//! another look would change nothing ([`looks`]), which is why a second import makes nothing. Ids and times
//! come from the caller: the same file, the same records and the same random bytes give the same plan.

mod apply;
mod customers;
mod equipment;
mod keys;
mod looks;
mod rows;
mod serials;

use std::collections::HashSet;

use halyard_domain::id::{DocumentId, Ref, RowId};
use halyard_domain::kind::Kind;
use halyard_domain::record::Authored;
use halyard_domain::records::{Customer, Employee};
use halyard_domain::saving::Why;
use halyard_domain::time::Instant;

use self::customers::{CustomerBook, Owner};
use self::equipment::EquipmentBook;
use self::keys::Key;
use super::columns::Column;
use super::draft::{Draft, objection_to};
use super::draft_rows::DraftRows;
use super::known::Known;
use super::plan::Plan;
use super::preview::{Preview, Tally};
use super::refusal::{Reason, Refusal};
use super::row::ImportRow;
use super::row::Part;
use super::table::Table;
use super::targets::column_of;

/// Who imports, when, and where new ids come from.
pub struct Making<'a> {
    /// The employee at the keyboard: author of new records and rows.
    pub author: Ref<Employee>,
    /// When.
    pub at: Instant,
    /// Ten random bytes for each new id.
    pub random: &'a mut dyn FnMut() -> [u8; 10],
}

/// What a file comes to: to be shown, and to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// For the person to look at.
    pub preview: Preview,
    /// For the device to commit.
    pub plan: Plan,
}

/// Plans the import of a table beside what exists.
#[must_use]
pub fn plan(table: &Table, known: &Known, making: Making<'_>) -> Planned {
    let layout = table.layout();
    let read = table.rows.iter().map(|row| ImportRow::read(&layout, row, known));
    let mut planner = Planner::beside(known, making);
    planner.preview.unknown_columns = layout.unknown().to_vec();
    let mut waiting = Vec::new();
    for (row, written) in serials::without_contradictions(table, read.collect()).into_iter().zip(&table.rows)
    {
        match row {
            Ok(row) => waiting.push((row, written)),
            Err(refused) => planner.preview.refused.push(refused),
        }
    }
    planner.take_all(waiting);
    planner.finish()
}

/// What a row speaks of.
struct Matched {
    owner: Owner,
    /// The equipment, when there is such.
    thing: Option<usize>,
}

/// Everything an import has gathered so far.
struct Planner<'a> {
    customers: CustomerBook,
    equipment: EquipmentBook,
    /// What records are found by since somebody asked last.
    learnt: HashSet<Key>,
    preview: Preview,
    making: Making<'a>,
    unix_ms: u64,
}

impl<'a> Planner<'a> {
    fn beside(known: &Known, making: Making<'a>) -> Self {
        let mut customers = CustomerBook::default();
        for (id, record) in known.of_kind(Kind::Customer) {
            let rows = [Customer::ADDRESSES.name, Customer::CONTACTS.name];
            customers.add(Draft::of_known(id, record, &rows));
        }
        let mut equipment = EquipmentBook::default();
        for (id, record) in known.of_kind(Kind::Equipment) {
            equipment.add(Draft::of_known(id, record, &[]));
        }
        let unix_ms = u64::try_from(making.at.unix_seconds()).unwrap_or(0).saturating_mul(1_000);
        let (learnt, preview) = Default::default();
        Self { customers, equipment, learnt, preview, making, unix_ms }
    }

    fn new_document(&mut self) -> DocumentId {
        DocumentId::new_at(self.unix_ms, (self.making.random)())
    }

    fn new_row(&mut self) -> RowId {
        RowId::new_at(self.unix_ms, (self.making.random)())
    }

    /// What a row speaks of. Touches nothing.
    fn matched(&self, row: &ImportRow) -> Result<Matched, Refusal> {
        let found = row.serial().map(|serial| self.equipment.by_serial(&serial, row)).unwrap_or_default();
        let owners = found.iter().filter_map(|at| self.equipment.owner(*at));
        let owner = self.customers.owner_of(row, owners)?;
        let thing = self.thing_of(row, &owner, &found)?;
        let found = Matched { owner, thing };
        match self.objection(row, &found) {
            Some(refusal) => Err(refusal),
            None => Ok(found),
        }
    }

    /// What saving would object to once the row stands in its records, with all that stands there already:
    /// one save takes the whole plan, so nothing it would refuse may be in it.
    fn objection(&self, row: &ImportRow, found: &Matched) -> Option<Refusal> {
        let customer = match found.owner {
            Owner::Known(at) => self.customers.standing(at),
            Owner::New => None,
        };
        let thing = found.thing.and_then(|at| self.equipment.standing(at));
        let parts = [(Part::Customer, Kind::Customer, customer), (Part::Equipment, Kind::Equipment, thing)];
        parts.into_iter().find_map(|(part, kind, standing)| {
            let objection = objection_to(standing, kind, row.values.get(&part)?)?;
            let reason = match objection.why {
                Why::EndsBeforeStart => Reason::WarrantyBeforeInstallation,
                _ if part == Part::Customer => Reason::NoCustomer,
                _ => return Some(Refusal::of_row(Reason::EquipmentUnnamed)),
            };
            Some(Refusal { column: column_of(part, &objection.path.field), reason })
        })
    }

    /// The equipment a row speaks of, when it exists.
    fn thing_of(&self, row: &ImportRow, owner: &Owner, found: &[usize]) -> Result<Option<usize>, Refusal> {
        let customer = match owner {
            Owner::Known(at) => self.customers.id(*at),
            Owner::New => None,
        };
        if !row.values.contains_key(&Part::Equipment) {
            return Ok(None);
        }
        let Some(first) = found.first().copied() else {
            return Ok(customer.and_then(|customer| self.equipment.alike(customer, row)));
        };
        let same = |at: &usize| self.equipment.owner(*at).is_none_or(|owner| Some(owner) == customer);
        match found.iter().find(|at| same(at)) {
            Some(at) => Ok(Some(*at)),
            None => Err(Refusal::of(Column::Serial, self.taken_by(first))),
        }
    }

    fn taken_by(&self, equipment: usize) -> Reason {
        match self.equipment.made_in_line(equipment) {
            Some(line) => Reason::SerialInLine { line },
            None => {
                let owner = self.equipment.owner(equipment);
                Reason::SerialOfAnother {
                    customer: owner.map(|id| self.customers.label_of(id)).unwrap_or_default(),
                }
            }
        }
    }

    fn finish(mut self) -> Planned {
        self.preview.lines.sort_by_key(|line| line.line);
        self.preview.refused.sort_by_key(|row| row.line);
        self.preview.differs.sort_by_key(|difference| difference.line);
        self.preview.left_out.sort_by_key(|cell| cell.line);
        let authored = Authored { by: self.making.author, at: self.making.at };
        let (customers, equipment) = (self.customers.into_drafts(), self.equipment.into_drafts());
        self.preview.customers = tally(customers.iter());
        self.preview.equipment = tally(equipment.iter());
        self.preview.addresses = tally_rows(&customers, Customer::ADDRESSES.name);
        self.preview.contacts = tally_rows(&customers, Customer::CONTACTS.name);
        let drafts = customers.into_iter().chain(equipment);
        let edits = drafts.filter_map(|draft| draft.into_edit(authored)).collect();
        Planned { preview: self.preview, plan: Plan { edits } }
    }
}

fn tally<'a>(drafts: impl Iterator<Item = &'a Draft>) -> Tally {
    let mut tally = Tally::default();
    for draft in drafts {
        count(&mut tally, draft.is_new, draft.is_completed());
    }
    tally
}

fn tally_rows(drafts: &[Draft], field: &'static str) -> Tally {
    let mut tally = Tally::default();
    for row in drafts.iter().filter_map(|draft| draft.rows.get(field)).flat_map(DraftRows::iter) {
        count(&mut tally, row.is_new, row.is_completed());
    }
    tally
}

fn count(tally: &mut Tally, is_new: bool, is_completed: bool) {
    match (is_new, is_completed) {
        (true, _) => tally.made += 1,
        (false, true) => tally.completed += 1,
        (false, false) => tally.unchanged += 1,
    }
}
