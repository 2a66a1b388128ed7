//! One value, by the type of its field.
//!
//! A link is an id, a number, a name or a few words that only one record has. Choices go by their stored
//! name or by their word in any language. An empty text clears the field.

use std::str::FromStr as _;

use halyard_device::Named;
use halyard_device::domain::id::{DocumentId, RowId};
use halyard_device::domain::kind::Kind;
use halyard_device::domain::money::{Currency, Money};
use halyard_device::domain::records::Mark;
use halyard_device::domain::value::{FieldValue, Scalar, ScalarType};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::moments::{Edge, Wrong, date, instant, window};
use super::{Parsed, groups};
use crate::clock::Wall;
use crate::failure::Failure;
use crate::words::{Lang, Say, Usage, Worded, choice};

/// Fields whose line is the id of a row elsewhere.
const ROW_LINKS: [&str; 5] = ["site", "contact", "item", "meter", "after"];
/// Fields whose number is a mark from 1 to 5.
const MARKS: [&str; 2] = ["rating", "mark"];

/// Where links lead.
pub(crate) trait Links {
    /// Every record of a kind that a text may mean.
    fn find(&self, text: &str, kind: Kind) -> Parsed<Vec<Named>>;
}

/// Reads values here and now.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    /// Where links lead.
    pub(crate) links: &'a dyn Links,
    /// What the wall says.
    pub(crate) wall: &'a dyn Wall,
    /// How mistakes are told.
    pub(crate) lang: Lang,
}

impl Reader<'_> {
    /// The canonical value of the field `name`.
    pub(crate) fn value(&self, name: &str, scalar: ScalarType, text: &str) -> Parsed<Scalar> {
        self.value_at(name, scalar, text, Edge::Start)
    }

    /// The same, a date alone standing for that edge of its day.
    pub(crate) fn value_at(&self, name: &str, scalar: ScalarType, text: &str, edge: Edge) -> Parsed<Scalar> {
        if text.is_empty() {
            return Ok(Scalar::Null);
        }
        let wrong = |said: Usage<'_>| Failure::usage(&said, self.lang);
        match scalar {
            ScalarType::Line if ROW_LINKS.contains(&name) => {
                let row: Option<RowId> = text.trim().parse().ok();
                row.map(|row| row.to_scalar()).ok_or_else(|| wrong(Usage::BadRowId { name, text }))
            }
            ScalarType::Line => Ok(Scalar::Text(text.to_owned())),
            ScalarType::Bool => self.yes_or_no(name, text),
            ScalarType::Int => {
                let number: Option<i64> = text.trim().parse().ok();
                if MARKS.contains(&name) {
                    let mark = number.filter(|one| Mark::new(*one).is_some());
                    return mark.map(Scalar::Int).ok_or_else(|| wrong(Usage::BadMark { name, text }));
                }
                number.map(Scalar::Int).ok_or_else(|| wrong(Usage::BadInt { name, text }))
            }
            ScalarType::Decimal => {
                let number = decimal(text).ok_or_else(|| wrong(Usage::BadDecimal { name, text }))?;
                Ok(number.to_scalar())
            }
            ScalarType::Money => money(text)
                .map(|money| money.to_scalar())
                .ok_or_else(|| wrong(Usage::BadMoney { name, text })),
            ScalarType::Instant => match instant(text, self.wall, edge) {
                Ok(instant) => Ok(instant.to_scalar()),
                Err(Wrong::Skipped) => Err(wrong(Usage::SkippedHour { name, text })),
                Err(Wrong::Unreadable | Wrong::Backward) => Err(wrong(Usage::BadInstant { name, text })),
            },
            ScalarType::Date => {
                date(text).map(|date| date.to_scalar()).ok_or_else(|| wrong(Usage::BadDate { name, text }))
            }
            ScalarType::Window => match window(text, self.wall) {
                Ok(window) => Ok(window.to_scalar()),
                Err(Wrong::Skipped) => Err(wrong(Usage::SkippedHour { name, text })),
                Err(Wrong::Backward) => Err(wrong(Usage::BackwardWindow { name, text })),
                Err(Wrong::Unreadable) => Err(wrong(Usage::BadWindow { name, text })),
            },
            ScalarType::Link(kind) => self.link(name, kind, text),
            ScalarType::Choice(names) => self.choice(name, names, text),
            ScalarType::List(item) => {
                let items = split_list(text).into_iter().map(|one| self.value(name, *item, &one));
                let items: Vec<Scalar> = items.collect::<Parsed<_>>()?;
                Ok(Scalar::Text(serde_json::to_string(&items).unwrap_or_default()))
            }
            ScalarType::Group(group) => groups::group(group, text)
                .ok_or_else(|| wrong(Usage::BadGroup { name, example: groups::example(group) })),
        }
    }

    fn yes_or_no(&self, name: &str, text: &str) -> Parsed<Scalar> {
        match text.trim().to_lowercase().as_str() {
            "yes" | "true" | "1" | "так" | "да" => Ok(Scalar::Bool(true)),
            "no" | "false" | "0" | "ні" | "нет" => Ok(Scalar::Bool(false)),
            _ => Err(Failure::usage(&Usage::BadBool { name, text }, self.lang)),
        }
    }

    /// One of the stored names.
    pub(crate) fn choice(&self, name: &str, names: &[&str], text: &str) -> Parsed<Scalar> {
        let wanted = text.trim().to_lowercase();
        let is = |stored: &&&str| {
            let words = [Lang::Uk, Lang::En, Lang::Ru].map(|lang| choice(names, stored, lang));
            wanted == **stored
                || wanted.replace('-', "_") == **stored
                || words.into_iter().flatten().any(|word| word.to_lowercase() == wanted)
        };
        match names.iter().find(is) {
            Some(stored) => Ok(Scalar::Text((*stored).to_owned())),
            None => {
                let known: Vec<String> = names.iter().map(|one| self.described(names, one)).collect();
                let known = known.join(", ");
                Err(Failure::usage(&Usage::BadChoice { name, text, known: &known }, self.lang))
            }
        }
    }

    fn described(&self, names: &[&str], stored: &str) -> String {
        match choice(names, stored, self.lang) {
            Some(word) if word.to_lowercase() != stored => format!("{stored} ({word})"),
            Some(_) | None => stored.to_owned(),
        }
    }

    fn link(&self, name: &str, kind: &str, text: &str) -> Parsed<Scalar> {
        if let Ok(id) = DocumentId::from_str(text.trim()) {
            return Ok(Scalar::Text(id.to_string()));
        }
        let Some(kind) = Kind::from_name(kind) else {
            return Err(Failure::usage(&Usage::LinkUnbuilt { name, text, kind }, self.lang));
        };
        let found = self.links.find(text, kind)?;
        match found.as_slice() {
            [only] => Ok(Scalar::Text(only.document.to_string())),
            [] => {
                let kind = kind.say(self.lang);
                Err(Failure::usage(&Usage::LinkNotFound { name, text, kind }, self.lang))
            }
            several => Err(several_records(text, several, self.lang)),
        }
    }
}

