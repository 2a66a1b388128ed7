//! A damaged database is set aside, what was made here is rescued, and the rest comes from the relay.

use std::fs::OpenOptions;
use std::os::unix::fs::FileExt;
use std::path::Path;

use halyard_domain::kind::Kind;
use halyard_store::profile::{Damaged, Opened, open};
use halyard_store::{Answer, BlobSize, Draft, EditCommit, NewBlob, NewImport, SavedView, Store, Unlock};
use rusqlite::Connection;

use crate::work::*;

const PAGE: u64 = 4096;

fn profile() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let Opened::Fresh(store) = open(folder.path(), &Unlock::DemoKeyFile).unwrap() else {
        panic!("not fresh")
    };
    store.set_identity(identity()).unwrap();
    (folder, store)
}

fn overwrite(folder: &Path, page: u64) {
    let file = OpenOptions::new().write(true).open(folder.join("device.db")).unwrap();
    file.write_all_at(&[0x5a; 512], (page - 1) * PAGE + 1000).unwrap();
}

fn damaged(folder: &Path) -> Damaged {
    match open(folder, &Unlock::DemoKeyFile).unwrap() {
        Opened::Damaged(damaged) => damaged,
        Opened::Fresh(_) | Opened::Ready(_) => panic!("the damage was not noticed"),
    }
}

/// The database seen past the store, as the damage itself sees it.
fn raw(folder: &Path) -> Connection {
    let header: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("device.key")).unwrap()).unwrap();
    let key = header["protection"]["demo"]["key"].as_str().unwrap();
    let db = Connection::open(folder.join("device.db")).unwrap();
    db.pragma_update(None, "key", format!("x'{key}'")).unwrap();
    db
}

fn root_page(folder: &Path, table: &str) -> u64 {
    let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
    let page: i64 = raw(folder).query_row(sql, [table], |row| row.get(0)).unwrap();
    u64::try_from(page).unwrap()
}

/// The salt of the encryption and the roots of all tables go with it.
fn lose_first_page(folder: &Path) {
    let file = OpenOptions::new().write(true).open(folder.join("device.db")).unwrap();
    file.write_all_at(&[0; 4096], 0).unwrap();
}

/// Many edits, which make the file grow and its first page change.
fn work_on(store: &Store) -> Vec<EditCommit> {
    let edits: Vec<_> = (0..300).map(|number| edit(&number.to_string(), 1, "Ліфт")).collect();
    store.commit_edits(edits.clone()).unwrap();
    edits
}

fn check_all_is_rescued(folder: &Path, edits: &[EditCommit]) {
    let damaged = damaged(folder);
    assert!(damaged.cause().contains("not a database"), "{}", damaged.cause());
    let aside = damaged.set_aside().unwrap();
    assert!(aside.rescued.complete && aside.rescued.identity, "{:?}", aside.rescued);
    let unsent: Vec<_> = aside.store.unsent(1_000).unwrap().into_iter().map(|one| one.change).collect();
    assert_eq!(unsent, edits.iter().flat_map(|edit| edit.own.clone()).collect::<Vec<_>>());
    assert_eq!(aside.store.identity().unwrap(), Some(identity()));
}

#[test]
fn a_database_whose_first_page_is_lost_gives_all_work_to_a_fresh_one_and_is_kept() {
    let (folder, store) = profile();
    let edits = work_on(&store);
    drop(store);
    lose_first_page(folder.path());

    check_all_is_rescued(folder.path(), &edits);

    let mut left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
    left.sort();
    let expected = [
        "device.damaged-1.db",
        "device.damaged-1.db-schema",
        "device.db",
        "device.db-schema",
        "device.db.arriving",
        "device.db.lock",
        "device.db.parsing",
        "device.key",
        "device.rescued-1.db",
    ];
    assert_eq!(left, expected);
    assert!(matches!(open(folder.path(), &Unlock::DemoKeyFile).unwrap(), Opened::Ready(_)));
}

