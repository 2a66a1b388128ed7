//! Writing a commit: one savepoint of the shared transaction.
//!
//! First everything the judgement took for granted is looked at again; then the log grows entry by
//! entry, each with its position, its running hash and its signed receipt; then the documents, who
//! sees them, and their office rows follow. Positions are taken last and in one place, so the log has
//! no gaps.

use std::sync::Arc;

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DeviceId, DocumentId, EpochId, IncarnationId};
use halyard_protocol::control::{Control, ControlEvent};
use halyard_protocol::enrol::Standing;
use halyard_protocol::hash::{EnvelopeHash, Position, RunningHash};
use halyard_protocol::receipt::{Outcome, Receipt};
use halyard_protocol::running_hash::LogItem;
use halyard_protocol::signed::Signed;
use halyard_protocol::time::UnixMs;
use rusqlite::{Connection, params};

use super::people::{self, People, PeopleCache};
use super::sight::Sight;
use super::values::{count, epoch, heads_blob, incarnation, int, position, to_cbor};
use super::{chain, concerned, devices, documents, failed, office};
use crate::notary::{Notary, OwnWork, ReceiptDraft};
use crate::storage::{
    Answered, Commit, Committed, Decided, Enrolled, Expected, OwnWrite, StorageError, StoredChange, Work,
};

/// Writes `commit`, or nothing when what it takes for granted no longer stands.
pub(super) fn write(
    connection: &Connection,
    people: &PeopleCache,
    commit: &Commit,
) -> Result<Committed, StorageError> {
    let mut log = Log::open(connection, commit)?;
    if log.epoch != commit.notary.epoch() || !stands(connection, &log, &commit.expected)? {
        return Ok(Committed::Moved);
    }
    let workspace = commit.notary.workspace();
    let mut receipts = Vec::new();
    let mut people_changed = Vec::new();
    for work in &commit.work {
        match work {
            Work::Answer(answered) => receipts.push(log.answer(answered)?),
            Work::Write(own) => log.own_write(own)?,
            Work::Decide(decided) => receipts.push(log.decide(decided)?),
            Work::Control { by, event } => {
                let at = log.control(*by, event)?;
                people_changed.extend(people::apply_control(connection, workspace, at, commit.now, event)?);
            }
            Work::Enrol(enrolled) => log.enrol(enrolled)?,
            Work::Adopt(control) => {
                if let Some(at) = log.adopt(control)? {
                    let event = &control.event;
                    let now = commit.now;
                    people_changed.extend(people::apply_control(connection, workspace, at, now, event)?);
                }
            }
            Work::Number(number) => documents::number_stands(connection, workspace, *number)?,
        }
    }
    for number in &commit.expected.numbers {
        documents::take_number(connection, workspace, *number)?;
    }
    let at = log.head;
    for document in &commit.documents {
        documents::store(connection, workspace, document)?;
        people_changed.extend(people::apply_document(connection, workspace, document, at)?);
    }
    let people = if people_changed.is_empty() {
        people.at(connection, workspace, log.rights_version)?
    } else {
        log.rights_version = at.0;
        Arc::new(People::load(connection, workspace)?)
    };
    let sight = Sight::new(connection, workspace, &people, at);
    for document in &commit.documents {
        sight.document_changed(document)?;
        office::store(connection, workspace, document.document, &document.merged.reading)?;
    }
    sight.people_changed(&people_changed)?;
    let concerned = concerned::by(commit, &sight, &people_changed)?;
    log.close()?;
    Ok(Committed::Done { receipts, head: at, concerned })
}

/// Whether everything the judgement took for granted is still so.
fn stands(connection: &Connection, log: &Log<'_>, expected: &Expected) -> Result<bool, StorageError> {
    let workspace = log.notary.workspace();
    if expected.rights_version.is_some_and(|version| version != log.rights_version) {
        return Ok(false);
    }
    if let Some((device, end)) = &expected.chain
        && chain::end(connection, workspace, *device)? != *end
    {
        return Ok(false);
    }
    if let Some((device, standing)) = expected.standing
        && devices::one(connection, workspace, device)?.map(|known| known.standing) != Some(standing)
    {
        return Ok(false);
    }
    for (document, version) in &expected.documents {
        if documents::version(connection, workspace, *document)? != *version {
            return Ok(false);
        }
    }
    documents::numbers_are_next(connection, workspace, &expected.numbers)
}

