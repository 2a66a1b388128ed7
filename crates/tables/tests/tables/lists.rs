//! Lists filter, sort and page over real tables.

use crate::database::*;
use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::FieldPath;
use halyard_domain::records::{Customer, ServiceCard, Visit};
use halyard_domain::schema::root_key;
use halyard_domain::value::{FieldValue, Scalar};
use halyard_tables::list::{
    Direction, Filter, ListError, ListQuery, Nulls, Search, Show, SortKey, count, count_by, plan, plan_count,
};
use halyard_tables::search::Depth;
use halyard_tables::sql::{Dialect, SqlValue};
use halyard_tables::sqlite;
use halyard_testkit::sample::*;
use proptest::prelude::*;

fn text(text: &str) -> Scalar {
    Scalar::Text(text.to_owned())
}

fn names(found: &[DocumentId], of: &[&str]) -> Vec<String> {
    found.iter().map(|document| of.iter().find(|name| id(name) == *document).unwrap().to_string()).collect()
}

#[track_caller]
fn check(database: &Database, kind: Kind, filter: &Filter, expected: &[&str]) {
    let mut query = ListQuery::of(kind, &[], 100);
    query.filters = vec![filter.clone()];
    query.sort = vec![SortKey::new("id", Direction::Ascending)];
    let mut ids: Vec<DocumentId> = expected.iter().map(|name| id(name)).collect();
    ids.sort();
    assert_eq!(database.all_pages(&query), ids, "{filter:?}");
    let counted = sqlite::query(&database.connection, &plan_count(database.target, &query).unwrap()).unwrap();
    assert_eq!(count(&counted), expected.len() as u64, "{filter:?}");
}

fn three_visits() -> Database {
    let database = Database::device();
    database.put_all(&[
        customer("kyiv", "Київ Ліфт").with(Customer::REGISTRY_CODE.set(&"32855961".to_owned())),
        card("c").with(ServiceCard::SUBJECT.set(&"Ліфт".to_owned())),
        visit_of("one", "c", 2)
            .with(Visit::CUSTOMER.set(&link("kyiv")))
            .with(Visit::SPECIALISTS.set(&vec![link("petro"), link("ivan")]))
            .work("cleaning", "2.5")
            .text("findings", "П’ятниця: насос шумить")
            .completed(),
        visit_of("two", "c", 5).with(Visit::SPECIALISTS.set(&vec![link("ivan")])),
        visit("three").with(Visit::DURATION_MINUTES.set(&90)).with(Visit::PINNED.set(&true)),
    ]);
    database
}

#[test]
fn every_filter_finds_what_it_says() {
    let database = three_visits();
    let column = str::to_owned;
    let equals = |name: &str, value: Scalar| Filter::Equals { column: column(name), value };
    let visits = |filter: Filter, expected: &[&str]| check(&database, Kind::Visit, &filter, expected);

    visits(equals("customer", text(&id("kyiv").to_string())), &["one"]);
    visits(equals("pinned", Scalar::Bool(true)), &["three"]);
    visits(equals("duration_minutes", Scalar::Int(90)), &["three"]);
    visits(
        Filter::OneOf { column: column("state"), values: vec![text("scheduled"), text("new")] },
        &["two", "three"],
    );
    visits(Filter::State { states: vec![column("completed")] }, &["one"]);
    visits(Filter::OneOf { column: column("state"), values: vec![] }, &[]);
    let from = Some(text("2026-03-02T10:00:00+03:00"));
    visits(Filter::Between { column: column("window_start"), from: from.clone(), to: None }, &["one", "two"]);
    let to = Some(Scalar::Int(at(2, "23:59").unix_seconds()));
    visits(Filter::Between { column: column("window_start"), from, to }, &["one"]);
    visits(Filter::Contains { column: column("findings"), text: column("ПЯТНИЦЯ: НАС") }, &["one"]);
    visits(Filter::Contains { column: column("findings"), text: column("%") }, &[]);
    visits(Filter::IsEmpty { column: column("window_start") }, &["three"]);
    let petro = text(&id("petro").to_string());
    visits(Filter::Includes { field: column("specialists"), value: petro }, &["one"]);
    let named = vec![equals("registry_code", text("32855961"))];
    visits(Filter::Linked { column: column("customer"), filters: named }, &["one"]);
    let much = Filter::Between { column: column("volume"), from: Some(text("2.5")), to: Some(text("10")) };
    visits(Filter::HasRow { field: column("works"), filters: vec![much] }, &["one"]);
    visits(Filter::Not { filter: Box::new(equals("pinned", Scalar::Bool(true))) }, &[]);
    visits(
        Filter::AnyOf {
            filters: vec![
                equals("pinned", Scalar::Bool(true)),
                Filter::State { states: vec![column("scheduled")] },
            ],
        },
        &["two", "three"],
    );
    check(
        &database,
        Kind::ServiceCard,
        &Filter::Referred {
            by: Kind::Visit,
            column: column("card"),
            filters: vec![Filter::State { states: vec![column("completed")] }],
        },
        &["c"],
    );
    check(&database, Kind::Customer, &equals("name", text("київ ліфт")), &["kyiv"]);
}

