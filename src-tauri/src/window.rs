//! The one window.

use std::path::Path;

use tauri::{App, AppHandle, Manager, WebviewUrl, WebviewWindowBuilder, WindowEvent};

const MAIN: &str = "main";

/// Makes the window. What the page keeps for itself (theme, language) lies in the profile's folder.
pub(crate) fn open(app: &App, profile: &Path) -> tauri::Result<()> {
    let builder = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default());
    #[cfg(desktop)]
    let builder = builder
        .title("Halyard")
        .inner_size(1280.0, 700.0)
        .min_inner_size(360.0, 560.0)
        .data_directory(profile.join("page"))
        // Files dropped on the window are the page's: it imports them.
        .disable_drag_drop_handler();
    #[cfg(mobile)]
    let _ = profile;
    let window = builder.build()?;
    let handle = app.handle().clone();
    window.clone().on_window_event(move |event| match event {
        WindowEvent::CloseRequested { api, .. } if stays_in_tray(&handle) => {
            api.prevent_close();
            if let Err(error) = window.hide() {
                tracing::warn!(%error, "the window could not be hidden");
            }
        }
        #[cfg(desktop)]
        WindowEvent::Resized(_) | WindowEvent::Moved(_) => crate::desktop::moved(&handle),
        _ => {}
    });
    Ok(())
}

/// Brings the window to the front, wherever it is.
pub(crate) fn show(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    #[cfg(desktop)]
    {
        let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
        if let Err(error) = shown {
            tracing::warn!(%error, "the window could not be brought to the front");
        }
    }
    #[cfg(mobile)]
    let _ = window;
}

/// Whether a closed window leaves the program running: only where there is a way back to it.
fn stays_in_tray(app: &AppHandle) -> bool {
    #[cfg(desktop)]
    return crate::tray::is_there(app);
    #[cfg(mobile)]
    return {
        let _ = app;
        false
    };
}
