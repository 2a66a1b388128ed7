//! What the page and the desktop are told without asking.
//!
//! `app` carries every event of the device library, `link` says that a link waits. A page that missed one
//! asks for the same by command.

use std::sync::Arc;
use std::time::Duration;

use halyard_device::AppEvent;
use halyard_device::life::{Life, LifeEvents};
use tauri::{AppHandle, Emitter};

use crate::system;

/// How often it is looked whether the profile is idle.
const IDLE_LOOK: Duration = Duration::from_secs(30);

/// Tells of everything that happens, until the program ends.
pub(crate) async fn follow(app: AppHandle, mut events: LifeEvents) {
    while let Some(event) = events.next().await {
        if let Err(error) = app.emit("app", &event) {
            tracing::warn!(%error, "the page could not be told");
        }
        if let AppEvent::Notice { notice } = &event {
            system::notify(&app, notice);
        }
    }
}

/// Locks a profile that nobody touches.
pub(crate) async fn lock_when_idle(life: Arc<Life>) {
    let mut look = tokio::time::interval(IDLE_LOOK);
    loop {
        look.tick().await;
        life.lock_when_idle().await;
    }
}

/// An error with all its causes, for the log.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let sources = std::iter::successors(error.source(), |error| error.source());
    std::iter::once(error.to_string()).chain(sources.map(ToString::to_string)).collect::<Vec<_>>().join(": ")
}
