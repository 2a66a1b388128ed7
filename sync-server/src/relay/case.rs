//! The envelopes of one document on their way to a judgement, which [`crate::merge`] makes.
//!
//! The bytes are checked here before Automerge sees them; what passes goes to the merge worker, as many
//! envelopes at once as possible. After a refusal those behind it are looked at again, because some of
//! them may stand on what was refused. A worker that dies gets the envelopes one by one, and the one
//! that kills it twice is malformed.

use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::rights::Responsible;
use halyard_protocol::actor::{ActorId, ActorPrefix};
use halyard_protocol::envelope::{Chunk, Envelope};
use halyard_protocol::hash::{EnvelopeHash, Position};
use halyard_protocol::precheck::{Checked, HeldChange, KnownDocument, Seed, Seeds};
use halyard_protocol::reason::{Malformation, Reason};
use halyard_protocol::receipt::Outcome;
use halyard_records::seed::{kind_of_seed, seeds_of};
use serde_bytes::ByteBuf;

use super::Relay;
use super::assumed::{Assumed, Look};
use crate::merge::job::{
    Answer, By, Judge, Judged, Merged, NewChange, RelayHand, Request, Stored, Submitted, Verdict,
};
use crate::merge::pool::WorkerLost;
use crate::storage::{Answered, DocumentBefore, OwnWrite, Situation, StoredChange, Work};

/// How many envelopes one trip to the worker takes: an honest trip stays far from its time limit.
const MOST_A_TRIP: usize = 100;

/// One envelope on its way to a judgement.
pub(super) struct Incoming {
    pub(super) envelope: Envelope,
    pub(super) hash: EnvelopeHash,
    /// The actor prefix of the device that wrote it.
    pub(super) prefix: ActorPrefix,
    pub(super) by: Standing,
}

/// How an envelope comes before the judge.
#[derive(Clone)]
pub(super) enum Standing {
    /// To be merged if its bytes and this right allow it.
    Judged(By),
    /// Not to be merged whatever it says, once its bytes are in order.
    Kept(Outcome, Reason),
    /// Stored as it is: the document it was made on is no more.
    Stored(Outcome, Reason),
    /// Not even its bytes are looked at.
    Refused(Malformation),
}

/// One document while its envelopes are judged.
pub(super) struct Case<'a> {
    relay: &'a Relay,
    pub(super) document: DocumentId,
    kind: Option<Kind>,
    pub(super) before: Option<DocumentBefore>,
    held: BTreeMap<ChangeHash, HeldChange>,
    first_at: BTreeMap<ChangeHash, Position>,
    last_seq: BTreeMap<ActorId, u64>,
    max_op: u64,
    /// The document with everything accepted so far, when anything was.
    pub(super) merged: Option<Merged>,
    /// True when the document got its number.
    pub(super) numbered: bool,
    /// After which envelopes it names whom as responsible, where that changed.
    pub(super) named: Vec<(usize, Responsible)>,
    /// Cards the judge was not told about, and with which it might have judged otherwise.
    pub(super) unknown: BTreeSet<DocumentId>,
    /// What was done, in order.
    pub(super) work: Vec<(Option<usize>, Work)>,
}

/// The document after a trip, and what the relay wrote into it.
struct Outcomes {
    merged: Option<Merged>,
    numbered: bool,
    own: Vec<NewChange>,
}

/// What became of a batch in the worker.
enum Trip {
    Judged(Box<Judged>),
    /// This one envelope, or the document under it, cannot be merged.
    Refused(Outcome, Reason),
}

impl KnownDocument for Case<'_> {
    fn kind(&self) -> Option<Kind> {
        self.kind
    }
    fn held(&self, change: &ChangeHash) -> Option<HeldChange> {
        self.held.get(change).copied()
    }
    fn last_seq(&self, actor: &ActorId) -> u64 {
        self.last_seq.get(actor).copied().unwrap_or(0)
    }
    fn max_op(&self) -> u64 {
        self.max_op
    }
}

/// The seeds this relay was built with.
pub(super) struct KeptSeeds;

