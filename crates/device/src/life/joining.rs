//! An invitation as a person brings it to the first start.

use halyard_protocol::code::EnrolmentCode;
use halyard_protocol::join::{AddressError, JoinLink, LinkError, RelayAddress};
use serde::Deserialize;

use crate::screens::WrongInvitation;

/// How an invitation was brought.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum InvitedBy {
    /// A link, or what a QR code said.
    Link(String),
    /// Typed in by hand.
    Hand {
        /// Where the relay is: `https://name:port`.
        relay: String,
        /// The code.
        code: String,
    },
}

/// The invitation that was brought.
///
/// # Errors
/// When it is none, with the part that is wrong.
pub fn invitation(by: &InvitedBy) -> Result<JoinLink, WrongInvitation> {
    match by {
        InvitedBy::Link(text) => text.trim().parse().map_err(|error| match error {
            LinkError::Form | LinkError::Cut => WrongInvitation::Link,
            LinkError::Address(error) => address(error),
            LinkError::Pin(_) => WrongInvitation::Pin,
            LinkError::Code(_) => WrongInvitation::Code,
        }),
        InvitedBy::Hand { relay, code } => {
            let relay: RelayAddress = relay.parse().map_err(address)?;
            let code: EnrolmentCode = code.trim().parse().map_err(|_| WrongInvitation::Code)?;
            Ok(JoinLink { relay, pin: None, code })
        }
    }
}

fn address(error: AddressError) -> WrongInvitation {
    match error {
        AddressError::Form => WrongInvitation::Address,
        AddressError::Plain => WrongInvitation::PlainAddress,
    }
}
