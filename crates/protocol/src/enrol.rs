//! Bodies of `POST /v1/enrol` and `GET /v1/enrol/{device}`.
//!
//! The request is signed like every other, by the key it brings, so that nobody enrols a key they do not
//! hold. Asking again with the same device, key and code gives the same answer.

use halyard_domain::id::{DeviceId, DocumentId, EpochId, WorkspaceId};
use serde::{Deserialize, Serialize};

use crate::certificate::Certificate;
use crate::code::EnrolmentCode;
use crate::keys::{Fingerprint, PublicKey};
use crate::time::UnixMs;

/// Asks to become a device of the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolRequest {
    /// The code IT gave.
    pub code: EnrolmentCode,
    /// The id the device chose for itself.
    pub device: DeviceId,
    /// Its public key.
    pub key: PublicKey,
    /// What the machine calls itself, for the list of devices.
    pub name: String,
}

/// How far a device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The code was right; no rights until IT confirms the fingerprint.
    Accepted,
    /// Confirmed.
    Active,
    /// No longer a device of this workspace.
    Revoked,
}

/// How far the device is, and all it needs to go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolAnswer {
    /// How far it is.
    pub standing: Standing,
    /// The digits both screens show.
    pub fingerprint: Fingerprint,
    /// The workspace it belongs to.
    pub workspace: WorkspaceId,
    /// The name of the organisation, to be shown.
    pub organisation: String,
    /// The key the relay signs with; kept from now on.
    pub relay: PublicKey,
    /// The present life of the log.
    pub epoch: EpochId,
    /// The employee the code was made for.
    pub employee: DocumentId,
    /// The signed certificate of an active device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Certificate>,
    /// The relay's clock.
    pub now: UnixMs,
}
