//! What storage is asked and what it answers, outside of commits.

use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DeviceId, DocumentId, EpochId, IncarnationId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_domain::rights::{Access, Responsible};
use halyard_protocol::actor::ActorId;
use halyard_protocol::chain::{ChainEnd, HeldChain};
use halyard_protocol::enrol::Standing;
use halyard_protocol::envelope::{Chunk, Envelope, EnvelopeHeader};
use halyard_protocol::hash::{EnvelopeHash, Generation, Position, RightsVersion, RunningHash};
use halyard_protocol::keys::PublicKey;
use halyard_protocol::pull::Entry;
use halyard_protocol::receipt::{Outcome, Receipt};
use halyard_protocol::running_hash::LogItem;
use halyard_protocol::time::UnixMs;

/// The relay's own certificate authority. The key is a secret, so it does not print.
#[derive(Clone)]
pub struct KeptAuthority {
    /// Its private key, PKCS #8.
    pub private_key: Vec<u8>,
    /// Its certificate, DER.
    pub certificate: Vec<u8>,
}

/// A company and the end of its log.
#[derive(Clone)]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// The name of the organisation.
    pub name: String,
    /// True for a company made of invented people.
    pub demo: bool,
    /// The present life of the log.
    pub epoch: EpochId,
    /// The seed of the key the relay signs with.
    pub signing_seed: [u8; 32],
    /// Authenticates cursors.
    pub cursor_key: [u8; 32],
    /// The position of the newest log entry.
    pub head: Position,
    /// The hash of the log up to it.
    pub running: RunningHash,
    /// The position of the newest change of anybody's rights.
    pub rights_version: u64,
    /// Up to here the log is in a verified backup.
    pub watermark: Position,
    /// The hash of the log when it was empty.
    pub log_start: RunningHash,
    /// True while a restored relay waits for what devices hand over, and gives nothing out.
    pub handing_over: bool,
    /// The life of the log before this one and where it ended here; none in the first.
    pub former: Option<(EpochId, Position)>,
}

/// A device as IT sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Its workspace.
    pub workspace: WorkspaceId,
    /// Its id.
    pub id: DeviceId,
    /// Whose it is.
    pub employee: DocumentId,
    /// Its public key.
    pub key: PublicKey,
    /// How far it is.
    pub standing: Standing,
    /// What the machine calls itself.
    pub name: String,
    /// When it was enrolled.
    pub enrolled: UnixMs,
    /// When it was revoked.
    pub revoked: Option<UnixMs>,
    /// When it last asked for news.
    pub seen: Option<UnixMs>,
    /// The position of the newest cursor it has presented in this epoch.
    pub cursor: Position,
    /// The position of the newest cursor it was given in this epoch.
    pub given: Position,
    /// How many milliseconds its clock was ahead of the relay's when it last asked for news; negative when it
    /// was behind, 0 for less than a minute.
    pub clock_ahead_ms: i64,
}

/// What an employee may do, at one position.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rights {
    /// Since which position these rights hold.
    pub since: RightsVersion,
    /// The union of the roles.
    pub access: Access,
    /// The team.
    pub team: Option<DocumentId>,
    /// The other members of the team.
    pub teammates: BTreeSet<DocumentId>,
    /// True when the employee was dismissed.
    pub dismissed: bool,
}

/// An employee with an account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// What the employee may do now.
    pub rights: Rights,
    /// The roles held.
    pub roles: Vec<DocumentId>,
}

/// What has to be known before envelopes are judged.
#[derive(Debug, Clone)]
pub struct PushQuery {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The device that pushes.
    pub device: DeviceId,
    /// Its employee.
    pub employee: DocumentId,
    /// Lost rights are honoured when they were lost after this.
    pub honoured_since: UnixMs,
    /// The year whose number series matter.
    pub year: i32,
    /// The documents, with the changes and actors asked about.
    pub documents: Vec<DocumentQuery>,
    /// Envelopes that are to be replaced.
    pub replaces: Vec<EnvelopeHash>,
    /// Cards a record may come under in the push.
    pub cards: BTreeSet<DocumentId>,
}

/// One document of a push.
#[derive(Debug, Clone)]
pub struct DocumentQuery {
    /// The document.
    pub document: DocumentId,
    /// Changes and dependencies.
    pub changes: BTreeSet<ChangeHash>,
    /// Actors whose last number matters.
    pub actors: BTreeSet<ActorId>,
}

