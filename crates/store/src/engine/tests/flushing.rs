//! What is answered as saved was flushed, and after a flush that failed there is no other.

use halyard_disk as disk;

use super::*;

/// Longer than any flush takes.
const LONG: Duration = Duration::from_secs(60);

fn log_of(place: &Place) -> PathBuf {
    place.folder.path().join("test.db-wal")
}

fn why_stopped(answer: &Result<(), StoreError>) -> Option<StopReason> {
    match answer {
        Err(StoreError::Stopped(stop)) => Some(stop.reason),
        _ => None,
    }
}

#[test]
fn a_job_is_answered_when_its_commit_was_flushed_and_not_before() {
    disk::watch();
    let place = Place::new();
    let (engine, log) = (place.open(), log_of(&place));

    for number in 0..10 {
        let before = disk::flushes(&log);
        let held = disk::hold(&log);
        let answer = ask_for(&engine, &number.to_string());
        assert!(held.has_begun_within(LONG), "written and not flushed");
        assert!(answer.try_recv().is_err(), "answered before it was flushed");
        drop(held);
        answer.recv().unwrap().unwrap();
        assert!(disk::is_flushed(&log) && disk::flushes(&log) > before);
    }
}

#[test]
fn after_a_flush_that_failed_nothing_is_answered_as_saved_and_nothing_is_flushed_again() {
    disk::watch();
    let place = Place::new();
    let (engine, log) = (place.open(), log_of(&place));
    note(&engine, "safe").unwrap();

    disk::fail(&log);
    let failed = note(&engine, "lost");
    let asked = [disk::flushes(&place.path()), disk::flushes(&log)];
    disk::mend(&log);

    assert_eq!(why_stopped(&failed), Some(StopReason::DiskFailed));
    assert_eq!(why_stopped(&note(&engine, "later")), Some(StopReason::DiskFailed));
    drop(engine);
    assert_eq!([disk::flushes(&place.path()), disk::flushes(&log)], asked, "not even at closing");
    assert!(notes(&place.open()).contains(&"safe".to_owned()));
}

#[test]
fn a_disk_that_fails_while_the_log_is_moved_ends_the_writing_and_loses_nothing() {
    disk::watch();
    let place = Place::new();
    let engine = place.open();
    let before = disk::flushes(&place.path());

    disk::fail(&place.path());
    for number in 0..100 {
        note(&engine, &number.to_string()).unwrap();
    }
    let (_nobody, asks) = channel::<()>();
    let tenth = Duration::from_millis(100);
    let stops = (0..600)
        .any(|_| engine.stopped().is_some() || asks.recv_timeout(tenth) != Err(RecvTimeoutError::Timeout));

    assert!(stops, "after a minute of rest the engine goes on");
    assert_eq!(why_stopped(&note(&engine, "later")), Some(StopReason::DiskFailed));
    drop(engine);
    assert_eq!(disk::flushes(&place.path()), before + 1);
    disk::mend(&place.path());
    assert_eq!(notes(&place.open()).len(), 100);
}

#[test]
fn a_log_that_grows_without_a_rest_is_moved_too() {
    disk::watch();
    let place = Place::new();
    let engine = place.open();
    let before = disk::flushes(&place.path());

    // More than the log may hold, and no rest after it.
    note(&engine, &"ж".repeat(20 << 20)).unwrap();
    note(&engine, "next").unwrap();

    assert_eq!(disk::flushes(&place.path()), before + 1);
    assert!(disk::is_flushed(&place.path()));
}
