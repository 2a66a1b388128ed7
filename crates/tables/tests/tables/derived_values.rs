//! Values that depend on other records follow them, on devices and in the office alike.

use crate::database::*;
use halyard_domain::kind::Kind;
use halyard_domain::record::Withdrawal;
use halyard_domain::records::{Common, Complaint, Visit, VisitAct};
use halyard_domain::time::{Instant, TimeWindow};
use halyard_tables::rows::rows_of;
use halyard_tables::sql::SqlValue;
use halyard_tables::verify::differences;
use halyard_testkit::sample::*;

fn int(number: i64) -> SqlValue {
    SqlValue::Int(number)
}

#[track_caller]
fn check_card(database: &Database, name: &str, percent: i64, planned: i64, completed: i64) {
    let cell = |column| database.cell(Kind::ServiceCard, name, column);
    assert_eq!(
        [cell("percent"), cell("visits_planned"), cell("visits_completed")],
        [percent, planned, completed].map(int)
    );
}

#[test]
fn a_card_counts_the_work_of_all_its_visits_once() {
    for database in [Database::device(), Database::office()] {
        // given a card with two works of four hours and two hours
        database.put(&card("c").planned("cleaning", "10", "4").planned("check", "1", "2"));
        check_card(&database, "c", 0, 0, 0);

        // when two visits do parts of them
        database.put(&visit_of("v1", "c", 2).work("cleaning", "5").completed());
        database.put(&visit_of("v2", "c", 3).work("cleaning", "2.5").work("check", "1"));

        // then the percent is (0.75 · 4 + 1 · 2) ÷ 6
        check_card(&database, "c", 8_333, 2, 1);
    }
}

#[test]
fn a_visit_that_moves_to_another_card_leaves_the_first() {
    let database = Database::device();
    database.put_all(&[card("a"), card("b"), visit_of("v", "a", 2).completed()]);
    check_card(&database, "a", 10_000, 1, 1);

    database.put(&visit_of("v", "b", 2).completed());

    check_card(&database, "a", 0, 0, 0);
    check_card(&database, "b", 10_000, 1, 1);
}

#[test]
fn a_visit_gone_cancelled_or_made_by_mistake_does_not_count() {
    let database = Database::device();
    let mistake = Withdrawal { by: id("dispatcher"), at: at(2, "10:00"), why: "двічі".to_owned() };
    database.put_all(&[
        card("c"),
        visit_of("gone", "c", 2).completed(),
        visit_of("cancelled", "c", 3).visit_event(VisitAct::Cancelled),
        visit_of("mistake", "c", 4).completed().with(Common::WITHDRAWN.set(&mistake)),
        visit_of("stands", "c", 5),
    ]);
    check_card(&database, "c", 5_000, 2, 1);

    database.remove(Kind::Visit, "gone");

    check_card(&database, "c", 0, 1, 0);
}

#[test]
fn the_next_visit_of_a_card_is_the_earliest_still_open() {
    let database = Database::device();
    database.put_all(&[
        card("c"),
        visit_of("done", "c", 2).completed(),
        visit_of("late", "c", 9),
        visit_of("next", "c", 4),
    ]);
    let next = database.cell(Kind::ServiceCard, "c", "next_visit_start");
    assert_eq!(next, int(at(4, "09:00").unix_seconds()));
}

/// A visit of two hours.
fn visit_at(name: &str, start: &str) -> Sample {
    let start: Instant = start.parse().unwrap();
    let window = TimeWindow::new(start, start.plus_seconds(7_200).unwrap()).unwrap();
    let place = visit(name).with(Visit::CARD.set(&link("c"))).with(Visit::CUSTOMER.set(&link("customer")));
    place.with(Visit::WINDOW.set(&window))
}

#[test]
fn the_next_and_the_last_visit_keep_the_offset_they_were_entered_at() {
    for database in [Database::device(), Database::office()] {
        database.put_all(&[
            card("c"),
            customer("customer", "ТОВ Світло"),
            // The wall shows less, the moment is later; and one moment on two walls.
            visit_at("later", "2026-03-04T08:00:00-03:30"),
            visit_at("next", "2026-03-04T13:00:00+05:45"),
            visit_at("next too", "2026-03-04T16:15:00+09:00"),
            visit_at("before 1970", "1969-12-31T23:00:00-11:00").completed(),
            visit_at("last", "2026-03-02T23:00:00-11:00").completed(),
            visit_at("last but one", "2026-03-03T09:30:00+13:45").completed(),
        ]);
        let cells = |kind, name, column: &str| {
            [column.to_owned(), format!("{column}_offset")].map(|column| database.cell(kind, name, &column))
        };
        let entered = |text: &str| {
            let instant: Instant = text.parse().unwrap();
            [int(instant.unix_seconds()), int(instant.offset_minutes().into())]
        };
        let next = cells(Kind::ServiceCard, "c", "next_visit_start");
        assert_eq!(next, entered("2026-03-04T13:00:00+05:45"));
        let last = || cells(Kind::Customer, "customer", "last_visit_start");
        assert_eq!(last(), entered("2026-03-02T23:00:00-11:00"));

        database.remove(Kind::Visit, "last");
        database.remove(Kind::Visit, "last but one");
        assert_eq!(last(), entered("1969-12-31T23:00:00-11:00"));

        database.remove(Kind::Visit, "before 1970");
        assert_eq!(last(), [SqlValue::Null, SqlValue::Null]);
    }
}

