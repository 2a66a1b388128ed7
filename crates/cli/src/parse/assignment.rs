//! `field=value`, `works/2/volume=3`, `work_kind=…,volume=2`: what is to be written where.

use halyard_device::domain::id::RowId;
use halyard_device::domain::kind::Kind;
use halyard_device::domain::reading::{FieldPath, Reading};
use halyard_device::domain::records::schema;
use halyard_device::domain::schema::{FieldSchema, RecordSchema, Shape};
use halyard_device::domain::value::ScalarType;

use super::Parsed;
use super::names::{column_named, field_named};
use crate::failure::Failure;
use crate::words::{Lang, Usage};

/// `name=value` as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Assigned<'a> {
    /// Before the sign.
    pub(crate) name: &'a str,
    /// After it.
    pub(crate) value: &'a str,
}

/// A place a single value can be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// Where.
    pub(crate) path: FieldPath,
    /// What it holds.
    pub(crate) scalar: ScalarType,
}

/// Splits `name=value` at the first sign.
pub(crate) fn assigned(text: &str, lang: Lang) -> Parsed<Assigned<'_>> {
    let (name, value) = text.split_once('=').ok_or_else(|| Failure::usage(&Usage::NoValue { text }, lang))?;
    Ok(Assigned { name: name.trim(), value: value.trim() })
}

/// Splits `a=1,b=2,5,c="x, y=z"`. A comma parts only where a name and a sign follow it, so that a
/// decimal comma and a comma of a sentence stay; quotes keep everything together.
pub(crate) fn columns<'a>(text: &'a str, lang: Lang) -> Parsed<Vec<(&'a str, String)>> {
    let mut columns: Vec<(&str, String)> = Vec::new();
    for part in parts(text) {
        let one: Assigned<'a> = assigned(part, lang)?;
        if columns.iter().any(|(name, _)| *name == one.name) {
            return Err(Failure::usage(&Usage::Twice { name: one.name }, lang));
        }
        let quoted = one.value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        columns.push((
            one.name,
            quoted.map_or_else(|| one.value.to_owned(), |inner| inner.replace("\"\"", "\"")),
        ));
    }
    Ok(columns)
}

fn parts(text: &str) -> Vec<&str> {
    let (mut found, mut from, mut quoted) = (Vec::new(), 0, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted && begins_assignment(text.get(at + 1..).unwrap_or_default()) => {
                found.extend(text.get(from..at));
                from = at + 1;
            }
            _ => {}
        }
    }
    found.extend(text.get(from..));
    found
}

fn begins_assignment(rest: &str) -> bool {
    let name = rest.trim_start();
    let end =
        name.find(|letter: char| !(letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_'));
    end.is_some_and(|end| end > 0 && name.get(end..).is_some_and(|rest| rest.trim_start().starts_with('=')))
}

/// The place `text` names in records of a kind: `priority`, or `works/2/volume` in `reading`.
pub(crate) fn place(kind: Kind, reading: Option<&Reading>, text: &str, lang: Lang) -> Parsed<Place> {
    let mut parts = text.split('/');
    let (name, row, column) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let found = field(schema(kind), name, lang)?;
    let bad_row = || Failure::usage(&Usage::BadRow { text }, lang);
    match (&found.shape, row, column) {
        (Shape::Scalar(scalar), None, None) => {
            Ok(Place { path: FieldPath::root(found.name), scalar: *scalar })
        }
        (Shape::Text, None, None) => Err(Failure::usage(&Usage::IsText { name }, lang)),
        (Shape::Rows { .. }, None, None) => Err(Failure::usage(&Usage::IsRows { name }, lang)),
        (Shape::Events { .. }, None, None) => {
            Err(Failure::usage(&Usage::IsEvents { name, known: &event_types(found) }, lang))
        }
        (Shape::Rows { .. } | Shape::Events { .. }, Some(row), Some(column)) if parts.next().is_none() => {
            let row = reading.and_then(|reading| row_of(reading, found.name, row)).ok_or_else(bad_row)?;
            let (name, scalar) = self::column(found, column, lang)?;
            Ok(Place { path: FieldPath::column(found.name, row, name), scalar })
        }
        _ => Err(bad_row()),
    }
}

/// The row `text` names: its number in the order of birth, from 1, or its id.
pub(crate) fn row_of(reading: &Reading, field: &str, text: &str) -> Option<RowId> {
    let rows = reading.rows(field);
    if let Ok(id) = text.parse::<RowId>() {
        return rows.iter().find(|row| row.id == id).map(|row| row.id);
    }
    let number: usize = text.parse().ok()?;
    rows.get(number.checked_sub(1)?).map(|row| row.id)
}

/// The field of a kind.
pub(crate) fn field(schema: &RecordSchema, name: &str, lang: Lang) -> Parsed<&'static FieldSchema> {
    field_named(schema, name).ok_or_else(|| {
        let known: Vec<&str> = schema.fields.iter().map(|field| field.name).collect();
        let said = Usage::UnknownField { kind: schema.kind.name(), name, known: &known.join(", ") };
        Failure::usage(&said, lang)
    })
}

/// A column of a field's rows, with what it holds.
pub(crate) fn column<'a>(
    field: &'static FieldSchema,
    name: &'a str,
    lang: Lang,
) -> Parsed<(&'a str, ScalarType)> {
    let found = column_named(field, name);
    field.column(found).map(|scalar| (found, scalar)).ok_or_else(|| {
        let known = field.columns().unwrap_or_default().iter().map(|column| column.name);
        let known: Vec<&str> = known.chain(["at"]).collect();
        let said = Usage::UnknownColumn { field: field.name, name, known: &known.join(", ") };
        Failure::usage(&said, lang)
    })
}