/// The state envelopes are judged against, from one moment of the database.
#[derive(Clone)]
pub struct PushContext {
    /// The workspace.
    pub workspace: Workspace,
    /// What the author may do now.
    pub now: Rights,
    /// What the author might do at the newest news of the device, as far as that is honoured: at the
    /// newest cursor it has presented, and at the newest it was given.
    pub then: Vec<Rights>,
    /// The documents.
    pub documents: BTreeMap<DocumentId, Situation>,
    /// The newest number of every kind in the year asked about.
    pub series: BTreeMap<Kind, u64>,
    /// What became of envelopes that are to be replaced.
    pub replaced: BTreeMap<EnvelopeHash, Outcome>,
}

/// One document as a push finds it.
#[derive(Debug, Clone, Default)]
pub struct Situation {
    /// The document; absent when the relay does not have it.
    pub before: Option<DocumentBefore>,
    /// Of the changes asked about, those that are merged, with the position that brought them.
    pub merged: BTreeMap<ChangeHash, Position>,
    /// Of the changes asked about, those that are stored and not merged, with their envelope.
    pub held: BTreeMap<ChangeHash, EnvelopeHash>,
    /// The last number of each actor asked about.
    pub last_seq: BTreeMap<ActorId, u64>,
    /// Whether the author is among those who see it now, beside reach *all*.
    pub in_sight: bool,
    /// Whom the cards it was ever under name as responsible, and those asked about.
    pub responsible_above: BTreeMap<DocumentId, Responsible>,
    /// The same for each of the author's rights at earlier positions.
    pub then: Vec<SituationThen>,
}

/// A document at an earlier position.
#[derive(Debug, Clone, Default)]
pub struct SituationThen {
    /// Its heads; empty when it was not there.
    pub heads: Vec<ChangeHash>,
    /// Whether the author saw it.
    pub in_sight: bool,
    /// Whom the same cards named as responsible, as the device knew it: what it wrote itself since counts.
    pub responsible_above: BTreeMap<DocumentId, Responsible>,
}

/// A stored document.
#[derive(Debug, Clone)]
pub struct DocumentBefore {
    /// Its kind.
    pub kind: Kind,
    /// Its generation.
    pub generation: Generation,
    /// Counts its merges.
    pub version: u64,
    /// Its newest changes.
    pub heads: Vec<ChangeHash>,
    /// The highest operation counter.
    pub max_op: u64,
    /// The whole of it.
    pub snapshot: Vec<u8>,
    /// True when it has its number.
    pub numbered: bool,
}

/// A device's chain as the relay holds it.
#[derive(Debug, Clone, Default)]
pub struct ChainState {
    /// The last envelope of the newest incarnation.
    pub end: Option<ChainEnd>,
    /// Of the asked incarnations: the envelopes from the one before the asked sequence on, with their
    /// newest receipts.
    pub stored: BTreeMap<(IncarnationId, u64), (EnvelopeHash, Receipt)>,
}

impl HeldChain for ChainState {
    fn last(&self) -> Option<ChainEnd> {
        self.end
    }

    fn at(&self, incarnation: IncarnationId, sequence: u64) -> Option<EnvelopeHash> {
        self.stored.get(&(incarnation, sequence)).map(|(hash, _)| *hash)
    }
}

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The device.
    pub device: DeviceId,
    /// The employee.
    pub employee: DocumentId,
}

/// What every reading call tells beside its entries, from one moment of the database.
#[derive(Clone)]
pub struct Moment {
    /// The workspace and the end of its log.
    pub workspace: Workspace,
    /// The caller.
    pub person: Person,
    /// The last envelope held of the caller's device.
    pub chain: Option<ChainEnd>,
    /// The newest cursor position the device has presented.
    pub presented: Position,
    /// The newest cursor position the device was given.
    pub given: Position,
    /// When that was noted last.
    pub seen: Option<UnixMs>,
    /// How far the device's clock was ahead then, in milliseconds.
    pub clock_ahead_ms: i64,
    /// The hash of the log at the position asked about; none past its end.
    pub running: Option<RunningHash>,
}

/// Entries of a part that is walked place by place.
#[derive(Debug, Clone)]
pub struct EntryPage<P> {
    /// The entries.
    pub entries: Vec<Entry>,
    /// Where to go on; absent when this part is complete.
    pub next: Option<P>,
}

/// Entries of the log.
#[derive(Debug, Clone)]
pub struct LogPage {
    /// The entries.
    pub entries: Vec<Entry>,
    /// Everything up to here is among them or before them.
    pub position: Position,
    /// The hash of the log up to there.
    pub running: RunningHash,
    /// True when that is the end of the log.
    pub complete: bool,
}

/// Documents somebody asked for by id.
#[derive(Clone)]
pub struct Brought {
    /// The documents.
    pub entries: Vec<Entry>,
    /// Not here or not in sight.
    pub unknown: Vec<DocumentId>,
    /// Left out because the answer was full.
    pub rest: Vec<DocumentId>,
}

