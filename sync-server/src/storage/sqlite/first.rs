//! First sync, tier by tier, and the listing after a change of rights.

use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::rights::{Access, Reach};
use halyard_protocol::cursor::Place;
use halyard_protocol::hash::{Position, RightsVersion};
use halyard_protocol::page::{Page, entry_bytes};
use halyard_protocol::pull::Entry;
use rusqlite::params;

use super::documents;
use super::entries::{Card, View};
use super::failed;
use super::news::{GAINED, LOST, moved};
use super::open_work::OpenWork;
use super::past_rights::{access_since, ended_rights};
use super::people::open_to_all;
use super::values::document;
use crate::storage::{EntryPage, StorageError, Tier};

/// A page of one tier after a place in it.
pub(super) fn tier(
    view: &View<'_>,
    tier: Tier,
    place: Option<Place>,
    begun_at: Position,
    most: usize,
) -> Result<EntryPage<Place>, StorageError> {
    let mut open_work = OpenWork::new(view, begun_at);
    let mut page = Page::new(most);
    let mut entries = Vec::new();
    let mut last = place;
    loop {
        let places = match tier {
            Tier::Directories => directories(view, last)?,
            Tier::OpenWork => open_work.after(last)?,
            Tier::Rest => rest(view, last)?,
        };
        let looked_at_all = places.len() < usize::try_from(View::LOOK_AHEAD).unwrap_or(usize::MAX);
        for next in places {
            let told: Vec<Entry> = due(view, &mut open_work, tier, next, begun_at)?
                .into_iter()
                .map(|card| view.snapshot(card))
                .collect::<Result<_, _>>()?;
            if !told.is_empty() && !page.take(told.iter().map(entry_bytes).sum()) {
                return Ok(EntryPage { entries, next: last });
            }
            entries.extend(told);
            last = Some(next);
        }
        if looked_at_all {
            return Ok(EntryPage { entries, next: None });
        }
    }
}

/// What a tier tells at a place.
fn due(
    view: &View<'_>,
    open_work: &mut OpenWork<'_, '_>,
    tier: Tier,
    at: Place,
    begun_at: Position,
) -> Result<Vec<Card>, StorageError> {
    let Some(card) = view.visible(at.document)? else { return Ok(Vec::new()) };
    if tier == Tier::OpenWork {
        return open_work.with_what_it_names(card, at);
    }
    // After a change of rights it is not known what the earlier tiers told, and all is told once more.
    let may_be_told = tier == Tier::Rest && card.last <= begun_at && view.rights_since() <= begun_at;
    let told = may_be_told && (open_to_all(card.kind) || open_work.tells(&card)?);
    Ok(if told { Vec::new() } else { vec![card] })
}

fn directories(view: &View<'_>, after: Option<Place>) -> Result<Vec<Place>, StorageError> {
    let after = after.map_or(Vec::new(), |place| place.document.as_bytes().to_vec());
    let mut found = BTreeSet::new();
    for kind in Kind::ALL.iter().filter(|kind| open_to_all(**kind)) {
        found.extend(of_kind(view, *kind, &after)?);
    }
    let most = usize::try_from(View::LOOK_AHEAD).unwrap_or(usize::MAX);
    Ok(found.into_iter().take(most).map(|document| Place { order: 0, document }).collect())
}

fn of_kind(view: &View<'_>, kind: Kind, after: &[u8]) -> Result<Vec<DocumentId>, StorageError> {
    let mut statement = view
        .connection
        .prepare_cached(
            "SELECT document_id
             FROM document
             WHERE workspace_id = ?1 AND kind = ?2 AND document_id > ?3
             ORDER BY document_id
             LIMIT ?4",
        )
        .map_err(failed)?;
    let rows = statement
        .query_map(params![view.reader.workspace.as_bytes(), kind.name(), after, View::LOOK_AHEAD], |row| {
            document(row, 0)
        })
        .map_err(failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failed)
}

/// Newest first: ids are ordered by time. Whoever sees whole kinds walks all documents, others only
/// what is kept of their sight.
fn rest(view: &View<'_>, after: Option<Place>) -> Result<Vec<Place>, StorageError> {
    let below = after.map_or_else(|| vec![0xff; 17], |place| place.document.as_bytes().to_vec());
    let sql = if view.kinds_by_reach().is_empty() {
        "SELECT document_id
         FROM sight
         WHERE workspace_id = ?1 AND employee_id = ?2 AND document_id < ?3 AND to_position IS NULL
         ORDER BY document_id DESC
         LIMIT ?4"
    } else {
        "SELECT document_id
         FROM document
         WHERE workspace_id = ?1 AND document_id < ?3 AND ?2 IS NOT NULL
         ORDER BY document_id DESC
         LIMIT ?4"
    };
    let mut statement = view.connection.prepare_cached(sql).map_err(failed)?;
    let rows = statement
        .query_map(
            params![
                view.reader.workspace.as_bytes(),
                view.reader.employee.as_bytes(),
                below,
                View::LOOK_AHEAD
            ],
            |row| Ok(Place { order: 0, document: document(row, 0)? }),
        )
        .map_err(failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failed)
}

