//! Bringing the database up to date.
//!
//! Migrations are numbered files that are only ever added to. The office tables are not among them:
//! they are derived, made by code and rebuilt when their version changes (see [`super::office`]).

use std::path::Path;

use rusqlite::Connection;

use super::{OpenError, unusable};

mod embedded {
    refinery::embed_migrations!("migrations/sqlite");
}

/// Runs what is missing. A migration killed half-way is rolled back and runs again at the next start.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), OpenError> {
    sound(connection, path)?;
    if newest_applied(connection)? > newest_known() {
        return Err(OpenError::Newer);
    }
    embedded::migrations::runner()
        .run(connection)
        .map(drop)
        .map_err(|source| OpenError::Migration(source.into()))
}

/// See [`super::SqliteStorage::needs_migration`].
pub(super) fn needs_migration(path: &Path) -> Result<bool, OpenError> {
    let connection = Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(|source| unusable(path, source))?;
    sound(&connection, path)?;
    Ok(newest_applied(&connection)? < newest_known())
}

/// A damaged header or schema is found here and not in the middle of a push.
fn sound(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    connection
        .query_row("SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))
        .map(drop)
        .map_err(|source| unusable(path, source))
}

fn newest_known() -> i64 {
    let known = embedded::migrations::runner();
    known.get_migrations().iter().map(|migration| i64::from(migration.version())).max().unwrap_or(0)
}

fn newest_applied(connection: &Connection) -> Result<i64, OpenError> {
    let failed = |source: rusqlite::Error| OpenError::Migration(source.into());
    let history = connection
        .query_row("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'refinery_schema_history'", [], |row| {
            row.get::<_, i64>(0)
        })
        .map_err(failed)?;
    if history == 0 {
        return Ok(0);
    }
    connection
        .query_row("SELECT COALESCE(MAX(version), 0) FROM refinery_schema_history", [], |row| row.get(0))
        .map_err(failed)
}
