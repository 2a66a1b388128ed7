//! The office's pages: journals, cards, customers, objects, and moving visits.

use std::collections::BTreeSet;

use halyard_device::RecordEdit;
use halyard_device::actions::planning::{
    VisitMove, VisitsToAssign, VisitsToMove, assign_visits, move_visits,
};
use halyard_device::actions::undo::undo;
use halyard_device::actions::visit_facts::{WorkToAdd, add_work};
use halyard_device::screens::ScreenError;
use halyard_device::screens::card::card_page;
use halyard_device::screens::card_history::{CardHistoryAsked, HistoryPart, card_history};
use halyard_device::screens::customer::{customer_page, equipment_page};
use halyard_device::screens::directory::{ChoicesAsked, Offered, choices};
use halyard_device::screens::finding::{WordsAsked, search};
use halyard_device::screens::history::{RecordAsked, WrittenView, timeline};
use halyard_device::screens::journal::{
    ColumnHolds, GroupsAsked, JournalCell, KindAsked, journal, journal_columns, journal_groups, journal_total,
};
use halyard_device::screens::visit::PageOf;
use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_domain::record::Withdrawal;
use halyard_domain::records::values::Periodicity;
use halyard_domain::records::{
    AnswerKind, Common, Complaint, Customer, Directory, Equipment, ServiceCard, ServiceType, Visit, VisitAct,
};
use halyard_domain::rules::{CardState, VisitState};
use halyard_tables::list::ListQuery;

use crate::visit::{answer, flushing, page, step};
use crate::world::{World, at, window};

#[test]
fn a_journal_names_the_records_its_cells_link_to() {
    let world = World::new();
    let query = ListQuery::of(Kind::Visit, &["state", "customer", "specialists", "percent"], 10);
    let seen = journal(&world.app, &query).unwrap();
    let [state, customer, specialists, percent] = seen.rows[0].cells.as_slice() else { panic!() };
    assert_eq!(*state, JournalCell::Text("dispatched".to_owned()));
    let JournalCell::Link(customer) = customer else { panic!("{customer:?}") };
    assert_eq!(customer.title, "ОСББ «Липки-7»");
    let JournalCell::Links(people) = specialists else { panic!("{specialists:?}") };
    assert_eq!(people[0].title, "Коваль Іван Петрович");
    assert_eq!(*percent, JournalCell::Number(0));
    assert_eq!(journal_total(&world.app, &query).unwrap().count, 1);
}

#[test]
fn groups_of_a_journal_have_counts_and_sums() {
    let world = World::new();
    world.planned_visit(window(3, 9, 10));
    step(&world, VisitAct::TravelStarted, None).unwrap();
    let query = ListQuery::of(Kind::Visit, &[], 1);
    let sums = vec!["percent".to_owned()];
    let asked = GroupsAsked { query, by: "state".to_owned(), sums };
    let groups = journal_groups(&world.app, &asked).unwrap();
    let seen: Vec<_> = groups.into_iter().map(|one| (one.value, one.count, one.sums)).collect();
    let group = |state: &str| (JournalCell::Text(state.to_owned()), 1, vec![Some(0)]);
    assert_eq!(seen, [group("dispatched"), group("travelling")]);
}

#[test]
fn what_cannot_be_added_up_is_a_wrong_list() {
    let world = World::new();
    let query = ListQuery::of(Kind::Visit, &[], 1);
    let asked = GroupsAsked { query, by: "state".to_owned(), sums: vec!["findings".to_owned()] };
    let error = journal_groups(&world.app, &asked).unwrap_err();
    assert!(matches!(error, ScreenError::WrongList { .. }), "{error:?}");
}

