//! Values that are written together, each with what its code writes. A group that a record declares
//! and that has no example here fails the generation.

use std::collections::BTreeSet;
use std::error::Error;

use halyard_domain::id::RowId;
use halyard_domain::kind::{Group, Kind};
use halyard_domain::record::Withdrawal;
use halyard_domain::records::schema;
use halyard_domain::records::values::{
    Blob, Coordinates, Decision, Periodicity, ProposedValue, Shift, WorkingHours,
};
use halyard_domain::rights::{Reach, SectionRights};
use halyard_domain::schema::{FieldSchema, Shape};
use halyard_domain::value::{FieldValue, Scalar, ScalarType};

use crate::values::{morning, printed, somebody};

const HEAD: &str = "### Groups of values\n\nEach is one string: a merge takes one writer's whole or the other's.\n\n\
                    | group | when | example |\n|---|---|---|\n";

pub(crate) fn section() -> Result<String, Box<dyn Error>> {
    let examples = examples()?;
    for name in declared() {
        let shown = examples.iter().any(|(group, ..)| *group == name);
        shown.then_some(()).ok_or_else(|| format!("give the group {name} an example in groups.rs"))?;
    }
    let mut text = String::from(HEAD);
    for (group, when, example) in examples {
        ScalarType::Group(group).check(&example)?;
        text += &format!("| {group} | {when} | {} |\n", printed(&example));
    }
    Ok(text)
}

/// Every group that a field or a column of some kind holds.
fn declared() -> BTreeSet<&'static str> {
    let fields = Kind::ALL.iter().flat_map(|kind| schema(*kind).fields);
    let mut scalars: Vec<ScalarType> = fields.flat_map(scalars_of).collect();
    let mut groups = BTreeSet::new();
    while let Some(scalar) = scalars.pop() {
        match scalar {
            ScalarType::Group(name) => drop(groups.insert(name)),
            ScalarType::List(item) => scalars.push(*item),
            _ => {}
        }
    }
    groups
}

fn scalars_of(field: &FieldSchema) -> Vec<ScalarType> {
    match field.shape {
        Shape::Scalar(scalar) => vec![scalar],
        Shape::Text => Vec::new(),
        Shape::Rows { columns } | Shape::Events { columns, .. } => {
            columns.iter().map(|column| column.scalar).collect()
        }
    }
}

type Example = (&'static str, &'static str, Scalar);

fn examples() -> Result<Vec<Example>, Box<dyn Error>> {
    let mut all = of_things()?;
    all.extend(of_people()?);
    Ok(all)
}

fn of_things() -> Result<Vec<Example>, Box<dyn Error>> {
    let digits = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let blob =
        Blob { sha256: digits.to_owned().try_into()?, bytes: 204_800, media_type: "image/jpeg".into() };
    let day = morning()?.0.local_date();
    let calendar = |end| Periodicity::Calendar { rule: "FREQ=MONTHLY;BYMONTHDAY=15".into(), start: day, end };
    let meter = Periodicity::Meter { meter: RowId::made_by_rule("meter/example"), every: 500 };
    let place = Coordinates { latitude_e6: 50_450_100, longitude_e6: 30_523_400 };
    Ok(vec![
        ("blob", "a file, named by its SHA-256", blob.to_scalar()),
        ("coordinates", "millionths of a degree, WGS 84", place.to_scalar()),
        ("periodicity", "it does not repeat", Periodicity::Once.to_scalar()),
        ("periodicity", "by an RFC 5545 rule, without end", calendar(None).to_scalar()),
        ("periodicity", "by a rule, up to a last day", calendar(Some(day)).to_scalar()),
        ("periodicity", "each so many units of a meter, a row of the equipment", meter.to_scalar()),
    ])
}

fn of_people() -> Result<Vec<Example>, Box<dyn Error>> {
    let (at, _) = morning()?;
    let shift = Shift { from_minute: 540, to_minute: 1080 };
    let hours = WorkingHours { monday: vec![shift], ..WorkingHours::default() };
    let by = somebody();
    let decision = |accepted, answer: &str| Decision { accepted, by, at, answer: answer.into() }.to_scalar();
    let rights = SectionRights { reach: Reach::Team, write: [Group::Office, Group::Technician].into() };
    let nothing = ProposedValue { value: Scalar::Null };
    let line = ProposedValue { value: Scalar::Text("2026-03-02".into()) };
    Ok(vec![
        ("working_hours", "minutes after local midnight; an empty day is a day off", hours.to_scalar()),
        (
            "section_rights",
            "`reach` none, own, team or all; `write` groups in this order",
            rights.to_scalar(),
        ),
        ("withdrawal", "", Withdrawal { by, at, why: "двічі".into() }.to_scalar()),
        ("proposed_value", "any canonical value, wrapped", line.to_scalar()),
        ("proposed_value", "to clear the field", nothing.to_scalar()),
        ("decision", "without an answer", decision(true, "")),
        ("decision", "with one", decision(false, "вже заплановано")),
    ])
}
