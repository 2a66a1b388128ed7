//! What a phone has beside the page: nothing. The system itself keeps one window, brings it to the front and
//! ends it, and the page lists every notice. A desktop has `desktop`, with the same functions.

use std::path::Path;

use halyard_device::notices::Notice;
use tauri::{App, AppHandle, Builder, WebviewWindow, WebviewWindowBuilder, Wry};

use crate::language::Lang;

/// Adds nothing.
pub(crate) fn prepare(builder: Builder<Wry>, _profile: &Path) -> Builder<Wry> {
    builder
}

/// Nothing stands there without the window.
pub(crate) fn begin(_app: &App) {}

/// The window is as large as the screen.
pub(crate) fn shape<'a>(
    builder: WebviewWindowBuilder<'a, Wry, App>,
    _profile: &Path,
) -> WebviewWindowBuilder<'a, Wry, App> {
    builder
}

/// The window does not move.
pub(crate) fn moved(_app: &AppHandle) {}

/// The system does it.
pub(crate) fn bring_to_front(_window: &WebviewWindow) {}

/// The system decides it.
pub(crate) fn stays_when_closed(_app: &AppHandle) -> bool {
    false
}

/// The page lists it.
pub(crate) fn notify(_app: &AppHandle, _notice: &Notice) {}

/// Only the page speaks.
pub(crate) fn speak(_app: &AppHandle, _lang: Lang) {}
