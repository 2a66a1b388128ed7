//! Records made by intents as people make them, and databases with the derived tables.

use std::collections::BTreeSet;

use halyard_domain::id::{DocumentId, Ref, RowId, WorkspaceId};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::{Cell, FieldReading, OperationId, Reading, RowReading};
use halyard_domain::record::Authored;
use halyard_domain::records::{
    CardAct, CardEvent, Customer, Equipment, PlannedWork, ServiceCard, Visit, VisitAct, VisitEvent, WorkRow,
};
use halyard_domain::time::{Instant, TimeWindow};
use halyard_tables::derived::{refresh, remove, replace};
use halyard_tables::list::{ListPage, ListQuery, plan};
use halyard_tables::rows::rows_of;
use halyard_tables::sql::{Dialect, SqlRow, SqlValue, Statement, Target};
use halyard_tables::{ddl, sqlite};
use rusqlite::Connection;

pub(crate) fn id(name: &str) -> DocumentId {
    DocumentId::made_by_rule(&format!("sample/{name}"))
}

pub(crate) fn link<T>(name: &str) -> Ref<T> {
    Ref::to(id(name))
}

pub(crate) fn row(name: &str) -> RowId {
    RowId::made_by_rule(&format!("sample/{name}"))
}

/// A time on a day of March 2026 in Kyiv.
pub(crate) fn at(day: u32, clock: &str) -> Instant {
    format!("2026-03-{day:02}T{clock}:00+02:00").parse().unwrap()
}

pub(crate) fn window(day: u32) -> TimeWindow {
    TimeWindow::new(at(day, "09:00"), at(day, "12:00")).unwrap()
}

pub(crate) struct Sample {
    pub(crate) id: DocumentId,
    pub(crate) reading: Reading,
    counter: u64,
}

impl Sample {
    pub(crate) fn of(kind: Kind, name: &str) -> Self {
        Self { id: id(name), reading: Reading { kind, fields: Default::default() }, counter: 0 }
    }

    pub(crate) fn with(mut self, intent: Intent) -> Self {
        self.counter += 1;
        let born = OperationId { counter: self.counter, actor: "00".to_owned() };
        let fields = &mut self.reading.fields;
        match intent {
            Intent::Set { path, value } => match (path.row, path.column) {
                (Some(id), Some(column)) => {
                    let Some(FieldReading::Rows(rows)) = fields.get_mut(&path.field) else {
                        panic!("no rows")
                    };
                    let row = rows.iter_mut().find(|row| row.id == id).unwrap();
                    row.columns.insert(column, Cell::settled(value));
                }
                _ => {
                    fields.insert(path.field, FieldReading::Cell(Cell::settled(value)));
                }
            },
            Intent::EditText { field, new_text, .. } => {
                fields.insert(field, FieldReading::Text(new_text));
            }
            Intent::AddRow { field, row, columns } => {
                let columns = columns.into_iter().map(|(name, value)| (name, Cell::settled(value))).collect();
                let rows = fields.entry(field).or_insert_with(|| FieldReading::Rows(Vec::new()));
                let FieldReading::Rows(rows) = rows else { panic!("not rows") };
                rows.push(RowReading { id: row, born, columns });
            }
        }
        self
    }

    pub(crate) fn text(mut self, field: &str, text: &str) -> Self {
        self.reading.fields.insert(field.to_owned(), FieldReading::Text(text.to_owned()));
        self
    }

    fn authored(&self) -> Authored {
        Authored { by: link("technician"), at: at(2, "10:00") }
    }

    fn next_row(&self) -> RowId {
        row(&format!("{}/{}", self.id, self.counter + 1))
    }

    pub(crate) fn visit_event(self, what: VisitAct) -> Self {
        let (row, by) = (self.next_row(), self.authored());
        self.with(Visit::EVENTS.add(row, by, &VisitEvent { what: Some(what), ..VisitEvent::default() }))
    }

    pub(crate) fn work(self, kind: &str, volume: &str) -> Self {
        let (row, by) = (self.next_row(), self.authored());
        let work = WorkRow {
            work_kind: Some(link(kind)),
            volume: Some(volume.parse().unwrap()),
            ..WorkRow::default()
        };
        self.with(Visit::WORKS.add(row, by, &work))
    }

    pub(crate) fn planned(self, kind: &str, volume: &str, hours: &str) -> Self {
        let (row, by) = (self.next_row(), self.authored());
        let work = PlannedWork {
            work_kind: Some(link(kind)),
            volume: Some(volume.parse().unwrap()),
            hours: Some(hours.parse().unwrap()),
            ..PlannedWork::default()
        };
        self.with(ServiceCard::PLANNED_WORKS.add(row, by, &work))
    }

    pub(crate) fn completed(self) -> Self {
        self.visit_event(VisitAct::WorkStarted).visit_event(VisitAct::Completed)
    }
}

pub(crate) fn visit(name: &str) -> Sample {
    Sample::of(Kind::Visit, name)
}

/// A visit of a card on a day of March 2026.
pub(crate) fn visit_of(name: &str, card: &str, day: u32) -> Sample {
    visit(name).with(Visit::CARD.set(&link(card))).with(Visit::WINDOW.set(&window(day)))
}

pub(crate) fn card(name: &str) -> Sample {
    let card = Sample::of(Kind::ServiceCard, name);
    let (row, by) = (card.next_row(), card.authored());
    let activated = CardEvent { what: Some(CardAct::Activated), ..CardEvent::default() };
    card.with(ServiceCard::EVENTS.add(row, by, &activated))
}

pub(crate) fn customer(name: &str, called: &str) -> Sample {
    Sample::of(Kind::Customer, name).with(Customer::NAME.set(&called.to_owned()))
}

pub(crate) fn equipment(name: &str, called: &str) -> Sample {
    Sample::of(Kind::Equipment, name).with(Equipment::NAME.set(&called.to_owned()))
}

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
        let mut rows = Vec::new();
        for segment in &plan.segments {
            if rows.len() < plan.wanted() {
                rows.extend(sqlite::query(&self.connection, segment).unwrap());
            }
        }
        plan.page(rows)
    }

    /// Every page of a list, joined.
    pub(crate) fn all_pages(&self, query: &ListQuery) -> Vec<DocumentId> {
        let mut query = query.clone();
        let mut found = Vec::new();
        loop {
            let page = self.list(&query);
            found.extend(page.rows.iter().map(|row| row.document));
            let Some(next) = page.next else { return found };
            query.page.after = Some(next);
        }
    }

    /// Everything in the derived tables of kinds, row for row.
    pub(crate) fn dump(&self) -> Vec<(String, Vec<SqlRow>)> {
        let names = ddl::table_names(Dialect::Sqlite);
        let kinds = names.into_iter().filter(|name| !name.starts_with("search_"));
        kinds
            .map(|name| {
                let mut rows = self.query(&format!("SELECT * FROM \"{name}\""));
                rows.sort();
                (name, rows)
            })
            .collect()
    }
}
