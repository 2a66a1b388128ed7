//! Trouble a device meets: each is told for what it is, nothing is lost, and work goes on afterwards.
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

use halyard_device::ThisMachine;
use halyard_device::life::{Keyring, Life, LifeError, Protection, Stage};
use halyard_device::sync::{CallError, Distrust, SyncError};
use halyard_domain::id::Ref;
use halyard_domain::kind::{Group, Kind};
use halyard_domain::records::{Customer, Role, Visit};
use halyard_domain::rights::{Reach, SectionRights, shipped_roles};
use halyard_protocol::join::JoinLink;
use halyard_protocol::problem::ErrorCode;

use halyard_tests::harness::{Place, Relay, RelayFolder, TestDevice, Wire, program};
use tokio::runtime::Handle;

/// A relay with one enrolled dispatcher who has unsent work.
async fn office() -> (tempfile::TempDir, Relay, TestDevice) {
    let folder = tempfile::tempdir().unwrap();
    let address = RelayFolder::new(&folder.path().join("relay"), "Тепло Сервіс").unwrap();
    let relay = address.start().unwrap();
    let device = TestDevice::open(folder.path(), "dispatcher").unwrap();
    device.enrol(&address, "Бондар Олена Ігорівна", "dispatcher").await.unwrap();
    device.sync().await.unwrap();
    write(&device, "ТОВ «Ґрунт»");
    (folder, relay, device)
}

fn write(device: &TestDevice, name: &str) {
    device.device.create(Kind::Customer, vec![Customer::NAME.set(&name.to_owned())]).unwrap();
}

fn unsent(device: &TestDevice) -> u64 {
    device.device.status().unwrap().unsent
}

#[tokio::test]
async fn work_waits_while_the_relay_is_down_and_arrives_when_it_is_back() {
    let (_folder, relay, device) = office().await;
    let address = relay.kill().unwrap();
    let error = device.sync().await.unwrap_err();
    assert!(matches!(error, SyncError::Call(CallError::Unreachable(_))), "{error:?}");
    assert!(unsent(&device) > 0);

    let _relay = address.start().unwrap();
    device.sync().await.unwrap();
    assert_eq!(unsent(&device), 0);
}

#[tokio::test]
async fn a_wrong_code_is_refused_and_the_right_one_still_works() {
    let folder = tempfile::tempdir().unwrap();
    let address = RelayFolder::new(&folder.path().join("relay"), "Тепло Сервіс").unwrap();
    let _relay = address.start().unwrap();
    let right = address.invite("Коваль Іван Петрович", "technician").unwrap();
    let letters = right.code.as_str();
    let other = if letters.starts_with('A') { "B" } else { "A" }.to_owned() + &letters[1..];
    let wrong = JoinLink { code: other.parse().unwrap(), ..right.clone() };
    let device = TestDevice::open(folder.path(), "first").unwrap();

    let refused = device.device.enrol(&wrong, "first").await.unwrap_err();
    let SyncError::Call(CallError::Problem(problem)) = refused else { panic!("{refused:?}") };
    assert_eq!(problem.code, ErrorCode::CodeWrong);

    device.device.enrol(&right, "first").await.unwrap();
    device.sync().await.unwrap();
}

#[tokio::test]
async fn a_code_whose_answer_was_lost_on_the_way_still_works() {
    let folder = tempfile::tempdir().unwrap();
    let address = RelayFolder::without_tls(&folder.path().join("relay"), "Тепло Сервіс").unwrap();
    let _relay = address.start().unwrap();
    let wire = Wire::to(&address).await.unwrap();
    let invited = address.invite("Коваль Іван Петрович", "technician").unwrap();
    let far = JoinLink { relay: wire.url().parse().unwrap(), ..invited };

    let device = TestDevice::open(folder.path(), "first").unwrap();
    let ahead = wire.stop("/v1/enrol", Place::InAnswer(0));
    let cut = async { ahead.reached().await.unwrap().cut() };
    let (lost, ()) = tokio::join!(device.device.enrol(&far, "first"), cut);
    assert!(matches!(lost, Err(SyncError::Call(CallError::Unreachable(_)))), "{lost:?}");
    // The app is closed in between.
    drop(device);
    let device = TestDevice::open(folder.path(), "first").unwrap();

    device.device.enrol(&far, "first").await.unwrap();
    device.sync().await.unwrap();
}

