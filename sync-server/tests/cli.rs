//! The commands of `sync-server` as a person and a script meet them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a helper of a test fails by panicking"
)]

mod support;

use std::net::TcpListener;
use std::process::Output;

use halyard_protocol::problem::ErrorCode;
use halyard_protocol::push::{PushAnswer, PushRequest};
use serde_json::Value;

use support::{Place, Tablet};

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Ids, times, codes, keys and folders replaced by what they are.
fn normalised(place: &Place, text: &str) -> String {
    let text = text.replace(&place.path().display().to_string(), "{folder}");
    let words =
        text.split_inclusive(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '-' | ':')));
    words.map(normalised_word).collect()
}

fn normalised_word(piece: &str) -> String {
    let (word, rest) = match piece.char_indices().next_back() {
        Some((at, last)) if !last.is_alphanumeric() => piece.split_at(at),
        _ => (piece, ""),
    };
    let hex = word.chars().all(|letter| letter.is_ascii_hexdigit() || letter == '-');
    let date = word.len() == 10 && word.starts_with("20") && word.matches('-').count() == 2;
    let code = word.len() == 9 && word.chars().nth(4) == Some('-') && word == word.to_uppercase();
    let named = match word.len() {
        36 if hex => "{id}",
        64 if hex => "{hash}",
        _ if date => "{date}",
        _ if code => "{code}",
        5 | 8 if word.chars().nth(2) == Some(':') => "{time}",
        _ => word,
    };
    format!("{named}{rest}")
}

#[track_caller]
fn failure(output: &Output, exit: i32) -> Value {
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(exit), "{said}");
    let line =
        said.lines().rev().find(|line| line.starts_with("{\"failed\"")).unwrap_or_else(|| panic!("{said}"));
    let value: Value = serde_json::from_str(line).unwrap();
    for sentence in ["happened", "safe", "next"] {
        let sentence = value["failed"][sentence].as_str().unwrap();
        assert!(sentence.ends_with(['.', '?']) && sentence.len() > 10, "{sentence:?}");
    }
    value["failed"].clone()
}

#[test]
fn every_command_explains_itself_with_an_example() {
    let place = Place::new();
    let commands: [&[&str]; 24] = [
        &[],
        &["serve"],
        &["check-config"],
        &["migrate"],
        &["invite"],
        &["devices"],
        &["devices", "list"],
        &["devices", "revoke"],
        &["review"],
        &["review", "list"],
        &["review", "show"],
        &["review", "accept"],
        &["review", "decline"],
        &["people"],
        &["people", "list"],
        &["people", "roles"],
        &["people", "dismiss"],
        &["rebuild-office"],
        &["verify"],
        &["restored"],
        &["restored", "begin"],
        &["restored", "status"],
        &["restored", "confirm"],
        &["backup-verified"],
    ];
    let mut all = String::new();
    for command in commands {
        let output = place.command(command).arg("--help").output().unwrap();
        assert!(output.status.success());
        let help = text(&output.stdout);
        assert!(command.is_empty() || help.contains("Example"), "{command:?}: {help}");
        let (first, after) = (help.split("Options:").next().unwrap(), help.rsplit("\n\n").next().unwrap());
        let words = [&["sync-server"], command, &["--help"]].concat().join(" ");
        all.push_str(&format!("$ {words}\n{first}[…]\n\n{after}\n"));
    }
    insta::assert_snapshot!("help", all);
}

#[test]
fn the_settings_in_effect_are_shown_and_the_environment_counts() {
    let place = Place::new();
    let mut command = place.command(&["check-config", "--log-format", "json"]);
    command.env("HALYARD_LIMITS__DRAIN_SECONDS", "4").env("HALYARD_LISTNE", "x");
    let output =
        command.env("HALYARD_PASSPHRASE", "secret").env("HALYARD_PROFILE", "profile").output().unwrap();
    assert!(output.status.success());
    insta::assert_snapshot!("settings", normalised(&place, &text(&output.stdout)));
    let said = text(&output.stderr);
    assert!(said.contains("HALYARD_LISTNE"), "a variable nobody reads is reported");
    assert!(!said.contains("HALYARD_P"), "what the device program reads is not: {said}");

    let json = place.json(&["check-config"]);
    assert_eq!(json["settings"]["limits"]["drain_seconds"], 15);
    assert_eq!([&json["origins"]["limits.drain_seconds"], &json["origins"]["data"]], ["default", "flag"]);
}