#[test]
fn a_database_that_lost_every_page_its_schema_stands_in_gives_all_work_too() {
    let (folder, store) = profile();
    let edits = work_on(&store);
    drop(store);
    let pages: Vec<u64> = raw(folder.path())
        .prepare("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'")
        .unwrap()
        .query_map([], |row| row.get::<_, i64>(0))
        .unwrap()
        .map(|page| u64::try_from(page.unwrap()).unwrap())
        .collect();
    assert!(pages.len() > 10, "{pages:?}");
    pages.into_iter().for_each(|page| overwrite(folder.path(), page));

    check_all_is_rescued(folder.path(), &edits);
}

#[test]
fn a_database_that_was_cut_short_gives_what_is_left_of_it() {
    let (folder, store) = profile();
    work_on(&store);
    drop(store);
    let file = OpenOptions::new().write(true).open(folder.path().join("device.db")).unwrap();
    let length = file.metadata().unwrap().len();
    file.set_len(length - length / 16).unwrap();

    let aside = damaged(folder.path()).set_aside().unwrap();

    assert!(!aside.rescued.complete && aside.rescued.identity, "{:?}", aside.rescued);
    assert!(aside.rescued.changes > 0 && aside.rescued.changes < 300, "{:?}", aside.rescued);
    assert_eq!(aside.store.unsent(1_000).unwrap().len(), aside.rescued.changes);
}

#[test]
fn work_that_stands_in_the_log_only_survives_the_loss_of_the_first_page() {
    let (folder, store) = profile();
    let edits = work_on(&store);
    // What a killed program leaves.
    let killed = tempfile::tempdir().unwrap();
    for name in ["device.db", "device.db-wal", "device.db-schema", "device.key"] {
        std::fs::copy(folder.path().join(name), killed.path().join(name)).unwrap();
    }
    lose_first_page(killed.path());

    check_all_is_rescued(killed.path(), &edits);
}

#[test]
fn a_first_page_that_is_lost_while_the_program_runs_is_not_copied() {
    let (folder, store) = profile();
    let edits = work_on(&store);
    drop(store);
    let Opened::Ready(store) = open(folder.path(), &Unlock::DemoKeyFile).unwrap() else {
        panic!("not ready")
    };
    lose_first_page(folder.path());
    drop(store);

    check_all_is_rescued(folder.path(), &edits);
}

#[test]
fn a_database_from_before_the_copy_of_its_schema_gets_one_when_it_is_opened() {
    let (folder, store) = profile();
    let edits = work_on(&store);
    drop(store);
    std::fs::remove_file(folder.path().join("device.db-schema")).unwrap();
    drop(open(folder.path(), &Unlock::DemoKeyFile).unwrap());
    lose_first_page(folder.path());

    check_all_is_rescued(folder.path(), &edits);
}

#[test]
fn a_database_whose_first_page_is_lost_with_its_copy_is_replaced_by_an_empty_one() {
    for (copy, rest) in [(vec![], "cut"), (vec![0x5a; 4096], "overwritten")] {
        let (folder, store) = profile();
        work_on(&store);
        drop(store);
        lose_first_page(folder.path());
        std::fs::write(folder.path().join("device.db-schema"), copy).unwrap();

        let aside = damaged(folder.path()).set_aside().unwrap();

        assert!(!aside.rescued.complete, "{rest}");
        assert!(!aside.rescued.identity, "the device has to be enrolled anew");
        assert!(aside.store.unsent(10).unwrap().is_empty());
        assert!(aside.kept.as_ref().is_some_and(|kept| kept.exists()));
        drop(aside);
        assert!(matches!(open(folder.path(), &Unlock::DemoKeyFile).unwrap(), Opened::Ready(_)));
    }
}

