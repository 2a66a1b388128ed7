//! The tables of a record kind.
//!
//! A kind has a main table of its own name, a child table for every field of rows or events
//! (`visit_works`), and one for every list, so that «visits of this specialist» is an index seek. What
//! is particular to a kind (its default order, its title, what it derives) is in one file per kind.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use halyard_domain::kind::Kind;
use halyard_domain::records::{Customer, schema};
use halyard_domain::schema::{FieldSchema, RecordSchema, Shape, root_key, row_column};
use halyard_domain::value::ScalarType;

use crate::columns::{ColumnDef, Meaning, columns, listed_columns, ranked_columns, text_columns};
use crate::derived;
use crate::derived::merging::WRITTEN;
use crate::kinds::{Specifics, specifics};

/// A table.
#[derive(Debug, Clone)]
pub struct TableDef {
    /// Its name.
    pub name: String,
    /// Its columns, `workspace_id` not among them.
    pub columns: Vec<ColumnDef>,
    /// The columns of its primary key, after `workspace_id`.
    pub key: &'static [&'static str],
    /// Its indexes.
    pub indexes: Vec<IndexDef>,
}

/// An index.
#[derive(Debug, Clone)]
pub struct IndexDef {
    /// Its columns, after `workspace_id`.
    pub columns: Vec<String>,
    /// Columns that stand behind those on a device, so that a list is found without reading its records.
    pub covers_on_device: Vec<String>,
    /// True when only people at a screen ask so, and an office has no use for it.
    pub device_only: bool,
    /// Which rows are in it; absent for all.
    pub only: Option<Only>,
    /// The query it serves.
    pub serves: &'static str,
}

/// Which rows an index has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Only {
    /// Those with a value in this column.
    With(String),
    /// Those that no longer count: made by mistake, or duplicates.
    NoLonger,
}

/// Every table of a kind.
#[derive(Debug)]
pub struct RecordTables {
    /// The kind.
    pub kind: Kind,
    /// One row per record.
    pub main: TableDef,
    /// One table per field of rows, events or a list.
    pub children: Vec<ChildTable>,
}

/// A table of what a record has many of.
#[derive(Debug)]
pub struct ChildTable {
    /// The field of the schema.
    pub field: &'static FieldSchema,
    /// What its rows are.
    pub holds: Holds,
    /// The table.
    pub table: TableDef,
}

/// What a child table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Rows or events with an id and an author.
    Rows,
    /// The items of a list.
    Items(ScalarType),
}

/// The kinds of which one thing may have been made twice. Links follow their duplicates to the record that stays, and
/// of those merged into one another in a circle one stays.
pub const MADE_TWICE: [Kind; 2] = [Kind::Customer, Kind::Equipment];

/// Columns that tables have beside the fields of a kind.
pub mod column {
    /// The record's id, in its main table.
    pub const ID: &str = "id";
    /// What people call the record: its number, or a provisional label until the relay gave one.
    pub const LABEL: &str = "label";
    /// What the record is about, in its own words.
    pub const TITLE: &str = "title";
    /// The derived state, for kinds that have one.
    pub const STATE: &str = "state";
    /// How many fields, and answers to a checklist, wait for a decision.
    pub const CONFLICTS: &str = "conflicts";
    /// How many items of the record somebody should look at, decisions among them.
    pub const ATTENTION: &str = "attention";
    /// True when the record, or the row, no longer counts.
    pub const WITHDRAWN: &str = "withdrawn";
    /// Who withdrew it, when and why.
    pub const WITHDRAWAL: &str = "withdrawal";
    /// The duplicate's survivor: of [`MADE_TWICE`](super::MADE_TWICE) as far as it counts.
    pub const MERGED_INTO: &str = "merged_into";
    /// The record a child row belongs to.
    pub const RECORD: &str = "record_id";
    /// The row's id.
    pub const ROW: &str = "row_id";
    /// The row's place in the order of birth, from zero.
    pub const ORDER: &str = "row_order";
    /// The item of a list.
    pub const ITEM: &str = "item";
}

