//! The company is in the middle of its work: every state, today's visits, times in believable order.

use std::collections::BTreeSet;

use halyard_domain::kind::Kind;
use halyard_domain::record::Record;
use halyard_domain::records::{Complaint, Customer, Employee, Equipment, ServiceCard, Visit};
use halyard_domain::rules::{
    CardState, ComplaintState, VisitState, attention, card_state, complaint_state, missing_to_close,
    visit_state,
};

use super::*;

fn of_kind<T: Record>(readings: &BTreeMap<DocumentId, Reading>) -> Vec<T> {
    readings.values().filter(|reading| reading.kind == T::KIND).map(T::read).collect()
}

#[test]
fn visits_cards_and_complaints_are_in_every_state_a_company_has() {
    let mut visits = BTreeSet::new();
    let mut cards = BTreeSet::new();
    // Visits of longer ago are closed, cancelled or what these are.
    let lately: Instant = "2026-02-01T00:00:00+02:00".parse().unwrap();
    for record in Demo::new(7, Size::Medium, now()).records() {
        match record.kind {
            Kind::Visit if record.at > lately => {
                visits.insert(visit_state(&Visit::read(&document(&record).reading().unwrap())).state);
            }
            Kind::ServiceCard => {
                cards.insert(card_state(&ServiceCard::read(&document(&record).reading().unwrap())).state);
            }
            _ => {}
        }
    }
    let expected: BTreeSet<VisitState> =
        VisitState::ALL.iter().copied().filter(|state| *state != VisitState::Declined).collect();
    assert_eq!(visits, expected, "a declined visit is sent to a colleague the same evening");
    assert_eq!(
        cards,
        BTreeSet::from([
            CardState::Draft,
            CardState::Active,
            CardState::Suspended,
            CardState::Completed,
            CardState::Renewed,
            CardState::Terminated,
            CardState::Closed,
        ])
    );
}

#[test]
fn the_smallest_company_shows_a_complaint_in_every_state() {
    let readings = readings(&small(7));
    let complaints: Vec<Complaint> = of_kind(&readings);
    let states: BTreeSet<ComplaintState> =
        complaints.iter().map(|complaint| complaint_state(complaint).state).collect();

    assert_eq!(states, ComplaintState::ALL.iter().copied().collect());
    for complaint in complaints.iter().filter(|one| complaint_state(one).state == ComplaintState::Closed) {
        assert_eq!(missing_to_close(complaint), []);
    }
}

#[test]
fn nothing_happened_out_of_order_or_after_now() {
    let demo = small(7);
    for record in demo.records() {
        let times: Vec<_> =
            std::iter::once(record.at).chain(record.later.iter().map(|edit| edit.at)).collect();
        assert!(times.is_sorted(), "{} {times:?}", record.kind);
        assert!(times.iter().all(|at| *at <= now()), "{} {times:?}", record.kind);
    }
    for reading in readings(&demo).values() {
        let out_of_order = match reading.kind {
            Kind::Visit => visit_state(&Visit::read(reading)).out_of_order.len(),
            Kind::ServiceCard => card_state(&ServiceCard::read(reading)).out_of_order.len(),
            Kind::Complaint => complaint_state(&Complaint::read(reading)).out_of_order.len(),
            _ => 0,
        };
        assert_eq!(out_of_order, 0, "{reading:?}");
        if reading.kind == Kind::Visit {
            let items = attention(reading);
            assert!(items.len() <= 1, "{items:?}");
        }
    }
}

#[test]
fn every_technician_has_visits_today_and_on_each_day_of_this_week() {
    let demo = small(7);
    let visits: Vec<Visit> = of_kind(&readings(&demo));
    for person in demo.people().iter().filter(|person| person.post == crate::demo::Post::Technician) {
        let days: BTreeSet<String> = visits
            .iter()
            .filter(|visit| visit.specialists.iter().any(|one| one.id() == person.document))
            .filter_map(|visit| visit.window.map(|window| window.start().local_date().to_string()))
            .collect();
        for day in ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"] {
            assert!(days.contains(day), "{} has nothing on {day}", person.full_name);
        }
    }
}

#[test]
fn most_of_the_past_is_done_and_says_what_was_found() {
    let visits: Vec<Visit> = of_kind(&readings(&small(7)));
    let past = visits
        .iter()
        .filter(|visit| visit.window.is_some_and(|w| w.end() < "2026-03-02T00:00:00+02:00".parse().unwrap()));
    let (mut all, mut done) = (0, 0);
    let mut findings = BTreeSet::new();
    for visit in past {
        all += 1;
        if visit_state(visit).outcome.is_some() {
            done += 1;
            assert!(visit.findings.0.chars().count() > 30, "{:?}", visit.findings);
            assert!(!visit.findings.0.contains(['{', '}']), "{:?}", visit.findings);
            findings.insert(visit.findings.0.clone());
        }
    }
    assert!(done * 100 > all * 80, "{done} of {all}");
    assert!(findings.len() * 100 > done * 95, "{} different findings of {done}", findings.len());
}

#[test]
fn codes_serials_and_names_are_nobody_elses() {
    let readings: BTreeMap<_, _> = Demo::new(7, Size::Medium, now())
        .records()
        .take_while(|record| record.kind != Kind::ServiceCard)
        .filter(|record| matches!(record.kind, Kind::Customer | Kind::Equipment | Kind::Employee))
        .map(|record| (record.document, document(&record).reading().unwrap()))
        .collect();
    let customers: Vec<Customer> = of_kind(&readings);
    let codes: BTreeSet<_> = customers.iter().filter_map(|one| one.registry_code.clone()).collect();
    assert_eq!(codes.len(), customers.len());
    assert!(customers.iter().all(|one| one.addresses.0.iter().any(|a| a.value.coordinates.is_some())));
    assert!(customers.iter().all(|one| one.contacts.0.iter().all(|c| c.value.vocative.is_some())));
    let equipment: Vec<Equipment> = of_kind(&readings);
    let serials: BTreeSet<_> =
        equipment.iter().map(|one| (one.manufacturer.clone(), one.serial.clone())).collect();
    assert_eq!(serials.len(), equipment.len());
    let people: Vec<Employee> = of_kind(&readings);
    assert!(people.iter().all(|one| one.patronymic.is_some() && one.working_hours.is_some()));
}
