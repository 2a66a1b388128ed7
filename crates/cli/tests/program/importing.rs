//! Bringing a file: looking first, doing it, mending what was refused, taking it back.

use insta::assert_snapshot;

use crate::bench::Bench;

const FILE: &str = "Назва;ЄДРПОУ;Телефон;Обладнання;Серійний номер;Колір\n\
    ТОВ «Сонях»;14360570;067 123 45 67;Котел;SN-77;синій\n\
    ТОВ «Млин»;32855961;;;;\n\
    ТОВ «Помилка»;123;не телефон;;;\n";

#[test]
fn a_file_is_looked_at_imported_and_taken_back() {
    let bench = Bench::enrolled();
    let file = bench.file("customers.csv", FILE.as_bytes());
    let file = file.to_str().unwrap();
    let count = || bench.json(&["list", "customer", "--count"])["count"].clone();

    assert_snapshot!("preview_uk", bench.ok(&["import", file, "--lang", "uk"]));
    assert_snapshot!("preview_en", bench.ok(&["import", file, "--lang", "en"]));
    assert_eq!(count(), 0);
    assert_snapshot!("apply_uk", bench.ok(&["import", file, "--apply", "--lang", "uk"]));
    assert_eq!(count(), 2);
    let again = bench.json(&["import", file, "--apply"]);
    assert_eq!((again["applied"].clone(), again["records"].clone()), (false.into(), 0.into()));

    assert_snapshot!(bench.ok(&["import", "undo", "--lang", "uk"]), @"Імпорт файлу customers.csv скасовано: 3 записи. Змінене людьми після імпорту лишилося.");
    assert_eq!(count(), 0);
    assert_snapshot!(bench.fails(1, &["import", "undo", "--lang", "uk"]), @"Помилка: Немає імпорту, який можна скасувати.");
}

#[test]
fn refused_rows_are_mended_and_imported() {
    let bench = Bench::enrolled();
    let file = bench.file("customers.csv", FILE.as_bytes());
    let mend = file.with_file_name("mend.csv");
    bench.ok(&[
        "import",
        file.to_str().unwrap(),
        "--apply",
        "--refused",
        mend.to_str().unwrap(),
        "--lang",
        "uk",
    ]);
    let refused = std::fs::read_to_string(&mend).unwrap();
    assert_snapshot!(refused.trim_start_matches('\u{feff}').replace('\r', ""), @r#"
    Назва;ЄДРПОУ;Телефон;Обладнання;Серійний номер;Колір;Чому не взято
    ТОВ «Помилка»;123;не телефон;;;;ЄДРПОУ або РНОКПП: цифр 3, а має бути 8 або 10 | Телефон: не телефон: не телефон
    "#);
    let mended = refused.replace(";123;", ";31577685;").replace("не телефон", "050 111 22 33");
    let mended = bench.file("mended.csv", mended.as_bytes());
    let done = bench.json(&["import", mended.to_str().unwrap(), "--apply"]);
    assert_eq!(
        (done["applied"].clone(), done["preview"]["refused"].clone()),
        (true.into(), serde_json::json!([]))
    );
    assert_eq!(bench.json(&["list", "customer", "--count"])["count"], 3);
}

#[test]
fn a_file_that_is_no_table_says_so() {
    let bench = Bench::enrolled();
    let fails = |name: &str, content: &[u8]| {
        let file = bench.file(name, content);
        bench.fails(1, &["import", file.to_str().unwrap(), "--lang", "en"])
    };
    assert!(fails("empty.csv", b"").contains("The file is empty"));
    assert!(fails("letter.docx", b"x").contains("Only .csv and .xlsx"));
    assert!(fails("broken.xlsx", b"PK").contains("damaged or protected"));
    assert!(bench.fails(1, &["import", "nowhere.csv", "--lang", "en"]).contains("cannot be read"));
}
