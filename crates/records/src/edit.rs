//! Intents → Automerge changes.
//!
//! One edit of a person becomes as few changes as possible, cut where the ownership group of the
//! written fields changes, because the relay judges and may refuse each group's work on its own, and
//! where a change would grow too large (`split`). An edit that makes the record is not cut by groups:
//! its maker may write every group, in one envelope.

use std::collections::{BTreeMap, BTreeSet};

use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{ActorId, ObjId, ObjType, ROOT, ReadDoc, ScalarValue};
use halyard_domain::hash::ChangeHash;
use halyard_domain::intent::Intent;
use halyard_domain::kind::Group;
use halyard_domain::reading::{FieldPath, Reading};
use halyard_domain::records::schema;
use halyard_domain::schema::{FieldSchema, RecordSchema, Shape, row_column};
use halyard_domain::value::{Scalar, ScalarType};

use crate::document::Document;
use crate::error::EditError;
use crate::read::scalar_to;
use crate::split::{CHANGE_OPERATIONS, RUN_OPERATIONS, Step, batches};

/// Most bytes of the changes that make a record.
const BIRTH_BYTES: usize = 4 * 1024 * 1024;

/// Who edits, and with what. Actor ids must never be used by two lives of a database.
pub struct Editor<'a> {
    /// The actor of this life of the app.
    pub actor: [u8; 16],
    /// Makes an actor that was never used, for a text edited at heads that are no longer present.
    pub fresh_actor: &'a mut dyn FnMut() -> [u8; 16],
    /// The device's clock in Unix seconds: a claim, used for nothing but history.
    pub time: i64,
}

/// A change an edit made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChange {
    /// Its identity.
    pub hash: ChangeHash,
    /// The raw change.
    pub chunk: Vec<u8>,
    /// Who may write what it writes; empty for an edit that makes the record.
    pub owners: Vec<Group>,
    /// What the person meant, in order.
    pub intents: Vec<Intent>,
}

impl Document {
    /// Carries out `intents` and gives the changes they became, oldest first. Intents that change
    /// nothing make no change.
    ///
    /// # Errors
    /// When an intent names a field, row or value that is not there. Nothing is written then: the
    /// document in memory must be dropped.
    pub fn edit(&mut self, editor: &mut Editor<'_>, intents: &[Intent]) -> Result<Vec<NewChange>, EditError> {
        self.edit_seen(editor, &[], intents)
    }

    /// As [`Document::edit`], by somebody who had the record at `seen` before them: a value that others wrote
    /// since stays beside theirs. Without heads, and when they are not part of the record, it is edited as it
    /// stands.
    ///
    /// # Errors
    /// As [`Document::edit`].
    pub fn edit_seen(
        &mut self,
        editor: &mut Editor<'_>,
        seen: &[ChangeHash],
        intents: &[Intent],
    ) -> Result<Vec<NewChange>, EditError> {
        let now = self.automerge.get_heads();
        let ground = if self.are_here(seen) { sorted(seen) } else { now.clone() };
        let is_seen = self.rows_seen(&ground, &now, intents)?;
        let at = |path: &FieldPath| if is_seen(path) { ground.clone() } else { now.clone() };
        // Where the parts that began at the same heads have come to.
        let mut reached: BTreeMap<Vec<automerge::ChangeHash>, Vec<automerge::ChangeHash>> = BTreeMap::new();
        let mut changes = Vec::new();
        for part in parts(schema(self.kind()), intents, at)? {
            let heads = reached.get(&part.at).unwrap_or(&part.at).clone();
            let is_now = heads == self.automerge.get_heads() || !self.are_here(&hashes(&heads));
            let made = if is_now {
                self.edit_now(editor, &part)?
            } else {
                self.edit_in_the_past(editor, &heads, &part)?
            };
            if let Some(last) = made.last() {
                reached.insert(part.at, vec![automerge::ChangeHash(last.hash.0)]);
            }
            changes.extend(made);
        }
        Ok(changes)
    }

    fn are_here(&self, heads: &[ChangeHash]) -> bool {
        !heads.is_empty() && heads.iter().all(|head| self.has(*head))
    }

