//! Links out of the app: the system opens what it has a program for, and the window shows the app whatever a
//! page asks for.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use halyard_window_tests::{Desktop, Window, until};
use serde_json::json;

const PRESS: &str = "const link = document.createElement('a'); link.href = arguments[0]; \
     document.body.append(link); link.click(); link.remove();";

/// Gives the desktop a program with maps. Answers the file that it writes the places it is given to.
fn with_maps(desktop: &Desktop) -> PathBuf {
    let applications = desktop.folder().join("data").join("applications");
    let (program, places) = (desktop.folder().join("maps"), desktop.folder().join("places"));
    fs::create_dir(&applications).unwrap();
    fs::write(&program, format!("#!/bin/sh\necho \"$1\" >> '{}'\n", places.display())).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let entry = format!(
        "[Desktop Entry]\nType=Application\nName=Maps\nExec={} %u\nMimeType=x-scheme-handler/geo;\n",
        program.display()
    );
    fs::write(applications.join("maps.desktop"), entry).unwrap();
    let chosen = "[Default Applications]\nx-scheme-handler/geo=maps.desktop\n";
    fs::write(desktop.folder().join("config").join("mimeapps.list"), chosen).unwrap();
    places
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_out_of_the_app_is_the_systems_and_the_app_stays() {
    let desktop = Desktop::start(1366, 768).unwrap();
    let places = with_maps(&desktop);
    let window = Window::open(&desktop, &desktop.profile("olena")).await.unwrap();
    window.call_until("stage", |stage| stage["is"] == "new").await.unwrap();
    window.sees(&["Підключитися"]).await.unwrap();

    window.client.execute(PRESS, vec![json!("geo:50.45,30.52")]).await.unwrap();
    let opened = async || Ok(fs::read_to_string(&places).is_ok_and(|one| one == "geo:50.45,30.52\n"));
    until("the map is opened", opened).await.unwrap();

    window.client.execute(PRESS, vec![json!("tel:+380441234567")]).await.unwrap();
    let told = "Немає програми для дзвінків. Скопійовано: +380441234567";
    window.sees(&["Підключитися", told]).await.unwrap();

    // What the page does not see itself: the window goes nowhere, and the system is asked as well.
    fs::remove_file(&places).unwrap();
    for link in ["tel:+380441234567", "geo:50.45,30.52"] {
        window.client.execute("location.href = arguments[0]", vec![json!(link)]).await.unwrap();
    }
    until("the map is opened", opened).await.unwrap();
    window.client.execute("open(arguments[0])", vec![json!("tel:+380441234567")]).await.unwrap();
    window.sees(&["Підключитися"]).await.unwrap();
    assert_eq!(window.client.windows().await.unwrap().len(), 1, "a second window was opened");
}
