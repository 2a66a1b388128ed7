//! What a value of each type is in columns.
//!
//! One field may take several columns: an instant is its Unix seconds and the offset it was entered
//! at, money is minor units and currency, a text has a folded twin to sort by. [`columns`] and
//! [`values`] walk a type in the same order. A value that its type cannot read (garbage, or a newer
//! version's) becomes nothing; the document keeps it.

use halyard_domain::id::DocumentId;
use halyard_domain::money::{Money, canonical_decimal};
use halyard_domain::time::{Instant, TimeWindow};
use halyard_domain::value::{FieldValue, Scalar, ScalarType};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::order_key::line_key;
use crate::sql::{Dialect, SqlValue};

/// The canonical text of a list without items.
const EMPTY_LIST: &str = "[]";

/// What a column means. Its storage follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// The id of a record of the named kind.
    Link(&'static str),
    /// The id of a row inside its record.
    Row,
    /// The id of a record that a link names by the document; another column has what counts of it.
    Written,
    /// Human text.
    Text,
    /// The folded twin of a text ([`crate::order_key`]), or the folded label of the record a link names.
    Key,
    /// The place of a choice or a state among those there are, from zero.
    Rank,
    /// A choice or a state, by name.
    Choice,
    /// A date, `YYYY-MM-DD`.
    Date,
    /// An ISO 4217 code.
    Currency,
    /// A decimal number in canonical text, exact.
    Decimal,
    /// A decimal number in whole millionths, to sort and to add up; nothing when it does not fit.
    Millionths,
    /// A JSON array or object.
    Json,
    /// A whole number.
    Int,
    /// Minor units of a currency.
    MinorUnits,
    /// Unix seconds.
    Instant,
    /// Minutes east of UTC where an instant was entered.
    Offset,
    /// Yes or no.
    Bool,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnDef {
    /// Its name in SQL.
    pub name: String,
    /// What it means.
    pub meaning: Meaning,
    /// The column that is sorted by and compared instead, when this one's bytes do not sort.
    pub twin: Option<String>,
    /// The column that is sorted by, when people mean another order than that of what is compared: of choices
    /// their rank, of links the labels they are seen by.
    pub order: Option<String>,
    /// True when something always stands there.
    pub required: bool,
    /// True when it depends on other records and is written by a refresh ([`crate::derived`]).
    pub derived: bool,
}

impl Meaning {
    /// The column type.
    #[must_use]
    pub fn storage(self, dialect: Dialect) -> &'static str {
        match (self, dialect) {
            (Self::Link(_) | Self::Row | Self::Written, Dialect::Sqlite) => "BLOB",
            (Self::Link(_) | Self::Row | Self::Written, Dialect::Postgres) => "UUID",
            (
                Self::Text
                | Self::Key
                | Self::Choice
                | Self::Date
                | Self::Currency
                | Self::Decimal
                | Self::Json,
                Dialect::Sqlite,
            ) => "TEXT",
            // By bytes, so that both dialects sort alike.
            (
                Self::Text
                | Self::Key
                | Self::Choice
                | Self::Date
                | Self::Currency
                | Self::Decimal
                | Self::Json,
                Dialect::Postgres,
            ) => "TEXT COLLATE \"C\"",
            (Self::Bool, Dialect::Postgres) => "BOOLEAN",
            (
                Self::Millionths
                | Self::Int
                | Self::Rank
                | Self::MinorUnits
                | Self::Instant
                | Self::Offset
                | Self::Bool,
                Dialect::Sqlite,
            ) => "INTEGER",
            (
                Self::Millionths | Self::Int | Self::Rank | Self::MinorUnits | Self::Instant | Self::Offset,
                Dialect::Postgres,
            ) => "BIGINT",
        }
    }
}

impl Meaning {
    /// What no value of a column stands before.
    pub(crate) fn least(self) -> SqlValue {
        match self {
            Self::Link(_) | Self::Row | Self::Written => SqlValue::Uuid([0; 16]),
            Self::Text
            | Self::Key
            | Self::Choice
            | Self::Date
            | Self::Currency
            | Self::Decimal
            | Self::Json => SqlValue::Text(String::new()),
            Self::Int | Self::Rank | Self::Millionths | Self::MinorUnits | Self::Instant | Self::Offset => {
                SqlValue::Int(i64::MIN)
            }
            Self::Bool => SqlValue::Bool(false),
        }
    }

    /// Whether values add up to something.
    #[must_use]
    pub fn adds_up(self) -> bool {
        matches!(self, Self::Int | Self::Millionths | Self::MinorUnits)
    }
}

impl ColumnDef {
    /// A column that may be empty.
    #[must_use]
    pub fn optional(name: impl Into<String>, meaning: Meaning) -> Self {
        Self { name: name.into(), meaning, twin: None, order: None, required: false, derived: false }
    }

