//! Records as wholes: made by mistake, made twice, brought back.

use std::collections::BTreeMap;

use halyard_device::RecordEdit;
use halyard_device::actions::Done;
use halyard_device::actions::undo::undo;
use halyard_device::actions::withdrawing::{
    RecordToRestore, RecordToWithdraw, RecordsToMerge, merge_records, restore_record, withdraw_record,
};
use halyard_device::screens::ScreenError;
use halyard_device::screens::customer::{CustomerPage, customer_page};
use halyard_device::screens::journal::{GroupsAsked, JournalCell, journal, journal_groups, journal_total};
use halyard_device::screens::visit::{PageOf, visit_page};
use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::FieldPath;
use halyard_domain::record::Withdrawal;
use halyard_domain::records::{Common, Complaint, Customer, Visit};
use halyard_domain::saving::Why;
use halyard_domain::schema::root_key;
use halyard_domain::value::Scalar;
use halyard_tables::list::{Filter, ListQuery, MAX_LIMIT, Show};

use crate::visit::objection;
use crate::world::{MONDAY_MORNING, World, at};

fn customer(world: &World, name: &str) -> DocumentId {
    world.device().create(Kind::Customer, vec![Customer::NAME.set(&name.to_owned())]).unwrap()
}

fn page(world: &World, document: DocumentId) -> CustomerPage {
    customer_page(&world.app, &PageOf::now(document)).unwrap()
}

fn counted(world: &World, kind: Kind) -> u64 {
    journal_total(&world.app, &ListQuery::of(kind, &[], 1)).unwrap().count
}

fn withdraw(world: &World, document: DocumentId, why: &str) -> Result<Done, ScreenError> {
    withdraw_record(&world.app, &RecordToWithdraw { document, why: why.to_owned(), form: None })
}

fn restore(world: &World, document: DocumentId) -> Done {
    restore_record(&world.app, &RecordToRestore { document }).unwrap()
}

fn merge(world: &World, duplicate: DocumentId, into: DocumentId) -> Result<Done, ScreenError> {
    merge_records(&world.app, &RecordsToMerge { duplicate, into, form: None })
}

#[test]
fn what_was_made_by_mistake_leaves_the_journal_and_comes_back() {
    let world = World::new();
    let mistake = customer(&world, "Пекарня");
    let lacks = withdraw(&world, mistake, " ").unwrap_err();
    assert!(matches!(lacks, ScreenError::Required { field } if field == "why"));

    let done = withdraw(&world, mistake, " не той ").unwrap();
    assert_eq!(counted(&world, Kind::Customer), 1);
    let told = page(&world, mistake).head.withdrawn.unwrap();
    assert_eq!((told.by.document, told.at, told.why.as_str()), (world.me, at(MONDAY_MORNING), "не той"));

    undo(&world.app, &done).unwrap();
    assert_eq!(counted(&world, Kind::Customer), 2);
    withdraw(&world, mistake, "таки не той").unwrap();
    let back = restore(&world, mistake);
    assert!(page(&world, mistake).head.withdrawn.is_none());
    assert_eq!(counted(&world, Kind::Customer), 2);
    assert!(restore(&world, mistake).records.is_empty(), "it stands already");

    undo(&world.app, &back).unwrap();
    assert_eq!(page(&world, mistake).head.withdrawn.unwrap().why, "таки не той");
}

