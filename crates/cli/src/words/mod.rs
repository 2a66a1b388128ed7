//! Every word the command says, in three languages.
//!
//! Ukrainian comes first, English and Russian are complete: a word is a [`Words`] with all three or a
//! message of the catalogue ([`Say`]), so a missing translation does not compile. Terms are those of
//! docs/GLOSSARY.md. Sentences say what happened, what is safe and what to do next.

mod answers;
mod attention;
mod catalogue;
mod choices;
mod columns;
mod counts;
mod failures;
mod field_table;
mod fields;
pub(crate) mod headings;
mod messages;
mod objections;
mod office;
mod output;
mod queue;
mod reasons;
mod relay;
mod rights;
mod seen;
mod typed;
mod usage;

pub(crate) use attention::attention;
pub(crate) use choices::{Worded, choice};
pub(crate) use columns::column_of_file;
pub(crate) use counts::{Counted, counted, kept};
pub(crate) use failures::{device, import, open, stopped, sync, table};
pub(crate) use fields::{field, list_column};
pub(crate) use messages::Say;
pub(crate) use output::Tell;
pub(crate) use queue::{review_refused, waits_because};
pub(crate) use reasons::{receipt, refused_cell};
pub(crate) use relay::trouble;
pub(crate) use typed::mistyped;
pub(crate) use usage::Usage;

/// A language of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Lang {
    /// Ukrainian.
    Uk,
    /// English.
    En,
    /// Russian.
    Ru,
}

/// The same in all three languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) uk: &'static str,
    pub(crate) en: &'static str,
    pub(crate) ru: &'static str,
}

/// Ukrainian, English, Russian.
pub(crate) const fn words(uk: &'static str, en: &'static str, ru: &'static str) -> Words {
    Words { uk, en, ru }
}

impl Words {
    pub(crate) const fn in_lang(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Uk => self.uk,
            Lang::En => self.en,
            Lang::Ru => self.ru,
        }
    }
}

impl Lang {
    /// The language of a locale like `uk_UA.UTF-8`. Ukrainian, unless the locale names another of ours.
    pub(crate) fn of_locale(locale: &str) -> Self {
        let language = locale.split(['_', '.', '-', '@']).next().unwrap_or_default();
        match language.to_lowercase().as_str() {
            "ru" => Self::Ru,
            "uk" | "" => Self::Uk,
            _ => Self::En,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_follows_the_locale() {
        let cases = [
            ("uk_UA.UTF-8", Lang::Uk),
            ("ru_UA.UTF-8", Lang::Ru),
            ("en_US.UTF-8", Lang::En),
            ("de_DE", Lang::En),
            ("C.UTF-8", Lang::En),
            ("", Lang::Uk),
        ];
        for (locale, lang) in cases {
            assert_eq!(Lang::of_locale(locale), lang, "{locale:?}");
        }
    }
}
