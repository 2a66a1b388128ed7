//! What one field of a document holds, and how typed values become it.
//!
//! A document knows four scalars ([`Scalar`]); every typed value has one canonical form among them,
//! so that two people who mean the same write the same bytes. A group of values that is written
//! together (a window, an amount with its currency) is one scalar in canonical text, so that a merge
//! cannot mix halves of two values.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::id::{DocumentId, Ref, RowId, Target};
use crate::money::{Money, canonical_decimal};
use crate::records::values::check_group;
use crate::time::{Instant, TimeWindow};

/// A value as it stands in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Scalar {
    /// Nothing: never set, or cleared. Clearing is a write like any other.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Canonical text.
    Text(String),
}

/// How a scalar is read: decides its column in SQL, its editor on the screen and what is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScalarType {
    /// A line of human text.
    Line,
    /// Yes or no.
    Bool,
    /// A whole number.
    Int,
    /// A decimal number in canonical text.
    Decimal,
    /// Minor units and currency: `12345 UAH`.
    Money,
    /// RFC 3339 to the second, with the offset it was entered at.
    Instant,
    /// `YYYY-MM-DD`.
    Date,
    /// Two instants joined by a slash.
    Window,
    /// The id of a record of the named kind.
    Link(&'static str),
    /// One of the named choices.
    Choice(&'static [&'static str]),
    /// A JSON array of canonical scalars.
    List(&'static ScalarType),
    /// A JSON object with sorted keys, of the named shape.
    Group(&'static str),
}

/// A stored value that its type cannot read: garbage, or from a newer version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{found:?} cannot be read as {expected}")]
pub struct ValueError {
    /// What was expected, in English.
    pub expected: &'static str,
    /// What stood there.
    pub found: Scalar,
}

/// A typed value that one field of a document can hold.
pub trait FieldValue: Sized {
    /// How it is stored.
    const TYPE: ScalarType;

    /// Reads a stored value. Never called with [`Scalar::Null`].
    ///
    /// # Errors
    /// When the stored value has another shape.
    fn from_scalar(scalar: &Scalar) -> Result<Self, ValueError>;

    /// The canonical stored form.
    fn to_scalar(&self) -> Scalar;
}

impl Scalar {
    /// The text, when it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Bool(_) | Self::Int(_) => None,
        }
    }

    /// True when nothing is set.
    #[must_use]
    pub fn is_null(&self) -> bool {
        *self == Self::Null
    }

    pub(crate) fn not(&self, expected: &'static str) -> ValueError {
        ValueError { expected, found: self.clone() }
    }
}

impl ScalarType {
    /// Checks that a scalar brought from outside has this type's canonical form.
    ///
    /// # Errors
    /// When it has another shape. [`Scalar::Null`] is always right: it clears the field.
    pub fn check(self, scalar: &Scalar) -> Result<(), ValueError> {
        let canonical = match (self, scalar) {
            (_, Scalar::Null) => return Ok(()),
            (Self::Line, _) => String::from_scalar(scalar)?.to_scalar(),
            (Self::Bool, _) => bool::from_scalar(scalar)?.to_scalar(),
            (Self::Int, _) => i64::from_scalar(scalar)?.to_scalar(),
            (Self::Decimal, _) => Decimal::from_scalar(scalar)?.to_scalar(),
            (Self::Money, _) => Money::from_scalar(scalar)?.to_scalar(),
            (Self::Instant, _) => Instant::from_scalar(scalar)?.to_scalar(),
            (Self::Date, _) => chrono::NaiveDate::from_scalar(scalar)?.to_scalar(),
            (Self::Window, _) => TimeWindow::from_scalar(scalar)?.to_scalar(),
            (Self::Link(_), Scalar::Text(text)) => {
                let id: DocumentId = text.parse().map_err(|_| scalar.not("the id of a record"))?;
                Scalar::Text(id.to_string())
            }
            (Self::Choice(names), Scalar::Text(text)) if names.contains(&text.as_str()) => return Ok(()),
            (Self::List(item), Scalar::Text(text)) => {
                let items: Vec<Scalar> = serde_json::from_str(text).map_err(|_| scalar.not("a list"))?;
                for one in &items {
                    item.check(one)?;
                }
                list_text(&items)
            }
            (Self::Group(name), Scalar::Text(_)) => return check_group(name, scalar),
            (Self::Link(_), _) => return Err(scalar.not("the id of a record")),
            (Self::Choice(_), _) => return Err(scalar.not("one of the known choices")),
            (Self::List(_), _) => return Err(scalar.not("a list")),
            (Self::Group(_), _) => return Err(scalar.not("a group of values")),
        };
        if canonical == *scalar { Ok(()) } else { Err(scalar.not("its canonical form")) }
    }
}

fn list_text(items: &[Scalar]) -> Scalar {
    Scalar::Text(serde_json::to_string(items).unwrap_or_default())
}

macro_rules! text_values {
    ($($type:ty, $scalar:expr, $expected:literal, $print:expr;)+) => {$(
        impl FieldValue for $type {
            const TYPE: ScalarType = $scalar;
            fn from_scalar(scalar: &Scalar) -> Result<Self, ValueError> {
                scalar.as_text().and_then(|t| t.parse().ok()).ok_or_else(|| scalar.not($expected))
            }
            fn to_scalar(&self) -> Scalar {
                let print: fn(&$type) -> String = $print;
                Scalar::Text(print(self))
            }
        }
    )+};
}