#[tokio::test]
async fn a_first_start_whose_answer_was_lost_goes_on_with_the_same_invitation() {
    let folder = tempfile::tempdir().unwrap();
    let address = RelayFolder::without_tls(&folder.path().join("relay"), "Тепло Сервіс").unwrap();
    let _relay = address.start().unwrap();
    let wire = Wire::to(&address).await.unwrap();
    let invited = address.invite("Коваль Іван Петрович", "technician").unwrap();
    let far = JoinLink { relay: wire.url().parse().unwrap(), ..invited };
    let start = || {
        let clock = Arc::new(ThisMachine);
        Life::new(folder.path().join("profile"), Keyring::none(), clock, Handle::current())
    };
    let passphrase = "довга фраза";
    let join = async |life: &Arc<Life>| {
        life.join(&far, "first", Protection::Passphrase(passphrase.to_owned())).await
    };

    let life = start();
    let ahead = wire.stop("/v1/enrol", Place::InAnswer(0));
    let cut = async { ahead.reached().await.unwrap().cut() };
    let (lost, ()) = tokio::join!(join(&life), cut);
    assert!(matches!(lost, Err(LifeError::Join(SyncError::Call(CallError::Unreachable(_))))), "{lost:?}");

    // The app is closed in between.
    life.end().await;
    let life = start();
    life.unlock(passphrase.to_owned()).await.unwrap();
    assert!(matches!(life.stage(), Stage::New { protected: true, .. }), "{:?}", life.stage());
    join(&life).await.unwrap();
    life.end().await;
    let devices = address.admin(&["devices", "list"]).unwrap();
    assert_eq!(devices["devices"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_enrolling_command_keeps_what_a_lost_answer_needs() {
    let folder = tempfile::tempdir().unwrap();
    let address = RelayFolder::without_tls(&folder.path().join("relay"), "Тепло Сервіс").unwrap();
    let _relay = address.start().unwrap();
    let wire = Wire::to(&address).await.unwrap();
    let invited = address.invite("Коваль Іван Петрович", "technician").unwrap();
    let far = JoinLink { relay: wire.url().parse().unwrap(), ..invited };
    let profile = folder.path().join("profile");
    let enrol = || {
        let mut command = tokio::process::Command::new(program("halyard").unwrap());
        command.args(["enrol", &far.to_string(), "--name", "планшет", "--demo-key"]);
        command.env("HALYARD_PROFILE", &profile).env("LANG", "en_US.UTF-8").env_remove("LC_ALL");
        command.output()
    };

    let ahead = wire.stop("/v1/enrol", Place::InAnswer(0));
    let cut = async { ahead.reached().await.unwrap().cut() };
    let (lost, ()) = tokio::join!(enrol(), cut);
    let said = String::from_utf8(lost.unwrap().stderr).unwrap();
    assert!(said.contains("Repeat the same command with the same code"), "{said}");

    let again = enrol().await.unwrap();
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
}

#[tokio::test]
async fn a_clock_off_by_a_year_costs_one_more_request_and_no_work() {
    let (_folder, _relay, device) = office().await;
    for years in [1, -2] {
        device.clock.move_by_ms(years * 365 * 24 * 3_600_000);
        write(&device, "ФОП Їжакевич");
        device.sync().await.unwrap();
        assert_eq!(unsent(&device), 0);
    }
}

#[tokio::test]
async fn it_sees_what_a_device_lacks_and_how_wrong_its_clock_is() {
    let (_folder, relay, device) = office().await;
    let address = relay.folder();
    let device_line = || address.admin(&["devices", "list"]).unwrap()["devices"][0].clone();
    let listed = || device_line()["clock_ahead_ms"].as_i64();
    let (minute, most) = (60_000, 20_000);
    assert_eq!(device_line()["behind"], 0, "a first sync is confirmed when it ends");
    device.sync().await.unwrap();
    assert_eq!(listed(), Some(0));
    let mut ahead = 0;
    for moved in [7, -17, 8, 2] {
        device.clock.move_by_ms(moved * minute);
        ahead += moved * minute;
        // The first learns of it, the second tells.
        device.sync().await.unwrap();
        device.sync().await.unwrap();
        let told = listed().unwrap();
        let lacks = device.device.status().unwrap().clock_offset_ms;
        let near = |value: i64, wanted: i64| (value - wanted).abs() < most;
        assert!(if ahead == 0 { told == 0 } else { near(told, ahead) }, "{told} of {ahead}");
        assert!(near(lacks, -ahead), "{lacks} of {ahead}");
    }
}

#[tokio::test]
async fn another_organisations_relay_is_recognised_and_takes_nothing() {
    let (folder, relay, device) = office().await;
    let port = relay.folder().url();
    let address = relay.kill().unwrap();
    std::fs::rename(address.data(), folder.path().join("moved")).unwrap();
    // Another company's relay at the same address.
    let _other = address.start().unwrap();
    assert_eq!(address.url(), port);
    let theirs = address.invite("Кравець Петро Іванович", "technician").unwrap();

    // The key on the wire is another, so nothing is sent.
    let error = device.sync().await.unwrap_err();
    let shown = theirs.pin.unwrap();
    let other = SyncError::Call(CallError::Distrusted(Distrust::OtherKey { shown }));
    assert_eq!(format!("{error:?}"), format!("{other:?}"));

    // Somebody believes it all the same, and still it is not their organisation's.
    device.device.move_relay(&theirs.relay, theirs.pin).unwrap();
    let error = device.sync().await.unwrap_err();
    let SyncError::Call(CallError::Problem(problem)) = error else { panic!("{error:?}") };
    let foreign = [ErrorCode::WorkspaceUnknown, ErrorCode::SignatureWrong];
    assert!(foreign.contains(&problem.code), "{problem:?}");
    assert!(unsent(&device) > 0);
}

#[tokio::test]
async fn what_is_no_relay_is_said_to_be_none() {
    let (_folder, relay, device) = office().await;
    drop(relay);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    device.device.move_relay(&address.parse().unwrap(), None).unwrap();
    let login_page = std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        assert!(connection.read(&mut request).unwrap() > 0);
        let page = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 5\r\n\r\nlogin";
        connection.write_all(page.as_bytes()).unwrap();
    });
    let error = device.sync().await.unwrap_err();
    login_page.join().unwrap();
    assert!(matches!(error, SyncError::Call(CallError::NotARelay { status: 200 })), "{error:?}");
    assert!(unsent(&device) > 0);
}

#[tokio::test]
async fn a_second_program_on_the_same_data_is_refused() {
    let (folder, relay, _device) = office().await;
    assert!(TestDevice::open(folder.path(), "dispatcher").is_err());
    assert!(relay.folder().start().is_err());
}

/// Copies a profile in place of another.
fn copied(folder: &Path, from: &str, to: &str) {
    let [from, to] = [from, to].map(|name| TestDevice::profile(folder, name));
    if to.exists() {
        std::fs::remove_dir_all(&to).unwrap();
    }
    std::fs::create_dir_all(&to).unwrap();
    for file in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

#[tokio::test]
async fn a_device_restored_from_yesterdays_copy_is_in_step_before_anything_is_entered() {
    let (folder, _relay, device) = office().await;
    device.sync().await.unwrap();
    drop(device);
    copied(folder.path(), "dispatcher", "yesterday");
    let device = TestDevice::open(folder.path(), "dispatcher").unwrap();
    write(&device, "Після копії");
    device.sync().await.unwrap();
    drop(device);

    copied(folder.path(), "yesterday", "dispatcher");
    let restored = TestDevice::open(folder.path(), "dispatcher").unwrap();
    restored.sync().await.unwrap();
    assert_eq!(restored.device.search("копії", 5).unwrap().len(), 1);
    let idle = restored.sync().await.unwrap();
    assert_eq!((idle.accepted, idle.received, idle.requests), (0, 0, 1));
}

#[tokio::test]
async fn a_device_restored_from_yesterdays_copy_goes_on_and_loses_nothing() {
    let (folder, _relay, device) = office().await;
    device.sync().await.unwrap();
    drop(device);
    let copy = |from: &str, to: &str| copied(folder.path(), from, to);
    copy("dispatcher", "yesterday");
    let device = TestDevice::open(folder.path(), "dispatcher").unwrap();
    write(&device, "Після копії");
    device.sync().await.unwrap();
    drop(device);

    // The disk dies; yesterday's copy is put back and used.
    copy("yesterday", "dispatcher");
    let restored = TestDevice::open(folder.path(), "dispatcher").unwrap();
    write(&restored, "Після відновлення");
    restored.sync().await.unwrap();
    assert_eq!(unsent(&restored), 0);
    for name in ["копії", "відновлення"] {
        assert_eq!(restored.device.search(name, 5).unwrap().len(), 1, "{name}");
    }
}

#[tokio::test]
async fn a_revoked_devices_late_work_waits_for_the_office() {
    let (_folder, relay, device) = office().await;
    let address = relay.folder();
    let id = device.device.identity().unwrap().device.to_string();
    address.admin(&["devices", "revoke", &id]).unwrap();
    let error = device.sync().await.unwrap_err();
    assert!(matches!(error, SyncError::Revoked { changes: 0, photos: 0 }), "{error:?}");
    let waiting = address.admin(&["review", "list"]).unwrap();
    assert!(
        waiting.to_string().contains("dispatcher") || waiting.to_string().contains("Бондар"),
        "{waiting}"
    );
}

#[tokio::test]
async fn a_wider_role_and_an_edit_of_what_was_seen_already_arrive_together() {
    let (folder, relay, dispatcher) = office().await;
    let address = relay.folder();
    let admin = TestDevice::open(folder.path(), "admin").unwrap();
    admin.enrol(address, "Мельник Ірина Петрівна", "administrator").await.unwrap();
    let technician = TestDevice::open(folder.path(), "technician").unwrap();
    technician.enrol(address, "Коваль Іван Петрович", "technician").await.unwrap();
    let office = &dispatcher.device;
    let customer = office.create(Kind::Customer, vec![Customer::NAME.set(&"Оболонь".to_owned())]).unwrap();
    let visit = vec![
        Visit::CUSTOMER.set(&Ref::to(customer)),
        Visit::SPECIALISTS.set(&vec![Ref::to(technician.employee().unwrap())]),
    ];
    office.create(Kind::Visit, visit).unwrap();
    dispatcher.sync().await.unwrap();
    technician.sync().await.unwrap();
    assert!(technician.device.show(customer).is_ok(), "the visit carries its customer");

    office.edit(customer, vec![Customer::NAME.set(&"Оболонь-2".to_owned())]).unwrap();
    dispatcher.sync().await.unwrap();
    admin.sync().await.unwrap();
    let role = shipped_roles().into_iter().find(|role| role.code == "technician").unwrap().id;
    let wider = SectionRights { reach: Reach::All, write: [Group::Technician].into() };
    admin.device.edit(role, vec![Role::CUSTOMERS.set(&wider)]).unwrap();
    admin.sync().await.unwrap();

    technician.sync().await.unwrap();
    let seen = technician.device.show(customer).unwrap().reading;
    assert_eq!(seen.value(Customer::NAME.name).as_text(), Some("Оболонь-2"));
    // The first customer, of which no visit told, is seen by the role.
    assert_eq!(technician.device.search("Ґрунт", 5).unwrap().len(), 1);
}
