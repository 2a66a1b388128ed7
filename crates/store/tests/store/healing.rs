//! What is kept for a restored relay, and for how long.

use halyard_domain::id::DocumentId;
use halyard_store::{OtherEnvelope, PageCommit, Store, SyncStateChange};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn store(folder: &tempfile::TempDir) -> Store {
    Store::open(&folder.path().join("device.db"), [7; 32]).unwrap()
}

fn other(number: u8, position: u64, header: &[u8]) -> OtherEnvelope {
    OtherEnvelope {
        hash: [number; 32],
        document: DocumentId::made_by_rule("theirs"),
        position,
        bytes: header.to_vec(),
        whole: false,
    }
}

/// A page of the relay that says up to where a verified backup reaches.
fn page(watermark: u64, relay_now_ms: i64) -> PageCommit {
    PageCommit {
        state: SyncStateChange { watermark: Some(watermark), ..SyncStateChange::default() },
        relay_now_ms: Some(relay_now_ms),
        ..PageCommit::default()
    }
}

fn kept(store: &Store) -> Vec<u8> {
    store.other_envelopes_after(None, 10).unwrap().iter().map(|(hash, _)| hash[0]).collect()
}

#[test]
fn other_peoples_work_is_kept_for_35_days_after_a_verified_backup_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    store.keep_other_envelopes(vec![other(1, 10, b"a"), other(2, 20, b"b"), other(3, 30, b"c")]).unwrap();

    store.commit_page(page(10, 0)).unwrap();
    store.commit_page(page(20, 5 * DAY_MS)).unwrap();
    store.commit_page(page(20, 35 * DAY_MS - 1)).unwrap();
    assert_eq!(kept(&store), [1, 2, 3]);

    store.commit_page(page(20, 35 * DAY_MS)).unwrap();
    assert_eq!(kept(&store), [2, 3]);
    store.commit_page(page(20, 40 * DAY_MS)).unwrap();
    assert_eq!(kept(&store), [3]);
    store.commit_page(page(20, 4_000 * DAY_MS)).unwrap();
    assert_eq!(kept(&store), [3], "nothing says that a backup has it");
}

#[test]
fn a_relay_without_a_verified_backup_frees_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    store.keep_other_envelopes(vec![other(1, 1, b"a")]).unwrap();
    store.commit_page(page(0, 0)).unwrap();
    store.commit_page(page(0, 100 * DAY_MS)).unwrap();
    assert_eq!(kept(&store), [1]);
}

#[test]
fn a_receipt_of_a_new_life_of_the_log_takes_the_place_of_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    store.keep_other_envelopes(vec![other(1, 10, b"old")]).unwrap();
    store.keep_other_envelopes(vec![other(1, 4, b"new")]).unwrap();
    assert_eq!(store.other_envelopes_after(None, 10).unwrap(), [([1; 32], b"new".to_vec())]);
}

#[test]
fn the_moment_of_the_wipe_is_that_of_the_first_until_the_device_is_in_step_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    let told = |state| store.commit_page(PageCommit { state, ..PageCommit::default() }).unwrap();
    let wiped = |at| SyncStateChange { wiped_ms: Some(at), ..SyncStateChange::default() };
    told(wiped(10));
    told(wiped(20));
    assert_eq!(store.sync_state().unwrap().wiped_ms, Some(10));
    told(SyncStateChange { last_full_sync_ms: Some(30), ..SyncStateChange::default() });
    told(wiped(40));
    assert_eq!(store.sync_state().unwrap().wiped_ms, Some(40));
}
