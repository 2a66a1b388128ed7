//! The one window.

use std::path::Path;

use tauri::{App, AppHandle, Manager, WebviewUrl, WebviewWindowBuilder, WindowEvent};

use crate::{outside, system};

const MAIN: &str = "main";

/// Makes the window.
pub(crate) fn open(app: &App, profile: &Path) -> tauri::Result<()> {
    let builder = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default());
    let handle = app.handle().clone();
    let window = outside::keep_out(system::shape(builder, profile), &handle).build()?;
    window.clone().on_window_event(move |event| match event {
        WindowEvent::CloseRequested { api, .. } if system::stays_when_closed(&handle) => {
            api.prevent_close();
            if let Err(error) = window.hide() {
                tracing::warn!(%error, "the window could not be hidden");
            }
        }
        WindowEvent::Resized(_) | WindowEvent::Moved(_) => system::moved(&handle),
        _ => {}
    });
    Ok(())
}

/// Brings the window to the front, wherever it is.
pub(crate) fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        system::bring_to_front(&window);
    }
}
