//! Entries of pulls and fetches, made inside one read transaction.

use std::collections::HashMap;
use std::sync::Arc;

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_protocol::chain::ChainEnd;
use halyard_protocol::envelope::{Chunk, Envelope, EnvelopeHeader};
use halyard_protocol::hash::{Generation, Heads, Position};
use halyard_protocol::pull::{Changes, Entry, Left, Snapshot};
use halyard_protocol::receipt::{Receipt, Receipted};
use halyard_protocol::time::UnixMs;
use rusqlite::{Connection, OptionalExtension, params};

use super::chain::{elsewhere, held_at};
use super::context::workspace_of;
use super::failed;
use super::people::{People, PeopleCache};
use super::values::{from_cbor, heads, int, kind, position};
use crate::storage::{Reader, StorageError, Workspace};

/// One reader's view of one moment of the database.
pub(super) struct View<'a> {
    pub(super) connection: &'a Connection,
    pub(super) reader: Reader,
    pub(super) workspace: Workspace,
    pub(super) people: Arc<People>,
}

/// What is asked of a document before it is delivered.
pub(super) struct Card {
    pub(super) document: DocumentId,
    pub(super) kind: Kind,
    pub(super) generation: Generation,
    pub(super) heads: Heads,
    pub(super) first: Position,
    pub(super) last: Position,
    pub(super) arrived: UnixMs,
    /// When it is planned, while it is open work.
    pub(super) open_work: Option<i64>,
}

impl<'a> View<'a> {
    /// None when the workspace is not served here.
    pub(super) fn open(
        connection: &'a Connection,
        people: &PeopleCache,
        reader: Reader,
    ) -> Result<Option<Self>, StorageError> {
        let Some(workspace) = workspace_of(connection, reader.workspace)? else { return Ok(None) };
        let people = people.at(connection, workspace.id, workspace.rights_version)?;
        Ok(Some(Self { connection, reader, workspace, people }))
    }

    /// Since which position the reader sees a document by what is kept of it; none when not at all.
    pub(super) fn kept_since(&self, document: DocumentId) -> Result<Option<Position>, StorageError> {
        self.connection
            .prepare_cached(
                "SELECT from_position
                 FROM sight
                 WHERE workspace_id = ?1 AND employee_id = ?2 AND document_id = ?3 AND to_position IS NULL",
            )
            .and_then(|mut statement| {
                statement
                    .query_row(
                        params![
                            self.reader.workspace.as_bytes(),
                            self.reader.employee.as_bytes(),
                            document.as_bytes()
                        ],
                        |row| position(row, 0),
                    )
                    .optional()
            })
            .map_err(failed)
    }

    /// True when the reader sees every record of a kind.
    pub(super) fn sees_every(&self, kind: Kind) -> bool {
        self.people.sees_every(self.reader.employee, kind)
    }

    /// Since when the reader's rights are what they are now.
    pub(super) fn rights_since(&self) -> Position {
        self.people.rights_since(self.reader.employee)
    }

    /// The document, when it is here and in the reader's sight.
    pub(super) fn visible(&self, document: DocumentId) -> Result<Option<Card>, StorageError> {
        let Some(card) = self.card(document)? else { return Ok(None) };
        if self.sees_every(card.kind) || self.kept_since(document)?.is_some() {
            return Ok(Some(card));
        }
        Ok(None)
    }

    fn card(&self, document: DocumentId) -> Result<Option<Card>, StorageError> {
        self.connection
            .prepare_cached(
                "SELECT d.kind, d.generation, d.heads, d.first_position, d.last_position, l.arrived_ms,
                        d.open_work
                 FROM document AS d
                 JOIN log AS l ON l.workspace_id = d.workspace_id AND l.position = d.last_position
                 WHERE d.workspace_id = ?1 AND d.document_id = ?2",
            )
            .and_then(|mut statement| {
                statement
                    .query_row(params![self.reader.workspace.as_bytes(), document.as_bytes()], |row| {
                        Ok(Card {
                            document,
                            kind: kind(row, 0)?,
                            generation: Generation(row.get(1)?),
                            heads: Heads::new(heads(&row.get::<_, Vec<u8>>(2)?)),
                            first: position(row, 3)?,
                            last: position(row, 4)?,
                            arrived: UnixMs(row.get(5)?),
                            open_work: row.get(6)?,
                        })
                    })
                    .optional()
            })
            .map_err(failed)
    }

    /// The whole document.
    pub(super) fn snapshot(&self, card: Card) -> Result<Entry, StorageError> {
        let bytes = self
            .connection
            .prepare_cached(
                "SELECT snapshot
                 FROM document_state
                 WHERE workspace_id = ?1 AND document_id = ?2",
            )
            .and_then(|mut statement| {
                statement
                    .query_row(params![self.reader.workspace.as_bytes(), card.document.as_bytes()], |row| {
                        row.get(0)
                    })
            })
            .map_err(failed)?;
        let envelopes = self
            .headers(card.document, self.workspace.watermark)?
            .into_iter()
            .map(|(envelope, receipt)| Receipted { envelope, receipt: receipt.stamp() })
            .collect();
        Ok(Entry::Snapshot(Snapshot {
            document: card.document,
            generation: card.generation,
            kind: card.kind.into(),
            bytes,
            heads: card.heads,
            position: card.last,
            arrived: card.arrived,
            envelopes,
        }))
    }

