use std::collections::BTreeSet;

use crate::id::DocumentId;
use crate::kind::Kind;
use crate::records::schema;
use crate::records::{Employee, ServiceCard, Visit, VisitAct, VisitEvent, WorkRow};
use crate::rules::carries::{Carry, carried_kinds, carries, links};
use crate::sample::{Sample, by, id, link, row};

#[test]
fn what_each_kind_carries() {
    let cases: [(Kind, &[&str]); 11] = [
        (Kind::Visit, &["complaint", "contract", "customer", "equipment", "service_card", "visit"]),
        (Kind::ServiceCard, &["complaint", "contract", "customer", "equipment", "visit"]),
        (Kind::Complaint, &["customer", "equipment", "service_card", "visit"]),
        (Kind::Customer, &[]),
        (Kind::Equipment, &[]),
        (Kind::Checklist, &[]),
        (Kind::Company, &[]),
        (Kind::Role, &[]),
        (Kind::Team, &[]),
        (Kind::Employee, &[]),
        (Kind::DirectoryEntry, &[]),
    ];
    for (kind, carried) in cases {
        assert_eq!(carried_kinds(kind), carried, "{kind}");
    }
}

#[test]
fn every_carry_names_fields_that_link() {
    let links_in = |kind: Kind, name: &str| schema(kind).field(name).is_some();
    for &kind in Kind::ALL {
        for carry in carries(kind) {
            let there = match *carry {
                Carry::To { field } => links_in(kind, field),
                Carry::Through { field, then } => links_in(kind, field) && links_in(Kind::ServiceCard, then),
                Carry::Back { kind, field } => links_in(kind, field),
                Carry::Beside { field, kind: other, back } => links_in(kind, field) && links_in(other, back),
            };
            assert!(there, "{kind}: {carry:?}");
        }
    }
}

#[test]
fn a_record_links_by_fields_lists_and_rows() {
    let sent = VisitEvent {
        what: Some(VisitAct::Dispatched),
        specialists: vec![link("Andrii")],
        ..VisitEvent::default()
    };
    let work = WorkRow { work_kind: Some(link("filter")), ..WorkRow::default() };
    let withdrawal =
        crate::record::Withdrawal { by: id("Andrii"), at: crate::sample::at("09:00"), why: "x".into() };
    let visit = Sample::of(Kind::Visit)
        .with(Visit::CARD.set(&link("card")))
        .with(Visit::SPECIALISTS.set(&vec![link("Andrii"), link("Bohdan")]))
        .with(Visit::EVENTS.add(row("sent"), by("Olena", "08:00"), &sent))
        .with(Visit::WORKS.add(row("work"), by("Andrii", "09:00"), &work))
        .with(Visit::WORKS.add(row("gone"), by("Andrii", "09:00"), &work))
        .with(Visit::WORKS.withdraw(row("gone"), &withdrawal));
    let found: BTreeSet<(String, &str, DocumentId)> =
        links(&visit.reading).into_iter().map(|link| (link.path.to_string(), link.kind, link.id)).collect();
    let expected = [
        ("card".to_owned(), "service_card", id("card")),
        ("specialists".to_owned(), "employee", id("Andrii")),
        ("specialists".to_owned(), "employee", id("Bohdan")),
        (format!("events/{}/specialists", row("sent")), "employee", id("Andrii")),
        (format!("works/{}/work_kind", row("work")), "directory_entry", id("filter")),
    ];
    assert_eq!(found, expected.into());
}

#[test]
fn a_link_to_a_kind_not_built_yet_is_a_link() {
    let card = Sample::of(Kind::ServiceCard).with(ServiceCard::CONTRACT.set(&link("contract")));
    let found: Vec<(&str, DocumentId)> =
        links(&card.reading).into_iter().map(|link| (link.kind, link.id)).collect();
    assert_eq!(found, [("contract", id("contract"))]);
}

#[test]
fn of_a_list_in_conflict_every_value_counts_once() {
    let one = vec![link::<Employee>("Andrii"), link("Bohdan")];
    let other = vec![link("Andrii"), link("Vira")];
    let visit = Sample::of(Kind::Visit).at_once("specialists", &[one, other]);
    let found: BTreeSet<_> = links(&visit.reading).into_iter().map(|link| link.id).collect();
    assert_eq!(found, ["Andrii", "Bohdan", "Vira"].map(id).into());
    assert_eq!(links(&visit.reading).len(), 3);
}

#[test]
fn of_a_link_in_conflict_every_value_is_a_link() {
    let visit = Sample::of(Kind::Visit).at_once("card", &[link::<ServiceCard>("one"), link("two")]);
    let found: BTreeSet<_> = links(&visit.reading).into_iter().map(|link| link.id).collect();
    assert_eq!(found, [id("one"), id("two")].into());
}
