//! The program of the window where there can be none.
#![cfg(target_os = "linux")]

use std::process::Command;

#[test]
fn without_a_display_it_says_so_and_touches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("profile");
    let started = Command::new(env!("CARGO_BIN_EXE_halyard-app"))
        .env("HALYARD_PROFILE", &profile)
        .env("DISPLAY", ":4094")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    let said = String::from_utf8(started.stderr).unwrap();
    assert_eq!(started.status.code(), Some(1), "{said}");
    assert!(said.contains("no display can be opened"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    assert!(!profile.exists());
}
