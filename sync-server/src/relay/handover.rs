//! Taking over what a restored relay lacks: envelopes with the receipts of an earlier life of the log.
//!
//! A receipt is the relay's own signed word, so what it says is done again in the order it comes, without
//! judging: what was accepted is merged, what waited in quarantine waits again. Whose device brings it does
//! not matter, because nothing in it can be changed. What cannot be done yet (its device is unknown, or
//! what it stands on) is not noted at all and may be brought again.
//!
//! Numbers come back inside the relay's own envelopes, so none is given here.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use halyard_domain::id::{DocumentId, WorkspaceId};
use halyard_protocol::actor::ActorPrefix;
use halyard_protocol::control::{Control, ControlEvent};
use halyard_protocol::envelope::{Envelope, relay_employee};
use halyard_protocol::hash::EnvelopeHash;
use halyard_protocol::keys::PublicKey;
use halyard_protocol::limits::PUSH_ENVELOPES;
use halyard_protocol::push::{PushAnswer, PushRequest};
use halyard_protocol::reason::{Malformation, Reason};
use halyard_protocol::receipt::{Outcome, Receipt, Receipted};
use halyard_protocol::signed::Signed;

use super::case::{Incoming, Standing};
use super::numbers::{self, Series};
use super::push::{ask_about, linked_by};
use super::{Caller, Relay, RelayError, ReviewError, Workspace};
use crate::merge::job::By;
use crate::notary::ReceiptDraft;
use crate::storage::{
    Answered, Commit, Committed, Decided, DocumentQuery, Expected, LinkedBy, OwnWrite, PushContext,
    PushQuery, Work,
};

/// How often envelopes are taken over again when others write the same records.
const ATTEMPTS: usize = 50;

/// What is done with an envelope that was handed over.
enum Taken {
    /// Nothing: this is its receipt.
    Answer(Box<Receipt>),
    /// What its receipt says.
    Replay(Box<Replay>),
}

/// An envelope whose old receipt is carried out.
struct Replay {
    incoming: Incoming,
    how: How,
    /// The receipt carried out.
    old: Receipt,
}

/// How it enters the log.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// It was lost.
    Anew,
    /// It waits here for a decision that was lost.
    Decision,
    /// Of the relay itself, and its place in the relay's chain was taken since: it is written again.
    Rewritten,
}

impl Relay {
    /// Adds to the answer of a push what became of what was handed over with it.
    pub(super) async fn with_hand_over(
        &self,
        caller: Caller,
        request: &PushRequest,
        mut answer: PushAnswer,
    ) -> Result<PushAnswer, RelayError> {
        if request.handover.is_empty() && request.controls.is_empty() {
            return Ok(answer);
        }
        if request.handover.len() > PUSH_ENVELOPES {
            return Err(RelayError::TooMuch);
        }
        self.adopt(caller, &request.controls).await?;
        let mut left = request.handover.as_slice();
        while let Some(first) = left.first() {
            let author = (first.envelope.device, first.envelope.employee);
            let run =
                left.iter().take_while(|one| (one.envelope.device, one.envelope.employee) == author).count();
            let (now, later) = left.split_at_checked(run).unwrap_or((left, &[]));
            answer.receipts.extend(self.take_over(caller, now).await?);
            left = later;
        }
        answer.chain = self.storage.chain(caller.workspace, caller.device, Vec::new()).await?.end;
        Ok(answer)
    }

    /// Carries out control entries that an administrator's device hands back.
    async fn adopt(&self, caller: Caller, controls: &[Control]) -> Result<(), RelayError> {
        if controls.is_empty() {
            return Ok(());
        }
        let moment = self.moment(caller.reader(), None).await?;
        if !moment.person.rights.access.administers() {
            return Ok(());
        }
        let workspace = &moment.workspace;
        let relay = Self::notary(workspace).public_key();
        for control in controls {
            let ours = control.workspace == workspace.id && control.verify(&relay).is_ok();
            let held = workspace
                .former
                .is_some_and(|(epoch, head)| control.epoch == epoch && control.position <= head);
            if !ours || held || control.epoch == workspace.epoch {
                continue;
            }
            match &control.event {
                ControlEvent::Decided { decision } => match self.carry_out(decision).await {
                    // Otherwise it is decided here already, or comes back with its new receipt.
                    Ok(_) | Err(ReviewError::AlreadyDecided(_) | ReviewError::NotMergeable(_)) => {}
                    Err(ReviewError::Relay(RelayError::UnknownOrForbidden)) => {}
                    Err(ReviewError::Relay(error)) => return Err(error),
                },
                ControlEvent::Enrolled { .. }
                | ControlEvent::Confirmed { .. }
                | ControlEvent::Revoked { .. }
                | ControlEvent::Dismissed { .. }
                | ControlEvent::RolesChanged { .. }
                | ControlEvent::Erased { .. } => self.adopt_one(workspace.id, control).await?,
            }
        }
        Ok(())
    }

