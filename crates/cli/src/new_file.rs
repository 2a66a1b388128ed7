//! A file that is written for people: whole or not at all, and never in the place of another.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use halyard_device::store::private::sync_folder_of;

/// Writes a file where there is none, which whoever may look into the folder may read. It is written beside
/// and gets its name when it is whole; only on a disk that knows no second names is it written in its place.
///
/// # Errors
/// `AlreadyExists` when there is a file of that name, also one made meanwhile; else when the disk refuses.
pub(crate) fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    let beside = beside(path);
    let written = write(&beside, content).and_then(|()| match fs::hard_link(&beside, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => write(path, content),
        named => named,
    });
    let cleared = fs::remove_file(&beside);
    written?;
    cleared?;
    sync_folder_of(path)
}

/// A name that no other run of this program takes.
fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.new", std::process::id()));
    path.with_file_name(name)
}

/// A half written file is taken away again.
fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    let written = file.write_all(content).and_then(|()| file.sync_all());
    written.inspect_err(|_| drop(fs::remove_file(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_takes_the_place_of_nothing_and_leaves_nothing_beside() {
        let folder = tempfile::tempdir().unwrap();
        let [path, neighbour] = ["mend.csv", "mend.csv.new"].map(|name| folder.path().join(name));
        fs::write(&neighbour, "a neighbour").unwrap();
        write_new(&path, b"rows").unwrap();
        let error = write_new(&path, b"others").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "rows");
        assert_eq!(fs::read_to_string(&neighbour).unwrap(), "a neighbour");
        assert_eq!(names(folder.path()), ["mend.csv", "mend.csv.new"]);
    }

    #[cfg(unix)]
    #[test]
    fn colleagues_may_read_it_as_any_file_of_the_folder() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        let [ours, usual] = ["mend.csv", "usual.csv"].map(|name| folder.path().join(name));
        write_new(&ours, b"rows").unwrap();
        fs::write(&usual, "rows").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&ours), mode(&usual));
    }
}
