//! A window is found where it was left.
//!
//! The plugin writes where the window stood when the program ends by itself. A system that shuts down ends it
//! without asking, so it is written too whenever the window rests.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_window_state::{AppHandleExt, StateFlags};

/// What is kept of a window.
const KEPT: StateFlags = StateFlags::POSITION.union(StateFlags::SIZE).union(StateFlags::MAXIMIZED);
/// How long a window stands still before its place is written.
const REST: Duration = Duration::from_millis(700);

/// How often the window was moved or got another size.
#[derive(Default)]
pub(super) struct Moves(AtomicU64);

/// The window was moved or got another size: its place is written once it rests.
#[expect(
    clippy::disallowed_methods,
    reason = "rest is a time in which nothing happens: there is nothing to wait for"
)]
pub(crate) fn moved(app: &AppHandle) {
    let this = app.state::<Moves>().0.fetch_add(1, Ordering::SeqCst) + 1;
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(REST).await;
        if app.state::<Moves>().0.load(Ordering::SeqCst) != this {
            return;
        }
        // Where a window stands is asked and kept on the main thread: elsewhere the two would wait for each other.
        let handle = app.clone();
        let written = app.run_on_main_thread(move || {
            if let Err(error) = handle.save_window_state(KEPT) {
                tracing::warn!(%error, "where the window stands could not be written");
            }
        });
        if let Err(error) = written {
            tracing::warn!(%error, "where the window stands was not asked");
        }
    });
}

/// What writes the window's place into a file of this name, and reads it at the start.
pub(super) fn keeper(file: String) -> TauriPlugin<Wry> {
    tauri_plugin_window_state::Builder::new().with_filename(file).with_state_flags(KEPT).build()
}
