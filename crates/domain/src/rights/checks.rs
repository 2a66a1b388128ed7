//! The checks behind every answer about writing, one function per kind of place.
//!
//! Rows made earlier in the same envelope are remembered, so that an envelope may make a row and then
//! correct it. `by` and the type of an event never change, so a row's author is who it says.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{DocumentId, RowId};
use crate::kind::{Decider, Group};
use crate::reading::{FieldPath, Reading};
use crate::record::{Rows, Withdrawal};
use crate::records::schema;
use crate::records::values::Decision;
use crate::rights::Ability;
use crate::rights::abilities::ability_for;
use crate::rights::proposals::{DECISION, proposal, proposed};
use crate::rights::refusal::{Reason, Refusal};
use crate::rights::write::{Responsible, Word, Write, WriteAction, Writer};
use crate::rules::standing_answers;
use crate::schema::{FieldSchema, RecordSchema, Shape, root_key, row_column};
use crate::value::{FieldValue, Scalar, ScalarType};

/// The field that names who answers for a record.
const RESPONSIBLE: &str = "responsible";
/// The columns of a checklist answer: the item it answers, the answer, and the answers it replaces.
const ITEM: &str = "item";
const ANSWER: &str = "answer";
const AFTER: &str = "after";

/// Judges writes to one record by one person.
pub(super) struct Check<'a> {
    writer: &'a Writer<'a>,
    record: &'a Reading,
    schema: &'static RecordSchema,
    /// Rows this envelope made, with their columns.
    born: BTreeMap<(String, RowId), BTreeMap<String, Scalar>>,
    author_written: bool,
    /// Who answers for the record, with what this envelope says about it.
    responsible: Responsible,
}

impl<'a> Check<'a> {
    pub(super) fn new(writer: &'a Writer<'a>, record: &'a Reading) -> Self {
        let schema = schema(record.kind);
        Self {
            writer,
            record,
            schema,
            born: BTreeMap::new(),
            author_written: false,
            responsible: writer.responsible,
        }
    }

    pub(super) fn author_written(&self) -> bool {
        self.author_written
    }

    pub(super) fn write(&mut self, write: &Write<'_>) -> Result<(), Refusal> {
        self.in_sight(write.path)?;
        match &write.action {
            WriteAction::Foreign { what } => Err(Reason::Foreign { what }.at(write.path)),
            WriteAction::EditText => self.text(write.path),
            WriteAction::MakeRow { columns } => self.row(write.path, columns),
            WriteAction::Put { value, ends_conflict } => match (write.path.row, &write.path.column) {
                (None, None) => self.field(write.path, value, *ends_conflict),
                (Some(row), Some(column)) => self.column(write.path, row, column, value, *ends_conflict),
                (Some(_), None) | (None, Some(_)) => {
                    Err(Reason::Foreign { what: "puts a value in the place of a row" }.at(write.path))
                }
            },
        }
    }

    fn in_sight(&self, path: &FieldPath) -> Result<(), Refusal> {
        if self.writer.sees || self.writer.brings_seed { Ok(()) } else { Err(Reason::OutOfSight.at(path)) }
    }

