//! Hashes and counters that name things on the wire.
//!
//! Hashes travel as 32-byte strings in CBOR and as hexadecimal in text. A change hash is unique within
//! its document only; an envelope hash is unique everywhere, because the workspace, the device and the
//! place in the device's chain are inside what is hashed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use halyard_domain::hash::{ChangeHash, HashError};

/// The heads of a document: its newest changes, sorted, without repeats.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Heads(Vec<ChangeHash>);

impl Heads {
    /// Sorts what came in any order and drops repeats.
    #[must_use]
    pub fn new(mut hashes: Vec<ChangeHash>) -> Self {
        hashes.sort_unstable();
        hashes.dedup();
        Self(hashes)
    }

    /// The hashes, in order.
    #[must_use]
    pub fn as_slice(&self) -> &[ChangeHash] {
        &self.0
    }

    /// Whether this is a document without changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<ChangeHash> for Heads {
    fn from_iter<I: IntoIterator<Item = ChangeHash>>(hashes: I) -> Self {
        Self::new(hashes.into_iter().collect())
    }
}

impl<'de> Deserialize<'de> for Heads {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::new)
    }
}

macro_rules! hash_types {
    ($($(#[$doc:meta])+ $name:ident;)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 32]);

        impl $name {
            /// Reads 32 stored bytes.
            ///
            /// # Errors
            /// When the slice is not 32 bytes long.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, HashError> {
                bytes.try_into().map(Self).map_err(|_| HashError)
            }

            /// The 32 bytes, as stored.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
        impl FromStr for $name {
            type Err = HashError;
            fn from_str(text: &str) -> Result<Self, HashError> {
                let mut bytes = [0; 32];
                hex::decode_to_slice(text, &mut bytes).map_err(|_| HashError)?;
                Ok(Self(bytes))
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                crate::keys::serialize_bytes(&self.0, serializer)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::keys::deserialize_bytes(deserializer).map(Self)
            }
        }
    )+};
}

hash_types! {
    /// The identity of an envelope: SHA-256 of the bytes its device signed.
    EnvelopeHash;
    /// The hash of the whole log up to a position.
    RunningHash;
    /// The digest of one bucket of an offer.
    BucketDigest;
    /// The identity of a signed control entry: SHA-256 of the bytes the relay signed.
    ControlHash;
}

/// The beginning of an envelope's name as people type it: six of its hexadecimal digits or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnvelopeNamed {
    first: EnvelopeHash,
    last: EnvelopeHash,
}

impl EnvelopeNamed {
    /// So few digits name nothing: too many envelopes begin so.
    pub const SHORTEST: usize = 6;

    /// The first and the last hash that can begin so.
    #[must_use]
    pub const fn range(&self) -> (EnvelopeHash, EnvelopeHash) {
        (self.first, self.last)
    }
}

impl FromStr for EnvelopeNamed {
    type Err = HashError;
    fn from_str(text: &str) -> Result<Self, HashError> {
        let lacking = (2 * size_of::<EnvelopeHash>()).checked_sub(text.len()).ok_or(HashError)?;
        if text.len() < Self::SHORTEST {
            return Err(HashError);
        }
        let filled = |digit: &str| (text.to_owned() + &digit.repeat(lacking)).parse();
        Ok(Self { first: filled("0")?, last: filled("f")? })
    }
}

macro_rules! counters {
    ($($(#[$doc:meta])+ $name:ident($inner:ty);)+) => {$(
        $(#[$doc])+
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl $name {
            /// The one after this.
            #[must_use]
            pub const fn next(self) -> Self {
                Self(self.0.saturating_add(1))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

counters! {
    /// A place in the relay's log. The first entry is at 1; 0 is the empty log. Gap-free.
    Position(u64);
    /// A life of a document: 0 from its birth, one more at each replacement by the relay.
    Generation(u32);
    /// A version of what one employee may do, counted by the relay.
    RightsVersion(u64);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_envelope_is_named_by_six_digits_or_more() {
        let named = |text: &str| text.parse::<EnvelopeNamed>().map(|named| named.range());
        let hash = |begin: [u8; 4], rest| {
            let mut hash = [rest; 32];
            hash[..4].copy_from_slice(&begin);
            EnvelopeHash(hash)
        };
        let six = (hash([0xab, 0xc1, 0x2f, 0], 0), hash([0xab, 0xc1, 0x2f, 0xff], 0xff));
        assert_eq!((named("abc12f"), named("ABC12F")), (Ok(six), Ok(six)));
        let seven = (hash([0xab, 0xc1, 0x2f, 0xd0], 0), hash([0xab, 0xc1, 0x2f, 0xdf], 0xff));
        assert_eq!(named("abc12fd"), Ok(seven));
        let whole = EnvelopeHash([0x5d; 32]);
        assert_eq!(named(&whole.to_string()), Ok((whole, whole)));

        for nothing in ["", "abc12", "abc12g", "абвгґд", "abc12%", &"5d".repeat(33)] {
            assert_eq!(named(nothing), Err(HashError), "{nothing}");
        }
    }

    #[test]
    fn heads_are_equal_whatever_the_order_they_came_in() {
        let (a, b) = (ChangeHash([1; 32]), ChangeHash([2; 32]));
        assert_eq!(Heads::new(vec![b, a, b]), Heads::new(vec![a, b]));
    }

    #[test]
    fn a_hash_reads_its_own_text() {
        let hash = EnvelopeHash([0xab; 32]);
        assert_eq!(hash.to_string().parse::<EnvelopeHash>(), Ok(hash));
        assert_eq!("abc".parse::<EnvelopeHash>(), Err(HashError));
    }

    #[test]
    fn a_hash_is_a_byte_string_in_cbor_and_hexadecimal_in_text() {
        let hash = EnvelopeHash([7; 32]);
        let cbor = crate::cbor::encode(&hash).unwrap();
        assert_eq!((cbor[0], cbor[1], cbor.len()), (0x58, 32, 34));
        assert_eq!(serde_json::to_string(&hash).unwrap(), format!("\"{hash}\""));
    }
}
