//! Whether this desktop shows icons of the tray. Many do not, and tell it on the message bus.

use gtk::gio;
use gtk::glib::{Variant, VariantTy};
use gtk::prelude::*;

/// Who knows it, by the protocol of status notifiers.
const WATCHER: &str = "org.kde.StatusNotifierWatcher";
/// A person has closed the window and waits, milliseconds.
const PATIENCE_MS: i32 = 500;

/// Whether somebody shows them now. Who knows it and is slow to answer has a tray.
pub(super) fn is_shown() -> bool {
    asked().unwrap_or_else(|error| {
        let is_slow = error.matches(gio::IOErrorEnum::TimedOut);
        tracing::info!(%error, is_slow, "the desktop did not say that it shows a tray");
        is_slow
    })
}

fn asked() -> Result<bool, gtk::glib::Error> {
    let bus = gio::bus_get_sync(gio::BusType::Session, gio::Cancellable::NONE)?;
    let answer = bus.call_sync(
        Some(WATCHER),
        "/StatusNotifierWatcher",
        "org.freedesktop.DBus.Properties",
        "Get",
        Some(&(WATCHER, "IsStatusNotifierHostRegistered").to_variant()),
        Some(VariantTy::TUPLE),
        gio::DBusCallFlags::NO_AUTO_START,
        PATIENCE_MS,
        gio::Cancellable::NONE,
    )?;
    Ok(answer.child_value(0).get::<Variant>().and_then(|shown| shown.get()).unwrap_or(false))
}
