//! The demo company comes through the write path of everybody's work, and the relay agrees with it.

use halyard_tests::harness::{Office, RelayFolder};
use serde_json::json;

#[test]
fn the_small_company_is_accepted_whole_and_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let relay = RelayFolder::new(&folder.path().join("relay"), "Демо Сервіс").unwrap();
    let mut told = Vec::new();
    relay.fill_with_demo("small", &mut |line| told.push(line.to_owned())).unwrap();
    assert!(told.last().is_some_and(|line| line.starts_with("100 %")), "{told:?}");
    relay.admin(&["verify"]).unwrap();
    let office = Office::in_folder(relay.data()).unwrap();
    let count =
        |table: &str| office.rows(&format!("SELECT count(*) FROM {table}"), &[]).unwrap()[0][0].clone();
    let found = ["customer", "equipment", "service_card", "visit", "complaint"].map(count);
    assert_eq!(found, ["12", "25", "30", "81", "9"]);
    let people = relay.admin(&["people", "list"]).unwrap();
    let idle: Vec<_> =
        people["people"].as_array().unwrap().iter().filter(|one| one["roles"] == json!([])).collect();
    assert!(idle.is_empty(), "everybody has a role: {idle:?}");
}
