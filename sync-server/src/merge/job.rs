//! What the relay and its merge worker say to each other.
//!
//! A request carries everything the worker needs, because it can fetch nothing; an answer carries
//! everything the relay stores. Neither travels further than the pipe between two copies of the same
//! program, so there is no version in it.

use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::kind::{Kind, Section};
use halyard_domain::reading::{FieldPath, Reading};
use halyard_domain::rights::{Ability, Access, Responsible, SectionRights, Viewer};
use halyard_domain::rules::carries::links;
use halyard_protocol::reason::{Malformation, Reason};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

/// What the worker is asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Request {
    /// Merge what may be merged.
    Judge(Box<Judge>),
    /// Load a stored document and say what it is.
    Load(Stored),
}

/// What the worker answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Answer {
    /// To [`Request::Judge`].
    Judged(Box<Judged>),
    /// To [`Request::Load`].
    Loaded(Box<Merged>),
    /// The stored document itself cannot be loaded.
    Unreadable(String),
}

/// A document as it is stored: a snapshot, or nothing, and changes made since.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Stored {
    /// The snapshot; empty when there is none.
    pub snapshot: ByteBuf,
    /// Raw changes that follow it.
    pub tail: Vec<ByteBuf>,
}

/// Envelopes for one document, to be judged one after the other.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Judge {
    /// The kind the document has, or is said to get.
    pub kind: Kind,
    /// The document; absent when the first envelope makes it.
    pub stored: Option<Stored>,
    /// The envelopes in the order they arrived.
    pub envelopes: Vec<Submitted>,
    /// What the relay itself may write after them.
    pub relay: RelayHand,
}

/// One envelope.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Submitted {
    /// Its raw changes that the document does not have yet, oldest first.
    pub changes: Vec<NewChange>,
    /// By what right it is merged.
    pub by: By,
}

/// A raw change and its identity.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewChange {
    /// Its hash, checked against the bytes.
    pub hash: ChangeHash,
    /// The bytes.
    pub bytes: ByteBuf,
}

/// By what right an envelope is merged.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum By {
    /// Its author's, now or at the news the device had.
    Author(Box<Author>),
    /// A reviewer accepted it: the reviewer's rights are asked in the author's place.
    Decision(Box<Reviewer>),
    /// The relay's own, in an earlier life of its log: nobody's rights are asked again.
    Receipt,
}

/// Whose decision an envelope is merged on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reviewer {
    /// Who wrote the envelope; its rows are theirs.
    pub author: DocumentId,
    /// Who accepted it.
    pub employee: DocumentId,
    /// What the reviewer may do now.
    pub now: Standing,
}

/// Whose rights are asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Author {
    /// The employee.
    pub employee: DocumentId,
    /// With what the actors of the device begin.
    pub actors: [u8; 8],
    /// What the employee may do now.
    pub now: Standing,
    /// What the employee might do at the newest news of the device.
    pub then: Vec<Then>,
    /// Whom records name as responsible by the word of this employee, given earlier in the same push.
    pub named: BTreeMap<DocumentId, Responsible>,
}

/// What an employee may do at one position of the log.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Standing {
    /// The union of the roles.
    pub access: AccessData,
    /// The teams the employee is in.
    pub teams: BTreeSet<DocumentId>,
    /// The other members of those teams.
    pub teammates: BTreeSet<DocumentId>,
    /// True when the record is seen for what is stored: its audience, or a record that carries it.
    pub sees: bool,
    /// Whom the cards it was ever under name as responsible, and those that were asked about.
    pub responsible_above: BTreeMap<DocumentId, Responsible>,
}

/// Whom what a record is a part of names as responsible.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Above {
    /// As far as it is known. Of a card nobody looked up the answer that allows least is taken.
    pub responsible: Responsible,
    /// Cards nobody looked up.
    pub unknown: BTreeSet<DocumentId>,
}

/// The past a device had news of.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Then {
    /// What the employee might do.
    pub standing: Standing,
    /// The heads of the document at that position.
    pub heads: Vec<ChangeHash>,
}

/// [`Access`] as it is stored and sent to the worker.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessData {
    sections: BTreeMap<Section, SectionRights>,
    abilities: BTreeSet<String>,
}

