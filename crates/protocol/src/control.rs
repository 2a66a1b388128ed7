//! Log entries about people and devices, signed by the relay.
//!
//! Administrators' devices keep them and hand them back to a restored relay, so that healing cannot bring
//! back a dismissed person, a revoked device or erased data.

use halyard_domain::id::{DeviceId, DocumentId, EpochId, WorkspaceId};
use serde::{Deserialize, Serialize};

use crate::cbor::EncodeError;
use crate::certificate::Certificate;
use crate::hash::{ControlHash, Generation, Position};
use crate::keys::{PublicKey, Signature};
use crate::review::Decision;
use crate::signed::{Signed, signed};
use crate::time::UnixMs;

/// One signed control entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Control {
    /// The version of this object.
    pub v: u16,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The life of the log it was written in.
    pub epoch: EpochId,
    /// Its place in the log.
    pub position: Position,
    /// When, by the relay's clock.
    pub time: UnixMs,
    /// The employee who did it; absent when IT did it at the relay itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<DocumentId>,
    /// What was done.
    pub event: ControlEvent,
    /// The relay's signature.
    pub signature: Signature,
}

signed! {
    Control = "halyard/1 control";
}

impl Control {
    /// The entry's identity.
    ///
    /// # Errors
    /// When it cannot be written as CBOR.
    pub fn hash(&self) -> Result<ControlHash, EncodeError> {
        self.signing_hash().map(ControlHash)
    }
}

/// What was done with a person, a device or a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ControlEvent {
    /// A device gave a right code.
    Enrolled {
        /// The device.
        device: DeviceId,
        /// Whose it is.
        employee: DocumentId,
        /// Its public key.
        key: PublicKey,
        /// What the machine calls itself.
        name: String,
    },
    /// A device became active.
    Confirmed {
        /// What it was given.
        certificate: Certificate,
    },
    /// A device was revoked.
    Revoked {
        /// The device.
        device: DeviceId,
    },
    /// An employee was dismissed.
    Dismissed {
        /// The employee.
        employee: DocumentId,
    },
    /// The roles of an employee changed.
    RolesChanged {
        /// The employee.
        employee: DocumentId,
        /// All roles held from now on.
        roles: Vec<DocumentId>,
    },
    /// Personal data was erased: generations below this one are gone.
    Erased {
        /// The document.
        document: DocumentId,
        /// The generation there is now.
        generation: Generation,
    },
    /// An envelope in the review queue was decided.
    Decided {
        /// The signed decision.
        decision: Decision,
    },
}
