//! What the figures were measured on, as far as the system tells.

use std::collections::BTreeMap;
use std::fs;

/// Processor, cores, memory and system.
pub(super) fn describe() -> BTreeMap<&'static str, String> {
    let cpu = field("/proc/cpuinfo", "model name");
    let memory = field("/proc/meminfo", "MemTotal");
    let cores = std::thread::available_parallelism().map(|cores| cores.to_string()).ok();
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").ok().map(|text| text.trim().to_owned());
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    let known = [
        ("cpu", cpu),
        ("cores", cores),
        ("memory", memory),
        ("system", kernel),
        ("build", Some(build.to_owned())),
    ];
    known.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// The value behind `name:` in a file of the system.
fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
