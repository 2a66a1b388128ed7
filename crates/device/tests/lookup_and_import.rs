//! Finding records by what people call them, seeing them as they were, and bringing a file.
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use halyard_device::import::columns::Column;
use halyard_device::import::plan::Stays;
use halyard_device::import::refusal::{Reason, Refusal};
use halyard_device::import::table::Table;
use halyard_device::{Device, ImportError, Surroundings, Undone};
use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::records::{Customer, Employee, Priority, ServiceCard};
use halyard_store::NewImport;
use halyard_tables::list::ListQuery;
use halyard_tables::sql::SqlValue;
use halyard_testkit::clock::TestClock;

fn device(folder: &Path) -> (Device, TestClock) {
    let clock = TestClock::monday(0);
    (halyard_testkit::device::device(folder, &clock), clock)
}

fn customer(device: &Device, name: &str) -> DocumentId {
    device.create(Kind::Customer, vec![Customer::NAME.set(&name.to_owned())]).unwrap()
}

fn subject(device: &Device, what: &str) -> DocumentId {
    device.create(Kind::ServiceCard, vec![ServiceCard::SUBJECT.set(&what.to_owned())]).unwrap()
}

#[test]
fn a_record_is_found_by_id_name_label_or_words_and_doubt_stays_doubt() {
    let folder = tempfile::tempdir().unwrap();
    let (device, _) = device(folder.path());
    let bakery = customer(&device, "Пекарня «Сонях»");
    let mill = customer(&device, "Млин «Сонях»");
    let card = subject(&device, "Ліфт");
    let find = |text: &str, kinds: &[Kind]| {
        let found = device.find(text, kinds).unwrap();
        found.into_iter().map(|named| named.document).collect::<Vec<_>>()
    };
    assert_eq!(find("пекарня «сонях»", &[Kind::Customer]), [bakery]);
    assert_eq!(find("пекарн", &[Kind::Customer]), [bakery]);
    assert_eq!(find("сонях", &[Kind::Customer]), [bakery, mill]);
    assert_eq!(find("сонях", &[Kind::Employee]), []);
    assert_eq!(find(&card.provisional_label(), Kind::ALL), [card]);
    assert_eq!(find(&card.to_string(), Kind::ALL), [card]);
    assert_eq!(find(&card.to_string(), &[Kind::Customer]), []);
    assert_eq!(device.name(mill).unwrap().unwrap().label, "Млин «Сонях»");
    assert_eq!(device.name(DocumentId::made_by_rule("nobody")).unwrap(), None);
}

#[test]
fn what_follows_for_a_record_is_told_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let (device, _) = device(folder.path());
    let card = subject(&device, "Ліфт");
    let derived = device.derived(card).unwrap();
    let value = |name: &str| derived.iter().find(|one| one.column == name).map(|one| one.value.clone());
    assert_eq!(value("state"), Some(SqlValue::Text("draft".to_owned())));
    assert_eq!(value("percent"), Some(SqlValue::Int(0)));
}

#[test]
fn a_record_is_shown_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let (device, clock) = device(folder.path());
    let about = ServiceCard::SUBJECT.set(&"Ліфт".to_owned());
    let card =
        device.create(Kind::ServiceCard, vec![about, ServiceCard::PRIORITY.set(&Priority::Low)]).unwrap();
    clock.move_by_ms(60_000);
    device.edit(card, vec![ServiceCard::PRIORITY.set(&Priority::High)]).unwrap();
    let at = |unix: i64| {
        let reading = device.show_at(card, unix).unwrap()?;
        Some(reading.value("priority").as_text().unwrap_or_default().to_owned())
    };
    assert_eq!(at(1_772_434_799), None);
    assert_eq!(at(1_772_434_800).as_deref(), Some("low"));
    assert_eq!(at(1_772_434_859).as_deref(), Some("low"));
    assert_eq!(at(1_772_434_860).as_deref(), Some("high"));
}

const FILE: &str = "Назва;ЄДРПОУ;Телефон;Обладнання;Серійний номер;Відповідальний\n\
    ТОВ «Сонях»;14360570;067 123 45 67;Котел;SN-77;Бондар Іван\n\
    ТОВ «Млин»;32855961;;;;\n\
    ТОВ «Помилка»;123;;;;\n";