#[test]
fn every_column_a_journal_offers_can_be_asked_for_and_sorted_by() {
    let world = World::new();
    for &kind in Kind::ALL {
        for column in journal_columns(&world.app, &KindAsked { kind }).unwrap() {
            let mut query = ListQuery::of(kind, &[&column.name], 1);
            if column.holds != ColumnHolds::Links && column.holds != ColumnHolds::Lines {
                query.sort = vec![
                    serde_json::from_value(
                        serde_json::json!({ "column": column.name, "direction": "ascending" }),
                    )
                    .unwrap(),
                ];
            }
            journal(&world.app, &query).unwrap();
            if let Some(sum) = column.sum {
                let asked = GroupsAsked { query, by: "withdrawn".to_owned(), sums: vec![sum] };
                journal_groups(&world.app, &asked).unwrap();
            }
        }
    }
}

#[test]
fn a_card_adds_up_the_works_of_all_its_visits() {
    let world = World::new();
    let other = world.planned_visit(window(3, 9, 10));
    for visit in [world.visit, other] {
        add_work(&world.app, &WorkToAdd { visit, work: flushing(&world, "1"), form: None }).unwrap();
    }
    let seen = card_page(&world.app, &PageOf::now(world.card)).unwrap();
    assert_eq!((seen.state, seen.percent), (CardState::Draft, 10_000));
    assert_eq!((seen.planned_hours.as_str(), seen.done_hours.as_str()), ("3", "3"));
    assert_eq!(seen.works[0].rows.len(), 2);
    let visits: Vec<_> = seen.visits.iter().map(|line| line.link.document).collect();
    assert_eq!(visits, [other, world.visit]);
    let stored = world.device().derived(world.card).unwrap();
    let stored = stored.iter().find(|one| one.column == "percent").unwrap();
    assert_eq!(stored.value.int(), Some(10_000));
}

#[test]
fn a_customer_and_an_object_have_everything_linked_to_them() {
    let world = World::new();
    let customer = customer_page(&world.app, &PageOf::now(world.customer)).unwrap();
    assert_eq!(customer.addresses.len(), 2);
    assert_eq!(customer.contacts[1].phones, ["+380671234567"]);
    assert_eq!(customer.equipment[0].link.document, world.equipment);
    assert_eq!(customer.cards[0].link.document, world.card);
    assert_eq!(customer.visits[0].link.document, world.visit);
    let next = customer.cards[0].next_visit.map(|start| start.to_string());
    assert_eq!(next, customer.visits[0].window.map(|window| window.start().to_string()));
    assert!(next.is_some());

    let equipment = equipment_page(&world.app, &PageOf::now(world.equipment)).unwrap();
    assert_eq!(equipment.customer.unwrap().document, world.customer);
    assert_eq!(equipment.visits[0].state, Some(VisitState::Dispatched));
}

#[test]
fn a_page_lists_as_many_as_are_asked_for() {
    let world = World::new();
    let visit = |at: u32| {
        let intents = vec![
            Visit::CUSTOMER.set(&Ref::to(world.customer)),
            Visit::EQUIPMENT.set(&Ref::to(world.equipment)),
        ];
        RecordEdit::making(DocumentId::made_by_rule(&format!("visit {at}")), Kind::Visit, intents)
    };
    world.device().save(&(0..1_001).map(visit).collect::<Vec<_>>()).unwrap();
    let shown = |lines: Option<u32>| {
        let asked = PageOf { lines, ..PageOf::now(world.equipment) };
        let of_customer = PageOf { lines, ..PageOf::now(world.customer) };
        let visits = equipment_page(&world.app, &asked).unwrap().visits;
        let unlike: BTreeSet<_> = visits.iter().map(|line| line.link.document).collect();
        let of_customer = customer_page(&world.app, &of_customer).unwrap().visits;
        (visits.len(), unlike.len(), of_customer.len())
    };
    assert_eq!(shown(None), (50, 50, 50));
    assert_eq!(shown(Some(51)), (51, 51, 51));
    // More than one look at the tables brings.
    assert_eq!(shown(Some(2_000)), (1_002, 1_002, 1_002));
}

