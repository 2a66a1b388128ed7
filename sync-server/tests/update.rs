//! A relay whose program is replaced while it runs, as an update does.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a helper of a test fails by panicking"
)]

mod support;

use halyard_protocol::push::{PushAnswer, PushRequest};
use halyard_protocol::receipt::Outcome;

use support::{Place, Tablet};

#[tokio::test]
async fn a_relay_whose_program_was_taken_away_still_merges_when_its_workers_die() {
    let place = Place::new();
    let program = place.path().join("sync-server");
    std::fs::copy(env!("CARGO_BIN_EXE_sync-server"), &program).unwrap();
    let relay = place.serve_from(&program);
    let tablet = Tablet::joined(&place, &relay, "Олена", "dispatcher").await;

    std::fs::remove_file(&program).unwrap();
    assert!(relay.kill_workers() > 0, "it had workers");
    let work = PushRequest { envelopes: vec![tablet.new_customer("Кафе")], ..PushRequest::default() };
    let answer: PushAnswer = tablet.post(&relay, "/v1/sync/push", &work).await.unwrap();
    assert_eq!(answer.receipts[0].outcome, Outcome::Accepted);
}
