//! Profiles: whose they are, how they are protected, and what happens to a damaged one.

use std::io::{BufRead as _, BufReader};

use halyard_device::store::Unlock;
use insta::assert_snapshot;

use crate::bench::Bench;

#[test]
fn a_folder_without_a_profile_stays_empty() {
    let bench = Bench::empty();
    assert_snapshot!(bench.fails(1, &["status", "--lang", "uk"]), @"Помилка: У папці [folder]/profile немає профілю. Підключіть пристрій командою halyard enrol або вкажіть іншу папку: --profile.");
    assert!(!bench.profile().exists());
}

#[cfg(unix)]
#[test]
fn an_enrolment_that_finds_no_room_for_its_profile_leaves_nothing() {
    let bench = Bench::empty();
    let enrol = |folder: &std::path::Path| {
        let folder = folder.to_str().unwrap();
        let to = ["--relay", "http://127.0.0.1:9", "--code", "7K3M-9QPX", "--name", "планшет", "--demo-key"];
        let ran = bench
            .run_without_room(&[&["enrol", "--lang", "en", "--profile", folder], to.as_slice()].concat());
        assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    };
    let folder = bench.profile();

    enrol(&folder.join("of").join("olena"));
    assert!(!folder.exists(), "neither the profile nor what it stands in");

    std::fs::create_dir(&folder).unwrap();
    enrol(&folder);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0, "a folder that was there stays, as it was");
}

