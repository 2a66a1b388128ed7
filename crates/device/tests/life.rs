//! The life of a profile without a relay in reach: locked, opened, counted, closed, rescued.
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use halyard_device::Surroundings;
use halyard_device::life::{
    InvitedBy, Keyring, KeyringError, Life, LifeError, LockedBy, Protection, Stage, Unopenable, calls,
    invitation,
};
use halyard_device::screens::ScreenError;
use halyard_protocol::join::JoinLink;
use halyard_store::profile::{self, OpenError, Opened};
use halyard_store::{KeyError, KeyringSecret, StoreError, Unlock};
use halyard_testkit::clock::TestClock;
use halyard_testkit::device::identity;
use keyring_core::{CredentialStore, Entry, mock};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::runtime::Handle;

const MINUTE_MS: i64 = 60_000;
/// Far less than a relay may take for an answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A machine with a keyring and a profile folder.
struct Machine {
    folder: tempfile::TempDir,
    keyring: Arc<CredentialStore>,
    clock: TestClock,
}

impl Machine {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            keyring: mock::Store::new().unwrap(),
            clock: TestClock::monday(0),
        }
    }

    /// A machine with the profile of a device that has joined, protected by this PIN.
    fn with_pin(pin: &str) -> Self {
        let machine = Self::new();
        let secret = KeyringSecret::new().unwrap();
        machine.entry(&secret.entry).set_secret(&secret.bytes).unwrap();
        made(machine.path(), &Unlock::Pin { pin: pin.to_owned(), secret });
        machine
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn entry(&self, name: &str) -> Entry {
        Entry::new_in_store(&self.keyring, "halyard", name).unwrap()
    }

    /// A start of the program.
    fn start(&self) -> Arc<Life> {
        self.start_with(Keyring::in_store(Arc::clone(&self.keyring)))
    }

    fn start_with(&self, keyring: Keyring) -> Arc<Life> {
        let surroundings: Arc<dyn Surroundings> = Arc::new(self.clock.clone());
        Life::new(self.path().to_owned(), keyring, surroundings, Handle::current())
    }
}

/// Makes the profile of a device that has joined a relay nobody can reach.
fn made(folder: &Path, unlock: &Unlock) {
    let Opened::Fresh(store) = profile::open(folder, unlock).unwrap() else { panic!("not fresh") };
    store.set_identity(identity()).unwrap();
}

/// An invitation to a relay nobody can reach.
fn to_nobody() -> JoinLink {
    let (relay, code) = ("http://127.0.0.1:9".to_owned(), "7K3M-9QPX".to_owned());
    invitation(&InvitedBy::Hand { relay, code }, None).unwrap()
}

