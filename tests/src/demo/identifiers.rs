//! Codes, accounts and phones that are well formed and belong to nobody.
//!
//! Company codes begin with 9 and codes of persons with a birth in the future, which the registers have
//! not reached; the bank and the phone prefixes are not given out.

use halyard_domain::written::{company_control_digit, iban_control_digits, person_control_digit};

/// A ЄДРПОУ for company number `index`, below a million.
pub(super) fn company_code(index: usize) -> String {
    let first = digits::<7>(9_000_000 + index % 1_000_000);
    with_last(&first, company_control_digit(first))
}

/// A РНОКПП for person number `index`.
pub(super) fn person_code(index: usize) -> String {
    let first = digits::<9>(700_000_000 + index % 100_000_000);
    with_last(&first, person_control_digit(first))
}

/// An ІПН of a company: its code and five digits.
pub(super) fn vat_number(company_code: &str) -> String {
    let code = company_code.get(..7).unwrap_or(company_code);
    format!("{code}26014").chars().take(12).collect()
}

/// A Ukrainian IBAN for account number `index`.
pub(super) fn iban(index: usize) -> String {
    let account = format!("399999000002600{:010}", index + 1);
    let control = iban_control_digits(&account).unwrap_or_default();
    format!("UA{control}{account}")
}

fn digits<const COUNT: usize>(mut number: usize) -> [u8; COUNT] {
    let mut digits = [0; COUNT];
    for digit in digits.iter_mut().rev() {
        *digit = u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
    }
    digits
}

fn with_last(first: &[u8], last: u8) -> String {
    first.iter().chain([&last]).map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use halyard_domain::written::{iban as read_iban, registry_code, vat_number as read_vat_number};

    use super::*;

    #[test]
    fn the_import_would_take_every_code() {
        for index in (0..5_000).step_by(7) {
            assert_eq!(registry_code(&company_code(index)), Ok(company_code(index)));
            assert_eq!(registry_code(&person_code(index)), Ok(person_code(index)));
            assert_eq!(read_iban(&iban(index)), Ok(iban(index)));
            assert!(read_vat_number(&vat_number(&company_code(index))).is_ok());
        }
    }
}
