//! What a relay decides about an envelope's changes before Automerge sees a byte of them.
//!
//! A pure function of what the relay knows of the document and of the envelope: which changes it has
//! already, which are new and in order, or the outcome. Signature, chain and generation are checked
//! before; rights and merging come after, in the merge worker.
//!
//! Malformed wins over deferred, and deferred over blocked, so that the answer does not depend on what
//! happens to be stored already.

use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;

use crate::actor::{ActorId, ActorPrefix};
use crate::chunk::{self, ChunkHeader};
use crate::envelope::Envelope;
use crate::hash::{ChangeHash, EnvelopeHash};
use crate::limits::{
    ENVELOPE_CHANGES, ENVELOPE_OPERATIONS, ENVELOPE_REPLACES, OPERATION_COUNTER, START_OP_SLACK,
};
use crate::reason::{Malformation, Reason};
use crate::receipt::Outcome;
use crate::version::OBJECT_VERSION;

/// How far ahead of the known seeds a newer app's seed is still recognised as one.
const NEWER_SEEDS: u32 = 64;

/// A change the relay has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldChange {
    /// It is in the document.
    Merged,
    /// It is stored in an envelope that is not merged.
    Withheld(EnvelopeHash),
}

/// What the relay knows of the envelope's document.
pub trait KnownDocument {
    /// The document's kind; `None` when there is no such document yet.
    fn kind(&self) -> Option<Kind>;
    /// Whether and how a change is held.
    fn held(&self, change: &ChangeHash) -> Option<HeldChange>;
    /// The number of an actor's last merged change; 0 for an unknown actor.
    fn last_seq(&self, actor: &ActorId) -> u64;
    /// The highest operation counter merged.
    fn max_op(&self) -> u64;
}

/// A constant first change of a kind and schema version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed<'a> {
    /// The kind it makes.
    pub kind: Kind,
    /// Its bytes, kept for ever.
    pub bytes: &'a [u8],
}

/// The seeds this relay knows.
pub trait Seeds {
    /// The seed with this hash.
    fn find(&self, change: &ChangeHash) -> Option<Seed<'_>>;
    /// The newest schema version of a kind.
    fn newest(&self, kind: Kind) -> u32;
}

/// A change the relay does not have, ready for the merge worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChange {
    /// Which of the envelope's changes it is.
    pub index: usize,
    /// What it says about itself.
    pub header: ChunkHeader,
    /// Whether it is a seed.
    pub is_seed: bool,
}

/// An envelope whose bytes are in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The changes to merge, in order; none when all are repeats.
    pub new: Vec<NewChange>,
    /// The changes merged already.
    pub repeats: Vec<ChangeHash>,
    /// The highest operation counter of the document afterwards.
    pub max_op: u64,
}

/// Why an envelope goes no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The bytes are not what an app writes.
    #[error("the envelope is malformed: {0:?}")]
    Malformed(Malformation),
    /// A change depends on one the relay does not have.
    #[error("change {0} is not known")]
    UnknownDependency(ChangeHash),
    /// A newer app wrote it.
    #[error("written by a newer app")]
    NewerSchema,
    /// It stands behind, or repeats, an envelope that is not merged.
    #[error("behind envelope {0}, which is not merged")]
    Behind(EnvelopeHash),
}

impl Refusal {
    /// The outcome its receipt has.
    #[must_use]
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Malformed(_) => Outcome::Malformed,
            Self::UnknownDependency(_) | Self::NewerSchema => Outcome::Deferred,
            Self::Behind(_) => Outcome::Blocked,
        }
    }

    /// The reason its receipt has.
    #[must_use]
    pub const fn reason(self) -> Reason {
        match self {
            Self::Malformed(malformation) => Reason::Malformed(malformation),
            Self::UnknownDependency(change) => Reason::UnknownDependency { change },
            Self::NewerSchema => Reason::NewerSchema,
            Self::Behind(envelope) => Reason::Behind { envelope },
        }
    }
}

/// Checks an envelope of the device with this actor prefix.
///
/// # Errors
/// When its changes must not be merged now.
pub fn precheck(
    document: &impl KnownDocument,
    seeds: &impl Seeds,
    device: ActorPrefix,
    envelope: &Envelope,
) -> Result<Checked, Refusal> {
    check_shape(envelope)?;
    let kind = envelope.kind.known().ok_or(Refusal::NewerSchema)?;
    if document.kind().is_some_and(|known| known != kind) {
        return Err(malformed(Malformation::Kind));
    }
    let (new, repeats) = sort_out(document, seeds, device, kind, envelope)?;
    check_order(document, &new)?;
    let max_op = check_counters(document, &new)?;
    check_dependencies(document, envelope, &new)?;
    Ok(Checked { new, repeats, max_op })
}

const fn malformed(malformation: Malformation) -> Refusal {
    Refusal::Malformed(malformation)
}

fn check_shape(envelope: &Envelope) -> Result<(), Refusal> {
    if envelope.v != OBJECT_VERSION {
        return Err(malformed(Malformation::Version));
    }
    let count = envelope.changes.len();
    if !(1..=ENVELOPE_CHANGES).contains(&count) || envelope.replaces.len() > ENVELOPE_REPLACES {
        return Err(malformed(Malformation::Changes));
    }
    Ok(())
}

