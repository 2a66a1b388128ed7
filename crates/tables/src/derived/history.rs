//! What happened at a customer, or with an object: visits, the last one, complaints still open.

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::rules::ComplaintState;

use crate::columns::{ColumnDef, Meaning, derived_instant};
use crate::derived::{Derived, Feed, and, entered_moment, moment_columns, names, select, standing};
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
    let [last, offset] = derived_instant("last_visit_start");
    let count = |name| ColumnDef::derived(name, Meaning::Int);
    vec![count("visits_done"), last, offset, count("open_complaints")]
}

/// Counted by the database: a customer may have thousands of visits.
fn inputs(target: Target, link: &str, document: DocumentId) -> Vec<Statement> {
    let open = ComplaintState::ALL.iter().filter(|state| state.is_open()).map(|state| state.name());
    let open = format!("{} AND state IN ({})", standing(target.dialect), names(open));
    // A visit whose work ended, however it ended.
    let done = format!("{} AND outcome IS NOT NULL", standing(target.dialect));
    let visits = format!("COUNT(*), MAX({})", entered_moment("window_start"));
    vec![
        and(select(target, &visits, "visit", link, document), &done),
        and(select(target, "COUNT(*)", "complaint", link, document), &open),
    ]
}

fn compute(answers: &[Vec<SqlRow>]) -> Vec<SqlValue> {
    let cell = |answer: usize, column: usize| {
        let found = answers.get(answer).and_then(|rows| rows.first()).and_then(|row| row.get(column));
        found.cloned().unwrap_or(SqlValue::Null)
    };
    let [last, offset] = moment_columns(&cell(0, 1));
    vec![cell(0, 0), last, offset, cell(1, 0)]
}
