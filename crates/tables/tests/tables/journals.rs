//! A page of a journal costs what the page costs, however long the journal is: by every column it is sorted by, and
//! with words to find, however many records have them.

use halyard_domain::kind::Kind;
use halyard_domain::records::{Equipment, ServiceCard, Visit};
use halyard_domain::value::Scalar;
use halyard_tables::list::{Direction, Filter, ListQuery, Nulls, Search, SortKey, orders, plan, plan_count};
use halyard_tables::search::Depth;
use halyard_tables::sql::Statement;
use halyard_testkit::sample::*;

use crate::database::Database;

/// Columns by which people sort journals that grow with the company.
const SORTED: [(Kind, &[&str]); 5] = [
    (
        Kind::Visit,
        &[
            "label",
            "title",
            "state",
            "window_start",
            "card",
            "customer",
            "equipment",
            "duration_minutes",
            "percent",
        ],
    ),
    (Kind::ServiceCard, &["label", "title", "state", "priority", "customer", "equipment", "percent"]),
    (Kind::Complaint, &["label", "title", "state", "received_at", "severity", "customer", "next_action_due"]),
    (Kind::Customer, &["label", "title", "registry_code", "responsible", "visits_done", "open_complaints"]),
    (Kind::Equipment, &["label", "title", "serial", "customer", "warranty_until", "last_visit_start"]),
];

fn steps(database: &Database, statement: &Statement) -> Vec<String> {
    let mut prepared = database.connection.prepare(&format!("EXPLAIN QUERY PLAN {}", statement.sql)).unwrap();
    let params = rusqlite::params_from_iter(&statement.params);
    prepared.query_map(params, |row| row.get(3)).unwrap().map(Result::unwrap).collect()
}

/// Each statement of the list walks by an index that has the order, and sorts nothing.
#[track_caller]
fn check_walk(database: &Database, query: &ListQuery) {
    for segment in &plan(database.target, query).unwrap().segments {
        let steps = steps(database, segment);
        let walks =
            steps.iter().all(|step| step.contains("USING INDEX") || step.contains("USING COVERING INDEX"));
        assert!(walks, "{query:?}: {steps:#?}");
    }
}

#[test]
fn a_journal_is_sorted_by_an_index_whatever_the_column_and_the_page() {
    let database = Database::device();
    for (kind, columns) in SORTED {
        let records: Vec<Sample> = (0..60).map(|number| Sample::of(kind, &number.to_string())).collect();
        database.put_all(&records);
        for column in columns {
            for direction in [Direction::Ascending, Direction::Descending] {
                for nulls in [Nulls::Last, Nulls::First] {
                    let mut query = ListQuery::of(kind, &["label"], 50);
                    query.sort = vec![SortKey { nulls, ..SortKey::new(column, direction) }];
                    check_walk(&database, &query);
                    query.page.after = database.list(&query).next;
                    assert!(query.page.after.is_some(), "{kind} by {column} has no second page");
                    check_walk(&database, &query);
                }
            }
        }
    }
}

#[test]
fn every_column_with_an_order_of_its_own_is_sorted_by_its_index() {
    let database = Database::device();
    for &kind in Kind::ALL {
        for column in orders(kind) {
            let mut query = ListQuery::of(kind, &["label"], 50);
            query.sort = vec![SortKey::new(column, Direction::Descending)];
            check_walk(&database, &query);
        }
    }
}

#[test]
fn few_rows_that_a_condition_leaves_are_looked_up_and_not_walked_to() {
    let database = Database::device();
    let late = Filter::AnyOf {
        filters: vec![Filter::Between {
            column: "overdue_from".to_owned(),
            from: None,
            to: Some(Scalar::Int(90)),
        }],
    };
    let item = Scalar::Text(id("petrenko").to_string());
    let mine = Filter::Includes { field: "specialists".to_owned(), value: item };
    let disputed = Filter::Between { column: "conflicts".to_owned(), from: Some(Scalar::Int(1)), to: None };
    for (filter, by) in [(late, "overdue_from<"), (disputed, "conflicts>"), (mine, "id=?")] {
        for text in [None, Some("світло")] {
            let mut query = ListQuery::of(Kind::Visit, &["label"], 50);
            query.filters = vec![filter.clone()];
            query.search = text.map(|text| Search { text: text.to_owned(), depth: Depth::Words });
            let plan = plan(database.target, &query).unwrap();
            let shortcut = plan.shortcuts.last().unwrap();
            for statement in shortcut.segments.iter().chain([&shortcut.probe]) {
                let steps = steps(&database, statement);
                let looked_up = |step: &String| step.contains("SEARCH visit ") && step.contains(by);
                assert!(steps.iter().any(looked_up), "{steps:#?}");
            }
        }
    }
}

