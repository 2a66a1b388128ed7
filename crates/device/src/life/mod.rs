//! The life of a profile: first start, unlocking, the sync in the background, locking.
//!
//! A window, or a test without one, tells what the person did and shows the [`Stage`] that follows. A
//! profile is on the disk only once the relay has taken the device: a first start that failed leaves
//! nothing, and the next try may choose another PIN. While it is locked the database is closed and the
//! key is in nobody's memory, so nothing is synced either.
//!
//! Steps go one after the other; a step that does not belong to the present stage changes nothing.

pub mod calls;
mod events;
mod first_start;
mod joining;
mod keyring;
mod opening;
mod stage;

use std::error::Error as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use halyard_domain::id::DocumentId;
use halyard_protocol::keys::{Fingerprint, PublicKey};
use halyard_store::profile;
use halyard_store::{Guard, Tries, Unlock};
use tokio::runtime::Handle;
use tokio::sync::{broadcast, watch};

use crate::app::{App, AppEvent};
use crate::error::DeviceError;
use crate::notices::Notice;
use crate::screens::status::Connection;
use crate::surroundings::Surroundings;
use crate::sync::Told;

pub use events::LifeEvents;
pub use first_start::Protection;
pub use joining::{InvitedBy, invitation};
pub use keyring::{Keyring, KeyringError};
pub use stage::{LifeError, LockedBy, Rescue, Stage, Unopenable};

use opening::Present;

/// A profile nobody has touched for so long is locked.
const LOCK_AFTER_MS: i64 = 15 * 60 * 1000;

/// One profile, from the start of a program to its end.
pub struct Life {
    folder: PathBuf,
    keyring: Keyring,
    keyring_works: OnceLock<bool>,
    surroundings: Arc<dyn Surroundings>,
    runtime: Handle,
    /// Held by the step that goes on.
    step: tokio::sync::Mutex<()>,
    /// Whether the program is ending: no step waits for the network any more.
    ending: watch::Sender<bool>,
    present: Mutex<Present>,
    /// Counts the steps.
    changed: watch::Sender<u64>,
    told: broadcast::Sender<AppEvent>,
    online: AtomicBool,
    touched_ms: AtomicI64,
}

impl std::fmt::Debug for Life {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Life").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Life {
    /// The profile in `folder`, which need not exist. Tasks of the sync run on `runtime`.
    #[must_use]
    pub fn new(
        folder: PathBuf,
        keyring: Keyring,
        surroundings: Arc<dyn Surroundings>,
        runtime: Handle,
    ) -> Arc<Self> {
        let touched_ms = AtomicI64::new(surroundings.now_ms());
        let changed = watch::Sender::new(0);
        let steps = changed.subscribe();
        let life = Arc::new(Self {
            folder,
            keyring,
            keyring_works: OnceLock::new(),
            surroundings,
            runtime,
            step: tokio::sync::Mutex::new(()),
            ending: watch::Sender::new(false),
            present: Mutex::default(),
            changed,
            told: broadcast::Sender::new(events::WAITING),
            online: AtomicBool::new(true),
            touched_ms,
        });
        drop(life.runtime.spawn(events::tell(Arc::downgrade(&life), steps)));
        life
    }

    /// The profile folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What happens from now on.
    #[must_use]
    pub fn events(&self) -> LifeEvents {
        LifeEvents::of(self.told.subscribe())
    }

    /// The app on the open profile.
    ///
    /// # Errors
    /// When there is no profile or it is locked.
    pub fn app(&self) -> Result<Arc<App>, LifeError> {
        let present = self.present();
        present.open.as_ref().map(|open| Arc::clone(&open.app)).ok_or(LifeError::NotNow)
    }

    /// What became of a damaged database, until [`Life::rescue_read`].
    #[must_use]
    pub fn rescue(&self) -> Option<Rescue> {
        self.present().rescue.clone()
    }

    /// The person has read what became of the damaged database.
    pub fn rescue_read(&self) {
        self.present().rescue = None;
        self.tell_changed();
    }

