//! Crockford's base 32, for what people read out and type: codes and pins.
//!
//! Case, spaces and hyphens do not matter, `O` is `0`, and `I` and `L` are `1`.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Bits of one letter.
const LETTER: usize = 5;

/// The letters of some bytes, five bits each; bits that fill no letter are left out.
pub(crate) fn letters(bytes: &[u8]) -> String {
    let mut letters = String::with_capacity(bytes.len() * 8 / LETTER);
    let (mut bits, mut held) = (0_u16, 0);
    for byte in bytes {
        bits = (bits << 8) | u16::from(*byte);
        held += 8;
        while held >= LETTER {
            held -= LETTER;
            let at = usize::from((bits >> held) & 31);
            letters.extend(ALPHABET.get(at).copied().map(char::from));
        }
        bits &= (1 << held) - 1;
    }
    letters
}

/// The canonical letters of what was typed; none when something in it is no letter.
pub(crate) fn canonical(typed: &str) -> Option<String> {
    typed.chars().filter(|letter| !matches!(letter, ' ' | '-')).map(plain).collect()
}

/// The bytes of canonical letters; none when a letter is not canonical.
pub(crate) fn bytes(letters: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(letters.len() * LETTER / 8);
    let (mut bits, mut held) = (0_u16, 0);
    for letter in letters.bytes() {
        let value = ALPHABET.iter().position(|known| *known == letter)?;
        bits = (bits << LETTER) | u16::try_from(value).ok()?;
        held += LETTER;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held).ok()?);
            bits &= (1 << held) - 1;
        }
    }
    Some(bytes)
}

/// In groups of four, as it is read out.
pub(crate) fn grouped(letters: &str) -> String {
    let mut grouped = String::with_capacity(letters.len() + letters.len() / 4);
    for (at, letter) in letters.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            grouped.push('-');
        }
        grouped.push(letter);
    }
    grouped
}

fn plain(letter: char) -> Option<char> {
    let plain = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.contains(&u8::try_from(plain).ok()?).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_again() {
        check(&[], "");
        check(&[0; 5], "00000000");
        check(&[255; 5], "ZZZZZZZZ");
        check(&[0, 0, 0, 0, 1], "00000001");
        check(&[128, 0, 0, 0, 0], "G0000000");
        check(&[0, 0x44, 0x32, 0x14, 0xc7, 0, 0x44, 0x32, 0x14, 0xc7], "0123456701234567");
    }

    #[track_caller]
    fn check(raw: &[u8], written: &str) {
        assert_eq!(letters(raw), written);
        assert_eq!(bytes(written).as_deref(), Some(raw));
    }

    #[test]
    fn what_is_no_letter_is_read_as_nothing() {
        for typed in ["U", "й", "٣", "Ⅰ", "0_1"] {
            assert_eq!(canonical(typed), None, "{typed}");
        }
    }
}
