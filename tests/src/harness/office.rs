//! The office database as a report or a curious administrator sees it: read-only, by SQL.

use std::path::{Path, PathBuf};

use anyhow::Context;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, params_from_iter};

/// The relay's SQLite file.
#[derive(Debug, Clone)]
pub struct Office {
    path: PathBuf,
}

impl Office {
    /// The office database in a relay's data folder.
    ///
    /// # Errors
    /// When there is no database file.
    pub fn in_folder(data: &Path) -> anyhow::Result<Self> {
        let found = std::fs::read_dir(data)?
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .find(|path| path.extension().is_some_and(|ending| ending == "db" || ending == "sqlite"));
        Ok(Self { path: found.with_context(|| format!("no database in {}", data.display()))? })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Every row of a query, as text; ids as hexadecimal digits.
    ///
    /// # Errors
    /// When the query is wrong.
    pub fn rows(&self, sql: &str, parameters: &[&[u8]]) -> anyhow::Result<Vec<Vec<String>>> {
        let database = Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let mut statement = database.prepare(sql)?;
        let width = statement.column_count();
        let mut found = statement.query(params_from_iter(parameters.iter()))?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            rows.push((0..width).map(|at| row.get_ref(at).map(text)).collect::<Result<_, _>>()?);
        }
        Ok(rows)
    }
}

fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}
