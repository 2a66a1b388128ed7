//! The window: wiring between the device library, the screens and the desktop.
//!
//! Nothing is decided here. What a profile's life allows, what is synced and which notices there are is
//! the device library's; what people read is the screens', save the few words the desktop itself shows
//! ([`words`]). The order of the start matters: a second start for the same profile ends in the first
//! one's window before anything of the profile is touched.

mod commands;
#[cfg(desktop)]
mod desktop;
mod events;
mod keyring;
mod links;
#[cfg(desktop)]
mod notices;
mod profile;
#[cfg(target_os = "linux")]
mod rendering;
#[cfg(desktop)]
mod tray;
mod window;
mod words;

use std::sync::Arc;

use halyard_device::life::Life;
use halyard_device::{ThisMachine, place};
use tauri::{App, Manager, RunEvent};

use crate::links::Pending;
use crate::profile::ProfileName;
use crate::words::Spoken;

/// Starts the window and stays until it has ended.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    #[cfg(target_os = "linux")]
    rendering::suit_this_machine();
    let Some(folder) = place::folder(None) else {
        tracing::error!("the system has no folder for the data of programs; set HALYARD_PROFILE");
        return;
    };
    let name = ProfileName::of(&folder);
    let mut builder = tauri::Builder::default();
    #[cfg(desktop)]
    {
        builder = desktop::plugins(builder, &name);
    }
    let built = builder
        .plugin(tauri_plugin_deep_link::init())
        .manage(name)
        .manage(Pending::default())
        .manage(Spoken::kept_in(&folder))
        .setup(move |app| {
            start(app, folder)?;
            Ok(())
        })
        .invoke_handler(commands::handler())
        .build(tauri::generate_context!());
    match built {
        Ok(app) => app.run(|app, event| {
            if matches!(event, RunEvent::Exit)
                && let Some(life) = app.try_state::<Arc<Life>>()
            {
                tauri::async_runtime::block_on(life.end());
            }
        }),
        Err(error) => tracing::error!(%error, "the window could not be made"),
    }
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
    #[cfg(desktop)]
    tray::show(app);
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