/// The end of the log while a commit grows it.
struct Log<'a> {
    connection: &'a Connection,
    notary: &'a Notary,
    now: UnixMs,
    epoch: EpochId,
    head: Position,
    running: RunningHash,
    rights_version: u64,
    incarnation: IncarnationId,
    own_sequence: u64,
    own_previous: Option<EnvelopeHash>,
}

impl<'a> Log<'a> {
    fn open(connection: &'a Connection, commit: &'a Commit) -> Result<Self, StorageError> {
        connection
            .prepare_cached(
                "SELECT epoch, head, running_hash, rights_version, incarnation, relay_sequence, relay_previous
                 FROM workspace
                 WHERE workspace_id = ?1",
            )
            .and_then(|mut statement| {
                statement.query_row(params![commit.notary.workspace().as_bytes()], |row| {
                    Ok(Self {
                        connection,
                        notary: &commit.notary,
                        now: commit.now,
                        epoch: epoch(row, 0)?,
                        head: position(row, 1)?,
                        running: RunningHash(row.get(2)?),
                        rights_version: count(row.get(3)?),
                        incarnation: incarnation(row, 4)?,
                        own_sequence: count(row.get(5)?),
                        own_previous: row.get::<_, Option<[u8; 32]>>(6)?.map(EnvelopeHash),
                    })
                })
            })
            .map_err(failed)
    }

    fn close(self) -> Result<(), StorageError> {
        self.connection
            .prepare_cached(
                "UPDATE workspace
                 SET head = ?2, running_hash = ?3, rights_version = ?4, relay_sequence = ?5, relay_previous = ?6
                 WHERE workspace_id = ?1",
            )
            .and_then(|mut statement| {
                statement.execute(params![
                    self.notary.workspace().as_bytes(),
                    int(self.head.0),
                    self.running.0,
                    int(self.rights_version),
                    int(self.own_sequence),
                    self.own_previous.map(|hash| hash.0),
                ])
            })
            .map(drop)
            .map_err(failed)
    }

    /// Takes the next position for `row`.
    fn append(&mut self, item: LogItem, row: &LogRow<'_>) -> Result<Position, StorageError> {
        let at = self.head.next();
        self.running = self.running.extended(at, item);
        self.head = at;
        let (what, identity) = match item {
            LogItem::Envelope(hash) => ("envelope", hash.0),
            LogItem::Receipt(hash) => ("receipt", hash),
            LogItem::Control(hash) => ("control", hash.0),
        };
        self.connection
            .prepare_cached(
                "INSERT INTO log (workspace_id, position, what, identity, document_id, device_id, content, heads,
                                  running_hash, arrived_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )
            .and_then(|mut statement| {
                statement.execute(params![
                    self.notary.workspace().as_bytes(),
                    int(at.0),
                    what,
                    identity,
                    row.document.as_ref().map(DocumentId::as_bytes),
                    row.device.as_ref().map(DeviceId::as_bytes),
                    row.content,
                    row.heads,
                    self.running.0,
                    self.now.0,
                ])
            })
            .map_err(failed)?;
        Ok(at)
    }

    fn append_envelope(
        &mut self,
        hash: EnvelopeHash,
        document: DocumentId,
        heads: &[ChangeHash],
    ) -> Result<Position, StorageError> {
        let heads = heads_blob(heads);
        let row = LogRow { document: Some(document), heads: Some(&heads), ..LogRow::default() };
        self.append(LogItem::Envelope(hash), &row)
    }

    fn answer(&mut self, answered: &Answered) -> Result<Receipt, StorageError> {
        let merges = answered.outcome == Outcome::Accepted && answered.repeats.is_none();
        let document = answered.envelope.document;
        let position = match answered.repeats {
            Some(first) => Some(first),
            None if merges => Some(self.append_envelope(answered.hash, document, &answered.heads)?),
            None => None,
        };
        let receipt = self.sign(ReceiptDraft {
            envelope: answered.hash,
            outcome: answered.outcome,
            position,
            arrived: self.now,
            reason: answered.reason.clone(),
            path: answered.path.clone(),
            by: None,
        })?;
        let workspace = self.notary.workspace();
        let merged_at = position.filter(|_| merges);
        chain::store(self.connection, answered, &receipt, merged_at)?;
        if let Some(at) = merged_at {
            documents::add_changes(
                self.connection,
                workspace,
                document,
                answered.hash,
                at,
                &answered.changes,
            )?;
        } else if answered.repeats.is_none() && answered.outcome != Outcome::Deferred {
            chain::hold(self.connection, workspace, answered)?;
        }
        if answered.outcome.is_kept() {
            chain::replace(self.connection, workspace, answered)?;
        }
        Ok(receipt)
    }

