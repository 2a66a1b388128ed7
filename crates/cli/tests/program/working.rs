//! A day's work from a terminal: making, changing, listing, showing, explaining.

use insta::assert_snapshot;

use crate::bench::{Bench, kinds};

/// A customer, an employee, a work kind, a card and a visit of 2021.
fn day() -> (Bench, String) {
    let bench = Bench::enrolled();
    bench.new_record(&["customer", "name=Пекарня «Сонях»", "phones=067 123 45 67; 044 222 33 44"]);
    bench.new_record(&["employee", "surname=Бондар", "given_name=Іван", "position=технік"]);
    bench.new_record(&["directory-entry", "directory=work_kind", "name=Заміна прокладки"]);
    let card = bench.new_record(&[
        "картка обслуговування",
        "customer=сонях",
        "subject=Котел",
        "priority=високий",
        "service_type=warranty",
        "periodicity=once",
        "--add",
        "planned_works",
        "work_kind=Заміна прокладки,volume=4,hours=2,5",
    ]);
    let visit = bench.new_record(&[
        "visit",
        &format!("card={card}"),
        "customer=Пекарня «Сонях»",
        "window=2021-03-03 09:00-11:30",
        "specialists=Бондар",
    ]);
    (bench, visit)
}

#[test]
fn a_visit_is_worked_on_and_shown_in_every_language() {
    let (bench, visit) = day();
    let edit = |args: &[&str]| bench.ok(&[&["edit", visit.as_str()], args, &["--lang", "en"]].concat());
    assert_snapshot!(edit(&["--event", "what=work_started,at=2021-03-03 09:10"]), @"Saved on this device: [label]. The office receives it with the next sync.");
    edit(&["--add", "works", "work_kind=прокладки,volume=2,5,note=верхня, нижня,at=2021-03-03 10:00"]);
    edit(&["--add", "works", "work_kind=прокладки,volume=1,at=2021-03-03 10:30"]);
    edit(&["works/1/volume=3", "pinned=yes"]);
    edit(&["--withdraw", "works/2", "--why", "двічі"]);
    edit(&["--text", "findings=Прокладка потріскана."]);
    assert_snapshot!("show_uk", bench.ok(&["show", &visit, "--lang", "uk"]));
    assert_snapshot!("show_en", bench.ok(&["show", &visit, "--lang", "en"]));
    assert_snapshot!("show_ru", bench.ok(&["show", &visit, "--lang", "ru"]));
    assert_snapshot!("history_uk", bench.ok(&["history", &visit, "--lang", "uk"]));
    assert_snapshot!("history_en", bench.ok(&["history", &visit, "--lang", "en"]));
    let shown = bench.json(&["show", &visit]);
    assert_eq!(shown["derived"]["state"], "in_progress");
    assert_eq!(shown["derived"]["percent"], 7_500);
    assert_eq!(shown["standing"], "on_device");
}

#[test]
fn lists_are_filtered_sorted_counted_and_paged() {
    let (bench, visit) = day();
    bench.new_record(&["visit", "customer=сонях", "window=2021-04-01 09:00-10:00"]);
    bench.new_record(&["visit", "customer=сонях"]);
    assert_snapshot!("list_uk", bench.ok(&["list", "visits", "--lang", "uk"]));
    assert_snapshot!("list_en", bench.ok(&["list", "visits", "--sort", "window", "--lang", "en"]));
    let count =
        |condition: &str| bench.json(&["list", "visit", "--where", condition, "--count"])["count"].clone();
    assert_eq!(count("state=Запланований"), 2);
    assert_eq!(count("window=2021-03-03"), 1);
    assert_eq!(count("window>=2021-03-04"), 1);
    assert_eq!(count("window="), 1);
    assert_eq!(count("specialists=Бондар"), 1);
    assert_eq!(count("customer.name~соня"), 3);
    assert_eq!(count("card.priority=high,urgent"), 1);
    assert_eq!(count("card!="), 1);
    let found = |words: &str| bench.json(&["list", "visit", "--search", words, "--count"])["count"].clone();
    assert_eq!((found("пекар"), found("екарн"), found("ліфт")), (3.into(), 3.into(), 0.into()));
    let latest = bench.json(&["list", "visit", "--sort", "-window", "--columns", "window"]);
    assert_eq!(latest["rows"][1]["id"], visit.as_str());

    let page = |after: &[&str]| {
        let page = bench.json(&[&["list", "visit", "--limit", "1", "--sort", "window"], after].concat());
        (page["rows"][0]["id"].as_str().unwrap().to_owned(), page["next"].as_str().map(str::to_owned))
    };
    let (first, next) = page(&[]);
    let (second, _) = page(&["--after", &next.unwrap()]);
    assert_eq!(first, visit);
    assert_ne!(second, visit);
    assert_eq!(bench.ok(&["list", "complaint", "--lang", "en"]), "Nothing found.\n");
}

