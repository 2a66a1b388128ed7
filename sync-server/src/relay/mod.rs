//! What devices, reviewers and IT ask of the relay.
//!
//! Every call is for an already authenticated [`Caller`] or comes from the relay's own command line.
//! Judging goes through the merge worker, keeping through storage; between the two the relay decides
//! what is merged and who is told. A refusal never deletes anything typed: it is stored and answered.
//!
//! A document of another workspace, an unknown one and one out of sight get the same answer.

mod assumed;
mod case;
mod chain;
mod enrol;
mod error;
mod fetch;
mod handover;
mod hints;
mod merging;
mod numbers;
mod offer;
mod open_work;
mod pull;
mod push;
mod restored;
mod review;
mod verify;
mod wanted;
mod workspace;

use std::sync::Arc;

use halyard_domain::id::{DeviceId, DocumentId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_domain::records::schema;
use halyard_protocol::enrol::Standing;
use halyard_protocol::schema::Schema;
use halyard_protocol::time::UnixMs;
use tokio::sync::Mutex;

pub use self::enrol::{EnrolError, Invitation};
pub use self::error::RelayError;
pub use self::hints::Hint;
pub use self::restored::Numbered;
pub use self::review::ReviewError;
pub use self::verify::{Finding, Verification};
pub use self::wanted::WantedChange;
pub use self::workspace::{CreateWorkspace, Created, PeopleError, PersonName};
pub use crate::storage::{Device, OfficeReport, Queued, Workspace};

use self::hints::Hints;
use crate::certificate::{Authority, CertificateError};
use crate::merge::pool::Pool;
use crate::notary::Notary;
use crate::outside::{Chance, Clock};
use crate::storage::Storage;

/// A device whose signature was checked, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The device.
    pub device: DeviceId,
    /// Its employee.
    pub employee: DocumentId,
    /// How far the device is.
    pub standing: Standing,
}

/// A relay: all companies of one database.
pub struct Relay {
    storage: Arc<dyn Storage>,
    workers: Pool,
    clock: Clock,
    chance: Chance,
    hints: Hints,
    /// Held by pushes that may give numbers, and by those that lost a race: they go one by one.
    one_by_one: Mutex<()>,
}

impl Relay {
    /// A relay over `storage`, which parses nothing itself.
    #[must_use]
    pub fn new(storage: Arc<dyn Storage>, workers: Pool, clock: Clock, chance: Chance) -> Self {
        Self { storage, workers, clock, chance, hints: Hints::default(), one_by_one: Mutex::new(()) }
    }

    /// The relay's time.
    #[must_use]
    pub fn now(&self) -> UnixMs {
        UnixMs(i64::try_from(self.clock.unix_ms()).unwrap_or(i64::MAX))
    }

    /// What this relay understands.
    #[must_use]
    pub fn schema() -> Schema {
        Kind::ALL.iter().map(|&kind| (kind, schema(kind).version)).collect()
    }

    /// Whether the relay would take a device's work now.
    ///
    /// # Errors
    /// When storage has stopped writing.
    pub async fn ready(&self) -> Result<(), RelayError> {
        Ok(self.storage.still_writes().await?)
    }

    /// The relay's own certificate authority, made when it is first asked for.
    ///
    /// # Errors
    /// When storage fails, or what it keeps is no key.
    pub async fn authority(&self) -> Result<Authority, CertificateError> {
        let kept = match self.storage.authority().await? {
            Some(kept) => kept,
            None => self.storage.keep_authority(Authority::make()?).await?,
        };
        Ok(Authority::of(kept)?)
    }

    /// The companies this relay serves.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn workspaces(&self) -> Result<Vec<Workspace>, RelayError> {
        Ok(self.storage.workspaces().await?)
    }

    /// The device a request names, so that its signature can be checked; absent when unknown.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn device(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
    ) -> Result<Option<Device>, RelayError> {
        Ok(self.storage.device(workspace, device).await?)
    }

    /// A company and the end of its log.
    ///
    /// # Errors
    /// When it is not served here, or storage fails.
    pub async fn workspace(&self, workspace: WorkspaceId) -> Result<Workspace, RelayError> {
        self.storage.workspace(workspace).await?.ok_or(RelayError::UnknownWorkspace)
    }

    /// Listens for news for a device. A hint may be lost and is never data.
    #[must_use]
    pub fn live(&self, caller: &Caller) -> tokio::sync::watch::Receiver<Hint> {
        self.hints.listen(caller)
    }

    fn notary(workspace: &Workspace) -> Notary {
        Notary::new(workspace.id, workspace.epoch, &workspace.signing_seed)
    }
}
