//! What no longer counts can be listed alone, and costs what there is of it, however much the company has.

use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::FieldPath;
use halyard_domain::record::Withdrawal;
use halyard_domain::records::{Common, Visit};
use halyard_domain::schema::root_key;
use halyard_domain::value::Scalar;
use halyard_tables::list::{
    Direction, Filter, ListQuery, Nulls, Search, Show, SortKey, count_by, plan, plan_count,
};
use halyard_tables::search::Depth;
use halyard_tables::sql::Statement;
use halyard_testkit::sample::*;

use crate::database::Database;

fn withdrawn(sample: Sample) -> Sample {
    let mistake = Withdrawal { by: id("dispatcher"), at: at(2, "10:00"), why: "двічі".to_owned() };
    sample.with(Common::WITHDRAWN.set(&mistake))
}

fn merged(sample: Sample, into: &str) -> Sample {
    let value = Scalar::Text(id(into).to_string());
    sample.with(Intent::Set { path: FieldPath::root(root_key::MERGED_INTO), value })
}

fn no_longer(kind: Kind) -> ListQuery {
    ListQuery { show: Show::NoLonger, ..ListQuery::of(kind, &["label"], 7) }
}

/// A customer, a duplicate of it, one made by mistake; sixty visits, of which every third was made by mistake.
fn company(database: &Database) {
    database.put_all(&[
        customer("stays", "Пекарня Світло"),
        merged(customer("twice", "Пекарня"), "stays"),
        withdrawn(customer("mistake", "Пробна")),
        withdrawn(merged(customer("both", "Пекарня"), "stays")),
    ]);
    let visits = (0..60u32).map(|number| {
        let visit = visit_of(&format!("visit{number}"), "card", 1 + number % 20)
            .with(Visit::CUSTOMER.set(&link(if number.is_multiple_of(2) { "stays" } else { "twice" })))
            .with(Visit::DURATION_MINUTES.set(&i64::from(number % 4)));
        if number.is_multiple_of(3) { withdrawn(visit) } else { visit }
    });
    database.put_all(&visits.collect::<Vec<_>>());
}

#[test]
fn only_what_no_longer_counts_is_listed_and_only_what_counts_without_it() {
    for database in [Database::device(), Database::office()] {
        company(&database);
        let mut gone = database.all_pages(&no_longer(Kind::Customer));
        let mut expected = [id("twice"), id("mistake"), id("both")];
        gone.sort();
        expected.sort();
        assert_eq!(gone, expected);
        assert_eq!(database.count(&no_longer(Kind::Customer)), 3);
        assert_eq!(database.all_pages(&ListQuery::of(Kind::Customer, &[], 7)), [id("stays")]);
        assert_eq!(database.count(&no_longer(Kind::Visit)), 20);

        // Brought back it is listed among the others again.
        database.put(&customer("mistake", "Пробна"));
        assert!(!database.all_pages(&no_longer(Kind::Customer)).contains(&id("mistake")));
    }
}

#[test]
fn it_is_sorted_narrowed_and_searched_as_the_others_are() {
    let (device, office) = (Database::device(), Database::office());
    company(&device);
    company(&office);
    let minutes = Filter::Equals { column: "duration_minutes".to_owned(), value: Scalar::Int(3) };
    let named = Filter::OneOf { column: "customer".to_owned(), values: vec![text("stays"), text("twice")] };
    let linked = Filter::Linked {
        column: "customer".to_owned(),
        filters: vec![Filter::Equals { column: "id".to_owned(), value: text("stays") }],
    };
    let filters = [vec![], vec![minutes.clone()], vec![named, minutes], vec![linked]];
    for (place, filters) in filters.into_iter().enumerate() {
        for sort in [None, Some("window_start"), Some("label"), Some("duration_minutes"), Some("rating")] {
            for words in [None, Some("світло"), Some("нічого")] {
                let mut query = no_longer(Kind::Visit);
                query.filters = filters.clone();
                query.search = words.map(|words| Search { text: words.to_owned(), depth: Depth::Words });
                query.sort = sort
                    .map(|sort| SortKey { nulls: Nulls::First, ..SortKey::new(sort, Direction::Ascending) })
                    .into_iter()
                    .collect();
                let in_the_office = office.all_pages(&query);
                assert_eq!(device.all_pages(&query), in_the_office, "{query:?}");
                assert_eq!(device.count(&query), in_the_office.len(), "{query:?}");
                let expected = match (words, place) {
                    (None, 0) => 20,
                    (None, 1 | 2) => 5,
                    (None, _) | (Some("світло"), 0 | 3) => 10,
                    (Some("світло"), _) => 0,
                    _ => 0,
                };
                assert_eq!(in_the_office.len(), expected, "{query:?}");
            }
        }
    }
}