static TABLES: LazyLock<BTreeMap<Kind, RecordTables>> =
    LazyLock::new(|| Kind::ALL.iter().map(|&kind| (kind, build(kind))).collect());

/// The tables of a kind.
///
/// # Panics
/// Never: every kind has tables, which a test walks.
#[must_use]
#[expect(clippy::expect_used, reason = "the map is built from every kind there is")]
pub fn tables_of(kind: Kind) -> &'static RecordTables {
    TABLES.get(&kind).expect("every kind has tables")
}

/// The tables of every kind.
pub fn all() -> impl Iterator<Item = &'static RecordTables> {
    TABLES.values()
}

impl RecordTables {
    /// The table of the field `field`.
    #[must_use]
    pub fn child(&self, field: &str) -> Option<&ChildTable> {
        self.children.iter().find(|child| child.field.name == field)
    }

    /// The main table and the child tables.
    pub fn tables(&self) -> impl Iterator<Item = &TableDef> {
        std::iter::once(&self.main).chain(self.children.iter().map(|child| &child.table))
    }
}

impl TableDef {
    /// The column called `name`.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&ColumnDef> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether indexes that begin with the column are there only for its order.
    pub(crate) fn only_sorts(&self, column: &str) -> bool {
        let mut leading =
            self.indexes.iter().filter(|index| index.columns.first().is_some_and(|first| first == column));
        leading.clone().count() > 0 && leading.all(|index| index.device_only)
    }

    /// Whether a device finds rows by an index of `column`, and none of its indexes has them in the order of
    /// `walked` too.
    pub(crate) fn looks_up(&self, column: &str, walked: &str) -> bool {
        let mut led = self.indexes.iter().filter_map(|index| {
            let mut columns = index.columns.iter().chain(&index.covers_on_device);
            (columns.next()? == column).then(|| columns.next().is_some_and(|second| second == walked))
        });
        led.next().is_some_and(|first| !first && led.all(|ordered| !ordered))
    }

    /// The columns that a record fills by itself, in the order of its values.
    pub fn own_columns(&self) -> impl Iterator<Item = &ColumnDef> {
        self.columns.iter().filter(|column| !column.derived)
    }
}

fn build(kind: Kind) -> RecordTables {
    let schema = schema(kind);
    let children = schema.fields.iter().filter_map(|field| child(kind, field)).collect();
    RecordTables { kind, main: main(schema, &specifics(kind)), children }
}

fn main(schema: &RecordSchema, specifics: &Specifics) -> TableDef {
    let mut all = vec![ColumnDef::required(column::ID, Meaning::Link(schema.kind.name()))];
    all.extend(text_columns(column::LABEL, true));
    all.extend(text_columns(column::TITLE, true));
    all.extend(ranked_columns(column::STATE));
    all.push(ColumnDef::required(column::CONFLICTS, Meaning::Int));
    all.push(ColumnDef::required(column::ATTENTION, Meaning::Int));
    all.push(ColumnDef::required(column::WITHDRAWN, Meaning::Bool));
    all.push(ColumnDef::optional(column::WITHDRAWAL, Meaning::Json));
    for field in own_fields(schema) {
        match field.shape {
            Shape::Scalar(_) if field.name == column::MERGED_INTO && MADE_TWICE.contains(&schema.kind) => {
                all.push(ColumnDef::optional(WRITTEN, Meaning::Written));
                all.push(ColumnDef::derived(column::MERGED_INTO, Meaning::Link(schema.kind.name())));
            }
            Shape::Scalar(scalar) => all.extend(listed_columns(field.name, scalar)),
            Shape::Text => all.extend(text_columns(field.name, false)),
            Shape::Rows { .. } | Shape::Events { .. } => {}
        }
    }
    for (name, meaning) in specifics.more {
        match meaning {
            Meaning::Choice => all.extend(ranked_columns(name)),
            meaning => all.push(ColumnDef::optional(*name, *meaning)),
        }
    }
    all.extend(derived::columns_of(schema.kind));
    let keys = derived::labels::add_keys(&mut all, specifics.sorted_by);
    all.extend(keys);
    TableDef {
        name: schema.kind.name().to_owned(),
        indexes: main_indexes(&all, specifics),
        columns: all,
        key: &[column::ID],
    }
}

