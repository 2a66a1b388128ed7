//! Messages of `GET /v1/sync/live`: hints that something is after the device's cursor, never data.
//!
//! A lost hint costs nothing but time: the device also pulls by a timer.

use halyard_domain::id::EpochId;
use serde::{Deserialize, Serialize};

use crate::certificate::Revocation;
use crate::hash::Position;

/// What the relay says on the open socket, one CBOR message each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LiveMessage {
    /// Something the caller may see, or a change of what they may see, is at this position.
    Hint {
        /// The present life of the log.
        epoch: EpochId,
        /// Where the log is. A device that has pulled as far has nothing to do.
        position: Position,
    },
    /// The device was revoked; the socket closes.
    Revoked(Revocation),
}
