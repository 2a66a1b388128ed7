//! The code IT reads out at enrolment: 8 characters of Crockford's base 32, 40 bits.
//!
//! People type it, so case, spaces and hyphens do not matter, `O` is `0`, and `I` and `L` are `1`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::base32;

/// Letters of a code.
const LETTERS: usize = 8;

/// An enrolment code in its canonical form.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EnrolmentCode(String);

/// Not a code of eight characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a code of eight letters and digits")]
pub struct CodeError;

impl EnrolmentCode {
    /// A code made of five random bytes.
    #[must_use]
    pub fn new(random: [u8; 5]) -> Self {
        Self(base32::letters(&random))
    }

    /// The eight characters, as compared and hashed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EnrolmentCode {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let code = base32::canonical(text).filter(|code| code.len() == LETTERS);
        code.map(Self).ok_or(CodeError)
    }
}

impl TryFrom<String> for EnrolmentCode {
    type Error = CodeError;
    fn try_from(text: String) -> Result<Self, CodeError> {
        text.parse()
    }
}

impl From<EnrolmentCode> for String {
    fn from(code: EnrolmentCode) -> Self {
        code.0
    }
}

/// In two groups of four, as it is read out.
impl fmt::Display for EnrolmentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base32::grouped(&self.0))
    }
}

/// Without the code: it is a secret while it lives.
impl fmt::Debug for EnrolmentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EnrolmentCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_was_typed() {
        let code = EnrolmentCode::new([0, 0x44, 0x32, 0x14, 0xc7]);
        let shown = code.to_string();
        assert_eq!(shown, "0123-4567");
        for typed in [
            shown.clone(),
            shown.to_lowercase(),
            shown.replace('-', " "),
            shown.replace('0', "o").replace('1', "l"),
        ] {
            assert_eq!(typed.parse::<EnrolmentCode>(), Ok(code.clone()), "{typed}");
        }
    }

    #[test]
    fn every_bit_is_in_the_code() {
        assert_eq!(EnrolmentCode::new([0; 5]).as_str(), "00000000");
        assert_eq!(EnrolmentCode::new([255; 5]).as_str(), "ZZZZZZZZ");
        assert_eq!(EnrolmentCode::new([0, 0, 0, 0, 1]).as_str(), "00000001");
        assert_eq!(EnrolmentCode::new([128, 0, 0, 0, 0]).as_str(), "G0000000");
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for bad in ["", "1234567", "123456789", "1234567U", "1234567й", "١٢٣٤٥٦٧٨"] {
            assert_eq!(bad.parse::<EnrolmentCode>(), Err(CodeError), "{bad}");
        }
    }
}