#[test]
fn a_visits_percent_follows_the_planned_works_of_its_card() {
    for database in [Database::device(), Database::office()] {
        database.put(&visit_of("v", "c", 2).work("cleaning", "5"));
        assert_eq!(database.cell(Kind::Visit, "v", "percent"), int(0));

        database.put(&card("c").planned("cleaning", "20", "4"));
        assert_eq!(database.cell(Kind::Visit, "v", "percent"), int(2_500));

        database.put(&card("c").planned("cleaning", "10", "4"));
        assert_eq!(database.cell(Kind::Visit, "v", "percent"), int(5_000));
    }
}

#[test]
fn a_customer_and_an_object_know_what_happened_with_them() {
    let database = Database::device();
    let at_customer = |sample: Sample| {
        sample.with(Visit::CUSTOMER.set(&link("customer"))).with(Visit::EQUIPMENT.set(&link("boiler")))
    };
    database.put_all(&[
        customer("customer", "ТОВ Світло"),
        equipment("boiler", "Котел"),
        at_customer(visit_of("v1", "c", 2).completed()),
        at_customer(visit_of("v2", "c", 5).completed()),
        at_customer(visit_of("v3", "c", 9)),
        Sample::of(Kind::Complaint, "complaint")
            .with(Complaint::CUSTOMER.set(&link("customer")))
            .with(Complaint::EQUIPMENT.set(&link("boiler"))),
    ]);
    for (kind, name) in [(Kind::Customer, "customer"), (Kind::Equipment, "boiler")] {
        let cell = |column| database.cell(kind, name, column);
        let last = int(at(5, "09:00").unix_seconds());
        assert_eq!(
            [cell("visits_done"), cell("last_visit_start"), cell("open_complaints")],
            [int(2), last, int(1)]
        );
    }
}

#[test]
fn rows_are_equal_whatever_order_records_came_in() {
    let records = || {
        vec![
            card("c").planned("cleaning", "10", "4"),
            visit_of("v1", "c", 2).with(Visit::CUSTOMER.set(&link("customer"))).work("cleaning", "5"),
            customer("customer", "ТОВ Світло"),
            visit_of("v2", "c", 3).with(Visit::SPECIALISTS.set(&vec![link("a"), link("b")])).completed(),
        ]
    };
    let once = Database::device();
    once.put_all(&records());

    let edited = Database::device();
    edited.put(&visit_of("v1", "другий", 9).work("check", "7"));
    for record in records().iter().rev() {
        edited.put(record);
    }

    assert_eq!(once.dump(), edited.dump());
}

#[test]
fn a_device_and_an_office_hold_equal_values() {
    let records =
        [card("c").planned("cleaning", "3", "4"), visit_of("v", "c", 2).work("cleaning", "1").completed()];
    let (device, office) = (Database::device(), Database::office());
    device.put_all(&records);
    office.put_all(&records);
    for ((table, on_device), (_, in_office)) in device.dump().into_iter().zip(office.dump()) {
        assert_eq!(on_device, in_office, "{table}");
    }
}

#[test]
fn one_company_never_counts_the_work_of_another() {
    let office = Database::office();
    office.put_all(&[card("c"), visit_of("v", "c", 2).completed()]);
    let other = office.into_other_company();
    other.put(&card("c"));

    let counts = other.query("SELECT visits_planned FROM service_card ORDER BY visits_planned");
    assert_eq!(counts, [[int(0)], [int(1)]]);
}

#[test]
fn a_row_that_is_not_what_the_record_says_is_found() {
    for database in [Database::device(), Database::office()] {
        let records = [card("c").planned("cleaning", "3", "4"), visit_of("v", "c", 2).work("cleaning", "1")];
        database.put_all(&records);
        let tables = |record: &Sample| -> Vec<String> {
            let rows = rows_of(record.id, &record.reading);
            let found = differences(&database.connection, database.target, &rows).unwrap();
            found.into_iter().map(|one| one.table).collect()
        };
        let [card, visit] = &records;
        assert!(tables(card).is_empty() && tables(visit).is_empty());

        database.connection.execute("UPDATE visit_works SET volume = '2'", []).unwrap();
        assert_eq!(tables(visit), ["visit_works", "visit"], "its percent no longer fits either");
        assert_eq!(tables(card), ["service_card"], "its percent is made from that volume");

        database.connection.execute("DELETE FROM visit", []).unwrap();
        assert_eq!(tables(visit).first().map(String::as_str), Some("visit"));
    }
}
