//! What is saved is saved whole, and derived tables follow.

use halyard_domain::kind::Kind;
use halyard_store::{
    Answer, DocumentCommit, Newest, OtherEnvelope, PageCommit, Store, StoreError, SyncStateChange,
};
use halyard_tables::list::{Direction, ListQuery, SortKey, plan};
use halyard_tables::search::{Depth, find};
use halyard_tables::sql::{Dialect, SqlRow, SqlValue, Statement, Target};
use halyard_tables::verify::ids;
use halyard_tables::{ddl, tables};

use crate::work::*;

fn open(folder: &tempfile::TempDir) -> Store {
    Store::open(&folder.path().join("device.db"), KEY).unwrap()
}

fn names(store: &Store) -> Vec<String> {
    let plan = plan(Target::DEVICE, &ListQuery::of(Kind::Customer, &["name"], 100)).unwrap();
    let rows = store.query(&plan.segments[0]).unwrap();
    let page = plan.page(rows);
    page.rows.iter().map(|row| row.cells[0].text().unwrap().to_owned()).collect()
}

fn dump(store: &Store) -> Vec<(String, Vec<SqlRow>)> {
    let kinds = tables::all().flat_map(|kind| kind.tables());
    kinds
        .map(|table| {
            let columns: Vec<String> =
                table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
            let sql = format!("SELECT {} FROM \"{}\"", columns.join(", "), table.name);
            let mut rows = store.query(&Statement { sql: sql.into(), params: Vec::new() }).unwrap();
            rows.sort();
            (table.name.clone(), rows)
        })
        .collect()
}

#[test]
fn an_edit_is_content_outbox_and_rows_together() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    store.commit_edits(vec![edit("a", 1, "Ліфт")]).unwrap();
    store.commit_edits(vec![edit("a", 2, "Ліфт-Сервіс"), edit("b", 1, "Насос")]).unwrap();
    drop(store);

    let store = open(&folder);
    let document = store.document(id("a")).unwrap().unwrap();
    assert_eq!(document.heads, [hash(id("a"), 2)]);
    assert_eq!(document.tail.len(), 2);
    let unsent = store.unsent(10).unwrap();
    let order: Vec<_> = unsent.iter().map(|one| one.change.hash).collect();
    assert_eq!(order, [hash(id("a"), 1), hash(id("a"), 2), hash(id("b"), 1)]);
    assert_eq!(names(&store), ["Ліфт-Сервіс", "Насос"]);
    let found = find(Target::DEVICE, Depth::Words, "насос", Kind::ALL, 10).unwrap();
    assert_eq!(store.query(&found).unwrap().len(), 1);
}

#[test]
fn edits_saved_together_are_all_there_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    store.commit_edits(vec![edit("a", 1, "Ліфт")]).unwrap();

    let stale = store.commit_edits(vec![edit("b", 1, "Насос"), edit("a", 1, "Інше")]);

    assert!(matches!(stale, Err(StoreError::Stale(document)) if document == id("a")));
    assert!(store.document(id("b")).unwrap().is_none());
    assert_eq!(store.unsent(10).unwrap().len(), 1);
    assert_eq!(names(&store), ["Ліфт"]);
}

#[test]
fn a_page_of_news_is_saved_with_its_cursor_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    store.commit_edits(vec![edit("mine", 1, "Моє")]).unwrap();
    let numbers = store.unsent(1).unwrap().iter().map(|change| change.number).collect();
    store.seal(vec![envelope("mine", 1, numbers)]).unwrap();
    let news = |cursor: &[u8], document: DocumentCommit| PageCommit {
        documents: vec![document],
        envelopes: vec![OtherEnvelope {
            hash: [9; 32],
            document: id("theirs"),
            position: 7,
            bytes: b"header".to_vec(),
            whole: false,
        }],
        answers: vec![(
            [1; 32],
            Answer { outcome: "accepted".to_owned(), receipt: b"r".to_vec(), position: Some(6) },
        )],
        state: SyncStateChange { cursor: Some(cursor.to_vec()), ..SyncStateChange::default() },
        ..PageCommit::default()
    };

    store.commit_page(news(b"first", edit("theirs", 1, "Чуже").document)).unwrap();
    let stale = store.commit_page(news(b"second", edit("theirs", 3, "Пропуск").document));

    assert!(matches!(stale, Err(StoreError::Stale(_))));
    assert_eq!(store.sync_state().unwrap().cursor.as_deref(), Some(b"first".as_slice()));
    assert_eq!(names(&store), ["Моє", "Чуже"]);
    assert_eq!(store.unsent_count().unwrap(), 0);
    assert_eq!(store.other_envelopes_of(id("theirs")).unwrap(), [b"header"]);
}