#[test]
fn the_timeline_tells_who_wrote_what_newest_first() {
    let world = World::new();
    step(&world, VisitAct::TravelStarted, None).unwrap();
    let told = timeline(&world.app, &RecordAsked { document: world.visit }).unwrap();
    let newest = &told[0];
    assert_eq!(newest.by.as_ref().unwrap().title, "Коваль Іван Петрович");
    assert_eq!(newest.arrived_ms, None);
    let WrittenView::Row { columns } = &newest.writes[0].what else { panic!("{newest:?}") };
    assert_eq!(columns["what"].as_text(), Some("travel_started"));
}

#[test]
fn the_timeline_names_the_question_answered_and_the_address_chosen() {
    let world = World::new();
    answer(&world, 0, "yes").unwrap();
    let customer = customer_page(&world.app, &PageOf::now(world.customer)).unwrap();
    let site = customer.addresses[1].row;
    world.device().edit(world.visit, vec![Visit::SITE.set(&site)]).unwrap();
    let told = timeline(&world.app, &RecordAsked { document: world.visit }).unwrap();
    let named = |entry: usize| {
        let write = &told[entry].writes[0];
        assert!(write.links.iter().all(|link| link.kind.is_some()), "{:?}", write.links);
        let [row] = write.rows.as_slice() else { panic!("{write:?}") };
        (row.row, row.name.as_str(), row.answer_kind)
    };
    assert_eq!(named(0), (site, "Житомир, вул. Промислова, 14", None));
    assert_eq!(named(1), (world.questions[0], "Димохід чистий", Some(AnswerKind::YesNo)));
}

#[test]
fn the_history_of_a_card_has_what_happened_on_its_visits_and_to_its_complaints() {
    let world = World::new();
    world.minutes_pass(1);
    step(&world, VisitAct::TravelStarted, None).unwrap();
    world.minutes_pass(1);
    add_work(&world.app, &WorkToAdd { visit: world.visit, work: flushing(&world, "1"), form: None }).unwrap();
    world.minutes_pass(1);
    let complaint = vec![Complaint::CARD.set(&Ref::to(world.card))];
    let complaint = world.device().make_record(Kind::Complaint, complaint).unwrap();
    let read = |part, lines| card_history(&world.app, &CardHistoryAsked { card: world.card, part, lines });
    let told = read(HistoryPart::All, None).unwrap();
    assert_eq!((told.works, told.files, told.complaints, told.more), (1, 0, 1, false));
    let fields: Vec<_> = told.entries[..3]
        .iter()
        .map(|entry| (entry.record.document, entry.writes[0].path.field.as_str()))
        .collect();
    assert_eq!(fields[0].0, complaint);
    assert_eq!(fields[1..], [(world.visit, "works"), (world.visit, "events")]);
    assert!(told.entries.iter().any(|entry| entry.record.document == world.card));
    let works = read(HistoryPart::Works, None).unwrap();
    assert_eq!(works.entries[0].record.document, world.visit);
    let is_of_works = |field: &str| ["works", "planned_works"].contains(&field);
    let writes = || works.entries.iter().flat_map(|entry| &entry.writes);
    assert!(writes().all(|write| is_of_works(&write.path.field)), "{works:?}");
    let complaints = read(HistoryPart::Complaints, None).unwrap();
    assert!(complaints.entries.iter().all(|entry| entry.record.document == complaint));
    let first = read(HistoryPart::All, Some(1)).unwrap();
    assert_eq!((first.entries.len(), first.more), (1, true));
}