/// With what the relay itself writes into a document: a number, or a change that joins many heads.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RelayHand {
    /// The number to give if the document is of this kind and ends up without one.
    pub number: Option<(Kind, String)>,
    /// An actor of the relay that was never used.
    pub actor: [u8; 16],
    /// The relay's clock in Unix seconds.
    pub time: i64,
}

/// What became of the envelopes of one document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Judged {
    /// One for each envelope in order, up to the first that is not accepted: whether those behind it
    /// still make sense is for the relay to say.
    pub verdicts: Vec<Verdict>,
    /// The document with everything that was accepted; absent when it still is not there.
    pub merged: Option<Merged>,
    /// True when the number was given.
    pub numbered: bool,
    /// The relay's own changes, oldest first.
    pub own: Vec<NewChange>,
}

/// What became of one envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// Merged.
    Accepted {
        /// The heads afterwards.
        heads: Vec<ChangeHash>,
        /// Whom the record names as responsible from now on, where that is not as it was.
        names: Option<Responsible>,
    },
    /// Outside the author's rights.
    Refused {
        /// Why.
        reason: Reason,
        /// Where.
        path: String,
        /// Cards nobody looked up. With them the answer might be another.
        unknown: BTreeSet<DocumentId>,
    },
    /// It writes what a newer version knows.
    NewerSchema {
        /// Where.
        path: String,
    },
    /// Bytes that are no work of an honest program, and what is wrong with them.
    Malformed(Flaw),
}

/// What the worker can find wrong with bytes that looked right from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flaw {
    /// The seed makes another kind.
    Kind,
    /// An operation counter near the end of its range.
    Counter,
    /// Too large, too many heads, or it does not load again.
    Document,
    /// Automerge refused it.
    Unreadable,
}

impl Flaw {
    /// How the receipt names it.
    #[must_use]
    pub const fn malformation(self) -> Malformation {
        match self {
            Self::Kind => Malformation::Kind,
            Self::Counter => Malformation::StartOp,
            Self::Document => Malformation::Document,
            Self::Unreadable => Malformation::Unreadable,
        }
    }
}

/// A document as it is to be stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// The kind its seed gave it.
    pub kind: Kind,
    /// Its newest changes, sorted.
    pub heads: Vec<ChangeHash>,
    /// The highest operation counter.
    pub max_op: u64,
    /// The whole document, uncompressed.
    pub snapshot: ByteBuf,
    /// What it says.
    pub reading: Reading,
}

impl AccessData {
    /// The form that travels.
    #[must_use]
    pub fn of(access: &Access) -> Self {
        let abilities = access.abilities().iter().map(|ability| ability.name().to_owned()).collect();
        Self { sections: access.sections().clone(), abilities }
    }

    /// The rights themselves. An ability this version does not know gives nothing.
    #[must_use]
    pub fn access(&self) -> Access {
        let known = Ability::ALL.iter().copied();
        let abilities = known.filter(|ability| self.abilities.contains(ability.name())).collect();
        Access::new(self.sections.clone(), abilities)
    }
}

impl Standing {
    /// Nobody: sees nothing and may write nothing.
    #[must_use]
    pub fn none() -> Self {
        Self {
            access: AccessData::default(),
            teams: BTreeSet::new(),
            teammates: BTreeSet::new(),
            sees: false,
            responsible_above: BTreeMap::new(),
        }
    }

    /// Whom what a record is a part of names as responsible; where `named` says it, that is newer than
    /// what is stored.
    #[must_use]
    pub fn above(&self, record: &Reading, named: &BTreeMap<DocumentId, Responsible>) -> Above {
        let field = FieldPath::root("card");
        let mut above = Above::default();
        for card in links(record).into_iter().filter(|link| link.path == field).map(|link| link.id) {
            let known = named.get(&card).or_else(|| self.responsible_above.get(&card));
            if known.is_none() {
                above.unknown.insert(card);
            }
            above.responsible = above.responsible.max(known.copied().unwrap_or(Responsible::Another));
        }
        above
    }

    /// The employee as sight knows them.
    #[must_use]
    pub fn viewer(&self, employee: DocumentId) -> Viewer {
        Viewer { employee, teams: self.teams.clone(), teammates: self.teammates.clone() }
    }
}
