//! Where devices find this relay and how they recognise it: what an invitation says beside the code.

use std::net::SocketAddr;

use halyard_protocol::code::EnrolmentCode;
use halyard_protocol::join::{JoinLink, RelayAddress};
use halyard_protocol::pin::Pin;

use super::failure::Failure;
use super::serve::certificate_failed;
use crate::certificate;
use crate::config::{Config, Encryption};
use crate::relay::Relay;

/// Where devices find this relay and how they recognise it.
pub(super) struct Reach {
    /// The address; none where only a proxy's would do and none is set.
    pub(super) relay: Option<RelayAddress>,
    /// The pin of what the relay shows.
    pub(super) pin: Option<Pin>,
    /// Whether a device needs the pin, because no system knows the relay's own authority.
    must_be_pinned: bool,
}

impl Reach {
    /// As the settings have it, for a relay that listens on `listen`.
    pub(super) async fn of(relay: &Relay, config: &Config, listen: SocketAddr) -> Result<Self, Failure> {
        let address = certificate::address(config, listen);
        let failed = |error| certificate_failed(config, &error);
        let (pin, must_be_pinned) = match config.encryption() {
            Encryption::Plain => (None, false),
            Encryption::Own => (Some(relay.authority().await.map_err(failed)?.pin()), true),
            Encryption::Given { cert, .. } => (Some(certificate::pin_of(cert).map_err(failed)?), false),
        };
        Ok(Self { relay: address, pin, must_be_pinned })
    }

    /// The invitation in one piece.
    pub(super) fn link(&self, code: &EnrolmentCode) -> Option<JoinLink> {
        let relay = self.relay.clone()?;
        Some(JoinLink { relay, pin: self.pin.filter(|_| self.must_be_pinned), code: code.clone() })
    }
}
