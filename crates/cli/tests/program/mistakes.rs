//! Records made by mistake or twice: what is said of them, and bringing them back.

use halyard_device::domain::records::Customer;
use halyard_device::records::Editor;
use halyard_device::store::Unlock;
use insta::assert_snapshot;

use crate::bench::Bench;
use crate::deciding::{keep, load};

#[test]
fn a_withdrawn_record_says_who_withdrew_it_and_how_to_bring_it_back() {
    let bench = Bench::enrolled();
    let customer = bench.new_record(&["customer", "name=Сонях"]);
    bench.ok(&["edit", "Сонях", "--withdraw", "record", "--why", "не той"]);

    for named in ["Сонях", customer.as_str()] {
        assert_snapshot!("withdrawn_uk", bench.fails(1, &["edit", named, "name=Мак", "--lang", "uk"]));
        assert_snapshot!("withdrawn_en", bench.fails(1, &["edit", named, "name=Мак", "--lang", "en"]));
    }
    assert!(bench.ok(&["show", "Сонях", "--lang", "uk"]).contains("не той"));
    assert_eq!(bench.json(&["list", "customer", "--count"])["count"], 0);

    bench.ok(&["edit", "Сонях", "--restore"]);
    bench.ok(&["edit", "Сонях", "name=Мак"]);
    assert_eq!(bench.json(&["list", "customer", "--count"])["count"], 1);
}

#[test]
fn a_withdrawn_name_is_never_taken_for_words_of_another_record() {
    let bench = Bench::enrolled();
    let withdrawn = bench.new_record(&["customer", "name=Сонях"]);
    bench.ok(&["edit", "Сонях", "--withdraw", "record", "--why", "не той"]);
    let other = bench.new_record(&["customer", "name=Пекарня Сонях"]);
    let name = |id: &str| bench.json(&["show", id])["fields"]["name"]["cell"]["value"].clone();

    let refused = bench.fails(1, &["edit", "Сонях", "name=Мак", "--lang", "uk"]);
    assert!(refused.contains("Запис Сонях відкликано"), "{refused}");
    assert_eq!(name(&other), "Пекарня Сонях");

    bench.ok(&["edit", &other, "name=Сонях"]);
    bench.ok(&["edit", "Сонях", "name=Мак", "--restore"]);
    assert_eq!((name(&withdrawn), name(&other)), ("Мак".into(), "Сонях".into()));
    assert_eq!(bench.json(&["list", "customer", "--count"])["count"], 2);
}

#[test]
fn a_record_becomes_no_duplicate_of_itself_or_of_what_is_withdrawn() {
    let bench = Bench::enrolled();
    let first = bench.new_record(&["customer", "name=Сонях"]);
    let second = bench.new_record(&["customer", "name=Мак"]);
    let merge =
        |into: &str| bench.fails(1, &["edit", &first, &format!("merged_into={into}"), "--lang", "uk"]);
    assert_snapshot!(merge(&first), @"Помилка: Нічого не збережено. «дублікат запису»: запис не може бути дублікатом самого себе, навіть через інші записи; вкажіть запис, який лишається.");
    bench.ok(&["edit", &second, &format!("merged_into={first}")]);
    assert!(merge(&second).contains("дублікатом самого себе"));
    bench.ok(&["edit", &second, "--restore"]);
    bench.ok(&["edit", &second, "--withdraw", "record", "--why", "не той"]);
    assert_snapshot!(merge(&second), @"Помилка: Нічого не збережено. «дублікат запису»: той запис відкликано: halyard show [id]. Вкажіть запис, який лишається, або спершу поверніть той.");
    assert_eq!(bench.json(&["list", "customer", "--count"])["count"], 1);
}

#[test]
fn a_duplicate_says_which_record_stays_and_can_stand_alone_again() {
    let bench = Bench::enrolled();
    let stays = bench.new_record(&["customer", "name=Сонях"]);
    bench.new_record(&["customer", "name=Сонях повтор"]);
    bench.ok(&["edit", "Сонях повтор", &format!("merged_into={stays}")]);

    assert_snapshot!(bench.fails(1, &["edit", "Сонях повтор", "name=Мак", "--lang", "uk"]), @"Помилка: Запис Сонях повтор повторює запис Сонях. Нічого не змінено. Змінюйте той; якщо це не повтор: halyard edit [id] --restore");

    bench.ok(&["edit", "Сонях повтор", "--restore"]);
    bench.ok(&["edit", "Сонях повтор", "name=Мак"]);
}

#[test]
fn a_duplicate_of_a_duplicate_is_shown_with_the_record_it_counts_with() {
    let bench = Bench::enrolled();
    let third = bench.new_record(&["customer", "name=Мак"]);
    let second = bench.new_record(&["customer", "name=Сонях"]);
    let first = bench.new_record(&["customer", "name=Волошка"]);
    bench.ok(&["edit", &first, &format!("merged_into={second}")]);
    bench.ok(&["edit", &second, &format!("merged_into={third}")]);
    let shown = bench.ok(&["show", &first, "--lang", "uk"]);
    let said = shown.lines().find(|line| line.starts_with("merged_into")).unwrap();
    assert!(said.contains("Мак") && !said.contains("Сонях"), "{said}");
}

