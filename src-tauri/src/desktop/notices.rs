//! Notices on the desktop. Which ones there are is the device library's to say; the page lists them all,
//! so a desktop without a service for them loses nothing but the bubble.

use halyard_device::notices::Notice;
use notify_rust::Notification;
use tauri::{AppHandle, Manager};

use super::words::{self, Spoken};
use crate::links::{self, Target};

/// What notification services call a click on the bubble itself.
const CLICK: &str = "default";

/// What a service says it can when it reads markup in the body.
#[cfg(all(unix, not(target_os = "macos")))]
const MARKUP: &str = "body-markup";

/// Shows a notice, and where it leads when it is clicked. Returns at once: services answer late or never.
pub(super) fn show(app: &AppHandle, notice: &Notice) {
    let lang = app.state::<Spoken>().lang();
    let words = words::of_notice(notice, lang);
    let (app, target) = (app.clone(), Target::Notice { notice: notice.clone() });
    let thread = std::thread::Builder::new().name("notice".to_owned());
    let started = thread.spawn(move || {
        let mut bubble = Notification::new();
        bubble.appname("Halyard").summary(&words.summary).body(&as_it_is_read(words.body)).icon("halyard");
        bubble.action(CLICK, &words.open);
        match bubble.show() {
            Ok(shown) => wait_for_click(shown, &app, target),
            Err(error) => tracing::info!(%error, "the desktop shows no notices; the page lists them"),
        }
    });
    if let Err(error) = started {
        tracing::warn!(%error, "a notice could not be shown");
    }
}

/// A text as this desktop's service reads it. Names are what people typed, and most services take `<` for markup: a
/// customer could be called a link. One that does not say what it reads is taken for one of these.
#[cfg(all(unix, not(target_os = "macos")))]
fn as_it_is_read(text: String) -> String {
    let reads_markup =
        notify_rust::get_capabilities().map_or(true, |all| all.iter().any(|one| one == MARKUP));
    if reads_markup { escaped(&text) } else { text }
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn as_it_is_read(text: String) -> String {
    // These systems show a text as it is.
    text
}

#[cfg(all(unix, not(target_os = "macos")))]
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(all(unix, not(target_os = "macos")))]
fn wait_for_click(shown: notify_rust::NotificationHandle, app: &AppHandle, target: Target) {
    shown.wait_for_action(|action| {
        if action == CLICK {
            links::go_to(app, target);
        }
    });
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn wait_for_click<Shown>(_shown: Shown, _app: &AppHandle, _target: Target) {
    // These systems tell no clicks here: the page's list leads there.
}
