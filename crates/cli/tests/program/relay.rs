//! What the program says when no relay answers, or something else does.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::process::Command;

use halyard_device::protocol::cbor;
use halyard_device::protocol::problem::{ErrorCode, Problem};
use halyard_device::protocol::version::{PROBLEM, PROTOCOL, PROTOCOL_HEADER};
use halyard_device::store::{SyncStateChange, Unlock};
use insta::assert_snapshot;

use crate::bench::Bench;

/// A web server that is no relay; it ends with its listener's only guest.
fn web_site() -> String {
    answers(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi".to_vec())
}

/// A relay that refuses its only guest.
fn relay_that_says(code: ErrorCode) -> String {
    let problem = cbor::encode(&Problem::retry_after(code, 120)).unwrap();
    let head = format!(
        "HTTP/1.1 507 No\r\n{PROTOCOL_HEADER}: {PROTOCOL}\r\nContent-Type: {PROBLEM}\r\nContent-Length: {}\r\n\r\n",
        problem.len()
    );
    answers([head.into_bytes(), problem].concat())
}

fn answers(answer: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut guest, _) = listener.accept().unwrap();
        let mut head = [0; 4096];
        let read = guest.read(&mut head).unwrap();
        assert!(read > 0);
        guest.write_all(&answer).unwrap();
    });
    address
}

