//! One spelling for search: what people type and what records hold, made comparable.
//!
//! The device's index and the office database call this same function, for stored text and for queries.
//! Measured before: neither SQLite's nor PostgreSQL's own folding knows ё, ґ or the apostrophes, and an
//! apostrophe would cut «п’ятниця» in two.
//!
//! It folds spelling, not meaning: no stemming, no transliteration. What is searched is folded by look too: on a
//! nameplate nobody sees of which alphabet a letter is.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text made comparable.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Normal {
    /// Its words in lower case, one blank between them.
    pub words: String,
    /// Its numbers of three digits and more without what people put between digits, one blank between
    /// them. A Ukrainian phone stands in its international form, which contains the others.
    pub digits: String,
}

/// Makes a text comparable.
#[must_use]
pub fn normalize(text: &str) -> Normal {
    Normal { words: words(text), digits: digits(text) }
}

/// Makes a text comparable for a search: as [`normalize`], and letters of two alphabets that look alike are one.
///
/// Every letter is folded by itself, also in words without a digit: so the beginning of a word and its inside stay
/// those of the word, and «КН» of «КН-9400» meets the "KH" of another's.
#[must_use]
pub fn normalize_searched(text: &str) -> Normal {
    let normal = normalize(text);
    Normal { words: normal.words.chars().map(by_look).collect(), ..normal }
}

/// A letter by its look as a capital: Latin for the Cyrillic ones that look so, in the case it came in.
#[must_use]
pub fn by_look(letter: char) -> char {
    match letter {
        'А' => 'A',
        'В' => 'B',
        'Е' => 'E',
        'К' => 'K',
        'М' => 'M',
        'Н' => 'H',
        'О' => 'O',
        'Р' => 'P',
        'С' => 'C',
        'Т' => 'T',
        'Х' => 'X',
        'У' => 'Y',
        'І' => 'I',
        'а' => 'a',
        'в' => 'b',
        'е' => 'e',
        'к' => 'k',
        'м' => 'm',
        'н' => 'h',
        'о' => 'o',
        'р' => 'p',
        'с' => 'c',
        'т' => 't',
        'х' => 'x',
        'у' => 'y',
        'і' => 'i',
        other => other,
    }
}

fn words(text: &str) -> String {
    let kept: String =
        text.chars().filter(|letter| !is_ignored(*letter)).flat_map(char::to_lowercase).collect();
    let mut words = String::with_capacity(kept.len());
    for letter in kept.nfc().filter(|letter| !is_combining_mark(*letter)) {
        if letter.is_alphanumeric() {
            words.push(folded(letter));
        } else if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// Apostrophes as people type them, soft hyphens and what has no width.
fn is_ignored(letter: char) -> bool {
    matches!(
        letter,
        '\'' | '’' | '‘' | 'ʼ' | '`' | '′' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

fn folded(letter: char) -> char {
    match letter {
        'ё' => 'е',
        'ґ' => 'г',
        other => other,
    }
}

fn digits(text: &str) -> String {
    let mut numbers: Vec<String> = Vec::new();
    let mut number = String::new();
    for letter in text.chars().chain(['\n']) {
        match letter.to_digit(10).and_then(|digit| char::from_digit(digit, 10)) {
            Some(digit) => number.push(digit),
            None if joins_digits(letter) => {}
            None => numbers.extend(whole(&std::mem::take(&mut number))),
        }
    }
    numbers.join(" ")
}

/// What people write inside a phone or a code.
fn joins_digits(letter: char) -> bool {
    matches!(letter, ' ' | '\u{a0}' | '(' | ')' | '-' | '–' | '+' | '.' | '/')
}

fn whole(number: &str) -> Option<String> {
    match (number.len(), number) {
        (0..=2, _) => None,
        (10, local) if local.starts_with('0') => Some(format!("38{local}")),
        (11, old) if old.starts_with("80") => Some(format!("3{old}")),
        (_, other) => Some(other.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, words: &str, digits: &str) {
        assert_eq!(normalize(text), Normal { words: words.to_owned(), digits: digits.to_owned() }, "{text}");
    }

    #[test]
    fn spellings_of_one_thing_meet() {
        for apostrophe in ["п’ятниця", "п'ятниця", "пʼятниця", "П`ЯТНИЦЯ", "п‘ятниця"]
        {
            check(apostrophe, "пятниця", "");
        }
        check("Ґанок і Ёлка", "ганок і елка", "");
        check("елка", "елка", "");
        check("Конди\u{ad}ціонер", "кондиціонер", "");
        check("Ки\u{0438}\u{0306}в", "кийв", ""); // и + breve is й
        check("за\u{0301}мок", "замок", "");
        check("  ТОВ «Світло-Сервіс», м. Київ ", "тов світло сервіс м київ", "");
    }

    #[test]
    fn a_phone_is_found_however_it_is_written() {
        for phone in
            ["+38 (044) 111-22-33", "044 111 22 33", "0441112233", "8-044-111-22-33", "+380441112233"]
        {
            assert_eq!(normalize(phone).digits, "380441112233", "{phone}");
        }
        assert!(normalize("+380441112233").digits.contains(&normalize("111-22-33").digits));
    }

    #[test]
    fn codes_and_serials_keep_their_digits() {
        check("ЄДРПОУ 32855961", "єдрпоу 32855961", "32855961");
        check("AB-12/34-5", "ab 12 34 5", "12345");
        check("буд. 12, кв. 7", "буд 12 кв 7", "");
        check("044 111 22 33, 067 765 43 21", "044 111 22 33 067 765 43 21", "380441112233 380677654321");
    }

    #[test]
    fn letters_that_look_alike_are_one_to_a_search() {
        for (cyrillic, latin) in [
            ("к9400", "K9400"),
            ("КН-9400", "kh-9400"),
            ("АВЕКМНОРСТХУІ 1", "ABEKMHOPCTXYI 1"),
            ("авекмнорстхуі", "abekmhopctxyi"),
        ] {
            assert_eq!(normalize_searched(cyrillic), normalize_searched(latin), "{cyrillic}");
        }
        // The beginning of a word is the beginning of what is kept of it, whatever comes behind.
        let kept = normalize_searched("Котел").words;
        assert!(["ко", "кот", "КОТЕ"].iter().all(|typed| kept.starts_with(&normalize_searched(typed).words)));
        // Names are compared by their alphabets.
        assert_ne!(normalize("Сара").words, normalize("Capa").words);
    }

    proptest! {
        #[test]
        fn what_is_normal_stays_normal(text in ".{0,60}") {
            let once = normalize(&text).words;
            prop_assert_eq!(&normalize(&once).words, &once);
        }
    }
}