#[test]
fn a_profile_says_whose_it_is() {
    let bench = Bench::enrolled();
    assert_snapshot!(bench.ok(&["profile", "--lang", "uk"]), @r#"
    папка профілю  [folder]/profile
    захист         демонстраційний ключ
    організація    Сервіс «Тест»
    працівник      [label] (ще не отримано)
    сервер обміну  http://127.0.0.1:9
    пристрій       [id]
    записів        0
    Демонстраційний профіль: дані не захищено парольною фразою.
    "#);
    assert_snapshot!(bench.ok(&["status", "--lang", "uk"]), @r#"
    організація            Сервіс «Тест»
    працівник              [label] (ще не отримано)
    сервер обміну          http://127.0.0.1:9
    остання синхронізація  ще не було
    Усе введене отримав офіс.
    "#);
    bench.new_record(&["customer", "name=Сонях"]);
    assert_snapshot!(bench.ok(&["status", "--lang", "en"]), @r#"
    organisation  Сервіс «Тест»
    employee      [label] (not received yet)
    relay         http://127.0.0.1:9
    last sync     never
    Waiting for a connection: 2 changes. Saved on this device.
    "#);
}

#[test]
fn a_protected_profile_opens_with_its_passphrase_only() {
    let bench = Bench::empty();
    bench.identify(&bench.store(&Unlock::Passphrase("кінь батарея".to_owned())), "http://127.0.0.1:9");
    let said = |passphrase: &str| {
        let output =
            bench.command(&["profile", "--lang", "en"]).env("HALYARD_PASSPHRASE", passphrase).output();
        let output = output.unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (code, out, _) = said("кінь батарея");
    assert!(code == Some(0) && out.contains("passphrase"), "{out}");
    let (code, _, err) = said("кінь");
    assert_eq!(code, Some(1));
    assert_snapshot!(err, @"Error: The passphrase is wrong. The data is whole. Try again.");
    assert_snapshot!(bench.fails(1, &["profile", "--lang", "en"]), @"Error: No passphrase was given. The data is whole. Type it in the terminal; a script sets the variable HALYARD_PASSPHRASE for this one command only.");
}

#[test]
fn two_programs_never_share_a_profile() {
    let bench = Bench::enrolled();
    let mut watching = bench.command(&["sync", "--watch", "--lang", "en"]).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(watching.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let said = bench.fails(1, &["status", "--lang", "uk"]);
    let said = said.replace(&watching.id().to_string(), "[process]");
    assert_snapshot!(said, @"Помилка: Ці дані вже відкрила інша програма: halyard (процес [process], з [time]). Дані цілі, нічого не змінено. Дочекайтеся, поки вона закінчить, або завершіть її (halyard sync --watch завершує Ctrl+C). Інший профіль: --profile.");
    watching.kill().unwrap();
    watching.wait().unwrap();
    bench.ok(&["status"]);
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_machine_can_read_a_profile() {
    use std::os::unix::fs::PermissionsExt as _;
    let bench = Bench::enrolled();
    let file = bench.file("customers.csv", "Назва\nСонях\n".as_bytes());
    bench.ok(&["import", file.to_str().unwrap(), "--apply"]);
    // Opened, so that what SQLite puts beside the database is there too.
    let _store = bench.store(&Unlock::DemoKeyFile);
    let mut folders = vec![bench.profile()];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700, "{}", folder.display());
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                assert_eq!(mode(&path), 0o600, "{}", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen >= 5, "{seen} files");
}

/// Room ends at any moment: nothing beside the database can be made any more, and what is there is
/// still to be seen.
#[cfg(unix)]
#[test]
fn on_a_full_disk_everything_can_be_read_and_nothing_is_said_to_be_saved() {
    let bench = Bench::enrolled();
    let customer = bench.new_record(&["customer", "name=Сонях"]);
    let before = bench.ok(&["show", &customer, "--lang", "uk"]);

    for args in [&["show", customer.as_str()][..], &["list", "customer"], &["search", "сонях"]] {
        let usual = bench.run(&[args, &["--lang", "uk"]].concat());
        let full = bench.run_without_room(&[args, &["--lang", "uk"]].concat());
        assert_eq!((full.code, full.err, full.out), (0, String::new(), usual.out), "{args:?}");
    }
    let status = bench.run_without_room(&["status", "--lang", "uk"]);
    assert_eq!((status.code, status.err.as_str()), (0, ""));
    assert!(status.out.contains("На диску немає місця"), "{}", status.out);
    let refused = bench.run_without_room(&["edit", &customer, "name=Волошка", "--lang", "uk"]);
    assert_eq!(refused.code, 1);
    assert_snapshot!(refused.err, @"Помилка: На диску немає місця, тож зміну не збережено. Збережене раніше ціле. Звільніть місце й повторіть.");

    assert_eq!(bench.ok(&["show", &customer, "--lang", "uk"]), before);
    bench.ok(&["edit", &customer, "name=Волошка"]);
}

/// Photos lie beside the database.
#[cfg(unix)]
#[test]
fn on_a_full_disk_a_photo_is_refused_for_want_of_room_and_leaves_nothing_half_written() {
    let bench = Bench::enrolled();
    let card = bench.new_record(&["service-card", "subject=Котел"]);
    let visit = bench.new_record(&["visit", &format!("card={card}")]);
    let photo = bench.file("вентиль.jpg", b"\xff\xd8\xff\xe0 valve");
    let photo = photo.to_str().unwrap();

    let refused = bench.run_without_room(&["photo", "add", &visit, photo, "--lang", "uk"]);
    assert_eq!(refused.code, 1);
    assert_snapshot!(refused.err, @"Помилка: На диску немає місця, тож зміну не збережено. Збережене раніше ціле. Звільніть місце й повторіть.");
    let mut folders = vec![bench.profile()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            assert!(path.extension().is_none_or(|ending| ending != "new"), "{}", path.display());
            folders.extend(path.is_dir().then_some(path));
        }
    }

    bench.ok(&["photo", "add", &visit, photo]);
    let copy = bench.profile().with_file_name("copy.jpg");
    let refused = bench.run_without_room(&["photo", "save", &visit, "1", copy.to_str().unwrap()]);
    assert_eq!((refused.code, copy.exists()), (1, false), "{}", refused.err);
}

/// Overwrites what everything else in the database is read by.
fn lose_first_page(bench: &Bench) {
    let path = bench.profile().join("device.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[..4096].fill(0xA5);
    std::fs::write(&path, bytes).unwrap();
    for log in ["device.db-wal", "device.db-shm"] {
        let log = bench.profile().join(log);
        if log.exists() {
            std::fs::remove_file(log).unwrap();
        }
    }
}

#[test]
fn a_damaged_database_is_set_aside_with_the_unsent_work_rescued() {
    let bench = Bench::enrolled();
    assert_eq!(
        bench.ok(&["profile", "--repair", "--lang", "en"]),
        "The database is whole, there is nothing to repair.\n"
    );
    bench.new_record(&["customer", "name=Сонях"]);
    lose_first_page(&bench);
    assert_snapshot!(bench.fails(1, &["status", "--lang", "uk"]), @"Помилка: База пристрою пошкоджена. Нічого не видалено, і все, що отримав офіс, у нього є. Запустіть halyard profile --repair: базу буде відкладено, з ненадісланого врятовано все, що читається, і сказано, що далі.");
    assert_snapshot!(bench.ok(&["profile", "--repair", "--lang", "uk"]), @r"
    Пошкоджену базу відкладено в [folder]/profile/device.damaged-1.db. Врятовано: 2 зміни.
    Далі: halyard sync отримає решту.
    ");
    assert!(bench.profile().join("device.damaged-1.db").exists());
    assert!(bench.ok(&["status", "--lang", "en"]).contains("Waiting for a connection: 2 changes."));
}

#[test]
fn a_database_of_which_nothing_can_be_read_is_set_aside_too() {
    let bench = Bench::enrolled();
    bench.new_record(&["customer", "name=Сонях"]);
    lose_first_page(&bench);
    std::fs::remove_file(bench.profile().join("device.db-schema")).unwrap();
    assert_snapshot!(bench.ok(&["profile", "--repair", "--lang", "uk"]), @r"
    Пошкоджену базу відкладено в [folder]/profile/device.damaged-1.db. Врятовано: 0 змін.
    Ненадіслану роботу прочитано не всю; відкладений файл збережено для ІТ-фахівця.
    Чий це пристрій, дізнатися вже нізвідки. Далі: попросіть в ІТ-фахівця новий код і підключіть пристрій знову (halyard enrol); усе, що отримав офіс, повернеться під час синхронізації, а врятоване, якщо воно є, буде після неї надіслано від вашого імені.
    ");
    assert!(bench.profile().join("device.damaged-1.db").exists());
    assert_eq!(bench.json(&["list", "customer", "--count"])["count"], 0);
}

#[test]
fn a_repair_that_is_asked_for_finds_damage_that_nothing_has_met_yet() {
    let bench = Bench::enrolled();
    bench.new_record(&["customer", "name=Сонях"]);
    let path = bench.profile().join("device.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.len() - 100;
    bytes[at] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let said = bench.ok(&["profile", "--repair", "--lang", "en"]);
    assert!(said.starts_with("The damaged database is set aside in"), "{said}");
    assert_eq!(
        bench.ok(&["profile", "--repair", "--lang", "en"]),
        "The database is whole, there is nothing to repair.\n"
    );
}

/// Whichever page is damaged, the step that `--repair` names is the one that works.
#[test]
fn after_a_repair_the_next_step_that_is_named_is_the_right_one() {
    let bench = Bench::enrolled();
    let customer = bench.new_record(&["customer", "name=Сонях"]);
    let database = bench.profile().join("device.db");
    let whole = std::fs::read(&database).unwrap();
    let pages = whole.len() / PAGE;
    let (mut known, mut unknown) = (0, 0);
    for page in 0..pages {
        let mut bytes = whole.clone();
        bytes[page * PAGE..][..512].fill(0xA5);
        std::fs::write(&database, bytes).unwrap();
        bench.run(&["show", &customer]);
        let said = bench.ok(&["profile", "--repair", "--lang", "uk"]);
        let is_enrolled = !bench.json(&["status"])["organisation"].is_null();
        if said.ends_with("Далі: halyard sync отримає решту.\n") {
            known += 1;
            assert!(is_enrolled, "page {page}: {said}");
        } else if said.contains("підключіть пристрій знову (halyard enrol)") {
            unknown += 1;
            assert!(!is_enrolled, "page {page}: {said}");
        } else {
            assert_eq!(said, "База ціла, лагодити нічого.\n", "page {page}");
        }
        let left = std::fs::read_dir(bench.profile()).unwrap().map(|one| one.unwrap().file_name());
        assert!(left.into_iter().all(|name| !name.to_string_lossy().ends_with(".new")), "page {page}");
        if known > 0 && unknown > 0 {
            return;
        }
    }
    panic!("{known} known, {unknown} unknown of {pages}");
}

/// The bytes of a page of the database.
const PAGE: usize = 4096;

fn lost(bench: &Bench, args: &[&str]) {
    let said = bench.fails(1, &[args, &["--lang", "uk"]].concat());
    let expected = "Помилка: База цього профілю порожня або зникла, хоч решта його файлів на місці. Усе, що отримав офіс, \
                    у нього є; ненадіслане було лише в базі. Якщо є копія device.db, поверніть її; якщо немає, \
                    запустіть halyard profile --repair і підключіть пристрій знову.\n";
    assert_eq!(said, expected, "{args:?}");
}

#[test]
fn a_database_that_was_emptied_or_is_gone_is_told_as_a_loss() {
    let bench = Bench::enrolled();
    bench.new_record(&["customer", "name=Сонях"]);
    let database = bench.profile().join("device.db");
    let copy = std::fs::read(&database).unwrap();
    std::fs::write(&database, []).unwrap();
    lost(&bench, &["status"]);
    std::fs::remove_file(&database).unwrap();
    lost(&bench, &["sync"]);
    lost(
        &bench,
        &["enrol", "--relay", "http://127.0.0.1:9", "--code", "7K3M-9QPX", "--name", "x", "--demo-key"],
    );
    std::fs::write(&database, &copy).unwrap();
    assert_eq!(bench.json(&["status"])["unsent"], 2, "a copy that was put back is taken");

    std::fs::write(&database, []).unwrap();
    assert_snapshot!(bench.ok(&["profile", "--repair", "--lang", "en"]), @r"
    The damaged database is set aside in [folder]/profile/device.damaged-1.db. Rescued: 0 changes.
    Unsent work could not all be read; the file set aside is kept for your IT specialist.
    Nothing says any more whose device this is. Next: ask your IT specialist for a new code and enrol the device again (halyard enrol); everything the office received comes back with the sync; whatever was rescued is sent after it in your name.
    ");
    std::fs::remove_file(&database).unwrap();
    assert_snapshot!(bench.ok(&["profile", "--repair", "--lang", "uk"]), @r"
    Бази не було, тож створено нову, порожню.
    Чий це пристрій, дізнатися вже нізвідки. Далі: попросіть в ІТ-фахівця новий код і підключіть пристрій знову (halyard enrol); усе, що отримав офіс, повернеться під час синхронізації, а врятоване, якщо воно є, буде після неї надіслано від вашого імені.
    ");
    assert!(bench.fails(1, &["sync", "--lang", "uk"]).contains("Пристрій ще не підключено."));
}

#[test]
#[cfg(target_os = "linux")]
fn a_disk_without_room_for_the_key_is_called_full_and_there_is_no_profile() {
    let bench = Bench::empty();
    std::fs::create_dir_all(bench.profile()).unwrap();
    std::os::unix::fs::symlink("/dev/full", bench.profile().join("device.key.new")).unwrap();
    let enrol =
        ["enrol", "--relay", "http://127.0.0.1:9", "--code", "7K3M-9QPX", "--name", "x", "--demo-key"];
    let said = bench.fails(1, &[&enrol[..], &["--lang", "uk"]].concat());
    assert!(said.contains("На диску немає місця"), "{said}");
    let said = bench.fails(1, &["status", "--lang", "uk"]);
    assert!(said.contains("немає профілю"), "{said}");
    assert!(!bench.profile().join("device.key.new").exists());
}