/// A part of a first sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Directories and people.
    Directories,
    /// The caller's open work by planned date, each with what it names; for whoever sees whole kinds, all
    /// open work of these.
    OpenWork,
    /// Everything else, newest first.
    Rest,
}

/// An envelope waiting for a decision.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The envelope.
    pub envelope: Envelope,
    /// Its newest receipt.
    pub receipt: Receipt,
    /// The envelopes blocked behind it, in the order they arrived.
    pub blocked: Vec<EnvelopeHash>,
}

/// What is told of an envelope in the review queue without opening its work.
#[derive(Debug, Clone)]
pub struct Queued {
    /// The envelope.
    pub hash: EnvelopeHash,
    /// What was signed.
    pub header: EnvelopeHeader,
    /// Its newest receipt.
    pub receipt: Receipt,
    /// How many envelopes are blocked behind it.
    pub blocked: u64,
}

/// What is told of an envelope somebody decided about.
#[derive(Debug, Clone)]
pub struct DecidedEnvelope {
    /// What was signed.
    pub header: EnvelopeHeader,
    /// The receipt of the decision.
    pub receipt: Receipt,
}

/// A stored envelope, merged or not.
#[derive(Debug, Clone)]
pub struct StoredEnvelope {
    /// The envelope with its changes.
    pub envelope: Envelope,
    /// Its newest receipt.
    pub receipt: Receipt,
    /// True while it waits for a decision.
    pub undecided: bool,
    /// The envelope that made its changes anew.
    pub replaced_by: Option<EnvelopeHash>,
}

/// An answered envelope and what it is checked against.
#[derive(Debug, Clone)]
pub struct SignedEnvelope {
    /// Its identity as noted.
    pub hash: EnvelopeHash,
    /// What was signed.
    pub header: EnvelopeHeader,
    /// Its newest receipt.
    pub receipt: Receipt,
    /// Its place in the log as noted.
    pub position: Option<Position>,
    /// What the log has at that place.
    pub stands_there: Option<LogItem>,
    /// True when a device handed it over: those before it in its chain may be lost.
    pub handed_over: bool,
}

/// A document from its truth and from its caches, for proving that they agree.
#[derive(Debug, Clone)]
pub struct RawDocument {
    /// The document.
    pub document: DocumentId,
    /// Its kind.
    pub kind: Kind,
    /// Its heads as noted.
    pub heads: Vec<ChangeHash>,
    /// Its highest operation counter as noted.
    pub max_op: u64,
    /// Every raw change with its noted hash, in the order of merging.
    pub changes: Vec<(ChangeHash, Chunk)>,
    /// The kept snapshot.
    pub snapshot: Vec<u8>,
    /// The kept content; none when it cannot be read.
    pub reading: Option<Reading>,
}

/// One row of the log.
#[derive(Debug, Clone)]
pub struct LogEntry {
    /// Its place.
    pub position: Position,
    /// What stands there.
    pub item: LogItem,
    /// The hash of the log up to it, as noted.
    pub running: RunningHash,
}

/// A company to be.
#[derive(Clone)]
pub struct NewWorkspace {
    /// Its id.
    pub id: WorkspaceId,
    /// The name of the organisation.
    pub name: String,
    /// True for a company made of invented people.
    pub demo: bool,
    /// The first life of its log.
    pub epoch: EpochId,
    /// The incarnation the relay writes under.
    pub incarnation: IncarnationId,
    /// The seed of the key the relay signs with.
    pub signing_seed: [u8; 32],
    /// Authenticates cursors.
    pub cursor_key: [u8; 32],
    /// When.
    pub now: UnixMs,
}

/// An invitation to be kept.
#[derive(Clone)]
pub struct NewCode {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Its first two characters.
    pub selector: String,
    /// What the rest was hashed with.
    pub salt: [u8; 16],
    /// The hash of the whole code.
    pub hash: [u8; 32],
    /// For whom.
    pub employee: DocumentId,
    /// When it was made.
    pub made: UnixMs,
    /// When it ends.
    pub expires: UnixMs,
    /// How many wrong codes end it.
    pub tries: u32,
}

/// A stored invitation that may be the one meant.
#[derive(Clone)]
pub struct OpenCode {
    /// What it was hashed with.
    pub salt: [u8; 16],
    /// The hash of the whole code.
    pub hash: [u8; 32],
    /// For whom.
    pub employee: DocumentId,
    /// When it was made.
    pub made: UnixMs,
    /// The device that used it.
    pub used_by: Option<DeviceId>,
    /// True when its time is over.
    pub is_over: bool,
}

/// What the office tables are like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfficeReport {
    /// Records whose rows are written.
    pub records: u64,
    /// Records whose rows could not be written, and why.
    pub failures: Vec<(DocumentId, String)>,
}