fn is_open(life: &Life) -> bool {
    matches!(life.stage(), Stage::FirstSync { usable: false, records: 0, .. })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_start_that_fails_leaves_nothing_and_the_next_may_choose_another_pin() {
    let machine = Machine::new();
    let life = machine.start();
    assert_eq!(life.stage(), Stage::New { pin: true, protected: false });

    let invitation = to_nobody();
    for pin in ["4071", "9999"] {
        let protection = Protection::Pin(pin.to_owned());
        let joined = life.join(&invitation, "Планшет", protection).await;
        assert!(matches!(joined, Err(LifeError::Join(_))), "{joined:?}");
        assert_eq!(life.stage(), Stage::New { pin: true, protected: false });
        assert_eq!(profile::guard(machine.path()).unwrap(), None);
    }
    let short = life.join(&invitation, "Планшет", Protection::Pin("123".to_owned())).await;
    assert!(matches!(short, Err(LifeError::TooShort { least: 4 })), "{short:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_start_stays_one_while_it_joins_and_while_a_refused_profile_is_removed() {
    let machine = Machine::new();
    let elsewhere = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let relay = format!("http://{}", elsewhere.local_addr().unwrap());
    let invitation = invitation(&InvitedBy::Hand { relay, code: "7K3M-9QPX".to_owned() }, None).unwrap();
    let life = machine.start();
    let begun = Stage::New { pin: true, protected: false };
    let joining = tokio::spawn({
        let life = Arc::clone(&life);
        async move { life.join(&invitation, "Планшет", Protection::Pin("4071".to_owned())).await }
    });
    let (mut connection, _) = elsewhere.accept().await.unwrap();
    assert_eq!(life.stage(), begun);

    // The profile cannot go while it is held: the moment between is as long as this.
    let held = life.app().unwrap();
    // An answer before the question would be a broken connection, after which the relay may know the device.
    connection.read_exact(&mut [0; 4]).await.unwrap();
    connection.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n").await.unwrap();
    let closed = async {
        while life.app().is_ok() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, closed).await.unwrap();
    assert!(profile::guard(machine.path()).unwrap().is_some(), "not removed yet");
    assert_eq!(life.stage(), begun);
    drop(held);
    let joined = joining.await.unwrap();
    assert!(matches!(joined, Err(LifeError::Join(_))), "{joined:?}");
    assert_eq!(life.stage(), begun);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_ends_while_a_relay_is_silent_and_the_same_invitation_goes_on() {
    let machine = Machine::new();
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let relay = format!("http://{}", silent.local_addr().unwrap());
    let by = InvitedBy::Hand { relay, code: "7K3M-9QPX".to_owned() };
    let invitation = invitation(&by, None).unwrap();
    let life = machine.start();
    let joining = tokio::spawn({
        let life = Arc::clone(&life);
        let protection = Protection::Pin("4071".to_owned());
        async move { life.join(&invitation, "Планшет", protection).await }
    });
    let _connection = silent.accept().await.unwrap();

    tokio::time::timeout(PATIENCE, life.end()).await.expect("nobody waits for a silent relay");

    let joined = joining.await.unwrap();
    assert!(matches!(joined, Err(LifeError::NotNow)), "{joined:?}");
    // The relay may have taken the code: what it took it for is kept.
    let again = machine.start();
    again.unlock("4071".to_owned()).await.unwrap();
    assert_eq!(again.stage(), Stage::New { pin: true, protected: true });
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keyring_a_pin_is_not_offered_and_not_taken() {
    let machine = Machine::new();
    let life = machine.start_with(Keyring::none());
    assert_eq!(life.stage(), Stage::New { pin: false, protected: false });
    let invitation = to_nobody();
    let joined = life.join(&invitation, "Планшет", Protection::Pin("4071".to_owned())).await;
    assert!(matches!(joined, Err(LifeError::Keyring(KeyringError::NoService(_)))), "{joined:?}");
    assert_eq!(profile::guard(machine.path()).unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_is_opened_by_its_pin_locked_and_opened_again() {
    let machine = Machine::with_pin("4071");
    let life = machine.start();
    life.begin().await.unwrap();
    assert_eq!(life.stage(), Stage::Locked { by: LockedBy::Pin, wrong_tries: 0, wait_ms: 0 });
    assert!(matches!(life.app(), Err(LifeError::NotNow)));

    life.unlock("4071".to_owned()).await.unwrap();
    assert!(is_open(&life), "{:?}", life.stage());
    let held = life.app().unwrap();

    life.lock().await;
    assert!(matches!(life.stage(), Stage::Locked { .. }));
    // Whoever still works with the device ends first; the next opening waits for it.
    let again = tokio::spawn({
        let life = Arc::clone(&life);
        async move { life.unlock("4071".to_owned()).await }
    });
    drop(held);
    again.await.unwrap().unwrap();
    assert!(is_open(&life), "{:?}", life.stage());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_that_began_before_the_lock_does_not_sync_the_locked_profile() {
    let machine = Machine::with_pin("4071");
    let life = machine.start();
    life.unlock("4071".to_owned()).await.unwrap();
    let pressed = life.app().unwrap();
    assert!(pressed.is_connected());

    life.lock().await;
    pressed.connect();

    assert!(!pressed.is_connected(), "the database stays open as long as that goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_five_wrong_tries_the_next_waits_also_after_a_restart() {
    let machine = Machine::with_pin("4071");
    for _ in 0..5 {
        // Each try in a program of its own.
        let wrong = machine.start().unlock("0000".to_owned()).await;
        assert!(matches!(wrong, Err(LifeError::Wrong)), "{wrong:?}");
    }
    let life = machine.start();
    assert_eq!(life.stage(), Stage::Locked { by: LockedBy::Pin, wrong_tries: 5, wait_ms: 30_000 });
    let right_but_early = life.unlock("4071".to_owned()).await;
    assert!(matches!(right_but_early, Err(LifeError::Wait { wait_ms: 30_000 })), "{right_but_early:?}");

    machine.clock.move_by_ms(30_000);
    life.unlock("4071".to_owned()).await.unwrap();
    life.lock().await;
    assert_eq!(life.stage(), Stage::Locked { by: LockedBy::Pin, wrong_tries: 0, wait_ms: 0 });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_that_lost_the_secret_is_no_wrong_try() {
    let machine = Machine::with_pin("4071");
    let life = machine.start_with(Keyring::in_store(mock::Store::new().unwrap()));
    let lost = life.unlock("4071".to_owned()).await;
    assert!(matches!(lost, Err(LifeError::Keyring(KeyringError::Lost))), "{lost:?}");
    assert_eq!(life.stage(), Stage::Locked { by: LockedBy::Pin, wrong_tries: 0, wait_ms: 0 });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_program_cannot_open_the_profile_and_harms_nothing() {
    let machine = Machine::with_pin("4071");
    let (first, second) = (machine.start(), machine.start());
    first.unlock("4071".to_owned()).await.unwrap();
    let refused = second.unlock("4071".to_owned()).await;
    assert!(
        matches!(refused, Err(LifeError::Open(OpenError::Store(StoreError::InUse { .. })))),
        "{refused:?}"
    );
    assert_eq!(second.stage(), Stage::Unopenable { why: Unopenable::InUse });
    first.end().await;
    second.begin().await.unwrap();
    assert!(matches!(second.stage(), Stage::Locked { wrong_tries: 0, .. }), "{:?}", second.stage());
    second.unlock("4071".to_owned()).await.unwrap();
    assert!(is_open(&second), "{:?}", second.stage());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_profile_is_locked_and_one_that_is_used_is_not() {
    let machine = Machine::with_pin("4071");
    let life = machine.start();
    life.unlock("4071".to_owned()).await.unwrap();

    machine.clock.move_by_ms(14 * MINUTE_MS);
    life.touch();
    machine.clock.move_by_ms(14 * MINUTE_MS);
    life.lock_when_idle().await;
    assert!(is_open(&life), "touched 14 minutes ago: {:?}", life.stage());
    machine.clock.move_by_ms(MINUTE_MS);
    life.lock_when_idle().await;
    assert!(matches!(life.stage(), Stage::Locked { .. }), "{:?}", life.stage());
}

#[tokio::test(flavor = "multi_thread")]
async fn demo_data_opens_by_itself_and_stays_open() {
    let machine = Machine::new();
    made(machine.path(), &Unlock::DemoKeyFile);
    let life = machine.start();
    life.begin().await.unwrap();
    machine.clock.move_by_ms(24 * 60 * MINUTE_MS);
    life.lock_when_idle().await;
    assert!(is_open(&life), "{:?}", life.stage());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_database_is_set_aside_and_the_person_is_told() {
    let machine = Machine::with_pin("4071");
    let database = machine.path().join("device.db");
    let length = std::fs::metadata(&database).unwrap().len();
    std::fs::write(&database, vec![7; usize::try_from(length).unwrap()]).unwrap();

    let life = machine.start();
    life.unlock("4071".to_owned()).await.unwrap();
    let rescue = life.rescue().unwrap();
    assert!(
        !rescue.complete && rescue.kept.as_deref().is_some_and(|kept| Path::new(kept).is_file()),
        "{rescue:?}"
    );
    // Whose device it was is lost too: it joins anew, and what protects it stays.
    assert_eq!(life.stage(), Stage::New { pin: true, protected: true });
    life.rescue_read();
    assert_eq!(life.rescue(), None);

    // What failed to join was not made for joining, so it is kept.
    let invitation = to_nobody();
    life.join(&invitation, "Планшет", Protection::Pin("9999".to_owned())).await.unwrap_err();
    life.lock().await;
    life.unlock("4071".to_owned()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_of_a_newer_app_is_left_alone() {
    let machine = Machine::with_pin("4071");
    let header = machine.path().join("device.key");
    std::fs::write(&header, br#"{"version": 9, "protection": {}, "checksum": ""}"#).unwrap();
    let life = machine.start();
    let refused = life.begin().await;
    assert!(
        matches!(refused, Err(LifeError::Open(OpenError::Key(KeyError::UnknownVersion(9))))),
        "{refused:?}"
    );
    assert_eq!(life.stage(), Stage::Unopenable { why: Unopenable::NewerApp });
}

/// What is said to the log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, said: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(said);
        Ok(said.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn why_the_disk_does_not_open_a_profile_is_in_the_log() {
    let machine = Machine::with_pin("4071");
    let marks = machine.path().join("device.db.parsing");
    std::fs::remove_file(&marks).unwrap();
    std::fs::create_dir(&marks).unwrap();
    let life = machine.start();
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone()).finish();

    let _logged = tracing::subscriber::set_default(subscriber);
    let refused = calls::call(&life, "unlock", json!({ "secret": "4071" })).await;

    assert_eq!(refused, Err(ScreenError::ProfileClosed));
    assert_eq!(life.stage(), Stage::Unopenable { why: Unopenable::Disk });
    let said = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(said.contains("IsADirectory"), "{said}");
}