/// A text fits several records: which, so that one can be named.
pub(crate) fn several_records(what: &str, several: &[Named], lang: Lang) -> Failure {
    let line = |one: &Named| {
        let title = if one.title == one.label { "" } else { one.title.as_str() };
        format!("  {}  {} {} {title}", one.document, one.kind.say(lang), one.label).trim_end().to_owned()
    };
    let list: Vec<String> = several.iter().map(line).collect();
    let said = Say::SeveralRecords { what, list: &list.join("\n") };
    Failure::refused("several_records", &said, lang)
}

/// A number with a comma or a point; blanks between digits are let through.
pub(crate) fn decimal(text: &str) -> Option<Decimal> {
    let plain: String = text.trim().chars().filter(|letter| !letter.is_whitespace()).collect();
    let plain = plain.replace(',', ".");
    let body = plain.strip_prefix('-').unwrap_or(&plain);
    let is_plain = body.starts_with(|letter: char| letter.is_ascii_digit())
        && body.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    if is_plain { Decimal::from_str_exact(&plain).ok() } else { None }
}

/// `1250,50 UAH`, `1250.50 грн`; without a currency, hryvnias.
fn money(text: &str) -> Option<Money> {
    let text = text.trim();
    let end = text.rfind(|letter: char| letter.is_ascii_digit())? + 1;
    let (amount, currency) = text.split_at_checked(end)?;
    let currency = match currency.trim().trim_end_matches('.') {
        "" | "грн" | "₴" => Currency::UAH,
        code => code.to_uppercase().parse().ok()?,
    };
    let minor = decimal(amount)?.checked_mul(Decimal::ONE_HUNDRED)?.normalize();
    let minor = if minor.scale() == 0 { minor.to_i64()? } else { return None };
    Some(Money { minor, currency })
}

