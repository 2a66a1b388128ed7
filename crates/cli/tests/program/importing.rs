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

    assert_snapshot!(bench.ok(&["import", "undo", "--lang", "uk"]), @"Імпорт файлу customers.csv скасовано. Відкликано створене ним: 3 записи. Повернуто, як було: 0 записів.");
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

const BROKEN: &str = "Назва;ЄДРПОУ;Телефон\n\
    ТОВ «Сонях»;14360570;067 123 45 67\n\
    ТОВ «Адреса»;22859846;044 123 45 67;Полтава\n\
    \"ТОВ Лапки;31577685;050 111 22 33\n\
    ТОВ «Млин»;32855961;\n\
    \"ТОВ \"\"Ясен\"\"\";21560045;\n\
    ТОВ «Формула»;#N/A;\n";

#[test]
fn broken_rows_cost_no_other_row_and_come_back_to_be_mended() {
    let bench = Bench::enrolled();
    let file = bench.file("broken.csv", BROKEN.as_bytes());
    let mend = file.with_file_name("mend.csv");
    let (file, mend) = (file.to_str().unwrap(), mend.to_str().unwrap());

    assert_snapshot!(bench.ok(&["import", file, "--apply", "--refused", mend, "--lang", "uk"]));
    assert_eq!(bench.json(&["list", "customer", "--count"])["count"], 3);

    let refused = std::fs::read_to_string(mend).unwrap();
    let mended =
        refused.replace("\"\"\"ТОВ Лапки\"", "ТОВ Лапки").replace(";Полтава;", ";;").replace("#N/A", "");
    let mended = bench.file("mended.csv", mended.as_bytes());
    let done = bench.json(&["import", mended.to_str().unwrap(), "--apply"]);
    assert_eq!(done["preview"]["refused"], serde_json::json!([]));
    assert_eq!(bench.json(&["list", "customer", "--count"])["count"], 6);
}

