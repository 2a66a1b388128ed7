//! Cells as people type them: texts, phones, e-mail addresses, dates, degrees.
//!
//! A cell either becomes the one canonical form or a [`Reason`]; nothing is guessed.

use chrono::NaiveDate;
use halyard_domain::records::CustomerStatus;
use halyard_domain::written::{Miswritten, email, phone};

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
    read: fn(&str) -> Result<String, Miswritten>,
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

    #[test]
    fn several_phones_in_a_cell_are_taken_once_each() {
        let both = ["+380671234567", "+380501112233"].map(str::to_owned).to_vec();
        assert_eq!(phones("067 123 45 67; 050 111 22 33, 0671234567"), Ok(both));
        assert_eq!(
            phones("067 123 45 67/68"),
            Err(Reason::Miswritten(Miswritten::NotAPhone { text: "68".to_owned() }))
        );
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

    #[test]
    fn degrees_are_kept_to_the_millionth() {
        assert_eq!(degrees_e6("50,4501", 90), Ok(50_450_100));
        assert_eq!(degrees_e6("-0.0000015", 90), Ok(-2));
        assert_eq!(degrees_e6("91", 90), Err(Reason::NotCoordinates));
        assert_eq!(degrees_e6("NaN", 90), Err(Reason::NotCoordinates));
    }
}
