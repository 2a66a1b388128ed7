//! A relay that was restored from yesterday's backup gets everything back from the devices, also the work of
//! a device that is gone for good, and gives nothing out until IT has looked.
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use halyard_device::Device;
use halyard_device::sync::{CallError, SyncError, Told};
use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_domain::records::{Customer, ServiceCard, Visit, WorkRow};
use halyard_protocol::driver::{State, Status, Trouble};
use halyard_protocol::problem::ErrorCode;
use halyard_tables::list::ListQuery;
use halyard_tables::sql::SqlValue;
use halyard_tests::harness::{Office, PUSH, Place, Relay, RelayFolder, TestDevice, Wire};
use tokio::sync::watch;

/// Long after what is waited for has happened.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the office has: every record with its heads, the numbers, the devices and what people hold.
#[derive(Debug, PartialEq)]
struct OfficeState {
    records: Vec<Vec<String>>,
    numbers: Vec<Vec<String>>,
    standings: Vec<Vec<String>>,
    roles: Vec<Vec<String>>,
}

fn office_state(data: &Path) -> OfficeState {
    let office = Office::in_folder(data).unwrap();
    let rows = |sql: &str| office.rows(sql, &[]).unwrap();
    OfficeState {
        records: rows("SELECT document_id, kind, heads FROM document ORDER BY document_id"),
        numbers: rows("SELECT id, number FROM visit UNION SELECT id, number FROM service_card ORDER BY 1"),
        standings: rows("SELECT device_id, standing FROM device ORDER BY device_id"),
        roles: rows(
            "SELECT employee_id, role_id FROM account_role WHERE to_position IS NULL ORDER BY employee_id, role_id",
        ),
    }
}

/// Everything a device shows of the kinds in this story.
fn device_state(device: &TestDevice) -> BTreeMap<DocumentId, Reading> {
    let kinds = [Kind::Customer, Kind::ServiceCard, Kind::Visit, Kind::Employee];
    let ids = kinds.into_iter().flat_map(|kind| ids(device, kind));
    ids.map(|id| (id, device.device.show(id).unwrap().reading)).collect()
}

fn ids(device: &TestDevice, kind: Kind) -> Vec<DocumentId> {
    let page = device.device.list(&ListQuery::of(kind, &["id"], 200)).unwrap();
    let id = |cells: &[SqlValue]| match cells.first() {
        Some(SqlValue::Uuid(bytes)) => DocumentId::from_slice(bytes).unwrap(),
        other => panic!("an id, not {other:?}"),
    };
    page.rows.iter().map(|row| id(&row.cells)).collect()
}

fn visit(device: &TestDevice, card: DocumentId, note: &str) -> DocumentId {
    let work = WorkRow { note: Some(note.to_owned()), ..WorkRow::default() };
    let work = device.device.add(&Visit::WORKS, &work).unwrap();
    let specialist = vec![Ref::to(device.employee().unwrap())];
    let intents = vec![Visit::CARD.set(&Ref::to(card)), Visit::SPECIALISTS.set(&specialist), work];
    device.device.create(Kind::Visit, intents).unwrap()
}

fn card(device: &TestDevice, subject: &str) -> DocumentId {
    let customer =
        device.device.create(Kind::Customer, vec![Customer::NAME.set(&subject.to_owned())]).unwrap();
    let intents =
        vec![ServiceCard::CUSTOMER.set(&Ref::to(customer)), ServiceCard::SUBJECT.set(&subject.to_owned())];
    device.device.create(Kind::ServiceCard, intents).unwrap()
}

async fn person(folder: &Path, relay: &RelayFolder, name: &str, full: &str, role: &str) -> TestDevice {
    let device = TestDevice::open(folder, name).unwrap();
    device.enrol(relay, full, role).await.unwrap();
    device.sync().await.unwrap();
    device
}

async fn settle(devices: &[&TestDevice]) {
    for _ in 0..2 {
        for device in devices {
            device.sync().await.unwrap();
        }
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending != "lock" && ending != "sock") {
            std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
        }
    }
}

/// Stops the relay, puts yesterday's copy in the place of its data and says so.
fn restore(relay: Relay, yesterday: &Path) -> Relay {
    let address = relay.kill().unwrap();
    std::fs::remove_dir_all(address.data()).unwrap();
    copy(yesterday, address.data());
    address.admin(&["restored", "begin"]).unwrap();
    address.start().unwrap()
}

