//! What happened to a record: one entry for every value somebody wrote.
//!
//! The document says which field, from what, to what, in which change; the envelope that brought the
//! change says who and from which device, and its receipt when it arrived. The caller joins the two by
//! the change's hash.

use std::collections::{BTreeMap, HashMap};

use automerge::legacy::{Key, ObjectId, Op, OpType};
use automerge::{Automerge, ObjType, ReadDoc};
use halyard_domain::hash::ChangeHash;
use halyard_domain::id::RowId;
use halyard_domain::reading::{FieldPath, OperationId};
use halyard_domain::value::Scalar;
use serde::Serialize;

use crate::document::{Document, guarded};
use crate::error::DocumentError;
use crate::read::scalar_from;
use crate::text;

/// One value written to a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HistoryEntry {
    /// The change that wrote it.
    pub change: ChangeHash,
    /// The actor that made the change, hexadecimal; its first half names the device.
    pub actor: String,
    /// The device's clock, Unix seconds.
    pub time: i64,
    /// Where it was written.
    pub path: FieldPath,
    /// What was written.
    pub what: Written,
}

/// What a change did in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Written {
    /// A value took the place of others (none, one, or several that were in conflict).
    Value {
        /// The values it replaced.
        from: Vec<Scalar>,
        /// The value written.
        to: Scalar,
    },
    /// A text was edited.
    Text {
        /// The text the author saw.
        from: String,
        /// The text the author left.
        to: String,
    },
    /// A row or an event was added.
    Row {
        /// Its columns.
        columns: BTreeMap<String, Scalar>,
    },
}

impl Document {
    /// Everything that was ever written, in causal order; equal on every device.
    ///
    /// # Errors
    /// When Automerge cannot read the document.
    pub fn history(&self) -> Result<Vec<HistoryEntry>, DocumentError> {
        guarded(|| Historian::new(&self.automerge).tell())
    }
}

/// Walks all changes once, remembering what every operation wrote and where every object lies.
struct Historian<'a> {
    document: &'a Automerge,
    values: HashMap<OperationId, Scalar>,
    places: HashMap<OperationId, FieldPath>,
    entries: Vec<HistoryEntry>,
}

impl<'a> Historian<'a> {
    fn new(document: &'a Automerge) -> Self {
        Self { document, values: HashMap::new(), places: HashMap::new(), entries: Vec::new() }
    }

    fn tell(mut self) -> Result<Vec<HistoryEntry>, DocumentError> {
        let mut changes = self.document.get_changes(&[]);
        // A change's operations count on from its past, so this order is causal, and it does not
        // depend on what arrived first.
        changes.sort_by(|a, b| (a.start_op(), a.actor_id()).cmp(&(b.start_op(), b.actor_id())));
        for change in changes {
            let expanded = change.decode();
            let is_seed = crate::seed::kind_of_seed(ChangeHash(change.hash().0)).is_some();
            let first = self.entries.len();
            for (counter, operation) in (expanded.start_op.get()..).zip(&expanded.operations) {
                let id = OperationId { counter, actor: expanded.actor_id.to_hex_string() };
                if let Some((path, what)) = self.operation(&change, id, operation, first)? {
                    self.entries.push(HistoryEntry {
                        change: ChangeHash(change.hash().0),
                        actor: expanded.actor_id.to_hex_string(),
                        time: expanded.time,
                        path,
                        what,
                    });
                }
            }
            if is_seed {
                self.entries.truncate(first);
            }
        }
        Ok(self.entries)
    }

    fn operation(
        &mut self,
        change: &automerge::Change,
        id: OperationId,
        operation: &Op,
        first: usize,
    ) -> Result<Option<(FieldPath, Written)>, DocumentError> {
        let parent = match &operation.obj {
            ObjectId::Root => None,
            ObjectId::Id(object) => match self.places.get(&of(object)) {
                Some(place) => Some(place.clone()),
                None => return Ok(None),
            },
        };
        let Key::Map(key) = &operation.key else {
            let already = |entry: &HistoryEntry| Some(&entry.path) == parent.as_ref();
            if self.entries.iter().skip(first).any(already) {
                return Ok(None);
            }
            return self.text(change, parent, &operation.obj);
        };
        let path = below(parent.as_ref(), key);
        match &operation.action {
            OpType::Make(ObjType::Map) if parent.is_some() => {
                self.places.insert(id, path.clone());
                Ok(Some((path, Written::Row { columns: BTreeMap::new() })))
            }
            OpType::Make(_) => {
                self.places.insert(id, path);
                Ok(None)
            }
            OpType::Put(value) => Ok(self.put(id, operation, path, scalar_from(value), first)),
            OpType::Delete | OpType::Increment(_) | OpType::MarkBegin(_) | OpType::MarkEnd(_) => Ok(None),
        }
    }

    fn put(
        &mut self,
        id: OperationId,
        operation: &Op,
        path: FieldPath,
        to: Scalar,
        first: usize,
    ) -> Option<(FieldPath, Written)> {
        self.values.insert(id, to.clone());
        // A column written in the change that made its row belongs to the row's birth.
        if let (Some(row), Some(column)) = (path.row, &path.column) {
            let birth = FieldPath::row(&path.field, row);
            let made_here = self.entries.iter_mut().skip(first).find(|entry| entry.path == birth);
            if let Some(HistoryEntry { what: Written::Row { columns }, .. }) = made_here {
                columns.insert(column.clone(), to);
                return None;
            }
        }
        // What is overwritten in the change that wrote it was never seen.
        let here = self.entries.iter_mut().skip(first).find(|entry| entry.path == path);
        if let Some(HistoryEntry { what: Written::Value { to: last, .. }, .. }) = here {
            *last = to;
            return None;
        }
        let from = operation.pred.iter().filter_map(|before| self.values.get(&of(before)).cloned()).collect();
        Some((path, Written::Value { from, to }))
    }

    fn text(
        &self,
        change: &automerge::Change,
        place: Option<FieldPath>,
        object: &ObjectId,
    ) -> Result<Option<(FieldPath, Written)>, DocumentError> {
        let (Some(path), ObjectId::Id(id)) = (place, object) else { return Ok(None) };
        let object = automerge::ObjId::Id(id.counter(), id.actor().clone(), 0);
        let from = text::shown(self.document.text_at(&object, change.deps())?);
        let to = text::shown(self.document.text_at(&object, &[change.hash()])?);
        Ok(Some((path, Written::Text { from, to })))
    }
}

fn of(id: &automerge::legacy::OpId) -> OperationId {
    OperationId { counter: id.counter(), actor: id.actor().to_hex_string() }
}

/// The place `key` names below `parent`: a root field, a row of it, or a column of the row.
pub(crate) fn below(parent: Option<&FieldPath>, key: &str) -> FieldPath {
    match parent {
        None => FieldPath::root(key),
        Some(parent) => match (parent.row, key.parse::<RowId>()) {
            (None, Ok(row)) => FieldPath::row(&parent.field, row),
            (row, _) => FieldPath { field: parent.field.clone(), row, column: Some(key.to_owned()) },
        },
    }
}
