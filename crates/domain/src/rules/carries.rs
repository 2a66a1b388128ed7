//! What a record links to, and which links carry sight.
//!
//! Links come from the schema, so a new link needs no line here. Which of them carry is a closed list
//! (`domain.md`, *Carries*): whoever sees the left sees the right, one step only.

use std::collections::BTreeSet;

use crate::id::DocumentId;
use crate::kind::Kind;
use crate::reading::{Cell, FieldPath, FieldReading, Reading};
use crate::records::schema;
use crate::schema::{FieldSchema, Shape};
use crate::value::{Scalar, ScalarType};

/// One record naming another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Where it is named.
    pub path: FieldPath,
    /// The kind it is said to be of; a kind of a later version is named too.
    pub kind: &'static str,
    /// The record named. It may be unknown here.
    pub id: DocumentId,
}

/// A way sight is carried from a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carry {
    /// To the record its field names.
    To {
        /// The field.
        field: &'static str,
    },
    /// To what the record its field names names in turn.
    Through {
        /// The field of this record.
        field: &'static str,
        /// The field of the record named there.
        then: &'static str,
    },
    /// To the records that name this one.
    Back {
        /// Their kind.
        kind: Kind,
        /// Their field.
        field: &'static str,
    },
    /// To the records that name the same as this one.
    Beside {
        /// The field of this record.
        field: &'static str,
        /// Their kind.
        kind: Kind,
        /// Their field.
        back: &'static str,
    },
}

/// Everything a record of that kind carries.
#[must_use]
pub const fn carries(kind: Kind) -> &'static [Carry] {
    match kind {
        Kind::Visit => &[
            Carry::To { field: "card" },
            Carry::To { field: "customer" },
            Carry::To { field: "equipment" },
            Carry::Through { field: "card", then: "contract" },
            Carry::Beside { field: "card", kind: Kind::Visit, back: "card" },
            Carry::Beside { field: "card", kind: Kind::Complaint, back: "card" },
            Carry::Beside { field: "equipment", kind: Kind::Visit, back: "equipment" },
            Carry::Beside { field: "equipment", kind: Kind::Complaint, back: "equipment" },
        ],
        Kind::ServiceCard => &[
            Carry::To { field: "customer" },
            Carry::To { field: "equipment" },
            Carry::To { field: "contract" },
            Carry::Back { kind: Kind::Visit, field: "card" },
            Carry::Back { kind: Kind::Complaint, field: "card" },
        ],
        Kind::Complaint => &[
            Carry::To { field: "customer" },
            Carry::To { field: "equipment" },
            Carry::To { field: "card" },
            Carry::To { field: "visit" },
            // Wherever a card is carried, its visits are carried with it: percent is equal everywhere.
            Carry::Beside { field: "card", kind: Kind::Visit, back: "card" },
        ],
        Kind::Company
        | Kind::Role
        | Kind::Team
        | Kind::Employee
        | Kind::DirectoryEntry
        | Kind::Checklist
        | Kind::Customer
        | Kind::Equipment => &[],
    }
}

/// The names of the kinds a record of that kind can carry, in order, each once.
#[must_use]
pub fn carried_kinds(kind: Kind) -> Vec<&'static str> {
    let mut kinds: Vec<&'static str> = carries(kind).iter().filter_map(|one| one.carried(kind)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

impl Carry {
    fn carried(self, from: Kind) -> Option<&'static str> {
        match self {
            Self::To { field } => named_kind(from, field),
            Self::Through { field, then } => named_kind(Kind::from_name(named_kind(from, field)?)?, then),
            Self::Back { kind, .. } | Self::Beside { kind, .. } => Some(kind.name()),
        }
    }
}

fn named_kind(kind: Kind, field: &str) -> Option<&'static str> {
    match schema(kind).field(field)?.shape {
        Shape::Scalar(scalar) => target(scalar),
        Shape::Text | Shape::Rows { .. } | Shape::Events { .. } => None,
    }
}

/// The kind a value of that type names, alone or in a list.
fn target(scalar: ScalarType) -> Option<&'static str> {
    match scalar {
        ScalarType::Link(kind) => Some(kind),
        ScalarType::List(item) => target(*item),
        ScalarType::Line
        | ScalarType::Bool
        | ScalarType::Int
        | ScalarType::Decimal
        | ScalarType::Money
        | ScalarType::Instant
        | ScalarType::Date
        | ScalarType::Window
        | ScalarType::Choice(_)
        | ScalarType::Group(_) => None,
    }
}

/// Every record this one names, in fields and in own columns of rows that count. Of a field in conflict
/// all values count. A place names a record once, in the order of ids.
#[must_use]
pub fn links(record: &Reading) -> Vec<Link> {
    let mut links = Vec::new();
    for field in schema(record.kind).fields {
        match (&field.shape, record.fields.get(field.name)) {
            (Shape::Scalar(scalar), Some(FieldReading::Cell(cell))) => {
                push(&mut links, &FieldPath::root(field.name), *scalar, cell);
            }
            (Shape::Rows { .. } | Shape::Events { .. }, Some(FieldReading::Rows(_))) => {
                row_links(&mut links, record, field);
            }
            _ => {}
        }
    }
    links
}

fn row_links(links: &mut Vec<Link>, record: &Reading, field: &FieldSchema) {
    for row in record.rows(field.name).iter().filter(|row| !row.is_withdrawn()) {
        for column in field.columns().unwrap_or_default() {
            if let Some(cell) = row.columns.get(column.name) {
                push(links, &FieldPath::column(field.name, row.id, column.name), column.scalar, cell);
            }
        }
    }
}

fn push(links: &mut Vec<Link>, path: &FieldPath, scalar: ScalarType, cell: &Cell) {
    let Some(kind) = target(scalar) else { return };
    let ids: BTreeSet<DocumentId> = cell.standing().flat_map(|value| ids(scalar, value)).collect();
    links.extend(ids.into_iter().map(|id| Link { path: path.clone(), kind, id }));
}

fn ids(scalar: ScalarType, value: &Scalar) -> Vec<DocumentId> {
    let Some(text) = value.as_text() else { return Vec::new() };
    if let ScalarType::List(_) = scalar {
        let items: Vec<String> = serde_json::from_str(text).unwrap_or_default();
        items.iter().filter_map(|id| id.parse().ok()).collect()
    } else {
        text.parse().into_iter().collect()
    }
}
