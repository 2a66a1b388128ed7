//! Databases with the derived tables.

use std::collections::BTreeSet;

use halyard_domain::id::{DocumentId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_tables::derived::{refresh, remove, replace};
use halyard_tables::list::{ListPage, ListQuery, count, plan, plan_count};
use halyard_tables::rows::rows_of;
use halyard_tables::sql::{Dialect, SqlRow, SqlValue, Statement, Target};
use halyard_tables::tables::{RecordTables, all};
use halyard_tables::{ddl, sqlite};
use halyard_testkit::sample::{Sample, id};
use rusqlite::Connection;

/// A database with the derived tables of a device or of an office.
pub(crate) struct Database {
    pub(crate) connection: Connection,
    pub(crate) target: Target,
}

impl Database {
    pub(crate) fn device() -> Self {
        Self::of(Target::DEVICE)
    }

    pub(crate) fn office() -> Self {
        Self::of(Target::office(Dialect::Sqlite, WorkspaceId::made_by_rule("sample/workspace")))
    }

    fn of(target: Target) -> Self {
        let connection = Connection::open_in_memory().unwrap();
        connection.set_prepared_statement_cache_capacity(512);
        for statement in ddl::create(Dialect::Sqlite, target.scope.leading()) {
            connection.execute_batch(&statement).unwrap();
        }
        Self { connection, target }
    }

    /// The same database seen by another company.
    pub(crate) fn into_other_company(self) -> Self {
        let other = Target::office(Dialect::Sqlite, WorkspaceId::made_by_rule("sample/other"));
        Self { target: other, ..self }
    }

    pub(crate) fn put(&self, sample: &Sample) {
        self.put_all(std::slice::from_ref(sample));
    }

    pub(crate) fn put_all(&self, samples: &[Sample]) {
        self.connection.execute_batch("BEGIN").unwrap();
        let mut affected = BTreeSet::new();
        for sample in samples {
            let rows = rows_of(sample.id, &sample.reading);
            affected.extend(replace(&self.connection, self.target, &rows).unwrap());
        }
        refresh(&self.connection, self.target, &affected).unwrap();
        self.connection.execute_batch("COMMIT").unwrap();
    }

    pub(crate) fn remove(&self, kind: Kind, name: &str) {
        let affected = remove(&self.connection, self.target, kind, id(name)).unwrap();
        refresh(&self.connection, self.target, &affected).unwrap();
    }

    pub(crate) fn query(&self, sql: &str) -> Vec<SqlRow> {
        let statement = Statement { sql: sql.to_owned().into(), params: Vec::new() };
        sqlite::query(&self.connection, &statement).unwrap()
    }

    pub(crate) fn cell(&self, kind: Kind, name: &str, column: &str) -> SqlValue {
        let statement = Statement {
            sql: format!("SELECT {column} FROM {kind} WHERE id = ?1").into(),
            params: vec![SqlValue::from(id(name))],
        };
        let rows = sqlite::query(&self.connection, &statement).unwrap();
        rows.into_iter().next().and_then(|row| row.into_iter().next()).expect("a row")
    }

    pub(crate) fn list(&self, query: &ListQuery) -> ListPage {
        let plan = plan(self.target, query).unwrap();
        plan.read(|statement| sqlite::query(&self.connection, statement)).unwrap()
    }

    /// A page found by walking through the list, however few rows there are to find.
    fn walk(&self, query: &ListQuery) -> ListPage {
        let mut plan = plan(self.target, query).unwrap();
        plan.shortcuts.clear();
        plan.read(|statement| sqlite::query(&self.connection, statement)).unwrap()
    }

    /// Every page of a list, joined.
    pub(crate) fn all_pages(&self, query: &ListQuery) -> Vec<DocumentId> {
        Self::joined(query, |query| self.list(query))
    }

    /// The same by walking.
    pub(crate) fn all_pages_walking(&self, query: &ListQuery) -> Vec<DocumentId> {
        Self::joined(query, |query| self.walk(query))
    }

    fn joined(query: &ListQuery, page: impl Fn(&ListQuery) -> ListPage) -> Vec<DocumentId> {
        let mut query = query.clone();
        let mut found = Vec::new();
        loop {
            let page = page(&query);
            found.extend(page.rows.iter().map(|row| row.document));
            let Some(next) = page.next else { return found };
            query.page.after = Some(next);
        }
    }

    /// How many records a list has, as it is counted.
    pub(crate) fn count(&self, query: &ListQuery) -> usize {
        let statement = plan_count(self.target, query).unwrap();
        count(&sqlite::query(&self.connection, &statement).unwrap()).try_into().unwrap()
    }

    /// Everything that the derived tables of kinds say, row for row: not whose it is nor where it stands.
    pub(crate) fn dump(&self) -> Vec<(String, Vec<SqlRow>)> {
        let tables = all().flat_map(RecordTables::tables);
        tables
            .map(|table| {
                let columns: Vec<String> =
                    table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
                let mut rows = self.query(&format!("SELECT {} FROM \"{}\"", columns.join(", "), table.name));
                rows.sort();
                (table.name.clone(), rows)
            })
            .collect()
    }
}
