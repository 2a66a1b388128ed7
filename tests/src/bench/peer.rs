//! The JavaScript automerge-repo beside us: its own server process with file storage, its own client
//! process with file storage, a WebSocket between them, the same documents.
//!
//! What it stores and sends is what it does by default; docs/BENCHMARKS.md says how it is set up. It runs
//! under the `node` of the machine from a folder in which `npm ci` was done.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, ensure};
use serde_json::Value;

use super::company::{Company, Pair};
use super::documents;
use super::network::{Ends, measured};
use super::program::Program;
use super::report::Figures;

/// The name of the system.
pub(super) const AUTOMERGE_REPO: &str = "automerge_repo";
/// How long preparing a storage may take.
const PREPARE: Duration = Duration::from_secs(300);

/// The peer and where it keeps what it is given.
pub(super) struct Peer<'a> {
    programs: PathBuf,
    folder: PathBuf,
    company: &'a Company,
}

/// The storage of both sides of the peer.
#[derive(Clone)]
pub(super) struct Storage(PathBuf);

impl Storage {
    fn server(&self) -> PathBuf {
        self.0.join("server")
    }

    fn client(&self) -> PathBuf {
        self.0.join("client")
    }
}

impl<'a> Peer<'a> {
    /// The peer for a company's documents, which are written out for it.
    pub(super) fn for_company(programs: &Path, company: &'a Company) -> anyhow::Result<Self> {
        ensure!(programs.join("node_modules").is_dir(), "npm ci was not done in {}", programs.display());
        let peer = Self { programs: programs.to_owned(), folder: company.folder.join("peer"), company };
        if !peer.list().exists() {
            documents::write_relays(&company.empty, None, &peer.folder.join("documents"))?;
            documents::write_list(&documents::list(&company.empty)?, &peer.list())?;
        }
        Ok(peer)
    }

    /// The server has every document and the client nothing.
    pub(super) fn at_first(&self) -> anyhow::Result<Storage> {
        let storage = self.fresh("at_first")?;
        self.store(&storage.server(), &self.folder.join("documents"))?;
        Ok(storage)
    }

    /// Both have every document and have told each other so.
    pub(super) fn in_step(&self, within: Duration) -> anyhow::Result<Storage> {
        let storage = Storage(self.folder.join("in_step"));
        if storage.0.exists() {
            return Ok(storage);
        }
        let storage = self.fresh("in_step")?;
        for side in [storage.server(), storage.client()] {
            self.store(&side, &self.folder.join("documents"))?;
        }
        let settled = self.sync(&storage, &self.list(), within);
        if settled.is_err() {
            fs::remove_dir_all(&storage.0)?;
        }
        settled.context("getting both sides in step first")?;
        Ok(storage)
    }

    /// In step, and then changed on both sides as the pair was; also gives the list of what shall be.
    pub(super) fn changed(&self, pair: &Pair, within: Duration) -> anyhow::Result<(Storage, PathBuf)> {
        let merged = self.folder.join("merged.json");
        let before = documents::list(&self.company.empty)?;
        let remote = documents::list(pair)?;
        let (from_remote, from_local) = (self.folder.join("remote"), self.folder.join("local"));
        let touched = remote.iter().filter(|(id, heads)| before.get(id) != Some(heads)).map(|(id, _)| *id);
        documents::write_relays(pair, Some(&touched.collect()), &from_remote)?;
        let local = documents::write_changed_devices(pair, &before, &from_local)?;
        documents::write_list(&documents::met(&before, &remote, &local), &merged)?;
        let storage = self.copy(&self.in_step(within)?, "changed")?;
        self.store(&storage.server(), &from_remote)?;
        self.store(&storage.client(), &from_local)?;
        Ok((storage, merged))
    }

    /// A copy of a storage to measure on.
    pub(super) fn copy(&self, storage: &Storage, name: &str) -> anyhow::Result<Storage> {
        let copy = self.fresh(name)?;
        super::company::copy_folder(&storage.0, &copy.0)?;
        Ok(copy)
    }

    /// Lets the client ask for everything on the list until both sides have it.
    pub(super) fn sync(&self, storage: &Storage, list: &Path, within: Duration) -> anyhow::Result<Figures> {
        let (server, ready) = Program::start(self.node("server.mjs").arg(storage.server()))?;
        let port =
            ready.pointer("/ready/port").and_then(Value::as_u64).context("the server names no port")?;
        self.company.proxy.lead_to(u16::try_from(port)?);
        let url = format!("ws://127.0.0.1:{}", self.company.proxy.port());
        let mut command = self.node("client.mjs");
        let (mut client, _) = Program::start(command.arg(storage.client()).arg(list).arg(url))?;
        let ends = Ends { relay: server.pid(), device: client.pid(), proxy: &self.company.proxy };
        let (figures, _) = measured(&ends, &mut client, within)?;
        client.end()?;
        server.end()?;
        Ok(figures)
    }

    /// The list of every document as it was prepared.
    pub(super) fn list(&self) -> PathBuf {
        self.folder.join("list.json")
    }

    fn fresh(&self, name: &str) -> anyhow::Result<Storage> {
        let folder = self.folder.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(Storage(folder))
    }

    fn store(&self, storage: &Path, documents: &Path) -> anyhow::Result<()> {
        let mut command = self.node("store.mjs");
        let (program, _) = Program::start_slowly(command.arg(storage).arg(documents), PREPARE)?;
        program.end()
    }

    fn node(&self, script: &str) -> Command {
        let mut command = Command::new("node");
        command.arg(self.programs.join(script));
        command
    }
}
