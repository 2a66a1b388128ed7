//! The pin: by which key a device recognises its relay on the wire.
//!
//! The first 160 bits of SHA-256 over the DER of a certificate's public key (SubjectPublicKeyInfo), as 32
//! letters of Crockford's base 32. It is of the key and not of the certificate, so a certificate can be
//! renewed. Finding another key with the same pin would take 2¹⁶⁰ tries.
//!
//! Which of the certificates a relay shows is meant: the last one, nearest to the authority. It is the
//! relay's own authority where the relay made its certificate itself.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base32;

/// Bytes of a pin.
const BYTES: usize = 20;
/// Letters of a pin.
const LETTERS: usize = 32;

/// What a key on the wire must hash to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pin(pub [u8; BYTES]);

/// Not a pin of 32 letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a pin of 32 letters and digits")]
pub struct PinError;

impl Pin {
    /// The pin of the public key with this DER (a whole SubjectPublicKeyInfo).
    #[must_use]
    pub fn of_key(spki: &[u8]) -> Self {
        let hash: [u8; 32] = Sha256::digest(spki).into();
        let mut pin = [0; BYTES];
        pin.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        Self(pin)
    }
}

impl FromStr for Pin {
    type Err = PinError;
    fn from_str(text: &str) -> Result<Self, PinError> {
        let letters = base32::canonical(text).filter(|letters| letters.len() == LETTERS).ok_or(PinError)?;
        base32::bytes(&letters).and_then(|bytes| bytes.try_into().ok()).map(Self).ok_or(PinError)
    }
}

impl TryFrom<String> for Pin {
    type Error = PinError;
    fn try_from(text: String) -> Result<Self, PinError> {
        text.parse()
    }
}

impl From<Pin> for String {
    fn from(pin: Pin) -> Self {
        pin.to_string()
    }
}

/// In eight groups of four, as two people compare it.
impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base32::grouped(&base32::letters(&self.0)))
    }
}
impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pin({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_of_the_whole_key_and_is_read_however_it_was_typed() {
        let pin = Pin::of_key(b"a public key");
        // The first 20 bytes of `printf 'a public key' | sha256sum`.
        assert_eq!(hex::encode(pin.0), "0b7348fa038970c48ec07cd73b6257f39ec810f6");
        assert_ne!(Pin::of_key(b"a public kez"), pin);
        let shown = pin.to_string();
        assert_eq!(shown.len(), 39, "{shown}");
        for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', ""), shown.replace('0', "o")] {
            assert_eq!(typed.parse::<Pin>(), Ok(pin), "{typed}");
        }
    }

    #[test]
    fn what_is_no_pin_is_refused() {
        let shown = Pin::of_key(b"a public key").to_string();
        for bad in ["", &shown[..38], &format!("{shown}0"), &shown.replacen(&shown[..1], "U", 1)] {
            assert_eq!(bad.parse::<Pin>(), Err(PinError), "{bad}");
        }
    }
}
