//! Where a profile is in its life, as the window shows it, and why a step was refused.

use halyard_domain::id::DocumentId;
use halyard_store::profile::OpenError;
use halyard_store::{KeyError, StoreError};
use serde::Serialize;

use crate::life::keyring::KeyringError;
use crate::sync::SyncError;

/// Where a profile is in its life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Stage {
    /// There is no profile: the first start.
    New {
        /// Whether a PIN is enough. Without an unlocked keyring it is not, and a passphrase is asked for.
        pin: bool,
        /// True when a PIN or passphrase was chosen already: only the relay and the code are missing.
        protected: bool,
    },
    /// There is one, and it is closed.
    Locked {
        /// What opens it.
        by: LockedBy,
        /// Wrong tries since the last right one.
        wrong_tries: u32,
        /// How long the next try has to wait, in milliseconds.
        wait_ms: u64,
    },
    /// There is one, and it cannot be opened here. Nothing was changed.
    Unopenable {
        /// Why.
        why: Unopenable,
    },
    /// The relay knows the device and IT has not confirmed it yet.
    AwaitingConfirmation {
        /// The organisation.
        organisation: String,
        /// The six digits that IT sees too.
        fingerprint: String,
    },
    /// Records arrive for the first time.
    FirstSync {
        /// The organisation.
        organisation: String,
        /// Records here so far.
        records: usize,
        /// True once the first page is here: it holds today's work, which can be done.
        usable: bool,
    },
    /// Work.
    Open {
        /// The organisation.
        organisation: String,
        /// Whose device this is.
        employee: DocumentId,
        /// Whether it can be locked: something has to be typed to open it again.
        guarded: bool,
    },
    /// The office removed this device.
    Removed {
        /// The organisation.
        organisation: String,
    },
}

/// What opens a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LockedBy {
    /// The PIN.
    Pin,
    /// The passphrase.
    Passphrase,
}

/// Why a profile cannot be opened here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Unopenable {
    /// Another program has it open.
    InUse,
    /// A newer app made it.
    NewerApp,
    /// The key file is missing.
    KeyMissing,
    /// The key file is damaged.
    KeyDamaged,
    /// The disk refuses, or another reason that the log names.
    Disk,
}

/// What became of a damaged database: told until the person has read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Rescue {
    /// Unsent changes that were saved.
    pub changes: usize,
    /// False when a part of the damaged file could not be read.
    pub complete: bool,
    /// The damaged file, kept for support; absent when there was none: it was empty or gone.
    pub kept: Option<String>,
}

/// A step of a profile's life was refused. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum LifeError {
    /// The step does not belong to the present stage.
    #[error("the profile is not at this point of its life")]
    NotNow,
    /// The PIN or passphrase is too short to protect anything.
    #[error("shorter than {least} characters")]
    TooShort {
        /// The least number of characters.
        least: usize,
    },
    /// The PIN or passphrase is wrong.
    #[error("the PIN or passphrase is wrong")]
    Wrong,
    /// There were too many wrong tries; this one was not made.
    #[error("the next try is in {wait_ms} ms")]
    Wait {
        /// How long, in milliseconds.
        wait_ms: u64,
    },
    /// The keyring does not help.
    #[error("the keyring did not give the secret of this profile")]
    Keyring(#[from] KeyringError),
    /// The profile could not be opened.
    #[error("the profile could not be opened")]
    Open(#[from] OpenError),
    /// The relay could not be reached, or refused.
    #[error("joining failed")]
    Join(#[source] SyncError),
    /// The device itself failed.
    #[error("the device failed")]
    Device(#[from] crate::DeviceError),
    /// A file of the profile could not be read or written.
    #[error("a file of the profile could not be read or written")]
    File(#[from] std::io::Error),
}

impl Unopenable {
    pub(crate) fn of(error: &OpenError) -> Self {
        match error {
            OpenError::Key(KeyError::UnknownVersion(_)) => Self::NewerApp,
            OpenError::Key(KeyError::Damaged) => Self::KeyDamaged,
            OpenError::KeyMissing(_) => Self::KeyMissing,
            OpenError::Store(StoreError::InUse { .. }) => Self::InUse,
            OpenError::Store(StoreError::MadeByNewerApp) => Self::NewerApp,
            OpenError::Key(_) | OpenError::Store(_) => Self::Disk,
        }
    }
}
