//! The driver's hands: carries out what the protocol's state machine asks for.
//!
//! Which request comes when, what a failure leads to and how long to wait is decided in
//! `halyard_protocol::driver`, without I/O. Here is the I/O: bodies from the store, requests, answers
//! into the store. A session may be cut at any byte; the next one goes on.

use std::collections::BTreeSet;
use std::sync::Arc;

use halyard_domain::id::{DocumentId, EpochId};
use halyard_protocol::driver::{
    Context, Driver, Failure, Identity as DriverIdentity, Input, Jitter, Output, Pending, Remembered,
    Request, Settings, State, Status,
};
use halyard_protocol::enrol::Standing;
use halyard_protocol::keys::PublicKey;
use halyard_protocol::pin::Pin;
use halyard_protocol::time::UnixMs;
use halyard_store::{PageCommit, SyncStateChange};
use serde::Serialize;
use tokio::sync::watch;

use crate::device::Device;
use crate::error::DeviceError;
use crate::sync::SyncError;
use crate::sync::client::{CallError, Client};
use crate::sync::handover::HandOver;

/// How long what the relay deferred is not sent again by itself.
const DEFERRED_MS: i64 = 10 * 60_000;

/// What a session did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SyncReport {
    /// Changes made here that the office took.
    pub accepted: usize,
    /// Records whose work was refused, in whole or in part.
    pub refused: usize,
    /// Records that changed here.
    pub received: usize,
    /// Requests made.
    pub requests: usize,
}

/// A driver with its device and its connection.
pub(crate) struct Session {
    pub(super) device: Arc<Device>,
    pub(super) client: Client,
    driver: Driver,
    pub(super) report: SyncReport,
    /// Records to be taken from the relay whole.
    pub(super) fetch: BTreeSet<DocumentId>,
    /// Records to be taken from the relay whole and filled again with our own work.
    pub(super) rebuild: BTreeSet<DocumentId>,
    /// Records set aside in this session because they are not what the relay says.
    pub(super) aside: BTreeSet<DocumentId>,
    /// Something was pushed that no pull has passed yet: it need not come back.
    pub(super) pushed: bool,
    /// Some work waits for what the relay lacks; it is not sent again in this round.
    pub(super) deferred: bool,
    /// When the relay said so last, by this device's clock.
    pub(super) deferred_at: Option<UnixMs>,
    /// Rescued work waits for the end of the first sync.
    pub(super) waits_for_records: bool,
    /// What a new life of the log is still to be handed.
    pub(super) hand_over: HandOver,
    /// The cursor the last offer brought.
    pub(super) offered: Option<(Vec<u8>, EpochId)>,
    failed: Option<SyncError>,
    /// Hears what goes on while it goes on: a first sync takes minutes until the session rests.
    shown: watch::Sender<Option<Status>>,
    /// Whether this session was not in step yet: the first sync may be the one that ends here.
    unsorted: bool,
}

/// What remains to be done after a round of requests.
pub(super) struct Rested {
    /// When to wake, by this device's clock.
    pub(super) wake_at: Option<UnixMs>,
    /// Whether the live socket is to be opened.
    pub(super) open_live: bool,
    /// What to show.
    pub(super) status: Option<Status>,
}

impl Device {
    /// Syncs until there is nothing left to send or to take.
    ///
    /// # Errors
    /// When the relay cannot be reached or says no, or when the device fails. Everything done until then
    /// is kept; the next session goes on.
    pub async fn sync(self: &Arc<Self>) -> Result<SyncReport, SyncError> {
        let mut session = Session::open(self).await?;
        let rested = session.handle(Input::Asked).await?;
        if session.driver.is_purged() {
            return Err(self.revoked().await?);
        }
        match (rested.status.map(|status| status.state), session.failed.take()) {
            (Some(State::AwaitingConfirmation), _) => Err(SyncError::NotConfirmed),
            (Some(State::Waiting { .. }), Some(error)) => Err(error),
            (Some(State::Waiting { .. }), None) => Err(SyncError::NoProgress),
            _ => Ok(session.report),
        }
    }
}

impl Session {
    /// A session that nobody watches while it goes on.
    pub(super) async fn open(device: &Arc<Device>) -> Result<Self, SyncError> {
        Self::shown_by(device, watch::Sender::new(None)).await
    }

