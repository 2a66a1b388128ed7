//! Facts that would have happened later than now. Plans lie ahead; what was done does not.

use super::values::standing_at;
use super::{Edit, Objection, Why};
use crate::intent::Intent;
use crate::kind::Kind;
use crate::reading::FieldPath;
use crate::record::typed;
use crate::schema::row_column;
use crate::time::{Instant, TimeWindow};
use crate::value::Scalar;

/// How far ahead of the device's clock a fact may lie: clocks differ, and people round to the quarter.
const LEEWAY_SECONDS: i64 = 15 * 60;

/// Times of facts beside the `at` of every row: kind, field and, of rows, the column.
const FACTS: &[(Kind, &str, Option<&str>)] =
    &[(Kind::Visit, "works", Some("period")), (Kind::Complaint, "received_at", None)];

/// Looks at the times of facts an intent writes. One that stood there already is no objection.
pub(super) fn look_at(edit: &Edit<'_>, intent: &Intent, found: &mut Vec<Objection>) {
    let kind = edit.after.kind;
    let mut judge = |path: FieldPath, value: &Scalar| {
        let is_fact = is_fact(kind, &path.field, path.column.as_deref());
        let is_ahead = edit.now.is_some_and(|now| is_ahead(value, now));
        if is_fact && is_ahead && !standing_at(edit.before, &path).contains(&value) {
            found.push(Objection { path, why: Why::InFuture });
        }
    };
    match intent {
        Intent::Set { path, value } => judge(path.clone(), value),
        Intent::AddRow { field, row, columns } => {
            columns.iter().for_each(|(column, value)| judge(FieldPath::column(field, *row, column), value));
        }
        Intent::EditText { .. } => {}
    }
}

fn is_fact(kind: Kind, field: &str, column: Option<&str>) -> bool {
    column == Some(row_column::AT) || FACTS.contains(&(kind, field, column))
}

fn is_ahead(value: &Scalar, now: Instant) -> bool {
    let told = typed::<TimeWindow>(value).map(TimeWindow::end).or_else(|| typed::<Instant>(value));
    told.is_some_and(|told| told.unix_seconds() > now.unix_seconds().saturating_add(LEEWAY_SECONDS))
}