#[test]
fn a_database_that_is_emptied_or_gone_is_a_loss_and_no_fresh_profile() {
    for is_gone in [false, true] {
        let (folder, store) = profile();
        store.commit_edits(vec![edit("a", 1, "Ліфт")]).unwrap();
        drop(store);
        let database = folder.path().join("device.db");
        if is_gone {
            std::fs::remove_file(&database).unwrap();
        } else {
            std::fs::write(&database, []).unwrap();
        }
        assert!(damaged(folder.path()).is_lost(), "looking changes nothing");
        let aside = damaged(folder.path()).set_aside().unwrap();
        assert_eq!(aside.kept.is_some_and(|kept| kept.exists()), !is_gone);
        assert!(!aside.rescued.complete && !aside.rescued.identity);
        drop(aside.store);
        assert!(matches!(open(folder.path(), &Unlock::DemoKeyFile).unwrap(), Opened::Ready(_)));
    }
}

#[test]
fn a_profile_that_is_enrolled_anew_has_no_drafts_of_whoever_had_it() {
    let (folder, store) = profile();
    let draft = Draft { form: "sheet".to_owned(), body: "{}".to_owned(), saved_ms: 1 };
    store.keep_draft(draft).unwrap();
    drop(store);
    overwrite(folder.path(), root_page(folder.path(), "identity"));
    // The first start meets the damage, the next one looks closer.
    assert!(open(folder.path(), &Unlock::DemoKeyFile).is_err());
    let aside = damaged(folder.path()).set_aside().unwrap();
    assert!(!aside.rescued.identity, "the device has to be enrolled anew, by anybody");
    assert!(aside.store.drafts().unwrap().is_empty());
}

#[test]
fn work_made_here_survives_damage_elsewhere_in_the_file() {
    // given sent, answered and unsent work
    let (folder, store) = profile();
    store.commit_edits(vec![edit("a", 1, "Ліфт"), edit("b", 1, "Насос"), edit("c", 1, "Котел")]).unwrap();
    let unsent = store.unsent(10).unwrap();
    store
        .seal(vec![envelope("a", 1, vec![unsent[0].number]), envelope("b", 2, vec![unsent[1].number])])
        .unwrap();
    let answer = Answer { outcome: "quarantined".to_owned(), receipt: b"r".to_vec(), position: None };
    store.keep_answers(vec![([1; 32], answer.clone())]).unwrap();
    drop(store);

    // when the documents' page is damaged, which nobody notices until it is read
    overwrite(folder.path(), root_page(folder.path(), "document"));
    let Opened::Ready(store) = open(folder.path(), &Unlock::DemoKeyFile).unwrap() else {
        panic!("not ready")
    };
    assert!(store.document(id("a")).unwrap_err().is_damage());
    drop(store);

    // then the next start sets the file aside and the work is in the fresh one
    let aside = damaged(folder.path()).set_aside().unwrap();
    assert_eq!((aside.rescued.changes, aside.rescued.envelopes), (3, 2));
    assert!(aside.rescued.complete && aside.rescued.identity);
    let store = aside.store;
    assert_eq!(store.identity().unwrap(), Some(identity()));
    let unsent = store.unsent(10).unwrap();
    assert_eq!(unsent.iter().map(|one| one.change.document).collect::<Vec<_>>(), [id("c")]);
    assert_eq!(unsent[0].change, edit("c", 1, "Котел").own[0]);
    assert_eq!(store.unanswered(10).unwrap().iter().map(|one| one.sequence).collect::<Vec<_>>(), [2]);
    assert_eq!(store.answered(&["quarantined"]).unwrap()[0].answer, Some(answer));
    assert_eq!(store.sync_state().unwrap().cursor, None, "the relay brings everything again");
    drop(store);

    assert!(matches!(open(folder.path(), &Unlock::DemoKeyFile).unwrap(), Opened::Ready(_)));
}

