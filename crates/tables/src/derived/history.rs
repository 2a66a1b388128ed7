//! What happened at a customer, or with an object: visits, the last one, complaints still open.

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;

use crate::columns::{ColumnDef, Meaning};
use crate::derived::{Derived, Feed, select};
use crate::sql::{SqlRow, SqlValue, Statement, Target};

/// Visits whose work is over.
const DONE_VISIT: &str = "state IN ('completed', 'partly', 'reviewed', 'closed')";
/// Complaints nobody has finished.
const OPEN_COMPLAINT: &str = "(state IS NULL OR state NOT IN ('closed', 'rejected'))";

pub(super) const CUSTOMER: Derived = Derived {
    of: Kind::Customer,
    columns,
    fed_by: &[
        Feed { kind: Kind::Visit, link: "customer" },
        Feed { kind: Kind::Complaint, link: "customer" },
    ],
    inputs: |target, document| inputs(target, "customer", document),
    compute,
};

pub(super) const EQUIPMENT: Derived = Derived {
    of: Kind::Equipment,
    columns,
    fed_by: &[
        Feed { kind: Kind::Visit, link: "equipment" },
        Feed { kind: Kind::Complaint, link: "equipment" },
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

/// Sums in SQL: a customer may have thousands of visits. What does not count is left out here.
fn inputs(target: Target, link: &str, document: DocumentId) -> Vec<Statement> {
    let standing = |mut statement: Statement, condition: &str| {
        let not_withdrawn = match target.dialect {
            crate::sql::Dialect::Sqlite => "withdrawn = 0",
            crate::sql::Dialect::Postgres => "NOT withdrawn",
        };
        statement.sql =
            format!("{} AND {not_withdrawn} AND merged_into IS NULL AND {condition}", statement.sql).into();
        statement
    };
    vec![
        standing(select(target, "COUNT(*), MAX(window_start)", "visit", link, document), DONE_VISIT),
        standing(select(target, "COUNT(*)", "complaint", link, document), OPEN_COMPLAINT),
    ]
}

fn compute(answers: &[Vec<SqlRow>]) -> Vec<SqlValue> {
    let cell = |answer: usize, column: usize| {
        answers.get(answer).and_then(|rows| rows.first()).and_then(|row| row.get(column)).cloned()
    };
    [(0, 0), (0, 1), (1, 0)].into_iter().map(|(a, c)| cell(a, c).unwrap_or(SqlValue::Null)).collect()
}
