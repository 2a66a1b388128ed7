//! The icon in the tray: the way back to a closed window.
//!
//! On Linux it needs the library of indicators and a desktop that shows them. The library panics when it
//! is missing, which is caught: then there is no icon, and closing the window ends the program.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use halyard_device::life::Life;
use halyard_device::sync::Told;
use tauri::menu::{MenuBuilder, MenuItemBuilder};
use tauri::tray::TrayIconBuilder;
use tauri::{App, AppHandle, Manager};

use super::words::{Spoken, Word};
use crate::window;

#[cfg(target_os = "linux")]
mod shown;

const ID: &str = "main";
const ENTRIES: [(&str, Word); 4] =
    [("open", Word::Open), ("sync", Word::SyncNow), ("lock", Word::Lock), ("end", Word::End)];

/// Shows the icon where that is possible.
pub(super) fn show(app: &App) {
    match catch_unwind(AssertUnwindSafe(|| build(app.handle()))) {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "no icon in the tray"),
        Err(_) => tracing::warn!("no icon in the tray: the system has no library for it"),
    }
}

/// Whether there is an icon to come back by, and somebody shows it: on Linux it is made in any case.
pub(super) fn is_there(app: &AppHandle) -> bool {
    let is_there = app.tray_by_id(ID).is_some();
    #[cfg(target_os = "linux")]
    let is_there = is_there && shown::is_shown();
    is_there
}

/// Writes the menu in the language spoken now.
pub(super) fn translate(app: &AppHandle) {
    let Some(tray) = app.tray_by_id(ID) else { return };
    if let Err(error) = menu(app).and_then(|menu| tray.set_menu(Some(menu))) {
        tracing::warn!(%error, "the menu of the tray keeps its language");
    }
}

fn build(app: &AppHandle) -> tauri::Result<()> {
    let mut builder = TrayIconBuilder::with_id(ID).tooltip("Halyard").menu(&menu(app)?);
    if let Some(icon) = app.default_window_icon() {
        builder = builder.icon(icon.clone());
    }
    builder.on_menu_event(|app, event| chosen(app, event.id().as_ref())).build(app)?;
    Ok(())
}

fn menu(app: &AppHandle) -> tauri::Result<tauri::menu::Menu<tauri::Wry>> {
    let lang = app.state::<Spoken>().lang();
    let mut builder = MenuBuilder::new(app);
    for (id, word) in ENTRIES {
        builder = builder.item(&MenuItemBuilder::with_id(id, word.say(lang)).build(app)?);
    }
    builder.build()
}

fn chosen(app: &AppHandle, entry: &str) {
    let life = Arc::clone(&app.state::<Arc<Life>>());
    match entry {
        "open" => window::show(app),
        "sync" => life.tell(Told::Asked),
        "lock" => drop(tauri::async_runtime::spawn(async move { life.lock().await })),
        "end" => app.exit(0),
        other => tracing::warn!(entry = other, "an unknown entry of the tray's menu"),
    }
}