#[test]
fn what_no_longer_counts_is_a_journal_of_its_own_and_says_why() {
    let world = World::new();
    let (stays, duplicate) = (customer(&world, "Пекарня"), customer(&world, "Пекарня (дубль)"));
    let mistake = customer(&world, "Пробна");
    let query = ListQuery {
        show: Show::NoLonger,
        ..ListQuery::of(Kind::Customer, &["withdrawn", "merged_into"], 10)
    };
    let shown = || {
        let rows = journal(&world.app, &query).unwrap().rows;
        assert_eq!(journal_total(&world.app, &query).unwrap().count, rows.len() as u64);
        rows.into_iter().map(|row| (row.document, row.cells)).collect::<BTreeMap<_, _>>()
    };
    assert_eq!(shown(), BTreeMap::new());
    withdraw(&world, mistake, "не той").unwrap();
    merge(&world, duplicate, stays).unwrap();
    let gone = shown();
    assert_eq!(gone[&mistake], [JournalCell::Yes(true), JournalCell::Nothing]);
    let [JournalCell::Yes(false), JournalCell::Link(into)] = gone[&duplicate].as_slice() else {
        panic!("{gone:?}")
    };
    assert_eq!(into.document, stays);
    let by_why = GroupsAsked { query: query.clone(), by: "withdrawn".to_owned(), sums: Vec::new() };
    assert_eq!(journal_groups(&world.app, &by_why).unwrap().len(), 2);

    restore(&world, mistake);
    restore(&world, duplicate);
    assert_eq!(shown(), BTreeMap::new());
}

#[test]
fn who_withdraws_again_what_another_had_withdrawn_does_so_in_their_own_name() {
    let world = World::new();
    let by = DocumentId::made_by_rule("olena");
    let others = Withdrawal { by, at: at("2026-02-01T10:00:00+02:00"), why: "двічі".to_owned() };
    let mistake = customer(&world, "Пекарня");
    world.device().edit(mistake, vec![Common::WITHDRAWN.set(&others)]).unwrap();

    let back = restore(&world, mistake);
    undo(&world.app, &back).unwrap();
    let told = page(&world, mistake).head.withdrawn.unwrap();
    assert_eq!((told.by.document, told.at, told.why.as_str()), (world.me, at(MONDAY_MORNING), "двічі"));
}

#[test]
fn a_duplicate_names_the_record_that_stays_until_it_is_taken_back() {
    let world = World::new();
    let twice = customer(&world, "Липки 7");
    let done = merge(&world, twice, world.customer).unwrap();
    assert_eq!(page(&world, twice).head.merged_into.unwrap().document, world.customer);
    assert_eq!(counted(&world, Kind::Customer), 1);
    // No list has it any more: it is found from there.
    let stays = || page(&world, world.customer).head.duplicates;
    assert_eq!(
        stays().iter().map(|one| (one.document, one.title.as_str())).collect::<Vec<_>>(),
        [(twice, "Липки 7")]
    );

    undo(&world.app, &done).unwrap();
    assert!(page(&world, twice).head.merged_into.is_none());
    assert!(stays().is_empty());
    merge(&world, twice, world.customer).unwrap();
    restore(&world, twice);
    assert_eq!(counted(&world, Kind::Customer), 2);
}

#[test]
fn what_names_a_duplicate_is_found_with_the_record_that_stays() {
    let world = World::new();
    let (twice, thrice) = (customer(&world, "Липки 7"), customer(&world, "Липки-7"));
    let of_thrice =
        vec![Visit::CUSTOMER.set(&Ref::to(thrice)), Visit::EQUIPMENT.set(&Ref::to(world.equipment))];
    let visit = world.device().create(Kind::Visit, of_thrice).unwrap();
    let visits = || {
        let value = Scalar::Text(world.customer.to_string());
        let filters = vec![Filter::Equals { column: "customer".to_owned(), value }];
        let query = ListQuery { filters, ..ListQuery::of(Kind::Visit, &[], 1) };
        let listed = page(&world, world.customer).visits.len();
        (journal_total(&world.app, &query).unwrap().count, listed)
    };
    let named = || {
        let asked = PageOf::now(visit);
        visit_page(&world.app, &asked).unwrap().customer.unwrap().document
    };
    assert_eq!((visits(), named()), ((1, 1), thrice));

    // A duplicate of a duplicate: the links follow to the end.
    merge(&world, thrice, twice).unwrap();
    let done = merge(&world, twice, world.customer).unwrap();
    assert_eq!((visits(), named()), ((2, 2), world.customer));
    assert_eq!(page(&world, thrice).head.title, "Липки-7", "its own page keeps its own name");

    undo(&world.app, &done).unwrap();
    assert_eq!((visits(), named()), ((1, 1), twice));
}

