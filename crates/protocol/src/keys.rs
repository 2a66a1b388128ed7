//! Public keys and signatures as they travel.
//!
//! Only Ed25519. A [`PublicKey`] may hold bytes that are no point of the curve: that shows when something
//! is verified, and is then a wrong signature like any other. Verification is strict: a signature that
//! another implementation might judge differently is wrong.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// An Ed25519 public key: of a device or of a relay.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey(pub [u8; 32]);

/// An Ed25519 signature.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Signature(pub [u8; 64]);

/// The signature does not fit the key and the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not fit")]
pub struct WrongSignature;

/// Not a key or signature of the right length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a key in hexadecimal digits")]
pub struct KeyError;

impl PublicKey {
    /// The public half of a signing key.
    #[must_use]
    pub fn of(key: &SigningKey) -> Self {
        Self(key.verifying_key().to_bytes())
    }

    /// Checks that `signature` is this key's over `message`.
    ///
    /// # Errors
    /// When it is not, or when these bytes are no key.
    pub fn verify(&self, message: &[u8], signature: &Signature) -> Result<(), WrongSignature> {
        let key = VerifyingKey::from_bytes(&self.0).map_err(|_| WrongSignature)?;
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        key.verify_strict(message, &signature).map_err(|_| WrongSignature)
    }

    /// Reads 32 stored bytes.
    ///
    /// # Errors
    /// When the slice is not 32 bytes long.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, KeyError> {
        bytes.try_into().map(Self).map_err(|_| KeyError)
    }
}

impl Signature {
    /// Signs `message`.
    #[must_use]
    pub fn make(key: &SigningKey, message: &[u8]) -> Self {
        Self(key.sign(message).to_bytes())
    }

    /// A place holder that no key can have made, for a value about to be signed.
    #[must_use]
    pub const fn missing() -> Self {
        Self([0; 64])
    }

    /// Reads 64 stored bytes.
    ///
    /// # Errors
    /// When the slice is not 64 bytes long.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, KeyError> {
        bytes.try_into().map(Self).map_err(|_| KeyError)
    }
}

/// The six digits both screens show at enrolment, made from both keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(u32);

impl Fingerprint {
    /// The digits for this relay and this device.
    #[must_use]
    pub fn of(relay: &PublicKey, device: &PublicKey) -> Self {
        let hash = Sha256::new()
            .chain_update(b"halyard/1 fingerprint\0")
            .chain_update(relay.0)
            .chain_update(device.0);
        let number = hash.finalize().iter().take(8).fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        Self(u32::try_from(number % 1_000_000).unwrap_or_default())
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03} {:03}", self.0 / 1000, self.0 % 1000)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}
impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}
impl FromStr for PublicKey {
    type Err = KeyError;
    fn from_str(text: &str) -> Result<Self, KeyError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| KeyError)?;
        Ok(Self(bytes))
    }
}
impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}
impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signature({self})")
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_bytes(&self.0, serializer)
    }
}
impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_bytes(deserializer).map(Self)
    }
}
impl Serialize for Signature {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_bytes(&self.0, serializer)
    }
}
impl<'de> Deserialize<'de> for Signature {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_bytes(deserializer).map(Self)
    }
}

/// Writes a byte string in CBOR, hexadecimal digits in text.
pub(crate) fn serialize_bytes<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() {
        serializer.serialize_str(&hex::encode(bytes))
    } else {
        serializer.serialize_bytes(bytes)
    }
}

/// Reads what [`serialize_bytes`] wrote, of exactly `N` bytes.
pub(crate) fn deserialize_bytes<'de, const N: usize, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<[u8; N], D::Error> {
    if deserializer.is_human_readable() {
        let text = String::deserialize(deserializer)?;
        let mut bytes = [0; N];
        hex::decode_to_slice(text, &mut bytes).map_err(D::Error::custom)?;
        Ok(bytes)
    } else {
        deserializer.deserialize_bytes(FixedBytes::<N>)
    }
}

struct FixedBytes<const N: usize>;

impl<'de, const N: usize> Visitor<'de> for FixedBytes<N> {
    type Value = [u8; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{N} bytes")
    }
    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<[u8; N], E> {
        bytes.try_into().map_err(|_| E::invalid_length(bytes.len(), &self))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<[u8; N], A::Error> {
        let mut bytes = [0; N];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = seq.next_element()?.ok_or_else(|| A::Error::invalid_length(at, &self))?;
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_fits_only_its_key_and_its_bytes() {
        let (key, other) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
        let signature = Signature::make(&key, b"work");
        assert_eq!(PublicKey::of(&key).verify(b"work", &signature), Ok(()));
        assert_eq!(PublicKey::of(&key).verify(b"play", &signature), Err(WrongSignature));
        assert_eq!(PublicKey::of(&other).verify(b"work", &signature), Err(WrongSignature));
        assert_eq!(PublicKey::of(&key).verify(b"work", &Signature::missing()), Err(WrongSignature));
    }

    #[test]
    fn a_key_of_small_order_verifies_nothing() {
        // The identity point with an all-zero scalar verifies everything unless verification is strict.
        let mut identity = [0; 32];
        identity[0] = 1;
        let mut signature = [0; 64];
        signature[0] = 1;
        assert_eq!(PublicKey(identity).verify(b"work", &Signature(signature)), Err(WrongSignature));
    }

    #[test]
    fn both_screens_show_the_same_six_digits() {
        let (relay, device) = (PublicKey([1; 32]), PublicKey([2; 32]));
        let shown = Fingerprint::of(&relay, &device).to_string();
        assert_eq!(shown, Fingerprint::of(&relay, &device).to_string());
        assert_eq!(shown.len(), 7);
        assert_ne!(shown, Fingerprint::of(&PublicKey([3; 32]), &device).to_string());
    }
}