#[test]
fn settings_that_cannot_work_end_with_2_and_name_the_key() {
    let place = Place::new();
    let mut command = place.command(&["check-config", "--json"]);
    let output = command.env("HALYARD_LIMITS__DRAIN_SECONDS", "4000").output().unwrap();
    let failed = failure(&output, 2);
    assert_eq!(failed["code"], "settings");
    assert!(failed["happened"].as_str().unwrap().contains("limits.drain_seconds"));
    assert_eq!(place.run(&["serve", "--lisetn", "x"]).status.code(), Some(2), "a flag nobody knows");
}

#[test]
fn a_command_on_a_mistyped_folder_makes_nothing() {
    let place = Place::new();
    let failed = failure(&place.run(&["devices", "list", "--json"]), 1);
    assert_eq!(failed["code"], "data");
    assert!(!place.data().exists());
}

#[test]
fn a_database_is_made_once_and_keeps_its_company() {
    let place = Place::new();
    let first = place.json(&["migrate", "--workspace", "Teplo Service"]);
    let second = place.json(&["migrate", "--workspace", "Teplo Service"]);
    assert_eq!(first["migrated"]["workspace"], second["migrated"]["workspace"]);
    assert_eq!(first["migrated"]["name"], "Teplo Service");
}

#[tokio::test]
async fn commands_answer_alike_whether_the_relay_runs_or_not() {
    let place = Place::new();
    let relay = place.serve();
    Tablet::joined(&place, &relay, "Іван", "technician").await;
    let asked: [&[&str]; 3] = [&["devices", "list"], &["review", "list"], &["verify"]];
    let running: Vec<Value> = asked.iter().map(|command| place.json(command)).collect();
    drop(relay);
    let stopped: Vec<Value> = asked.iter().map(|command| place.json(command)).collect();

    assert_eq!(running, stopped);
    let print = running[0]["devices"][0]["fingerprint"].as_str().unwrap();
    let shown = |text: &str| normalised(&place, &text.replace(print, "{print}"));
    insta::assert_snapshot!("answers", shown(&serde_json::to_string_pretty(&running).unwrap()));
    insta::assert_snapshot!("devices", shown(&text(&place.run(&["devices", "list"]).stdout)));
    insta::assert_snapshot!("verified", normalised(&place, &text(&place.run(&["verify"]).stdout)));
    insta::assert_snapshot!("rebuilt", normalised(&place, &text(&place.run(&["rebuild-office"]).stdout)));
}

#[tokio::test]
async fn an_employee_is_invited_by_part_of_the_name_and_never_by_chance() {
    let place = Place::new();
    let relay = place.serve_with(&["--address", "https://relay.example"]);
    Tablet::joined(&place, &relay, "Іван", "technician").await;
    Tablet::joined(&place, &relay, "Іванна", "technician").await;

    let one = place.json(&["invite", "іванна"]);
    assert_eq!(one["invited"]["name"], "Коваль Іванна Петрович");
    let several = failure(&place.run(&["invite", "Коваль", "--json"]), 1);
    assert_eq!(several["code"], "not_found");
    assert!(several["happened"].as_str().unwrap().contains("Іванна"), "{several}");
    assert_eq!(failure(&place.run(&["invite", "Шевченко", "--json"]), 1)["code"], "not_found");
    let no_role = place.run(&["invite", "--new", "Мельник Олег", "--role", "king", "--json"]);
    assert!(failure(&no_role, 1)["next"].as_str().unwrap().contains("technician"));
    insta::assert_snapshot!(
        "invitation",
        normalised(
            &place,
            &text(&place.run(&["invite", "Іванна", "--address", "https://relay.example"]).stdout)
        )
    );
}

#[test]
fn an_invitation_names_where_the_relay_runs_and_says_when_none_does() {
    let place = Place::new();
    let relay = place.serve();
    let running = place.json(&["invite", "--new", "Коваль Іван", "--role", "technician"]);
    assert_eq!(running["invited"]["relay"], relay.url);
    assert_eq!(running["invited"]["address_of"], "running_relay");
    assert_eq!(running["invited"]["settings_say"], "http://127.0.0.1:7420");
    let said = text(&place.run(&["invite", "Іван"]).stdout);
    assert!(said.contains(&format!("Relay         {}\n", relay.url)), "{said}");
    assert!(said.contains("the settings of this command say http://127.0.0.1:7420."), "{said}");
    let listen = relay.url.strip_prefix("http://").unwrap();
    let same = place.json(&["invite", "Іван", "--listen", listen]);
    assert_eq!(same["invited"].get("settings_say"), None);
    drop(relay);

    let stopped = place.json(&["invite", "Іван"]);
    assert_eq!(stopped["invited"]["relay"], "http://127.0.0.1:7420");
    assert_eq!(stopped["invited"]["address_of"], "settings");
    let said = text(&place.run(&["invite", "Іван"]).stdout);
    assert!(said.contains("No relay is running: this is the address of the settings."), "{said}");
}

