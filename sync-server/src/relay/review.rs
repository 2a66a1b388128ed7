//! What waits for the office, and what becomes of it.
//!
//! Accepting merges the original envelope, byte for byte, together with the reviewer's signed decision;
//! declining leaves it stored with an answer for its author. Either way the author is told by a new
//! receipt. What stands behind the envelope is taken along only when its device can no longer make it
//! anew: it is revoked or its employee dismissed.

use halyard_domain::id::{DocumentId, WorkspaceId};
use halyard_domain::rights::Ability;
use halyard_protocol::actor::ActorPrefix;
use halyard_protocol::control::ControlEvent;
use halyard_protocol::enrol::Standing as DeviceStanding;
use halyard_protocol::envelope::Envelope;
use halyard_protocol::hash::{EnvelopeHash, EnvelopeNamed};
use halyard_protocol::keys::Signature;
use halyard_protocol::reason::Reason;
use halyard_protocol::receipt::{Outcome, Receipt, Receipted};
use halyard_protocol::review::{Decision, DecisionAnswer, ReviewItem, ReviewList, Verdict};
use halyard_protocol::signed::Signed;
use halyard_protocol::time::UnixMs;
use halyard_protocol::version::OBJECT_VERSION;
use std::collections::{BTreeMap, BTreeSet};

use super::case::{Incoming, Standing};
use super::merging::Lookups;
use super::numbers::{Series, year};
use super::push::{ask_about, standing};
use super::{Caller, Relay, RelayError};
use crate::merge::job::{self, By};
use crate::storage::{
    Answered, Commit, Committed, Decided, DocumentQuery, Expected, PushContext, PushQuery, Queued,
    StorageError, StoredEnvelope, Waiting, Work,
};

/// How many envelopes one page of the queue has.
const PAGE: u32 = 50;
/// How often a decision is tried when others write the same document.
const ATTEMPTS: usize = 20;

/// Why a decision was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// The envelope is decided: this is its receipt.
    #[error("the envelope is already decided")]
    AlreadyDecided(Box<Receipt>),
    /// It cannot be merged as it is, and why.
    #[error("the envelope cannot be merged: {0:?}")]
    NotMergeable(Option<Reason>),
    /// The relay could not do it.
    #[error(transparent)]
    Relay(#[from] RelayError),
}

impl From<StorageError> for ReviewError {
    fn from(error: StorageError) -> Self {
        Self::Relay(error.into())
    }
}

impl Relay {
    /// A page of the queue, as far as the caller may decide it and sees its records.
    ///
    /// # Errors
    /// When the caller is no reviewer, or storage fails.
    pub async fn review(
        &self,
        caller: Caller,
        after: Option<EnvelopeHash>,
    ) -> Result<ReviewList, RelayError> {
        let moment = self.moment(caller.reader(), None).await?;
        if !moment.person.rights.access.can(Ability::Review) {
            return Err(RelayError::UnknownOrForbidden);
        }
        let waiting = self.storage.waiting(caller.workspace, after, PAGE).await?;
        let asked = waiting.iter().map(|one| (one.envelope.document, one.envelope.kind.known())).collect();
        let seen = self.storage.in_sight(caller.reader(), asked).await?;
        let next = next_of(&waiting);
        let items =
            waiting.into_iter().zip(seen).filter(|(_, seen)| *seen).map(|(one, _)| item(one)).collect();
        Ok(ReviewList { items, next, decided: Vec::new() })
    }

    /// The decisions about envelopes whose names begin so, as far as the caller may decide and sees their records;
    /// at most as many as a page of the queue has.
    ///
    /// # Errors
    /// When the caller is no reviewer, or storage fails.
    pub async fn decided(&self, caller: Caller, named: EnvelopeNamed) -> Result<ReviewList, RelayError> {
        let moment = self.moment(caller.reader(), None).await?;
        if !moment.person.rights.access.can(Ability::Review) {
            return Err(RelayError::UnknownOrForbidden);
        }
        let decided = self.storage.decided(caller.workspace, named, PAGE).await?;
        let asked = decided.iter().map(|one| (one.header.document, one.header.kind.known())).collect();
        let seen = self.storage.in_sight(caller.reader(), asked).await?;
        let decided = decided.into_iter().zip(seen).filter(|(_, seen)| *seen).map(|(one, _)| one.receipt);
        Ok(ReviewList { items: Vec::new(), next: None, decided: decided.collect() })
    }

