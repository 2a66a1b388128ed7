//! A profile's folder: the database, its key and what was set aside.
//!
//! Opening it has three good outcomes, and damage is one of them: a damaged database is moved aside,
//! never deleted, what could be read of the work made here goes into the fresh one, and the next sync
//! brings the documents back. Each step can be interrupted and is finished at the next start.
//!
//! A key without a database, or with an empty one, is damage too: somebody or something took the work of
//! this device away, and a fresh database in its place would hide that. A first start that never ended, and
//! a database that was set aside on purpose, look the same and are none of it: a mark lies beside them until
//! there is a database.

use std::fs;
use std::path::{Path, PathBuf};

use crate::engine::{DatabaseKey, Lock, Mended, SCHEMA_COPY, open_read_only};
use crate::error::{StoreError, no_room};
use crate::key::{self, Guard, KeyError, Unlock, obtain};
use crate::private::{self, beside, sync_folder_of};
use crate::rescue::{RescueReport, save, take_in};
use crate::store::Store;

const DATABASE: &str = "device.db";
const KEY: &str = "device.key";
/// Rescued work on its way from a damaged database into a fresh one.
const RESCUE: &str = "device.rescue.db";
/// Lies there until the first start is through: what is beside it was never used by anybody.
const UNFINISHED: &str = "device.unfinished";
/// Lies there while a fresh database takes the place of one that was set aside.
const REPLACING: &str = "device.replacing";

/// A profile's database.
#[derive(Debug)]
pub enum Opened {
    /// There was none: it is empty, and the device has to be enrolled.
    Fresh(Store),
    /// As it was left.
    Ready(Store),
    /// The file is damaged, emptied or gone, and was left alone. [`Damaged::set_aside`] goes on.
    Damaged(Damaged),
}

/// A profile that could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The key could not be had.
    #[error("could not unlock the device database")]
    Key(#[from] KeyError),
    /// There is a database but no key file.
    #[error("the key file {} is missing", .0.display())]
    KeyMissing(PathBuf),
    /// The database could not be opened, for another reason than damage.
    #[error("could not open the device database")]
    Store(#[from] StoreError),
}

/// A damaged database, locked and untouched.
pub struct Damaged {
    folder: PathBuf,
    key: DatabaseKey,
    lock: Lock,
    cause: String,
    is_lost: bool,
}

/// A fresh database in the place of a damaged one.
#[derive(Debug)]
pub struct SetAside {
    /// The fresh database with the rescued work. It needs a first sync.
    pub store: Store,
    /// What was rescued.
    pub rescued: RescueReport,
    /// Where the damaged file is kept; absent when there was none.
    pub kept: Option<PathBuf>,
}

impl std::fmt::Debug for Damaged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Damaged").field("cause", &self.cause).finish_non_exhaustive()
    }
}

