//! What the relay signs for one device: who it is, and that it is no more.

use halyard_domain::id::{DeviceId, DocumentId, WorkspaceId};
use serde::{Deserialize, Serialize};

use crate::keys::{PublicKey, Signature};
use crate::signed::signed;
use crate::time::UnixMs;

/// The relay's word that a key is a device of an employee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// The version of this object.
    pub v: u16,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The device.
    pub device: DeviceId,
    /// Whose it is.
    pub employee: DocumentId,
    /// The device's public key.
    pub key: PublicKey,
    /// When it was issued, by the relay's clock.
    pub issued: UnixMs,
    /// Days without the relay after which the app locks.
    pub lock_days: u16,
    /// Days without the relay after which the app purges what the relay holds.
    pub purge_days: u16,
    /// The relay's signature.
    pub signature: Signature,
}

/// The relay's word that a device is revoked. Nothing else makes an app purge itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    /// The version of this object.
    pub v: u16,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The device that is no more.
    pub device: DeviceId,
    /// Since when, by the relay's clock.
    pub since: UnixMs,
    /// The relay's signature.
    pub signature: Signature,
}

signed! {
    Certificate = "halyard/1 certificate";
    Revocation = "halyard/1 revocation";
}
