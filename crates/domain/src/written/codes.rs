//! Codes with control digits: ЄДРПОУ, РНОКПП, ІПН, IBAN.
//!
//! A control digit finds every single mistyped digit, which is what typed-in tables are full of. Zeros
//! that a spreadsheet dropped from the front are put back when the control digit then fits.

use super::Miswritten;

/// Reads a ЄДРПОУ of a company (8 digits) or a РНОКПП of a person (10 digits).
///
/// # Errors
/// When the length or the control digit is wrong.
pub fn registry_code(text: &str) -> Result<String, Miswritten> {
    let digits = digits_of(text)?;
    let with_zeros = |length: usize| format!("{digits:0>length$}");
    let reasons = || Miswritten::WrongLength { found: digits.len(), expected: "8 or 10" };
    match digits.len() {
        5..=7 => Some(with_zeros(8)).filter(|code| is_company_code(code)).ok_or_else(reasons),
        8 if is_company_code(&digits) => Ok(digits),
        9 => Some(with_zeros(10)).filter(|code| is_person_code(code)).ok_or_else(reasons),
        10 if is_person_code(&digits) => Ok(digits),
        8 | 10 => Err(Miswritten::ControlDigit),
        _ => Err(reasons()),
    }
}

/// Reads an ІПН: 12 digits of a company; of a person it is the РНОКПП.
///
/// # Errors
/// When the length is wrong.
pub fn vat_number(text: &str) -> Result<String, Miswritten> {
    let digits = digits_of(text)?;
    match digits.len() {
        12 => Ok(digits),
        10 if is_person_code(&digits) => Ok(digits),
        10 => Err(Miswritten::ControlDigit),
        found => Err(Miswritten::WrongLength { found, expected: "12" }),
    }
}

/// Reads an IBAN: of Ukraine 29 characters, of other countries as long as theirs are.
///
/// # Errors
/// When it is no account number or a digit is mistyped.
pub fn iban(text: &str) -> Result<String, Miswritten> {
    let compact: String =
        text.chars().filter(|sign| !sign.is_whitespace() && *sign != '-').collect::<String>().to_uppercase();
    let is_ukrainian = compact.starts_with("UA");
    let right_length = if is_ukrainian { compact.len() == 29 } else { (15..=34).contains(&compact.len()) };
    let (country, rest) = compact.split_at_checked(2).ok_or(Miswritten::NotAnIban)?;
    let right_signs = country.bytes().all(|sign| sign.is_ascii_uppercase())
        && rest.bytes().all(|sign| sign.is_ascii_digit() || sign.is_ascii_uppercase() && !is_ukrainian);
    if !right_length || !right_signs {
        return Err(Miswritten::NotAnIban);
    }
    if iban_remainder(&compact) == Some(1) { Ok(compact) } else { Err(Miswritten::ControlDigit) }
}

/// The last digit of a ЄДРПОУ that begins with these seven.
#[must_use]
pub fn company_control_digit(first_seven: [u8; 7]) -> u8 {
    let number = first_seven.iter().fold(0_u32, |sum, digit| sum * 10 + u32::from(*digit));
    // Codes from 3000000x to 6000000x were given out under a second rule.
    let weights: [u32; 7] =
        if (3_000_000..6_000_000).contains(&number) { [7, 1, 2, 3, 4, 5, 6] } else { [1, 2, 3, 4, 5, 6, 7] };
    let remainder = |more: u32| {
        first_seven
            .iter()
            .zip(weights)
            .map(|(digit, weight)| u32::from(*digit) * (weight + more))
            .sum::<u32>()
            % 11
    };
    let control = match remainder(0) {
        10 => remainder(2) % 10,
        control => control,
    };
    u8::try_from(control).unwrap_or(0)
}

/// The last digit of a РНОКПП that begins with these nine.
#[must_use]
pub fn person_control_digit(first_nine: [u8; 9]) -> u8 {
    const WEIGHTS: [i32; 9] = [-1, 5, 7, 9, 4, 6, 10, 5, 7];
    let sum: i32 = first_nine.iter().zip(WEIGHTS).map(|(digit, weight)| i32::from(*digit) * weight).sum();
    u8::try_from(sum.rem_euclid(11) % 10).unwrap_or(0)
}

