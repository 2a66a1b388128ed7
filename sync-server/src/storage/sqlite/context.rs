//! What a push is judged against, from one moment of the database.

use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DocumentId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_domain::rights::Responsible;
use halyard_protocol::actor::ActorId;
use halyard_protocol::hash::{EnvelopeHash, Generation, Position, RunningHash};
use halyard_protocol::receipt::Outcome;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::people::PeopleCache;
use super::values::{count, document, envelope_hash, epoch, heads, int, kind, outcome, position, workspace};
use super::{devices, documents, failed, past_rights};
use crate::storage::{
    DocumentBefore, DocumentQuery, PushContext, PushQuery, Situation, SituationThen, StorageError, Workspace,
};

const WORKSPACE: &str = "SELECT workspace_id, name, demo, epoch, signing_key, cursor_key, head, running_hash,
                                rights_version, watermark, log_start, handing_over, former_epoch, former_head
                         FROM workspace";

fn workspace_row(row: &Row<'_>) -> rusqlite::Result<Workspace> {
    let former = match row.get::<_, Option<Vec<u8>>>(12)? {
        Some(_) => Some((epoch(row, 12)?, position(row, 13)?)),
        None => None,
    };
    Ok(Workspace {
        id: workspace(row, 0)?,
        name: row.get(1)?,
        demo: row.get(2)?,
        epoch: epoch(row, 3)?,
        signing_seed: row.get(4)?,
        cursor_key: row.get(5)?,
        head: position(row, 6)?,
        running: RunningHash(row.get(7)?),
        rights_version: count(row.get(8)?),
        watermark: position(row, 9)?,
        log_start: RunningHash(row.get(10)?),
        handing_over: row.get(11)?,
        former,
    })
}

/// Every company.
pub(super) fn workspaces(connection: &Connection) -> Result<Vec<Workspace>, StorageError> {
    let mut statement =
        connection.prepare_cached(&format!("{WORKSPACE} ORDER BY created_ms")).map_err(failed)?;
    let rows = statement.query_map([], workspace_row).map_err(failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failed)
}

/// One company.
pub(super) fn workspace_of(
    connection: &Connection,
    id: WorkspaceId,
) -> Result<Option<Workspace>, StorageError> {
    connection
        .prepare_cached(&format!("{WORKSPACE} WHERE workspace_id = ?1"))
        .and_then(|mut statement| statement.query_row(params![id.as_bytes()], workspace_row).optional())
        .map_err(failed)
}

/// Everything a push asks about.
pub(super) fn push_context(
    connection: &Connection,
    people: &PeopleCache,
    query: &PushQuery,
) -> Result<Option<PushContext>, StorageError> {
    let id = query.workspace;
    let Some(workspace) = workspace_of(connection, id)? else { return Ok(None) };
    let people = people.at(connection, id, workspace.rights_version)?;
    let (mut then, mut positions) = (Vec::new(), Vec::new());
    for at in newest_news(connection, query)? {
        let rights = past_rights::rights_at(connection, id, query.employee, at, query.honoured_since)?;
        positions.extend(rights.iter().map(|_| at));
        then.extend(rights);
    }
    let asker = Asker { connection, query };
    let mut situations = BTreeMap::new();
    for asked in &query.documents {
        situations.insert(asked.document, asker.situation(asked, &positions)?);
    }
    let mut replaced = BTreeMap::new();
    for envelope in &query.replaces {
        replaced.extend(outcome_of(connection, id, *envelope)?.map(|outcome| (*envelope, outcome)));
    }
    let mut series = BTreeMap::new();
    for &kind in Kind::ALL {
        series.insert(kind, documents::newest_number(connection, id, kind, query.year)?);
    }
    Ok(Some(PushContext {
        workspace,
        now: people.rights(query.employee),
        then,
        documents: situations,
        series,
        replaced,
    }))
}

/// The positions of the newest news of the device: what it has presented, and what it was given since.
/// It cannot have news later than those.
fn newest_news(connection: &Connection, query: &PushQuery) -> Result<Vec<Position>, StorageError> {
    let device = devices::one(connection, query.workspace, query.device)?;
    let mut positions = device.map_or(Vec::new(), |device| vec![device.cursor, device.given]);
    positions.dedup();
    Ok(positions)
}

fn outcome_of(
    connection: &Connection,
    workspace: WorkspaceId,
    envelope: EnvelopeHash,
) -> Result<Option<Outcome>, StorageError> {
    connection
        .prepare_cached(
            "SELECT outcome
             FROM envelope
             WHERE workspace_id = ?1 AND envelope_hash = ?2",
        )
        .and_then(|mut statement| {
            statement.query_row(params![workspace.as_bytes(), envelope.0], |row| outcome(row, 0)).optional()
        })
        .map_err(failed)
}