#[test]
fn cells_come_in_the_order_asked_for_and_with_their_types() {
    let database = three_visits();
    let mut query = ListQuery::of(Kind::Visit, &["pinned", "duration_minutes", "state"], 1);
    query.filters = vec![Filter::Equals { column: "pinned".to_owned(), value: Scalar::Bool(true) }];
    let page = database.list(&query);
    let expected = [SqlValue::Bool(true), SqlValue::Int(90), SqlValue::Text("new".to_owned())];
    assert_eq!(page.rows[0].cells, expected);
    assert_eq!(page.next, None);
}

#[test]
fn visits_are_counted_by_state() {
    let database = three_visits();
    let statement = count_by(database.target, &ListQuery::of(Kind::Visit, &[], 1), "state").unwrap();
    let counts = sqlite::query(&database.connection, &statement).unwrap();
    let one = |state: &str| vec![SqlValue::Text(state.to_owned()), SqlValue::Int(1)];
    assert_eq!(counts, [one("completed"), one("new"), one("scheduled")]);
}

#[test]
fn a_duplicate_is_shown_only_when_everything_is_asked_for() {
    let database = Database::device();
    let survivor = link::<Customer>("stays");
    database.put_all(&[
        customer("stays", "Ліфт"),
        customer("twice", "Ліфт")
            .with(Intent::Set { path: FieldPath::root(root_key::MERGED_INTO), value: survivor.to_scalar() }),
    ]);
    let mut query = ListQuery::of(Kind::Customer, &[], 10);
    assert_eq!(database.all_pages(&query), [id("stays")]);
    query.show = Show::Everything;
    assert_eq!(database.all_pages(&query).len(), 2);
}

#[test]
fn what_does_not_exist_is_a_typed_error() {
    let error = |change: &dyn Fn(&mut ListQuery)| {
        let mut query = ListQuery::of(Kind::Visit, &["label"], 10);
        change(&mut query);
        plan(halyard_tables::sql::Target::DEVICE, &query).unwrap_err()
    };
    let unknown = |column: &str| ListError::UnknownColumn { table: "visit".into(), column: column.into() };
    let hostile = "id\" FROM visit; DROP TABLE visit; --";
    assert_eq!(error(&|query| query.columns = vec![hostile.to_owned()]), unknown(hostile));
    assert_eq!(
        error(&|query| query.sort = vec![SortKey::new("nothing", Direction::Ascending)]),
        unknown("nothing")
    );
    let filter = |filter: Filter| error(&move |query| query.filters = vec![filter.clone()]);
    assert_eq!(filter(Filter::IsEmpty { column: hostile.to_owned() }), unknown(hostile));
    assert!(matches!(
        filter(Filter::Equals { column: "duration_minutes".into(), value: text("дев'яносто") }),
        ListError::WrongValue { .. }
    ));
    assert!(matches!(
        filter(Filter::Contains { column: "duration_minutes".into(), text: "9".into() }),
        ListError::NotAText { .. }
    ));
    assert!(matches!(
        filter(Filter::Includes { field: "works".into(), value: text("x") }),
        ListError::UnknownField { .. }
    ));
    assert!(matches!(
        filter(Filter::Linked { column: "label".into(), filters: vec![] }),
        ListError::NotALink { .. }
    ));
    assert!(matches!(error(&|query| query.page.limit = 1_001), ListError::TooMuch { what: "rows", .. }));
    let deep = (0..10)
        .fold(Filter::IsEmpty { column: "card".into() }, |inner, _| Filter::Not { filter: Box::new(inner) });
    assert!(matches!(filter(deep), ListError::TooMuch { .. }));
}