/// Items parted by `;`, or by `,` when there is no `;`. A JSON array of texts is taken as it is.
fn split_list(text: &str) -> Vec<String> {
    if text.trim_start().starts_with('[')
        && let Ok(items) = serde_json::from_str::<Vec<String>>(text)
    {
        return items;
    }
    let part = if text.contains(';') { ';' } else { ',' };
    text.split(part).map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::clock::ThisWall;

    /// A device on which there is nothing yet.
    struct Nobody;

    impl Links for Nobody {
        fn find(&self, _text: &str, _kind: Kind) -> Parsed<Vec<Named>> {
            Ok(Vec::new())
        }
    }

    fn check(scalar: ScalarType, text: &str, expected: impl Into<Option<Scalar>>) {
        let reader = Reader { links: &Nobody, wall: &ThisWall, lang: Lang::En };
        let read = reader.value("field", scalar, text);
        if let Ok(value) = &read {
            assert!(scalar.check(value).is_ok(), "{value:?} is not canonical");
        }
        assert_eq!(read.ok(), expected.into(), "{text:?} as {scalar:?}");
    }

    fn text(text: &str) -> Option<Scalar> {
        Some(Scalar::Text(text.to_owned()))
    }

    #[test]
    fn values_are_read_as_people_write_them() {
        check(ScalarType::Decimal, "1,50", text("1.5"));
        check(ScalarType::Decimal, "1 250.5", text("1250.5"));
        check(ScalarType::Decimal, "1e5", None);
        check(ScalarType::Money, "1250,50 UAH", text("125050 UAH"));
        check(ScalarType::Money, "1250 грн.", text("125000 UAH"));
        check(ScalarType::Money, "0.001 EUR", None);
        check(ScalarType::Date, "02.03.2026", text("2026-03-02"));
        check(ScalarType::Bool, "так", Some(Scalar::Bool(true)));
        check(ScalarType::Bool, "мабуть", None);
        check(ScalarType::Int, "90", Some(Scalar::Int(90)));
        check(ScalarType::Int, "9,5", None);
        check(ScalarType::Line, "", Some(Scalar::Null));
        check(ScalarType::List(&ScalarType::Line), "а, б", text(r#"["а","б"]"#));
        check(ScalarType::List(&ScalarType::Line), "а, б; в", text(r#"["а, б","в"]"#));
    }

    #[test]
    fn a_choice_goes_by_its_name_or_its_word() {
        use halyard_device::domain::records::{Priority, ServiceType};
        for typed in ["urgent", "Терміновий", "срочный", "URGENT"] {
            check(ScalarType::Choice(Priority::NAMES), typed, text("urgent"));
        }
        check(ScalarType::Choice(ServiceType::NAMES), "post-warranty", text("post_warranty"));
        check(ScalarType::Choice(Priority::NAMES), "fast", None);
    }

    #[test]
    fn a_link_to_nobody_is_told_and_an_id_is_taken_on_trust() {
        let id = DocumentId::made_by_rule("somebody");
        check(ScalarType::Link("employee"), &id.to_string(), text(&id.to_string()));
        check(ScalarType::Link("employee"), "Бондар", None);
        check(ScalarType::Link("contract"), "Д-12", None);
    }

    const EVERY_TYPE: &[ScalarType] = &[
        ScalarType::Line,
        ScalarType::Bool,
        ScalarType::Int,
        ScalarType::Decimal,
        ScalarType::Money,
        ScalarType::Instant,
        ScalarType::Date,
        ScalarType::Window,
        ScalarType::Link("visit"),
        ScalarType::Choice(&["low", "high"]),
        ScalarType::List(&ScalarType::Decimal),
        ScalarType::Group("coordinates"),
        ScalarType::Group("periodicity"),
        ScalarType::Group("working_hours"),
    ];

    proptest! {
        #[test]
        fn whatever_is_typed_is_a_canonical_value_or_told(
            text in prop_oneof![r"\PC{0,30}", r"[-0-9.,:/ T+eUAHгрн]{0,30}", r#"[{}\[\]":a-z0-9, ]{0,40}"#]
        ) {
            let reader = Reader { links: &Nobody, wall: &ThisWall, lang: Lang::Uk };
            for scalar in EVERY_TYPE {
                match reader.value("field", *scalar, &text) {
                    Ok(value) => prop_assert!(scalar.check(&value).is_ok(), "{value:?} as {scalar:?}"),
                    Err(failure) => prop_assert!(!failure.sentence(Lang::Uk).is_empty()),
                }
            }
        }
    }
}
