//! A record while rows of the file are put into it.
//!
//! A draft knows what stands already and what this import brings. Only empty places are filled; a row
//! that several lines of the file speak of is written once, with everything they say.

use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::{Cell, FieldPath, FieldReading, Reading};
use halyard_domain::record::Authored;
use halyard_domain::records::Common;
use halyard_domain::saving::{Objection, gaps};
use halyard_domain::schema::row_column;
use halyard_domain::value::{FieldValue, Scalar};

use super::draft_rows::{DraftRow, DraftRows};
use super::known::KnownRecord;
use super::plan::{RecordEdit, texts_of};
use super::row::{Values, united};

/// Named values, with those that this import brings marked.
#[derive(Debug, Default, Clone)]
pub(super) struct Slots {
    values: BTreeMap<String, Scalar>,
    ours: BTreeSet<String>,
}

/// What putting a value did.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Put {
    Filled,
    Same,
    Differs { kept: Scalar },
}

/// A record being put together.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) id: DocumentId,
    pub(super) kind: Kind,
    pub(super) is_new: bool,
    /// The line of the file that made it.
    pub(super) line: usize,
    pub(super) fields: Slots,
    pub(super) rows: BTreeMap<&'static str, DraftRows>,
    /// The heads of a record that exists.
    seen: Vec<ChangeHash>,
    notes: Notes,
}

/// The `notes` of a draft: the one long text an import fills.
#[derive(Debug, Default)]
struct Notes {
    present: String,
    ours: Option<String>,
}

impl Slots {
    /// The value that stands or will stand.
    pub(super) fn get(&self, name: &str) -> Option<&Scalar> {
        self.values.get(name).filter(|value| !value.is_null())
    }

    /// Every value that stands or will stand, with its name.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &Scalar)> {
        self.values.iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.as_str(), value))
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Scalar::as_text)
    }

    pub(super) fn list(&self, name: &str) -> Vec<String> {
        self.get(name).and_then(|list| Vec::from_scalar(list).ok()).unwrap_or_default()
    }

    /// Puts a value where none stands. Lists that this import began grow.
    pub(super) fn put(&mut self, name: &str, value: &Scalar) -> Put {
        let filled = match self.get(name) {
            None => value.clone(),
            Some(kept) if kept == value => return Put::Same,
            Some(kept) => match united(kept, value) {
                None if Vec::<String>::from_scalar(kept).is_ok() => return Put::Same,
                Some(both) if self.ours.contains(name) => both,
                Some(_) | None => return Put::Differs { kept: kept.clone() },
            },
        };
        self.values.insert(name.to_owned(), filled);
        self.ours.insert(name.to_owned());
        Put::Filled
    }

    /// What the rules about saving say against a record with these values.
    fn objections(&self, kind: Kind) -> Vec<Objection> {
        let cell = |(name, value): (&String, &Scalar)| {
            let cell = Cell { value: value.clone(), alternatives: Vec::new() };
            (name.clone(), FieldReading::Cell(cell))
        };
        gaps(&Reading { kind, fields: self.values.iter().map(cell).collect() })
    }

    fn sets(&self, path: impl Fn(&str) -> FieldPath) -> impl Iterator<Item = Intent> {
        let ours = self.ours.iter().filter_map(|name| self.values.get(name).map(|value| (name, value)));
        ours.map(move |(name, value)| Intent::Set { path: path(name), value: value.clone() })
    }
}

impl Draft {
    pub(super) fn new(id: DocumentId, kind: Kind, line: usize) -> Self {
        let (fields, rows, seen, notes) = Default::default();
        Self { id, kind, is_new: true, line, fields, rows, seen, notes }
    }