#[test]
fn the_card_as_it_was_has_its_visits_works_and_complaints_of_then() {
    let world = World::new();
    let elsewhere =
        world.device().create(Kind::Visit, vec![Visit::CUSTOMER.set(&Ref::to(world.customer))]).unwrap();
    let work = |volume| WorkToAdd { visit: world.visit, work: flushing(&world, volume), form: None };
    world.minutes_pass(10);
    add_work(&world.app, &work("1")).unwrap();
    let complaint = vec![Complaint::CARD.set(&Ref::to(world.card))];
    let complaint = world.device().make_record(Kind::Complaint, complaint).unwrap();
    world.minutes_pass(20);
    let to_card = vec![Visit::CARD.set(&Ref::to(world.card))];
    world.device().edit(elsewhere, to_card).unwrap();
    step(&world, VisitAct::TravelStarted, None).unwrap();
    add_work(&world.app, &work("1")).unwrap();
    let later = world.planned_visit(window(3, 9, 10));
    let by_mistake =
        Withdrawal { by: world.me, at: at("2026-03-02T09:30:00+02:00"), why: "двічі".to_owned() };
    world.device().edit(complaint, vec![Common::WITHDRAWN.set(&by_mistake)]).unwrap();

    let shown = |at| {
        let page = card_page(&world.app, &PageOf { at, ..PageOf::now(world.card) }).unwrap();
        let visits: Vec<_> = page.visits.iter().map(|line| (line.link.document, line.state)).collect();
        let complaints: Vec<_> = page.complaints.iter().map(|line| line.link.document).collect();
        let percents: Vec<_> = page.visits.iter().map(|line| line.percent).collect();
        (visits, percents, complaints, page.works[0].rows.len(), page.percent)
    };
    let then = shown(Some(at("2026-03-02T09:15:00+02:00")));
    let visit = (world.visit, Some(VisitState::Dispatched));
    assert_eq!(then, (vec![visit], vec![Some(5_000)], vec![complaint], 1, 5_000));
    let (visits, _, complaints, works, percent) = shown(None);
    assert_eq!(visits.len(), 3);
    assert!(visits.contains(&(world.visit, Some(VisitState::Travelling))));
    assert!(visits.iter().any(|(visit, _)| *visit == later));
    assert_eq!((complaints, works, percent), (Vec::new(), 2, 10_000));
    let as_now = shown(Some(at("2026-03-02T10:00:00+02:00")));
    assert_eq!(as_now, shown(None));
    let before = card_page(
        &world.app,
        &PageOf { at: Some(at("2026-03-02T09:05:00+02:00")), ..PageOf::now(world.card) },
    );
    let before = before.unwrap();
    assert!(before.complaints.is_empty() && before.works[0].rows.is_empty());
}

#[test]
fn visits_are_given_to_others_together_and_taken_back_together() {
    let world = World::new();
    let other = world.planned_visit(window(3, 9, 10));
    let taras = DocumentId::made_by_rule("taras");
    let asked = VisitsToAssign { visits: vec![world.visit, other], specialists: vec![taras], dispatch: true };
    let done = assign_visits(&world.app, &asked).unwrap();
    assert_eq!(page(&world).specialists[0].document, taras);
    undo(&world.app, &done).unwrap();
    assert_eq!(page(&world).specialists[0].document, world.me);
}

#[test]
fn when_one_visit_is_over_none_is_given_away() {
    let world = World::new();
    let other = world.planned_visit(window(3, 9, 10));
    step(&world, VisitAct::CannotComplete, Some("зачинено")).unwrap();
    let visits = vec![other, world.visit];
    let asked = VisitsToAssign { visits, specialists: Vec::new(), dispatch: false };
    let error = assign_visits(&world.app, &asked).unwrap_err();
    assert!(matches!(error, ScreenError::Objected { .. }));
    let reading = world.device().show(other).unwrap().reading;
    assert!(reading.value("specialists").as_text().unwrap().contains(&world.me.to_string()));
}

#[test]
fn visits_are_moved_together() {
    let world = World::new();
    let to = window(4, 13, 15);
    let moves = vec![VisitMove { visit: world.visit, window: Some(to), pinned: Some(true) }];
    move_visits(&world.app, &VisitsToMove { moves }).unwrap();
    let seen = page(&world);
    assert_eq!((seen.window, seen.is_pinned), (Some(to), true));
}

