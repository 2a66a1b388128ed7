//! Of one thing made twice one record stays, and it has everything that happened with the thing.

use std::collections::BTreeMap;

use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::FieldPath;
use halyard_domain::record::Withdrawal;
use halyard_domain::records::{Common, Complaint, Visit};
use halyard_domain::schema::root_key;
use halyard_domain::value::Scalar;
use halyard_tables::list::ListQuery;
use halyard_tables::rows::rows_of;
use halyard_tables::tables::MADE_TWICE;
use halyard_tables::verify::differences;
use halyard_testkit::sample::*;
use proptest::prelude::*;

use crate::database::Database;

/// A record of one of the kinds made twice, as it is before anybody merged it.
fn thing(kind: Kind, name: &str) -> Sample {
    match kind {
        Kind::Customer => customer(name, name),
        _ => equipment(name, name),
    }
}

fn merged(sample: Sample, into: &str) -> Sample {
    let value = Scalar::Text(id(into).to_string());
    sample.with(Intent::Set { path: FieldPath::root(root_key::MERGED_INTO), value })
}

fn withdrawn(sample: Sample) -> Sample {
    let mistake = Withdrawal { by: id("dispatcher"), at: at(2, "10:00"), why: "двічі".to_owned() };
    sample.with(Common::WITHDRAWN.set(&mistake))
}

fn done_at(kind: Kind, name: &str, day: u32, thing: &str) -> Sample {
    let sample = visit_of(name, "card", day).completed();
    match kind {
        Kind::Customer => sample.with(Visit::CUSTOMER.set(&link(thing))),
        _ => sample.with(Visit::EQUIPMENT.set(&link(thing))),
    }
}

fn complaint_of(kind: Kind, name: &str, thing: &str) -> Sample {
    let sample = Sample::of(Kind::Complaint, name);
    match kind {
        Kind::Customer => sample.with(Complaint::CUSTOMER.set(&link(thing))),
        _ => sample.with(Complaint::EQUIPMENT.set(&link(thing))),
    }
}

/// Visits done, the day of March of the last of them and open complaints.
fn history(database: &Database, kind: Kind, name: &str) -> (i64, Option<i64>, i64) {
    let cell = |column| database.cell(kind, name, column).int();
    let first = at(1, "09:00").unix_seconds();
    let last = cell("last_visit_start").map(|last| (last - first) / 86_400 + 1);
    (cell("visits_done").unwrap(), last, cell("open_complaints").unwrap())
}

fn standing(database: &Database, kind: Kind) -> Vec<DocumentId> {
    let mut found = database.all_pages(&ListQuery::of(kind, &[], 10));
    found.sort_unstable();
    found
}