    /// A record that exists. Of a value in dispute the winner counts as standing.
    pub(super) fn of_known(id: DocumentId, known: &KnownRecord, row_fields: &[&'static str]) -> Self {
        let reading = &known.reading;
        let cells = reading.fields.iter().filter_map(|(name, field)| match field {
            FieldReading::Cell(cell) => Some((name.clone(), standing_value(cell))),
            FieldReading::Text(_) | FieldReading::Rows(_) => None,
        });
        let fields = Slots { values: cells.collect(), ours: BTreeSet::new() };
        let rows_of = |field: &'static str| {
            let standing = reading.rows(field).iter().filter(|row| !row.is_withdrawn());
            let mut rows = DraftRows::default();
            for row in standing {
                let values = row.columns.iter().map(|(name, cell)| (name.clone(), standing_value(cell)));
                rows.add(row.id, false, Slots { values: values.collect(), ours: BTreeSet::new() });
            }
            (field, rows)
        };
        let notes = Notes { present: reading.text("notes").to_owned(), ours: None };
        let rows = row_fields.iter().map(|field| rows_of(field)).collect();
        let seen = known.heads.clone();
        Self { id, kind: reading.kind, is_new: false, line: 0, fields, rows, seen, notes }
    }

    /// Puts the notes where there are none.
    pub(super) fn put_notes(&mut self, text: &str) -> Put {
        match (&self.notes.ours, self.notes.present.trim()) {
            (None, "") => {
                self.notes.ours = Some(text.to_owned());
                Put::Filled
            }
            (Some(kept), _) if kept == text => Put::Same,
            (None, kept) if kept == text => Put::Same,
            (Some(kept), _) => Put::Differs { kept: Scalar::Text(kept.clone()) },
            (None, kept) => Put::Differs { kept: Scalar::Text(kept.to_owned()) },
        }
    }

    /// True when the record exists and gets something.
    pub(super) fn is_completed(&self) -> bool {
        !self.is_new && (!self.fields.ours.is_empty() || self.notes.ours.is_some())
    }

    /// The edit this draft comes to; `None` when everything stands already.
    pub(super) fn into_edit(self, authored: Authored) -> Option<RecordEdit> {
        let mut intents = Vec::new();
        if let Some(new_text) = self.notes.ours.clone() {
            intents.push(Intent::EditText {
                field: "notes".to_owned(),
                base_heads: texts_of(&self.seen),
                base_text: self.notes.present.clone(),
                new_text,
            });
        }
        if self.is_new {
            intents.push(Common::AUTHOR.set(&authored.by));
        }
        intents.extend(self.fields.sets(FieldPath::root));
        for (field, rows) in &self.rows {
            for row in rows.iter() {
                row.write(field, authored, &mut intents);
            }
        }
        (!intents.is_empty()).then_some(RecordEdit {
            document: self.id,
            kind: self.kind,
            is_new: self.is_new,
            seen: self.seen,
            intents,
        })
    }
}

/// What the rules about saving would say first against a record that took these values; `standing` is the
/// record so far, when there is one. What was wrong in it before is no objection.
pub(super) fn objection_to(standing: Option<&Draft>, kind: Kind, offered: &Values) -> Option<Objection> {
    let mut fields = standing.map(|draft| draft.fields.clone()).unwrap_or_default();
    let before = standing.map(|_| fields.objections(kind)).unwrap_or_default();
    for (field, value) in offered {
        fields.put(field, value);
    }
    fields.objections(kind).into_iter().find(|one| !before.contains(one))
}

/// The value that stands in a cell. One that somebody cleared while others wrote it is in dispute, and
/// an import does not end disputes.
fn standing_value(cell: &Cell) -> Scalar {
    let disputed = cell.alternatives.iter().map(|one| &one.value).find(|value| !value.is_null());
    if cell.value.is_null() { disputed.unwrap_or(&Scalar::Null).clone() } else { cell.value.clone() }
}

impl DraftRow {
    pub(super) fn is_completed(&self) -> bool {
        !self.is_new && !self.slots.ours.is_empty()
    }

    fn write(&self, field: &str, authored: Authored, intents: &mut Vec<Intent>) {
        if self.is_new {
            let mut columns = self.slots.values.clone();
            columns.insert(row_column::BY.to_owned(), authored.by.to_scalar());
            columns.insert(row_column::AT.to_owned(), authored.at.to_scalar());
            intents.push(Intent::AddRow { field: field.to_owned(), row: self.id, columns });
        } else {
            intents.extend(self.slots.sets(|column| FieldPath::column(field, self.id, column)));
        }
    }
}
