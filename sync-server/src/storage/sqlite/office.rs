//! The office database: what records are in SQL, for lists, reports and anybody with a SQLite shell.
//!
//! Derived from the documents and never migrated. When the tables of this program differ from those
//! that were made, they are dropped, made anew and filled from the kept contents. Rows are written in
//! the transaction of the change they come from; rows that cannot be written never hold a change up:
//! the record is marked, IT sees it, and a rebuild mends it.

use std::cmp::Ordering;
use std::panic::{AssertUnwindSafe, catch_unwind};

use halyard_domain::id::{DocumentId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_tables::ddl;
use halyard_tables::derived::{self, refresh};
use halyard_tables::rows::rows_of;
use halyard_tables::sql::{Dialect, Leading, Target};
use halyard_tables::tables::{self, RecordTables, TableDef};
use halyard_tables::write::delete_statements;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, params};

use super::failed;
use super::values::{self, document, from_cbor};
use crate::storage::{OfficeReport, StorageError};

/// Makes the office tables when they are missing or of another version; true when they were made.
pub(super) fn prepare(connection: &Connection) -> Result<bool, StorageError> {
    let wanted = ddl::version(Dialect::Sqlite, Leading::Office);
    let present: Option<String> = connection
        .query_row(
            "SELECT version
             FROM office_version",
            [],
            |row| row.get(0),
        )
        .optional()
        .map_err(failed)?;
    if present.as_ref() == Some(&wanted) {
        return Ok(false);
    }
    let mut statement = connection
        .prepare(
            "SELECT name
             FROM office_table",
        )
        .map_err(failed)?;
    let former = statement
        .query_map([], |row| row.get::<_, String>(0))
        .map_err(failed)?
        .collect::<rusqlite::Result<Vec<_>>>()
        .map_err(failed)?;
    for name in former.iter().chain(&ddl::table_names(Dialect::Sqlite)) {
        connection.execute_batch(&ddl::drop_table(name)).map_err(failed)?;
    }
    connection
        .execute_batch(
            "DELETE FROM office_table;
             DELETE FROM office_version;",
        )
        .map_err(failed)?;
    for statement in ddl::create(Dialect::Sqlite, Leading::Office) {
        connection.execute_batch(&statement).map_err(failed)?;
    }
    for name in ddl::table_names(Dialect::Sqlite) {
        connection.execute("INSERT INTO office_table (name) VALUES (?1)", params![name]).map_err(failed)?;
    }
    connection
        .execute("INSERT INTO office_version (version) VALUES (?1)", params![wanted])
        .map_err(failed)?;
    Ok(true)
}

/// Writes a record's rows, or marks the record. Only a failure of the disk is an error.
pub(super) fn store(
    connection: &Connection,
    workspace: WorkspaceId,
    record: DocumentId,
    reading: &Reading,
) -> Result<(), StorageError> {
    connection.execute_batch("SAVEPOINT office").map_err(failed)?;
    let written = catch_unwind(AssertUnwindSafe(|| write(connection, workspace, record, reading)));
    let failure = match written {
        Ok(Ok(())) => None,
        Ok(Err(error)) => match failed(error) {
            stopped @ (StorageError::Stopped(_) | StorageError::Busy) => return Err(stopped),
            StorageError::Query(source) => Some(source.to_string()),
            other @ (StorageError::Damaged { .. } | StorageError::Bug) => Some(other.to_string()),
        },
        Err(_) => Some("making the rows panicked".to_owned()),
    };
    if let Some(failure) = &failure {
        tracing::error!(document.id = %record, failure, "a record's office rows could not be written");
        connection.execute_batch("ROLLBACK TO office").map_err(failed)?;
    }
    connection.execute_batch("RELEASE office").map_err(failed)?;
    mark(connection, workspace, record, failure.as_deref())
}

