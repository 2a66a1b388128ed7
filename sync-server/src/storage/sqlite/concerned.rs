//! Whom a commit brings news: those whose next pull differs because of it.
//!
//! The same rules as those of a pull ([`super::news`]), looked at from the other side: who sees a written
//! record by its kind, by reach, or by kept sight; whose kept sight moved; whose rights changed; who is
//! told of decisions and of people. Somebody too many costs a request; somebody forgotten would hear of
//! the record minutes later, so what is in doubt is included.

use std::collections::BTreeSet;

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_protocol::control::ControlEvent;
use rusqlite::params;

use super::failed;
use super::people::open_to_all;
use super::sight::Sight;
use super::values::document;
use crate::storage::{Commit, Concerned, StorageError, Work};

/// Whom `commit` concerns, after sight followed it.
pub(super) fn by(
    commit: &Commit,
    sight: &Sight<'_>,
    rights_changed: &[DocumentId],
) -> Result<Concerned, StorageError> {
    let mut concerned = Concerned::default();
    concerned.employees.extend(rights_changed);
    concerned.employees.extend(sight.moved());
    for after in &commit.documents {
        of_record(&mut concerned, sight, after.document, after.merged.kind)?;
    }
    for work in &commit.work {
        match work {
            // The records are among the documents; the receipt is the answer itself.
            Work::Answer(_) | Work::Write(_) | Work::Number(_) => {}
            Work::Decide(decided) => {
                concerned.devices.insert(decided.device);
            }
            Work::Control { event, .. } => {
                concerned.employees.extend(sight.people.who_hear_of_people());
                of_event(&mut concerned, event);
            }
            Work::Adopt(control) => {
                concerned.employees.extend(sight.people.who_hear_of_people());
                of_event(&mut concerned, &control.event);
            }
            Work::Enrol(_) => concerned.employees.extend(sight.people.who_hear_of_people()),
        }
    }
    Ok(concerned)
}

fn of_record(
    concerned: &mut Concerned,
    sight: &Sight<'_>,
    record: DocumentId,
    kind: Kind,
) -> Result<(), StorageError> {
    if open_to_all(kind) {
        concerned.everybody = true;
        return Ok(());
    }
    concerned.employees.extend(sight.people.who_see_every(kind));
    let mut statement = sight
        .connection
        .prepare_cached(
            "SELECT employee_id
             FROM sight INDEXED BY sight_of_document
             WHERE workspace_id = ?1 AND document_id = ?2 AND to_position IS NULL",
        )
        .map_err(failed)?;
    let rows = statement
        .query_map(params![sight.workspace.as_bytes(), record.as_bytes()], |row| document(row, 0))
        .map_err(failed)?;
    concerned.employees.extend(rows.collect::<rusqlite::Result<BTreeSet<_>>>().map_err(failed)?);
    Ok(())
}

/// Whoever an event is about is told at once and not at the next look.
fn of_event(concerned: &mut Concerned, event: &ControlEvent) {
    match event {
        ControlEvent::Revoked { device } => {
            concerned.devices.insert(*device);
        }
        ControlEvent::RolesChanged { employee, .. } | ControlEvent::Dismissed { employee } => {
            concerned.employees.insert(*employee);
        }
        ControlEvent::Enrolled { .. }
        | ControlEvent::Confirmed { .. }
        | ControlEvent::Erased { .. }
        | ControlEvent::Decided { .. } => {}
    }
}