    fn own_write(&mut self, own: &OwnWrite) -> Result<(), StorageError> {
        self.own_sequence += 1;
        let chunks = own.changes.iter().map(|change| change.chunk.clone()).collect();
        let (hash, envelope) = self
            .notary
            .envelope(OwnWork {
                document: own.document,
                generation: own.generation,
                kind: own.kind,
                incarnation: self.incarnation,
                sequence: self.own_sequence,
                previous: self.own_previous,
                time: self.now,
                changes: chunks,
            })
            .map_err(|_| StorageError::Bug)?;
        self.own_previous = Some(hash);
        self.answer(&Answered {
            envelope,
            hash,
            outcome: Outcome::Accepted,
            reason: None,
            path: None,
            repeats: None,
            changes: own.changes.clone(),
            heads: own.heads.clone(),
            behind: None,
            undecided: false,
            handed_over: false,
        })
        .map(drop)
    }

    fn decide(&mut self, decided: &Decided) -> Result<Receipt, StorageError> {
        let workspace = self.notary.workspace();
        let merges = decided.outcome == Outcome::Accepted;
        let position = if merges {
            let at = self.append_envelope(decided.envelope, decided.document, &decided.heads)?;
            let changes: &[StoredChange] = &decided.changes;
            documents::add_changes(
                self.connection,
                workspace,
                decided.document,
                decided.envelope,
                at,
                changes,
            )?;
            Some(at)
        } else {
            None
        };
        let receipt = self.sign(ReceiptDraft {
            envelope: decided.envelope,
            outcome: decided.outcome,
            position,
            arrived: self.now,
            reason: decided.reason.clone(),
            path: None,
            by: Some(decided.by),
        })?;
        chain::decide(self.connection, workspace, &receipt, decided.undecided)?;
        let content = to_cbor(&receipt)?;
        let identity = receipt.signing_hash().map_err(|_| StorageError::Bug)?;
        let row = LogRow { device: Some(decided.device), content: Some(&content), ..LogRow::default() };
        self.append(LogItem::Receipt(identity), &row)?;
        Ok(receipt)
    }

    fn control(&mut self, by: Option<DocumentId>, event: &ControlEvent) -> Result<Position, StorageError> {
        let at = self.head.next();
        let control = self.notary.control(at, self.now, by, event.clone()).map_err(|_| StorageError::Bug)?;
        let hash = control.hash().map_err(|_| StorageError::Bug)?;
        let content = to_cbor(&control)?;
        self.append(LogItem::Control(hash), &LogRow { content: Some(&content), ..LogRow::default() })
    }

    /// Says again what an earlier life of the log said; none when that was done already.
    fn adopt(&mut self, control: &Control) -> Result<Option<Position>, StorageError> {
        let hash = control.hash().map_err(|_| StorageError::Bug)?;
        if !devices::adopt(self.connection, self.notary.workspace(), hash, control)? {
            return Ok(None);
        }
        self.control(control.by, &control.event).map(Some)
    }

    fn enrol(&mut self, enrolled: &Enrolled) -> Result<(), StorageError> {
        devices::join(self.connection, self.notary.workspace(), enrolled, self.now)?;
        self.control(
            None,
            &ControlEvent::Enrolled {
                device: enrolled.device,
                employee: enrolled.employee,
                key: enrolled.key,
                name: enrolled.name.clone(),
            },
        )?;
        if enrolled.standing == Standing::Active {
            let certificate = self
                .notary
                .certificate(enrolled.device, enrolled.employee, enrolled.key, self.now)
                .map_err(|_| StorageError::Bug)?;
            self.control(None, &ControlEvent::Confirmed { certificate })?;
        }
        Ok(())
    }

    fn sign(&self, draft: ReceiptDraft) -> Result<Receipt, StorageError> {
        self.notary.receipt(draft).map_err(|_| StorageError::Bug)
    }
}

/// What a log row holds beside its place.
#[derive(Default)]
struct LogRow<'a> {
    document: Option<DocumentId>,
    device: Option<DeviceId>,
    content: Option<&'a [u8]>,
    heads: Option<&'a [u8]>,
}
