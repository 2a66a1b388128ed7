//! A device: one profile of one employee on one machine, with one key and one database.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use ed25519_dalek::SigningKey;
use halyard_domain::id::DocumentId;
use halyard_protocol::cbor;
use halyard_protocol::keys::PublicKey;
use halyard_protocol::pull::Me;
use halyard_records::Document;
use halyard_store::{Identity, StopReason, Store, StoredDocument};
use halyard_tables::rows::{RecordRows, rows_of};
use tokio::sync::broadcast;

use crate::actors::Actors;
use crate::edit::read;
use crate::error::DeviceError;
use crate::news::{Changed, WAITING};
use crate::surroundings::Surroundings;

/// How many records are read at a time when derived tables are filled anew.
const FILL: usize = 256;
/// Largest kept answer about ourselves, in bytes.
const ME_BYTES: usize = 64 * 1024;

/// The app without a window.
pub struct Device {
    pub(crate) store: Store,
    pub(crate) surroundings: Box<dyn Surroundings>,
    pub(crate) news: broadcast::Sender<Changed>,
    profile: RwLock<Option<Profile>>,
    /// Held while own work is signed or entered again.
    signing: Mutex<()>,
}

/// Who the device is, and under which actors it writes.
pub(crate) struct Profile {
    pub(crate) identity: Identity,
    pub(crate) key: SigningKey,
    pub(crate) actors: Actors,
}

impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Device").finish_non_exhaustive()
    }
}

impl Device {
    /// Opens the database at `path` with its raw key, and fills its derived tables when a newer version
    /// needs it.
    ///
    /// # Errors
    /// When the database cannot be opened or filled.
    pub fn open(
        path: &Path,
        key: [u8; 32],
        surroundings: Box<dyn Surroundings>,
    ) -> Result<Self, DeviceError> {
        Self::on(Store::open(path, key)?, surroundings)
    }

    /// A device on an opened store.
    ///
    /// # Errors
    /// When the store cannot be read or its derived tables cannot be filled.
    pub fn on(store: Store, surroundings: Box<dyn Surroundings>) -> Result<Self, DeviceError> {
        let news = broadcast::Sender::new(WAITING);
        let device = Self { store, surroundings, news, profile: RwLock::new(None), signing: Mutex::new(()) };
        if let Some(identity) = device.store.identity()? {
            device.take_profile(identity);
        }
        device.try_suspects()?;
        if device.store.needs_filling() {
            device.fill()?;
        }
        // A first sync that was cut short goes on without them, and whoever syncs makes them behind it.
        if device.store.sync_state()?.last_full_sync_ms.is_some() {
            device.make_sort_indexes();
        }
        Ok(device)
    }

    /// Makes sorted lists fast where they are not yet. Nothing depends on it: without room on the disk lists
    /// are read as they are.
    pub(crate) fn make_sort_indexes(&self) {
        if let Err(error) = self.store.make_sort_indexes() {
            tracing::warn!(%error, "lists are sorted without their indexes");
        }
    }

    /// Opens the documents over which the app died once, each alone: the innocent are cleared, and the
    /// one that ends the app again is set aside at the next start.
    fn try_suspects(&self) -> Result<(), DeviceError> {
        for document in self.store.suspects()? {
            let parsing = self.store.parsing(vec![document])?;
            let rows = self.rows_anew(document);
            drop(parsing);
            match rows {
                Ok(_) => self.store.clear_suspects(vec![document])?,
                Err(error) => tracing::warn!(document.id = %document, %error, "cannot be opened"),
            }
        }
        Ok(())
    }

    /// Who this device is, once it is enrolled.
    #[must_use]
    pub fn identity(&self) -> Option<Identity> {
        self.with_profile(|profile| profile.identity.clone()).ok()
    }

    /// Whose device this is.
    ///
    /// # Errors
    /// When it is not enrolled.
    pub fn employee(&self) -> Result<DocumentId, DeviceError> {
        self.with_profile(|profile| profile.identity.employee)
    }

    /// Why nothing can be saved any more, when that is so.
    #[must_use]
    pub fn stopped(&self) -> Option<&str> {
        self.store.stopped()
    }

    /// What kind of trouble stopped the saving, when that is so.
    #[must_use]
    pub fn stop_reason(&self) -> Option<StopReason> {
        self.store.stop_reason()
    }