/// Puts a copy of a profile in the place of the profile, as somebody does whose disk died.
fn put_back(folder: &Path, name: &str, older: &Path) {
    let profile = TestDevice::profile(folder, name);
    std::fs::remove_dir_all(&profile).unwrap();
    copy(older, &profile);
}

async fn waits(device: &TestDevice) {
    let error = device.sync().await.unwrap_err();
    let SyncError::Call(CallError::Problem(problem)) = &error else { panic!("{error:?}") };
    assert_eq!(problem.code, ErrorCode::HandingOver, "{problem:?}");
}

#[tokio::test]
async fn devices_give_a_restored_relay_back_what_its_backup_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let address = RelayFolder::new(&at.join("relay"), "Тепло Сервіс").unwrap();
    let relay = address.start().unwrap();
    let admin = person(at, &address, "admin", "Мельник Оксана Василівна", "administrator").await;
    let office = person(at, &address, "office", "Бондар Олена Ігорівна", "dispatcher").await;
    let lost = person(at, &address, "lost", "Коваль Іван Петрович", "technician").await;
    let stolen = person(at, &address, "stolen", "Шевчук Тарас Михайлович", "technician").await;
    let first = card(&office, "Котельня");
    settle(&[&office, &admin]).await;
    let yesterday = at.join("yesterday");
    let address = relay.kill().unwrap();
    copy(address.data(), &yesterday);
    let relay = address.start().unwrap();

    // A day's work: of a device that is lost afterwards, of one that joins today, and of the office.
    let from_lost = visit(&lost, first, "Замінено насос");
    lost.sync().await.unwrap();
    let new = person(at, &address, "new", "Лисенко Петро Андрійович", "technician").await;
    let from_new = visit(&new, first, "Промито фільтр");
    new.sync().await.unwrap();
    office.sync().await.unwrap();
    let second = card(&office, "Ліфт");
    office.device.edit(from_lost, vec![Visit::DURATION_MINUTES.set(&90)]).unwrap();
    let id = stolen.device.identity().unwrap().device.to_string();
    address.admin(&["devices", "revoke", &id]).unwrap();
    settle(&[&office, &admin, &new]).await;
    let before = office_state(address.data());
    let held = [&office, &admin, &new].map(device_state);
    drop(lost);
    // Work that has not reached the relay when it dies.
    let unsent = card(&office, "Насосна");

    let relay = restore(relay, &yesterday);
    waits(&office).await;
    waits(&admin).await;
    waits(&new).await;
    waits(&office).await;
    let status = address.admin(&["restored", "status"]).unwrap();
    assert_eq!(status["restored"]["handing_over"], true, "{status}");
    assert!(status.to_string().contains("Лисенко"), "{status}");
    address.admin(&["restored", "confirm"]).unwrap();
    // The office's card of after the backup waited on the device; the rest is as it was.
    assert_eq!(office_state(address.data()), before);

    settle(&[&office, &admin, &new]).await;
    for (device, held) in [&office, &admin, &new].into_iter().zip(held) {
        let now = device_state(device);
        for (id, reading) in held {
            assert_eq!(now.get(&id), Some(&reading), "{} {id}", device.name);
        }
        assert_eq!(device.device.status().unwrap().unsent, 0, "{}", device.name);
        assert!(device.device.not_accepted().unwrap().is_empty(), "{}", device.name);
    }
    assert!(matches!(stolen.sync().await, Err(SyncError::Revoked { changes: 0, photos: 0 })));
    let after = office_state(address.data());
    let number = |id: DocumentId| {
        let hex: String = id.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        let row = after.numbers.iter().find(|row| row[0] == hex).unwrap();
        row[1].clone()
    };
    let numbers: BTreeSet<String> = [first, second, unsent, from_lost, from_new].map(number).into();
    assert_eq!(numbers.len(), 5, "{numbers:?}");
    assert!(number(unsent).ends_with("01001"), "{}", number(unsent));
    let verified = address.admin(&["verify"]).unwrap()["verified"].clone();

    // The backup of the healed relay is tried and noted; one of another log is not.
    let (position, hash) = (verified["position"].to_string(), verified["hash"].as_str().unwrap());
    assert!(address.admin(&["backup-verified", &position, &"00".repeat(32)]).is_err());
    assert_eq!(
        address.admin(&["backup-verified", &position, hash]).unwrap()["watermark"],
        verified["position"]
    );
    drop(relay);
}

