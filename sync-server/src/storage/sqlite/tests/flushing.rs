//! A job is answered after its commit was flushed, and after a flush that failed there is no other.

use std::pin::pin;
use std::time::Duration;

use futures_util::FutureExt as _;
use halyard_disk as disk;

use super::*;

/// Longer than any flush takes.
const LONG: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_job_is_answered_when_its_commit_was_flushed_and_not_before() {
    disk::watch();
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("relay.db-wal");
    let storage = with_a_table(folder.path()).await;

    for number in 0..10 {
        let before = disk::flushes(&log);
        let held = disk::hold(&log);
        let mut answer = pin!(put(&storage, number, 100));
        assert!(answer.as_mut().now_or_never().is_none());
        assert!(held.has_begun_within(LONG), "written and not flushed");
        assert!(answer.as_mut().now_or_never().is_none(), "answered before it was flushed");
        drop(held);
        answer.await.unwrap();
        assert!(disk::is_flushed(&log) && disk::flushes(&log) > before);
    }
}

#[tokio::test]
async fn many_jobs_share_one_flush_and_all_wait_for_it() {
    disk::watch();
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("relay.db-wal");
    let storage = with_a_table(folder.path()).await;
    let held = disk::hold(&log);
    let mut first = pin!(put(&storage, 0, 0));
    assert!(first.as_mut().now_or_never().is_none());
    assert!(held.has_begun_within(LONG));

    // All of these come while the first is flushed.
    let mut others = pin!(futures_util::future::join_all((1..40).map(|number| put(&storage, number, 0))));
    assert!(others.as_mut().now_or_never().is_none());
    let before = disk::flushes(&log);
    drop(held);
    first.await.unwrap();

    assert!(others.await.iter().all(Result::is_ok));
    assert_eq!(disk::flushes(&log), before + 1);
    assert!(disk::is_flushed(&log));
}

#[tokio::test]
async fn after_a_flush_that_failed_nothing_is_answered_as_written_and_nothing_is_flushed_again() {
    disk::watch();
    let folder = tempfile::tempdir().unwrap();
    let (database, log) = (folder.path().join("relay.db"), folder.path().join("relay.db-wal"));
    let storage = with_a_table(folder.path()).await;
    put(&storage, 1, 0).await.unwrap();

    disk::fail(&log);
    let together = futures_util::future::join_all((2..20).map(|number| put(&storage, number, 0))).await;
    let asked = [disk::flushes(&database), disk::flushes(&log)];
    disk::mend(&log);

    assert!(together.iter().all(|answer| why_stopped(answer) == Some(StopReason::DiskFailed)));
    assert_eq!(why_stopped(&put(&storage, 20, 0).await), Some(StopReason::DiskFailed));
    assert_eq!(why_stopped(&storage.still_writes().await), Some(StopReason::DiskFailed));
    drop(storage);
    assert_eq!([disk::flushes(&database), disk::flushes(&log)], asked, "not even at closing");
    let storage = open(folder.path()).unwrap();
    assert_eq!(why_stopped(&put(&storage, 20, 0).await), None);
    drop(storage);
    assert!(numbers(folder.path()).contains(&1));
}

#[tokio::test]
async fn a_disk_that_fails_while_the_log_is_moved_ends_the_writing_and_loses_nothing() {
    disk::watch();
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("relay.db");
    let storage = with_a_table(folder.path()).await;

    disk::fail(&database);
    let before = disk::flushes(&database);
    // Enough for the log to be moved.
    put(&storage, 1, 20 << 20).await.unwrap();

    assert_eq!(why_stopped(&put(&storage, 2, 0).await), Some(StopReason::DiskFailed));
    drop(storage);
    assert_eq!(disk::flushes(&database), before + 1);
    disk::mend(&database);
    drop(open(folder.path()).unwrap());
    assert_eq!(numbers(folder.path()), [1]);
}

#[tokio::test]
async fn the_log_is_moved_into_the_database_when_it_has_grown() {
    disk::watch();
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("relay.db");
    let storage = with_a_table(folder.path()).await;
    let moved = disk::flushes(&database);

    for number in 0..10 {
        put(&storage, number, 1 << 10).await.unwrap();
    }
    assert_eq!(disk::flushes(&database), moved, "a small log stays where it is");
    put(&storage, 10, 20 << 20).await.unwrap();
    storage.still_writes().await.unwrap();
    assert_eq!(disk::flushes(&database), moved + 1);
    assert!(disk::is_flushed(&database));
}

fn numbers(folder: &Path) -> Vec<i64> {
    let connection = Connection::open(folder.join("relay.db")).unwrap();
    let mut statement = connection.prepare("SELECT number FROM tried ORDER BY number").unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}
