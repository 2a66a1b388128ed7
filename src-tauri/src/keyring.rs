//! The keyring of this system.

use std::sync::Arc;

use halyard_device::life::Keyring;
use keyring_core::CredentialStore;

/// The keyring of the person who is logged in; none when the system has no such service now.
pub(crate) fn of_this_system() -> Keyring {
    match store() {
        Ok(store) => Keyring::in_store(store),
        Err(error) => {
            tracing::info!(%error, "no keyring: profiles are opened by a passphrase");
            Keyring::none()
        }
    }
}

#[cfg(target_os = "linux")]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(windows)]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(any(target_os = "macos", target_os = "ios"))]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(not(any(target_os = "linux", windows, target_os = "macos", target_os = "ios")))]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Err(keyring_core::Error::NoDefaultStore)
}
