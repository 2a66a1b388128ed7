//! Mistakes in commands, each with what would be right, in the reader's language.

use insta::assert_snapshot;

use crate::bench::Bench;

#[test]
fn a_mistake_is_told_with_what_would_be_right() {
    let bench = Bench::enrolled();
    let card = bench.new_record(&["service-card", "subject=Котел"]);
    let uk = |args: &[&str]| bench.fails(2, &[args, &["--lang", "uk"]].concat());
    assert_snapshot!(uk(&["list", "човен"]), @"Помилка: Виду записів «човен» немає. Є: company, role, team, employee, directory_entry, checklist, customer, equipment, service_card, visit, complaint.");
    assert_snapshot!(uk(&["edit", &card, "priority=швидко"]), @"Помилка: «швидко» не підходить до priority. Можливо: low (низький), normal (звичайний), high (високий), urgent (терміновий).");
    assert_snapshot!(uk(&["edit", &card, "priority"]), @"Помилка: «priority» не схоже на поле=значення.");
    assert_snapshot!(uk(&["edit", &card]), @"Помилка: Не сказано, що змінити. Приклад: halyard edit SC-2026-00012 priority=high");
    assert_snapshot!(uk(&["edit", &card, "customer=Нема такого"]), @"Помилка: «Нема такого» не підходить до customer: такого запису (контрагент) на пристрої немає.");
    assert_snapshot!(uk(&["edit", &card, "contract=Д-12"]), @"Помилка: «Д-12» не підходить до contract: записів виду contract ця програма ще не має, назвіть ідентифікатор.");
    assert_snapshot!(uk(&["edit", &card, "notes=текст"]), @"Помилка: Поле notes містить довгий текст. Напишіть його: --text notes=…");
    assert_snapshot!(uk(&["edit", &card, "planned_works=2"]), @"Помилка: Поле planned_works містить рядки. Додайте рядок: --add planned_works колонка=значення,…");
    assert_snapshot!(uk(&["edit", &card, "--add", "planned_works", "volume=багато"]), @"Помилка: «багато» не підходить до volume: потрібне число, наприклад 1,5 або 1.5.");
    assert_snapshot!(uk(&["edit", &card, "--withdraw", "planned_works/1"]), @"Помилка: Скажіть чому: --why «помилковий рядок».");
    assert_snapshot!(uk(&["list", "visit", "--where", "window"]), @"Помилка: «window» не схоже на умову: поле=значення, поле=, поле!=, поле~частина, поле>=значення, поле<=значення, state=a,b.");
    assert_snapshot!(uk(&["list", "visit", "--where", "window>=завтра"]), @"Помилка: «завтра» не підходить до window_start: потрібен час, наприклад [time].");
    assert_snapshot!(uk(&["list", "visit", "--columns", "colour"]), @"Помилка: У списку visit немає колонки colour. Усі колонки: halyard list visit --help-columns.");
    assert_snapshot!(uk(&["list", "visit", "--after", "сміття"]), @"Помилка: Позначку сторінки не впізнано. Скопіюйте її з попередньої сторінки або почніть без --after.");
    assert_snapshot!(uk(&["new", "visit", "window=2031-03-30 03:30-05:00"]), @"Помилка: Часу «2031-03-30 03:30-05:00» (window) не буває: тієї ночі годинник переводять уперед.");
    assert_snapshot!(uk(&["new", "visit", "window=2031-03-03 11:00-09:00"]), @"Помилка: «2031-03-03 11:00-09:00» не підходить до window: кінець раніше за початок.");
}

