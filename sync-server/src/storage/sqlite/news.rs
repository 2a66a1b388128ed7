//! The log after a position, as one reader sees it.
//!
//! Events are walked in the order of their positions: what was written, what came into sight, what
//! left it. A document is delivered once in a page, brought up to this moment. The page is cut between
//! positions, never inside one, so that a reader never stands still.

use std::collections::{BTreeMap, HashSet};

use halyard_domain::id::DocumentId;
use halyard_protocol::chain::ChainEnd;
use halyard_protocol::hash::{Position, RightsVersion, RunningHash};
use halyard_protocol::page::{Page, entry_bytes};
use halyard_protocol::pull::Entry;
use rusqlite::{OptionalExtension, Row, params};

use super::entries::View;
use super::failed;
use super::values::{device, document, from_cbor, int, maybe_document, position};
use crate::storage::{LogPage, StorageError};

/// How many log entries one page looks at.
const LOOK_AHEAD: i64 = 5_000;

enum Event {
    Written(DocumentId),
    Gained(DocumentId),
    Lost(DocumentId),
    /// A signed receipt or control entry.
    Told(Told, Vec<u8>),
}

#[derive(Clone, Copy)]
enum Told {
    Receipt,
    Control,
}

type Events = BTreeMap<Position, Vec<Event>>;

/// The news after `after`; sight gained or lost up to `listed` has been told by a listing. Of the reader's
/// own envelopes those up to `own` are left out.
pub(super) fn page(
    view: &View<'_>,
    after: Position,
    listed: RightsVersion,
    own: Option<ChainEnd>,
    most: usize,
) -> Result<LogPage, StorageError> {
    let own = view.stands(own)?;
    let (events, horizon) = events(view, after, listed)?;
    let mut page = Page::new(most);
    let mut delivered = HashSet::new();
    let mut entries = Vec::new();
    let mut reached = horizon;
    for (at, events) in events {
        let mut group = Vec::new();
        let mut documents = Vec::new();
        for event in &events {
            group.extend(entry(view, at, event, (after, listed), own, &delivered, &mut documents)?);
        }
        if !group.is_empty() && !page.take(group.iter().map(entry_bytes).sum()) {
            reached = Position(at.0.saturating_sub(1));
            break;
        }
        delivered.extend(documents);
        entries.extend(group);
    }
    let running = running_at(view, reached)?;
    Ok(LogPage { entries, position: reached, running, complete: reached == view.workspace.head })
}

/// The hash of the log up to a position of it.
pub(super) fn running_at(view: &View<'_>, at: Position) -> Result<RunningHash, StorageError> {
    if at == view.workspace.head {
        return Ok(view.workspace.running);
    }
    if at == Position(0) {
        return Ok(view.workspace.log_start);
    }
    let found = view
        .connection
        .prepare_cached(
            "SELECT running_hash
             FROM log
             WHERE workspace_id = ?1 AND position = ?2",
        )
        .and_then(|mut statement| {
            statement
                .query_row(params![view.reader.workspace.as_bytes(), int(at.0)], |row| row.get(0))
                .optional()
        })
        .map_err(failed)?;
    found
        .map(RunningHash)
        .ok_or_else(|| StorageError::Damaged { what: format!("the log lacks position {at}") })
}

