//! What a person waits for at the window, by the page's own clock: how long until something stands on the screen,
//! the longest frame while a list is scrolled, and the memory of the program and its web processes.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, ensure};
use fantoccini::wd::TimeoutConfiguration;
use halyard_device::{Surroundings, ThisMachine};
use serde_json::{Value, json};

use crate::process::Running;
use crate::{Desktop, Window};

/// The longest that using the journal may take in all.
const PATIENCE: Duration = Duration::from_secs(300);
const JOURNAL: &str = include_str!("journal.js");
/// When the page marked that something stood on the screen, in Unix milliseconds; null until then.
const PAINTED: &str = "const [mark] = performance.getEntriesByName(`painted ${arguments[0]}`); \
     return mark ? performance.timeOrigin + mark.startTime : null;";

/// From the start of the window's program until the day stands on the screen: `{"painted_ms": …}`.
///
/// # Errors
/// When the window does not open or never shows the day.
pub async fn cold_start(profile: &Path) -> anyhow::Result<Value> {
    let desktop = Desktop::start(1366, 768)?;
    let window = Window::open(&desktop, profile).await?;
    let painted = painted_after_ms(&window, "day").await?;
    Ok(json!({ "painted_ms": painted }))
}

/// The journal of visits at a desk: until its rows stand on the screen, what using it takes, and memory.
///
/// # Errors
/// When the window does not open, or the journal does not do what it is asked to.
pub async fn journal(profile: &Path) -> anyhow::Result<Value> {
    let desktop = Desktop::start(1366, 768)?;
    let window = Window::open(&desktop, profile).await?;
    let opened = painted_after_ms(&window, "journal").await?;
    window.client.update_timeouts(TimeoutConfiguration::new(Some(PATIENCE), None, None)).await?;
    let mut used = window.client.execute_async(JOURNAL, vec![json!("customer")]).await?;
    let figures = used.as_object_mut().context("the page tells no figures")?;
    ensure!(!figures.contains_key("failed"), "the journal could not be used: {}", figures["failed"]);
    figures.insert("window_open_ms".to_owned(), json!(opened));
    figures.insert("window_mb".to_owned(), json!(window.app()?.resident_mb()?));
    Ok(used)
}

async fn painted_after_ms(window: &Window, what: &str) -> anyhow::Result<f64> {
    let painted = window.script_until(PAINTED, &[json!(what)], Value::is_number).await?;
    let painted = painted.as_f64().context("the page tells no time")?;
    Ok(painted - window.app()?.started_ms()?)
}

impl Running {
    /// When the process started, in Unix milliseconds, to a hundredth of a second.
    #[expect(clippy::cast_precision_loss, reason = "milliseconds and ticks are far below 2^53")]
    fn started_ms(self) -> anyhow::Result<f64> {
        let uptime = fs::read_to_string("/proc/uptime")?;
        let uptime: f64 = uptime.split_whitespace().next().context("the system has no uptime")?.parse()?;
        let now = ThisMachine.now_ms() as f64;
        let ticks = self.started_ticks()? as f64 / rustix::param::clock_ticks_per_second() as f64;
        Ok(now - (uptime - ticks) * 1000.0)
    }

    /// Memory of the process and those below it in 1,000,000 bytes; what several share counts once.
    #[expect(clippy::cast_precision_loss, reason = "memory is far below 2^53")]
    fn resident_mb(self) -> anyhow::Result<f64> {
        let mut kib = 0;
        for one in self.tree()? {
            let told = fs::read_to_string(format!("/proc/{one}/smaps_rollup"))?;
            let shared = told.lines().find_map(|line| line.strip_prefix("Pss:"));
            let shared = shared.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
            kib += shared.context("the system does not tell what a process has in memory")?;
        }
        Ok(kib as f64 * 1024.0 / 1e6)
    }
}
