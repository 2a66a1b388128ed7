//! Which kinds of record, in which schema version, a relay understands.
//!
//! On the wire a kind is a name, because a newer app may send one this relay does not know: such an
//! envelope is *deferred*, not unreadable. An app writes at most the schema the relay announces.

use std::collections::BTreeMap;
use std::fmt;

use halyard_domain::kind::Kind;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::cbor::{self, EncodeError};

/// The name of a kind of record, known here or not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KindName(String);

/// Not a name a kind can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a kind: 1 to 40 of a-z and _")]
pub struct KindNameError;

impl KindName {
    /// The kind, when this version knows it.
    #[must_use]
    pub fn known(&self) -> Option<Kind> {
        Kind::from_name(&self.0)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Kind> for KindName {
    fn from(kind: Kind) -> Self {
        Self(kind.name().to_owned())
    }
}

impl TryFrom<String> for KindName {
    type Error = KindNameError;
    fn try_from(name: String) -> Result<Self, KindNameError> {
        let fits = (1..=40).contains(&name.len());
        let plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        if fits && plain { Ok(Self(name)) } else { Err(KindNameError) }
    }
}

impl From<KindName> for String {
    fn from(name: KindName) -> Self {
        name.0
    }
}

impl fmt::Display for KindName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The schema version of every kind a relay understands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Schema(pub BTreeMap<KindName, u32>);

/// A short name of a [`Schema`]: equal for equal ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SchemaId(pub [u8; 8]);

impl Serialize for SchemaId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::keys::serialize_bytes(&self.0, serializer)
    }
}
impl<'de> Deserialize<'de> for SchemaId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::keys::deserialize_bytes(deserializer).map(Self)
    }
}

impl Schema {
    /// Whether it names no kind: how an answer says «as before».
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first eight bytes of SHA-256 of its deterministic CBOR.
    ///
    /// # Errors
    /// When it cannot be written as CBOR.
    pub fn id(&self) -> Result<SchemaId, EncodeError> {
        let [a, b, c, d, e, f, g, h, ..]: [u8; 32] = Sha256::digest(cbor::canonical(self)?).into();
        Ok(SchemaId([a, b, c, d, e, f, g, h]))
    }

    /// Whether a change of this kind at this schema version is understood.
    #[must_use]
    pub fn covers(&self, kind: &KindName, version: u32) -> bool {
        self.0.get(kind).is_some_and(|known| version <= *known)
    }
}

impl FromIterator<(Kind, u32)> for Schema {
    fn from_iter<I: IntoIterator<Item = (Kind, u32)>>(versions: I) -> Self {
        Self(versions.into_iter().map(|(kind, version)| (kind.into(), version)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_a_newer_version_is_a_name_without_a_kind() {
        let name = KindName::try_from("spaceship".to_owned()).unwrap();
        assert_eq!(name.known(), None);
        assert_eq!(KindName::from(Kind::Visit).known(), Some(Kind::Visit));
    }

    #[test]
    fn only_plain_short_names_are_kinds() {
        for bad in ["", "Visit", "a b", "v1sit", &"x".repeat(41)] {
            assert_eq!(KindName::try_from(bad.to_owned()), Err(KindNameError), "{bad:?}");
        }
    }

    #[test]
    fn schemas_that_differ_have_different_names() {
        let one: Schema = [(Kind::Visit, 2)].into_iter().collect();
        let other: Schema = [(Kind::Visit, 3)].into_iter().collect();
        let again: Schema = [(Kind::Visit, 2)].into_iter().collect();
        assert_eq!(one.id(), again.id());
        assert_ne!(one.id(), other.id());
    }

    #[test]
    fn a_relay_covers_what_it_announced_and_nothing_newer() {
        let schema: Schema = [(Kind::Visit, 2)].into_iter().collect();
        assert!(schema.covers(&Kind::Visit.into(), 1));
        assert!(schema.covers(&Kind::Visit.into(), 2));
        assert!(!schema.covers(&Kind::Visit.into(), 3));
        assert!(!schema.covers(&Kind::Customer.into(), 1));
    }
}