    async fn adopt_one(&self, workspace: WorkspaceId, control: &Control) -> Result<(), RelayError> {
        for _ in 0..ATTEMPTS {
            let present = self.workspace(workspace).await?;
            let commit = Commit {
                notary: Self::notary(&present),
                now: self.now(),
                expected: Expected::default(),
                work: vec![Work::Adopt(Box::new(control.clone()))],
                documents: Vec::new(),
            };
            if let Committed::Done { .. } = self.commit(commit).await? {
                return Ok(());
            }
        }
        Err(RelayError::Busy)
    }

    /// Takes over envelopes of one device, in their old order. Each gets a receipt of this life.
    async fn take_over(
        &self,
        caller: Caller,
        handed: &[Receipted<Envelope>],
    ) -> Result<Vec<Receipt>, RelayError> {
        let _turn = self.one_by_one.lock().await;
        for _ in 0..ATTEMPTS {
            let present = self.workspace(caller.workspace).await?;
            let mut receipts: Vec<Option<Receipt>> = Vec::with_capacity(handed.len());
            let mut replays = Vec::new();
            for (index, one) in handed.iter().enumerate() {
                match self.look(&present, caller, one).await? {
                    Taken::Answer(receipt) => receipts.push(Some(*receipt)),
                    Taken::Replay(replay) => {
                        receipts.push(None);
                        replays.push((index, *replay));
                    }
                }
            }
            let Some(made) = self.replay(&present, replays).await? else { continue };
            for (index, receipt) in made {
                if let Some(place) = receipts.get_mut(index) {
                    *place = Some(receipt);
                }
            }
            return Ok(receipts.into_iter().flatten().collect());
        }
        Err(RelayError::Busy)
    }

    /// Checks that an envelope and its receipt are what was signed, and what is held of it here.
    async fn look(
        &self,
        present: &Workspace,
        caller: Caller,
        one: &Receipted<Envelope>,
    ) -> Result<Taken, RelayError> {
        let relay = Self::notary(present).public_key();
        let envelope = &one.envelope;
        let old = one.whole_receipt()?;
        let unnoted = |outcome, reason| -> Result<Taken, RelayError> {
            let receipt = self.unnoted(present, old.envelope, outcome, reason)?;
            Ok(Taken::Answer(Box::new(receipt)))
        };
        if envelope.workspace != present.id || old.verify(&relay).is_err() {
            return unnoted(Outcome::Malformed, Reason::Malformed(Malformation::Signature));
        }
        let Some(key) = self.author_key(present, &relay, envelope).await? else {
            return unnoted(Outcome::Deferred, Reason::HandingOver);
        };
        // What its author did not sign has no place in a chain, except in the caller's own: it was refused there
        // once. The relay also signs refusals of what others write in somebody's name, and keeps none of them.
        let was_refused = old.outcome == Outcome::Malformed && envelope.device == caller.device;
        if envelope.verify(&key).is_err() && !was_refused {
            return unnoted(Outcome::Malformed, Reason::Malformed(Malformation::Signature));
        }
        let how = match self.storage.envelope(present.id, old.envelope).await? {
            Some(held) if held.undecided && is_decision(&old) => How::Decision,
            Some(held) => return Ok(Taken::Answer(Box::new(held.receipt))),
            None if self.place_is_free(envelope).await? => How::Anew,
            None if envelope.header().is_by_relay() => How::Rewritten,
            None => return unnoted(Outcome::Deferred, Reason::HandingOver),
        };
        let incoming = Incoming {
            envelope: envelope.clone(),
            hash: old.envelope,
            prefix: ActorPrefix::of(&key),
            by: standing(&old),
        };
        Ok(Taken::Replay(Box::new(Replay { incoming, how, old })))
    }

    async fn author_key(
        &self,
        present: &Workspace,
        relay: &PublicKey,
        envelope: &Envelope,
    ) -> Result<Option<PublicKey>, RelayError> {
        if envelope.header().is_by_relay() {
            return Ok(Some(*relay));
        }
        Ok(self.storage.device(present.id, envelope.device).await?.map(|device| device.key))
    }