    /// Tells the places that were there at `ground`. A row that somebody added since was not: it can only be
    /// written where it is.
    fn rows_seen(
        &self,
        ground: &[automerge::ChangeHash],
        now: &[automerge::ChangeHash],
        intents: &[Intent],
    ) -> Result<impl Fn(&FieldPath) -> bool + use<>, EditError> {
        let mut unseen = BTreeSet::new();
        if ground != now {
            let then = self.reading_at(&hashes(ground))?;
            for intent in intents {
                let path = intent.path();
                match (intent, path.row) {
                    (Intent::Set { .. }, Some(row)) if then.row(&path.field, row).is_none() => {
                        unseen.insert(row);
                    }
                    _ => {}
                }
            }
            for intent in intents {
                if let Intent::AddRow { row, .. } = intent {
                    unseen.remove(row);
                }
            }
        }
        Ok(move |path: &FieldPath| path.row.is_none_or(|row| !unseen.contains(&row)))
    }

    /// As [`Document::edit`], for the edit that makes the record: its changes go into one envelope.
    ///
    /// # Errors
    /// As [`Document::edit`], and when it is more than an envelope holds.
    pub fn edit_at_birth(
        &mut self,
        editor: &mut Editor<'_>,
        intents: &[Intent],
    ) -> Result<Vec<NewChange>, EditError> {
        let part = Part { owners: Vec::new(), intents: intents.to_vec(), at: Vec::new() };
        let before = self.max_op();
        let made = self.edit_now(editor, &part)?;
        let bytes: usize = made.iter().map(|change| change.chunk.len()).sum();
        let operations = self.max_op().saturating_sub(before);
        if operations > RUN_OPERATIONS as u64 || bytes > BIRTH_BYTES {
            return Err(EditError::TooMuch);
        }
        Ok(made)
    }

    fn edit_now(&mut self, editor: &mut Editor<'_>, part: &Part) -> Result<Vec<NewChange>, EditError> {
        let schema = schema(self.kind());
        let reading = self.reading()?;
        let actor = ActorId::from(editor.actor);
        let mut made = Vec::new();
        let stored = |field: &str| {
            let object = container(&self.automerge, field, ObjType::Text)?;
            Ok(self.automerge.text(&object)?)
        };
        for batch in batches(stored, &part.intents)? {
            let intents = self.meant(batch.intents, made.is_empty());
            self.automerge.set_actor(actor.clone());
            let mut transaction = self.automerge.transaction();
            for step in &batch.steps {
                take(&mut transaction, schema, &reading, step)?;
            }
            let hash = committed(transaction, editor.time)?;
            made.extend(self.made(hash, &part.owners, intents));
        }
        Ok(made)
    }

    /// Colleagues wrote since the record was put on the screen: the edit is made where it was begun, and
    /// merges as if it had been made on another device. Texts merge letter by letter.
    fn edit_in_the_past(
        &mut self,
        editor: &mut Editor<'_>,
        heads: &[automerge::ChangeHash],
        part: &Part,
    ) -> Result<Vec<NewChange>, EditError> {
        let schema = schema(self.kind());
        let reading = self.reading_at(&hashes(heads))?;
        let actor = ActorId::from((editor.fresh_actor)());
        let (mut heads, mut made) = (heads.to_vec(), Vec::new());
        let stored = |field: &str| {
            let object = container(&self.automerge, field, ObjType::Text)?;
            Ok(self.automerge.text_at(&object, &heads)?)
        };
        for batch in batches(stored, &part.intents)? {
            self.automerge.set_actor(actor.clone());
            let log = automerge::PatchLog::inactive();
            let mut transaction =
                self.automerge.transaction_at(log, &heads).map_err(automerge::AutomergeError::from)?;
            for step in &batch.steps {
                take(&mut transaction, schema, &reading, step)?;
            }
            let Some(hash) = committed(transaction, editor.time)? else { continue };
            let mut intents = batch.intents;
            if !made.is_empty() {
                rebase(&mut intents, &heads);
            }
            heads = vec![hash];
            made.extend(self.made(Some(hash), &part.owners, intents));
        }
        Ok(made)
    }