#[test]
fn what_a_condition_leaves_is_the_same_by_both_ways_and_in_the_office() {
    let (device, office) = (Database::device(), Database::office());
    company(&device);
    company(&office);
    let minutes = |from, to| Filter::Between {
        column: "duration_minutes".to_owned(),
        from: Some(Scalar::Int(from)),
        to: Some(Scalar::Int(to)),
    };
    let empty = Filter::IsEmpty { column: "duration_minutes".to_owned() };
    let none = Filter::Equals { column: "percent".to_owned(), value: Scalar::Int(77) };
    for filters in
        [vec![minutes(2, 3)], vec![empty], vec![minutes(1, 2), minutes(2, 3)], vec![minutes(0, 3), none]]
    {
        for (sort, nulls) in
            [(None, Nulls::Last), (Some("window_start"), Nulls::First), (Some("label"), Nulls::Last)]
        {
            for text in [None, Some("світло")] {
                let mut query = ListQuery::of(Kind::Visit, &["label"], 7);
                query.search = text.map(|text| Search { text: text.to_owned(), depth: Depth::Words });
                query.filters = filters.clone();
                query.sort = sort
                    .map(|sort| SortKey { nulls, ..SortKey::new(sort, Direction::Descending) })
                    .into_iter()
                    .collect();
                let in_the_office = office.all_pages(&query);
                assert_eq!(device.all_pages(&query), in_the_office, "{query:?}");
                assert_eq!(device.all_pages_walking(&query), in_the_office, "{query:?}");
            }
        }
    }
}

#[test]
fn an_index_that_sorts_tempts_no_filter_away_from_the_order_of_the_list() {
    let database = Database::device();
    let column = str::to_owned;
    let many = [
        Filter::Equals { column: column("duration_minutes"), value: Scalar::Int(90) },
        Filter::Between { column: column("percent"), from: Some(Scalar::Int(1)), to: None },
        Filter::OneOf { column: column("outcome"), values: vec![Scalar::Text(column("completed"))] },
        Filter::IsEmpty { column: column("rating") },
    ];
    for filter in many {
        let mut query = ListQuery::of(Kind::Visit, &["label"], 50);
        query.filters = vec![filter];
        check_walk(&database, &query);
    }
    // In the order of that very column the list begins where the filter does.
    let mut query = ListQuery::of(Kind::Visit, &["label"], 50);
    query.sort = vec![SortKey::new("duration_minutes", Direction::Ascending)];
    query.filters =
        vec![Filter::Between { column: column("duration_minutes"), from: Some(Scalar::Int(90)), to: None }];
    let first = steps(&database, &plan(database.target, &query).unwrap().segments[0]);
    assert!(
        first.iter().any(|step| step.contains("SEARCH") && step.contains("duration_minutes>")),
        "{first:#?}"
    );
}

/// Three customers with an object and a card each, and sixty visits that name them in turn, some nothing.
fn company(database: &Database) {
    let names = ["Пекарня Світло", "Школа Світло", "Готель"];
    for (place, name) in names.iter().enumerate() {
        database.put_all(&[
            customer(&format!("customer{place}"), name),
            equipment(&format!("boiler{place}"), "Котел")
                .with(Equipment::CUSTOMER.set(&link(&format!("customer{place}")))),
            card(&format!("card{place}")).with(ServiceCard::SUBJECT.set(&format!("Огляд {name}"))),
        ]);
    }
    let visits = (0..60u32).map(|number| {
        let name = format!("visit{number}");
        let sample = if number.is_multiple_of(7) {
            visit(&name)
        } else {
            visit_of(&name, &format!("card{}", number % 3), 1 + number % 9)
                .with(Visit::DURATION_MINUTES.set(&i64::from(number % 4)))
        };
        let sample = if number.is_multiple_of(2) {
            sample.with(Visit::CUSTOMER.set(&link(&format!("customer{}", number % 3))))
        } else {
            sample.with(Visit::EQUIPMENT.set(&link("boiler1")))
        };
        if number.is_multiple_of(5) {
            sample.text("findings", "Котел шумить, світло мерехтить")
        } else {
            sample
        }
    });
    database.put_all(&visits.collect::<Vec<_>>());
}