    /// A column that is never empty.
    #[must_use]
    pub fn required(name: impl Into<String>, meaning: Meaning) -> Self {
        Self { required: true, ..Self::optional(name, meaning) }
    }

    /// A column that a refresh fills.
    #[must_use]
    pub fn derived(name: impl Into<String>, meaning: Meaning) -> Self {
        Self { derived: true, ..Self::optional(name, meaning) }
    }

    fn with_twin(self, twin: String) -> Self {
        Self { twin: Some(twin), ..self }
    }

    pub(crate) fn ordered_by(self, order: String) -> Self {
        Self { order: Some(order), ..self }
    }

    /// The column to sort by.
    #[must_use]
    pub fn sorted(&self) -> &str {
        self.order.as_deref().unwrap_or_else(|| self.compared())
    }

    /// The column to compare.
    #[must_use]
    pub fn compared(&self) -> &str {
        self.twin.as_deref().unwrap_or(&self.name)
    }
}

/// A text column and its twin.
#[must_use]
pub fn text_columns(name: &str, required: bool) -> Vec<ColumnDef> {
    let key = format!("{name}_key");
    let make = if required { ColumnDef::required } else { ColumnDef::optional };
    vec![make(name.to_owned(), Meaning::Text).with_twin(key.clone()), make(key, Meaning::Key)]
}

/// A choice or a state with its rank.
#[must_use]
pub fn ranked_columns(name: &str) -> Vec<ColumnDef> {
    let rank = format!("{name}_rank");
    vec![
        ColumnDef::optional(name, Meaning::Choice).ordered_by(rank.clone()),
        ColumnDef::optional(rank, Meaning::Rank),
    ]
}

/// The values of [`ranked_columns`]. A choice of a newer version keeps its name and stands behind those known.
#[must_use]
pub fn ranked_values(names: &[&str], value: Option<&str>) -> Vec<SqlValue> {
    let rank = value.map(|value| names.iter().position(|name| *name == value).unwrap_or(names.len()));
    let rank = rank.and_then(|rank| i64::try_from(rank).ok());
    vec![value.map(SqlValue::clean_text).into(), rank.into()]
}

/// As [`columns`], in a table that lists are made of.
#[must_use]
pub fn listed_columns(name: &str, scalar: ScalarType) -> Vec<ColumnDef> {
    match scalar {
        ScalarType::Choice(_) => ranked_columns(name),
        _ => columns(name, scalar),
    }
}

/// The values of a field, in the order of [`listed_columns`].
#[must_use]
pub fn listed_values(scalar: ScalarType, value: &Scalar) -> Vec<SqlValue> {
    match scalar {
        ScalarType::Choice(names) => ranked_values(names, value.as_text()),
        _ => values(scalar, value),
    }
}

/// The columns of a field `name` of type `scalar`.
#[must_use]
pub fn columns(name: &str, scalar: ScalarType) -> Vec<ColumnDef> {
    let one = |meaning| vec![ColumnDef::optional(name, meaning)];
    match scalar {
        ScalarType::Line => text_columns(name, false),
        ScalarType::Bool => one(Meaning::Bool),
        ScalarType::Int => one(Meaning::Int),
        ScalarType::Decimal => {
            let scaled = format!("{name}_e6");
            vec![
                ColumnDef::optional(name, Meaning::Decimal).with_twin(scaled.clone()),
                ColumnDef::optional(scaled, Meaning::Millionths),
            ]
        }
        ScalarType::Money => vec![
            ColumnDef::optional(format!("{name}_minor"), Meaning::MinorUnits),
            ColumnDef::optional(format!("{name}_currency"), Meaning::Currency),
        ],
        ScalarType::Instant => instant_columns(name),
        ScalarType::Date => one(Meaning::Date),
        ScalarType::Window => {
            [instant_columns(&format!("{name}_start")), instant_columns(&format!("{name}_end"))].concat()
        }
        ScalarType::Link(kind) => one(Meaning::Link(kind)),
        ScalarType::Choice(_) => one(Meaning::Choice),
        ScalarType::List(_) | ScalarType::Group(_) => one(Meaning::Json),
    }
}

fn instant_columns(name: &str) -> Vec<ColumnDef> {
    vec![
        ColumnDef::optional(name, Meaning::Instant),
        ColumnDef::optional(format!("{name}_offset"), Meaning::Offset),
    ]
}

/// The columns of a moment that depends on other records.
pub(crate) fn derived_instant(name: &str) -> [ColumnDef; 2] {
    [
        ColumnDef::derived(name, Meaning::Instant),
        ColumnDef::derived(format!("{name}_offset"), Meaning::Offset),
    ]
}