/// The groups of a journal of visits by the customer: whom it names and how many visits it says there are.
fn visits_by_customer(world: &World) -> Vec<(DocumentId, u64)> {
    let query = ListQuery::of(Kind::Visit, &[], 1);
    let asked = GroupsAsked { query, by: "customer".to_owned(), sums: Vec::new() };
    let customer = |cell| match cell {
        JournalCell::Link(customer) => customer.document,
        other => panic!("a group of {other:?}"),
    };
    let groups = journal_groups(&world.app, &asked).unwrap().into_iter();
    groups.map(|group| (customer(group.value), u64::try_from(group.count).unwrap())).collect()
}

fn visit_of(customer: DocumentId) -> Vec<Intent> {
    vec![Visit::CUSTOMER.set(&Ref::to(customer))]
}

#[test]
fn what_names_duplicates_is_in_the_group_of_the_record_that_stays_and_nowhere_else() {
    let world = World::new();
    let (twice, thrice, other) =
        (customer(&world, "Липки 7"), customer(&world, "Липки-7"), customer(&world, "Пекарня"));
    for customer in [twice, twice, thrice, other] {
        world.device().create(Kind::Visit, visit_of(customer)).unwrap();
    }
    merge(&world, thrice, twice).unwrap();
    merge(&world, twice, world.customer).unwrap();
    let groups = visits_by_customer(&world);
    assert_eq!(BTreeMap::from_iter(groups.clone()), BTreeMap::from([(world.customer, 4), (other, 1)]));
    assert_eq!(groups.len(), 2, "each is one group");
    for (customer, count) in groups {
        let value = Scalar::Text(customer.to_string());
        let filters = vec![Filter::Equals { column: "customer".to_owned(), value }];
        let query = ListQuery { filters, ..ListQuery::of(Kind::Visit, &[], 1) };
        assert_eq!(journal_total(&world.app, &query).unwrap().count, count, "as many as its rows");
    }
}

#[test]
fn journals_count_for_the_record_that_stays_what_its_page_counts() {
    let world = World::new();
    let twice = customer(&world, "Липки 7");
    for of in [twice, world.customer] {
        let about = vec![Complaint::CUSTOMER.set(&Ref::to(of))];
        world.device().create(Kind::Complaint, about).unwrap();
    }
    let listed = || {
        let query = ListQuery::of(Kind::Customer, &["open_complaints"], 10);
        let rows = journal(&world.app, &query).unwrap().rows.into_iter();
        let of = |document, shown: JournalCell| match shown {
            JournalCell::Number(number) => (document, number, page(&world, document).open_complaints),
            other => panic!("a count, not {other:?}"),
        };
        let mut found: Vec<_> =
            rows.map(|row| of(row.document, row.cells.into_iter().next().unwrap())).collect();
        found.sort_unstable();
        found
    };
    let mut apart = vec![(twice, 1, 1), (world.customer, 1, 1)];
    apart.sort_unstable();
    assert_eq!(listed(), apart);
    let done = merge(&world, twice, world.customer).unwrap();
    assert_eq!(listed(), [(world.customer, 2, 2)]);
    undo(&world.app, &done).unwrap();
    assert_eq!(listed(), apart);
}

/// Two customers merged into one another, as two devices apart do it: the one that stays, and its duplicate.
fn circle(world: &World) -> (DocumentId, DocumentId) {
    let mut both = [customer(world, "Липки 7"), customer(world, "Липки-7")];
    both.sort_unstable();
    let [stays, twice] = both;
    let into = |document: DocumentId, stays: DocumentId| {
        let value = Scalar::Text(stays.to_string());
        let set = Intent::Set { path: FieldPath::root(root_key::MERGED_INTO), value };
        RecordEdit::editing(document, Kind::Customer, vec![set])
    };
    // Saved together, neither is seen by what is asked about the other.
    world.device().save(&[into(twice, stays), into(stays, twice)]).unwrap();
    (stays, twice)
}

