//! The prepared company a scenario begins with: a relay's folder and a device's, both at rest.
//!
//! A measurement never works on what was prepared but on a copy, so that each repetition begins alike.
//! The device is enrolled through the counting proxy and finds the relay behind it, wherever that runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, ensure};
use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::records::Visit;
use halyard_domain::time::{Instant, TimeWindow};
use halyard_protocol::join::JoinLink;
use halyard_tables::list::{ListQuery, Page, Show};
use rusqlite::Connection;
use tokio::runtime::Runtime;

use super::documents;
use super::proxy::Proxy;
use crate::harness::{RelayFolder, TestDevice};

/// The name of the company.
pub(super) const ORGANISATION: &str = "Демо Сервіс";
/// Who has the devices: sees every record.
const ADMINISTRATOR: &str = "Адміністратор";
/// How the measured device is called.
pub(super) const DEVICE: &str = "device";
/// How the other device is called.
const COLLEAGUE: &str = "colleague";
/// How often a record that is said to be changed was changed.
const CHANGES: i64 = 3;
/// Minutes longer than any planned visit, so that every edit of a length is one.
const LONGER_THAN_ANY: i64 = 2_000;
/// Visits are moved to a minute after this one, in Unix seconds: each turn to its own.
const FIRST_WINDOW: i64 = 2_000_000_000;

/// A relay's folder and a device's folder.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    folder: PathBuf,
}

/// A company of so many records.
#[derive(Debug, Clone)]
pub(super) struct Company {
    /// Everything of it.
    pub(super) folder: PathBuf,
    /// How many records it has, all of which the device sees.
    pub(super) records: usize,
    /// What stands between device and relay.
    pub(super) proxy: Arc<Proxy>,
    /// The device is enrolled and has nothing.
    pub(super) empty: Pair,
}

impl Pair {
    pub(super) fn of(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The relay's data folder.
    pub(super) fn relay(&self) -> PathBuf {
        self.folder.join("relay")
    }

    /// The folder of the device's database.
    pub(super) fn device(&self) -> PathBuf {
        self.folder.join("device")
    }

    /// A copy, in the place of an older one.
    pub(super) fn copy_to(&self, folder: PathBuf) -> anyhow::Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        let copy = Self { folder };
        for (from, to) in [(self.relay(), copy.relay()), (self.device(), copy.device())] {
            copy_folder(&from, &to)?;
        }
        Ok(copy)
    }

    /// The relay's database, for what only IT's own tools do while it does not run.
    pub(super) fn database(&self) -> anyhow::Result<Connection> {
        Ok(Connection::open(self.relay().join("relay.db"))?)
    }

    /// Says how much of the log is in a verified backup: all of it, or nothing.
    pub(super) fn backed_up(&self, all: bool) -> anyhow::Result<()> {
        let sql = format!("UPDATE workspace SET watermark = {}", if all { "head" } else { "0" });
        self.database()?.execute_batch(&sql)?;
        Ok(())
    }
}

impl Company {
    /// Makes the company and enrols the device.
    ///
    /// # Errors
    /// When the relay does not take it, or fewer records came out.
    pub(super) fn make(
        runtime: &Runtime,
        folder: &Path,
        records: usize,
        say: &mut dyn FnMut(&str),
    ) -> anyhow::Result<Self> {
        let empty = Pair::of(folder.join("empty"));
        fs::create_dir_all(empty.device())?;
        let relay = RelayFolder::without_tls(&empty.relay(), ORGANISATION)?;
        relay.fill_with_records(records, say)?;
        let proxy = Arc::new(Proxy::start()?);
        let running = relay.start()?;
        proxy.lead_to(relay.port());
        let url = format!("http://127.0.0.1:{}", proxy.port());
        let invitation = JoinLink { relay: url.parse()?, ..relay.invite_again(ADMINISTRATOR)? };
        let device = TestDevice::open(&empty.device(), DEVICE)?;
        runtime.block_on(device.device.enrol(&invitation, DEVICE))?;
        drop(device);
        drop(running);
        empty.backed_up(true)?;
        let made = documents::list(&empty)?.len();
        ensure!(made == records, "the company has {made} records and not {records}");
        Ok(Self { folder: folder.to_owned(), records, proxy, empty })
    }

