//! The secret that the system's keyring keeps for a profile.
//!
//! A keyring may be missing, locked or emptied behind our back; only the first is known beforehand. So
//! it is tried by writing and reading back before a PIN is offered, and a profile without it is opened by
//! a passphrase.

use std::sync::Arc;

use halyard_store::KeyringSecret;
use keyring_core::{CredentialStore, Entry};
use zeroize::Zeroizing;

const SERVICE: &str = "halyard";

/// The keyring did not give or take a secret.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// There is no keyring service, or nobody has unlocked it.
    #[error("there is no unlocked keyring")]
    NoService(#[source] keyring_core::Error),
    /// The keyring has no secret of this profile. With it the PIN has gone.
    #[error("the keyring has no secret of this profile")]
    Lost,
}

/// The keyring of this person on this system, when it has one.
#[derive(Clone, Debug, Default)]
pub struct Keyring(Option<Arc<CredentialStore>>);

impl Keyring {
    /// The keyring kept in `store`.
    #[must_use]
    pub fn in_store(store: Arc<CredentialStore>) -> Self {
        Self(Some(store))
    }

    /// No keyring: profiles are opened by a passphrase.
    #[must_use]
    pub fn none() -> Self {
        Self(None)
    }

    /// Whether it takes a secret and gives it back now.
    #[must_use]
    pub fn works(&self) -> bool {
        let Ok(probe) = KeyringSecret::new() else { return false };
        let kept = self.keep(&probe).and_then(|()| self.secret(&probe.entry));
        let same = kept.is_ok_and(|kept| kept == probe);
        self.forget(&probe.entry);
        same
    }

    /// Keeps a secret under its name.
    pub(super) fn keep(&self, secret: &KeyringSecret) -> Result<(), KeyringError> {
        self.entry(&secret.entry)?.set_secret(&secret.bytes).map_err(KeyringError::NoService)
    }

    /// The secret kept under this name.
    pub(super) fn secret(&self, entry: &str) -> Result<KeyringSecret, KeyringError> {
        let kept = match self.entry(entry)?.get_secret() {
            Ok(kept) => Zeroizing::new(kept),
            Err(keyring_core::Error::NoEntry) => return Err(KeyringError::Lost),
            Err(error) => return Err(KeyringError::NoService(error)),
        };
        let bytes = kept.as_slice().try_into().map_err(|_| KeyringError::Lost)?;
        Ok(KeyringSecret { entry: entry.to_owned(), bytes })
    }

    /// Removes a secret; one that stays behind opens nothing.
    pub(super) fn forget(&self, entry: &str) {
        let removed = self.entry(entry).map(|entry| entry.delete_credential());
        if let Ok(Err(error)) = removed {
            tracing::debug!(%error, "a secret of no use stays in the keyring");
        }
    }

    fn entry(&self, name: &str) -> Result<Entry, KeyringError> {
        let none = || keyring_core::Error::NoDefaultStore;
        let store = self.0.as_ref().ok_or_else(|| KeyringError::NoService(none()))?;
        Entry::new_in_store(store, SERVICE, name).map_err(KeyringError::NoService)
    }
}
