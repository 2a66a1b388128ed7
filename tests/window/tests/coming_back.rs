//! The window of somebody who comes back: where and as large as it was left, locked until it is opened, and
//! then where a link leads.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use std::path::Path;
use std::sync::Arc;

use fantoccini::Locator;
use halyard_device::ThisMachine;
use halyard_device::life::{Keyring, Life, Protection};
use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_domain::records::{Customer, Visit};
use halyard_tests::harness::RelayFolder;
use halyard_window_tests::{Desktop, Role, SystemKeyring, Window, until};
use serde_json::json;
use tokio::runtime::Handle;

const PASSPHRASE: &str = "сім сірих соколів";
const PIN: &str = "4071";

/// A dispatcher's profile behind the passphrase, in step once and closed. Answers a visit that is in it.
async fn behind_a_passphrase(relay: &RelayFolder, profile: &Path) -> DocumentId {
    let invitation = relay.invite("Бондар Олена Ігорівна", "dispatcher").unwrap();
    let life = Life::new(profile.to_owned(), Keyring::none(), Arc::new(ThisMachine), Handle::current());
    life.join(&invitation, "Стіл", Protection::Passphrase(PASSPHRASE.to_owned())).await.unwrap();
    let device = Arc::clone(life.app().unwrap().device());
    device.sync().await.unwrap();
    let name = Customer::NAME.set(&"ОСББ «Ґанок»".to_owned());
    let customer = device.create(Kind::Customer, vec![name]).unwrap();
    let visit = device.create(Kind::Visit, vec![Visit::CUSTOMER.set(&Ref::to(customer))]).unwrap();
    drop(device);
    life.end().await;
    visit
}

async fn unlock(window: &Window, secret: &str) {
    let field = window.client.wait().for_element(Locator::Css("input[type=password]")).await.unwrap();
    field.clear().await.unwrap();
    field.send_keys(secret).await.unwrap();
    window.press(&Role::Button.named("Відкрити")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_window_shows_nothing_and_a_link_waits_until_it_is_opened() {
    let desktop = Desktop::start(1366, 768).unwrap();
    let address = RelayFolder::new(&desktop.folder().join("relay"), "Тепло Сервіс").unwrap();
    let relay = address.start().unwrap();
    let profile = desktop.profile("dispatcher");
    let visit = behind_a_passphrase(&address, &profile).await;
    let window = Window::open(&desktop, &profile).await.unwrap();
    window.call_until("stage", |stage| stage["is"] == "locked").await.unwrap();

    let link = format!("halyard://visit/{visit}");
    window.start_again(&desktop, &[&link]).await.unwrap();
    unlock(&window, "сім сірих ворон").await;
    window.sees(&["1 невдала спроба", "Не підходить"]).await.unwrap();
    assert!(!window.text().await.unwrap().contains("Ґанок"));
    unlock(&window, PASSPHRASE).await;
    window.sees(&["ОСББ «Ґанок»"]).await.unwrap();
    window.at_place(&format!("/visits/{visit}")).await.unwrap();

    // Locked again, nothing of it is left on the page, and the device answers nothing.
    window.call("lock", json!({})).await.unwrap();
    window.client.wait().for_element(Locator::Css("input[type=password]")).await.unwrap();
    assert!(!window.text().await.unwrap().contains("Ґанок"));
    let asked = json!({ "document": visit });
    assert!(window.call("visit_page", asked).await.unwrap()["refused"].is_object());
    unlock(&window, PASSPHRASE).await;
    window.sees(&["ОСББ «Ґанок»"]).await.unwrap();
    drop(relay);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pin_opens_the_window_together_with_the_keyring_of_the_system_and_not_without() {
    let desktop = Desktop::start(1366, 768).unwrap();
    let keyring = SystemKeyring::on(&desktop).await.unwrap();
    let address = RelayFolder::new(&desktop.folder().join("relay"), "Тепло Сервіс").unwrap();
    let relay = address.start().unwrap();
    let profile = desktop.profile("technician");
    let invitation = address.invite("Коваль Іван Петрович", "technician").unwrap();

    let window = Window::open(&desktop, &profile).await.unwrap();
    let typed = [
        ("Посилання або адреса офісу", invitation.to_string()),
        ("Назва пристрою", "планшет ПЛ-07".to_owned()),
        ("PIN", PIN.to_owned()),
        ("Ще раз", PIN.to_owned()),
    ];
    for (field, text) in &typed {
        window.write(&Role::TextBox.named(field), text).await.unwrap();
    }
    window.press(&Role::Button.named("Підключитися")).await.unwrap();
    window.sees(&["Сьогодні", "Пошук"]).await.unwrap();
    drop(window);

    let window = Window::open(&desktop, &profile).await.unwrap();
    unlock(&window, "0000").await;
    window.sees(&["1 невдала спроба", "Не підходить"]).await.unwrap();
    unlock(&window, PIN).await;
    window.sees(&["Сьогодні", "Пошук"]).await.unwrap();
    drop(window);

    // The same folder where the keyring is not: the PIN alone opens nothing.
    drop(keyring);
    let window = Window::open(&desktop, &profile).await.unwrap();
    unlock(&window, PIN).await;
    window.sees(&["Сховище ключів системи не відповідає"]).await.unwrap();
    assert!(!window.text().await.unwrap().contains("Пошук"));
    drop(relay);
}

/// What is kept of where windows stand, anywhere below a folder.
fn kept_place(folder: &Path) -> Option<serde_json::Value> {
    std::fs::read_dir(folder).ok()?.flatten().find_map(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return kept_place(&path);
        }
        let is_it = path.file_stem()?.to_str()?.starts_with("window-") && path.extension()? == "json";
        is_it.then(|| serde_json::from_slice(&std::fs::read(&path).ok()?).ok()).flatten()
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_window_opens_as_large_as_it_was_when_the_system_ended_it() {
    let desktop = Desktop::start(1366, 768).unwrap();
    let profile = desktop.profile("olena");
    let window = Window::open(&desktop, &profile).await.unwrap();
    window.call_until("stage", |stage| stage["is"] == "new").await.unwrap();
    window.resize(1100, 610).await.unwrap();
    let config = desktop.folder().join("config");
    until("the window's place is kept", async || {
        let kept = kept_place(&config).unwrap_or_default();
        Ok((&kept["main"]["width"], &kept["main"]["height"]) == (&json!(1100), &json!(610)))
    })
    .await
    .unwrap();
    // Nobody asks the program to end.
    drop(window);

    let again = Window::open(&desktop, &profile).await.unwrap();
    let inner = "return [innerWidth, innerHeight]";
    again.script_until(inner, &[], |size| *size == json!([1100, 610])).await.unwrap();
}
