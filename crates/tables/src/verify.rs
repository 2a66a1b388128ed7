//! Whether stored rows are what a record's document says.
//!
//! Derived tables may be dropped and rebuilt, and a rebuild must change nothing. These functions find
//! out without rebuilding: each record's rows are compared with fresh ones, its cross-record values
//! with a fresh computation. The word indexes are not read back; they are written with the rows.

use std::borrow::Cow;

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;

use crate::columns::{ColumnDef, Meaning};
use crate::ddl::{quoted, quoted_list};
use crate::derived::{ALL, Session, labels, merging, values};
use crate::rows::RecordRows;
use crate::sql::{SqlRow, SqlValue, Statement, Target};
use crate::tables::{MADE_TWICE, TableDef, column, tables_of};
use crate::write::key_condition;

/// A table that holds something else than the record says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The table.
    pub table: String,
    /// What stands there.
    pub stored: Vec<SqlRow>,
    /// What should stand there.
    pub expected: Vec<SqlRow>,
}

/// Compares everything stored for a record with `rows`, made from its document just now.
///
/// # Errors
/// What the database says.
pub fn differences<S: Session>(
    session: &S,
    target: Target,
    rows: &RecordRows,
) -> Result<Vec<Difference>, S::Error> {
    let tables = tables_of(rows.kind);
    let mut found = Vec::new();
    let own: Vec<&ColumnDef> = tables.main.own_columns().collect();
    compare(session, target, &tables.main, column::ID, &own, vec![rows.main.clone()], rows, &mut found)?;
    for (child, expected) in tables.children.iter().zip(&rows.children) {
        let own: Vec<&ColumnDef> = child.table.own_columns().collect();
        let expected = expected.clone();
        compare(session, target, &child.table, column::RECORD, &own, expected, rows, &mut found)?;
    }
    if MADE_TWICE.contains(&rows.kind)
        && let Some(counts) = tables.main.column(column::MERGED_INTO)
    {
        let expected = vec![vec![merging::expected(session, target, rows.kind, rows.document)?]];
        compare(session, target, &tables.main, column::ID, &[counts], expected, rows, &mut found)?;
    }
    for derived in ALL.iter().filter(|derived| derived.of == rows.kind) {
        let columns = (derived.columns)();
        let columns: Vec<&ColumnDef> = columns.iter().collect();
        let expected = vec![values(session, target, derived, rows.document)?];
        compare(session, target, &tables.main, column::ID, &columns, expected, rows, &mut found)?;
    }
    if let Some(keys) = labels::keys(session, target, rows.kind, rows.document)?
        && keys.stored != keys.expected
    {
        let table = tables.main.name.clone();
        found.push(Difference { table, stored: vec![keys.stored], expected: vec![keys.expected] });
    }
    Ok(found)
}

/// The query for the records of a kind that have rows, to find those that should have none.
#[must_use]
pub fn ids(target: Target, kind: Kind) -> Statement {
    let workspace = match target.scope.key() {
        key if key.is_empty() => String::new(),
        _ => format!(" WHERE workspace_id = {}", target.dialect.placeholder(1)),
    };
    Statement {
        sql: Cow::Owned(format!("SELECT id FROM {}{workspace} ORDER BY id", quoted(kind.name()))),
        params: target.scope.key(),
    }
}

#[expect(clippy::too_many_arguments, reason = "one comparison, asked for in four places")]
fn compare<S: Session>(
    session: &S,
    target: Target,
    table: &TableDef,
    id: &str,
    columns: &[&ColumnDef],
    mut expected: Vec<SqlRow>,
    rows: &RecordRows,
    found: &mut Vec<Difference>,
) -> Result<(), S::Error> {
    let mut stored = session.query(&select(target, table, id, columns, rows.document))?;
    for row in &mut stored {
        for (cell, column) in row.iter_mut().zip(columns) {
            *cell = typed(column, std::mem::replace(cell, SqlValue::Null));
        }
    }
    stored.sort();
    expected.sort();
    if stored != expected {
        found.push(Difference { table: table.name.clone(), stored, expected });
    }
    Ok(())
}

fn select(
    target: Target,
    table: &TableDef,
    id: &str,
    columns: &[&ColumnDef],
    document: DocumentId,
) -> Statement {
    let names = quoted_list(columns.iter().map(|column| column.name.as_str()));
    let condition = key_condition(target.dialect, target.scope.leading(), id, 1);
    Statement {
        sql: Cow::Owned(format!("SELECT {names} FROM {} WHERE {condition}", quoted(&table.name))),
        params: target.key_of(document),
    }
}

/// SQLite keeps yes and no as numbers.
pub(crate) fn typed(column: &ColumnDef, value: SqlValue) -> SqlValue {
    match (column.meaning, value) {
        (Meaning::Bool, SqlValue::Int(number)) => SqlValue::Bool(number != 0),
        (_, other) => other,
    }
}
