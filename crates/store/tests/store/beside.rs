//! Files and drafts: kept encrypted, found again after the app was closed.

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_store::{
    BlobKey, BlobSize, BlobState, Draft, EditCommit, KeptNotice, NewBlob, SavedView, Store, StoreError,
};

use crate::work::{KEY, edit};

fn photo() -> NewBlob {
    NewBlob {
        document: DocumentId::made_by_rule("visit"),
        content: b"the boiler before the work".to_vec(),
        media_type: "image/jpeg".to_owned(),
        thumbnail: None,
        kept_ms: 1,
    }
}

/// Keeps a file with the `number`th edit of the customer that names it.
fn keep(store: &Store, number: u8, file: NewBlob) -> Result<BlobKey, StoreError> {
    let key = file.key();
    store.commit_edits(vec![EditCommit { file: Some(file), ..edit("photographed", number, "Млин") }])?;
    Ok(key)
}

/// Every file below a folder, which need not be there.
fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    if !folder.exists() {
        return found;
    }
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn a_file_is_there_after_the_app_was_closed_and_its_content_nowhere_in_plain() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("device.db"), KEY).unwrap();
    let hash = keep(&store, 1, photo()).unwrap();
    assert_eq!(keep(&store, 2, photo()).unwrap(), hash);
    drop(store);

    let store = Store::open(&folder.path().join("device.db"), KEY).unwrap();
    let row = store.blob_row(hash).unwrap().unwrap();
    assert_eq!((row.bytes, row.state), (26, BlobState::OnDevice));
    assert_eq!(store.blob(hash, BlobSize::Whole).unwrap().unwrap(), photo().content);
    assert_eq!(store.blob(hash, BlobSize::Thumbnail).unwrap().unwrap(), photo().content);
    assert!(store.blob([0; 32], BlobSize::Whole).unwrap().is_none());
    for path in files(folder.path()) {
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(10).any(|part| part == b"the boiler"), "{} is in plain", path.display());
    }
}

#[test]
fn a_file_that_was_changed_on_the_disk_is_not_taken_for_the_one_that_was_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("device.db"), KEY).unwrap();
    let hash = keep(&store, 1, photo()).unwrap();
    let kept = files(&folder.path().join("device.files"));
    let mut bytes = std::fs::read(&kept[0]).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&kept[0], bytes).unwrap();
    assert!(store.blob(hash, BlobSize::Whole).is_err());
}

#[test]
fn a_file_whose_edit_is_not_saved_is_gone_again_unless_another_edit_named_it_before() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("device.db"), KEY).unwrap();
    let stale = keep(&store, 2, NewBlob { thumbnail: Some(b"small".to_vec()), ..photo() });
    assert!(matches!(stale, Err(StoreError::Stale(_))), "{stale:?}");
    assert_eq!(store.blob_count().unwrap(), 0);
    assert!(files(&folder.path().join("device.files")).is_empty());

    let hash = keep(&store, 1, photo()).unwrap();
    assert!(keep(&store, 1, photo()).is_err());
    assert_eq!(store.blob(hash, BlobSize::Whole).unwrap().unwrap(), photo().content);
}

#[test]
fn a_draft_is_replaced_by_the_next_and_gone_when_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("device.db"), KEY).unwrap();
    let draft = |form: &str, body: &str, saved_ms| Draft { form: form.into(), body: body.into(), saved_ms };
    store.keep_draft(draft("complaint", "1", 1)).unwrap();
    store.keep_draft(draft("visit", "2", 2)).unwrap();
    store.keep_draft(draft("complaint", "3", 3)).unwrap();
    assert_eq!(store.drafts().unwrap(), [draft("complaint", "3", 3), draft("visit", "2", 2)]);
    store.drop_draft("complaint".to_owned()).unwrap();
    assert_eq!(store.draft("complaint").unwrap(), None);
}

#[test]
fn a_draft_goes_with_the_edit_it_became_and_stays_when_that_is_not_saved() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("device.db"), KEY).unwrap();
    let draft = |form: &str| Draft { form: form.into(), body: "{}".into(), saved_ms: 1 };
    for form in ["sent", "other"] {
        store.keep_draft(draft(form)).unwrap();
    }
    let from_form =
        |number| EditCommit { form: Some("sent".to_owned()), ..edit("customer", number, "Млин") };
    let stale = store.commit_edits(vec![from_form(2)]);
    assert!(matches!(stale, Err(StoreError::Stale(_))), "{stale:?}");
    assert_eq!(store.draft("sent").unwrap(), Some(draft("sent")));

    store.commit_edits(vec![from_form(1)]).unwrap();
    assert_eq!(store.drafts().unwrap(), [draft("other")]);
}

#[test]
fn of_files_that_are_dropped_only_those_go_that_the_office_has() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("device.db");
    let store = Store::open(&path, KEY).unwrap();
    let ours = keep(&store, 1, photo()).unwrap();
    let thumbnail = Some(b"small".to_vec());
    let theirs = keep(&store, 2, NewBlob { content: b"after".to_vec(), thumbnail, ..photo() }).unwrap();
    drop(store);
    let db = rusqlite::Connection::open(&path).unwrap();
    db.pragma_update(None, "key", format!("x'{}'", "07".repeat(32))).unwrap();
    db.execute("UPDATE blob SET state = 'in_office' WHERE hash = ?1", [theirs]).unwrap();
    drop(db);

    let store = Store::open(&path, KEY).unwrap();
    assert_eq!((store.blob_count().unwrap(), store.blobs_only_here().unwrap()), (2, 1));
    for _ in 0..2 {
        store.drop_blobs_of_the_office().unwrap();
        assert!(store.blob_row(theirs).unwrap().is_none());
        assert!(store.blob(theirs, BlobSize::Thumbnail).unwrap().is_none());
        assert_eq!(store.blob(ours, BlobSize::Whole).unwrap().unwrap(), photo().content);
        assert_eq!(store.blob_count().unwrap(), 1);
    }
    assert_eq!(files(&folder.path().join("device.files")).len(), 1);
}