    /// The whole queue, oldest first, for the relay's own command line: as it is noted, nothing is opened.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn queue(&self, workspace: WorkspaceId) -> Result<Vec<Queued>, RelayError> {
        Ok(self.storage.queue(workspace).await?)
    }

    /// One piece of work of the queue, whole, with what is blocked behind it; none when there is no such work.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn work(
        &self,
        workspace: WorkspaceId,
        work: EnvelopeHash,
    ) -> Result<Option<(Envelope, Vec<EnvelopeHash>)>, RelayError> {
        let Some(stored) = self.storage.envelope(workspace, work).await? else { return Ok(None) };
        Ok(Some((stored.envelope, self.storage.behind(workspace, work).await?)))
    }

    /// Every decision that was carried out, and when, oldest first.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn decisions(&self, workspace: WorkspaceId) -> Result<Vec<(Decision, UnixMs)>, RelayError> {
        let controls = self.storage.controls(workspace).await?.into_iter();
        let decisions = controls.filter_map(|control| match control.event {
            ControlEvent::Decided { decision } => Some((decision, control.time)),
            ControlEvent::Enrolled { .. }
            | ControlEvent::Confirmed { .. }
            | ControlEvent::Revoked { .. }
            | ControlEvent::Dismissed { .. }
            | ControlEvent::RolesChanged { .. }
            | ControlEvent::Erased { .. } => None,
        });
        Ok(decisions.collect())
    }

    /// Carries out a decision signed by the caller's device.
    ///
    /// # Errors
    /// When the caller may not decide it, it is decided already, or it cannot be merged.
    pub async fn decide(&self, caller: Caller, decision: Decision) -> Result<DecisionAnswer, ReviewError> {
        let forbidden = || ReviewError::Relay(RelayError::UnknownOrForbidden);
        let moment = self.moment(caller.reader(), None).await?;
        let device = self.storage.device(caller.workspace, caller.device).await?.ok_or_else(forbidden)?;
        let names_caller = decision.workspace == caller.workspace
            && decision.employee == caller.employee
            && decision.device == Some(caller.device);
        let may = moment.person.rights.access.can(Ability::Review);
        if !names_caller || !may || decision.verify(&device.key).is_err() {
            return Err(forbidden());
        }
        let stored =
            self.storage.envelope(caller.workspace, decision.envelope).await?.ok_or_else(forbidden)?;
        let asked = vec![(stored.envelope.document, stored.envelope.kind.known())];
        if !self.storage.in_sight(caller.reader(), asked).await?.first().copied().unwrap_or(false) {
            return Err(forbidden());
        }
        self.carry_out(&decision).await
    }

    /// Decides from the relay's own command line, in the name of an employee who may.
    ///
    /// # Errors
    /// As [`Relay::decide`].
    pub async fn decide_here(
        &self,
        workspace: WorkspaceId,
        envelope: EnvelopeHash,
        employee: DocumentId,
        verdict: Verdict,
    ) -> Result<DecisionAnswer, ReviewError> {
        let present = self.workspace(workspace).await?;
        let person = self.storage.person(workspace, employee).await?;
        if !person.rights.access.can(Ability::Review) {
            return Err(RelayError::UnknownOrForbidden.into());
        }
        let decision = Decision {
            v: OBJECT_VERSION,
            workspace,
            envelope,
            verdict,
            employee,
            device: None,
            time: self.now(),
            signature: Signature::missing(),
        };
        let decision = Self::notary(&present).signed(decision).map_err(RelayError::from)?;
        self.carry_out(&decision).await
    }

    pub(super) async fn carry_out(&self, decision: &Decision) -> Result<DecisionAnswer, ReviewError> {
        // One by one: two reviewers must not decide one envelope differently.
        let _turn = self.one_by_one.lock().await;
        let mut lookups = Lookups::default();
        for _ in 0..ATTEMPTS {
            let stored = self.storage.envelope(decision.workspace, decision.envelope).await?;
            let stored = stored.ok_or(RelayError::UnknownOrForbidden)?;
            if !stored.undecided {
                return Err(ReviewError::AlreadyDecided(Box::new(stored.receipt)));
            }
            let along = self.taken_along(decision, &stored).await?;
            let commit = match &decision.verdict {
                Verdict::Decline { answer } => Some(self.declining(decision, &stored, &along, answer).await?),
                Verdict::Accept => self.accepting(decision, stored, along, &mut lookups).await?,
            };
            let Some(commit) = commit else { continue };
            if let Committed::Done { receipts, .. } = self.commit(commit).await? {
                return Ok(DecisionAnswer { receipts });
            }
        }
        Err(RelayError::Busy.into())
    }

    /// The envelopes behind this one that nobody can make anew.
    async fn taken_along(
        &self,
        decision: &Decision,
        stored: &StoredEnvelope,
    ) -> Result<Vec<(EnvelopeHash, StoredEnvelope)>, ReviewError> {
        let device = self.storage.device(decision.workspace, stored.envelope.device).await?;
        let revoked = device.is_none_or(|device| device.standing == DeviceStanding::Revoked);
        let author = self.storage.person(decision.workspace, stored.envelope.employee).await?;
        if !revoked && !author.rights.dismissed {
            return Ok(Vec::new());
        }
        let mut along = Vec::new();
        for hash in self.storage.behind(decision.workspace, decision.envelope).await? {
            let one = self.storage.envelope(decision.workspace, hash).await?;
            along.extend(one.filter(|one| one.replaced_by.is_none()).map(|one| (hash, one)));
        }
        Ok(along)
    }

    async fn declining(
        &self,
        decision: &Decision,
        stored: &StoredEnvelope,
        along: &[(EnvelopeHash, StoredEnvelope)],
        answer: &str,
    ) -> Result<Commit, ReviewError> {
        let workspace = self.workspace(decision.workspace).await?;
        let all =
            std::iter::once((decision.envelope, stored)).chain(along.iter().map(|(hash, one)| (*hash, one)));
        let declined = all.map(|(hash, one)| {
            Work::Decide(Box::new(Decided {
                envelope: hash,
                device: one.envelope.device,
                document: one.envelope.document,
                outcome: one.receipt.outcome,
                reason: Some(Reason::Declined { answer: answer.to_owned() }),
                by: decision.employee,
                changes: Vec::new(),
                heads: Vec::new(),
                undecided: false,
            }))
        });
        Ok(Commit {
            notary: Self::notary(&workspace),
            now: self.now(),
            expected: Expected::default(),
            work: std::iter::once(said(decision)).chain(declined).collect(),
            documents: Vec::new(),
        })
    }

    /// `None` when something more has to be looked up first.
    async fn accepting(
        &self,
        decision: &Decision,
        stored: StoredEnvelope,
        along: Vec<(EnvelopeHash, StoredEnvelope)>,
        lookups: &mut Lookups,
    ) -> Result<Option<Commit>, ReviewError> {
        let now = self.now();
        let document = stored.envelope.document;
        let accepted: Vec<_> = std::iter::once((decision.envelope, stored)).chain(along).collect();
        let context = self.review_context(decision, document, &accepted, lookups).await?;
        let mut situation = context.documents.get(&document).cloned().unwrap_or_default();
        let mut incoming = Vec::new();
        for (index, (hash, one)) in accepted.into_iter().enumerate() {
            let device = self.storage.device(decision.workspace, one.envelope.device).await?;
            let device = device.ok_or(RelayError::UnknownOrForbidden)?;
            let reviewer = job::Reviewer {
                author: one.envelope.employee,
                employee: decision.employee,
                now: standing(&context.now, situation.in_sight, situation.responsible_above.clone()),
            };
            let by = Standing::Judged(By::Decision(Box::new(reviewer)));
            let prefix = ActorPrefix::of(&device.key);
            incoming.push((index, Incoming { hash, prefix, envelope: one.envelope, by }));
        }
        let own: BTreeSet<EnvelopeHash> = incoming.iter().map(|(_, one)| one.hash).collect();
        situation.held.retain(|_, envelope| !own.contains(envelope));
        let mut series = Series::new(year(now), context.series.clone());
        let mut commit = Commit {
            notary: Self::notary(&context.workspace),
            now,
            expected: Expected {
                rights_version: Some(context.workspace.rights_version),
                ..Expected::default()
            },
            work: vec![said(decision)],
            documents: Vec::new(),
        };
        let mut work = BTreeMap::new();
        let told =
            self.judge_document(&situation, document, &incoming, &mut series, &mut commit, &mut work).await;
        if lookups.take(told.unknown) {
            return Ok(None);
        }
        commit.expected.numbers = series.given;
        for one in work.into_values() {
            commit.work.extend(decided(one, decision)?);
        }
        Ok(Some(commit))
    }

    /// The document as a push of the accepted envelopes would find it, and what the reviewer may do.
    async fn review_context(
        &self,
        decision: &Decision,
        document: DocumentId,
        accepted: &[(EnvelopeHash, StoredEnvelope)],
        lookups: &Lookups,
    ) -> Result<PushContext, ReviewError> {
        let mut asked = DocumentQuery { document, changes: BTreeSet::new(), actors: BTreeSet::new() };
        for (_, one) in accepted {
            ask_about(&one.envelope, &mut asked);
        }
        let Some((_, first)) = accepted.first() else { return Err(ReviewError::NotMergeable(None)) };
        let now = self.now();
        let query = PushQuery {
            workspace: decision.workspace,
            device: first.envelope.device,
            employee: decision.employee,
            honoured_since: now,
            year: year(now),
            documents: vec![asked],
            replaces: Vec::new(),
            cards: lookups.cards.clone(),
        };
        Ok(self.storage.push_context(query).await?.ok_or(RelayError::UnknownWorkspace)?)
    }
}