#[test]
fn hostile_strings_stay_data() {
    let database = Database::device();
    let strings = [
        "'; DROP TABLE customer; --",
        "\" OR \"\" = \"",
        "% _ \\ * ^ ( ) : {words} NEAR AND OR NOT",
        "?1 $1 :name @x #{}",
        "Робота\0прихована",
        "\u{202e}тпирксв<script>",
    ];
    for (index, hostile) in strings.iter().enumerate() {
        database.put(&customer(&format!("hostile{index}"), hostile));
    }
    for (index, hostile) in strings.iter().enumerate() {
        let name = format!("hostile{index}");
        let equals = Filter::Equals { column: "name".to_owned(), value: text(hostile) };
        check(&database, Kind::Customer, &equals, &[&name]);
        let contains = Filter::Contains { column: "name".to_owned(), text: (*hostile).to_owned() };
        check(&database, Kind::Customer, &contains, &[&name]);
        for depth in [Depth::Words, Depth::Inner] {
            let mut query = ListQuery::of(Kind::Customer, &[], 10);
            query.search = Some(Search { text: (*hostile).to_owned(), depth });
            database.list(&query);
        }
    }
    assert_eq!(database.all_pages(&ListQuery::of(Kind::Customer, &[], 2)).len(), strings.len());
}

#[test]
fn names_come_in_the_order_of_the_alphabet() {
    let database = Database::device();
    let called = ["Яковенко", "Іваненко", "Єременко", "Жук", "аналітик", "Ґудзь", "Гук"];
    for name in called {
        database.put(&customer(name, name));
    }
    let found = database.all_pages(&ListQuery::of(Kind::Customer, &[], 3));
    let expected = ["аналітик", "Ґудзь", "Гук", "Єременко", "Жук", "Іваненко", "Яковенко"];
    assert_eq!(names(&found, &called), expected);
}

/// The steps of SQLite's plan for every segment of a list.
fn steps(database: &Database, query: &ListQuery) -> String {
    let plan = plan(database.target, query).unwrap();
    let mut steps = Vec::new();
    for segment in &plan.segments {
        let mut prepared =
            database.connection.prepare(&format!("EXPLAIN QUERY PLAN {}", segment.sql)).unwrap();
        let params = rusqlite::params_from_iter(&segment.params);
        let rows = prepared.query_map(params, |row| row.get::<_, String>(3)).unwrap();
        steps.extend(rows.map(Result::unwrap));
    }
    steps.join("\n")
}

#[test]
fn the_default_order_of_every_kind_is_an_index_scan_and_its_next_page_a_seek() {
    for database in [Database::device(), Database::office()] {
        for &kind in Kind::ALL {
            let mut query = ListQuery::of(kind, &["label"], 50);
            let first = steps(&database, &query);
            assert!(!first.contains("TEMP B-TREE") && first.contains("USING INDEX"), "{kind}: {first}");

            let default = if plan(database.target, &query).unwrap().segments.len() == 1 {
                serde_json::json!({ "keys": [{ "text": "м" }], "document": id("x") })
            } else {
                serde_json::json!({ "keys": [{ "int": 7 }], "document": id("x") })
            };
            query.page.after = Some(serde_json::from_value(default).unwrap());
            let next = steps(&database, &query);
            assert!(!next.contains("TEMP B-TREE"), "{kind}: {next}");
            assert!(next.lines().all(|step| step.contains("SEARCH")), "{kind}: {next}");
        }
    }
}

#[test]
fn lists_people_open_every_day_use_indexes() {
    let database = Database::device();
    let by = |kind, filter: Filter| {
        let mut query = ListQuery::of(kind, &["label"], 50);
        query.filters = vec![filter];
        steps(&database, &query)
    };
    let id = text(&id("x").to_string());
    let of_card = by(Kind::Visit, Filter::Equals { column: "card".into(), value: id.clone() });
    assert!(of_card.contains("visit_by_card"), "{of_card}");
    let mine = by(Kind::Visit, Filter::Includes { field: "specialists".into(), value: id });
    assert!(mine.contains("visit_specialists_by_item"), "{mine}");
    let state = by(Kind::Visit, Filter::State { states: vec!["scheduled".into()] });
    assert!(state.contains("USING INDEX") && !state.contains("TEMP B-TREE"), "{state}");
}

fn visit_number(number: u32) -> Sample {
    let sample = visit(&format!("visit{number}"));
    let sample = if number.is_multiple_of(3) {
        sample
    } else {
        sample.with(Visit::WINDOW.set(&window(1 + number % 5)))
    };
    if number.is_multiple_of(2) {
        sample.with(Visit::DURATION_MINUTES.set(&i64::from(number % 4)))
    } else {
        sample
    }
}