/// Whether there is a profile in `folder`, or what is left of one. What a first start left that never ended
/// is none.
///
/// # Errors
/// When the folder cannot be looked into.
pub fn is_there(folder: &Path) -> std::io::Result<bool> {
    if is_unfinished(folder)? {
        return Ok(false);
    }
    for name in [DATABASE, KEY, RESCUE] {
        if folder.join(name).try_exists()? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What has to be asked for before the profile in `folder` can be opened; `None` when there is none.
///
/// # Errors
/// When the key file cannot be read, or is missing beside a database.
pub fn guard(folder: &Path) -> Result<Option<Guard>, OpenError> {
    if is_unfinished(folder).map_err(StoreError::File)? {
        return Ok(None);
    }
    let (database, header) = (folder.join(DATABASE), folder.join(KEY));
    let guard = key::guard(&header)?;
    if guard.is_none() && database.try_exists().map_err(StoreError::File)? {
        return Err(OpenError::KeyMissing(header));
    }
    Ok(guard)
}

/// Lets the next opening look at every page of the profile in `folder`, as it does once damage was met.
///
/// # Errors
/// When another program has it open.
pub fn doubt(folder: &Path) -> Result<(), OpenError> {
    Lock::take(&folder.join(DATABASE))?.remember_damage();
    Ok(())
}

/// Opens the profile in `folder`, which is made when missing.
///
/// # Errors
/// When another program has it open, the key cannot be had, or the disk refuses.
pub fn open(folder: &Path, unlock: &Unlock) -> Result<Opened, OpenError> {
    private::create_folder(folder).map_err(StoreError::File)?;
    let lock = Lock::take(&folder.join(DATABASE))?;
    if is_unfinished(folder).map_err(StoreError::File)? {
        discard(folder).map_err(StoreError::File)?;
    }
    if is_there(folder).map_err(StoreError::File)? {
        return open_there(folder, unlock, lock);
    }
    mark(folder, UNFINISHED).map_err(StoreError::File)?;
    let opened = open_there(folder, unlock, lock);
    if opened.is_err()
        && let Ok(_lock) = Lock::take(&folder.join(DATABASE))
        && let Err(error) = discard(folder)
    {
        tracing::warn!(%error, "what a failed first start left is cleared away by the next one");
    }
    opened
}

fn open_there(folder: &Path, unlock: &Unlock, lock: Lock) -> Result<Opened, OpenError> {
    let (database, header) = (folder.join(DATABASE), folder.join(KEY));
    let exists = database.try_exists().map_err(StoreError::File)?;
    if exists && !header.try_exists().map_err(StoreError::File)? {
        return Err(OpenError::KeyMissing(header));
    }
    let is_lost = is_lost(folder).map_err(StoreError::File)?;
    let key = obtain(&header, unlock).map_err(unlocked_not)?;
    if is_lost {
        let cause = if exists { "the database is empty" } else { "the database is gone" }.to_owned();
        return Ok(Opened::Damaged(Damaged { folder: folder.to_owned(), key, lock, cause, is_lost }));
    }
    if exists
        && lock.remembers_damage()
        && let Some(cause) = check(&database, &key)?
    {
        return Ok(Opened::Damaged(Damaged { folder: folder.to_owned(), key, lock, cause, is_lost }));
    }
    lock.forget_damage();
    match Store::open_locked(&database, key.clone(), lock) {
        Ok(store) => {
            finish_rescue(folder, &store)?;
            for name in [UNFINISHED, REPLACING] {
                unmark(folder, name).map_err(StoreError::File)?;
            }
            let known = store.identity()?.is_some();
            Ok(if exists || known { Opened::Ready(store) } else { Opened::Fresh(store) })
        }
        Err(error) if error.is_damage() => {
            let (lock, cause) = (Lock::take(&database)?, error_text(&error));
            lock.remember_damage();
            Ok(Opened::Damaged(Damaged { folder: folder.to_owned(), key, lock, cause, is_lost }))
        }
        Err(error) => Err(error.into()),
    }
}

/// A key that cannot be written for want of room is the disk's trouble, and no other than the database's.
fn unlocked_not(error: KeyError) -> OpenError {
    match error {
        KeyError::File(source) if no_room(&source) => OpenError::Store(StoreError::File(source)),
        other => OpenError::Key(other),
    }
}

/// Whether a key is there for a database that is gone or empty, and nobody set that aside on purpose.
fn is_lost(folder: &Path) -> std::io::Result<bool> {
    let database = folder.join(DATABASE);
    let holds = database.try_exists()? && fs::metadata(&database)?.len() > 0;
    let on_purpose = folder.join(RESCUE).try_exists()? || folder.join(REPLACING).try_exists()?;
    Ok(!holds && !on_purpose && folder.join(KEY).try_exists()?)
}

fn is_unfinished(folder: &Path) -> std::io::Result<bool> {
    folder.join(UNFINISHED).try_exists()
}

/// Lays a mark down; it is on the disk when this returns.
fn mark(folder: &Path, name: &str) -> std::io::Result<()> {
    let mark = folder.join(name);
    private::create(&mark)?.sync_all()?;
    sync_folder_of(&mark)
}

/// Takes a mark away, when it lies there.
fn unmark(folder: &Path, name: &str) -> std::io::Result<()> {
    let mark = folder.join(name);
    if remove(&mark)? { sync_folder_of(&mark) } else { Ok(()) }
}

/// Removes a file; false when there is none.
fn remove(path: &Path) -> std::io::Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Removes a key and a database that nobody ever used, and last the mark that says so.
fn discard(folder: &Path) -> std::io::Result<()> {
    let database = folder.join(DATABASE);
    let besides = ["-wal", "-shm", "-journal", SCHEMA_COPY].map(|ending| beside(&database, ending));
    let key = folder.join(KEY);
    for path in [beside(&key, ".new"), key, database].iter().chain(&besides) {
        remove(path)?;
    }
    unmark(folder, UNFINISHED)
}

/// Removes the profile of a device that never came to belong to anybody: its key and its database.
///
/// # Errors
/// When another program has it open, when the disk refuses.
pub fn discard_unused(folder: &Path) -> Result<(), OpenError> {
    let _lock = Lock::take(&folder.join(DATABASE))?;
    mark(folder, UNFINISHED).map_err(StoreError::File)?;
    Ok(discard(folder).map_err(StoreError::File)?)
}

/// Looks at every page; says what is wrong with the first damaged one.
fn check(database: &Path, key: &DatabaseKey) -> Result<Option<String>, StoreError> {
    let checked = open_read_only(database, key)
        .and_then(|db| Ok(db.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))?));
    match checked {
        Ok(answer) if answer == "ok" => Ok(None),
        Ok(answer) => Ok(Some(answer)),
        Err(error) if error.is_damage() => Ok(Some(error_text(&error))),
        Err(error) => Err(error),
    }
}

