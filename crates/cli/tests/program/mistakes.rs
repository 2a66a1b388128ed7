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
fn a_duplicate_says_which_record_stays_and_can_stand_alone_again() {
    let bench = Bench::enrolled();
    let stays = bench.new_record(&["customer", "name=Сонях"]);
    bench.new_record(&["customer", "name=Сонях повтор"]);
    bench.ok(&["edit", "Сонях повтор", &format!("merged_into={stays}")]);

    assert_snapshot!(bench.fails(1, &["edit", "Сонях повтор", "name=Мак", "--lang", "uk"]), @"Помилка: Запис Сонях повтор повторює запис Сонях. Нічого не змінено. Змінюйте той; якщо це не повтор: halyard edit [id] --restore");

    bench.ok(&["edit", "Сонях повтор", "--restore"]);
    bench.ok(&["edit", "Сонях повтор", "name=Мак"]);
}
