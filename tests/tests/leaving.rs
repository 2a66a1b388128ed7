//! A device that leaves takes nothing along and loses nothing; one that comes back under another key brings
//! its rescued work.
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use std::fs::OpenOptions;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use halyard_device::sync::{SyncError, Told};
use halyard_device::{Device, NewPhoto};
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::record::Record as _;
use halyard_domain::records::{Customer, Equipment};
use halyard_protocol::driver::{State, Status};
use halyard_store::Unlock;
use halyard_store::profile::{self, Opened};
use halyard_tests::harness::{Relay, RelayFolder, TestDevice};
use rusqlite::Connection;
use tokio::sync::watch;

const WHO: &str = "Бондар Олена Ігорівна";
/// Long after what is waited for has happened.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes of a page of the device's database.
const PAGE: u64 = 4096;

async fn office() -> (tempfile::TempDir, Relay, TestDevice) {
    let folder = tempfile::tempdir().unwrap();
    let address = RelayFolder::new(&folder.path().join("relay"), "Тепло Сервіс").unwrap();
    let relay = address.start().unwrap();
    let device = TestDevice::open(folder.path(), "dispatcher").unwrap();
    device.enrol(&address, WHO, "dispatcher").await.unwrap();
    device.sync().await.unwrap();
    (folder, relay, device)
}

fn customer(device: &TestDevice, name: &str) -> DocumentId {
    device.device.create(Kind::Customer, vec![Customer::NAME.set(&name.to_owned())]).unwrap()
}

fn rename(device: &TestDevice, customer: DocumentId, name: &str) {
    device.device.edit(customer, vec![Customer::NAME.set(&name.to_owned())]).unwrap();
}

#[tokio::test]
async fn a_photo_nobody_else_has_stays_on_a_revoked_device_and_is_shown_by_nothing() {
    let (_folder, relay, device) = office().await;
    let boiler = vec![Equipment::NAME.set(&"Котел".to_owned())];
    let boiler = device.device.create(Kind::Equipment, boiler).unwrap();
    let photo = NewPhoto {
        content: b"the boiler before the work".to_vec(),
        media_type: "image/jpeg".to_owned(),
        thumbnail: None,
        caption: None,
        moment: None,
    };
    device.device.keep_photo(boiler, photo).unwrap();
    let kept = Equipment::read(&device.device.show(boiler).unwrap().reading);
    let photo = kept.photos.standing().next().unwrap();
    let sha256 = photo.value.image.as_ref().unwrap().sha256.to_string();
    assert!(device.device.photo_file(&sha256).unwrap().is_some());
    device.sync().await.unwrap();

    let id = device.device.identity().unwrap().device.to_string();
    relay.folder().admin(&["devices", "revoke", &id]).unwrap();
    let error = device.sync().await.unwrap_err();
    assert!(matches!(error, SyncError::Revoked { changes: 0, photos: 1 }), "{error:?}");
    let status = device.device.status().unwrap();
    assert_eq!((status.unsent, status.photos_kept), (0, 1));
    assert!(device.device.photo_file(&sha256).unwrap().is_none());
}

#[tokio::test]
async fn what_the_relay_deferred_is_handed_over_by_a_revoked_device_without_another_start() {
    let (_folder, relay, device) = office().await;
    let known = customer(&device, "ТОВ «Ґрунт»");
    device.sync().await.unwrap();
    rename(&device, known, "ТОВ «Ґрунт і син»");
    // As after a backup in which what the edit stands on was not.
    let database = Connection::open(relay.folder().data().join("relay.db")).unwrap();
    let is_customer = "document_id IN (SELECT document_id FROM document WHERE kind = 'customer')";
    let away = format!("CREATE TABLE away AS SELECT * FROM change WHERE {is_customer};");
    database.execute_batch(&format!("{away} DELETE FROM change WHERE {is_customer}")).unwrap();
    let id = device.device.identity().unwrap().device.to_string();
    relay.folder().admin(&["devices", "revoke", &id]).unwrap();

    let (waker, told) = Device::waker();
    let (status, mut shown) = watch::channel(None);
    let staying = tokio::spawn(Arc::clone(&device.device).stay_in_step(told, status));
    let is_removed = |status: &Option<Status>| status.as_ref().is_some_and(|one| one.state == State::Revoked);
    tokio::time::timeout(PATIENCE, shown.wait_for(is_removed)).await.unwrap().unwrap();
    assert!(device.device.show(known).is_err(), "the records do not wait for it");
    assert_eq!(device.device.status().unwrap().unsent, 1);

    database.execute_batch("INSERT INTO change SELECT * FROM away; DROP TABLE away").unwrap();
    waker.tell(Told::Asked);
    let ended = tokio::time::timeout(PATIENCE, staying).await.unwrap().unwrap();
    assert!(matches!(ended, Err(SyncError::Revoked { changes: 0, photos: 0 })), "{ended:?}");
    let waiting = relay.folder().admin(&["review", "list"]).unwrap();
    assert_eq!(waiting["review"].as_array().map(Vec::len), Some(1), "{waiting}");
}

