pub(crate) struct Normal { pub(crate) words: String, pub(crate) digits: String }
pub(crate) fn normalize(text: &str) -> Normal {
    let words: String = text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    Normal { digits: text.chars().filter(|c| c.is_ascii_digit()).collect(), words: words.split_whitespace().collect::<Vec<_>>().join(" ") }
}
