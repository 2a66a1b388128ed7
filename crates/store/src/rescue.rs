//! What nobody but this device has, in a file of its own: work, signed envelopes, which files lie beside the
//! database, what was typed and not saved, views, which imports were done.
//!
//! Written from a damaged database with whatever can still be read, and taken into a fresh one. The file is
//! an SQLCipher database with the same key and the same tables, so nothing leaves the encryption.
//!
//! Documents are not in it: the relay has what it accepted, and the changes carry what it has not.

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::engine::{DatabaseKey, open_damaged, open_new, open_read_only};
use crate::error::StoreError;
use crate::store::migrate;

/// A table that is rescued, with its columns: the key first.
struct Rescued {
    table: &'static str,
    columns: &'static [&'static str],
    /// What makes two rows the same one, when that is not the key.
    same: &'static [&'static str],
}

const TABLES: &[Rescued] = &[
    Rescued {
        table: "identity",
        columns: &[
            "one",
            "workspace",
            "organisation",
            "relay_url",
            "relay_key",
            "device",
            "device_key",
            "employee",
            "incarnation",
            "relay_pin",
        ],
        same: &["one"],
    },
    Rescued {
        table: "own_change",
        columns: &[
            "number",
            "document",
            "kind",
            "generation",
            "hash",
            "chunk",
            "owners",
            "intents",
            "before",
            "made_ms",
            "envelope",
        ],
        same: &["document", "hash"],
    },
    Rescued {
        table: "own_envelope",
        columns: &[
            "hash",
            "document",
            "incarnation",
            "sequence",
            "bytes",
            "outcome",
            "receipt",
            "position",
            "named",
            "acknowledged",
        ],
        same: &["hash"],
    },
    Rescued {
        table: "other_envelope",
        columns: &["hash", "document", "position", "header", "whole"],
        same: &["hash"],
    },
    Rescued { table: "control_entry", columns: &["hash", "bytes"], same: &["hash"] },
    Rescued {
        table: "blob",
        columns: &["hash", "document", "bytes", "media_type", "state", "kept_ms"],
        same: &["hash"],
    },
    Rescued { table: "draft", columns: &["form", "body", "saved_ms"], same: &["form"] },
    Rescued {
        table: "saved_view",
        columns: &["id", "employee", "journal", "name", "place", "body"],
        same: &["id"],
    },
    Rescued {
        table: "import",
        columns: &["number", "file", "done_s", "offset_minutes", "undone", "made", "completed", "records"],
        same: &["number"],
    },
];

/// What belongs to the person alone and does not say to whom.
const OF_NOBODY_NAMED: [&str; 2] = ["draft", "import"];

/// What was rescued.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RescueReport {
    /// True when every row of every table could be read.
    pub complete: bool,
    /// True when it is known whose device this was, so that it need not be enrolled anew.
    pub identity: bool,
    /// Changes made here.
    pub changes: usize,
    /// Envelopes signed here.
    pub envelopes: usize,
}

/// Writes whatever can be read of the database at `source` to a new file at `path`. It is whole or not there.
pub(crate) fn save(source: &Path, path: &Path, key: &DatabaseKey) -> Result<RescueReport, StoreError> {
    let new = crate::private::beside(path, ".new");
    if new.try_exists().map_err(StoreError::File)? {
        std::fs::remove_file(&new).map_err(StoreError::File)?;
    }
    let copied = copy(source, &new, key);
    if copied.is_err()
        && let Err(error) = std::fs::remove_file(&new)
    {
        tracing::warn!(%error, "a rescue file that holds nothing stays behind");
    }
    let report = copied?;
    std::fs::rename(&new, path).map_err(StoreError::File)?;
    crate::private::sync_folder_of(path).map_err(StoreError::File)?;
    Ok(report)
}

fn copy(source: &Path, path: &Path, key: &DatabaseKey) -> Result<RescueReport, StoreError> {
    let mut file = open_new(path, key)?;
    migrate(&mut file)?;
    let transaction = file.transaction()?;
    let mut complete = true;
    for table in TABLES {
        complete &= each_readable_row(source, key, table, |row| add(&transaction, table, row))?;
    }
    let report = RescueReport { complete, ..report(&transaction)? };
    transaction.commit()?;
    file.close().map_err(|(_, error)| error)?;
    Ok(report)
}

/// Takes the rows of the file at `path` into `db`; rows that are there already stay as they are.
pub(crate) fn take_in(db: &Connection, path: &Path, key: &DatabaseKey) -> Result<RescueReport, StoreError> {
    let rescued = report(&open_read_only(path, key)?)?;
    // Whose these were is lost with the identity: whoever enrols the device anew may be somebody else.
    for table in TABLES.iter().filter(|one| rescued.identity || !OF_NOBODY_NAMED.contains(&one.table)) {
        each_readable_row(path, key, table, |row| add(db, table, row))?;
    }
    // What an envelope carried that could not be read is signed anew; what the relay has of it drops out there.
    db.execute(
        "UPDATE own_change SET envelope = NULL WHERE envelope NOT IN (SELECT hash FROM own_envelope)",
        [],
    )?;
    Ok(rescued)
}

fn report(db: &Connection) -> Result<RescueReport, StoreError> {
    let count = |table: &str| -> Result<usize, StoreError> {
        let count: i64 = db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?;
        usize::try_from(count).map_err(|_| StoreError::Garbled("count"))
    };
    Ok(RescueReport {
        complete: true,
        identity: count("identity")? == 1,
        changes: count("own_change")?,
        envelopes: count("own_envelope")?,
    })
}