fn write(
    connection: &Connection,
    workspace: WorkspaceId,
    record: DocumentId,
    reading: &Reading,
) -> rusqlite::Result<()> {
    let target = Target::office(Dialect::Sqlite, workspace);
    let affected = derived::replace(connection, target, &rows_of(record, reading))?;
    refresh(connection, target, &affected)
}

fn mark(
    connection: &Connection,
    workspace: WorkspaceId,
    record: DocumentId,
    failure: Option<&str>,
) -> Result<(), StorageError> {
    connection
        .prepare_cached(
            "UPDATE document
             SET row_failure = ?3
             WHERE workspace_id = ?1 AND document_id = ?2 AND row_failure IS NOT ?3",
        )
        .and_then(|mut statement| {
            statement.execute(params![workspace.as_bytes(), record.as_bytes(), failure])
        })
        .map(drop)
        .map_err(failed)
}

/// Empties the tables of a company and fills them again from the kept contents.
pub(super) fn rebuild(connection: &Connection, workspace: WorkspaceId) -> Result<OfficeReport, StorageError> {
    let target = Target::office(Dialect::Sqlite, workspace);
    for (record, kind) in searchable(connection, workspace)? {
        for statement in delete_statements(target, kind, record) {
            halyard_tables::sqlite::execute(connection, &statement).map_err(failed)?;
        }
    }
    for table in tables::all().flat_map(RecordTables::tables) {
        let sql = format!("DELETE FROM \"{}\" WHERE workspace_id = ?1", table.name);
        connection.execute(&sql, params![workspace.as_bytes()]).map_err(failed)?;
    }
    fill(connection, workspace)?;
    report(connection, workspace)
}

/// What is in the search tables, whose rows do not all name their company.
fn searchable(
    connection: &Connection,
    workspace: WorkspaceId,
) -> Result<Vec<(DocumentId, Kind)>, StorageError> {
    let mut statement = connection
        .prepare(
            "SELECT id, kind
             FROM search_document
             WHERE workspace_id = ?1",
        )
        .map_err(failed)?;
    statement
        .query_map(params![workspace.as_bytes()], |row| Ok((document(row, 0)?, values::kind(row, 1)?)))
        .map_err(failed)?
        .collect::<rusqlite::Result<_>>()
        .map_err(failed)
}

/// Fills empty tables from the kept contents.
pub(super) fn fill(connection: &Connection, workspace: WorkspaceId) -> Result<(), StorageError> {
    each_content(connection, workspace, |record, reading| store(connection, workspace, record, reading))
}

/// Goes through the kept content of every document.
fn each_content(
    connection: &Connection,
    workspace: WorkspaceId,
    mut take: impl FnMut(DocumentId, &Reading) -> Result<(), StorageError>,
) -> Result<(), StorageError> {
    let mut statement = connection
        .prepare(
            "SELECT document_id, reading
             FROM document_state
             WHERE workspace_id = ?1",
        )
        .map_err(failed)?;
    let mut rows = statement.query(params![workspace.as_bytes()]).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        let record = document(row, 0).map_err(failed)?;
        let bytes: Vec<u8> = row.get(1).map_err(failed)?;
        let reading: Reading = from_cbor(&bytes, "a document's content")?;
        take(record, &reading)?;
    }
    Ok(())
}

/// How many records have their rows, and which do not.
pub(super) fn report(connection: &Connection, workspace: WorkspaceId) -> Result<OfficeReport, StorageError> {
    let records: i64 = connection
        .query_row(
            "SELECT COUNT(*)
             FROM document
             WHERE workspace_id = ?1 AND row_failure IS NULL",
            params![workspace.as_bytes()],
            |row| row.get(0),
        )
        .map_err(failed)?;
    let mut statement = connection
        .prepare_cached(
            "SELECT document_id, row_failure
             FROM document INDEXED BY document_with_row_failure
             WHERE workspace_id = ?1 AND row_failure IS NOT NULL",
        )
        .map_err(failed)?;
    let failures = statement
        .query_map(params![workspace.as_bytes()], |row| Ok((document(row, 0)?, row.get(1)?)))
        .map_err(failed)?
        .collect::<rusqlite::Result<Vec<_>>>()
        .map_err(failed)?;
    Ok(OfficeReport { records: values::count(records), failures })
}

