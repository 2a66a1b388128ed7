//! Rows and events of several records at once: the addresses of a day's customers, the works of a card's
//! visits. One seek a record in the primary key; no document is opened.

use std::borrow::Cow;

use halyard_domain::id::{DocumentId, RowId};
use halyard_domain::kind::Kind;

use crate::columns::ColumnDef;
use crate::ddl::{quoted, quoted_list};
use crate::list::ListError;
use crate::sql::{SqlRow, SqlValue, Statement, Target};
use crate::tables::{ChildTable, Holds, column, tables_of};
use crate::verify::typed;

/// One question may name so many records; SQLite stops at 32,766 parameters in all.
const MAX_RECORDS: usize = 1_000;

/// A row or an event of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildRow {
    /// The record.
    pub record: DocumentId,
    /// The row.
    pub row: RowId,
    /// The columns asked for, in that order.
    pub cells: Vec<SqlValue>,
}

/// The question for the rows of `field` that count, of the records `of`, each record's in the order of
/// birth.
///
/// # Errors
/// When the field or a column is not there, or too many records are named.
pub fn child_rows(
    target: Target,
    kind: Kind,
    field: &str,
    columns: &[&str],
    of: &[DocumentId],
) -> Result<Statement, ListError> {
    let (child, _) = found(kind, field, columns)?;
    if of.len() > MAX_RECORDS {
        return Err(ListError::TooMuch { what: "records", limit: MAX_RECORDS });
    }
    let mut params = target.scope.key();
    let mut condition = String::new();
    if !params.is_empty() {
        condition = format!("workspace_id = {} AND ", target.dialect.placeholder(1));
    }
    let ids = target.dialect.placeholders(params.len() + 1, of.len());
    params.extend(of.iter().map(|document| SqlValue::from(*document)));
    params.push(SqlValue::Bool(false));
    let asked = [column::RECORD, column::ROW].into_iter().chain(columns.iter().copied());
    let sql = format!(
        "SELECT {} FROM {} WHERE {condition}{} IN ({ids}) AND {} = {} ORDER BY {}, {}",
        quoted_list(asked),
        quoted(&child.table.name),
        quoted(column::RECORD),
        quoted(column::WITHDRAWN),
        target.dialect.placeholder(params.len()),
        quoted(column::RECORD),
        quoted(column::ORDER),
    );
    Ok(Statement { sql: Cow::Owned(sql), params })
}

/// Reads the answer of [`child_rows`].
///
/// # Errors
/// As [`child_rows`].
pub fn read_child_rows(
    kind: Kind,
    field: &str,
    columns: &[&str],
    rows: Vec<SqlRow>,
) -> Result<Vec<ChildRow>, ListError> {
    let (_, columns) = found(kind, field, columns)?;
    let row = |mut cells: SqlRow| {
        let mut own = cells.split_off(2);
        for (cell, column) in own.iter_mut().zip(&columns) {
            *cell = typed(column, std::mem::replace(cell, SqlValue::Null));
        }
        let [record, SqlValue::Uuid(row)] = cells.as_slice() else { return None };
        Some(ChildRow { record: record.document()?, row: RowId::from_slice(row).ok()?, cells: own })
    };
    Ok(rows.into_iter().filter_map(row).collect())
}

fn found(
    kind: Kind,
    field: &str,
    columns: &[&str],
) -> Result<(&'static ChildTable, Vec<&'static ColumnDef>), ListError> {
    let unknown = || ListError::UnknownField { table: kind.name().to_owned(), field: field.to_owned() };
    let child =
        tables_of(kind).child(field).filter(|child| child.holds == Holds::Rows).ok_or_else(unknown)?;
    let column = |name: &&str| {
        let missing =
            || ListError::UnknownColumn { table: child.table.name.clone(), column: (*name).to_owned() };
        child.table.column(name).ok_or_else(missing)
    };
    Ok((child, columns.iter().map(column).collect::<Result<_, _>>()?))
}