/// Hands over every row that can be read. A damaged page ends a scan, so what lies behind it is read
/// from the other end. False when some rows may be missing.
fn each_readable_row(
    source: &Path,
    key: &DatabaseKey,
    table: &Rescued,
    mut take: impl FnMut(Vec<Value>) -> Result<(), StoreError>,
) -> Result<bool, StoreError> {
    // Opened anew for each: after a damaged page SQLCipher refuses everything else on the same connection.
    let mut scan_in = |order| scan(&open_damaged(source, key)?, table, order, &mut take);
    if scan_in("ASC")? {
        return Ok(true);
    }
    scan_in("DESC")?;
    Ok(false)
}

/// The columns to read: a database that an older version damaged beyond migration lacks the newer ones.
fn readable(source: &Connection, table: &Rescued) -> Vec<String> {
    let there = |column: &str| {
        let sql = "SELECT count(*) FROM pragma_table_info(?1) WHERE name = ?2";
        // What cannot even be asked is read as if it were there, and fails then.
        source.query_row(sql, [table.table, column], |row| row.get(0)).unwrap_or(true)
    };
    let named = |column: &&str| {
        if there(column) { (*column).to_owned() } else { format!("NULL AS {column}") }
    };
    table.columns.iter().map(named).collect()
}

/// Reads in one direction; false when damage ended it.
fn scan(
    source: &Connection,
    table: &Rescued,
    direction: &str,
    take: &mut impl FnMut(Vec<Value>) -> Result<(), StoreError>,
) -> Result<bool, StoreError> {
    let columns = readable(source, table).join(", ");
    let key = table.columns.first().copied().unwrap_or_default();
    let sql = format!("SELECT {columns} FROM {} ORDER BY {key} {direction}", table.table);
    let ended = |error: rusqlite::Error| {
        tracing::warn!(table = table.table, error = %error, "some rows cannot be read any more");
        false
    };
    let mut statement = match source.prepare(&sql) {
        Ok(statement) => statement,
        Err(error) => return Ok(ended(error)),
    };
    let mut rows = match statement.query([]) {
        Ok(rows) => rows,
        Err(error) => return Ok(ended(error)),
    };
    loop {
        let row = match rows.next() {
            Ok(Some(row)) => (0..table.columns.len()).map(|index| row.get(index)).collect(),
            Ok(None) => return Ok(true),
            Err(error) => return Ok(ended(error)),
        };
        match row {
            Ok(row) => take(row)?,
            Err(error) => return Ok(ended(error)),
        }
    }
}

/// Adds a row unless it is there. Changes get new numbers, behind those that are there.
fn add(db: &Connection, table: &Rescued, mut row: Vec<Value>) -> Result<(), StoreError> {
    if let (true, Some(number)) = (table.table == "own_change", row.first_mut()) {
        *number = Value::Null;
    }
    let places: Vec<String> = (1..=row.len()).map(|index| format!("?{index}")).collect();
    let same: Vec<String> = table
        .same
        .iter()
        .filter_map(|name| table.columns.iter().position(|column| column == name).map(|at| (name, at + 1)))
        .map(|(name, at)| format!("{name} = ?{at}"))
        .collect();
    let sql = format!(
        "INSERT INTO {0} ({1}) SELECT {2} WHERE NOT EXISTS (SELECT 1 FROM {0} WHERE {3})",
        table.table,
        table.columns.join(", "),
        places.join(", "),
        same.join(" AND ")
    );
    db.prepare_cached(&sql)?.execute(params_from_iter(row))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_a_rescued_table_is_rescued() {
        let mut db = Connection::open_in_memory().unwrap();
        migrate(&mut db).unwrap();
        for table in TABLES {
            let mut statement = db.prepare("SELECT name FROM pragma_table_info(?1)").unwrap();
            let names: Vec<String> =
                statement.query_map([table.table], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
            assert_eq!(names, table.columns, "{}", table.table);
        }
    }

    /// Tables that come back or are not missed.
    const NOT_RESCUED: &[&str] = &[
        // The relay has them, and the changes made here carry what it lacks.
        "document",
        "document_change",
        "sync_state",
        "watermark",
        // A code that was not used yet: there is nothing to lose.
        "enrolling",
        // What was told was told.
        "notice",
        // The relay says again what waits.
        "to_review",
        // What ends the app again is counted again.
        "arrival_death",
        "refinery_schema_history",
    ];

    #[test]
    fn every_table_is_rescued_or_comes_back() {
        let mut db = Connection::open_in_memory().unwrap();
        migrate(&mut db).unwrap();
        let mut statement = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
        let mut tables: Vec<String> =
            statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let mut known: Vec<&str> =
            TABLES.iter().map(|table| table.table).chain(NOT_RESCUED.iter().copied()).collect();
        tables.sort();
        known.sort_unstable();
        assert_eq!(tables, known);
    }

    #[test]
    fn a_database_from_before_a_column_gives_its_rows_all_the_same() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(include_str!("../migrations/V1__truth.sql")).unwrap();
        db.execute(
            "INSERT INTO identity VALUES (1, x'01', 'Тест', 'https://relay', x'02', x'03', x'04', x'05', x'06')",
            [],
        )
        .unwrap();
        let identity = &TABLES[0];
        let mut rows = Vec::new();
        let whole = scan(&db, identity, "ASC", &mut |row| {
            rows.push(row);
            Ok(())
        });
        assert!(whole.unwrap());
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].last(), Some(&Value::Null), "no pin was known then");
    }
}
