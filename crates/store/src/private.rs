//! Files and folders that only their owner may look into.
//!
//! On Unix by their mode, given when they are made: what existed before keeps the mode its owner gave it.
//! Elsewhere the folder of the person's profile decides.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Options that make a file private when they make it.
#[must_use]
pub fn options() -> OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has a mode to set"))]
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A new private file in the place of whatever was there.
///
/// # Errors
/// When the disk refuses.
pub fn create(path: &Path) -> io::Result<File> {
    options().write(true).create(true).truncate(true).open(path)
}

/// Makes an empty private file where there is none, for a library that opens it by its path.
///
/// # Errors
/// When the disk refuses.
pub fn prepare(path: &Path) -> io::Result<()> {
    match options().write(true).create_new(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}

/// Makes a folder private, and those it stands in where they are missing.
///
/// # Errors
/// When the disk refuses.
pub fn create_folder(path: &Path) -> io::Result<()> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has a mode to set"))]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)
}

/// The name of a file beside another: its name with an ending.
#[must_use]
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// A file of its owner alone that is there whole or not at all, whatever happens meanwhile. What could not be written
/// whole takes no room either.
///
/// # Errors
/// When the disk refuses; what was there before is there then.
pub fn write_whole(path: &Path, content: &[u8]) -> io::Result<()> {
    let new = beside(path, ".new");
    let mut file = create(&new)?;
    let written = file.write_all(content).and_then(|()| file.sync_all());
    drop(file);
    written.and_then(|()| std::fs::rename(&new, path)).inspect_err(|_| forget(&new))?;
    sync_folder_of(path)
}

fn forget(half_written: &Path) {
    if let Err(error) = std::fs::remove_file(half_written) {
        tracing::warn!(%error, "a half written file stays behind");
    }
}

/// Makes a new name in the folder of `path` survive a power loss. Without a folder it is the one we are in.
///
/// # Errors
/// When the disk refuses.
pub fn sync_folder_of(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        let here = Path::new(".");
        File::open(if folder.as_os_str().is_empty() { here } else { folder })?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_whole_leaves_nothing_beside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("photo");
        write_whole(&path, b"one").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
        // No file takes the place of a folder with something in it.
        let taken = folder.path().join("taken");
        std::fs::create_dir_all(taken.join("something")).unwrap();
        write_whole(&taken, b"two").unwrap_err();
        let mut names: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["photo", "taken"]);
    }
}
