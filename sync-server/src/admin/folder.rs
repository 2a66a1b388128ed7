//! The data folder: where it is, what is in it, and who may look into it.
//!
//! It is made readable by its owner only: the database holds the relay's key and people's data, and
//! whoever can open the admin socket may command the relay.
//!
//! Not here: keeping a second relay away, which the storage does with a lock beside the database.

use std::io;
use std::path::{Path, PathBuf};

use super::failure::{Failure, FailureCode};

/// A relay's data folder, which exists.
#[derive(Debug, Clone)]
pub(super) struct DataFolder(PathBuf);

impl DataFolder {
    /// Opens the folder, making it where it does not exist.
    ///
    /// # Errors
    /// When it cannot be made, or is not a folder.
    pub(super) fn open_or_create(path: &Path) -> Result<Self, Failure> {
        create(path).map_err(|error| cannot_use(path, &error))?;
        Ok(Self(path.to_owned()))
    }

    /// Opens a folder a relay was started in before.
    ///
    /// # Errors
    /// When there is none: a command must not make an empty database from a mistyped path.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        if path.is_dir() {
            return Ok(Self(path.to_owned()));
        }
        Err(Failure::new(
            FailureCode::Data,
            format!("There is no data folder at {}.", path.display()),
            "Nothing was changed.",
            "Check `data` in the settings or give --data FOLDER. For a new relay run `sync-server migrate` or \
             `sync-server serve` first.",
        ))
    }

    /// The folder.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// The database.
    pub(super) fn database(&self) -> PathBuf {
        self.0.join("relay.db")
    }

    /// Where a running relay listens to commands of this machine.
    pub(super) fn admin_socket(&self) -> PathBuf {
        self.0.join("admin.sock")
    }
}

#[cfg(unix)]
fn create(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
fn create(path: &Path) -> io::Result<()> {
    std::fs::create_dir_all(path)
}

/// The folder is there and cannot be used.
pub(super) fn cannot_use(path: &Path, error: &io::Error) -> Failure {
    Failure::new(
        FailureCode::Data,
        format!("The data folder {} cannot be used: {error}.", path.display()),
        "Nothing was changed.",
        "Give the account that runs the relay the right to write there, or set another folder with `data` or --data.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn nobody_else_on_the_machine_can_look_into_the_data_folder() {
        use std::os::unix::fs::PermissionsExt as _;
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::open_or_create(&place.path().join("a/b")).unwrap();
        assert_eq!(std::fs::metadata(folder.path()).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn a_command_does_not_make_a_folder_from_a_mistyped_path() {
        let place = tempfile::tempdir().unwrap();
        let mistyped = place.path().join("dtaa");
        assert!(DataFolder::open(&mistyped).is_err());
        assert!(!mistyped.exists());
    }
}
