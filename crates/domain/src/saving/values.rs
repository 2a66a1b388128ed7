//! Values no field of their kind can mean, whoever writes them.

use std::collections::BTreeMap;

use chrono::TimeZone;
use rrule::{RRule, Tz, Unvalidated};
use rust_decimal::Decimal;

use super::{Edit, Objection, Why};
use crate::intent::Intent;
use crate::kind::Kind;
use crate::money::Money;
use crate::reading::{FieldPath, Reading};
use crate::record::typed;
use crate::records::values::Periodicity;
use crate::value::{FieldValue, Scalar};
use crate::written;

/// How a field is looked at.
#[derive(Debug, Clone, Copy)]
enum Rule {
    /// Decimals, whole numbers and money: nothing or more.
    NotNegative,
    /// Decimals and whole numbers: nothing or more, and not more than anybody ever meant.
    UpTo(u32),
    /// Decimals: more than nothing, and not more than that.
    PositiveUpTo(u32),
    /// From 0 to 100.
    Percent,
    RegistryCode,
    VatNumber,
    Iban,
    Phones,
    Emails,
    Repetition,
}

/// Beyond these a number is a slip of the finger: a serial number in the field of a volume.
const VOLUME: Rule = Rule::UpTo(10_000_000);
const HOURS: Rule = Rule::UpTo(10_000);
const WEIGHT: Rule = Rule::UpTo(1_000);
const MINUTES: Rule = Rule::UpTo(600_000);
const QUANTITY: Rule = Rule::PositiveUpTo(10_000_000);

/// The fields looked at, as kind, root field and, of rows, the column.
const RULES: &[(Kind, &str, Option<&str>, Rule)] = &[
    (Kind::Customer, "registry_code", None, Rule::RegistryCode),
    (Kind::Customer, "vat_number", None, Rule::VatNumber),
    (Kind::Customer, "iban", None, Rule::Iban),
    (Kind::Customer, "phones", None, Rule::Phones),
    (Kind::Customer, "emails", None, Rule::Emails),
    (Kind::Customer, "contacts", Some("phones"), Rule::Phones),
    (Kind::Customer, "contacts", Some("emails"), Rule::Emails),
    (Kind::Company, "registry_code", None, Rule::RegistryCode),
    (Kind::Company, "vat_number", None, Rule::VatNumber),
    (Kind::Company, "vat_percent", None, Rule::Percent),
    (Kind::Company, "phones", None, Rule::Phones),
    (Kind::Company, "emails", None, Rule::Emails),
    (Kind::Company, "accounts", Some("iban"), Rule::Iban),
    (Kind::Employee, "phones", None, Rule::Phones),
    (Kind::Employee, "emails", None, Rule::Emails),
    (Kind::DirectoryEntry, "hours_per_unit", None, HOURS),
    (Kind::ServiceCard, "periodicity", None, Rule::Repetition),
    (Kind::ServiceCard, "planned_works", Some("volume"), VOLUME),
    (Kind::ServiceCard, "planned_works", Some("hours"), HOURS),
    (Kind::ServiceCard, "planned_works", Some("weight"), WEIGHT),
    (Kind::Visit, "duration_minutes", None, MINUTES),
    (Kind::Visit, "planned_works", Some("volume"), VOLUME),
    (Kind::Visit, "planned_works", Some("hours"), HOURS),
    (Kind::Visit, "planned_works", Some("weight"), WEIGHT),
    (Kind::Visit, "works", Some("volume"), VOLUME),
    (Kind::Visit, "works", Some("hours"), HOURS),
    (Kind::Visit, "parts", Some("quantity"), QUANTITY),
    (Kind::Complaint, "returns", Some("quantity"), QUANTITY),
    (Kind::Complaint, "compensation", None, Rule::NotNegative),
];