/// The root fields that become columns under their own names.
pub(crate) fn own_fields(schema: &RecordSchema) -> impl Iterator<Item = &'static FieldSchema> {
    schema.fields.iter().filter(|field| field.name != root_key::WITHDRAWN)
}

fn main_indexes(all: &[ColumnDef], specifics: &Specifics) -> Vec<IndexDef> {
    let first = specifics.orders.first().map_or("label_key", |order| order.column);
    let mut indexes: Vec<IndexDef> =
        specifics.orders.iter().map(|order| index(&[order.column, column::ID], order.serves)).collect();
    let standing = [column::WITHDRAWN, column::MERGED_INTO];
    let state = (!specifics.states.is_empty()).then_some(column::STATE);
    let covered = owned(specifics.found_through.iter().copied().chain(standing).chain(state));
    if let Some(default) = indexes.first_mut().filter(|_| !specifics.found_through.is_empty()) {
        default.covers_on_device.clone_from(&covered);
    }
    if specifics.orders.iter().all(|order| order.column != "label_key") {
        indexes.push(index(&["label_key", column::ID], "lists by number"));
    }
    if !specifics.states.is_empty() {
        indexes.push(IndexDef {
            covers_on_device: owned(standing.into_iter()),
            ..index(&[column::STATE, first, column::ID], "lists of one state; counts by state")
        });
    }
    // With what else makes a record wait at a desk, or not: all of an index are fewer bytes than some records.
    let waits = [column::ATTENTION].into_iter().chain(standing);
    indexes.push(IndexDef {
        covers_on_device: owned(waits),
        ..index(&[column::CONFLICTS, column::ID], "the records that wait for a decision")
    });
    let links = all.iter().filter(|column| matches!(column.meaning, Meaning::Link(_)));
    for link in links.filter(|link| !matches!(link.name.as_str(), column::ID | root_key::AUTHOR)) {
        let serves = "the records that link to one; refreshing what it derives";
        let found = specifics.found_through.contains(&link.name.as_str());
        let ordered: &[&str] =
            if found { &[first, column::ID, column::WITHDRAWN, column::MERGED_INTO] } else { &[] };
        // Without the others: or SQLite would sort all rows «without a link» rather than walk in order.
        indexes.push(IndexDef {
            only: Some(Only::With(link.name.clone())),
            covers_on_device: owned(ordered.iter().copied()),
            ..index(&[&link.name], serves)
        });
    }
    if let Some(code) = all.iter().find(|column| column.name == Customer::REGISTRY_CODE.name) {
        let serves = "the customer with a ЄДРПОУ or РНОКПП: no second one gets it";
        indexes.push(IndexDef {
            only: Some(Only::With(code.name.clone())),
            ..index(&[code.compared()], serves)
        });
    }
    indexes.push(IndexDef {
        covers_on_device: covered,
        device_only: true,
        only: Some(Only::NoLonger),
        ..index(&[first, column::ID], "the records that no longer count")
    });
    let sorted = all.iter().filter(|column| specifics.sorted_by.contains(&column.name.as_str()));
    let sorted = sorted.map(|column| IndexDef {
        device_only: true,
        ..index(&[column.sorted(), column::ID], "the journal sorted by this column")
    });
    indexes.extend(sorted);
    indexes
}

fn index(columns: &[&str], serves: &'static str) -> IndexDef {
    IndexDef {
        columns: owned(columns.iter().copied()),
        covers_on_device: Vec::new(),
        device_only: false,
        only: None,
        serves,
    }
}

