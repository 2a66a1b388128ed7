//! Records made by mistake or twice: what is said of them, and bringing them back.

use insta::assert_snapshot;

use crate::bench::Bench;

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