/// An address where nobody listens.
fn nowhere() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[test]
fn enrolment_that_fails_says_why_and_leaves_nothing_behind() {
    let bench = Bench::empty();
    let enrol = |relay: &str, code: &str, lang: &str, exit: i32| {
        let args =
            ["enrol", "--relay", relay, "--code", code, "--name", "планшет", "--demo-key", "--lang", lang];
        let said = bench.fails(exit, &args);
        assert!(!bench.profile().exists(), "{said}");
        said.replace(relay, "[relay]")
    };
    assert_snapshot!(enrol(&nowhere(), "7K3M-9QPX", "uk", 1), @"Помилка: Сервер обміну за адресою [relay] недоступний. На пристрої нічого не змінилося. Перевірте адресу й зв'язок і повторіть.");
    assert_snapshot!(enrol(&web_site(), "7K3M-9QPX", "uk", 1), @"Помилка: За цією адресою відповідає не сервер обміну Halyard (стан HTTP 200). На пристрої нічого не змінилося. Перевірте адресу в ІТ-фахівця.");
    let full = relay_that_says(ErrorCode::StorageFull);
    assert_snapshot!(enrol(&full, "7K3M-9QPX", "en", 1), @"Error: The relay's disk is full, so the device has not joined. Nothing on the device has changed, and the code is not used up. Tell your IT specialist to make room, then try again; after ten minutes ask for a new code.");
    let broken = relay_that_says(ErrorCode::ReadOnly);
    assert_snapshot!(enrol(&broken, "7K3M-9QPX", "en", 1), @"Error: The relay writes nothing at present: its disk has failed or is full. The device has not joined, nothing on it has changed, and the code is not used up. Tell your IT specialist, then try again; after ten minutes ask for a new code.");
    assert_snapshot!(enrol("relay.example.com", "7K3M-9QPX", "en", 2), @r#"Error: "[relay]" is not the address of a relay. It has the form https://name:port."#);
    assert_snapshot!(enrol("http://:::", "7K3M-9QPX", "en", 2), @r#"Error: "[relay]" is not the address of a relay. It has the form https://name:port."#);
    assert_snapshot!(enrol("http://192.0.2.7", "7K3M-9QPX", "en", 2), @"Error: An http:// address is only for this very machine: over a network data travels encrypted only. Write https://.");
    assert_snapshot!(enrol(&nowhere(), "7K3M", "en", 2), @"Error: An enrolment code is eight letters and digits, like 7K3M-9QPX. Check it.");
}

#[test]
fn a_link_that_was_cut_is_told_as_cut() {
    let bench = Bench::empty();
    // A shell cuts at the first `&`, and takes what stands behind it for another command.
    let said = |cut: &str| bench.fails(2, &["enrol", cut, "--lang", "uk"]);
    let without_code = said("halyard://join?relay=https%3A%2F%2Frelay.example%3A7420");
    assert_snapshot!(without_code, @r#"Помилка: Посилання-запрошення обірване: коду в ньому немає або він неповний. На пристрої нічого не змінено. Вставте посилання цілим і в лапках "…": без них термінал обриває його на знаку &."#);
    assert_eq!(said("halyard://join?relay=https%3A%2F%2Fa&code=7K3M"), without_code);
    let mistyped = said("halyard://join?relay=https%3A%2F%2Fa&code=7K3M-9QP!X7");
    assert!(mistyped.contains("Код підключення складається з восьми літер і цифр"), "{mistyped}");
    let whole = "halyard://join?relay=https%3A%2F%2Fa&code=7K3M-9QPX";
    assert_snapshot!(bench.fails(2, &["enrol", whole, "--lang", "uk"]), @r#"Помилка: Назвіть пристрій, щоб офіс упізнав його: --name "планшет Олени"."#);
    assert!(!bench.profile().exists());
}

#[test]
fn a_sync_that_fails_keeps_the_work() {
    let bench = Bench::empty();
    let relay = nowhere();
    bench.identify(&bench.store(&Unlock::DemoKeyFile), &relay);
    bench.new_record(&["customer", "name=Сонях"]);
    let said = bench.fails(1, &["sync", "--lang", "uk"]).replace(&relay, "[relay]");
    assert_snapshot!(said, @"Помилка: Сервер обміну за адресою [relay] недоступний. Усе введене збережено на цьому пристрої й буде надіслано, щойно з'явиться зв'язок. Якщо зв'язок є, звірте адресу з ІТ-фахівцем; інша задається так: halyard profile --relay АДРЕСА.");
    let store = bench.store(&Unlock::DemoKeyFile);
    bench.identify(&store, &web_site());
    drop(store);
    assert_snapshot!(bench.fails(1, &["sync", "--lang", "en"]), @"Error: What answers at this address is not a Halyard relay (HTTP status 200). Nothing on the device has changed. Check the address with your IT specialist.");
    assert_eq!(bench.json(&["status"])["unsent"], 2);
}

#[test]
fn a_clock_that_is_off_is_told_in_days_hours_or_minutes() {
    let bench = Bench::enrolled();
    let said = |offset_ms: i64| {
        let clock = SyncStateChange { clock_offset_ms: Some(offset_ms), ..SyncStateChange::default() };
        bench.store(&Unlock::DemoKeyFile).change_sync_state(clock).unwrap();
        bench.ok(&["status", "--lang", "uk"]).lines().last().unwrap().to_owned()
    };
    let minute = 60_000;
    assert_snapshot!(said(-365 * 24 * 60 * minute), @"Годинник пристрою поспішає: 365 днів уперед від сервера. Дані це не псує, але внесений час буде хибним; виставте на пристрої дату, час і часовий пояс.");
    assert_snapshot!(said(3 * 60 * minute), @"Годинник пристрою відстає від сервера: 3 години. Дані це не псує, але внесений час буде хибним; виставте на пристрої дату, час і часовий пояс.");
    assert_snapshot!(said(7 * minute), @"Годинник пристрою відстає від сервера: 7 хвилин. Дані це не псує, але внесений час буде хибним; виставте на пристрої дату, час і часовий пояс.");
    assert_snapshot!(said(minute), @"Усе введене отримав офіс.");
}

#[test]
fn an_enrolled_device_is_not_enrolled_again() {
    let bench = Bench::enrolled();
    let args =
        ["enrol", "--relay", &nowhere(), "--code", "7K3M-9QPX", "--name", "x", "--demo-key", "--lang", "en"];
    assert_snapshot!(bench.fails(1, &args), @"Error: This device is enrolled already. Nothing was changed. For another organisation choose another folder: --profile.");
    bench.ok(&["status"]);
}

#[test]
fn watching_ends_cleanly_on_ctrl_c() {
    let bench = Bench::empty();
    bench.identify(&bench.store(&Unlock::DemoKeyFile), &nowhere());
    let mut child = bench.command(&["sync", "--watch", "--lang", "en"]).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    assert!(line.starts_with("Watching"), "{line}");
    // What the first try came to is said when the session runs, and with it its handler of Ctrl+C.
    line.clear();
    out.read_line(&mut line).unwrap();
    assert!(line.starts_with("There is no relay to be reached at http://127.0.0.1:"), "{line}");
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(rest.ends_with("Ended. Everything entered is saved.\n"), "{rest}");
}
