//! Sentences with measured numbers in them.
//!
//! `{18-24}` becomes a whole number between the two, `{1.2-1.8}` one with as many digits after the
//! comma as the pattern has. `{1-4|день|дні|днів}` is a whole number with the form of the word that goes
//! with it: with one, with two to four, with more.

use super::dice::Dice;

/// One of several patterns, filled.
pub(super) fn one_of(patterns: &[&str], dice: &mut Dice) -> String {
    let pattern = *dice.pick(patterns);
    filled(pattern, dice)
}

/// Fills a pattern.
pub(super) fn filled(pattern: &str, dice: &mut Dice) -> String {
    let mut text = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((range, tail)) = after.split_once('}') else { break };
        text.push_str(&counted(range, dice));
        rest = tail;
    }
    text.push_str(rest);
    text
}

fn counted(range: &str, dice: &mut Dice) -> String {
    let mut parts = range.split('|');
    let drawn = number(parts.next().unwrap_or_default(), dice);
    let form = parts.nth(form_with(drawn.parse().unwrap_or(0)));
    form.map_or_else(|| drawn.clone(), |form| format!("{drawn} {form}"))
}

/// Which of the three forms of a word goes with a number: 1, 21 · 2, 3, 4, 22 · 5, 11, 12.
pub(super) const fn form_with(number: u64) -> usize {
    match (number % 10, number % 100) {
        (_, 11..=14) => 2,
        (1, _) => 0,
        (2..=4, _) => 1,
        _ => 2,
    }
}

fn number(range: &str, dice: &mut Dice) -> String {
    // The dash between the two numbers is never the first sign: that one is a minus.
    let dash = range.char_indices().skip(1).find(|(_, sign)| *sign == '-').map(|(at, _)| at);
    let (least, most) = match dash {
        Some(at) => (range.get(..at).unwrap_or_default(), range.get(at + 1..).unwrap_or_default()),
        None => (range, range),
    };
    let digits = least.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let whole = |text: &str| text.replace('.', "").parse::<i64>().unwrap_or(0);
    let drawn = dice.between(whole(least), whole(most)).to_string();
    let padded = format!("{drawn:0>width$}", width = digits + 1);
    match padded.split_at_checked(padded.len() - digits) {
        Some((whole, fraction)) if digits > 0 => format!("{whole},{fraction}"),
        _ => padded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_between_their_limits_and_are_written_with_a_comma() {
        for index in 0..200 {
            let text =
                filled("Тиск {1.2-1.8} бар, температура {55-70} °C.", &mut Dice::of(1, "phrase", index));
            let words: Vec<&str> = text.split(' ').collect();
            let pressure: f64 = words[1].replace(',', ".").parse().unwrap();
            let celsius: i64 = words[4].parse().unwrap();
            assert!((1.2..=1.8).contains(&pressure) && (55..=70).contains(&celsius), "{text}");
        }
        let frost: i64 = filled("{-21--17}", &mut Dice::of(1, "phrase", 0)).parse().unwrap();
        assert!((-21..=-17).contains(&frost), "{frost}");
        assert_eq!(filled("{0.05-0.05} Ом", &mut Dice::of(1, "phrase", 0)), "0,05 Ом");
    }

    #[test]
    fn a_word_goes_with_its_number() {
        let said = |number: &str| {
            let pattern = "за {N-N|день|дні|днів}.".replace('N', number);
            filled(&pattern, &mut Dice::of(1, "phrase", 0))
        };
        let all = ["1", "2", "4", "5", "11", "12", "21", "22", "25", "111"].map(said).join(" ");
        assert_eq!(
            all,
            "за 1 день. за 2 дні. за 4 дні. за 5 днів. за 11 днів. за 12 днів. за 21 день. за 22 дні. за 25 днів. \
             за 111 днів."
        );
    }
}
