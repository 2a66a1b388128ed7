//! The lock file beside the database.
//!
//! It keeps a second program out of the same data. Its content outlives the program: it tells the next
//! start that damage was met, so that the whole file is then checked, which at every start would cost
//! more than it finds: SQLite's log survives a kill, and every page carries its own checksum.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::error::StoreError;

const DAMAGE: &[u8] = b"damage was met\n";

/// The right to use a database, held until it is dropped.
pub(crate) struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock of the database at `path`.
    pub(crate) fn take(path: &Path) -> Result<Self, StoreError> {
        let wrong = |source| StoreError::Lock { path: path.to_owned(), source };
        let mut options = OpenOptions::new();
        let file =
            options.read(true).write(true).create(true).truncate(false).open(beside(path)).map_err(wrong)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse(path.to_owned())),
            Err(TryLockError::Error(source)) => Err(wrong(source)),
        }
    }

    /// True when damage was met since the file was last found whole.
    pub(crate) fn remembers_damage(&self) -> bool {
        let mut content = Vec::new();
        let mut file = &self.file;
        let read = file.rewind().and_then(|()| file.read_to_end(&mut content));
        // A lock file that cannot be read gives no reason to trust the database.
        read.is_err() || !content.is_empty()
    }

    /// Lets the next start check the whole file.
    pub(crate) fn remember_damage(&self) {
        let mut file = &self.file;
        if let Err(error) = file.rewind().and_then(|()| file.write_all(DAMAGE)) {
            tracing::error!(error = %error, "could not note that the device database is damaged");
        }
    }

    /// The file was found whole, or put aside.
    pub(crate) fn forget_damage(&self) {
        if let Err(error) = self.file.set_len(0) {
            tracing::warn!(error = %error, "the device database will be checked again at the next start");
        }
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}
