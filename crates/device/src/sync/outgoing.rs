//! Signing what was made here, and taking in the relay's answers.
//!
//! An envelope holds changes of one document and ends where the ownership group of the written fields
//! changes, because the relay accepts or refuses an envelope whole. Signed envelopes are kept before
//! they are sent: a second sending is the same bytes and harmless.

use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::id::DocumentId;
use halyard_protocol::cbor;
use halyard_protocol::chunk;
use halyard_protocol::envelope::{Chunk, Envelope};
use halyard_protocol::hash::{EnvelopeHash, Generation};
use halyard_protocol::keys::Signature;
use halyard_protocol::limits::{ENVELOPE_CHANGES, ENVELOPE_OPERATIONS, PUSH_ENVELOPES};
use halyard_protocol::push::PushRequest;
use halyard_protocol::receipt::{Outcome, Receipt};
use halyard_protocol::time::UnixMs;
use halyard_protocol::version::OBJECT_VERSION;
use halyard_store::{Answer, EnvelopeKey, NumberedChange, OwnEnvelope, SealedEnvelope};

use crate::device::{Device, Profile};
use crate::edit::BIRTH;
use crate::error::DeviceError;
use crate::news::Origin;
use crate::sync::SyncError;

/// How many changes are signed in one go, about.
const SEAL: usize = 4_000;
/// Envelopes end before their changes grow over this, so that a weak signal gets them through.
const ENVELOPE_BYTES: usize = 512 * 1024;
/// A push ends before its envelopes grow over this.
const PUSH_BYTES: usize = 1024 * 1024;
/// Largest stored envelope read back.
const STORED_BYTES: usize = 8 * 1024 * 1024;

/// The intents of a change that goes on with the one before it.
const NO_INTENTS: &str = "[]";

/// What the relay's answers ask the device to do.
#[derive(Debug, Default)]
pub(crate) struct Answered {
    /// Envelopes the office has now.
    pub(crate) accepted: usize,
    /// Documents to rebuild without what was refused.
    pub(crate) refused: BTreeSet<DocumentId>,
    /// Some envelope has to wait for something the relay lacks.
    pub(crate) deferred: bool,
}

impl Device {
    /// Signs every change no envelope carries yet.
    pub(crate) fn seal_unsent(&self) -> Result<(), SyncError> {
        let _turn = self.signing_turn();
        loop {
            let unsent = self.unsent_whole(SEAL)?;
            if unsent.is_empty() {
                return Ok(());
            }
            let sealed = self.with_profile(|profile| self.seal(profile, unsent))??;
            let signed: Vec<_> = sealed.iter().map(|one| (one.envelope.document, None)).collect();
            self.store.seal(sealed)?;
            self.tell(Origin::Sync, signed);
        }
    }

    /// Some unsent changes, at least so many when there are as many. The last edit among them is whole:
    /// a record's seed must not be signed without what makes the record.
    fn unsent_whole(&self, least: usize) -> Result<Vec<NumberedChange>, SyncError> {
        let mut limit = least;
        loop {
            let mut unsent = self.store.unsent(limit)?;
            let Some(last) = unsent.last().map(|numbered| numbered.change.document) else {
                return Ok(unsent);
            };
            if unsent.len() < limit {
                return Ok(unsent);
            }
            let of_last = unsent.iter().rev().take_while(|one| one.change.document == last).count();
            if of_last < unsent.len() {
                unsent.truncate(unsent.len() - of_last);
                return Ok(unsent);
            }
            limit = limit.saturating_mul(2);
        }
    }

    fn seal(&self, profile: &Profile, unsent: Vec<NumberedChange>) -> Result<Vec<SealedEnvelope>, SyncError> {
        let incarnation = profile.identity.incarnation;
        let mut end = self.store.chain_end(incarnation)?;
        let mut named: BTreeSet<DocumentId> = BTreeSet::new();
        let mut sealed = Vec::new();
        for run in runs(unsent) {
            let Some(first) = run.first() else { continue };
            let document = first.change.document;
            let replaces = if named.insert(document) { self.store.to_replace(document)? } else { Vec::new() };
            let mut envelope = Envelope {
                v: OBJECT_VERSION,
                workspace: profile.identity.workspace,
                document,
                generation: Generation(first.change.generation),
                kind: first.change.kind.into(),
                employee: profile.identity.employee,
                device: profile.identity.device,
                incarnation,
                sequence: end.map_or(1, |(sequence, _)| sequence + 1),
                previous: end.map(|(_, hash)| EnvelopeHash(hash)),
                time: UnixMs(self.surroundings.now_ms()),
                replaces: replaces.iter().copied().map(EnvelopeHash).collect(),
                changes: run.iter().map(|numbered| Chunk(numbered.change.chunk.clone())).collect(),
                signature: Signature::missing(),
            };
            let hash = envelope.sign(&profile.key)?;
            end = Some((envelope.sequence, hash.0));
            sealed.push(SealedEnvelope {
                envelope: OwnEnvelope {
                    hash: hash.0,
                    document,
                    incarnation,
                    sequence: envelope.sequence,
                    bytes: cbor::encode(&envelope)?,
                    answer: None,
                    acknowledged: false,
                },
                changes: run.iter().map(|numbered| numbered.number).collect(),
                replaces,
            });
        }
        Ok(sealed)
    }

    /// The next push: envelopes without an answer, in the order of their chain. Empty when there are
    /// none.
    pub(crate) fn next_push(&self) -> Result<PushRequest, SyncError> {
        let mut request = PushRequest::default();
        let mut bytes = 0;
        for stored in self.store.unanswered(PUSH_ENVELOPES)? {
            bytes += stored.bytes.len();
            if bytes > PUSH_BYTES && !request.envelopes.is_empty() {
                break;
            }
            let envelope: Envelope =
                cbor::decode(&stored.bytes, STORED_BYTES).map_err(|_| DeviceError::Garbled("envelope"))?;
            request.envelopes.push(envelope);
        }
        Ok(request)
    }

