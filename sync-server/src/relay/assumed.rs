//! A document as it will be if everything sent to the worker so far is accepted.
//!
//! Envelopes stand on each other, and one trip to the worker takes many: so each is looked at as if
//! those before it were merged already. What can be answered without the worker is answered here.

use std::collections::BTreeMap;

use halyard_domain::hash::ChangeHash;
use halyard_domain::kind::Kind;
use halyard_protocol::actor::ActorId;
use halyard_protocol::precheck::{Checked, HeldChange, KnownDocument, precheck};
use halyard_protocol::reason::Reason;
use halyard_protocol::receipt::Outcome;

use super::case::{Case, Incoming, KeptSeeds, Standing};
use crate::storage::Answered;

/// What can be said of an envelope without the worker.
pub(super) enum Look {
    /// Its bytes are in order: the worker goes on.
    Merge(Checked),
    /// Its answer.
    Answer(Box<Answered>),
}

/// The document as it will be if everything in the batch is accepted.
pub(super) struct Assumed<'c, 'a> {
    pub(super) case: &'c mut Case<'a>,
    merged: BTreeMap<ChangeHash, HeldChange>,
    last_seq: BTreeMap<ActorId, u64>,
    max_op: u64,
    kind: Option<Kind>,
}

impl KnownDocument for Assumed<'_, '_> {
    fn kind(&self) -> Option<Kind> {
        self.case.kind().or(self.kind)
    }
    fn held(&self, change: &ChangeHash) -> Option<HeldChange> {
        self.merged.get(change).copied().or_else(|| self.case.held(change))
    }
    fn last_seq(&self, actor: &ActorId) -> u64 {
        self.last_seq.get(actor).copied().unwrap_or_else(|| self.case.last_seq(actor))
    }
    fn max_op(&self) -> u64 {
        self.max_op
    }
}

impl<'c, 'a> Assumed<'c, 'a> {
    pub(super) fn new(case: &'c mut Case<'a>) -> Self {
        let max_op = case.max_op();
        Self { case, merged: BTreeMap::new(), last_seq: BTreeMap::new(), max_op, kind: None }
    }

    pub(super) fn look(&self, incoming: &Incoming) -> Look {
        if let Standing::Refused(what) = incoming.by {
            return Look::Answer(Box::new(
                incoming.answer(Outcome::Malformed, Some(Reason::Malformed(what))),
            ));
        }
        if let Standing::Stored(outcome, reason) = &incoming.by {
            return Look::Answer(Box::new(incoming.answer(*outcome, Some(reason.clone()))));
        }
        let checked = match precheck(self, &KeptSeeds, incoming.prefix, &incoming.envelope) {
            Ok(checked) => checked,
            Err(refusal) => {
                let mut answer = incoming.answer(refusal.outcome(), Some(refusal.reason()));
                if let Some(Reason::Behind { envelope }) = answer.reason {
                    answer.behind = Some(envelope);
                }
                return Look::Answer(Box::new(answer));
            }
        };
        if let Standing::Kept(outcome, reason) = &incoming.by {
            let mut answer = incoming.answer(*outcome, Some(reason.clone()));
            answer.undecided = *outcome == Outcome::Quarantined;
            return Look::Answer(Box::new(answer));
        }
        if checked.new.is_empty() {
            // Brought again, whole, under another signature: where it first was, if that is known yet.
            let first = checked.repeats.iter().filter_map(|change| self.case.first_at(change)).max();
            if let Some(first) = first {
                let mut answer = incoming.answer(Outcome::Accepted, None);
                answer.repeats = Some(*first);
                return Look::Answer(Box::new(answer));
            }
        }
        Look::Merge(checked)
    }

    /// Takes for granted that an envelope will be accepted.
    pub(super) fn assume(&mut self, incoming: &Incoming, checked: &Checked) {
        self.kind = self.kind.or_else(|| incoming.envelope.kind.known());
        self.max_op = self.max_op.max(checked.max_op);
        for change in &checked.new {
            self.merged.insert(change.header.hash, HeldChange::Merged);
            self.last_seq.insert(change.header.actor, change.header.seq);
        }
    }
}
