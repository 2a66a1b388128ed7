//! Migrations, seeds and golden files are added to and never changed.
//!
//! A database in the field has run a migration once and will not run it again; a document's kind is the
//! hash of its seed. So a file under such a folder must be in the working tree what it is in the last
//! commit, and in every released version (a tag like `v1.2.0`). A list of seeds may grow, but keeps every
//! line. What is new may still change until it is committed.

use std::process::Command;

use anyhow::Context as _;

use super::Violation;
use crate::workspace::{Workspace, output};

/// Folders, anywhere in the repository, whose files are frozen.
const FOLDERS: [&str; 3] = ["migrations", "seeds", "golden"];

/// Files, anywhere in the repository, whose lines are frozen.
const LISTS: [&str; 1] = ["seeds.txt"];

/// Compares the working tree with the last commit and with every release.
pub(super) fn check(workspace: &Workspace) -> anyhow::Result<Vec<Violation>> {
    check_with(|| workspace.command("git"))
}

fn check_with(git: impl Fn() -> Command) -> anyhow::Result<Vec<Violation>> {
    if output(git().args(["rev-parse", "--verify", "--quiet", "HEAD"])).is_err() {
        return Ok(Vec::new()); // Nothing is committed yet, so nothing is frozen.
    }
    let tags = output(git().args(["tag", "--list", "v[0-9]*"])).context("git could not list the releases")?;
    let mut violations = Vec::new();
    for version in ["HEAD"].into_iter().chain(tags.lines()) {
        let mut comparison = git();
        comparison.args([
            "diff",
            "-z",
            "--no-renames",
            "--no-ext-diff",
            "--numstat",
            "--diff-filter=a",
            version,
        ]);
        comparison.arg("--").args(FOLDERS.map(|folder| format!(":(top,glob)**/{folder}/**")));
        comparison.args(LISTS.map(|name| format!(":(top,glob)**/{name}")));
        let changed =
            output(&mut comparison).with_context(|| format!("git could not compare with {version}"))?;
        violations.extend(changed.split_terminator('\0').filter_map(|change| judge(change, version)));
    }
    Ok(violations)
}

/// Judges one change as git counts it: lines added, lines removed (`-` for bytes), path.
fn judge(change: &str, version: &str) -> Option<Violation> {
    let mut columns = change.splitn(3, '\t');
    let (_added, removed, path) = (columns.next()?, columns.next()?, columns.next()?);
    let only_grew = removed == "0" && LISTS.iter().any(|name| path.rsplit('/').next() == Some(name));
    (!only_grew).then(|| violation(path, version))
}

fn violation(path: &str, version: &str) -> Violation {
    let what = if version == "HEAD" { "the last commit".to_owned() } else { format!("release {version}") };
    let remedy = format!(
        "put it back as it is in {what} (`git checkout {version} -- {path}`) and add what is new beside it"
    );
    Violation { path: path.to_owned(), line: 1, rule: "frozen", remedy }
}

#[cfg(test)]
mod tests {
    //! What people's databases and documents were made with never changes.

    use std::fs;

    use tempfile::TempDir;

    use super::*;
    use crate::tidy::testing::places;

    struct Repository(TempDir);

    impl Repository {
        fn empty() -> Self {
            let repository = Self(tempfile::tempdir().unwrap());
            repository.git(&["init", "--quiet"]);
            repository
        }

        fn command(&self) -> Command {
            let mut git = Command::new("git");
            git.current_dir(self.0.path()).env("GIT_CONFIG_GLOBAL", "").env("GIT_CONFIG_NOSYSTEM", "1");
            git.args(["-c", "user.name=somebody", "-c", "user.email=somebody@example.org"]);
            git
        }

        fn git(&self, arguments: &[&str]) {
            output(self.command().args(arguments)).unwrap();
        }

        fn write(&self, path: &str, text: &str) {
            let path = self.0.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        fn commit(&self) {
            self.git(&["add", "--all"]);
            self.git(&["commit", "--quiet", "--message=state"]);
        }

        fn places(&self) -> Vec<String> {
            places(&check_with(|| self.command()).unwrap())
        }
    }

    const MIGRATION: &str = "crates/store/migrations/V1__documents.sql";

    #[test]
    fn nothing_is_frozen_before_the_first_commit() {
        let repository = Repository::empty();
        repository.write(MIGRATION, "one");

        assert!(repository.places().is_empty());
    }

    #[test]
    fn a_committed_migration_cannot_be_changed_or_deleted() {
        let repository = Repository::empty();
        repository.write(MIGRATION, "one");
        repository.write("crates/records/seeds/visit-1.bin", "seed");
        repository.commit();
        assert!(repository.places().is_empty());

        repository.write(MIGRATION, "two");
        fs::remove_file(repository.0.path().join("crates/records/seeds/visit-1.bin")).unwrap();

        assert_eq!(
            repository.places(),
            [
                "crates/records/seeds/visit-1.bin:1: frozen",
                "crates/store/migrations/V1__documents.sql:1: frozen"
            ]
        );
    }

    #[test]
    fn a_further_migration_and_other_files_are_free() {
        let repository = Repository::empty();
        repository.write(MIGRATION, "one");
        repository.write("crates/store/src/lib.rs", "one");
        repository.commit();

        repository.write("crates/store/migrations/V2__outbox.sql", "new");
        repository.write("crates/store/src/lib.rs", "two");
        repository.git(&["add", "--all"]);

        assert!(repository.places().is_empty());
    }

    #[test]
    fn a_list_of_seeds_grows_but_keeps_its_lines() {
        let repository = Repository::empty();
        repository.write("crates/records/seeds.txt", "team 1 aa\nrole 1 bb\n");
        repository.commit();

        repository.write("crates/records/seeds.txt", "team 1 aa\nteam 2 cc\nrole 1 bb\n");
        assert!(repository.places().is_empty());

        repository.write("crates/records/seeds.txt", "team 1 a0\nteam 2 cc\nrole 1 bb\n");
        assert_eq!(repository.places(), ["crates/records/seeds.txt:1: frozen"]);
    }

    #[test]
    fn a_released_file_stays_frozen_after_a_commit_that_changed_it() {
        let repository = Repository::empty();
        repository.write("crates/protocol/golden/push.cbor", "one");
        repository.commit();
        repository.git(&["tag", "v1.0.0"]);
        repository.write("crates/protocol/golden/push.cbor", "two");
        repository.commit();

        assert_eq!(repository.places(), ["crates/protocol/golden/push.cbor:1: frozen"]);
    }
}
