//! How a device is told where to join: `halyard://join?relay=…&pin=…&code=…`.
//!
//! The link is what IT's screen shows as a QR and what a person may paste. Whoever has it can join as the
//! invited employee while the code lives, so it is as secret as the code. Parameters of a later version
//! are passed over.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::code::{CodeError, EnrolmentCode};
use crate::pin::{Pin, PinError};

const SCHEME: &str = "halyard";
const HOST: &str = "join";

/// Where a relay is: `https://name:port`, without a path. `http` only names this very machine: a device
/// never sends its work over a network in the clear.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RelayAddress(Url);

/// What an invitation says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinLink {
    /// Where the relay is.
    pub relay: RelayAddress,
    /// How to recognise it; absent where the device's system knows its certificate's authority.
    pub pin: Option<Pin>,
    /// The code.
    pub code: EnrolmentCode,
}

/// Why something is not the address of a relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It is not of the form `https://name:port`.
    #[error("not an address of the form https://name:port")]
    Form,
    /// It is plain HTTP to another machine.
    #[error("plain http to another machine")]
    Plain,
}

/// Why something is not an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// It is another link, or none.
    #[error("not a link of the form halyard://join?relay=…&code=…")]
    Form,
    /// It begins as an invitation does and ends before its code: a shell cuts a link at its first `&`.
    #[error("the link ends before its code")]
    Cut,
    /// Its address is none.
    #[error("the address in the link")]
    Address(#[from] AddressError),
    /// Its pin is none.
    #[error("the pin in the link")]
    Pin(#[from] PinError),
    /// Its code is none.
    #[error("the code in the link")]
    Code(#[from] CodeError),
}

impl RelayAddress {
    /// `https://name:port` without a slash at its end; the port is left out where it is the usual one.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Whether TLS is spoken there.
    #[must_use]
    pub fn is_tls(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// The name or address of the machine.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']')
    }
}

impl FromStr for RelayAddress {
    type Err = AddressError;
    fn from_str(text: &str) -> Result<Self, AddressError> {
        let url = Url::parse(text.trim()).map_err(|_| AddressError::Form)?;
        let is_bare = url.username().is_empty()
            && url.password().is_none()
            && url.path().trim_matches('/').is_empty()
            && url.query().is_none()
            && url.fragment().is_none();
        match (url.scheme(), url.host()) {
            ("https", Some(_)) if is_bare => {}
            ("http", Some(host)) if is_bare && is_this_machine(&host) => {}
            ("http", Some(_)) if is_bare => return Err(AddressError::Plain),
            _ => return Err(AddressError::Form),
        }
        let mut url = url;
        url.set_path("");
        Ok(Self(url))
    }
}

fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => IpAddr::from(*address).is_loopback(),
        Host::Ipv6(address) => IpAddr::from(*address).is_loopback(),
    }
}

impl fmt::Display for RelayAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for RelayAddress {
    type Error = AddressError;
    fn try_from(text: String) -> Result<Self, AddressError> {
        text.parse()
    }
}

impl From<RelayAddress> for String {
    fn from(address: RelayAddress) -> Self {
        address.as_str().to_owned()
    }
}

impl FromStr for JoinLink {
    type Err = LinkError;
    fn from_str(text: &str) -> Result<Self, LinkError> {
        let link = Url::parse(text.trim()).map_err(|_| LinkError::Form)?;
        if link.scheme() != SCHEME || link.host_str() != Some(HOST) {
            return Err(LinkError::Form);
        }
        let said = |name: &str| link.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value);
        // The code stands last: without it the rest may be cut as well.
        let code = said("code").ok_or(LinkError::Cut)?.parse()?;
        let relay = said("relay").ok_or(LinkError::Form)?.parse()?;
        let pin = said("pin").map(|pin| pin.parse()).transpose()?;
        Ok(Self { relay, pin, code })
    }
}

/// The link, which holds the code: to be shown to the invited person only.
impl fmt::Display for JoinLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("relay", self.relay.as_str());
        if let Some(pin) = &self.pin {
            query.append_pair("pin", &pin.to_string());
        }
        query.append_pair("code", &self.code.to_string());
        write!(f, "{SCHEME}://{HOST}?{}", query.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_as_it_was_written() {
        let with_pin = JoinLink {
            relay: "https://relay.teplo.example:7420/".parse().unwrap(),
            pin: Some(Pin([7; 20])),
            code: "7K3M-9QPX".parse().unwrap(),
        };
        let written = with_pin.to_string();
        assert_eq!(
            written,
            "halyard://join?relay=https%3A%2F%2Frelay.teplo.example%3A7420\
             &pin=0W3G-E1R7-0W3G-E1R7-0W3G-E1R7-0W3G-E1R7&code=7K3M-9QPX"
        );
        assert_eq!(written.parse(), Ok(with_pin.clone()));
        assert_eq!(format!(" {written}&later=1\n").parse(), Ok(with_pin.clone()));
        let without = JoinLink { pin: None, ..with_pin };
        assert_eq!(without.to_string().parse(), Ok(without));
    }

    #[test]
    fn what_is_no_invitation_is_refused_for_what_is_wrong() {
        let refused = |text: &str| text.parse::<JoinLink>().unwrap_err();
        let code = "code=7K3M-9QPX";
        for other in ["", "https://a.example", "halyard://open?x", "halyard://join?code=7K3M-9QPX"] {
            assert_eq!(refused(other), LinkError::Form, "{other}");
        }
        for cut in ["halyard://join", "halyard://join?relay=https://a", "halyard://join?relay=ht&pin=12"] {
            assert_eq!(refused(cut), LinkError::Cut, "{cut}");
        }
        assert_eq!(
            refused(&format!("halyard://join?relay=http://a.example&{code}")),
            LinkError::Address(AddressError::Plain)
        );
        assert_eq!(
            refused(&format!("halyard://join?relay=https://a.example&pin=12&{code}")),
            LinkError::Pin(PinError)
        );
        assert_eq!(refused("halyard://join?relay=https://a.example&code=7K3M"), LinkError::Code(CodeError));
    }

    #[test]
    fn an_address_is_https_or_this_machine() {
        for good in ["https://relay.example.com", "https://192.168.1.5:7420", "https://[fd00::1]:7420"] {
            check(good, Ok(good));
        }
        for here in ["http://127.0.0.1:7420", "http://[::1]:7420", "http://localhost:7420"] {
            check(here, Ok(here));
        }
        check(" https://Relay.Example.com:443/ ", Ok("https://relay.example.com"));
        check("http://192.168.1.5:7420", Err(AddressError::Plain));
        check("http://localhost.example.com", Err(AddressError::Plain));
        for bad in [
            "relay.example.com",
            "https://",
            "http://:::",
            "ftp://a",
            "https://a/b",
            "https://u@a",
            "https://a?b",
        ] {
            check(bad, Err(AddressError::Form));
        }
    }

    #[track_caller]
    fn check(typed: &str, expected: Result<&str, AddressError>) {
        let read = typed.parse::<RelayAddress>();
        assert_eq!(read.as_ref().map(RelayAddress::as_str), expected.as_ref().map(|one| *one), "{typed}");
    }
}
