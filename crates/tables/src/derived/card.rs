//! A card's progress: its visits and the next one planned.

use halyard_domain::kind::Kind;

use crate::columns::{ColumnDef, Meaning};
use crate::derived::{Derived, Feed, select};
use crate::sql::{SqlRow, SqlValue};

pub(super) const CARD: Derived = Derived {
    of: Kind::ServiceCard,
    columns: || {
        vec![
            ColumnDef::derived("visits", Meaning::Int),
            ColumnDef::derived("next_visit_start", Meaning::Instant),
        ]
    },
    fed_by: &[Feed { kind: Kind::Visit, link: "card" }],
    inputs: |target, document| {
        vec![select(target, "COUNT(*), MIN(window_start)", "visit", "card", document)]
    },
    compute,
};

fn compute(answers: &[Vec<SqlRow>]) -> Vec<SqlValue> {
    let row = answers.first().and_then(|rows| rows.first());
    (0..2).map(|index| row.and_then(|row| row.get(index)).cloned().unwrap_or(SqlValue::Null)).collect()
}
