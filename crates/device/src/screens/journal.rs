//! Journals: long lists with columns, filters, order, groups and sums.
//!
//! A journal is a [`ListQuery`]; its pages come from the tables by the place where the last one ended, so
//! a hundred thousand rows cost what a hundred do. Records that cells name come with their names, one
//! query for the page.

use std::collections::BTreeMap;

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::records::schema;
use halyard_domain::schema::Shape;
use halyard_domain::value::ScalarType;
use halyard_tables::columns::{ColumnDef, Meaning};
use halyard_tables::list::{self, Cursor, ListQuery, orders};
use halyard_tables::sql::{SqlValue, Target};
use halyard_tables::tables::{column, tables_of};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::device::Device;
use crate::screens::ScreenError;
use crate::screens::lines::links;
use crate::screens::names::{Linked, Names};

/// A page of a journal.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct JournalPage {
    /// The rows.
    pub rows: Vec<JournalRow>,
    /// Where the next page begins; absent on the last.
    pub next: Option<Cursor>,
}

/// A row of a journal.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct JournalRow {
    /// The record.
    pub document: DocumentId,
    /// The columns asked for, in that order.
    pub cells: Vec<JournalCell>,
}

/// What stands in a column. A moment is Unix seconds, money minor units, a decimal canonical text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(untagged)]
pub enum JournalCell {
    /// Nothing.
    Nothing,
    /// Yes or no.
    Yes(bool),
    /// A number.
    Number(i64),
    /// Text, a choice's or a state's name, a date.
    Text(String),
    /// A record.
    Link(Linked),
    /// Several records.
    Links(Vec<Linked>),
}

/// How many records a journal has in all.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct JournalTotal {
    /// How many.
    pub count: u64,
}

/// Asks for the groups of a journal.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct GroupsAsked {
    /// The journal; its columns, order and page do not matter.
    pub query: ListQuery,
    /// The column whose values make the groups.
    pub by: String,
    /// Columns to add up in each group.
    #[serde(default)]
    pub sums: Vec<String>,
}

/// A group of a journal's rows.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct JournalGroup {
    /// The value the group has in common.
    pub value: JournalCell,
    /// How many rows.
    pub count: i64,
    /// The sums asked for, in that order, in the column's own whole units: millionths for decimals, minor
    /// units for money.
    pub sums: Vec<Option<i64>>,
}

/// Asks for the columns of a kind.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct KindAsked {
    /// The kind.
    pub kind: Kind,
}

/// A column that journals of a kind may show.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ColumnView {
    /// Its name in a query.
    pub name: String,
    /// What stands there.
    pub holds: ColumnHolds,
    /// Of a link or a list of links: the kind of record named; it may be one of a newer version.
    pub links_to: Option<String>,
    /// Of a choice: its names.
    pub choices: Vec<String>,
    /// Whether an index serves this order, so that it is instant however long the journal is.
    pub sorts_by_index: bool,
    /// The column that adds up instead, when this one can be added up.
    pub sum: Option<String>,
    /// Whether it may make groups.
    pub groups: bool,
    /// The field to edit in the row; absent for what is derived.
    pub field: Option<String>,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ColumnHolds {
    /// A record.
    Link,
    /// A list of records.
    Links,
    /// Text.
    Text,
    /// A list of lines.
    Lines,
    /// A choice or a state, by name.
    Choice,
    /// A date.
    Date,
    /// A decimal number, canonical text.
    Decimal,
    /// A whole number.
    Number,
    /// Hundredths of a percent.
    Percent,
    /// Minor units of a currency; the currency is the column of the same name with `_currency`.
    Money,
    /// Unix seconds; the offset it was entered at is the column of the same name with `_offset`.
    Moment,
    /// Yes or no.
    YesNo,
}

