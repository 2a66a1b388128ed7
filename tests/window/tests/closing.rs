//! A closed window: where the desktop has a tray it waits there, and nowhere else.
#![cfg(target_os = "linux")]

use halyard_window_tests::{Desktop, Tray, Window, frame, until};
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_window_ends_the_program_where_nobody_shows_its_icon() {
    let desktop = Desktop::start(1366, 768).unwrap();
    let window = Window::open(&desktop, &desktop.profile("olena")).await.unwrap();
    window.call_until("stage", |stage| stage["is"] == "new").await.unwrap();
    frame::press_cross(&desktop).unwrap();
    until("the program has ended", async || Ok(!window.runs())).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_window_waits_in_the_tray_and_comes_back_as_it_was() {
    let desktop = Desktop::start(1366, 768).unwrap();
    let mut tray = Tray::on(&desktop).await.unwrap();
    let window = Window::open(&desktop, &desktop.profile("olena")).await.unwrap();
    window.call_until("stage", |stage| stage["is"] == "new").await.unwrap();
    tray.next().await.unwrap();
    window.client.execute("window.here = 'still'", Vec::new()).await.unwrap();

    frame::press_cross(&desktop).unwrap();
    until("the window is not seen", async || Ok(frame::seen(&desktop)? == 0)).await.unwrap();
    assert!(window.runs());

    window.start_again(&desktop, &[]).await.unwrap();
    until("the window is seen again", async || Ok(frame::seen(&desktop)? == 1)).await.unwrap();
    let here = window.client.execute("return window.here", Vec::new()).await.unwrap();
    assert_eq!(here, "still");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_menu_of_the_tray_speaks_the_windows_language_leads_back_to_it_and_ends_it() {
    let desktop = Desktop::start(1366, 768).unwrap();
    let mut tray = Tray::on(&desktop).await.unwrap();
    let window = Window::open(&desktop, &desktop.profile("olena")).await.unwrap();
    window.call_until("stage", |stage| stage["is"] == "new").await.unwrap();
    let icon = tray.next().await.unwrap();
    let ukrainian = ["Відкрити Halyard", "Обмінятися з офісом", "Заблокувати", "Завершити роботу"];
    assert_eq!(icon.menu().await.unwrap(), ukrainian);

    let speak = "window.__TAURI_INTERNALS__.invoke('speak', { lang: arguments[0] })";
    window.client.execute(speak, vec![json!("en")]).await.unwrap();
    let english = ["Open Halyard", "Sync now", "Lock", "Quit"];
    until("the menu speaks English", async || Ok(icon.menu().await? == english)).await.unwrap();

    frame::press_cross(&desktop).unwrap();
    until("the window is not seen", async || Ok(frame::seen(&desktop)? == 0)).await.unwrap();
    icon.choose("Open Halyard").await.unwrap();
    until("the window is seen again", async || Ok(frame::seen(&desktop)? == 1)).await.unwrap();
    icon.choose("Quit").await.unwrap();
    until("the program has ended", async || Ok(!window.runs())).await.unwrap();
}