    /// The intents of a change. Where a long text goes on in a further run, it goes on from what the run
    /// before it left.
    fn meant(&self, mut intents: Vec<Intent>, is_first: bool) -> Vec<Intent> {
        if !is_first {
            rebase(&mut intents, &self.automerge.get_heads());
        }
        intents
    }

    fn made(
        &self,
        hash: Option<automerge::ChangeHash>,
        owners: &[Group],
        intents: Vec<Intent>,
    ) -> Option<NewChange> {
        let change = hash.and_then(|hash| self.automerge.get_change_by_hash(&hash))?;
        Some(NewChange {
            hash: ChangeHash(change.hash().0),
            chunk: change.raw_bytes().to_vec(),
            owners: owners.to_vec(),
            intents,
        })
    }
}

fn rebase(intents: &mut [Intent], heads: &[automerge::ChangeHash]) {
    for intent in intents {
        if let Intent::EditText { base_heads, .. } = intent {
            *base_heads = heads.iter().map(|head| ChangeHash(head.0).to_string()).collect();
        }
    }
}

/// Commits what a change holds; none when it changes nothing.
fn committed(transaction: Transaction<'_>, time: i64) -> Result<Option<automerge::ChangeHash>, EditError> {
    // Letters that are written as many, more than were counted, come from no keyboard.
    if transaction.pending_ops() > CHANGE_OPERATIONS {
        return Err(EditError::TooMuch);
    }
    Ok(transaction.commit_with(CommitOptions::default().with_time(time)).0)
}

/// Intents that go together: into one change unless they are too much for one.
struct Part {
    owners: Vec<Group>,
    intents: Vec<Intent>,
    /// The heads they were begun at.
    at: Vec<automerge::ChangeHash>,
}

fn parts(
    schema: &RecordSchema,
    intents: &[Intent],
    at: impl Fn(&FieldPath) -> Vec<automerge::ChangeHash>,
) -> Result<Vec<Part>, EditError> {
    let mut parts: Vec<Part> = Vec::new();
    for intent in intents {
        let owners = owners(schema, intent)?;
        if let Intent::EditText { base_heads, field, .. } = intent {
            let at = parse_heads(base_heads, field)?;
            parts.push(Part { owners, intents: vec![intent.clone()], at });
            continue;
        }
        let at = at(&intent.path());
        match parts.last_mut() {
            Some(last) if last.holds_no_text() && last.owners == owners && last.at == at => {
                last.intents.push(intent.clone());
            }
            Some(_) | None => parts.push(Part { owners, intents: vec![intent.clone()], at }),
        }
    }
    Ok(parts)
}

impl Part {
    fn holds_no_text(&self) -> bool {
        !matches!(self.intents.as_slice(), [Intent::EditText { .. }])
    }
}

fn parse_heads(heads: &[String], field: &str) -> Result<Vec<automerge::ChangeHash>, EditError> {
    let parsed = heads.iter().map(|head| head.parse::<ChangeHash>()).collect::<Result<Vec<_>, _>>();
    Ok(sorted(&parsed.map_err(|_| EditError::WrongShape(FieldPath::root(field)))?))
}

fn sorted(heads: &[ChangeHash]) -> Vec<automerge::ChangeHash> {
    let mut sorted: Vec<_> = heads.iter().map(|head| automerge::ChangeHash(head.0)).collect();
    sorted.sort_unstable();
    sorted
}

fn hashes(heads: &[automerge::ChangeHash]) -> Vec<ChangeHash> {
    heads.iter().map(|head| ChangeHash(head.0)).collect()
}

fn field_of(schema: &RecordSchema, path: &FieldPath) -> Result<&'static FieldSchema, EditError> {
    schema.field(&path.field).ok_or_else(|| EditError::NoSuchField(path.clone()))
}

fn owners(schema: &RecordSchema, intent: &Intent) -> Result<Vec<Group>, EditError> {
    let field = field_of(schema, &intent.path())?;
    let event = match (&field.shape, intent) {
        (Shape::Events { types, .. }, Intent::AddRow { columns, .. }) => {
            let what = columns.get(row_column::WHAT).and_then(Scalar::as_text);
            types.iter().find(|event| Some(event.name) == what)
        }
        _ => None,
    };
    Ok(event.map_or(field.owners, |event| event.owners).to_vec())
}