#[test]
fn what_words_find_is_the_same_by_both_ways_and_in_the_office() {
    let (device, office) = (Database::device(), Database::office());
    company(&device);
    company(&office);
    let texts =
        ["світло", "пекарня", "котел", "котел світло", "огляд", "огляд готель", "шумить", "нічого", "«»"];
    let sorts = [None, Some("duration_minutes"), Some("label"), Some("window_start")];
    let (mut found, mut rows) = (0, 0);
    for (text, sort) in texts.iter().flat_map(|text| sorts.map(|sort| (text, sort))) {
        for (depth, nulls) in [(Depth::Words, Nulls::Last), (Depth::Inner, Nulls::First)] {
            let mut query = ListQuery::of(Kind::Visit, &["label"], 7);
            query.search = Some(Search { text: (*text).to_owned(), depth });
            query.sort = sort
                .map(|sort| SortKey { nulls, ..SortKey::new(sort, Direction::Descending) })
                .into_iter()
                .collect();
            query.filters = vec![Filter::Not {
                filter: Box::new(Filter::Equals {
                    column: "duration_minutes".to_owned(),
                    value: Scalar::Int(3),
                }),
            }];
            let in_the_office = office.all_pages(&query);
            assert_eq!(device.all_pages(&query), in_the_office, "{query:?}");
            assert_eq!(device.all_pages_walking(&query), in_the_office, "{query:?}");
            assert_eq!(device.count(&query), in_the_office.len(), "{query:?}");
            found += usize::from(!in_the_office.is_empty());
            rows += in_the_office.len();
        }
    }
    assert!(found > 40 && rows > 400, "{found} of the searches found something, {rows} rows in all");
}

#[test]
fn words_lead_to_the_rows_of_a_journal_by_indexes_alone() {
    let database = Database::device();
    for (kind, most) in [(Kind::Visit, 4), (Kind::ServiceCard, 3), (Kind::Customer, 1)] {
        let mut query = ListQuery::of(kind, &["label"], 50);
        query.search = Some(Search { text: "світло".to_owned(), depth: Depth::Words });
        let plan = plan(database.target, &query).unwrap();
        let [hits] = plan.shortcuts.as_slice() else { panic!("{plan:?}") };
        for statement in hits.segments.iter().chain([&hits.probe]) {
            let steps = steps(&database, statement);
            let scans: Vec<_> = steps.iter().filter(|step| step.starts_with("SCAN")).collect();
            let of_words = scans.iter().filter(|step| step.contains("VIRTUAL TABLE INDEX")).count();
            assert_eq!(of_words, most, "{steps:#?}");
            assert!(
                scans.iter().all(|step| step.contains("VIRTUAL") || step.contains("chosen")),
                "{steps:#?}"
            );
        }
        for segment in &plan.segments {
            let steps = steps(&database, segment);
            let walk = steps.iter().find(|step| step.contains(&format!(" {kind} USING"))).unwrap();
            assert!(walk.contains("INDEX"), "{steps:#?}");
            // A customer is found by its own words only, and these by its place.
            let asks = |step: &String| step.contains("search_document") && step.contains("COVERING INDEX");
            assert_eq!(steps.iter().any(asks), kind != Kind::Customer, "{steps:#?}");
        }
    }
}

#[test]
fn rows_are_counted_in_an_index_and_not_in_the_records() {
    let database = Database::device();
    company(&database);
    let everything = ListQuery::of(Kind::Visit, &[], 1);
    let search = Some(Search { text: "світло".to_owned(), depth: Depth::Words });
    let planned = Filter::State { states: vec!["planned".to_owned()] };
    let queries = [
        everything.clone(),
        ListQuery { search, ..everything.clone() },
        ListQuery { filters: vec![planned], ..everything },
    ];
    for query in queries {
        let steps = steps(&database, &plan_count(database.target, &query).unwrap());
        let visits: Vec<&String> = steps.iter().filter(|step| step.contains(" visit ")).collect();
        assert!(
            !visits.is_empty() && visits.iter().all(|step| step.contains("COVERING INDEX")),
            "{query:?}: {steps:#?}"
        );
        assert!(!steps.iter().any(|step| step.contains("SCAN search_document")), "{steps:#?}");
    }
}