impl Seeds for KeptSeeds {
    fn find(&self, change: &ChangeHash) -> Option<Seed<'_>> {
        let kind = kind_of_seed(*change)?;
        let seed = seeds_of(kind).iter().find(|seed| seed.hash == *change)?;
        Some(Seed { kind, bytes: &seed.bytes })
    }
    fn newest(&self, kind: Kind) -> u32 {
        seeds_of(kind).iter().map(|seed| seed.version).max().unwrap_or(0)
    }
}

impl<'a> Case<'a> {
    pub(super) fn new(relay: &'a Relay, document: DocumentId, situation: &Situation) -> Self {
        let merged = situation.merged.keys().map(|change| (*change, HeldChange::Merged));
        let held = situation.held.iter().map(|(change, envelope)| (*change, HeldChange::Withheld(*envelope)));
        Self {
            relay,
            document,
            kind: situation.before.as_ref().map(|before| before.kind),
            held: held.chain(merged).collect(),
            first_at: situation.merged.clone(),
            last_seq: situation.last_seq.clone(),
            max_op: situation.before.as_ref().map_or(0, |before| before.max_op),
            before: situation.before.clone(),
            merged: None,
            numbered: false,
            named: Vec::new(),
            unknown: BTreeSet::new(),
            work: Vec::new(),
        }
    }

    /// Judges the envelopes in order; the relay may write after them.
    pub(super) async fn judge(&mut self, incoming: &[(usize, Incoming)], relay: &RelayHand) {
        let mut left = incoming;
        let mut alone = false;
        while !left.is_empty() {
            let taken = self.take_batch(left, alone);
            let (now, later) = left.split_at_checked(taken.looked_at).unwrap_or((left, &[]));
            left = later;
            if taken.batch.is_empty() {
                continue;
            }
            let judged = match self.trip(now, &taken.batch, relay, alone).await {
                Some(Trip::Judged(judged)) => *judged,
                Some(Trip::Refused(outcome, reason)) => {
                    self.give_up(now, &taken.batch, outcome, &reason);
                    continue;
                }
                // Lost over several: once more, each alone.
                None => {
                    alone = true;
                    left = incoming.get(self.done_of(incoming)..).unwrap_or_default();
                    continue;
                }
            };
            let answered = self.take_verdicts(now, &taken.batch, judged, relay);
            if answered < taken.batch.len() {
                left = incoming.get(self.done_of(incoming)..).unwrap_or_default();
            }
        }
    }

    /// Lets the relay alone write into the document.
    pub(super) async fn number(&mut self, relay: &RelayHand) {
        if let Some(Trip::Judged(judged)) = self.trip(&[], &[], relay, true).await {
            let judged = *judged;
            let own = Outcomes { merged: judged.merged, numbered: judged.numbered, own: judged.own };
            self.take_merged(own, relay);
        }
    }

    /// How many of the incoming envelopes have their answer.
    fn done_of(&self, incoming: &[(usize, Incoming)]) -> usize {
        let done = |at: usize| self.work.iter().any(|(index, _)| *index == Some(at));
        incoming.iter().take_while(|(index, _)| done(*index)).count()
    }

    /// Answers what needs no worker and collects what does, up to the first envelope whose answer
    /// would have to wait for the worker's.
    fn take_batch(&mut self, left: &[(usize, Incoming)], alone: bool) -> Batch {
        let mut assumed = Assumed::new(self);
        let mut batch: Vec<(usize, Checked)> = Vec::new();
        let mut answers: Vec<(usize, Work)> = Vec::new();
        let mut looked_at = 0;
        for (offset, (index, incoming)) in left.iter().enumerate() {
            let waits = !batch.is_empty();
            match assumed.look(incoming) {
                Look::Merge(checked) => {
                    if batch.len() >= if alone { 1 } else { MOST_A_TRIP } {
                        break;
                    }
                    assumed.assume(incoming, &checked);
                    batch.push((offset, checked));
                }
                // Said of a document that may yet come out otherwise: only with certainty.
                Look::Answer(_) if waits => break,
                Look::Answer(answered) => {
                    assumed.case.note(&answered);
                    answers.push((*index, Work::Answer(answered)));
                }
            }
            looked_at = offset + 1;
        }
        self.work.extend(answers.into_iter().map(|(index, work)| (Some(index), work)));
        Batch { batch, looked_at }
    }

