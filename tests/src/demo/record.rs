//! A record of the demo company: how it is born, and what people did to it later.

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DocumentId, Ref, RowId};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::record::{RowValue, RowsField, ScalarField, TextField};
use halyard_domain::records::{Common, Employee};
use halyard_domain::schema::row_column;
use halyard_domain::time::Instant;
use halyard_domain::value::{FieldValue, Scalar};

use super::calendar;
use super::dice::Dice;

/// A record with its whole history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoRecord {
    /// The record.
    pub document: DocumentId,
    /// Its kind.
    pub kind: Kind,
    /// Who makes it: an employee.
    pub author: DocumentId,
    /// When.
    pub at: Instant,
    /// What makes it.
    pub births: Vec<Intent>,
    /// What was done to it afterwards, in the order of time.
    pub later: Vec<LaterEdit>,
}

/// An edit of a record that exists. It has at most one text edit, which stands first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaterEdit {
    /// Who edits: an employee.
    pub author: DocumentId,
    /// When.
    pub at: Instant,
    intents: Vec<Intent>,
}

impl LaterEdit {
    /// What was done, for a record that stands at `heads`: a text edit has to say what it began from.
    #[must_use]
    pub fn intents_at(&self, heads: &[ChangeHash]) -> Vec<Intent> {
        let mut texts: Vec<String> = heads.iter().map(ToString::to_string).collect();
        texts.sort();
        let at_heads = |intent: &Intent| match intent {
            Intent::EditText { field, base_text, new_text, .. } => Intent::EditText {
                field: field.clone(),
                base_heads: texts.clone(),
                base_text: base_text.clone(),
                new_text: new_text.clone(),
            },
            Intent::Set { .. } | Intent::AddRow { .. } => intent.clone(),
        };
        self.intents.iter().map(at_heads).collect()
    }

    /// What was done, with texts that do not say what they began from.
    #[must_use]
    pub fn intents(&self) -> &[Intent] {
        &self.intents
    }
}

