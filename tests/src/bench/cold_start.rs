//! A start of the program on a device with many records, until a technician's day is there: from the device library
//! alone, and on the screen of the real window. The processes are fresh ones; what the system has read before, it may
//! still hold in memory.

use std::io::{BufRead, stdin};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use halyard_device::life::{Keyring, Life, calls};
use halyard_device::{Surroundings, ThisMachine};
use serde_json::{Value, json};

use super::Bench;
use super::company::DEVICE;
use super::device::say;
use super::filled;
use super::program::Program;
use super::report::{OURS, Outcome};
use super::samples::medians;
use super::window;
use crate::demo::{Demo, Post};
use crate::harness::{TestDevice, program};

/// The longest a start may take.
const BOUND: Duration = Duration::from_secs(60);

pub(super) fn measure(bench: &mut Bench<'_>, records: usize) -> anyhow::Result<Vec<(&'static str, Outcome)>> {
    let folder = bench.options.folder.join(format!("cold_start_{records}"));
    filled::join(bench, &folder, Post::Technician)?;
    let demo = Demo::filling(filled::SEED, records, ThisMachine.now());
    filled::fill(&folder, &demo.context("there are too few records for a company")?, bench.say)?;
    let profile = TestDevice::profile(&folder, DEVICE);
    let (mut ready, mut painted, mut missed) = (Vec::new(), Vec::new(), None);
    for round in 1..=bench.options.rounds {
        (bench.say)(&format!("  {OURS}, round {round}"));
        ready.push(vec![("ready_ms", ready_ms(&profile)?)]);
        let mut figures = Vec::new();
        missed = missed.or(window::add(bench, &mut figures, "cold-start", &profile, &["painted_ms"]));
        painted.push(figures);
    }
    let figures = [medians(&ready), medians(&painted)].concat();
    Ok([(OURS, Outcome::Figures(figures))].into_iter().chain(missed).collect())
}

fn ready_ms(profile: &Path) -> anyhow::Result<f64> {
    let mut command = Command::new(program("bench")?);
    let (mut starting, _) = Program::start(command.arg("start").arg(profile))?;
    starting.go()?;
    let said = starting.answer(BOUND)?;
    starting.end()?;
    said.get("ready_ms").and_then(Value::as_f64).context("the start did not tell its time")
}

/// Is the measured start of the profile in `profile`: says that it is ready, waits for a line, opens the profile as
/// the window does and asks for today, says what it took, and waits for the end of its input.
///
/// # Errors
/// When the profile cannot be opened or has no day.
pub fn start(profile: &Path) -> anyhow::Result<()> {
    say(&json!({ "ready": true }))?;
    stdin().lock().read_line(&mut String::new())?;
    let began = Instant::now();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let (at, own) = (profile.to_owned(), runtime.handle().clone());
    runtime.block_on(async {
        let life = Life::new(at, Keyring::none(), Arc::new(ThisMachine), own);
        life.begin().await?;
        let day = calls::call(&life, "today", json!({})).await;
        let took = began.elapsed();
        let day = day.map_err(|problem| anyhow::anyhow!("today could not be asked for: {problem:?}"))?;
        ensure!(day.get("visits").is_some(), "a day without visits: {day}");
        say(&json!({ "ready_ms": took.as_secs_f64() * 1000.0 }))?;
        life.end().await;
        anyhow::Ok(())
    })?;
    // Only the end of the input counts, whatever comes.
    stdin().lock().read_line(&mut String::new())?;
    Ok(())
}
