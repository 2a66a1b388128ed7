//! Lists stand in the order people mean: choices and states in their own order, links by the names that are seen.

use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::FieldPath;
use halyard_domain::records::{
    Complaint, Customer, CustomerStatus, Employee, Equipment, ServiceCard, Visit, VisitAct, schema,
};
use halyard_domain::rules::VisitState;
use halyard_domain::schema::Shape;
use halyard_domain::value::{Scalar, ScalarType};
use halyard_tables::list::{Direction, ListQuery, SortKey};
use halyard_tables::rows::rows_of;
use halyard_tables::sql::SqlValue;
use halyard_tables::tables::tables_of;
use halyard_tables::verify::differences;
use halyard_testkit::sample::*;

use crate::database::Database;

/// The column `shown` of a list sorted by `sort`.
fn listed(database: &Database, kind: Kind, sort: &str, direction: Direction, shown: &str) -> Vec<SqlValue> {
    let mut query = ListQuery::of(kind, &[shown], 200);
    query.sort = vec![SortKey::new(sort, direction)];
    database.list(&query).rows.into_iter().map(|row| row.cells.into_iter().next().unwrap()).collect()
}

fn texts(names: &[&str]) -> Vec<SqlValue> {
    names.iter().map(|name| SqlValue::Text((*name).to_owned())).collect()
}

#[test]
fn every_choice_is_sorted_in_its_own_order() {
    let mut seen = 0;
    for &kind in Kind::ALL {
        for field in schema(kind).fields {
            let Shape::Scalar(ScalarType::Choice(names)) = field.shape else { continue };
            let database = Database::device();
            let newer = "of_a_newer_version";
            for name in names.iter().rev().chain([&newer]) {
                let value = Scalar::Text((*name).to_owned());
                let set = Intent::Set { path: FieldPath::root(field.name), value };
                database.put(&Sample::of(kind, name).with(set));
            }
            let mut expected = texts(&[names, &[newer]].concat());
            assert_eq!(listed(&database, kind, field.name, Direction::Ascending, field.name), expected);
            expected.reverse();
            assert_eq!(listed(&database, kind, field.name, Direction::Descending, field.name), expected);
            seen += 1;
        }
    }
    assert!(seen >= 6, "{seen} choices");
}

#[test]
fn states_and_outcomes_stand_in_the_order_they_come_in() {
    let database = Database::device();
    let began = |name: &str| visit_of(name, "c", 2).visit_event(VisitAct::Dispatched);
    database.put_all(&[
        card("c"),
        visit_of("cancelled", "c", 2).visit_event(VisitAct::Cancelled),
        began("completed").completed(),
        began("accepted").visit_event(VisitAct::Accepted),
        visit("new"),
        began("dispatched"),
        visit_of("scheduled", "c", 3),
    ]);
    let states = listed(&database, Kind::Visit, "state", Direction::Ascending, "state");
    let in_order = ["new", "scheduled", "dispatched", "accepted", "completed", "cancelled"];
    assert_eq!(states, texts(&in_order));
    assert!(in_order.iter().all(|name| VisitState::NAMES.contains(name)));
    let outcomes = listed(&database, Kind::Visit, "outcome", Direction::Ascending, "outcome");
    assert_eq!(outcomes.first(), texts(&["completed"]).first());
}

/// Three customers in an order that neither their ids nor the code points of their names have.
fn customers(database: &Database) {
    for (name, called) in [("first", "Яблуко"), ("second", "Ґанок"), ("third", "Іва")] {
        database.put(&customer(name, called));
    }
}

#[test]
fn links_are_sorted_by_the_names_people_see_and_follow_a_new_name() {
    for database in [Database::device(), Database::office()] {
        // One visit comes before its customer, the others behind.
        database.put(&visit("of-first").with(Visit::CUSTOMER.set(&link("first"))));
        customers(&database);
        for name in ["second", "third"] {
            database.put(&visit(&format!("of-{name}")).with(Visit::CUSTOMER.set(&link(name))));
        }
        database.put(&visit("of-nobody"));
        let order = |direction| {
            let customers = listed(&database, Kind::Visit, "customer", direction, "customer");
            customers.iter().map(SqlValue::document).collect::<Vec<_>>()
        };
        let named =
            |names: [&str; 3]| names.map(|name| Some(id(name))).into_iter().chain([None]).collect::<Vec<_>>();
        assert_eq!(order(Direction::Ascending), named(["second", "third", "first"]));
        assert_eq!(order(Direction::Descending), named(["first", "third", "second"]));

        database.put(&customer("second", "Юність"));
        assert_eq!(order(Direction::Ascending), named(["third", "second", "first"]));
        let moved = visit("of-first").with(Visit::CUSTOMER.set(&link("third")));
        database.put(&moved);
        assert_eq!(
            database.cell(Kind::Visit, "of-first", "customer_key"),
            database.cell(Kind::Customer, "third", "label_key")
        );
        let rows = rows_of(moved.id, &moved.reading);
        assert_eq!(differences(&database.connection, database.target, &rows).unwrap(), Vec::new());

        database.remove(Kind::Customer, "third");
        assert!(database.cell(Kind::Visit, "of-first", "customer_key").is_null());
        assert_eq!(differences(&database.connection, database.target, &rows).unwrap(), Vec::new());
    }
}

#[test]
fn every_link_a_journal_is_sorted_by_has_its_key_whatever_order_records_came_in() {
    let person = Sample::of(Kind::Employee, "person").with(Employee::SURNAME.set(&"Їжак".to_owned()));
    let samples = [
        visit_of("v", "c", 2)
            .with(Visit::CUSTOMER.set(&link("customer")))
            .with(Visit::EQUIPMENT.set(&link("boiler"))),
        card("c")
            .with(ServiceCard::CUSTOMER.set(&link("customer")))
            .with(ServiceCard::EQUIPMENT.set(&link("boiler")))
            .with(ServiceCard::RESPONSIBLE.set(&link("person"))),
        Sample::of(Kind::Complaint, "complaint")
            .with(Complaint::CUSTOMER.set(&link("customer")))
            .with(Complaint::CARD.set(&link("c")))
            .with(Complaint::RESPONSIBLE.set(&link("person"))),
        equipment("boiler", "Котел").with(Equipment::CUSTOMER.set(&link("customer"))),
        customer("customer", "Ґанок")
            .with(Customer::RESPONSIBLE.set(&link("person")))
            .with(Customer::STATUS.set(&CustomerStatus::Customer)),
        person,
    ];
    let (forth, back) = (Database::device(), Database::device());
    samples.iter().for_each(|sample| forth.put(sample));
    samples.iter().rev().for_each(|sample| back.put(sample));
    assert_eq!(forth.dump(), back.dump());
    for (kind, name, link) in [
        (Kind::Visit, "v", "card"),
        (Kind::Visit, "v", "customer"),
        (Kind::Visit, "v", "equipment"),
        (Kind::ServiceCard, "c", "customer"),
        (Kind::ServiceCard, "c", "equipment"),
        (Kind::ServiceCard, "c", "responsible"),
        (Kind::Complaint, "complaint", "customer"),
        (Kind::Complaint, "complaint", "card"),
        (Kind::Complaint, "complaint", "responsible"),
        (Kind::Equipment, "boiler", "customer"),
        (Kind::Customer, "customer", "responsible"),
    ] {
        let column = tables_of(kind).main.column(link).unwrap();
        assert!(!forth.cell(kind, name, column.sorted()).is_null(), "{kind}.{link}");
        assert_ne!(column.sorted(), link);
    }
}
