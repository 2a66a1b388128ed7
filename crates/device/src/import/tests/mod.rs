//! Imports into real documents: what a file makes, refuses, leaves alone and takes back.

mod again;
mod any_table;
mod long_cells;
mod mistakes;

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::fmt::Write;

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_domain::record::{Record, Withdrawal};
use halyard_domain::records::{Customer, Directory, Equipment};
use halyard_domain::time::Instant;
use halyard_records::{Document, Editor};

use super::known::{Known, Named};
use super::plan::{Plan, Present, RecordEdit};
use super::preview::{Outcome, Preview};
use super::table::Table;
use super::{Making, Planned, plan};

/// An office whose records are real documents.
#[derive(Default)]
struct Office {
    documents: BTreeMap<DocumentId, Document>,
    ids: u64,
}

impl Office {
    fn known(&self) -> Known {
        let mut known = Known::default();
        for (id, document) in &self.documents {
            known.add_record(*id, document.reading().unwrap(), document.heads());
        }
        known.add_name(Named::Entry(Directory::Region), "Полтавська область", named("poltava"));
        known.add_name(Named::Entry(Directory::EquipmentCategory), "Котли", named("boilers"));
        known.add_name(Named::Employee, "Лановий Тарас", named("one"));
        known.add_name(Named::Employee, "Лановий Тарас", named("other"));
        known
    }

    fn plan(&mut self, table: &Table) -> Planned {
        let known = self.known();
        let ids = &mut self.ids;
        // In no order, as random bytes are: what is made first must not be found first for that.
        let mut random = || {
            *ids += 1;
            let mut bytes = [0; 10];
            bytes[2..].copy_from_slice(&ids.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
            bytes
        };
        plan(table, &known, Making { author: Ref::to(named("author")), at: at(), random: &mut random })
    }

    fn import(&mut self, table: &Table) -> Planned {
        let planned = self.plan(table);
        self.commit(&planned.plan.edits);
        planned
    }

    fn commit(&mut self, edits: &[RecordEdit]) {
        for edit in edits {
            assert_eq!(edit.is_new, !self.documents.contains_key(&edit.document), "{edit:?}");
            self.edit(edit.document, edit.kind, &edit.intents);
        }
    }

    fn edit(&mut self, id: DocumentId, kind: Kind, intents: &[Intent]) {
        let mut fresh = || [9; 16];
        let mut editor = Editor { actor: [7; 16], fresh_actor: &mut fresh, time: 1_772_434_800 };
        match self.documents.get_mut(&id) {
            Some(document) => {
                document.edit(&mut editor, intents).unwrap();
            }
            None => {
                let mut document = Document::born(kind).unwrap();
                document.edit_at_birth(&mut editor, intents).unwrap();
                self.documents.insert(id, document);
            }
        }
    }

    fn take_back(&mut self, plan: &Plan) {
        let why = Withdrawal { by: named("author"), at: at(), why: "не той файл".to_owned() };
        let present = |id: DocumentId| -> Result<_, Infallible> {
            Ok(self.documents.get(&id).map(|document| Present {
                reading: document.reading().unwrap(),
                heads: document.heads(),
                is_changed: false,
            }))
        };
        let Ok(back) = plan.undo(&why, BTreeSet::new(), present);
        for edit in back.edits {
            self.edit(edit.document, edit.kind, &edit.intents);
        }
    }

    fn readings(&self) -> BTreeMap<DocumentId, Reading> {
        self.documents.iter().map(|(id, document)| (*id, document.reading().unwrap())).collect()
    }

    /// By name.
    fn customers(&self) -> Vec<Customer> {
        let readings = self.readings().into_values().filter(|reading| reading.kind == Kind::Customer);
        let mut customers: Vec<_> = readings.map(|reading| Customer::read(&reading)).collect();
        customers.sort_by_key(|customer| customer.name.clone());
        customers
    }

    /// By name.
    fn equipment(&self) -> Vec<Equipment> {
        let readings = self.readings().into_values().filter(|reading| reading.kind == Kind::Equipment);
        let mut equipment: Vec<_> = readings.map(|reading| Equipment::read(&reading)).collect();
        equipment.sort_by_key(|thing| thing.name.clone());
        equipment
    }
}

fn named(source: &str) -> DocumentId {
    DocumentId::made_by_rule(source)
}

fn at() -> Instant {
    "2026-03-02T09:00:00+02:00".parse().unwrap()
}

fn csv(text: &str) -> Table {
    Table::from_csv(text.as_bytes()).unwrap()
}

/// A preview as lines a reviewer can read.
fn described(preview: &Preview) -> String {
    let mut out = String::new();
    for (name, tally) in [
        ("customers", preview.customers),
        ("addresses", preview.addresses),
        ("contacts", preview.contacts),
        ("equipment", preview.equipment),
    ] {
        let (made, completed, unchanged) = (tally.made, tally.completed, tally.unchanged);
        writeln!(out, "{name}: {made} made, {completed} completed, {unchanged} unchanged").unwrap();
    }
    for line in &preview.lines {
        for part in &line.parts {
            let outcome = match &part.outcome {
                Outcome::Made => "made".to_owned(),
                Outcome::Completed(columns) => format!("completed {columns:?}"),
                Outcome::AlreadyThere => "already there".to_owned(),
            };
            writeln!(out, "{:>3} {:?} {}: {outcome}", line.line, part.part, part.label).unwrap();
        }
    }
    for one in &preview.differs {
        let (line, column, label) = (one.line, one.column, &one.label);
        writeln!(out, "{line:>3} differs: {column:?} of {label}: {} kept, not {}", one.kept, one.offered)
            .unwrap();
    }
    for one in &preview.left_out {
        writeln!(out, "{:>3} left out: {:?} {}", one.line, one.column, one.text).unwrap();
    }
    writeln!(out, "unknown columns: {:?}", preview.unknown_columns).unwrap();
    out
}
