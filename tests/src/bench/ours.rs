//! Our side of a network scenario: the relay as a process, the device as another.

use std::process::Command;
use std::time::Duration;

use anyhow::ensure;

use super::company::{Company, ORGANISATION, Pair};
use super::network::{Ends, measured};
use super::program::Program;
use super::report::Figures;
use crate::harness::{RelayFolder, program};

/// Lets the device of the pair sync once with the pair's relay.
pub(super) fn sync(company: &Company, pair: &Pair, within: Duration) -> anyhow::Result<Figures> {
    let folder = RelayFolder::without_tls(&pair.relay(), ORGANISATION)?;
    let relay = folder.start()?;
    company.proxy.lead_to(folder.port());
    let mut command = Command::new(program("bench")?);
    let (mut device, _) = Program::start(command.arg("device").arg(pair.device()))?;
    let ends = Ends { relay: relay.pid(), device: device.pid(), proxy: &company.proxy };
    let (figures, said) = measured(&ends, &mut device, within)?;
    let listed = said.get("documents").and_then(serde_json::Value::as_u64);
    ensure!(
        listed == u64::try_from(company.records).ok(),
        "{listed:?} records stand in the device's lists and not {}",
        company.records
    );
    Ok(figures)
}
