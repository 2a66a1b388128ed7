//! Money and quantities.
//!
//! Money is integer minor units with an ISO 4217 code; VAT and rounding are here so that the device
//! and the office get the same kopiyka. Quantities are decimals stored in canonical text: no
//! exponent, no trailing zeros, so that equal amounts are equal bytes.

use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// An amount in minor units of one currency: 123 грн 45 коп is 12345 UAH.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Kopiykas, cents: hundredths of the unit.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

/// An ISO 4217 code: three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// Not an amount of money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an amount like \"12345 UAH\"")]
pub struct MoneyError(String);

impl Currency {
    /// The hryvnia.
    pub const UAH: Currency = Currency(*b"UAH");

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}
impl FromStr for Currency {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        match text.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|l| l.is_ascii_uppercase()) => Ok(Self([*a, *b, *c])),
            _ => Err(MoneyError(text.to_owned())),
        }
    }
}
impl TryFrom<String> for Currency {
    type Error = MoneyError;
    fn try_from(text: String) -> Result<Self, MoneyError> {
        text.parse()
    }
}
impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}
impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.minor, self.currency.code())
    }
}
impl FromStr for Money {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let not = || MoneyError(text.to_owned());
        let (minor, currency) = text.split_once(' ').ok_or_else(not)?;
        Ok(Self { minor: minor.parse().map_err(|_| not())?, currency: currency.parse()? })
    }
}

/// The canonical text of a decimal: `1.50` and `1.5` are both `1.5`, zero is `0`.
#[must_use]
pub fn canonical_decimal(value: Decimal) -> String {
    let normal = value.normalize();
    if normal.is_zero() { "0".to_owned() } else { normal.to_string() }
}

/// `minor` units times a decimal, rounded half up (away from zero) to whole minor units.
/// `None` when the result does not fit.
#[must_use]
pub fn times(minor: i64, factor: Decimal) -> Option<i64> {
    let product = Decimal::from(minor).checked_mul(factor)?;
    product.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).try_into().ok()
}

/// The VAT contained in `gross` minor units at `percent`, rounded half up per line.
#[must_use]
pub fn vat_inside(gross: i64, percent: Decimal) -> Option<i64> {
    let share = percent.checked_div(percent.checked_add(Decimal::ONE_HUNDRED)?)?;
    times(gross, share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vat_is_rounded_half_up_per_line() {
        let twenty = Decimal::from(20);
        let cases = [(12_000, 2_000), (100, 17), (3, 1), (0, 0), (-12_000, -2_000), (9, 2)];
        for (gross, vat) in cases {
            assert_eq!(vat_inside(gross, twenty), Some(vat), "VAT inside {gross}");
        }
    }

    #[test]
    fn equal_quantities_have_equal_text() {
        for text in ["1.50", "1.5", "01.500"] {
            assert_eq!(canonical_decimal(text.parse().unwrap()), "1.5");
        }
        assert_eq!(canonical_decimal("-0.00".parse().unwrap()), "0");
    }
}