fn error_text(error: &StoreError) -> String {
    let sources = std::iter::successors(std::error::Error::source(error), |error| error.source());
    std::iter::once(error.to_string()).chain(sources.map(ToString::to_string)).collect::<Vec<_>>().join(": ")
}

impl Damaged {
    /// What is wrong, for support.
    #[must_use]
    pub fn cause(&self) -> &str {
        &self.cause
    }

    /// True when there is nothing to read at all: the file is empty or gone.
    #[must_use]
    pub const fn is_lost(&self) -> bool {
        self.is_lost
    }

    /// Rescues what can be read of the work made here, moves the damaged files aside, and makes a
    /// fresh database with the rescued work in it.
    ///
    /// # Errors
    /// When the disk refuses. Nothing is lost: the next start goes on where this stopped.
    pub fn set_aside(self) -> Result<SetAside, StoreError> {
        let Self { folder, key, lock, is_lost, .. } = self;
        let database = folder.join(DATABASE);
        let complete = !is_lost && rescue(&folder, &key)?;
        mark(&folder, REPLACING).map_err(StoreError::File)?;
        let kept = move_aside(&folder, &database, "damaged")?;
        lock.forget_damage();
        let store = Store::open_locked(&database, key, lock)?;
        let rescued = finish_rescue(&folder, &store)?.unwrap_or_default();
        unmark(&folder, REPLACING).map_err(StoreError::File)?;
        Ok(SetAside { store, rescued: RescueReport { complete, ..rescued }, kept })
    }
}

/// Saves what can be read of the damaged database, with the copy of its schema when that is what it lacks;
/// false when some of it could not.
fn rescue(folder: &Path, key: &DatabaseKey) -> Result<bool, StoreError> {
    let database = folder.join(DATABASE);
    let mended = Mended::of(&database, key)?;
    let source = mended.as_ref().map_or(database.as_path(), Mended::path);
    match save(source, &folder.join(RESCUE), key) {
        Ok(report) => Ok(report.complete),
        Err(error) if error.is_damage() => Ok(false),
        Err(error) => Err(error),
    }
}

/// Takes a waiting rescue file in, and puts it away.
fn finish_rescue(folder: &Path, store: &Store) -> Result<Option<RescueReport>, StoreError> {
    let rescue = folder.join(RESCUE);
    if !rescue.try_exists().map_err(StoreError::File)? {
        return Ok(None);
    }
    let report = store.take_in(&rescue)?;
    move_aside(folder, &rescue, "rescued")?;
    Ok(Some(report))
}

/// Renames a database file, with what lies beside it, to the first free name of its kind; none when it is not
/// there.
fn move_aside(folder: &Path, database: &Path, what: &str) -> Result<Option<PathBuf>, StoreError> {
    let mut number = 1_u32;
    let mut kept = folder.join(format!("device.{what}-{number}.db"));
    while kept.try_exists().map_err(StoreError::File)? {
        number += 1;
        kept = folder.join(format!("device.{what}-{number}.db"));
    }
    let is_there = database.try_exists().map_err(StoreError::File)?;
    for suffix in ["-shm", "-wal", SCHEMA_COPY, ""] {
        let (from, to) = (beside(database, suffix), beside(&kept, suffix));
        if from.try_exists().map_err(StoreError::File)? {
            fs::rename(from, to).map_err(StoreError::File)?;
        }
    }
    sync_folder_of(database).map_err(StoreError::File)?;
    Ok(is_there.then_some(kept))
}

impl Store {
    /// Takes a file of rescued work in. What is here already stays as it is.
    fn take_in(&self, path: &Path) -> Result<RescueReport, StoreError> {
        let (path, key) = (path.to_owned(), self.key().clone());
        self.writing(move |db| take_in(db, &path, &key))
    }
}
