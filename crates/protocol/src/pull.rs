//! Bodies of `POST /v1/sync/pull`, and the entries every reading call answers with.

use halyard_domain::id::{DocumentId, EpochId, WorkspaceId};
use serde::{Deserialize, Serialize};

use crate::chain::ChainEnd;
use crate::control::Control;
use crate::cursor::SealedCursor;
use crate::envelope::{Envelope, EnvelopeHeader};
use crate::hash::{Generation, Heads, Position, RightsVersion};
use crate::keys::Signature;
use crate::receipt::{Receipt, Receipted};
use crate::schema::{KindName, Schema, SchemaId};
use crate::signed::signed;
use crate::time::UnixMs;

/// Asks for what is after a cursor.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PullRequest {
    /// Where the device is; absent at first sync.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<SealedCursor>,
    /// Size of the page before compression; [`PAGE_BYTES`](crate::limits::PAGE_BYTES) when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_bytes: Option<u32>,
    /// The schema the device was told last; it is told again only when it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<SchemaId>,
    /// The newest envelope the device made itself, which it has with all before it of the same incarnation:
    /// those are not brought back to it. After a push; else it has nothing to save.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<ChainEnd>,
    /// What the device's own clock says, uncorrected; only from a device that knows it to be off by
    /// [`CLOCK_TOLD_MS`](crate::limits::CLOCK_TOLD_MS) or more. IT is shown the difference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<UnixMs>,
}

/// A page of entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullAnswer {
    /// The present life of the log.
    pub epoch: EpochId,
    /// What is new, in order. Hashes that the reader can compute do not travel ([`crate::short`]).
    #[serde(with = "crate::short")]
    pub entries: Vec<Entry>,
    /// Where the device is once it has stored the entries.
    pub cursor: SealedCursor,
    /// Whether there is nothing more now.
    pub complete: bool,
    /// The end of the log when this page was read.
    pub position: Position,
    /// Up to here the log is in a verified backup.
    pub watermark: Position,
    /// Who the caller is and what they may do.
    pub me: Me,
    /// The last envelope the relay holds of this device; left out of a page without entries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<ChainEnd>,
    /// The relay's clock.
    pub now: UnixMs,
}

/// Who the caller is, so that the app never offers what would be refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The caller's record.
    pub employee: DocumentId,
    /// The roles held.
    pub roles: Vec<DocumentId>,
    /// The teams belonged to.
    pub teams: Vec<DocumentId>,
    /// The version of the caller's rights.
    pub rights: RightsVersion,
    /// What the relay understands; empty, and left out, when it is what the request named.
    #[serde(default, skip_serializing_if = "Schema::is_empty")]
    pub schema: Schema,
}

/// One piece of news. Its heads are those of the relay's read transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// A document that became visible, whole.
    Snapshot(Snapshot),
    /// Everything accepted for a document after the cursor.
    Changes(Changes),
    /// A document that is no longer visible.
    Gone(Left),
    /// A document that begins a new generation.
    Replaced(Replaced),
    /// A document that leaves the eager feed and stays in sight.
    Archived(Left),
    /// A later decision about an envelope of the caller.
    Receipt(Receipt),
    /// News about people and devices, for administrators.
    Control(Control),
}

impl Entry {
    /// The document this is about, when it is about one.
    #[must_use]
    pub const fn document(&self) -> Option<DocumentId> {
        match self {
            Self::Snapshot(entry) => Some(entry.document),
            Self::Changes(entry) => Some(entry.document),
            Self::Gone(entry) | Self::Archived(entry) => Some(entry.document),
            Self::Replaced(entry) => Some(entry.document),
            Self::Receipt(_) | Self::Control(_) => None,
        }
    }
}

/// A document, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The document.
    pub document: DocumentId,
    /// Its generation.
    pub generation: Generation,
    /// Its kind.
    pub kind: KindName,
    /// All its changes, as `save_nocompress` writes them.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
    /// Its heads.
    pub heads: Heads,
    /// The place in the log of its newest change.
    pub position: Position,
    /// When that change arrived.
    pub arrived: UnixMs,
    /// Signed headers and receipts above the verified-backup watermark.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub envelopes: Vec<Receipted<EnvelopeHeader>>,
}

/// What was accepted for a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// The document.
    pub document: DocumentId,
    /// Its generation.
    pub generation: Generation,
    /// Its kind.
    pub kind: KindName,
    /// Its heads after all of these.
    pub heads: Heads,
    /// The place in the log of the newest of these.
    pub position: Position,
    /// When that one arrived.
    pub arrived: UnixMs,
    /// The envelopes, oldest first.
    pub envelopes: Vec<Receipted<Envelope>>,
}

/// A document that left sight or the eager feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The document.
    pub document: DocumentId,
    /// The place in the log at which it left.
    pub position: Position,
    /// When.
    pub arrived: UnixMs,
}

/// A new generation of a document: its state without its history, signed by the relay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The document.
    pub document: DocumentId,
    /// The generation that begins.
    pub generation: Generation,
    /// Its kind.
    pub kind: KindName,
    /// The new beginning, as `save_nocompress` writes it, with everything accepted since.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
    /// Its heads.
    pub heads: Heads,
    /// The place in the log of its newest change.
    pub position: Position,
    /// When that change arrived.
    pub arrived: UnixMs,
    /// The relay's signature.
    pub signature: Signature,
}

signed! {
    Replaced = "halyard/1 generation";
}
