//! What only a desktop has: one window for each profile, which is found where it was left.
//!
//! The plugin writes where the window stood when the program ends by itself. A system that shuts down ends it
//! without asking, so it is written too whenever the window rests.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tauri::{AppHandle, Builder, Manager, Wry};
use tauri_plugin_window_state::{AppHandleExt, StateFlags};

use crate::profile::ProfileName;
use crate::window;

/// What is kept of a window.
const KEPT: StateFlags = StateFlags::POSITION.union(StateFlags::SIZE).union(StateFlags::MAXIMIZED);
/// How long a window stands still before its place is written.
const REST: Duration = Duration::from_millis(700);

/// How often the window was moved or got another size.
#[derive(Default)]
pub(crate) struct Moves(AtomicU64);

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

/// Adds the plugins of a desktop. The first one ends a second start before anything else happens.
pub(crate) fn plugins(builder: Builder<Wry>, profile: &ProfileName) -> Builder<Wry> {
    let single = tauri_plugin_single_instance::Builder::new()
        .dbus_id(profile.bus_id())
        .callback(|app, _arguments, _folder| window::show(app))
        .build();
    let place = tauri_plugin_window_state::Builder::new()
        .with_filename(profile.window_state_file())
        .with_state_flags(KEPT)
        .build();
    builder.plugin(single).plugin(place).manage(Moves::default())
}
