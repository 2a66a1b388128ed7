//! Objects that carry a signature over themselves.
//!
//! What is signed is a context string, a zero byte and the deterministic CBOR of the object without its
//! `signature` key. The context keeps a signature made for one purpose from being shown for another.

use ed25519_dalek::SigningKey;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::cbor::{self, EncodeError};
use crate::keys::{PublicKey, Signature, WrongSignature};

/// An object with a `signature` field over the rest of itself.
pub trait Signed: Serialize {
    /// What the signature is for: the first bytes of what is signed.
    const CONTEXT: &'static str;

    /// The signature it carries.
    fn signature(&self) -> &Signature;

    /// Where the signature goes.
    fn signature_mut(&mut self) -> &mut Signature;

    /// The bytes that are signed and hashed.
    ///
    /// # Errors
    /// When the object cannot be written as CBOR.
    fn signing_bytes(&self) -> Result<Vec<u8>, EncodeError> {
        let mut bytes = Self::CONTEXT.as_bytes().to_vec();
        bytes.push(0);
        bytes.extend(cbor::canonical_without(self, Some("signature"))?);
        Ok(bytes)
    }

    /// SHA-256 of the bytes that are signed: the object's identity. The signature is not part of it.
    ///
    /// # Errors
    /// When the object cannot be written as CBOR.
    fn signing_hash(&self) -> Result<[u8; 32], EncodeError> {
        Ok(Sha256::digest(self.signing_bytes()?).into())
    }

    /// Puts the signature in.
    ///
    /// # Errors
    /// When the object cannot be written as CBOR.
    fn sign(&mut self, key: &SigningKey) -> Result<(), EncodeError> {
        *self.signature_mut() = Signature::make(key, &self.signing_bytes()?);
        Ok(())
    }

    /// Checks the signature.
    ///
    /// # Errors
    /// When it is not `key`'s over this object.
    fn verify(&self, key: &PublicKey) -> Result<(), WrongSignature> {
        let bytes = self.signing_bytes().map_err(|_| WrongSignature)?;
        key.verify(&bytes, self.signature())
    }
}

/// Gives a type with a `signature` field its [`Signed`].
macro_rules! signed {
    ($($name:ty = $context:literal;)+) => {$(
        impl $crate::signed::Signed for $name {
            const CONTEXT: &'static str = $context;
            fn signature(&self) -> &$crate::keys::Signature {
                &self.signature
            }
            fn signature_mut(&mut self) -> &mut $crate::keys::Signature {
                &mut self.signature
            }
        }
    )+};
}
pub(crate) use signed;
