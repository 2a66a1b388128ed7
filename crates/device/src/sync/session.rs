//! One session: push, rebuild, pull, until nothing is left.

use std::collections::BTreeSet;
use std::sync::Arc;

use halyard_domain::id::DocumentId;
use halyard_protocol::chain::{ChainEnd, Continuation, OwnChain, continuation};
use halyard_protocol::fetch::{FetchAnswer, FetchRequest};
use halyard_protocol::hash::EnvelopeHash;
use halyard_protocol::keys::PublicKey;
use halyard_protocol::limits::FETCH_DOCUMENTS;
use halyard_protocol::problem::ErrorCode;
use halyard_protocol::pull::{PullAnswer, PullRequest};
use halyard_protocol::push::PushAnswer;
use halyard_protocol::receipt::Receipt;
use halyard_protocol::signed::Signed;
use halyard_protocol::time::UnixMs;
use halyard_store::SyncStateChange;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::device::Device;
use crate::error::DeviceError;
use crate::sync::client::{CallError, Client};
use crate::sync::incoming::{Source, Taken};
use crate::sync::outgoing::Answered;
use crate::sync::refused::Fetched;
use crate::sync::{SyncError, offset_after};

/// A day without an offer is long enough.
const OFFER_EVERY_MS: i64 = 24 * 60 * 60 * 1000;
/// How often a session goes round before it leaves the rest to the next one.
const ROUNDS: usize = 8;

/// What a session did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SyncReport {
    /// Envelopes the office took.
    pub accepted: usize,
    /// Records whose work was refused, in whole or in part.
    pub refused: usize,
    /// Records that changed here.
    pub received: usize,
    /// Requests made.
    pub requests: usize,
}

/// A session under way.
pub(super) struct Session {
    device: Arc<Device>,
    client: Client,
    report: SyncReport,
    /// Records to be taken from the relay whole.
    fetch: BTreeSet<DocumentId>,
    /// Records to be taken from the relay whole and filled again with our own work.
    rebuild: BTreeSet<DocumentId>,
    deferred: bool,
}

impl Device {
    /// Syncs until there is nothing left to send or to take.
    ///
    /// # Errors
    /// When the relay cannot be reached or says no, or when the device fails. Everything done until then
    /// is kept; the next session goes on.
    pub async fn sync(self: &Arc<Self>) -> Result<SyncReport, SyncError> {
        let identity = self.identity().ok_or(DeviceError::NotEnrolled)?;
        let key = self.with_profile(|profile| profile.key.clone())?;
        let client = Client::new(&identity.relay_url, key, identity.device, Some(identity.workspace))?;
        let mut session = Session {
            device: Arc::clone(self),
            client,
            report: SyncReport::default(),
            fetch: BTreeSet::new(),
            rebuild: BTreeSet::new(),
            deferred: false,
        };
        session.run().await?;
        Ok(session.report)
    }

    /// Checks that a receipt is our relay's.
    pub(crate) fn verify_receipt(&self, receipt: &Receipt) -> Result<(), SyncError> {
        let relay = PublicKey(self.with_profile(|profile| profile.identity.relay_key)?);
        receipt.verify(&relay).map_err(|_| SyncError::ForgedReceipt)
    }

    fn relay_now(&self) -> Result<UnixMs, DeviceError> {
        let offset = self.store.sync_state()?.clock_offset_ms;
        Ok(UnixMs(self.surroundings.now_ms().saturating_add(offset)))
    }
}

impl Session {
    async fn run(&mut self) -> Result<(), SyncError> {
        self.rebuild = self.background(|device| device.unrebuilt()).await?;
        for _ in 0..ROUNDS {
            self.push().await?;
            self.fetch_wanted().await?;
            self.pull().await?;
            let unsent =
                !self.deferred && self.background(|device| Ok(device.store.unsent(1)?.len())).await? > 0;
            if !unsent && self.fetch.is_empty() && self.rebuild.is_empty() {
                break;
            }
        }
        let last_offer = self.background(|device| Ok(device.store.sync_state()?.last_offer_ms)).await?;
        let now = self.device.surroundings.now_ms();
        if last_offer.is_none_or(|last| now.saturating_sub(last).saturating_abs() > OFFER_EVERY_MS) {
            self.offer(false).await?;
        }
        Ok(())
    }

