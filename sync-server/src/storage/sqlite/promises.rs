//! The promises of [`Storage`], each handed to the writer or to a reader.

use std::collections::BTreeMap;
use std::sync::Arc;

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
use rusqlite::Connection;

use super::entries::View;
use super::people::{self, People};
use super::{
    SqliteStorage, authority, chain, codes, commit, context, devices, documents, epoch, first, holdings,
    lacking, news, office, proof, review,
};
use crate::storage::{
    Brought, ChainState, Commit, Committed, DecidedEnvelope, Device, EntryPage, KeptAuthority, LogEntry,
    LogPage, Moment, NewCode, NewWorkspace, OfficeReport, OpenCode, Person, Promise, PushContext, PushQuery,
    Queued, RawDocument, Reader, SignedEnvelope, Storage, StorageError, StoredEnvelope, Tier, Waiting,
    Workspace,
};

impl SqliteStorage {
    fn read<T, F>(&self, work: F) -> Promise<'_, T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StorageError> + Send + 'static,
    {
        Box::pin(self.readers.read(work))
    }

    fn write<T, F>(&self, work: F) -> Promise<'_, T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StorageError> + Send + 'static,
    {
        Box::pin(self.writer.write(work))
    }

    /// Reads as somebody; none when the workspace is not served here.
    fn view<T, F>(&self, reader: Reader, work: F) -> Promise<'_, Option<T>>
    where
        T: Send + 'static,
        F: FnOnce(&View<'_>) -> Result<T, StorageError> + Send + 'static,
    {
        let people = Arc::clone(&self.reading);
        self.read(move |connection| {
            View::open(connection, &people, reader)?.map(|view| work(&view)).transpose()
        })
    }
}

impl Storage for SqliteStorage {
    fn still_writes(&self) -> Promise<'_, ()> {
        self.write(|_| Ok(()))
    }

