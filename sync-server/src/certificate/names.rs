//! By which names devices may reach this machine: what its own certificate holds for.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

/// Every name and address under which a relay listening on `listen` can be reached, as far as the machine
/// knows, and those that were set.
pub(super) fn of(listen: SocketAddr, set: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).into();
    names.extend(set);
    names.extend(hostname());
    names.extend(addresses(listen).iter().map(IpAddr::to_string));
    names
}

/// The address to tell devices of where none was set: one in a private network where there is one.
pub(super) fn usual(listen: SocketAddr) -> IpAddr {
    let addresses = addresses(listen);
    let private = |address: &&IpAddr| match address {
        IpAddr::V4(address) => address.is_private(),
        IpAddr::V6(address) => address.is_unique_local(),
    };
    let found = addresses.iter().find(private).or_else(|| addresses.first());
    found.copied().unwrap_or_else(|| listen.ip())
}

/// The addresses devices can connect to, IPv4 first.
fn addresses(listen: SocketAddr) -> Vec<IpAddr> {
    if !listen.ip().is_unspecified() {
        return vec![listen.ip()];
    }
    let interfaces = if_addrs::get_if_addrs().unwrap_or_else(|error| {
        tracing::warn!(%error, "the addresses of this machine cannot be listed; set tls.names");
        Vec::new()
    });
    let mut addresses: Vec<IpAddr> = interfaces
        .iter()
        .filter(|interface| !interface.is_loopback() && !interface.is_link_local())
        .map(if_addrs::Interface::ip)
        .filter(|address| address.is_ipv4() || listen.is_ipv6())
        .collect();
    addresses.sort();
    addresses
}

#[cfg(unix)]
fn hostname() -> Option<String> {
    let name = rustix::system::uname().nodename().to_str().ok()?.to_ascii_lowercase();
    is_name(&name).then_some(name)
}

#[cfg(not(unix))]
fn hostname() -> Option<String> {
    None
}

/// Whether something can be the name of a machine in a certificate.
pub(crate) fn is_name(name: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'-')
    };
    name.parse::<IpAddr>().is_ok() || (name.len() <= 253 && name.split('.').all(is_label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_names_where_the_relay_listens_and_what_was_set() {
        let names = of("192.0.2.7:7420".parse().unwrap(), ["relay.example".to_owned()]);
        for name in ["192.0.2.7", "relay.example", "localhost", "127.0.0.1"] {
            assert!(names.contains(name), "{names:?}");
        }
        assert_eq!(usual("192.0.2.7:7420".parse().unwrap()).to_string(), "192.0.2.7");
    }

    #[test]
    fn what_can_be_no_name_in_a_certificate() {
        for good in ["relay", "relay.teplo.example", "192.168.1.5", "fd00::1", "xn--80akh.example"] {
            assert!(is_name(good), "{good}");
        }
        for bad in
            ["", "реле.example", "https://relay", "relay:7420", "-relay", "a..b", "*.example", "re lay"]
        {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