    /// What a reader says is the end of its chain, when the relay holds that very envelope at that place: the
    /// reader then has all of the chain up to it.
    pub(super) fn stands(&self, own: Option<ChainEnd>) -> Result<Option<ChainEnd>, StorageError> {
        let Some(end) = own else { return Ok(None) };
        let (workspace, device) = (self.reader.workspace, self.reader.device);
        let held = held_at(self.connection, workspace, device, end.incarnation, end.sequence)?;
        Ok(own.filter(|end| held == Some(end.hash)))
    }

    fn is_readers_own(&self, header: &EnvelopeHeader, own: Option<ChainEnd>) -> bool {
        own.is_some_and(|end| {
            header.device == self.reader.device
                && header.incarnation == end.incarnation
                && header.sequence <= end.sequence
        })
    }

    /// Everything accepted for the document after a position, but for the reader's own up to `own`.
    pub(super) fn changes(
        &self,
        card: Card,
        after: Position,
        own: Option<ChainEnd>,
    ) -> Result<Entry, StorageError> {
        let mut chunks = self.chunks(card.document, after)?;
        let mut envelopes = Vec::new();
        for (header, receipt) in self.headers(card.document, after)? {
            if self.is_readers_own(&header, own) {
                continue;
            }
            let envelope = self.whole(&header, &mut chunks)?;
            envelopes.push(Receipted { envelope, receipt: receipt.stamp() });
        }
        Ok(Entry::Changes(Changes {
            document: card.document,
            generation: card.generation,
            kind: card.kind.into(),
            heads: card.heads,
            position: card.last,
            arrived: card.arrived,
            envelopes,
        }))
    }

    /// The document left the reader's sight at a position.
    pub(super) fn gone(&self, document: DocumentId, at: Position) -> Result<Entry, StorageError> {
        Ok(Entry::Gone(Left { document, position: at, arrived: self.arrived(at)? }))
    }

    /// When the log entry at a position was written.
    pub(super) fn arrived(&self, at: Position) -> Result<UnixMs, StorageError> {
        self.connection
            .prepare_cached(
                "SELECT arrived_ms
                 FROM log
                 WHERE workspace_id = ?1 AND position = ?2",
            )
            .and_then(|mut statement| {
                statement
                    .query_row(params![self.reader.workspace.as_bytes(), int(at.0)], |row| row.get(0))
                    .optional()
            })
            .map(|arrived| UnixMs(arrived.unwrap_or_default()))
            .map_err(failed)
    }

    fn headers(
        &self,
        document: DocumentId,
        after: Position,
    ) -> Result<Vec<(EnvelopeHeader, Receipt)>, StorageError> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT header, receipt
                 FROM envelope
                 WHERE workspace_id = ?1 AND document_id = ?2 AND position > ?3
                 ORDER BY position",
            )
            .map_err(failed)?;
        let rows = statement
            .query_map(params![self.reader.workspace.as_bytes(), document.as_bytes(), int(after.0)], |row| {
                Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?))
            })
            .map_err(failed)?;
        let mut found = Vec::new();
        for row in rows {
            let (header, receipt) = row.map_err(failed)?;
            found.push((from_cbor(&header, "an envelope")?, from_cbor(&receipt, "a receipt")?));
        }
        Ok(found)
    }

    fn chunks(
        &self,
        document: DocumentId,
        after: Position,
    ) -> Result<HashMap<ChangeHash, Vec<u8>>, StorageError> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT hash, bytes
                 FROM change INDEXED BY change_after
                 WHERE workspace_id = ?1 AND document_id = ?2 AND position > ?3",
            )
            .map_err(failed)?;
        let rows = statement
            .query_map(params![self.reader.workspace.as_bytes(), document.as_bytes(), int(after.0)], |row| {
                Ok((ChangeHash(row.get(0)?), row.get::<_, Vec<u8>>(1)?))
            })
            .map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    fn whole(
        &self,
        header: &EnvelopeHeader,
        chunks: &mut HashMap<ChangeHash, Vec<u8>>,
    ) -> Result<Envelope, StorageError> {
        let mut whole = Vec::with_capacity(header.changes.len());
        for change in &header.changes {
            whole.push(Chunk(match chunks.remove(change) {
                Some(bytes) => bytes,
                None => elsewhere(self.connection, self.reader.workspace, header, change)?,
            }));
        }
        Ok(header.with_changes(whole))
    }

    /// How many documents a page looks at before it asks whether they fit.
    pub(super) const LOOK_AHEAD: i64 = 400;

    /// The kinds the reader sees every record of without being told by name, directories excepted.
    pub(super) fn kinds_by_reach(&self) -> Vec<Kind> {
        let open = super::people::open_to_all;
        Kind::ALL.iter().copied().filter(|kind| !open(*kind) && self.sees_every(*kind)).collect()
    }
}
