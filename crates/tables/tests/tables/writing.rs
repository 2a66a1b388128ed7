//! Only what an edit changed is written.

use std::cell::RefCell;

use halyard_domain::records::{Visit, VisitAct};
use halyard_tables::derived::{Session, refresh, replace};
use halyard_tables::rows::rows_of;
use halyard_tables::sql::{SqlRow, Statement};
use rusqlite::Connection;

use halyard_testkit::sample::{Sample, link, visit, window};

use crate::database::Database;

/// A database that notes what is written into it.
struct Watched<'a> {
    connection: &'a Connection,
    written: RefCell<Vec<String>>,
}

impl Session for Watched<'_> {
    type Error = rusqlite::Error;

    fn execute(&self, statement: &Statement) -> rusqlite::Result<()> {
        let before = self.connection.total_changes();
        Session::execute(self.connection, statement)?;
        if self.connection.total_changes() > before {
            let words: Vec<&str> = statement.sql.split_whitespace().take(3).collect();
            self.written.borrow_mut().push(words.join(" "));
        }
        Ok(())
    }

    fn query(&self, statement: &Statement) -> rusqlite::Result<Vec<SqlRow>> {
        Session::query(self.connection, statement)
    }
}

fn repair() -> Sample {
    visit("v")
        .with(Visit::WINDOW.set(&window(3)))
        .text("instructions", "Ключ у вахтера")
        .work("cleaning", "2")
}

/// What putting a sample into a database writes, each statement by its first words.
fn written(database: &Database, sample: &Sample) -> Vec<String> {
    let watched = Watched { connection: &database.connection, written: RefCell::default() };
    let affected = replace(&watched, database.target, &rows_of(sample.id, &sample.reading)).unwrap();
    refresh(&watched, database.target, &affected).unwrap();
    watched.written.into_inner()
}

#[test]
fn nothing_is_written_for_a_record_that_is_as_it_was() {
    for database in [Database::device(), Database::office()] {
        database.put(&repair());

        assert_eq!(written(&database, &repair()), Vec::<String>::new());
    }
}

#[test]
fn an_edit_of_a_field_writes_that_field() {
    let database = Database::device();
    database.put(&repair());

    let moved = repair().with(Visit::PINNED.set(&true));

    assert_eq!(written(&database, &moved), ["UPDATE \"visit\" SET"]);
}

#[test]
fn a_row_more_is_a_row_written() {
    let database = Database::device();
    database.put(&repair().visit_event(VisitAct::TravelStarted));

    let begun = repair().visit_event(VisitAct::TravelStarted).visit_event(VisitAct::WorkStarted);

    let expected = ["UPDATE \"visit\" SET", "INSERT INTO \"visit_events\""];
    assert_eq!(written(&database, &begun), expected);
}

#[test]
fn a_row_that_went_makes_its_table_anew() {
    let database = Database::device();
    let two = vec![link("a"), link("b")];
    database.put(&repair().with(Visit::SPECIALISTS.set(&two)));

    database.put(&repair().with(Visit::SPECIALISTS.set(&vec![link("b")])));

    let fresh = Database::device();
    fresh.put(&repair().with(Visit::SPECIALISTS.set(&vec![link("b")])));
    assert_eq!(database.dump(), fresh.dump());
}

#[test]
fn words_are_indexed_anew_when_they_change() {
    let database = Database::device();
    database.put(&repair());

    let told = repair().text("instructions", "Ключ у директора");

    let indexed = written(&database, &told);
    assert!(indexed.iter().any(|one| one.starts_with("INSERT OR REPLACE")), "{indexed:?}");
}
