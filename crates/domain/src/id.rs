//! Identities of everything Halyard names.
//!
//! Every id is a UUID in a type of its own, so that a visit cannot be passed where a device is
//! expected. Time-ordered ids (UUIDv7) are made here and nowhere else, from a time and random bytes
//! that the caller brings: the domain has no clock and no randomness. What a rule makes (a shipped
//! role, a generated visit) has a UUIDv5 of its source, so making it twice is making it once.
//!
//! An id is never an access right.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The namespace of ids that a rule makes.
const RULE_NAMESPACE: Uuid = Uuid::from_u128(0x6b1d_52a4_8f0e_5c37_9a44_1f6e_0d3b_7c21);

macro_rules! ids {
    ($($(#[$doc:meta])+ $name:ident;)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a UUID that came from outside.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// A time-ordered id made at `unix_ms` from ten random bytes.
            #[must_use]
            pub fn new_at(unix_ms: u64, random: [u8; 10]) -> Self {
                Self(uuid::Builder::from_unix_timestamp_millis(unix_ms, &random).into_uuid())
            }

            /// The id a rule gives to `source`: equal on every device.
            #[must_use]
            pub fn made_by_rule(source: &str) -> Self {
                Self(Uuid::new_v5(&RULE_NAMESPACE, source.as_bytes()))
            }

            /// The UUID inside.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }

            /// The sixteen bytes, as stored.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// Reads the sixteen stored bytes.
            ///
            /// # Errors
            /// When the slice is not sixteen bytes long.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, IdError> {
                Uuid::from_slice(bytes).map(Self).map_err(|_| IdError)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Uuid::parse_str(text).map(Self).map_err(|_| IdError)
            }
        }
    )+};
}

ids! {
    /// A company's shared data: everything one relay merges for it.
    WorkspaceId;
    /// One record, which is one Automerge document.
    DocumentId;
    /// A row or an event inside a record.
    RowId;
    /// One app profile of one employee on one machine.
    DeviceId;
    /// A life of a device's database: new at enrolment and after any restore.
    IncarnationId;
    /// A life of the relay's log: new after any loss of its tail.
    EpochId;
}

/// Not a UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a UUID")]
pub struct IdError;

impl DocumentId {
    /// The label shown until the relay has given a number: the last six characters of the id.
    #[must_use]
    pub fn provisional_label(self) -> String {
        let hex = self.0.simple().to_string();
        let tail: String = hex.chars().skip(26).collect();
        format!("~{}", tail.to_uppercase())
    }
}

/// The kind a [`Ref`] points to. Kinds not built yet have a marker type that implements this.
pub trait Target {
    /// The kind's name as stored.
    const KIND_NAME: &'static str;
}

/// A link to a record of kind `T`. It may dangle: the record can be unknown here.
pub struct Ref<T> {
    id: DocumentId,
    target: PhantomData<fn() -> T>,
}

impl<T> Ref<T> {
    /// A link to the record `id`.
    #[must_use]
    pub const fn to(id: DocumentId) -> Self {
        Self { id, target: PhantomData }
    }

    /// The record this points to.
    #[must_use]
    pub const fn id(self) -> DocumentId {
        self.id
    }
}

impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Ref<T> {}
impl<T> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}
impl<T> Eq for Ref<T> {}
impl<T> PartialOrd for Ref<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Ref<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.id.cmp(&other.id)
    }
}
impl<T> std::hash::Hash for Ref<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}
impl<T> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ref({})", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_rule_makes_twice_is_made_once() {
        assert_eq!(DocumentId::made_by_rule("role/technician"), DocumentId::made_by_rule("role/technician"));
        assert_ne!(DocumentId::made_by_rule("role/technician"), DocumentId::made_by_rule("role/dispatcher"));
    }

    #[test]
    fn ids_made_later_sort_later() {
        let earlier = DocumentId::new_at(1_000, [0xff; 10]);
        let later = DocumentId::new_at(1_001, [0; 10]);
        assert!(earlier < later);
    }
}