    async fn push(&mut self) -> Result<(), SyncError> {
        self.background(|device| device.seal_unsent()).await?;
        loop {
            let request = self.background(|device| device.next_push()).await?;
            if request.envelopes.is_empty() {
                return Ok(());
            }
            let answer: PushAnswer = match self.call("/v1/sync/push", &request).await {
                Err(SyncError::Call(CallError::Problem(problem)))
                    if problem.code == ErrorCode::ChainBroken =>
                {
                    if !self.go_on_after(problem.chain).await? {
                        return Err(SyncError::Call(CallError::Problem(problem)));
                    }
                    continue;
                }
                other => other?,
            };
            let chain = answer.chain;
            let looked_at = answer.receipts.len();
            let answered = self.background(move |device| device.take_receipts(&answer.receipts)).await?;
            self.note(answered);
            if looked_at == 0 && !self.go_on_after(chain).await? {
                return Ok(());
            }
        }
    }

    fn note(&mut self, answered: Answered) {
        self.report.accepted += answered.accepted;
        self.report.refused += answered.refused.len();
        self.deferred |= answered.deferred;
        self.rebuild.extend(answered.refused);
    }

    /// Compares chains after the relay did not take the next envelope. True when there is something else
    /// to send now.
    async fn go_on_after(&mut self, relay: Option<ChainEnd>) -> Result<bool, SyncError> {
        self.background(move |device| {
            let identity = device.identity().ok_or(DeviceError::NotEnrolled)?;
            let own_end = device.store.chain_end(identity.incarnation)?;
            let first_unanswered = device.store.unanswered(1)?.first().map(|envelope| envelope.sequence);
            let last = own_end.map_or(0, |(sequence, _)| sequence);
            let own = OwnChain {
                incarnation: identity.incarnation,
                last,
                held_from: first_unanswered.unwrap_or(last + 1),
            };
            let held = |incarnation, sequence| {
                device.store.own_envelope_at(incarnation, sequence).ok().flatten().map(EnvelopeHash)
            };
            match continuation(relay, &own, held) {
                Continuation::NewIncarnation => {
                    device.begin_incarnation()?;
                    device.seal_unsent()?;
                    Ok(true)
                }
                Continuation::From(from) => Ok(from <= last && first_unanswered == Some(from)),
            }
        })
        .await
    }

    async fn pull(&mut self) -> Result<(), SyncError> {
        loop {
            let cursor = self.background(|device| Ok(device.store.sync_state()?.cursor)).await?;
            let request =
                PullRequest { cursor: cursor.map(halyard_protocol::cursor::SealedCursor), max_bytes: None };
            let answer: PullAnswer = match self.call("/v1/sync/pull", &request).await {
                Err(SyncError::Call(CallError::Problem(problem)))
                    if matches!(problem.code, ErrorCode::NewEpoch | ErrorCode::CursorNotValid) =>
                {
                    self.offer(true).await?;
                    continue;
                }
                other => other?,
            };
            let complete = answer.complete;
            let taken = self.background(move |device| device.take_page(&answer)).await?;
            self.take(taken);
            self.fetch_wanted().await?;
            if complete {
                return Ok(());
            }
        }
    }

    fn take(&mut self, taken: Taken) {
        self.report.received += taken.documents;
        self.fetch.extend(taken.fetch);
        self.rebuild.extend(taken.rebuild);
    }

