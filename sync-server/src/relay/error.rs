//! Why a call of a device has no answer.

use halyard_domain::id::EpochId;
use halyard_protocol::cbor::EncodeError;
use halyard_protocol::certificate::Revocation;
use halyard_protocol::chain::ChainEnd;

use crate::storage::StorageError;

/// Why a call of a device has no answer.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// The company is not served here.
    #[error("the workspace is not served here")]
    UnknownWorkspace,
    /// Not here, or not for the caller: the two are one answer.
    #[error("unknown or forbidden")]
    UnknownOrForbidden,
    /// The device was revoked.
    #[error("the device is revoked")]
    Revoked(Box<Revocation>),
    /// The device is not confirmed yet.
    #[error("the device is not active")]
    NotActive,
    /// The cursor is of an earlier life of the log.
    #[error("the log began anew")]
    NewEpoch(EpochId),
    /// The relay was restored: until IT confirms it takes hand-over and gives nothing out.
    #[error("the relay waits for hand-over")]
    HandingOver(EpochId),
    /// The cursor is not one this relay gave to this device.
    #[error("the cursor is not valid")]
    CursorNotValid(EpochId),
    /// No envelope of a push follows what the relay holds.
    #[error("the envelopes do not follow what is held")]
    ChainBroken(Option<ChainEnd>),
    /// More was asked than one call may ask.
    #[error("more than one call may ask")]
    TooMuch,
    /// Others were faster too many times.
    #[error("the relay is busy")]
    Busy,
    /// Storage failed.
    #[error("storage failed")]
    Storage(#[from] StorageError),
    /// Something could not be written as CBOR.
    #[error("an answer could not be written")]
    Encode(#[from] EncodeError),
}