/// A page of a journal.
///
/// # Errors
/// When a column or condition is not there, or the device cannot be read.
pub fn journal(app: &App, query: &ListQuery) -> Result<JournalPage, ScreenError> {
    let device = app.device();
    let page = device.list(query)?;
    let table = &tables_of(query.kind).main;
    let defs: Vec<Option<&ColumnDef>> = query.columns.iter().map(|name| table.column(name)).collect();
    let lists: Vec<bool> =
        query.columns.iter().map(|name| list_of_links(query.kind, name).is_some()).collect();
    let mut named = Vec::new();
    for row in &page.rows {
        for (cell, is_list) in row.cells.iter().zip(&lists) {
            named.extend(cell.document());
            if *is_list {
                named.extend(links(cell));
            }
        }
    }
    let names = Names::that_stay(device, named)?;
    let rows = page.rows.into_iter().map(|row| JournalRow {
        document: row.document,
        cells: row
            .cells
            .into_iter()
            .zip(defs.iter().zip(&lists))
            .map(|(cell, (def, is_list))| shown(cell, *def, *is_list, &names))
            .collect(),
    });
    Ok(JournalPage { rows: rows.collect(), next: page.next })
}

/// How many records a journal has in all.
///
/// # Errors
/// As [`journal`].
pub fn journal_total(app: &App, query: &ListQuery) -> Result<JournalTotal, ScreenError> {
    Ok(JournalTotal { count: app.device().count(query)? })
}

/// The groups of a journal by the values of one column, with counts and sums.
///
/// # Errors
/// As [`journal`].
pub fn journal_groups(app: &App, asked: &GroupsAsked) -> Result<Vec<JournalGroup>, ScreenError> {
    let device = app.device();
    let query = device.with_duplicates(&asked.query)?;
    let statement = list::group_by(Target::DEVICE, &query, &asked.by, &asked.sums);
    let rows = device.store.query(&statement.map_err(crate::error::DeviceError::List)?)?;
    let groups = of_those_that_stay(device, &asked.query, &asked.by, rows)?;
    let names = Names::of(device, groups.iter().filter_map(|group| group.value.document()))?;
    let def = tables_of(asked.query.kind).main.column(&asked.by);
    let shown =
        |Group { value, count, sums }| JournalGroup { value: shown(value, def, false, &names), count, sums };
    Ok(groups.into_iter().map(shown).collect())
}

/// A group as it is counted.
struct Group {
    value: SqlValue,
    count: i64,
    sums: Vec<Option<i64>>,
}

/// The groups with those of duplicates in the group of the record that stays: its rows are found there.
fn of_those_that_stay(
    device: &Device,
    query: &ListQuery,
    by: &str,
    rows: Vec<Vec<SqlValue>>,
) -> Result<Vec<Group>, ScreenError> {
    let documents = rows.iter().filter_map(|row| row.first()?.document());
    let stays = device.that_stay_in(query.kind, by, documents)?;
    let mut groups: Vec<Group> = Vec::with_capacity(rows.len());
    let mut places: BTreeMap<DocumentId, usize> = BTreeMap::new();
    for row in rows {
        let mut cells = row.into_iter();
        let (Some(value), Some(count)) = (cells.next(), cells.next().and_then(|cell| cell.int())) else {
            continue;
        };
        let sums = cells.map(|cell| cell.int()).collect();
        let Some(named) = value.document() else {
            groups.push(Group { value, count, sums });
            continue;
        };
        let stays = stays.get(&named).copied().unwrap_or(named);
        if let Some(group) = places.get(&stays).and_then(|place| groups.get_mut(*place)) {
            group.add(count, sums);
        } else {
            places.insert(stays, groups.len());
            groups.push(Group { value: stays.into(), count, sums });
        }
    }
    Ok(groups)
}

impl Group {
    fn add(&mut self, count: i64, sums: Vec<Option<i64>>) {
        self.count += count;
        for (sum, more) in self.sums.iter_mut().zip(sums) {
            // A group in which nothing stands has no sum, not zero.
            *sum = sum.map_or(more, |sum| Some(sum + more.unwrap_or(0)));
        }
    }
}

/// The columns that journals of a kind may show.
///
/// # Errors
/// Never; all calls may fail.
pub fn journal_columns(_: &App, asked: &KindAsked) -> Result<Vec<ColumnView>, ScreenError> {
    let table = &tables_of(asked.kind).main;
    Ok(table.columns.iter().filter_map(|def| column_view(asked.kind, def)).collect())
}

