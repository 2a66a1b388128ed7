use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::kind::Kind;
use crate::record::{Record, Withdrawal};
use crate::records::{Equipment, PlannedWork, Visit, VisitAct, VisitEvent, WorkRow};
use crate::rules::percent::{
    ALL, Done, Planned, VisitCount, WorkKey, card_percent, done_works, visit_percent,
};
use crate::rules::{Warranty, warranty_on, worked_minutes, worked_time};
use crate::sample::{Sample, at, by, id, link, row};
use crate::time::TimeWindow;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn key(name: &str) -> WorkKey {
    WorkKey { work_kind: Some(id(name)), unit: Some(id("piece")) }
}

fn planned(name: &str, volume: &str, hours: &str) -> Planned {
    Planned { key: key(name), volume: Some(dec(volume)), hours: Some(dec(hours)), weight: None }
}

fn done(name: &str, volume: &str) -> Done {
    Done { key: key(name), volume: Some(dec(volume)) }
}

#[track_caller]
fn check(planned: &[Planned], done: &[Done], expected: u16) {
    assert_eq!(card_percent(planned, done, VisitCount::default()), expected, "{done:?} of {planned:?}");
}

#[test]
fn percent_is_done_over_planned_weighted_by_planned_hours() {
    let filters = planned("filter", "4", "2");
    let pump = planned("pump", "1", "6");
    check(&[filters, pump], &[], 0);
    check(&[filters], &[done("filter", "3")], 7_500);
    check(&[filters, pump], &[done("filter", "3")], 1_875); // 3/4 × 2 h of 8 h
    check(&[filters, pump], &[done("filter", "1"), done("filter", "2"), done("pump", "1")], 9_375);
    check(&[filters, pump], &[done("filter", "4"), done("pump", "1")], ALL);
    check(&[filters, pump], &[done("filter", "9"), done("belt", "5")], 2_500); // more is not more than all
    check(&[planned("pipe", "3", "1")], &[done("pipe", "1")], 3_333);
    check(&[planned("pipe", "3", "1")], &[done("pipe", "2")], 6_667);
}

#[test]
fn what_is_not_all_done_is_never_shown_as_all() {
    check(&[planned("pipe", "100000", "1")], &[done("pipe", "99999.9")], ALL - 1);
}

#[test]
fn plans_that_say_less_still_count() {
    let no_hours = |name| Planned { hours: None, ..planned(name, "2", "0") };
    check(&[no_hours("a"), no_hours("b")], &[done("a", "2")], 5_000);
    let no_volume = Planned { volume: None, ..planned("look", "0", "1") };
    check(&[no_volume], &[], 0);
    check(&[no_volume], &[Done { key: key("look"), volume: None }], ALL);
    let heavy = Planned { weight: Some(dec("3")), ..planned("a", "1", "1") };
    check(&[heavy, planned("b", "1", "1")], &[done("a", "1")], 7_500);
    check(&[planned("a", "2", "1"), planned("a", "2", "1")], &[done("a", "2")], 5_000);
}

#[test]
fn without_planned_works_visits_are_counted() {
    let count = |planned, completed| card_percent(&[], &[], VisitCount { planned, completed });
    assert_eq!([count(0, 0), count(3, 0), count(3, 1), count(3, 3)], [0, 0, 3_333, ALL]);
}

fn work(name: &str, volume: &str) -> WorkRow {
    WorkRow {
        work_kind: Some(link(name)),
        unit: Some(link("piece")),
        volume: Some(dec(volume)),
        ..WorkRow::default()
    }
}

#[test]
fn a_visit_counts_against_its_own_plan_or_else_the_cards() {
    let on_card = [planned("filter", "4", "1")];
    let visit =
        Sample::of(Kind::Visit).with(Visit::WORKS.add(row("w"), by("Andrii", "09:00"), &work("filter", "2")));
    assert_eq!(visit_percent(&Visit::read(&visit.reading), &on_card), 5_000);
    let own = PlannedWork {
        work_kind: Some(link("filter")),
        unit: Some(link("piece")),
        volume: Some(dec("2")),
        ..PlannedWork::default()
    };
    let visit = visit.with(Visit::PLANNED_WORKS.add(row("p"), by("Olena", "08:00"), &own));
    assert_eq!(visit_percent(&Visit::read(&visit.reading), &on_card), ALL);
}

fn told(story: &[(&str, &str, VisitAct)]) -> Sample {
    story.iter().enumerate().fold(Sample::of(Kind::Visit), |visit, (number, (who, clock, what))| {
        let event = VisitEvent { what: Some(*what), ..VisitEvent::default() };
        visit.with(Visit::EVENTS.add(row(&number.to_string()), by(who, clock), &event))
    })
}

#[test]
fn a_visit_without_any_plan_is_done_when_completed() {
    let visit = |last| {
        let story = [("Andrii", "09:00", VisitAct::WorkStarted), ("Andrii", "10:00", last)];
        visit_percent(&Visit::read(&told(&story).reading), &[])
    };
    assert_eq!([visit(VisitAct::Completed), visit(VisitAct::CompletedPartly)], [ALL, 0]);
}

