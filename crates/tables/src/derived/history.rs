//! What happened at a customer, or with an object: visits, the last one, complaints still open.

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::rules::ComplaintState;

use crate::columns::{ColumnDef, Meaning};
use crate::derived::{Derived, Feed, and, names, select, standing};
use crate::sql::{SqlRow, SqlValue, Statement, Target};

pub(super) const CUSTOMER: Derived = Derived {
    of: Kind::Customer,
    columns,
    fed_by: &[
        Feed::Naming { kind: Kind::Visit, link: "customer" },
        Feed::Naming { kind: Kind::Complaint, link: "customer" },
    ],
    inputs: |target, document| inputs(target, "customer", document),
    compute,
};

pub(super) const EQUIPMENT: Derived = Derived {
    of: Kind::Equipment,
    columns,
    fed_by: &[
        Feed::Naming { kind: Kind::Visit, link: "equipment" },
        Feed::Naming { kind: Kind::Complaint, link: "equipment" },
    ],
    inputs: |target, document| inputs(target, "equipment", document),
    compute,
};

fn columns() -> Vec<ColumnDef> {
    vec![
        ColumnDef::derived("visits_done", Meaning::Int),
        ColumnDef::derived("last_visit_start", Meaning::Instant),
        ColumnDef::derived("open_complaints", Meaning::Int),
    ]
}

/// Counted by the database: a customer may have thousands of visits.
fn inputs(target: Target, link: &str, document: DocumentId) -> Vec<Statement> {
    let open = ComplaintState::ALL.iter().filter(|state| state.is_open()).map(|state| state.name());
    let open = format!("{} AND state IN ({})", standing(target.dialect), names(open));
    // A visit whose work ended, however it ended.
    let done = format!("{} AND outcome IS NOT NULL", standing(target.dialect));
    vec![
        and(select(target, "COUNT(*), MAX(window_start)", "visit", link, document), &done),
        and(select(target, "COUNT(*)", "complaint", link, document), &open),
    ]
}

fn compute(answers: &[Vec<SqlRow>]) -> Vec<SqlValue> {
    let cell = |answer: usize, column: usize| {
        answers.get(answer).and_then(|rows| rows.first()).and_then(|row| row.get(column)).cloned()
    };
    [(0, 0), (0, 1), (1, 0)].into_iter().map(|(a, c)| cell(a, c).unwrap_or(SqlValue::Null)).collect()
}