    /// The company with the device in step: nothing is left to send or to take on either side.
    pub(super) fn in_step(&self, runtime: &Runtime) -> anyhow::Result<Pair> {
        let pair = Pair::of(self.folder.join("in_step"));
        if pair.folder.exists() {
            return Ok(pair);
        }
        let pair = self.empty.copy_to(pair.folder)?;
        let relay = RelayFolder::without_tls(&pair.relay(), ORGANISATION)?;
        let running = relay.start()?;
        self.proxy.lead_to(relay.port());
        let device = TestDevice::open(&pair.device(), DEVICE)?;
        // The second one is the daily look whether both have the same, which is not due for a day then.
        runtime.block_on(device.sync())?;
        runtime.block_on(device.sync())?;
        drop(device);
        drop(running);
        Ok(pair)
    }

    /// The company with the device in step, and then changed on both sides without each other: `local`
    /// records on the device, `remote` by a colleague, a fifth of the local ones by both.
    pub(super) fn changed(&self, runtime: &Runtime, local: usize, remote: usize) -> anyhow::Result<Pair> {
        let pair = Pair::of(self.folder.join("changed"));
        if pair.folder.exists() {
            return Ok(pair);
        }
        let pair = self.in_step(runtime)?.copy_to(pair.folder)?;
        let relay = RelayFolder::without_tls(&pair.relay(), ORGANISATION)?;
        let running = relay.start()?;
        let colleague = TestDevice::open(&pair.folder, COLLEAGUE)?;
        runtime.block_on(colleague.device.enrol(&relay.invite_again(ADMINISTRATOR)?, COLLEAGUE))?;
        runtime.block_on(colleague.sync())?;
        let visits = visits(&colleague, local + remote)?;
        let both = local / 5;
        ensure!(visits.len() >= local + remote - both, "there are too few visits to change");
        change(&colleague, visits.iter().copied().take(remote))?;
        runtime.block_on(colleague.sync())?;
        drop((colleague, running));
        let device = TestDevice::open(&pair.device(), DEVICE)?;
        change(&device, visits.iter().copied().skip(remote - both).take(local))?;
        Ok(pair)
    }
}

/// The newest visits on a device.
pub(super) fn visits(device: &TestDevice, most: usize) -> anyhow::Result<Vec<DocumentId>> {
    let query = ListQuery {
        kind: Kind::Visit,
        columns: Vec::new(),
        filters: Vec::new(),
        sort: Vec::new(),
        page: Page { after: None, limit: u32::try_from(most).context("too many visits")? },
        search: None,
        show: Show::Standing,
    };
    Ok(device.device.list(&query)?.rows.into_iter().map(|row| row.document).collect())
}

/// What somebody in the office changes of a visit, each time something else.
pub(super) fn edit_of(device: &TestDevice, visit: DocumentId, turn: i64) -> anyhow::Result<Vec<Intent>> {
    Ok(match turn % 3 {
        0 => vec![Visit::DURATION_MINUTES.set(&(LONGER_THAN_ANY + turn))],
        1 => {
            let shown = device.device.show(visit)?;
            let (base, text) = (shown.heads, shown.reading.text(Visit::INSTRUCTIONS.name).to_owned());
            let new = format!("{text}\nЗателефонувати за {turn} хвилин до приїзду.");
            let field = Visit::INSTRUCTIONS.name.to_owned();
            vec![Intent::EditText { field, base_heads: base, base_text: text, new_text: new }]
        }
        _ => {
            let start = Instant::new(FIRST_WINDOW + turn * 60, 0)?;
            vec![Visit::WINDOW.set(&TimeWindow::new(start, start)?)]
        }
    })
}

fn change(device: &TestDevice, visits: impl Iterator<Item = DocumentId>) -> anyhow::Result<()> {
    for visit in visits {
        for turn in 0..CHANGES {
            device.device.edit(visit, edit_of(device, visit, turn)?)?;
        }
    }
    Ok(())
}

/// Plain files and folders; a socket of a relay that was killed is no part of its data.
pub(super) fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (kind, target) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
