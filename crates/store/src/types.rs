//! What goes into the store and what comes out.
//!
//! Documents, envelopes and receipts are bytes here: the store keeps what others can read. Hashes of
//! envelopes are 32 bytes.

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DeviceId, DocumentId, IncarnationId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_tables::rows::RecordRows;

use crate::blobs::NewBlob;

/// The identity of an envelope, as the protocol computes it.
pub type EnvelopeKey = [u8; 32];

/// Who this device is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The workspace it is bound to.
    pub workspace: WorkspaceId,
    /// The organisation's name, to be shown.
    pub organisation: String,
    /// Where the relay is.
    pub relay_url: String,
    /// By which key it is recognised on the wire; absent where the system's authorities decide.
    pub relay_pin: Option<[u8; 20]>,
    /// The key the relay signs with.
    pub relay_key: [u8; 32],
    /// The device.
    pub device: DeviceId,
    /// Its Ed25519 secret.
    pub device_key: SecretKey,
    /// Whose device it is.
    pub employee: DocumentId,
    /// This life of the database.
    pub incarnation: IncarnationId,
}

/// A secret that does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey(pub [u8; 32]);

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

/// A document's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDocument {
    /// Its kind.
    pub kind: Kind,
    /// Its generation.
    pub generation: u32,
    /// The snapshot; empty until the first fold.
    pub base: Vec<u8>,
    /// The raw changes after the snapshot, in the order they came.
    pub tail: Vec<Vec<u8>>,
    /// Its heads, sorted.
    pub heads: Vec<ChangeHash>,
    /// The relay's position of its newest accepted change known here; 0 before the first.
    pub position: u64,
    /// Why it is not opened any more, when it is set aside.
    pub set_aside: Option<String>,
}

/// A document as an offer names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The document.
    pub document: DocumentId,
    /// Its heads, sorted.
    pub heads: Vec<ChangeHash>,
    /// True when some of its content was made here and is not accepted by the relay.
    pub unaccepted: bool,
}

/// Documents and rows a transaction writes, whatever made them.
#[derive(Debug, Clone)]
pub struct DocumentCommit {
    /// The document.
    pub document: DocumentId,
    /// Its kind.
    pub kind: Kind,
    /// Its generation.
    pub generation: u32,
    /// The heads it must still have, or the whole transaction is refused as stale; `None` for a
    /// document that must not be there yet.
    pub expected_heads: Option<Vec<ChangeHash>>,
    /// A new snapshot that takes the place of the old one and of the whole tail; `None` keeps both.
    pub base: Option<Vec<u8>>,
    /// Raw changes to add to the tail.
    pub changes: Vec<(ChangeHash, Vec<u8>)>,
    /// The heads after this.
    pub heads: Vec<ChangeHash>,
    /// The relay's position it is now known at; `None` keeps it.
    pub position: Option<u64>,
    /// The record's derived rows; `None` when it could not be read, which never blocks sync.
    pub rows: Option<RecordRows>,
}

/// A change made here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnChange {
    /// The document.
    pub document: DocumentId,
    /// Its kind.
    pub kind: Kind,
    /// The generation it was made on.
    pub generation: u32,
    /// Its identity.
    pub hash: ChangeHash,
    /// The raw change.
    pub chunk: Vec<u8>,
    /// Ownership groups joined by a comma, or `birth`: an envelope ends where this changes.
    pub owners: String,
    /// What was meant: JSON of the intents.
    pub intents: String,
    /// What stood there before: JSON.
    pub before: String,
    /// When, by this device's clock, Unix milliseconds.
    pub made_ms: i64,
}

/// An own change with its place in the order they were made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberedChange {
    /// The place.
    pub number: i64,
    /// The envelope that carries it; absent while unsent.
    pub envelope: Option<EnvelopeKey>,
    /// The change.
    pub change: OwnChange,
}

/// An edit of one document: its new content and the changes that made it.
#[derive(Debug, Clone)]
pub struct EditCommit {
    /// The new content.
    pub document: DocumentCommit,
    /// The changes, oldest first.
    pub own: Vec<OwnChange>,
    /// The form it came from: its draft is forgotten in the same transaction.
    pub form: Option<String>,
    /// A file it names: kept with it, or not at all.
    pub file: Option<NewBlob>,
}

