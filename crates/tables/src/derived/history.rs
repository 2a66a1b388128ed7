//! What happened at a customer, or with an object, under whichever of its records: visits, the last one, complaints
//! still open.

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::rules::ComplaintState;

use crate::columns::{ColumnDef, Meaning, derived_instant};
use crate::derived::merging::WRITTEN;
use crate::derived::{Derived, Feed, and, entered_moment, moment_columns, names, select, standing};
use crate::sql::{SqlRow, SqlValue, Statement, Target};

pub(super) const CUSTOMER: Derived = Derived {
    of: Kind::Customer,
    columns,
    fed_by: &[
        Feed::Naming { kind: Kind::Visit, link: "customer" },
        Feed::Naming { kind: Kind::Complaint, link: "customer" },
        Feed::Naming { kind: Kind::Customer, link: WRITTEN },
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
        Feed::Naming { kind: Kind::Equipment, link: WRITTEN },
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
    let cells = |answer: usize, column: usize| {
        answers.get(answer).into_iter().flatten().filter_map(move |row| row.get(column))
    };
    let sum = |answer: usize| SqlValue::Int(cells(answer, 0).filter_map(SqlValue::int).sum());
    let [last, offset] = moment_columns(cells(0, 1).max().unwrap_or(&SqlValue::Null));
    vec![sum(0), last, offset, sum(1)]
}
