//! How people write codes, phones and addresses, read into one canonical form.
//!
//! A text either becomes the one form Halyard keeps or is [`Miswritten`]; nothing is guessed. Imports,
//! forms and the rules about saving ([`crate::saving`]) read with the same functions.

mod codes;
mod contact;

pub use codes::{
    company_control_digit, iban, iban_control_digits, person_control_digit, registry_code, vat_number,
};
pub use contact::{email, phone};

use serde::Serialize;

/// What is wrong with a text that should be a code, a phone or an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Miswritten {
    /// Not a number of the right length.
    #[error("{found} digits where {expected} belong")]
    WrongLength {
        /// How many digits stand there.
        found: usize,
        /// How many may: `8 or 10`.
        expected: &'static str,
    },
    /// Something other than digits.
    #[error("only digits belong here")]
    NotDigits,
    /// A digit is mistyped: the control digit does not fit the others.
    #[error("the control digit does not fit: a digit is mistyped")]
    ControlDigit,
    /// Not a bank account.
    #[error("not an account number like UA followed by 27 digits")]
    NotAnIban,
    /// Not a phone number.
    #[error("not a phone number: {text}")]
    NotAPhone {
        /// What stands there, at most 40 characters of it.
        text: String,
    },
    /// Not an e-mail address.
    #[error("not an e-mail address: {text}")]
    NotAnEmail {
        /// What stands there, at most 80 characters of it.
        text: String,
    },
}