#[test]
fn what_a_lost_envelope_carried_is_sent_again() {
    let (folder, store) = profile();
    store.commit_edits(vec![edit("a", 1, "Ліфт"), edit("b", 1, "Насос")]).unwrap();
    let [first, second] = store.unsent(10).unwrap().try_into().unwrap();
    store.seal(vec![envelope("a", 1, vec![first.number]), envelope("b", 2, vec![second.number])]).unwrap();
    let answer = Answer { outcome: "accepted".to_owned(), receipt: b"r".to_vec(), position: Some(1) };
    store.keep_answers(vec![([1; 32], answer)]).unwrap();
    drop(store);

    overwrite(folder.path(), root_page(folder.path(), "own_envelope"));
    let Opened::Ready(store) = open(folder.path(), &Unlock::DemoKeyFile).unwrap() else {
        panic!("not ready")
    };
    assert!(store.unanswered(10).unwrap_err().is_damage());
    drop(store);
    let aside = damaged(folder.path()).set_aside().unwrap();

    assert_eq!((aside.rescued.changes, aside.rescued.envelopes), (2, 0));
    let unsent: Vec<_> = aside.store.unsent(10).unwrap().into_iter().map(|one| one.change).collect();
    assert_eq!(unsent, [first.change, second.change]);
}

#[test]
fn photos_and_what_was_typed_and_views_and_imports_survive_damage_elsewhere_in_the_file() {
    let (folder, store) = profile();
    store.commit_edits(vec![edit("a", 1, "Ліфт")]).unwrap();
    let photo = NewBlob {
        document: id("a"),
        content: b"the boiler before the work".to_vec(),
        media_type: "image/jpeg".to_owned(),
        thumbnail: None,
        kept_ms: 1,
    };
    let hash = photo.key();
    let with_photo = EditCommit { file: Some(photo.clone()), ..edit("a", 2, "Ліфт") };
    store.commit_edits(vec![with_photo]).unwrap();
    let draft = Draft { form: "visit".to_owned(), body: "{}".to_owned(), saved_ms: 2 };
    store.keep_draft(draft.clone()).unwrap();
    let view = SavedView { id: id("view"), name: "Мої".to_owned(), body: "{}".to_owned() };
    store.keep_view(identity().employee, Kind::Visit, view.clone()).unwrap();
    let import = NewImport {
        file: "customers.csv".to_owned(),
        at: "2026-03-02T09:00:00+02:00".parse().unwrap(),
        made: 3,
        completed: 0,
        records: "[]".to_owned(),
    };
    store.commit_import(Vec::new(), import).unwrap();
    let imports = store.imports().unwrap();
    drop(store);

    overwrite(folder.path(), root_page(folder.path(), "document"));
    let Opened::Ready(store) = open(folder.path(), &Unlock::DemoKeyFile).unwrap() else {
        panic!("not ready")
    };
    assert!(store.document(id("a")).unwrap_err().is_damage());
    drop(store);
    let store = damaged(folder.path()).set_aside().unwrap().store;

    assert_eq!((store.imports().unwrap(), imports.len()), (imports, 1));
    let row = store.blob_row(hash).unwrap().expect("what is known of the photo");
    assert_eq!((row.document, row.bytes), (id("a"), 26));
    assert_eq!(store.blob(hash, BlobSize::Whole).unwrap(), Some(photo.content));
    assert_eq!(store.drafts().unwrap(), [draft]);
    assert_eq!(store.saved_views(identity().employee, Kind::Visit).unwrap(), [view]);
}

#[test]
fn a_write_that_meets_damage_stops_the_store_and_the_next_start_knows() {
    let (folder, store) = profile();
    store.commit_edits(vec![edit("a", 1, "Ліфт")]).unwrap();
    drop(store);
    overwrite(folder.path(), root_page(folder.path(), "customer"));
    let Opened::Ready(store) = open(folder.path(), &Unlock::DemoKeyFile).unwrap() else {
        panic!("not ready")
    };

    let error = store.commit_edits(vec![edit("a", 2, "Ліфт-Сервіс")]).unwrap_err();

    assert!(error.is_damage(), "{error}");
    assert!(store.stopped().is_some());
    drop(store);
    let aside = damaged(folder.path()).set_aside().unwrap();
    assert_eq!(aside.rescued.changes, 1, "what was acknowledged, and nothing of what was refused");
}

