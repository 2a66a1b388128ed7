//! Kinds of record as people name them.

use halyard_device::domain::kind::Kind;

use super::Parsed;
use crate::failure::Failure;
use crate::words::{Lang, Usage, Worded};

/// The kind called `text`: by its stored name, with a hyphen for the underscore, in the plural, or by its
/// word in any language.
pub(crate) fn kind(text: &str, lang: Lang) -> Parsed<Kind> {
    let plain = text.trim().to_lowercase().replace('-', "_");
    let is = |kind: &&Kind| {
        let words = kind.words();
        let name = kind.name();
        plain == name
            || plain == format!("{name}s")
            || name.strip_suffix('y').is_some_and(|stem| plain == format!("{stem}ies"))
            || [words.uk, words.en, words.ru]
                .iter()
                .chain(plurals(**kind))
                .any(|word| plain == word.to_lowercase().replace('-', "_"))
    };
    let found = Kind::ALL.iter().find(is).copied();
    found.ok_or_else(|| Failure::usage(&Usage::UnknownKind { text, known: &kinds() }, lang))
}

/// Many records of a kind, in Ukrainian and Russian.
const fn plurals(kind: Kind) -> &'static [&'static str; 2] {
    match kind {
        Kind::Company => &["наші компанії", "наши компании"],
        Kind::Role => &["ролі", "роли"],
        Kind::Team => &["команди", "команды"],
        Kind::Employee => &["працівники", "сотрудники"],
        Kind::DirectoryEntry => &["записи довідників", "записи справочников"],
        Kind::Checklist => &["чек-листи", "чек-листы"],
        Kind::Customer => &["контрагенти", "контрагенты"],
        Kind::Equipment => &["об'єкти обслуговування", "объекты обслуживания"],
        Kind::ServiceCard => &["картки обслуговування", "карточки обслуживания"],
        Kind::Visit => &["виїзди", "выезды"],
        Kind::Complaint => &["рекламації", "рекламации"],
    }
}

/// Every kind by name.
pub(crate) fn kinds() -> String {
    Kind::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_known_by_many_names() {
        for (text, expected) in [
            ("visit", Kind::Visit),
            ("visits", Kind::Visit),
            ("Виїзд", Kind::Visit),
            ("service-card", Kind::ServiceCard),
            ("service_cards", Kind::ServiceCard),
            ("directory-entries", Kind::DirectoryEntry),
            ("companies", Kind::Company),
            ("об'єкт обслуговування", Kind::Equipment),
            ("чек-лист", Kind::Checklist),
            ("Виїзди", Kind::Visit),
            ("сотрудники", Kind::Employee),
        ] {
            assert_eq!(kind(text, Lang::En).ok(), Some(expected), "{text}");
        }
        let Err(failure) = kind("boat", Lang::En) else { panic!("a boat is no kind") };
        assert_eq!(failure.exit_code(), 2);
        assert!(failure.sentence(Lang::En).contains("service_card"));
    }
}
