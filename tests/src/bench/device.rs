//! The measured device: a process of its own that opens its database and syncs once.

use std::io::{BufRead, Write, stdin, stdout};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;
use halyard_domain::kind::Kind;
use halyard_tables::list::{ListQuery, Page, Show};
use serde_json::{Value, json};

use super::company::DEVICE;
use crate::harness::TestDevice;

/// As many rows as a screen shows.
const SCREEN: u32 = 50;
/// How often it is looked whether the first screen is full.
const LOOK: Duration = Duration::from_millis(5);

/// Is the measured device in `folder`: says that it is ready, waits for a line, opens the database and
/// syncs, says what it took, and waits for the end of its input.
///
/// # Errors
/// When the device cannot be opened or cannot sync.
pub fn stand_in(folder: &Path) -> anyhow::Result<()> {
    say(&json!({ "ready": true }))?;
    stdin().lock().read_line(&mut String::new())?;
    let started = Instant::now();
    let device = TestDevice::open(folder, DEVICE)?;
    let (done, ended) = channel::<()>();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let (report, wall, first_screen) = thread::scope(|scope| {
        let shown = &device;
        let looking = scope.spawn(move || first_screen(shown, started, &ended));
        let report = runtime.block_on(device.sync());
        let wall = started.elapsed();
        drop(done);
        let first_screen = looking.join().ok().context("the looking ended early")??;
        anyhow::Ok((report?, wall, first_screen.unwrap_or(wall)))
    })?;
    say(&json!({
        "wall_ms": wall.as_secs_f64() * 1000.0,
        "first_screen_ms": first_screen.as_secs_f64() * 1000.0,
        "requests": report.requests,
        "documents": listed(&device)?,
    }))?;
    // Only the end of the input counts, whatever comes.
    stdin().lock().read_line(&mut String::new())?;
    Ok(())
}

/// When the journal of visits filled a screen; `None` when it did not before the sync ended.
fn first_screen(
    device: &TestDevice,
    started: Instant,
    ended: &Receiver<()>,
) -> anyhow::Result<Option<Duration>> {
    let query = ListQuery {
        columns: ["label", "state", "title", "window_start"].map(str::to_owned).to_vec(),
        ..every(Kind::Visit, SCREEN)
    };
    loop {
        if device.device.list(&query)?.rows.len() >= SCREEN as usize {
            return Ok(Some(started.elapsed()));
        }
        if ended.recv_timeout(LOOK) != Err(RecvTimeoutError::Timeout) {
            return Ok(None);
        }
    }
}

/// How many records stand in the lists.
fn listed(device: &TestDevice) -> anyhow::Result<u64> {
    Kind::ALL.iter().map(|kind| Ok(device.device.count(&every(*kind, 1))?)).sum()
}

fn every(kind: Kind, limit: u32) -> ListQuery {
    ListQuery {
        kind,
        columns: Vec::new(),
        filters: Vec::new(),
        sort: Vec::new(),
        page: Page { after: None, limit },
        search: None,
        show: Show::Everything,
    }
}

pub(super) fn say(value: &Value) -> anyhow::Result<()> {
    let mut output = stdout().lock();
    writeln!(output, "{value}")?;
    Ok(output.flush()?)
}