/// The two control digits of the Ukrainian account with these 25 digits of bank and account.
#[must_use]
pub fn iban_control_digits(account: &str) -> Option<String> {
    let remainder = iban_remainder(&format!("UA00{account}"))?;
    Some(format!("{:02}", 98 - remainder))
}

/// The number an IBAN is, its first four signs put last and letters written as numbers, modulo 97.
fn iban_remainder(iban: &str) -> Option<u32> {
    let (head, tail) = iban.split_at_checked(4)?;
    tail.chars().chain(head.chars()).try_fold(0, |sum, sign| {
        let value = sign.to_digit(36)?;
        Some((if value < 10 { sum * 10 + value } else { sum * 100 + value }) % 97)
    })
}

fn is_company_code(code: &str) -> bool {
    split_last::<7>(code).is_some_and(|(first, last)| company_control_digit(first) == last)
}

fn is_person_code(code: &str) -> bool {
    split_last::<9>(code).is_some_and(|(first, last)| person_control_digit(first) == last)
}

fn split_last<const FIRST: usize>(code: &str) -> Option<([u8; FIRST], u8)> {
    let digits: Vec<u8> = code.bytes().map(|digit| digit.wrapping_sub(b'0')).collect();
    let (last, first) = digits.split_last()?;
    Some((first.try_into().ok()?, *last))
}

/// The digits of a code typed with spaces or dashes.
fn digits_of(text: &str) -> Result<String, Miswritten> {
    let compact: String =
        text.chars().filter(|sign| !sign.is_whitespace() && !"-–.".contains(*sign)).collect();
    if compact.is_empty() || !compact.bytes().all(|sign| sign.is_ascii_digit()) {
        return Err(Miswritten::NotDigits);
    }
    Ok(compact)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_registry(text: &str, expected: Result<&str, Miswritten>) {
        assert_eq!(registry_code(text), expected.map(str::to_owned), "{text}");
    }

    #[test]
    fn a_mistyped_registry_code_is_found_out() {
        let length = |found| Err(Miswritten::WrongLength { found, expected: "8 or 10" });
        check_registry("14360570", Ok("14360570"));
        check_registry("1436 0570", Ok("14360570"));
        check_registry("14360571", Err(Miswritten::ControlDigit));
        check_registry("41360570", Err(Miswritten::ControlDigit));
        // The second rule, and both with the second round of weights.
        check_registry("35000004", Ok("35000004"));
        check_registry("35000008", Err(Miswritten::ControlDigit));
        check_registry("30000005", Ok("30000005"));
        check_registry("00000035", Ok("00000035"));
        check_registry("123456", length(6));
        check_registry("14360570123", length(11));
        check_registry("UA143605", Err(Miswritten::NotDigits));
        check_registry("", Err(Miswritten::NotDigits));
    }

    #[test]
    fn zeros_lost_in_a_spreadsheet_come_back() {
        check_registry("32129", Ok("00032129"));
        check_registry("00032129", Ok("00032129"));
    }

    #[test]
    fn a_persons_code_has_ten_digits_and_its_own_rule() {
        check_registry("1234567899", Ok("1234567899"));
        check_registry("1234567890", Err(Miswritten::ControlDigit));
    }

    #[test]
    fn every_single_mistyped_digit_of_an_account_is_found_out() {
        let right = "UA213223130000026007233566001";
        assert_eq!(iban("UA21 3223 1300 0002 6007 2335 6600 1"), Ok(right.to_owned()));
        for place in 4..right.len() {
            let mut wrong = right.as_bytes().to_vec();
            wrong[place] = b'0' + (wrong[place] - b'0' + 1) % 10;
            let wrong = String::from_utf8(wrong).unwrap();
            assert_eq!(iban(&wrong), Err(Miswritten::ControlDigit), "{wrong}");
        }
        assert_eq!(iban("UA2132231300000260072335660"), Err(Miswritten::NotAnIban));
        assert_eq!(iban("DE89370400440532013000"), Ok("DE89370400440532013000".to_owned()));
        assert_eq!(iban("Привіт"), Err(Miswritten::NotAnIban));
        assert_eq!(iban_control_digits("3223130000026007233566001").as_deref(), Some("21"));
    }

    #[test]
    fn a_vat_number_has_twelve_digits() {
        assert_eq!(vat_number("143605726012"), Ok("143605726012".to_owned()));
        assert_eq!(vat_number("14360572601"), Err(Miswritten::WrongLength { found: 11, expected: "12" }));
    }
}
