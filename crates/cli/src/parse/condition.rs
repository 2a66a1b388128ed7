//! Conditions and orders of lists: `state=a,b`, `window>=2026-03-02`, `customer.name~сонях`, `-window`.

use halyard_device::domain::kind::Kind;
use halyard_device::domain::records::schema;
use halyard_device::domain::rules::{CardState, ComplaintState, Outcome, VisitState};
use halyard_device::domain::schema::{FieldSchema, Shape};
use halyard_device::domain::value::{Scalar, ScalarType};
use halyard_device::tables::columns::Meaning;
use halyard_device::tables::list::{Direction, Filter, Show, SortKey};
use halyard_device::tables::tables::column::{MERGED_INTO, WITHDRAWN};
use halyard_device::tables::tables::tables_of;

use super::moments::{Edge, date};
use super::names::{column_named, listed_named};
use super::values::{Reader, decimal};
use super::{Parsed, column};
use crate::failure::Failure;
use crate::words::Usage;
use crate::words::headings::OVERDUE;

/// What stands between a column and a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Is,
    IsNot,
    Contains,
    AtLeast,
    AtMost,
}

/// Longest first, so that `>=` is not read as `=`.
const SIGNS: [(&str, Sign); 5] = [
    ("!=", Sign::IsNot),
    (">=", Sign::AtLeast),
    ("<=", Sign::AtMost),
    ("~", Sign::Contains),
    ("=", Sign::Is),
];

/// Whose columns a condition speaks of.
#[derive(Clone, Copy)]
enum On {
    Record(Kind),
    Rows(&'static FieldSchema),
}

/// A column and what a value for it looks like.
struct Compared {
    column: String,
    scalar: ScalarType,
    /// Money is compared by its minor units, percent by its hundredths.
    scaled: bool,
}

/// Whether a condition speaks of `asked`, the column for whose sake a list leaves records out.
fn speaks_of(filter: &Filter, asked: &str) -> bool {
    match filter {
        Filter::Equals { column, .. }
        | Filter::OneOf { column, .. }
        | Filter::Between { column, .. }
        | Filter::Contains { column, .. }
        | Filter::IsEmpty { column } => column == asked,
        Filter::Not { filter } => speaks_of(filter, asked),
        Filter::AnyOf { filters } => filters.iter().any(|one| speaks_of(one, asked)),
        Filter::State { .. }
        | Filter::Includes { .. }
        | Filter::Linked { .. }
        | Filter::HasRow { .. }
        | Filter::Referred { .. } => false,
    }
}

/// What a list leaves out. A condition on what is withdrawn brings that in and leaves duplicates out, and the
/// other way round; further conditions say so.
pub(crate) fn shown(filters: &mut Vec<Filter>) -> Show {
    let names = |asked| filters.iter().any(|filter| speaks_of(filter, asked));
    match (names(WITHDRAWN), names(MERGED_INTO)) {
        (false, false) => return Show::Standing,
        (true, true) => {}
        (true, false) => filters.push(Filter::IsEmpty { column: MERGED_INTO.to_owned() }),
        (false, true) => {
            filters.push(Filter::Equals { column: WITHDRAWN.to_owned(), value: Scalar::Bool(false) });
        }
    }
    Show::Everything
}

/// A condition on records of a kind.
pub(crate) fn condition(kind: Kind, text: &str, reader: Reader<'_>) -> Parsed<Filter> {
    if let Some(late) = overdue(kind, text, reader)? {
        return Ok(late);
    }
    let at = text.find(['!', '>', '<', '~', '=']);
    let (name, rest) = at.and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""));
    let sign = SIGNS.iter().find_map(|(sign, means)| Some((*means, rest.strip_prefix(sign)?)));
    let (sign, value) = sign.ok_or_else(|| Failure::usage(&Usage::BadCondition { text }, reader.lang))?;
    on(On::Record(kind), name.trim(), sign, value.trim(), reader)
}

/// `overdue` alone, or `overdue=no`: late by now. Other kinds cannot be late.
fn overdue(kind: Kind, text: &str, reader: Reader<'_>) -> Parsed<Option<Filter>> {
    let (name, answer) = text.split_once('=').unwrap_or((text, ""));
    if ![OVERDUE.uk, OVERDUE.en, OVERDUE.ru].contains(&name.trim().to_lowercase().as_str()) {
        return Ok(None);
    }
    let late = Filter::overdue(kind, reader.wall.now());
    let late = late.ok_or_else(|| Failure::usage(&Usage::NeverOverdue, reader.lang))?;
    let is_wanted = answer.trim().is_empty()
        || reader.value(name, ScalarType::Bool, answer.trim())? == Scalar::Bool(true);
    Ok(Some(if is_wanted { late } else { Filter::Not { filter: Box::new(late) } }))
}

