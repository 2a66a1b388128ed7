//! The commands of `sync-server` as a person and a script meet them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a helper of a test fails by panicking"
)]

mod support;

use serde_json::Value;

use support::{Place, Tablet, failure, text};

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
