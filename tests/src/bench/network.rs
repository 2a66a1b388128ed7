//! The scenarios with a network: first sync, coming back after work on both sides, coming back to nothing.

use std::time::Duration;

use anyhow::Context;
use serde_json::Value;

use super::company::{Company, Pair};
use super::peer::{AUTOMERGE_REPO, Peer};
use super::program::Program;
use super::proxy::Proxy;
use super::report::{Figures, OURS, Outcome};
use super::samples::medians;
use super::usage::usage;
use super::{Bench, ours};

/// How long a single sync may take before it counts as unfinished.
const BOUND: Duration = Duration::from_secs(180);
/// Our first sync without a verified backup: every signed header travels.
const WITHOUT_BACKUP: &str = "halyard_watermark_0";

type Outcomes = Vec<(&'static str, Outcome)>;

/// The two processes of a sync and what stands between them.
pub(super) struct Ends<'a> {
    /// The process of the relay or server.
    pub(super) relay: u32,
    /// The process of the device or client.
    pub(super) device: u32,
    /// Counts the bytes.
    pub(super) proxy: &'a Proxy,
}

/// Sends the device off and tells what it took, with what it said itself.
pub(super) fn measured(
    ends: &Ends<'_>,
    device: &mut Program,
    within: Duration,
) -> anyhow::Result<(Figures, Value)> {
    let (relay, own, bytes) = (usage(ends.relay)?, usage(ends.device)?, ends.proxy.bytes());
    device.go()?;
    let said = device.answer(within)?;
    let (relay_after, own_after, bytes_after) = (usage(ends.relay)?, usage(ends.device)?, ends.proxy.bytes());
    let told = |name: &str| {
        said.get(name).and_then(Value::as_f64).with_context(|| format!("the device did not tell {name}"))
    };
    #[expect(clippy::cast_precision_loss, reason = "counts of bytes are far below 2^53")]
    let carried = |before: u64, after: u64| (after - before) as f64;
    let figures = vec![
        ("wall_ms", told("wall_ms")?),
        ("first_screen_ms", told("first_screen_ms")?),
        ("bytes_up", carried(bytes.up, bytes_after.up)),
        ("bytes_down", carried(bytes.down, bytes_after.down)),
        ("requests", told("requests")?),
        ("device_cpu_ms", own_after.cpu_ms - own.cpu_ms),
        ("relay_cpu_ms", relay_after.cpu_ms - relay.cpu_ms),
        ("relay_merging_cpu_ms", relay_after.below_cpu_ms - relay.below_cpu_ms),
        ("device_peak_mb", own_after.peak_mb),
        ("relay_peak_mb", relay_after.peak_mb),
    ];
    Ok((figures, said))
}

/// A device that has nothing takes everything.
pub(super) fn first_sync(bench: &mut Bench<'_>, records: usize) -> anyhow::Result<Outcomes> {
    let company = bench.company(records)?;
    let ours = our_rounds(bench, &company, &company.empty)?;
    let without = company.empty.copy_to(company.folder.join("without_backup"))?;
    without.backed_up(false)?;
    let without = our_rounds(bench, &company, &without)?;
    let peer = |peer: &Peer<'_>, rounds: usize| {
        let storage = peer.at_first()?;
        (0..rounds).map(|_| peer.sync(&peer.copy(&storage, "measured")?, &peer.list(), BOUND)).collect()
    };
    Ok([(OURS, ours), (WITHOUT_BACKUP, without)].into_iter().chain(peers(bench, &company, peer)).collect())
}

/// A device comes back: a twentieth of the records were changed on it, a fifth elsewhere.
pub(super) fn reconnect(bench: &mut Bench<'_>, records: usize) -> anyhow::Result<Outcomes> {
    let company = bench.company(records)?;
    let (local, remote) = (records.div_ceil(20).min(50), (records / 5).clamp(1, 200));
    let changed = company.changed(&bench.runtime, local, remote)?;
    let ours = our_rounds(bench, &company, &changed)?;
    let peer = |peer: &Peer<'_>, rounds: usize| {
        let (storage, merged) = peer.changed(&changed, BOUND)?;
        (0..rounds).map(|_| peer.sync(&peer.copy(&storage, "measured")?, &merged, BOUND)).collect()
    };
    Ok([(OURS, ours)].into_iter().chain(peers(bench, &company, peer)).collect())
}

/// A device comes back and nothing has happened.
pub(super) fn idle(bench: &mut Bench<'_>, records: usize) -> anyhow::Result<Outcomes> {
    let company = bench.company(records)?;
    let in_step = company.in_step(&bench.runtime)?;
    let ours = our_rounds(bench, &company, &in_step)?;
    let peer = |peer: &Peer<'_>, rounds: usize| {
        let storage = peer.in_step(BOUND)?;
        (0..rounds).map(|_| peer.sync(&peer.copy(&storage, "measured")?, &peer.list(), BOUND)).collect()
    };
    Ok([(OURS, ours)].into_iter().chain(peers(bench, &company, peer)).collect())
}

fn our_rounds(bench: &mut Bench<'_>, company: &Company, begin: &Pair) -> anyhow::Result<Outcome> {
    let mut rounds = Vec::new();
    for round in 1..=bench.options.rounds {
        (bench.say)(&format!("  {OURS}, round {round}"));
        let pair = begin.copy_to(company.folder.join("measured"))?;
        rounds.push(ours::sync(company, &pair, BOUND)?);
    }
    Ok(Outcome::Figures(medians(&rounds)))
}

/// What a peer does of it, when there is one. Where it fails, the others are still told.
fn peers(
    bench: &mut Bench<'_>,
    company: &Company,
    measure: impl FnOnce(&Peer<'_>, usize) -> anyhow::Result<Vec<Figures>>,
) -> Outcomes {
    let Some(programs) = &bench.options.peer else { return Vec::new() };
    (bench.say)(&format!("  {AUTOMERGE_REPO}"));
    let measured = Peer::for_company(programs, company).and_then(|peer| measure(&peer, bench.options.rounds));
    let outcome = match measured {
        Ok(rounds) => Outcome::Figures(medians(&rounds)),
        Err(error) => Outcome::Unfinished(format!("{error:#}")),
    };
    vec![(AUTOMERGE_REPO, outcome)]
}