    async fn place_is_free(&self, envelope: &Envelope) -> Result<bool, RelayError> {
        let place = (envelope.incarnation, envelope.sequence);
        let chain = self.storage.chain(envelope.workspace, envelope.device, vec![place]).await?;
        Ok(!chain.stored.contains_key(&place))
    }

    /// Carries out old receipts in one commit. `None` when somebody else wrote meanwhile.
    async fn replay(
        &self,
        present: &Workspace,
        replays: Vec<(usize, Replay)>,
    ) -> Result<Option<Vec<(usize, Receipt)>>, RelayError> {
        let Some((_, first)) = replays.first() else { return Ok(Some(Vec::new())) };
        let author = first.incoming.envelope.header();
        let query = self.query_about(present, &replays);
        let context = self.storage.push_context(query).await?.ok_or(RelayError::UnknownWorkspace)?;
        let mut commit = Commit {
            notary: Self::notary(&context.workspace),
            now: self.now(),
            expected: Expected {
                rights_version: Some(context.workspace.rights_version),
                ..Expected::default()
            },
            work: Vec::new(),
            documents: Vec::new(),
        };
        let mut batch = Batch::of(replays);
        let mut work: BTreeMap<(usize, usize), Work> = BTreeMap::new();
        for (document, list) in std::mem::take(&mut batch.by_document) {
            let situation = batch.situation(&context, document);
            let mut series = Series::closed();
            self.judge_document(&situation, document, &list, &mut series, &mut commit, &mut work).await;
            if let Some(after) = commit.documents.last_mut().filter(|after| after.document == document) {
                let by_relay = author.is_by_relay();
                after.linked_by =
                    if by_relay { LinkedBy::Office } else { linked_by(&context.now, after, author.employee) };
            }
        }
        for one in work.into_values() {
            batch.add(self, present, one, &mut commit)?;
        }
        let numbers = commit.documents.iter().filter_map(|after| {
            let text = after.merged.reading.value("number").as_text()?;
            numbers::parse(after.merged.kind, text).map(Work::Number)
        });
        commit.work.extend(numbers.collect::<Vec<_>>());
        match self.commit(commit).await? {
            Committed::Moved => Ok(None),
            Committed::Done { receipts, .. } => Ok(Some(batch.receipts(receipts))),
        }
    }

    fn query_about(&self, present: &Workspace, replays: &[(usize, Replay)]) -> PushQuery {
        let mut documents: BTreeMap<DocumentId, DocumentQuery> = BTreeMap::new();
        for (_, replay) in replays {
            let document = replay.incoming.envelope.document;
            let asked = documents.entry(document).or_insert_with(|| DocumentQuery {
                document,
                changes: [].into(),
                actors: [].into(),
            });
            ask_about(&replay.incoming.envelope, asked);
        }
        let author = replays.first().map(|(_, replay)| &replay.incoming.envelope);
        let now = self.now();
        PushQuery {
            workspace: present.id,
            device: author.map_or_else(
                || halyard_protocol::envelope::relay_device(present.id),
                |envelope| envelope.device,
            ),
            employee: author.map_or_else(relay_employee, |envelope| envelope.employee),
            honoured_since: now,
            year: numbers::year(now),
            documents: documents.into_values().collect(),
            replaces: Vec::new(),
            cards: BTreeSet::new(),
        }
    }

    /// A receipt that says what cannot be done now and is kept nowhere.
    fn unnoted(
        &self,
        present: &Workspace,
        envelope: EnvelopeHash,
        outcome: Outcome,
        reason: Reason,
    ) -> Result<Receipt, RelayError> {
        Ok(Self::notary(present).receipt(ReceiptDraft {
            envelope,
            outcome,
            position: None,
            arrived: self.now(),
            reason: Some(reason),
            path: None,
            by: None,
        })?)
    }
}

/// Envelopes of one device on their way into one commit.
struct Batch {
    by_document: Vec<(DocumentId, Vec<(usize, Incoming)>)>,
    /// How each is entered, and its old receipt.
    known: HashMap<EnvelopeHash, (usize, How, Receipt)>,
    /// Those the commit says nothing about.
    aside: Vec<(usize, Receipt)>,
}

