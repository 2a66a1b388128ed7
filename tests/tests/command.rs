//! The `halyard` command with a real relay: joining, sending, and what it says when something is in the way.
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use halyard_device::sync::{CallError, SyncError};
use halyard_protocol::join::JoinLink;
use halyard_protocol::problem::ErrorCode;
use halyard_tests::harness::{Relay, RelayFolder, TestDevice, program};
use rusqlite::Connection;
use serde_json::Value;

/// A terminal on a profile of its own.
struct Terminal {
    profile: PathBuf,
}

impl Terminal {
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(program("halyard").unwrap());
        command.args(args).env("HALYARD_PROFILE", &self.profile).env("LANG", "uk_UA.UTF-8");
        command.env_remove("LC_ALL").env_remove("LC_MESSAGES").stdin(Stdio::null());
        command
    }

    /// Runs a command that must work, and gives what it printed.
    #[track_caller]
    fn ok(&self, args: &[&str]) -> String {
        let output = self.command(args).output().unwrap();
        let (said, complaint) = (text(&output.stdout), text(&output.stderr));
        assert!(output.status.success() && complaint.is_empty(), "{args:?}: {said}{complaint}");
        said
    }

    /// Runs a command that must be refused, and gives the complaint.
    #[track_caller]
    fn refused(&self, args: &[&str]) -> String {
        let output = self.command(args).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{args:?}: {}", text(&output.stdout));
        text(&output.stderr)
    }

    #[track_caller]
    fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.ok(&[args, &["--json"]].concat())).unwrap()
    }

    fn enrol(&self, link: &JoinLink) -> String {
        self.ok(&["enrol", &link.to_string(), "--name", "планшет", "--demo-key"])
    }

    fn unsent(&self) -> u64 {
        self.json(&["status"]).get("unsent").unwrap().as_u64().unwrap()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A relay, and a terminal of its dispatcher with a customer that is not sent yet.
fn office() -> (tempfile::TempDir, Relay, Terminal) {
    let folder = tempfile::tempdir().unwrap();
    let relay = RelayFolder::new(&folder.path().join("relay"), "Тепло Сервіс").unwrap().start().unwrap();
    let terminal = Terminal { profile: folder.path().join("profile") };
    let link = relay.folder().invite("Бондар Олена Ігорівна", "dispatcher").unwrap();
    assert!(terminal.enrol(&link).contains("Тепло Сервіс"));
    terminal.ok(&["sync"]);
    terminal.ok(&["new", "customer", "name=ТОВ «Ґрунт»"]);
    (folder, relay, terminal)
}

/// What a person reads when nobody answers at the relay's address.
fn unreachable(address: &str) -> String {
    format!(
        "Сервер обміну за адресою {address} недоступний. Усе введене збережено на цьому пристрої й буде \
         надіслано, щойно з'явиться зв'язок. Якщо зв'язок є, звірте адресу з ІТ-фахівцем; інша задається так: \
         halyard profile --relay АДРЕСА."
    )
}

#[test]
fn what_is_entered_in_one_terminal_is_read_in_another() {
    let (folder, relay, terminal) = office();
    let waiting = terminal.unsent();
    assert!(terminal.ok(&["status"]).contains(&format!("Чекає на зв'язок: {waiting} зміни")));
    assert!(terminal.ok(&["sync"]).contains(&format!("Офіс прийняв: {waiting} зміни")));
    assert!(terminal.ok(&["status"]).contains("Усе введене отримав офіс."));

    let other = Terminal { profile: folder.path().join("other") };
    other.enrol(&relay.folder().invite("Мельник Ірина Петрівна", "administrator").unwrap());
    other.ok(&["sync"]);
    assert!(other.ok(&["list", "контрагенти"]).contains("ТОВ «Ґрунт»"));
    other.ok(&["edit", "ТОВ «Ґрунт»", "сайт=gruntt.example"]);
    other.ok(&["sync"]);
    terminal.ok(&["sync"]);
    assert!(terminal.ok(&["show", "ТОВ «Ґрунт»"]).contains("gruntt.example"));
}

#[test]
fn a_relay_that_is_down_is_told_and_the_work_waits() {
    let (_folder, relay, terminal) = office();
    let waiting = terminal.unsent();
    let address = relay.kill().unwrap();
    assert_eq!(terminal.refused(&["sync"]), format!("Помилка: {}\n", unreachable(&address.url())));
    assert_eq!(terminal.unsent(), waiting);

    let _relay = address.start().unwrap();
    terminal.ok(&["sync"]);
    assert_eq!(terminal.unsent(), 0);
}

#[test]
fn a_wrong_address_is_named_and_the_right_one_gets_the_work() {
    let (_folder, relay, terminal) = office();
    let waiting = terminal.unsent();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let wrong = format!("https://{nobody}");
    terminal.ok(&["profile", "--relay", &wrong]);
    assert_eq!(terminal.refused(&["sync"]), format!("Помилка: {}\n", unreachable(&wrong)));
    assert_eq!(terminal.unsent(), waiting);

    terminal.ok(&["profile", "--relay", &relay.folder().url()]);
    terminal.ok(&["sync"]);
    assert_eq!(terminal.unsent(), 0);
}

#[test]
fn whoever_watches_is_told_that_the_relay_went_away_and_came_back() {
    let (_folder, relay, terminal) = office();
    let mut watching = terminal.command(&["sync", "--watch"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(watching.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert_eq!(lines.next().unwrap(), "Стежу за змінами. Ctrl+C завершує.");
    let in_step = lines.next().unwrap();
    assert!(in_step.ends_with("Усе введене отримав офіс."), "{in_step}");

    let address = relay.kill().unwrap();
    assert_eq!(lines.next().unwrap(), unreachable(&address.url()));
    let _relay = address.start().unwrap();
    assert_eq!(lines.next().unwrap(), "Зв'язок із сервером обміну знову є.");
    let again = lines.next().unwrap();
    assert!(again.ends_with("Усе введене отримав офіс."), "{again}");
    watching.kill().unwrap();
    watching.wait().unwrap();
}

#[test]
fn the_command_an_invitation_prints_joins_as_it_is_pasted() {
    let folder = tempfile::tempdir().unwrap();
    let relay = RelayFolder::new(&folder.path().join("relay"), "Тепло Сервіс").unwrap().start().unwrap();
    let printed =
        relay.folder().said(&["invite", "--new", "Коваль Іван Петрович", "--role", "technician"]).unwrap();
    let pasted = printed.lines().find(|line| line.starts_with("halyard enrol ")).unwrap();
    let halyard = program("halyard").unwrap();
    let terminal = Terminal { profile: folder.path().join("profile") };
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", &format!("{pasted} --demo-key")]).env("PATH", halyard.parent().unwrap());
    shell.env("HALYARD_PROFILE", &terminal.profile).env("LANG", "uk_UA.UTF-8").stdin(Stdio::null());
    let output = shell.output().unwrap();
    assert!(output.status.success(), "{pasted}: {}", text(&output.stderr));
    terminal.ok(&["sync"]);
}

#[test]
fn another_organisations_relay_at_the_same_address_is_told_and_gets_nothing() {
    let (folder, relay, terminal) = office();
    let waiting = terminal.unsent();
    let address = relay.kill().unwrap();
    std::fs::rename(address.data(), folder.path().join("moved")).unwrap();
    let _other = address.start().unwrap();
    let theirs = address.invite("Кравець Петро Іванович", "technician").unwrap();

    let pin = theirs.pin.unwrap().to_string();
    assert_eq!(
        terminal.refused(&["sync"]),
        format!(
            "Помилка: Відповідає не той сервер обміну, до якого підключено цей пристрій. Нічого не надіслано, введене \
             збережено на пристрої. Його відбиток: {pin}. Спробуйте іншу мережу або покажіть це ІТ-фахівцю; якщо сервер \
             справді замінили: halyard profile --pin.\n"
        )
    );

    terminal.ok(&["profile", "--pin", &pin]);
    assert_eq!(
        terminal.refused(&["sync"]),
        "Помилка: Цей сервер обміну належить іншій організації. Введене збережено на пристрої й нікуди не передано. \
         Перевірте адресу.\n"
    );
    assert_eq!(terminal.unsent(), waiting);
}

#[test]
fn a_wrong_code_is_told_and_leaves_no_profile() {
    let folder = tempfile::tempdir().unwrap();
    let relay = RelayFolder::new(&folder.path().join("relay"), "Тепло Сервіс").unwrap().start().unwrap();
    let right = relay.folder().invite("Коваль Іван Петрович", "technician").unwrap();
    let letters = right.code.as_str();
    let other = if letters.starts_with('A') { "B" } else { "A" }.to_owned() + &letters[1..];
    let wrong = JoinLink { code: other.parse().unwrap(), ..right.clone() };
    let terminal = Terminal { profile: folder.path().join("profile") };

    let said = terminal.refused(&["enrol", &wrong.to_string(), "--name", "планшет", "--demo-key"]);
    let expected =
        "Код підключення неправильний. На пристрої нічого не змінилося. Перевірте код або попросіть новий.";
    assert_eq!(said, format!("Помилка: {expected}\n"));
    assert!(terminal.refused(&["status"]).contains("немає профілю"));

    terminal.enrol(&right);
    terminal.ok(&["sync"]);
}

#[test]
fn a_second_program_on_the_same_profile_is_told_who_has_it() {
    let (_folder, _relay, terminal) = office();
    let mut watching = terminal.command(&["sync", "--watch"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 1];
    watching.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    let said = terminal.refused(&["list", "customer"]);
    assert!(
        said.contains(&format!("halyard (процес {}", watching.id())) && said.contains("Ctrl+C"),
        "{said}"
    );
    watching.kill().unwrap();
    watching.wait().unwrap();
    terminal.ok(&["sync"]);
    assert_eq!(terminal.unsent(), 0);
}

#[test]
fn a_device_that_it_has_not_confirmed_is_told_so_and_begins_when_it_is() {
    let (_folder, relay, terminal) = office();
    let waiting = terminal.unsent();
    let stand = |relay: RelayFolder, standing: &str| {
        let database = Connection::open(relay.data().join("relay.db")).unwrap();
        database.execute("UPDATE device SET standing = ?1", [standing]).unwrap();
        drop(database);
        relay.start().unwrap()
    };
    let relay = stand(relay.kill().unwrap(), "accepted");
    let said = terminal.refused(&["sync"]);
    assert!(said.contains("Пристрій ще не підтверджено"), "{said}");
    assert_eq!(terminal.unsent(), waiting);

    let _relay = stand(relay.kill().unwrap(), "active");
    terminal.ok(&["sync"]);
    assert_eq!(terminal.unsent(), 0);
}

#[test]
fn a_database_put_back_to_yesterdays_copy_says_what_a_sync_brought_and_loses_nothing() {
    let (folder, _relay, terminal) = office();
    terminal.ok(&["sync"]);
    let (database, yesterday) = (terminal.profile.join("device.db"), folder.path().join("yesterday.db"));
    std::fs::copy(&database, &yesterday).unwrap();
    terminal.ok(&["new", "customer", "name=Після копії"]);
    terminal.ok(&["sync"]);
    std::fs::copy(&yesterday, &database).unwrap();

    assert_eq!(
        terminal.ok(&["sync"]),
        "Синхронізовано. Офіс прийняв: 0 змін. Оновлено на пристрої: 1 запис.\n"
    );
    assert!(terminal.ok(&["status"]).ends_with("Усе введене отримав офіс.\n"));
    assert_eq!(
        terminal.ok(&["sync"]),
        "Синхронізовано. Офіс прийняв: 0 змін. Оновлено на пристрої: 0 записів.\n"
    );
    assert!(terminal.ok(&["list", "customer"]).contains("Після копії"));
    terminal.ok(&["edit", "Після копії", "name=Після відновлення"]);
    assert!(terminal.ok(&["sync"]).starts_with("Синхронізовано. Офіс прийняв: 1 зміна."));
}

#[test]
fn a_revoked_device_says_what_the_office_has_and_that_its_records_are_gone() {
    let (_folder, relay, terminal) = office();
    let device = terminal.json(&["profile"])["device"].as_str().unwrap().to_owned();
    relay.folder().admin(&["devices", "revoke", &device]).unwrap();
    for _ in 0..2 {
        assert_eq!(
            terminal.refused(&["sync"]),
            "Помилка: Офіс відкликав цей пристрій, і записи з нього видалено. Усе введене тут спершу передано офісу; \
             чого він ще не прийняв, показує halyard not-accepted. Щоб працювати далі, попросіть в ІТ-фахівця новий код і \
             підключіть пристрій в іншій папці: halyard enrol --profile ПАПКА.\n"
        );
    }
    let said = terminal.ok(&["status"]);
    let about_it: Vec<&str> = said.lines().skip(4).collect();
    let [wiped, sent, refused] = about_it[..] else { panic!("{said}") };
    assert!(
        wiped.starts_with("Офіс відкликав цей пристрій; ") && wiped.contains(" записи з нього видалено. Щоб"),
        "{said}"
    );
    assert_eq!(sent, "Усе введене отримав офіс.");
    assert_eq!(refused, "Не прийнято: 1. Подробиці: halyard not-accepted.");
    assert!(terminal.ok(&["not-accepted", "show", "1"]).contains("ТОВ «Ґрунт»"));
    assert_eq!(terminal.json(&["list", "customer", "--count"])["count"], 0);
}

#[test]
fn somebody_who_was_dismissed_is_told_why_nothing_is_taken_any_more() {
    let (_folder, relay, terminal) = office();
    terminal.ok(&["sync"]);
    terminal.ok(&["new", "customer", "name=ФОП Їжакевич"]);
    relay.folder().admin(&["people", "dismiss", "Бондар Олена"]).unwrap();
    terminal.ok(&["sync"]);
    let said = terminal.ok(&["status"]);
    assert!(
        said.contains(
            "У вас більше немає жодної ролі: вас звільнено або ролі забрано. Нової роботи офіс не прийме; введене \
             раніше збережено. Якщо це помилка, зверніться до адміністратора.\n"
        ),
        "{said}"
    );
    assert_eq!(
        terminal.refused(&["new", "customer", "name=Пекарня"]),
        "Помилка: У вас більше немає жодної ролі: вас звільнено або ролі забрано, тож офіс не прийме нової роботи. \
         Нічого не змінено; введене раніше збережено. Якщо це помилка, зверніться до адміністратора; коли він дасть \
         роль, запустіть halyard sync.\n"
    );
    let refused = terminal.ok(&["not-accepted", "show", "1"]);
    let why = "Автора зміни звільнено. Робота зберігається в офісі, там вирішать, чи прийняти її.";
    assert!(refused.contains(why) && refused.contains("ФОП Їжакевич"), "{refused}");

    // Taken back, they work on.
    relay.folder().admin(&["people", "roles", "Бондар Олена", "--role", "dispatcher"]).unwrap();
    terminal.ok(&["sync"]);
    terminal.ok(&["new", "customer", "name=Пекарня"]);
    assert!(!terminal.ok(&["status"]).contains("жодної ролі"));
}

/// A way to the relay on which every request says that it speaks version 9, as a device would that the
/// relay is too old or too new for. Serves until the test ends.
fn in_version_9(relay: &RelayFolder) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (address, port) = (format!("http://{}", listener.local_addr().unwrap()), relay.port());
    std::thread::spawn(move || {
        for device in listener.incoming() {
            let (mut device, mut relay) = (device.unwrap(), TcpStream::connect(("127.0.0.1", port)).unwrap());
            let mut request = Vec::new();
            let mut byte = [0];
            while !request.ends_with(b"\r\n\r\n") && device.read(&mut byte).unwrap() > 0 {
                request.extend(byte);
            }
            let head = String::from_utf8(request).unwrap();
            assert!(head.contains("halyard-protocol: 1\r\n"), "{head}");
            relay
                .write_all(head.replace("halyard-protocol: 1\r\n", "halyard-protocol: 9\r\n").as_bytes())
                .unwrap();
            let (mut body, mut onward) = (device.try_clone().unwrap(), relay.try_clone().unwrap());
            std::thread::spawn(move || std::io::copy(&mut body, &mut onward));
            // The relay may close on a body it does not read.
            drop(std::io::copy(&mut relay, &mut device));
            drop(device.shutdown(Shutdown::Both));
        }
    });
    address
}

#[tokio::test]
async fn a_relay_of_another_protocol_version_is_told_by_device_and_command_and_the_work_waits() {
    let folder = tempfile::tempdir().unwrap();
    let address = RelayFolder::without_tls(&folder.path().join("relay"), "Тепло Сервіс").unwrap();
    let _relay = address.start().unwrap();
    let terminal = Terminal { profile: folder.path().join("profile") };
    terminal.enrol(&address.invite("Бондар Олена Ігорівна", "dispatcher").unwrap());
    terminal.ok(&["sync"]);
    terminal.ok(&["new", "customer", "name=ТОВ «Ґрунт»"]);
    let waiting = terminal.unsent();
    let far = in_version_9(&address);

    terminal.ok(&["profile", "--relay", &far, "--no-pin"]);
    assert_eq!(
        terminal.refused(&["sync"]),
        "Помилка: Програма й сервер обміну мають різні версії й не розуміють одне одного. Введене збережено на \
         пристрої. Оновіть програму або попросіть ІТ-фахівця оновити сервер.\n"
    );
    assert_eq!(terminal.unsent(), waiting);

    let device = TestDevice::open(folder.path(), "device").unwrap();
    device.enrol(&address, "Коваль Іван Петрович", "technician").await.unwrap();
    device.device.move_relay(&far.parse().unwrap(), None).unwrap();
    let error = device.sync().await.unwrap_err();
    let SyncError::Call(CallError::Problem(problem)) = error else { panic!("{error:?}") };
    assert_eq!(problem.code, ErrorCode::ProtocolNotSpoken);
    assert_eq!(problem.versions.map(|spoken| (spoken.from, spoken.to)), Some((1, 1)));

    terminal.ok(&["profile", "--relay", &address.url(), "--no-pin"]);
    terminal.ok(&["sync"]);
    assert_eq!(terminal.unsent(), 0);
}

#[test]
fn refused_work_is_looked_through_and_decided_from_a_terminal() {
    let (folder, relay, office) = office();
    let field = Terminal { profile: folder.path().join("technician") };
    field.enrol(&relay.folder().invite("Коваль Іван Петрович", "technician").unwrap());
    // Before the first sync a device does not know its rights yet: the relay judges.
    field.ok(&["new", "service-card", "subject=Чилер на даху"]);
    field.ok(&["new", "service-card", "subject=Помилкова картка"]);
    assert!(field.ok(&["sync"]).contains("Офіс прийняв не все: 2 записи"));
    let told = field.refused(&["review"]);
    assert!(told.contains("чия роль має право перевіряти") && told.contains("Нічого не вирішено"), "{told}");

    office.ok(&["sync"]);
    let listed = office.ok(&["review"]);
    assert!(listed.contains("Коваль Іван Петрович") && listed.contains("картка обслуговування"), "{listed}");
    assert!(listed.contains("Роль автора не дозволяє"), "{listed}");
    let queue = office.json(&["review", "list"]);
    let envelope = |subject: &str| {
        let items = queue.as_array().unwrap();
        let item = items.iter().find(|item| item["writes"].to_string().contains(subject)).unwrap();
        item["envelope"].as_str().unwrap()[..8].to_owned()
    };
    let (wanted, mistaken) = (envelope("Чилер на даху"), envelope("Помилкова картка"));
    let shown = office.ok(&["review", "show", &wanted]);
    assert!(shown.contains("Чилер на даху") && shown.contains("об'єкт словами"), "{shown}");

    assert!(office.ok(&["review", "accept", &wanted]).contains("Роботу прийнято. Коваль Іван Петрович"));
    let declined = office.ok(&["review", "decline", &mistaken, "--answer", "така вже є"]);
    assert!(declined.contains("Роботу відхилено"), "{declined}");
    assert!(office.ok(&["review"]).contains("На рішення офісу нічого не чекає."));
    let none = office.refused(&["review", "accept", "ffffffff"]);
    assert!(none.contains("немає. Нічого не вирішено"), "{none}");
    // Decided is decided, and whoever comes later is told by whom, how and when.
    for (work, how) in [(&wanted, "прийнято"), (&mistaken, "відхилено")] {
        let again = office.refused(&["review", "decline", work, "--answer", "ще раз"]);
        let (before, after) = again.split_once("Бондар Олена Ігорівна, ").unwrap();
        assert!(before.ends_with(&format!("Цю роботу вже {how}: ")), "{again}");
        let (when, rest) = after.split_once(". Чинне те рішення").unwrap();
        assert!(when.chars().any(|one| one.is_ascii_digit()), "{again}");
        assert!(rest.contains("зараз нічого не змінено"), "{again}");
    }
    let told = office.refused(&["review", "show", &mistaken, "--lang", "en"]);
    assert!(told.contains("was declined already: Бондар Олена Ігорівна"), "{told}");

    office.ok(&["sync"]);
    assert!(office.ok(&["list", "service-card"]).contains("Чилер на даху"));
    field.ok(&["sync"]);
    let kept = field.ok(&["not-accepted"]);
    assert!(kept.contains("така вже є") && !kept.contains("Чилер"), "{kept}");
}

#[tokio::test]
async fn a_clock_a_year_off_the_relays_is_told_after_a_sync() {
    let folder = tempfile::tempdir().unwrap();
    let address = RelayFolder::new(&folder.path().join("relay"), "Тепло-Сервіс").unwrap();
    let _relay = address.start().unwrap();
    let device = TestDevice::open(folder.path(), "device").unwrap();
    device.enrol(&address, "Коваль Іван Петрович", "technician").await.unwrap();
    device.sync().await.unwrap();
    drop(device);
    let terminal = Terminal { profile: TestDevice::profile(folder.path(), "device") };
    let clock = || terminal.ok(&["status"]).lines().last().unwrap().to_owned();
    assert_eq!(clock(), "Усе введене отримав офіс.");

    let year_ms = 365 * 24 * 3_600_000;
    for (off_ms, how) in
        [(year_ms, "поспішає: 365 днів уперед від сервера"), (-year_ms, "відстає від сервера: 365 днів")]
    {
        let device = TestDevice::open(folder.path(), "device").unwrap();
        device.clock.move_by_ms(off_ms);
        device.sync().await.unwrap();
        drop(device);
        let told = clock();
        assert!(told.starts_with(&format!("Годинник пристрою {how}. ")), "{told}");
    }
}

#[test]
fn a_revoked_device_says_what_the_office_could_not_take_and_hands_it_over_later() {
    let (_folder, relay, terminal) = office();
    terminal.ok(&["sync"]);
    terminal.ok(&["edit", "ТОВ «Ґрунт»", "сайт=gruntt.example"]);
    // As after a backup in which what the edit stands on was not.
    let database = Connection::open(relay.folder().data().join("relay.db")).unwrap();
    let is_customer = "document_id IN (SELECT document_id FROM document WHERE kind = 'customer')";
    let away = format!("CREATE TABLE away AS SELECT * FROM change WHERE {is_customer};");
    database.execute_batch(&format!("{away} DELETE FROM change WHERE {is_customer}")).unwrap();
    let device = terminal.json(&["profile"])["device"].as_str().unwrap().to_owned();
    relay.folder().admin(&["devices", "revoke", &device]).unwrap();

    let told = terminal.refused(&["sync"]);
    assert!(told.contains("Введене тут передано офісу, крім цього: 1 зміна. Це збережено"), "{told}");
    let said = terminal.ok(&["status"]);
    assert!(said.contains("Офіс не отримав: 1 зміна.") && !said.contains("Усе введене отримав"), "{said}");

    database.execute_batch("INSERT INTO change SELECT * FROM away; DROP TABLE away").unwrap();
    assert!(terminal.refused(&["sync"]).contains("Усе введене тут спершу передано офісу"));
    assert!(terminal.ok(&["status"]).contains("Усе введене отримав офіс."));
    assert_eq!(
        relay.folder().admin(&["review", "list"]).unwrap()["review"].as_array().map(Vec::len),
        Some(1)
    );
}