/// A column to sort by; `-` in front turns the order round.
pub(crate) fn sort_key(kind: Kind, text: &str) -> SortKey {
    let (name, direction) = match text.trim().strip_prefix('-') {
        Some(name) => (name, Direction::Descending),
        None => (text.trim(), Direction::Ascending),
    };
    SortKey::new(&compared(On::Record(kind), listed_named(kind, name)).column, direction)
}

/// The columns of a list that a name stands for: a window has a start and an end.
pub(crate) fn shown_columns(kind: Kind, name: &str) -> Vec<String> {
    let name = listed_named(kind, name.trim());
    let with = |endings: [&str; 2]| endings.map(|ending| format!("{name}{ending}")).to_vec();
    match schema(kind).field(name).map(|field| &field.shape) {
        Some(Shape::Scalar(ScalarType::Window)) => with(["_start", "_end"]),
        Some(Shape::Scalar(ScalarType::Money)) => with(["_minor", "_currency"]),
        _ => vec![name.to_owned()],
    }
}

fn on(place: On, name: &str, sign: Sign, value: &str, reader: Reader<'_>) -> Parsed<Filter> {
    if let Some((first, rest)) = name.split_once('.') {
        return below(place, first, rest, sign, value, reader);
    }
    let name = match place {
        On::Record(kind) => listed_named(kind, name),
        On::Rows(field) => column_named(field, name),
    };
    if let Some(item) = list_item(place, name) {
        return list(name, item, sign, value, reader);
    }
    let compared = compared(place, name);
    let column = compared.column.clone();
    match sign {
        Sign::Contains => Ok(Filter::Contains { column, text: value.to_owned() }),
        Sign::Is if value.is_empty() => Ok(Filter::IsEmpty { column }),
        Sign::IsNot => Ok(Filter::Not { filter: Box::new(on(place, name, Sign::Is, value, reader)?) }),
        Sign::AtLeast => {
            let from = Some(compared.value(value, Edge::Start, reader)?);
            Ok(Filter::Between { column, from, to: None })
        }
        Sign::AtMost => {
            let to = Some(compared.value(value, Edge::End, reader)?);
            Ok(Filter::Between { column, from: None, to })
        }
        Sign::Is if compared.scalar == ScalarType::Instant && date(value).is_some() => {
            let from = Some(compared.value(value, Edge::Start, reader)?);
            let to = Some(compared.value(value, Edge::End, reader)?);
            Ok(Filter::Between { column, from, to })
        }
        Sign::Is => {
            let parts = alternatives(compared.scalar, value);
            let values: Vec<Scalar> =
                parts.iter().map(|one| compared.value(one, Edge::Start, reader)).collect::<Parsed<_>>()?;
            match <[Scalar; 1]>::try_from(values) {
                Ok([value]) => Ok(Filter::Equals { column, value }),
                Err(values) => Ok(Filter::OneOf { column, values }),
            }
        }
    }
}

/// `works.work_kind=…` is about some row, `customer.name~…` about the record a link leads to.
fn below(place: On, first: &str, rest: &str, sign: Sign, value: &str, reader: Reader<'_>) -> Parsed<Filter> {
    if let On::Record(kind) = place {
        let found = super::field(schema(kind), first, reader.lang)?;
        if found.columns().is_some() {
            let inner = on(On::Rows(found), rest, sign, value, reader)?;
            return Ok(Filter::HasRow { field: found.name.to_owned(), filters: vec![inner] });
        }
    }
    let first = match place {
        On::Record(kind) => listed_named(kind, first),
        On::Rows(field) => column_named(field, first),
    };
    let compared = compared(place, first);
    let target = match compared.scalar {
        ScalarType::Link(kind) => Kind::from_name(kind),
        _ => None,
    };
    let Some(kind) = target else {
        return Err(Failure::usage(&Usage::BadCondition { text: &format!("{first}.{rest}") }, reader.lang));
    };
    let inner = on(On::Record(kind), rest, sign, value, reader)?;
    Ok(Filter::Linked { column: compared.column, filters: vec![inner] })
}

