//! A reader's open work: the tier of a first sync that is told with all it names.
//!
//! A visit without its customer is only a number, and customers are the oldest records there are. So each
//! open work brings what it names along, and what several name comes with the first of them. Which one was
//! the first may change while a first sync is under way. What changed since it began comes again with the
//! log, so only work that has not changed since counts as naming: of those that a page has passed, what
//! they name has been told.

use std::collections::BTreeSet;

use halyard_domain::id::DocumentId;
use halyard_protocol::cursor::Place;
use halyard_protocol::hash::Position;
use rusqlite::params;

use super::entries::{Card, View};
use super::failed;
use super::people::open_to_all;
use super::values::{document, int, kind};
use crate::storage::StorageError;

/// The reader's own open work by planned date, after a place; all there is for whoever sees whole kinds.
pub(super) fn after(view: &View<'_>, place: Option<Place>) -> Result<Vec<Place>, StorageError> {
    let (order, document_after) =
        place.map_or((i64::MIN, Vec::new()), |place| (place.order, place.document.as_bytes().to_vec()));
    let sql = if view.kinds_by_reach().is_empty() {
        "SELECT d.open_work, d.document_id
         FROM audience AS a INDEXED BY audience_of
         CROSS JOIN document AS d ON d.workspace_id = a.workspace_id AND d.document_id = a.document_id
         WHERE a.workspace_id = ?1 AND a.who = ?2 AND a.is_team = 0 AND a.to_position IS NULL
           AND d.open_work IS NOT NULL AND (d.open_work, d.document_id) > (?3, ?4)
         ORDER BY d.open_work, d.document_id
         LIMIT ?5"
    } else {
        "SELECT open_work, document_id
         FROM document INDEXED BY document_by_open_work
         WHERE workspace_id = ?1 AND open_work IS NOT NULL AND (open_work, document_id) > (?3, ?4)
           AND ?2 IS NOT NULL
         ORDER BY open_work, document_id
         LIMIT ?5"
    };
    let reader = view.reader;
    let mut statement = view.connection.prepare_cached(sql).map_err(failed)?;
    let rows = statement
        .query_map(
            params![
                reader.workspace.as_bytes(),
                reader.employee.as_bytes(),
                order,
                document_after,
                View::LOOK_AHEAD
            ],
            |row| Ok(Place { order: row.get(0)?, document: document(row, 1)? }),
        )
        .map_err(failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failed)
}

/// Whether [`after`] finds it.
pub(super) fn has(view: &View<'_>, document: DocumentId) -> Result<bool, StorageError> {
    let sql = if view.kinds_by_reach().is_empty() {
        "SELECT 1
         FROM audience AS a
         CROSS JOIN document AS d ON d.workspace_id = a.workspace_id AND d.document_id = a.document_id
         WHERE a.workspace_id = ?1 AND a.document_id = ?2 AND a.who = ?3 AND a.is_team = 0
           AND a.to_position IS NULL AND d.open_work IS NOT NULL"
    } else {
        "SELECT 1
         FROM document
         WHERE workspace_id = ?1 AND document_id = ?2 AND open_work IS NOT NULL AND ?3 IS NOT NULL"
    };
    let reader = view.reader;
    view.connection
        .prepare_cached(sql)
        .and_then(|mut statement| {
            statement.exists(params![
                reader.workspace.as_bytes(),
                document.as_bytes(),
                reader.employee.as_bytes()
            ])
        })
        .map_err(failed)
}

/// Open work, and what it is the first to name, of what the reader sees and has not been told.
pub(super) fn with_what_it_names(
    view: &View<'_>,
    work: Card,
    at: Place,
    begun_at: Position,
) -> Result<Vec<Card>, StorageError> {
    let named = if work.last <= begun_at { named_by(view, work.document)? } else { BTreeSet::new() };
    let told_with_another = first_to_name(view, work.document, begun_at)?.is_some_and(|first| first < at);
    let mut due = if told_with_another { Vec::new() } else { vec![work] };
    for document in named {
        let Some(card) = view.visible(document)? else { continue };
        if !open_to_all(card.kind) && first_to_name(view, document, begun_at)? == Some(at) {
            due.push(card);
        }
    }
    Ok(due)
}

/// The first open work that names a document. Not counted: what has changed since the first sync began,
/// and what the reader sees otherwise than [`after`] finds it.
pub(super) fn first_to_name(
    view: &View<'_>,
    named: DocumentId,
    begun_at: Position,
) -> Result<Option<Place>, StorageError> {
    let sql = if view.kinds_by_reach().is_empty() {
        "SELECT d.open_work, d.document_id, d.kind
         FROM link AS l INDEXED BY link_to
         CROSS JOIN document AS d ON d.workspace_id = l.workspace_id AND d.document_id = l.document_id
         CROSS JOIN audience AS a ON a.workspace_id = l.workspace_id AND a.document_id = l.document_id
           AND a.who = ?3 AND a.is_team = 0 AND a.to_position IS NULL
         WHERE l.workspace_id = ?1 AND l.target_id = ?2 AND l.to_position IS NULL
           AND d.open_work IS NOT NULL AND d.last_position <= ?4
         ORDER BY d.open_work, d.document_id"
    } else {
        "SELECT d.open_work, d.document_id, d.kind
         FROM link AS l INDEXED BY link_to
         CROSS JOIN document AS d ON d.workspace_id = l.workspace_id AND d.document_id = l.document_id
         WHERE l.workspace_id = ?1 AND l.target_id = ?2 AND l.to_position IS NULL
           AND d.open_work IS NOT NULL AND d.last_position <= ?4 AND ?3 IS NOT NULL
         ORDER BY d.open_work, d.document_id"
    };
    let reader = view.reader;
    let by_reach = view.kinds_by_reach();
    let mut statement = view.connection.prepare_cached(sql).map_err(failed)?;
    let mut rows = statement
        .query(params![
            reader.workspace.as_bytes(),
            named.as_bytes(),
            reader.employee.as_bytes(),
            int(begun_at.0)
        ])
        .map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        if by_reach.is_empty() || by_reach.contains(&kind(row, 2).map_err(failed)?) {
            let order = row.get(0).map_err(failed)?;
            return Ok(Some(Place { order, document: document(row, 1).map_err(failed)? }));
        }
    }
    Ok(None)
}

/// What a document names.
fn named_by(view: &View<'_>, work: DocumentId) -> Result<BTreeSet<DocumentId>, StorageError> {
    let mut statement = view
        .connection
        .prepare_cached(
            "SELECT target_id
             FROM link
             WHERE workspace_id = ?1 AND document_id = ?2 AND to_position IS NULL",
        )
        .map_err(failed)?;
    let rows = statement
        .query_map(params![view.reader.workspace.as_bytes(), work.as_bytes()], |row| document(row, 0))
        .map_err(failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failed)
}