#[tokio::test]
async fn roles_are_given_taken_and_given_back_after_a_dismissal() {
    let place = Place::new();
    let relay = place.serve();
    Tablet::joined(&place, &relay, "Іван", "technician").await;
    let person = |answer: &Value| {
        let roles = answer["roles"].as_array().unwrap().iter().map(|role| role.as_str().unwrap().to_owned());
        (roles.collect::<Vec<_>>(), answer["dismissed"].as_bool().unwrap())
    };

    let both = place.json(&["people", "roles", "Іван", "--role", "technician", "--role", "dispatcher"]);
    assert_eq!(person(&both["person_changed"]).0.len(), 2);
    let gone = place.json(&["people", "dismiss", "Іван"]);
    assert_eq!(person(&gone["person_changed"]), (vec![], true));
    assert_eq!(failure(&place.run(&["people", "dismiss", "Іван", "--json"]), 1)["code"], "refused");
    let everybody = place.json(&["people", "list"]);
    assert!(everybody["people"].as_array().unwrap().iter().any(|one| person(one) == (vec![], true)));
    let back = place.json(&["people", "roles", "Іван", "--role", "Диспетчер"]);
    assert_eq!(person(&back["person_changed"]), (vec!["dispatcher".to_owned()], false));

    let unknown = place.run(&["people", "roles", "Іван", "--role", "king", "--json"]);
    assert!(failure(&unknown, 1)["next"].as_str().unwrap().contains("technician"));
    let misplaced = place.run(&["invite", "Іван", "--role", "administrator", "--json"]);
    assert_eq!(misplaced.status.code(), Some(2), "a role beside somebody known would be given to nobody");
}

#[tokio::test]
async fn a_device_is_revoked_by_the_first_letters_of_its_id_once() {
    let place = Place::new();
    let relay = place.serve();
    let tablet = Tablet::joined(&place, &relay, "Іван", "technician").await;
    let start: String = tablet.device.to_string().chars().take(8).collect();

    let revoked = place.json(&["devices", "revoke", &start]);
    assert_eq!(revoked["revoked"]["standing"], "revoked");
    assert_eq!(failure(&place.run(&["devices", "revoke", "zzzz", "--json"]), 1)["code"], "not_found");
    assert_eq!(failure(&place.run(&["devices", "revoke", &start, "--json"]), 1)["code"], "refused");
}

/// A command that takes away what only people may take away, knowingly.
#[track_caller]
fn needs_a_yes(place: &Place, command: &[&str], because: &str) {
    let failed = failure(&place.run(&[command, &["--json"]].concat()), 1);
    assert_eq!(failed["code"], "unconfirmed", "{failed}");
    assert!(failed["happened"].as_str().unwrap().contains(because), "{failed}");
    assert!(failed["next"].as_str().unwrap().contains("--yes"), "{failed}");
    place.json(&[command, &["--yes"]].concat());
}

#[tokio::test]
async fn the_last_administrator_and_their_last_device_go_only_knowingly() {
    let place = Place::new();
    let relay = place.serve();
    place.json(&["people", "roles", "Administrator", "--role", "administrator"]);
    let first = Tablet::joined(&place, &relay, "Олена", "administrator").await.device.to_string();
    let second = Tablet::joined(&place, &relay, "Ірина", "administrator").await.device.to_string();

    // Nobody is asked while somebody else could do the same.
    place.json(&["devices", "revoke", &first]);
    place.json(&["people", "dismiss", "Administrator"]);
    needs_a_yes(&place, &["devices", "revoke", &second], "last device of an administrator (Коваль Ірина");
    place.json(&["people", "dismiss", "Ірина"]);
    needs_a_yes(
        &place,
        &["people", "roles", "Олена", "--role", "dispatcher"],
        "Коваль Олена Петрович is the last",
    );
    place.json(&["people", "roles", "Олена", "--role", "administrator"]);
    needs_a_yes(&place, &["people", "dismiss", "Олена"], "Коваль Олена Петрович is the last administrator");
}

