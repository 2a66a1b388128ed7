//! Bodies of `GET /v1/review` and `POST /v1/review/{envelope}`: what the office decides.
//!
//! A decision is signed by the reviewer's device. Made from the relay's command line it is signed by the
//! relay and names the employee. It travels to the author as a receipt.

use halyard_domain::id::{DeviceId, DocumentId, WorkspaceId};
use serde::{Deserialize, Serialize};

use crate::envelope::Envelope;
use crate::hash::EnvelopeHash;
use crate::keys::Signature;
use crate::receipt::{Receipt, Receipted};
use crate::signed::signed;
use crate::time::UnixMs;

/// A page of the review queue, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewList {
    /// The envelopes waiting.
    pub items: Vec<ReviewItem>,
    /// The envelope to go on after, as `?after=`; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<EnvelopeHash>,
    /// Asked with `?decided=`: the decisions about envelopes whose names begin so. Then nothing else is listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decided: Vec<Receipt>,
}

/// One envelope waiting for a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewItem {
    /// The envelope and why it waits.
    pub receipted: Receipted<Envelope>,
    /// The envelopes blocked behind it.
    pub blocked: Vec<EnvelopeHash>,
}

/// What the reviewer says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Merge it.
    Accept,
    /// Do not merge it; the author reads the answer.
    Decline {
        /// What the author is told.
        answer: String,
    },
}

/// A signed decision about one envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The version of this object.
    pub v: u16,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The envelope decided.
    pub envelope: EnvelopeHash,
    /// What was decided.
    pub verdict: Verdict,
    /// Who decided.
    pub employee: DocumentId,
    /// The device that signed; absent when the relay signed for its command line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// When, by the signer's clock.
    pub time: UnixMs,
    /// The signature of the device or the relay.
    pub signature: Signature,
}

signed! {
    Decision = "halyard/1 decision";
}

/// What became of the envelope and of those blocked behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionAnswer {
    /// The new receipts, that of the decided envelope first.
    pub receipts: Vec<Receipt>,
}
