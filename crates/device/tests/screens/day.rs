//! «Сьогодні».

use chrono::NaiveDate;
use halyard_device::screens::today::{DayAsked, Unready, today};
use halyard_domain::records::VisitAct;
use halyard_domain::rules::VisitState;

use crate::visit::step;
use crate::world::{World, window};

fn day(date: &str) -> NaiveDate {
    date.parse().unwrap()
}

#[test]
fn the_day_shows_my_visits_in_order_with_where_to_go_and_whom_to_call() {
    let world = World::new();
    let early = world.planned_visit(window(2, 8, 9));
    let seen = today(&world.app, &DayAsked { date: None }).unwrap();

    assert_eq!(seen.date, day("2026-03-02"));
    let order: Vec<_> = seen.visits.iter().map(|visit| visit.link.document).collect();
    assert_eq!(order, [early, world.visit]);
    let visit = &seen.visits[1];
    assert_eq!(visit.state, VisitState::Dispatched);
    assert_eq!(visit.customer.as_ref().unwrap().title, "ОСББ «Липки-7»");
    assert_eq!(visit.address.as_ref().unwrap().street.as_deref(), Some("вул. Промислова, 14"));
    assert_eq!(visit.contact.as_ref().unwrap().name, "Романюк Олег");
    assert_eq!(visit.equipment.as_ref().unwrap().serial.as_deref(), Some("0817-2214"));
    assert_eq!((visit.planned_works, visit.planned_hours.as_str(), visit.checklist_items), (1, "3", 2));
    assert_eq!(visit.next, Some(VisitAct::TravelStarted));
    assert_eq!(visit.missing, [Unready::Acceptance, Unready::AccessToArrange]);
}

#[test]
fn who_has_arrived_need_not_arrange_to_get_in() {
    let world = World::new();
    for act in [VisitAct::Accepted, VisitAct::TravelStarted] {
        step(&world, act, None).unwrap();
    }
    let missing = || today(&world.app, &DayAsked { date: None }).unwrap().visits.remove(0).missing;
    assert_eq!(missing(), [Unready::AccessToArrange]);
    step(&world, VisitAct::Arrived, None).unwrap();
    assert_eq!(missing(), []);
}

#[test]
fn other_days_of_the_week_are_counted_and_the_next_day_is_named() {
    let world = World::new();
    world.planned_visit(window(5, 9, 10));
    world.planned_visit(window(5, 14, 15));
    let seen = today(&world.app, &DayAsked { date: None }).unwrap();

    let counts: Vec<usize> = seen.week.iter().map(|day| day.visits).collect();
    assert_eq!(counts, [1, 0, 0, 2, 0, 0, 0]);
    assert_eq!(seen.week[0].date, day("2026-03-02"));
    let next = seen.next_day.unwrap();
    assert_eq!((next.date, next.visits), (day("2026-03-05"), 2));
    assert_eq!(next.first_start, Some(window(5, 9, 10).start()));
}

#[test]
fn an_open_visit_of_an_earlier_day_is_overdue() {
    let world = World::new();
    let seen = today(&world.app, &DayAsked { date: Some(day("2026-03-03")) }).unwrap();
    assert!(seen.visits.is_empty());
    assert_eq!(seen.overdue[0].link.document, world.visit);
}

#[test]
fn a_visit_at_the_end_of_the_day_belongs_to_it_and_not_to_the_next() {
    let world = World::new();
    let late = world.planned_visit(window(3, 22, 23));
    let of = |date: &str| {
        let seen = today(&world.app, &DayAsked { date: Some(day(date)) }).unwrap();
        seen.visits.iter().map(|visit| visit.link.document).collect::<Vec<_>>()
    };
    assert_eq!(of("2026-03-03"), [late]);
    assert!(of("2026-03-04").is_empty());
}

#[test]
fn a_visit_over_midnight_belongs_to_both_days() {
    let world = World::new();
    let over = |from: &str, to: &str| {
        world.planned_visit(format!("2026-03-{from}:00+02:00/2026-03-{to}:00+02:00").parse().unwrap())
    };
    let sunday = over("01T23:00", "02T03:00");
    let until_midnight = over("04T22:00", "05T00:00");
    let night = over("03T22:00", "04T02:00");
    let of = |date: &str| {
        let seen = today(&world.app, &DayAsked { date: Some(day(date)) }).unwrap();
        seen.visits.iter().map(|visit| visit.link.document).collect::<Vec<_>>()
    };
    assert_eq!(of("2026-03-02"), [sunday, world.visit]);
    assert_eq!(of("2026-03-03"), [night]);
    assert_eq!(of("2026-03-04"), [night, until_midnight]);
    assert!(of("2026-03-05").is_empty());
}

#[test]
fn a_visit_over_several_days_belongs_to_each_of_them() {
    let world = World::new();
    let over = |from: &str, to: &str| {
        world.planned_visit(format!("2026-{from}:00+02:00/2026-{to}:00+02:00").parse().unwrap())
    };
    let from_friday = over("02-27T08:00", "03-03T18:00");
    let long = over("03-05T08:00", "03-10T12:00");
    let seen = |date: &str| today(&world.app, &DayAsked { date: Some(day(date)) }).unwrap();
    let of = |date: &str| {
        let seen = seen(date);
        assert!(!seen.overdue.iter().any(|visit| visit.link.document == from_friday) || date > "2026-03-03");
        seen.visits.iter().map(|visit| visit.link.document).collect::<Vec<_>>()
    };
    assert_eq!(of("2026-02-28"), [from_friday]);
    assert_eq!(of("2026-03-02"), [from_friday, world.visit]);
    assert_eq!(of("2026-03-03"), [from_friday]);
    assert!(of("2026-03-04").is_empty());
    assert_eq!(of("2026-03-09"), [long]);
    assert!(of("2026-03-11").is_empty());

    let week = seen("2026-03-02").week;
    assert_eq!(week.iter().map(|day| day.visits).collect::<Vec<_>>(), [2, 1, 0, 1, 1, 1, 1]);
    // Monday's first is the one that begins on Monday; nothing begins on Tuesday.
    assert_eq!(week[0].first_start, Some(window(2, 10, 12).start()));
    assert_eq!(week[1].first_start, None);
    assert_eq!(week[1].first_customer.as_ref().unwrap().title, "ОСББ «Липки-7»");
    let next = |date: &str| seen(date).next_day.map(|next| next.date);
    assert_eq!(next("2026-03-02"), Some(day("2026-03-03")), "it goes on tomorrow");
    assert_eq!(next("2026-03-03"), Some(day("2026-03-05")));
    assert_eq!(next("2026-03-10"), None);
}