struct Asker<'a> {
    connection: &'a Connection,
    query: &'a PushQuery,
}

impl Asker<'_> {
    fn situation(&self, asked: &DocumentQuery, past: &[Position]) -> Result<Situation, StorageError> {
        let mut situation = Situation { before: self.before(asked.document)?, ..Situation::default() };
        for change in &asked.changes {
            if let Some(at) = self.merged_at(asked.document, *change)? {
                situation.merged.insert(*change, at);
            } else if let Some(envelope) = self.held_in(asked.document, *change)? {
                situation.held.insert(*change, envelope);
            }
        }
        for actor in &asked.actors {
            situation.last_seq.extend(self.last_seq(asked.document, *actor)?.map(|seq| (*actor, seq)));
        }
        situation.in_sight = self.in_sight(asked.document, None)?;
        let cards = self.cards_ever(asked.document)?;
        situation.responsible_above = self.responsible_above(&cards, None)?;
        for at in past {
            situation.then.push(SituationThen {
                heads: self.heads_at(asked.document, *at)?,
                in_sight: self.in_sight(asked.document, Some(*at))?,
                responsible_above: self.responsible_above(&cards, Some(*at))?,
            });
        }
        Ok(situation)
    }

    fn before(&self, asked: DocumentId) -> Result<Option<DocumentBefore>, StorageError> {
        self.connection
            .prepare_cached(
                "SELECT d.kind, d.generation, d.version, d.heads, d.max_op, s.snapshot, d.number IS NOT NULL
                 FROM document AS d
                 JOIN document_state AS s ON s.workspace_id = d.workspace_id AND s.document_id = d.document_id
                 WHERE d.workspace_id = ?1 AND d.document_id = ?2",
            )
            .and_then(|mut statement| {
                statement
                    .query_row(params![self.query.workspace.as_bytes(), asked.as_bytes()], |row| {
                        Ok(DocumentBefore {
                            kind: kind(row, 0)?,
                            generation: Generation(row.get(1)?),
                            version: count(row.get(2)?),
                            heads: heads(&row.get::<_, Vec<u8>>(3)?),
                            max_op: count(row.get(4)?),
                            snapshot: row.get(5)?,
                            numbered: row.get(6)?,
                        })
                    })
                    .optional()
            })
            .map_err(failed)
    }

    fn merged_at(&self, asked: DocumentId, change: ChangeHash) -> Result<Option<Position>, StorageError> {
        self.connection
            .prepare_cached(
                "SELECT position
                 FROM change
                 WHERE workspace_id = ?1 AND document_id = ?2 AND hash = ?3",
            )
            .and_then(|mut statement| {
                statement
                    .query_row(params![self.query.workspace.as_bytes(), asked.as_bytes(), change.0], |row| {
                        position(row, 0)
                    })
                    .optional()
            })
            .map_err(failed)
    }

    /// The envelope that holds a change which is not merged: the one in quarantine, or the first of
    /// those behind it.
    fn held_in(&self, asked: DocumentId, change: ChangeHash) -> Result<Option<EnvelopeHash>, StorageError> {
        self.connection
            .prepare_cached(
                "SELECT COALESCE(e.behind, e.envelope_hash)
                 FROM held_change AS h
                 JOIN envelope AS e ON e.workspace_id = h.workspace_id AND e.envelope_hash = h.envelope_hash
                 WHERE h.workspace_id = ?1 AND h.document_id = ?2 AND h.hash = ?3
                   AND e.outcome IN ('quarantined', 'blocked')
                 ORDER BY e.arrived_ms
                 LIMIT 1",
            )
            .and_then(|mut statement| {
                statement
                    .query_row(params![self.query.workspace.as_bytes(), asked.as_bytes(), change.0], |row| {
                        envelope_hash(row, 0)
                    })
                    .optional()
            })
            .map_err(failed)
    }

    fn last_seq(&self, asked: DocumentId, actor: ActorId) -> Result<Option<u64>, StorageError> {
        self.connection
            .prepare_cached(
                "SELECT MAX(seq)
                 FROM change
                 WHERE workspace_id = ?1 AND document_id = ?2 AND actor = ?3",
            )
            .and_then(|mut statement| {
                statement
                    .query_row(params![self.query.workspace.as_bytes(), asked.as_bytes(), actor.0], |row| {
                        row.get::<_, Option<i64>>(0)
                    })
            })
            .map(|seq| seq.map(count))
            .map_err(failed)
    }

    /// Whether the author is among those who see a record, now or at a position whose loss is honoured.
    fn in_sight(&self, asked: DocumentId, at: Option<Position>) -> Result<bool, StorageError> {
        let (workspace, employee) = (self.query.workspace.as_bytes(), self.query.employee.as_bytes());
        match at {
            None => self
                .connection
                .prepare_cached(
                    "SELECT 1
                     FROM sight
                     WHERE workspace_id = ?1 AND employee_id = ?2 AND document_id = ?3 AND to_position IS NULL",
                )
                .and_then(|mut statement| statement.exists(params![workspace, employee, asked.as_bytes()]))
                .map_err(failed),
            Some(at) => self
                .connection
                .prepare_cached(
                    "SELECT 1
                     FROM sight AS s
                     LEFT JOIN log AS l ON l.workspace_id = s.workspace_id AND l.position = s.to_position
                     WHERE s.workspace_id = ?1 AND s.employee_id = ?2 AND s.document_id = ?3
                       AND s.from_position <= ?4
                       AND (s.to_position IS NULL OR (s.to_position > ?4 AND l.arrived_ms >= ?5))",
                )
                .and_then(|mut statement| {
                    statement.exists(params![
                        workspace,
                        employee,
                        asked.as_bytes(),
                        int(at.0),
                        self.query.honoured_since.0
                    ])
                })
                .map_err(failed),
        }
    }

    /// The cards a record was ever under, and those the push asks about.
    fn cards_ever(&self, asked: DocumentId) -> Result<BTreeSet<DocumentId>, StorageError> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT target_id
                 FROM link
                 WHERE workspace_id = ?1 AND document_id = ?2 AND field = 'card'",
            )
            .map_err(failed)?;
        let rows = statement
            .query_map(params![self.query.workspace.as_bytes(), asked.as_bytes()], |row| document(row, 0))
            .map_err(failed)?;
        let mut cards = self.query.cards.clone();
        for card in rows {
            cards.insert(card.map_err(failed)?);
        }
        Ok(cards)
    }

    /// Whom cards name as responsible: now, or as the device knew it at a position. What it said itself
    /// after that position it knew too.
    fn responsible_above(
        &self,
        cards: &BTreeSet<DocumentId>,
        at: Option<Position>,
    ) -> Result<BTreeMap<DocumentId, Responsible>, StorageError> {
        let at = at.map_or(i64::MAX, |at| int(at.0));
        let mut statement = self
            .connection
            .prepare_cached(
                "WITH own AS (
                     SELECT position
                     FROM envelope
                     WHERE workspace_id = ?1 AND document_id = ?2 AND device_id = ?4 AND position > ?5
                 )
                 SELECT count(*), coalesce(sum(target_id = ?3), 0)
                 FROM link
                 WHERE workspace_id = ?1 AND document_id = ?2 AND field = 'responsible'
                   AND (from_position <= ?5 OR from_position IN own)
                   AND (to_position IS NULL OR to_position > ?5 AND to_position NOT IN own)",
            )
            .map_err(failed)?;
        let (workspace, employee) = (self.query.workspace.as_bytes(), self.query.employee.as_bytes());
        let mut named = BTreeMap::new();
        for &card in cards {
            let keys = params![workspace, card.as_bytes(), employee, self.query.device.as_bytes(), at];
            let counted = statement.query_row(keys, |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)));
            let responsible = match counted.map_err(failed)? {
                (0, _) => Responsible::Nobody,
                (_, 0) => Responsible::Another,
                _ => Responsible::Writer,
            };
            named.insert(card, responsible);
        }
        Ok(named)
    }

    fn heads_at(&self, asked: DocumentId, at: Position) -> Result<Vec<ChangeHash>, StorageError> {
        let found: Option<Vec<u8>> = self
            .connection
            .prepare_cached(
                "SELECT heads
                 FROM log
                 WHERE workspace_id = ?1 AND document_id = ?2 AND what = 'envelope' AND position <= ?3
                 ORDER BY position DESC
                 LIMIT 1",
            )
            .and_then(|mut statement| {
                statement
                    .query_row(params![self.query.workspace.as_bytes(), asked.as_bytes(), int(at.0)], |row| {
                        row.get(0)
                    })
                    .optional()
            })
            .map_err(failed)?;
        Ok(found.map(|blob| heads(&blob)).unwrap_or_default())
    }
}