    /// Keeps receipts. Only the relay this device is bound to can have signed them.
    pub(crate) fn take_receipts(&self, receipts: &[Receipt]) -> Result<Answered, SyncError> {
        let mut answered = Answered::default();
        let mut answers: Vec<(EnvelopeKey, Answer)> = Vec::new();
        let mut told = Vec::new();
        for receipt in receipts {
            self.verify(receipt)?;
            let Some(own) = self.store.own_envelope(receipt.envelope.0)? else { continue };
            match receipt.outcome {
                Outcome::Accepted => answered.accepted += self.store.count_in(own.hash)?,
                Outcome::Quarantined | Outcome::Blocked | Outcome::Stale | Outcome::Malformed => {
                    answered.refused.insert(own.document);
                }
                Outcome::Deferred => answered.deferred = true,
            }
            answers.push((own.hash, answer_of(receipt)?));
            told.push((own.document, None));
        }
        self.store.keep_answers(answers)?;
        self.tell(Origin::Sync, told);
        Ok(answered)
    }

    /// Begins a new life of the database: the relay holds a chain this one does not continue. What has
    /// no receipt is signed anew.
    pub(crate) fn begin_incarnation(&self) -> Result<(), SyncError> {
        let _turn = self.signing_turn();
        let Some(mut identity) = self.identity() else { return Err(DeviceError::NotEnrolled.into()) };
        let unix_ms = u64::try_from(self.surroundings.now_ms()).unwrap_or(0);
        identity.incarnation =
            halyard_domain::id::IncarnationId::new_at(unix_ms, self.surroundings.random10());
        self.store.begin_incarnation(identity.clone())?;
        self.take_profile(identity);
        Ok(())
    }
}

/// What the store keeps of a receipt.
pub(crate) fn answer_of(receipt: &Receipt) -> Result<Answer, SyncError> {
    Ok(Answer {
        outcome: outcome_name(receipt.outcome).to_owned(),
        receipt: cbor::encode(receipt)?,
        position: receipt.position.map(|position| position.0),
    })
}

/// The outcome as the store names it.
pub(crate) const fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => "accepted",
        Outcome::Quarantined => "quarantined",
        Outcome::Blocked => "blocked",
        Outcome::Stale => "stale",
        Outcome::Deferred => "deferred",
        Outcome::Malformed => "malformed",
    }
}

/// Changes of one document and ownership that go into one envelope.
#[derive(Default)]
struct Run {
    changes: Vec<NumberedChange>,
    operations: u64,
    bytes: usize,
}

/// Changes that go into one envelope each: of one document, generation and ownership, in order. A
/// record's first run is sent before any other of it; documents are in the order they were first touched.
fn runs(unsent: Vec<NumberedChange>) -> Vec<Vec<NumberedChange>> {
    let mut order: Vec<DocumentId> = Vec::new();
    let mut by_document: BTreeMap<DocumentId, Vec<NumberedChange>> = BTreeMap::new();
    for numbered in unsent {
        let changes = by_document.entry(numbered.change.document).or_insert_with_key(|document| {
            order.push(*document);
            Vec::new()
        });
        changes.push(numbered);
    }
    let of_document = order.iter().filter_map(|document| by_document.remove(document));
    of_document.flat_map(packed).map(|run| run.changes).collect()
}

/// As few runs as the caps of an envelope allow.
fn packed(changes: Vec<NumberedChange>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for inseparable in inseparable(changes) {
        match runs.last_mut() {
            Some(run) if run.has_room_for(&inseparable) => run.append(inseparable),
            Some(_) | None => runs.push(inseparable),
        }
    }
    runs
}

/// Changes that must come to the relay together: those that make a record, because only a record's maker
/// may write every field; and a change with those that go on with its intent.
fn inseparable(changes: Vec<NumberedChange>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for numbered in changes {
        let one = Run::of(numbered);
        match runs.last_mut() {
            Some(run) if run.is_gone_on_with_by(&one) => run.append(one),
            Some(_) | None => runs.push(one),
        }
    }
    runs
}

impl Run {
    fn of(numbered: NumberedChange) -> Self {
        let bytes = numbered.change.chunk.len();
        // What cannot be read here is for the relay to refuse.
        let operations = chunk::parse(&numbered.change.chunk).map_or(0, |header| header.op_count);
        Self { changes: vec![numbered], operations, bytes }
    }

    fn append(&mut self, mut other: Self) {
        self.changes.append(&mut other.changes);
        self.operations += other.operations;
        self.bytes += other.bytes;
    }

    fn is_gone_on_with_by(&self, next: &Self) -> bool {
        let is_birth = |run: &Self| run.changes.first().is_some_and(|first| first.change.owners == BIRTH);
        let has_no_intents = next.changes.iter().all(|one| one.change.intents == NO_INTENTS);
        self.is_like(next) && (is_birth(next) || has_no_intents)
    }

    fn has_room_for(&self, next: &Self) -> bool {
        self.is_like(next)
            && self.changes.len() + next.changes.len() <= ENVELOPE_CHANGES
            && self.operations + next.operations <= ENVELOPE_OPERATIONS
            && self.bytes + next.bytes <= ENVELOPE_BYTES
    }

    fn is_like(&self, next: &Self) -> bool {
        let of = |run: &Self| {
            run.changes.first().map(|first| (first.change.owners.clone(), first.change.generation))
        };
        of(self) == of(next)
    }
}

#[cfg(test)]
mod tests;
