//! Which protocol is spoken, and the headers that say so.

use serde::{Deserialize, Serialize};

/// The protocol this crate speaks.
pub const PROTOCOL: u16 = 1;

/// The protocols this crate can answer.
pub const SPOKEN: VersionRange = VersionRange { from: PROTOCOL, to: PROTOCOL };

/// The version of signed objects: envelopes, receipts, certificates, control entries, decisions.
pub const OBJECT_VERSION: u16 = 1;

/// Carries the protocol version in every request and answer.
pub const PROTOCOL_HEADER: &str = "halyard-protocol";

/// Names the workspace a request is for; only a device not yet enrolled may leave it out.
pub const WORKSPACE_HEADER: &str = "halyard-workspace";

/// The media type of every body.
pub const CBOR: &str = "application/cbor";

/// The media type of every error: the members of an RFC 9457 problem as a CBOR map.
pub const PROBLEM: &str = "application/problem+cbor";

/// An inclusive range of protocol versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionRange {
    /// The oldest one spoken.
    pub from: u16,
    /// The newest one spoken.
    pub to: u16,
}

impl VersionRange {
    /// Whether this version is spoken.
    #[must_use]
    pub const fn contains(self, version: u16) -> bool {
        self.from <= version && version <= self.to
    }

    /// Reads the value of the protocol header and answers the version when it is spoken.
    #[must_use]
    pub fn spoken(self, header: Option<&str>) -> Option<u16> {
        let version = header?.trim().parse().ok()?;
        self.contains(version).then_some(version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_version_in_the_range_is_spoken() {
        let range = VersionRange { from: 2, to: 3 };
        for (header, expected) in
            [(Some("2"), Some(2)), (Some(" 3 "), Some(3)), (Some("1"), None), (Some("4"), None)]
        {
            assert_eq!(range.spoken(header), expected);
        }
        assert_eq!(range.spoken(None), None);
        assert_eq!(range.spoken(Some("three")), None);
    }
}