    /// Who the relay said we are at the last pull; absent before the first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn me(&self) -> Result<Option<Me>, DeviceError> {
        let kept = self.store.sync_state()?.me;
        kept.map(|bytes| cbor::decode(&bytes, ME_BYTES).map_err(|_| DeviceError::Garbled("answer about us")))
            .transpose()
    }

    pub(crate) fn with_profile<T>(&self, read: impl FnOnce(&Profile) -> T) -> Result<T, DeviceError> {
        let profile = self.profile.read().unwrap_or_else(PoisonError::into_inner);
        profile.as_ref().map(read).ok_or(DeviceError::NotEnrolled)
    }

    /// The turn at signing own work or entering it again. "Sync now" runs a session beside the one in the
    /// background: two that sign from the same end of the chain would break it.
    pub(crate) fn signing_turn(&self) -> MutexGuard<'_, ()> {
        self.signing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Goes on under a new actor, before local work leaves a document.
    pub(crate) fn renew_actor(&self) {
        let profile = self.profile.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(profile) = profile.as_ref() {
            profile.actors.renew(self.surroundings.as_ref());
        }
    }

    pub(crate) fn take_profile(&self, identity: Identity) {
        let key = SigningKey::from_bytes(&identity.device_key.0);
        let actors = Actors::start(&PublicKey::of(&key), self.surroundings.as_ref());
        let mut profile = self.profile.write().unwrap_or_else(PoisonError::into_inner);
        *profile = Some(Profile { identity, key, actors });
    }

    pub(crate) fn opened(
        &self,
        document: DocumentId,
    ) -> Result<Option<(StoredDocument, Document)>, DeviceError> {
        let Some(stored) = self.store.document(document)? else { return Ok(None) };
        if stored.set_aside.is_some() {
            return Err(DeviceError::SetAside(document));
        }
        let opened = Document::load(&stored.base, stored.tail.iter().map(Vec::as_slice));
        let opened = opened.map_err(|source| DeviceError::Document { document, source })?;
        Ok(Some((stored, opened)))
    }

    /// The derived rows of a document, made anew; none when it is not here.
    fn rows_anew(&self, document: DocumentId) -> Result<Option<RecordRows>, DeviceError> {
        let Some((_, opened)) = self.opened(document)? else { return Ok(None) };
        Ok(Some(rows_of(document, &read(&opened, document)?)))
    }

    /// Makes the derived rows of every document anew.
    ///
    /// # Errors
    /// When the store cannot be read or written. A document that cannot be read is left out and logged.
    pub fn fill(&self) -> Result<(), DeviceError> {
        let ids = self.store.document_ids()?;
        for part in ids.chunks(FILL) {
            let mut records = Vec::with_capacity(part.len());
            // This is done at every start until it is done: one that ends the app must be found.
            let parsing = self.store.parsing(part.iter().map(|(document, _)| *document).collect())?;
            for (document, _) in part {
                match self.rows_anew(*document) {
                    Ok(rows) => records.extend(rows),
                    Err(DeviceError::Store(error)) => return Err(error.into()),
                    Err(error) => tracing::warn!(document.id = %document, %error, "left out of lists"),
                }
            }
            drop(parsing);
            self.store.fill(records)?;
        }
        Ok(self.store.filled()?)
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::path::PathBuf;
    use std::sync::Arc;

    use halyard_domain::kind::Kind;
    use halyard_domain::records::Customer;

    use super::*;
    use crate::sync::bench;

    /// A log that notes which documents are marked whenever something is said.
    #[derive(Clone)]
    struct Log {
        marks: PathBuf,
        marked: Arc<Mutex<Vec<Vec<u8>>>>,
    }

    impl io::Write for Log {
        fn write(&mut self, said: &[u8]) -> io::Result<usize> {
            self.marked.lock().unwrap().push(std::fs::read(&self.marks)?);
            Ok(said.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_document_whose_rows_are_made_anew_is_marked_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let device = bench::device(folder.path());
        let name = vec![Customer::NAME.set(&"Ґрунт".to_owned())];
        let spoilt = device.create(Kind::Customer, name).unwrap();
        bench::beside(folder.path()).execute("UPDATE document SET base = x'00'", []).unwrap();
        let log = Log { marks: folder.path().join("device.db.parsing"), marked: Arc::default() };

        // What cannot be read is said while it is being read.
        let writer = log.clone();
        let said = tracing_subscriber::fmt().with_writer(move || writer.clone()).finish();
        tracing::subscriber::with_default(said, || device.fill().unwrap());

        let marked = log.marked.lock().unwrap();
        assert!(!marked.is_empty() && marked.iter().all(|marked| marked == spoilt.as_bytes()), "{marked:?}");
        assert!(std::fs::read(&log.marks).unwrap().is_empty(), "it did not end the app");
    }
}
