//! A visit's percent: of its own planned works, or else of its card's.

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::rules::percent::{Done, Planned, VisitCount, card_percent};
use halyard_domain::rules::{Outcome, VisitState};

use crate::columns::{ColumnDef, Meaning};
use crate::derived::card::{PLANNED, planned_works, read_done, read_planned};
use crate::derived::{Derived, Feed, and, select, standing_row};
use crate::sql::{Leading, SqlRow, SqlValue, Statement, Target};

pub(super) const VISIT: Derived = Derived {
    of: Kind::Visit,
    // Hundredths of a percent: 10,000 is all of it.
    columns: || vec![ColumnDef::derived("percent", Meaning::Int)],
    fed_by: &[Feed::Named { kind: Kind::ServiceCard, link: "card" }],
    inputs,
    compute,
};

fn inputs(target: Target, visit: DocumentId) -> Vec<Statement> {
    let done = select(target, "work_kind, unit, volume", "visit_works", "record_id", visit);
    vec![
        planned_works(target, "visit_planned_works", visit),
        planned_on_card(target, visit),
        and(done, standing_row(target.dialect)),
        select(target, "state, outcome", "visit", "id", visit),
    ]
}

fn planned_on_card(target: Target, visit: DocumentId) -> Statement {
    let params = target.key_of(visit);
    let last = target.dialect.placeholder(params.len());
    let workspace = match target.scope.leading() {
        Leading::Device => String::new(),
        Leading::Office => format!("workspace_id = {} AND ", target.dialect.placeholder(1)),
    };
    let sql = format!(
        "SELECT {PLANNED} FROM service_card_planned_works \
         WHERE {workspace}record_id = (SELECT card FROM visit WHERE {workspace}id = {last}) AND {}",
        standing_row(target.dialect)
    );
    Statement { sql: sql.into(), params }
}

fn compute(answers: &[Vec<SqlRow>]) -> Vec<SqlValue> {
    let [own, on_card, done, visit] = answers else { return vec![SqlValue::Null] };
    let planned =
        |rows: &[SqlRow]| -> Vec<Planned> { rows.iter().filter_map(|row| read_planned(row)).collect() };
    let own = planned(own);
    let planned = if own.is_empty() { planned(on_card) } else { own };
    let done: Vec<Done> = done.iter().filter_map(|row| read_done(row)).collect();
    let text = |index: usize| visit.first().and_then(|row| row.get(index)).and_then(SqlValue::text);
    let completed =
        text(0) != Some(VisitState::Cancelled.name()) && text(1) == Some(Outcome::Completed.name());
    let visits = VisitCount { planned: 1, completed: u32::from(completed) };
    vec![SqlValue::Int(i64::from(card_percent(&planned, &done, visits)))]
}
