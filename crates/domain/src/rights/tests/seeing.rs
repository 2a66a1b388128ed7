use std::collections::BTreeSet;

use super::role;
use crate::kind::{Kind, Section};
use crate::reading::Reading;
use crate::records::{
    Common, Complaint, Customer, Employee, Equipment, Proposal, ServiceCard, Team, Visit, VisitAct,
    VisitEvent, WorkRow,
};
use crate::rights::{Access, Reach, SectionRights, Viewer, audience, sees, team_of};
use crate::sample::{Sample, at, by, id, link, row};

fn viewer(name: &str) -> Viewer {
    Viewer { employee: id(name), teams: BTreeSet::new(), teammates: BTreeSet::new() }
}

/// A technician's roles, with another reach in the sections of service and complaints.
fn reaching(reach: Reach) -> Access {
    let one = SectionRights { reach, ..SectionRights::default() };
    let sections = [Section::Service, Section::Complaints, Section::Customers];
    Access::new(sections.map(|section| (section, one.clone())).into(), BTreeSet::new())
}

#[track_caller]
fn check(record: &Reading, name: &str, expected: bool) {
    let seen = sees(&reaching(Reach::Own), &viewer(name), record.kind, &audience(record), false);
    assert_eq!(seen, expected, "{name} and the {}", record.kind);
}

fn visit() -> Sample {
    Sample::of(Kind::Visit)
        .with(Common::AUTHOR.set(&link("Olena")))
        .with(Visit::SPECIALISTS.set(&vec![link("Andrii"), link("Bohdan")]))
}

#[test]
fn who_sees_a_visit() {
    let event = VisitEvent { what: Some(VisitAct::Arrived), ..VisitEvent::default() };
    let work = WorkRow { who: Some(link("Dmytro")), ..WorkRow::default() };
    let wish = Proposal::default();
    let visit = visit()
        .with(Visit::EVENTS.add(row("arrived"), by("Vira", "09:00"), &event))
        .with(Visit::WORKS.add(row("work"), by("Andrii", "10:00"), &work))
        .with(Common::PROPOSALS.add(row("wish"), by("Yurii", "10:00"), &wish))
        .reading;

    check(&visit, "Olena", true); // made it
    check(&visit, "Andrii", true); // is to go
    check(&visit, "Bohdan", true);
    check(&visit, "Vira", true); // was there, whoever was meant to go
    check(&visit, "Dmytro", true); // worked, though the foreman wrote it down
    check(&visit, "Yurii", false); // only wished for something
    check(&visit, "Halyna", false);
}

#[test]
fn a_technician_whose_visit_was_given_away_still_sees_what_was_done_there() {
    let event = VisitEvent { what: Some(VisitAct::Arrived), ..VisitEvent::default() };
    let withdrawal =
        crate::record::Withdrawal { by: id("Andrii"), at: at("09:05"), why: "помилка".into() };
    let worked = visit().with(Visit::EVENTS.add(row("a"), by("Andrii", "09:00"), &event));
    let worked = worked.with(Visit::SPECIALISTS.set(&vec![link("Bohdan")]));
    check(&worked.reading, "Andrii", true);

    let withdrawn = worked.with(Visit::EVENTS.withdraw(row("a"), &withdrawal));
    check(&withdrawn.reading, "Andrii", true);

    let untouched = visit().with(Visit::SPECIALISTS.set(&vec![link("Bohdan")]));
    check(&untouched.reading, "Andrii", false);
}

#[test]
fn while_two_dispatchers_disagree_both_specialists_see_the_visit() {
    let visit = visit().at_once("specialists", &[vec![link::<Employee>("Vira")], vec![link("Ivan")]]);
    check(&visit.reading, "Vira", true);
    check(&visit.reading, "Ivan", true);
    check(&visit.reading, "Andrii", false);
}

