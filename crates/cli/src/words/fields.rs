//! What fields, columns of rows and columns of lists are called.
//!
//! One table for all kinds: a name means the same wherever it occurs. A test walks every schema, so a
//! field without words fails the build's tests.

use super::field_table::{FIELDS, of};
use super::{Lang, Words, words};

/// What a field or a column of a row is called; its own name when a newer version made it.
pub(crate) fn field(name: &str, lang: Lang) -> &str {
    find(FIELDS, name).map_or(name, |found| found.in_lang(lang))
}

/// What a column of a list is called.
pub(crate) fn list_column(name: &str, lang: Lang) -> String {
    let whole = find(LISTED, name).or_else(|| find(FIELDS, name));
    if let Some(found) = whole {
        return found.in_lang(lang).to_owned();
    }
    let part = PARTS.iter().find_map(|(ending, part)| {
        let base = name.strip_suffix(ending)?;
        let base = find(LISTED, base).or_else(|| find(FIELDS, base))?;
        Some(format!("{} ({})", base.in_lang(lang), part.in_lang(lang)))
    });
    part.unwrap_or_else(|| name.to_owned())
}

fn find(table: &[(&str, Words)], name: &str) -> Option<Words> {
    table.iter().find(|(known, _)| *known == name).map(|(_, found)| *found)
}

/// Columns that lists have beside the fields.
const LISTED: &[(&str, Words)] = &[
    of("id", "ідентифікатор", "id", "идентификатор"),
    of("label", "позначення", "label", "обозначение"),
    of("title", "назва", "title", "название"),
    of("state", "стан", "state", "состояние"),
    of("outcome", "результат", "outcome", "результат"),
    of("overdue_from", "прострочено з", "overdue from", "просрочено с"),
    of("next_action_due", "найближчий строк дії", "next action due", "ближайший срок действия"),
    of("percent", "відсоток виконання", "percent complete", "процент выполнения"),
    of("conflicts", "потребує рішення", "needs a decision", "требует решения"),
    of("attention", "потребує уваги", "needs attention", "требует внимания"),
    of(
        "merged_into_written",
        "названо дублікатом запису",
        "called a duplicate of",
        "назван дубликатом записи",
    ),
    of("withdrawal", "чому відкликано", "why withdrawn", "почему отозвано"),
    of("visits_planned", "заплановано виїздів", "visits planned", "запланировано выездов"),
    of("visits_completed", "виконано виїздів", "visits completed", "выполнено выездов"),
    of("next_visit_start", "наступний виїзд", "next visit", "следующий выезд"),
    of("visits_done", "було виїздів", "visits done", "было выездов"),
    of("last_visit_start", "останній виїзд", "last visit", "последний выезд"),
    of("open_complaints", "відкритих рекламацій", "open complaints", "открытых рекламаций"),
];

/// Columns that a field of several parts becomes.
const PARTS: &[(&str, Words)] = &[
    ("_start_offset", words("початок, пояс", "start, offset", "начало, пояс")),
    ("_end_offset", words("кінець, пояс", "end, offset", "конец, пояс")),
    ("_start", words("початок", "start", "начало")),
    ("_end", words("кінець", "end", "конец")),
    ("_offset", words("пояс", "offset", "пояс")),
    ("_minor", words("сума в копійках", "in minor units", "сумма в копейках")),
    ("_currency", words("валюта", "currency", "валюта")),
    ("_e6", words("у мільйонних", "in millionths", "в миллионных")),
    ("_key", words("ключ", "key", "ключ")),
    ("_rank", words("місце за порядком", "rank", "место по порядку")),
];

#[cfg(test)]
mod tests {
    use halyard_device::domain::kind::Kind;
    use halyard_device::domain::records::schema;
    use halyard_device::domain::schema::row_column;
    use halyard_device::tables::tables::tables_of;

    use super::*;

    #[test]
    fn every_field_and_column_of_every_kind_has_its_words() {
        let mut missing: Vec<&str> = Vec::new();
        for field in Kind::ALL.iter().flat_map(|kind| schema(*kind).fields) {
            let columns = field.columns().unwrap_or_default().iter().map(|column| column.name);
            missing.extend(columns.chain([field.name]).filter(|name| find(FIELDS, name).is_none()));
        }
        let common = [row_column::BY, row_column::AT, row_column::WITHDRAWN, row_column::WHAT];
        missing.extend(common.iter().filter(|name| find(FIELDS, name).is_none()));
        missing.sort_unstable();
        missing.dedup();
        assert_eq!(missing, Vec::<&str>::new());
    }

    #[test]
    fn every_column_of_every_list_has_its_words() {
        let columns = Kind::ALL.iter().flat_map(|kind| &tables_of(*kind).main.columns);
        let bare: Vec<&str> = columns
            .map(|column| column.name.as_str())
            .filter(|name| name.contains('_') && list_column(name, Lang::Uk) == **name)
            .collect();
        assert_eq!(bare, Vec::<&str>::new());
    }

    #[test]
    fn no_name_stands_twice() {
        for table in [LISTED, FIELDS] {
            let mut names: Vec<&str> = table.iter().map(|(name, _)| *name).collect();
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count);
        }
    }
}