fn events(
    view: &View<'_>,
    after: Position,
    listed: RightsVersion,
) -> Result<(Events, Position), StorageError> {
    let rights = view.people.rights(view.reader.employee);
    let administers = rights.access.administers();
    let mut events = Events::new();
    let mut statement = view
        .connection
        .prepare_cached(
            "SELECT position, what, document_id, device_id, content
             FROM log
             WHERE workspace_id = ?1 AND position > ?2
             ORDER BY position
             LIMIT ?3",
        )
        .map_err(failed)?;
    let mut rows = statement
        .query(params![view.reader.workspace.as_bytes(), int(after.0), LOOK_AHEAD])
        .map_err(failed)?;
    let mut seen = 0;
    let mut horizon = view.workspace.head;
    while let Some(row) = rows.next().map_err(failed)? {
        let at = position(row, 0).map_err(failed)?;
        seen += 1;
        if seen == LOOK_AHEAD {
            horizon = at;
        }
        if let Some(event) = written(row, view, administers).map_err(failed)? {
            events.entry(at).or_default().push(event);
        }
    }
    let from = Position(after.0.max(listed.0));
    for (record, at) in moved(view, GAINED, from, horizon)? {
        events.entry(at).or_default().push(Event::Gained(record));
    }
    for (record, at) in moved(view, LOST, from, horizon)? {
        events.entry(at).or_default().push(Event::Lost(record));
    }
    Ok((events, horizon))
}

fn written(row: &Row<'_>, view: &View<'_>, administers: bool) -> rusqlite::Result<Option<Event>> {
    let what: String = row.get(1)?;
    Ok(match what.as_str() {
        "envelope" => maybe_document(row, 2)?.map(Event::Written),
        "receipt" if device(row, 3)? == view.reader.device => Some(Event::Told(Told::Receipt, row.get(4)?)),
        "control" if administers => Some(Event::Told(Told::Control, row.get(4)?)),
        _ => None,
    })
}

pub(super) const GAINED: &str = "SELECT document_id, from_position
                                 FROM sight
                                 WHERE workspace_id = ?1 AND employee_id = ?2 AND from_position > ?3
                                   AND from_position <= ?4 AND to_position IS NULL";

pub(super) const LOST: &str = "SELECT document_id, to_position
                               FROM sight
                               WHERE workspace_id = ?1 AND employee_id = ?2 AND to_position > ?3
                                 AND to_position <= ?4";

/// What came into the reader's kept sight, or left it, after a position and up to another.
pub(super) fn moved(
    view: &View<'_>,
    sql: &str,
    after: Position,
    to: Position,
) -> Result<Vec<(DocumentId, Position)>, StorageError> {
    let mut statement = view.connection.prepare_cached(sql).map_err(failed)?;
    let rows = statement
        .query_map(
            params![
                view.reader.workspace.as_bytes(),
                view.reader.employee.as_bytes(),
                int(after.0),
                int(to.0)
            ],
            |row| Ok((document(row, 0)?, position(row, 1)?)),
        )
        .map_err(failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failed)
}

fn entry(
    view: &View<'_>,
    at: Position,
    event: &Event,
    (after, listed): (Position, RightsVersion),
    own: Option<ChainEnd>,
    delivered: &HashSet<DocumentId>,
    documents: &mut Vec<DocumentId>,
) -> Result<Option<Entry>, StorageError> {
    let record = match event {
        Event::Told(Told::Receipt, bytes) => {
            return from_cbor(bytes, "a receipt").map(|one| Some(Entry::Receipt(one)));
        }
        Event::Told(Told::Control, bytes) => {
            return from_cbor(bytes, "a control entry").map(|one| Some(Entry::Control(one)));
        }
        Event::Written(record) | Event::Gained(record) | Event::Lost(record) => *record,
    };
    if delivered.contains(&record) || documents.contains(&record) {
        return Ok(None);
    }
    let Some(card) = view.visible(record)? else {
        let left = matches!(event, Event::Lost(_));
        return if left { view.gone(record, at).map(Some) } else { Ok(None) };
    };
    documents.push(record);
    let news = Position(after.0.max(listed.0));
    let gained = !view.sees_every(card.kind) && view.kept_since(record)?.is_some_and(|since| since > news);
    // A record made after the cursor is told by its envelopes; one that existed before comes whole.
    if gained && card.first <= after {
        return view.snapshot(card).map(Some);
    }
    if matches!(event, Event::Lost(_)) {
        return Ok(None);
    }
    view.changes(card, after, own).map(Some)
}
