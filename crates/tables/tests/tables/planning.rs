//! What one record derives costs as much as the records it names, never as much as the company has.

use std::cell::RefCell;
use std::collections::BTreeSet;

use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::FieldPath;
use halyard_domain::records::VisitAct;
use halyard_domain::schema::root_key;
use halyard_domain::value::Scalar;
use halyard_tables::derived::{Dependent, Session, refresh, replace};
use halyard_tables::rows::rows_of;
use halyard_tables::sql::{SqlRow, SqlValue, Statement};
use halyard_testkit::sample::{Sample, card, customer, equipment, id, visit_of};
use rusqlite::Connection;

use crate::database::Database;

/// A session that notes every step of a plan that is found by no key or index of its own.
struct Planner<'a> {
    connection: &'a Connection,
    slow: RefCell<BTreeSet<String>>,
}

impl Planner<'_> {
    fn look_at(&self, statement: &Statement) -> rusqlite::Result<()> {
        let explained = Statement {
            sql: format!("EXPLAIN QUERY PLAN {}", statement.sql).into(),
            params: statement.params.clone(),
        };
        for row in halyard_tables::sqlite::query(self.connection, &explained)? {
            let Some(SqlValue::Text(step)) = row.last() else { continue };
            if step.starts_with("SCAN") || step.ends_with("(workspace_id=?)") {
                self.slow.borrow_mut().insert(format!("{step}: {}", statement.sql));
            }
        }
        Ok(())
    }
}

impl Session for Planner<'_> {
    type Error = rusqlite::Error;

    fn execute(&self, statement: &Statement) -> rusqlite::Result<()> {
        self.look_at(statement)?;
        Session::execute(self.connection, statement)
    }

    fn query(&self, statement: &Statement) -> rusqlite::Result<Vec<SqlRow>> {
        self.look_at(statement)?;
        Session::query(self.connection, statement)
    }
}

fn merge(into: &str) -> Intent {
    let value = Scalar::Text(id(into).to_string());
    Intent::Set { path: FieldPath::root(root_key::MERGED_INTO), value }
}

#[test]
fn every_derived_value_is_found_by_an_index() {
    for database in [Database::device(), Database::office()] {
        let planner = Planner { connection: &database.connection, slow: RefCell::default() };
        let records = [
            customer("customer", "Пекарня"),
            equipment("boiler", "Котел"),
            customer("twice", "Пекарня").with(merge("customer")),
            equipment("again", "Котел").with(merge("boiler")),
            card("card").planned("cleaning", "10", "4"),
            visit_of("visit", "card", 2).work("cleaning", "5").completed(),
            Sample::of(Kind::Complaint, "complaint"),
        ];
        for record in &records {
            let affected = replace(&planner, database.target, &rows_of(record.id, &record.reading)).unwrap();
            refresh(&planner, database.target, &affected).unwrap();
        }
        // A second time: now there is something to compare with and to replace.
        let again = visit_of("visit", "card", 3).visit_event(VisitAct::WorkStarted);
        replace(&planner, database.target, &rows_of(again.id, &again.reading)).unwrap();
        for name in ["card", "twice", "again"] {
            let all = Kind::ALL.iter().map(|kind| Dependent { kind: *kind, document: id(name) }).collect();
            refresh(&planner, database.target, &all).unwrap();
        }
        assert_eq!(planner.slow.into_inner(), BTreeSet::new());
    }
}
