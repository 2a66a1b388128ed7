//! Bodies of `POST /v1/sync/push`.
//!
//! Envelopes go in the order of their sequence and get one receipt each, in that order. Where the chain
//! does not hold the relay stops: envelopes without a receipt were not looked at, and `chain` tells what
//! the relay holds last. An empty push asks for that alone.

use halyard_domain::id::EpochId;
use serde::{Deserialize, Serialize};

use crate::chain::ChainEnd;
use crate::control::Control;
use crate::envelope::Envelope;
use crate::hash::Position;
use crate::receipt::{Receipt, Receipted};

/// Work for the relay.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PushRequest {
    /// The device's own envelopes, oldest first.
    pub envelopes: Vec<Envelope>,
    /// Anybody's envelopes with the receipts of an earlier epoch, in the order of their old positions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handover: Vec<Receipted<Envelope>>,
    /// Control entries of an earlier epoch, from an administrator's device.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<Control>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushAnswer {
    /// The present life of the log.
    pub epoch: EpochId,
    /// One for each envelope looked at: first those of `envelopes`, then those of `handover`.
    pub receipts: Vec<Receipt>,
    /// The last envelope the relay now holds of this device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<ChainEnd>,
    /// Up to here the log is in a verified backup.
    pub watermark: Position,
}
