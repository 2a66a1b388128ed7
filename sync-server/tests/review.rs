//! The review queue from a device that was lost to the decision of the office.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a helper of a test fails by panicking"
)]

mod support;

use halyard_domain::id::DocumentId;
use halyard_protocol::problem::ErrorCode;
use halyard_protocol::pull::{Entry, PullAnswer, PullRequest};
use halyard_protocol::push::{PushAnswer, PushRequest};
use halyard_protocol::receipt::Outcome;
use halyard_protocol::review::ReviewList;
use serde_json::Value;

use support::{Place, RunningRelay, Tablet};

/// A technician's tablet, reported stolen, that still had a customer to send.
async fn work_of_a_lost_tablet(place: &Place, relay: &RunningRelay) -> Value {
    let lost = Tablet::joined(place, relay, "Степан", "technician").await;
    place.json(&["devices", "revoke", &lost.device.to_string()]);
    let unsent = PushRequest { envelopes: vec![lost.new_customer("Кафе")], ..PushRequest::default() };
    let answer: PushAnswer = lost.post(relay, "/v1/sync/push", &unsent).await.unwrap();
    assert_eq!(answer.receipts[0].outcome, Outcome::Quarantined);

    let waiting = place.json(&["review", "list"])["review"].clone();
    assert_eq!(waiting.as_array().map(Vec::len), Some(1), "{waiting}");
    waiting[0].clone()
}

fn shortened(work: &Value) -> String {
    work["work"].as_str().unwrap().chars().take(10).collect()
}

/// Whether a device that sees everything sees the customer of the lost tablet.
async fn is_in_the_company(relay: &RunningRelay, dispatcher: &Tablet) -> bool {
    let asked = PullRequest { max_bytes: Some(4 << 20), ..PullRequest::default() };
    let page: PullAnswer = dispatcher.post(relay, "/v1/sync/pull", &asked).await.unwrap();
    assert!(page.entries.iter().any(|entry| entry.document() != Some(customer())), "the people are there");
    page.entries
        .iter()
        .any(|entry| matches!(entry, Entry::Snapshot(snapshot) if snapshot.document == customer()))
}

fn customer() -> DocumentId {
    DocumentId::made_by_rule("Кафе")
}

