//! The beginning of a text, as much as a person reads in a table.

/// So many characters of a cell are shown.
const SHOWN: usize = 300;

/// A text that a table can show: the whole of a short one, else its beginning and an ellipsis.
#[must_use]
pub(crate) fn excerpt(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => text.get(..end).unwrap_or(text).trim_end().to_owned() + "…",
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_ends_in_an_ellipsis_and_a_short_one_stays() {
        assert_eq!(excerpt(&"ї".repeat(SHOWN)), "ї".repeat(SHOWN));
        assert_eq!(excerpt(&"ї".repeat(SHOWN + 1)), "ї".repeat(SHOWN) + "…");
    }
}