/// Looks at the values an intent writes.
pub(super) fn look_at(edit: &Edit<'_>, intent: &Intent, found: &mut Vec<Objection>) {
    let kind = edit.after.kind;
    match intent {
        Intent::Set { path, value } => {
            let column = path.column.as_deref();
            let stood = standing_at(edit.before, path);
            if !stood.contains(&value) {
                let new = without_what_stood(value, &stood);
                found.extend(judged(kind, path.clone(), &path.field, column, &new));
            }
        }
        Intent::AddRow { field, row, columns } => {
            found.extend(columns.iter().filter_map(|(column, value)| {
                judged(kind, FieldPath::column(field, *row, column), field, Some(column), value)
            }));
            if kind == Kind::Checklist && field == "items" {
                found.extend(item(*row, columns));
            }
        }
        Intent::EditText { .. } => {}
    }
}

/// Every value that stands at a place.
pub(super) fn standing_at<'a>(before: &'a Reading, path: &FieldPath) -> Vec<&'a Scalar> {
    let cell = match (path.row, &path.column) {
        (Some(row), Some(column)) => before.row(&path.field, row).and_then(|row| row.columns.get(column)),
        _ => before.cell(&path.field),
    };
    cell.map(|cell| cell.standing().collect()).unwrap_or_default()
}

/// Of a list only what is new in it: an old slip is not the fault of who now adds something.
fn without_what_stood(value: &Scalar, stood: &[&Scalar]) -> Scalar {
    let Some(items) = typed::<Vec<String>>(value) else { return value.clone() };
    let old: Vec<String> = stood.iter().filter_map(|one| typed::<Vec<String>>(one)).flatten().collect();
    items.into_iter().filter(|item| !old.contains(item)).collect::<Vec<_>>().to_scalar()
}

/// See [`super::canonical`].
pub(super) fn canonical(kind: Kind, intent: &Intent) -> Intent {
    match intent {
        Intent::Set { path, value } => {
            let value = written_well(kind, &path.field, path.column.as_deref(), value);
            Intent::Set { path: path.clone(), value }
        }
        Intent::AddRow { field, row, columns } => {
            let well = |(name, value): (&String, &Scalar)| {
                (name.clone(), written_well(kind, field, Some(name), value))
            };
            Intent::AddRow { field: field.clone(), row: *row, columns: columns.iter().map(well).collect() }
        }
        Intent::EditText { .. } => intent.clone(),
    }
}

fn written_well(kind: Kind, field: &str, column: Option<&str>, value: &Scalar) -> Scalar {
    let Some(rule) = rule_of(kind, field, column) else { return value.clone() };
    let one = |read: fn(&str) -> Result<String, written::Miswritten>| {
        value.as_text().and_then(|text| read(text).ok()).map(Scalar::Text)
    };
    let all = |read: fn(&str) -> Result<String, written::Miswritten>| {
        let items = typed::<Vec<String>>(value)?;
        Some(items.into_iter().map(|item| read(&item).unwrap_or(item)).collect::<Vec<_>>().to_scalar())
    };
    let well = match rule {
        Rule::RegistryCode => one(written::registry_code),
        Rule::VatNumber => one(written::vat_number),
        Rule::Iban => one(written::iban),
        Rule::Phones => all(written::phone),
        Rule::Emails => all(written::email),
        Rule::NotNegative | Rule::UpTo(_) | Rule::PositiveUpTo(_) | Rule::Percent | Rule::Repetition => None,
    };
    well.unwrap_or_else(|| value.clone())
}

fn rule_of(kind: Kind, field: &str, column: Option<&str>) -> Option<Rule> {
    let is_here =
        |rule: &&(Kind, &str, Option<&str>, Rule)| (rule.0, rule.1, rule.2) == (kind, field, column);
    RULES.iter().find(is_here).map(|(.., rule)| *rule)
}

fn judged(
    kind: Kind,
    path: FieldPath,
    field: &str,
    column: Option<&str>,
    value: &Scalar,
) -> Option<Objection> {
    let rule = rule_of(kind, field, column)?;
    if value.is_null() {
        return None;
    }
    rule.judge(value).err().map(|why| Objection { path, why })
}

