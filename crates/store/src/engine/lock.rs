//! The lock file beside the database, and the file that says who holds it.
//!
//! The lock keeps a second program out of the same data. Its content outlives the program: it tells the next
//! start that damage was met, so that the whole file is then checked, which at every start would cost
//! more than it finds: SQLite's log survives a kill, and every page carries its own checksum. Who holds the
//! lock stands in a file of its own, because on some systems nobody else can read a locked one.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::private::{self, beside};

const DAMAGE: &[u8] = b"damage was met\n";

/// The right to use a database, held until it is dropped.
pub(crate) struct Lock {
    file: File,
    holder: PathBuf,
}

/// The program that has the data open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// What its file is called.
    pub program: String,
    /// The number of its process.
    pub process: u32,
    /// Since when.
    pub since: Option<SystemTime>,
}

#[derive(Serialize, Deserialize)]
struct Note {
    program: String,
    process: u32,
}

impl Lock {
    /// Takes the lock of the database at `path`.
    pub(crate) fn take(path: &Path) -> Result<Self, StoreError> {
        let wrong = |source| StoreError::Lock { path: path.to_owned(), source };
        let mut options = private::options();
        options.read(true).write(true).create(true).truncate(false);
        let file = options.open(beside(path, ".lock")).map_err(wrong)?;
        let holder = beside(path, ".holder");
        match file.try_lock() {
            Ok(()) => {
                if let Err(error) = note(&holder) {
                    tracing::debug!(%error, "others will not hear who has the data open");
                }
                Ok(Self { file, holder })
            }
            Err(TryLockError::WouldBlock) => {
                Err(StoreError::InUse { path: path.to_owned(), holder: read(&holder) })
            }
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

impl Drop for Lock {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.holder) {
            tracing::debug!(%error, "could not take back who has the data open");
        }
    }
}

fn note(holder: &Path) -> std::io::Result<()> {
    let program = std::env::current_exe()?;
    let program = program.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let note = Note { program, process: std::process::id() };
    private::create(holder)?.write_all(&serde_json::to_vec(&note).map_err(std::io::Error::other)?)
}

fn read(holder: &Path) -> Option<Holder> {
    let Note { program, process } = serde_json::from_slice(&std::fs::read(holder).ok()?).ok()?;
    let since = std::fs::metadata(holder).and_then(|file| file.modified()).ok();
    Some(Holder { program, process, since })
}
