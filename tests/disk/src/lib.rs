//! The disk under every SQLite file of a test: what was written and flushed (fsync), a flush that takes as long as
//! the test wants, and a disk that fails.
//!
//! [`watch`] puts itself between SQLite and the file system of this process. Everything is handed on as it is; only
//! writing and flushing are noted, and flushing is held or refused where a test says so. What a flush means to the
//! hardware is not tried here: that SQLite asked for it, that it did so before anybody was told, and that nobody
//! asks again after one failed.

mod vfs;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Watches every SQLite file that is opened from now on.
///
/// # Panics
/// When SQLite refuses: a test without it would prove nothing.
pub fn watch() {
    vfs::install();
}

/// How often the file was to be flushed, failed flushes included.
#[must_use]
pub fn flushes(path: &Path) -> u64 {
    with(path, |file| file.flushes)
}

/// True when nothing was written into the file since it was last flushed with success.
#[must_use]
pub fn is_flushed(path: &Path) -> bool {
    with(path, |file| !file.is_dirty)
}

/// Lets every flush of the file fail until [`mend`].
pub fn fail(path: &Path) {
    with(path, |file| file.fails = true);
}

/// Lets flushes of the file succeed again.
pub fn mend(path: &Path) {
    with(path, |file| file.fails = false);
}

/// Keeps flushes of the file from ending until what it answers is dropped.
#[must_use]
pub fn hold(path: &Path) -> Held {
    with(path, |file| (file.is_held, file.waits) = (true, false));
    Held { path: path.to_owned() }
}

/// A file whose flushes do not end while this lives.
#[derive(Debug)]
pub struct Held {
    path: PathBuf,
}

impl Held {
    /// Waits until a flush of the file has begun; false when none did for so long.
    #[must_use]
    pub fn has_begun_within(&self, most: Duration) -> bool {
        let name = name(&self.path);
        let has_not_begun =
            |files: &mut BTreeMap<PathBuf, File>| !files.get(&name).is_some_and(|file| file.waits);
        let waited = CHANGED.wait_timeout_while(files(), most, has_not_begun);
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        with(&self.path, |file| file.is_held = false);
        CHANGED.notify_all();
    }
}

/// What is known and wanted of a file.
#[derive(Debug, Default)]
struct File {
    is_dirty: bool,
    flushes: u64,
    fails: bool,
    is_held: bool,
    /// A flush waits for the end of the hold.
    waits: bool,
}

static FILES: Mutex<BTreeMap<PathBuf, File>> = Mutex::new(BTreeMap::new());
static CHANGED: Condvar = Condvar::new();

fn files() -> MutexGuard<'static, BTreeMap<PathBuf, File>> {
    FILES.lock().unwrap_or_else(PoisonError::into_inner)
}

fn with<T>(path: &Path, look: impl FnOnce(&mut File) -> T) -> T {
    look(files().entry(name(path)).or_default())
}

/// The file as SQLite calls it: by the real name of its folder. It need not be there.
fn name(path: &Path) -> PathBuf {
    let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
    folder.zip(path.file_name()).map_or_else(|| path.to_owned(), |(folder, file)| folder.join(file))
}

fn written(path: &Path) {
    with(path, |file| file.is_dirty = true);
}

/// Whether the flush that begins now may go on to the disk.
fn flush_begins(path: &Path) -> bool {
    let mut files = files();
    files.entry(path.to_owned()).or_default().flushes += 1;
    loop {
        let file = files.entry(path.to_owned()).or_default();
        if !file.is_held {
            return !file.fails;
        }
        file.waits = true;
        CHANGED.notify_all();
        files = CHANGED.wait(files).unwrap_or_else(PoisonError::into_inner);
    }
}

fn flushed(path: &Path) {
    with(path, |file| file.is_dirty = false);
}

#[cfg(test)]
mod tests;