fn said(decision: &Decision) -> Work {
    Work::Control { by: Some(decision.employee), event: ControlEvent::Decided { decision: decision.clone() } }
}

/// A judged envelope as the decision's work. What was only taken along may be left where it is.
fn decided(work: Work, decision: &Decision) -> Result<Option<Work>, ReviewError> {
    let answered: Answered = match work {
        Work::Answer(answered) => *answered,
        other @ (Work::Write(_)
        | Work::Decide(_)
        | Work::Control { .. }
        | Work::Enrol(_)
        | Work::Adopt(_)
        | Work::Number(_)) => return Ok(Some(other)),
    };
    if answered.outcome != Outcome::Accepted || answered.repeats.is_some() {
        let essential = answered.hash == decision.envelope;
        return if essential { Err(ReviewError::NotMergeable(answered.reason)) } else { Ok(None) };
    }
    Ok(Some(Work::Decide(Box::new(Decided {
        envelope: answered.hash,
        device: answered.envelope.device,
        document: answered.envelope.document,
        outcome: Outcome::Accepted,
        reason: None,
        by: decision.employee,
        changes: answered.changes,
        heads: answered.heads,
        undecided: false,
    }))))
}

fn item(waiting: Waiting) -> ReviewItem {
    ReviewItem {
        receipted: Receipted { receipt: waiting.receipt.stamp(), envelope: waiting.envelope },
        blocked: waiting.blocked,
    }
}

/// Where the queue goes on; the page may be the last, and then the next one is empty.
fn next_of(waiting: &[Waiting]) -> Option<EnvelopeHash> {
    let full = waiting.len() == usize::try_from(PAGE).unwrap_or(usize::MAX);
    waiting.last().filter(|_| full).map(|last| last.receipt.envelope)
}