/// The database seen past the store, as the damage itself sees it.
fn raw(profile: &Path) -> Connection {
    let header: serde_json::Value =
        serde_json::from_slice(&std::fs::read(profile.join("device.key")).unwrap()).unwrap();
    let key = header.pointer("/protection/demo/key").unwrap().as_str().unwrap();
    let db = Connection::open(profile.join("device.db")).unwrap();
    db.pragma_update(None, "key", format!("x'{key}'")).unwrap();
    db
}

/// Nothing says any more whose device this is; the rest can be read.
fn lose_identity(profile: &Path) {
    let sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'identity'";
    let page: u64 = raw(profile).query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap().try_into().unwrap();
    let file = OpenOptions::new().write(true).open(profile.join("device.db")).unwrap();
    file.write_all_at(&[0x5a; 512], (page - 1) * PAGE + 1000).unwrap();
}

#[tokio::test]
async fn rescued_work_of_a_device_nobody_knows_any_more_reaches_the_office_after_enrolling_anew() {
    let (folder, relay, device) = office().await;
    let known = customer(&device, "ТОВ «Ґрунт»");
    device.sync().await.unwrap();

    // Signed and not sent, then not even signed: on a record of the office, and on one it never had.
    let address = relay.kill().unwrap();
    rename(&device, known, "ТОВ «Ґрунт і син»");
    let new = customer(&device, "Пекарня");
    assert!(device.sync().await.is_err());
    device.device.edit(known, vec![Customer::WEBSITE.set(&"grunt.example".to_owned())]).unwrap();
    rename(&device, new, "Пекарня «Колосок»");
    drop(device);

    let profile = TestDevice::profile(folder.path(), "dispatcher");
    lose_identity(&profile);
    assert!(TestDevice::open(folder.path(), "dispatcher").is_err(), "the damage is noticed");
    let Opened::Damaged(damaged) = profile::open(&profile, &Unlock::DemoKeyFile).unwrap() else {
        panic!("not damaged")
    };
    let aside = damaged.set_aside().unwrap();
    assert!(!aside.rescued.identity && aside.rescued.changes >= 4, "{:?}", aside.rescued);
    drop(aside);

    let relay = address.start().unwrap();
    let device = TestDevice::open(folder.path(), "dispatcher").unwrap();
    device.join(relay.folder(), WHO).await.unwrap();
    device.sync().await.unwrap();
    let status = device.device.status().unwrap();
    assert_eq!((status.unsent, status.not_accepted), (0, 0));

    let other = TestDevice::open(folder.path(), "other").unwrap();
    other.enrol(relay.folder(), "Мельник Ірина Петрівна", "administrator").await.unwrap();
    other.sync().await.unwrap();
    for (customer, name, website) in
        [(known, "ТОВ «Ґрунт і син»", Some("grunt.example")), (new, "Пекарня «Колосок»", None)]
    {
        let reading = other.device.show(customer).unwrap().reading;
        assert_eq!(reading.value(Customer::NAME.name).as_text(), Some(name));
        assert_eq!(reading.value(Customer::WEBSITE.name).as_text(), website);
    }
    relay.folder().admin(&["verify"]).unwrap();
}

#[tokio::test]
async fn what_another_key_signed_is_thrown_away_and_work_goes_on() {
    let (_folder, relay, device) = office().await;
    let known = customer(&device, "ТОВ «Ґрунт»");
    device.sync().await.unwrap();
    let database = Connection::open(relay.folder().data().join("relay.db")).unwrap();
    database.execute("UPDATE workspace SET signing_key = zeroblob(32)", []).unwrap();
    relay.folder().admin(&["people", "roles", WHO, "--role", "administrator"]).unwrap();

    let error = device.sync().await.unwrap_err();
    assert!(matches!(error, SyncError::Forged), "{error:?}");
    rename(&device, known, "ТОВ «Ґрунт і син»");
    assert_eq!(device.device.status().unwrap().unsent, 1, "work goes on, and waits");
}
