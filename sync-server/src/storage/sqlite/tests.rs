//! What the file promises below any company: one writer, one commit for many, a stop after a failure.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ffi, params};

use super::{OpenError, SqliteStorage, failed};
use crate::storage::{StopReason, Storage, StorageError};

mod flushing;

fn open(folder: &Path) -> Result<SqliteStorage, OpenError> {
    SqliteStorage::open(&folder.join("relay.db"))
}

/// A storage with a table for trying things.
async fn with_a_table(folder: &Path) -> SqliteStorage {
    let storage = open(folder).unwrap();
    let make = |connection: &Connection| {
        connection
            .execute_batch("CREATE TABLE tried (number INTEGER NOT NULL PRIMARY KEY, bytes BLOB) STRICT")
            .map_err(failed)
    };
    storage.writer.write(make).await.unwrap();
    storage
}

async fn put(storage: &SqliteStorage, number: i64, bytes: usize) -> Result<(), StorageError> {
    let put = move |connection: &Connection| {
        let sql = "INSERT INTO tried (number, bytes) VALUES (?1, zeroblob(?2))";
        connection.execute(sql, params![number, i64::try_from(bytes).unwrap()]).map(drop).map_err(failed)
    };
    storage.writer.write(put).await
}

fn why_stopped<T>(answer: &Result<T, StorageError>) -> Option<StopReason> {
    match answer {
        Err(StorageError::Stopped(stop)) => Some(stop.reason),
        _ => None,
    }
}

fn count(folder: &Path) -> i64 {
    let connection = Connection::open(folder.join("relay.db")).unwrap();
    connection.query_row("SELECT COUNT(*) FROM tried", [], |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn a_bad_job_undoes_only_itself_though_all_share_one_commit() {
    let folder = tempfile::tempdir().unwrap();
    let storage = with_a_table(folder.path()).await;
    put(&storage, 7, 0).await.unwrap();

    let jobs = (0..100).map(|number| put(&storage, number, 0));
    let answers = futures_util::future::join_all(jobs).await;

    let refused: Vec<usize> =
        answers.iter().enumerate().filter(|(_, answer)| answer.is_err()).map(|(at, _)| at).collect();
    assert_eq!(refused, [7]);
    drop(storage);
    assert_eq!(count(folder.path()), 100);
}

#[tokio::test]
async fn a_file_that_another_program_holds_ends_no_writing() {
    let folder = tempfile::tempdir().unwrap();
    let storage = with_a_table(folder.path()).await;
    let impatient =
        |connection: &Connection| connection.busy_timeout(Duration::from_millis(1)).map_err(failed);
    storage.writer.write(impatient).await.unwrap();
    let shell = Connection::open(folder.path().join("relay.db")).unwrap();
    shell.execute_batch("BEGIN IMMEDIATE").unwrap();

    assert!(matches!(put(&storage, 1, 0).await, Err(StorageError::Busy)));
    shell.execute_batch("ROLLBACK").unwrap();

    put(&storage, 1, 0).await.unwrap();
    drop(storage);
    assert_eq!(count(folder.path()), 1);
}

#[tokio::test]
async fn a_job_that_panics_is_refused_and_the_writer_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let storage = with_a_table(folder.path()).await;

    let panicking = |_: &Connection| -> Result<(), StorageError> { panic!("a fault") };
    let refused = storage.writer.write(panicking).await;

    assert!(matches!(refused, Err(StorageError::Bug)));
    put(&storage, 1, 0).await.unwrap();
}

#[tokio::test]
async fn a_job_that_is_alone_and_is_refused_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let storage = with_a_table(folder.path()).await;
    put(&storage, 1, 0).await.unwrap();

    let half = |connection: &Connection| -> Result<(), StorageError> {
        connection.execute("UPDATE tried SET number = number + 100", []).map_err(failed)?;
        Err(StorageError::Bug)
    };
    assert!(storage.writer.write(half).await.is_err());

    put(&storage, 2, 0).await.unwrap();
    drop(storage);
    assert_eq!(count(folder.path()), 2);
    let connection = Connection::open(folder.path().join("relay.db")).unwrap();
    let most: i64 = connection.query_row("SELECT MAX(number) FROM tried", [], |row| row.get(0)).unwrap();
    assert_eq!(most, 2);
}

#[tokio::test]
async fn a_full_disk_stops_all_writing_and_loses_nothing_that_was_answered() {
    let folder = tempfile::tempdir().unwrap();
    let storage = with_a_table(folder.path()).await;
    put(&storage, 1, 0).await.unwrap();
    let fill = |connection: &Connection| {
        let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0)).map_err(failed)?;
        connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).map_err(failed)
    };
    storage.writer.write(fill).await.unwrap();

    let full = put(&storage, 2, 1 << 20).await;
    assert_eq!(why_stopped(&full), Some(StopReason::DiskFull), "{full:?}");
    let later = put(&storage, 3, 0).await;

    assert_eq!(why_stopped(&later), Some(StopReason::DiskFull), "{later:?}");
    assert!(storage.workspaces().await.is_ok(), "reading goes on");
    drop(storage);
    assert_eq!(count(folder.path()), 1);
}

#[test]
fn what_stops_the_writing_is_known_by_its_code() {
    let reason = |code| {
        let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some("disk I/O error".to_owned()));
        why_stopped::<()>(&Err(failed(error)))
    };

    assert_eq!(reason(ffi::SQLITE_FULL), Some(StopReason::DiskFull));
    assert_eq!(reason(ffi::SQLITE_IOERR_SHMSIZE), Some(StopReason::DiskFull));
    assert_eq!(reason(ffi::SQLITE_IOERR_FSYNC), Some(StopReason::DiskFailed));
    assert_eq!(reason(ffi::SQLITE_READONLY), Some(StopReason::DiskFailed));
    assert_eq!(reason(ffi::SQLITE_CORRUPT), Some(StopReason::Damaged));
    assert_eq!(reason(ffi::SQLITE_CONSTRAINT), None);
}

