//! The types a single value can have, each with an example made by the code that writes them.

use std::error::Error;

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Group;
use halyard_domain::money::{Currency, Money};
use halyard_domain::records::Employee;
use halyard_domain::time::{Instant, TimeWindow};
use halyard_domain::value::{FieldValue, Scalar, ScalarType};
use rust_decimal::Decimal;

const HEAD: &str = "### Values\n\n| type | in Automerge | canonical form | example |\n|---|---|---|---|\n";

/// Two hours of the morning of 2 March 2026, in Kyiv.
pub(crate) fn morning() -> Result<(Instant, Instant), Box<dyn Error>> {
    const NINE: i64 = 1_772_434_800;
    Ok((Instant::new(NINE, 120)?, Instant::new(NINE + 2 * 3600, 120)?))
}

/// Somebody's id: what a shipped rule would make.
pub(crate) fn somebody() -> DocumentId {
    DocumentId::made_by_rule("employee/example")
}

pub(crate) fn section() -> Result<String, Box<dyn Error>> {
    let (from, to) = morning()?;
    let link: Ref<Employee> = Ref::to(somebody());
    let decimal = Decimal::new(150, 2);
    let rows = [
        ("line", "string", "text of people, as it is", "насос ГВП".to_owned().to_scalar()),
        ("yes or no", "boolean", "", true.to_scalar()),
        ("whole number", "int", "64 bits, signed", 90_i64.to_scalar()),
        (
            "decimal",
            "string",
            "digits, `.`, no exponent, no zeros at the end, `0` for zero",
            decimal.to_scalar(),
        ),
        (
            "money",
            "string",
            "minor units, a space, the ISO 4217 code",
            Money { minor: 12_345, currency: Currency::UAH }.to_scalar(),
        ),
        (
            "instant",
            "string",
            "RFC 3339 to the second with the offset where it was entered",
            from.to_scalar(),
        ),
        ("date", "string", "`YYYY-MM-DD`", from.local_date().to_scalar()),
        (
            "window",
            "string",
            "two instants, a slash between, the end not before the start",
            TimeWindow::new(from, to)?.to_scalar(),
        ),
        ("link *kind*", "string", "the document's UUID, lower case, with hyphens", link.to_scalar()),
        ("one of …", "string", "one of the names", Scalar::Text(Group::Office.name().to_owned())),
        ("list of *type*", "string", "a JSON array of canonical values, no spaces", vec![link].to_scalar()),
        ("group *name*", "string", "a JSON object, keys sorted bytewise, no spaces; see below", Scalar::Null),
    ];
    let mut text = String::from(HEAD);
    for (name, stored, words, example) in rows {
        text += &format!("| {name} | {stored} | {words} | {} |\n", printed(&example));
    }
    Ok(text)
}

/// A value as it stands in a document, for a cell of a table.
pub(crate) fn printed(value: &Scalar) -> String {
    match value {
        Scalar::Null => String::new(),
        Scalar::Bool(yes) => format!("`{yes}`"),
        Scalar::Int(number) => format!("`{number}`"),
        Scalar::Text(text) => format!("`{text}`"),
    }
}

/// The name of a type.
pub(crate) fn name(scalar: ScalarType) -> String {
    match scalar {
        ScalarType::Line => "line".to_owned(),
        ScalarType::Bool => "yes or no".to_owned(),
        ScalarType::Int => "whole number".to_owned(),
        ScalarType::Decimal => "decimal".to_owned(),
        ScalarType::Money => "money".to_owned(),
        ScalarType::Instant => "instant".to_owned(),
        ScalarType::Date => "date".to_owned(),
        ScalarType::Window => "window".to_owned(),
        ScalarType::Link(kind) => format!("link {kind}"),
        ScalarType::Choice(names) => format!("one of {}", code(names)),
        ScalarType::List(item) => format!("list of {}", name(*item)),
        ScalarType::Group(group) => format!("group {group}"),
    }
}

/// Names as code, a space between.
pub(crate) fn code(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ")
}
