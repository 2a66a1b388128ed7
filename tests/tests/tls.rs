//! Devices recognise their relay on the wire: they work with it, and tell nothing to anybody else.
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use std::io::Read as _;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use halyard_device::life::{Keyring, Life, Stage, calls};
use halyard_device::screens::{NotProven, RelayTrouble, ScreenError};
use halyard_device::sync::{CallError, Distrust, SyncError, Told};
use halyard_device::{Device, ThisMachine};
use halyard_domain::kind::Kind;
use halyard_domain::records::Customer;
use halyard_protocol::join::{JoinLink, RelayAddress};
use halyard_protocol::pin::Pin;
use halyard_protocol::problem::ErrorCode;
use halyard_tests::harness::{Relay, RelayFolder, TestDevice};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, PublicKeyData as _, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection};
use serde_json::json;
use tokio::runtime::Handle;
use tokio::sync::watch;

/// Longer than anything here may take.
const DEADLINE: Duration = Duration::from_secs(30);

struct Office {
    folder: tempfile::TempDir,
    relay: Relay,
}

impl Office {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = RelayFolder::new(&folder.path().join("relay"), "Тепло Сервіс").unwrap();
        let relay = address.start().unwrap();
        Self { folder, relay }
    }

    fn invite(&self, name: &str) -> JoinLink {
        self.relay.folder().invite(name, "dispatcher").unwrap()
    }

    fn device(&self, name: &str) -> TestDevice {
        TestDevice::open(self.folder.path(), name).unwrap()
    }

    /// A device that has joined.
    async fn dispatcher(&self, name: &str) -> TestDevice {
        let device = self.device(name);
        device.device.enrol(&self.invite(&format!("Бондар {name}")), name).await.unwrap();
        device.sync().await.unwrap();
        device
    }
}

fn write(device: &TestDevice, name: &str) {
    device.device.create(Kind::Customer, vec![Customer::NAME.set(&name.to_owned())]).unwrap();
}