fn take(
    transaction: &mut Transaction<'_>,
    schema: &RecordSchema,
    reading: &Reading,
    step: &Step,
) -> Result<(), EditError> {
    match step {
        Step::Write(intent) => write(transaction, schema, reading, intent),
        Step::Retype { field, to } => {
            let object = container(transaction, field, ObjType::Text)?;
            Ok(transaction.update_text(&object, to)?)
        }
        Step::Splice { field, at, delete, insert } => {
            let object = container(transaction, field, ObjType::Text)?;
            let delete = isize::try_from(*delete).unwrap_or(isize::MAX);
            Ok(transaction.splice_text(&object, *at, delete, insert)?)
        }
    }
}

fn write(
    transaction: &mut Transaction<'_>,
    schema: &RecordSchema,
    reading: &Reading,
    intent: &Intent,
) -> Result<(), EditError> {
    let path = intent.path();
    let field = field_of(schema, &path)?;
    match intent {
        Intent::Set { value, .. } => set(transaction, reading, field, &path, value),
        // Texts come as their own steps.
        Intent::EditText { .. } => Ok(()),
        Intent::AddRow { row, columns, .. } => {
            if field.columns().is_none() {
                return Err(EditError::WrongShape(path));
            }
            if reading.row(field.name, *row).is_some() {
                return Err(EditError::RowExists(path));
            }
            let rows = container(transaction, field.name, ObjType::Map)?;
            let object = transaction.put_object(&rows, row.to_string(), ObjType::Map)?;
            for (name, value) in columns {
                let path = FieldPath::column(field.name, *row, name);
                let column = field.column(name).ok_or_else(|| EditError::NoSuchField(path.clone()))?;
                check(column, &path, value)?;
                transaction.put(&object, name.as_str(), scalar_to(value))?;
            }
            Ok(())
        }
    }
}

fn set(
    transaction: &mut Transaction<'_>,
    reading: &Reading,
    field: &FieldSchema,
    path: &FieldPath,
    value: &Scalar,
) -> Result<(), EditError> {
    let (object, key, held, present) = match (&path.row, &path.column, &field.shape) {
        (None, None, Shape::Scalar(held)) => (ROOT, field.name, *held, reading.cell(field.name)),
        (Some(row), Some(column), Shape::Rows { .. } | Shape::Events { .. }) => {
            let held = field.column(column).ok_or_else(|| EditError::NoSuchField(path.clone()))?;
            let rows = container(transaction, field.name, ObjType::Map)?;
            let found = transaction.get(&rows, row.to_string())?;
            let Some((automerge::Value::Object(ObjType::Map), object)) = found else {
                return Err(EditError::NoSuchRow(path.clone()));
            };
            let present = reading.row(field.name, *row).and_then(|row| row.columns.get(column));
            (object, column.as_str(), held, present)
        }
        _ => return Err(EditError::WrongShape(path.clone())),
    };
    check(held, path, value)?;
    let unchanged = present.map_or(value.is_null(), |cell| !cell.is_conflict() && cell.value == *value);
    if unchanged {
        return Ok(());
    }
    // Where the winner of a conflict is put again, Automerge deletes the losers instead, and nothing is
    // ever deleted from a record: a loser is put first, and the decision over it.
    let contested = present.filter(|cell| cell.is_conflict() && cell.value == *value);
    if let Some(loser) = contested.and_then(|cell| cell.standing().find(|one| *one != value)) {
        let loser: ScalarValue = scalar_to(loser);
        transaction.put(&object, key, loser)?;
    }
    let value: ScalarValue = scalar_to(value);
    transaction.put(&object, key, value)?;
    Ok(())
}

fn check(held: ScalarType, path: &FieldPath, value: &Scalar) -> Result<(), EditError> {
    held.check(value).map_err(|source| EditError::BadValue { path: path.clone(), source })
}

/// The container a seed brought. A document without it is older than the schema.
fn container(read: &impl ReadDoc, field: &str, expected: ObjType) -> Result<ObjId, EditError> {
    match read.get(ROOT, field)? {
        Some((automerge::Value::Object(found), object)) if found == expected => Ok(object),
        _ => Err(EditError::WrongShape(FieldPath::root(field))),
    }
}
