//! The rules, as tables in product words.
