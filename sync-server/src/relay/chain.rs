//! Finding the place of every pushed envelope in its device's chain.

use std::collections::BTreeMap;

use halyard_domain::id::IncarnationId;
use halyard_protocol::chain::{ChainEnd, HeldChain, Link, link};
use halyard_protocol::envelope::Envelope;
use halyard_protocol::hash::EnvelopeHash;
use halyard_protocol::reason::{Malformation, Reason};
use halyard_protocol::receipt::{Outcome, Receipt};

use super::push::Push;
use super::{Relay, RelayError, Workspace};
use crate::notary::ReceiptDraft;
use crate::storage::ChainState;

/// Where an envelope of the push stands.
pub(super) enum Place {
    /// Answered before, or in nobody's name.
    Answered(Box<Receipt>),
    /// The next of the chain.
    Next(Box<Linked>),
}

/// The next envelope of a device's chain. By what right it is judged is not known yet.
pub(super) struct Linked {
    pub(super) envelope: Envelope,
    pub(super) hash: EnvelopeHash,
    pub(super) is_signed: bool,
}

/// Finds every envelope's place in the chain, up to the first that has none.
pub(super) fn places(
    push: &Push<'_>,
    workspace: &Workspace,
    chain: &ChainState,
    envelopes: &[Envelope],
) -> Result<Vec<Place>, RelayError> {
    let mut held = Growing { chain, added: BTreeMap::new(), last: chain.end };
    let mut places = Vec::with_capacity(envelopes.len());
    for envelope in envelopes {
        if !is_from_caller(push, envelope) {
            places.push(Place::Answered(Box::new(stranger(push, workspace, envelope)?)));
            continue;
        }
        let mut envelope = envelope.clone();
        match link(&held, &mut envelope) {
            Ok(Link::Next(hash)) => {
                held.add(&envelope, hash);
                let is_signed = envelope.verify(&push.device.key).is_ok();
                places.push(Place::Next(Box::new(Linked { envelope, hash, is_signed })));
            }
            Ok(Link::Repeat(hash)) => {
                let place = (envelope.incarnation, envelope.sequence);
                match chain.stored.get(&place) {
                    Some((stored, receipt)) if *stored == hash => {
                        places.push(Place::Answered(Box::new(receipt.clone())));
                    }
                    // Twice in one push: its answer stands at its first place.
                    Some(_) | None => break,
                }
            }
            Err(_) => break,
        }
    }
    Ok(places)
}

fn is_from_caller(push: &Push<'_>, envelope: &Envelope) -> bool {
    envelope.workspace == push.caller.workspace
        && envelope.device == push.caller.device
        && envelope.employee == push.caller.employee
}

/// The answer to an envelope in another's name. It is not kept: nobody's chain may move by it.
fn stranger(push: &Push<'_>, workspace: &Workspace, envelope: &Envelope) -> Result<Receipt, RelayError> {
    Ok(Relay::notary(workspace).receipt(ReceiptDraft {
        envelope: envelope.hash()?,
        outcome: Outcome::Malformed,
        position: None,
        arrived: push.relay.now(),
        reason: Some(Reason::Malformed(Malformation::Address)),
        path: None,
        by: None,
    })?)
}

/// The first sequence of each incarnation in the push.
pub(super) fn asked(envelopes: &[Envelope]) -> Vec<(IncarnationId, u64)> {
    let mut asked: BTreeMap<IncarnationId, u64> = BTreeMap::new();
    for envelope in envelopes {
        let first = asked.entry(envelope.incarnation).or_insert(envelope.sequence);
        *first = (*first).min(envelope.sequence);
    }
    asked.into_iter().collect()
}

/// A device's chain while a push grows it.
struct Growing<'a> {
    chain: &'a ChainState,
    added: BTreeMap<(IncarnationId, u64), EnvelopeHash>,
    last: Option<ChainEnd>,
}

impl HeldChain for Growing<'_> {
    fn last(&self) -> Option<ChainEnd> {
        self.last
    }
    fn at(&self, incarnation: IncarnationId, sequence: u64) -> Option<EnvelopeHash> {
        self.added.get(&(incarnation, sequence)).copied().or_else(|| self.chain.at(incarnation, sequence))
    }
}

impl Growing<'_> {
    fn add(&mut self, envelope: &Envelope, hash: EnvelopeHash) {
        let (incarnation, sequence) = (envelope.incarnation, envelope.sequence);
        self.added.insert((incarnation, sequence), hash);
        self.last = Some(ChainEnd { incarnation, sequence, hash });
    }
}
