//! An invitation as a person brings it to the first start.

use halyard_protocol::code::EnrolmentCode;
use halyard_protocol::join::{AddressError, JoinLink, LinkError, RelayAddress};
use halyard_protocol::pin::Pin;
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

/// The invitation that was brought. Where it says nothing of how to recognise the relay, `compared_pin` does: the pin
/// that somebody has compared. An address that is typed says nothing of it, and a link where the relay's
/// certificate is of an authority that most systems know.
///
/// # Errors
/// When it is none, with the part that is wrong.
pub fn invitation(by: &InvitedBy, compared_pin: Option<&str>) -> Result<JoinLink, WrongInvitation> {
    let compared: Option<Pin> = compared_pin.map(str::parse).transpose().map_err(|_| WrongInvitation::Pin)?;
    let invited = brought(by)?;
    Ok(JoinLink { pin: invited.pin.or(compared), ..invited })
}

fn brought(by: &InvitedBy) -> Result<JoinLink, WrongInvitation> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compared_pin_counts_where_the_invitation_brings_none_and_nowhere_else() {
        let [invited, compared] = ["invited", "compared"].map(|key| Pin::of_key(key.as_bytes()));
        let given = Some(compared.to_string());
        let pin = |by: InvitedBy| invitation(&by, given.as_deref()).unwrap().pin;
        let (relay, code) = ("https://relay.example".to_owned(), "7K3M-9QPX".to_owned());
        let link = JoinLink { relay: relay.parse().unwrap(), pin: None, code: code.parse().unwrap() };
        let with_pin = JoinLink { pin: Some(invited), ..link.clone() };
        assert_eq!(pin(InvitedBy::Hand { relay, code }), Some(compared));
        assert_eq!(pin(InvitedBy::Link(link.to_string())), Some(compared));
        assert_eq!(pin(InvitedBy::Link(with_pin.to_string())), Some(invited));
        let garbled = invitation(&InvitedBy::Link(link.to_string()), Some("7K3M")).unwrap_err();
        assert_eq!(garbled, WrongInvitation::Pin);
    }
}
