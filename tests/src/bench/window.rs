//! The real window, measured by a program of its own that has a display and a driver for it.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use serde_json::Value;

use super::Bench;
use super::report::{Figures, Outcome};
use crate::harness::program;

/// The name under which it is told that the window could not be measured.
const WINDOW: &str = "halyard_window";

/// Adds what the window of a profile tells of `what`. Answers why there is nothing, when it was to be measured.
pub(super) fn add(
    bench: &mut Bench<'_>,
    figures: &mut Figures,
    what: &str,
    profile: &Path,
    names: &[&'static str],
) -> Option<(&'static str, Outcome)> {
    if !bench.options.window {
        return None;
    }
    (bench.say)("  the window");
    match measured(what, profile, names) {
        Ok(found) => {
            figures.extend(found);
            None
        }
        Err(error) => Some((WINDOW, Outcome::Unfinished(format!("{error:#}")))),
    }
}

fn measured(what: &str, profile: &Path, names: &[&'static str]) -> anyhow::Result<Figures> {
    let mut command = Command::new(program("window-bench")?);
    let ended =
        command.arg(what).arg(profile).stdin(Stdio::null()).output().context("starting window-bench")?;
    ensure!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr).trim());
    let said: Value = serde_json::from_slice(&ended.stdout).context("window-bench told no figures")?;
    let figure = |name: &&'static str| {
        let value = said.get(*name).and_then(Value::as_f64);
        Ok((*name, value.with_context(|| format!("the window did not tell {name}"))?))
    };
    names.iter().map(figure).collect()
}
