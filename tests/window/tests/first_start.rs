//! The window without a profile: the first start, one window for a profile, links from outside.
#![cfg(target_os = "linux")]

use halyard_domain::id::DocumentId;
use halyard_tests::harness::{PULL, Place, RelayFolder, Wire};
use halyard_window_tests::{Desktop, Role, SystemKeyring, Window};
use serde_json::{Value, json};

/// Several pages of a dispatcher's first sync.
const RECORDS: usize = 800;

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

/// Which stage of its life a window is in.
fn is(stage: &Value, name: &str) -> bool {
    stage.get("is").is_some_and(|is| is == name)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_joins_by_hand_and_works_in_the_window_while_the_rest_is_still_on_its_way() {
    let desktop = Desktop::start(1366, 768).unwrap();
    let _keyring = SystemKeyring::on(&desktop).await.unwrap();
    let address = RelayFolder::without_tls(&desktop.folder().join("relay"), "Тепло Сервіс").unwrap();
    address.fill_with_records(RECORDS, &mut |_| {}).unwrap();
    let _relay = address.start().unwrap();
    let wire = Wire::to(&address).await.unwrap();
    let invited = address.invite("Бондар Олена Ігорівна", "dispatcher").unwrap();
    let window = Window::open(&desktop, &desktop.profile("olena")).await.unwrap();

    window.write(&Role::TextBox.named("Посилання або адреса офісу"), &wire.url()).await.unwrap();
    window.write(&Role::TextBox.named("Код"), &invited.code.to_string()).await.unwrap();
    window.write(&Role::TextBox.named("Назва пристрою"), "комп'ютер ПК-07").await.unwrap();
    window.write(&Role::TextBox.named("PIN"), "4071").await.unwrap();
    window.write(&Role::TextBox.named("Ще раз"), "4071").await.unwrap();
    let first = wire.stop(PULL, Place::AfterRequest);
    let second = wire.stop(PULL, Place::InRequest(0));
    window.press(&Role::Button.named("Підключитися")).await.unwrap();
    window.sees(&["Отримуємо дані офісу", "Спершу приходить робота на сьогодні"]).await.unwrap();
    window.picture("first-sync").await.unwrap();

    first.reached().await.unwrap().go_on();
    let second = second.reached().await.unwrap();
    let stage = window.call_until("stage", |stage| stage["usable"] == true).await.unwrap();
    assert!(is(&stage, "first_sync") && stage["records"].as_u64().unwrap() < RECORDS as u64, "{stage}");
    window.press(&Role::Link.named("Сьогодні")).await.unwrap();
    window.sees(&["У журналі", "V-"]).await.unwrap();
    window.picture("first-page").await.unwrap();

    second.go_on();
    window.call_until("stage", |stage| is(stage, "open")).await.unwrap();
    let in_step = |status: &Value| status.pointer("/connection/is").is_some_and(|is| is == "in_step");
    window.call_until("sync_status", in_step).await.unwrap();
}
