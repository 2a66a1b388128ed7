//! The window: wiring between the device library, the screens and the desktop.
//!
//! Nothing is decided here. What a profile's life allows, what is synced and which notices there are is
//! the device library's; what people read is the screens', save the few words a desktop itself shows. What
//! the system gives beside the page is `desktop` or `phone`, two modules with the same functions. The order
//! of the start matters: a second start for the same profile ends in the first one's window before anything
//! of the profile is touched.

mod commands;
#[cfg(desktop)]
mod desktop;
mod events;
mod keyring;
mod language;
mod links;
mod outside;
#[cfg(mobile)]
mod phone;
#[cfg(target_os = "linux")]
mod rendering;
mod window;

use std::sync::Arc;

use halyard_device::life::Life;
use halyard_device::{ThisMachine, place};
use tauri::{App, Manager, RunEvent};

#[cfg(desktop)]
use crate::desktop as system;
use crate::links::Pending;
#[cfg(mobile)]
use crate::phone as system;

/// Starts the window and stays until it has ended. A window that cannot be made ends the program with status 1,
/// so that whatever started it knows.
#[cfg_attr(any(target_os = "android", target_os = "ios"), tauri::mobile_entry_point)]
pub fn run() {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    if let Err(error) = show() {
        tracing::error!(error = %events::chain(&error), "Halyard has no window; nothing was changed");
        std::process::exit(1);
    }
}

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
enum NoWindow {
    #[error("the system has no folder for the data of programs; set HALYARD_PROFILE to one")]
    NoFolder,
    #[cfg(target_os = "linux")]
    #[error(
        "no display can be opened; start Halyard in a graphical session, or set DISPLAY to one that runs"
    )]
    NoDisplay,
    #[error("the window could not be made")]
    NotMade(#[from] tauri::Error),
}

fn show() -> Result<(), NoWindow> {
    #[cfg(target_os = "linux")]
    {
        rendering::suit_this_machine();
        // Without it the toolkit itself would end the program, with a trace for its authors.
        gtk::init().map_err(|_| NoWindow::NoDisplay)?;
    }
    let folder = place::folder(None).ok_or(NoWindow::NoFolder)?;
    let app = system::prepare(tauri::Builder::default(), &folder)
        .plugin(tauri_plugin_deep_link::init())
        // Links are followed by our own command, which answers whether the system could.
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .manage(Pending::default())
        .setup(move |app| {
            start(app, folder)?;
            Ok(())
        })
        .invoke_handler(commands::handler())
        .build(tauri::generate_context!())?;
    app.run(|app, event| {
        if matches!(event, RunEvent::Exit)
            && let Some(life) = app.try_state::<Arc<Life>>()
        {
            tauri::async_runtime::block_on(life.end());
        }
    });
    Ok(())
}

fn start(app: &mut App, folder: std::path::PathBuf) -> tauri::Result<()> {
    let runtime = tauri::async_runtime::handle().inner().clone();
    let life = Life::new(folder, keyring::of_this_system(), Arc::new(ThisMachine), runtime);
    let events = life.events();
    app.manage(Arc::clone(&life));
    // The profile opens while the window is made. The page asks nothing before this function ends.
    let opening = Arc::clone(&life);
    let begun = tauri::async_runtime::spawn(async move { opening.begin().await });
    links::listen(app);
    system::begin(app);
    let opened = window::open(app, life.folder());
    match tauri::async_runtime::block_on(begun)? {
        Ok(()) => {}
        Err(error) => tracing::error!(error = %events::chain(&error), "the profile could not be opened"),
    }
    opened?;
    tauri::async_runtime::spawn(events::follow(app.handle().clone(), events));
    tauri::async_runtime::spawn(events::lock_when_idle(life));
    Ok(())
}