/// Why the device does not take what answers for its relay.
fn distrust(error: SyncError) -> Distrust {
    match error {
        SyncError::Call(CallError::Distrusted(why)) => why,
        other => panic!("not distrusted: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn work_travels_and_hints_arrive_over_the_relays_own_certificate() {
    let office = Office::open();
    let (olena, iryna) = (office.dispatcher("Олена").await, office.dispatcher("Ірина").await);
    let found = |name: &str| !olena.device.search(name, 5).unwrap().is_empty();

    let (waker, told) = Device::waker();
    let (status, mut shown) = watch::channel(None);
    let in_step = tokio::spawn(Arc::clone(&olena.device).stay_in_step(told, status));
    // The second record can only come by a hint: the first round of the background sync is over when the
    // first one is here, and the next by the clock is minutes away.
    for name in ["Ґанок", "Сонях"] {
        write(&iryna, name);
        iryna.sync().await.unwrap();
        let arrived = async {
            while !found(name) {
                shown.changed().await.unwrap();
            }
        };
        tokio::time::timeout(DEADLINE, arrived).await.unwrap_or_else(|_| panic!("{name} did not arrive"));
    }
    waker.tell(Told::Stop);
    in_step.await.unwrap().unwrap();
}

#[tokio::test]
async fn without_a_pin_a_relays_own_certificate_is_refused_with_the_pin_to_compare() {
    let office = Office::open();
    let invited = office.invite("Бондар Олена");
    let device = office.device("first");
    let refused = device.device.enrol(&JoinLink { pin: None, ..invited.clone() }, "first").await.unwrap_err();
    assert_eq!(distrust(refused), Distrust::NotKnown { shown: invited.pin.unwrap() });
    assert!(device.device.identity().is_none(), "and it stays as it was");

    device.device.enrol(&invited, "first").await.unwrap();
    device.sync().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_address_and_code_a_person_joins_once_the_shown_pin_is_compared() {
    let office = Office::open();
    let invited = office.invite("Бондар Олена");
    let profile = office.folder.path().join("window");
    let life = Life::new(profile, Keyring::none(), Arc::new(ThisMachine), Handle::current());
    let join = async |compared: Option<&str>| {
        let by = json!({ "hand": { "relay": invited.relay, "code": invited.code.to_string() } });
        let protect = json!({ "passphrase": "довга парольна фраза" });
        let asked =
            json!({ "by": by, "compared_pin": compared, "device_name": "Настільний", "protect": protect });
        calls::call(&life, "join", asked).await
    };
    let refused = |why| Err(ScreenError::Relay { trouble: RelayTrouble::NotProven { why } });
    let shown = invited.pin.unwrap().to_string();
    assert_eq!(join(None).await, refused(NotProven::NotKnown { shown: shown.clone() }));
    let other = Pin::of_key(b"another relay's").to_string();
    assert_eq!(join(Some(&other)).await, refused(NotProven::OtherKey { shown: shown.clone() }));
    assert!(matches!(life.stage(), Stage::New { .. }), "{:?}", life.stage());

    join(Some(&shown)).await.unwrap();
    assert!(matches!(life.stage(), Stage::FirstSync { .. } | Stage::Open { .. }), "{:?}", life.stage());
    life.end().await;
}

#[tokio::test]
async fn what_devices_pin_is_the_same_after_every_start() {
    let office = Office::open();
    let device = office.dispatcher("Олена").await;
    let before = office.invite("Коваль Іван").pin;
    let Office { folder, relay } = office;
    let relay = relay.kill().unwrap().start().unwrap();
    write(&device, "Після перезапуску");
    assert!(device.sync().await.unwrap().accepted > 0);
    assert_eq!(relay.folder().invite("Коваль Петро", "dispatcher").unwrap().pin, before);
    drop((relay, folder));
}

#[tokio::test]
async fn a_given_certificate_no_system_knows_is_believed_by_its_pin() {
    let folder = tempfile::tempdir().unwrap();
    let mut address = RelayFolder::new(&folder.path().join("relay"), "Тепло Сервіс").unwrap();
    let own = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let (cert, key) = (folder.path().join("relay.pem"), folder.path().join("relay.key"));
    std::fs::write(&cert, own.cert.pem()).unwrap();
    std::fs::write(&key, own.signing_key.serialize_pem()).unwrap();
    address
        .set(&[("HALYARD_TLS__CERT", cert.to_str().unwrap()), ("HALYARD_TLS__KEY", key.to_str().unwrap())]);
    let _relay = address.start().unwrap();

    let invited = address.invite("Бондар Олена", "dispatcher").unwrap();
    assert_eq!(invited.pin, None, "the device's system is to know it");
    let device = TestDevice::open(folder.path(), "first").unwrap();
    let refused = device.device.enrol(&invited, "first").await.unwrap_err();
    let shown = Pin::of_key(&own.signing_key.subject_public_key_info());
    assert_eq!(distrust(refused), Distrust::NotKnown { shown });
    device.device.enrol(&JoinLink { pin: Some(shown), ..invited }, "first").await.unwrap();
    device.sync().await.unwrap();
}

#[tokio::test]
async fn plain_http_where_tls_is_spoken_and_the_other_way_round_are_told_for_what_they_are() {
    let office = Office::open();
    let device = office.dispatcher("Олена").await;
    write(&device, "Сонях");
    let there = office.relay.folder().url();
    let plain: RelayAddress = there.replacen("https", "http", 1).parse().unwrap();
    device.device.move_relay(&plain, None).unwrap();
    match device.sync().await.unwrap_err() {
        SyncError::Call(CallError::Problem(problem)) => assert_eq!(problem.code, ErrorCode::TlsNeeded),
        other => panic!("{other:?}"),
    }

    let Office { folder, relay } = office;
    let mut address = relay.kill().unwrap();
    address.set(&[]);
    let _relay = address.start().unwrap();
    device.device.move_relay(&there.parse().unwrap(), None).unwrap();
    let error = device.sync().await.unwrap_err();
    assert!(matches!(error, SyncError::Call(CallError::NotTls)), "{error:?}");

    device.device.move_relay(&plain, None).unwrap();
    assert!(device.sync().await.unwrap().accepted > 0, "on this machine plain HTTP is enough");
    drop(folder);
}

/// An authority somebody made, with the name of any other.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: CertificateDer<'static>,
    pin: Pin,
}

impl Authority {
    fn called(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).unwrap().der().clone();
        let pin = Pin::of_key(&key.subject_public_key_info());
        Self { issuer: Issuer::new(params, key), certificate, pin }
    }

    /// Answers one connection on this machine with a certificate for `name` that lasts to the end of
    /// `year`, followed by `shown`; says what the visitor then sent.
    fn impersonate(&self, name: &str, year: i32, shown: &[&Self]) -> (RelayAddress, JoinHandle<Vec<u8>>) {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_after = date_time_ymd(year, 12, 31);
        let mut chain = vec![params.signed_by(&key, &self.issuer).unwrap().der().clone()];
        chain.extend(shown.iter().map(|authority| authority.certificate.clone()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at: SocketAddr = listener.local_addr().unwrap();
        let heard = std::thread::spawn(move || {
            let (mut visitor, _) = listener.accept().unwrap();
            let mut connection = ServerConnection::new(Arc::new(config)).unwrap();
            let mut heard = Vec::new();
            // Ends when the visitor breaks the handshake off or has sent the head of a request.
            while heard.is_empty() && connection.complete_io(&mut visitor).is_ok() {
                let mut piece = [0; 4096];
                if let Ok(read @ 1..) = connection.reader().read(&mut piece) {
                    heard.extend_from_slice(piece.get(..read).unwrap());
                }
            }
            heard
        });
        (format!("https://{at}").parse().unwrap(), heard)
    }
}

#[tokio::test]
async fn whoever_is_not_the_pinned_relay_is_told_nothing() {
    let office = Office::open();
    let device = office.dispatcher("Олена").await;
    write(&device, "Таємний клієнт");
    let (ours, theirs) = (Authority::called("Halyard"), Authority::called("Halyard"));
    let told = async |(address, heard): (RelayAddress, JoinHandle<Vec<u8>>), pin| {
        device.device.move_relay(&address, Some(pin)).unwrap();
        let error = device.sync().await.unwrap_err();
        (error, heard.join().unwrap())
    };
    let refused = async |visit, expected| {
        let (error, heard) = told(visit, ours.pin).await;
        assert_eq!(distrust(error), expected);
        assert_eq!(heard, Vec::<u8>::new(), "{expected:?}");
    };

    let here = "127.0.0.1";
    let other_key = Distrust::OtherKey { shown: theirs.pin };
    refused(theirs.impersonate(here, 2099, &[&theirs]), other_key).await;
    // A certificate is public: showing ours proves nothing.
    refused(theirs.impersonate(here, 2099, &[&ours]), Distrust::OtherKey { shown: ours.pin }).await;
    refused(theirs.impersonate(here, 2099, &[&ours, &theirs]), other_key).await;
    refused(ours.impersonate("elsewhere.example", 2099, &[&ours]), Distrust::OtherName).await;
    refused(ours.impersonate(here, 2020, &[&ours]), Distrust::OtherTime).await;

    // The right one is asked; that it is no relay shows that the others were refused before.
    let (_, heard) = told(ours.impersonate(here, 2099, &[&ours]), ours.pin).await;
    assert!(heard.starts_with(b"POST /v1/sync/"), "{}", String::from_utf8_lossy(&heard));
    assert!(device.device.status().unwrap().unsent > 0, "the work stays on the device");
}