/// The values of a field of type `scalar`, in the order of [`columns`].
#[must_use]
pub fn values(scalar: ScalarType, value: &Scalar) -> Vec<SqlValue> {
    match scalar {
        ScalarType::Line => text_values(value.as_text(), line_key),
        ScalarType::Bool => vec![typed::<bool>(value).into()],
        ScalarType::Int => vec![typed::<i64>(value).into()],
        ScalarType::Decimal => decimal_values(typed(value)),
        ScalarType::Money => {
            let money: Option<Money> = typed(value);
            vec![money.map(|m| m.minor).into(), money.map(|m| SqlValue::clean_text(m.currency.code())).into()]
        }
        ScalarType::Instant => instant_values(typed(value)),
        ScalarType::Date => {
            vec![typed::<chrono::NaiveDate>(value).and(value.as_text()).map(SqlValue::clean_text).into()]
        }
        ScalarType::Window => {
            let window: Option<TimeWindow> = typed(value);
            [instant_values(window.map(TimeWindow::start)), instant_values(window.map(TimeWindow::end))]
                .concat()
        }
        ScalarType::Link(_) => vec![link(value)],
        // A choice of a newer version keeps its name.
        ScalarType::Choice(_) => vec![value.as_text().map(SqlValue::clean_text).into()],
        // A list whose last item was taken out holds as little as one that was never written.
        ScalarType::List(_) if value.as_text() == Some(EMPTY_LIST) => vec![SqlValue::Null],
        ScalarType::List(_) | ScalarType::Group(_) => vec![json(value)],
    }
}

/// A text and its twin.
#[must_use]
pub fn text_values(text: Option<&str>, key: fn(&str) -> String) -> Vec<SqlValue> {
    vec![text.map(SqlValue::clean_text).into(), text.map(|text| SqlValue::Text(key(text))).into()]
}

fn typed<T: FieldValue>(value: &Scalar) -> Option<T> {
    if value.is_null() { None } else { T::from_scalar(value).ok() }
}

fn link(value: &Scalar) -> SqlValue {
    value.as_text().and_then(|text| text.parse::<DocumentId>().ok()).into()
}

fn json(value: &Scalar) -> SqlValue {
    let text = value.as_text().filter(|text| serde_json::from_str::<serde_json::Value>(text).is_ok());
    text.map(SqlValue::clean_text).into()
}

/// A moment and the offset it was entered at.
pub(crate) fn instant_values(instant: Option<Instant>) -> Vec<SqlValue> {
    vec![
        instant.map(Instant::unix_seconds).into(),
        instant.map(|instant| i64::from(instant.offset_minutes())).into(),
    ]
}

fn decimal_values(decimal: Option<Decimal>) -> Vec<SqlValue> {
    vec![
        decimal.map(|decimal| SqlValue::Text(canonical_decimal(decimal))).into(),
        decimal.and_then(millionths).into(),
    ]
}

/// A decimal in whole millionths, rounded half up; `None` when it does not fit.
#[must_use]
pub fn millionths(decimal: Decimal) -> Option<i64> {
    let scaled = decimal.checked_mul(Decimal::from(1_000_000))?;
    scaled.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero).to_i64()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(scalar: ScalarType, value: &Scalar, expected: &[SqlValue]) {
        assert_eq!(values(scalar, value), expected, "{value:?} as {scalar:?}");
        assert_eq!(values(scalar, value).len(), columns("x", scalar).len());
        let empty = values(scalar, &Scalar::Null);
        assert!(empty.iter().all(SqlValue::is_null) && empty.len() == expected.len());
    }

    fn text(text: &str) -> Scalar {
        Scalar::Text(text.to_owned())
    }

    #[test]
    fn a_decimal_is_exact_text_and_whole_millionths() {
        let both = |exact: &str, scaled: i64| [SqlValue::Text(exact.to_owned()), SqlValue::Int(scaled)];
        check(ScalarType::Decimal, &text("2.5"), &both("2.5", 2_500_000));
        check(ScalarType::Decimal, &text("-0.0000005"), &both("-0.0000005", -1));
        let huge = "79228162514264337593543950335";
        check(ScalarType::Decimal, &text(huge), &[SqlValue::Text(huge.to_owned()), SqlValue::Null]);
    }

    #[test]
    fn a_window_keeps_both_ends_and_both_offsets() {
        let window = text("2026-03-29T02:30:00+02:00/2026-03-29T04:30:00+03:00");
        let ends = [1_774_744_200, 120, 1_774_747_800, 180].map(SqlValue::Int);
        check(ScalarType::Window, &window, &ends);
    }

    #[test]
    fn what_a_type_cannot_read_becomes_nothing() {
        for scalar in [ScalarType::Window, ScalarType::Money, ScalarType::Link("visit"), ScalarType::Date] {
            assert!(values(scalar, &text("сміття")).iter().all(SqlValue::is_null), "{scalar:?}");
        }
        assert!(values(ScalarType::Int, &text("1")).iter().all(SqlValue::is_null));
    }

    #[test]
    fn a_zero_character_never_reaches_the_database() {
        check(
            ScalarType::Line,
            &text("а\0б"),
            &[SqlValue::Text("а\u{fffd}б".to_owned()), SqlValue::Text(line_key("аб"))],
        );
    }
}