/// The connection breaks in the middle of the hand-over, and the device that has what nobody else has stays on: it
/// goes on where it was, and keeps nothing to itself.
#[tokio::test]
async fn a_hand_over_that_is_cut_goes_on_with_the_next_connection() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let address = RelayFolder::without_tls(&at.join("relay"), "Тепло Сервіс").unwrap();
    let relay = address.start().unwrap();
    let wire = Wire::to(&address).await.unwrap();
    let office = TestDevice::open(at, "office").unwrap();
    office.enrol_at(&wire.url(), &address, "Бондар Олена Ігорівна", "dispatcher").await.unwrap();
    office.sync().await.unwrap();
    let lost = person(at, &address, "lost", "Коваль Іван Петрович", "technician").await;
    let card = card(&office, "Котельня");
    settle(&[&office, &lost]).await;
    let yesterday = at.join("yesterday");
    let address = relay.kill().unwrap();
    copy(address.data(), &yesterday);
    let relay = address.start().unwrap();
    visit(&lost, card, "Замінено насос");
    lost.sync().await.unwrap();
    office.sync().await.unwrap();
    drop(lost);
    let before = office_state(address.data());

    let relay = restore(relay, &yesterday);
    let ahead = wire.stop(PUSH, Place::InRequest(0));
    let (waker, told) = Device::waker();
    let (status, mut shown) = watch::channel(None);
    let staying = tokio::spawn(Arc::clone(&office.device).stay_in_step(told, status));
    let mut waits_for = async |trouble: Trouble| {
        let is_it = |status: &Option<Status>| {
            let state = status.as_ref().map(|status| &status.state);
            matches!(state, Some(State::Waiting { trouble: now, .. }) if *now == trouble)
        };
        tokio::time::timeout(PATIENCE, shown.wait_for(is_it)).await.unwrap().unwrap();
    };
    ahead.reached().await.unwrap().cut();
    waits_for(Trouble::Unreachable).await;
    waker.tell(Told::NetworkReturned);
    waits_for(Trouble::RelayUnable(ErrorCode::HandingOver)).await;

    // Nobody is an administrator on a device here.
    relay.folder().admin(&["restored", "confirm", "--yes"]).unwrap();
    assert_eq!(office_state(relay.folder().data()), before);
    waker.tell(Told::Stop);
    staying.await.unwrap().unwrap();
}

/// The machine of one person and the relay break on one day, and both are put back from older copies: what
/// the relay lacks comes from a colleague's device, and nobody has to type something for things to go on.
#[tokio::test]
async fn a_device_and_the_relay_both_put_back_to_older_copies_come_together_by_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let address = RelayFolder::new(&at.join("relay"), "Тепло Сервіс").unwrap();
    let relay = address.start().unwrap();
    let admin = person(at, &address, "admin", "Мельник Оксана Василівна", "administrator").await;
    let office = person(at, &address, "office", "Бондар Олена Ігорівна", "dispatcher").await;
    let [older_device, older_relay] = ["older-device", "older-relay"].map(|name| at.join(name));
    let address = relay.kill().unwrap();
    copy(address.data(), &older_relay);
    let relay = address.start().unwrap();
    card(&office, "Котельня");
    settle(&[&office, &admin]).await;
    drop(office);
    copy(&TestDevice::profile(at, "office"), &older_device);

    let office = TestDevice::open(at, "office").unwrap();
    let afterwards = card(&office, "Ліфт");
    settle(&[&office, &admin]).await;
    let held = device_state(&admin);
    assert!(held.contains_key(&afterwards));
    drop(office);
    put_back(at, "office", &older_device);
    let relay = restore(relay, &older_relay);
    waits(&admin).await;
    relay.folder().admin(&["restored", "confirm"]).unwrap();
    admin.sync().await.unwrap();

    let office = TestDevice::open(at, "office").unwrap();
    office.sync().await.unwrap();
    office.sync().await.unwrap();
    assert_eq!(device_state(&office), held);
    let later = card(&office, "Насосна");
    settle(&[&office, &admin]).await;
    assert!(device_state(&admin).contains_key(&later));
    relay.folder().admin(&["verify"]).unwrap();
}
