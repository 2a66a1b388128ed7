//! Lists: which records, which columns, in what order, which page.
//!
//! A [`ListQuery`] is plain data that a screen, the command line or a saved view makes; it names
//! columns by their SQL names and is checked before any SQL is made, so an unknown column is a typed
//! error and a hostile string stays a bound value. Pages are cut by the last row seen, not by number:
//! page thousand costs what page one costs.

mod child_rows;
mod cursor;
mod filter;
mod hits;
mod narrow;
mod order;
mod plan;

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::time::Instant;
use halyard_domain::value::Scalar;
use serde::{Deserialize, Serialize};

pub use child_rows::{ChildRow, child_rows, read_child_rows};
pub use cursor::Cursor;
pub use plan::{ListPlan, Shortcut, count, count_by, group_by, plan, plan_count};

use crate::kinds;
use crate::search::Depth;
use crate::sql::SqlValue;
use crate::tables::tables_of;

/// The longest page.
pub const MAX_LIMIT: u32 = 1_000;
/// One condition may name so many values; SQLite stops at 32,766 parameters in all.
pub const MAX_VALUES: usize = 1_000;

/// A question about the records of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ListQuery {
    /// The kind.
    pub kind: Kind,
    /// The columns of the answer, beside the id.
    pub columns: Vec<String>,
    /// Conditions that all hold.
    #[serde(default)]
    pub filters: Vec<Filter>,
    /// The order; empty for the kind's default. Equal records stand in the order of their ids.
    #[serde(default)]
    pub sort: Vec<SortKey>,
    /// Which page.
    pub page: Page,
    /// Words that must be found in the record, or in the customer, object or card it names.
    #[serde(default)]
    pub search: Option<Search>,
    /// Whether records made by mistake and merged duplicates are shown.
    #[serde(default)]
    pub show: Show,
}

/// Which page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Page {
    /// The last row of the page before; none for the first page.
    #[serde(default)]
    pub after: Option<Cursor>,
    /// How many rows, at most [`MAX_LIMIT`].
    pub limit: u32,
}

/// Words to find.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Search {
    /// What the person typed.
    pub text: String,
    /// How deep to look.
    pub depth: Depth,
}

/// Which records a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Show {
    /// Those that count.
    #[default]
    Standing,
    /// Also those made by mistake and merged duplicates.
    Everything,
    /// Those made by mistake and merged duplicates alone.
    NoLonger,
}

impl Filter {
    /// The records of a kind that are late by `now`; `None` of kinds that are never late.
    #[must_use]
    pub fn overdue(kind: Kind, now: Instant) -> Option<Self> {
        kinds::overdue(kind, now)
    }
}

/// A condition on a record. Values are the canonical scalars of documents; an instant may also be
/// given in Unix seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Filter {
    /// The column has this value.
    Equals {
        /// The column.
        column: String,
        /// The value.
        value: Scalar,
    },
    /// The column has one of these values.
    OneOf {
        /// The column.
        column: String,
        /// The values.
        values: Vec<Scalar>,
    },
    /// The column lies between two values, both included; an open end is unlimited.
    Between {
        /// The column.
        column: String,
        /// The least value.
        #[serde(default)]
        from: Option<Scalar>,
        /// The greatest value.
        #[serde(default)]
        to: Option<Scalar>,
    },
    /// The text contains this part, whatever the case.
    Contains {
        /// The column.
        column: String,
        /// The part.
        text: String,
    },
    /// Nothing stands in the column.
    IsEmpty {
        /// The column.
        column: String,
    },
    /// The record is in one of these states.
    State {
        /// The states' names.
        states: Vec<String>,
    },
    /// The list field includes this item.
    Includes {
        /// The field.
        field: String,
        /// The item.
        value: Scalar,
    },
    /// The record that this column links to meets the conditions.
    Linked {
        /// The link.
        column: String,
        /// The conditions on its target.
        filters: Vec<Filter>,
    },
    /// Some standing row of this field meets the conditions.
    HasRow {
        /// The field.
        field: String,
        /// The conditions on the row's columns.
        filters: Vec<Filter>,
    },
    /// Some record of kind `by` whose `column` links here meets the conditions.
    Referred {
        /// The kind of the other record.
        by: Kind,
        /// Its link.
        column: String,
        /// The conditions on it.
        filters: Vec<Filter>,
    },
    /// At least one condition holds.
    AnyOf {
        /// The conditions.
        filters: Vec<Filter>,
    },
    /// The condition does not hold.
    Not {
        /// The condition.
        filter: Box<Filter>,
    },
}

/// A column to sort by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SortKey {
    /// The column. Texts sort in the order of the Ukrainian alphabet, decimals by size.
    pub column: String,
    /// Which way.
    pub direction: Direction,
    /// Where rows without a value stand.
    #[serde(default)]
    pub nulls: Nulls,
}

/// Which way to sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// Where rows without a value stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Nulls {
    /// Behind all others.
    #[default]
    Last,
    /// Before all others.
    First,
}

/// A page of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPage {
    /// The rows.
    pub rows: Vec<ListRow>,
    /// Where the next page begins; none on the last.
    pub next: Option<Cursor>,
}

/// A row of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListRow {
    /// The record.
    pub document: DocumentId,
    /// The columns asked for, in that order.
    pub cells: Vec<SqlValue>,
}

/// A list that cannot be made as asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// No such column.
    #[error("{table} has no column {column:?}")]
    UnknownColumn {
        /// The table.
        table: String,
        /// The column asked for.
        column: String,
    },
    /// No such field of rows or of a list.
    #[error("{table} has no rows or list {field:?}")]
    UnknownField {
        /// The table.
        table: String,
        /// The field asked for.
        field: String,
    },
    /// The column does not link to a kind of record that exists here.
    #[error("{table}.{column} does not link to {to}")]
    NotALink {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// What was wanted of it.
        to: String,
    },
    /// Only texts contain parts.
    #[error("{table}.{column} is not a text")]
    NotAText {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// Only numbers are added up.
    #[error("{table}.{column} cannot be added up")]
    NotANumber {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// The column cannot have this value.
    #[error("{table}.{column} cannot be {value:?}")]
    WrongValue {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The value.
        value: Scalar,
    },
    /// The cursor belongs to another order.
    #[error("the page does not continue a list in this order")]
    ForeignCursor,
    /// More conditions, values or rows than a list may ask for.
    #[error("the list asks for more than {limit} {what}")]
    TooMuch {
        /// Of what.
        what: &'static str,
        /// How many are allowed.
        limit: usize,
    },
}

/// The columns by which lists of a kind are sorted without sorting: an index has the order.
#[must_use]
pub fn orders(kind: Kind) -> Vec<&'static str> {
    let indexes = &tables_of(kind).main.indexes;
    let whole = indexes.iter().filter(|index| index.only.is_none() && index.columns.len() == 2);
    whole.filter_map(|index| index.columns.first().map(String::as_str)).collect()
}

impl ListQuery {
    /// The first `limit` records of a kind in its default order.
    #[must_use]
    pub fn of(kind: Kind, columns: &[&str], limit: u32) -> Self {
        Self {
            kind,
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
            filters: Vec::new(),
            sort: Vec::new(),
            page: Page { after: None, limit },
            search: None,
            show: Show::Standing,
        }
    }
}

impl SortKey {
    /// Sorts by `column`, rows without a value last.
    #[must_use]
    pub fn new(column: &str, direction: Direction) -> Self {
        Self { column: column.to_owned(), direction, nulls: Nulls::Last }
    }
}