/// A page of what a change of rights from `from` to `to` gave and took, by document id. The cursor
/// stands at `at`.
pub(super) fn listing(
    view: &View<'_>,
    at: Position,
    from: RightsVersion,
    to: RightsVersion,
    place: Option<DocumentId>,
    most: usize,
) -> Result<EntryPage<DocumentId>, StorageError> {
    // A listing that was begun for rights between the two may have brought or taken something.
    let had = access_since(view.connection, view.reader.workspace, view.reader.employee, from)?;
    let kinds: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| reach_moved(view, &had, *kind)).collect();
    let sight = sight_moved(view, at, to)?;
    let mut page = Page::new(most);
    let mut entries = Vec::new();
    let mut last = place;
    loop {
        let after = last.map_or(Vec::new(), |place| place.as_bytes().to_vec());
        let mut candidates = BTreeSet::new();
        for kind in &kinds {
            candidates.extend(of_kind(view, *kind, &after)?);
        }
        candidates.extend(sight.keys().copied().filter(|one| one.as_bytes().as_slice() > after.as_slice()));
        let most_of_them = usize::try_from(View::LOOK_AHEAD).unwrap_or(usize::MAX);
        let candidates: Vec<DocumentId> = candidates.into_iter().take(most_of_them).collect();
        if candidates.is_empty() {
            return Ok(EntryPage { entries, next: None });
        }
        for document in candidates {
            let left_at = sight.get(&document).copied().unwrap_or(Position(to.0));
            let entry = match view.visible(document)? {
                Some(card) if kept_all_along(view, document, at)? || seen_all_along(&had, card.kind) => None,
                Some(card) => Some(view.snapshot(card)?),
                None => Some(view.gone(document, left_at)?),
            };
            if let Some(entry) = entry {
                if !page.take(entry_bytes(&entry)) {
                    return Ok(EntryPage { entries, next: last });
                }
                entries.push(entry);
            }
            last = Some(document);
        }
    }
}

fn seen_by_reach(access: &Access, kind: Kind) -> bool {
    access.reach(halyard_domain::records::schema(kind).section) == Reach::All
}

fn seen_all_along(had: &[Access], kind: Kind) -> bool {
    !had.is_empty() && had.iter().all(|access| seen_by_reach(access, kind))
}

fn reach_moved(view: &View<'_>, had: &[Access], kind: Kind) -> bool {
    !open_to_all(kind) && had.iter().any(|access| seen_by_reach(access, kind) != view.sees_every(kind))
}

fn kept_all_along(view: &View<'_>, document: DocumentId, at: Position) -> Result<bool, StorageError> {
    Ok(view.kept_since(document)?.is_some_and(|since| since <= at))
}

/// What came into kept sight or left it after `at` and up to the change of rights.
fn sight_moved(
    view: &View<'_>,
    at: Position,
    to: RightsVersion,
) -> Result<BTreeMap<DocumentId, Position>, StorageError> {
    let mut all: BTreeMap<DocumentId, Position> = BTreeMap::new();
    for sql in [GAINED, LOST] {
        all.extend(moved(view, sql, at, Position(to.0))?);
    }
    Ok(all)
}

/// Every document in the reader's sight, in no order.
pub(super) fn everything(view: &View<'_>) -> Result<Vec<DocumentId>, StorageError> {
    let by_reach: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| view.sees_every(*kind)).collect();
    let mut found = BTreeSet::new();
    for kind in by_reach {
        found.extend(documents::of_kind(view.connection, view.reader.workspace, kind)?);
    }
    let mut statement = view
        .connection
        .prepare_cached(
            "SELECT document_id
             FROM sight
             WHERE workspace_id = ?1 AND employee_id = ?2 AND to_position IS NULL",
        )
        .map_err(failed)?;
    let rows = statement
        .query_map(params![view.reader.workspace.as_bytes(), view.reader.employee.as_bytes()], |row| {
            document(row, 0)
        })
        .map_err(failed)?;
    for row in rows {
        found.insert(row.map_err(failed)?);
    }
    Ok(found.into_iter().collect())
}

/// Whether a document was in the reader's sight once: an ended interval of its own, or of a reach.
pub(super) fn was_seen(view: &View<'_>, record: DocumentId) -> Result<bool, StorageError> {
    let kept = view
        .connection
        .prepare_cached(
            "SELECT 1
             FROM sight
             WHERE workspace_id = ?1 AND employee_id = ?2 AND document_id = ?3 AND to_position IS NOT NULL",
        )
        .and_then(|mut statement| {
            statement.exists(params![
                view.reader.workspace.as_bytes(),
                view.reader.employee.as_bytes(),
                record.as_bytes()
            ])
        })
        .map_err(failed)?;
    if kept {
        return Ok(true);
    }
    let graph = super::graph::Graph { connection: view.connection, workspace: view.reader.workspace };
    let Some(kind) = graph.kind(record)? else { return Ok(false) };
    let ended = ended_rights(view.connection, view.reader.workspace, view.reader.employee)?;
    Ok(ended.iter().any(|access| seen_by_reach(access, kind)))
}
