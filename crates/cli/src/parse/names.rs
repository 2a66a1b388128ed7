//! Names of fields and columns as people type them: the stored name, or the word that `show` and `list` print
//! for it, in any of the three languages.

use halyard_device::domain::kind::Kind;
use halyard_device::domain::normalize::normalize;
use halyard_device::domain::records::schema;
use halyard_device::domain::schema::{FieldSchema, RecordSchema, row_column};
use halyard_device::tables::columns::Meaning;
use halyard_device::tables::tables::tables_of;

use crate::words::{Lang, field, list_column};

/// The field of a schema called `name`.
pub(super) fn field_named(schema: &RecordSchema, name: &str) -> Option<&'static FieldSchema> {
    let names = schema.fields.iter().map(|one| one.name);
    schema.field(name).or_else(|| schema.field(called(name, names, word)?))
}

/// The column of a field's rows called `name`.
pub(super) fn column_named<'a>(found: &FieldSchema, name: &'a str) -> &'a str {
    let common = [row_column::AT, row_column::WHAT];
    let names = found.columns().unwrap_or_default().iter().map(|one| one.name).chain(common);
    if found.column(name).is_some() { name } else { called(name, names, word).unwrap_or(name) }
}

/// The column of a list, or the field behind some of its columns, called `name`.
pub(super) fn listed_named(kind: Kind, name: &str) -> &str {
    let columns = || tables_of(kind).main.columns.iter();
    if schema(kind).field(name).is_some() || columns().any(|one| one.name == name) {
        return name;
    }
    let fields = schema(kind).fields.iter().map(|one| one.name);
    let columns = columns()
        .filter(|one| !matches!(one.meaning, Meaning::Key | Meaning::Rank))
        .map(|one| one.name.as_str());
    called(name, fields, word).or_else(|| called(name, columns, list_column)).unwrap_or(name)
}

fn word(name: &str, lang: Lang) -> String {
    field(name, lang).to_owned()
}

fn called<'a>(
    typed: &str,
    names: impl Iterator<Item = &'a str>,
    say: impl Fn(&str, Lang) -> String,
) -> Option<&'a str> {
    let wanted = plain(typed);
    let is =
        |name: &&str| [Lang::Uk, Lang::En, Lang::Ru].iter().any(|lang| plain(&say(name, *lang)) == wanted);
    names.into_iter().find(is).filter(|_| !wanted.is_empty())
}

/// A word without capitals, signs and what letters look alike.
fn plain(text: &str) -> String {
    normalize(&text.replace('_', " ")).words
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Every word of a kind or of the rows of a field that two names share.
    fn shared(names: &[&str], say: impl Fn(&str, Lang) -> String) -> Vec<String> {
        let mut found = Vec::new();
        for lang in [Lang::Uk, Lang::En, Lang::Ru] {
            let mut by_word: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            for name in names {
                by_word.entry(plain(&say(name, lang))).or_default().push(name);
            }
            found.extend(
                by_word.into_iter().filter(|(_, names)| names.len() > 1).map(|one| format!("{one:?}")),
            );
        }
        found
    }

    #[test]
    fn no_word_means_two_fields_of_a_kind_or_two_columns_of_a_row() {
        let mut found = Vec::new();
        for kind in Kind::ALL {
            let fields = schema(*kind).fields;
            let names: Vec<&str> = fields.iter().map(|one| one.name).collect();
            found.extend(shared(&names, word).into_iter().map(|one| format!("{kind}: {one}")));
            for rows in fields {
                let columns = rows.columns().unwrap_or_default().iter().map(|one| one.name);
                let columns: Vec<&str> = columns.chain([row_column::AT]).collect();
                found.extend(
                    shared(&columns, word).into_iter().map(|one| format!("{kind} {}: {one}", rows.name)),
                );
            }
        }
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn names_are_taken_in_three_languages() {
        for (typed, expected) in [
            ("priority", "priority"),
            ("Пріоритет", "priority"),
            ("приоритет", "priority"),
            ("відсоток виконання", "percent"),
            ("next visit", "next_visit_start"),
            ("колір", "колір"),
        ] {
            assert_eq!(listed_named(Kind::ServiceCard, typed), expected, "{typed}");
        }
        let visit = schema(Kind::Visit);
        let works = field_named(visit, "виконані роботи").map(|found| found.name);
        assert_eq!(works.or(field_named(visit, "роботи").map(|found| found.name)), Some("works"));
        assert_eq!(column_named(visit.field("works").unwrap(), "обсяг"), "volume");
    }
}