/// An envelope signed here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnEnvelope {
    /// Its identity.
    pub hash: EnvelopeKey,
    /// The document.
    pub document: DocumentId,
    /// The life of the database it was signed in.
    pub incarnation: IncarnationId,
    /// Its place in the chain.
    pub sequence: u64,
    /// As signed, with its chunks.
    pub bytes: Vec<u8>,
    /// The newest answer of the relay.
    pub answer: Option<Answer>,
    /// Whether a person has put its refusal away.
    pub acknowledged: bool,
}

/// A newly signed envelope with what it does to the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedEnvelope {
    /// The envelope.
    pub envelope: OwnEnvelope,
    /// The numbers of the changes it carries.
    pub changes: Vec<i64>,
    /// The envelopes it says it replaces.
    pub replaces: Vec<EnvelopeKey>,
}

/// The relay's newest answer to an own envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The outcome, as the protocol names it.
    pub outcome: String,
    /// The signed receipt.
    pub receipt: Vec<u8>,
    /// Its place in the log, when it has one.
    pub position: Option<u64>,
}

/// Somebody else's envelope, kept for healing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherEnvelope {
    /// Its identity.
    pub hash: EnvelopeKey,
    /// The document.
    pub document: DocumentId,
    /// Its place in the log.
    pub position: u64,
    /// The header, or the envelope, with its stamp.
    pub bytes: Vec<u8>,
    /// True when `bytes` holds the chunks too.
    pub whole: bool,
}

/// Everything one page of news writes, together with the cursor after it.
#[derive(Debug, Clone, Default)]
pub struct PageCommit {
    /// Documents with their new content. One that is also in `gone` is removed before: this is what came
    /// back, and it must be new.
    pub documents: Vec<DocumentCommit>,
    /// Documents that left sight: content and rows go, own envelopes stay.
    pub gone: Vec<DocumentId>,
    /// Documents that left the eager feed.
    pub archived: Vec<DocumentId>,
    /// Other people's envelopes.
    pub envelopes: Vec<OtherEnvelope>,
    /// Answers to own envelopes.
    pub answers: Vec<(EnvelopeKey, Answer)>,
    /// What the relay said about people and devices: hash and signed bytes.
    pub controls: Vec<(EnvelopeKey, Vec<u8>)>,
    /// The relay's clock when it answered: what is kept for a time is kept by it.
    pub relay_now_ms: Option<i64>,
    /// What the device now knows of its relay.
    pub state: SyncStateChange,
}

/// Where the device stands with its relay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SyncState {
    /// The cursor to present next; absent before the first sync.
    pub cursor: Option<Vec<u8>>,
    /// The epoch of the relay's log.
    pub epoch: Option<Vec<u8>>,
    /// Who the relay says we are: CBOR.
    pub me: Option<Vec<u8>>,
    /// What to add to this device's clock to get the relay's.
    pub clock_offset_ms: i64,
    /// When everything was in step last, by the relay's clock.
    pub last_full_sync_ms: Option<i64>,
    /// When the last offer was made.
    pub last_offer_ms: Option<i64>,
    /// Up to here the log is in a verified backup.
    pub watermark: u64,
    /// When the records were taken off this device because the office removed it, by the relay's clock.
    pub wiped_ms: Option<i64>,
}

/// What to change of it; absent parts stay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SyncStateChange {
    /// A new cursor.
    pub cursor: Option<Vec<u8>>,
    /// A new epoch.
    pub epoch: Option<Vec<u8>>,
    /// New rights.
    pub me: Option<Vec<u8>>,
    /// A new clock offset.
    pub clock_offset_ms: Option<i64>,
    /// In step now.
    pub last_full_sync_ms: Option<i64>,
    /// Offered now.
    pub last_offer_ms: Option<i64>,
    /// A new watermark.
    pub watermark: Option<u64>,
    /// Wiped now.
    pub wiped_ms: Option<i64>,
}
