//! Starts that are refused, and data that is damaged, gone or in use: what the commands say then.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a helper of a test fails by panicking"
)]

mod support;

use std::net::TcpListener;

use halyard_protocol::problem::ErrorCode;
use halyard_protocol::push::{PushAnswer, PushRequest};

use support::{Place, Tablet, failure};

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

/// The first pages are whole, so that the damage is met by what reads the company and not by the opening.
#[test]
fn a_database_that_is_damaged_inside_is_told_as_damage_and_not_as_a_full_disk() {
    let place = Place::new();
    place.json(&["migrate"]);
    let connection = place.database();
    let of_tables = "SELECT pageno FROM dbstat WHERE name IN ('workspace', 'log', 'change')";
    let pages: Vec<usize> = {
        let mut statement = connection.prepare(of_tables).unwrap();
        statement
            .query_map([], |row| row.get::<_, u32>(0))
            .unwrap()
            .map(|page| page.unwrap() as usize)
            .collect()
    };
    drop(connection);
    let database = place.data().join("relay.db");
    let mut bytes = std::fs::read(&database).unwrap();
    for page in pages {
        bytes[(page - 1) * 4096..][..4096].fill(0x5a);
    }
    std::fs::write(&database, &bytes).unwrap();

    let failed = failure(&place.run(&["verify", "--json"]), 1);

    assert_eq!(failed["code"], "damaged", "{failed}");
    assert!(failed["next"].as_str().unwrap().contains("go back to a backup"), "{failed}");
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
