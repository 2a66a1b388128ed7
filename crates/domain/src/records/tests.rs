//! What must hold for every record kind, however it is declared.

use std::collections::BTreeSet;

use super::*;
use crate::kind::Group;
use crate::schema::{Shape, root_key, row_column};
use crate::value::{FieldValue, Scalar, ScalarType};

fn schemas() -> impl Iterator<Item = &'static RecordSchema> {
    Kind::ALL.iter().map(|&kind| schema(kind))
}

#[test]
fn every_kind_has_the_schema_of_its_own_name() {
    for &kind in Kind::ALL {
        assert_eq!(schema(kind).kind, kind);
    }
}

#[test]
fn a_name_is_used_once_and_never_taken_from_the_common_ones() {
    for schema in schemas() {
        let mut names = BTreeSet::from([root_key::KIND]);
        for field in schema.fields {
            assert!(names.insert(field.name), "{}: {} twice", schema.kind, field.name);
            let mut columns = BTreeSet::from([row_column::BY, row_column::AT, row_column::WITHDRAWN]);
            for column in field.columns().unwrap_or_default() {
                assert!(columns.insert(column.name), "{}: {}/{}", schema.kind, field.name, column.name);
            }
        }
    }
}

#[test]
fn every_kind_ends_with_the_common_fields() {
    let common = [root_key::AUTHOR, root_key::PROPOSALS, root_key::MERGED_INTO, root_key::WITHDRAWN];
    assert_eq!(common.len(), every_record::COUNT);
    for schema in schemas() {
        let names: Vec<&str> = schema.fields.iter().rev().take(4).rev().map(|field| field.name).collect();
        assert_eq!(names, common, "{}", schema.kind);
        let own = schema.field(root_key::MERGED_INTO).map(|field| &field.shape);
        assert!(matches!(own, Some(Shape::Scalar(ScalarType::Link(name))) if *name == schema.kind.name()));
    }
}

#[test]
fn every_type_of_event_belongs_to_somebody_and_has_a_what_column() {
    for field in schemas().flat_map(|schema| schema.fields) {
        let Shape::Events { columns, types } = field.shape else { continue };
        let what = columns.iter().find(|column| column.name == row_column::WHAT).map(|column| column.scalar);
        let names: Vec<&str> = types.iter().map(|one| one.name).collect();
        assert!(matches!(what, Some(ScalarType::Choice(choices)) if choices == names), "{}", field.name);
        for one in types {
            assert!(!one.owners.is_empty() && !one.owners.contains(&Group::Relay), "{}", one.name);
        }
    }
}

#[test]
fn the_relay_owns_numbers_and_nothing_else() {
    for schema in schemas() {
        for field in schema.fields {
            let relay = field.owners.contains(&Group::Relay);
            assert_eq!(relay, field.name == "number", "{}: {}", schema.kind, field.name);
            assert_eq!(relay, field.owners == [Group::Relay]);
        }
    }
}

#[test]
fn every_group_of_values_is_checked_from_outside() {
    let groups = schemas().flat_map(|schema| schema.fields).flat_map(|field| match field.shape {
        Shape::Scalar(scalar) => vec![scalar],
        Shape::Text => Vec::new(),
        Shape::Rows { columns } | Shape::Events { columns, .. } => {
            columns.iter().map(|column| column.scalar).collect()
        }
    });
    for scalar in groups.filter(|scalar| matches!(scalar, ScalarType::Group(_))) {
        let ScalarType::Group(name) = scalar else { continue };
        let error = scalar.check(&Scalar::Text("{}".to_owned())).err();
        assert!(
            error.is_some_and(|error| error.expected != "a known group of values"),
            "{name} is not listed in check_group"
        );
    }
}

#[test]
fn links_name_kinds_of_this_version_or_unbuilt_ones() {
    let unbuilt =
        ["contract", "product", "request", "document", "project", "sla_policy", "custom_field", "calendar"];
    for field in schemas().flat_map(|schema| schema.fields) {
        let Shape::Scalar(ScalarType::Link(name)) = field.shape else { continue };
        assert!(Kind::from_name(name).is_some() || unbuilt.contains(&name), "{} links to {name}", field.name);
    }
}

