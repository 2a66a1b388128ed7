//! A desktop for one run: a display that nobody sees, a message bus, a locale, folders.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

use crate::process::Program;

/// What people of the demo company have set.
const LOCALE: &str = "uk_UA";
/// The clock of the harness's devices, which knows no summer.
const TIME_ZONE: &str = "Etc/GMT-2";
/// A bus without services that start by themselves: a keyring that asks for a password would wait for
/// ever.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=FOLDER</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// A display, a bus, a locale and folders of one run; all of it ends with this.
#[derive(Debug)]
pub struct Desktop {
    folder: tempfile::TempDir,
    display: String,
    bus_address: String,
    // In the order they end: the bus before the display it was started on.
    _bus: Program,
    _display: Program,
}

impl Desktop {
    /// Starts a desktop of this size in pixels.
    ///
    /// # Errors
    /// When a program of it is not installed or does not start.
    pub fn start(width: u32, height: u32) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        for name in ["data", "config", "cache", "run"] {
            fs::create_dir(folder.path().join(name))?;
        }
        make_locale(folder.path())?;
        let mut display = Command::new("Xvfb");
        // It would forget everything whenever the last of those who use it goes.
        display.args(["-displayfd", "1", "-noreset", "-nolisten", "tcp", "-screen", "0"]);
        display.arg(format!("{width}x{height}x24")).stderr(Stdio::null());
        let (display_program, number) = Program::first_line(&mut display)?;
        let display = format!(":{number}");

        let config = folder.path().join("bus.conf");
        let run = folder.path().join("run");
        fs::write(&config, BUS.replace("FOLDER", &run.to_string_lossy()))?;
        let mut bus = Command::new("dbus-daemon");
        bus.arg(format!("--config-file={}", config.display()));
        bus.args(["--nofork", "--nopidfile", "--print-address=1"]);
        // Services the bus starts would need the display, so it is known before the bus is there.
        bus.env("DISPLAY", &display);
        let (bus_program, bus_address) = Program::first_line(&mut bus)?;
        Ok(Self { folder, display, bus_address, _bus: bus_program, _display: display_program })
    }

    /// Where the message bus is.
    #[must_use]
    pub fn bus_address(&self) -> &str {
        &self.bus_address
    }

    /// The number of the display, with its colon.
    pub(crate) fn display(&self) -> &str {
        &self.display
    }

    /// The folder of the profile `name` on this desktop.
    #[must_use]
    pub fn profile(&self, name: &str) -> PathBuf {
        self.folder.path().join("data").join(name)
    }

    /// A folder of this run for anything else.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A command that runs on this desktop and nowhere else.
    #[must_use]
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        let folder = |name: &str| self.folder.path().join(name);
        command
            .env("DISPLAY", &self.display)
            .env_remove("WAYLAND_DISPLAY")
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus_address)
            .env("HOME", self.folder.path())
            .env("XDG_DATA_HOME", folder("data"))
            .env("XDG_CONFIG_HOME", folder("config"))
            .env("XDG_CACHE_HOME", folder("cache"))
            .env("XDG_RUNTIME_DIR", folder("run"))
            .env("LOCPATH", folder("locale"))
            .env("LANG", format!("{LOCALE}.UTF-8"))
            .env("LANGUAGE", "uk")
            .env("TZ", TIME_ZONE)
            .env_remove("LC_ALL")
            .env("GTK_A11Y", "none")
            .env("NO_AT_BRIDGE", "1");
        command
    }
}

/// Makes the locale for this run alone: most machines of a CI have none but C, and pages that ask the
/// system for a language get none from that.
fn make_locale(folder: &Path) -> anyhow::Result<()> {
    let locales = folder.join("locale");
    fs::create_dir(&locales)?;
    let mut make = Command::new("localedef");
    make.args(["--no-archive", "-i", LOCALE, "-f", "UTF-8"]).arg(locales.join(format!("{LOCALE}.UTF-8")));
    let made = make.output().context("could not start localedef; package `locales` has what it needs")?;
    // It warns of what nobody here minds; what counts is whether the locale is there.
    ensure!(
        locales.join(format!("{LOCALE}.UTF-8")).join("LC_CTYPE").is_file(),
        "the locale {LOCALE} could not be made: {}",
        String::from_utf8_lossy(&made.stderr)
    );
    Ok(())
}
