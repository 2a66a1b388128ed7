//! Whose operations a change holds.
//!
//! An actor id is 16 bytes: the first 8 of SHA-256 of the device's public key, then 8 random. So a relay
//! sees without any table that a change was not made by the device that sends it. It proves nothing
//! more: the envelope's signature does. An actor id is never used twice.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::keys::PublicKey;

/// The author of the operations of a change.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub [u8; 16]);

/// The first half of every actor id of one device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ActorPrefix(pub [u8; 8]);

impl ActorPrefix {
    /// The prefix of the device with this key.
    #[must_use]
    pub fn of(key: &PublicKey) -> Self {
        let [a, b, c, d, e, f, g, h, ..]: [u8; 32] = Sha256::digest(key.0).into();
        Self([a, b, c, d, e, f, g, h])
    }
}

impl ActorId {
    /// A new actor of a device, from eight random bytes.
    #[must_use]
    pub fn new(prefix: ActorPrefix, random: [u8; 8]) -> Self {
        let mut bytes = [0; 16];
        for (byte, value) in bytes.iter_mut().zip(prefix.0.into_iter().chain(random)) {
            *byte = value;
        }
        Self(bytes)
    }

    /// Whether this is an actor of the device with this prefix.
    #[must_use]
    pub fn belongs_to(&self, prefix: ActorPrefix) -> bool {
        self.0.starts_with(&prefix.0)
    }

    /// Reads 16 stored bytes.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Display for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}
impl fmt::Debug for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ActorId({self})")
    }
}
impl Serialize for ActorId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::keys::serialize_bytes(&self.0, serializer)
    }
}
impl<'de> Deserialize<'de> for ActorId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::keys::deserialize_bytes(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_actor_of_a_device_carries_the_device() {
        let (ours, theirs) = (ActorPrefix::of(&PublicKey([1; 32])), ActorPrefix::of(&PublicKey([2; 32])));
        let actor = ActorId::new(ours, [9; 8]);
        assert!(actor.belongs_to(ours));
        assert!(!actor.belongs_to(theirs));
        assert_eq!(actor.0[8..], [9; 8]);
    }
}
