//! The folded twin of a human text: what text columns are sorted by and searched inside.
//!
//! Databases disagree about Cyrillic: SQLite folds no case outside ASCII, and by code point «Іваненко»
//! comes after «Яковенко» because і, ї, є and ґ stand behind я in Unicode. So every text column has a
//! twin that compares by bytes in the order of the Ukrainian alphabet, equal in both dialects. Letters
//! keep one place each, so a part of a text folds to a part of its key.

use unicode_normalization::UnicodeNormalization;

/// The alphabet both languages share, in dictionary order. ґ counts as г and ё as е, as in search.
const ALPHABET: &str = "абвгдеєжзиіїйклмнопрстуфхцчшщъыьэюя";

/// The first code of the letters in a key; they stay behind Latin letters and digits.
const FIRST: u32 = 0x0430;

/// A line's key is cut here: keys are indexed, and PostgreSQL refuses index rows of more than 2.7 KB.
const LINE_KEY_CHARS: usize = 400;

/// The key of a line of text.
#[must_use]
pub fn line_key(text: &str) -> String {
    folded(text).take(LINE_KEY_CHARS).collect()
}

/// The key of a long text, whole.
#[must_use]
pub fn text_key(text: &str) -> String {
    folded(text).collect()
}

fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfc().flat_map(char::to_lowercase).filter_map(|letter| match letter {
        '\'' | '\u{2019}' | '\u{02bc}' | '`' | '\u{00ad}' | '\0' => None,
        'ґ' => Some(place('г')),
        'ё' => Some(place('е')),
        other => Some(place(other)),
    })
}

fn place(letter: char) -> char {
    let position = ALPHABET.chars().zip(FIRST..).find(|(candidate, _)| *candidate == letter);
    position.and_then(|(_, code)| char::from_u32(code)).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_as_in_a_ukrainian_dictionary() {
        let mut names =
            ["Яковенко", "Іваненко", "Єременко", "Їжак", "Йовенко", "Жук", "аналітик", "Ґудзь", "Гук"];
        names.sort_by_key(|name| line_key(name));
        let expected =
            ["аналітик", "Ґудзь", "Гук", "Єременко", "Жук", "Іваненко", "Їжак", "Йовенко", "Яковенко"];
        assert_eq!(names, expected);
    }

    #[test]
    fn a_part_of_a_text_folds_to_a_part_of_its_key() {
        for part in ["п’ят", "П'ЯТНИЦЯ", "ятниця, ще", "ЩЕ ЁЛКА"] {
            assert!(text_key("У п'ятницю? П’ятниця, ще Ёлка").contains(&text_key(part)), "{part}");
        }
    }

    #[test]
    fn letters_of_the_alphabet_keep_their_order_and_differ() {
        let keys: Vec<String> = ALPHABET.chars().map(|letter| line_key(&letter.to_string())).collect();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(line_key("z9") < line_key("а"));
    }
}