/// Writes down what one person does at one time.
pub(super) struct Pen {
    pub(super) by: DocumentId,
    pub(super) at: Instant,
    /// The two columns every row has: a visit has thirty rows, and printing a time is slow.
    authored: [(&'static str, Scalar); 2],
    intents: Vec<Intent>,
}

impl Pen {
    pub(super) fn new(by: DocumentId, at: Instant) -> Self {
        let who = Ref::<Employee>::to(by).to_scalar();
        Self {
            by,
            at,
            authored: [(row_column::BY, who), (row_column::AT, at.to_scalar())],
            intents: Vec::new(),
        }
    }

    pub(super) fn set<T: FieldValue>(&mut self, field: &ScalarField<T>, value: &T) {
        self.intents.push(field.set(value));
    }

    pub(super) fn line(&mut self, field: &ScalarField<String>, text: impl Into<String>) {
        self.set(field, &text.into());
    }

    pub(super) fn add<T: RowValue>(&mut self, field: &RowsField<T>, row: RowId, value: &T) {
        let mut columns = value.columns();
        columns.extend(self.authored.iter().map(|(name, scalar)| ((*name).to_owned(), scalar.clone())));
        self.intents.push(Intent::AddRow { field: field.name.to_owned(), row, columns });
    }

    /// Writes a long text where none is yet.
    pub(super) fn text(&mut self, field: &TextField, text: impl Into<String>) {
        let (base_heads, base_text) = (Vec::new(), String::new());
        let edit =
            Intent::EditText { field: field.name.to_owned(), base_heads, base_text, new_text: text.into() };
        self.intents.push(edit);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.intents.is_empty()
    }

    fn has_text(&self) -> bool {
        self.intents.iter().any(|intent| matches!(intent, Intent::EditText { .. }))
    }

    /// Takes over what the same person did a little later, when one edit can hold both.
    fn absorb(&mut self, next: Self) -> Result<(), Self> {
        if next.by != self.by || (self.has_text() && next.has_text()) {
            return Err(next);
        }
        self.at = next.at;
        self.intents.extend(next.intents);
        Ok(())
    }

    fn into_edit(self) -> LaterEdit {
        let (mut intents, rest): (Vec<_>, Vec<_>) =
            self.intents.into_iter().partition(|intent| matches!(intent, Intent::EditText { .. }));
        intents.extend(rest);
        LaterEdit { author: self.by, at: self.at, intents }
    }
}

/// Puts a record together from the hands that wrote it.
pub(super) struct History {
    document: DocumentId,
    kind: Kind,
    birth: Pen,
    later: Vec<Pen>,
}

impl History {
    /// A record that `birth` makes.
    pub(super) fn of(document: DocumentId, kind: Kind, birth: Pen) -> Self {
        Self { document, kind, birth, later: Vec::new() }
    }

    /// What somebody did next.
    pub(super) fn then(&mut self, pen: Pen) {
        if !pen.is_empty() {
            self.later.push(pen);
        }
    }

    /// How many rows others than its maker have written.
    pub(super) fn rows_of_others(&self) -> usize {
        let others = self.later.iter().filter(|pen| pen.by != self.birth.by);
        let intents = others.flat_map(|pen| &pen.intents);
        intents.filter(|intent| matches!(intent, Intent::AddRow { .. })).count()
    }

    /// The record as it stands at `now`; what happened before `coalesced` is kept in as few edits as
    /// its authors allow, as a company that brings its old journal into a new program would.
    pub(super) fn finish(mut self, now: Instant, coalesced: Instant) -> DemoRecord {
        self.later.retain(|pen| pen.at <= now);
        self.later.sort_by_key(|pen| pen.at);
        let mut kept: Vec<Pen> = Vec::with_capacity(self.later.len());
        for pen in self.later {
            let begins = kept.is_empty();
            let before = if begins { &mut self.birth } else { kept.last_mut().unwrap_or(&mut self.birth) };
            let is_old = pen.at < coalesced;
            let same_moment = !begins && before.at == pen.at;
            let at_birth = (before.at, before.by);
            if is_old || same_moment {
                match before.absorb(pen) {
                    Ok(()) if begins => before.at = at_birth.0,
                    Ok(()) => {}
                    Err(pen) => kept.push(pen),
                }
            } else {
                kept.push(pen);
            }
        }
        let author = self.birth.by;
        let mut births = vec![Common::AUTHOR.set(&Ref::<Employee>::to(author))];
        births.extend(self.birth.intents);
        DemoRecord {
            document: self.document,
            kind: self.kind,
            author,
            at: self.birth.at,
            births,
            later: kept.into_iter().map(Pen::into_edit).collect(),
        }
    }

    /// The record as its birth left it.
    pub(super) fn born(self) -> DemoRecord {
        let at = self.birth.at;
        self.finish(at, at)
    }
}

/// Ids of rows, one after another, from a record's dice.
pub(super) struct RowIds<'a> {
    pub(super) dice: &'a mut Dice,
    pub(super) at: Instant,
}

impl RowIds<'_> {
    pub(super) fn next(&mut self) -> RowId {
        let id = row_id(self.dice, self.at);
        // Later rows get later ids, so that what sorts by id sorts by birth.
        self.at = calendar::later(self.at, 1);
        id
    }
}

/// An id of a record made at a moment.
pub(super) fn document_id(dice: &mut Dice, at: Instant) -> DocumentId {
    DocumentId::new_at(unix_ms(at), dice.id_bytes())
}

/// An id of a row made at a moment.
pub(super) fn row_id(dice: &mut Dice, at: Instant) -> RowId {
    RowId::new_at(unix_ms(at), dice.id_bytes())
}

fn unix_ms(at: Instant) -> u64 {
    u64::try_from(at.unix_seconds()).unwrap_or(0) * 1_000
}
