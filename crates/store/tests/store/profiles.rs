//! A profile's folder: made, unlocked, locked against a second program.

use std::fs;

use halyard_store::profile::{OpenError, Opened, discard_unused, guard, is_there, open};
use halyard_store::{KeyError, StoreError, Unlock};

use crate::work::*;

fn passphrase(text: &str) -> Unlock {
    Unlock::Passphrase(text.to_owned())
}

#[test]
fn a_profile_is_fresh_once_and_ready_ever_after() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("profiles").join("olena");
    let unlock = passphrase("довга фраза для ключа");
    let Opened::Fresh(store) = open(&profile, &unlock).unwrap() else { panic!("not fresh") };
    store.set_identity(identity()).unwrap();
    store.commit_edits(vec![edit("a", 1, "Ліфт")]).unwrap();
    drop(store);
    let Opened::Ready(store) = open(&profile, &unlock).unwrap() else { panic!("not ready") };
    assert_eq!(store.identity().unwrap(), Some(identity()));
    assert!(store.document(id("a")).unwrap().is_some());
}

#[test]
fn a_wrong_passphrase_opens_nothing_and_harms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let unlock = passphrase("довга фраза для ключа");
    let Opened::Fresh(store) = open(folder.path(), &unlock).unwrap() else { panic!("not fresh") };
    store.commit_edits(vec![edit("a", 1, "Ліфт")]).unwrap();
    drop(store);
    let wrong = open(folder.path(), &passphrase("інша фраза для ключа"));
    assert!(matches!(wrong, Err(OpenError::Key(KeyError::WrongPassphrase))));
    assert!(matches!(open(folder.path(), &unlock).unwrap(), Opened::Ready(_)));
}

#[test]
fn a_second_program_on_the_same_profile_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path(), &Unlock::DemoKeyFile).unwrap();
    let second = open(folder.path(), &Unlock::DemoKeyFile);
    let Err(OpenError::Store(StoreError::InUse { holder: Some(holder), .. })) = second else {
        panic!("{second:?}")
    };
    assert_eq!(holder.process, std::process::id());
    drop(first);
    open(folder.path(), &Unlock::DemoKeyFile).unwrap();
}

#[test]
fn a_database_without_its_key_file_is_not_given_a_new_key() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path(), &Unlock::DemoKeyFile).unwrap());
    let database = fs::read(folder.path().join("device.db")).unwrap();
    fs::remove_file(folder.path().join("device.key")).unwrap();
    assert!(matches!(open(folder.path(), &Unlock::DemoKeyFile), Err(OpenError::KeyMissing(_))));
    assert!(!folder.path().join("device.key").exists());
    assert_eq!(fs::read(folder.path().join("device.db")).unwrap(), database);
}

#[test]
fn a_first_start_that_was_interrupted_anywhere_is_no_profile_and_is_begun_anew() {
    let steps: [&[&str]; 4] = [&[], &["device.key"], &["device.key", "empty"], &["device.key", "device.db"]];
    for left in steps {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        drop(open(folder.path(), &passphrase("фраза першої спроби")).unwrap());
        fs::write(path("device.unfinished"), []).unwrap();
        for name in ["device.key", "device.db"].iter().filter(|name| !left.contains(name)) {
            fs::remove_file(path(name)).unwrap();
        }
        if left.contains(&"empty") {
            fs::write(path("device.db"), []).unwrap();
        }
        assert!(!is_there(folder.path()).unwrap(), "{left:?}");
        assert!(guard(folder.path()).unwrap().is_none(), "{left:?}");

        let unlock = passphrase("фраза другої спроби");
        let begun = open(folder.path(), &unlock);
        assert!(matches!(begun, Ok(Opened::Fresh(_))), "{left:?}: {begun:?}");
        drop(begun);
        assert!(is_there(folder.path()).unwrap() && !path("device.unfinished").exists());
        assert!(matches!(open(folder.path(), &unlock).unwrap(), Opened::Ready(_)));
    }
}

#[test]
fn a_first_start_that_the_disk_refuses_leaves_nothing_that_looks_like_a_loss() {
    let folder = tempfile::tempdir().unwrap();
    // Where the database's first journal should be.
    let in_the_way = folder.path().join("device.db-journal");
    fs::create_dir(&in_the_way).unwrap();
    open(folder.path(), &Unlock::DemoKeyFile).unwrap_err();
    assert!(!folder.path().join("device.key").exists());
    assert!(!is_there(folder.path()).unwrap());
    fs::remove_dir(&in_the_way).unwrap();
    assert!(matches!(open(folder.path(), &Unlock::DemoKeyFile).unwrap(), Opened::Fresh(_)));
}

#[test]
fn discarding_that_was_interrupted_leaves_no_profile() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path(), &Unlock::DemoKeyFile).unwrap());
    // What cannot be removed stops it behind the key.
    let log = folder.path().join("device.db-wal");
    fs::remove_file(&log).unwrap_or_default();
    fs::create_dir(&log).unwrap();
    discard_unused(folder.path()).unwrap_err();
    assert!(!is_there(folder.path()).unwrap());
    assert!(guard(folder.path()).unwrap().is_none());
    fs::remove_dir(&log).unwrap();
    assert!(matches!(open(folder.path(), &Unlock::DemoKeyFile).unwrap(), Opened::Fresh(_)));
}
