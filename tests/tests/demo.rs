//! The demo company comes through the write path of everybody's work, and the relay agrees with it.

use std::io::Read as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};

use halyard_tests::harness::{Office, RelayFolder, program};
use serde_json::json;

#[test]
fn a_story_stopped_while_its_company_is_made_says_so_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let log = std::fs::File::create(folder.path().join("log")).unwrap();
    let temporary = folder.path().join("temporary");
    std::fs::create_dir(&temporary).unwrap();
    let mut story = Command::new(program("story").unwrap());
    story.env("TMPDIR", &temporary).process_group(0).stdin(Stdio::null());
    let mut story = story.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
    let mut said = vec![0; 8];
    let mut heard = story.stdout.take().unwrap();
    heard.read_exact(&mut said).unwrap();
    // As a terminal does: to everything that runs there.
    let stop = Command::new("kill").args(["-INT", "--", &format!("-{}", story.id())]).status().unwrap();
    assert!(stop.success());
    heard.read_to_end(&mut said).unwrap();
    let said = String::from_utf8(said).unwrap();
    let ended = story.wait().unwrap();
    assert!(ended.success() && said.ends_with("\nStopped. Nothing is left running.\n"), "{ended}: {said}");
    assert!(!said.contains("could not be made"), "{said}");
    assert_eq!(std::fs::read_to_string(folder.path().join("log")).unwrap(), "");
    assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 0, "something is left");
}

#[test]
fn the_small_company_is_accepted_whole_and_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let relay = RelayFolder::new(&folder.path().join("relay"), "Демо Сервіс").unwrap();
    let mut told = Vec::new();
    relay.fill_with_demo("small", &mut |line| told.push(line.to_owned())).unwrap();
    assert!(told.last().is_some_and(|line| line.starts_with("100 %")), "{told:?}");
    relay.admin(&["verify"]).unwrap();
    let office = Office::in_folder(relay.data()).unwrap();
    let count =
        |table: &str| office.rows(&format!("SELECT count(*) FROM {table}"), &[]).unwrap()[0][0].clone();
    let found = ["customer", "equipment", "service_card", "visit", "complaint"].map(count);
    assert_eq!(found, ["12", "25", "30", "81", "9"]);
    let people = relay.admin(&["people", "list"]).unwrap();
    let idle: Vec<_> =
        people["people"].as_array().unwrap().iter().filter(|one| one["roles"] == json!([])).collect();
    assert!(idle.is_empty(), "everybody has a role: {idle:?}");
}