#[test]
fn who_sees_the_other_kinds() {
    let card = Sample::of(Kind::ServiceCard)
        .with(Common::AUTHOR.set(&link("Olena")))
        .with(ServiceCard::RESPONSIBLE.set(&link("Petro")))
        .with(ServiceCard::CREW.set(&vec![link("Andrii")]))
        .reading;
    check(&card, "Petro", true);
    check(&card, "Andrii", true);
    check(&card, "Olena", false); // making a card is no reason to keep seeing it

    let equipment = Sample::of(Kind::Equipment).with(Common::AUTHOR.set(&link("Andrii")));
    let equipment = equipment.with(Equipment::NAME.set(&"Насос".to_owned())).reading;
    check(&equipment, "Andrii", true);
    check(&equipment, "Bohdan", false);

    let customer = Sample::of(Kind::Customer)
        .with(Common::AUTHOR.set(&link("Olena")))
        .with(Customer::RESPONSIBLE.set(&link("Petro")))
        .reading;
    check(&customer, "Petro", true);
    check(&customer, "Olena", false);

    for kind in [Kind::Company, Kind::Role, Kind::Team, Kind::Employee, Kind::DirectoryEntry, Kind::Checklist]
    {
        check(&Sample::of(kind).reading, "anybody", true);
    }
}

#[test]
fn a_complaint_is_seen_by_its_author_its_responsible_and_its_teams() {
    let complaint = Sample::of(Kind::Complaint)
        .with(Common::AUTHOR.set(&link("Andrii")))
        .with(Complaint::RESPONSIBLE.set(&link("Petro")))
        .with(Complaint::MEMBERS.set(&vec![link("Sofiia")]))
        .with(Complaint::TEAM.set(&link("quality")))
        .reading;
    for name in ["Andrii", "Petro", "Sofiia"] {
        check(&complaint, name, true);
    }
    check(&complaint, "Bohdan", false);

    let engineer = Viewer { teams: BTreeSet::from([id("quality")]), ..viewer("Marko") };
    assert!(sees(&reaching(Reach::Own), &engineer, Kind::Complaint, &audience(&complaint), false));
}

#[test]
fn how_far_each_reach_goes() {
    let audience = audience(&visit().reading);
    let mate = Viewer { teammates: BTreeSet::from([id("Andrii")]), ..viewer("Vira") };
    let cases = [
        (Reach::None, "Andrii", false),
        (Reach::Own, "Andrii", true),
        (Reach::Own, "Vira", false),
        (Reach::Team, "Vira", true),
        (Reach::Team, "Halyna", false),
        (Reach::All, "Halyna", true),
    ];
    for (reach, name, expected) in cases {
        let who = if name == "Vira" { mate.clone() } else { viewer(name) };
        assert_eq!(sees(&reaching(reach), &who, Kind::Visit, &audience, false), expected, "{reach:?} {name}");
        assert!(sees(&reaching(reach), &who, Kind::Visit, &audience, true), "carried to {name}");
    }
}

#[test]
fn shipped_technicians_see_their_own_and_dispatchers_see_all() {
    let audience = audience(&visit().reading);
    assert!(sees(&role("technician"), &viewer("Andrii"), Kind::Visit, &audience, false));
    assert!(!sees(&role("technician"), &viewer("Vira"), Kind::Visit, &audience, false));
    assert!(sees(&role("dispatcher"), &viewer("Vira"), Kind::Visit, &audience, false));
    assert!(!sees(&Access::default(), &viewer("Andrii"), Kind::Visit, &audience, false));
}

#[test]
fn a_team_in_conflict_counts_as_none() {
    let team = link::<Team>;
    let settled = Sample::of(Kind::Employee).at_once("team", &[team("north")]);
    let settled = settled.with(Employee::TEAM.set(&team("north")));
    assert_eq!(team_of(&settled.reading), Some(id("north")));
    let disputed = Sample::of(Kind::Employee).at_once("team", &[team("north"), team("south")]);
    assert_eq!(team_of(&disputed.reading), None);
}