    /// Opens a profile that nothing protects; any other waits for [`Life::unlock`]. Given again, it tries
    /// anew what could not be opened.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn begin(self: &Arc<Self>) -> Result<(), LifeError> {
        let _step = self.step.lock().await;
        let begun = self
            .blocking(|life| {
                if life.present().open.is_some() {
                    return Err(LifeError::NotNow);
                }
                life.present().unopenable = None;
                match profile::guard(&life.folder) {
                    Ok(Some(Guard::Nothing)) => life.open(&Unlock::DemoKeyFile, false),
                    Ok(_) => Ok(()),
                    Err(error) => Err(life.unopenable(error)),
                }
            })
            .await;
        self.tell_changed();
        begun
    }

    /// Opens the profile with what the person typed.
    ///
    /// # Errors
    /// When it is wrong, when too many wrong ones came before, or when the profile cannot be opened.
    pub async fn unlock(self: &Arc<Self>, typed: String) -> Result<(), LifeError> {
        let _step = self.step.lock().await;
        let opened = self.blocking(move |life| life.unlock_with(typed)).await;
        self.tell_changed();
        opened
    }

    /// Closes the profile; what is unsent is sent after the next opening. A profile that nothing protects
    /// stays open.
    pub async fn lock(&self) {
        let _step = self.step.lock().await;
        let open = {
            let mut present = self.present();
            if present.open.as_ref().is_some_and(|open| !open.guarded) {
                return;
            }
            present.open.take()
        };
        if let Some(open) = open {
            self.close(open).await;
            self.tell_changed();
        }
    }

    /// Ends the sync before the program ends, and a joining that waits for its relay. The profile is opened again
    /// at the next start.
    pub async fn end(self: &Arc<Self>) {
        self.ending.send_replace(true);
        let _step = self.step.lock().await;
        let open = self.present().open.take();
        if let Some(open) = open {
            self.close(open).await;
            let closed = self.blocking(|life| {
                life.wait_until_closed();
                Ok(())
            });
            if let Err(error) = closed.await {
                tracing::warn!(%error, "the profile did not close in time");
            }
        }
    }

    /// The person did something: the profile is not idle.
    pub fn touch(&self) {
        self.touched_ms.store(self.surroundings.now_ms(), Ordering::Relaxed);
    }

    /// Locks the profile when nobody has touched it for a quarter of an hour.
    pub async fn lock_when_idle(&self) {
        let idle_ms = self.surroundings.now_ms().saturating_sub(self.touched_ms.load(Ordering::Relaxed));
        if idle_ms >= LOCK_AFTER_MS {
            self.lock().await;
        }
    }

    /// Takes the device offline, as a basement does, or back: for tests. Nothing of the device knows but
    /// its sync.
    pub async fn set_online(&self, online: bool) {
        self.online.store(online, Ordering::SeqCst);
        let Ok(app) = self.app() else { return };
        if online {
            self.connect(&app);
        } else {
            app.disconnect().await;
        }
    }

    /// Wakes the sync, and begins it anew when it had ended because the device failed.
    pub fn tell(&self, told: Told) {
        let Ok(app) = self.app() else { return };
        if app.connection() == Connection::Failed {
            self.connect(&app);
        }
        app.wake(told);
    }

    /// Where the profile is in its life. May ask the keyring, and so wait for a person.
    #[must_use]
    pub fn stage(&self) -> Stage {
        let (open, making) = {
            let present = self.present();
            let open = present.open.as_ref().map(|open| (Arc::clone(&open.app), open.guarded));
            (open, present.making)
        };
        match open {
            Some((app, guarded)) => self.stage_of(&app, guarded, making),
            None if making => Stage::New { pin: self.keyring_works(), protected: false },
            None => self.stage_of_closed(),
        }
    }

    fn stage_of_closed(&self) -> Stage {
        if let Some(why) = self.present().unopenable {
            return Stage::Unopenable { why };
        }
        let by = match profile::guard(&self.folder) {
            Ok(None) => return Stage::New { pin: self.keyring_works(), protected: false },
            Ok(Some(Guard::Pin { .. })) => LockedBy::Pin,
            Ok(Some(Guard::Passphrase)) => LockedBy::Passphrase,
            Ok(Some(Guard::Nothing)) => return Stage::Unopenable { why: Unopenable::Disk },
            Err(error) => {
                tracing::error!(%error, source = ?error.source(), "what protects the profile cannot be read");
                return Stage::Unopenable { why: Unopenable::of(&error) };
            }
        };
        let tries = Tries::of(&self.folder);
        let now = self.surroundings.now_ms();
        match (tries.wrong(), tries.wait_ms(now)) {
            (Ok(wrong_tries), Ok(wait_ms)) => Stage::Locked { by, wrong_tries, wait_ms },
            // Without the count no try may be made.
            (Err(error), _) | (_, Err(error)) => {
                tracing::error!(%error, "how often a wrong PIN or passphrase was typed cannot be read");
                Stage::Unopenable { why: Unopenable::Disk }
            }
        }
    }

    fn stage_of(&self, app: &App, guarded: bool, making: bool) -> Stage {
        let device = app.device();
        let Some(identity) = device.identity() else {
            return Stage::New { pin: self.keyring_works(), protected: !making };
        };
        let organisation = identity.organisation.clone();
        match app.connection() {
            Connection::Revoked => return Stage::Removed { organisation },
            Connection::AwaitingConfirmation => {
                let own = PublicKey::of(&ed25519_dalek::SigningKey::from_bytes(&identity.device_key.0));
                let fingerprint = Fingerprint::of(&PublicKey(identity.relay_key), &own).to_string();
                return Stage::AwaitingConfirmation { organisation, fingerprint };
            }
            _ => {}
        }
        let first_sync = device.store.sync_state().and_then(|state| match state.last_full_sync_ms {
            None => Ok(Some((device.store.document_count()?, state.me.is_some()))),
            Some(_) => Ok(None),
        });
        match first_sync {
            Ok(Some((records, usable))) => Stage::FirstSync { organisation, records, usable },
            // A database that cannot be read is told by every screen that asks it.
            Ok(None) | Err(_) => Stage::Open { organisation, employee: identity.employee, guarded },
        }
    }

    /// What is worth interrupting the person for, since the last look.
    fn look_for_notices(&self, app: &App) -> Result<Vec<Notice>, DeviceError> {
        let watch = self.present().open.as_ref().map(|open| Arc::clone(&open.watch));
        let Some(watch) = watch else { return Ok(Vec::new()) };
        let mut watch = watch.lock().unwrap_or_else(PoisonError::into_inner);
        watch.look(app.device(), &app.connection())
    }

    /// The next difference of these records is no news here.
    fn note_edited_here(&self, records: impl Iterator<Item = DocumentId>) {
        let watch = self.present().open.as_ref().map(|open| Arc::clone(&open.watch));
        if let Some(watch) = watch {
            let mut watch = watch.lock().unwrap_or_else(PoisonError::into_inner);
            records.for_each(|record| watch.edited_here(record));
        }
    }

    fn keyring_works(&self) -> bool {
        *self.keyring_works.get_or_init(|| self.keyring.works())
    }

    fn tell_changed(&self) {
        self.changed.send_modify(|count| *count = count.wrapping_add(1));
    }

    fn present(&self) -> MutexGuard<'_, Present> {
        self.present.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn blocking<T, F>(self: &Arc<Self>, work: F) -> Result<T, LifeError>
    where
        T: Send + 'static,
        F: FnOnce(&Self) -> Result<T, LifeError> + Send + 'static,
    {
        let life = Arc::clone(self);
        match self.runtime.spawn_blocking(move || work(&life)).await {
            Ok(done) => done,
            Err(_) => Err(LifeError::Device(DeviceError::Garbled("step"))),
        }
    }
}
