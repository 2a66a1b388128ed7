//! Files beside the database: photos, signatures, papers.
//!
//! A file is named by the SHA-256 of its content and lies encrypted in a folder of the profile, with a
//! small picture of it where there is one. It is written whole, synced and moved into place before its row
//! is committed with the edit that names it, so a row that is there has its file; where that edit is not saved
//! the file goes again. Nothing is ever written in plain.
//!
//! The key is made from the database's: whoever opens the database opens the files, and nobody else.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use halyard_domain::id::DocumentId;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::engine::DatabaseKey;
use crate::error::StoreError;
use crate::private::write_whole;
use crate::store::Store;

/// What the key of files is bound to, so that it is no other key of the database.
const CONTEXT: &[u8] = b"halyard device file key v1";
/// Bytes of the nonce before the sealed content.
const NONCE: usize = 24;

/// The SHA-256 of a file's content.
pub type BlobKey = [u8; 32];

/// A file to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBlob {
    /// The record it is added to.
    pub document: DocumentId,
    /// Its content.
    pub content: Vec<u8>,
    /// Its media type: `image/jpeg`.
    pub media_type: String,
    /// A small picture of it.
    pub thumbnail: Option<Vec<u8>>,
    /// When, by this device's clock, Unix milliseconds.
    pub kept_ms: i64,
}

/// What is known of a file without opening it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobRow {
    /// Its name.
    pub hash: BlobKey,
    /// The record it was added to.
    pub document: DocumentId,
    /// The size of its content.
    pub bytes: u64,
    /// Its media type.
    pub media_type: String,
    /// Where it is.
    pub state: BlobState,
}

/// Where a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobState {
    /// On this device only.
    OnDevice,
    /// The office has it.
    InOffice,
}

/// How large a picture is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobSize {
    /// As it was kept.
    Whole,
    /// The small picture; the whole where there is none.
    Thumbnail,
}

impl NewBlob {
    /// The name of the file.
    #[must_use]
    pub fn key(&self) -> BlobKey {
        BlobKey::from(Sha256::digest(&self.content))
    }
}

impl Store {
    /// Writes files and saves what names them. Where that fails, those files are gone again that nothing named
    /// before.
    pub(crate) fn with_files(
        &self,
        files: &[NewBlob],
        save: impl FnOnce() -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        if files.is_empty() {
            return save();
        }
        // One after the other: who fails must not remove what another has written and not saved yet.
        let _alone = self.files.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let saved = files.iter().try_for_each(|file| self.files.write(file)).and_then(|()| save());
        if saved.is_err() {
            for key in files.iter().map(NewBlob::key) {
                let is_named = self.blob_row(key).map(|row| row.is_some());
                if let Err(error) =
                    is_named.and_then(|named| if named { Ok(()) } else { self.files.remove(&key) })
                {
                    tracing::warn!(%error, "a file that nothing names may stay behind");
                }
            }
        }
        saved
    }

    /// What is known of a file; `None` when it is not here.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn blob_row(&self, hash: BlobKey) -> Result<Option<BlobRow>, StoreError> {
        self.engine.read(move |db| row(db, &hash))
    }

    /// How many files are here.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn blob_count(&self) -> Result<u64, StoreError> {
        let count = self.engine.read(|db| {
            Ok(db.prepare_cached("SELECT count(*) FROM blob")?.query_row([], |row| row.get::<_, i64>(0))?)
        })?;
        u64::try_from(count).map_err(|_| StoreError::Garbled("count"))
    }

    /// How many files are on this device and nowhere else.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn blobs_only_here(&self) -> Result<u64, StoreError> {
        let count = self.engine.read(|db| {
            let mut statement = db.prepare_cached("SELECT count(*) FROM blob WHERE state = ?1")?;
            Ok(statement.query_row([BlobState::OnDevice.name()], |row| row.get::<_, i64>(0))?)
        })?;
        u64::try_from(count).map_err(|_| StoreError::Garbled("count"))
    }

    /// Deletes the files the office has. Those it lacks stay.
    ///
    /// # Errors
    /// When a file cannot be deleted or nothing can be saved; asked again, it goes on.
    pub fn drop_blobs_of_the_office(&self) -> Result<(), StoreError> {
        let known: Vec<BlobKey> = self.engine.read(|db| {
            let mut statement = db.prepare_cached("SELECT hash FROM blob WHERE state = ?1")?;
            let rows = statement.query_map([BlobState::InOffice.name()], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })?;
        for hash in known {
            self.files.remove(&hash)?;
            self.writing(move |db| {
                db.prepare_cached("DELETE FROM blob WHERE hash = ?1")?.execute([hash])?;
                Ok(())
            })?;
        }
        Ok(())
    }

    /// The content of a file; `None` when it is not here.
    ///
    /// # Errors
    /// When the file cannot be read or was changed.
    pub fn blob(&self, hash: BlobKey, size: BlobSize) -> Result<Option<Vec<u8>>, StoreError> {
        self.files.read(&hash, size)
    }
}