    fn known(&self, path: &FieldPath) -> Result<&'static FieldSchema, Refusal> {
        if path.field == root_key::KIND {
            return Err(Reason::BirthOnly.at(path));
        }
        self.schema.field(&path.field).ok_or_else(|| Reason::NewerSchema.at(path))
    }

    fn text(&self, path: &FieldPath) -> Result<(), Refusal> {
        let field = self.known(path)?;
        if !matches!(field.shape, Shape::Text) || path.row.is_some() {
            return Err(Reason::Foreign { what: "edits letters where there is no text" }.at(path));
        }
        self.owns(field.owners, path)
    }

    /// A scalar at the root.
    fn field(&mut self, path: &FieldPath, value: &Scalar, ends_conflict: bool) -> Result<(), Refusal> {
        let field = self.known(path)?;
        let Shape::Scalar(scalar) = field.shape else {
            return Err(Reason::Foreign { what: "puts a value in the place of a container" }.at(path));
        };
        canonical(scalar, value, path)?;
        if field.name == root_key::AUTHOR {
            return self.author(path, value);
        }
        if field.owners.contains(&Group::Relay) {
            return Err(Reason::RelayOnly.at(path));
        }
        if field.name == root_key::WITHDRAWN {
            self.own_name(named_by::<Withdrawal>(value, |one| one.by), path)?;
        }
        if ends_conflict {
            return self.decides(field.decider, path);
        }
        let own = field.name == root_key::WITHDRAWN
            && self.is_author()
            && !self.withdrawn_by_another(self.record.value(root_key::WITHDRAWN));
        if !own {
            self.owns(field.owners, path)?;
        }
        // Who is named responsible may decide from then on, in the same envelope too.
        if field.name == RESPONSIBLE && *value == self.me() {
            self.responsible = Responsible::Writer;
        }
        Ok(())
    }

    fn author(&mut self, path: &FieldPath, value: &Scalar) -> Result<(), Refusal> {
        if !self.writer.brings_seed {
            return Err(Reason::BirthOnly.at(path));
        }
        if *value != self.me() {
            return Err(Reason::AnothersName.at(path));
        }
        self.author_written = true;
        Ok(())
    }

    /// A new row or event.
    fn row(&mut self, path: &FieldPath, columns: &BTreeMap<String, Scalar>) -> Result<(), Refusal> {
        let what = columns.get(row_column::WHAT).and_then(Scalar::as_text);
        let field = self.addition(path, what)?;
        let Some(row) = path.row else {
            return Err(Reason::Foreign { what: "makes a row without an id" }.at(path));
        };
        let key = (field.name.to_owned(), row);
        if self.record.row(field.name, row).is_some() || self.born.contains_key(&key) {
            return Err(Reason::RowExists.at(path));
        }
        for (name, value) in columns {
            let at = FieldPath::column(field.name, row, name);
            let scalar = field.column(name).ok_or_else(|| Reason::NewerSchema.at(&at))?;
            canonical(scalar, value, &at)?;
        }
        let at = |name| FieldPath::column(field.name, row, name);
        if columns.get(row_column::BY) != Some(&self.me()) {
            return Err(Reason::AnothersName.at(&at(row_column::BY)));
        }
        if columns.get(row_column::AT).is_none_or(Scalar::is_null) {
            return Err(Reason::NotCanonical { expected: "a time" }.at(&at(row_column::AT)));
        }
        if columns.get(row_column::WITHDRAWN).is_some_and(|value| !value.is_null()) {
            return Err(Reason::Foreign { what: "makes a withdrawn row" }.at(&at(row_column::WITHDRAWN)));
        }
        if field.name == root_key::PROPOSALS {
            proposal(self.schema, path, columns)?;
        }
        self.answer(field, path, columns)?;
        self.born.insert(key, columns.clone());
        Ok(())
    }

    /// May a row, or an event of the type `what`, be added to this field at all?
    pub(super) fn addition(
        &self,
        path: &FieldPath,
        what: Option<&str>,
    ) -> Result<&'static FieldSchema, Refusal> {
        self.in_sight(path)?;
        let field = self.known(path)?;
        match field.shape {
            Shape::Scalar(_) | Shape::Text => {
                return Err(Reason::Foreign { what: "makes a row where there are none" }.at(path));
            }
            // Whoever sees a record may wish for something.
            Shape::Rows { .. } if field.name == root_key::PROPOSALS => {}
            Shape::Rows { .. } => self.owns(field.owners, path)?,
            Shape::Events { .. } => {
                let what = what.ok_or_else(|| Reason::NotCanonical { expected: "an event" }.at(path))?;
                let event = field.event_type(what).ok_or_else(|| Reason::NewerSchema.at(path))?;
                self.owns(event.owners, path)?;
                if let Some(ability) = ability_for(self.schema.kind, what) {
                    self.can(ability, path)?;
                }
            }
        }
        Ok(field)
    }

    /// An answer replaces earlier ones to the same item. Replacing several that differ, or another's in a
    /// dispute, decides; a second thought about one's own answer does not.
    fn answer(
        &self,
        field: &FieldSchema,
        path: &FieldPath,
        columns: &BTreeMap<String, Scalar>,
    ) -> Result<(), Refusal> {
        let replaced = columns.get(AFTER).and_then(|value| Vec::<RowId>::from_scalar(value).ok());
        let replaced = replaced.unwrap_or_default();
        if replaced.is_empty() {
            return Ok(());
        }
        let mut rows = Vec::new();
        for id in replaced {
            let row = self.columns(field.name, id).filter(|row| row.get(ITEM) == columns.get(ITEM));
            let expected = "an answer to the same item";
            rows.push((id, row.ok_or_else(|| Reason::NotCanonical { expected }.at(path))?));
        }
        let differ = rows
            .windows(2)
            .any(|pair| matches!(pair, [one, other] if one.1.get(ANSWER) != other.1.get(ANSWER)));
        let disputed = self.disputed(field.name);
        let anothers = |(id, row): &(RowId, BTreeMap<String, Scalar>)| {
            disputed.contains(id) && row.get(row_column::BY) != Some(&self.me())
        };
        if differ || rows.iter().any(anothers) { self.decides(field.decider, path) } else { Ok(()) }
    }

    /// The answers that stood against one another before the writer's eyes.
    fn disputed(&self, field: &str) -> BTreeSet<RowId> {
        let answers = Rows::read(self.writer.saw.unwrap_or(self.record), field);
        standing_answers(&answers).into_values().flat_map(|standing| standing.disputed).collect()
    }

    /// A column of a row that is there.
    fn column(
        &mut self,
        path: &FieldPath,
        row: RowId,
        name: &str,
        value: &Scalar,
        ends_conflict: bool,
    ) -> Result<(), Refusal> {
        let field = self.known(path)?;
        if field.columns().is_none() {
            return Err(Reason::Foreign { what: "writes a column where there are no rows" }.at(path));
        }
        let scalar = field.column(name).ok_or_else(|| Reason::NewerSchema.at(path))?;
        canonical(scalar, value, path)?;
        let columns = self.columns(field.name, row).ok_or_else(|| Reason::NoSuchRow.at(path))?;
        let decision = field.name == root_key::PROPOSALS && name == DECISION;
        let settled = field.written_once && name != row_column::WITHDRAWN && !decision;
        if settled || matches!(name, row_column::BY | row_column::WHAT) {
            return Err(Reason::Fixed.at(path));
        }
        if name == row_column::WITHDRAWN {
            self.own_name(named_by::<Withdrawal>(value, |one| one.by), path)?;
        }
        if decision {
            self.own_name(named_by::<Decision>(value, |one| one.by), path)?;
            let (wanted, _) = proposed(self.schema, &columns).ok_or_else(|| Reason::NoSuchRow.at(path))?;
            return self.owns(wanted.owners, path);
        }
        if ends_conflict {
            return self.decides(field.decider, path);
        }
        self.corrects(field, &columns, path)
    }

    /// A fact is corrected by its author, as long as the field is theirs and no reviewer withdrew it,
    /// or by a reviewer; a description by its owners; a proposal by whoever made it.
    fn corrects(
        &self,
        field: &FieldSchema,
        columns: &BTreeMap<String, Scalar>,
        path: &FieldPath,
    ) -> Result<(), Refusal> {
        let mine = columns.get(row_column::BY) == Some(&self.me());
        if field.name == root_key::PROPOSALS {
            return if mine { Ok(()) } else { Err(Reason::AnothersRow.at(path)) };
        }
        if !field.holds_facts() {
            return self.owns(field.owners, path);
        }
        if self.writer.access.can(Ability::Review) {
            return Ok(());
        }
        let withdrawn = columns.get(row_column::WITHDRAWN).unwrap_or(&Scalar::Null);
        if !mine || self.withdrawn_by_another(withdrawn) {
            return Err(Reason::AnothersRow.at(path));
        }
        let what = columns.get(row_column::WHAT).and_then(Scalar::as_text);
        let event = what.and_then(|what| field.event_type(what));
        self.owns(event.map_or(field.owners, |event| event.owners), path)
    }

    /// The columns of a row that stands in the record or was made by this envelope.
    fn columns(&self, field: &str, row: RowId) -> Option<BTreeMap<String, Scalar>> {
        if let Some(columns) = self.born.get(&(field.to_owned(), row)) {
            return Some(columns.clone());
        }
        let row = self.record.row(field, row)?;
        Some(row.columns.iter().map(|(name, cell)| (name.clone(), cell.value.clone())).collect())
    }

    fn owns(&self, owners: &'static [Group], path: &FieldPath) -> Result<(), Refusal> {
        if owners == [Group::Relay] {
            return Err(Reason::RelayOnly.at(path));
        }
        let writes = |group: &Group| self.writer.writes(self.schema.section, *group);
        if self.makes() || owners.iter().any(writes) {
            Ok(())
        } else {
            Err(Reason::NotYours { owners }.at(path))
        }
    }

    /// The maker of a record writes every group of it but the relay's. On a reviewer's word only where the
    /// reviewer could have made it.
    fn makes(&self) -> bool {
        let made_by = || self.schema.made_by.iter();
        let could = |group: &Group| self.writer.access.writes(self.schema.section, *group);
        self.writer.brings_seed && (self.writer.word == Word::Own || made_by().any(could))
    }

    fn decides(&self, decider: Decider, path: &FieldPath) -> Result<(), Refusal> {
        let office = self.writer.access.writes(self.schema.section, Group::Office);
        let decides = match decider {
            Decider::Dispatcher => office,
            Decider::Reviewer => self.writer.access.can(Ability::Review),
            Decider::Responsible => match self.responsible {
                Responsible::Writer => true,
                // The office may let in what somebody decided honestly and was not named for.
                Responsible::Another => office && self.writer.word == Word::Reviewer,
                Responsible::Nobody => office,
            },
        };
        if decides { Ok(()) } else { Err(Reason::NotYoursToDecide { decider }.at(path)) }
    }

    fn can(&self, ability: Ability, path: &FieldPath) -> Result<(), Refusal> {
        if self.writer.access.can(ability) { Ok(()) } else { Err(Reason::NeedsAbility { ability }.at(path)) }
    }

    fn own_name(&self, named: Option<DocumentId>, path: &FieldPath) -> Result<(), Refusal> {
        match named {
            Some(name) if name != self.writer.employee => Err(Reason::AnothersName.at(path)),
            Some(_) | None => Ok(()),
        }
    }

    fn withdrawn_by_another(&self, withdrawn: &Scalar) -> bool {
        named_by::<Withdrawal>(withdrawn, |one| one.by).is_some_and(|by| by != self.writer.employee)
    }

    fn is_author(&self) -> bool {
        *self.record.value(root_key::AUTHOR) == self.me()
    }

    fn me(&self) -> Scalar {
        Scalar::Text(self.writer.employee.to_string())
    }
}

pub(super) fn canonical(scalar: ScalarType, value: &Scalar, path: &FieldPath) -> Result<(), Refusal> {
    scalar.check(value).map_err(|error| Reason::NotCanonical { expected: error.expected }.at(path))
}

/// Whom a group of values names as its author; nobody when it is cleared.
fn named_by<T: FieldValue>(value: &Scalar, by: fn(&T) -> DocumentId) -> Option<DocumentId> {
    T::from_scalar(value).ok().as_ref().map(by)
}
