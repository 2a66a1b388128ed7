//! From what a person meant to the commit on the disk, beside the least any program could do: append 4 KB
//! to a file and wait for the disk.
//!
//! The two are measured in turn, so that both meet the same disk.

use std::fs::File;
use std::io::Write;
use std::time::Instant;

use anyhow::Context;

use super::Bench;
use super::company::{DEVICE, edit_of, visits};
use super::report::{OURS, Outcome};
use super::samples::Samples;
use super::scenario::EDITED;
use crate::harness::TestDevice;

/// What is appended: a page of a database.
const PAGE: [u8; 4096] = [0x5a; 4096];
/// Edits made before anything counts: caches are warm in a day's work.
const WARM: usize = 30;

pub(super) fn measure(bench: &mut Bench<'_>) -> anyhow::Result<Vec<(&'static str, Outcome)>> {
    let company = bench.company(EDITED.min(bench.options.most_records))?;
    let pair = company.in_step(&bench.runtime)?.copy_to(company.folder.join("measured"))?;
    let device = TestDevice::open(&pair.device(), DEVICE)?;
    let visits = visits(&device, 500)?;
    let mut bare = File::options().append(true).create(true).open(pair.device().join("appended"))?;
    let unsent = device.device.status()?.unsent;
    let mut changes = 0;
    let (mut edits, mut fsyncs) = (Samples::default(), Samples::default());
    for (turn, visit) in (0..).zip(visits.iter().cycle().take(WARM + bench.options.samples)) {
        let intents = edit_of(&device, *visit, turn)?;
        let began = Instant::now();
        let saved = device.device.edit(*visit, intents)?;
        let edited = began.elapsed();
        anyhow::ensure!(!saved.changes.is_empty(), "an edit changed nothing");
        changes += u64::try_from(saved.changes.len())?;
        let began = Instant::now();
        bare.write_all(&PAGE)?;
        bare.sync_data().context("waiting for the disk")?;
        let synced = began.elapsed();
        if usize::try_from(turn)? >= WARM {
            edits.add(edited);
            fsyncs.add(synced);
        }
    }
    drop(device);
    let kept = TestDevice::open(&pair.device(), DEVICE)?.device.status()?.unsent - unsent;
    anyhow::ensure!(kept == changes, "{changes} changes were saved and {kept} are there after a new start");
    let told = |samples: &Samples| {
        Outcome::Figures(vec![("p50_ms", samples.percentile(50)), ("p99_ms", samples.percentile(99))])
    };
    Ok(vec![(OURS, told(&edits)), ("fsync", told(&fsyncs))])
}
