//! What a change wrote, operation by operation.
//!
//! Rights are judged on operations, never on the resulting difference: a value that loses today's
//! conflict shows no difference and may win tomorrow. Every operation of a change is placed by the
//! path of the object it writes to, also in deleted or losing objects, and nothing is left out: what
//! has no place in a record is [`Action::Foreign`] and is nobody's right.

use std::collections::{BTreeMap, HashMap};

use automerge::legacy::{Key, ObjectId, Op, OpType};
use automerge::{Automerge, Change, ObjId, ObjType, Prop, ReadDoc};
use halyard_domain::hash::ChangeHash;
use halyard_domain::id::RowId;
use halyard_domain::reading::{FieldPath, OperationId};
use halyard_domain::rights::{Write, WriteAction};
use halyard_domain::value::Scalar;

use crate::document::{Document, guarded};
use crate::error::DocumentError;
use crate::history::below;
use crate::read::scalar_from;

/// One thing a change did in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Where.
    pub path: FieldPath,
    /// What.
    pub action: Action,
}

/// What an operation does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Wrote a scalar.
    Put {
        /// The value.
        value: Scalar,
        /// True when it replaces several different values, which decides their conflict.
        ends_conflict: bool,
    },
    /// Made a row with these columns.
    MakeRow {
        /// Every column written in the change that made the row.
        columns: BTreeMap<String, Scalar>,
    },
    /// Inserted or deleted letters of a long text.
    EditText,
    /// Deleted something that is never deleted, made a container, or wrote what no record holds.
    Foreign(&'static str),
}

impl Operation {
    /// The operation as the rights judge it.
    #[must_use]
    pub fn as_write(&self) -> Write<'_> {
        let action = match &self.action {
            Action::Put { value, ends_conflict } => WriteAction::Put { value, ends_conflict: *ends_conflict },
            Action::MakeRow { columns } => WriteAction::MakeRow { columns },
            Action::EditText => WriteAction::EditText,
            Action::Foreign(what) => WriteAction::Foreign { what },
        };
        Write { path: &self.path, action }
    }
}

impl Document {
    /// What the change `hash`, which is part of this record, wrote.
    ///
    /// # Errors
    /// When the change is not part of the record, or Automerge cannot place its operations.
    pub fn walk(&self, hash: ChangeHash) -> Result<Vec<Operation>, DocumentError> {
        guarded(|| {
            let change = self
                .automerge
                .get_change_by_hash(&automerge::ChangeHash(hash.0))
                .ok_or_else(|| DocumentError::MissingDependencies(vec![hash]))?;
            Walk::new(&self.automerge, &change).all()
        })
    }
}

/// An object an operation writes into.
#[derive(Clone)]
enum Place {
    Root,
    /// A map of rows at the root.
    Rows(FieldPath),
    Row(FieldPath),
    Text(FieldPath),
    /// Deeper than any record reaches, or of a shape no record has.
    Nowhere(FieldPath),
}

struct Walk<'a> {
    document: &'a Automerge,
    change: &'a Change,
    places: HashMap<OperationId, Place>,
    found: Vec<Operation>,
    /// Where in `found` a row made by this change lies.
    born: HashMap<FieldPath, usize>,
}

impl<'a> Walk<'a> {
    fn new(document: &'a Automerge, change: &'a Change) -> Self {
        Self { document, change, places: HashMap::new(), found: Vec::new(), born: HashMap::new() }
    }

    fn all(mut self) -> Result<Vec<Operation>, DocumentError> {
        for operation in self.change.decode().operations {
            let place = self.place(&operation.obj)?;
            self.one(place, &operation)?;
        }
        Ok(self.found)
    }

    fn one(&mut self, place: Place, operation: &Op) -> Result<(), DocumentError> {
        match (place, &operation.key) {
            (Place::Root, Key::Map(key)) => {
                let path = FieldPath::root(key);
                match &operation.action {
                    OpType::Put(_) => self.put(path, operation)?,
                    OpType::Make(_) => self.foreign(path, "makes a container"),
                    OpType::Delete => self.foreign(path, "deletes a field"),
                    OpType::Increment(_) | OpType::MarkBegin(_) | OpType::MarkEnd(_) => {
                        self.foreign(path, "is no operation of a field");
                    }
                }
            }
            (Place::Rows(rows), Key::Map(key)) => self.row(&rows, key, operation),
            (Place::Row(row), Key::Map(key)) => {
                let path = FieldPath { column: Some(key.to_string()), ..row };
                match &operation.action {
                    OpType::Put(_) => self.put(path, operation)?,
                    OpType::Delete => self.foreign(path, "deletes a column"),
                    OpType::Make(_) | OpType::Increment(_) | OpType::MarkBegin(_) | OpType::MarkEnd(_) => {
                        self.foreign(path, "is no operation of a column");
                    }
                }
            }
            (Place::Text(path), Key::Seq(_)) => self.text(path, operation),
            (Place::Text(path) | Place::Nowhere(path) | Place::Rows(path) | Place::Row(path), _) => {
                self.foreign(path, "writes where no record holds anything");
            }
            (Place::Root, Key::Seq(_)) => {
                self.foreign(FieldPath::root(""), "writes where no record holds anything");
            }
        }
        Ok(())
    }