fn counts(device: &Device) -> [u64; 2] {
    [Kind::Customer, Kind::Equipment].map(|kind| device.count(&ListQuery::of(kind, &[], 1)).unwrap())
}

#[test]
fn an_import_beside_what_exists_is_done_whole_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let (device, _) = device(folder.path());
    let mill = customer(&device, "ТОВ «Млин»");
    let person =
        vec![Employee::SURNAME.set(&"Бондар".to_owned()), Employee::GIVEN_NAME.set(&"Іван".to_owned())];
    let person = device.create(Kind::Employee, person).unwrap();

    let planned = device.plan_import(&Table::from_csv(FILE.as_bytes()).unwrap()).unwrap();
    assert_eq!(planned.preview.refused.len(), 1);
    assert_eq!((planned.preview.customers.made, planned.preview.customers.completed), (1, 1));
    assert_eq!(counts(&device), [1, 0]);
    device.import(&planned.plan, "customers.csv", |_| ()).unwrap();
    assert_eq!(counts(&device), [2, 1]);
    let sunflower = device.find("ТОВ «Сонях»", &[Kind::Customer]).unwrap().remove(0).document;
    let responsible = device.show(sunflower).unwrap().reading.value("responsible").clone();
    assert_eq!(responsible.as_text(), Some(person.to_string().as_str()));

    let again = device.plan_import(&Table::from_csv(FILE.as_bytes()).unwrap()).unwrap();
    assert!(again.plan.edits.is_empty(), "{:?}", again.plan);
    device.import(&again.plan, "again.csv", |_| ()).unwrap();

    let undone = device.undo_import(None, "не той файл").unwrap();
    assert_eq!((undone.file.as_str(), undone.withdrawn, undone.changed_back), ("customers.csv", 2, 1));
    assert_eq!(undone.left, []);
    assert_eq!(counts(&device), [1, 0]);
    let code = device.show(mill).unwrap().reading.value("registry_code").clone();
    assert!(code.is_null(), "{code:?}");
    let nothing = device.undo_import(None, "ще раз");
    assert!(matches!(nothing, Err(ImportError::NothingToUndo)));
}

#[test]
fn what_saving_would_refuse_is_refused_by_its_line_and_the_rest_is_imported() {
    let folder = tempfile::tempdir().unwrap();
    let (device, _) = device(folder.path());
    let import = |text: &str| {
        let planned = device.plan_import(&Table::from_csv(text.as_bytes()).unwrap()).unwrap();
        device.import(&planned.plan, "things.csv", |_| ()).unwrap();
        planned.preview.refused.iter().map(|row| (row.line, row.refusals.clone())).collect::<Vec<_>>()
    };
    let late =
        || vec![Refusal { column: Some(Column::WarrantyUntil), reason: Reason::WarrantyBeforeInstallation }];
    assert_eq!(
        import("Назва;Виробник\nТОВ «Млин»;Промтех\n"),
        [],
        "the maker alone is enough to save a thing"
    );
    assert_eq!(import("Назва;Серійний номер;Встановлено\nТОВ «Млин»;SN-1;01.02.2024\n"), []);

    let file = "Назва;Серійний номер;Встановлено;Гарантія до\n\
        ТОВ «Млин»;SN-1;;01.02.2023\n\
        ТОВ «Млин»;SN-2;01.02.2024;\n\
        ТОВ «Млин»;SN-2;;31.01.2024\n\
        ТОВ «Сонях»;SN-3;01.02.2024;01.02.2026\n";
    assert_eq!(import(file), [(2, late()), (4, late())]);
    assert_eq!(counts(&device), [2, 4]);
}

#[test]
fn a_customer_is_found_by_its_code_however_people_typed_it() {
    let folder = tempfile::tempdir().unwrap();
    let (device, _) = device(folder.path());
    let code = Customer::REGISTRY_CODE.set(&"1436 0570".to_owned());
    device.create(Kind::Customer, vec![Customer::NAME.set(&"Пекарня".to_owned()), code]).unwrap();

    let file = "Назва;ЄДРПОУ;Телефон\nТОВ «Сонях»;14360570;067 123 45 67\n";
    let planned = device.plan_import(&Table::from_csv(file.as_bytes()).unwrap()).unwrap();
    device.import(&planned.plan, "customers.csv", |_| ()).unwrap();

    let differs: Vec<Column> = planned.preview.differs.iter().map(|one| one.column).collect();
    assert_eq!(differs, [Column::Name], "one code in two spellings is no difference");
    assert_eq!(counts(&device), [1, 0]);
}