    /// A session whose steps are shown while it goes on.
    pub(super) async fn shown_by(
        device: &Arc<Device>,
        shown: watch::Sender<Option<Status>>,
    ) -> Result<Self, SyncError> {
        let identity = device.identity().ok_or(DeviceError::NotEnrolled)?;
        let key = device.with_profile(|profile| profile.key.clone())?;
        let pin = identity.relay_pin.map(Pin);
        let client = Client::new(&identity.relay_url, pin, key, identity.device, Some(identity.workspace))?;
        let who = DriverIdentity {
            workspace: identity.workspace,
            device: identity.device,
            relay: PublicKey(identity.relay_key),
        };
        let (state, rebuild) =
            background(device, |device| Ok((device.store.sync_state()?, device.unrebuilt()?))).await?;
        let remembered = Remembered {
            standing: Standing::Active,
            epoch: state.epoch.as_deref().and_then(|bytes| EpochId::from_slice(bytes).ok()),
            clock_offset_ms: state.clock_offset_ms,
            last_full: state.last_full_sync_ms.map(UnixMs),
            last_offer: state.last_offer_ms.map(UnixMs),
        };
        Ok(Self {
            device: Arc::clone(device),
            client,
            driver: Driver::new(who, Settings::default(), &remembered),
            report: SyncReport::default(),
            fetch: BTreeSet::new(),
            rebuild,
            aside: BTreeSet::new(),
            pushed: false,
            deferred: false,
            deferred_at: None,
            waits_for_records: false,
            hand_over: HandOver::default(),
            offered: None,
            failed: None,
            shown,
            unsorted: true,
        })
    }

    /// Tells the driver what happened and does what it asks for, until it wants to rest.
    pub(super) async fn handle(&mut self, input: Input) -> Result<Rested, SyncError> {
        let mut rested = Rested { wake_at: None, open_live: false, status: None };
        self.deferred &= is_to_wait(&input, self.deferred_at, UnixMs(self.device.surroundings.now_ms()));
        let mut next = Some(input);
        while let Some(input) = next.take() {
            let context = self.context().await?;
            for output in self.driver.handle(input, &context) {
                match output {
                    Output::Send(request) => next = Some(self.send(request).await?),
                    Output::SleepUntil(at) => rested.wake_at = Some(at),
                    Output::OpenLive => rested.open_live = true,
                    Output::Show(status) => {
                        if let State::Working(_) = status.state {
                            self.shown.send_replace(Some(status.clone()));
                        }
                        rested.status = Some(status);
                    }
                    Output::Purge => {
                        let now = self.relay_now();
                        self.background(move |device| device.purge(now)).await?;
                    }
                    Output::BeginIncarnation => self.background(|device| device.begin_incarnation()).await?,
                    Output::RememberClockOffset(offset) => {
                        self.remember(SyncStateChange {
                            clock_offset_ms: Some(offset),
                            ..SyncStateChange::default()
                        })
                        .await?;
                    }
                    Output::OfferDone => {
                        let now = self.device.surroundings.now_ms();
                        self.remember(SyncStateChange {
                            last_offer_ms: Some(now),
                            ..SyncStateChange::default()
                        })
                        .await?;
                    }
                    Output::AdoptCursor => self.adopt_cursor().await?,
                }
            }
        }
        if self.unsorted && rested.status.as_ref().is_some_and(|status| status.state == State::Idle) {
            self.unsorted = false;
            self.background(|device| {
                device.make_sort_indexes();
                Ok(())
            })
            .await?;
        }
        Ok(rested)
    }

    async fn context(&self) -> Result<Context, SyncError> {
        let unsent = self.background(|device| Ok(device.store.unsent_count()? > 0)).await?;
        let mut random = [0; 2];
        self.device.surroundings.fill_random(&mut random);
        Ok(Context {
            now: UnixMs(self.device.surroundings.now_ms()),
            jitter: Jitter::from_random(u16::from_be_bytes(random)),
            pending: Pending {
                unsent: unsent && !self.deferred,
                deferred: unsent && self.deferred,
                handover: !self.hand_over.is_done(),
                fetch: !self.fetch.is_empty() || !self.rebuild.is_empty(),
                blobs: false,
            },
        })
    }

    /// Whether the office removed this device and nothing made on it waits for another try.
    pub(super) const fn is_over(&self) -> bool {
        self.driver.is_over()
    }

    /// Sends a request and stores its answer. What the device itself cannot do ends the session; what
    /// the network or the relay cannot is the driver's to judge.
    async fn send(&mut self, request: Request) -> Result<Input, SyncError> {
        self.report.requests += 1;
        match self.carry_out(request).await {
            Ok(done) => {
                self.failed = None;
                Ok(Input::Done(done))
            }
            Err(SyncError::Call(error)) => {
                let failure = failure_of(&error);
                self.failed = Some(SyncError::Call(error));
                Ok(Input::Failed(failure))
            }
            Err(error @ SyncError::Forged) => {
                self.failed = Some(error);
                Ok(Input::Failed(Failure::Forged))
            }
            Err(error) if error.wants_room() => {
                self.failed = Some(error);
                Ok(Input::Failed(Failure::DeviceFull))
            }
            Err(other) => Err(other),
        }
    }

