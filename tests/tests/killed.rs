//! Programme B: the real relay and a real device die by kill -9 at many chosen places. What was said to
//! be saved is on the device, what was receipted is in the office, and once everybody has synced nothing
//! is lost and nothing is there twice.
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use halyard_device::Standing;
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::records::Customer;
use halyard_tests::harness::{Office, PULL, PUSH, Place, Relay, RelayFolder, TestDevice, Wire, program};

/// Longest wait for something that may never come.
const LONGEST: Duration = Duration::from_secs(60);

/// A relay with a dispatcher whose device finds it at the end of a wire.
struct World {
    folder: tempfile::TempDir,
    address: RelayFolder,
    relay: Option<Relay>,
    wire: Wire,
    /// Customers a device said to have saved.
    saved: BTreeSet<DocumentId>,
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = RelayFolder::without_tls(&folder.path().join("relay"), "Тепло Сервіс").unwrap();
        let relay = Some(address.start().unwrap());
        let wire = Wire::to(&address).await.unwrap();
        let world = Self { folder, address, relay, wire, saved: BTreeSet::new() };
        let device = world.device("dispatcher");
        let name = "Бондар Олена Ігорівна";
        device.enrol_at(&world.wire.url(), &world.address, name, "dispatcher").await.unwrap();
        device.sync().await.unwrap();
        world
    }

    fn device(&self, name: &str) -> TestDevice {
        TestDevice::open(self.folder.path(), name).unwrap()
    }

    fn kill_relay(&mut self) {
        self.relay.take().unwrap().kill().unwrap();
    }

    fn start_relay(&mut self) {
        self.relay = Some(self.address.start().unwrap());
    }

    fn in_office(&self) -> Vec<String> {
        let office = Office::in_folder(self.address.data()).unwrap();
        office.rows("SELECT id FROM customer", &[]).unwrap().concat()
    }

    fn write(&mut self, device: &TestDevice, records: usize) {
        for _ in 0..records {
            let name = Customer::NAME.set(&format!("Замовник {}", self.saved.len()));
            self.saved.insert(device.device.create(Kind::Customer, vec![name]).unwrap());
        }
    }

    /// Everything saved is on the device, and what has its receipt is in the office.
    fn nothing_is_lost(&self, device: &TestDevice, at: &str) {
        let office: BTreeSet<String> = self.in_office().into_iter().collect();
        for customer in &self.saved {
            let shown = device.device.show(*customer);
            let Ok(shown) = shown else { panic!("{customer} was saved and is lost, killed {at}: {shown:?}") };
            let receipted = shown.standing == Standing::InOffice;
            assert!(
                !receipted || office.contains(&hex(*customer)),
                "{customer} was receipted and is lost, killed {at}"
            );
        }
    }

    /// After a last sync the office and a colleague have everything, each once and equal.
    async fn all_arrives(&self, device: &TestDevice) {
        device.sync().await.unwrap();
        let status = device.device.status().unwrap();
        assert_eq!((status.unsent, status.not_accepted), (0, 0));
        self.address.admin(&["verify"]).unwrap();
        let office = self.in_office();
        let once: BTreeSet<String> = office.iter().cloned().collect();
        assert_eq!(office.len(), once.len(), "a customer is in the office twice");
        let colleague = self.device("colleague");
        colleague.enrol(&self.address, "Мельник Оксана Василівна", "dispatcher").await.unwrap();
        colleague.sync().await.unwrap();
        for customer in &self.saved {
            assert!(once.contains(&hex(*customer)), "{customer} is not in the office");
            let (ours, theirs) = (device.device.show(*customer), colleague.device.show(*customer));
            assert_eq!(ours.unwrap().reading, theirs.unwrap().reading, "{customer}");
        }
    }
}

