//! Bodies of `POST /v1/sync/offer`: what a device holds, against what the relay holds.
//!
//! Two requests. The first brings 256 digests of buckets of `(document, heads)` and is answered with the
//! buckets that differ; the second brings the lists of those, in as many requests as their size needs. The
//! cursor comes with the first answer: everything up to it was compared, what came later is pulled.

use halyard_domain::id::{DocumentId, EpochId};
use serde::{Deserialize, Serialize};

use crate::control::Control;
use crate::cursor::SealedCursor;
use crate::hash::{BucketDigest, Heads, Position};
use crate::receipt::Receipt;

/// What the device holds and the relay accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferRequest {
    /// The digest of every bucket, 256 of them.
    Digests(Vec<BucketDigest>),
    /// The lists of buckets that differ.
    Lists(Vec<BucketList>),
}

/// Everything a device holds in one bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BucketList {
    /// Which bucket.
    pub bucket: u8,
    /// What is in it, by document id.
    pub documents: Vec<Held>,
}

/// A document and its accepted heads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Held {
    /// The document.
    pub document: DocumentId,
    /// Its accepted heads.
    pub heads: Heads,
}

/// An earlier life of the log, as far as the relay holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerEpoch {
    /// Which.
    pub epoch: EpochId,
    /// Everything up to here is held.
    pub position: Position,
}

/// What differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferAnswer {
    /// To the digests.
    Differing {
        /// The present life of the log.
        epoch: EpochId,
        /// The buckets whose lists the relay wants.
        buckets: Vec<u8>,
        /// Where the device is once everything the offer asks for is done. Adopted only in a new epoch.
        cursor: SealedCursor,
        /// Where the epoch before this one ended at the relay: what has a receipt of it up to there need
        /// not be handed over. Absent in the first epoch.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        former: Option<FormerEpoch>,
        /// In a new epoch: the standing of the caller's undecided envelopes.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        undecided: Vec<Receipt>,
        /// In a new epoch, for administrators: every control entry.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        controls: Vec<Control>,
    },
    /// To the lists.
    Wanted {
        /// The present life of the log.
        epoch: EpochId,
        /// Documents whose envelopes the relay lacks, with the heads it has: the device sends the rest.
        send: Vec<Held>,
        /// Documents the device lacks or has older.
        fetch: Vec<DocumentId>,
        /// Documents the caller no longer sees.
        drop: Vec<DocumentId>,
    },
}
