//! A device for the tests of this module: enrolled, and alone.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use ed25519_dalek::SigningKey;
use halyard_domain::id::{DeviceId, DocumentId, IncarnationId, WorkspaceId};
use halyard_protocol::keys::PublicKey;
use halyard_store::{Identity, SecretKey, Store};

use crate::device::Device;
use crate::surroundings::Surroundings;

/// A morning in March, and random bytes that never repeat.
#[derive(Default)]
pub(super) struct Morning(AtomicU64);

impl Surroundings for Morning {
    fn now_ms(&self) -> i64 {
        1_772_434_800_000
    }
    fn offset_minutes(&self) -> i32 {
        120
    }
    fn fill_random(&self, bytes: &mut [u8]) {
        let count = self.0.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        bytes.iter_mut().zip(count.iter().rev().cycle()).for_each(|(byte, value)| *byte = *value);
    }
}

/// The key of the relay it belongs to.
pub(super) fn relay() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

/// The key of its database.
const KEY: [u8; 32] = [7; 32];

/// The database of a device in this folder, beside the device.
pub(crate) fn beside(folder: &Path) -> rusqlite::Connection {
    let database = rusqlite::Connection::open(folder.join("device.db")).unwrap();
    let key: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    database.pragma_update(None, "key", format!("x'{key}'")).unwrap();
    database
}

pub(crate) fn device(folder: &Path) -> Device {
    device_in(folder, Box::new(Morning::default()))
}

/// The same in other surroundings.
pub(super) fn device_in(folder: &Path, surroundings: Box<dyn Surroundings>) -> Device {
    let store = Store::open(&folder.join("device.db"), KEY).unwrap();
    let identity = Identity {
        workspace: WorkspaceId::made_by_rule("test"),
        organisation: "Тест".to_owned(),
        relay_url: "http://127.0.0.1:9".to_owned(),
        relay_pin: None,
        relay_key: PublicKey::of(&relay()).0,
        device: DeviceId::made_by_rule("tablet"),
        device_key: SecretKey([2; 32]),
        employee: DocumentId::made_by_rule("olena"),
        incarnation: IncarnationId::made_by_rule("first"),
    };
    store.set_identity(identity).unwrap();
    Device::on(store, surroundings).unwrap()
}