/// Where the office rows differ from rows made anew from the kept contents: `table key`.
pub(super) fn differences(
    connection: &Connection,
    workspace: WorkspaceId,
) -> Result<Vec<String>, StorageError> {
    // A database without a name lies in a temporary file and goes with its connection.
    let anew = Connection::open("").map_err(failed)?;
    for statement in ddl::create(Dialect::Sqlite, Leading::Office) {
        anew.execute_batch(&statement).map_err(failed)?;
    }
    anew.execute_batch("PRAGMA synchronous = OFF; BEGIN;").map_err(failed)?;
    each_content(connection, workspace, |record, reading| {
        write(&anew, workspace, record, reading).map_err(failed)
    })?;
    let mut differences = Vec::new();
    for table in tables::all().flat_map(RecordTables::tables) {
        compare(connection, &anew, workspace, table, &mut differences)?;
    }
    Ok(differences)
}

/// Walks a table on both sides in the order of its key.
fn compare(
    kept: &Connection,
    anew: &Connection,
    workspace: WorkspaceId,
    table: &TableDef,
    differences: &mut Vec<String>,
) -> Result<(), StorageError> {
    let columns: Vec<String> = table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    let key: Vec<String> = table.key.iter().map(|column| format!("\"{column}\"")).collect();
    let sql = format!(
        "SELECT {}, {} FROM \"{}\" WHERE workspace_id = ?1 ORDER BY {}",
        key.join(", "),
        columns.join(", "),
        table.name,
        key.join(", ")
    );
    let (mut kept, mut anew) = (kept.prepare(&sql).map_err(failed)?, anew.prepare(&sql).map_err(failed)?);
    let mut kept = kept.query(params![workspace.as_bytes()]).map_err(failed)?;
    let mut anew = anew.query(params![workspace.as_bytes()]).map_err(failed)?;
    let width = table.key.len() + table.columns.len();
    let (mut ours, mut theirs) = (next(&mut kept, width)?, next(&mut anew, width)?);
    loop {
        let order = match (&ours, &theirs) {
            (None, None) => return Ok(()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(a), Some(b)) => a.iter().take(table.key.len()).cmp(b.iter().take(table.key.len())),
        };
        let row = if order == Ordering::Greater { &theirs } else { &ours };
        if order != Ordering::Equal || ours != theirs {
            let key = row.iter().flatten().take(table.key.len()).map(hex::encode).collect::<Vec<_>>();
            differences.push(format!("{} {}", table.name, key.join(" ")));
        }
        if order != Ordering::Greater {
            ours = next(&mut kept, width)?;
        }
        if order != Ordering::Less {
            theirs = next(&mut anew, width)?;
        }
    }
}

/// The next row, each value as its type and bytes, so that rows of any shape compare.
fn next(rows: &mut rusqlite::Rows<'_>, width: usize) -> Result<Option<Vec<Vec<u8>>>, StorageError> {
    let Some(row) = rows.next().map_err(failed)? else { return Ok(None) };
    let mut values = Vec::with_capacity(width);
    for index in 0..width {
        values.push(match row.get_ref(index).map_err(failed)? {
            ValueRef::Null => vec![0],
            ValueRef::Integer(number) => [vec![1], number.to_be_bytes().to_vec()].concat(),
            ValueRef::Real(number) => [vec![2], number.to_be_bytes().to_vec()].concat(),
            ValueRef::Text(text) => [vec![3], text.to_vec()].concat(),
            ValueRef::Blob(blob) => [vec![4], blob.to_vec()].concat(),
        });
    }
    Ok(Some(values))
}