#[tokio::test]
async fn a_second_relay_is_kept_away_until_the_first_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path()).unwrap();

    assert!(matches!(open(folder.path()), Err(OpenError::InUse(_))));
    drop(first);

    assert!(open(folder.path()).is_ok());
}

#[test]
fn a_database_of_a_newer_relay_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()).unwrap());
    let connection = Connection::open(folder.path().join("relay.db")).unwrap();
    let newer = "INSERT INTO refinery_schema_history (version, name, applied_on, checksum)
                 VALUES (999, 'later', '2030-01-01T00:00:00Z', '1')";
    connection.execute(newer, []).unwrap();
    drop(connection);

    assert!(matches!(open(folder.path()), Err(OpenError::Newer)));
}

#[test]
fn what_is_no_database_is_named_and_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("relay.db");
    std::fs::write(&path, "this is a letter to the customer".repeat(100)).unwrap();

    assert!(matches!(open(folder.path()), Err(OpenError::Damaged { .. })));
    assert!(std::fs::read_to_string(path).unwrap().starts_with("this is a letter"));
}

#[test]
fn every_table_is_led_by_its_company() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()).unwrap());
    let connection = Connection::open(folder.path().join("relay.db")).unwrap();
    let mut tables = connection
        .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
        .unwrap();
    let names: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(names.len() > 20);

    let of_the_file = [
        "sqlite_schema",
        "refinery_schema_history",
        "office_version",
        "office_table",
        "certificate_authority",
    ];
    for name in
        names.iter().filter(|name| !of_the_file.contains(&name.as_str()) && !name.starts_with("sqlite_"))
    {
        let first: String = connection
            .query_row("SELECT name FROM pragma_table_info(?1) ORDER BY pk = 0, pk LIMIT 1", [name], |row| {
                row.get(0)
            })
            .unwrap();
        // Search rows are numbered for the index beside them and carry their company next.
        let expected = if name == "search_document" { "slot" } else { "workspace_id" };
        assert_eq!(first, expected, "{name}");
    }
}

#[tokio::test]
async fn office_tables_of_another_version_are_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()).unwrap());
    let connection = Connection::open(folder.path().join("relay.db")).unwrap();
    let older = "UPDATE office_version SET version = 'older';
                 CREATE TABLE customer_of_old (workspace_id BLOB NOT NULL);
                 INSERT INTO office_table (name) VALUES ('customer_of_old');
                 ALTER TABLE customer ADD COLUMN of_old TEXT;";
    connection.execute_batch(older).unwrap();
    drop(connection);

    drop(open(folder.path()).unwrap());

    let connection = Connection::open(folder.path().join("relay.db")).unwrap();
    let left: i64 = connection
        .query_row(
            "SELECT (SELECT COUNT(*) FROM sqlite_schema WHERE name = 'customer_of_old')
                  + (SELECT COUNT(*) FROM pragma_table_info('customer') WHERE name = 'of_old')",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(left, 0);
}
/// Every statement in the sources that asks for rows.
fn queries() -> Vec<String> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/storage/sqlite");
    let mut found = Vec::new();
    let files = std::fs::read_dir(sources).unwrap().map(|file| file.unwrap().path());
    for file in files.filter(|path| path.is_file() && !path.ends_with("tests.rs")) {
        let text = std::fs::read_to_string(file).unwrap();
        let asks = |part: &&str| ["SELECT", "UPDATE", "DELETE"].iter().any(|word| part.starts_with(word));
        found.extend(text.split('"').filter(asks).filter(|part| !part.contains('{')).map(str::to_owned));
    }
    found
}

/// A query that reads a whole company is right for IT's commands and for rebuilding, and nowhere else.
const READS_EVERYTHING: [&str; 13] = [
    "FROM workspace",
    "UPDATE workspace",
    "FROM device",
    "SET cursor_position = 0, given_position = 0",
    "INDEXED BY account_access_present",
    "INDEXED BY log_of_controls",
    "FROM office_",
    "FROM document_state",
    "FROM search_document",
    "INDEXED BY document_with_row_failure",
    "INDEXED BY envelope_undecided",
    "SELECT COUNT(*)",
    "UPDATE number_series",
];

#[test]
fn every_query_finds_its_rows_by_an_index() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()).unwrap());
    let connection = Connection::open(folder.path().join("relay.db")).unwrap();
    let (mut looked_at, mut slow) = (0, Vec::new());
    for query in queries() {
        let Ok(mut statement) = connection.prepare(&format!("EXPLAIN QUERY PLAN {query}")) else { continue };
        let nothing = (0..statement.parameter_count()).map(|_| 1);
        let Ok(rows) =
            statement.query_map(rusqlite::params_from_iter(nothing), |row| row.get::<_, String>(3))
        else {
            continue;
        };
        looked_at += 1;
        // The names in a parameter are no rows of a table.
        let scans = |step: &String| step.starts_with("SCAN") && !step.starts_with("SCAN json_each");
        let found_by = |step: &String| !scans(step) && !step.ends_with("(workspace_id=?)");
        let bad: Vec<String> = rows.map(Result::unwrap).filter(|step| !found_by(step)).collect();
        if !bad.is_empty() && !READS_EVERYTHING.iter().any(|allowed| query.contains(allowed)) {
            slow.push((query, bad));
        }
    }
    assert!(looked_at > 80, "only {looked_at} queries");
    assert_eq!(slow, []);
}
