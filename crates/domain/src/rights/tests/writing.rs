use std::collections::BTreeMap;

use proptest::prelude::*;

use super::role;
use crate::intent::Intent;
use crate::kind::{Group, Kind, Section};
use crate::reading::{FieldPath, Reading};
use crate::record::{RowValue, Withdrawal};
use crate::records::{
    Common, Complaint, ComplaintAct, ComplaintEvent, ContactPerson, Customer, Employee, ServiceCard, Visit,
    VisitAct, VisitEvent, WorkRow, schema,
};
use crate::rights::{
    Ability, Access, Reach, SectionRights, Write, WriteAction, Writer, judge, judge_intents, may_create,
    may_edit, offered, unborn,
};
use crate::sample::{Sample, at, by, id, link, row};
use crate::schema::{root_key, row_column};
use crate::value::{FieldValue, Scalar};

/// The only place that knows how an edit is judged.
pub(super) fn verdict(writer: &Writer<'_>, record: &Reading, intents: &[Intent]) -> &'static str {
    judge_intents(writer, record, intents).map_or_else(|refusal| refusal.reason.code(), |()| "ok")
}

#[track_caller]
pub(super) fn check(record: &Sample, name: &str, access: &Access, intent: Intent, expected: &str) {
    let writer = Writer::of(&record.reading, id(name), access, true);
    let place = intent.path();
    assert_eq!(verdict(&writer, &record.reading, &[intent]), expected, "{name} writes {place}");
}

fn event(what: VisitAct) -> VisitEvent {
    VisitEvent { what: Some(what), ..VisitEvent::default() }
}

fn withdrawal(name: &str) -> Withdrawal {
    Withdrawal { by: id(name), at: at("12:00"), why: "помилка".into() }
}

fn volume(text: &str) -> rust_decimal::Decimal {
    text.parse().unwrap()
}

/// A visit of Andrii with a work row of his.
pub(super) fn visit() -> Sample {
    Sample::of(Kind::Visit)
        .with(Common::AUTHOR.set(&link("Olena")))
        .with(Visit::SPECIALISTS.set(&vec![link("Andrii")]))
        .with(Visit::WORKS.add(row("work"), by("Andrii", "10:00"), &WorkRow::default()))
        .with(Visit::EVENTS.add(row("arrived"), by("Andrii", "09:00"), &event(VisitAct::Arrived)))
}

#[test]
fn who_writes_what_on_a_visit() {
    let (technician, dispatcher) = (role("technician"), role("dispatcher"));
    let window = "2026-03-02T09:00:00+02:00/2026-03-02T11:00:00+02:00".parse().unwrap();
    let text = Intent::EditText {
        field: "findings".into(),
        base_heads: vec![],
        base_text: String::new(),
        new_text: "Сухо".into(),
    };
    let cases = [
        (Visit::WINDOW.set(&window), "not_yours", "ok"),
        (Visit::SPECIALISTS.set(&vec![link("Bohdan")]), "not_yours", "ok"),
        (text, "ok", "ok"),
        (Visit::SIGNATURE_REFUSAL.set(&"поїхав".to_owned()), "ok", "not_yours"),
        (Visit::RATING.set(&crate::records::Mark::new(5).unwrap()), "ok", "not_yours"),
        (Visit::NUMBER.set(&"V-2026-00001".to_owned()), "relay_only", "relay_only"),
        (Common::AUTHOR.set(&link("Andrii")), "birth_only", "birth_only"),
        (Common::WITHDRAWN.set(&withdrawal("Andrii")), "not_yours", "anothers_name"),
    ];
    for (intent, for_technician, for_dispatcher) in cases {
        check(&visit(), "Andrii", &technician, intent.clone(), for_technician);
        check(&visit(), "Olena", &dispatcher, intent, for_dispatcher);
    }
}

#[test]
fn every_event_is_added_by_those_it_belongs_to() {
    let (technician, dispatcher, other) = (role("technician"), role("dispatcher"), role("administrator"));
    for &act in VisitAct::ALL {
        let office = matches!(
            act,
            VisitAct::Dispatched
                | VisitAct::Reviewed
                | VisitAct::Closed
                | VisitAct::Cancelled
                | VisitAct::Reopened
        );
        let add = |name| Visit::EVENTS.add(row("new"), by(name, "10:00"), &event(act));
        check(&visit(), "Andrii", &technician, add("Andrii"), if office { "not_yours" } else { "ok" });
        check(&visit(), "Olena", &dispatcher, add("Olena"), if office { "ok" } else { "not_yours" });
        check(&visit(), "Iryna", &other, add("Olena"), if office { "anothers_name" } else { "not_yours" });
    }
}

#[test]
fn some_events_need_an_ability_beside_the_group() {
    let office = SectionRights { reach: Reach::All, write: [Group::Office].into() };
    let sections = [(Section::Service, office.clone()), (Section::Complaints, office)];
    let clerk =
        |abilities: &[Ability]| Access::new(sections.clone().into(), abilities.iter().copied().collect());
    let visit_event = |act| Visit::EVENTS.add(row("new"), by("Olena", "10:00"), &event(act));
    let complaint = Sample::of(Kind::Complaint);
    let complaint_event = |act| {
        let event = ComplaintEvent { what: Some(act), ..ComplaintEvent::default() };
        Complaint::EVENTS.add(row("new"), by("Olena", "10:00"), &event)
    };

    check(&visit(), "Olena", &clerk(&[]), visit_event(VisitAct::Reviewed), "needs_ability");
    check(&visit(), "Olena", &clerk(&[Ability::Review]), visit_event(VisitAct::Reviewed), "ok");
    check(&visit(), "Olena", &clerk(&[]), visit_event(VisitAct::Reopened), "needs_ability");
    check(&visit(), "Olena", &clerk(&[Ability::Reopen]), visit_event(VisitAct::Reopened), "ok");
    check(&visit(), "Olena", &clerk(&[]), visit_event(VisitAct::Closed), "ok");
    check(&complaint, "Olena", &clerk(&[]), complaint_event(ComplaintAct::Closed), "needs_ability");
    check(
        &complaint,
        "Olena",
        &clerk(&[Ability::CloseComplaint]),
        complaint_event(ComplaintAct::Closed),
        "ok",
    );
}

#[test]
fn a_fact_is_corrected_by_its_author_or_a_reviewer() {
    let (technician, dispatcher) = (role("technician"), role("dispatcher"));
    let mut clerk_sections = dispatcher.sections().clone();
    clerk_sections.insert(
        Section::Service,
        SectionRights { reach: Reach::All, write: [Group::Office, Group::Technician].into() },
    );
    let clerk = Access::new(clerk_sections, [].into());
    let correct = || Visit::WORKS.correct(row("work"), "volume", &volume("2.5"));

    check(&visit(), "Andrii", &technician, correct(), "ok");
    check(&visit(), "Bohdan", &technician, correct(), "anothers_row");
    check(&visit(), "Olena", &clerk, correct(), "anothers_row");
    check(&visit(), "Olena", &dispatcher, correct(), "ok");

    let withdraw = |name| Visit::WORKS.withdraw(row("work"), &withdrawal(name));
    check(&visit(), "Andrii", &technician, withdraw("Andrii"), "ok");
    check(&visit(), "Bohdan", &technician, withdraw("Bohdan"), "anothers_row");
    check(&visit(), "Olena", &dispatcher, withdraw("Andrii"), "anothers_name");

    let withdrawn = visit().with(withdraw("Olena"));
    let restore = Intent::Set {
        path: FieldPath::column("works", row("work"), row_column::WITHDRAWN),
        value: Scalar::Null,
    };
    check(&withdrawn, "Andrii", &technician, restore.clone(), "anothers_row");
    check(&withdrawn, "Olena", &dispatcher, restore, "ok");
}

#[test]
fn what_describes_is_corrected_by_its_owners_whoever_wrote_it() {
    let contact = ContactPerson::default();
    let customer =
        Sample::of(Kind::Customer).with(Customer::CONTACTS.add(row("boss"), by("Petro", "09:00"), &contact));
    let rename = Customer::CONTACTS.correct(row("boss"), "surname", &"Шевченко".to_owned());
    check(&customer, "Olena", &role("dispatcher"), rename.clone(), "ok");
    check(&customer, "Andrii", &role("technician"), rename, "not_yours");
}

#[test]
fn who_wrote_a_row_and_what_an_event_is_never_changes() {
    let (technician, dispatcher) = (role("technician"), role("dispatcher"));
    let cancelled = Visit::EVENTS.correct(row("arrived"), "what", &VisitAct::Cancelled);
    let mine = Visit::WORKS.correct(row("work"), "by", &link::<Employee>("Bohdan"));
    for (name, access) in [("Andrii", &technician), ("Olena", &dispatcher)] {
        check(&visit(), name, access, cancelled.clone(), "fixed");
        check(&visit(), name, access, mine.clone(), "fixed");
    }
}

#[test]
fn a_row_is_made_once_in_ones_own_name_and_in_canonical_form() {
    let technician = role("technician");
    let add = |columns: &[(&str, Scalar)]| {
        let mut all = WorkRow::default().columns();
        all.insert("by".into(), link::<Employee>("Andrii").to_scalar());
        all.insert("at".into(), at("10:00").to_scalar());
        all.extend(columns.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        Intent::AddRow { field: "works".into(), row: row("new"), columns: all }
    };
    let text = |text: &str| Scalar::Text(text.to_owned());
    let withdrawn = ("withdrawn", withdrawal("Andrii").to_scalar());
    check(&visit(), "Andrii", &technician, add(&[("volume", text("1.5"))]), "ok");
    check(&visit(), "Andrii", &technician, add(&[("volume", text("1.50"))]), "not_canonical");
    check(&visit(), "Andrii", &technician, add(&[("at", Scalar::Null)]), "not_canonical");
    check(
        &visit(),
        "Andrii",
        &technician,
        add(&[("by", link::<Employee>("Bohdan").to_scalar())]),
        "anothers_name",
    );
    check(&visit(), "Andrii", &technician, add(&[("mood", text("good"))]), "newer_schema");
    check(&visit(), "Andrii", &technician, add(&[withdrawn]), "foreign");
    let again = Visit::WORKS.add(row("work"), by("Andrii", "11:00"), &WorkRow::default());
    check(&visit(), "Andrii", &technician, again, "row_exists");
    let nowhere = Visit::WORKS.correct(row("nowhere"), "volume", &volume("1"));
    check(&visit(), "Andrii", &technician, nowhere, "no_such_row");
}

#[test]
fn only_the_one_who_decides_ends_a_conflict() {
    let window = |start: &str| -> crate::time::TimeWindow {
        format!("2026-03-02T{start}:00+02:00/2026-03-02T18:00:00+02:00").parse().unwrap()
    };
    let (technician, dispatcher) = (role("technician"), role("dispatcher"));
    let planned = visit().at_once("window", &[window("09:00"), window("10:00")]);
    check(&planned, "Olena", &dispatcher, Visit::WINDOW.set(&window("10:00")), "ok");
    check(&planned, "Andrii", &technician, Visit::WINDOW.set(&window("10:00")), "not_yours_to_decide");

    // A technician's fact: the reviewer decides, though the office does not own the field.
    let refused = visit().at_once("signature_refusal", &["поїхав".to_owned(), "не згоден".to_owned()]);
    let decide = Visit::SIGNATURE_REFUSAL.set(&"не згоден".to_owned());
    check(&refused, "Andrii", &technician, decide.clone(), "not_yours_to_decide");
    check(&refused, "Olena", &dispatcher, decide, "ok");

    // The customer's responsible decides about phones, whatever the roles say.
    let seller = SectionRights { reach: Reach::Own, write: [].into() };
    let seller = Access::new([(Section::Customers, seller)].into(), [].into());
    let phones = [vec!["+380441112233".to_owned()], vec!["+380671112233".to_owned()]];
    let customer =
        Sample::of(Kind::Customer).with(Customer::RESPONSIBLE.set(&link("Petro"))).at_once("phones", &phones);
    let numbers = phones.clone();
    let [_, decided] = phones;
    check(&customer, "Petro", &seller, Customer::PHONES.set(&decided), "ok");
    check(&customer, "Taras", &seller, Customer::PHONES.set(&decided), "not_yours_to_decide");
    // The office decides where nobody is responsible, and else only after it has named somebody.
    let office = role("dispatcher");
    check(&customer, "Olena", &office, Customer::PHONES.set(&decided), "not_yours_to_decide");
    check(&customer, "Olena", &office, Customer::RESPONSIBLE.set(&link("Olena")), "ok");
    let nobodys = Sample::of(Kind::Customer).at_once("phones", &numbers);
    check(&nobodys, "Olena", &office, Customer::PHONES.set(&decided), "ok");
}

#[test]
fn a_maker_writes_every_group_but_the_relays_and_names_himself() {
    let technician = role("technician");
    let maker = Writer::maker(id("Andrii"), &technician);
    let record = unborn(Kind::Visit);
    let author = Common::AUTHOR.set(&link("Andrii"));
    let own = [
        author.clone(),
        Visit::SPECIALISTS.set(&vec![link("Andrii")]),
        Visit::EVENTS.add(row("sent"), by("Andrii", "08:00"), &event(VisitAct::Dispatched)),
        Visit::WORKS.add(row("work"), by("Andrii", "09:00"), &WorkRow::default()),
        Visit::WORKS.correct(row("work"), "volume", &volume("2")),
    ];
    assert_eq!(verdict(&maker, &record, &own), "ok");
    assert_eq!(verdict(&maker, &record, &own[1..]), "author_missing");
    assert_eq!(verdict(&maker, &record, &[Common::AUTHOR.set(&link("Bohdan"))]), "anothers_name");
    let number = Visit::NUMBER.set(&"V-2026-00001".to_owned());
    assert_eq!(verdict(&maker, &record, &[author, number]), "relay_only");
}

#[test]
fn who_makes_what() {
    let cases = [
        (Kind::Visit, true, true),
        (Kind::Complaint, true, true),
        (Kind::Equipment, true, true),
        (Kind::ServiceCard, false, true),
        (Kind::Customer, false, true),
        (Kind::Checklist, false, true),
        (Kind::Employee, false, false),
        (Kind::Role, false, false),
    ];
    for (kind, technician, dispatcher) in cases {
        assert_eq!(may_create(&role("technician"), kind).is_ok(), technician, "technician: {kind}");
        assert_eq!(may_create(&role("dispatcher"), kind).is_ok(), dispatcher, "dispatcher: {kind}");
        assert!(may_create(&role("administrator"), kind).is_ok(), "administrator: {kind}");
    }
}

#[test]
fn nothing_is_written_out_of_sight() {
    let technician = role("technician");
    let writer = Writer::of(&visit().reading, id("Andrii"), &technician, false);
    let arrived = Visit::EVENTS.add(row("new"), by("Andrii", "10:00"), &event(VisitAct::Accepted));
    assert_eq!(verdict(&writer, &visit().reading, &[arrived]), "out_of_sight");
}

#[test]
fn the_author_takes_back_what_was_made_by_mistake() {
    let technician = role("technician");
    let complaint = Sample::of(Kind::Complaint).with(Common::AUTHOR.set(&link("Andrii")));
    check(&complaint, "Andrii", &technician, Common::WITHDRAWN.set(&withdrawal("Andrii")), "ok");
    check(&complaint, "Bohdan", &technician, Common::WITHDRAWN.set(&withdrawal("Bohdan")), "not_yours");
    let by_office = complaint.with(Common::WITHDRAWN.set(&withdrawal("Olena")));
    check(&by_office, "Andrii", &technician, Common::WITHDRAWN.clear(), "not_yours");
}

#[test]
fn the_app_offers_a_technician_what_the_relay_would_take() {
    let technician = role("technician");
    let visit = visit().reading;
    let writer = Writer::of(&visit, id("Andrii"), &technician, true);
    let offered: Vec<&str> = offered(&writer, &visit).into_iter().collect();
    insta::assert_snapshot!(offered.join(" "), @"checklist_answers events findings parts photos proposals rating rating_comment readings recommendations signature_refusal signatures works");
    assert!(may_edit(&writer, &visit, &FieldPath::column("works", row("work"), "volume")).is_ok());
    let card = Sample::of(Kind::ServiceCard).with(ServiceCard::SUBJECT.set(&"Ліфт".to_owned())).reading;
    assert!(
        may_edit(&Writer::of(&card, id("Andrii"), &technician, true), &card, &FieldPath::root("subject"))
            .is_err()
    );
}

#[test]
fn what_no_record_knows_is_nobodys_right() {
    let administrator = role("administrator");
    let record = visit().reading;
    let writer = Writer::of(&record, id("Iryna"), &administrator, true);
    let null = Scalar::Null;
    let put = |value| WriteAction::Put { value, ends_conflict: false };
    let row_place = FieldPath::row("works", row("work"));
    let cases = [
        (FieldPath::root("works"), WriteAction::Foreign { what: "deletes a field" }, "foreign"),
        (FieldPath::root("works"), put(&null), "foreign"),
        (FieldPath::root("findings"), put(&null), "foreign"),
        (row_place, put(&null), "foreign"),
        (FieldPath::column("window", row("work"), "x"), put(&null), "foreign"),
        (FieldPath::root("window"), WriteAction::EditText, "foreign"),
        (FieldPath::root(root_key::KIND), put(&null), "birth_only"),
        (FieldPath::root("from_the_future"), put(&null), "newer_schema"),
    ];
    for (path, action, expected) in cases {
        let refusal = judge(&writer, &record, [Write { path: &path, action }]).unwrap_err();
        assert_eq!(refusal.reason.code(), expected, "{path}");
    }
}

fn any_access() -> impl Strategy<Value = Access> {
    let groups = proptest::collection::btree_set(proptest::sample::select(Group::ALL), 0..=4);
    let abilities = proptest::collection::btree_set(proptest::sample::select(Ability::ALL), 0..=7);
    (groups, abilities).prop_map(|(write, abilities)| {
        let one = SectionRights { reach: Reach::All, write };
        Access::new(Section::ALL.iter().map(|section| (*section, one.clone())).collect(), abilities)
    })
}

proptest! {
    /// Whatever a person holds, even the relay's own group by a forged role: the relay's fields stay shut.
    #[test]
    fn no_person_ever_writes_what_is_the_relays(
        access in any_access(),
        maker in any::<bool>(),
        ends_conflict in any::<bool>(),
        kind in proptest::sample::select(Kind::ALL),
        text in "[A-Z0-9-]{0,12}",
    ) {
        let record = unborn(kind);
        let person = id("anybody");
        let writer = if maker { Writer::maker(person, &access) } else { Writer::of(&record, person, &access, true) };
        for field in schema(kind).fields.iter().filter(|field| field.owners.contains(&Group::Relay)) {
            let path = FieldPath::root(field.name);
            let value = Scalar::Text(text.clone());
            let action = WriteAction::Put { value: &value, ends_conflict };
            let outcome = crate::rights::may_write(&writer, &record, &Write { path: &path, action });
            prop_assert!(outcome.is_err());
        }
    }

    /// Somebody without any group of a section changes nothing in it but their own wishes.
    #[test]
    fn without_a_group_there_is_nothing_to_write(kind in proptest::sample::select(Kind::ALL)) {
        let access = Access::default();
        let record = unborn(kind);
        let writer = Writer::of(&record, id("anybody"), &access, true);
        prop_assert_eq!(offered(&writer, &record).into_iter().collect::<Vec<_>>(), vec!["proposals"]);
    }

    /// The checks answer for any place and value, never panic.
    #[test]
    fn any_write_gets_an_answer(
        access in any_access(),
        kind in proptest::sample::select(Kind::ALL),
        field in proptest::sample::select(vec!["works", "events", "window", "findings", "proposals", "", "kind"]),
        column in proptest::option::of(proptest::sample::select(vec!["by", "what", "decision", "path", "x"])),
        in_row in any::<bool>(),
        text in ".{0,20}",
        make in any::<bool>(),
    ) {
        let record = visit().reading;
        let record = Reading { kind, ..record };
        let path = FieldPath {
            field: field.to_owned(),
            row: in_row.then(|| row("work")),
            column: column.map(str::to_owned),
        };
        let value = Scalar::Text(text);
        let columns = BTreeMap::from([("by".to_owned(), value.clone()), ("what".to_owned(), value.clone())]);
        let action = if make {
            WriteAction::MakeRow { columns: &columns }
        } else {
            WriteAction::Put { value: &value, ends_conflict: in_row }
        };
        let writer = Writer::of(&record, id("Andrii"), &access, true);
        let outcome = crate::rights::may_write(&writer, &record, &Write { path: &path, action });
        prop_assert!(!make || outcome.is_err(), "a row by nobody was taken");
    }
}
