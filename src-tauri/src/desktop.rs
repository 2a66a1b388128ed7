//! What only a desktop has: one window for each profile, which is found where it was left.

use tauri::{Builder, Wry};
use tauri_plugin_window_state::StateFlags;

use crate::profile::ProfileName;
use crate::window;

/// Adds the plugins of a desktop. The first one ends a second start before anything else happens.
pub(crate) fn plugins(builder: Builder<Wry>, profile: &ProfileName) -> Builder<Wry> {
    let single = tauri_plugin_single_instance::Builder::new()
        .dbus_id(profile.bus_id())
        .callback(|app, _arguments, _folder| window::show(app))
        .build();
    let place = tauri_plugin_window_state::Builder::new()
        .with_filename(profile.window_state_file())
        .with_state_flags(StateFlags::POSITION | StateFlags::SIZE | StateFlags::MAXIMIZED)
        .build();
    builder.plugin(single).plugin(place)
}