#[test]
fn rows_on_both_sides_of_a_damaged_page_are_rescued() {
    let (folder, store) = profile();
    drop(store);
    let db = raw(folder.path());
    db.execute_batch(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
         INSERT INTO own_change (document, kind, generation, hash, chunk, owners, intents, before, made_ms)
         SELECT randomblob(16), 'customer', 1, randomblob(32), randomblob(3000), 'office', '[]', '[]', 0 FROM n",
    )
    .unwrap();
    let pages: u64 =
        u64::try_from(db.query_row("PRAGMA page_count", [], |row| row.get::<_, i64>(0)).unwrap()).unwrap();
    db.close().unwrap();
    overwrite(folder.path(), pages - 150);
    let Opened::Ready(store) = open(folder.path(), &Unlock::DemoKeyFile).unwrap() else {
        panic!("not ready")
    };
    assert!(store.unsent(1_000).unwrap_err().is_damage());
    drop(store);

    let aside = damaged(folder.path()).set_aside().unwrap();

    assert!(!aside.rescued.complete);
    assert!(aside.rescued.changes > 280 && aside.rescued.changes < 300, "{:?}", aside.rescued);
    assert_eq!(aside.store.unsent(1_000).unwrap().len(), aside.rescued.changes);
}

#[test]
fn a_rescue_that_was_interrupted_is_finished_at_the_next_start() {
    let (folder, store) = profile();
    store.commit_edits(vec![edit("a", 1, "Ліфт")]).unwrap();
    drop(store);
    overwrite(folder.path(), root_page(folder.path(), "customer"));
    let Opened::Ready(store) = open(folder.path(), &Unlock::DemoKeyFile).unwrap() else {
        panic!("not ready")
    };
    assert!(store.commit_edits(vec![edit("a", 2, "Ліфт-Сервіс")]).is_err());
    drop(store);
    drop(damaged(folder.path()).set_aside().unwrap());
    let moved =
        |from: &str, to: &str| std::fs::rename(folder.path().join(from), folder.path().join(to)).unwrap();

    // As if the program had died before putting the rescued work away: what is in already is not doubled.
    moved("device.rescued-1.db", "device.rescue.db");
    let Opened::Ready(store) = open(folder.path(), &Unlock::DemoKeyFile).unwrap() else {
        panic!("not ready")
    };
    assert_eq!(store.unsent(10).unwrap().len(), 1);
    drop(store);

    // As if it had died after moving the damaged file aside and before filling the fresh one.
    moved("device.rescued-1.db", "device.rescue.db");
    moved("device.db", "device.before.db");
    let Opened::Ready(store) = open(folder.path(), &Unlock::DemoKeyFile).unwrap() else {
        panic!("not ready")
    };
    assert_eq!(store.unsent(10).unwrap().len(), 1);
    assert_eq!(store.identity().unwrap(), Some(identity()));
    let kept = std::fs::read(folder.path().join("device.rescued-1.db")).unwrap();
    assert!(!kept.windows(6).any(|part| part == b"SQLite"), "rescued work stays encrypted");
}

#[test]
fn a_setting_aside_that_was_interrupted_is_not_told_as_a_loss() {
    for is_begun in [false, true] {
        let (folder, store) = profile();
        store.commit_edits(vec![edit("a", 1, "Ліфт")]).unwrap();
        drop(store);
        std::fs::write(folder.path().join("device.db"), []).unwrap();
        let damaged = damaged(folder.path());
        // The fresh database cannot be begun: the disk is full, or the program ends here.
        let in_the_way = folder.path().join("device.db-journal");
        std::fs::create_dir(&in_the_way).unwrap();
        damaged.set_aside().unwrap_err();
        std::fs::remove_dir(&in_the_way).unwrap();
        if is_begun {
            std::fs::write(folder.path().join("device.db"), []).unwrap();
        }
        let opened = open(folder.path(), &Unlock::DemoKeyFile).unwrap();
        assert!(!matches!(opened, Opened::Damaged(_)), "{opened:?}");
        drop(opened);

        std::fs::remove_file(folder.path().join("device.db")).unwrap();
        assert!(self::damaged(folder.path()).is_lost(), "a later loss is one");
    }
}