fn text(name: &str) -> Scalar {
    Scalar::Text(id(name).to_string())
}

/// The steps of SQLite's plan that read the table of a kind.
fn steps(database: &Database, kind: Kind, statement: &Statement) -> Vec<String> {
    let mut prepared = database.connection.prepare(&format!("EXPLAIN QUERY PLAN {}", statement.sql)).unwrap();
    let params = rusqlite::params_from_iter(&statement.params);
    let steps = prepared.query_map(params, |row| row.get::<_, String>(3)).unwrap().map(Result::unwrap);
    steps.filter(|step| step.contains(&format!(" {kind} ")) || step.contains("TEMP")).collect()
}

#[test]
fn it_is_found_by_an_index_of_its_own_whatever_the_order_and_the_conditions() {
    let database = Database::device();
    company(&database);
    let conditions = [
        Filter::State { states: vec!["completed".to_owned()] },
        Filter::OneOf { column: "customer".to_owned(), values: vec![text("stays"), text("twice")] },
        Filter::Between { column: "window_start".to_owned(), from: Some(Scalar::Int(1)), to: None },
        Filter::Between { column: "conflicts".to_owned(), from: Some(Scalar::Int(0)), to: None },
    ];
    for &kind in Kind::ALL {
        let own = format!("INDEX {kind}_no_longer_by_");
        for column in [None, Some("label"), Some("title"), Some("attention")] {
            let conditions: &[Filter] = if kind == Kind::Visit { &conditions } else { &[] };
            for filters in [&[], conditions].into_iter().chain(conditions.chunks(1)) {
                for text in [None, Some("світло")] {
                    let mut query = no_longer(kind);
                    query.filters = filters.to_vec();
                    query.search = text.map(|text| Search { text: text.to_owned(), depth: Depth::Words });
                    query.sort = column
                        .map(|column| SortKey::new(column, Direction::Descending))
                        .into_iter()
                        .collect();
                    let plan = plan(database.target, &query).unwrap();
                    assert!(plan.shortcuts.is_empty());
                    for segment in &plan.segments {
                        let steps = steps(&database, kind, segment);
                        assert!(steps.iter().any(|step| step.contains(&own)), "{query:?}: {steps:#?}");
                        let sorts = steps.iter().any(|step| step.contains("TEMP B-TREE FOR ORDER"));
                        assert!(column.is_some() || text.is_some() || !sorts, "{query:?}: {steps:#?}");
                    }
                    let counted = steps(&database, kind, &plan_count(database.target, &query).unwrap());
                    // Or in one that holds no more of a record than that.
                    let in_index = |step: &String| step.contains(&own) || step.contains("COVERING");
                    assert!(counted.iter().any(in_index), "{query:?}: {counted:#?}");
                }
            }
        }
        let counted = steps(&database, kind, &plan_count(database.target, &no_longer(kind)).unwrap());
        assert!(counted.iter().all(|step| step.contains("COVERING")), "{kind}: {counted:#?}");
    }
    let grouped = count_by(database.target, &no_longer(Kind::Visit), "state").unwrap();
    let grouped = steps(&database, Kind::Visit, &grouped);
    assert!(grouped.iter().all(|step| step.contains("COVERING")), "{grouped:#?}");
}