    async fn trip(
        &self,
        incoming: &[(usize, Incoming)],
        batch: &[(usize, Checked)],
        relay: &RelayHand,
        alone: bool,
    ) -> Option<Trip> {
        let Some(request) = self.request(incoming, batch, relay) else { return Some(self.unreadable()) };
        let mut answer = self.relay.workers.ask(&request).await;
        if answer.is_err() && batch.len() == 1 && !alone {
            answer = self.relay.workers.ask(&request).await;
        }
        match answer {
            Ok(Answer::Judged(judged)) => Some(Trip::Judged(judged)),
            Ok(Answer::Unreadable(_) | Answer::Loaded(_)) => Some(self.unreadable()),
            Err(_) if batch.len() > 1 => None,
            Err(WorkerLost::Died) => {
                Some(Trip::Refused(Outcome::Malformed, Reason::Malformed(Malformation::Worker)))
            }
            Err(WorkerLost::Slow) => Some(Trip::Refused(Outcome::Deferred, Reason::RelayBusy)),
        }
    }

    fn unreadable(&self) -> Trip {
        tracing::error!(document.id = %self.document, "a stored document cannot be loaded");
        Trip::Refused(Outcome::Deferred, Reason::DocumentUnreadable)
    }

    fn request(
        &self,
        incoming: &[(usize, Incoming)],
        batch: &[(usize, Checked)],
        relay: &RelayHand,
    ) -> Option<Request> {
        let snapshot = match (&self.merged, &self.before) {
            (Some(merged), _) => Some(merged.snapshot.clone()),
            (None, Some(before)) => Some(ByteBuf::from(before.snapshot.clone())),
            (None, None) => None,
        };
        let mut envelopes = Vec::with_capacity(batch.len());
        let mut kind = self.kind;
        for (offset, checked) in batch {
            let (_, incoming) = incoming.get(*offset)?;
            kind = kind.or_else(|| incoming.envelope.kind.known());
            let Standing::Judged(by) = &incoming.by else { return None };
            let changes = checked.new.iter().filter_map(|change| {
                let chunk = incoming.envelope.changes.get(change.index)?;
                Some(NewChange { hash: change.header.hash, bytes: ByteBuf::from(chunk.0.clone()) })
            });
            envelopes.push(Submitted { changes: changes.collect(), by: by.clone() });
        }
        let stored = snapshot.map(|snapshot| Stored { snapshot, tail: Vec::new() });
        Some(Request::Judge(Box::new(Judge { kind: kind?, stored, envelopes, relay: relay.clone() })))
    }

    /// Notes the worker's verdicts; how many there were.
    fn take_verdicts(
        &mut self,
        incoming: &[(usize, Incoming)],
        batch: &[(usize, Checked)],
        judged: Judged,
        relay: &RelayHand,
    ) -> usize {
        let mut accepted_any = false;
        let answered = judged.verdicts.len();
        let outcomes = Outcomes { merged: judged.merged, numbered: judged.numbered, own: judged.own };
        let mut refused = None;
        for ((offset, checked), verdict) in batch.iter().zip(judged.verdicts) {
            let Some((index, one)) = incoming.get(*offset) else { continue };
            let mut answer = one.answer(Outcome::Accepted, None);
            match verdict {
                Verdict::Accepted { heads, names } => {
                    accepted_any = true;
                    self.named.extend(names.map(|names| (*index, names)));
                    answer.heads = heads;
                    answer.changes = one.changes(checked);
                    self.max_op = checked.max_op;
                }
                Verdict::Refused { reason, path, unknown } => {
                    self.unknown.extend(unknown);
                    (answer.outcome, answer.reason, answer.path) =
                        (Outcome::Quarantined, Some(reason), Some(path));
                    answer.undecided = true;
                }
                Verdict::NewerSchema { path } => {
                    (answer.outcome, answer.reason) = (Outcome::Deferred, Some(Reason::NewerSchema));
                    answer.path = Some(path);
                }
                Verdict::Malformed(what) => {
                    (answer.outcome, answer.reason) =
                        (Outcome::Malformed, Some(Reason::Malformed(what.malformation())));
                }
            }
            if answer.outcome == Outcome::Accepted {
                self.note(&answer);
                self.work.push((Some(*index), Work::Answer(Box::new(answer))));
            } else {
                refused = Some((*index, answer));
            }
        }
        if accepted_any {
            self.take_merged(outcomes, relay);
        }
        if let Some((index, answer)) = refused {
            self.note(&answer);
            self.work.push((Some(index), Work::Answer(Box::new(answer))));
        }
        answered
    }