    async fn adopt_cursor(&mut self) -> Result<(), SyncError> {
        let Some((cursor, epoch)) = self.offered.take() else { return Ok(()) };
        let epoch = Some(epoch.as_bytes().to_vec());
        self.remember(SyncStateChange { cursor: Some(cursor), epoch, ..SyncStateChange::default() }).await
    }

    async fn remember(&self, change: SyncStateChange) -> Result<(), SyncError> {
        self.background(move |device| Ok(device.store.change_sync_state(change)?)).await
    }

    /// The relay's clock, as far as this device knows it: what requests are signed with.
    pub(super) fn relay_now(&self) -> UnixMs {
        UnixMs(self.device.surroundings.now_ms()).plus_ms(self.driver.clock_offset_ms())
    }

    pub(super) async fn background<T, F>(&self, work: F) -> Result<T, SyncError>
    where
        T: Send + 'static,
        F: FnOnce(&Device) -> Result<T, SyncError> + Send + 'static,
    {
        background(&self.device, work).await
    }
}

/// Whether what the relay deferred is left alone when this happens. Each try is signed anew and kept on both
/// sides for ever, and the socket hints of whatever anybody writes: only a person here, the network or some
/// time is a reason to try again.
fn is_to_wait(input: &Input, deferred_at: Option<UnixMs>, now: UnixMs) -> bool {
    let is_told_of_others = matches!(input, Input::Hint { .. } | Input::Tick | Input::LiveClosed);
    is_told_of_others && deferred_at.is_some_and(|at| (0..DEFERRED_MS).contains(&now.ms_since(at)))
}

/// Database and document work happens off the network's threads.
pub(super) async fn background<T, F>(device: &Arc<Device>, work: F) -> Result<T, SyncError>
where
    T: Send + 'static,
    F: FnOnce(&Device) -> Result<T, SyncError> + Send + 'static,
{
    let device = Arc::clone(device);
    tokio::task::spawn_blocking(move || work(&device)).await.map_err(|_| SyncError::Interrupted)?
}

fn failure_of(error: &CallError) -> Failure {
    match error {
        CallError::Unreachable(_) => Failure::Unreachable,
        CallError::Problem(problem) => Failure::Problem(problem.clone()),
        // A foreign certificate is a login page of some network far more often than another relay: the
        // device tries again as soon as after those.
        CallError::NotARelay { .. }
        | CallError::Distrusted(_)
        | CallError::NotTls
        | CallError::Tls(_)
        | CallError::Garbled(_)
        | CallError::Unwritable(_) => Failure::NotARelay,
    }
}

impl Device {
    /// What is told at the end of a revoked device, and how much of it the office could not take.
    pub(super) async fn revoked(self: &Arc<Self>) -> Result<SyncError, SyncError> {
        background(self, |device| {
            let status = device.status()?;
            Ok(SyncError::Revoked { changes: status.unsent, photos: status.photos_kept })
        })
        .await
    }

    /// Removes everything the office took back, and the files it has. What was made here and it lacks stays
    /// sealed: changes in the outbox, photos without their records.
    fn purge(&self, now: UnixMs) -> Result<(), SyncError> {
        self.store.forget_notices()?;
        self.store.keep_to_review(Vec::new())?;
        let gone = self.store.document_ids()?.into_iter().map(|(document, _)| document).collect();
        let state = SyncStateChange { wiped_ms: Some(now.0), ..SyncStateChange::default() };
        self.keep_page(PageCommit { gone, state, ..PageCommit::default() })?;
        Ok(self.store.drop_blobs_of_the_office()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use halyard_protocol::hash::Position;

    #[test]
    fn deferred_work_is_not_signed_anew_with_every_hint() {
        let hint = Input::Hint { epoch: EpochId::made_by_rule("first"), position: Position(7) };
        let deferred = UnixMs(1_000_000);
        let check = |input: &Input, after_ms: i64, expected: bool| {
            assert_eq!(
                is_to_wait(input, Some(deferred), deferred.plus_ms(after_ms)),
                expected,
                "{input:?} {after_ms}"
            );
        };
        for news in [&hint, &Input::Tick, &Input::LiveClosed] {
            check(news, 0, true);
            check(news, DEFERRED_MS - 1, true);
            check(news, DEFERRED_MS, false);
            // The clock was set back: that is no reason to wait for years.
            check(news, -1, false);
            assert!(!is_to_wait(news, None, deferred));
        }
        for act in [Input::Started, Input::Edited, Input::Asked, Input::NetworkReturned] {
            check(&act, 0, false);
        }
    }
}