fn shown(cell: SqlValue, def: Option<&ColumnDef>, is_list: bool, names: &Names) -> JournalCell {
    if is_list {
        return JournalCell::Links(links(&cell).into_iter().map(|id| names.link(id)).collect());
    }
    match cell {
        SqlValue::Null => JournalCell::Nothing,
        SqlValue::Bool(yes) => JournalCell::Yes(yes),
        SqlValue::Int(number) if def.is_some_and(|def| def.meaning == Meaning::Bool) => {
            JournalCell::Yes(number != 0)
        }
        SqlValue::Int(number) => JournalCell::Number(number),
        SqlValue::Text(text) => JournalCell::Text(text),
        SqlValue::Uuid(_) => {
            cell.document().map_or(JournalCell::Nothing, |id| JournalCell::Link(names.link(id)))
        }
    }
}

fn column_view(kind: Kind, def: &ColumnDef) -> Option<ColumnView> {
    let scalar = scalar_of(kind, &def.name);
    let list = list_of_links(kind, &def.name);
    let holds = match def.meaning {
        Meaning::Link(_) => ColumnHolds::Link,
        Meaning::Text => ColumnHolds::Text,
        Meaning::Choice => ColumnHolds::Choice,
        Meaning::Date => ColumnHolds::Date,
        Meaning::Decimal => ColumnHolds::Decimal,
        Meaning::Int if def.name == "percent" => ColumnHolds::Percent,
        Meaning::Int => ColumnHolds::Number,
        Meaning::MinorUnits => ColumnHolds::Money,
        Meaning::Instant => ColumnHolds::Moment,
        Meaning::Bool => ColumnHolds::YesNo,
        Meaning::Json if list.is_some() => ColumnHolds::Links,
        Meaning::Json if matches!(scalar, Some(ScalarType::List(ScalarType::Line))) => ColumnHolds::Lines,
        Meaning::Json
        | Meaning::Row
        | Meaning::Written
        | Meaning::Key
        | Meaning::Rank
        | Meaning::Millionths
        | Meaning::Currency
        | Meaning::Offset => {
            return None;
        }
    };
    let own_link = match def.meaning {
        Meaning::Link(name) => Some(name),
        _ => list,
    };
    let choices = match (def.name.as_str(), scalar) {
        (_, Some(ScalarType::Choice(names))) => names.iter().map(|name| (*name).to_owned()).collect(),
        (column::STATE | "outcome", _) => states(kind, &def.name),
        _ => Vec::new(),
    };
    Some(ColumnView {
        sorts_by_index: orders(kind).contains(&def.compared()),
        sum: sum_column(holds, def),
        groups: matches!(
            holds,
            ColumnHolds::Link | ColumnHolds::Choice | ColumnHolds::YesNo | ColumnHolds::Date
        ),
        links_to: own_link.map(ToOwned::to_owned),
        field: scalar.map(|_| def.name.clone()),
        name: def.name.clone(),
        holds,
        choices,
    })
}

fn sum_column(holds: ColumnHolds, def: &ColumnDef) -> Option<String> {
    match holds {
        ColumnHolds::Decimal => Some(def.compared().to_owned()),
        ColumnHolds::Number | ColumnHolds::Money | ColumnHolds::Percent => Some(def.name.clone()),
        ColumnHolds::Link
        | ColumnHolds::Links
        | ColumnHolds::Text
        | ColumnHolds::Lines
        | ColumnHolds::Choice
        | ColumnHolds::Date
        | ColumnHolds::Moment
        | ColumnHolds::YesNo => None,
    }
}

fn states(kind: Kind, column: &str) -> Vec<String> {
    use halyard_domain::rules::{CardState, ComplaintState, Outcome, VisitState};
    let names = match (kind, column) {
        (Kind::Visit, "outcome") => Outcome::NAMES,
        (Kind::Visit, _) => VisitState::NAMES,
        (Kind::ServiceCard, _) => CardState::NAMES,
        (Kind::Complaint, _) => ComplaintState::NAMES,
        _ => &[],
    };
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The type of the field a column is made from, when it is a column of its own.
fn scalar_of(kind: Kind, name: &str) -> Option<ScalarType> {
    match schema(kind).field(name)?.shape {
        Shape::Scalar(scalar) => Some(scalar),
        Shape::Text | Shape::Rows { .. } | Shape::Events { .. } => None,
    }
}

/// The kind that a list field names.
fn list_of_links(kind: Kind, name: &str) -> Option<&'static str> {
    match scalar_of(kind, name)? {
        ScalarType::List(ScalarType::Link(kind)) => Some(kind),
        _ => None,
    }
}