    fn authority(&self) -> Promise<'_, Option<KeptAuthority>> {
        self.read(authority::kept)
    }

    fn keep_authority(&self, new: KeptAuthority) -> Promise<'_, KeptAuthority> {
        self.write(move |connection| authority::keep(connection, &new))
    }

    fn workspaces(&self) -> Promise<'_, Vec<Workspace>> {
        self.read(context::workspaces)
    }

    fn workspace(&self, workspace: WorkspaceId) -> Promise<'_, Option<Workspace>> {
        self.read(move |connection| context::workspace_of(connection, workspace))
    }

    fn create_workspace(&self, new: NewWorkspace) -> Promise<'_, bool> {
        self.write(move |connection| epoch::create_workspace(connection, &new))
    }

    fn device(&self, workspace: WorkspaceId, device: DeviceId) -> Promise<'_, Option<Device>> {
        self.read(move |connection| devices::one(connection, workspace, device))
    }

    fn devices(&self, workspace: WorkspaceId) -> Promise<'_, Vec<Device>> {
        self.read(move |connection| devices::all(connection, workspace))
    }

    fn lacking(&self, workspace: WorkspaceId) -> Promise<'_, BTreeMap<DeviceId, u64>> {
        self.read(move |connection| lacking::of_all(connection, workspace))
    }

    fn chain(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
        asked: Vec<(IncarnationId, u64)>,
    ) -> Promise<'_, ChainState> {
        self.read(move |connection| chain::state(connection, workspace, device, &asked))
    }

    fn push_context(&self, query: PushQuery) -> Promise<'_, Option<PushContext>> {
        let people = Arc::clone(&self.reading);
        self.read(move |connection| context::push_context(connection, &people, &query))
    }

    fn commit(&self, commit: Commit) -> Promise<'_, Committed> {
        let people = Arc::clone(&self.writing);
        self.write(move |connection| commit::write(connection, &people, &commit))
    }

    fn moment(&self, reader: Reader, position: Option<Position>) -> Promise<'_, Option<Moment>> {
        self.view(reader, move |view| holdings::moment(view, position))
    }

    fn news(
        &self,
        reader: Reader,
        after: Position,
        listed: RightsVersion,
        own: Option<ChainEnd>,
        most: usize,
    ) -> Promise<'_, Option<LogPage>> {
        self.view(reader, move |view| news::page(view, after, listed, own, most))
    }

    fn first_sync(
        &self,
        reader: Reader,
        tier: Tier,
        place: Option<Place>,
        begun_at: Position,
        most: usize,
    ) -> Promise<'_, Option<EntryPage<Place>>> {
        self.view(reader, move |view| first::tier(view, tier, place, begun_at, most))
    }

    fn listing(
        &self,
        reader: Reader,
        at: Position,
        rights: (RightsVersion, RightsVersion),
        place: Option<DocumentId>,
        most: usize,
    ) -> Promise<'_, Option<EntryPage<DocumentId>>> {
        self.view(reader, move |view| first::listing(view, at, rights.0, rights.1, place, most))
    }

    fn note_cursors(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
        positions: (Position, Position),
        now: UnixMs,
        clock_ahead_ms: i64,
    ) -> Promise<'_, ()> {
        self.write(move |connection| {
            devices::note_cursors(connection, workspace, device, positions, now, clock_ahead_ms)
        })
    }

    fn bring(&self, reader: Reader, documents: Vec<DocumentId>, most: usize) -> Promise<'_, Option<Brought>> {
        self.view(reader, move |view| holdings::bring(view, &documents, most))
    }

    fn holdings(&self, reader: Reader) -> Promise<'_, Option<Vec<Held>>> {
        self.view(reader, holdings::all)
    }

    fn lost_sight(&self, reader: Reader, documents: Vec<DocumentId>) -> Promise<'_, Vec<DocumentId>> {
        let lost = self.view(reader, move |view| holdings::lost_sight(view, &documents));
        Box::pin(async { Ok(lost.await?.unwrap_or_default()) })
    }

    fn with_unknown_heads(&self, workspace: WorkspaceId, held: Vec<Held>) -> Promise<'_, Vec<DocumentId>> {
        self.read(move |connection| holdings::with_unknown_heads(connection, workspace, &held))
    }

    fn undecided_of(&self, workspace: WorkspaceId, device: DeviceId) -> Promise<'_, Vec<Receipt>> {
        self.read(move |connection| review::undecided_of(connection, workspace, device))
    }

    fn controls(&self, workspace: WorkspaceId) -> Promise<'_, Vec<Control>> {
        self.read(move |connection| review::controls(connection, workspace))
    }

    fn keep_code(&self, code: NewCode) -> Promise<'_, bool> {
        self.write(move |connection| codes::keep(connection, &code))
    }

    fn code(&self, workspace: WorkspaceId, selector: String, now: UnixMs) -> Promise<'_, Option<OpenCode>> {
        self.read(move |connection| codes::find(connection, workspace, &selector, now))
    }

    fn wrong_code(&self, workspace: WorkspaceId, selector: String, made: UnixMs) -> Promise<'_, ()> {
        self.write(move |connection| codes::wrong(connection, workspace, &selector, made))
    }

    fn waiting(
        &self,
        workspace: WorkspaceId,
        after: Option<EnvelopeHash>,
        limit: u32,
    ) -> Promise<'_, Vec<Waiting>> {
        self.read(move |connection| review::waiting(connection, workspace, after, limit))
    }

    fn queue(&self, workspace: WorkspaceId) -> Promise<'_, Vec<Queued>> {
        self.read(move |connection| review::queue(connection, workspace))
    }

    fn decided(
        &self,
        workspace: WorkspaceId,
        named: EnvelopeNamed,
        most: u32,
    ) -> Promise<'_, Vec<DecidedEnvelope>> {
        self.read(move |connection| review::decided(connection, workspace, named, most))
    }

    fn envelope(
        &self,
        workspace: WorkspaceId,
        envelope: EnvelopeHash,
    ) -> Promise<'_, Option<StoredEnvelope>> {
        self.read(move |connection| chain::stored(connection, workspace, envelope))
    }

    fn behind(&self, workspace: WorkspaceId, envelope: EnvelopeHash) -> Promise<'_, Vec<EnvelopeHash>> {
        self.read(move |connection| review::behind(connection, workspace, envelope))
    }

    fn in_sight(&self, reader: Reader, asked: Vec<(DocumentId, Option<Kind>)>) -> Promise<'_, Vec<bool>> {
        let seen = self.view(reader, move |view| holdings::in_sight(view, &asked));
        Box::pin(async { Ok(seen.await?.unwrap_or_default()) })
    }

    fn person(&self, workspace: WorkspaceId, employee: DocumentId) -> Promise<'_, Person> {
        self.read(move |connection| {
            let present = People::load(connection, workspace)?;
            people::person(connection, &present, workspace, employee)
        })
    }

    fn reading(&self, workspace: WorkspaceId, document: DocumentId) -> Promise<'_, Option<Reading>> {
        self.read(move |connection| documents::reading(connection, workspace, document))
    }

    fn readings(&self, workspace: WorkspaceId, kind: Kind) -> Promise<'_, Vec<(DocumentId, Reading)>> {
        self.read(move |connection| documents::readings(connection, workspace, kind))
    }

    fn signed_envelopes(
        &self,
        workspace: WorkspaceId,
        after: Option<(DeviceId, IncarnationId, u64)>,
        limit: u32,
    ) -> Promise<'_, Vec<SignedEnvelope>> {
        self.read(move |connection| proof::signed_envelopes(connection, workspace, after, limit))
    }

    fn raw_documents(
        &self,
        workspace: WorkspaceId,
        after: Option<DocumentId>,
        limit: u32,
    ) -> Promise<'_, Vec<RawDocument>> {
        self.read(move |connection| proof::raw_documents(connection, workspace, after, limit))
    }

    fn log(&self, workspace: WorkspaceId, after: Position, limit: u32) -> Promise<'_, Vec<LogEntry>> {
        self.read(move |connection| proof::log(connection, workspace, after, limit))
    }

    fn file_damage(&self) -> Promise<'_, Vec<String>> {
        self.read(proof::file_damage)
    }

    fn office_differences(&self, workspace: WorkspaceId) -> Promise<'_, Vec<String>> {
        self.read(move |connection| office::differences(connection, workspace))
    }

    fn rebuild_office(&self, workspace: WorkspaceId) -> Promise<'_, OfficeReport> {
        self.write(move |connection| office::rebuild(connection, workspace))
    }

    fn office_report(&self, workspace: WorkspaceId) -> Promise<'_, OfficeReport> {
        self.read(move |connection| office::report(connection, workspace))
    }

    fn begin_epoch(
        &self,
        workspace: WorkspaceId,
        old: EpochId,
        new: EpochId,
        incarnation: IncarnationId,
    ) -> Promise<'_, EpochId> {
        self.write(move |connection| epoch::begin(connection, workspace, old, new, incarnation))
    }

    fn end_hand_over(&self, workspace: WorkspaceId) -> Promise<'_, bool> {
        self.write(move |connection| epoch::end_hand_over(connection, workspace))
    }

    fn unnumbered(&self, workspace: WorkspaceId, kind: Kind) -> Promise<'_, Vec<DocumentId>> {
        self.read(move |connection| documents::unnumbered(connection, workspace, kind))
    }

    fn backup_verified(
        &self,
        workspace: WorkspaceId,
        position: Position,
        running: RunningHash,
    ) -> Promise<'_, bool> {
        self.write(move |connection| epoch::backup_verified(connection, workspace, position, running))
    }
}
