//! The first start: from an invitation to a device of a workspace.

use std::sync::Arc;

use halyard_protocol::join::JoinLink;
use halyard_store::profile::{self, OpenError};
use halyard_store::{KeyringSecret, Unlock};

use super::opening::OpenProfile;
use super::{Life, LifeError};

/// The shortest PIN; the keyring's secret makes it hard to guess away from this machine.
const PIN_CHARS: usize = 4;
/// The shortest passphrase, which stands alone.
const PASSPHRASE_CHARS: usize = 8;

/// What a person at the first start wants the data protected by.
#[derive(Clone)]
pub enum Protection {
    /// A PIN together with the keyring.
    Pin(String),
    /// A passphrase alone.
    Passphrase(String),
    /// Nothing, and the key file says so. For demo data only.
    Demo,
}

impl std::fmt::Debug for Protection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Pin(_) => "Pin(…)",
            Self::Passphrase(_) => "Passphrase(…)",
            Self::Demo => "Demo",
        })
    }
}

/// The profile a device joins with.
enum Found {
    /// It was open before: a rescue lost whose it is.
    Before,
    /// It was made for joining, with a secret under this name in the keyring.
    Made {
        /// The name.
        keyring_entry: Option<String>,
    },
}

/// The making of a profile, told to be over when it ends in whichever way.
struct Making<'a>(&'a Life);

impl Drop for Making<'_> {
    fn drop(&mut self) {
        self.0.present().making = false;
        self.0.tell_changed();
    }
}

impl Life {
    /// Joins a workspace: makes the profile, gives the code to the relay, begins the first sync.
    ///
    /// # Errors
    /// When the relay cannot be reached or the code is not right. No profile is left then, unless only the
    /// relay's answer was lost or the program ended before it came: the code may be used for the key in this
    /// profile, and the same invitation given again goes on with it.
    pub async fn join(
        self: &Arc<Self>,
        invitation: &JoinLink,
        device_name: &str,
        protection: Protection,
    ) -> Result<(), LifeError> {
        let _step = self.step.lock().await;
        let mut ending = self.ending.subscribe();
        if *ending.borrow() {
            return Err(LifeError::NotNow);
        }
        let _making = Making(self);
        let found = self.blocking(move |life| life.ready_to_join(&protection)).await?;
        let app = self.app()?;
        let joined = tokio::select! {
            joined = app.device().enrol(invitation, device_name) => joined,
            // A relay may take minutes, and the window is closed now.
            _ = ending.wait_for(|ending| *ending) => return Err(LifeError::NotNow),
        };
        match &joined {
            Ok(_) => {
                self.touch();
                self.connect(&app);
            }
            Err(error) if error.leaves_open() => self.touch(),
            Err(_) => {
                drop(app);
                self.blocking(move |life| life.discard(found)).await?;
            }
        }
        joined.map(drop).map_err(LifeError::Join)
    }

    /// Has an open device that belongs to nobody.
    fn ready_to_join(&self, protection: &Protection) -> Result<Found, LifeError> {
        if let Some(open) = &self.present().open {
            let free = open.app.device().identity().is_none();
            return if free { Ok(Found::Before) } else { Err(LifeError::NotNow) };
        }
        if profile::guard(&self.folder)?.is_some() {
            return Err(LifeError::NotNow);
        }
        self.wait_until_closed();
        let long_enough = |typed: &str, least: usize| {
            if typed.chars().count() < least {
                Err(LifeError::TooShort { least })
            } else {
                Ok(typed.to_owned())
            }
        };
        let (unlock, entry) = match protection {
            Protection::Demo => (Unlock::DemoKeyFile, None),
            Protection::Passphrase(typed) => {
                (Unlock::Passphrase(long_enough(typed, PASSPHRASE_CHARS)?), None)
            }
            Protection::Pin(typed) => {
                let pin = long_enough(typed, PIN_CHARS)?;
                let secret = KeyringSecret::new().map_err(OpenError::Key)?;
                self.keyring.keep(&secret)?;
                let entry = secret.entry.clone();
                (Unlock::Pin { pin, secret }, Some(entry))
            }
        };
        let found = Found::Made { keyring_entry: entry };
        self.present().making = true;
        match self.open(&unlock, !matches!(protection, Protection::Demo)) {
            Ok(()) => Ok(found),
            Err(error) => {
                self.forget_entry(found);
                Err(error)
            }
        }
    }

    /// Removes the profile that was made for joining. One that was there before may hold rescued work.
    fn discard(&self, found: Found) -> Result<(), LifeError> {
        if matches!(found, Found::Before) {
            return Ok(());
        }
        let Some(open) = self.present().open.take() else { return Ok(()) };
        let OpenProfile { app, alive, .. } = open;
        drop(app);
        self.present().closing = Some(alive);
        self.wait_until_closed();
        profile::discard_unused(&self.folder)?;
        self.forget_entry(found);
        Ok(())
    }

    fn forget_entry(&self, found: Found) {
        if let Found::Made { keyring_entry: Some(entry) } = found {
            self.keyring.forget(&entry);
        }
    }
}