#[test]
fn a_record_is_found_by_words_and_shown_as_it_was() {
    let (bench, _) = day();
    assert_snapshot!(bench.ok(&["search", "067", "1234567", "--lang", "uk"]), @r#"
    вид         позначення       назва  ідентифікатор
    ──────────  ───────────────  ─────  ────────────────────────────────────
    контрагент  Пекарня «Сонях»         [id]
    "#);
    bench.ok(&["edit", "пекарня сонях", "status=former"]);
    let status = |at: &[&str]| {
        let shown = bench.json(&[&["history", "пекарня сонях", "--at"], at].concat());
        shown["fields"]["status"]["cell"]["value"].clone()
    };
    assert_eq!(status(&["2099-01-01"]), "former");
    assert_snapshot!(bench.ok(&["history", "пекарня сонях", "--at", "2001-01-01", "--lang", "en"]), @r#"
    customer Пекарня «Сонях»
    As of [time]
    This record did not exist then.
    "#);
}

#[test]
fn a_long_text_comes_from_the_standard_input_or_a_file() {
    let (bench, visit) = day();
    let edit = ["edit", &visit, "--text", "findings=@-"];
    assert_eq!(bench.run_with_input(&edit, "Перший рядок\nДругий рядок\n").code, 0);
    let file = bench.file("advice.txt", "Замінити насос.".as_bytes());
    bench.ok(&["edit", &visit, "--text", &format!("recommendations=@{}", file.display())]);
    let shown = bench.json(&["show", &visit]);
    assert_eq!(shown["fields"]["findings"]["text"], "Перший рядок\nДругий рядок");
    assert_eq!(shown["fields"]["recommendations"]["text"], "Замінити насос.");
}

#[test]
fn a_command_is_done_whole_or_not_at_all() {
    let (bench, visit) = day();
    let before = bench.json(&["show", &visit]);
    bench.fails(2, &["edit", &visit, "pinned=yes", "--event", "what=flown"]);
    bench.fails(2, &["edit", &visit, "pinned=yes", "pinned=no"]);
    assert_eq!(bench.json(&["show", &visit])["fields"], before["fields"]);
    let again = bench.ok(&["edit", &visit, "customer=сонях", "--lang", "en"]);
    assert!(again.starts_with("Everything stood there already"), "{again}");
}

#[test]
fn every_kind_lists_its_columns_and_shows_its_list() {
    let bench = Bench::enrolled();
    for kind in kinds() {
        assert!(bench.ok(&["list", kind, "--help-columns"]).lines().count() > 8, "{kind}");
        bench.ok(&["list", kind]);
    }
}

#[test]
fn every_command_explains_itself_with_an_example() {
    let bench = Bench::empty();
    let help = bench.ok(&["--help"]);
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names: Vec<&str> = commands
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(names.len() >= 15, "{names:?}");
    for name in names {
        let help = bench.ok(&[name, "--help"]);
        assert!(help.contains(&format!("halyard {name}")) && help.contains("Example"), "{name}: {help}");
    }
}

#[test]
fn a_photo_is_kept_with_its_record_and_saved_again() {
    let bench = Bench::enrolled();
    let card = bench.new_record(&["service-card", "subject=Котел"]);
    let visit = bench.new_record(&["visit", &format!("card={card}")]);
    let picture = [&[0xff, 0xd8, 0xff, 0xe0][..], &[7; 2_000]].concat();
    let file = bench.file("valve.jpg", &picture);
    let file = file.to_str().unwrap();
    bench.ok(&["photo", "add", &visit, file, "--caption", "вентиль", "--moment", "до"]);
    let shown = bench.ok(&["show", &visit, "--lang", "uk"]);
    assert!(shown.contains("вентиль") && shown.contains("image/jpeg, 2 KiB"), "{shown}");

    let copy = std::path::Path::new(file).with_file_name("copy.jpg");
    bench.ok(&["photo", "save", &visit, "1", copy.to_str().unwrap()]);
    assert_eq!(std::fs::read(&copy).unwrap(), picture);
    bench.fails(1, &["photo", "save", &visit, "1", copy.to_str().unwrap()]);

    let text = bench.file("notes.txt", b"no picture");
    let uk = |code, args: &[&str]| bench.fails(code, &[args, &["--lang", "uk"]].concat());
    assert_snapshot!(uk(1, &["photo", "add", &visit, text.to_str().unwrap()]), @"Помилка: Це не фото: підходять JPEG, PNG і WebP. Нічого не змінено.");
    assert_snapshot!(uk(2, &["photo", "add", &card, file]), @"Помилка: Фото бувають у виїзду (visit), рекламації (complaint) й об'єкта (equipment).");
}

#[test]
fn a_row_of_another_record_is_called_by_its_name_wherever_it_stands() {
    let bench = Bench::enrolled();
    let address = ["--add", "addresses", "settlement=Житомир,street=вул. Промислова 14"];
    let person = ["--add", "contacts", "surname=Мороз,given_name=Ганна"];
    let bakery = bench.new_record(&[&["customer", "name=Сонях"], &address[..], &person].concat());
    let fields = bench.json(&["show", &bakery])["fields"].clone();
    let row = |field: &str| fields[field]["rows"][0]["id"].as_str().unwrap().to_owned();
    let (address, person) = (row("addresses"), row("contacts"));

    let visit = bench.new_record(&["visit", "customer=Сонях", &format!("site={address}")]);
    let complaint = ["complaint", "complaint_kind=defect", "customer=Сонях"];
    let complaint = bench.new_record(&[&complaint[..], &[&format!("contact={person}")]].concat());
    for (record, named, id) in
        [(visit, "Житомир, вул. Промислова 14", address), (complaint, "Мороз Ганна", person)]
    {
        for command in ["show", "history"] {
            let said = bench.ok(&[command, &record, "--lang", "uk"]);
            assert!(said.contains(named) && !said.contains(&id), "{said}");
        }
    }
}

#[test]
fn a_list_shows_a_time_on_the_wall_where_it_was_entered() {
    let bench = Bench::enrolled();
    let there = "window=2031-03-02T09:00:00+05:00/2031-03-02T11:30:00+05:00";
    bench.new_record(&["customer", "name=Сонях"]);
    let visit = bench.new_record(&["visit", "customer=Сонях", there]);
    let by = |columns: &str| bench.ok(&["list", "visit", "--columns", columns, "--lang", "uk"]);
    let shown = by("window,label");
    assert!(shown.contains("02.03.2031 09:00") && shown.contains("02.03.2031 11:30"), "{shown}");
    assert!(!shown.contains("06:00") && !shown.contains("_offset") && !shown.contains("300"), "{shown}");
    // As its page says it.
    let page = bench.ok(&["show", &visit, "--lang", "uk"]);
    assert!(page.contains("02.03.2031 09:00–11:30"), "{page}");
    let end = by("window_end");
    assert!(end.contains("02.03.2031 11:30") && !end.contains("09:00"), "{end}");
}

#[test]
fn what_a_list_counts_from_visits_is_on_the_wall_where_they_were_entered_too() {
    let bench = Bench::enrolled();
    bench.new_record(&["customer", "name=Сонях"]);
    let card = bench.new_record(&["service-card", "customer=Сонях", "subject=Котел"]);
    let visit = |start: &str, end: &str| {
        let (card, window) = (format!("card={card}"), format!("window={start}+05:00/{end}+05:00"));
        bench.new_record(&["visit", "customer=Сонях", &card, &window])
    };
    let done = visit("2021-03-02T09:00:00", "2021-03-02T11:30:00");
    bench.ok(&["edit", &done, "--event", "what=work_started,at=2021-03-02T09:00:00+05:00"]);
    bench.ok(&["edit", &done, "--event", "what=completed,at=2021-03-02T11:00:00+05:00"]);
    visit("2031-03-02T09:00:00", "2031-03-02T11:30:00");
    for zone in ["EET-2EEST,M3.5.0/3,M10.5.0/4", "<-09>9"] {
        let say = |args: &[&str]| {
            let output = bench.command(args).args(["--lang", "uk"]).env("TZ", zone).output().unwrap();
            String::from_utf8(output.stdout).unwrap()
        };
        for (args, told) in [
            (&["list", "service-card", "--columns", "next_visit_start"][..], "02.03.2031 09:00"),
            (&["show", &card], "02.03.2031 09:00"),
            (&["list", "customer", "--columns", "last_visit_start"], "02.03.2021 09:00"),
            (&["show", "Сонях"], "02.03.2021 09:00"),
            (&["list", "visit", "--columns", "overdue_from"], "02.03.2031 11:30"),
        ] {
            let said = say(args);
            assert!(said.contains(told) && !said.contains("(пояс)"), "{args:?} in {zone}: {said}");
        }
    }
}
