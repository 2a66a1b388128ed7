//! What is typed and cannot be meant is not saved, and the command says what would be right.

use insta::assert_snapshot;

use crate::bench::Bench;

#[test]
fn values_nobody_can_mean_are_not_saved() {
    let bench = Bench::enrolled();
    let uk = |args: &[&str]| bench.fails(1, &[args, &["--lang", "uk"]].concat());
    let customer = bench.new_record(&["customer", "name=Пекарня", "registry_code=14360570"]);
    let card = bench.new_record(&["service-card", &format!("customer={customer}")]);
    let visit = bench.new_record(&["visit", &format!("card={card}")]);

    assert_snapshot!(uk(&["edit", &customer, "registry_code=14360571"]), @"Помилка: Нічого не збережено. «код ЄДРПОУ або РНОКПП»: контрольна цифра не сходиться: десь помилка в цифрі.");
    assert_snapshot!(uk(&["edit", &customer, r#"phones=["завтра"]"#]), @"Помилка: Нічого не збережено. «телефони»: не телефон: завтра.");
    assert_snapshot!(uk(&["new", "customer", "name=Пекарня №2", "registry_code=14360570"]), @"Помилка: Нічого не збережено. «код ЄДРПОУ або РНОКПП»: такий код уже має інший контрагент: halyard show [id]. Доповніть його.");
    assert_snapshot!(uk(&["new", "customer"]), @"Помилка: Нічого не збережено. «назва»: запис треба якось назвати: вкажіть назву чи прізвище, для об'єкта досить моделі, виробника чи серійного номера.");
    assert_snapshot!(uk(&["new", "visit"]), @"Помилка: Нічого не збережено. «картка обслуговування»: вкажіть, кого або чого це стосується: контрагента, об'єкт чи картку.");
    assert_snapshot!(uk(&["edit", &visit, "--add", "works", "volume=-3,hours=-1"]), @"Помилка: Нічого не збережено. «виконані роботи: годин»: не може бути менше нуля. «виконані роботи: обсяг»: не може бути менше нуля.");
    let banana = r#"periodicity={"repeats":"calendar","rule":"FREQ=BANANA","start":"2026-03-01"}"#;
    assert_snapshot!(uk(&["edit", &card, banana]), @"Помилка: Нічого не збережено. «періодичність»: це не правило повторення; приклад: FREQ=MONTHLY;BYMONTHDAY=15.");
    let en = bench.fails(1, &["edit", &card, banana, "--lang", "en"]);
    assert_snapshot!(en, @r#"Error: Nothing was saved. "periodicity": this is not a rule of repetition; an example: FREQ=MONTHLY;BYMONTHDAY=15."#);
    assert_eq!(bench.json(&["status"])["unsent"], 6, "two changes make a record, and nothing else was saved");
}

#[test]
fn steps_that_cannot_be_are_not_taken() {
    let bench = Bench::enrolled();
    let uk = |args: &[&str]| bench.fails(1, &[args, &["--lang", "uk"]].concat());
    let checklist = bench.new_record(&[
        "checklist",
        "name=Котел",
        "--add",
        "items",
        "text=Тиск,required=yes,answer_kind=number",
    ]);
    let crossed = "text=Тиск,answer_kind=number,minimum=5,maximum=2";
    assert_snapshot!(uk(&["edit", &checklist, "--add", "items", crossed]), @"Помилка: Нічого не збережено. «пункти: найбільше»: найбільше значення менше за найменше; виправте одне з них.");
    let card = bench.new_record(&["service-card", "subject=Котел", &format!("checklist={checklist}")]);
    let visit = bench.new_record(&["visit", &format!("card={card}")]);
    assert_snapshot!(uk(&["edit", &visit, "--event", "what=completed"]), @"Помилка: Нічого не збережено. «події: що сталося»: крок «виконано» можливий після початку роботи. Спершу внесіть подію «роботу розпочато» з її часом.");
    bench.ok(&["edit", &visit, "--event", "what=work_started"]);
    assert_snapshot!(uk(&["edit", &visit, "--event", "what=paused"]), @"Помилка: Нічого не збережено. «події: причина»: вкажіть причину.");
    assert_snapshot!(uk(&["edit", &visit, "--event", "what=completed"]), @"Помилка: Нічого не збережено. «події: що сталося»: у чек-листі немає відповіді на обов'язкові пункти (1). Дайте їх або завершіть виїзд частково, з причиною.");
    bench.ok(&["edit", &visit, "--event", "what=completed_partly,reason=немає манометра"]);
    assert_snapshot!(uk(&["edit", &visit, "--event", "what=cancelled,reason=помилка"]), @"Помилка: Нічого не збережено. «події: що сталося»: крок «скасовано» тут неможливий, бо стан зараз «Виконаний частково».");

    let complaint = bench.new_record(&["complaint", &format!("visit={visit}")]);
    assert_snapshot!(uk(&["edit", &complaint, "--event", "what=closed"]), @"Помилка: Нічого не збережено. «події: що сталося»: закрити ще не можна. Бракує: причина, виконана коригувальна дія, відповідь контрагента.");
    let ru = bench.fails(1, &["edit", &complaint, "--event", "what=closed", "--lang", "ru"]);
    assert_snapshot!(ru, @"Ошибка: Ничего не сохранено. «события: что произошло»: закрыть ещё нельзя. Не хватает: причина, выполненное корректирующее действие, ответ контрагента.");
}

#[test]
fn numbers_nobody_meant_are_told_and_measurements_out_of_bounds_are_kept_and_shown() {
    let bench = Bench::enrolled();
    let pressure = "text=Тиск,answer_kind=number,minimum=0.5,maximum=2";
    let checklist = bench.new_record(&["checklist", "name=Котел", "--add", "items", pressure]);
    let card = bench.new_record(&["service-card", "subject=Котел", &format!("checklist={checklist}")]);
    let visit = bench.new_record(&["visit", &format!("card={card}")]);
    let uk = |code, args: &[&str]| bench.fails(code, &[args, &["--lang", "uk"]].concat());
    assert_snapshot!(uk(1, &["edit", &visit, "--add", "works", "volume=1000000000000000"]), @"Помилка: Нічого не збережено. «виконані роботи: обсяг»: таке велике число тут неможливе, найбільше 10000000; перевірте, чи не зайві цифри.");
    assert_snapshot!(uk(2, &["edit", &visit, "rating=9"]), @"Помилка: «9» не підходить до rating: потрібна оцінка від 1 до 5.");
    bench.ok(&["edit", &visit, "rating=5"]);

    bench.ok(&["edit", &visit, "--answer", "1=5000"]);
    let shown = bench.ok(&["show", &visit, "--lang", "uk"]);
    assert!(shown.contains("1. Тиск: 5000  [поза межами 0,5 – 2]\n"), "{shown}");
    assert!(shown.contains("  – виміри поза межами, які дає чек-лист: 1\n"), "{shown}");
    assert_eq!(bench.json(&["show", &visit])["attention"][0]["code"], "out_of_bounds");
    bench.ok(&["edit", &visit, "--answer", "1=1,5"]);
    assert_eq!(bench.json(&["show", &visit])["attention"], serde_json::json!([]));
}

#[test]
fn completing_a_cancelled_visit_speaks_of_the_cancellation() {
    let bench = Bench::enrolled();
    let item = "text=Тиск,required=yes,answer_kind=number";
    let checklist = bench.new_record(&["checklist", "name=Котел", "--add", "items", item]);
    let card = bench.new_record(&["service-card", "subject=Котел", &format!("checklist={checklist}")]);
    let visit = bench.new_record(&["visit", &format!("card={card}")]);
    bench.ok(&["edit", &visit, "--event", "what=cancelled,reason=передумали"]);
    let said = bench.fails(1, &["edit", &visit, "--event", "what=completed", "--lang", "uk"]);
    assert_snapshot!(said, @"Помилка: Нічого не збережено. «події: що сталося»: крок «виконано» тут неможливий, бо стан зараз «Скасований».");
}

#[test]
fn what_was_done_does_not_lie_in_the_future_and_a_plan_may() {
    let bench = Bench::enrolled();
    let uk = |args: &[&str]| bench.fails(1, &[args, &["--lang", "uk"]].concat());
    let customer = bench.new_record(&["customer", "name=Пекарня"]);
    let about = format!("customer={customer}");
    let visit = bench.new_record(&["visit", &about, "window=2031-03-03 09:00-11:30"]);
    assert_snapshot!(uk(&["edit", &visit, "--event", "what=travel_started,at=2031-03-03 09:00"]), @"Помилка: Нічого не збережено. «події: час»: цей час ще не настав; вкажіть, коли це було насправді (майбутнє вносять у план).");
    assert_snapshot!(uk(&["edit", &visit, "--add", "works", "note=насос,at=2031-03-03 09:00"]), @"Помилка: Нічого не збережено. «виконані роботи: час»: цей час ще не настав; вкажіть, коли це було насправді (майбутнє вносять у план).");
    let complaint = ["new", "complaint", &about, "received_at=2031-03-03 09:00", "--lang", "en"];
    assert_snapshot!(bench.fails(1, &complaint), @r#"Error: Nothing was saved. "received at": this time is still to come; say when it really was (what lies ahead belongs into the plan)."#);
    let before = bench.json(&["status"])["unsent"].clone();
    bench.ok(&["edit", &visit, "--event", "what=travel_started,at=2021-03-03 09:00"]);
    assert_ne!(bench.json(&["status"])["unsent"], before);
}
