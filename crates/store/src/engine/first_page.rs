//! A copy of the first page beside the database.
//!
//! The first page alone tells SQLCipher the salt of the encryption and SQLite where the tables begin: without
//! it nothing of the other pages can be read. So what the file has there is copied, byte for byte and thus
//! encrypted and sealed, whenever the log was moved into the database, and a rescue puts it into a copy of a
//! database whose own first page is lost. A page that does not open is never kept.
//!
//! What was moved since the copy was taken may be out of its reach: the page tells the size of the file.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::connect::{DatabaseKey, open_first_page, open_read_only};
use crate::error::StoreError;
use crate::private::{self, beside};

/// What the copy's name ends with.
pub(crate) const ENDING: &str = "-first";
/// The database with a copied first page, while it is read.
const MENDED: &str = "-mended";
/// SQLCipher's page.
const PAGE: u64 = 4096;

/// Keeps the copy up to date.
pub(super) struct FirstPage {
    /// Open as long as the database is: closing any descriptor of a file drops the locks SQLite holds on it.
    database: File,
    copy: PathBuf,
    key: DatabaseKey,
    kept: Mutex<Vec<u8>>,
}

impl FirstPage {
    /// Begins with the copy there is; `path` is the database.
    pub(super) fn of(path: &Path, key: &DatabaseKey) -> io::Result<Self> {
        let copy = beside(path, ENDING);
        let kept = if copy.try_exists()? { std::fs::read(&copy)? } else { Vec::new() };
        Ok(Self { database: File::open(path)?, copy, key: key.clone(), kept: Mutex::new(kept) })
    }

    /// Copies the page when it is another than the copy. What goes wrong costs the copy only.
    pub(super) fn keep(&self) {
        if let Err(error) = self.try_keep() {
            tracing::warn!(%error, "the copy of the database's first page is not up to date");
        }
    }

    fn try_keep(&self) -> Result<(), StoreError> {
        let page = read_page(&self.database, 0).map_err(StoreError::File)?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if *kept == page {
            return Ok(());
        }
        let tried = beside(&self.copy, ".tried");
        private::create(&tried).and_then(|mut file| file.write_all(&page)).map_err(StoreError::File)?;
        let opened = open_first_page(&tried, &self.key);
        std::fs::remove_file(&tried).map_err(StoreError::File)?;
        opened?;
        private::write_whole(&self.copy, &page).map_err(StoreError::File)?;
        *kept = page;
        Ok(())
    }
}

/// A copy of a database with the first page it once had, removed when it is dropped.
pub(crate) struct Mended {
    path: PathBuf,
}

impl Mended {
    /// Mends the database at `path`; `None` when its first page can be read, or no better one is there.
    pub(crate) fn of(path: &Path, key: &DatabaseKey) -> Result<Option<Self>, StoreError> {
        let read = open_read_only(path, key)
            .and_then(|db| Ok(db.query_row("PRAGMA schema_version", [], |row| row.get::<_, i64>(0))?));
        let copy = beside(path, ENDING);
        match read {
            Ok(_) => return Ok(None),
            Err(error) if !error.is_damage() => return Err(error),
            Err(_) if !copy.try_exists().map_err(StoreError::File)? => return Ok(None),
            Err(_) => {}
        }
        if let Err(error) = open_first_page(&copy, key) {
            tracing::warn!(%error, "the copy of the database's first page is no use");
            return Ok(None);
        }
        let mended = Self { path: beside(path, MENDED) };
        mended.fill(path, &copy).map_err(StoreError::File)?;
        Ok(Some(mended))
    }

    /// The database to read.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    fn fill(&self, damaged: &Path, first: &Path) -> io::Result<()> {
        copy_readable(damaged, &self.path)?;
        let mut file = private::options().write(true).open(&self.path)?;
        file.write_all(&std::fs::read(first)?)?;
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

/// Copies what the disk still gives; what it does not is zeros, which no seal fits.
fn copy_readable(from: &Path, to: &Path) -> io::Result<()> {
    let from = File::open(from)?;
    let mut to = BufWriter::new(private::create(to)?);
    let length = from.metadata()?.len();
    let mut at = 0;
    while at < length {
        let page = read_page(&from, at).unwrap_or_else(|error| {
            tracing::warn!(%error, at, "a page of the damaged database cannot be read");
            vec![0; usize::try_from(PAGE.min(length - at)).unwrap_or_default()]
        });
        to.write_all(&page)?;
        at += PAGE;
    }
    to.flush()
}

/// The bytes from `at` on, as many as a page has or the file still holds.
fn read_page(mut file: &File, at: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at))?;
    let mut page = Vec::new();
    file.take(PAGE).read_to_end(&mut page)?;
    Ok(page)
}