fn direction() -> impl Strategy<Value = Direction> {
    prop_oneof![Just(Direction::Ascending), Just(Direction::Descending)]
}

fn nulls() -> impl Strategy<Value = Nulls> {
    prop_oneof![Just(Nulls::First), Just(Nulls::Last)]
}

fn sort_key() -> impl Strategy<Value = SortKey> {
    let column =
        prop_oneof![Just("window_start"), Just("duration_minutes"), Just("label"), Just("conflicts")];
    (column, direction(), nulls())
        .prop_map(|(column, direction, nulls)| SortKey { nulls, ..SortKey::new(column, direction) })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn pages_of_any_order_join_to_the_whole_list(
        sort in proptest::collection::vec(sort_key(), 0..4),
        limit in 1u32..12,
    ) {
        thread_local! {
            static DATABASE: Database = {
                let database = Database::device();
                database.put_all(&(0..40).map(visit_number).collect::<Vec<_>>());
                database
            };
        }
        DATABASE.with(|database| {
            let mut query = ListQuery::of(Kind::Visit, &[], limit);
            query.sort = sort;
            let pages = database.all_pages(&query);
            query.page.limit = 1_000;
            let whole = database.all_pages(&query);
            prop_assert_eq!(whole.len(), 40);
            prop_assert_eq!(pages, whole);
            Ok(())
        })?;
    }
}

#[test]
fn rows_without_a_value_stand_where_the_list_says() {
    let database = three_visits();
    let all = ["one", "two", "three"];
    let order = |direction, nulls| {
        let mut query = ListQuery::of(Kind::Visit, &[], 1);
        query.sort = vec![SortKey { nulls, ..SortKey::new("window_start", direction) }];
        names(&database.all_pages(&query), &all)
    };
    assert_eq!(order(Direction::Ascending, Nulls::Last), ["one", "two", "three"]);
    assert_eq!(order(Direction::Descending, Nulls::Last), ["two", "one", "three"]);
    assert_eq!(order(Direction::Ascending, Nulls::First), ["three", "one", "two"]);
    assert_eq!(order(Direction::Descending, Nulls::First), ["three", "two", "one"]);
}

#[test]
fn a_list_whose_last_item_was_taken_out_is_empty_like_one_never_written() {
    for database in [Database::device(), Database::office()] {
        for (name, specialists) in [("given", vec![link("a")]), ("taken back", Vec::new())] {
            database.put(&visit(name).with(Visit::SPECIALISTS.set(&specialists)));
        }
        database.put(&visit("never given"));
        let query = ListQuery {
            filters: vec![Filter::IsEmpty { column: "specialists".to_owned() }],
            ..ListQuery::of(Kind::Visit, &[], 10)
        };
        let mut found = names(&database.all_pages(&query), &["given", "taken back", "never given"]);
        found.sort_unstable();
        assert_eq!(found, ["never given", "taken back"]);
    }
}

#[test]
fn a_cursor_of_another_order_is_refused() {
    let database = three_visits();
    let mut query = ListQuery::of(Kind::Visit, &[], 1);
    query.page.after = database.list(&query).next;
    query.sort =
        vec![SortKey::new("label", Direction::Ascending), SortKey::new("conflicts", Direction::Ascending)];
    assert_eq!(plan(database.target, &query).unwrap_err(), ListError::ForeignCursor);
}

#[test]
fn a_company_lists_only_its_own_records_in_either_dialect() {
    let office = Database::office();
    office.put(&customer("ours", "Наш"));
    let other = office.into_other_company();
    assert!(other.all_pages(&ListQuery::of(Kind::Customer, &[], 10)).is_empty());

    let mut query = ListQuery::of(Kind::Visit, &["label"], 10);
    query.search = Some(Search { text: "насос".to_owned(), depth: Depth::Words });
    query.filters = vec![Filter::Linked { column: "card".to_owned(), filters: vec![] }];
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let target = halyard_tables::sql::Target { dialect, ..other.target };
        for segment in plan(target, &query).unwrap().segments {
            let selects = segment.sql.matches("SELECT").count() - segment.sql.matches("SELECT rowid").count();
            assert_eq!(segment.sql.matches("workspace_id").count(), selects, "{}", segment.sql);
        }
    }
}