    fn row(&mut self, rows: &FieldPath, key: &str, operation: &Op) {
        let path = below(Some(rows), key);
        let is_row = path.row.is_some() && key.parse::<RowId>().is_ok_and(|id| id.to_string() == key);
        match &operation.action {
            OpType::Make(ObjType::Map) if is_row && operation.pred.is_empty() => {
                self.born.insert(path.clone(), self.found.len());
                self.found.push(Operation { path, action: Action::MakeRow { columns: BTreeMap::new() } });
            }
            OpType::Make(_) => self.foreign(path, "makes a row in the place of another"),
            OpType::Delete => self.foreign(path, "deletes a row instead of withdrawing it"),
            OpType::Put(_) | OpType::Increment(_) | OpType::MarkBegin(_) | OpType::MarkEnd(_) => {
                self.foreign(path, "puts a value in the place of a row");
            }
        }
    }

    fn text(&mut self, path: FieldPath, operation: &Op) {
        let letters = match &operation.action {
            OpType::Delete => true,
            OpType::Put(value) => operation.insert && matches!(value, automerge::ScalarValue::Str(_)),
            OpType::Make(_) | OpType::Increment(_) | OpType::MarkBegin(_) | OpType::MarkEnd(_) => false,
        };
        if !letters {
            self.foreign(path, "puts something else than letters into a text");
        } else if self.found.last().is_none_or(|last| last.path != path || last.action != Action::EditText) {
            self.found.push(Operation { path, action: Action::EditText });
        }
    }

    fn put(&mut self, path: FieldPath, operation: &Op) -> Result<(), DocumentError> {
        let OpType::Put(value) = &operation.action else { return Ok(()) };
        let value = match value {
            automerge::ScalarValue::Str(_)
            | automerge::ScalarValue::Int(_)
            | automerge::ScalarValue::Boolean(_)
            | automerge::ScalarValue::Null => scalar_from(value),
            automerge::ScalarValue::Bytes(_)
            | automerge::ScalarValue::Uint(_)
            | automerge::ScalarValue::F64(_)
            | automerge::ScalarValue::Counter(_)
            | automerge::ScalarValue::Timestamp(_)
            | automerge::ScalarValue::Unknown { .. } => {
                self.foreign(path, "writes a type of value no record holds");
                return Ok(());
            }
        };
        if let (Some(row), Some(column)) = (path.row, &path.column) {
            let birth = self.born.get(&FieldPath::row(&path.field, row)).copied();
            let made = birth.and_then(|at| self.found.get_mut(at));
            if let Some(Operation { action: Action::MakeRow { columns }, .. }) = made {
                columns.insert(column.clone(), value);
                return Ok(());
            }
        }
        let ends_conflict = operation.pred.len() > 1 && self.differ(operation)?;
        self.found.push(Operation { path, action: Action::Put { value, ends_conflict } });
        Ok(())
    }

    /// Whether the values an operation replaces differ among themselves.
    fn differ(&self, operation: &Op) -> Result<bool, DocumentError> {
        let Key::Map(key) = &operation.key else { return Ok(true) };
        let object = object_id(&operation.obj);
        let before = self.document.get_all_at(&object, key.as_str(), self.change.deps())?;
        let mut values = before.iter().map(|(value, _)| value);
        let first = values.next();
        Ok(values.any(|value| Some(value) != first))
    }

    fn place(&mut self, object: &ObjectId) -> Result<Place, DocumentError> {
        let ObjectId::Id(id) = object else { return Ok(Place::Root) };
        let key = OperationId { counter: id.counter(), actor: id.actor().to_hex_string() };
        if let Some(place) = self.places.get(&key) {
            return Ok(place.clone());
        }
        let place = self.find(&object_id(object))?;
        self.places.insert(key, place.clone());
        Ok(place)
    }

    fn find(&self, object: &ObjId) -> Result<Place, DocumentError> {
        let mut keys = Vec::new();
        for (_, key) in self.document.parents(object)?.path() {
            match key {
                Prop::Map(key) => keys.push(key),
                Prop::Seq(_) => return Ok(Place::Nowhere(FieldPath::root("?"))),
            }
        }
        let kind = self.document.object_type(object)?;
        Ok(match (keys.as_slice(), kind) {
            ([field], ObjType::Map) => Place::Rows(FieldPath::root(field)),
            ([field], ObjType::Text) => Place::Text(FieldPath::root(field)),
            ([field, row], ObjType::Map) => match row.parse::<RowId>() {
                Ok(id) => Place::Row(FieldPath::row(field, id)),
                Err(_) => Place::Nowhere(FieldPath::root(field)),
            },
            ([field, ..], _) => Place::Nowhere(FieldPath::root(field)),
            ([], _) => Place::Nowhere(FieldPath::root("")),
        })
    }

    fn foreign(&mut self, path: FieldPath, why: &'static str) {
        self.found.push(Operation { path, action: Action::Foreign(why) });
    }
}

fn object_id(object: &ObjectId) -> ObjId {
    match object {
        ObjectId::Root => ObjId::Root,
        ObjectId::Id(id) => ObjId::Id(id.counter(), id.actor().clone(), 0),
    }
}