#[test]
fn imports_are_taken_back_newest_first_also_when_the_clock_was_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let (device, clock) = device(folder.path());
    let import = |name: &str, text: &str| {
        let planned = device.plan_import(&Table::from_csv(text.as_bytes()).unwrap()).unwrap();
        device.import(&planned.plan, name, |_| ()).unwrap();
    };
    import("first.csv", "Назва;ЄДРПОУ\nТОВ «Сонях»;14360570\n");
    clock.move_by_ms(-365 * 24 * 3_600_000);
    import("second.csv", "Назва;ЄДРПОУ;Телефон\nТОВ «Сонях»;14360570;067 123 45 67\n");

    let undone = [(); 2].map(|()| device.undo_import(None, "не той файл").unwrap());

    let said = undone.map(|one| (one.file, one.withdrawn, one.changed_back, one.left.len()));
    assert_eq!(said, [("second.csv".to_owned(), 0, 1, 0), ("first.csv".to_owned(), 1, 0, 0)]);
    assert_eq!(counts(&device), [0, 0]);
}

#[test]
fn any_import_of_the_list_is_taken_back_and_a_later_one_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (device, _) = device(folder.path());
    let mut ready = Vec::new();
    for (name, text) in [
        ("first.csv", "Назва;ЄДРПОУ\nТОВ «Сонях»;14360570\nТОВ «Мак»;\n"),
        ("second.csv", "Назва\nПекарня\n"),
    ] {
        let planned = device.plan_import(&Table::from_csv(text.as_bytes()).unwrap()).unwrap();
        device.import(&planned.plan, name, |count| ready.push(count)).unwrap();
    }
    assert_eq!(ready.last(), Some(&1));
    let listed = |device: &Device| {
        let imports = device.imports().unwrap();
        imports.into_iter().map(|one| (one.file, one.made, one.is_undone)).collect::<Vec<_>>()
    };
    let (first, second) = ("first.csv".to_owned(), "second.csv".to_owned());
    let made = ready.iter().filter(|count| **count == 1).count();
    assert_eq!(made, 2, "each import tells of its own records: {ready:?}");

    let number = device.imports().unwrap().last().unwrap().number;
    assert_eq!(device.undo_import(Some(number), "не той файл").unwrap().file, first);
    let [second_now, first_now] = <[_; 2]>::try_from(listed(&device)).unwrap();
    assert_eq!((first_now.0, first_now.2), (first, true));
    assert_eq!(second_now, (second, 1, false));
    assert_eq!(counts(&device), [1, 0]);
    let again = device.undo_import(Some(number), "ще раз");
    assert!(matches!(again, Err(ImportError::NothingToUndo)), "{again:?}");
}

#[test]
fn an_import_that_is_taken_back_touches_nothing_of_people() {
    let folder = tempfile::tempdir().unwrap();
    let (device, _) = device(folder.path());
    let mill = customer(&device, "ТОВ «Млин»");
    let planned = device.plan_import(&Table::from_csv(FILE.as_bytes()).unwrap()).unwrap();
    device.import(&planned.plan, "customers.csv", |_| ()).unwrap();
    let sunflower = device.find("ТОВ «Сонях»", &[Kind::Customer]).unwrap().remove(0).document;
    device.edit(sunflower, vec![Customer::WEBSITE.set(&"soniakh.example".to_owned())]).unwrap();
    device.edit(mill, vec![Customer::REGISTRY_CODE.set(&"31577685".to_owned())]).unwrap();

    let undone = device.undo_import(None, "не той файл").unwrap();

    let left: Vec<_> = undone.left.iter().map(|left| (left.document, left.why)).collect();
    assert_eq!(left, [(sunflower, Stays::Changed), (mill, Stays::Changed)]);
    assert_eq!((undone.withdrawn, undone.changed_back), (1, 0));
    assert_eq!(counts(&device), [2, 0]);
    let code = device.show(mill).unwrap().reading.value("registry_code").clone();
    assert_eq!(code.as_text(), Some("31577685"));
}

