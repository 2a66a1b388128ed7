//! A client in another language, written from docs/SYNC.md with the official Automerge library, works with
//! a real relay and a real device of ours.
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use std::path::Path;
use std::process::Command;

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_domain::record::Record;
use halyard_domain::records::{Customer, ServiceCard, Visit};
use halyard_tests::harness::{RelayFolder, TestDevice};
use serde_json::{Value, json};

/// Runs the client in `tests/foreign`, whose packages `cargo xtask test` puts in place.
fn foreign_client(relay: &RelayFolder, code: &str) -> Value {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new("node")
        .arg(tests.join("foreign/client.js"))
        .args([&relay.url(), code])
        .arg(tests.join("../docs/SYNC.md"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn notes(visit: &Visit) -> Vec<&str> {
    visit.works.0.iter().filter_map(|row| row.value.note.as_deref()).collect()
}

#[tokio::test]
async fn a_client_written_from_the_page_alone_works_with_the_relay_and_with_our_devices() {
    let folder = tempfile::tempdir().unwrap();
    let address = RelayFolder::without_tls(&folder.path().join("relay"), "Тепло Сервіс").unwrap();
    let _relay = address.start().unwrap();
    let office = TestDevice::open(folder.path(), "office").unwrap();
    office.enrol(&address, "Бондар Олена Ігорівна", "dispatcher").await.unwrap();
    office.sync().await.unwrap();
    let invited =
        address.admin(&["invite", "--new", "Коваль Іван Петрович", "--role", "technician"]).unwrap();
    let text = |key: &str| invited["invited"][key].as_str().unwrap().to_owned();
    let technician: DocumentId = text("employee").parse().unwrap();
    let create = |kind, intents| office.device.create(kind, intents).unwrap();
    let customer = create(Kind::Customer, vec![Customer::NAME.set(&"Котельня".to_owned())]);
    let card = create(Kind::ServiceCard, vec![ServiceCard::CUSTOMER.set(&Ref::to(customer))]);
    let specialists = vec![Ref::to(technician)];
    let visit =
        create(Kind::Visit, vec![Visit::CARD.set(&Ref::to(card)), Visit::SPECIALISTS.set(&specialists)]);
    office.sync().await.unwrap();

    let said = foreign_client(&address, &text("code"));

    assert_eq!(said["receipts"], json!([{ "outcome": "accepted" }, { "outcome": "accepted" }]));
    assert!(said["number"].as_str().unwrap().ends_with("-00002"), "{said}");
    assert_eq!(said["added_to"], visit.to_string());
    assert_eq!(said["notes"], json!(["Замінено насос"]));

    office.sync().await.unwrap();
    let shown = |id| Visit::read(&office.device.show(id).unwrap().reading);
    let (theirs, made) = (shown(visit), shown(said["made"].as_str().unwrap().parse().unwrap()));
    assert_eq!(notes(&theirs), ["Замінено насос"]);
    assert_eq!(theirs.works.0[0].by, Some(Ref::to(technician)));
    assert_eq!(notes(&made), ["Промито фільтр"]);
    assert_eq!(made.works.0[0].value.hours, Some("1.5".parse().unwrap()));
    assert_eq!(made.card, Some(Ref::to(card)));
    address.admin(&["verify"]).unwrap();
}