    /// Takes records from the relay whole: those that lack something, and those to be rebuilt.
    async fn fetch_wanted(&mut self) -> Result<(), SyncError> {
        let mut wanted: Vec<DocumentId> =
            std::mem::take(&mut self.fetch).into_iter().chain(self.rebuild.iter().copied()).collect();
        while !wanted.is_empty() {
            let rest = wanted.split_off(wanted.len().min(FETCH_DOCUMENTS));
            let request = FetchRequest { documents: wanted, max_bytes: None };
            let answer: FetchAnswer = self.call("/v1/sync/fetch", &request).await?;
            // What is unknown or out of sight stays as it is here: a refused new record is still the
            // author's to see, and one that left sight is purged by the pull.
            self.rebuild.retain(|document| !answer.unknown.contains(document));
            let none_found = answer.entries.is_empty();
            wanted = answer.rest.clone();
            let rebuild = self.rebuild.clone();
            let (taken, rebuilt) =
                self.background(move |device| device.take_fetched(&answer, &rebuild)).await?;
            self.rebuild.retain(|document| !rebuilt.contains(document));
            self.report.received += taken.documents;
            if none_found {
                wanted.clear();
            }
            wanted.extend(rest);
        }
        Ok(())
    }

    pub(super) async fn call<Q: Serialize, A: DeserializeOwned>(
        &mut self,
        path: &str,
        request: &Q,
    ) -> Result<A, SyncError> {
        self.report.requests += 1;
        let now = self.device.relay_now()?;
        match self.client.post(path, request, now).await {
            Err(CallError::Problem(problem)) => {
                let here = self.device.surroundings.now_ms();
                match (offset_after(&problem, here), &problem.code) {
                    (Some(offset), _) => {
                        let change =
                            SyncStateChange { clock_offset_ms: Some(offset), ..SyncStateChange::default() };
                        self.background(move |device| Ok(device.store.change_sync_state(change)?)).await?;
                        self.report.requests += 1;
                        Ok(self.client.post(path, request, UnixMs(here.saturating_add(offset))).await?)
                    }
                    (None, ErrorCode::WorkspaceUnknown) => {
                        let ours = self.device.identity().ok_or(DeviceError::NotEnrolled)?.workspace;
                        Err(SyncError::OtherOrganisation(ours))
                    }
                    (None, _) => Err(CallError::Problem(problem).into()),
                }
            }
            other => Ok(other?),
        }
    }

    /// Database and document work happens off the network's threads.
    pub(super) async fn background<T, F>(&self, work: F) -> Result<T, SyncError>
    where
        T: Send + 'static,
        F: FnOnce(&Device) -> Result<T, SyncError> + Send + 'static,
    {
        let device = Arc::clone(&self.device);
        tokio::task::spawn_blocking(move || work(&device)).await.map_err(|_| SyncError::Interrupted)?
    }

    async fn offer(&mut self, new_epoch: bool) -> Result<(), SyncError> {
        super::offer::offer(self, new_epoch).await
    }

    pub(super) fn want(&mut self, documents: impl IntoIterator<Item = DocumentId>) {
        self.fetch.extend(documents);
    }
}

impl Device {
    /// Records that still hold work the relay refused: a session ended before they were rebuilt.
    fn unrebuilt(&self) -> Result<BTreeSet<DocumentId>, SyncError> {
        let mut found = BTreeSet::new();
        for envelope in self.store.answered(&["quarantined", "blocked", "stale", "malformed"])? {
            if found.contains(&envelope.document) {
                continue;
            }
            let changes = self.store.changes_in(envelope.hash)?;
            let Some((_, opened)) = self.opened(envelope.document)? else { continue };
            if changes.iter().any(|numbered| opened.has(numbered.change.hash)) {
                found.insert(envelope.document);
            }
        }
        Ok(found)
    }

    /// Takes in fetched records; those in `rebuild` are put in place of ours.
    fn take_fetched(
        &self,
        answer: &FetchAnswer,
        rebuild: &BTreeSet<DocumentId>,
    ) -> Result<(Taken, Vec<DocumentId>), SyncError> {
        let mut rebuilt = Vec::new();
        let mut plain = Vec::new();
        for entry in &answer.entries {
            match Fetched::of(entry).filter(|fetched| rebuild.contains(&fetched.document)) {
                Some(fetched) => {
                    self.rebuild(&fetched)?;
                    rebuilt.push(fetched.document);
                }
                None => plain.push(entry.clone()),
            }
        }
        let source = Source { entries: &plain, state: SyncStateChange::default() };
        let taken = self.take_entries(&source)?;
        Ok((taken, rebuilt))
    }
}