#[test]
fn a_thousand_rows_are_imported_and_taken_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (device, _) = device(folder.path());
    let mut text = "Назва;Телефон;Обладнання;Серійний номер\n".to_owned();
    for row in 0..1_000 {
        writeln!(text, "Контрагент {};+38067{:07};Котел;SN-{row}", row / 2, row / 2).unwrap();
    }
    let planned = device.plan_import(&Table::from_csv(text.as_bytes()).unwrap()).unwrap();
    device.import(&planned.plan, "large.csv", |_| ()).unwrap();
    assert_eq!(counts(&device), [500, 1_000]);

    let undone = device.undo_import(None, "не той файл").unwrap();

    assert_eq!((undone.withdrawn, undone.changed_back, undone.left.len()), (1_500, 0, 0));
    assert_eq!(counts(&device), [0, 0]);
}

/// The code of a customer, or those that wait for a decision.
fn codes(device: &Device, customer: DocumentId) -> Vec<String> {
    let reading = device.show(customer).unwrap().reading;
    let cell = reading.cell("registry_code").unwrap();
    let mut codes: Vec<String> = cell.standing().filter_map(|one| Some(one.as_text()?.to_owned())).collect();
    codes.sort();
    codes
}

const MILL: &str = "Назва;ЄДРПОУ\nТОВ «Млин»;32855961\n";

#[test]
fn a_colleagues_value_that_arrives_between_a_plan_and_its_import_stays_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let (device, _) = device(folder.path());
    let mill = customer(&device, "ТОВ «Млин»");
    let planned = device.plan_import(&Table::from_csv(MILL.as_bytes()).unwrap()).unwrap();
    device.edit(mill, vec![Customer::REGISTRY_CODE.set(&"31577685".to_owned())]).unwrap();

    device.import(&planned.plan, "customers.csv", |_| ()).unwrap();

    assert_eq!(codes(&device, mill), ["31577685", "32855961"]);
    let undone = device.undo_import(None, "не той файл").unwrap();
    assert_eq!((undone.changed_back, undone.left.len()), (0, 1), "a dispute is for people to end");
    assert_eq!(codes(&device, mill), ["31577685", "32855961"]);
}

#[test]
fn a_colleagues_value_that_arrives_while_an_import_is_saved_stays_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let (device, _) = device(folder.path());
    let mill = customer(&device, "ТОВ «Млин»");
    let planned = device.plan_import(&Table::from_csv(MILL.as_bytes()).unwrap()).unwrap();
    let mut arrives = Some(vec![Customer::REGISTRY_CODE.set(&"31577685".to_owned())]);

    let arrive = |_| drop(arrives.take().map(|intents| device.edit(mill, intents).unwrap()));
    device.import(&planned.plan, "customers.csv", arrive).unwrap();

    assert_eq!(codes(&device, mill), ["31577685", "32855961"]);
}

type Event = Box<dyn FnOnce() + Send>;

/// Surroundings in which something happens when the clock is asked the second time: that is behind the look at the
/// records, which gives everything that is taken back one time, and before they are written.
#[derive(Clone)]
struct Interrupted {
    clock: TestClock,
    event: Arc<Mutex<(usize, Option<Event>)>>,
}

impl Interrupted {
    fn by(&self, event: impl FnOnce() + Send + 'static) {
        *self.event.lock().unwrap() = (1, Some(Box::new(event)));
    }
}

impl Surroundings for Interrupted {
    fn now_ms(&self) -> i64 {
        let mut waiting = self.event.lock().unwrap();
        let event = if waiting.0 == 0 { waiting.1.take() } else { None };
        waiting.0 = waiting.0.saturating_sub(1);
        drop(waiting);
        event.into_iter().for_each(|event| event());
        self.clock.now_ms()
    }
    fn offset_minutes(&self) -> i32 {
        self.clock.offset_minutes()
    }
    fn fill_random(&self, bytes: &mut [u8]) {
        self.clock.fill_random(bytes);
    }
}

