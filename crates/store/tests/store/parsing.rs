//! A document that kills the app is found and set aside; the others work on.

use halyard_domain::kind::Kind;
use halyard_store::Store;

use crate::work::*;

fn open(folder: &tempfile::TempDir) -> Store {
    Store::open(&folder.path().join("device.db"), KEY).unwrap()
}

/// The app dies while it parses documents: their marks stay, the database closes as a kill leaves it.
fn die_parsing(folder: &tempfile::TempDir, names: &[&str]) {
    let store = open(folder);
    let marks = store.parsing(names.iter().map(|name| id(name)).collect()).unwrap();
    std::mem::forget(marks);
}

fn two_documents() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    store.commit_edits(vec![edit("good", 1, "Добрий"), edit("bad", 1, "Злий")]).unwrap();
    folder
}

#[test]
fn a_document_over_which_the_app_died_twice_is_set_aside_and_the_others_are_not() {
    let folder = two_documents();
    die_parsing(&folder, &["good", "bad"]);
    let store = open(&folder);
    let mut suspects = store.suspects().unwrap();
    suspects.sort();
    let mut both = [id("good"), id("bad")];
    both.sort();
    assert_eq!(suspects, both);
    assert!(store.set_aside().unwrap().is_empty(), "one death may be chance");

    // The innocent one parses alone and is cleared; the other kills again.
    drop(store.parsing(vec![id("good")]).unwrap());
    store.clear_suspects(vec![id("good")]).unwrap();
    drop(store);
    die_parsing(&folder, &["bad"]);

    let store = open(&folder);
    assert_eq!(store.set_aside().unwrap(), [(id("bad"), "ended the app twice".to_owned())]);
    assert!(store.document(id("bad")).unwrap().unwrap().set_aside.is_some());
    assert!(store.suspects().unwrap().is_empty());
    assert!(store.document(id("good")).unwrap().unwrap().set_aside.is_none());
}

#[test]
fn new_content_frees_a_document_that_was_set_aside() {
    let folder = two_documents();
    die_parsing(&folder, &["bad"]);
    die_parsing(&folder, &["bad"]);
    let store = open(&folder);
    assert_eq!(store.set_aside().unwrap().len(), 1);
    store.commit_edits(vec![edit("bad", 2, "Виправлений")]).unwrap();
    assert!(store.set_aside().unwrap().is_empty());
}

#[test]
fn parsing_that_ends_well_leaves_no_suspicion() {
    let folder = two_documents();
    let store = open(&folder);
    let outer = store.parsing(vec![id("good"), id("bad")]).unwrap();
    drop(store.parsing(vec![id("good")]).unwrap());
    drop(outer);
    drop(store);
    assert!(open(&folder).suspects().unwrap().is_empty());
}

#[test]
fn a_document_still_parsed_by_another_thread_stays_marked() {
    let folder = two_documents();
    let store = open(&folder);
    let outer = store.parsing(vec![id("good")]).unwrap();
    drop(store.parsing(vec![id("good")]).unwrap());
    std::mem::forget(outer);
    drop(store);
    assert_eq!(open(&folder).suspects().unwrap(), [id("good")]);
}

#[test]
fn a_document_that_ended_the_app_as_it_arrived_may_come_again_only_as_something_newer() {
    let folder = tempfile::tempdir().unwrap();
    let die_arriving = |names: &[&str]| {
        let store = open(&folder);
        std::mem::forget(store.arriving(names.iter().map(|name| id(name)).collect()).unwrap());
    };
    die_arriving(&["good", "bad"]);
    let store = open(&folder);
    let may_arrive =
        |store: &Store, name: &str, position| store.try_arrival(id(name), Kind::Customer, position).unwrap();
    assert!(may_arrive(&store, "unknown", 1), "nothing is held against it");
    for _ in 0..2 {
        assert!(may_arrive(&store, "bad", 7), "asked twice in one run it is the same try");
    }
    store.clear_arrivals(vec![id("good")]).unwrap();
    drop(store);
    die_arriving(&["bad"]);

    let store = open(&folder);
    assert_eq!(store.arrival_suspects().unwrap(), [id("bad")].into());
    assert!(!may_arrive(&store, "bad", 7) && !may_arrive(&store, "bad", 6));
    assert_eq!(store.set_aside().unwrap(), [(id("bad"), "ended the app twice".to_owned())]);
    assert!(store.ends_the_app(id("bad")).unwrap() && !store.ends_the_app(id("good")).unwrap());
    assert!(may_arrive(&store, "bad", 8));
    drop(store);
    die_arriving(&["bad"]);
    assert!(!may_arrive(&open(&folder), "bad", 8));
}
