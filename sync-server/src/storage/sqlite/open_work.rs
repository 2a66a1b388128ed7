//! A reader's open work: the tier of a first sync that is told with all it names.
//!
//! A visit without its customer is only a number, and customers are the oldest records there are. So each
//! open work brings what it names along, and what several name comes with the first of them. Which one was
//! the first may change while a first sync is under way. What changed since it began comes again with the
//! log, so only work that has not changed since counts as naming: of those that a page has passed, what
//! they name has been told.

use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_protocol::cursor::Place;
use halyard_protocol::hash::Position;
use rusqlite::params;

use super::entries::{Card, View};
use super::failed;
use super::people::open_to_all;
use super::values::{document, int, kind};
use crate::storage::StorageError;

/// The open work of one reader, at the moment of a page.
pub(super) struct OpenWork<'v, 'c> {
    view: &'v View<'c>,
    /// Where the first sync began.
    begun_at: Position,
    /// The kinds the reader sees every record of. With one of them all open work is walked; without, what
    /// is the reader's own.
    kinds: Vec<Kind>,
    /// The first to name a document, of those asked about.
    first: BTreeMap<DocumentId, Option<Place>>,
}

impl<'v, 'c> OpenWork<'v, 'c> {
    pub(super) fn new(view: &'v View<'c>, begun_at: Position) -> Self {
        Self { view, begun_at, kinds: view.kinds_by_reach(), first: BTreeMap::new() }
    }

    /// What follows a place, by planned date. Not all of it need be visible.
    pub(super) fn after(&self, place: Option<Place>) -> Result<Vec<Place>, StorageError> {
        let (order, document_after) =
            place.map_or((i64::MIN, Vec::new()), |place| (place.order, place.document.as_bytes().to_vec()));
        let sql = if self.kinds.is_empty() {
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
        let reader = self.view.reader;
        let mut statement = self.view.connection.prepare_cached(sql).map_err(failed)?;
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

    /// Whether the tier tells a document that has not changed since the first sync began, in its turn or
    /// with what names it.
    pub(super) fn tells(&mut self, card: &Card) -> Result<bool, StorageError> {
        Ok(self.place_of(card)?.is_some() || self.first_to_name(card.document)?.is_some())
    }

    /// Open work in its turn, and what it is the first to name: what of it the reader sees and has not been
    /// told.
    pub(super) fn with_what_it_names(&mut self, work: Card, at: Place) -> Result<Vec<Card>, StorageError> {
        let is_unchanged = work.last <= self.begun_at;
        let named = if is_unchanged { self.named_by(work.document)? } else { BTreeSet::new() };
        let told_before = self.first_to_name(work.document)?.is_some_and(|first| first < at);
        let mut due = if told_before { Vec::new() } else { vec![work] };
        for document in named {
            let Some(card) = self.view.visible(document)? else { continue };
            if open_to_all(card.kind) || self.first_to_name(document)? != Some(at) {
                continue;
            }
            let had_its_turn =
                card.last <= self.begun_at && self.place_of(&card)?.is_some_and(|own| own < at);
            if !had_its_turn {
                due.push(card);
            }
        }
        Ok(due)
    }

    /// Where [`Self::after`] has a document.
    fn place_of(&self, card: &Card) -> Result<Option<Place>, StorageError> {
        let Some(order) = card.open_work else { return Ok(None) };
        let is_walked = !self.kinds.is_empty() || self.is_own(card.document)?;
        Ok(is_walked.then_some(Place { order, document: card.document }))
    }

    fn is_own(&self, document: DocumentId) -> Result<bool, StorageError> {
        let reader = self.view.reader;
        self.view
            .connection
            .prepare_cached(
                "SELECT 1
                 FROM audience
                 WHERE workspace_id = ?1 AND document_id = ?2 AND who = ?3 AND is_team = 0
                   AND to_position IS NULL",
            )
            .and_then(|mut statement| {
                statement.exists(params![
                    reader.workspace.as_bytes(),
                    document.as_bytes(),
                    reader.employee.as_bytes()
                ])
            })
            .map_err(failed)
    }

    /// The first open work to name a document, of what has not changed since the first sync began and was
    /// in the reader's sight then. What came into sight since is told by the log, without what it names.
    fn first_to_name(&mut self, named: DocumentId) -> Result<Option<Place>, StorageError> {
        if let Some(known) = self.first.get(&named) {
            return Ok(*known);
        }
        let mut found = None;
        for (place, kind) in self.naming(named)? {
            if self.was_walked(place.document, kind)? {
                found = Some(place);
                break;
            }
        }
        self.first.insert(named, found);
        Ok(found)
    }

    fn was_walked(&self, work: DocumentId, kind: Kind) -> Result<bool, StorageError> {
        if self.kinds.is_empty() {
            return self.is_own(work);
        }
        let kept = || self.view.kept_since(work);
        Ok(self.kinds.contains(&kind) || kept()?.is_some_and(|since| since <= self.begun_at))
    }

    /// The open work that names a document and has not changed since the first sync began, in order.
    fn naming(&self, named: DocumentId) -> Result<Vec<(Place, Kind)>, StorageError> {
        let mut statement = self
            .view
            .connection
            .prepare_cached(
                "SELECT DISTINCT d.open_work, d.document_id, d.kind
                 FROM link AS l INDEXED BY link_to
                 CROSS JOIN document AS d
                   ON d.workspace_id = l.workspace_id AND d.document_id = l.document_id
                 WHERE l.workspace_id = ?1 AND l.target_id = ?2 AND l.to_position IS NULL
                   AND d.open_work IS NOT NULL AND d.last_position <= ?3
                 ORDER BY d.open_work, d.document_id",
            )
            .map_err(failed)?;
        let rows = statement
            .query_map(
                params![self.view.reader.workspace.as_bytes(), named.as_bytes(), int(self.begun_at.0)],
                |row| Ok((Place { order: row.get(0)?, document: document(row, 1)? }, kind(row, 2)?)),
            )
            .map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    /// What a document names.
    fn named_by(&self, work: DocumentId) -> Result<BTreeSet<DocumentId>, StorageError> {
        let mut statement = self
            .view
            .connection
            .prepare_cached(
                "SELECT target_id
                 FROM link
                 WHERE workspace_id = ?1 AND document_id = ?2 AND to_position IS NULL",
            )
            .map_err(failed)?;
        let rows = statement
            .query_map(params![self.view.reader.workspace.as_bytes(), work.as_bytes()], |row| {
                document(row, 0)
            })
            .map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }
}