impl BlobState {
    const fn name(self) -> &'static str {
        match self {
            Self::OnDevice => "on_device",
            Self::InOffice => "in_office",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        [Self::OnDevice, Self::InOffice].into_iter().find(|state| state.name() == name)
    }
}

/// The folder of files of one database.
pub(crate) struct Files {
    folder: PathBuf,
    cipher: XChaCha20Poly1305,
    /// Held by whoever writes files and what names them.
    writing: Mutex<()>,
}

impl Files {
    /// The files beside the database at `path`.
    pub(crate) fn beside(path: &Path, key: &DatabaseKey) -> Self {
        // The database key is 32 random bytes: one hash of it with a context is a key of its own.
        let digest = Sha256::new().chain_update(CONTEXT).chain_update(key.0).finalize();
        let key = Zeroizing::new(<[u8; 32]>::from(digest));
        let cipher = XChaCha20Poly1305::new((&*key).into());
        Self { folder: path.with_extension("files"), cipher, writing: Mutex::new(()) }
    }

    /// Writes a file and its small picture; writing it again changes nothing.
    fn write(&self, blob: &NewBlob) -> Result<(), StoreError> {
        let hash = blob.key();
        if let Some(thumbnail) = &blob.thumbnail {
            self.seal(&self.path(&hash, BlobSize::Thumbnail), &hash, thumbnail)?;
        }
        self.seal(&self.path(&hash, BlobSize::Whole), &hash, &blob.content)
    }

    /// Reads a file; `None` when it is not here.
    pub(crate) fn read(&self, hash: &BlobKey, size: BlobSize) -> Result<Option<Vec<u8>>, StoreError> {
        let sealed = match fs::read(self.path(hash, size)) {
            Ok(sealed) => sealed,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return match size {
                    BlobSize::Thumbnail => self.read(hash, BlobSize::Whole),
                    BlobSize::Whole => Ok(None),
                };
            }
            Err(error) => return Err(StoreError::File(error)),
        };
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or(StoreError::Garbled("file"))?;
        let payload = Payload { msg: sealed, aad: hash };
        let opened = self.cipher.decrypt(XNonce::from_slice(nonce), payload);
        opened.map(Some).map_err(|_| StoreError::Garbled("file"))
    }

    /// Deletes a file and its small picture.
    fn remove(&self, hash: &BlobKey) -> Result<(), StoreError> {
        for size in [BlobSize::Thumbnail, BlobSize::Whole] {
            match fs::remove_file(self.path(hash, size)) {
                Ok(()) => {}
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(StoreError::File(error)),
            }
        }
        Ok(())
    }

    fn path(&self, hash: &BlobKey, size: BlobSize) -> PathBuf {
        let name = hex::encode(hash);
        let folder = self.folder.join(name.get(..2).unwrap_or_default());
        match size {
            BlobSize::Whole => folder.join(name),
            BlobSize::Thumbnail => folder.join(format!("{name}.small")),
        }
    }

    fn seal(&self, path: &Path, hash: &BlobKey, content: &[u8]) -> Result<(), StoreError> {
        if path.exists() {
            return Ok(());
        }
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| StoreError::Garbled("source of randomness"))?;
        let payload = Payload { msg: content, aad: hash };
        let sealed = self.cipher.encrypt(XNonce::from_slice(&nonce), payload);
        let sealed = sealed.map_err(|_| StoreError::Garbled("file"))?;
        fs::create_dir_all(path.parent().unwrap_or(path)).map_err(StoreError::File)?;
        write_whole(path, &[nonce.as_slice(), &sealed].concat()).map_err(StoreError::File)
    }
}

/// Notes a file that is written; one that is noted already stays as it is.
pub(crate) fn note(db: &Connection, blob: &NewBlob) -> Result<(), StoreError> {
    let bytes = i64::try_from(blob.content.len()).map_err(|_| StoreError::Garbled("size"))?;
    db.prepare_cached(
        "INSERT INTO blob (hash, document, bytes, media_type, state, kept_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (hash) DO NOTHING",
    )?
    .execute(params![
        blob.key(),
        blob.document.as_bytes(),
        bytes,
        blob.media_type,
        BlobState::OnDevice.name(),
        blob.kept_ms
    ])?;
    Ok(())
}

fn row(db: &Connection, hash: &BlobKey) -> Result<Option<BlobRow>, StoreError> {
    let found = db
        .prepare_cached("SELECT document, bytes, media_type, state FROM blob WHERE hash = ?1")?
        .query_row([hash], |row| {
            let document: [u8; 16] = row.get(0)?;
            let state: String = row.get(3)?;
            Ok((document, row.get::<_, i64>(1)?, row.get::<_, String>(2)?, state))
        })
        .optional()?;
    let Some((document, bytes, media_type, state)) = found else { return Ok(None) };
    Ok(Some(BlobRow {
        hash: *hash,
        document: DocumentId::from_slice(&document).map_err(|_| StoreError::Garbled("id"))?,
        bytes: u64::try_from(bytes).unwrap_or(0),
        media_type,
        state: BlobState::from_name(&state).ok_or(StoreError::Garbled("state of a file"))?,
    }))
}