#[test]
fn a_mark_is_from_one_to_five() {
    for (mark, is) in [(0, false), (1, true), (5, true), (6, false), (-1, false), (i64::MAX, false)] {
        assert_eq!(Mark::from_scalar(&Scalar::Int(mark)).is_ok(), is, "{mark}");
    }
}

/// The owners of every field as `domain.md` gives them: O, T, C, S.
#[test]
fn who_owns_what_on_a_visit() {
    let letters: Vec<String> = Visit::SCHEMA.fields.iter().map(letters).collect();
    insta::assert_snapshot!(letters.join("\n"), @r#"
    number S, dispatcher decides
    card O, dispatcher decides
    customer O, dispatcher decides
    equipment O, dispatcher decides
    site O, dispatcher decides
    window O, dispatcher decides
    duration_minutes O, dispatcher decides
    specialists O, dispatcher decides
    pinned O, dispatcher decides
    planned_works O, dispatcher decides
    instructions O, dispatcher decides
    events [dispatched O, accepted T, declined T, travel_started T, arrived T, work_started T, paused T, resumed T, completed T, completed_partly T, cannot_complete T, reviewed O, closed O, cancelled O, reopened O]
    works T, reviewer decides
    parts T, reviewer decides
    readings T, reviewer decides
    checklist_answers T, responsible decides
    findings TO, dispatcher decides
    recommendations TO, dispatcher decides
    photos T, reviewer decides
    signatures C, reviewer decides
    signature_refusal T, reviewer decides
    rating C, reviewer decides
    rating_comment C, reviewer decides
    author OT, dispatcher decides
    proposals OT, reviewer decides
    merged_into O, dispatcher decides
    withdrawn O, dispatcher decides
    "#);
}

#[test]
fn who_owns_what_on_a_complaint() {
    let letters: Vec<String> = Complaint::SCHEMA.fields.iter().map(letters).collect();
    insta::assert_snapshot!(letters.join("\n"), @r#"
    number S, dispatcher decides
    received_at OT, responsible decides
    channel OT, responsible decides
    customer OT, responsible decides
    contact OT, responsible decides
    contact_note OT, responsible decides
    complaint_kind OT, responsible decides
    equipment OT, responsible decides
    serial OT, responsible decides
    batch OT, responsible decides
    product OT, responsible decides
    card OT, responsible decides
    visit OT, responsible decides
    request OT, responsible decides
    description OT, dispatcher decides
    wish OT, dispatcher decides
    photos OT, reviewer decides
    documents OT, reviewer decides
    severity OT, responsible decides
    responsible O, dispatcher decides
    team O, dispatcher decides
    members O, dispatcher decides
    containment OT, dispatcher decides
    cause_code OT, responsible decides
    cause OT, dispatcher decides
    actions OT, reviewer decides
    returns OT, reviewer decides
    compensation O, dispatcher decides
    compensation_note O, dispatcher decides
    messages OT, reviewer decides
    events [accepted O, analysis_started O, action_started O, verification_started O, answered O, customer_answered C, no_answer C, closed O, rejected O, reopened O]
    author OT, dispatcher decides
    proposals OT, reviewer decides
    merged_into O, dispatcher decides
    withdrawn O, dispatcher decides
    "#);
}

fn letters(field: &crate::schema::FieldSchema) -> String {
    let letter = |group: &Group| match group {
        Group::Office => 'O',
        Group::Technician => 'T',
        Group::Customer => 'C',
        Group::Relay => 'S',
    };
    let of = |groups: &[Group]| groups.iter().map(letter).collect::<String>();
    match field.shape {
        Shape::Events { types, .. } => {
            let types: Vec<String> =
                types.iter().map(|one| format!("{} {}", one.name, of(one.owners))).collect();
            format!("{} [{}]", field.name, types.join(", "))
        }
        Shape::Scalar(_) | Shape::Text | Shape::Rows { .. } => {
            format!("{} {}, {} decides", field.name, of(field.owners), field.decider)
        }
    }
}
