//! A first start with a company of some size: work can begin while most of it is still on its way.
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use std::sync::Arc;
use std::time::Duration;

use halyard_device::ThisMachine;
use halyard_device::life::{Keyring, Life, Protection, Stage, calls};
use halyard_domain::kind::Kind;
use halyard_domain::records::Visit;
use halyard_protocol::join::JoinLink;
use halyard_tests::harness::{PULL, Place, RelayFolder, Wire};
use serde_json::{Value, json};
use tokio::runtime::Handle;

/// Several pages of a dispatcher's first sync.
const RECORDS: usize = 800;
/// Long after what is waited for has happened.
const PATIENCE: Duration = Duration::from_secs(120);

/// The visits on the device, with what a dispatcher reads of them.
async fn visits(life: &Arc<Life>) -> Vec<Value> {
    let columns = [Visit::CUSTOMER.name, Visit::EQUIPMENT.name];
    let query = json!({ "kind": Kind::Visit, "columns": columns, "page": { "limit": 200 } });
    let page = calls::call(life, "journal", query).await.unwrap();
    page.get("rows").and_then(Value::as_array).unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_first_page_of_a_first_sync_work_is_there_with_whom_it_is_for() {
    let folder = tempfile::tempdir().unwrap();
    let address = RelayFolder::without_tls(&folder.path().join("relay"), "Тепло Сервіс").unwrap();
    address.fill_with_records(RECORDS, &mut |_| {}).unwrap();
    let _relay = address.start().unwrap();
    let wire = Wire::to(&address).await.unwrap();
    let invited = address.invite("Бондар Олена Ігорівна", "dispatcher").unwrap();
    let far = JoinLink { relay: wire.url().parse().unwrap(), ..invited };
    let profile = folder.path().join("profile");
    let life = Life::new(profile, Keyring::none(), Arc::new(ThisMachine), Handle::current());

    let first = wire.stop(PULL, Place::AfterRequest);
    let second = wire.stop(PULL, Place::InRequest(0));
    life.join(&far, "Настільний", Protection::Demo).await.unwrap();
    assert!(matches!(life.stage(), Stage::FirstSync { usable: false, .. }), "{:?}", life.stage());
    first.reached().await.unwrap().go_on();
    let second = second.reached().await.unwrap();

    let Stage::FirstSync { records, usable: true, .. } = life.stage() else { panic!("{:?}", life.stage()) };
    assert!(records < RECORDS * 3 / 4, "{records} came with the first page");
    let work = visits(&life).await;
    assert!(!work.is_empty());
    for visit in &work {
        let named = visit["cells"].as_array().unwrap().iter().all(|cell| cell["kind"].is_string());
        assert!(named, "without its customer or object: {visit}");
    }

    second.go_on();
    let mut events = life.events();
    let whole = async {
        while !matches!(life.stage(), Stage::Open { .. }) {
            events.next().await.unwrap();
        }
    };
    tokio::time::timeout(PATIENCE, whole).await.unwrap();
    assert!(visits(&life).await.len() > work.len());
    life.end().await;
}
