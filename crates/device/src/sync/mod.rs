//! Meeting the relay.
//!
//! A session sends what was made here, rebuilds what was refused, pulls what is new and ends when there
//! is nothing left on either side. Every step leaves the database whole, so a session may be cut at any
//! byte: the next one goes on. What was made here is pushed before the next cursor is presented, because
//! the relay judges late work by the news a device is known to have had.

#[cfg(test)]
pub(crate) mod bench;
mod client;
mod enrol;
mod folding;
mod handover;
mod incoming;
mod live;
mod outgoing;
mod refused;
mod requests;
mod rescued;
mod reviewing;
mod session;
mod trust;

pub use client::CallError;
pub use enrol::Enrolled;
pub use live::{Told, Waker};
pub(crate) use refused::intents_of;
pub use reviewing::{Waiting, WaitingPage};
pub use session::SyncReport;
pub use trust::Distrust;

use halyard_protocol::body;
use halyard_protocol::cbor::EncodeError;
use halyard_protocol::problem::{ErrorCode, Problem};
use halyard_protocol::receipt::Receipt;
use halyard_store::StoreError;

use crate::error::DeviceError;

/// A session with the relay failed. What was made here is safe on this device and is sent next time.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The device itself failed.
    #[error("the device failed while syncing")]
    Device(#[from] DeviceError),
    /// A call failed.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The device is enrolled already; a second organisation needs a second profile.
    #[error("this device is enrolled already")]
    AlreadyEnrolled,
    /// The office removed this device. What it could not take of what was made here stays sealed.
    #[error("the office removed this device")]
    Revoked {
        /// Changes the office has not.
        changes: u64,
        /// Photos the office has not.
        photos: u64,
    },
    /// IT has not confirmed this device yet.
    #[error("this device is not confirmed yet")]
    NotConfirmed,
    /// The relay answers, and device and relay do not come together all the same.
    #[error("the relay and this device do not come together")]
    NoProgress,
    /// Something in an answer was not signed by the relay this device is bound to; none of the answer was taken.
    #[error("an answer is not signed by our relay")]
    Forged,
    /// The work was decided before, and that decision holds.
    #[error("the work was decided before")]
    AlreadyDecided(Box<Receipt>),
    /// Something could not be written as CBOR.
    #[error("could not write a request")]
    Encode(#[from] EncodeError),
    /// A page could not be read in the background.
    #[error("a background task of the device ended early")]
    Interrupted,
}

impl SyncError {
    /// Whether the disk had no room for an answer. It stays with the relay, and comes again.
    pub(crate) fn wants_room(&self) -> bool {
        let Self::Device(DeviceError::Store(error)) = self else { return false };
        error.wants_room()
    }

    /// Whether the relay may have done what it was asked for all the same: the request left this device, and no
    /// word came back that says otherwise.
    #[must_use]
    pub fn leaves_open(&self) -> bool {
        let Self::Call(error) = self else { return false };
        match error {
            CallError::Unreachable(error) => !error.is_connect() && !error.is_builder(),
            CallError::Problem(problem) => matches!(problem.code, ErrorCode::Busy | ErrorCode::Internal),
            // Something between the relay and this device gave up waiting.
            CallError::NotARelay { status } => *status >= 500,
            CallError::Garbled(_) => true,
            CallError::Distrusted(_) | CallError::NotTls | CallError::Tls(_) | CallError::Unwritable(_) => {
                false
            }
        }
    }
}

impl From<StoreError> for SyncError {
    fn from(error: StoreError) -> Self {
        Self::Device(DeviceError::Store(error))
    }
}

impl From<body::WriteError> for SyncError {
    fn from(error: body::WriteError) -> Self {
        Self::Call(CallError::Unwritable(error))
    }
}

/// What to add to this device's clock after the relay said that a request was made at another time.
pub(crate) fn offset_after(problem: &Problem, now_ms: i64) -> Option<i64> {
    match (&problem.code, problem.now) {
        (ErrorCode::ClockSkew, Some(now)) => Some(now.0.saturating_sub(now_ms)),
        _ => None,
    }
}
