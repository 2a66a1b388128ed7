//! Opening and closing the database of a profile.

use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use halyard_store::profile::{self, OpenError, Opened};
use halyard_store::{Guard, KeyError, Store, Tries, Unlock};

use super::{Life, LifeError, Rescue, Unopenable};
use crate::app::App;
use crate::device::Device;
use crate::notices::Watch;
use crate::surroundings::Surroundings;

/// How long the database of a locked profile may take to close before opening it is refused as in use.
const CLOSING: Duration = Duration::from_secs(10);

/// What a profile is just now.
#[derive(Default)]
pub(super) struct Present {
    pub(super) open: Option<OpenProfile>,
    /// Ends once the database of the profile locked last is closed.
    pub(super) closing: Option<mpsc::Receiver<()>>,
    pub(super) unopenable: Option<Unopenable>,
    pub(super) rescue: Option<Rescue>,
    /// A profile is being made for joining. Whatever its files say, there is nothing to unlock and the first start
    /// goes on as it began.
    pub(super) making: bool,
}

/// A profile with its database open.
pub(super) struct OpenProfile {
    pub(super) app: Arc<App>,
    /// Whether something has to be typed to open it again.
    pub(super) guarded: bool,
    pub(super) alive: mpsc::Receiver<()>,
    pub(super) watch: Arc<Mutex<Watch>>,
}

/// The surroundings of one opening. The device drops them after its database, and the channel ends.
struct UntilClosed {
    surroundings: Arc<dyn Surroundings>,
    _alive: mpsc::Sender<()>,
}

impl Surroundings for UntilClosed {
    fn now_ms(&self) -> i64 {
        self.surroundings.now_ms()
    }
    fn offset_minutes(&self) -> i32 {
        self.surroundings.offset_minutes()
    }
    fn fill_random(&self, bytes: &mut [u8]) {
        self.surroundings.fill_random(bytes);
    }
}

impl Life {
    /// Opens the profile with what was typed, counting the try before it is made.
    pub(super) fn unlock_with(&self, typed: String) -> Result<(), LifeError> {
        if self.present().open.is_some() {
            return Err(LifeError::NotNow);
        }
        self.wait_until_closed();
        let guard = match profile::guard(&self.folder) {
            Ok(guard) => guard.ok_or(LifeError::NotNow)?,
            Err(error) => return Err(self.unopenable(error)),
        };
        let tries = Tries::of(&self.folder);
        let now = self.surroundings.now_ms();
        let wait_ms = tries.wait_ms(now)?;
        if wait_ms > 0 {
            return Err(LifeError::Wait { wait_ms });
        }
        let unlock = match guard {
            Guard::Passphrase => Unlock::Passphrase(typed),
            Guard::Pin { entry } => Unlock::Pin { pin: typed, secret: self.keyring.secret(&entry)? },
            Guard::Nothing => Unlock::DemoKeyFile,
        };
        tries.begin(now)?;
        match self.open(&unlock, true) {
            Ok(()) => Ok(tries.forget()?),
            Err(LifeError::Open(OpenError::Key(KeyError::WrongPassphrase))) => Err(LifeError::Wrong),
            Err(error) => {
                tries.take_back()?;
                Err(error)
            }
        }
    }

    /// Opens the database and begins the sync.
    pub(super) fn open(&self, unlock: &Unlock, guarded: bool) -> Result<(), LifeError> {
        let store = match profile::open(&self.folder, unlock) {
            Ok(Opened::Fresh(store) | Opened::Ready(store)) => store,
            Ok(Opened::Damaged(damaged)) => self.rescued(damaged)?,
            Err(error) => return Err(self.unopenable(error)),
        };
        let (sender, alive) = mpsc::channel();
        let surroundings = UntilClosed { surroundings: Arc::clone(&self.surroundings), _alive: sender };
        let device = Arc::new(Device::on(store, Box::new(surroundings))?);
        // Before the sync begins: what it brings is news.
        let watch = Arc::new(Mutex::new(Watch::begin(&device)?));
        let app = App::new(device);
        {
            let mut present = self.present();
            present.unopenable = None;
            present.open = Some(OpenProfile { app: Arc::clone(&app), guarded, alive, watch });
        }
        self.touch();
        // Listeners hear of the opening first, and so of everything the sync brings.
        self.tell_changed();
        self.connect(&app);
        Ok(())
    }

    /// A fresh database with what could be saved of a damaged one, which is kept; the sync refills it.
    fn rescued(&self, damaged: profile::Damaged) -> Result<Store, LifeError> {
        tracing::error!(cause = damaged.cause(), "the device database is damaged");
        let aside = damaged.set_aside().map_err(OpenError::Store)?;
        self.present().rescue = Some(Rescue {
            changes: aside.rescued.changes,
            complete: aside.rescued.complete,
            kept: aside.kept.map(|path| path.display().to_string()),
        });
        Ok(aside.store)
    }

    /// Remembers why the profile cannot be opened, unless only what was typed is wrong.
    pub(super) fn unopenable(&self, error: OpenError) -> LifeError {
        let wrong = matches!(error, OpenError::Key(KeyError::WrongPassphrase));
        self.present().unopenable = if wrong { None } else { Some(Unopenable::of(&error)) };
        LifeError::Open(error)
    }

    /// Begins the sync of the app, unless the device is kept offline.
    pub(super) fn connect(&self, app: &Arc<App>) {
        if self.online.load(std::sync::atomic::Ordering::SeqCst) {
            let _runtime = self.runtime.enter();
            app.connect();
        }
    }

    pub(super) async fn close(&self, open: OpenProfile) {
        let OpenProfile { app, alive, watch, .. } = open;
        app.close().await;
        self.present().closing = Some(alive);
        drop((app, watch));
    }

    /// Waits for the last user of a closed profile's database.
    pub(super) fn wait_until_closed(&self) {
        let closing = self.present().closing.take();
        if let Some(closing) = closing
            && closing.recv_timeout(CLOSING) == Err(mpsc::RecvTimeoutError::Timeout)
        {
            tracing::warn!("the locked profile is still being used");
            self.present().closing = Some(closing);
        }
    }
}