#[test]
fn notices_are_there_after_a_restart_newest_first_and_the_oldest_beyond_two_hundred_go() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("device.db");
    let store = Store::open(&path, KEY).unwrap();
    store.keep_notices(vec!["first".to_owned(), "second".to_owned()], 1).unwrap();
    store.notices_seen().unwrap();
    store.keep_notices(vec!["third".to_owned()], 2).unwrap();
    drop(store);

    let store = Store::open(&path, KEY).unwrap();
    let notice = |body: &str, told_ms, is_seen| KeptNotice { body: body.to_owned(), told_ms, is_seen };
    let expected = [notice("third", 2, false), notice("second", 1, true), notice("first", 1, true)];
    assert_eq!(store.notices().unwrap(), expected);

    store.keep_notices((0..200).map(|number| number.to_string()).collect(), 3).unwrap();
    let kept = store.notices().unwrap();
    assert_eq!((kept.len(), kept[0].body.as_str(), kept[199].body.as_str()), (200, "199", "0"));
    store.forget_notices().unwrap();
    assert_eq!(store.notices().unwrap(), []);
}

#[test]
fn what_waits_for_review_is_there_after_a_restart_in_its_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("device.db");
    let store = Store::open(&path, KEY).unwrap();
    let waiting = vec![[9; 32], [3; 32]];
    assert!(store.keep_to_review(waiting.clone()).unwrap());
    drop(store);

    let store = Store::open(&path, KEY).unwrap();
    assert_eq!(store.to_review().unwrap(), waiting);
    assert!(!store.keep_to_review(waiting).unwrap(), "it was known");
    assert!(store.keep_to_review(vec![[3; 32]]).unwrap());
    assert_eq!(store.to_review().unwrap(), [[3; 32]]);
}

#[test]
fn a_view_of_a_name_that_is_taken_stands_in_the_place_of_the_one_that_had_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("device.db"), KEY).unwrap();
    let [mine, theirs] = ["mine", "theirs"].map(DocumentId::made_by_rule);
    let keep = |employee, id: &str, name: &str| {
        let view = SavedView { id: DocumentId::made_by_rule(id), name: name.to_owned(), body: id.to_owned() };
        store.keep_view(employee, Kind::Visit, view).unwrap();
    };
    for name in ["late", "today", "soon"] {
        keep(mine, name, name);
        keep(theirs, &format!("their {name}"), name);
    }
    let listed = |employee| -> Vec<String> {
        let views = store.saved_views(employee, Kind::Visit).unwrap();
        views.into_iter().map(|view| format!("{}: {}", view.name, view.body)).collect()
    };
    keep(mine, "new", "today");
    assert_eq!(listed(mine), ["late: late", "today: new", "soon: soon"]);
    // Renamed it stays where it is, and the other is gone.
    keep(mine, "soon", "late");
    assert_eq!(listed(mine), ["today: new", "late: soon"]);
    // What may not be kept, another's, takes nothing away.
    keep(mine, "their soon", "today");
    assert_eq!(listed(mine), ["today: new", "late: soon"]);
    assert_eq!(listed(theirs), ["late: their late", "today: their today", "soon: their soon"]);
}

#[test]
fn views_are_a_persons_and_a_journals_and_stand_in_their_order_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("device.db");
    let store = Store::open(&path, KEY).unwrap();
    let [mine, theirs] = ["mine", "theirs"].map(DocumentId::made_by_rule);
    let view = |name: &str, body: &str| SavedView {
        id: DocumentId::made_by_rule(name),
        name: name.to_owned(),
        body: body.to_owned(),
    };
    for name in ["late", "mine", "soon"] {
        store.keep_view(mine, Kind::Visit, view(name, "1")).unwrap();
    }
    store.keep_view(theirs, Kind::Visit, view("of another", "1")).unwrap();
    store.keep_view(mine, Kind::Complaint, view("critical", "1")).unwrap();
    // Kept anew it stays in its place, whatever it is called now; nobody writes over what is another's.
    store.keep_view(mine, Kind::Visit, SavedView { name: "today".to_owned(), ..view("mine", "2") }).unwrap();
    store.keep_view(theirs, Kind::Visit, view("late", "3")).unwrap();
    store.order_views(mine, Kind::Visit, vec![view("soon", "").id]).unwrap();
    drop(store);

    let store = Store::open(&path, KEY).unwrap();
    let names = |employee, journal| -> Vec<String> {
        let views = store.saved_views(employee, journal).unwrap();
        views.into_iter().map(|view| format!("{} {}", view.name, view.body)).collect()
    };
    assert_eq!(names(mine, Kind::Visit), ["soon 1", "late 1", "today 2"]);
    assert_eq!(names(mine, Kind::Complaint), ["critical 1"]);
    assert_eq!(names(theirs, Kind::Visit), ["of another 1"]);
    store.drop_view(theirs, view("late", "").id).unwrap();
    store.drop_view(mine, view("soon", "").id).unwrap();
    assert_eq!(names(mine, Kind::Visit), ["late 1", "today 2"]);
}