fn hex(document: DocumentId) -> String {
    document.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Where the relay is killed: at a place of a message, or once its write-ahead log has grown by so many
/// bytes since it got the push, which is in the middle of the commit.
#[derive(Debug, Clone, Copy)]
enum Kill {
    At(&'static str, Place),
    Grown(u64),
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_relay_killed_anywhere_loses_nothing_it_receipted_and_gets_the_rest_again() {
    let mut world = World::new().await;
    let device = world.device("dispatcher");
    // A commit of the same size first, to learn how much it writes.
    let before = log_bytes(&world.address);
    world.write(&device, 3);
    device.sync().await.unwrap();
    let commit = log_bytes(&world.address) - before;
    assert!(commit > 0);

    let places = [0, 30, 60, 99].map(Place::InRequest).into_iter();
    let places = places.chain([Place::AfterRequest]).chain([0, 50, 99].map(Place::InAnswer));
    let at_push = places.map(|place| Kill::At(PUSH, place));
    let at_pull = [Place::AfterRequest, Place::InAnswer(50)].map(|place| Kill::At(PULL, place));
    let in_commit = [1, commit / 8, commit / 4, commit / 2, commit * 3 / 4].map(Kill::Grown);
    for kill in at_push.chain(at_pull).chain(in_commit) {
        world.write(&device, 3);
        let (path, place) = match kill {
            Kill::At(path, place) => (path, place),
            Kill::Grown(_) => (PUSH, Place::AfterRequest),
        };
        let stop = world.wire.stop(path, place);
        let syncing = Arc::clone(&device.device);
        let before = log_bytes(&world.address);
        let syncing = tokio::spawn(async move { syncing.sync().await });
        let halted = stop.reached().await.unwrap();
        if let Kill::Grown(by) = kill {
            let address = world.address.clone();
            tokio::task::spawn_blocking(move || wait_for_log(&address, before + by)).await.unwrap();
        }
        world.kill_relay();
        halted.cut();
        let error = syncing.await.unwrap();
        assert!(error.is_err(), "{kill:?} was not noticed: {error:?}");

        world.start_relay();
        world.nothing_is_lost(&device, &format!("{kill:?}"));
    }
    world.all_arrives(&device).await;
}

/// How long the relay's write-ahead log is. It only grows while the relay is never closed in good order.
fn log_bytes(address: &RelayFolder) -> u64 {
    std::fs::metadata(address.data().join("relay.db-wal")).map_or(0, |log| log.len())
}

/// Waits until the log is so long. A commit that writes less than expected is over by then, and the kill
/// falls behind it.
fn wait_for_log(address: &RelayFolder, bytes: u64) {
    let deadline = Instant::now() + LONGEST;
    while log_bytes(address) < bytes && Instant::now() < deadline {
        std::thread::yield_now();
    }
}

/// A device as a process of its own, and what it says.
struct Process {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Process {
    fn start(folder: &Path) -> Self {
        let mut command = Command::new(program("working-device").unwrap());
        command.arg(folder).args(["dispatcher", "60"]);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    fn next_saved(&mut self) -> Option<DocumentId> {
        let line = self.lines.next()?.unwrap();
        Some(line.strip_prefix("saved ").unwrap().parse().unwrap())
    }

    /// Kills it and gives what it had said and nobody had read.
    fn kill(mut self) -> Vec<DocumentId> {
        self.child.kill().unwrap();
        let status = self.child.wait().unwrap();
        assert!(!status.success(), "the device had ended by itself");
        std::iter::from_fn(|| self.next_saved()).collect()
    }
}

/// Where the device is killed.
#[derive(Debug, Clone, Copy)]
enum Death {
    /// After it said so many times that something is saved.
    Saved(usize),
    At(&'static str, Place),
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_device_killed_anywhere_keeps_what_it_said_to_have_saved() {
    let mut world = World::new().await;
    let saved = [1, 2, 5, 11, 17, 29].map(Death::Saved).into_iter();
    let places = [Place::InRequest(50), Place::AfterRequest, Place::InAnswer(0), Place::InAnswer(50)];
    let places = [PUSH, PULL].into_iter().flat_map(|path| places.map(|place| Death::At(path, place)));
    for death in saved.chain(places) {
        let stop = match death {
            Death::At(path, place) => Some(world.wire.stop(path, place)),
            Death::Saved(_) => None,
        };
        let mut process = Process::start(world.folder.path());
        if let Death::Saved(times) = death {
            for _ in 0..times {
                world.saved.insert(process.next_saved().unwrap());
            }
        }
        let halted = match stop {
            Some(stop) => Some(tokio::time::timeout(LONGEST, stop.reached()).await.unwrap().unwrap()),
            None => None,
        };
        world.saved.extend(process.kill());
        drop(halted);
        world.nothing_is_lost(&world.device("dispatcher"), &format!("{death:?}"));
    }
    world.all_arrives(&world.device("dispatcher")).await;
}
