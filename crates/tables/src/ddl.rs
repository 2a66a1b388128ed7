//! The SQL that makes and drops derived tables.
//!
//! Derived tables are never migrated: [`version`] is a hash of everything here, and when it differs
//! from the one the tables were made with, they are dropped and rebuilt from the documents.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::search;
use crate::sql::{Dialect, Leading};
use crate::tables::{IndexDef, Only, TableDef, all, column};

/// Raised when rows made from equal documents change though no table does.
const ROWS_VERSION: u32 = 5;

/// The statements that make every derived table.
#[must_use]
pub fn create(dialect: Dialect, leading: Leading) -> Vec<String> {
    let mut statements = create_unsorted(dialect, leading);
    if leading == Leading::Device {
        statements.extend(sort_indexes().into_iter().map(|(_, sql)| sql));
    }
    statements
}

/// As [`create`], without [`sort_indexes`].
#[must_use]
pub fn create_unsorted(dialect: Dialect, leading: Leading) -> Vec<String> {
    let mut statements = Vec::new();
    for table in all().flat_map(|tables| tables.tables()) {
        statements.push(create_table(dialect, leading, table));
        let indexes = table.indexes.iter().filter(|index| !index.device_only);
        statements.extend(indexes.map(|index| create_index(leading, table, index)));
    }
    statements.extend(search::create(dialect, leading));
    statements
}

/// The names of the indexes that only lists sorted by another column than usual are read by, on a device,
/// and the statements that make them. Lists are the same without them. Made when the tables are full they
/// are written once, in order; before, every record would touch a page of each.
#[must_use]
pub fn sort_indexes() -> Vec<(String, String)> {
    let tables = all().flat_map(|tables| tables.tables());
    let late = tables.flat_map(|table| {
        let indexes = table.indexes.iter().filter(|index| index.device_only);
        indexes.map(move |index| (index_name(table, index), create_index(Leading::Device, table, index)))
    });
    late.collect()
}

/// The names of every derived table, in the order they are made.
#[must_use]
pub fn table_names(dialect: Dialect) -> Vec<String> {
    let mut names: Vec<String> =
        all().flat_map(|tables| tables.tables().map(|table| table.name.clone())).collect();
    names.extend(search::table_names(dialect).iter().map(|name| (*name).to_owned()));
    names
}

/// The statement that drops the derived table `name`, which may be one of an older version.
#[must_use]
pub fn drop_table(name: &str) -> String {
    format!("DROP TABLE IF EXISTS {}", quoted(name))
}

/// The version of the derived tables: equal exactly when tables made by one program serve another.
#[must_use]
pub fn version(dialect: Dialect, leading: Leading) -> String {
    let mut hash = Sha256::new();
    hash.update(ROWS_VERSION.to_be_bytes());
    for statement in create(dialect, leading) {
        hash.update(statement.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(8).fold(String::new(), |mut text, byte| {
        // Writing to a String does not fail.
        write!(text, "{byte:02x}").unwrap_or_default();
        text
    })
}

/// A name as an SQL identifier.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Names as a list of SQL identifiers.
pub(crate) fn quoted_list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(quoted).collect::<Vec<_>>().join(", ")
}

fn create_table(dialect: Dialect, leading: Leading, table: &TableDef) -> String {
    let id = match dialect {
        Dialect::Sqlite => "BLOB",
        Dialect::Postgres => "UUID",
    };
    let mut lines: Vec<String> =
        leading.columns().iter().map(|name| format!("    {} {id} NOT NULL", quoted(name))).collect();
    for column in &table.columns {
        let null = if column.required { " NOT NULL" } else { "" };
        lines.push(format!("    {} {}{null}", quoted(&column.name), column.meaning.storage(dialect)));
    }
    let key = quoted_list(leading.columns().iter().chain(table.key).copied());
    let clustered = table.key.len() > 1;
    if dialect == Dialect::Sqlite && leading == Leading::Device && !clustered {
        // A number that stays: what words find leads to the row by it.
        lines.insert(0, "    slot INTEGER PRIMARY KEY".to_owned());
        lines.push(format!("    UNIQUE ({key})"));
    } else {
        lines.push(format!("    PRIMARY KEY ({key})"));
    }
    let suffix = match (dialect, clustered) {
        (Dialect::Sqlite, true) => " STRICT, WITHOUT ROWID",
        // Main rows are wide; kept out of the key's tree, their indexes stay small.
        (Dialect::Sqlite, false) => " STRICT",
        (Dialect::Postgres, _) => "",
    };
    format!("CREATE TABLE {} (\n{}\n){suffix}", quoted(&table.name), lines.join(",\n"))
}

fn index_name(table: &TableDef, index: &IndexDef) -> String {
    let of = if index.only == Some(Only::NoLonger) { "_no_longer" } else { "" };
    format!("{}{of}_by_{}", table.name, index.columns.join("_"))
}

fn create_index(leading: Leading, table: &TableDef, index: &IndexDef) -> String {
    let name = quoted(&index_name(table, index));
    let covered = match leading {
        Leading::Device => index.covers_on_device.as_slice(),
        Leading::Office => &[],
    };
    let columns = index.columns.iter().chain(covered).map(String::as_str);
    let columns = quoted_list(leading.columns().iter().copied().chain(columns));
    let only = index.only.as_ref().map(|only| match only {
        Only::With(column) => format!(" WHERE {} IS NOT NULL", quoted(column)),
        // Word for word what a list of them asks: SQLite concludes nothing.
        Only::NoLonger => {
            format!(" WHERE {} OR {} IS NOT NULL", quoted(column::WITHDRAWN), quoted(column::MERGED_INTO))
        }
    });
    format!(
        "-- Serves: {}.\nCREATE INDEX {name} ON {} ({columns}){}",
        index.serves,
        quoted(&table.name),
        only.unwrap_or_default()
    )
}
