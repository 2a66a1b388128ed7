//! The first start: becoming a device of a company.

use std::sync::Arc;

use halyard_protocol::code::EnrolmentCode;
use halyard_protocol::enrol::Standing;
use halyard_protocol::join::{AddressError, JoinLink, LinkError, RelayAddress};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::screens::{ScreenError, WrongInvitation};

/// An invitation, as a person brings it.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Invitation {
    /// How it was brought.
    pub by: InvitedBy,
    /// What this device is to be called: «планшет ПЛ-07».
    pub device_name: String,
}

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

/// How far the device is.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Joined {
    /// The organisation's name.
    pub organisation: String,
    /// The digits that this screen and the administrator's show alike.
    pub fingerprint: String,
    /// Whether IT has to confirm the device first.
    pub awaits_confirmation: bool,
}

/// Joins a company and begins to sync.
///
/// # Errors
/// When what was entered is no invitation, the relay cannot be reached or says no, or the device belongs
/// to somebody already.
pub async fn join(app: &Arc<App>, asked: &Invitation) -> Result<Joined, ScreenError> {
    let name = asked.device_name.trim();
    if name.is_empty() {
        return Err(ScreenError::Required { field: "device_name".to_owned() });
    }
    let link = invitation(&asked.by).map_err(|what| ScreenError::WrongInvitation { what })?;
    let enrolled = app.device().enrol(&link, name).await?;
    app.connect();
    Ok(Joined {
        organisation: enrolled.organisation,
        fingerprint: enrolled.fingerprint.to_string(),
        awaits_confirmation: enrolled.standing == Standing::Accepted,
    })
}

fn invitation(by: &InvitedBy) -> Result<JoinLink, WrongInvitation> {
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
