//! A profile's name on this machine: what keeps the windows of two profiles apart.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// A short name made of the profile's folder. Equal for every program of one build; nothing is stored
/// under it but the place of the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ProfileName(String);

impl ProfileName {
    /// The name of the profile in `folder`, whether it exists or not.
    pub(super) fn of(folder: &Path) -> Self {
        let absolute = std::path::absolute(folder);
        let folder = absolute.as_deref().unwrap_or(folder);
        let folder = without_links(folder);
        let mut hasher = DefaultHasher::new();
        folder.hash(&mut hasher);
        Self(format!("{:016x}", hasher.finish()))
    }

    /// The name under which the running program of this profile is found on the bus.
    pub(super) fn bus_id(&self) -> String {
        format!("io.halyard.p{}", self.0)
    }

    /// The file that keeps the window's place and size.
    pub(super) fn window_state_file(&self) -> String {
        format!("window-{}.json", self.0)
    }
}

/// The folder without links on the way to it. A part of the way that is not there yet is added as it will be made, so
/// that a profile is called the same before its first start and behind it.
fn without_links(folder: &Path) -> PathBuf {
    let there = folder.ancestors().find_map(|way| Some((way, std::fs::canonicalize(way).ok()?)));
    let Some((way, real)) = there else { return folder.to_owned() };
    folder
        .strip_prefix(way)
        .map_or_else(|_| folder.to_owned(), |rest| real.components().chain(rest.components()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_profiles_have_two_names_and_one_profile_has_one() {
        let folder = tempfile::tempdir().unwrap();
        let name = |inner: &str| ProfileName::of(&folder.path().join(inner));
        assert_eq!(name("a"), name("a/."));
        assert_ne!(name("a"), name("b"));
        assert!(name("a").bus_id().split('.').all(|part| part.starts_with(|c: char| c.is_alphabetic())));
    }

    #[cfg(unix)]
    #[test]
    fn a_profile_behind_a_link_is_called_the_same_before_its_folder_is_made_and_behind_it() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        std::fs::create_dir(folder.path().join("disk")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("disk"), &home).unwrap();
        let profile = home.join("data/halyard");
        let before = ProfileName::of(&profile);
        std::fs::create_dir_all(&profile).unwrap();
        assert_eq!(ProfileName::of(&profile), before);
    }
}
