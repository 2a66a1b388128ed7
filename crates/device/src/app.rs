//! The running app without its window: a device, its sync in the background, and what to tell screens.
//!
//! A window or a test bridge holds one of these. Calls ([`crate::calls`]) take it, events tell what to
//! read again. The network may be switched off and on; work goes on either way.

use std::error::Error as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use halyard_protocol::driver::Status;
use serde::Serialize;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;

use crate::device::Device;
use crate::life::Stage;
use crate::news::{Changed, Origin};
use crate::notices::Notice;
use crate::screens::status::Connection;
use crate::sync::{SyncError, Told, Waker};

/// How long a device that failed is left alone before it syncs again.
const AGAIN: Duration = if cfg!(test) { Duration::from_millis(20) } else { Duration::from_secs(30) };

/// The running app.
pub struct App {
    device: Arc<Device>,
    connection: watch::Sender<Connection>,
    import: watch::Sender<Option<ImportProgress>>,
    background: Mutex<Option<Background>>,
    /// Changed only by who holds `background`.
    closed: AtomicBool,
}

/// The sync in the background.
struct Background {
    waker: Waker,
    task: JoinHandle<()>,
}

/// Something a screen should know.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum AppEvent {
    /// These records changed.
    Records(Changed),
    /// More changed than can be listed: read everything that is shown again.
    Everything,
    /// How the sync stands: ask `sync_status` for the counts.
    Sync {
        /// What goes on.
        connection: Connection,
    },
    /// An import that runs is further.
    Import {
        /// How far.
        progress: ImportProgress,
    },
    /// The profile is at another point of its life.
    Stage {
        /// Where it is.
        stage: Stage,
    },
    /// Something worth interrupting a person for. The list of notices has it too, each of several by itself.
    Notice {
        /// What.
        notice: Notice,
    },
}

/// How far an import is. Its records are made one by one and saved together at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ImportProgress {
    /// Records that are made; none of them is saved before all are.
    pub ready: usize,
    /// Records there will be.
    pub total: usize,
}

/// Events from the moment it was made.
pub struct Events {
    import: watch::Receiver<Option<ImportProgress>>,
    changes: broadcast::Receiver<Changed>,
    connection: watch::Receiver<Connection>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").finish_non_exhaustive()
    }
}

impl App {
    /// The app on a device.
    #[must_use]
    pub fn new(device: Arc<Device>) -> Arc<Self> {
        Arc::new(Self {
            device,
            connection: watch::Sender::new(Connection::Off),
            import: watch::Sender::new(None),
            background: Mutex::new(None),
            closed: AtomicBool::new(false),
        })
    }

    /// The device.
    #[must_use]
    pub fn device(&self) -> &Arc<Device> {
        &self.device
    }

    /// What goes on between this device and the office.
    #[must_use]
    pub fn connection(&self) -> Connection {
        self.connection.borrow().clone()
    }

    /// What happens from now on.
    #[must_use]
    pub fn events(&self) -> Events {
        Events {
            import: self.import.subscribe(),
            changes: self.device.news(),
            connection: self.connection.subscribe(),
        }
    }

    /// Tells screens how far an import is.
    pub(crate) fn tell_import(&self, progress: ImportProgress) {
        self.import.send_replace(Some(progress));
    }

    /// Tells screens to ask again how the device stands, though the connection is what it was.
    pub(crate) fn tell_standing(&self) {
        self.connection.send_modify(|_| {});
    }

    /// Keeps in step with the office from now on. Before enrolment, when it does so already and once the
    /// profile is closed, nothing happens. Must be called inside a tokio runtime.
    pub fn connect(self: &Arc<Self>) {
        let mut background = self.background.lock().unwrap_or_else(PoisonError::into_inner);
        let runs = background.as_ref().is_some_and(|one| !one.task.is_finished());
        if runs || self.closed.load(Ordering::SeqCst) || self.device.identity().is_none() {
            return;
        }
        let (waker, told) = Device::waker();
        let app = Arc::clone(self);
        let edits = wake_on_edits(self.device.news(), waker.clone());
        let task = tokio::spawn(async move {
            let (status, shown) = watch::channel(None);
            let synced = Arc::clone(&app.device).stay_in_step(told, status);
            let ended = tokio::select! {
                ended = synced => ended,
                () = app.show(shown) => Ok(()),
                () = edits => Ok(()),
                () = app.follow_reviews(app.connection.subscribe()) => Ok(()),
            };
            app.connection.send_replace(match ended {
                Ok(()) => Connection::Off,
                Err(SyncError::Revoked { .. }) => Connection::Revoked,
                Err(error) => {
                    tracing::error!(error = %error, source = ?error.source(), "the background sync ended");
                    tokio::spawn(Self::connect_again(Arc::downgrade(&app)));
                    Connection::Failed
                }
            });
        });
        *background = Some(Background { waker, task });
    }

