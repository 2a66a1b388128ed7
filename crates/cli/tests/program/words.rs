//! Words people type: names in their language, what is overdue, people who share a name.

use insta::assert_snapshot;

use crate::bench::Bench;

#[test]
fn kinds_fields_and_columns_are_taken_in_the_readers_language() {
    let bench = Bench::enrolled();
    bench.new_record(&["контрагент", "назва=Пекарня «Сонях»"]);
    let card = bench.new_record(&["картка обслуговування", "контрагент=сонях", "Пріоритет=високий"]);
    bench.new_record(&[
        "виїзд",
        &format!("картка обслуговування={card}"),
        "запланований час=2031-03-03 09:00-11:30",
    ]);

    let count = |kind: &str, condition: &str| {
        bench.json(&["list", kind, "--where", condition, "--count"])["count"].clone()
    };
    assert_eq!(count("виїзди", "стан=Запланований"), 1);
    assert_eq!(count("выезды", "запланированное время>=2031-03-04"), 0);
    assert_eq!(count("картки обслуговування", "контрагент.назва~сонях"), 1);
    assert_eq!(count("service-card", "приоритет=высокий"), 1);
    let sorted = ["list", "виїзди", "--sort", "-запланований час", "--columns", "стан"];
    assert_eq!(bench.json(&sorted)["rows"][0]["state"], "scheduled");
    bench.ok(&["edit", &card, "пріоритет=низький"]);
    assert_eq!(count("service-card", "priority=low"), 1);
}

#[test]
fn what_is_overdue_is_found() {
    let bench = Bench::enrolled();
    let card = format!("card={}", bench.new_record(&["service-card", "subject=Котел"]));
    let late = bench.new_record(&["visit", &card, "window=2021-03-03 09:00-11:30"]);
    let done = bench.new_record(&["visit", &card, "window=2021-03-04 09:00-11:30"]);
    bench.ok(&["edit", &done, "--event", "what=cancelled,reason=передумали"]);
    bench.new_record(&["visit", &card, "window=2031-03-03 09:00-11:30"]);
    let thing = format!("equipment={}", bench.new_record(&["equipment", "name=Котел"]));
    let complaint = bench.new_record(&[
        "complaint",
        &thing,
        "complaint_kind=defect",
        "--add",
        "actions",
        "action_kind=corrective,text=Замінити,due=2021-03-05",
    ]);

    let ids = |kind: &str, condition: &str| {
        let rows = bench.json(&["list", kind, "--where", condition])["rows"].clone();
        rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids("visit", "overdue"), [late.as_str()]);
    assert_eq!(ids("visit", "прострочено"), [late.as_str()]);
    assert_eq!(ids("visit", "overdue=no").len(), 2);
    assert_eq!(ids("complaint", "overdue"), [complaint.as_str()]);
    bench.ok(&["edit", &complaint, "actions/1/done=2021-03-06"]);
    assert_eq!(ids("complaint", "overdue"), Vec::<String>::new());
    assert_snapshot!(bench.fails(2, &["list", "customer", "--where", "overdue", "--lang", "uk"]), @"Помилка: Простроченими бувають лише виїзди (visit) й рекламації (complaint).");
}

#[test]
fn people_who_share_a_name_are_told_apart() {
    let bench = Bench::enrolled();
    let person = |position: &str| {
        bench.new_record(&["employee", "surname=Бондар", "given_name=Іван", &format!("position={position}")])
    };
    let (welder, _) = (person("зварник"), person("електрик"));
    let card = format!("card={}", bench.new_record(&["service-card", "subject=Котел"]));
    assert_snapshot!(bench.fails(1, &["new", "visit", &card, "specialists=Бондар Іван", "--lang", "uk"]), @"
    Помилка: «Бондар Іван» підходить кільком записам, і нічого не змінено. Назвіть один з них за ідентифікатором:
      [id]  працівник Бондар Іван зварник, [label]
      [id]  працівник Бондар Іван електрик, [label]
    ");
    let visit = bench.new_record(&["visit", &card, &format!("specialists={welder}")]);
    let shown = bench.ok(&["show", &visit, "--lang", "uk"]);
    assert!(shown.contains("Бондар Іван (зварник, [label])"), "{shown}");
}

#[test]
fn a_proposal_is_offered_only_where_one_is_possible() {
    let bench = Bench::enrolled();
    let card = format!("card={}", bench.new_record(&["service-card", "subject=Котел"]));
    let visit = bench.new_record(&["visit", &card, "window=2031-03-03 09:00-11:30"]);
    bench.hold("technician");
    let said = bench.fails(1, &["edit", &visit, "--event", "what=reviewed", "--lang", "uk"]);
    assert!(!said.contains("propose"), "{said}");
    let said = bench.fails(1, &["edit", &visit, "window=2031-03-04 09:00-11:30", "--lang", "uk"]);
    assert!(said.contains("halyard propose"), "{said}");
    let wish = ["propose", &visit, "events/1/what=closed", "--why", "так", "--lang", "uk"];
    assert_snapshot!(bench.fails(2, &wish), @"Помилка: До поля events нічого не пропонують: події кожен пише за себе.");
}