impl Rule {
    fn judge(self, value: &Scalar) -> Result<(), Why> {
        let text = value.as_text().unwrap_or_default();
        match self {
            Self::NotNegative | Self::UpTo(_)
                if number(value).is_some_and(|number| number < Decimal::ZERO) =>
            {
                Err(Why::Negative)
            }
            Self::PositiveUpTo(_) if number(value).is_some_and(|number| number <= Decimal::ZERO) => {
                Err(Why::NotPositive)
            }
            Self::UpTo(most) | Self::PositiveUpTo(most)
                if number(value).is_some_and(|number| number > Decimal::from(most)) =>
            {
                Err(Why::TooLarge { most })
            }
            Self::Percent => match number(value) {
                Some(number) if number < Decimal::ZERO => Err(Why::Negative),
                Some(number) if number > Decimal::ONE_HUNDRED => Err(Why::AboveHundred),
                _ => Ok(()),
            },
            Self::NotNegative | Self::UpTo(_) | Self::PositiveUpTo(_) => Ok(()),
            Self::RegistryCode => Ok(written::registry_code(text).map(drop)?),
            Self::VatNumber => Ok(written::vat_number(text).map(drop)?),
            Self::Iban => Ok(written::iban(text).map(drop)?),
            Self::Phones => each(value, written::phone),
            Self::Emails => each(value, written::email),
            Self::Repetition => typed::<Periodicity>(value).map_or(Ok(()), |repeats| repetition(&repeats)),
        }
    }
}

/// The number in a decimal, a whole number or an amount of money.
fn number(value: &Scalar) -> Option<Decimal> {
    match value {
        Scalar::Int(number) => Some(Decimal::from(*number)),
        Scalar::Text(_) => Decimal::from_scalar(value)
            .ok()
            .or_else(|| Money::from_scalar(value).ok().map(|money| Decimal::from(money.minor))),
        Scalar::Bool(_) | Scalar::Null => None,
    }
}

fn each(value: &Scalar, read: fn(&str) -> Result<String, written::Miswritten>) -> Result<(), Why> {
    for one in typed::<Vec<String>>(value).unwrap_or_default() {
        drop(read(&one)?);
    }
    Ok(())
}

fn repetition(repeats: &Periodicity) -> Result<(), Why> {
    match repeats {
        Periodicity::Once => Ok(()),
        Periodicity::Meter { every, .. } if *every > 0 => Ok(()),
        Periodicity::Meter { .. } => Err(Why::NotPositive),
        Periodicity::Calendar { start, end: Some(end), .. } if end < start => Err(Why::EndsBeforeStart),
        Periodicity::Calendar { rule, start, .. } => {
            let wrong = |problem: rrule::RRuleError| Why::NotARepetition { problem: problem.to_string() };
            let rule: RRule<Unvalidated> = rule.parse().map_err(&wrong)?;
            let midnight = start.and_time(chrono::NaiveTime::MIN);
            rule.validate(Tz::UTC.from_utc_datetime(&midnight)).map(drop).map_err(wrong)
        }
    }
}

/// An item of a checklist that no answer could satisfy.
fn item(row: crate::id::RowId, columns: &BTreeMap<String, Scalar>) -> Option<Objection> {
    let of = |column: &str| columns.get(column).unwrap_or(&Scalar::Null);
    let bound = |column: &str| typed::<Decimal>(of(column));
    let at = |column: &str, why| Some(Objection { path: FieldPath::column("items", row, column), why });
    if of("answer_kind").as_text() == Some("one_of")
        && typed::<Vec<String>>(of("choices")).is_none_or(|choices| choices.is_empty())
    {
        return at("choices", Why::NoChoices);
    }
    let crossed = bound("minimum").zip(bound("maximum")).is_some_and(|(least, most)| most < least);
    if crossed { at("maximum", Why::BoundsCrossed) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_names_a_field_that_exists() {
        for (kind, field, column, _) in RULES {
            let schema = crate::records::schema(*kind).field(field);
            let schema = schema.unwrap_or_else(|| panic!("{kind:?} has no {field}"));
            match column {
                None => assert!(schema.columns().is_none(), "{kind:?}/{field} holds rows"),
                Some(column) => assert!(schema.column(column).is_some(), "{kind:?}/{field} has no {column}"),
            }
        }
    }
}
