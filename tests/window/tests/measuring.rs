//! What `cargo xtask bench` measures at the window: that it finds everything it measures. The figures of a debug
//! build mean nothing.
#![cfg(target_os = "linux")]

use halyard_tests::harness::TestDevice;
use halyard_tests::story;
use halyard_window_tests::measure;
use serde_json::Value;

fn figures(told: &Value, names: &[&str]) {
    for name in names {
        assert!(told[name].as_f64().is_some_and(|figure| figure > 0.0), "{name} in {told}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_start_and_the_use_of_a_journal_are_measured_and_leave_the_profile_free() {
    let folder = tempfile::tempdir().unwrap();
    drop(story::open(folder.path(), "small", &mut |_| {}).await.unwrap());
    let profile = |name| TestDevice::profile(folder.path(), name);
    figures(&measure::cold_start(&profile("first")).await.unwrap(), &["painted_ms"]);
    TestDevice::open(folder.path(), "first").unwrap();
    let used = measure::journal(&profile("dispatcher")).await.unwrap();
    figures(&used, &["window_open_ms", "window_scroll_longest_ms", "window_filter_ms"]);
    figures(&used, &["window_search_ms", "window_mb"]);
}