#[test]
fn pickers_offer_by_name_and_by_what_is_typed() {
    let world = World::new();
    let asked =
        |of, text: Option<&str>| ChoicesAsked { of, text: text.map(ToOwned::to_owned), customer: None };
    let titles = |asked: &ChoicesAsked| {
        let found = choices(&world.app, asked).unwrap();
        found.into_iter().map(|one| one.link.title).collect::<Vec<_>>()
    };
    assert_eq!(titles(&asked(Offered::Directory(Directory::WorkKind), None)), ["Промивка теплообмінника"]);
    assert_eq!(titles(&asked(Offered::Directory(Directory::Cause), None)), [""; 0]);
    assert_eq!(titles(&asked(Offered::Employees, Some("ков"))), ["Коваль Іван Петрович"]);
    let customers = choices(&world.app, &asked(Offered::Customers, None)).unwrap();
    assert_eq!(customers[0].note.as_deref(), Some("Житомир"), "companies of one name are told apart");
    world.device().edit(world.equipment, vec![Equipment::PLACE.set(&"дах".to_owned())]).unwrap();
    let equipment = choices(&world.app, &asked(Offered::Equipment, None)).unwrap();
    assert_eq!(equipment[0].note.as_deref(), Some("0817-2214 · дах"), "boilers of one name are told apart");
    let mut of_another = asked(Offered::Equipment, None);
    of_another.customer = Some(world.card);
    assert!(titles(&of_another).is_empty());
}

#[test]
fn cards_of_one_customer_are_told_apart_by_service_object_and_how_often() {
    let world = World::new();
    let periodicity = Periodicity::Calendar {
        rule: "FREQ=MONTHLY".to_owned(),
        start: "2026-01-15".parse().unwrap(),
        end: None,
    };
    let intents = vec![
        ServiceCard::SERVICE_TYPE.set(&ServiceType::Contract),
        ServiceCard::EQUIPMENT.set(&Ref::to(world.equipment)),
        ServiceCard::PERIODICITY.set(&periodicity),
    ];
    world.device().edit(world.card, intents).unwrap();
    let asked = ChoicesAsked { of: Offered::Cards, text: None, customer: Some(world.customer) };
    let [choice] = choices(&world.app, &asked).unwrap().try_into().unwrap();
    let card = choice.card.unwrap();
    assert_eq!(card.service_type, Some(ServiceType::Contract));
    assert_eq!(card.equipment.unwrap().document, world.equipment);
    assert_eq!(card.periodicity, Some(periodicity));
}

#[test]
fn search_finds_records_of_any_kind() {
    let world = World::new();
    let asked = WordsAsked { text: "ксв".to_owned(), of_a_kind: None };
    let found = search(&world.app, &asked).unwrap();
    assert_eq!(found[0].link.document, world.equipment);
}

#[test]
fn search_finds_visits_by_whom_what_and_where_they_are_for() {
    let world = World::new();
    let later = world.planned_visit(window(4, 9, 10));
    let found = |text: &str, of_a_kind: Option<u32>| {
        let found = search(&world.app, &WordsAsked { text: text.to_owned(), of_a_kind }).unwrap();
        let visits = found.into_iter().filter(|one| one.link.kind == Some(Kind::Visit));
        visits.collect::<Vec<_>>()
    };
    for words in ["Липки", "0817-2214", "Промислова 14", "липки промислова"] {
        let visits: Vec<_> = found(words, None).iter().map(|one| one.link.document).collect();
        assert_eq!(visits, [later, world.visit], "by {words}");
    }
    // Of a kind as many as are asked for, and each says for whom, on what and when.
    let [newest] = found("Липки", Some(1)).try_into().unwrap();
    assert_eq!(newest.customer.unwrap().title, "ОСББ «Липки-7»");
    assert_eq!(newest.equipment.unwrap().document, world.equipment);
    assert_eq!(newest.at, Some(window(4, 9, 10).start()));
}

