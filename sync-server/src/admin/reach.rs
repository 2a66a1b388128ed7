//! Where devices find this relay and how they recognise it: what an invitation says beside the code.

use std::net::SocketAddr;

use halyard_protocol::code::EnrolmentCode;
use halyard_protocol::join::{JoinLink, RelayAddress};
use halyard_protocol::pin::Pin;

use super::failure::Failure;
use super::question::AddressOf;
use super::serve::certificate_failed;
use crate::certificate;
use crate::config::{Config, Encryption};
use crate::relay::Relay;

/// What a relay listens on.
#[derive(Debug, Clone, Copy)]
pub(super) enum Listening {
    /// It runs, and listens there.
    Now(SocketAddr),
    /// It does not run, and would listen there by the settings.
    BySettings(SocketAddr),
}

impl Listening {
    const fn address(self) -> SocketAddr {
        match self {
            Self::Now(address) | Self::BySettings(address) => address,
        }
    }

    /// Whose address that is, for people.
    pub(super) const fn address_of(self) -> AddressOf {
        match self {
            Self::Now(_) => AddressOf::RunningRelay,
            Self::BySettings(_) => AddressOf::Settings,
        }
    }
}

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
    /// As the settings have it, for a relay that listens so.
    pub(super) async fn of(relay: &Relay, config: &Config, listening: Listening) -> Result<Self, Failure> {
        let address = certificate::address(config, listening.address());
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
