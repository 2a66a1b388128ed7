//! Where profiles lie. One rule for every program, so that the window and the `halyard` command meet the
//! same profile.

use std::path::PathBuf;

const VARIABLE: &str = "HALYARD_PROFILE";

/// The profile folder: the one named, the one in `HALYARD_PROFILE`, or the system's. `None` when the
/// system has no folder for the data of programs.
#[must_use]
pub fn folder(named: Option<PathBuf>) -> Option<PathBuf> {
    let set = || std::env::var_os(VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
    let of_system = || {
        let dirs = directories::ProjectDirs::from("", "", "Halyard")?;
        Some(dirs.data_local_dir().join("profile"))
    };
    named.or_else(set).or_else(of_system)
}
