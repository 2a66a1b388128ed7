//! A real device: a profile folder with its encrypted database and a key file marked as demo. It is
//! offline whenever nobody calls `sync`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use halyard_device::Device;
use halyard_device::sync::{SyncError, SyncReport};
use halyard_domain::id::DocumentId;
use halyard_protocol::join::JoinLink;
use halyard_store::profile::{self, Opened};
use halyard_store::{Store, Unlock};

use super::clock::MovableClock;
use super::relay::RelayFolder;

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
    /// The profile folder of `name` among the devices in `folder`.
    #[must_use]
    pub fn profile(folder: &Path, name: &str) -> PathBuf {
        folder.join(name)
    }

    /// Opens the device of `name` in `folder`; a second opening goes on with what is there.
    ///
    /// # Errors
    /// When the profile cannot be opened or is damaged.
    pub fn open(folder: &Path, name: &str) -> anyhow::Result<Self> {
        let clock = MovableClock::default();
        let device = Device::on(Self::store(folder, name)?, Box::new(clock.clone()))
            .with_context(|| format!("starting the device of {name}"))?;
        Ok(Self { name: name.to_owned(), device: Arc::new(device), clock })
    }

    /// Only the database of the device of `name` in `folder`.
    ///
    /// # Errors
    /// When the profile cannot be opened or is damaged.
    pub fn store(folder: &Path, name: &str) -> anyhow::Result<Store> {
        match profile::open(&Self::profile(folder, name), &Unlock::DemoKeyFile)
            .with_context(|| format!("opening the device of {name}"))?
        {
            Opened::Fresh(store) | Opened::Ready(store) => Ok(store),
            Opened::Damaged(damaged) => bail!("the database of {name} is damaged: {}", damaged.cause()),
        }
    }

    /// Makes this the device of a new employee with `role`.
    ///
    /// # Errors
    /// When the relay refuses.
    pub async fn enrol(&self, relay: &RelayFolder, full_name: &str, role: &str) -> anyhow::Result<()> {
        self.device.enrol(&relay.invite(full_name, role)?, &self.name).await?;
        Ok(())
    }

    /// The same, with a relay that this device finds at another address.
    ///
    /// # Errors
    /// When the relay refuses.
    pub async fn enrol_at(
        &self,
        url: &str,
        relay: &RelayFolder,
        full_name: &str,
        role: &str,
    ) -> anyhow::Result<()> {
        let invitation = JoinLink { relay: url.parse()?, ..relay.invite(full_name, role)? };
        self.device.enrol(&invitation, &self.name).await?;
        Ok(())
    }

    /// Makes this the device of an employee the relay knows already.
    ///
    /// # Errors
    /// When the relay refuses, or knows nobody or several of that name.
    pub async fn join(&self, relay: &RelayFolder, full_name: &str) -> anyhow::Result<()> {
        self.device.enrol(&relay.invite_again(full_name)?, &self.name).await?;
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
