//! What a role allows, and how others' fields are wished for.

use insta::assert_snapshot;

use crate::bench::Bench;

#[test]
fn rights_are_unknown_until_the_first_sync() {
    let bench = Bench::enrolled();
    assert_snapshot!(bench.ok(&["rights", "--lang", "uk"]), @"Ваші права стануть відомі після першої синхронізації. До того введене збережеться, а вирішить офіс.");
    assert_eq!(bench.json(&["rights"])["known"], false);
}

#[test]
fn rights_are_told_in_words() {
    let bench = Bench::enrolled();
    bench.hold("technician");
    assert_snapshot!("rights_uk", bench.ok(&["rights", "--lang", "uk"]));
    assert_snapshot!("rights_en", bench.ok(&["rights", "--lang", "en"]));
    assert_eq!(bench.json(&["rights"])["sections"]["service"]["reach"], "own");
}

#[test]
fn a_technician_proposes_what_the_office_decides() {
    let bench = Bench::enrolled();
    let card = bench.new_record(&["service_card", "subject=Ліфт"]);
    let visit = bench.new_record(&["visit", &format!("card={card}"), "window=2031-03-03 09:00-11:30"]);
    bench.hold("technician");
    let move_it = "window=2031-03-04 09:00-11:30";
    assert_snapshot!(bench.fails(1, &["edit", &visit, move_it, "--lang", "uk"]), @"Помилка: Поле «запланований час» змінює: офіс. Нічого не змінено. Можна запропонувати зміну: halyard propose.");
    assert_snapshot!(bench.fails(1, &["new", "customer", "name=Моя", "--lang", "uk"]), @"Помилка: Записи цього виду створюють інші. Нічого не створено.");
    assert_snapshot!(bench.ok(&["propose", &visit, move_it, "--why", "просив клієнт", "--lang", "uk"]), @"Пропозицію до поля «запланований час» збережено. Її побачить той, хто змінює це поле.");

    bench.hold("dispatcher");
    bench.ok(&["answer", &visit, "1", "--accept", "--say", "добре"]);
    let shown = bench.json(&["show", &visit]);
    let window = shown["fields"]["window"]["cell"]["value"].as_str().unwrap();
    assert!(window.starts_with("2031-03-04T09:00:00+02:00/"), "{window}");
    for again in ["--accept", "--decline"] {
        let said = bench.fails(1, &["answer", &visit, "1", again, "--say", "ще раз", "--lang", "en"]);
        assert!(said.contains("This proposal was accepted already: ") && said.contains("[time]"), "{said}");
    }
    let bad = bench.fails(2, &["propose", &visit, "window=колись", "--why", "x", "--lang", "en"]);
    assert!(bad.contains("a window is needed"), "{bad}");
}

#[test]
fn an_import_that_the_rights_forbid_leaves_nothing() {
    let bench = Bench::enrolled();
    bench.hold("technician");
    let file = bench.file("customers.csv", "Назва\nТОВ «Сонях»\n".as_bytes());
    let said = bench.fails(1, &["import", file.to_str().unwrap(), "--apply", "--lang", "en"]);
    assert!(said.contains("made by others"), "{said}");
    assert!(bench.fails(1, &["import", "undo", "--lang", "en"]).contains("no import to take back"));
    assert_eq!(bench.json(&["status"])["unsent"], 0);
}
