//! The window without a profile: the first start, one window for a profile, links from outside.
#![cfg(target_os = "linux")]

use halyard_domain::id::DocumentId;
use halyard_window_tests::{Desktop, Window};
use serde_json::json;

#[tokio::test]
async fn the_window_opens_on_a_fresh_profile_and_asks_for_a_passphrase_where_there_is_no_keyring() {
    let desktop = Desktop::start(1366, 768).unwrap();
    let window = Window::open(&desktop, &desktop.profile("olena")).await.unwrap();

    let stage = window.call("stage", json!({})).await.unwrap();
    assert_eq!(stage, json!({ "is": "new", "pin": false, "protected": false }));
    assert_eq!(window.client.title().await.unwrap(), "Halyard");

    let by = json!({ "hand": { "relay": "http://127.0.0.1:9", "code": "7K3M-9QPX" } });
    let short = json!({ "by": by, "device_name": "x", "protect": { "passphrase": "1" } });
    let refused = window.call("join", short).await.unwrap();
    assert_eq!(refused, json!({ "refused": { "code": "too_short", "least": 8 } }));
    assert!(!desktop.profile("olena").join("device.key").exists(), "a refused first start leaves no profile");
}

#[tokio::test]
async fn a_second_start_hands_its_link_to_the_window_that_is_there() {
    let desktop = Desktop::start(1366, 768).unwrap();
    let window = Window::open(&desktop, &desktop.profile("olena")).await.unwrap();
    let visit = DocumentId::made_by_rule("visit");

    window.start_again(&desktop, &[&format!("halyard://visit/{visit}")]).await.unwrap();
    window.at_place(&format!("/visits/{visit}")).await.unwrap();
}

#[tokio::test]
async fn two_profiles_have_two_windows() {
    let desktop = Desktop::start(1366, 768).unwrap();
    let first = Window::open(&desktop, &desktop.profile("olena")).await.unwrap();
    let second = Window::open(&desktop, &desktop.profile("taras")).await.unwrap();
    for window in [&first, &second] {
        assert_eq!(window.call("stage", json!({})).await.unwrap()["is"], "new");
    }
}
