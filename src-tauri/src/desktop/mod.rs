//! What a desktop has beside the page: one window for each profile, found where it was left; an icon in the
//! tray, notices, and the few words of both. A phone has `phone`, with the same functions.

mod notices;
mod place;
mod profile;
mod tray;
mod words;

use std::path::Path;

use halyard_device::notices::Notice;
use tauri::{App, AppHandle, Builder, Manager, WebviewWindow, WebviewWindowBuilder, Wry};

use self::profile::ProfileName;
use self::words::Spoken;
use crate::language::Lang;
use crate::window;

pub(crate) use self::place::moved;

/// Adds what has to be there before the window. A second start for the same profile ends in the first of
/// these plugins, before anything else happens.
pub(crate) fn prepare(builder: Builder<Wry>, profile: &Path) -> Builder<Wry> {
    let name = ProfileName::of(profile);
    let single = tauri_plugin_single_instance::Builder::new()
        .dbus_id(name.bus_id())
        .callback(|app, _arguments, _folder| window::show(app))
        .build();
    builder
        .plugin(single)
        .plugin(place::keeper(name.window_state_file()))
        .manage(place::Moves::default())
        .manage(Spoken::kept_in(profile))
}

/// Shows what stands there while there is no window.
pub(crate) fn begin(app: &App) {
    tray::show(app);
}

/// Gives the window its name and size. What the page keeps for itself (theme, language) lies in the
/// profile's folder.
pub(crate) fn shape<'a>(
    builder: WebviewWindowBuilder<'a, Wry, App>,
    profile: &Path,
) -> WebviewWindowBuilder<'a, Wry, App> {
    builder
        .title("Halyard")
        .inner_size(1280.0, 700.0)
        .min_inner_size(360.0, 560.0)
        .data_directory(profile.join("page"))
        // A number that no program calls is copied for the person.
        .enable_clipboard_access()
        // Files dropped on the window are the page's: it imports them.
        .disable_drag_drop_handler()
}

/// Brings the window to the front, wherever it is.
pub(crate) fn bring_to_front(window: &WebviewWindow) {
    let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window could not be brought to the front");
    }
}

/// Whether a closed window leaves the program running: only where there is a way back to it.
pub(crate) fn stays_when_closed(app: &AppHandle) -> bool {
    tray::is_there(app)
}

/// Shows a notice where people see it without the window.
pub(crate) fn notify(app: &AppHandle, notice: &Notice) {
    notices::show(app, notice);
}

/// Speaks another language from now on.
pub(crate) fn speak(app: &AppHandle, lang: Lang) {
    app.state::<Spoken>().speak(lang);
    tray::translate(app);
}
