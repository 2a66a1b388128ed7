//! A profile in a temporary folder and the real program run on it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use halyard_device::domain::id::{DeviceId, DocumentId, IncarnationId, WorkspaceId};
use halyard_device::domain::kind::Kind;
use halyard_device::domain::rights::shipped_roles;
use halyard_device::protocol::cbor;
use halyard_device::protocol::hash::RightsVersion;
use halyard_device::protocol::pull::Me;
use halyard_device::protocol::schema::Schema;
use halyard_device::store::profile::{Opened, open};
use halyard_device::store::{Identity, SecretKey, Store, SyncStateChange, Unlock};

/// Kyiv's rule, spelled out so that no time zone data is needed.
const ZONE: &str = "EET-2EEST,M3.5.0/3,M10.5.0/4";

/// One device's profile and a terminal on it.
pub(crate) struct Bench {
    folder: tempfile::TempDir,
}

/// What a command came to.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Bench {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A profile of an employee whose relay nobody answers for, with a demo key.
    pub(crate) fn enrolled() -> Self {
        let bench = Self::empty();
        bench.identify(&bench.store(&Unlock::DemoKeyFile), "http://127.0.0.1:9");
        bench
    }

    pub(crate) fn profile(&self) -> PathBuf {
        self.folder.path().join("profile")
    }

    /// A file beside the profile.
    pub(crate) fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn store(&self, unlock: &Unlock) -> Store {
        match open(&self.profile(), unlock).unwrap() {
            Opened::Fresh(store) | Opened::Ready(store) => store,
            Opened::Damaged(damaged) => panic!("{damaged:?}"),
        }
    }

    /// Gives a database an owner, as enrolment does.
    pub(crate) fn identify(&self, store: &Store, relay: &str) {
        let identity = Identity {
            workspace: WorkspaceId::made_by_rule("test"),
            organisation: "Сервіс «Тест»".to_owned(),
            relay_url: relay.to_owned(),
            relay_pin: None,
            relay_key: [1; 32],
            device: DeviceId::made_by_rule("tablet"),
            device_key: SecretKey([2; 32]),
            employee: employee(),
            incarnation: IncarnationId::made_by_rule("first"),
        };
        store.set_identity(identity).unwrap();
    }

    /// Lets the relay have said that the employee holds a shipped role.
    pub(crate) fn hold(&self, role: &str) {
        let role = shipped_roles().into_iter().find(|shipped| shipped.code == role).unwrap();
        let me = Me {
            employee: employee(),
            roles: vec![role.id],
            teams: Vec::new(),
            rights: RightsVersion(1),
            schema: Schema::default(),
        };
        let change = SyncStateChange { me: Some(cbor::encode(&me).unwrap()), ..SyncStateChange::default() };
        self.store(&Unlock::DemoKeyFile).change_sync_state(change).unwrap();
    }

    /// The program, ready to run.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_halyard"));
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "HALYARD_PASSPHRASE"] {
            command.env_remove(name);
        }
        command.env("HALYARD_PROFILE", self.profile()).env("TZ", ZONE).args(args);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs a command.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        ran(&self.command(args).output().unwrap())
    }

    /// Runs a command where no file may grow, as on a disk without room.
    #[cfg(unix)]
    pub(crate) fn run_without_room(&self, args: &[&str]) -> Ran {
        let program = env!("CARGO_BIN_EXE_halyard");
        let full = r#"trap "" XFSZ; ulimit -f 0; exec "$0" "$@""#;
        let mut command = Command::new("sh");
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "HALYARD_PASSPHRASE"] {
            command.env_remove(name);
        }
        command.env("HALYARD_PROFILE", self.profile()).env("TZ", ZONE);
        command.args(["-c", full, program]).args(args).stdin(Stdio::null());
        ran(&command.output().unwrap())
    }

    /// Runs a command that types into the program.
    pub(crate) fn run_with_input(&self, args: &[&str], input: &str) -> Ran {
        let mut child = self.command(args).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        ran(&child.wait_with_output().unwrap())
    }

    /// Runs a command that must work, and gives what it printed, ids and times of now normalised.
    #[track_caller]
    pub(crate) fn ok(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{args:?}");
        self.normal(&ran.out)
    }

    /// Runs a command that must fail so, and gives the complaint.
    #[track_caller]
    pub(crate) fn fails(&self, code: i32, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, code, "{args:?}: {}{}", ran.out, ran.err);
        assert_eq!(ran.out, "", "{args:?}");
        self.normal(&ran.err)
    }

    /// The answer of a command in JSON.
    #[track_caller]
    pub(crate) fn json(&self, args: &[&str]) -> serde_json::Value {
        let ran = self.run(&[args, &["--json"]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{args:?}");
        serde_json::from_str(&ran.out).unwrap()
    }

    /// Makes a record and gives its id.
    #[track_caller]
    pub(crate) fn new_record(&self, args: &[&str]) -> String {
        self.json(&[&["new"], args].concat())["id"].as_str().unwrap().to_owned()
    }

    fn normal(&self, text: &str) -> String {
        let text = text.replace(&*self.folder.path().to_string_lossy(), "[folder]");
        normal(&text)
    }
}

/// Whose device it is.
pub(crate) fn employee() -> DocumentId {
    DocumentId::made_by_rule("olena")
}

/// The kinds there are.
pub(crate) fn kinds() -> impl Iterator<Item = &'static str> {
    Kind::ALL.iter().map(|kind| kind.name())
}

/// Copies a profile as it lies there.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

fn ran(output: &Output) -> Ran {
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout.clone()).unwrap(),
        err: String::from_utf8(output.stderr.clone()).unwrap(),
    }
}

/// The years that tests enter: what was done lies behind, what is planned may lie ahead.
const ENTERED: [&str; 2] = ["2021", "2031"];

/// Ids and provisional labels by their shape, and every time that is not of a year that tests enter.
fn normal(text: &str) -> String {
    let mut rest: Vec<char> = text.chars().collect();
    let mut out = String::new();
    while !rest.is_empty() {
        let shapes = [
            ("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", "[id]"),
            ("~XXXXXX", "[label]"),
            ("dddd-dd-dd dd:dd", "[time]"),
            ("dd.dd.dddd dd:dd", "[time]"),
        ];
        let entered = |shape: &str| {
            let year = shape.find("dddd").and_then(|at| rest.get(at..at + 4));
            ENTERED.iter().any(|entered| year.is_some_and(|year| year.iter().copied().eq(entered.chars())))
        };
        let found = shapes.iter().find(|(shape, _)| fits(shape, &rest) && !entered(shape));
        let (shown, taken) = match found {
            Some((shape, name)) => ((*name).to_owned(), shape.len()),
            None => (rest[0].to_string(), 1),
        };
        out.push_str(&shown);
        rest.drain(..taken);
    }
    out
}

fn fits(shape: &str, text: &[char]) -> bool {
    shape.len() <= text.len()
        && shape.chars().zip(text).all(|(wanted, letter)| match wanted {
            'x' => letter.is_ascii_hexdigit() && !letter.is_ascii_uppercase(),
            'X' => letter.is_ascii_hexdigit() && !letter.is_ascii_lowercase(),
            'd' => letter.is_ascii_digit(),
            same => same == *letter,
        })
}