    fn take_merged(&mut self, judged: Outcomes, relay: &RelayHand) {
        let Some(merged) = judged.merged else { return };
        self.kind = Some(merged.kind);
        self.max_op = self.max_op.max(merged.max_op);
        self.numbered |= judged.numbered;
        let actor = ActorId(relay.actor);
        let mut changes = Vec::with_capacity(judged.own.len());
        for change in judged.own {
            let seq = self.last_seq(&actor) + 1;
            self.held.insert(change.hash, HeldChange::Merged);
            self.last_seq.insert(actor, seq);
            changes.push(StoredChange {
                hash: change.hash,
                actor,
                seq,
                chunk: Chunk(change.bytes.into_vec()),
            });
        }
        if !changes.is_empty() {
            let own = OwnWrite {
                document: self.document,
                generation: self.before.as_ref().map(|before| before.generation).unwrap_or_default(),
                kind: merged.kind,
                changes,
                heads: merged.heads.clone(),
            };
            self.work.push((None, Work::Write(Box::new(own))));
        }
        self.merged = Some(merged);
    }

    /// Where a merged change first was.
    pub(super) fn first_at(&self, change: &ChangeHash) -> Option<&Position> {
        self.first_at.get(change)
    }

    /// Remembers where the changes of an answered envelope lie now.
    pub(super) fn note(&mut self, answered: &Answered) {
        match answered.outcome {
            Outcome::Accepted => {
                for change in &answered.changes {
                    self.held.insert(change.hash, HeldChange::Merged);
                    self.last_seq.insert(change.actor, change.seq);
                }
            }
            Outcome::Quarantined | Outcome::Blocked => {
                let root = answered.behind.unwrap_or(answered.hash);
                for chunk in &answered.envelope.changes {
                    self.held.entry(chunk.hash()).or_insert(HeldChange::Withheld(root));
                }
            }
            Outcome::Stale | Outcome::Deferred | Outcome::Malformed => {}
        }
    }

    fn give_up(
        &mut self,
        incoming: &[(usize, Incoming)],
        batch: &[(usize, Checked)],
        outcome: Outcome,
        reason: &Reason,
    ) {
        for (offset, _) in batch {
            if let Some((index, one)) = incoming.get(*offset) {
                let answer = one.answer(outcome, Some(reason.clone()));
                self.work.push((Some(*index), Work::Answer(Box::new(answer))));
            }
        }
    }
}

/// Envelopes for one trip to the worker, by their place among those looked at.
struct Batch {
    batch: Vec<(usize, Checked)>,
    looked_at: usize,
}

impl Incoming {
    pub(super) fn answer(&self, outcome: Outcome, reason: Option<Reason>) -> Answered {
        Answered {
            envelope: self.envelope.clone(),
            hash: self.hash,
            outcome,
            reason,
            path: None,
            repeats: None,
            changes: Vec::new(),
            heads: Vec::new(),
            behind: None,
            undecided: false,
            handed_over: false,
        }
    }

    /// The changes that are merged now.
    fn changes(&self, checked: &Checked) -> Vec<StoredChange> {
        let stored = checked.new.iter().filter_map(|change| {
            Some(StoredChange {
                hash: change.header.hash,
                actor: change.header.actor,
                seq: change.header.seq,
                chunk: self.envelope.changes.get(change.index)?.clone(),
            })
        });
        stored.collect()
    }
}