    /// What the device failed at may be well again: a disk without room is given some, and nobody who does that
    /// thinks of the sync.
    async fn connect_again(app: Weak<Self>) {
        rest(AGAIN).await;
        if let Some(app) = app.upgrade()
            && app.connection() == Connection::Failed
        {
            app.connect();
        }
    }

    /// Stops keeping in step for good: whoever still works with the closed profile must not keep its database
    /// and key by syncing it.
    pub(crate) async fn close(&self) {
        {
            let _background = self.background.lock().unwrap_or_else(PoisonError::into_inner);
            self.closed.store(true, Ordering::SeqCst);
        }
        self.disconnect().await;
    }

    /// Stops keeping in step; what is under way is cut, and nothing is lost.
    pub async fn disconnect(&self) {
        let background = self.background.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Background { waker, task }) = background {
            waker.tell(Told::Stop);
            task.abort();
            if let Err(error) = task.await
                && !error.is_cancelled()
            {
                tracing::error!(%error, "the background sync panicked");
            }
            self.connection.send_replace(Connection::Off);
        }
    }

    /// Whether the sync in the background runs.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        let background = self.background.lock().unwrap_or_else(PoisonError::into_inner);
        background.as_ref().is_some_and(|one| !one.task.is_finished())
    }

    /// Tells the background sync something. Nothing happens while it does not run.
    pub fn wake(&self, told: Told) {
        let background = self.background.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(background) = background.as_ref() {
            background.waker.tell(told);
        }
    }

    async fn show(&self, mut shown: watch::Receiver<Option<Status>>) {
        while shown.changed().await.is_ok() {
            let status = shown.borrow_and_update().clone();
            if let Some(status) = status {
                self.connection.send_replace(status.state.into());
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "nothing tells when a device is well again")]
pub(crate) async fn rest(time: Duration) {
    tokio::time::sleep(time).await;
}

/// An edit here wakes the sync.
async fn wake_on_edits(mut changes: broadcast::Receiver<Changed>, waker: Waker) {
    loop {
        match changes.recv().await {
            Ok(Changed { origin: Origin::Here, .. }) | Err(RecvError::Lagged(_)) => waker.tell(Told::Edited),
            Ok(Changed { origin: Origin::Sync, .. }) => {}
            Err(RecvError::Closed) => return,
        }
    }
}

impl Events {
    /// The next event; `None` when the app has ended.
    pub async fn next(&mut self) -> Option<AppEvent> {
        tokio::select! {
            changed = self.changes.recv() => match changed {
                Ok(changed) => Some(AppEvent::Records(changed)),
                Err(RecvError::Lagged(_)) => Some(AppEvent::Everything),
                Err(RecvError::Closed) => None,
            },
            shown = self.connection.changed() => {
                shown.ok()?;
                let connection = self.connection.borrow_and_update().clone();
                Some(AppEvent::Sync { connection })
            }
            told = self.import.changed() => {
                told.ok()?;
                // Nothing was told before the first import, and it was told of now.
                let progress = (*self.import.borrow_and_update())?;
                Some(AppEvent::Import { progress })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::bench;

    #[tokio::test]
    async fn a_sync_that_the_device_failed_goes_on_when_the_device_is_well_again() {
        let folder = tempfile::tempdir().unwrap();
        let app = App::new(Arc::new(bench::device(folder.path())));
        let mut connection = app.connection.subscribe();
        let mut shows = async |wanted: fn(&Connection) -> bool| {
            let shown = tokio::time::timeout(Duration::from_secs(60), connection.wait_for(wanted)).await;
            assert!(shown.is_ok_and(|shown| shown.is_ok()));
        };
        let disk = bench::beside(folder.path());
        disk.execute_batch("ALTER TABLE sync_state RENAME TO away").unwrap();

        app.connect();
        shows(|connection| *connection == Connection::Failed).await;
        disk.execute_batch("ALTER TABLE away RENAME TO sync_state").unwrap();

        // Its relay is nowhere, and that is waited out.
        shows(|connection| matches!(connection, Connection::Waiting { .. })).await;
    }
}