#[tokio::test]
async fn a_hand_over_is_told_by_every_command_and_ended_knowingly() {
    let place = Place::new();
    let relay = place.serve();
    let dispatcher = Tablet::joined(&place, &relay, "Олена", "dispatcher").await;
    assert_eq!(place.json(&["devices", "list"]).get("hand_over"), None);

    place.json(&["restored", "begin"]);
    for command in [&["devices", "list"][..], &["people", "list"], &["restored", "status"]] {
        let said = text(&place.run(command).stdout);
        assert!(said.contains("A hand-over is under way") && said.contains("restored confirm"), "{said}");
        assert!(said.contains("No device of an administrator is active"), "{said}");
        assert_eq!(place.json(command)["hand_over"]["administrators_devices"], 0);
    }
    needs_a_yes(&place, &["restored", "confirm"], "No device of an administrator is active");
    assert_eq!(place.json(&["devices", "list"]).get("hand_over"), None);

    place.json(&["restored", "begin"]);
    place.json(&["people", "roles", "Олена", "--role", "administrator"]);
    let said = text(&place.run(&["devices", "list"]).stdout);
    assert!(said.contains("Wait until an administrator's device has been here"), "{said}");
    let confirmed = place.json(&["restored", "confirm"]);
    assert_eq!(confirmed["restored"]["handing_over"], false);
    assert_eq!(confirmed["restored"]["devices"][0]["device"], dispatcher.device.to_string());
}

#[tokio::test]
async fn the_list_of_devices_shows_the_fingerprint_the_device_showed() {
    let place = Place::new();
    let relay = place.serve();
    let code = place.json(&["invite", "--new", "Коваль Іван", "--role", "technician"]);
    let tablet = Tablet::new("Іван");
    let answer = tablet.enrol(&relay, code["invited"]["code"].as_str().unwrap()).await.unwrap();
    let shown = answer.fingerprint.to_string();

    let listed = &place.json(&["devices", "list"])["devices"][0];
    assert_eq!(
        (listed["device"].as_str(), listed["fingerprint"].as_str()),
        (Some(&*tablet.device.to_string()), Some(&*shown))
    );
    let said = text(&place.run(&["devices", "list"]).stdout);
    assert!(said.lines().nth(1).unwrap().contains(&shown), "{said}");
}

#[test]
fn a_second_relay_on_the_same_data_is_refused_and_the_first_goes_on() {
    let place = Place::new();
    let relay = place.serve();
    let second = place.run(&["serve", "--listen", "127.0.0.1:0", "--json"]);
    assert_eq!(failure(&second, 1)["code"], "already_running");
    let migration = place.run(&["migrate", "--json"]);
    assert_eq!(failure(&migration, 1)["code"], "already_running");
    assert!(place.json(&["devices", "list"])["devices"].as_array().unwrap().is_empty());
    drop(relay);
}

#[test]
fn a_port_that_is_taken_is_named() {
    let place = Place::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let failed = failure(&place.run(&["serve", "--listen", &address, "--json"]), 1);
    assert_eq!(failed["code"], "address");
    assert!(failed["happened"].as_str().unwrap().contains(&address));
}

#[test]
fn a_damaged_database_is_left_as_it_is_and_the_way_back_is_said() {
    let place = Place::new();
    place.json(&["migrate"]);
    let database = place.data().join("relay.db");
    let mut bytes = std::fs::read(&database).unwrap();
    bytes[..4096].fill(0x5a);
    std::fs::write(&database, &bytes).unwrap();
    // What was written last would still be read from the log beside the file.
    let log = place.data().join("relay.db-wal");
    if log.exists() {
        std::fs::remove_file(log).unwrap();
    }

    for command in [&["serve", "--json", "--listen", "127.0.0.1:0"][..], &["verify", "--json"][..]] {
        let failed = failure(&place.run(command), 1);
        assert_eq!(failed["code"], "damaged", "{failed}");
        assert!(failed["happened"].as_str().unwrap().starts_with("The database is damaged: "), "{failed}");
        assert_eq!(
            failed["safe"],
            "The file was not changed. Devices keep working, and hold what they wrote."
        );
        assert_eq!(
            failed["next"],
            "Keep a copy of the damaged data folder. Put the newest backup in its place and run `sync-server verify`; \
             docs/OPERATING.md says how. Devices send again what the backup lacks."
        );
    }
    assert_eq!(std::fs::read(&database).unwrap(), bytes);
}