fn owned<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    names.map(str::to_owned).collect()
}

fn child(kind: Kind, field: &'static FieldSchema) -> Option<ChildTable> {
    let name = format!("{kind}_{}", field.name);
    let mut all = vec![ColumnDef::required(column::RECORD, Meaning::Link(kind.name()))];
    match field.shape {
        Shape::Rows { columns: own } | Shape::Events { columns: own, .. } => {
            all.push(ColumnDef::required(column::ROW, Meaning::Row));
            all.push(ColumnDef::required(column::ORDER, Meaning::Int));
            all.extend(columns(row_column::BY, ScalarType::Link(Kind::Employee.name())));
            all.extend(columns(row_column::AT, ScalarType::Instant));
            all.push(ColumnDef::required(column::WITHDRAWN, Meaning::Bool));
            all.push(ColumnDef::optional(column::WITHDRAWAL, Meaning::Json));
            all.extend(own.iter().flat_map(|one| columns(one.name, one.scalar)));
            let table =
                TableDef { name, columns: all, key: &[column::RECORD, column::ROW], indexes: Vec::new() };
            Some(ChildTable { field, holds: Holds::Rows, table })
        }
        Shape::Scalar(ScalarType::List(item)) => {
            all.push(ColumnDef::required(column::ORDER, Meaning::Int));
            all.extend(columns(column::ITEM, *item));
            let item_column = all.iter().find(|one| one.name == column::ITEM);
            let compared = item_column.map_or(column::ITEM, ColumnDef::compared).to_owned();
            let serves = "the records whose list includes an item: the visits of a specialist";
            let indexes = vec![index(&[&compared, column::RECORD], serves)];
            let table = TableDef { name, columns: all, key: &[column::RECORD, column::ORDER], indexes };
            Some(ChildTable { field, holds: Holds::Items(*item), table })
        }
        Shape::Scalar(_) | Shape::Text => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_table_and_no_column_has_the_name_of_another() {
        let mut tables = BTreeSet::new();
        for table in all().flat_map(RecordTables::tables) {
            assert!(tables.insert(&table.name), "two tables {}", table.name);
            let mut names = BTreeSet::from(["workspace_id"]);
            for one in &table.columns {
                assert!(names.insert(one.name.as_str()), "{}: two columns {}", table.name, one.name);
            }
        }
    }

    #[test]
    fn keys_twins_and_indexes_name_columns_that_exist() {
        for table in all().flat_map(RecordTables::tables) {
            let twins = table
                .columns
                .iter()
                .flat_map(|one| one.twin.as_deref().into_iter().chain(one.order.as_deref()));
            let columns = |index: &'static IndexDef| index.columns.iter().chain(&index.covers_on_device);
            let indexed = table.indexes.iter().flat_map(columns).map(String::as_str);
            for name in twins.chain(indexed).chain(table.key.iter().copied()) {
                assert!(table.column(name).is_some(), "{}: {name}", table.name);
            }
        }
    }

    #[test]
    fn every_moment_stands_beside_the_offset_it_was_entered_at() {
        for table in all().flat_map(RecordTables::tables) {
            for moment in table.columns.iter().filter(|one| one.meaning == Meaning::Instant) {
                let offset = table.column(&format!("{}_offset", moment.name)).map(|one| one.meaning);
                assert_eq!(offset, Some(Meaning::Offset), "{}.{}", table.name, moment.name);
            }
        }
    }

    #[test]
    fn a_visit_has_a_table_for_its_works_and_one_for_its_specialists() {
        let visit = tables_of(Kind::Visit);
        assert_eq!(visit.child("works").unwrap().table.name, "visit_works");
        assert_eq!(
            visit.child("specialists").unwrap().holds,
            Holds::Items(ScalarType::Link(Kind::Employee.name()))
        );
        assert!(visit.child("card").is_none());
    }
}
