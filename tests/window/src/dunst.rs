//! A notification service people really use, on the desktop of a run: dunst.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::process::Program;
use crate::{Desktop, until};

const CONTROL: &str = "dunstctl";

/// The service. What it shows stands on the desktop's display.
#[derive(Debug)]
pub struct Dunst<'desktop> {
    desktop: &'desktop Desktop,
    _service: Program,
}

impl<'desktop> Dunst<'desktop> {
    /// Starts it and waits until it answers.
    ///
    /// # Errors
    /// When it is not installed or does not come to the bus.
    pub async fn on(desktop: &'desktop Desktop) -> anyhow::Result<Self> {
        let mut service = desktop.command(Path::new("dunst"));
        service.stdout(Stdio::null()).stderr(Stdio::null());
        let service = Program::start(&mut service)?;
        let dunst = Self { desktop, _service: service };
        until("dunst answers", async || Ok(dunst.asked(&["count"]).is_ok())).await?;
        Ok(dunst)
    }

    /// Waits until a notification stands on the display.
    ///
    /// # Errors
    /// When none does within a minute.
    pub async fn displays(&self) -> anyhow::Result<()> {
        until(
            "a notification on the display",
            async || Ok(self.asked(&["count", "displayed"])?.trim() != "0"),
        )
        .await
    }

    /// Clicks on the newest one as its owner does with the default action.
    ///
    /// # Errors
    /// When dunst refuses.
    pub fn click(&self) -> anyhow::Result<()> {
        self.asked(&["action", "0"]).map(drop)
    }

    /// Takes all off the display. Answers the first line and the rest of each that was ever there, oldest first.
    ///
    /// # Errors
    /// When dunst does not tell.
    pub fn history(&self) -> anyhow::Result<Vec<(String, String)>> {
        self.asked(&["close-all"])?;
        let told: Value = serde_json::from_str(&self.asked(&["history"])?)?;
        let shown = told.pointer("/data/0").and_then(Value::as_array).context("what dunst has shown")?;
        let text = |one: &Value, part: &str| {
            let said = one.get(part).and_then(|part| part.get("data")).and_then(Value::as_str);
            said.map(str::to_owned).with_context(|| format!("the {part} of {one}"))
        };
        shown.iter().rev().map(|one| Ok((text(one, "summary")?, text(one, "body")?))).collect()
    }

    fn asked(&self, what: &[&str]) -> anyhow::Result<String> {
        let answer = self.desktop.command(Path::new(CONTROL)).args(what).output();
        let answer = answer.with_context(|| format!("could not start {CONTROL}"))?;
        ensure!(answer.status.success(), "{CONTROL}: {}", String::from_utf8_lossy(&answer.stderr));
        Ok(String::from_utf8(answer.stdout)?)
    }
}
