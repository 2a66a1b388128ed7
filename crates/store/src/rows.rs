//! The derived tables of the device: made by code, dropped freely, rebuilt from the documents.

use std::collections::BTreeSet;

use halyard_tables::ddl;
use halyard_tables::derived::Session;
use halyard_tables::sql::{Dialect, Leading, SqlRow, Statement};
use halyard_tables::sqlite;
use rusqlite::{Connection, OptionalExtension};

use crate::error::StoreError;

/// The device's derived tables in a transaction.
pub(crate) struct Rows<'a>(pub(crate) &'a Connection);

impl Session for Rows<'_> {
    type Error = StoreError;

    fn execute(&self, statement: &Statement) -> Result<(), StoreError> {
        sqlite::execute(self.0, statement)?;
        Ok(())
    }

    fn query(&self, statement: &Statement) -> Result<Vec<SqlRow>, StoreError> {
        Ok(sqlite::query(self.0, statement)?)
    }
}

/// Makes the derived tables when they are missing or of another version. True when they are empty now
/// and have to be filled from the documents.
pub(crate) fn prepare(db: &Connection) -> Result<bool, StoreError> {
    db.execute_batch(
        "CREATE TABLE IF NOT EXISTS derived_version (
             one     INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
             version TEXT    NOT NULL,
             names   TEXT    NOT NULL,
             filled  INTEGER NOT NULL
         ) STRICT",
    )?;
    let version = ddl::version(Dialect::Sqlite, Leading::Device);
    let made: Option<(String, String, bool)> = db
        .query_row("SELECT version, names, filled FROM derived_version", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    match made {
        Some((made, _, filled)) if made == version => Ok(!filled),
        other => {
            let old = other.map(|(_, names, _)| names).unwrap_or_default();
            remake(db, &version, &old)?;
            Ok(true)
        }
    }
}

fn remake(db: &Connection, version: &str, old: &str) -> Result<(), StoreError> {
    db.execute_batch("SAVEPOINT remake")?;
    for name in old.split(',').filter(|name| !name.is_empty()) {
        db.execute_batch(&ddl::drop_table(name))?;
    }
    for statement in ddl::create_unsorted(Dialect::Sqlite, Leading::Device) {
        db.execute_batch(&statement)?;
    }
    let names = ddl::table_names(Dialect::Sqlite).join(",");
    db.execute(
        "INSERT OR REPLACE INTO derived_version (one, version, names, filled) VALUES (1, ?1, ?2, 0)",
        [version, &names],
    )?;
    db.execute_batch("RELEASE remake")?;
    Ok(())
}

/// Notes that the derived tables hold every document.
pub(crate) fn filled(db: &Connection) -> Result<(), StoreError> {
    db.execute("UPDATE derived_version SET filled = 1", [])?;
    Ok(())
}

/// The statements of the [`ddl::sort_indexes`] that are still to be made; none while there is nothing to
/// sort.
pub(crate) fn lacking_sort_indexes(db: &Connection) -> Result<Vec<String>, StoreError> {
    let mut names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'index'")?;
    let made = names.query_map([], |row| row.get(0))?.collect::<Result<BTreeSet<String>, _>>()?;
    let mut lacking = ddl::sort_indexes();
    lacking.retain(|(name, _)| !made.contains(name));
    let some = "SELECT EXISTS (SELECT 1 FROM document)";
    if lacking.is_empty() || !db.query_row(some, [], |row| row.get::<_, bool>(0))? {
        return Ok(Vec::new());
    }
    Ok(lacking.into_iter().map(|(_, sql)| sql).collect())
}
