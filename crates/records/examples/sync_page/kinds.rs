//! Every kind with its fields: where they stand, what they hold, who writes them, who decides.

use halyard_domain::kind::{Group, Kind};
use halyard_domain::records::{every_record, schema};
use halyard_domain::rights::ability_for;
use halyard_domain::schema::{ColumnSchema, EventType, FieldSchema, RecordSchema, Shape};

use crate::values::name;

const COLUMNS: &str = "| path | holds | written by | conflict |\n|---|---|---|---|\n";

pub(crate) fn section() -> String {
    Kind::ALL.iter().map(|kind| one(schema(*kind))).collect::<Vec<_>>().join("\n")
}

fn one(schema: &RecordSchema) -> String {
    let kind = schema.kind;
    let mut text = format!(
        "### Kind `{kind}`\n\nSection `{}`, made by {}, schema version {}.\n\n{COLUMNS}",
        schema.section.name(),
        groups(schema.made_by),
        schema.version,
    );
    let own = schema.fields.len() - every_record::COUNT;
    for field in schema.fields.iter().take(own) {
        text += &row(kind, field);
    }
    text
}

fn row(kind: Kind, field: &FieldSchema) -> String {
    let decides = field.decider.name();
    let (path, holds, written, conflict) = match field.shape {
        Shape::Scalar(scalar) if field.owners == [Group::Relay] => {
            (field.name.to_owned(), name(scalar), groups(field.owners), "never".to_owned())
        }
        Shape::Scalar(scalar) => {
            (field.name.to_owned(), name(scalar), groups(field.owners), decides.to_owned())
        }
        Shape::Text => (
            field.name.to_owned(),
            "text".to_owned(),
            groups(field.owners),
            "never: letters merge".to_owned(),
        ),
        Shape::Rows { columns } => {
            let corrected = match (field.written_once, field.holds_facts()) {
                (true, _) => "written once",
                (false, true) => "facts",
                (false, false) => "descriptions",
            };
            let holds = format!("rows, {corrected}: {}", columns_of(columns));
            (format!("{}/*row*", field.name), holds, groups(field.owners), format!("column: {decides}"))
        }
        Shape::Events { columns, types } => {
            let holds = format!("events: {}", columns_of(columns));
            (format!("{}/*row*", field.name), holds, event_types(kind, types), format!("column: {decides}"))
        }
    };
    let since = if field.since == 1 { String::new() } else { format!(" (since version {})", field.since) };
    format!("| {path}{since} | {holds} | {written} | {conflict} |\n")
}

fn columns_of(columns: &[ColumnSchema]) -> String {
    let named = columns.iter().map(|column| format!("`{}` {}", column.name, name(column.scalar)));
    named.collect::<Vec<_>>().join(", ")
}

/// Types of events by the groups that add them, in declaration order.
fn event_types(kind: Kind, types: &[EventType]) -> String {
    let mut owners: Vec<&[Group]> = Vec::new();
    for event in types {
        if !owners.contains(&event.owners) {
            owners.push(event.owners);
        }
    }
    let of = |owner: &[Group]| {
        let named = types.iter().filter(|event| event.owners == owner).map(|event| {
            match ability_for(kind, event.name) {
                Some(ability) => format!("`{}` (with the ability `{}`)", event.name, ability.name()),
                None => format!("`{}`", event.name),
            }
        });
        format!("{}: {}", groups(owner), named.collect::<Vec<_>>().join(" "))
    };
    owners.into_iter().map(of).collect::<Vec<_>>().join("; ")
}

fn groups(groups: &[Group]) -> String {
    groups.iter().map(|group| group.name()).collect::<Vec<_>>().join(", ")
}
