//! What waits for somebody at a desk in the records of this device: conflicts, wishes, things to look at.
//!
//! It needs no network. What waits at the relay is [`crate::screens::review`].

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::records::Common;
use halyard_domain::value::Scalar;
use halyard_tables::list::{Direction, Filter, ListQuery, SortKey};
use halyard_tables::tables::column;
use serde::Serialize;

use crate::app::App;
use crate::device::Device;
use crate::screens::ScreenError;
use crate::screens::record::{RecordHead, Subject};
use crate::screens::status::Nothing;

/// So many records of a kind are opened at most: more is not decided in one sitting.
const MOST: u32 = 60;

/// What waits here.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DeskQueue {
    /// The records with something to decide or to look at; of each kind those with conflicts first.
    pub records: Vec<RecordHead>,
    /// How many more there are.
    pub more: u64,
}

/// What waits for somebody at a desk in the records here.
///
/// # Errors
/// When the device cannot be read.
pub fn desk_queue(app: &App, _: &Nothing) -> Result<DeskQueue, ScreenError> {
    let device = app.device();
    let mut queue = DeskQueue { records: Vec::new(), more: 0 };
    for &kind in Kind::ALL {
        let query = waiting(kind);
        let page = device.list(&query)?;
        if page.rows.len() == usize::try_from(MOST).unwrap_or(usize::MAX) {
            queue.more += device.count(&query)?.saturating_sub(u64::from(MOST));
        }
        for row in page.rows {
            queue.records.extend(head(device, row.document)?);
        }
    }
    Ok(queue)
}

fn waiting(kind: Kind) -> ListQuery {
    let looked_at =
        Filter::Between { column: column::ATTENTION.to_owned(), from: Some(Scalar::Int(1)), to: None };
    ListQuery {
        filters: vec![Filter::AnyOf { filters: vec![looked_at, unanswered_wishes()] }],
        sort: vec![SortKey::new(column::CONFLICTS, Direction::Descending)],
        ..ListQuery::of(kind, &[], MOST)
    }
}

/// Records with wishes nobody has answered.
pub(crate) fn unanswered_wishes() -> Filter {
    Filter::HasRow {
        field: Common::PROPOSALS.name.to_owned(),
        filters: vec![Filter::IsEmpty { column: "decision".to_owned() }],
    }
}

/// The head of a record; nothing of one that cannot be opened, which the next sync brings anew.
fn head(device: &Device, document: DocumentId) -> Result<Option<RecordHead>, ScreenError> {
    match Subject::open(device, document, None, None).and_then(|subject| subject.head(device)) {
        Ok(head) => Ok(Some(head)),
        Err(ScreenError::CannotOpen { .. }) => {
            tracing::warn!(document.id = %document, "left out of what waits for a decision");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use halyard_tables::list::{plan, plan_count};
    use halyard_tables::sql::{Statement, Target};

    use super::*;
    use crate::sync::bench;

    #[test]
    fn what_waits_is_found_in_an_index_without_a_look_into_all_records() {
        let folder = tempfile::tempdir().unwrap();
        drop(bench::device(folder.path()));
        let database = bench::beside(folder.path());
        let steps = |statement: &Statement, kind: Kind| {
            let explained = format!("EXPLAIN QUERY PLAN {}", statement.sql);
            let mut prepared = database.prepare(&explained).unwrap();
            let params = rusqlite::params_from_iter(&statement.params);
            let steps =
                prepared.query_map(params, |row| row.get::<_, String>(3)).unwrap().map(Result::unwrap);
            let of_kind = |step: &String| step.contains(&format!(" {kind} ")) || step.contains("TEMP");
            steps.filter(of_kind).collect::<Vec<_>>()
        };
        for &kind in Kind::ALL {
            let query = waiting(kind);
            let mut asked = plan(Target::DEVICE, &query).unwrap().segments;
            asked.push(plan_count(Target::DEVICE, &query).unwrap());
            for statement in asked {
                let steps = steps(&statement, kind);
                assert!(
                    steps.iter().all(|step| step.contains("COVERING INDEX") && step.contains("conflicts")),
                    "{steps:?} of {}",
                    statement.sql
                );
            }
        }
    }
}
