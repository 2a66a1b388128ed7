//! Counted things, each number with the form its language wants.

use super::Lang;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    /// Changes of records.
    Change,
    /// Records.
    Record,
    /// Rows of a file.
    Row,
    /// Envelopes: what one device sent at once about one record.
    Envelope,
    /// Customers.
    Customer,
    /// Addresses.
    Address,
    /// Contact persons.
    Contact,
    /// Objects of service.
    Equipment,
    /// Days.
    Day,
    /// Hours.
    Hour,
    /// Minutes.
    Minute,
    /// Seconds.
    Second,
    /// Photos.
    Photo,
}

/// The forms of a noun after a number: 1, 2–4, 5 and more. English has no middle.
struct Forms {
    uk: [&'static str; 3],
    en: [&'static str; 2],
    ru: [&'static str; 3],
}

const fn forms(uk: [&'static str; 3], en: [&'static str; 2], ru: [&'static str; 3]) -> Forms {
    Forms { uk, en, ru }
}

impl Counted {
    const fn forms(self) -> Forms {
        match self {
            Self::Change => forms(
                ["зміна", "зміни", "змін"],
                ["change", "changes"],
                ["изменение", "изменения", "изменений"],
            ),
            Self::Record => {
                forms(["запис", "записи", "записів"], ["record", "records"], ["запись", "записи", "записей"])
            }
            Self::Row => forms(["рядок", "рядки", "рядків"], ["row", "rows"], ["строка", "строки", "строк"]),
            Self::Envelope => forms(
                ["пакет", "пакети", "пакетів"],
                ["envelope", "envelopes"],
                ["пакет", "пакета", "пакетов"],
            ),
            Self::Customer => forms(
                ["контрагент", "контрагенти", "контрагентів"],
                ["customer", "customers"],
                ["контрагент", "контрагента", "контрагентов"],
            ),
            Self::Address => {
                forms(["адреса", "адреси", "адрес"], ["address", "addresses"], ["адрес", "адреса", "адресов"])
            }
            Self::Contact => forms(
                ["контактна особа", "контактні особи", "контактних осіб"],
                ["contact person", "contact persons"],
                ["контактное лицо", "контактных лица", "контактных лиц"],
            ),
            Self::Equipment => forms(
                ["об'єкт обслуговування", "об'єкти обслуговування", "об'єктів обслуговування"],
                ["piece of equipment", "pieces of equipment"],
                ["объект обслуживания", "объекта обслуживания", "объектов обслуживания"],
            ),
            Self::Day => forms(["день", "дні", "днів"], ["day", "days"], ["день", "дня", "дней"]),
            Self::Hour => forms(["година", "години", "годин"], ["hour", "hours"], ["час", "часа", "часов"]),
            Self::Minute => {
                forms(["хвилина", "хвилини", "хвилин"], ["minute", "minutes"], ["минута", "минуты", "минут"])
            }
            Self::Second => forms(
                ["секунда", "секунди", "секунд"],
                ["second", "seconds"],
                ["секунда", "секунды", "секунд"],
            ),
            Self::Photo => forms(["фото"; 3], ["photo", "photos"], ["фото"; 3]),
        }
    }
}

/// The number with its noun: «3 зміни».
pub(crate) fn counted(lang: Lang, what: Counted, count: u64) -> String {
    let Forms { uk, en, ru } = what.forms();
    let [en_one, en_many] = en;
    let noun = match lang {
        Lang::Uk => slavic(count, uk),
        Lang::Ru => slavic(count, ru),
        Lang::En => {
            if count == 1 {
                en_one
            } else {
                en_many
            }
        }
    };
    format!("{count} {noun}")
}

/// What the office has not and this device keeps: «3 зміни, 1 фото».
pub(crate) fn kept(changes: u64, photos: u64, lang: Lang) -> String {
    let some = [(Counted::Change, changes), (Counted::Photo, photos)].into_iter().filter(|(_, n)| *n > 0);
    some.map(|(what, n)| counted(lang, what, n)).collect::<Vec<_>>().join(", ")
}

/// 1, 21, 101 · 2–4, 22–24 · the rest, 11–14 among them.
const fn slavic(count: u64, [one, few, many]: [&'static str; 3]) -> &'static str {
    match (count % 10, count % 100) {
        (1..=4, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_form_their_language_wants() {
        let cases = [
            (0, "0 змін", "0 changes", "0 изменений"),
            (1, "1 зміна", "1 change", "1 изменение"),
            (2, "2 зміни", "2 changes", "2 изменения"),
            (5, "5 змін", "5 changes", "5 изменений"),
            (11, "11 змін", "11 changes", "11 изменений"),
            (21, "21 зміна", "21 changes", "21 изменение"),
            (22, "22 зміни", "22 changes", "22 изменения"),
            (25, "25 змін", "25 changes", "25 изменений"),
            (101, "101 зміна", "101 changes", "101 изменение"),
        ];
        for (count, uk, en, ru) in cases {
            assert_eq!(counted(Lang::Uk, Counted::Change, count), uk);
            assert_eq!(counted(Lang::En, Counted::Change, count), en);
            assert_eq!(counted(Lang::Ru, Counted::Change, count), ru);
        }
    }
}
