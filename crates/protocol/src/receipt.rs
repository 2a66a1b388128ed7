//! The relay's durable, signed answer to an envelope.
//!
//! A receipt is written in the transaction that stores what it says and is sent only after that
//! transaction is on disk. A later decision is a further receipt for the same envelope; the newest by
//! `arrived` counts. Beside its envelope a receipt travels as a [`Stamp`], without what the envelope says.

use halyard_domain::id::{DocumentId, EpochId, WorkspaceId};
use serde::{Deserialize, Serialize};

use crate::cbor::EncodeError;
use crate::envelope::{Envelope, EnvelopeHeader};
use crate::hash::{EnvelopeHash, Position};
use crate::keys::Signature;
use crate::reason::Reason;
use crate::signed::signed;
use crate::time::UnixMs;

/// What became of an envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Merged.
    Accepted,
    /// Stored, not merged: the rights do not allow it. The office decides.
    Quarantined,
    /// Stored, not merged: it stands behind an envelope in quarantine.
    Blocked,
    /// Stored, not merged: made on an older generation, or its replaced envelope was merged meanwhile.
    Stale,
    /// Not stored: something it needs is missing here. The device sends it again in a new envelope.
    Deferred,
    /// Not merged, kept as bytes only: not what an app writes.
    Malformed,
}

impl Outcome {
    /// Whether the relay keeps the work, so that the device may let go of its own copy in time.
    #[must_use]
    pub const fn is_kept(self) -> bool {
        match self {
            Self::Accepted | Self::Quarantined | Self::Blocked | Self::Stale => true,
            Self::Deferred | Self::Malformed => false,
        }
    }
}

/// The relay's signed answer to one envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The version of this object.
    pub v: u16,
    /// The workspace of the envelope.
    pub workspace: WorkspaceId,
    /// The life of the log it was written in.
    pub epoch: EpochId,
    /// The envelope answered.
    pub envelope: EnvelopeHash,
    /// What became of it.
    pub outcome: Outcome,
    /// Its place in the log, when it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// When the envelope arrived, by the relay's clock; in a decision, when it was decided.
    pub arrived: UnixMs,
    /// Why, unless it was simply accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The field that was refused, as its path in the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The employee who decided, when a person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<DocumentId>,
    /// The relay's signature.
    pub signature: Signature,
}

signed! {
    Receipt = "halyard/1 receipt";
}

/// A receipt as it travels beside its envelope: without workspace and envelope hash, signed all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The version of the receipt.
    pub v: u16,
    /// The life of the log it was written in.
    pub epoch: EpochId,
    /// What became of the envelope.
    pub outcome: Outcome,
    /// Its place in the log, when it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// When the envelope arrived, or when it was decided.
    pub arrived: UnixMs,
    /// Why, unless it was simply accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The field that was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The employee who decided, when a person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<DocumentId>,
    /// The relay's signature over the whole receipt.
    pub signature: Signature,
}

impl Receipt {
    /// The part that the envelope beside it does not say.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        Stamp {
            v: self.v,
            epoch: self.epoch,
            outcome: self.outcome,
            position: self.position,
            arrived: self.arrived,
            reason: self.reason.clone(),
            path: self.path.clone(),
            by: self.by,
            signature: self.signature,
        }
    }
}

impl Stamp {
    /// The whole receipt, which can be verified and stored.
    #[must_use]
    pub fn receipt(&self, workspace: WorkspaceId, envelope: EnvelopeHash) -> Receipt {
        Receipt {
            v: self.v,
            workspace,
            epoch: self.epoch,
            envelope,
            outcome: self.outcome,
            position: self.position,
            arrived: self.arrived,
            reason: self.reason.clone(),
            path: self.path.clone(),
            by: self.by,
            signature: self.signature,
        }
    }
}

/// An envelope, or its header, with its receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipted<E> {
    /// What the device signed.
    pub envelope: E,
    /// What the relay answered.
    pub receipt: Stamp,
}

impl Receipted<EnvelopeHeader> {
    /// The whole receipt.
    ///
    /// # Errors
    /// When the envelope cannot be written as CBOR.
    pub fn whole_receipt(&self) -> Result<Receipt, EncodeError> {
        Ok(self.receipt.receipt(self.envelope.workspace, self.envelope.hash()?))
    }
}

impl Receipted<Envelope> {
    /// The whole receipt.
    ///
    /// # Errors
    /// When the envelope cannot be written as CBOR.
    pub fn whole_receipt(&self) -> Result<Receipt, EncodeError> {
        Ok(self.receipt.receipt(self.envelope.workspace, self.envelope.hash()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{PublicKey, WrongSignature};
    use crate::signed::Signed;
    use ed25519_dalek::SigningKey;

    fn receipt() -> Receipt {
        Receipt {
            v: 1,
            workspace: WorkspaceId::made_by_rule("test"),
            epoch: EpochId::made_by_rule("first"),
            envelope: EnvelopeHash([1; 32]),
            outcome: Outcome::Quarantined,
            position: Some(Position(7)),
            arrived: UnixMs(1_700_000_000_123),
            reason: Some(Reason::NotAllowed),
            path: Some("priority".to_owned()),
            by: None,
            signature: Signature::missing(),
        }
    }

    #[test]
    fn a_receipt_beside_its_envelope_verifies_like_the_whole_one() {
        let key = SigningKey::from_bytes(&[4; 32]);
        let mut receipt = receipt();
        receipt.sign(&key).unwrap();
        let again = receipt.stamp().receipt(receipt.workspace, receipt.envelope);
        assert_eq!(again, receipt);
        assert_eq!(again.verify(&PublicKey::of(&key)), Ok(()));
        let other = receipt.stamp().receipt(receipt.workspace, EnvelopeHash([2; 32]));
        assert_eq!(other.verify(&PublicKey::of(&key)), Err(WrongSignature));
    }

    #[test]
    fn a_receipt_with_a_reason_of_a_newer_relay_still_verifies() {
        let key = SigningKey::from_bytes(&[4; 32]);
        let mut receipt = Receipt { reason: Some(Reason::Other("weekend".to_owned())), ..receipt() };
        receipt.sign(&key).unwrap();
        let bytes = crate::cbor::encode(&receipt).unwrap();
        let read: Receipt = crate::cbor::decode(&bytes, 2000).unwrap();
        assert_eq!(read.verify(&PublicKey::of(&key)), Ok(()));
    }
}
