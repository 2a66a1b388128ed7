//! First sync, tier by tier, and the listing after a change of rights.

use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::rights::{Access, Reach};
use halyard_protocol::cursor::Place;
use halyard_protocol::hash::{Position, RightsVersion};
use halyard_protocol::page::{Page, entry_bytes};
use rusqlite::params;

use super::documents;
use super::entries::{Card, View};
use super::failed;
use super::news::{GAINED, LOST, moved};
use super::past_rights::{access_since, ended_rights};
use super::people::open_to_all;
use super::values::{document, int};
use crate::storage::{EntryPage, StorageError, Tier};

/// The kinds that work is told by: whose it is and what it is done on.
const NAMED: [Kind; 2] = [Kind::Customer, Kind::Equipment];

/// A page of one tier after a place in it.
pub(super) fn tier(
    view: &View<'_>,
    tier: Tier,
    place: Option<Place>,
    begun_at: Position,
    most: usize,
) -> Result<EntryPage<Place>, StorageError> {
    let mut page = Page::new(most);
    let mut entries = Vec::new();
    let mut last = place;
    loop {
        let places = match tier {
            Tier::Directories => directories(view, last)?,
            Tier::OpenWork => open_work(view, last)?,
            Tier::Named => nameable(view, last)?,
            Tier::Rest => rest(view, last)?,
        };
        let looked_at_all = places.len() < usize::try_from(View::LOOK_AHEAD).unwrap_or(usize::MAX);
        for next in places {
            let due = match view.visible(next.document)? {
                Some(card) if is_due(view, tier, &card, begun_at)? => Some(card),
                Some(_) | None => None,
            };
            if let Some(card) = due {
                let entry = view.snapshot(card)?;
                if !page.take(entry_bytes(&entry)) {
                    return Ok(EntryPage { entries, next: last });
                }
                entries.push(entry);
            }
            last = Some(next);
        }
        if looked_at_all {
            return Ok(EntryPage { entries, next: None });
        }
    }
}

/// Whether a tier tells this document.
fn is_due(view: &View<'_>, tier: Tier, card: &Card, begun_at: Position) -> Result<bool, StorageError> {
    Ok(match tier {
        Tier::Directories | Tier::OpenWork => true,
        Tier::Named => named_by_open_work(view, card, begun_at)?,
        Tier::Rest => !told_before(view, card, begun_at)?,
    })
}

/// True for what an earlier tier has told and what has not changed since.
fn told_before(view: &View<'_>, card: &Card, begun_at: Position) -> Result<bool, StorageError> {
    if card.last > begun_at {
        return Ok(false);
    }
    Ok(open_to_all(card.kind)
        || is_open_work(view, card.document)?
        || named_by_open_work(view, card, begun_at)?)
}

/// Whether [`open_work`] finds it.
fn is_open_work(view: &View<'_>, document: DocumentId) -> Result<bool, StorageError> {
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

/// Whether open work of the reader's sight names it, and did so when the first sync began: who named it
/// since has changed since, and brings it with the log or is told with the rest.
fn named_by_open_work(view: &View<'_>, card: &Card, begun_at: Position) -> Result<bool, StorageError> {
    if !NAMED.contains(&card.kind) {
        return Ok(false);
    }
    let sql = if view.kinds_by_reach().is_empty() {
        "SELECT 1
         FROM link AS l INDEXED BY link_to
         CROSS JOIN document AS d ON d.workspace_id = l.workspace_id AND d.document_id = l.document_id
         CROSS JOIN sight AS s ON s.workspace_id = l.workspace_id AND s.employee_id = ?3
           AND s.document_id = l.document_id
         WHERE l.workspace_id = ?1 AND l.target_id = ?2 AND l.to_position IS NULL AND l.from_position <= ?4
           AND d.open_work IS NOT NULL AND d.last_position <= ?4
           AND s.to_position IS NULL AND s.from_position <= ?4"
    } else {
        "SELECT 1
         FROM link AS l INDEXED BY link_to
         CROSS JOIN document AS d ON d.workspace_id = l.workspace_id AND d.document_id = l.document_id
         WHERE l.workspace_id = ?1 AND l.target_id = ?2 AND l.to_position IS NULL AND l.from_position <= ?4
           AND d.open_work IS NOT NULL AND d.last_position <= ?4 AND ?3 IS NOT NULL"
    };
    let reader = view.reader;
    view.connection
        .prepare_cached(sql)
        .and_then(|mut statement| {
            statement.exists(params![
                reader.workspace.as_bytes(),
                card.document.as_bytes(),
                reader.employee.as_bytes(),
                int(begun_at.0)
            ])
        })
        .map_err(failed)
}

fn directories(view: &View<'_>, after: Option<Place>) -> Result<Vec<Place>, StorageError> {
    of_kinds(view, Kind::ALL.iter().copied().filter(|kind| open_to_all(*kind)), after)
}

/// What of the kinds that work is told by may be in the reader's sight, by id.
fn nameable(view: &View<'_>, after: Option<Place>) -> Result<Vec<Place>, StorageError> {
    if !view.kinds_by_reach().is_empty() {
        return of_kinds(view, NAMED, after);
    }
    let after = after.map_or(Vec::new(), |place| place.document.as_bytes().to_vec());
    let [one, other] = NAMED.map(Kind::name);
    let mut statement = view
        .connection
        .prepare_cached(
            "SELECT s.document_id
             FROM sight AS s
             CROSS JOIN document AS d ON d.workspace_id = s.workspace_id AND d.document_id = s.document_id
             WHERE s.workspace_id = ?1 AND s.employee_id = ?2 AND s.document_id > ?3 AND s.to_position IS NULL
               AND d.kind IN (?4, ?5)
             ORDER BY s.document_id
             LIMIT ?6",
        )
        .map_err(failed)?;
    let reader = view.reader;
    let rows = statement
        .query_map(
            params![
                reader.workspace.as_bytes(),
                reader.employee.as_bytes(),
                after,
                one,
                other,
                View::LOOK_AHEAD
            ],
            |row| Ok(Place { order: 0, document: document(row, 0)? }),
        )
        .map_err(failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failed)
}

/// Documents of these kinds by id.
fn of_kinds(
    view: &View<'_>,
    kinds: impl IntoIterator<Item = Kind>,
    after: Option<Place>,
) -> Result<Vec<Place>, StorageError> {
    let after = after.map_or(Vec::new(), |place| place.document.as_bytes().to_vec());
    let mut found = BTreeSet::new();
    for kind in kinds {
        found.extend(of_kind(view, kind, &after)?);
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

/// The reader's own open work by planned date; all there is for whoever sees whole kinds.
fn open_work(view: &View<'_>, after: Option<Place>) -> Result<Vec<Place>, StorageError> {
    let (order, document_after) =
        after.map_or((i64::MIN, Vec::new()), |place| (place.order, place.document.as_bytes().to_vec()));
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
    let mut statement = view.connection.prepare_cached(sql).map_err(failed)?;
    let rows = statement
        .query_map(
            params![
                view.reader.workspace.as_bytes(),
                view.reader.employee.as_bytes(),
                order,
                document_after,
                View::LOOK_AHEAD
            ],
            |row| Ok(Place { order: row.get(0)?, document: document(row, 1)? }),
        )
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
