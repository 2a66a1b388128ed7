//! A device that belongs to somebody and whose relay nobody answers for.

use std::path::Path;

use halyard_device::Device;
use halyard_domain::id::{DeviceId, DocumentId, IncarnationId, WorkspaceId};
use halyard_store::{Identity, SecretKey, Store};

use crate::clock::TestClock;

/// The key of the database of [`device`].
const DATABASE_KEY: [u8; 32] = [7; 32];

/// Who an enrolled device is: the tablet of `olena`.
#[must_use]
pub fn identity() -> Identity {
    Identity {
        workspace: WorkspaceId::made_by_rule("test"),
        organisation: "Тест".to_owned(),
        relay_url: "http://127.0.0.1:9".to_owned(),
        relay_pin: None,
        relay_key: [1; 32],
        device: DeviceId::made_by_rule("tablet"),
        device_key: SecretKey([2; 32]),
        employee: DocumentId::made_by_rule("olena"),
        incarnation: IncarnationId::made_by_rule("first"),
    }
}

/// The store in a folder, of an enrolled device; made when there is none.
///
/// # Panics
/// When it cannot be opened.
#[must_use]
pub fn store(folder: &Path) -> Store {
    let store = Store::open(&folder.join("device.db"), DATABASE_KEY).unwrap();
    if store.identity().unwrap().is_none() {
        store.set_identity(identity()).unwrap();
    }
    store
}

/// The enrolled device in a folder, as it was left; made when there is none.
///
/// # Panics
/// When it cannot be opened.
#[must_use]
pub fn device(folder: &Path, clock: &TestClock) -> Device {
    Device::on(store(folder), Box::new(clock.clone())).unwrap()
}
