//! What happens in a profile's life, told to everybody who listens: the events of the open app, the stage
//! when it is another, and notices.
//!
//! One task follows the profile through its openings, so that a notice is looked for once however many
//! listen. A listener that is too slow is told to read everything again.

use std::sync::{Arc, Weak};

use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

use super::{Life, Stage};
use crate::app::{App, AppEvent, Events};
use crate::news::{Changed, Origin};
use crate::notices::interruptions;

/// So many events wait for a slow listener.
pub(super) const WAITING: usize = 256;

/// Events from the moment it was made.
pub struct LifeEvents(broadcast::Receiver<AppEvent>);

impl std::fmt::Debug for LifeEvents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LifeEvents")
    }
}

impl LifeEvents {
    pub(super) fn of(told: broadcast::Receiver<AppEvent>) -> Self {
        Self(told)
    }

    /// The next event; `None` when the life has ended.
    pub async fn next(&mut self) -> Option<AppEvent> {
        match self.0.recv().await {
            Ok(event) => Some(event),
            Err(RecvError::Lagged(_)) => Some(AppEvent::Everything),
            Err(RecvError::Closed) => None,
        }
    }
}

/// The opening that is followed. It keeps nothing of the device alive.
struct Followed {
    app: Weak<App>,
    events: Events,
}

impl Followed {
    async fn next(followed: Option<&mut Self>) -> Option<AppEvent> {
        match followed {
            Some(followed) => followed.events.next().await,
            None => std::future::pending().await,
        }
    }
}

/// Tells of everything until the life ends. `steps` changes with every step.
pub(super) async fn tell(life: Weak<Life>, mut steps: watch::Receiver<u64>) {
    let mut followed: Option<Followed> = None;
    let mut stage = None;
    loop {
        let event = tokio::select! {
            step = steps.changed() => match step {
                Ok(()) => None,
                Err(_) => return,
            },
            event = Followed::next(followed.as_mut()) => {
                if event.is_none() {
                    followed = None;
                }
                event
            }
        };
        let Some(life) = life.upgrade() else { return };
        if event.is_none() && follow_the_open_one(&life, &mut followed) {
            send(&life, AppEvent::Everything);
        }
        let runtime = life.runtime.clone();
        let ended = runtime.spawn_blocking(move || look(&life, event, stage.as_ref())).await;
        match ended {
            Ok(now) => stage = Some(now),
            Err(error) => {
                tracing::error!(%error, "looking for news ended early");
                stage = None;
            }
        }
    }
}

/// Follows the app that is open now; true when it is another than before.
fn follow_the_open_one(life: &Life, followed: &mut Option<Followed>) -> bool {
    let Ok(app) = life.app() else {
        *followed = None;
        return false;
    };
    let known = followed.as_ref().is_some_and(|one| std::ptr::eq(one.app.as_ptr(), Arc::as_ptr(&app)));
    if !known {
        *followed = Some(Followed { app: Arc::downgrade(&app), events: app.events() });
    }
    !known
}

/// Passes an event on, with the stage when it is another than `before`, and the notices that follow.
fn look(life: &Life, event: Option<AppEvent>, before: Option<&Stage>) -> Stage {
    let may_bring_notices = match &event {
        Some(AppEvent::Records(Changed { origin: Origin::Here, records })) => {
            life.note_edited_here(records.iter().map(|one| one.document));
            false
        }
        Some(AppEvent::Import { .. }) | None => false,
        Some(_) => true,
    };
    if let Some(event) = event {
        send(life, event);
    }
    let stage = life.stage();
    if before != Some(&stage) {
        send(life, AppEvent::Stage { stage: stage.clone() });
    }
    if may_bring_notices && let Ok(app) = life.app() {
        match life.look_for_notices(&app) {
            Ok(notices) => {
                if let Err(error) = app.device().keep_notices(&notices) {
                    tracing::warn!(%error, "what is told now will not be in the list");
                }
                for notice in interruptions(notices) {
                    send(life, AppEvent::Notice { notice });
                }
            }
            Err(error) => tracing::warn!(%error, "what is new could not be told"),
        }
    }
    stage
}

fn send(life: &Life, event: AppEvent) {
    // Nobody listens while no window is open.
    drop(life.told.send(event));
}
