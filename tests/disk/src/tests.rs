use rusqlite::Connection;

use super::*;

fn database(folder: &Path) -> Connection {
    watch();
    let connection = Connection::open(folder.join("a.db")).unwrap();
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).unwrap();
    connection.execute_batch("PRAGMA synchronous = FULL; CREATE TABLE word (text TEXT)").unwrap();
    connection
}

const SAY: &str = "INSERT INTO word (text) VALUES ('Ґанок')";

#[test]
fn a_commit_that_is_not_flushed_is_seen_and_one_that_is_too() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("a.db-wal");
    let database = database(folder.path());

    database.execute_batch("PRAGMA synchronous = OFF").unwrap();
    let before = flushes(&log);
    database.execute(SAY, []).unwrap();
    assert!(!is_flushed(&log));
    assert_eq!(flushes(&log), before);

    database.execute_batch("PRAGMA synchronous = FULL").unwrap();
    database.execute(SAY, []).unwrap();
    assert!(is_flushed(&log));
    assert_eq!(flushes(&log), before + 1);
}

#[test]
fn a_flush_that_fails_fails_the_commit_until_it_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("a.db-wal");
    let database = database(folder.path());

    fail(&log);
    let failed = database.execute(SAY, []).unwrap_err();
    assert_eq!(failed.sqlite_extended_error_code(), Some(rusqlite::ffi::SQLITE_IOERR_FSYNC));
    assert!(!is_flushed(&log));

    mend(&log);
    database.execute(SAY, []).unwrap();
    assert!(is_flushed(&log));
}

#[test]
fn a_commit_ends_when_its_flush_is_let_go() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("a.db-wal");
    let database = database(folder.path());

    let held = hold(&log);
    assert!(!held.has_begun_within(Duration::ZERO));
    let committing = std::thread::spawn(move || database.execute(SAY, []));
    assert!(held.has_begun_within(Duration::from_secs(60)));
    assert!(!committing.is_finished());
    drop(held);

    assert_eq!(committing.join().unwrap(), Ok(1));
}
