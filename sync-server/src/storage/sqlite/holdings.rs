//! Who a reader is, and what they could hold.

use halyard_domain::id::{DocumentId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_protocol::hash::Position;
use halyard_protocol::offer::Held;
use halyard_protocol::page::{Page, entry_bytes};
use rusqlite::{Connection, params};

use super::entries::View;
use super::{chain, devices, failed, first, news, people};
use crate::storage::{Brought, Moment, StorageError};

/// The reader, the end of the log, and its hash at a position.
pub(super) fn moment(view: &View<'_>, at: Option<Position>) -> Result<Moment, StorageError> {
    let reader = view.reader;
    let within = at.filter(|at| *at <= view.workspace.head);
    let device = devices::one(view.connection, reader.workspace, reader.device)?;
    Ok(Moment {
        person: people::person(view.connection, &view.people, reader.workspace, reader.employee)?,
        chain: chain::end(view.connection, reader.workspace, reader.device)?,
        presented: device.as_ref().map(|device| device.cursor).unwrap_or_default(),
        given: device.as_ref().map(|device| device.given).unwrap_or_default(),
        clock_ahead_ms: device.as_ref().map_or(0, |device| device.clock_ahead_ms),
        seen: device.and_then(|device| device.seen),
        running: within.map(|at| news::running_at(view, at)).transpose()?,
        workspace: view.workspace.clone(),
    })
}

/// Documents by id, whole, until the answer is full.
pub(super) fn bring(view: &View<'_>, documents: &[DocumentId], most: usize) -> Result<Brought, StorageError> {
    let mut page = Page::new(most);
    let mut brought = Brought { entries: Vec::new(), unknown: Vec::new(), rest: Vec::new() };
    for document in documents {
        if !brought.rest.is_empty() {
            brought.rest.push(*document);
            continue;
        }
        let Some(card) = view.visible(*document)? else {
            brought.unknown.push(*document);
            continue;
        };
        let entry = view.snapshot(card)?;
        if page.take(entry_bytes(&entry)) {
            brought.entries.push(entry);
        } else {
            brought.rest.push(*document);
        }
    }
    Ok(brought)
}

/// Everything in sight with its heads.
pub(super) fn all(view: &View<'_>) -> Result<Vec<Held>, StorageError> {
    let mut held = Vec::new();
    for document in first::everything(view)? {
        held.extend(view.visible(document)?.map(|card| Held { document, heads: card.heads }));
    }
    Ok(held)
}

/// What was seen once and is no more.
pub(super) fn lost_sight(view: &View<'_>, documents: &[DocumentId]) -> Result<Vec<DocumentId>, StorageError> {
    let mut lost = Vec::new();
    for document in documents {
        if view.visible(*document)?.is_none() && first::was_seen(view, *document)? {
            lost.push(*document);
        }
    }
    Ok(lost)
}

/// Documents with a head that is not merged here.
pub(super) fn with_unknown_heads(
    connection: &Connection,
    workspace: WorkspaceId,
    held: &[Held],
) -> Result<Vec<DocumentId>, StorageError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT 1
             FROM change
             WHERE workspace_id = ?1 AND document_id = ?2 AND hash = ?3",
        )
        .map_err(failed)?;
    let mut unknown = Vec::new();
    for one in held {
        for head in one.heads.as_slice() {
            let known = statement.exists(params![workspace.as_bytes(), one.document.as_bytes(), head.0]);
            if !known.map_err(failed)? {
                unknown.push(one.document);
                break;
            }
        }
    }
    Ok(unknown)
}

/// Whether these records are in sight; of one that is not here its kind decides.
pub(super) fn in_sight(
    view: &View<'_>,
    asked: &[(DocumentId, Option<Kind>)],
) -> Result<Vec<bool>, StorageError> {
    let mut seen = Vec::with_capacity(asked.len());
    for (document, kind) in asked {
        let by_kind = kind.is_some_and(|kind| view.sees_every(kind));
        seen.push(by_kind || view.visible(*document)?.is_some());
    }
    Ok(seen)
}
