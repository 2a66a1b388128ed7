//! Cells as people type them: texts, phones, e-mail addresses, dates, degrees.
//!
//! A cell either becomes the one canonical form or a [`Reason`]; nothing is guessed.

use chrono::NaiveDate;
use halyard_domain::records::CustomerStatus;

use super::names::fold;
use super::refusal::Reason;

/// The longest line taken.
pub(super) const LONGEST_LINE: usize = 1_000;
/// The longest text taken.
pub(super) const LONGEST_TEXT: usize = 20_000;

/// A cell without what spreadsheets put around it: the apostrophe that keeps a formula from running.
pub(super) fn unguarded(cell: &str) -> &str {
    let inside = cell.strip_prefix('\'').unwrap_or(cell);
    if inside.starts_with(['=', '+', '-', '@', '\t', '\r']) { inside } else { cell }
}

/// One line of text: no line breaks, no control characters, single spaces.
pub(super) fn line(cell: &str) -> Result<String, Reason> {
    let words = cell.split(|letter: char| letter.is_whitespace() || letter.is_control());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    within(line, LONGEST_LINE)
}

/// Text with its line breaks.
pub(super) fn text(cell: &str) -> Result<String, Reason> {
    let lines = cell.replace("\r\n", "\n");
    let clean: String = lines.chars().filter(|letter| !letter.is_control() || *letter == '\n').collect();
    within(clean.trim().to_owned(), LONGEST_TEXT)
}

fn within(text: String, most: usize) -> Result<String, Reason> {
    if text.chars().count() > most { Err(Reason::TooLong { most }) } else { Ok(text) }
}

/// Phones parted by commas, semicolons, slashes or lines.
pub(super) fn phones(cell: &str) -> Result<Vec<String>, Reason> {
    several(cell, &[',', ';', '/', '\n'], phone)
}

/// A phone as it is compared: without its extension, however somebody typed it in the office.
pub(super) fn phone_keys(phone: &str) -> Vec<String> {
    phones(phone.split(";ext=").next().unwrap_or_default()).unwrap_or_default()
}

/// E-mail addresses parted by commas, semicolons, slashes, spaces or lines.
pub(super) fn emails(cell: &str) -> Result<Vec<String>, Reason> {
    several(cell, &[',', ';', '/', '\n', ' '], email)
}

fn several(
    cell: &str,
    separators: &[char],
    read: fn(&str) -> Result<String, Reason>,
) -> Result<Vec<String>, Reason> {
    let mut found = Vec::new();
    for part in cell.split(separators).map(str::trim).filter(|part| !part.is_empty()) {
        let one = read(part)?;
        if !found.contains(&one) {
            found.push(one);
        }
    }
    Ok(found)
}

/// A phone in international form: `+380671234567`, an extension as `;ext=12`.
fn phone(written: &str) -> Result<String, Reason> {
    let refused = || Reason::NotAPhone { text: written.chars().take(40).collect() };
    let lower = written.to_lowercase();
    let marks = ["дод", "доб", "вн", "ext", "#"];
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

fn email(written: &str) -> Result<String, Reason> {
    let refused = || Reason::NotAnEmail { text: written.chars().take(80).collect() };
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

/// A date as `31.12.2026`, or `2026-12-31` with or without a time after it.
pub(super) fn date(cell: &str) -> Result<NaiveDate, Reason> {
    let day = cell.split(['T', ' ']).next().unwrap_or_default();
    let parsed =
        NaiveDate::parse_from_str(day, "%d.%m.%Y").or_else(|_| NaiveDate::parse_from_str(day, "%Y-%m-%d"));
    let lived = |date: &NaiveDate| {
        NaiveDate::from_ymd_opt(1900, 1, 1) <= Some(*date)
            && Some(*date) < NaiveDate::from_ymd_opt(2200, 1, 1)
    };
    parsed.ok().filter(lived).ok_or(Reason::NotADate)
}

/// Degrees as millionths of one: `50.4501` or `50,4501`.
pub(super) fn degrees_e6(cell: &str, most: i32) -> Result<i32, Reason> {
    let degrees: f64 = cell.replace(',', ".").parse().map_err(|_| Reason::NotCoordinates)?;
    if !(-f64::from(most)..=f64::from(most)).contains(&degrees) {
        return Err(Reason::NotCoordinates);
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most 180 degrees: 180,000,000 fits")]
    Ok((degrees * 1e6).round() as i32)
}

/// Where we stand with a customer, in three languages.
pub(super) fn status(cell: &str) -> Result<CustomerStatus, Reason> {
    match fold(cell).as_str() {
        "потенційний" | "потенційний клієнт" | "prospect" | "lead" | "потенциальный" => {
            Ok(CustomerStatus::Prospect)
        }
        "діючий" | "клієнт" | "активний" | "customer" | "active" | "действующий" | "клиент" | "активный" => {
            Ok(CustomerStatus::Customer)
        }
        "колишній" | "неактивний" | "former" | "inactive" | "бывший" | "неактивный" => {
            Ok(CustomerStatus::Former)
        }
        _ => Err(Reason::NotAStatus),
    }
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
        check_phone("+48 22 123 45 67", Some("+48221234567"));
        for wrong in
            ["123-45-67", "+38067123456", "067 123 45 6", "нема", "", "0671234567890", "044 1234567 дод."]
        {
            check_phone(wrong, None);
        }
    }

    #[test]
    fn several_phones_in_a_cell_are_taken_once_each() {
        let both = ["+380671234567", "+380501112233"].map(str::to_owned).to_vec();
        assert_eq!(phones("067 123 45 67; 050 111 22 33, 0671234567"), Ok(both));
        assert_eq!(phones("067 123 45 67/68"), Err(Reason::NotAPhone { text: "68".to_owned() }));
    }

    fn check_date(cell: &str, expected: Option<&str>) {
        assert_eq!(date(cell).ok().map(|date| date.to_string()).as_deref(), expected, "{cell}");
    }

    #[test]
    fn dates_are_days_first_or_years_first() {
        check_date("02.03.2026", Some("2026-03-02"));
        check_date("2.3.2026", Some("2026-03-02"));
        check_date("2026-03-02", Some("2026-03-02"));
        check_date("2026-03-02T00:00:00", Some("2026-03-02"));
        for wrong in ["31.02.2026", "02/03/2026", "02.03.26", "вчора", "0026-03-02", "2026-13-01"] {
            check_date(wrong, None);
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

    #[test]
    fn degrees_are_kept_to_the_millionth() {
        assert_eq!(degrees_e6("50,4501", 90), Ok(50_450_100));
        assert_eq!(degrees_e6("-0.0000015", 90), Ok(-2));
        assert_eq!(degrees_e6("91", 90), Err(Reason::NotCoordinates));
        assert_eq!(degrees_e6("NaN", 90), Err(Reason::NotCoordinates));
    }
}