#[test]
fn a_database_that_was_emptied_or_is_gone_is_a_loss_and_no_new_company() {
    for is_gone in [false, true] {
        let place = Place::new();
        place.json(&["migrate"]);
        let database = place.data().join("relay.db");
        let whole = std::fs::read(&database).unwrap();
        if is_gone {
            std::fs::remove_file(&database).unwrap();
        } else {
            std::fs::write(&database, []).unwrap();
        }
        let serve = ["serve", "--json", "--listen", "127.0.0.1:0"];
        for command in [&serve[..], &["migrate", "--json"], &["people", "list", "--json"]] {
            let failed = failure(&place.run(command), 1);
            assert_eq!(failed["code"], "damaged", "{failed}");
            assert!(failed["happened"].as_str().unwrap().contains("is empty or gone"), "{failed}");
            assert!(failed["next"].as_str().unwrap().contains("newest backup"), "{failed}");
        }
        assert_eq!(std::fs::metadata(&database).map_or(0, |file| file.len()), 0, "nothing was made");
        std::fs::write(&database, whole).unwrap();
        assert_eq!(place.json(&["people", "list"])["people"].as_array().map(Vec::len), Some(1));
    }
}

#[test]
fn a_relay_whose_clock_went_back_a_year_does_not_start() {
    let place = Place::new();
    place.json(&["migrate"]);
    let file = std::fs::File::options().append(true).open(place.data().join("relay.db")).unwrap();
    let now = file.metadata().unwrap().modified().unwrap();
    file.set_modified(now + std::time::Duration::from_secs(365 * 86_400)).unwrap();
    let failed = failure(&place.run(&["serve", "--listen", "127.0.0.1:0", "--json"]), 1);
    assert_eq!(failed["code"], "clock");
}

#[test]
fn a_certificate_that_cannot_be_used_is_named() {
    let place = Place::new();
    std::fs::write(place.path().join("c.pem"), "no certificate").unwrap();
    std::fs::write(place.path().join("relay.toml"), "[tls]\ncert = \"c.pem\"\nkey = \"c.pem\"\n").unwrap();
    let failed = failure(&place.run(&["serve", "--config", "relay.toml", "--json"]), 1);
    assert_eq!(failed["code"], "certificate");
}

#[test]
fn a_disk_that_is_full_at_the_start_is_not_called_damage() {
    let place = Place::new();
    place.json(&["migrate", "--workspace", "Teplo Service"]);
    let before = std::fs::read(place.data().join("relay.db")).unwrap();
    for command in ["verify", "serve"] {
        let output = place.run_on_a_small_disk(&[command, "--json"], 1);
        let failed = failure(&output, 1);
        assert_eq!(failed["code"], "data", "{failed}");
        assert!(failed["safe"].as_str().unwrap().contains("not damaged"), "{failed}");
        assert!(failed["next"].as_str().unwrap().contains("Make room"), "{failed}");
    }
    assert_eq!(std::fs::read(place.data().join("relay.db")).unwrap(), before);
}

#[tokio::test]
async fn a_relay_whose_disk_takes_no_more_says_so_everywhere_and_loses_nothing() {
    let place = Place::new();
    place.json(&["migrate", "--workspace", "Teplo Service"]);
    let size = std::fs::metadata(place.data().join("relay.db")).unwrap().len();
    let relay = place.serve_on_a_small_disk(size / 1024 + 512);
    let tablet = Tablet::joined(&place, &relay, "Іван", "technician").await;
    assert_eq!(relay.get("/readyz").await.status(), 200);

    let hired = |number: usize| format!("Коваль Номер{number}");
    let refused = (0..500).find_map(|number| {
        let output = place.run(&["invite", "--new", &hired(number), "--role", "technician", "--json"]);
        (!output.status.success()).then_some((number, output))
    });
    let (kept, output) = refused.expect("the disk is full at last");
    let failed = failure(&output, 1);
    assert_eq!(failed["code"], "data", "{failed}");
    assert!(failed["next"].as_str().unwrap().contains("disk"));

    assert_eq!(relay.get("/readyz").await.status(), 503);
    assert_eq!(relay.get("/livez").await.status(), 200);
    let work = PushRequest { envelopes: vec![tablet.new_customer("Кафе")], ..PushRequest::default() };
    let problem = tablet.post::<_, PushAnswer>(&relay, "/v1/sync/push", &work).await.unwrap_err();
    assert!(matches!(problem.code, ErrorCode::ReadOnly | ErrorCode::StorageFull), "{problem}");
    assert!(problem.retry_after_s.is_some());

    drop(relay);
    assert!(place.json(&["verify"])["verified"]["faults"].as_array().unwrap().is_empty());
    let last = place.json(&["invite", &hired(kept - 1)]);
    assert_eq!(last["invited"]["name"], hired(kept - 1));
}
