//! What one transaction writes into the log, and what it takes for granted.
//!
//! A judgement was made against one moment: this epoch, these rights, these versions of documents, this
//! end of the device's chain, these newest numbers. The commit holds only if all of it still stands;
//! otherwise nothing is written and the judgement is made again.

use std::collections::BTreeSet;

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DeviceId, DocumentId};
use halyard_domain::kind::Kind;
use halyard_protocol::actor::ActorId;
use halyard_protocol::chain::ChainEnd;
use halyard_protocol::control::{Control, ControlEvent};
use halyard_protocol::enrol::Standing;
use halyard_protocol::envelope::{Chunk, Envelope};
use halyard_protocol::hash::{EnvelopeHash, Generation, Position};
use halyard_protocol::keys::PublicKey;
use halyard_protocol::reason::Reason;
use halyard_protocol::receipt::{Outcome, Receipt};
use halyard_protocol::time::UnixMs;

use crate::merge::job::Merged;
use crate::notary::Notary;

/// Everything one transaction writes, in order.
#[derive(Clone)]
pub struct Commit {
    /// Signs what is written, in the epoch that is taken for granted.
    pub notary: Notary,
    /// The relay's time.
    pub now: UnixMs,
    /// What must still stand.
    pub expected: Expected,
    /// What happened, oldest first.
    pub work: Vec<Work>,
    /// The documents as they are afterwards, in the order of their first work.
    pub documents: Vec<DocumentAfter>,
}

/// What a judgement was made against.
#[derive(Debug, Clone, Default)]
pub struct Expected {
    /// The position of the newest change of anybody's rights.
    pub rights_version: Option<u64>,
    /// The end of a device's chain.
    pub chain: Option<(DeviceId, Option<ChainEnd>)>,
    /// Whether a device may take part.
    pub standing: Option<(DeviceId, Standing)>,
    /// The versions of documents; none for one that is not there.
    pub documents: Vec<(DocumentId, Option<u64>)>,
    /// Numbers given, each the next of its series.
    pub numbers: Vec<NumberGiven>,
}

/// A human number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberGiven {
    /// Of what kind.
    pub kind: Kind,
    /// In which year.
    pub year: i32,
    /// Which.
    pub number: u64,
}

/// One thing that is written into the log or about an envelope.
#[derive(Debug, Clone)]
pub enum Work {
    /// A device's envelope and what became of it.
    Answer(Box<Answered>),
    /// A change of the relay itself.
    Write(Box<OwnWrite>),
    /// What a reviewer decided about a stored envelope.
    Decide(Box<Decided>),
    /// An entry about people and devices.
    Control {
        /// Who did it; absent when IT did it at the relay.
        by: Option<DocumentId>,
        /// What.
        event: ControlEvent,
    },
    /// A device that was enrolled, and which code it used.
    Enrol(Box<Enrolled>),
    /// A control entry of an earlier life of the log, carried out once however often it comes.
    Adopt(Box<Control>),
    /// A number that stands in a record handed over: its series goes on after it.
    Number(NumberGiven),
}

/// A device's envelope and what became of it.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The envelope, `previous` put back.
    pub envelope: Envelope,
    /// Its identity.
    pub hash: EnvelopeHash,
    /// What became of it.
    pub outcome: Outcome,
    /// Why.
    pub reason: Option<Reason>,
    /// The field that was refused.
    pub path: Option<String>,
    /// When everything in it was merged before: where that was first.
    pub repeats: Option<Position>,
    /// The changes that are merged now.
    pub changes: Vec<StoredChange>,
    /// The heads of the document afterwards.
    pub heads: Vec<ChangeHash>,
    /// The envelope in quarantine it stands behind.
    pub behind: Option<EnvelopeHash>,
    /// True when a reviewer has to look at it.
    pub undecided: bool,
    /// True when it was answered in an earlier life of the log: its chain may have gaps.
    pub handed_over: bool,
}

/// A raw change as it is stored.
#[derive(Debug, Clone)]
pub struct StoredChange {
    /// Its identity.
    pub hash: ChangeHash,
    /// Who made its operations.
    pub actor: ActorId,
    /// Its number among those of the actor.
    pub seq: u64,
    /// The bytes.
    pub chunk: Chunk,
}

/// What the relay itself wrote.
#[derive(Debug, Clone)]
pub struct OwnWrite {
    /// The document.
    pub document: DocumentId,
    /// Its generation.
    pub generation: Generation,
    /// Its kind.
    pub kind: Kind,
    /// The changes.
    pub changes: Vec<StoredChange>,
    /// The heads of the document afterwards.
    pub heads: Vec<ChangeHash>,
}

/// What became of a stored envelope by a decision.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The envelope.
    pub envelope: EnvelopeHash,
    /// The device it came from, which is told.
    pub device: DeviceId,
    /// Its document.
    pub document: DocumentId,
    /// What becomes of it.
    pub outcome: Outcome,
    /// Why, when it is declined.
    pub reason: Option<Reason>,
    /// Who decided.
    pub by: DocumentId,
    /// The changes that are merged now.
    pub changes: Vec<StoredChange>,
    /// The heads of the document afterwards.
    pub heads: Vec<ChangeHash>,
    /// Further envelopes whose fate is only noted, because somebody made their work anew.
    pub undecided: bool,
}

/// A device that gave a right code.
#[derive(Debug, Clone)]
pub struct Enrolled {
    /// The device.
    pub device: DeviceId,
    /// Whose it is.
    pub employee: DocumentId,
    /// Its public key.
    pub key: PublicKey,
    /// What the machine calls itself.
    pub name: String,
    /// How far it is.
    pub standing: Standing,
    /// The first two characters of the code, and when it was made.
    pub code: (String, UnixMs),
}

/// A document after everything in the commit.
#[derive(Debug, Clone)]
pub struct DocumentAfter {
    /// The document.
    pub document: DocumentId,
    /// Its generation.
    pub generation: Generation,
    /// Its content.
    pub merged: Merged,
    /// By whose sight links carry.
    pub linked_by: LinkedBy,
    /// Planned start in Unix seconds while it is open work.
    pub open_work: Option<i64>,
}

/// Who wrote the links of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkedBy {
    /// The relay or somebody with the office group: the links carry sight.
    Office,
    /// Somebody whose links carry only to what they see.
    Employee(DocumentId),
}

/// Whom a commit brings news.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Concerned {
    /// Everybody: a record was written that everybody sees.
    pub everybody: bool,
    /// These people, on all their devices.
    pub employees: BTreeSet<DocumentId>,
    /// These devices: what is told them is about their own work or their own standing.
    pub devices: BTreeSet<DeviceId>,
}

impl Concerned {
    /// Whether an employee's device is among them.
    #[must_use]
    pub fn includes(&self, device: DeviceId, employee: DocumentId) -> bool {
        self.everybody || self.employees.contains(&employee) || self.devices.contains(&device)
    }
}

/// What became of a commit.
#[derive(Debug, Clone)]
pub enum Committed {
    /// It is on the disk.
    Done {
        /// The receipts of answered and decided envelopes, in the order of the work.
        receipts: Vec<Receipt>,
        /// The end of the log.
        head: Position,
        /// Whom it brings news.
        concerned: Concerned,
    },
    /// Something taken for granted no longer stands, and nothing was written.
    Moved,
}
