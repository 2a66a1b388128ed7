//! What only a desktop has: links from outside, and words of its own.

use tauri::{AppHandle, State};

use crate::links::{Pending, Target};
use crate::words::{Lang, Spoken};

/// The link that waits, once.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "a command owns what it is given")]
pub(super) fn take_link(pending: State<'_, Pending>) -> Option<Target> {
    pending.take()
}

/// Tells which language the desktop's own words are in.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "a command owns what it is given")]
pub(super) fn speak(app: AppHandle, spoken: State<'_, Spoken>, lang: Lang) {
    spoken.speak(lang);
    #[cfg(desktop)]
    crate::tray::translate(&app);
    #[cfg(mobile)]
    let _ = app;
}
