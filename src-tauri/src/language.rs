//! The languages of the program.

use serde::Deserialize;

/// A language, as the page names it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Lang {
    #[default]
    Uk,
    En,
    Ru,
}
