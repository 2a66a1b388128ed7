//! What a process and those it started have used, as the system counts it. Linux only: from `/proc`.
//!
//! Time is counted in ticks, usually ten milliseconds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::Context;

/// What a process and its children have used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Usage {
    /// Processor time of user and system, in milliseconds.
    pub(super) cpu_ms: f64,
    /// The part of it that was used by what the process started.
    pub(super) below_cpu_ms: f64,
    /// The most memory that was resident, in megabytes of 1,000,000 bytes, summed over the processes.
    pub(super) peak_mb: f64,
}

/// One process, of `/proc/PID/stat`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stat {
    parent: u32,
    ticks: u64,
}

/// What the process and all below it have used until now.
///
/// # Errors
/// When it has ended, or the system does not tell.
pub(super) fn usage(pid: u32) -> anyhow::Result<Usage> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir("/proc").context("the system has no /proc to measure by")? {
        let name = entry?.file_name();
        let Some(one) = name.to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        // A process may end while it is looked at.
        let stat = fs::read_to_string(format!("/proc/{one}/stat")).ok();
        if let Some(stat) = stat.as_deref().and_then(stat_of) {
            all.insert(one, stat);
        }
    }
    let tree = below(pid, &all);
    anyhow::ensure!(!tree.is_empty(), "the process {pid} has ended");
    let ticks: u64 = tree.iter().filter_map(|one| all.get(one)).map(|stat| stat.ticks).sum();
    let own = all.get(&pid).map_or(0, |stat| stat.ticks);
    let ms = |ticks| float(ticks) * 1000.0 / float(rustix::param::clock_ticks_per_second());
    let peaks = tree.iter().filter_map(|one| fs::read_to_string(format!("/proc/{one}/status")).ok());
    let peak_kib: u64 = peaks.filter_map(|status| peak_kib_of(&status)).sum();
    Ok(Usage { cpu_ms: ms(ticks), below_cpu_ms: ms(ticks - own), peak_mb: float(peak_kib) * 1024.0 / 1e6 })
}

fn below(pid: u32, all: &BTreeMap<u32, Stat>) -> BTreeSet<u32> {
    let mut tree: BTreeSet<u32> = all.contains_key(&pid).then_some(pid).into_iter().collect();
    loop {
        let more: Vec<u32> = all
            .iter()
            .filter(|(one, stat)| tree.contains(&stat.parent) && !tree.contains(*one))
            .map(|(one, _)| *one)
            .collect();
        if more.is_empty() {
            return tree;
        }
        tree.extend(more);
    }
}

/// The name of the program stands in parentheses and may hold anything; behind it are numbers.
fn stat_of(line: &str) -> Option<Stat> {
    let (_, numbers) = line.rsplit_once(')')?;
    let fields: Vec<&str> = numbers.split_whitespace().collect();
    let number = |at: usize| fields.get(at)?.parse::<u64>().ok();
    // State, parent, …: user time is the 14th field of the line and system time the 15th; those of
    // children that were waited for follow.
    let ticks = (11..=14).map(number).sum::<Option<u64>>()?;
    Some(Stat { parent: u32::try_from(number(1)?).ok()?, ticks })
}

fn peak_kib_of(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[expect(clippy::cast_precision_loss, reason = "counts of ticks and bytes are far below 2^53")]
fn float(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_of_a_process_is_its_own_and_that_of_children_it_waited_for() {
        let line = "77 (a (b) c) S 12 77 77 0 -1 4194304 900 0 0 0 30 4 2 1 20 0 1 0 1 2 3";

        assert_eq!(stat_of(line), Some(Stat { parent: 12, ticks: 37 }));
        assert_eq!(stat_of("77 (cut"), None);
    }

    #[test]
    fn the_peak_is_found_among_the_other_lines() {
        assert_eq!(peak_kib_of("Name:\tx\nVmPeak:\t 9 kB\nVmHWM:\t    5120 kB\n"), Some(5120));
        assert_eq!(peak_kib_of("Name:\tx\n"), None);
    }

    #[test]
    fn children_of_children_belong_to_a_process() {
        let stat = |parent| Stat { parent, ticks: 1 };
        let all = BTreeMap::from([(1, stat(0)), (5, stat(1)), (6, stat(5)), (7, stat(6)), (8, stat(1))]);

        assert_eq!(below(5, &all), BTreeSet::from([5, 6, 7]));
        assert_eq!(below(9, &all), BTreeSet::new());
    }

    #[test]
    fn this_process_has_used_memory() {
        assert!(usage(std::process::id()).unwrap().peak_mb > 1.0);
    }
}