text_values! {
    String, ScalarType::Line, "text", Clone::clone;
    Decimal, ScalarType::Decimal, "a decimal number", |d| canonical_decimal(*d);
    Money, ScalarType::Money, "an amount of money", ToString::to_string;
    Instant, ScalarType::Instant, "a time", ToString::to_string;
    chrono::NaiveDate, ScalarType::Date, "a date", |d| d.format("%Y-%m-%d").to_string();
    TimeWindow, ScalarType::Window, "a window of time", ToString::to_string;
}

impl FieldValue for bool {
    const TYPE: ScalarType = ScalarType::Bool;
    fn from_scalar(scalar: &Scalar) -> Result<Self, ValueError> {
        match scalar {
            Scalar::Bool(value) => Ok(*value),
            Scalar::Null | Scalar::Int(_) | Scalar::Text(_) => Err(scalar.not("yes or no")),
        }
    }
    fn to_scalar(&self) -> Scalar {
        Scalar::Bool(*self)
    }
}

impl FieldValue for i64 {
    const TYPE: ScalarType = ScalarType::Int;
    fn from_scalar(scalar: &Scalar) -> Result<Self, ValueError> {
        match scalar {
            Scalar::Int(value) => Ok(*value),
            Scalar::Null | Scalar::Bool(_) | Scalar::Text(_) => Err(scalar.not("a whole number")),
        }
    }
    fn to_scalar(&self) -> Scalar {
        Scalar::Int(*self)
    }
}

impl<T: Target> FieldValue for Ref<T> {
    const TYPE: ScalarType = ScalarType::Link(T::KIND_NAME);
    fn from_scalar(scalar: &Scalar) -> Result<Self, ValueError> {
        let id = scalar.as_text().and_then(|t| t.parse().ok());
        id.map(Ref::to).ok_or_else(|| scalar.not("the id of a record"))
    }
    fn to_scalar(&self) -> Scalar {
        Scalar::Text(self.id().to_string())
    }
}

impl FieldValue for RowId {
    const TYPE: ScalarType = ScalarType::Line;
    fn from_scalar(scalar: &Scalar) -> Result<Self, ValueError> {
        scalar.as_text().and_then(|t| t.parse().ok()).ok_or_else(|| scalar.not("the id of a row"))
    }
    fn to_scalar(&self) -> Scalar {
        Scalar::Text(self.to_string())
    }
}

impl<T: FieldValue> FieldValue for Vec<T> {
    const TYPE: ScalarType = ScalarType::List(&T::TYPE);
    fn from_scalar(scalar: &Scalar) -> Result<Self, ValueError> {
        let text = scalar.as_text().ok_or_else(|| scalar.not("a list"))?;
        let items: Vec<Scalar> = serde_json::from_str(text).map_err(|_| scalar.not("a list"))?;
        items.iter().map(T::from_scalar).collect()
    }
    fn to_scalar(&self) -> Scalar {
        list_text(&self.iter().map(FieldValue::to_scalar).collect::<Vec<_>>())
    }
}

/// Makes a serde struct a [`FieldValue`]: one scalar, a JSON object with sorted keys.
#[macro_export]
macro_rules! group_value {
    ($type:ty, $name:literal) => {
        impl $crate::value::FieldValue for $type {
            const TYPE: $crate::value::ScalarType = $crate::value::ScalarType::Group($name);
            fn from_scalar(scalar: &$crate::value::Scalar) -> Result<Self, $crate::value::ValueError> {
                scalar
                    .as_text()
                    .and_then(|text| serde_json::from_str(text).ok())
                    .ok_or_else(|| $crate::value::ValueError { expected: $name, found: scalar.clone() })
            }
            fn to_scalar(&self) -> $crate::value::Scalar {
                // Through `Value`, whose maps are sorted: equal groups are equal bytes.
                let sorted = serde_json::to_value(self).map(|value| value.to_string());
                $crate::value::Scalar::Text(sorted.unwrap_or_default())
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(scalar_type: ScalarType, text: &str, ok: bool) {
        assert_eq!(scalar_type.check(&Scalar::Text(text.to_owned())).is_ok(), ok, "{scalar_type:?} {text}");
    }

    #[test]
    fn only_canonical_text_is_taken_from_outside() {
        check(ScalarType::Decimal, "1.5", true);
        check(ScalarType::Decimal, "1.50", false);
        check(ScalarType::Decimal, "1,5", false);
        check(ScalarType::Date, "2026-03-02", true);
        check(ScalarType::Date, "2026-3-2", false);
        check(ScalarType::List(&ScalarType::Line), r#"["а","б"]"#, true);
        check(ScalarType::List(&ScalarType::Line), r#"["а", "б"]"#, false);
        check(ScalarType::Choice(&["high", "low"]), "middle", false);
        let place = ScalarType::Group("coordinates");
        check(place, r#"{"latitude_e6":1,"longitude_e6":2}"#, true);
        check(place, r#"{"longitude_e6":2,"latitude_e6":1}"#, false);
        check(place, r#"{"latitude_e6":1}"#, false);
    }
}