#[test]
fn a_withdrawn_row_counts_for_nothing() {
    let withdrawal = Withdrawal { by: id("Andrii"), at: at("10:00"), why: "не те".into() };
    let visit = Sample::of(Kind::Visit)
        .with(Visit::WORKS.add(row("right"), by("Andrii", "09:00"), &work("filter", "2")))
        .with(Visit::WORKS.add(row("wrong"), by("Andrii", "09:00"), &work("filter", "2")))
        .with(Visit::WORKS.withdraw(row("wrong"), &withdrawal));
    assert_eq!(done_works(&Visit::read(&visit.reading).works), vec![done("filter", "2")]);
}

#[test]
fn pauses_are_no_work() {
    use VisitAct as Act;
    let visit = told(&[
        ("Andrii", "08:40", Act::TravelStarted),
        ("Andrii", "09:00", Act::WorkStarted),
        ("Andrii", "10:00", Act::Paused),
        ("Andrii", "10:30", Act::Resumed),
        ("Andrii", "11:15", Act::Completed),
        ("Bohdan", "10:00", Act::WorkStarted),
    ]);
    let people = worked_time(&Visit::read(&visit.reading));
    assert_eq!(people[&id("Andrii")].minutes(), 105);
    assert_eq!(people[&id("Andrii")].running_since, None);
    assert_eq!(people[&id("Bohdan")].minutes(), 0);
    assert_eq!(people[&id("Bohdan")].running_since, Some(at("10:00")));
}

#[test]
fn a_clock_that_ran_backwards_counts_nothing() {
    let visit = told(&[("Andrii", "11:00", VisitAct::WorkStarted), ("Andrii", "09:00", VisitAct::Completed)]);
    assert_eq!(worked_minutes(&Visit::read(&visit.reading)), 0);
}

#[test]
fn hours_written_down_are_believed_before_the_clock() {
    let period = TimeWindow::new(at("09:00"), at("09:40")).unwrap();
    let by_period = WorkRow { period: Some(period), ..WorkRow::default() };
    let by_hours = WorkRow { hours: Some(dec("1.5")), ..WorkRow::default() };
    let for_helper = WorkRow { hours: Some(dec("0.25")), who: Some(link("Bohdan")), ..WorkRow::default() };
    let visit = told(&[("Andrii", "09:00", VisitAct::WorkStarted), ("Andrii", "17:00", VisitAct::Completed)])
        .with(Visit::WORKS.add(row("a"), by("Andrii", "12:00"), &by_period))
        .with(Visit::WORKS.add(row("b"), by("Andrii", "12:00"), &by_hours))
        .with(Visit::WORKS.add(row("c"), by("Andrii", "12:00"), &for_helper));
    let visit = Visit::read(&visit.reading);
    let people = worked_time(&visit);
    assert_eq!((people[&id("Andrii")].minutes(), people[&id("Andrii")].clock_minutes), (130, 480));
    assert_eq!(people[&id("Bohdan")].minutes(), 15);
    assert_eq!(worked_minutes(&visit), 145);
}

#[test]
fn the_last_day_of_the_warranty_is_covered() {
    let equipment =
        Sample::of(Kind::Equipment).with(Equipment::WARRANTY_UNTIL.set(&"2026-03-02".parse().unwrap()));
    let on = |day: &str| warranty_on(&Equipment::read(&equipment.reading), day.parse().unwrap());
    assert_eq!(
        [on("2026-03-01"), on("2026-03-02"), on("2026-03-03")],
        [Warranty::Covered, Warranty::Covered, Warranty::Ended]
    );
    assert_eq!(
        warranty_on(&Equipment::read(&Sample::of(Kind::Equipment).reading), "2026-03-02".parse().unwrap()),
        Warranty::Unknown
    );
}

fn any_decimal() -> impl Strategy<Value = Option<Decimal>> {
    proptest::option::of((any::<i64>(), 0..12u32).prop_map(|(number, scale)| Decimal::new(number, scale)))
}

fn any_key() -> impl Strategy<Value = WorkKey> {
    proptest::sample::select(vec![key("a"), key("b"), WorkKey { work_kind: None, unit: None }])
}

prop_compose! {
    fn any_planned()(key in any_key(), volume in any_decimal(), hours in any_decimal(), weight in any_decimal()) -> Planned {
        Planned { key, volume, hours, weight }
    }
}

prop_compose! {
    fn any_done()(key in any_key(), volume in any_decimal()) -> Done {
        Done { key, volume }
    }
}

proptest! {
    #[test]
    fn percent_stays_between_nothing_and_all_and_more_work_never_lowers_it(
        planned in proptest::collection::vec(any_planned(), 0..5),
        done in proptest::collection::vec(any_done(), 0..6),
        more in any_done(),
        completed in 0..9u32,
    ) {
        let visits = VisitCount { planned: 5, completed };
        let before = card_percent(&planned, &done, visits);
        let after = card_percent(&planned, &[done.as_slice(), &[more]].concat(), visits);
        prop_assert!(before <= ALL);
        prop_assert!(before <= after, "{before} then {after}");
    }

    #[test]
    fn the_order_of_rows_does_not_change_the_percent(
        planned in proptest::collection::vec(any_planned(), 0..5),
        done in proptest::collection::vec(any_done(), 0..6),
    ) {
        let reversed: Vec<Done> = done.iter().rev().copied().collect();
        let visits = VisitCount::default();
        prop_assert_eq!(card_percent(&planned, &done, visits), card_percent(&planned, &reversed, visits));
    }
}