/// Reads every change that is not merged yet, and checks what can be said of each alone.
fn sort_out(
    document: &impl KnownDocument,
    seeds: &impl Seeds,
    device: ActorPrefix,
    kind: Kind,
    envelope: &Envelope,
) -> Result<(Vec<NewChange>, Vec<ChangeHash>), Refusal> {
    let (mut new, mut repeats, mut operations) = (Vec::new(), Vec::new(), 0_u64);
    for (index, bytes) in envelope.changes.iter().enumerate() {
        let hash = bytes.hash();
        if document.held(&hash) == Some(HeldChange::Merged) {
            repeats.push(hash);
            continue;
        }
        let header = chunk::parse(&bytes.0).map_err(|error| malformed(error.malformation()))?;
        operations = operations.saturating_add(header.op_count);
        let is_seed = match seeds.find(&hash) {
            Some(seed) if seed.bytes != bytes.0 => return Err(malformed(Malformation::Actor)),
            Some(seed) if seed.kind != kind => return Err(malformed(Malformation::Kind)),
            Some(_) => true,
            None => false,
        };
        if !is_seed {
            check_author(&header, device, kind, seeds)?;
        }
        new.push(NewChange { index, header, is_seed });
    }
    if operations > ENVELOPE_OPERATIONS {
        return Err(malformed(Malformation::Operations));
    }
    Ok((new, repeats))
}

/// Only a seed may be by another actor, and only a seed begins without dependencies.
fn check_author(
    header: &ChunkHeader,
    device: ActorPrefix,
    kind: Kind,
    seeds: &impl Seeds,
) -> Result<(), Refusal> {
    if !header.actor.belongs_to(device) {
        let newest = seeds.newest(kind);
        let newer = is_newer_seed(header, kind, newest);
        return Err(if newer { Refusal::NewerSchema } else { malformed(Malformation::Actor) });
    }
    if header.deps.is_empty() {
        return Err(malformed(Malformation::Seedless));
    }
    if header.op_count == 0 {
        return Err(malformed(Malformation::Changes));
    }
    Ok(())
}

/// Whether this is by the actor of a seed newer than those known, and shaped like one.
fn is_newer_seed(header: &ChunkHeader, kind: Kind, newest: u32) -> bool {
    let shaped = header.seq == 1 && header.deps.is_empty();
    let versions = newest.saturating_add(1)..=newest.saturating_add(NEWER_SEEDS);
    shaped && versions.into_iter().any(|version| header.actor == seed_actor(kind, version))
}

/// The fixed actor of a seed.
#[must_use]
pub fn seed_actor(kind: Kind, version: u32) -> ActorId {
    ActorId(*DocumentId::made_by_rule(&format!("seed/{}/{version}", kind.name())).as_bytes())
}

/// A change stands after those of its envelope it depends on.
fn check_order(document: &impl KnownDocument, new: &[NewChange]) -> Result<(), Refusal> {
    let mut later: BTreeMap<ChangeHash, u32> = BTreeMap::new();
    for change in new {
        *later.entry(change.header.hash).or_default() += 1;
    }
    if later.values().any(|times| *times > 1) {
        return Err(malformed(Malformation::Order));
    }
    for change in new {
        let ahead = |dep: &ChangeHash| document.held(dep).is_none() && later.contains_key(dep);
        if change.header.deps.iter().any(ahead) {
            return Err(malformed(Malformation::Order));
        }
        later.remove(&change.header.hash);
    }
    Ok(())
}

/// Every dependency is merged, or made in this envelope.
fn check_dependencies(
    document: &impl KnownDocument,
    envelope: &Envelope,
    new: &[NewChange],
) -> Result<(), Refusal> {
    let here: BTreeSet<ChangeHash> = new.iter().map(|change| change.header.hash).collect();
    let mut behind = None;
    for dep in new.iter().flat_map(|change| &change.header.deps).filter(|dep| !here.contains(dep)) {
        match document.held(dep) {
            Some(HeldChange::Merged) => {}
            Some(HeldChange::Withheld(envelope)) => behind = behind.or(Some(envelope)),
            None => return Err(Refusal::UnknownDependency(*dep)),
        }
    }
    let repeated = envelope.changes.iter().find_map(|bytes| match document.held(&bytes.hash()) {
        Some(HeldChange::Withheld(envelope)) => Some(envelope),
        Some(HeldChange::Merged) | None => None,
    });
    match behind.or(repeated) {
        Some(envelope) => Err(Refusal::Behind(envelope)),
        None => Ok(()),
    }
}

/// Each actor's changes are numbered without a gap, and no operation leaps ahead.
fn check_counters(document: &impl KnownDocument, new: &[NewChange]) -> Result<u64, Refusal> {
    let mut last_seq: BTreeMap<ActorId, u64> = BTreeMap::new();
    let mut max_op = document.max_op();
    for NewChange { header, .. } in new {
        let last = last_seq.entry(header.actor).or_insert_with(|| document.last_seq(&header.actor));
        let follows = header.seq == last.saturating_add(1);
        if !follows && !waits(document, header, new) {
            return Err(malformed(Malformation::Sequence));
        }
        *last = header.seq;
        if header.start_op > max_op.saturating_add(START_OP_SLACK) || header.last_op() > OPERATION_COUNTER {
            return Err(malformed(Malformation::StartOp));
        }
        max_op = max_op.max(header.last_op());
    }
    Ok(max_op)
}

/// Whether a change stands on something not merged here, so that its number says nothing yet.
fn waits(document: &impl KnownDocument, header: &ChunkHeader, new: &[NewChange]) -> bool {
    header.deps.iter().any(|dep| {
        let here = new.iter().any(|change| change.header.hash == *dep);
        !here && document.held(dep) != Some(HeldChange::Merged)
    })
}

#[cfg(test)]
mod tests;