#[test]
fn english_and_russian_are_complete_too() {
    let bench = Bench::enrolled();
    let card = bench.new_record(&["service-card", "subject=Котел"]);
    let edit = ["edit", card.as_str(), "priority=fast", "--lang"];
    assert_snapshot!(bench.fails(2, &[&edit[..], &["en"]].concat()), @r#"Error: "fast" does not fit priority. Possible: low, normal, high, urgent."#);
    assert_snapshot!(bench.fails(2, &[&edit[..], &["ru"]].concat()), @"Ошибка: «fast» не подходит к priority. Возможно: low (низкий), normal (обычный), high (высокий), urgent (срочный).");
}

#[test]
fn the_locale_chooses_the_language() {
    let bench = Bench::enrolled();
    let said = |locale: &str| {
        let output = bench.command(&["show", "ніщо"]).env("LANG", locale).output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(said("uk_UA.UTF-8").starts_with("Помилка: Запису"));
    assert!(said("en_GB.UTF-8").starts_with("Error: There is no record"));
    assert!(said("ru_UA.UTF-8").starts_with("Ошибка: Записи"));
}

#[test]
fn what_is_not_here_and_what_is_in_doubt_fail_without_blame() {
    let bench = Bench::enrolled();
    bench.new_record(&["customer", "name=Пекарня «Сонях»"]);
    bench.new_record(&["customer", "name=Млин «Сонях»"]);
    assert_snapshot!(bench.fails(1, &["show", "ліфт", "--lang", "en"]), @r#"Error: There is no record "ліфт" on this device. Check the number, or look for it: halyard search."#);
    assert_snapshot!(bench.fails(1, &["show", "сонях", "--lang", "en"]), @r#"
    Error: "сонях" fits several records, and nothing was changed. Name one of them by its id:
      [id]  customer Пекарня «Сонях»
      [id]  customer Млин «Сонях»
    "#);
    assert_snapshot!(bench.fails(1, &["new", "service-card", "customer=сонях", "--lang", "uk"]), @r#"
    Помилка: «сонях» підходить кільком записам, і нічого не змінено. Назвіть один з них за ідентифікатором:
      [id]  контрагент Пекарня «Сонях»
      [id]  контрагент Млин «Сонях»
    "#);
}

#[test]
fn programs_get_the_complaint_as_json() {
    let bench = Bench::enrolled();
    let ran = bench.run(&["list", "boat", "--json", "--lang", "en"]);
    let said: serde_json::Value = serde_json::from_str(&ran.err).unwrap();
    assert_eq!(ran.code, 2);
    assert_eq!(said["error"]["code"], "usage");
    let ran = bench.run(&["sync", "--json"]);
    let said: serde_json::Value = serde_json::from_str(&ran.err).unwrap();
    assert_eq!(said["error"]["causes"][0], "the relay cannot be reached");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let bench = Bench::enrolled();
    let mut child = bench.command(&["list", "visit", "--help-columns"]).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn a_mistyped_command_line_is_told_in_the_readers_language() {
    let bench = Bench::empty();
    let uk = |args: &[&str]| bench.fails(2, &[args, &["--lang", "uk"]].concat());
    assert_snapshot!(uk(&["shwo"]), @"Помилка: Команди «shwo» немає. Може, малося на увазі: show? Нічого не змінено. Правильно: halyard [OPTIONS] <COMMAND>. Докладно: --help.");
    assert_snapshot!(uk(&["show"]), @"Помилка: Бракує: <RECORD>. Нічого не змінено. Правильно: halyard show --lang <LANG> <RECORD>. Докладно: --help.");
    assert_snapshot!(uk(&["list", "visit", "--limt", "3"]), @"Помилка: Параметра «--limt» тут немає. Може, малося на увазі: --limit? Нічого не змінено. Правильно: halyard list --limit <LIMIT> <KIND>. Докладно: --help.");
    assert_snapshot!(uk(&["list", "visit", "--limit", "багато"]), @"Помилка: «багато» не підходить до --limit <LIMIT>. Нічого не змінено. Правильно: halyard [OPTIONS] <COMMAND>. Докладно: --help.");
    assert_snapshot!(uk(&["import", "file.csv", "--preview", "--apply"]), @"Помилка: --preview не можна разом із --apply. Нічого не змінено. Правильно: halyard import --preview --lang <LANG> <FILE>. Докладно: --help.");
    assert_snapshot!(bench.fails(2, &["show", "--lang=en"]), @"Error: Missing: <RECORD>. Nothing was changed. Right is: halyard show --lang <LANG> <RECORD>. More: --help.");
    let json = bench.run(&["show", "--json", "--lang", "ru"]);
    let told: serde_json::Value = serde_json::from_str(&json.err).unwrap();
    assert_eq!((json.code, told["error"]["code"].as_str()), (2, Some("usage")));
    assert!(bench.run(&["--help"]).out.contains("Usage: halyard"));
}