/// Imports two customers, and takes that back while a colleague writes in the first, which was looked at by then and
/// is written last. Gives it and what was done.
#[track_caller]
fn taken_back_while_written(folder: &Path, file: &str, written: Intent) -> (Arc<Device>, DocumentId, Undone) {
    let around = Interrupted { clock: TestClock::monday(0), event: Arc::default() };
    let store = halyard_testkit::device::store(folder);
    let device = Arc::new(Device::on(store, Box::new(around.clone())).unwrap());
    let mill = customer(&device, "ТОВ «Млин»");
    let planned = device.plan_import(&Table::from_csv(file.as_bytes()).unwrap()).unwrap();
    device.import(&planned.plan, "customers.csv", |_| ()).unwrap();
    let [edit, _] = planned.plan.edits.as_slice() else { panic!("two records: {:?}", planned.plan) };
    assert_eq!(edit.is_new, edit.document != mill);
    let (document, colleague) = (edit.document, Arc::clone(&device));
    around.by(move || drop(colleague.edit(document, vec![written]).unwrap()));

    let undone = device.undo_import(None, "не той файл").unwrap();

    assert!(around.event.lock().unwrap().1.is_none(), "nobody wrote meanwhile");
    (device, document, undone)
}

#[test]
fn what_a_colleague_writes_while_an_import_is_taken_back_stays_and_is_told() {
    let [first, second] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let code = Customer::REGISTRY_CODE.set(&"31577685".to_owned());
    let file = format!("{MILL}ТОВ «Мак»;\n");
    let (device, mill, undone) = taken_back_while_written(first.path(), &file, code);
    assert_eq!((undone.changed_back, undone.withdrawn), (0, 1));
    assert_eq!(undone.left.iter().map(|left| left.why).collect::<Vec<_>>(), [Stays::Changed]);
    assert_eq!(codes(&device, mill), ["31577685"]);

    let website = Customer::WEBSITE.set(&"soniakh.example".to_owned());
    let file = "Назва;ЄДРПОУ\nТОВ «Сонях»;14360570\nТОВ «Мак»;\n";
    let (device, made, undone) = taken_back_while_written(second.path(), file, website);
    assert_eq!((undone.changed_back, undone.withdrawn), (0, 1));
    assert_eq!(undone.left.iter().map(|left| left.why).collect::<Vec<_>>(), [Stays::Changed]);
    assert!(device.show(made).unwrap().reading.value("withdrawn").is_null());
}

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = std::fs::read(&path).unwrap();
            found.push((path, bytes));
        }
    }
    found
}

#[test]
fn what_an_imported_file_was_called_is_listed_after_a_restart_and_nowhere_in_plain() {
    let folder = tempfile::tempdir().unwrap();
    let (first_start, _) = device(folder.path());
    let planned = first_start.plan_import(&Table::from_csv(FILE.as_bytes()).unwrap()).unwrap();
    first_start.import(&planned.plan, "customers.csv", |_| ()).unwrap();
    drop(first_start);

    for (path, bytes) in files(folder.path()) {
        assert!(!bytes.windows(9).any(|part| part == b"customers"), "{} tells", path.display());
    }
    let (device, _) = device(folder.path());
    let [import] = device.imports().unwrap().try_into().unwrap();
    assert_eq!((import.file.as_str(), import.made, import.is_undone), ("customers.csv", 3, false));
}

#[test]
fn an_import_whose_note_cannot_be_read_is_listed_and_only_it_cannot_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let (first_start, _) = device(folder.path());
    let planned = first_start.plan_import(&Table::from_csv(FILE.as_bytes()).unwrap()).unwrap();
    first_start.import(&planned.plan, "customers.csv", |_| ()).unwrap();
    drop(first_start);
    let damaged = NewImport {
        file: "damaged.csv".to_owned(),
        at: "2026-03-02T10:00:00+02:00".parse().unwrap(),
        made: 2,
        completed: 0,
        records: "{".to_owned(),
    };
    halyard_testkit::device::store(folder.path()).commit_import(Vec::new(), damaged).unwrap();

    let (device, _) = device(folder.path());
    let imports = device.imports().unwrap();
    assert_eq!(
        imports.iter().map(|one| one.file.as_str()).collect::<Vec<_>>(),
        ["damaged.csv", "customers.csv"]
    );
    let refused = device.undo_import(None, "не той файл").unwrap_err();
    assert!(matches!(&refused, ImportError::Unreadable { file } if file == "damaged.csv"), "{refused:?}");
    let undone = device.undo_import(Some(imports[1].number), "не той файл").unwrap();
    assert_eq!((undone.file.as_str(), undone.withdrawn), ("customers.csv", 3));
    assert_eq!(counts(&device), [0, 0]);
}
