//! A real relay process on a free port of the loopback, and tablets that talk to it.

#![allow(dead_code, reason = "each test program uses its part")]

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;

use ed25519_dalek::SigningKey;
use halyard_domain::id::{DeviceId, DocumentId, IncarnationId, Ref, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_domain::records::{Common, Customer};
use halyard_protocol::actor::{ActorId, ActorPrefix};
use halyard_protocol::body::{self, Encoding};
use halyard_protocol::cbor;
use halyard_protocol::enrol::{EnrolAnswer, EnrolRequest};
use halyard_protocol::envelope::{Chunk, Envelope};
use halyard_protocol::hash::Generation;
use halyard_protocol::http_signature::{CONTENT_DIGEST, SIGNATURE, SIGNATURE_INPUT, SignedHeaders, sign};
use halyard_protocol::keys::{PublicKey, Signature};
use halyard_protocol::problem::Problem;
use halyard_protocol::time::UnixMs;
use halyard_protocol::version::{CBOR, PROTOCOL_HEADER, WORKSPACE_HEADER};
use halyard_records::seed::seeds_of;
use halyard_records::{Document, Editor};
use halyard_sync_server::outside::Clock;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A data folder, gone with the test.
pub(crate) struct Place(tempfile::TempDir);

impl Place {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// The program with this data folder, told nothing by the machine it runs on.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sync-server"));
        command.env_clear().current_dir(self.path()).args(arguments).arg("--data").arg(self.data());
        command
    }

    /// The relay's database, as any SQLite tool sees it.
    pub(crate) fn database(&self) -> rusqlite::Connection {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        rusqlite::Connection::open_with_flags(self.data().join("relay.db"), flags).unwrap()
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a command that must succeed, and reads its JSON.
    #[track_caller]
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let output = self.command(arguments).arg("--json").output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{arguments:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_str(&text).unwrap()
    }

    /// Starts the relay and waits until it is ready.
    pub(crate) fn serve(&self) -> RunningRelay {
        self.serve_with(&[])
    }

    /// Starts the relay on a disk where no file can grow beyond so many kibibytes.
    pub(crate) fn serve_on_a_small_disk(&self, kib: u64) -> RunningRelay {
        let mut shell = Command::new("bash");
        shell.env_clear().current_dir(self.path());
        // An ignored signal stays ignored in the program: a write beyond the limit fails and does not kill.
        shell.args(["-c", "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"", &kib.to_string()]);
        shell.arg(env!("CARGO_BIN_EXE_sync-server")).args(SERVE).arg("--data").arg(self.data());
        RunningRelay::start(&mut shell)
    }

    /// Runs a command that may write no file beyond so many KiB.
    pub(crate) fn run_on_a_small_disk(&self, arguments: &[&str], kib: u64) -> Output {
        let mut shell = Command::new("bash");
        shell.env_clear().current_dir(self.path());
        shell.args(["-c", "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"", &kib.to_string()]);
        shell.arg(env!("CARGO_BIN_EXE_sync-server")).args(arguments).arg("--data").arg(self.data());
        shell.output().unwrap()
    }

    /// Starts the relay from a copy of the program, which can be taken away.
    pub(crate) fn serve_from(&self, program: &Path) -> RunningRelay {
        let mut command = Command::new(program);
        RunningRelay::start(
            command.env_clear().current_dir(self.path()).args(SERVE).arg("--data").arg(self.data()),
        )
    }

    pub(crate) fn serve_with(&self, arguments: &[&str]) -> RunningRelay {
        RunningRelay::start(self.command(&SERVE).args(arguments))
    }
}

const SERVE: [&str; 6] = ["serve", "--json", "--listen", "127.0.0.1:0", "--workspace", "Teplo Service"];

/// A relay process, ended with the test.
pub(crate) struct RunningRelay {
    process: Child,
    pub(crate) url: String,
}

impl Drop for RunningRelay {
    fn drop(&mut self) {
        // One that has ended by itself cannot be killed, and that is what was wanted.
        if self.process.kill().is_ok() {
            drop(self.process.wait());
        }
    }
}

impl RunningRelay {
    fn start(command: &mut Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let ready: Value =
            serde_json::from_str(&line).unwrap_or_else(|_| panic!("the relay did not start: {line:?}"));
        let url = ready["ready"]["url"].as_str().unwrap().to_owned();
        Self { process, url }
    }

    /// Asks the process to end, as a service manager does.
    pub(crate) fn terminate(&self) {
        let pid = rustix::process::Pid::from_raw(i32::try_from(self.process.id()).unwrap()).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    }

    /// Kills the processes the relay has started, and says how many.
    pub(crate) fn kill_workers(&self) -> usize {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.process.id())).unwrap();
        let children =
            tasks.map(|task| std::fs::read_to_string(task.unwrap().path().join("children")).unwrap());
        let pids: Vec<i32> = children
            .flat_map(|all| all.split_whitespace().map(str::parse).collect::<Vec<_>>())
            .map(Result::unwrap)
            .collect();
        for pid in &pids {
            let pid = rustix::process::Pid::from_raw(*pid).unwrap();
            rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
        }
        pids.len()
    }

    /// Waits for the process to end by itself, and answers its exit code.
    pub(crate) fn ended(&mut self) -> Option<i32> {
        self.process.wait().unwrap().code()
    }

    pub(crate) async fn get(&self, path: &str) -> reqwest::Response {
        client().get(format!("{}{path}", self.url)).send().await.unwrap()
    }
}

/// Speaks plain HTTP; no certificate is taken for anybody's.
fn client() -> reqwest::Client {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    reqwest::Client::builder().tls_backend_preconfigured(tls).build().unwrap()
}

/// A device as the relay knows it.
#[derive(Clone)]
pub(crate) struct Tablet {
    pub(crate) key: SigningKey,
    pub(crate) device: DeviceId,
    pub(crate) workspace: Option<WorkspaceId>,
    pub(crate) relay: Option<PublicKey>,
    pub(crate) employee: Option<DocumentId>,
}

/// Milliseconds now, as a device's clock has them.
pub(crate) fn now() -> UnixMs {
    UnixMs(i64::try_from(Clock::system().unix_ms()).unwrap())
}

impl Tablet {
    /// A device nobody knows.
    pub(crate) fn new(name: &str) -> Self {
        let mut seed = [7; 32];
        for (byte, letter) in seed.iter_mut().zip(name.bytes()) {
            *byte = letter;
        }
        let key = SigningKey::from_bytes(&seed);
        Self { key, device: DeviceId::made_by_rule(name), workspace: None, relay: None, employee: None }
    }

    /// A device of a new employee, invited by IT and joined.
    pub(crate) async fn joined(place: &Place, relay: &RunningRelay, name: &str, role: &str) -> Self {
        let invited = place.json(&["invite", "--new", &format!("Коваль {name} Петрович"), "--role", role]);
        let code = invited["invited"]["code"].as_str().unwrap();
        let mut tablet = Self::new(name);
        let answer: EnrolAnswer = tablet.enrol(relay, code).await.unwrap();
        tablet.workspace = Some(answer.workspace);
        tablet.relay = Some(answer.relay);
        tablet.employee = Some(answer.employee);
        tablet
    }

    pub(crate) async fn enrol(&self, relay: &RunningRelay, code: &str) -> Result<EnrolAnswer, Problem> {
        self.post(relay, "/v1/enrol", &self.enrolment(code)).await
    }

    pub(crate) fn enrolment(&self, code: &str) -> EnrolRequest {
        EnrolRequest {
            code: code.parse().unwrap(),
            device: self.device,
            key: PublicKey::of(&self.key),
            name: "Field tablet".to_owned(),
        }
    }

    pub(crate) async fn post<Q, A>(
        &self,
        relay: &RunningRelay,
        path: &str,
        question: &Q,
    ) -> Result<A, Problem>
    where
        Q: Serialize,
        A: DeserializeOwned,
    {
        let (bytes, encoding) = body::write(question).unwrap();
        let request = Sent { encoding: encoding.header(), ..Sent::post(path, bytes) };
        answer(request.signed(self, now()).send(relay).await).await
    }

    pub(crate) async fn get<A: DeserializeOwned>(
        &self,
        relay: &RunningRelay,
        path: &str,
    ) -> Result<A, Problem> {
        answer(Sent::get(path).signed(self, now()).send(relay).await).await
    }

    /// The device's first work, signed: a new customer.
    pub(crate) fn new_customer(&self, name: &str) -> Envelope {
        let employee = self.employee.unwrap();
        let actor = ActorId::new(ActorPrefix::of(&PublicKey::of(&self.key)), [1; 8]).0;
        let mut same = || actor;
        let mut editor = Editor { actor, fresh_actor: &mut same, time: 0 };
        let intents = [Common::AUTHOR.set(&Ref::to(employee)), Customer::NAME.set(&name.to_owned())];
        let made = Document::born(Kind::Customer).unwrap().edit_at_birth(&mut editor, &intents).unwrap();
        let seeds = seeds_of(Kind::Customer).iter().map(|seed| Chunk(seed.bytes.clone()));
        let mut envelope = Envelope {
            v: 1,
            workspace: self.workspace.unwrap(),
            document: DocumentId::made_by_rule(name),
            generation: Generation(0),
            kind: Kind::Customer.into(),
            employee,
            device: self.device,
            incarnation: IncarnationId::made_by_rule(name),
            sequence: 1,
            previous: None,
            time: now(),
            replaces: Vec::new(),
            changes: seeds.chain(made.into_iter().map(|change| Chunk(change.chunk))).collect(),
            signature: Signature::missing(),
        };
        envelope.sign(&self.key).unwrap();
        envelope
    }

    /// The headers of a signed request.
    pub(crate) fn headers(&self, created: UnixMs, method: &str, path: &str, body: &[u8]) -> SignedHeaders {
        let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
        sign(&self.key, self.device, created, (method, path, query), self.workspace, body)
    }
}

/// A request about to be sent, every part of which can be spoilt.
pub(crate) struct Sent {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) body: Vec<u8>,
    pub(crate) encoding: Option<&'static str>,
    pub(crate) protocol: Option<&'static str>,
    pub(crate) media_type: Option<&'static str>,
    pub(crate) workspace: Option<WorkspaceId>,
    pub(crate) headers: Option<SignedHeaders>,
}

impl Sent {
    pub(crate) fn post(path: &str, body: Vec<u8>) -> Self {
        Self {
            method: "POST",
            path: path.to_owned(),
            body,
            encoding: None,
            protocol: Some("1"),
            media_type: Some(CBOR),
            workspace: None,
            headers: None,
        }
    }

    pub(crate) fn get(path: &str) -> Self {
        Self { method: "GET", media_type: None, ..Self::post(path, Vec::new()) }
    }

    pub(crate) fn signed(mut self, by: &Tablet, created: UnixMs) -> Self {
        self.workspace = by.workspace;
        self.headers = Some(by.headers(created, self.method, &self.path, &self.body));
        self
    }

    pub(crate) async fn send(self, relay: &RunningRelay) -> reqwest::Response {
        let method = self.method.parse().unwrap();
        let mut request = client().request(method, format!("{}{}", relay.url, self.path));
        let SignedHeaders { content_digest, signature_input, signature } = match self.headers {
            Some(headers) => headers,
            None => SignedHeaders {
                content_digest: String::new(),
                signature_input: String::new(),
                signature: String::new(),
            },
        };
        let workspace = self.workspace.map(|id| id.to_string());
        let headers = [
            (PROTOCOL_HEADER, self.protocol),
            ("content-type", self.media_type),
            ("content-encoding", self.encoding),
            (WORKSPACE_HEADER, workspace.as_deref()),
            (CONTENT_DIGEST, Some(content_digest.as_str())),
            (SIGNATURE_INPUT, Some(signature_input.as_str())),
            (SIGNATURE, Some(signature.as_str())),
        ];
        for (name, value) in headers {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                request = request.header(name, value);
            }
        }
        request.body(self.body).send().await.unwrap()
    }
}

/// Reads what the relay answered.
pub(crate) async fn answer<A: DeserializeOwned>(response: reqwest::Response) -> Result<A, Problem> {
    let (status, encoding) = (response.status(), encoding(&response));
    let bytes = response.bytes().await.unwrap();
    if status.is_success() {
        return Ok(body::read(&bytes, encoding, 64 << 20).unwrap());
    }
    let problem: Problem = cbor::decode(&bytes, 64 << 10).unwrap();
    assert_eq!(problem.status, status.as_u16());
    Err(problem)
}

fn encoding(response: &reqwest::Response) -> Encoding {
    let value = response.headers().get("content-encoding").map(|value| value.to_str().unwrap());
    Encoding::from_header(value).unwrap()
}

/// What a program printed.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// What a command said that failed with this exit code, after a look at its three sentences.
#[track_caller]
pub(crate) fn failure(output: &Output, exit: i32) -> Value {
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(exit), "{said}");
    let line =
        said.lines().rev().find(|line| line.starts_with("{\"failed\"")).unwrap_or_else(|| panic!("{said}"));
    let value: Value = serde_json::from_str(line).unwrap();
    for sentence in ["happened", "safe", "next"] {
        let sentence = value["failed"][sentence].as_str().unwrap();
        assert!(sentence.ends_with(['.', '?']) && sentence.len() > 10, "{sentence:?}");
    }
    value["failed"].clone()
}
