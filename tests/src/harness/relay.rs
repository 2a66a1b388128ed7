//! A relay as a process of its own, as IT runs it.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail, ensure};
use halyard_domain::id::DocumentId;
use halyard_protocol::join::JoinLink;
use serde_json::Value;

use super::programs::program;

/// A relay's data folder and address, whether it runs or not.
#[derive(Debug, Clone)]
pub struct RelayFolder {
    data: PathBuf,
    port: u16,
    organisation: String,
    scheme: &'static str,
    settings: Vec<(&'static str, String)>,
}

/// A running relay. Ends with a kill when dropped: nothing is left running.
#[derive(Debug)]
pub struct Relay {
    folder: RelayFolder,
    process: Child,
}

impl RelayFolder {
    /// A folder for the relay of `organisation`, with a free port of the loopback kept for its life.
    ///
    /// # Errors
    /// When there is no free port.
    pub fn new(data: &Path, organisation: &str) -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("looking for a free port")?;
        let port = listener.local_addr()?.port();
        let organisation = organisation.to_owned();
        let mut folder =
            Self { data: data.to_owned(), port, organisation, scheme: "https", settings: Vec::new() };
        // Devices meet it as they would in an office, though it listens to this machine only.
        let address = folder.url();
        folder.set(&[("HALYARD_TLS__MODE", "own"), ("HALYARD_ADDRESS", &address)]);
        Ok(folder)
    }

    /// The same without encryption, for a wire that has to read what it carries.
    ///
    /// # Errors
    /// When there is no free port.
    pub fn without_tls(data: &Path, organisation: &str) -> anyhow::Result<Self> {
        let mut folder = Self::new(data, organisation)?;
        folder.scheme = "http";
        let address = folder.url();
        folder.set(&[("HALYARD_ADDRESS", &address)]);
        Ok(folder)
    }

    /// Settings of the relay from its next start on, as variables of its environment, instead of those
    /// there were.
    pub fn set(&mut self, settings: &[(&'static str, &str)]) {
        self.settings = settings.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    }

    /// Fills the folder, which must be empty, with the demo company of a size: small, medium, large. Says
    /// how far it is.
    ///
    /// # Errors
    /// When it cannot be made; the program's own words are in the error.
    pub fn fill_with_demo(&self, size: &str, say: &mut dyn FnMut(&str)) -> anyhow::Result<()> {
        self.fill(&["--size", size], say)
    }

    /// Fills the folder, which must be empty, with a demo company of exactly `records` records.
    ///
    /// # Errors
    /// As [`RelayFolder::fill_with_demo`].
    pub fn fill_with_records(&self, records: usize, say: &mut dyn FnMut(&str)) -> anyhow::Result<()> {
        self.fill(&["--records", &records.to_string()], say)
    }

    fn fill(&self, how_much: &[&str], say: &mut dyn FnMut(&str)) -> anyhow::Result<()> {
        let mut making = Command::new(program("demo-data")?)
            .args(how_much)
            .args(["--name", &self.organisation, "--data"])
            .arg(&self.data)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("starting demo-data")?;
        for line in BufReader::new(making.stdout.take().context("reading what demo-data says")?).lines() {
            say(line?.trim());
        }
        let ended = making.wait_with_output().context("waiting for demo-data")?;
        ensure!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr).trim());
        Ok(())
    }

    /// Where devices find the relay.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}://127.0.0.1:{}", self.scheme, self.port)
    }

    /// The port of the loopback it listens on.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The data folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Starts the relay and waits until it says that it is ready.
    ///
    /// # Errors
    /// When it does not start; its own words are in the error.
    pub fn start(&self) -> anyhow::Result<Relay> {
        let mut process = self
            .command(&["serve", "--json", "--listen", &format!("127.0.0.1:{}", self.port)])?
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(self.data.with_extension("log"))?)
            .spawn()
            .context("starting the relay")?;
        let stdout = process.stdout.take().context("reading what the relay says")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        if !line.contains("ready") {
            let status = process.wait()?;
            let log = std::fs::read_to_string(self.data.with_extension("log")).unwrap_or_default();
            bail!("the relay did not start ({status}): {line}{log}");
        }
        Ok(Relay { folder: self.clone(), process })
    }

    /// Runs an administrator's command and gives its JSON answer.
    ///
    /// # Errors
    /// When the command fails; its own words are in the error.
    pub fn admin(&self, arguments: &[&str]) -> anyhow::Result<Value> {
        let text = self.said(&[arguments, &["--json"]].concat())?;
        serde_json::from_str(&text).with_context(|| format!("reading the answer {text:?}"))
    }

    /// Runs an administrator's command and gives what it prints.
    ///
    /// # Errors
    /// When the command fails; its own words are in the error.
    pub fn said(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let output = self.command(arguments)?.stdin(Stdio::null()).output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        ensure!(
            output.status.success(),
            "sync-server {} failed: {text}{}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(text)
    }

    /// Invites a new employee and gives the invitation: address, pin and code.
    ///
    /// # Errors
    /// When the relay refuses.
    pub fn invite(&self, name: &str, role: &str) -> anyhow::Result<JoinLink> {
        self.invitation(&["invite", "--new", name, "--role", role])
    }

    /// Invites one more device of the one employee whose name has `name` in it.
    ///
    /// # Errors
    /// When the relay refuses.
    pub fn invite_again(&self, name: &str) -> anyhow::Result<JoinLink> {
        self.invitation(&["invite", name])
    }

    /// Invites one more device of an employee the relay knows.
    ///
    /// # Errors
    /// When the relay refuses.
    pub fn invite_known(&self, employee: DocumentId) -> anyhow::Result<JoinLink> {
        self.invitation(&["invite", &employee.to_string()])
    }

    fn invitation(&self, arguments: &[&str]) -> anyhow::Result<JoinLink> {
        let answer = self.admin(arguments)?;
        let link = find(&answer, "link").and_then(Value::as_str);
        Ok(link.with_context(|| format!("no link in {answer}"))?.parse()?)
    }

    fn command(&self, arguments: &[&str]) -> anyhow::Result<Command> {
        let mut command = Command::new(program("sync-server")?);
        command.args(arguments).arg("--data").arg(&self.data).env("HALYARD_WORKSPACE", &self.organisation);
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        Ok(command)
    }
}

impl Relay {
    /// Kills the relay as a power cut would, and gives its folder to start it again.
    ///
    /// # Errors
    /// When it had ended by itself.
    pub fn kill(mut self) -> anyhow::Result<RelayFolder> {
        ensure!(self.process.try_wait()?.is_none(), "the relay had ended by itself");
        self.process.kill().context("killing the relay")?;
        self.process.wait()?;
        Ok(self.folder.clone())
    }

    /// The folder and address.
    #[must_use]
    pub fn folder(&self) -> &RelayFolder {
        &self.folder
    }

    /// The process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        // A relay that has ended already cannot be killed, and there is nobody to tell.
        if self.process.kill().is_ok() {
            drop(self.process.wait());
        }
    }
}

/// The first value under `key`, however deep.
fn find<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    match value {
        Value::Object(map) => map.get(key).or_else(|| map.values().find_map(|inner| find(inner, key))),
        Value::Array(items) => items.iter().find_map(|inner| find(inner, key)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}
