//! A real device with its encrypted database. It is offline whenever nobody calls `sync`.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use halyard_device::Device;
use halyard_device::sync::{SyncError, SyncReport};
use halyard_domain::id::DocumentId;

use super::clock::MovableClock;
use super::relay::RelayFolder;

/// The database key of test devices: marked as one, and no secret.
const DEMO_KEY: [u8; 32] = *b"halyard demo key, not a secret!!";

/// A person with a device.
pub struct TestDevice {
    /// What the story calls the person.
    pub name: String,
    /// The device library.
    pub device: Arc<Device>,
    /// Its clock.
    pub clock: MovableClock,
}

impl TestDevice {
    /// Opens the device of `name` in `folder`; a second opening goes on with what is there.
    ///
    /// # Errors
    /// When the database cannot be opened.
    pub fn open(folder: &Path, name: &str) -> anyhow::Result<Self> {
        let clock = MovableClock::default();
        let path = folder.join(format!("{name}.db"));
        let device = Device::open(&path, DEMO_KEY, Box::new(clock.clone()))
            .with_context(|| format!("opening the device of {name}"))?;
        Ok(Self { name: name.to_owned(), device: Arc::new(device), clock })
    }

    /// Makes this the device of a new employee with `role`.
    ///
    /// # Errors
    /// When the relay refuses.
    pub async fn enrol(&self, relay: &RelayFolder, full_name: &str, role: &str) -> anyhow::Result<()> {
        self.device.enrol(&relay.invite(full_name, role)?, &self.name).await?;
        Ok(())
    }

    /// Syncs until there is nothing left.
    ///
    /// # Errors
    /// As [`Device::sync`].
    pub async fn sync(&self) -> Result<SyncReport, SyncError> {
        self.device.sync().await
    }

    /// Whose device this is.
    ///
    /// # Errors
    /// When it is not enrolled.
    pub fn employee(&self) -> anyhow::Result<DocumentId> {
        Ok(self.device.employee()?)
    }
}
