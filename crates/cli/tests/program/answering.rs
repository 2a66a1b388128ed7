//! What a person need not say: answers to a checklist in place of earlier ones, the day of a complaint, whom
//! a visit was dispatched to.

use insta::assert_snapshot;

use crate::bench::Bench;

/// A visit whose card has a checklist of three questions.
fn visit_with_checklist(bench: &Bench) -> String {
    let checklist = bench.new_record(&[
        "checklist",
        "name=Котел",
        "--add",
        "items",
        "position=1,text=Тяга є?,answer_kind=yes_no,required=yes",
        "--add",
        "items",
        "position=2,text=Тиск,answer_kind=number",
        "--add",
        "items",
        "position=3,text=Колір полум'я,answer_kind=one_of,choices=синій;жовтий",
    ]);
    let card = bench.new_record(&["service-card", "subject=Котел", &format!("checklist={checklist}")]);
    bench.new_record(&["visit", &format!("card={card}"), "window=2031-03-03 09:00-11:30"])
}

#[test]
fn a_checklist_is_answered_by_its_numbers_and_the_last_answer_stands() {
    let bench = Bench::enrolled();
    let visit = visit_with_checklist(&bench);
    let answer = |one: &str| bench.ok(&["edit", &visit, "--answer", one, "--lang", "uk"]);
    answer("1=ні");
    answer("1=так");
    answer("2=1,5");

    let shown = bench.ok(&["show", &visit, "--lang", "uk"]);
    assert!(shown.contains("1. Тяга є?*: так\n  2. Тиск: 1,5\n  3. Колір полум'я: (порожньо)"), "{shown}");
    let questions = bench.json(&["show", &visit])["questions"].clone();
    assert_eq!(questions[0]["disputed"], false, "one's own second answer is no disagreement");

    let wrong = |one: &str| bench.fails(2, &["edit", &visit, "--answer", one, "--lang", "uk"]);
    assert_snapshot!(wrong("1=мабуть"), @"Помилка: Відповідь не підходить до питання 1. Можливо: так, ні, н/з (не застосовно).");
    assert_snapshot!(wrong("2=багато"), @"Помилка: Відповідь не підходить до питання 2. Можливо: число.");
    assert_snapshot!(wrong("3=зелений"), @"Помилка: Відповідь не підходить до питання 3. Можливо: синій, жовтий.");
    assert_snapshot!(wrong("9=так"), @"Помилка: Питання «9» у чек-листі немає, усього питань: 3. Номери показує halyard show.");
    let customer = bench.new_record(&["customer", "name=Сонях"]);
    assert_snapshot!(bench.fails(2, &["edit", &customer, "--answer", "1=так", "--lang", "uk"]), @"Помилка: На чек-лист відповідають у виїзді: halyard edit V-2026-00034 --answer 2=так");
}

#[test]
fn a_complaint_was_received_when_it_is_written_down_unless_it_says_otherwise() {
    let bench = Bench::enrolled();
    let thing = format!("equipment={}", bench.new_record(&["equipment", "name=Котел"]));
    let received = |args: &[&str]| {
        let complaint = bench.new_record(&[&["complaint", "complaint_kind=defect", &thing], args].concat());
        bench.json(&["show", &complaint])["fields"]["received_at"]["cell"]["value"].clone()
    };
    assert!(received(&[]).is_string());
    assert_eq!(received(&["received_at=2021-03-03 09:00"]), "2021-03-03T09:00:00+02:00");
}

#[test]
fn the_warranty_of_a_complaint_is_that_of_its_day() {
    let bench = Bench::enrolled();
    let thing = bench.new_record(&["equipment", "name=Котел", "warranty_until=2021-03-03"]);
    let warranty = |received: &str| {
        let complaint = bench.new_record(&[
            "complaint",
            "complaint_kind=defect",
            &format!("equipment={thing}"),
            &format!("received_at={received} 23:30"),
        ]);
        let shown = bench.ok(&["show", &complaint, "--lang", "uk"]);
        let line = shown.lines().find(|line| line.trim_start().starts_with("гарантія")).map(str::to_owned);
        line.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(warranty("2021-03-03"), "гарантія На гарантії");
    assert_eq!(warranty("2021-03-04"), "гарантія Гарантія закінчилася");
}