fn list(name: &str, item: ScalarType, sign: Sign, value: &str, reader: Reader<'_>) -> Parsed<Filter> {
    let column = name.to_owned();
    match sign {
        Sign::Is if value.is_empty() => Ok(Filter::IsEmpty { column }),
        Sign::Is => Ok(Filter::Includes { field: column, value: reader.value(name, item, value)? }),
        Sign::IsNot => Ok(Filter::Not { filter: Box::new(list(name, item, Sign::Is, value, reader)?) }),
        Sign::Contains | Sign::AtLeast | Sign::AtMost => {
            Err(Failure::usage(&Usage::BadCondition { text: name }, reader.lang))
        }
    }
}

fn list_item(place: On, name: &str) -> Option<ScalarType> {
    let On::Record(kind) = place else { return None };
    match schema(kind).field(name)?.shape {
        Shape::Scalar(ScalarType::List(item)) => Some(*item),
        _ => None,
    }
}

/// Several values of a choice or of links; texts may hold commas and are one value.
fn alternatives(scalar: ScalarType, value: &str) -> Vec<&str> {
    let parts: &[char] = match scalar {
        ScalarType::Choice(_) => &[',', ';'],
        ScalarType::Link(_) => &[';'],
        _ => return vec![value],
    };
    value.split(parts).map(str::trim).filter(|part| !part.is_empty()).collect()
}

impl Compared {
    fn value(&self, text: &str, edge: Edge, reader: Reader<'_>) -> Parsed<Scalar> {
        if !self.scaled {
            return reader.value_at(&self.column, self.scalar, text, edge);
        }
        let hundred = rust_decimal::Decimal::ONE_HUNDRED;
        let plain = text.trim_end_matches(['%', ' ']);
        let scaled = decimal(plain).and_then(|number| number.checked_mul(hundred));
        let whole = scaled.and_then(|number| i64::try_from(number.round()).ok());
        let name = self.column.as_str();
        whole.map(Scalar::Int).ok_or_else(|| Failure::usage(&Usage::BadDecimal { name, text }, reader.lang))
    }
}

fn compared(place: On, name: &str) -> Compared {
    let plain = |column: &str, scalar| Compared { column: column.to_owned(), scalar, scaled: false };
    let scalar = match place {
        On::Rows(field) => column(field, name, crate::words::Lang::En).ok().map(|(_, scalar)| scalar),
        // A list knows whether a record is withdrawn, the record by whom and why.
        On::Record(_) if name == WITHDRAWN => Some(ScalarType::Bool),
        On::Record(kind) => match schema(kind).field(name).map(|field| &field.shape) {
            Some(Shape::Scalar(scalar)) => Some(*scalar),
            Some(Shape::Text) => Some(ScalarType::Line),
            Some(Shape::Rows { .. } | Shape::Events { .. }) | None => None,
        },
    };
    match (scalar, place) {
        (Some(ScalarType::Window), _) => plain(&format!("{name}_start"), ScalarType::Instant),
        (Some(ScalarType::Money), _) => {
            Compared { column: format!("{name}_minor"), scalar: ScalarType::Int, scaled: true }
        }
        (Some(scalar), _) => plain(name, scalar),
        (None, On::Rows(_)) => plain(name, ScalarType::Line),
        (None, On::Record(kind)) => beside(kind, name),
    }
}

/// Columns that no field fills.
fn beside(kind: Kind, name: &str) -> Compared {
    let meaning = tables_of(kind).main.column(name).map(|column| column.meaning);
    let scalar = match (name, meaning) {
        ("state", _) => ScalarType::Choice(states(kind)),
        ("outcome", _) => ScalarType::Choice(Outcome::NAMES),
        (_, Some(Meaning::Link(kind))) => ScalarType::Link(kind),
        (_, Some(Meaning::Instant)) => ScalarType::Instant,
        (_, Some(Meaning::Bool)) => ScalarType::Bool,
        (_, Some(Meaning::Date)) => ScalarType::Date,
        (_, Some(Meaning::Int | Meaning::Millionths | Meaning::MinorUnits | Meaning::Offset)) => {
            ScalarType::Int
        }
        _ => ScalarType::Line,
    };
    Compared { column: name.to_owned(), scalar, scaled: name == "percent" }
}

/// The states records of a kind can be in, by their stored names.
pub(crate) fn states(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Visit => VisitState::NAMES,
        Kind::ServiceCard => CardState::NAMES,
        Kind::Complaint => ComplaintState::NAMES,
        Kind::Company
        | Kind::Role
        | Kind::Team
        | Kind::Employee
        | Kind::DirectoryEntry
        | Kind::Checklist
        | Kind::Customer
        | Kind::Equipment => &[],
    }
}

#[cfg(test)]
mod tests;