#[test]
fn of_a_circle_one_record_stays_and_is_like_any_that_stands() {
    let world = World::new();
    let (stays, twice) = circle(&world);
    assert_eq!(counted(&world, Kind::Customer), 2);
    assert!(page(&world, stays).head.merged_into.is_none());
    assert_eq!(page(&world, twice).head.merged_into.unwrap().document, stays);
    assert!(restore(&world, stays).records.is_empty(), "it stands already");
    assert_eq!(objection(&merge(&world, stays, twice).unwrap_err()), Why::MergedInCircle);

    let third = customer(&world, "Липки, 7");
    merge(&world, third, twice).unwrap();
    world.device().create(Kind::Visit, visit_of(third)).unwrap();
    assert_eq!(BTreeMap::from_iter(visits_by_customer(&world)).get(&stays), Some(&1));
    merge(&world, stays, world.customer).unwrap();
    assert_eq!(counted(&world, Kind::Customer), 1);
    assert_eq!(BTreeMap::from_iter(visits_by_customer(&world)).get(&world.customer), Some(&2));
}

#[test]
fn a_duplicate_of_a_circle_comes_back_beside_the_record_that_stays() {
    let world = World::new();
    let (stays, twice) = circle(&world);
    let done = restore(&world, twice);
    assert!([stays, twice].iter().all(|one| page(&world, *one).head.merged_into.is_none()));
    assert_eq!(counted(&world, Kind::Customer), 3);

    undo(&world.app, &done).unwrap();
    assert_eq!(counted(&world, Kind::Customer), 2);
    assert!(page(&world, stays).head.merged_into.is_none());

    withdraw(&world, stays, "не той").unwrap();
    assert!(page(&world, twice).head.merged_into.is_none(), "what is withdrawn hides nothing");
    restore(&world, stays);
    assert_eq!(counted(&world, Kind::Customer), 3);
}

#[test]
fn more_groups_than_a_page_has_rows_follow_their_duplicates_too() {
    let world = World::new();
    let twice = customer(&world, "Липки 7");
    merge(&world, twice, world.customer).unwrap();
    let absent = (0..MAX_LIMIT).map(|n| DocumentId::made_by_rule(&format!("customer {n}")));
    let visits: Vec<_> = absent
        .chain([twice])
        .map(|customer| RecordEdit::making(world.device().new_id(), Kind::Visit, visit_of(customer)))
        .collect();
    world.device().save(&visits).unwrap();
    let groups = BTreeMap::from_iter(visits_by_customer(&world));
    assert_eq!(groups.len(), visits.len(), "one for each, and that of the duplicate in that of our customer");
    assert_eq!(groups.get(&world.customer), Some(&2));
}

#[test]
fn what_no_longer_counts_is_neither_withdrawn_nor_merged_once_more() {
    let world = World::new();
    let (mistake, twice) = (customer(&world, "Пекарня"), customer(&world, "Липки 7"));
    withdraw(&world, mistake, "не той").unwrap();
    merge(&world, twice, world.customer).unwrap();
    let refused = |done: Result<Done, ScreenError>, gone: DocumentId| {
        assert_eq!(done.unwrap_err(), ScreenError::NoLongerCounts { document: gone });
    };
    for gone in [mistake, twice] {
        refused(withdraw(&world, gone, "таки не той"), gone);
        refused(merge(&world, gone, world.customer), gone);
    }
    assert_eq!(page(&world, mistake).head.withdrawn.unwrap().why, "не той", "what was said first holds");
    assert!(page(&world, mistake).head.merged_into.is_none());
    assert!(page(&world, twice).head.withdrawn.is_none());
}

#[test]
fn a_record_is_merged_into_one_of_its_kind_that_stays() {
    let world = World::new();
    let twice = customer(&world, "Липки 7");
    let refused = merge(&world, twice, world.equipment).unwrap_err();
    assert_eq!(refused, ScreenError::AnotherKind { document: world.equipment, kind: Kind::Equipment });
    assert_eq!(objection(&merge(&world, twice, twice).unwrap_err()), Why::MergedInCircle);
    withdraw(&world, twice, "не той").unwrap();
    let refused = objection(&merge(&world, world.customer, twice).unwrap_err());
    assert_eq!(refused, Why::MergedIntoWithdrawn { into: twice });
    assert_eq!(counted(&world, Kind::Customer), 1, "nothing was saved");
}
