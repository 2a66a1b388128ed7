use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use super::*;
use crate::error::StopReason;

mod flushing;

const KEY: [u8; 32] = [3; 32];

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("test.db")
    }

    fn open(&self) -> Engine {
        let lock = Lock::take(&self.path()).unwrap();
        let table = "CREATE TABLE IF NOT EXISTS note (text TEXT NOT NULL UNIQUE) STRICT";
        Engine::open(&self.path(), DatabaseKey(KEY), lock, |db| Ok(db.execute_batch(table)?)).unwrap()
    }
}

fn note(engine: &Engine, text: &str) -> Result<(), StoreError> {
    let text = text.to_owned();
    engine.write(move |db| {
        db.execute("INSERT INTO note (text) VALUES (?1)", [text])?;
        Ok(())
    })
}

fn notes(engine: &Engine) -> Vec<String> {
    engine
        .read(|db| {
            let mut statement = db.prepare("SELECT text FROM note ORDER BY rowid")?;
            let rows = statement.query_map([], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .unwrap()
}

/// Asks for a note without waiting for the answer.
fn ask_for(engine: &Engine, text: &str) -> Receiver<Result<(), StoreError>> {
    let text = text.to_owned();
    enqueue(engine, move |db| {
        db.execute("INSERT INTO note (text) VALUES (?1)", [text])?;
        Ok(())
    })
}

fn enqueue(
    engine: &Engine,
    work: impl FnOnce(&Connection) -> Result<(), StoreError> + Send + 'static,
) -> Receiver<Result<(), StoreError>> {
    let Asked { job, answer } = writer::ask(work);
    engine.jobs.as_ref().unwrap().send(job).unwrap();
    answer
}

/// Keeps the writer in a job until something is sent or the sender is dropped, so that what is asked
/// for meanwhile forms the next group.
fn hold(engine: &Engine) -> Sender<()> {
    let (go, wait) = channel::<()>();
    let (started, is_held) = channel();
    enqueue(engine, move |_| {
        started.send(()).unwrap();
        wait.recv().unwrap_or_default();
        Ok(())
    });
    is_held.recv().unwrap();
    go
}

#[test]
fn a_failing_job_and_a_panicking_one_take_nobody_with_them() {
    let place = Place::new();
    let engine = place.open();
    note(&engine, "first").unwrap();
    let go = hold(&engine);
    let group = ["second", "first", "third"].map(|text| ask_for(&engine, text));
    let panicking = enqueue(&engine, |db| {
        db.execute("INSERT INTO note (text) VALUES ('never')", [])?;
        panic!("a bug")
    });
    let last = ask_for(&engine, "last");
    drop(go);

    let answers = group.map(|answer| answer.recv().unwrap().is_ok());
    assert_eq!(answers, [true, false, true]);
    assert!(matches!(panicking.recv().unwrap(), Err(StoreError::Panicked)));
    last.recv().unwrap().unwrap();
    assert_eq!(notes(&engine), ["first", "second", "third", "last"], "in the order they were asked for");
    assert!(engine.stopped().is_none());
}

#[test]
fn what_was_written_is_moved_out_of_the_log_while_nobody_asks() {
    let place = Place::new();
    let engine = place.open();
    for number in 0..100 {
        note(&engine, &number.to_string()).unwrap();
    }
    // The file without its log is what a copy of it alone would hold.
    let moved = || {
        let alone = Place::new();
        fs::copy(place.path(), alone.path()).unwrap();
        notes(&alone.open()).len()
    };
    let (_nobody, asks) = channel::<()>();
    let tenth = Duration::from_millis(100);
    let all = (0..600).any(|_| moved() == 100 || asks.recv_timeout(tenth) != Err(RecvTimeoutError::Timeout));
    assert!(all, "after a minute of rest the database holds {} notes", moved());
    assert_eq!(notes(&engine).len(), 100);
}

#[test]
fn what_is_answered_as_written_is_seen_by_every_reader() {
    let place = Place::new();
    let engine = Arc::new(place.open());
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let engine = Arc::clone(&engine);
            std::thread::spawn(move || {
                for number in 0..20 {
                    let text = format!("{writer}/{number}");
                    note(&engine, &text).unwrap();
                    assert!(notes(&engine).contains(&text), "{text} was acknowledged and is not there");
                }
            })
        })
        .collect();
    writers.into_iter().for_each(|writer| writer.join().unwrap());
    let all = notes(&engine);
    assert_eq!(all.len(), 160);
    for writer in 0..8 {
        let own: Vec<&String> = all.iter().filter(|text| text.starts_with(&format!("{writer}/"))).collect();
        let expected: Vec<String> = (0..20).map(|number| format!("{writer}/{number}")).collect();
        assert_eq!(own, expected.iter().collect::<Vec<_>>(), "each writer's work in its order");
    }
}

#[test]
fn a_reader_cannot_write() {
    let place = Place::new();
    let engine = place.open();
    let written = engine.read(|db| Ok(db.execute("DELETE FROM note", [])?));
    assert!(written.is_err());
}

#[test]
fn a_second_opener_is_refused_until_the_first_has_closed() {
    let place = Place::new();
    let engine = place.open();
    assert!(matches!(Lock::take(&place.path()), Err(StoreError::InUse { .. })));
    drop(engine);
    assert!(Lock::take(&place.path()).is_ok());
}

#[test]
fn a_full_disk_refuses_a_group_keeps_what_was_acknowledged_and_is_written_again_once_there_is_room() {
    let place = Place::new();
    let engine = place.open();
    note(&engine, "safe").unwrap();
    engine
        .write(|db| {
            let pages: i64 = db.query_row("PRAGMA page_count", [], |row| row.get(0))?;
            db.pragma_update(None, "max_page_count", pages + 2)?;
            Ok(())
        })
        .unwrap();
    let go = hold(&engine);
    let huge = "ж".repeat(100_000);
    let group = ["before", &huge, "after"].map(|text| ask_for(&engine, text));
    drop(go);

    // One transaction carries them all, so it is not saved for any.
    for answer in group {
        let error = answer.recv().unwrap().unwrap_err();
        assert!(
            matches!(&error, StoreError::Stopped(stop) if stop.reason == StopReason::DiskFull),
            "{error}"
        );
    }
    assert!(matches!(note(&engine, &huge), Err(StoreError::Stopped(_))), "alone, too");
    assert_eq!(notes(&engine), ["safe"], "reading goes on, and nothing of the group is there");

    engine.write(|db| Ok(db.pragma_update(None, "max_page_count", 1_000_000)?)).unwrap();
    note(&engine, &huge).unwrap();
    assert_eq!(engine.stopped(), None);
    drop(engine);
    assert_eq!(notes(&place.open()), ["safe", &huge]);
}

#[test]
fn a_database_held_by_another_process_is_busy_and_not_broken() {
    let place = Place::new();
    let engine = place.open();
    engine.write(|db| Ok(db.busy_timeout(Duration::from_millis(1))?)).unwrap();
    let other = connect::writer(&place.path(), &DatabaseKey(KEY)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(matches!(note(&engine, "waits"), Err(StoreError::Busy)));
    other.execute_batch("ROLLBACK").unwrap();
    note(&engine, "waits").unwrap();
}

#[test]
fn the_sqlite_inside_is_not_one_that_corrupts() {
    check_version().unwrap();
    assert!(rusqlite::version_number() >= OLDEST_SQLITE);
}

#[test]
fn the_writer_checks_what_it_reads_and_never_maps_the_file() {
    let place = Place::new();
    let engine = place.open();
    let pragmas = engine
        .write(|db| {
            let one = |name: &str| -> Result<String, StoreError> {
                let value: rusqlite::types::Value =
                    db.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))?;
                Ok(match value {
                    rusqlite::types::Value::Integer(number) => number.to_string(),
                    rusqlite::types::Value::Text(text) => text,
                    other => format!("{other:?}"),
                })
            };
            ["foreign_keys", "cell_size_check", "temp_store", "mmap_size"]
                .iter()
                .map(|name| one(name))
                .collect::<Result<Vec<_>, _>>()
        })
        .unwrap();
    assert_eq!(pragmas, ["1", "1", "2", "0"]);
}
