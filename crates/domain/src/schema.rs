//! What a record kind consists of, as data.
//!
//! `#[derive(Record)]` makes a [`RecordSchema`] from one declaration; documents, rights, tables and
//! screens read it instead of repeating it. Adding a field is one line in the declaration.

use crate::kind::{Decider, Group, Kind, Section};
use crate::value::ScalarType;

/// A record kind.
#[derive(Debug)]
pub struct RecordSchema {
    /// The kind.
    pub kind: Kind,
    /// The section its rights belong to.
    pub section: Section,
    /// The schema version: each version that adds a container has a seed of its own.
    pub version: u32,
    /// The groups that may create such a record.
    pub made_by: &'static [Group],
    /// Its fields, in declaration order.
    pub fields: &'static [FieldSchema],
}

/// A field at the root of a record.
#[derive(Debug)]
pub struct FieldSchema {
    /// The name, which is also its key in the document.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// The groups that may write it. For events, the groups of each type count instead.
    pub owners: &'static [Group],
    /// Who decides when two values stand side by side.
    pub decider: Decider,
    /// The schema version that added it.
    pub since: u32,
    /// True when its rows never change once they are written: what a customer signed, what somebody
    /// wished for, what was answered. They are only withdrawn, and wishes decided.
    pub written_once: bool,
}

/// What a root field holds.
#[derive(Debug)]
pub enum Shape {
    /// One value; the last writer wins and concurrent values stay readable.
    Scalar(ScalarType),
    /// Long human text that merges letter by letter.
    Text,
    /// Rows keyed by UUID that add up.
    Rows {
        /// The columns of a row.
        columns: &'static [ColumnSchema],
    },
    /// Append-only rows whose `what` column is the type of the event.
    Events {
        /// The columns of an event, `what` among them.
        columns: &'static [ColumnSchema],
        /// The types of event and who may add each.
        types: &'static [EventType],
    },
}

/// A column of a row.
#[derive(Debug)]
pub struct ColumnSchema {
    /// The name, which is also its key in the row.
    pub name: &'static str,
    /// What it holds.
    pub scalar: ScalarType,
}

/// A type of event.
#[derive(Debug)]
pub struct EventType {
    /// The stored name.
    pub name: &'static str,
    /// The groups that may add it.
    pub owners: &'static [Group],
}

/// Columns every row has beside its own: who wrote it, when by the author's clock, and whether it
/// was withdrawn.
pub mod row_column {
    /// The employee who wrote the row.
    pub const BY: &str = "by";
    /// The time of the fact, by the author.
    pub const AT: &str = "at";
    /// Set when the row no longer counts: who, when, why.
    pub const WITHDRAWN: &str = "withdrawn";
    /// The type of an event.
    pub const WHAT: &str = "what";
}

/// Root keys that every record has beside its own fields.
pub mod root_key {
    /// The kind's name, written by the seed.
    pub const KIND: &str = "kind";
    /// Who made the record: written with the seed, never later.
    pub const AUTHOR: &str = "author";
    /// Rows of proposals to change a field one does not own.
    pub const PROPOSALS: &str = "proposals";
    /// The duplicate's survivor.
    pub const MERGED_INTO: &str = "merged_into";
    /// Set when the record was made by mistake: who, when, why.
    pub const WITHDRAWN: &str = "withdrawn";
}

impl RecordSchema {
    /// The field called `name`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static FieldSchema> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl FieldSchema {
    /// True when its rows are facts: each is corrected by its author or a reviewer only. Rows that
    /// describe something (contacts, addresses, planned works) are corrected by the field's owners.
    #[must_use]
    pub fn holds_facts(&self) -> bool {
        match self.shape {
            Shape::Events { .. } => true,
            Shape::Rows { .. } => self.decider == Decider::Reviewer || !self.owners.contains(&Group::Office),
            Shape::Scalar(_) | Shape::Text => false,
        }
    }

    /// The type of event called `name`, when the field holds events.
    #[must_use]
    pub fn event_type(&self, name: &str) -> Option<&'static EventType> {
        match self.shape {
            Shape::Events { types, .. } => types.iter().find(|one| one.name == name),
            Shape::Scalar(_) | Shape::Text | Shape::Rows { .. } => None,
        }
    }

    /// The columns, when the field holds rows or events.
    #[must_use]
    pub fn columns(&self) -> Option<&'static [ColumnSchema]> {
        match self.shape {
            Shape::Rows { columns } | Shape::Events { columns, .. } => Some(columns),
            Shape::Scalar(_) | Shape::Text => None,
        }
    }

    /// The column called `name`, the common ones (`by`, `at`, `withdrawn`) included.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<ScalarType> {
        let columns = self.columns()?;
        let own = columns.iter().find(|column| column.name == name).map(|column| column.scalar);
        own.or(match name {
            row_column::BY => Some(ScalarType::Link("employee")),
            row_column::AT => Some(ScalarType::Instant),
            row_column::WITHDRAWN => Some(ScalarType::Group("withdrawal")),
            _ => None,
        })
    }
}
