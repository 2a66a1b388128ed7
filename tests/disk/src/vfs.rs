//! The file system SQLite has, with its own functions for writing and flushing looked at.
//!
//! A VFS of SQLite is a table of functions of C that opens files, and each opened file brings another table for what
//! is done with it. Here both are copied as they are, and three places of them are taken: opening, writing and
//! flushing. Nothing is ever freed: SQLite may ask as long as the process lives.

use std::collections::BTreeMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, OnceLock, PoisonError};

use rusqlite::ffi;

type Methods = ffi::sqlite3_io_methods;

/// The file system that does the work.
struct Real(*mut ffi::sqlite3_vfs);

// SAFETY: SQLite itself uses its file system from every thread; the pointer is only read here.
unsafe impl Send for Real {}
// SAFETY: as above.
unsafe impl Sync for Real {}

static REAL: OnceLock<Real> = OnceLock::new();

/// The opened files by their address: a file that is opened where another was takes its place.
static OPENED: Mutex<Opened> = Mutex::new(Opened { files: BTreeMap::new(), looked_at: BTreeMap::new() });

struct Opened {
    files: BTreeMap<usize, (PathBuf, &'static Methods)>,
    /// The copies of the tables, by the address of what they were copied from.
    looked_at: BTreeMap<usize, &'static Methods>,
}

fn opened() -> MutexGuard<'static, Opened> {
    OPENED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the place of the file system of this process, once.
pub(crate) fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: it may be called at any time, and answers a table that lives as long as the process, or nothing.
        let real = unsafe { ffi::sqlite3_vfs_find(std::ptr::null()) };
        assert!(!real.is_null(), "SQLite has no file system");
        // SAFETY: not null, and a table that SQLite keeps.
        let copy = unsafe { *real };
        let copy = ffi::sqlite3_vfs { zName: c"watched".as_ptr(), xOpen: Some(open), ..copy };
        assert!(REAL.set(Real(real)).is_ok(), "installed once");
        // SAFETY: what is registered is never freed.
        let registered = unsafe { ffi::sqlite3_vfs_register(Box::leak(Box::new(copy)), 1) };
        assert_eq!(registered, ffi::SQLITE_OK, "SQLite takes no other file system");
    });
}

unsafe extern "C" fn open(
    _this: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    let Some(&Real(real)) = REAL.get() else { return ffi::SQLITE_CANTOPEN };
    // SAFETY: set from a table that SQLite keeps.
    let Some(open) = (unsafe { (*real).xOpen }) else { return ffi::SQLITE_CANTOPEN };
    // SAFETY: everything is handed on as SQLite gave it, to the file system it belongs to.
    let answer = unsafe { open(real, name, file, flags, out) };
    if answer == ffi::SQLITE_OK && !name.is_null() {
        // SAFETY: SQLite names files by strings that end with a zero.
        let name = unsafe { CStr::from_ptr(name) };
        // SAFETY: a file that was just opened, of which SQLite alone knows.
        unsafe { look_at(file, Path::new(&*name.to_string_lossy())) };
    }
    answer
}

/// Gives an opened file the table with the places that are looked at.
///
/// # Safety
/// `file` is open, and nobody else uses it yet.
unsafe fn look_at(file: *mut ffi::sqlite3_file, path: &Path) {
    // SAFETY: the caller's word.
    let methods: &mut *const Methods = unsafe { &mut (*file).pMethods };
    // SAFETY: an open file has a table, and the tables of file systems live as long as the process.
    let real: Option<&'static Methods> = unsafe { (*methods).as_ref() };
    let Some(real) = real else { return };
    let mut opened = opened();
    opened.files.insert(file.addr(), (path.to_owned(), real));
    *methods = *opened
        .looked_at
        .entry((*methods).addr())
        .or_insert_with(|| Box::leak(Box::new(Methods { xWrite: Some(write), xSync: Some(sync), ..*real })));
}

fn found(file: *mut ffi::sqlite3_file) -> Option<(PathBuf, &'static Methods)> {
    opened().files.get(&file.addr()).cloned()
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    bytes: *const c_void,
    count: c_int,
    offset: ffi::sqlite3_int64,
) -> c_int {
    let Some((path, real)) = found(file) else { return ffi::SQLITE_IOERR_WRITE };
    let Some(write) = real.xWrite else { return ffi::SQLITE_IOERR_WRITE };
    crate::written(&path);
    // SAFETY: everything is handed on as SQLite gave it, to the function it would have called.
    unsafe { write(file, bytes, count, offset) }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    let Some((path, real)) = found(file) else { return ffi::SQLITE_IOERR_FSYNC };
    let Some(sync) = real.xSync else { return ffi::SQLITE_IOERR_FSYNC };
    if !crate::flush_begins(&path) {
        return ffi::SQLITE_IOERR_FSYNC;
    }
    // SAFETY: everything is handed on as SQLite gave it, to the function it would have called.
    let answer = unsafe { sync(file, flags) };
    if answer == ffi::SQLITE_OK {
        crate::flushed(&path);
    }
    answer
}