#[test]
fn a_record_gone_leaves_nothing_but_own_work() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    store.commit_edits(vec![edit("a", 1, "Ліфт"), edit("b", 1, "Насос")]).unwrap();
    let numbers = store.own_changes(id("a")).unwrap().iter().map(|change| change.number).collect();
    store.seal(vec![envelope("a", 1, numbers)]).unwrap();

    store.commit_page(PageCommit { gone: vec![id("a")], ..PageCommit::default() }).unwrap();

    assert!(store.document(id("a")).unwrap().is_none());
    assert_eq!(names(&store), ["Насос"]);
    let found = find(Target::DEVICE, Depth::Words, "ліфт", Kind::ALL, 10).unwrap();
    assert!(store.query(&found).unwrap().is_empty());
    assert_eq!(store.own_envelopes_of(id("a")).unwrap().len(), 1);
    assert_eq!(store.own_changes(id("a")).unwrap().len(), 1);
}

#[test]
fn rebuilt_rows_equal_the_ones_that_grew() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    for number in 1..=40 {
        let name = format!("c{number}");
        store.commit_edits(vec![edit(&name, 1, "Стара назва")]).unwrap();
        store.commit_edits(vec![edit(&name, 2, &format!("Замовник {number}"))]).unwrap();
    }
    let grown = dump(&store);
    drop(store);
    forget_version(&folder);

    // The program dies in the middle of the rebuild: the next start goes on.
    let store = open(&folder);
    assert!(store.needs_filling());
    assert!(names(&store).is_empty());
    store.fill(vec![rows(id("c1"), "Замовник 1")]).unwrap();
    drop(store);
    let store = open(&folder);
    assert!(store.needs_filling());

    let rebuilt = (1..=40).map(|number| rows(id(&format!("c{number}")), &format!("Замовник {number}")));
    store.fill(rebuilt.collect()).unwrap();
    store.filled().unwrap();
    assert!(!store.needs_filling());
    assert_eq!(dump(&store), grown);
    assert_eq!(store.query(&ids(Target::DEVICE, Kind::Customer)).unwrap().len(), 40);
    drop(store);
    assert!(!open(&folder).needs_filling());
}

#[test]
fn indexes_to_sort_by_are_made_behind_the_first_records_and_change_no_list() {
    let indexes = |store: &Store| -> Vec<String> {
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE '%\\_by\\_%' ESCAPE '\\' ORDER BY name";
        let rows = store.query(&Statement { sql: sql.into(), params: Vec::new() }).unwrap();
        rows.iter().map(|row| row[0].text().unwrap().to_owned()).collect()
    };
    let late: Vec<String> = ddl::sort_indexes().into_iter().map(|(name, _)| name).collect();
    assert!(late.len() > 5);
    let made = |store: &Store| indexes(store).iter().filter(|name| late.contains(name)).count();

    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    store.make_sort_indexes().unwrap();
    assert_eq!(made(&store), 0, "there is nothing to sort, and a first sync may come");
    for number in 1..=40 {
        store
            .commit_edits(vec![edit(&format!("c{number}"), 1, &format!("Замовник {}", 41 - number))])
            .unwrap();
    }
    let mut query = ListQuery::of(Kind::Customer, &["label"], 50);
    query.sort =
        vec![SortKey::new("status", Direction::Ascending), SortKey::new("label", Direction::Ascending)];
    let listed = |store: &Store| {
        plan(Target::DEVICE, &query).unwrap().read(|statement| store.query(statement)).unwrap()
    };
    let (before, grown) = (listed(&store), dump(&store));
    assert_eq!(made(&store), 0);
    store.make_sort_indexes().unwrap();
    assert_eq!(made(&store), late.len());
    assert_eq!((listed(&store), dump(&store)), (before, grown.clone()));
    let all = indexes(&store);

    // What is built anew is the same, indexes too, also when it was cut short.
    drop(store);
    forget_version(&folder);
    let store = open(&folder);
    let rebuilt =
        (1..=40).map(|number| rows(id(&format!("c{number}")), &format!("Замовник {}", 41 - number)));
    store.fill(rebuilt.collect()).unwrap();
    store.filled().unwrap();
    assert_eq!(made(&store), 0, "they are made behind what they sort");
    drop(store);
    past_the_store(&folder, &ddl::sort_indexes()[0].1);
    let store = open(&folder);
    store.make_sort_indexes().unwrap();
    assert_eq!((indexes(&store), dump(&store)), (all, grown));
}

/// Makes the derived tables look as if another version of the program had made them.
fn forget_version(folder: &tempfile::TempDir) {
    past_the_store(folder, "UPDATE derived_version SET version = 'older'");
}

fn past_the_store(folder: &tempfile::TempDir, sql: &str) {
    let db = rusqlite::Connection::open(folder.path().join("device.db")).unwrap();
    let key: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    db.pragma_update(None, "key", format!("x'{key}'")).unwrap();
    db.execute_batch(sql).unwrap();
}

