//! Rows, names and groups of many records at once, each by an index.

use halyard_domain::kind::Kind;
use halyard_domain::value::Scalar;
use halyard_tables::list::{
    Direction, Filter, ListError, ListQuery, Search, SortKey, child_rows, group_by, orders, plan,
    read_child_rows,
};
use halyard_tables::search::{self, Depth};
use halyard_tables::sql::{SqlValue, Statement};
use halyard_tables::sqlite;

use halyard_testkit::sample::*;

use crate::database::*;

/// The steps of SQLite's plan.
fn steps(database: &Database, statement: &Statement) -> String {
    let mut prepared = database.connection.prepare(&format!("EXPLAIN QUERY PLAN {}", statement.sql)).unwrap();
    let params = rusqlite::params_from_iter(&statement.params);
    let rows = prepared.query_map(params, |row| row.get::<_, String>(3)).unwrap();
    rows.map(Result::unwrap).collect::<Vec<_>>().join("\n")
}

fn two_visits(database: &Database) {
    database.put_all(&[
        card("c"),
        visit_of("one", "c", 2).work("cleaning", "2.5").work("flushing", "1"),
        visit_of("two", "c", 3).work("cleaning", "4"),
    ]);
}

#[test]
fn rows_of_several_records_come_in_the_order_of_birth() {
    for database in [Database::device(), Database::office()] {
        two_visits(&database);
        let columns = ["work_kind", "volume"];
        let of = [id("one"), id("two"), id("not here")];
        let statement = child_rows(database.target, Kind::Visit, "works", &columns, &of).unwrap();
        let found = sqlite::query(&database.connection, &statement).unwrap();
        let mut rows = read_child_rows(Kind::Visit, "works", &columns, found).unwrap();
        rows.sort_by_key(|row| row.record != id("one"));
        let seen: Vec<_> = rows.iter().map(|row| (row.record, row.cells[1].text().unwrap())).collect();
        assert_eq!(seen, [(id("one"), "2.5"), (id("one"), "1"), (id("two"), "4")]);
    }
}

#[test]
fn a_field_without_rows_is_a_typed_error() {
    let database = Database::device();
    let error = child_rows(database.target, Kind::Visit, "specialists", &[], &[]).unwrap_err();
    assert!(matches!(error, ListError::UnknownField { .. }));
    let error = child_rows(database.target, Kind::Visit, "works", &["nothing"], &[]).unwrap_err();
    assert!(matches!(error, ListError::UnknownColumn { .. }));
}

#[test]
fn rows_and_names_are_found_by_a_key() {
    for database in [Database::device(), Database::office()] {
        let of = [id("one"), id("two")];
        let rows = child_rows(database.target, Kind::Visit, "works", &["volume"], &of).unwrap();
        let seen = steps(&database, &rows);
        assert!(seen.contains("SEARCH visit_works") && !seen.contains("SCAN"), "{seen}");
        let seen = steps(&database, &search::named(database.target, &of));
        assert!(seen.contains("SEARCH search_document") && !seen.contains("SCAN"), "{seen}");
        let seen = steps(&database, &search::translated(database.target, &of));
        assert!(seen.contains("SEARCH role") && !seen.contains("SCAN"), "{seen}");
    }
}

#[test]
fn groups_add_up_numbers_and_nothing_else() {
    let database = Database::device();
    two_visits(&database);
    let query = ListQuery::of(Kind::Visit, &[], 1);
    let sums = ["duration_minutes".to_owned()];
    let statement = group_by(database.target, &query, "state", &sums).unwrap();
    let groups = sqlite::query(&database.connection, &statement).unwrap();
    assert_eq!(groups, [vec![SqlValue::Text("scheduled".to_owned()), SqlValue::Int(2), SqlValue::Null]]);
    let error = group_by(database.target, &query, "state", &["findings".to_owned()]).unwrap_err();
    assert!(matches!(error, ListError::NotANumber { .. }));
}

#[test]
fn an_order_that_is_offered_as_indexed_needs_no_sorting() {
    let database = Database::device();
    for &kind in Kind::ALL {
        for order in orders(kind) {
            let sort = serde_json::json!([{ "column": order, "direction": "ascending" }]);
            let mut query = ListQuery::of(kind, &["label"], 50);
            query.sort = serde_json::from_value(sort).unwrap();
            for segment in &plan(database.target, &query).unwrap().segments {
                let seen = steps(&database, segment);
                assert!(!seen.contains("TEMP B-TREE"), "{kind} by {order}: {seen}");
            }
        }
    }
}

#[test]
fn names_are_those_the_lists_show() {
    let database = Database::device();
    database.put(&customer("kyiv", "Київ Ліфт"));
    let named = search::named(database.target, &[id("kyiv"), id("not here")]);
    let rows = sqlite::query(&database.connection, &named).unwrap();
    let hits: Vec<_> = rows.iter().filter_map(search::hit).collect();
    assert_eq!(hits.len(), 1);
    assert_eq!((hits[0].kind, hits[0].title.as_str()), (Kind::Customer, "Київ Ліфт"));
    let words = Search { text: "київ".to_owned(), depth: Depth::Words };
    let query = ListQuery { search: Some(words), ..ListQuery::of(Kind::Customer, &["title"], 5) };
    let shown = database.list(&query).rows.remove(0).cells.remove(0);
    assert_eq!(shown.text(), Some("Київ Ліфт"));
}

/// Every step finds its rows by an index or a key.
#[track_caller]
fn check(database: &Database, query: &ListQuery) {
    for segment in &plan(database.target, query).unwrap().segments {
        let seen = steps(database, segment);
        let walks = seen.lines().any(|step| step.starts_with("SCAN") && !step.contains("USING INDEX"));
        assert!(!walks, "{query:?}: {seen}");
    }
}

#[test]
fn a_persons_day_and_the_lines_of_a_page_walk_through_no_table() {
    let database = Database::device();
    let text = |text: &str| Scalar::Text(text.to_owned());
    let mine = || Filter::Includes { field: "specialists".to_owned(), value: text(&id("ivan").to_string()) };
    let between = |column: &str, from: Option<i64>, to: Option<i64>| Filter::Between {
        column: column.to_owned(),
        from: from.map(Scalar::Int),
        to: to.map(Scalar::Int),
    };
    let query = |filters: Vec<Filter>, sort: Vec<SortKey>| ListQuery {
        filters,
        sort,
        ..ListQuery::of(Kind::Visit, &["state"], 50)
    };
    let open = || Filter::State { states: vec!["dispatched".to_owned(), "accepted".to_owned()] };
    let by_start = || vec![SortKey::new("window_start", Direction::Ascending)];
    let latest = || vec![SortKey::new("window_start", Direction::Descending)];
    check(&database, &query(vec![mine(), between("window_start", Some(1), Some(2))], by_start()));
    check(&database, &query(vec![mine(), between("window_end", None, Some(2)), open()], Vec::new()));
    let nothing = Filter::IsEmpty { column: "window_start".to_owned() };
    check(&database, &query(vec![mine(), nothing, open()], Vec::new()));
    for link in ["card", "customer", "equipment"] {
        let value = text(&id("x").to_string());
        check(&database, &query(vec![Filter::Equals { column: link.to_owned(), value }], latest()));
    }
}
