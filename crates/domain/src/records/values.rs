//! Groups of values that are written together: each is one scalar in a document.
//!
//! A group never holds what two people may want to change separately: a merge takes one group or the
//! other, whole. `check_group` is the list of all of them; what is not on it is refused from outside.

use serde::{Deserialize, Serialize};

use crate::group_value;
use crate::id::{DocumentId, RowId};
use crate::record::Withdrawal;
use crate::rights::SectionRights;
use crate::time::Instant;
use crate::value::{FieldValue, Scalar, ValueError};

/// The SHA-256 of a file's bytes: 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
pub struct BlobHash(String);

/// Not the name of a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not 64 lower-case hexadecimal digits")]
pub struct BlobHashError(String);

impl BlobHash {
    /// The 64 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
impl TryFrom<String> for BlobHash {
    type Error = BlobHashError;
    fn try_from(text: String) -> Result<Self, BlobHashError> {
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() == 64 && text.bytes().all(digit) { Ok(Self(text)) } else { Err(BlobHashError(text)) }
    }
}
impl From<BlobHash> for String {
    fn from(hash: BlobHash) -> Self {
        hash.0
    }
}
impl std::fmt::Display for BlobHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file kept outside the document: a photo, a signature, a logo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Blob {
    /// Its content's name.
    pub sha256: BlobHash,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its media type: `image/jpeg`.
    pub media_type: String,
}
group_value!(Blob, "blob");

/// A place on the map, in millionths of a degree (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Coordinates {
    /// North of the equator.
    pub latitude_e6: i32,
    /// East of Greenwich.
    pub longitude_e6: i32,
}
group_value!(Coordinates, "coordinates");

/// How often a card's work repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "repeats", rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Periodicity {
    /// It does not.
    Once,
    /// By the calendar.
    Calendar {
        /// An RFC 5545 rule without its start: `FREQ=MONTHLY;BYMONTHDAY=15`.
        rule: String,
        /// The first day.
        start: chrono::NaiveDate,
        /// The last day, when the service ends by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        end: Option<chrono::NaiveDate>,
    },
    /// By a meter of the equipment.
    Meter {
        /// The meter's row in the equipment.
        meter: RowId,
        /// Every so many of the meter's units.
        every: i64,
    },
}
group_value!(Periodicity, "periodicity");

/// A stretch of a working day, in minutes after local midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Shift {
    /// Its first minute.
    pub from_minute: u16,
    /// The minute it ends at.
    pub to_minute: u16,
}

/// The hours an employee works in an ordinary week. An empty day is a day off.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct WorkingHours {
    /// Monday.
    pub monday: Vec<Shift>,
    /// Tuesday.
    pub tuesday: Vec<Shift>,
    /// Wednesday.
    pub wednesday: Vec<Shift>,
    /// Thursday.
    pub thursday: Vec<Shift>,
    /// Friday.
    pub friday: Vec<Shift>,
    /// Saturday.
    pub saturday: Vec<Shift>,
    /// Sunday.
    pub sunday: Vec<Shift>,
}
group_value!(WorkingHours, "working_hours");

/// A value somebody proposes for a field. Any scalar, so it is wrapped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedValue {
    /// The value, canonical for the field.
    pub value: Scalar,
}
group_value!(ProposedValue, "proposed_value");

/// What the owner of the field said to a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// True when the proposal was taken.
    pub accepted: bool,
    /// The employee who decided.
    pub by: DocumentId,
    /// When, by that person's clock.
    pub at: Instant,
    /// What that person answered.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answer: String,
}
group_value!(Decision, "decision");

/// Checks that a scalar is the canonical form of the group called `name`.
///
/// # Errors
/// When it is not, or when no group has that name.
pub(crate) fn check_group(name: &str, scalar: &Scalar) -> Result<(), ValueError> {
    let canonical = match name {
        "blob" => Blob::from_scalar(scalar)?.to_scalar(),
        "coordinates" => Coordinates::from_scalar(scalar)?.to_scalar(),
        "periodicity" => Periodicity::from_scalar(scalar)?.to_scalar(),
        "working_hours" => WorkingHours::from_scalar(scalar)?.to_scalar(),
        "proposed_value" => ProposedValue::from_scalar(scalar)?.to_scalar(),
        "decision" => Decision::from_scalar(scalar)?.to_scalar(),
        "section_rights" => SectionRights::from_scalar(scalar)?.to_scalar(),
        "withdrawal" => Withdrawal::from_scalar(scalar)?.to_scalar(),
        _ => return Err(scalar.not("a known group of values")),
    };
    if canonical == *scalar { Ok(()) } else { Err(scalar.not("its canonical form")) }
}