#[test]
fn a_file_that_brings_nothing_says_why() {
    let bench = Bench::enrolled();
    let said = |name: &str, text: &str| {
        let file = bench.file(name, text.as_bytes());
        let ran = bench.run(&["import", file.to_str().unwrap(), "--lang", "uk"]);
        format!("{}: {}{}", ran.code, ran.out.trim_start(), ran.err)
    };
    assert_snapshot!(said("unknown.csv", "Колір;Розмір\nсиній;5\n"), @"1: Помилка: У файлі не впізнано жодної колонки. Перший рядок: Колір;Розмір. Нічого не змінено. Назвіть колонки в першому рядку, наприклад: Назва;ЄДРПОУ;Телефон;Обладнання;Серійний номер.");
    assert_snapshot!(said("headless.csv", "ТОВ «Сонях»;14360570\n"), @"1: Помилка: У файлі не впізнано жодної колонки. Перший рядок: ТОВ «Сонях»;14360570. Нічого не змінено. Назвіть колонки в першому рядку, наприклад: Назва;ЄДРПОУ;Телефон;Обладнання;Серійний номер.");
    assert_snapshot!(said("open.csv", "Назва;\"ЄДРПОУ\nТОВ «Сонях»;14360570\n"), @"1: Помилка: У рядку 1 з назвами колонок не закрито лапки, тож невідомо, які в файлі колонки. Нічого не змінено. Виправте цей рядок.");
    assert_snapshot!(said("bare.csv", "Назва;ЄДРПОУ\n"), @"0: Під назвами колонок у файлі немає жодного рядка. Нічого не змінено.");
    assert_snapshot!(said("wrong.csv", "Назва;ЄДРПОУ\nТОВ «Сонях»;123\n"), @"
    0: Не взято: 1 рядок.
      рядок 2: ЄДРПОУ або РНОКПП: цифр 3, а має бути 8 або 10

    Нічого не взято: кожен рядок файлу треба виправити.
    ");
}

#[test]
fn what_saving_would_refuse_costs_its_own_row_only() {
    let bench = Bench::enrolled();
    let import = |name: &str, text: &str| {
        let file = bench.file(name, text.as_bytes());
        bench.json(&["import", file.to_str().unwrap(), "--apply"])
    };
    let done = import("maker.csv", "Назва;Виробник\nТОВ «Млин»;Промтех\n");
    assert_eq!((done["applied"].clone(), done["records"].clone()), (true.into(), 2.into()));
    import("installed.csv", "Назва;Серійний номер;Встановлено\nТОВ «Млин»;SN-1;01.02.2024\n");
    let done = import(
        "warranty.csv",
        "Назва;Серійний номер;Гарантія до\nТОВ «Млин»;SN-1;01.02.2023\nТОВ «Сонях»;SN-2;01.02.2026\n",
    );
    assert_eq!((done["applied"].clone(), done["records"].clone()), (true.into(), 2.into()));
    let refused = &done["preview"]["refused"];
    assert_eq!((refused.as_array().unwrap().len(), refused[0]["line"].clone()), (1, 2.into()));
    assert_eq!(bench.json(&["list", "equipment", "--count"])["count"], 3);
}

#[test]
fn what_people_did_since_stays_when_an_import_is_taken_back() {
    let bench = Bench::enrolled();
    let file = bench.file("customers.csv", FILE.as_bytes());
    bench.ok(&["import", file.to_str().unwrap(), "--apply", "--lang", "uk"]);
    bench.ok(&["new", "service-card", "customer=ТОВ «Млин»", "--lang", "uk"]);
    bench.ok(&["edit", "ТОВ «Сонях»", "website=soniakh.example", "--lang", "uk"]);

    assert_snapshot!(bench.ok(&["import", "undo", "--lang", "uk"]), @"
    Імпорт файлу customers.csv скасовано. Відкликано створене ним: 1 запис. Повернуто, як було: 0 записів.
    Лишилося дещо з імпортованого: 2 записи. За потреби відкличте запис самі: halyard edit ІДЕНТИФІКАТОР --withdraw record --why ЧОМУ
      контрагент ТОВ «Млин» ([id]): на нього вказують інші записи
      контрагент ТОВ «Сонях» ([id]): змінено людьми після імпорту
    ");
    assert_eq!(bench.json(&["list", "customer", "--count"])["count"], 2);
    assert_eq!(bench.json(&["list", "equipment", "--count"])["count"], 0);
}

#[test]
fn a_file_that_is_no_table_says_so() {
    let bench = Bench::enrolled();
    let fails = |name: &str, content: &[u8]| {
        let file = bench.file(name, content);
        bench.fails(1, &["import", file.to_str().unwrap(), "--lang", "en"])
    };
    assert!(fails("empty.csv", b"").contains("The file is empty"));
    for (name, content) in [
        ("letter.docx", &b"x"[..]),
        // An old Excel file, and letters nobody says how to read.
        ("old.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0"),
        ("wide.csv", b"N\0a\0m\0e\0;\0"),
    ] {
        assert!(fails(name, content).contains("This is no .csv or .xlsx table"), "{name}");
    }
    assert!(fails("broken.xlsx", b"PK").contains("damaged or protected"));
    assert!(fails("broken.csv", b"PK\x03\x04").contains("damaged or protected"));
    let bell = fails("bell.csv", b"Colour\x07\x1b[2J\xd0;5\n");
    assert!(bell.contains("Colour") && !bell.trim_end().contains(char::is_control), "{bell:?}");
    assert!(bench.fails(1, &["import", "nowhere.csv", "--lang", "en"]).contains("cannot be read"));
}

#[test]
fn a_file_of_refused_rows_takes_the_place_of_nothing() {
    let bench = Bench::enrolled();
    let file =
        bench.file("customers.csv", "Назва;ЄДРПОУ\nТОВ «Сонях»;14360570\nТОВ «Помилка»;123\n".as_bytes());
    let path = file.to_str().unwrap();
    let said = bench.fails(1, &["import", path, "--apply", "--refused", path, "--lang", "en"]);
    assert!(said.contains("is there already and was not changed. Nothing was imported."), "{said}");
    assert_eq!(bench.json(&["status"])["unsent"], 0);
    bench.ok(&["import", path, "--apply"]);
    let first = file.with_file_name("customers-refused.csv");
    std::fs::write(&first, "half mended").unwrap();
    bench.ok(&["import", path, "--refused", file.with_file_name("again.csv").to_str().unwrap()]);
    let later =
        bench.file("customers.csv", "Назва;ЄДРПОУ\nТОВ «Млин»;32855961\nТОВ «Помилка»;123\n".as_bytes());
    bench.ok(&["import", later.to_str().unwrap(), "--apply"]);
    assert_eq!(std::fs::read_to_string(&first).unwrap(), "half mended");
    assert!(file.with_file_name("customers-refused-2.csv").exists());
    // Named without its folder it is written where the program was called.
    let here = file.parent().unwrap();
    let mut command = bench.command(&["import", path, "--refused", "here.csv"]);
    assert!(command.current_dir(here).output().unwrap().status.success());
    assert!(std::fs::read_to_string(here.join("here.csv")).unwrap().contains("ТОВ «Помилка»"));
}

#[test]
fn refused_rows_that_cannot_be_written_down_are_told_apart_from_the_import_that_was_done() {
    let bench = Bench::enrolled();
    let file =
        bench.file("customers.csv", "Назва;ЄДРПОУ\nТОВ «Сонях»;14360570\nТОВ «Помилка»;123\n".as_bytes());
    let nowhere = file.with_file_name("nowhere").join("mend.csv");
    let args = ["import", file.to_str().unwrap(), "--refused", nowhere.to_str().unwrap(), "--lang", "en"];
    let previewed = bench.fails(1, &args);
    assert!(previewed.contains("cannot be written") && !previewed.contains("imported"), "{previewed}");
    assert_eq!(bench.json(&["list", "customer", "--count"])["count"], 0);
    let apply = [&args[..], &["--apply"]].concat();
    let said = bench.fails(1, &apply);
    assert!(said.contains("The rows that could be taken are imported"), "{said}");
    assert_eq!(bench.json(&["list", "customer", "--count"])["count"], 1);
    // What it says to do is what helps.
    std::fs::create_dir(nowhere.parent().unwrap()).unwrap();
    bench.ok(&apply);
    assert_eq!(bench.json(&["list", "customer", "--count"])["count"], 1);
    assert!(std::fs::read_to_string(&nowhere).unwrap().contains("ТОВ «Помилка»"));
}

#[test]
fn a_visit_of_a_card_is_about_its_customer_and_object() {
    let bench = Bench::enrolled();
    let customer = bench.new_record(&["customer", "name=Сонях"]);
    let card = bench.new_record(&["service-card", &format!("customer={customer}"), "subject=Котел"]);
    let visit = bench.new_record(&["visit", &format!("card={card}")]);
    assert_eq!(bench.json(&["show", &visit])["fields"]["customer"]["cell"]["value"], customer.as_str());
}

/// An Excel file of two sheets with one customer each.
fn two_sheets(bench: &Bench) -> String {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (sheet, customer) in [("Клієнти", "ТОВ «Сонях»"), ("Архів", "ТОВ «Млин»")]
    {
        let page = book.add_worksheet().set_name(sheet).unwrap();
        page.write_string(0, 0, "Назва").unwrap();
        page.write_string(1, 0, customer).unwrap();
    }
    bench.file("clients.xlsx", &book.save_to_buffer().unwrap()).to_str().unwrap().to_owned()
}

#[test]
fn an_excel_file_with_several_sheets_says_which_was_read_and_reads_another_by_name() {
    let bench = Bench::enrolled();
    let file = two_sheets(&bench);
    let first = bench.ok(&["import", &file, "--lang", "uk"]);
    assert!(first.contains("Прочитано аркуш «Клієнти». Не прочитано: Архів."), "{first}");
    assert!(first.contains("ТОВ «Сонях»") && !first.contains("ТОВ «Млин»"), "{first}");
    // Also under a wrong name.
    let renamed = bench.file("clients.csv", &std::fs::read(&file).unwrap());
    assert_eq!(bench.ok(&["import", renamed.to_str().unwrap(), "--lang", "uk"]), first);
    let other = bench.ok(&["import", &file, "--sheet", "архів", "--apply", "--lang", "uk"]);
    assert!(other.contains("Прочитано аркуш «Архів»."), "{other}");
    assert_eq!(bench.json(&["list", "customer"])["rows"][0]["label"], "ТОВ «Млин»");
    assert_snapshot!(bench.fails(1, &["import", &file, "--sheet", "Лист3", "--lang", "uk"]), @"Помилка: Такого аркуша у файлі немає. Нічого не змінено. Є: Клієнти, Архів.");
    let csv = bench.file("plain.csv", FILE.as_bytes());
    assert_snapshot!(bench.fails(1, &["import", csv.to_str().unwrap(), "--sheet", "Лист1", "--lang", "uk"]), @"Помилка: У файлі CSV немає аркушів. Нічого не змінено. Повторіть без --sheet.");
}

#[test]
fn a_first_sheet_that_is_no_table_is_passed_over_or_told_with_the_others() {
    let bench = Bench::enrolled();
    let book = |title: &str| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let cover = book.add_worksheet().set_name("Титул").unwrap();
        if !title.is_empty() {
            cover.write_string(0, 0, title).unwrap();
        }
        let page = book.add_worksheet().set_name("Клієнти").unwrap();
        page.write_string(0, 0, "Назва").unwrap();
        page.write_string(1, 0, "ТОВ «Сонях»").unwrap();
        bench.file("cover.xlsx", &book.save_to_buffer().unwrap()).to_str().unwrap().to_owned()
    };
    assert_snapshot!(bench.fails(1, &["import", &book("Звіт за рік"), "--lang", "uk"]), @"Помилка: На аркуші «Титул» не впізнано жодної колонки. Перший рядок: Звіт за рік. Нічого не змінено. Виберіть інший аркуш: --sheet НАЗВА. Є ще: Клієнти.");
    let empty = bench.ok(&["import", &book(""), "--lang", "uk"]);
    assert!(empty.contains("Прочитано аркуш «Клієнти». Не прочитано: Титул."), "{empty}");
    assert!(empty.contains("ТОВ «Сонях»"), "{empty}");
    let named = bench.fails(1, &["import", &book(""), "--sheet", "титул", "--lang", "uk"]);
    assert!(named.contains("порожній"), "{named}");
}

#[test]
fn a_preview_promises_nothing_to_somebody_without_the_right() {
    let bench = Bench::enrolled();
    bench.hold("technician");
    let file = bench.file("customers.csv", FILE.as_bytes());
    let (preview, apply) =
        (["import", file.to_str().unwrap()], ["import", file.to_str().unwrap(), "--apply"]);
    let uk = |args: &[&str]| bench.fails(1, &[args, &["--lang", "uk"]].concat());
    let said = uk(&preview);
    assert_eq!(said, uk(&apply));
    assert_snapshot!(said, @"Помилка: Записи цього виду створюють інші. Нічого не створено.");
}
