//! Every scenario of the benchmarks still runs on our side. What it measures of a debug build means
//! nothing; that it measures says that device, relay and the figures fit together.
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use halyard_tests::bench::{OURS, Options, Report, Scenario, run};
use serde_json::Value;

/// The least company: its directories alone are more than a hundred records.
const RECORDS: usize = 360;

fn measured(names: &[&str]) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        folder: folder.path().join("bench"),
        peer: None,
        window: false,
        rounds: 1,
        samples: 10,
        most_records: RECORDS,
    };
    let scenarios: Vec<Scenario> = names.iter().map(|name| name.parse().unwrap()).collect();
    run(&scenarios, &options, &mut |_| {}).unwrap()
}

fn figure(json: &Value, scenario: &str, system: &str, name: &str) -> f64 {
    let found = json.pointer(&format!("/scenarios/{scenario}/{system}/{name}"));
    found.and_then(Value::as_f64).unwrap_or_else(|| panic!("no {name} of {system} in {scenario}: {json}"))
}

#[test]
fn every_scenario_is_measured_on_our_side() {
    let first = format!("first_sync_{RECORDS}");
    let reconnect = format!("reconnect_{RECORDS}");
    let idle = format!("idle_{RECORDS}");
    let json = measured(&["edit", "merge_1", &first, &reconnect, &idle]).json();

    // That the edits are on the disk is asked by the measuring itself, which fails otherwise.
    for system in [OURS, "fsync"] {
        assert!(figure(&json, "edit", system, "p50_ms") > 0.0);
    }
    for system in [OURS, "bare_merge", "bare_sqlite"] {
        assert!(figure(&json, "merge_1", system, "per_s") > 0.0);
    }
    let down = |scenario: &str, system: &str| figure(&json, scenario, system, "bytes_down");
    assert!(
        down(&first, "halyard_watermark_0") > down(&first, OURS),
        "signed headers travel without a backup"
    );
    assert!(down(&first, OURS) > down(&reconnect, OURS));
    assert!(down(&reconnect, OURS) > down(&idle, OURS));
    let requests = figure(&json, &idle, OURS, "requests");
    assert!(requests < 1.5, "nothing new is one question and not {requests}");
    let idle = figure(&json, &idle, OURS, "bytes_up") + down(&idle, OURS);
    assert!(idle < 1024.0, "coming back to nothing took {idle} bytes");
    assert!(json.pointer("/machine/cores").is_some());
}

#[test]
fn lists_are_measured_on_the_devices_own_database() {
    let json = measured(&["list_60"]).json();

    for name in ["open_p99_ms", "filter_p99_ms", "search_p99_ms", "sort_p99_ms", "count_p99_ms"] {
        assert!(figure(&json, "list_60", OURS, name) > 0.0);
    }
}

#[test]
fn a_start_is_measured_until_the_day_is_there() {
    let name = format!("cold_start_{RECORDS}");
    assert!(figure(&measured(&[&name]).json(), &name, OURS, "ready_ms") > 0.0);
}
