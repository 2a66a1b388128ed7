//! A device without a relay: what is entered is saved, listed, found, explained and still there after
//! the app was closed.
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use std::collections::BTreeMap;
use std::path::Path;

use halyard_device::{Before, Device, DeviceError, NewPhoto, RecordEdit, Standing, Surroundings};
use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::record::{Record, RowValue};
use halyard_domain::records::{
    Customer, Equipment, Priority, ServiceCard, Visit, VisitAct, VisitEvent, WorkRow,
};
use halyard_domain::time::TimeWindow;
use halyard_records::Written;
use halyard_store::{PageCommit, SyncStateChange};
use halyard_tables::ddl;
use halyard_tables::list::ListQuery;
use halyard_tables::sql::{SqlValue, Statement};
use halyard_testkit::clock::TestClock;

fn open(folder: &Path, life: u64) -> Device {
    halyard_testkit::device::device(folder, &TestClock::monday(life))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn card_with_visit(device: &Device) -> (DocumentId, DocumentId) {
    let customer =
        device.create(Kind::Customer, vec![Customer::NAME.set(&"ТОВ «Ґрунт»".to_owned())]).unwrap();
    let card = vec![
        ServiceCard::CUSTOMER.set(&Ref::to(customer)),
        ServiceCard::SUBJECT.set(&"Котел у під'їзді 4".to_owned()),
    ];
    let card = device.create(Kind::ServiceCard, card).unwrap();
    let visit = vec![Visit::CARD.set(&Ref::to(card)), Visit::CUSTOMER.set(&Ref::to(customer))];
    let visit = device.create(Kind::Visit, visit).unwrap();
    (card, visit)
}

#[test]
fn an_event_says_whom_it_was_dispatched_to_and_what_was_seen_however_it_is_written() {
    let folder = folder();
    let device = open(folder.path(), 0);
    let (_, visit) = card_with_visit(&device);
    let happened = |what| {
        let event = VisitEvent { what: Some(what), ..VisitEvent::default() };
        device.add(&Visit::EVENTS, &event).unwrap()
    };
    let [first, second] = [Ref::to(device.new_id()), Ref::to(device.new_id())];
    device.edit(visit, vec![Visit::SPECIALISTS.set(&vec![first])]).unwrap();
    device.edit(visit, vec![happened(VisitAct::Dispatched)]).unwrap();
    device.edit(visit, vec![happened(VisitAct::Dispatched), Visit::SPECIALISTS.set(&vec![second])]).unwrap();
    let work = WorkRow { hours: Some(2.into()), ..WorkRow::default() };
    let started = vec![happened(VisitAct::WorkStarted), device.add(&Visit::WORKS, &work).unwrap()];
    device.edit(visit, started).unwrap();
    device.edit(visit, vec![happened(VisitAct::Completed)]).unwrap();
    let columns = VisitEvent { what: Some(VisitAct::Closed), ..VisitEvent::default() }.columns();
    device.edit(visit, vec![happened(VisitAct::Reviewed)]).unwrap();
    device.edit(visit, vec![device.row(Visit::EVENTS.name, columns).unwrap()]).unwrap();

    let events = Visit::read(&device.show(visit).unwrap().reading).events.0;
    let dispatched: Vec<_> = events.iter().map(|event| event.value.specialists.clone()).take(2).collect();
    assert_eq!(dispatched, [vec![first], vec![second]]);
    let seen: Vec<_> = events.iter().filter_map(|event| event.value.facts_seen).collect();
    assert_eq!(seen, [3, 3]);
}

#[test]
fn what_was_entered_offline_is_there_after_the_app_was_closed() {
    let folder = folder();
    let device = open(folder.path(), 0);
    let (_, visit) = card_with_visit(&device);
    let work = WorkRow { hours: Some(2.into()), ..WorkRow::default() };
    let started = VisitEvent { what: Some(VisitAct::WorkStarted), ..VisitEvent::default() };
    let intents =
        vec![device.add(&Visit::EVENTS, &started).unwrap(), device.add(&Visit::WORKS, &work).unwrap()];
    device.edit(visit, intents).unwrap();
    drop(device);

    let again = open(folder.path(), 1);
    let view = again.show(visit).unwrap();
    let visit = Visit::read(&view.reading);
    assert_eq!(visit.works.0[0].value, work);
    assert_eq!(visit.events.0[0].value, started);
    assert_eq!(view.standing, Standing::OnDevice);
}

#[test]
fn lists_and_search_show_an_edit_at_once() {
    let folder = folder();
    let device = open(folder.path(), 0);
    let (card, _) = card_with_visit(&device);
    device.edit(card, vec![ServiceCard::PRIORITY.set(&Priority::Urgent)]).unwrap();

    let page = device.list(&ListQuery::of(Kind::ServiceCard, &["priority"], 10)).unwrap();
    assert_eq!(page.rows.len(), 1);
    assert_eq!(page.rows[0].cells, [SqlValue::Text("urgent".to_owned())]);
    let found = |words: &str| {
        let hits = device.search(words, 10).unwrap();
        hits.into_iter().map(|hit| hit.document).collect::<Vec<_>>()
    };
    assert!(found("підїзд").contains(&card));
    assert!(found("котел").contains(&card));
    assert_eq!(found("ліфт"), []);
    assert_eq!(device.count(&ListQuery::of(Kind::Customer, &[], 1)).unwrap(), 1);
}

#[test]
fn the_history_says_what_was_written_from_what_to_what() {
    let folder = folder();
    let device = open(folder.path(), 0);
    let (card, _) = card_with_visit(&device);
    device.edit(card, vec![ServiceCard::PRIORITY.set(&Priority::Low)]).unwrap();
    device.edit(card, vec![ServiceCard::PRIORITY.set(&Priority::High)]).unwrap();

    let history = device.history(card).unwrap();
    let last = history.last().unwrap();
    assert_eq!(last.entry.path.to_string(), "priority");
    let text = |text: &str| halyard_domain::value::Scalar::Text(text.to_owned());
    assert_eq!(last.entry.what, Written::Value { from: vec![text("low")], to: text("high") });
    assert_eq!(last.employee, Some(DocumentId::made_by_rule("olena")));
    assert_eq!(last.arrived_ms, None);
}

#[test]
fn an_edit_of_several_records_is_saved_whole_or_not_at_all() {
    let folder = folder();
    let device = open(folder.path(), 0);
    let (card, visit) = card_with_visit(&device);
    let before = device.show(card).unwrap().heads;
    let bad = Intent::AddRow { field: "number".to_owned(), row: device.new_row(), columns: BTreeMap::new() };
    let edits = vec![
        RecordEdit::editing(card, Kind::ServiceCard, vec![ServiceCard::PRIORITY.set(&Priority::Low)]),
        RecordEdit::editing(visit, Kind::Visit, vec![bad]),
    ];
    assert!(matches!(device.save(&edits), Err(DeviceError::Edit { .. })));
    assert_eq!(device.show(card).unwrap().heads, before);
}

#[test]
fn editing_what_is_not_here_says_so() {
    let folder = folder();
    let device = open(folder.path(), 0);
    let nobody = DocumentId::made_by_rule("nobody");
    assert!(matches!(device.edit(nobody, Vec::new()), Err(DeviceError::NoSuchRecord(id)) if id == nobody));
    assert!(matches!(device.show(nobody), Err(DeviceError::NoSuchRecord(_))));
}

#[test]
fn a_long_tail_is_folded_and_reads_the_same() {
    let folder = folder();
    let device = open(folder.path(), 0);
    let (card, _) = card_with_visit(&device);
    for number in 0..60_i32 {
        let priority = Priority::ALL[usize::try_from(number).unwrap() % Priority::ALL.len()];
        device.edit(card, vec![ServiceCard::PRIORITY.set(&priority)]).unwrap();
    }
    let history = device.history(card).unwrap();
    assert_eq!(history.iter().filter(|line| line.entry.path.to_string() == "priority").count(), 60);
    drop(device);
    let again = open(folder.path(), 1);
    assert_eq!(again.history(card).unwrap().len(), history.len());
    assert_eq!(again.status().unwrap().unsent, 60 + 6);
}

#[test]
fn before_values_are_kept_beside_what_was_meant() {
    let json = serde_json::to_string(&Before::Text("було".to_owned())).unwrap();
    assert_eq!(json, r#"{"text":"було"}"#);
}

#[test]
fn a_clock_set_back_since_the_last_sync_holds_nobody_to_its_present() {
    let (folder, clock) = (folder(), TestClock::monday(0));
    let in_step = SyncStateChange { last_full_sync_ms: Some(clock.now_ms()), ..SyncStateChange::default() };
    let page = PageCommit { state: in_step, ..PageCommit::default() };
    halyard_testkit::device::store(folder.path()).commit_page(page).unwrap();
    let device = halyard_testkit::device::device(folder.path(), &clock);
    let (_, visit) = card_with_visit(&device);
    let tomorrow = clock.now().plus_seconds(24 * 60 * 60).unwrap();
    let period = TimeWindow::new(tomorrow, tomorrow).unwrap();
    let work = WorkRow { period: Some(period), ..WorkRow::default() };
    let write = || device.edit(visit, vec![device.add(&Visit::WORKS, &work).unwrap()]);
    assert!(matches!(write(), Err(DeviceError::Objected { .. })), "tomorrow has not come");
    // The battery was empty, and the clock begins in another year.
    clock.move_by_ms(-365 * 24 * 60 * 60 * 1000);
    write().unwrap();
}

#[test]
fn a_first_sync_that_was_cut_short_goes_on_without_the_indexes_to_sort_by() {
    let (folder, clock) = (folder(), TestClock::monday(0));
    card_with_visit(&halyard_testkit::device::device(folder.path(), &clock));
    let opened_again = || {
        drop(halyard_testkit::device::device(folder.path(), &clock));
        let store = halyard_testkit::device::store(folder.path());
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'index'";
        let rows = store.query(&Statement { sql: sql.into(), params: Vec::new() }).unwrap();
        let made: Vec<&str> = rows.iter().filter_map(|row| row.first()?.text()).collect();
        ddl::sort_indexes().iter().filter(|(name, _)| made.contains(&name.as_str())).count()
    };
    assert_eq!(opened_again(), 0);
    let in_step = SyncStateChange { last_full_sync_ms: Some(clock.now_ms()), ..SyncStateChange::default() };
    halyard_testkit::device::store(folder.path()).change_sync_state(in_step).unwrap();
    assert_eq!(opened_again(), ddl::sort_indexes().len(), "a program of before made none");
}

fn photo(caption: &str) -> NewPhoto {
    NewPhoto {
        content: b"the boiler before the work".to_vec(),
        media_type: "image/jpeg".to_owned(),
        thumbnail: Some(b"small".to_vec()),
        caption: Some(caption.to_owned()),
        moment: None,
    }
}

#[test]
fn of_a_photo_that_is_refused_nothing_stays_and_kept_again_it_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let device = halyard_testkit::device::device(folder.path(), &TestClock::monday(0));
    let boiler = device.create(Kind::Equipment, vec![Equipment::NAME.set(&"Котел".to_owned())]).unwrap();
    let count = |folder| halyard_testkit::device::store(folder).blob_count().unwrap();

    // A caption longer than any relay takes.
    device.keep_photo(boiler, photo(&"я".repeat(35_000))).unwrap_err();
    drop(device);
    assert_eq!(count(folder.path()), 0);
    assert!(!folder.path().join("device.files").exists(), "not even an empty folder");

    let device = halyard_testkit::device::device(folder.path(), &TestClock::monday(1));
    device.keep_photo(boiler, photo("до роботи")).unwrap();
    let kept = Equipment::read(&device.show(boiler).unwrap().reading);
    let image = kept.photos.standing().next().unwrap().value.image.as_ref().unwrap().sha256.to_string();
    assert_eq!(device.photo_file(&image).unwrap().unwrap(), photo("").content);
    drop(device);
    assert_eq!(count(folder.path()), 1);
}