/// The types of event a field takes, by their stored names.
pub(crate) fn event_types(field: &FieldSchema) -> String {
    match field.shape {
        Shape::Events { types, .. } => types.iter().map(|one| one.name).collect::<Vec<_>>().join(", "),
        Shape::Scalar(_) | Shape::Text | Shape::Rows { .. } => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let read = columns(text, Lang::En).unwrap();
        let read: Vec<(&str, &str)> = read.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn a_comma_parts_columns_only_where_a_new_one_begins() {
        check("volume=2,5", &[("volume", "2,5")]);
        check("volume=2,5,hours=1,5", &[("volume", "2,5"), ("hours", "1,5")]);
        check("note=замінено, перевірено, hours=1", &[("note", "замінено, перевірено"), ("hours", "1")]);
        check(r#"note="a, x=1",hours=2"#, &[("note", "a, x=1"), ("hours", "2")]);
        check(r#"note="він сказав ""так""""#, &[("note", "він сказав \"так\"")]);
        check("note=", &[("note", "")]);
        assert!(columns("volume", Lang::En).is_err());
        assert!(columns("hours=1,hours=2", Lang::En).is_err());
    }

    #[test]
    fn a_place_must_hold_a_single_value() {
        let at = |text: &str| place(Kind::Visit, None, text, Lang::En);
        assert_eq!(at("pinned").unwrap().path, FieldPath::root("pinned"));
        for (text, hint) in [
            ("findings", "--text"),
            ("works", "--add works"),
            ("events", "travel_started"),
            ("colour", "pinned"),
            ("works/1/volume", "halyard show"),
            ("pinned/1", "halyard show"),
        ] {
            let Err(failure) = at(text) else { panic!("{text} was taken") };
            assert!(failure.sentence(Lang::En).contains(hint), "{text}: {}", failure.sentence(Lang::En));
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_told(text in r#"[a-z_"=,/0-9 а-яї;.\n]{0,40}"#) {
            if let Ok(read) = columns(&text, Lang::Uk) {
                prop_assert!(!read.is_empty());
            }
            for kind in Kind::ALL {
                if let Err(failure) = place(*kind, None, &text, Lang::Uk) {
                    prop_assert!(!failure.sentence(Lang::Uk).is_empty());
                }
            }
        }

        #[test]
        fn what_is_written_with_quotes_is_read_as_meant(value in r#"[^"]{0,30}"#, hours in 0_u8..100) {
            let text = format!("note=\"{value}\",hours={hours}");
            let expected = vec![("note", value), ("hours", hours.to_string())];
            prop_assert_eq!(columns(&text, Lang::Uk).unwrap(), expected);
        }
    }
}
