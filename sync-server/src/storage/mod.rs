//! What the relay keeps, as promises.
//!
//! One method is one transaction is one promise, named by the promise. Nothing here says how: SQLite is
//! behind it in [`sqlite`], PostgreSQL will be beside it. A method that writes has answered only when
//! what it wrote is on the disk. After a failed write nothing is written any more
//! ([`StorageError::Stopped`]) until IT has looked.

mod commit;
pub mod sqlite;
mod stop;
mod types;

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use halyard_domain::id::{DeviceId, DocumentId, EpochId, IncarnationId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_protocol::chain::ChainEnd;
use halyard_protocol::control::Control;
use halyard_protocol::cursor::Place;
use halyard_protocol::hash::{EnvelopeHash, EnvelopeNamed, Position, RightsVersion, RunningHash};
use halyard_protocol::offer::Held;
use halyard_protocol::receipt::Receipt;
use halyard_protocol::time::UnixMs;

pub use self::commit::{
    Answered, Commit, Committed, Concerned, Decided, DocumentAfter, Enrolled, Expected, LinkedBy,
    NumberGiven, OwnWrite, StoredChange, Work,
};
pub use self::stop::{Stop, StopReason};
pub use self::types::{
    Brought, ChainState, DecidedEnvelope, Device, DocumentBefore, DocumentQuery, EntryPage, KeptAuthority,
    LogEntry, LogPage, Moment, NewCode, NewWorkspace, OfficeReport, OpenCode, Person, PushContext, PushQuery,
    Queued, RawDocument, Reader, Rights, SignedEnvelope, Situation, SituationThen, StoredEnvelope, Tier,
    Waiting, Workspace,
};

/// An answer that is being awaited.
pub type Promise<'a, T> = Pin<Box<dyn Future<Output = Result<T, StorageError>> + Send + 'a>>;

/// Why storage did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// A write, commit or fsync failed: nothing is written any more until IT has looked.
    #[error("writing has stopped: {0}")]
    Stopped(Stop),
    /// Another program was writing for longer than is waited for; nothing was tried.
    #[error("another program is writing into the database")]
    Busy,
    /// What is stored cannot be understood.
    #[error("stored data is damaged: {what}")]
    Damaged {
        /// What and where.
        what: String,
    },
    /// A statement failed for another reason.
    #[error("could not ask the database")]
    Query(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Storage itself is wrong.
    #[error("a fault in the storage of the relay")]
    Bug,
}

/// The relay's memory.
pub trait Storage: Send + Sync {
    /// Answers when a write would be kept now; fails for ever once a write or fsync has failed.
    fn still_writes(&self) -> Promise<'_, ()>;

    /// The relay's own certificate authority; none before one was made.
    fn authority(&self) -> Promise<'_, Option<KeptAuthority>>;

    /// Keeps a certificate authority unless there is one, and gives the one that is kept.
    fn keep_authority(&self, new: KeptAuthority) -> Promise<'_, KeptAuthority>;

    /// Every company, oldest first.
    fn workspaces(&self) -> Promise<'_, Vec<Workspace>>;

    /// One company; none when it is not served here.
    fn workspace(&self, workspace: WorkspaceId) -> Promise<'_, Option<Workspace>>;

    /// Makes a company with an empty log; false when it is there already.
    fn create_workspace(&self, new: NewWorkspace) -> Promise<'_, bool>;

    /// A device; none when it is unknown.
    fn device(&self, workspace: WorkspaceId, device: DeviceId) -> Promise<'_, Option<Device>>;

    /// Every device of a company, by its employee.
    fn devices(&self, workspace: WorkspaceId) -> Promise<'_, Vec<Device>>;

    /// For every device of a company the number of records it may see and has not confirmed having.
    fn lacking(&self, workspace: WorkspaceId) -> Promise<'_, BTreeMap<DeviceId, u64>>;

    /// A device's chain: its end, and what is held of some incarnations from a sequence on.
    fn chain(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
        asked: Vec<(IncarnationId, u64)>,
    ) -> Promise<'_, ChainState>;

    /// Everything a push is judged against, from one moment; none when the company is not served here.
    fn push_context(&self, query: PushQuery) -> Promise<'_, Option<PushContext>>;

    /// Writes everything or nothing, on the disk before it answers.
    fn commit(&self, commit: Commit) -> Promise<'_, Committed>;

    /// Who the reader is, where the log ends, and its hash at the reader's position when it has one.
    fn moment(&self, reader: Reader, position: Option<Position>) -> Promise<'_, Option<Moment>>;

    /// The log after a position, as the reader sees it, without the reader's own envelopes up to `own`.
    fn news(
        &self,
        reader: Reader,
        after: Position,
        listed: RightsVersion,
        own: Option<ChainEnd>,
        most: usize,
    ) -> Promise<'_, Option<LogPage>>;

    /// A page of a first sync that began at a position.
    fn first_sync(
        &self,
        reader: Reader,
        tier: Tier,
        place: Option<Place>,
        begun_at: Position,
        most: usize,
    ) -> Promise<'_, Option<EntryPage<Place>>>;

    /// A page of what a change of rights gave and took, for a cursor that stands at a position.
    fn listing(
        &self,
        reader: Reader,
        at: Position,
        rights: (RightsVersion, RightsVersion),
        place: Option<DocumentId>,
        most: usize,
    ) -> Promise<'_, Option<EntryPage<DocumentId>>>;

    /// Notes the positions of the cursors a device has presented and is being given, unless newer ones
    /// are noted, and by how many milliseconds its clock is ahead.
    fn note_cursors(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
        positions: (Position, Position),
        now: UnixMs,
        clock_ahead_ms: i64,
    ) -> Promise<'_, ()>;

    /// Documents by id, whole, as far as the reader sees them.
    fn bring(&self, reader: Reader, documents: Vec<DocumentId>, most: usize) -> Promise<'_, Option<Brought>>;

    /// Every document in the reader's sight with its heads.
    fn holdings(&self, reader: Reader) -> Promise<'_, Option<Vec<Held>>>;

    /// Of these, the ones the reader saw once and sees no more.
    fn lost_sight(&self, reader: Reader, documents: Vec<DocumentId>) -> Promise<'_, Vec<DocumentId>>;

    /// Of these, the ones with a head the relay does not have merged.
    fn with_unknown_heads(&self, workspace: WorkspaceId, held: Vec<Held>) -> Promise<'_, Vec<DocumentId>>;

    /// The newest receipts of a device's envelopes that wait for a decision.
    fn undecided_of(&self, workspace: WorkspaceId, device: DeviceId) -> Promise<'_, Vec<Receipt>>;

    /// Every control entry, oldest first.
    fn controls(&self, workspace: WorkspaceId) -> Promise<'_, Vec<Control>>;

    /// Keeps an invitation; false when an open one begins with the same characters.
    fn keep_code(&self, code: NewCode) -> Promise<'_, bool>;

    /// The invitation that begins so, open or used.
    fn code(&self, workspace: WorkspaceId, selector: String, now: UnixMs) -> Promise<'_, Option<OpenCode>>;

    /// Takes one try from an invitation.
    fn wrong_code(&self, workspace: WorkspaceId, selector: String, made: UnixMs) -> Promise<'_, ()>;

    /// The review queue after an envelope, oldest first.
    fn waiting(
        &self,
        workspace: WorkspaceId,
        after: Option<EnvelopeHash>,
        limit: u32,
    ) -> Promise<'_, Vec<Waiting>>;

    /// The whole review queue, oldest first, without the work itself.
    fn queue(&self, workspace: WorkspaceId) -> Promise<'_, Vec<Queued>>;

    /// Decisions about the envelopes that are named so, in the order of their hashes.
    fn decided(
        &self,
        workspace: WorkspaceId,
        named: EnvelopeNamed,
        most: u32,
    ) -> Promise<'_, Vec<DecidedEnvelope>>;

    /// One envelope with its changes, whatever became of it.
    fn envelope(&self, workspace: WorkspaceId, envelope: EnvelopeHash)
    -> Promise<'_, Option<StoredEnvelope>>;

    /// The envelopes blocked behind one, in the order they arrived.
    fn behind(&self, workspace: WorkspaceId, envelope: EnvelopeHash) -> Promise<'_, Vec<EnvelopeHash>>;

    /// Whether the reader sees these records; of one that is not here its kind decides.
    fn in_sight(&self, reader: Reader, asked: Vec<(DocumentId, Option<Kind>)>) -> Promise<'_, Vec<bool>>;

    /// Somebody's present rights and roles; nothing for somebody without an account.
    fn person(&self, workspace: WorkspaceId, employee: DocumentId) -> Promise<'_, Person>;

    /// What a record says; none when it is not here.
    fn reading(&self, workspace: WorkspaceId, document: DocumentId) -> Promise<'_, Option<Reading>>;

    /// Every record of a kind and what it says, by id.
    fn readings(&self, workspace: WorkspaceId, kind: Kind) -> Promise<'_, Vec<(DocumentId, Reading)>>;

    /// Every answered envelope with what it is checked against, chain by chain.
    fn signed_envelopes(
        &self,
        workspace: WorkspaceId,
        after: Option<(DeviceId, IncarnationId, u64)>,
        limit: u32,
    ) -> Promise<'_, Vec<SignedEnvelope>>;

    /// Documents from their truth and their caches, by id.
    fn raw_documents(
        &self,
        workspace: WorkspaceId,
        after: Option<DocumentId>,
        limit: u32,
    ) -> Promise<'_, Vec<RawDocument>>;

    /// The log after a position.
    fn log(&self, workspace: WorkspaceId, after: Position, limit: u32) -> Promise<'_, Vec<LogEntry>>;

    /// What the database finds wrong with its own file, indexes included; empty when it is whole.
    fn file_damage(&self) -> Promise<'_, Vec<String>>;

    /// Where office rows differ from rows made anew.
    fn office_differences(&self, workspace: WorkspaceId) -> Promise<'_, Vec<String>>;

    /// Empties the office tables of a company and fills them again.
    fn rebuild_office(&self, workspace: WorkspaceId) -> Promise<'_, OfficeReport>;

    /// How many records have their office rows, and which do not.
    fn office_report(&self, workspace: WorkspaceId) -> Promise<'_, OfficeReport>;

    /// Begins a new life of the log when the present one is `old`; number series jump ahead, and the
    /// relay writes on under `incarnation`.
    fn begin_epoch(
        &self,
        workspace: WorkspaceId,
        old: EpochId,
        new: EpochId,
        incarnation: IncarnationId,
    ) -> Promise<'_, EpochId>;

    /// Lets a restored relay give out again; false when it did.
    fn end_hand_over(&self, workspace: WorkspaceId) -> Promise<'_, bool>;

    /// The records of a kind that have no number, by id: about the order they were made in.
    fn unnumbered(&self, workspace: WorkspaceId, kind: Kind) -> Promise<'_, Vec<DocumentId>>;

    /// Notes that a backup which ends here was restored elsewhere and verified; false when it is of
    /// another log.
    fn backup_verified(
        &self,
        workspace: WorkspaceId,
        position: Position,
        running: RunningHash,
    ) -> Promise<'_, bool>;
}