/// Names in the order of their ids.
fn by_id<const N: usize>(names: [&'static str; N]) -> [&'static str; N] {
    let mut names = names;
    names.sort_unstable_by_key(|name| id(name));
    names
}

/// Every kind made twice, on a device and in an office.
fn everywhere() -> impl Iterator<Item = (Database, Kind)> {
    let both = || [Database::device(), Database::office()];
    MADE_TWICE.into_iter().flat_map(move |kind| both().map(|database| (database, kind)))
}

#[track_caller]
fn is_as_it_says(database: &Database, records: &[Sample]) {
    for record in records {
        let rows = rows_of(record.id, &record.reading);
        assert_eq!(differences(&database.connection, database.target, &rows).unwrap(), []);
    }
}

#[test]
fn the_record_that_stays_has_what_happened_under_its_duplicates() {
    for (database, kind) in everywhere() {
        database.put_all(&[
            thing(kind, "stays"),
            merged(thing(kind, "twice"), "stays"),
            merged(thing(kind, "thrice"), "twice"),
            thing(kind, "other"),
            done_at(kind, "v1", 3, "stays"),
            done_at(kind, "v2", 2, "twice"),
            complaint_of(kind, "c1", "twice"),
        ]);
        assert_eq!(history(&database, kind, "stays"), (2, Some(3), 1));

        // What comes later goes up the whole way, and everything goes with its duplicate.
        database.put_all(&[done_at(kind, "v3", 7, "thrice"), complaint_of(kind, "c2", "thrice")]);
        assert_eq!(history(&database, kind, "stays"), (3, Some(7), 2));
        assert_eq!(history(&database, kind, "twice"), (2, Some(7), 2));
        assert_eq!(history(&database, kind, "other"), (0, None, 0));

        database.put(&merged(thing(kind, "twice"), "other"));
        assert_eq!(history(&database, kind, "stays"), (1, Some(3), 0));
        assert_eq!(history(&database, kind, "other"), (2, Some(7), 2));

        database.put(&thing(kind, "twice"));
        assert_eq!(history(&database, kind, "other"), (0, None, 0));
        assert_eq!(history(&database, kind, "twice"), (2, Some(7), 2));

        database.put(&withdrawn(merged(thing(kind, "thrice"), "twice")));
        assert_eq!(history(&database, kind, "twice").0, 2, "what happened under a withdrawn duplicate too");
        database.remove(Kind::Visit, "v3");
        assert_eq!(history(&database, kind, "twice"), (1, Some(2), 2));
        database.remove(kind, "thrice");
        assert_eq!(history(&database, kind, "twice"), (1, Some(2), 1));
    }
}

#[test]
fn of_records_merged_into_one_another_the_one_with_the_smallest_id_stays() {
    for (database, kind) in everywhere() {
        let [first, second] = by_id(["a", "b"]);
        let records = [merged(thing(kind, first), second), merged(thing(kind, second), first)];
        for record in &records {
            database.put(record);
            database.put(&done_at(kind, "v", 2, second));
        }
        assert_eq!(standing(&database, kind), [id(first)]);
        assert_eq!(history(&database, kind, first), (1, Some(2), 0));
        is_as_it_says(&database, &records);

        database.put(&merged(thing(kind, "self"), "self"));
        assert!(standing(&database, kind).contains(&id("self")), "a circle of one");
    }
}

#[test]
fn the_record_of_a_circle_that_stays_leads_on_when_the_circle_breaks() {
    for (database, kind) in everywhere() {
        let [first, second, third] = by_id(["a", "b", "c"]);
        let into = |name, into| merged(thing(kind, name), into);
        database.put_all(&[
            into(first, second),
            into(second, third),
            into(third, first),
            into("tail", second),
            thing(kind, "other"),
            done_at(kind, "v", 2, "tail"),
        ]);
        let other = id("other");
        let expect = |stays: &str| {
            let mut expected = [id(stays), other];
            expected.sort_unstable();
            assert_eq!(standing(&database, kind), expected);
            assert_eq!(history(&database, kind, stays), (1, Some(2), 0));
        };
        expect(first);
        database.put(&withdrawn(into(first, second)));
        expect(second);
        database.put(&into(first, second));
        expect(first);

        database.put(&thing(kind, second));
        expect(second);
        database.put(&into(second, "other"));
        assert_eq!(standing(&database, kind), [other]);
        assert_eq!(history(&database, kind, "other"), (1, Some(2), 0));

        database.put(&into(second, third));
        database.remove(kind, second);
        assert_eq!(standing(&database, kind), [other], "the record that stays is not here");
    }
}

/// Merges of six records, each into another or into none, withdrawn or not.
fn merges() -> impl Strategy<Value = Vec<(Option<usize>, bool)>> {
    prop::collection::vec((prop::option::weighted(0.8, 0..6_usize), prop::bool::weighted(0.2)), 6)
}

const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

fn made(kind: Kind, name: &str, (into, is_withdrawn): (Option<usize>, bool)) -> Sample {
    let sample = thing(kind, name);
    let sample = if is_withdrawn { withdrawn(sample) } else { sample };
    match into {
        Some(into) => merged(sample, NAMES[into]),
        None => sample,
    }
}

/// Where a record leads to in the end.
fn end_of(database: &Database, kind: Kind, name: &str) -> DocumentId {
    let mut end = id(name);
    for _ in NAMES {
        let at = NAMES.iter().find(|name| id(name) == end).unwrap();
        match database.cell(kind, at, "merged_into").document() {
            Some(next) => end = next,
            None => return end,
        }
    }
    panic!("{name} leads nowhere")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn nothing_vanishes_and_rows_are_equal_whatever_order_merges_came_in(
        (before, after) in (merges(), merges()),
        order in Just((0..12_usize).collect::<Vec<_>>()).prop_shuffle(),
        kind in prop::sample::select(MADE_TWICE.to_vec()),
        batch in 1..5_usize,
    ) {
        let of_all = |said: &[(Option<usize>, bool)]| -> Vec<Sample> {
            NAMES.iter().zip(said).map(|(name, said)| made(kind, name, *said)).collect()
        };
        let mut last = of_all(&after);
        last.extend(NAMES.iter().zip(2..).map(|(name, day)| done_at(kind, &format!("visit of {name}"), day, name)));
        let once = Database::office();
        once.put_all(&last);
        is_as_it_says(&once, &last);

        let edited = Database::device();
        of_all(&before).iter().for_each(|record| edited.put(record));
        let mut waiting: BTreeMap<usize, Sample> = last.into_iter().enumerate().collect();
        for some in order.chunks(batch) {
            let some: Vec<Sample> = some.iter().map(|n| waiting.remove(n).unwrap()).collect();
            edited.put_all(&some);
        }
        prop_assert_eq!(once.dump(), edited.dump());

        let stays = NAMES.iter().filter(|name| end_of(&once, kind, name) == id(name));
        let done: i64 = stays.map(|name| history(&once, kind, name).0).sum();
        prop_assert_eq!(done, 6, "each visit is counted of one record that stays");
    }
}