#[test]
fn a_database_of_a_newer_app_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(&folder));
    let newer = "INSERT INTO refinery_schema_history (version, name, applied_on, checksum)
                 SELECT 99, 'later', applied_on, '1' FROM refinery_schema_history LIMIT 1";
    past_the_store(&folder, newer);
    let opened = Store::open(&folder.path().join("device.db"), KEY);
    assert!(matches!(opened, Err(StoreError::MadeByNewerApp)));
}

#[test]
fn no_derived_table_has_the_name_of_one_that_is_never_derived() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    let all = store.query(&Statement { sql: sql.into(), params: Vec::new() }).unwrap();
    let derived = ddl::table_names(Dialect::Sqlite);
    let kept: Vec<&str> = all
        .iter()
        .filter_map(|row| row[0].text())
        .filter(|name| !derived.iter().any(|one| *name == one || name.starts_with(&format!("{one}_"))))
        .collect();
    let expected = [
        "control_entry",
        "document",
        "document_change",
        "identity",
        "other_envelope",
        "own_change",
        "own_envelope",
        "sync_state",
        "watermark",
    ];
    for name in expected {
        assert!(kept.contains(&name), "{name} would be dropped with the derived tables");
    }
}

#[test]
fn nothing_readable_is_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    store.commit_edits(vec![edit("a", 1, "канарка-у-шахті")]).unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let canary = "канарка".as_bytes();
        assert!(!bytes.windows(canary.len()).any(|part| part == canary), "{}", path.display());
        assert!(!bytes.windows(6).any(|part| part == b"SQLite"), "{}", path.display());
    }
    drop(store);

    // The stock shell knows nothing of encryption.
    let path = folder.path().join("device.db");
    let shell = std::process::Command::new("sqlite3").arg(&path).arg("SELECT * FROM customer").output();
    if let Ok(output) = shell {
        assert!(!output.status.success());
        assert!(String::from_utf8_lossy(&output.stderr).contains("not a database"));
    }
    let unkeyed = rusqlite::Connection::open(&path).unwrap();
    let read = unkeyed.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
    assert_eq!(read.unwrap_err().sqlite_error_code(), Some(rusqlite::ErrorCode::NotADatabase));
    assert!(Store::open(&path, [8; 32]).unwrap_err().is_damage(), "another key opens nothing");
}

#[test]
fn text_and_numbers_come_back_as_they_were_typed() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    let hostile = "'; DROP TABLE document; -- \u{202e}";
    store.commit_edits(vec![edit("a", 1, hostile)]).unwrap();
    assert_eq!(names(&store), [hostile]);
    let sql = "SELECT conflicts, withdrawn FROM customer";
    let row = store.query(&Statement { sql: sql.into(), params: Vec::new() }).unwrap();
    assert_eq!(row, [[SqlValue::Int(0), SqlValue::Int(0)]]);
}

#[test]
fn what_the_relay_deferred_is_unsent_again_with_its_answer() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    store.commit_edits(vec![edit("mine", 1, "Моє"), edit("other", 1, "Інше")]).unwrap();
    let numbers: Vec<i64> = store.unsent(2).unwrap().iter().map(|change| change.number).collect();
    store
        .seal(vec![envelope("mine", 1, numbers[..1].to_vec()), envelope("other", 2, numbers[1..].to_vec())])
        .unwrap();
    let answer = |outcome: &str| Answer { outcome: outcome.to_owned(), receipt: Vec::new(), position: None };

    store.keep_answers(vec![([1; 32], answer("deferred")), ([2; 32], answer("accepted"))]).unwrap();

    let unsent: Vec<_> = store.unsent(10).unwrap().iter().map(|one| one.change.document).collect();
    assert_eq!(unsent, [id("mine")]);
    assert_eq!(store.unsent_count().unwrap(), 1);
}

#[test]
fn how_new_work_is_is_known_without_opening_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    store.commit_edits(vec![edit("mine", 1, "Ліфт"), edit("waits", 1, "Насос")]).unwrap();
    let numbers: Vec<i64> = store.unsent(10).unwrap().iter().map(|one| one.number).collect();
    store.seal(vec![envelope("mine", 1, numbers[..1].to_vec())]).unwrap();
    let accepted = Answer { outcome: "accepted".to_owned(), receipt: Vec::new(), position: Some(7) };
    store.keep_answers(vec![([1; 32], accepted)]).unwrap();
    let mut other = edit("theirs", 1, "Котел").document;
    other.position = Some(9);
    store.commit_page(PageCommit { documents: vec![other], ..PageCommit::default() }).unwrap();
    let newest = store.newest_work(&["waits", "mine", "theirs", "nowhere"].map(id)).unwrap();
    let known = [
        (id("waits"), Newest::Waiting),
        (id("mine"), Newest::Accepted(7)),
        (id("theirs"), Newest::Accepted(9)),
    ];
    assert_eq!(newest, known);
    assert!(Newest::Waiting > Newest::Accepted(9));
}
