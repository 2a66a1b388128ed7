//! A copy of the pages by which all others are read.
//!
//! The first page tells SQLCipher the salt of the encryption. It and those behind it that the schema stands in
//! tell SQLite which tables there are and where they begin: with one of them lost nothing of the others can be
//! read. So they are copied, byte for byte as the file has them and thus encrypted and sealed, whenever the log
//! was moved into the database, and a rescue puts them into a copy of a database whose own are lost. Pages that
//! do not open are never kept.
//!
//! What was moved since the copy was taken may be out of its reach: the first page tells the size of the file.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::connect::{DatabaseKey, open_damaged, schema_pages};
use crate::error::StoreError;
use crate::private::{self, beside};

/// What the copy's name ends with.
pub(crate) const ENDING: &str = "-schema";
/// The database with the copied pages, while it is read.
const MENDED: &str = "-mended";
/// SQLCipher's page.
const PAGE: usize = 4096;
/// A page in the copy: its number, then its bytes.
const ENTRY: usize = size_of::<u32>() + PAGE;

/// Keeps the copy up to date.
pub(super) struct SchemaCopy {
    path: PathBuf,
    /// Open as long as the database is: closing any descriptor of a file drops the locks SQLite holds on it.
    database: File,
    key: DatabaseKey,
    kept: Mutex<Vec<u8>>,
}

impl SchemaCopy {
    /// Begins with the copy there is; `path` is the database.
    pub(super) fn of(path: &Path, key: &DatabaseKey) -> io::Result<Self> {
        let copy = beside(path, ENDING);
        let kept = if copy.try_exists()? { std::fs::read(&copy)? } else { Vec::new() };
        let database = File::open(path)?;
        Ok(Self { path: path.to_owned(), database, key: key.clone(), kept: Mutex::new(kept) })
    }

    /// Copies the pages when they are other than the copy. What goes wrong costs the copy only.
    pub(super) fn keep(&self) {
        if let Err(error) = self.try_keep() {
            tracing::warn!(%error, "the copy of the database's schema is not up to date");
        }
    }

    fn try_keep(&self) -> Result<(), StoreError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_current(&kept) {
            return Ok(());
        }
        let mut copy = Vec::new();
        for number in schema_pages(&self.path, &self.key)? {
            let page = read_page(&self.database, place(number)).map_err(StoreError::File)?;
            copy.extend(number.to_be_bytes());
            copy.extend(page);
        }
        private::write_whole(&beside(&self.path, ENDING), &copy).map_err(StoreError::File)?;
        *kept = copy;
        Ok(())
    }

    /// Whatever adds to the schema writes to a page that it stands in already.
    fn is_current(&self, kept: &[u8]) -> bool {
        let is_same = |(number, page): (u32, &[u8])| {
            read_page(&self.database, place(number)).is_ok_and(|now| now == page)
        };
        !kept.is_empty() && entries(kept).all(is_same)
    }
}

/// A copy of a database with the schema it once had, removed when it is dropped.
pub(crate) struct Mended {
    path: PathBuf,
}

impl Mended {
    /// Mends the database at `path`; `None` when its schema can be read, or the copy does not help.
    pub(crate) fn of(path: &Path, key: &DatabaseKey) -> Result<Option<Self>, StoreError> {
        let copy = beside(path, ENDING);
        match read_schema(path, key) {
            Ok(()) => return Ok(None),
            Err(error) if !error.is_damage() => return Err(error),
            Err(_) if !copy.try_exists().map_err(StoreError::File)? => return Ok(None),
            Err(_) => {}
        }
        let mended = Self { path: beside(path, MENDED) };
        mended.fill(path, &copy).map_err(StoreError::File)?;
        match read_schema(&mended.path, key) {
            Ok(()) => Ok(Some(mended)),
            Err(error) if error.is_damage() => {
                tracing::warn!(%error, "the copy of the database's schema is no use");
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// The database to read.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    fn fill(&self, damaged: &Path, copy: &Path) -> io::Result<()> {
        copy_readable(damaged, &self.path)?;
        let mut file = private::options().write(true).open(&self.path)?;
        for (number, page) in entries(&std::fs::read(copy)?) {
            file.seek(SeekFrom::Start(place(number)))?;
            file.write_all(page)?;
        }
        let log = beside(damaged, "-wal");
        if log.try_exists()? { copy_readable(&log, &beside(&self.path, "-wal")) } else { Ok(()) }
    }
}

impl Drop for Mended {
    fn drop(&mut self) {
        for ending in ["-shm", "-wal", ""] {
            match std::fs::remove_file(beside(&self.path, ending)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    tracing::warn!(%error, "a copy of the damaged database stays behind");
                }
                Ok(()) | Err(_) => {}
            }
        }
    }
}

/// Reads every page that the schema stands in.
fn read_schema(path: &Path, key: &DatabaseKey) -> Result<(), StoreError> {
    let db = open_damaged(path, key)?;
    Ok(db.query_row("SELECT total(length(sql)) FROM sqlite_schema", [], |_| Ok(()))?)
}

/// The pages of a copy with their numbers; what is cut off at its end is none.
fn entries(copy: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    let entry = |entry: &'_ [u8]| entry.split_first_chunk().map(|(number, _)| u32::from_be_bytes(*number));
    copy.chunks_exact(ENTRY).filter_map(move |one| Some((entry(one)?, one.get(size_of::<u32>()..)?)))
}

/// Where a page begins in its file.
fn place(number: u32) -> u64 {
    u64::from(number.saturating_sub(1)) * PAGE as u64
}

/// Copies what the disk still gives; what it does not is zeros, which no seal fits.
fn copy_readable(from: &Path, to: &Path) -> io::Result<()> {
    let from = File::open(from)?;
    let mut to = BufWriter::new(private::create(to)?);
    let length = from.metadata()?.len();
    let mut at = 0;
    while at < length {
        let page = read_page(&from, at).unwrap_or_else(|error| {
            tracing::warn!(%error, at, "a page of the damaged database cannot be read");
            vec![0; PAGE]
        });
        to.write_all(&page)?;
        at += PAGE as u64;
    }
    to.flush()
}

/// The bytes from `at` on, as many as a page has or the file still holds.
fn read_page(mut file: &File, at: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at))?;
    let mut page = Vec::with_capacity(PAGE);
    file.take(PAGE as u64).read_to_end(&mut page)?;
    Ok(page)
}
