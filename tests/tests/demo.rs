//! The demo company comes through the write path of everybody's work, and the relay agrees with it.

use halyard_tests::harness::{Office, RelayFolder};

#[test]
fn the_small_company_is_accepted_whole_and_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let relay = RelayFolder::new(&folder.path().join("relay"), "Демо Сервіс").unwrap();
    relay.fill_with_demo("small").unwrap();
    relay.admin(&["verify"]).unwrap();
    let office = Office::in_folder(relay.data()).unwrap();
    let count =
        |table: &str| office.rows(&format!("SELECT count(*) FROM {table}"), &[]).unwrap()[0][0].clone();
    let found = ["customer", "equipment", "service_card", "visit", "complaint"].map(count);
    assert_eq!(found, ["12", "25", "30", "81", "9"]);
}