#[test]
fn what_is_withdrawn_is_marked_in_a_search_and_can_be_listed() {
    let bench = Bench::enrolled();
    bench.new_record(&["customer", "name=Сонях"]);
    bench.new_record(&["customer", "name=Сонях Плюс"]);
    bench.ok(&["edit", "Сонях", "--withdraw", "record", "--why", "не той"]);

    let found = bench.ok(&["search", "сонях", "--lang", "uk"]);
    assert_eq!(found.matches("[відкликано або дублікат]").count(), 1, "{found}");
    assert!(found.contains("Сонях [відкликано або дублікат]"), "{found}");
    let count =
        |condition: &str| bench.json(&["list", "customer", "--where", condition, "--count"])["count"].clone();
    assert_eq!(count("withdrawn=yes"), 1);
    assert_eq!(count("відкликано=так"), 1);
    assert_eq!(count("withdrawn=no"), 1);

    let stays = bench.new_record(&["customer", "name=Мак"]);
    bench.new_record(&["customer", "name=Мак повтор"]);
    bench.ok(&["edit", "Мак повтор", &format!("merged_into={stays}")]);
    assert_eq!(count("withdrawn=no"), 2, "a duplicate does not count");
    assert_eq!(count("withdrawn=yes"), 1);
    assert_eq!(count(&format!("merged_into={stays}")), 1);
    assert_eq!(count("merged_into!="), 1);
}

#[test]
fn what_may_be_there_already_is_said_when_it_is_made() {
    let bench = Bench::enrolled();
    let boiler = bench.new_record(&["equipment", "name=Котел", "serial=SN-77"]);
    let said = bench.ok(&["new", "equipment", "name=Котел", "serial=sn 77", "--lang", "uk"]);
    assert!(said.contains("Можливо, це те саме.") && said.contains("Котел"), "{said}");
    let other = bench.ok(&["new", "equipment", "name=Насос", "serial=SN-78", "--lang", "uk"]);
    assert!(!other.contains("Можливо"), "{other}");

    let old = ["complaint", "complaint_kind=defect", "received_at=2021-03-03 09:00"];
    let of_it = format!("equipment={boiler}");
    let open = bench.new_record(&[&old[..], &[&of_it]].concat());
    let again = bench.json(&["new", "complaint", "complaint_kind=failure", &of_it]);
    assert_eq!(again["alike"][0]["document"], open.as_str(), "still open, however old");
}

#[test]
fn a_complaint_of_a_visit_is_about_what_the_visit_is_about() {
    let bench = Bench::enrolled();
    let customer = bench.new_record(&["customer", "name=Сонях"]);
    let boiler = bench.new_record(&["equipment", "name=Котел"]);
    let (of, on) = (format!("customer={customer}"), format!("equipment={boiler}"));
    let card = bench.new_record(&["service-card", &of, &on]);
    let visit = bench.new_record(&["visit", &format!("card={card}")]);
    let complaint = bench.new_record(&["complaint", "complaint_kind=defect", &format!("visit={visit}")]);
    let fields = bench.json(&["show", &complaint])["fields"].clone();
    for (field, id) in [("customer", &customer), ("equipment", &boiler), ("card", &card)] {
        assert_eq!(fields[field]["cell"]["value"], id.as_str(), "{field}");
    }
}

#[test]
fn a_proposal_is_shown_in_words_and_an_event_with_its_own_time() {
    let bench = Bench::enrolled();
    let card = format!("card={}", bench.new_record(&["service-card", "subject=Котел"]));
    let visit = bench.new_record(&["visit", &card, "window=2021-03-03 09:00-11:30"]);
    bench.ok(&["propose", &visit, "window=2021-03-04 09:00-11:30", "--why", "клієнт просить"]);
    bench.ok(&["edit", &visit, "--event", "what=arrived,at=2021-03-03 08:55"]);
    let shown = bench.ok(&["show", &visit, "--lang", "uk"]);
    assert!(shown.contains("04.03.2021 09:00–11:30") && !shown.contains("2021-03-04T"), "{shown}");
    let told = bench.ok(&["history", &visit, "--lang", "uk"]);
    assert!(told.contains("03.03.2021 08:55") && !told.contains("2021-03-04T"), "{told}");
    let english = bench.ok(&["show", &visit, "--lang", "en"]);
    assert!(english.contains("2021-03-04 09:00–11:30"), "{english}");
}

#[test]
fn a_code_that_stands_there_written_otherwise_is_the_same_code() {
    let bench = Bench::enrolled();
    let customer = bench.new_record(&["customer", "name=Пекарня"]);
    let store = bench.store(&Unlock::DemoKeyFile);
    let (heads, mut record) = load(&store, customer.parse().unwrap());
    let mut fresh = || [9; 16];
    let mut editor = Editor { actor: [8; 16], fresh_actor: &mut fresh, time: 1_700_000_000 };
    record.edit(&mut editor, &[Customer::REGISTRY_CODE.set(&"1436 0570".to_owned())]).unwrap();
    keep(&store, customer.parse().unwrap(), heads, &record);
    drop(store);
    let said = bench.fails(1, &["new", "customer", "name=Сонях", "registry_code=14360570", "--lang", "uk"]);
    assert!(said.contains("такий код уже має інший контрагент: halyard show [id]"), "{said}");
}