#[tokio::test]
async fn what_a_lost_tablet_hands_over_is_taken_in_by_somebody_who_may() {
    let place = Place::new();
    let relay = place.serve();
    let dispatcher = Tablet::joined(&place, &relay, "Олена", "dispatcher").await;
    let work = work_of_a_lost_tablet(&place, &relay).await;
    assert_eq!((work["kind"].as_str(), work["outcome"].as_str()), (Some("customer"), Some("quarantined")));
    assert_eq!(work["reason"], "device_revoked");
    assert_eq!(work["name"], "Коваль Степан Петрович");
    assert!(!is_in_the_company(&relay, &dispatcher).await);
    let name = |changes: &Value| {
        let changes = changes.as_array().unwrap().iter();
        changes.filter(|change| change["field"] == "name").cloned().collect::<Vec<_>>()
    };
    let expected = serde_json::json!([{ "field": "name", "now": [], "wanted": ["Кафе"] }]);
    let shown = place.json(&["review", "show", &shortened(&work)])["work"].clone();
    assert_eq!(shown["work"], work["work"]);
    assert_eq!(name(&shown["changes"]), *expected.as_array().unwrap());
    assert_eq!(shown["behind"], serde_json::json!([]));
    let listed = String::from_utf8(place.run(&["review", "list"]).stdout).unwrap();
    assert!(listed.contains(&shortened(&work)) && listed.contains("device_revoked"), "{listed}");
    let said = String::from_utf8(place.run(&["review", "show", &shortened(&work)]).stdout).unwrap();
    let line = said.lines().find(|line| line.contains("Кафе"));
    assert!(line.is_some_and(|line| line.contains("name ")), "{said}");

    let no_right = place.run(&["review", "accept", &shortened(&work), "--by", "Степан", "--json"]);
    assert_eq!(no_right.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&no_right.stderr).contains("refused"));
    let decided = place.json(&["review", "accept", &shortened(&work), "--by", "Administrator"]);
    assert_eq!(decided["decided"][0]["outcome"], "accepted");
    assert_eq!(decided["decided"][0]["work"], work["work"]);

    assert!(is_in_the_company(&relay, &dispatcher).await);
    assert_eq!(place.json(&["review", "list"])["review"], serde_json::json!([]));
    assert_decided_once(&place, &work, "accepted");
    assert!(place.json(&["verify"])["verified"]["faults"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn what_is_declined_stays_out_and_its_author_is_answered() {
    let place = Place::new();
    let relay = place.serve();
    let dispatcher = Tablet::joined(&place, &relay, "Олена", "dispatcher").await;
    let work = work_of_a_lost_tablet(&place, &relay).await;

    let without_an_answer = place.run(&["review", "decline", &shortened(&work), "--by", "Administrator"]);
    assert_eq!(without_an_answer.status.code(), Some(2));
    let answer =
        ["review", "decline", &shortened(&work), "--by", "Administrator", "--answer", "Такий клієнт уже є"];
    let decided = place.json(&answer);
    assert_eq!(decided["decided"][0]["reason"], "declined");
    assert!(!is_in_the_company(&relay, &dispatcher).await);
    assert_decided_once(&place, &work, "declined");
}

#[tokio::test]
async fn a_decision_is_found_by_six_digits_of_its_work_or_more_and_by_nothing_less() {
    let place = Place::new();
    let relay = place.serve();
    let reviewer = Tablet::joined(&place, &relay, "Ірина", "administrator").await;
    let about = async |named: &str| {
        let answer = reviewer.get::<ReviewList>(&relay, &format!("/v1/review?decided={named}")).await;
        answer.map(|list| (list.items.len(), list.decided)).map_err(|problem| problem.code)
    };
    let work = work_of_a_lost_tablet(&place, &relay).await;
    let name = work["work"].as_str().unwrap();
    assert_eq!(about(name).await, Ok((0, Vec::new())), "it still waits");
    place.json(&["review", "decline", name, "--by", "Administrator", "--answer", "Такий клієнт уже є"]);

    for named in [&name[..6], &name[..7], name, &name[..8].to_uppercase()] {
        let (items, decided) = about(named).await.unwrap();
        let told: Vec<_> = decided.iter().map(|receipt| (receipt.envelope.to_string(), receipt.by)).collect();
        let by = decided.first().and_then(|receipt| receipt.by);
        assert!(by.is_some(), "{named}");
        assert_eq!((items, told), (0, vec![(name.to_owned(), by)]), "{named}");
    }
    let other = if name.starts_with('0') { "1" } else { "0" }.repeat(6);
    assert_eq!(about(&other).await, Ok((0, Vec::new())));
    for nothing in ["", &name[..5], "zzzzzz", &format!("{name}0")] {
        assert_eq!(about(nothing).await, Err(ErrorCode::UnknownOrForbidden), "{nothing}");
    }
}

/// Whoever decides again, either way, learns who decided what and when.
#[track_caller]
fn assert_decided_once(place: &Place, work: &Value, decided: &str) {
    let work = shortened(work);
    let by = ["--by", "Administrator"];
    for again in [&["accept", &work][..], &["decline", &work, "--answer", "Ні"], &["show", &work]] {
        let by = if again[0] == "show" { &[][..] } else { &by[..] };
        let output = place.run(&[&["review"], again, by].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        let sentence = said.lines().find(|line| line.contains(&format!(" {decided} this work on 20")));
        assert!(
            sentence.is_some_and(|line| line.contains("Administrator") && line.ends_with("UTC.")),
            "{said}"
        );
    }
}
