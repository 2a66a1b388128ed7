//! A running window, driven as a person would.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Context;
use fantoccini::{Client, ClientBuilder};
use halyard_tests::harness::program;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::Desktop;
use crate::process::{Program, Running};

/// The longest a page may take to come to what it is waited for.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a condition is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// A window and its driver; both end with this.
#[derive(Debug)]
pub struct Window {
    /// The WebDriver session.
    pub client: Client,
    profile: PathBuf,
    driver: Program,
}

impl Window {
    /// Opens the window of the profile in `profile` on a desktop.
    ///
    /// # Errors
    /// When the window or its driver does not start.
    pub async fn open(desktop: &Desktop, profile: &Path) -> anyhow::Result<Self> {
        let port = free_port()?;
        let mut driver = desktop.command(Path::new("WebKitWebDriver"));
        driver.arg(format!("--port={port}")).arg("--host=127.0.0.1");
        driver.env("TAURI_WEBVIEW_AUTOMATION", "true").env("HALYARD_PROFILE", profile);
        driver.env("RUST_LOG", "info").stdout(Stdio::null());
        driver.stderr(std::fs::File::create(desktop.folder().join(format!("window-{port}.log")))?);
        let driver = Program::start(&mut driver)?;
        let url = format!("http://127.0.0.1:{port}");
        until("the driver listens", async || {
            Ok(tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok())
        })
        .await?;

        let app = program("halyard-app")?;
        let capabilities = json!({ "webkitgtk:browserOptions": { "binary": app, "args": [] } });
        let Value::Object(capabilities) = capabilities else { anyhow::bail!("capabilities are an object") };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&url)
            .await
            .context("the window did not open")?;
        Ok(Self { client, profile: profile.to_owned(), driver })
    }

    /// Gives the window this size in pixels; its desktop has to be as large.
    ///
    /// # Errors
    /// When it takes another.
    pub async fn resize(&self, width: u32, height: u32) -> anyhow::Result<()> {
        self.client.set_window_rect(0, 0, width, height).await?;
        let inner = "return [innerWidth, innerHeight]";
        until("the window has its size", async || {
            Ok(self.client.execute(inner, Vec::new()).await? == json!([width, height]))
        })
        .await
    }

    /// Makes a call as the page does, and gives its answer; a refusal is `{"refused": …}`.
    ///
    /// # Errors
    /// When the page cannot run it.
    pub async fn call(&self, command: &str, asked: Value) -> anyhow::Result<Value> {
        let script = "const done = arguments[2]; \
             window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]) \
                 .then((answer) => done(answer ?? null), (refused) => done({ refused }));";
        Ok(self.client.execute_async(script, vec![json!(command), json!({ "asked": asked })]).await?)
    }

    /// Waits until the answer to a command is as wanted, and gives it.
    ///
    /// # Errors
    /// When it is not within a minute; the last answer is in the error.
    pub async fn call_until(&self, command: &str, wanted: impl Fn(&Value) -> bool) -> anyhow::Result<Value> {
        let mut last = Value::Null;
        let came = until(command, async || {
            last = self.call(command, json!({})).await?;
            Ok(wanted(&last))
        })
        .await;
        came.with_context(|| format!("the last answer was {last}"))?;
        Ok(last)
    }

    /// Runs a script again and again until its answer is as wanted, and gives it.
    ///
    /// # Errors
    /// As [`Window::call_until`].
    pub async fn script_until(
        &self,
        script: &str,
        arguments: &[Value],
        wanted: impl Fn(&Value) -> bool,
    ) -> anyhow::Result<Value> {
        let mut last = Value::Null;
        let came = until(script, async || {
            last = self.client.execute(script, arguments.to_vec()).await?;
            Ok(wanted(&last))
        })
        .await;
        came.with_context(|| format!("the last answer was {last}"))?;
        Ok(last)
    }

    /// The process of the program itself.
    pub(crate) fn app(&self) -> anyhow::Result<Running> {
        self.driver.started("halyard-app")
    }

    /// Whether the program still runs.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.app().is_ok()
    }

    /// Waits until the page shows this place.
    ///
    /// # Errors
    /// When it does not within a minute; where it is instead is in the error.
    pub async fn at_place(&self, place: &str) -> anyhow::Result<()> {
        self.brought_to(place, async || Ok(())).await
    }

    /// Does something again and again until the page shows this place.
    ///
    /// # Errors
    /// As [`Window::at_place`], and when doing it fails.
    pub async fn brought_to(
        &self,
        place: &str,
        mut by: impl AsyncFnMut() -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut last = Value::Null;
        let came = until(place, async || {
            by().await?;
            last = self.client.execute("return location.hash.slice(1)", Vec::new()).await?;
            Ok(last == place)
        })
        .await;
        came.with_context(|| format!("the page is at {last}"))
    }

    /// Starts the program a second time with these arguments, for the same profile, and waits for its end.
    ///
    /// # Errors
    /// When it does not end, or with an error.
    pub async fn start_again(&self, desktop: &Desktop, arguments: &[&str]) -> anyhow::Result<()> {
        let mut again: Command = desktop.command(&program("halyard-app")?);
        again.args(arguments).env("HALYARD_PROFILE", &self.profile).stdin(Stdio::null());
        let mut again = tokio::process::Command::from(again);
        let ended = tokio::time::timeout(PATIENCE, again.kill_on_drop(true).status()).await;
        let status = ended.context("the second program went on running")??;
        anyhow::ensure!(status.success(), "the second program ended with {status}");
        Ok(())
    }
}

/// Waits until `holds` answers true, looking again and again.
///
/// # Errors
/// When it does not within a minute, and when looking fails.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> anyhow::Result<bool>) -> anyhow::Result<()> {
    let waiting = async {
        let mut look = tokio::time::interval(LOOK);
        while !holds().await? {
            look.tick().await;
        }
        anyhow::Ok(())
    };
    tokio::time::timeout(PATIENCE, waiting).await.with_context(|| format!("waited for: {what}"))?
}

fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
