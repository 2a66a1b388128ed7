//! A QR in a terminal.

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

/// Black on white whatever the terminal's colours are, and back again: readers expect it so.
const BLACK_ON_WHITE: &str = "\u{1b}[30;107m";
const BACK: &str = "\u{1b}[0m";

/// `text` as a QR, two rows of it in a line; none when it is too long for one.
pub(super) fn of(text: &str) -> Option<String> {
    let code = QrCode::new(text).ok()?;
    let drawn = code.render::<Dense1x2>().dark_color(Dense1x2::Dark).light_color(Dense1x2::Light).build();
    Some(drawn.lines().map(|line| format!("{BLACK_ON_WHITE}{line}{BACK}\n")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_fits_a_terminal_of_eighty_columns() {
        let link = "halyard://join?relay=https%3A%2F%2Frelay.a-long-company-name.example%3A7420\
                    &pin=0W3G-E1R7-0W3G-E1R7-0W3G-E1R7-0W3G-E1R7&code=7K3M-9QPX";
        let drawn = of(link).unwrap();
        let line = drawn.lines().next().unwrap();
        let columns = line.chars().count() - BLACK_ON_WHITE.len() - BACK.len();
        assert!(columns <= 80, "{columns} columns");
        assert!(drawn.lines().count() * 2 >= columns - 1, "as high as it is wide");
    }
}