impl Batch {
    fn of(replays: Vec<(usize, Replay)>) -> Self {
        let mut batch = Self { by_document: Vec::new(), known: HashMap::new(), aside: Vec::new() };
        for (index, replay) in replays {
            let document = replay.incoming.envelope.document;
            batch.known.insert(replay.incoming.hash, (index, replay.how, replay.old));
            match batch.by_document.iter_mut().find(|(known, _)| *known == document) {
                Some((_, list)) => list.push((index, replay.incoming)),
                None => batch.by_document.push((document, vec![(index, replay.incoming)])),
            }
        }
        batch
    }

    /// What is held of the document, without the work that is decided now.
    fn situation(&self, context: &PushContext, document: DocumentId) -> crate::storage::Situation {
        let mut situation = context.documents.get(&document).cloned().unwrap_or_default();
        let decided =
            |hash: &EnvelopeHash| self.known.get(hash).is_some_and(|known| known.1 == How::Decision);
        situation.held.retain(|_, envelope| !decided(envelope));
        situation
    }

    /// Adds a piece of work as its old receipt says it; what does not come out so is left aside.
    fn add(
        &mut self,
        relay: &Relay,
        present: &Workspace,
        work: Work,
        commit: &mut Commit,
    ) -> Result<(), RelayError> {
        let answered = match work {
            Work::Answer(answered) => *answered,
            other @ (Work::Write(_)
            | Work::Decide(_)
            | Work::Control { .. }
            | Work::Enrol(_)
            | Work::Adopt(_)
            | Work::Number(_)) => {
                commit.work.push(other);
                return Ok(());
            }
        };
        let Some((index, how, old)) = self.known.get(&answered.hash).cloned() else { return Ok(()) };
        if answered.outcome != old.outcome {
            let reason = answered.reason.unwrap_or(Reason::HandingOver);
            let receipt = relay.unnoted(present, answered.hash, answered.outcome, reason)?;
            self.aside.push((index, receipt));
            return Ok(());
        }
        let entered = match how {
            How::Anew => Work::Answer(Box::new(Answered {
                undecided: old.outcome == Outcome::Quarantined && !is_decision(&old),
                path: old.path,
                behind: match old.reason {
                    Some(Reason::Behind { envelope }) => Some(envelope),
                    _ => None,
                },
                handed_over: true,
                ..answered
            })),
            How::Decision => Work::Decide(Box::new(Decided {
                envelope: answered.hash,
                device: answered.envelope.device,
                document: answered.envelope.document,
                outcome: old.outcome,
                reason: old.reason,
                by: old.by.unwrap_or_else(relay_employee),
                changes: answered.changes,
                heads: answered.heads,
                undecided: false,
            })),
            How::Rewritten => {
                let receipt = Relay::notary(present).receipt(ReceiptDraft {
                    envelope: answered.hash,
                    outcome: Outcome::Accepted,
                    position: None,
                    arrived: commit.now,
                    reason: None,
                    path: None,
                    by: None,
                })?;
                self.aside.push((index, receipt));
                let Some(kind) = answered.envelope.kind.known().filter(|_| !answered.changes.is_empty())
                else {
                    return Ok(());
                };
                Work::Write(Box::new(OwnWrite {
                    document: answered.envelope.document,
                    generation: answered.envelope.generation,
                    kind,
                    changes: answered.changes,
                    heads: answered.heads,
                }))
            }
        };
        commit.work.push(entered);
        Ok(())
    }

    fn receipts(self, made: Vec<Receipt>) -> Vec<(usize, Receipt)> {
        let place = |receipt: &Receipt| self.known.get(&receipt.envelope).map(|(index, ..)| *index);
        let made = made.into_iter().filter_map(|receipt| Some((place(&receipt)?, receipt)));
        made.chain(self.aside.iter().cloned()).collect()
    }
}

/// How an envelope with that receipt comes before the judge: what was accepted is merged, the rest is
/// stored as it was.
fn standing(old: &Receipt) -> Standing {
    let reason = || old.reason.clone().unwrap_or(Reason::HandingOver);
    match old.outcome {
        Outcome::Accepted => Standing::Judged(By::Receipt),
        Outcome::Quarantined | Outcome::Blocked | Outcome::Stale | Outcome::Deferred | Outcome::Malformed => {
            Standing::Stored(old.outcome, reason())
        }
    }
}

/// Whether a receipt says what somebody decided about work that had waited.
fn is_decision(receipt: &Receipt) -> bool {
    receipt.outcome == Outcome::Accepted || matches!(receipt.reason, Some(Reason::Declined { .. }))
}
