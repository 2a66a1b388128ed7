//! A keyring of the system on the bus of a run: GNOME's own, as a person has it who has just logged in.

use std::path::Path;
use std::process::Stdio;

use anyhow::Context;

use crate::Desktop;
use crate::process::Program;
use crate::window::until;

/// The name under which keyrings are found on the bus.
const NAME: &str = "org.freedesktop.secrets";
/// What the person logged in with. Without one there would be nothing to keep secrets in.
const PASSWORD: &[u8] = b"of a test";

/// A keyring. It is on the bus while it lives; what it keeps lies in the desktop's folders and outlives it.
#[derive(Debug)]
pub struct SystemKeyring {
    _service: Program,
}

impl SystemKeyring {
    /// Starts it and waits until programs find it.
    ///
    /// # Errors
    /// When it is not installed or does not come to the bus.
    pub async fn on(desktop: &Desktop) -> anyhow::Result<Self> {
        let mut service = desktop.command(Path::new("gnome-keyring-daemon"));
        service.args(["--foreground", "--unlock", "--components=secrets"]);
        service.stdout(Stdio::null()).stderr(Stdio::null());
        let service = Program::given(&mut service, PASSWORD)?;
        let bus = zbus::connection::Builder::address(desktop.bus_address())?.build().await?;
        let bus = zbus::fdo::DBusProxy::new(&bus).await.context("speaking to the bus")?;
        until("the keyring is on the bus", async || Ok(bus.name_has_owner(NAME.try_into()?).await?)).await?;
        Ok(Self { _service: service })
    }
}
