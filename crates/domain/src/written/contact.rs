//! Phones and e-mail addresses as people type them.

use super::Miswritten;

/// A phone in international form: `+380671234567`, an extension as `;ext=12`.
///
/// # Errors
/// When it is none.
pub fn phone(written: &str) -> Result<String, Miswritten> {
    let refused = || Miswritten::NotAPhone { text: written.chars().take(40).collect() };
    let lower = written.to_lowercase();
    let marks = [";ext=", "дод", "доб", "вн", "ext", "#"];
    let (number, extension) = match marks.iter().filter_map(|mark| lower.split_once(mark)).next() {
        Some((number, extension)) => (number.to_owned(), Some(extension.to_owned())),
        None => (lower, None),
    };
    let digits = digits_between(&number, " ()-–—.+\u{a0}").ok_or_else(refused)?;
    let national = match (number.trim_start().starts_with('+'), digits.len()) {
        (true, _) => digits,
        (false, _) if digits.starts_with("00") => digits.trim_start_matches('0').to_owned(),
        (false, 12) if digits.starts_with("380") => digits,
        (false, 11) if digits.starts_with("80") => format!("3{digits}"),
        (false, 10) if digits.starts_with('0') => format!("38{digits}"),
        (false, 9) if !digits.starts_with('0') => format!("380{digits}"),
        (false, _) => return Err(refused()),
    };
    let right_length = if national.starts_with("380") { 12..=12 } else { 8..=15 };
    if !right_length.contains(&national.len()) {
        return Err(refused());
    }
    let extension = extension.map(|text| digits_between(&text, " .:()").filter(|d| !d.is_empty()));
    match extension {
        None => Ok(format!("+{national}")),
        Some(Some(extension)) if extension.len() <= 6 => Ok(format!("+{national};ext={extension}")),
        Some(_) => Err(refused()),
    }
}

/// The digits of a text that holds nothing but them and `allowed` signs.
fn digits_between(text: &str, allowed: &str) -> Option<String> {
    text.chars()
        .all(|sign| sign.is_ascii_digit() || allowed.contains(sign))
        .then(|| text.chars().filter(char::is_ascii_digit).collect())
}

/// An e-mail address: the name as written, the host in lower case.
///
/// # Errors
/// When it is none.
pub fn email(written: &str) -> Result<String, Miswritten> {
    let refused = || Miswritten::NotAnEmail { text: written.chars().take(80).collect() };
    let (name, host) = written.rsplit_once('@').ok_or_else(refused)?;
    let name_sign = |sign: char| sign.is_alphanumeric() || ".!#$%&*+-=?^_{|}~".contains(sign);
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|sign| sign.is_alphanumeric() || sign == '-')
    };
    let right_name =
        !name.is_empty() && name.chars().all(name_sign) && !name.starts_with('.') && !name.ends_with('.');
    if !right_name || !host.contains('.') || !host.split('.').all(label) || written.len() > 254 {
        return Err(refused());
    }
    Ok(format!("{name}@{}", host.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_phone(written: &str, expected: Option<&str>) {
        assert_eq!(phone(written).ok().as_deref(), expected, "{written}");
    }

    #[test]
    fn every_way_to_write_a_phone_gives_one_number() {
        for written in [
            "+380671234567",
            "380671234567",
            "80671234567",
            "0671234567",
            "671234567",
            "067 123-45-67",
            "(067) 123 45 67",
            "+38 (067) 123-45-67",
            "8 (067) 123.45.67",
            "00380671234567",
        ] {
            check_phone(written, Some("+380671234567"));
        }
        check_phone("044 123-45-67 дод. 12", Some("+380441234567;ext=12"));
        check_phone("+380441234567;ext=12", Some("+380441234567;ext=12"));
        check_phone("+48 22 123 45 67", Some("+48221234567"));
        for wrong in
            ["123-45-67", "+38067123456", "067 123 45 6", "нема", "", "0671234567890", "044 1234567 дод."]
        {
            check_phone(wrong, None);
        }
    }

    fn check_email(written: &str, expected: Option<&str>) {
        assert_eq!(email(written).ok().as_deref(), expected, "{written}");
    }

    #[test]
    fn an_address_has_a_name_and_a_host_with_a_dot() {
        check_email("Office@Yasen.EXAMPLE", Some("Office@yasen.example"));
        for wrong in [
            "office",
            "office@yasen",
            "@yasen.example",
            "a b@yasen.example",
            "a@.example",
            "a@b..c",
            "a;b@c.d",
        ] {
            check_email(wrong, None);
        }
    }
}
