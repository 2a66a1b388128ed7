//! A card's progress: percent, its visits, the next one planned.

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::rules::percent::{Done, Planned, VisitCount, WorkKey, card_percent};
use halyard_domain::rules::{Outcome, VisitState};
use rust_decimal::Decimal;

use crate::columns::{ColumnDef, Meaning, derived_instant};
use crate::derived::{
    Derived, Feed, and, entered_moment, moment_columns, names, select, standing, standing_row,
};
use crate::sql::{Leading, SqlRow, SqlValue, Statement, Target};

pub(super) const CARD: Derived = Derived {
    of: Kind::ServiceCard,
    columns: || {
        let [next, offset] = derived_instant("next_visit_start");
        let number = |name| ColumnDef::derived(name, Meaning::Int);
        // Hundredths of a percent: 10,000 is all of it.
        vec![number("percent"), number("visits_planned"), number("visits_completed"), next, offset]
    },
    fed_by: &[Feed::Naming { kind: Kind::Visit, link: "card" }],
    inputs,
    compute,
};

fn inputs(target: Target, card: DocumentId) -> Vec<Statement> {
    vec![
        planned_works(target, "service_card_planned_works", card),
        done_works(target, card),
        visits(target, card),
    ]
}

/// The columns of a planned work that count.
pub(super) const PLANNED: &str = "work_kind, unit, volume, hours, weight";

/// The planned works of one record.
pub(super) fn planned_works(target: Target, table: &str, record: DocumentId) -> Statement {
    and(select(target, PLANNED, table, "record_id", record), standing_row(target.dialect))
}

/// The standing work rows of the card's visits; work on a cancelled visit was done all the same.
fn done_works(target: Target, card: DocumentId) -> Statement {
    let params = target.key_of(card);
    let last = target.dialect.placeholder(params.len());
    let (join, workspace) = match target.scope.leading() {
        Leading::Device => ("", String::new()),
        Leading::Office => (
            "visit_works.workspace_id = visit.workspace_id AND ",
            format!("visit.workspace_id = {} AND ", target.dialect.placeholder(1)),
        ),
    };
    let alive = standing(target.dialect).replace("withdrawn", "visit.withdrawn");
    let row = standing_row(target.dialect).replace("withdrawn", "visit_works.withdrawn");
    // The visits first: asked to choose, SQLite walks through all the work of the company.
    let sql = format!(
        "SELECT work_kind, unit, volume FROM visit CROSS JOIN visit_works \
         WHERE {workspace}card = {last} AND {alive} AND {join}record_id = id AND {row}"
    );
    Statement { sql: sql.into(), params }
}

fn visits(target: Target, card: DocumentId) -> Statement {
    let not_cancelled = format!("state <> '{}'", VisitState::Cancelled.name());
    let completed = format!("outcome = '{}'", Outcome::Completed.name());
    let open = VisitState::ALL.iter().filter(|state| state.is_open()).map(|state| state.name());
    let columns = format!(
        "COUNT(*) FILTER (WHERE {not_cancelled}), COUNT(*) FILTER (WHERE {not_cancelled} AND {completed}), \
         MIN({}) FILTER (WHERE state IN ({}))",
        entered_moment("window_start"),
        names(open)
    );
    and(select(target, &columns, "visit", "card", card), standing(target.dialect))
}

fn compute(answers: &[Vec<SqlRow>]) -> Vec<SqlValue> {
    let [planned, done, visits] = answers else { return vec![SqlValue::Null; 5] };
    let planned: Vec<Planned> = planned.iter().filter_map(|row| read_planned(row)).collect();
    let done: Vec<Done> = done.iter().filter_map(|row| read_done(row)).collect();
    let cell =
        |index: usize| visits.first().and_then(|row| row.get(index)).cloned().unwrap_or(SqlValue::Null);
    let number = |index: usize| cell(index).int().and_then(|count| u32::try_from(count).ok()).unwrap_or(0);
    let percent = card_percent(&planned, &done, VisitCount { planned: number(0), completed: number(1) });
    let [next, offset] = moment_columns(&cell(2));
    vec![SqlValue::Int(i64::from(percent)), cell(0), cell(1), next, offset]
}

/// Reads a row of [`planned_works`].
pub(super) fn read_planned(row: &[SqlValue]) -> Option<Planned> {
    let [work_kind, unit, volume, hours, weight] = row else { return None };
    Some(Planned {
        key: WorkKey { work_kind: work_kind.document(), unit: unit.document() },
        volume: decimal(volume),
        hours: decimal(hours),
        weight: decimal(weight),
    })
}

/// Reads the kind, unit and volume of a work row.
pub(super) fn read_done(row: &[SqlValue]) -> Option<Done> {
    let [work_kind, unit, volume] = row else { return None };
    Some(Done {
        key: WorkKey { work_kind: work_kind.document(), unit: unit.document() },
        volume: decimal(volume),
    })
}

fn decimal(value: &SqlValue) -> Option<Decimal> {
    value.text().and_then(|text| text.parse().ok())
}