#[test]
fn search_offers_what_was_made_by_mistake_when_nothing_else_is_found_and_says_so() {
    let world = World::new();
    let found = |text: &str| {
        let found = search(&world.app, &WordsAsked { text: text.to_owned(), of_a_kind: None }).unwrap();
        found.into_iter().map(|one| (one.link.document, one.withdrawn)).collect::<Vec<_>>()
    };
    let mistake = |name: &str| {
        let named = vec![Customer::NAME.set(&name.to_owned())];
        let customer = world.device().create(Kind::Customer, named).unwrap();
        let intent = world.device().withdraw_record("двічі").unwrap();
        world.device().edit(customer, vec![intent]).unwrap();
        customer
    };
    let alone = mistake("Хлібозавод");
    let beside = mistake("Липки");
    let visit = world.planned_visit(window(4, 9, 10));
    let intent = world.device().withdraw_record("двічі").unwrap();
    world.device().edit(visit, vec![intent]).unwrap();

    assert_eq!(found("хлібозавод"), [(alone, true)]);
    let standing = found("липки");
    assert!(standing.contains(&(world.visit, false)), "{standing:?}");
    assert!(standing.iter().all(|(document, withdrawn)| !withdrawn && ![beside, visit].contains(document)));
}

#[test]
fn a_number_finds_its_record_whether_it_counts_or_not() {
    let world = World::new();
    let card = world.card;
    let numbered = world.device().list(&ListQuery::of(Kind::ServiceCard, &["label"], 1)).unwrap();
    let number = numbered.rows[0].cells[0].text().unwrap().to_owned();
    let found = |text: &str| {
        let found = search(&world.app, &WordsAsked { text: text.to_owned(), of_a_kind: None }).unwrap();
        found.into_iter().map(|one| (one.link.document, one.withdrawn)).collect::<Vec<_>>()
    };
    let both = found(&number);
    assert!(both.starts_with(&[(card, false)]), "{both:?}");
    assert_eq!(both.iter().filter(|(document, _)| *document == card).count(), 1);
    let intent = world.device().withdraw_record("двічі").unwrap();
    world.device().edit(card, vec![intent]).unwrap();
    // Its visit stands, and is found by the number of its card.
    assert_eq!(found(&format!(" {} ", number.to_lowercase())), [(card, true), (world.visit, false)]);
}

#[test]
fn what_counts_is_found_behind_any_number_of_mistakes() {
    let world = World::new();
    let named = || vec![Customer::NAME.set(&"Хлібозавод".to_owned())];
    let standing = world.device().create(Kind::Customer, named()).unwrap();
    for _ in 0..201 {
        let mistake = world.device().create(Kind::Customer, named()).unwrap();
        let intent = world.device().withdraw_record("двічі").unwrap();
        world.device().edit(mistake, vec![intent]).unwrap();
    }
    let asked = WordsAsked { text: "хлібозавод".to_owned(), of_a_kind: None };
    let found: Vec<_> = search(&world.app, &asked).unwrap().iter().map(|one| one.link.document).collect();
    assert_eq!(found, [standing]);
}

#[test]
fn what_stands_inside_a_word_is_looked_for_when_no_record_has_a_word_that_begins_so() {
    let world = World::new();
    let found = |text: &str| {
        let found = search(&world.app, &WordsAsked { text: text.to_owned(), of_a_kind: None }).unwrap();
        found.into_iter().map(|one| one.link.document).collect::<Vec<_>>()
    };
    let by_parts = found("мислов");
    assert!(by_parts.contains(&world.visit) && by_parts.contains(&world.customer), "inside «Промислова»");
    // A customer has the word itself: work at the street that only has it inside is not meant.
    let named = vec![Customer::NAME.set(&"Мисловець".to_owned())];
    let customer = world.device().create(Kind::Customer, named).unwrap();
    assert_eq!(found("мислов"), [customer]);
}
