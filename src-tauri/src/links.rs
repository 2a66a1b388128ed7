//! Links from outside: `halyard://visit/…` opens a visit, `halyard://join?…` begins the first start.
//!
//! A link may come before the page listens, so the last one waits until the page asks for it. It only
//! opens a page: what the person may see and do there is decided as ever.

use std::sync::{Mutex, PoisonError};

use halyard_device::domain::id::DocumentId;
#[cfg(desktop)]
use halyard_device::notices::Notice;
use serde::Serialize;
use tauri::{App, AppHandle, Emitter, Manager};
use tauri_plugin_deep_link::DeepLinkExt;

use crate::window;

const VISIT: &str = "halyard://visit/";
const JOIN: &str = "halyard://join";

/// Where to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(crate) enum Target {
    /// A visit's page.
    Visit { document: DocumentId },
    /// Where the page's list of notices leads from this one. On a phone none is pressed outside of the page.
    #[cfg(desktop)]
    Notice { notice: Notice },
    /// The first start, with the invitation filled in.
    Join { link: String },
}

/// The target nobody has gone to yet.
#[derive(Default)]
pub(crate) struct Pending(Mutex<Option<Target>>);

impl Pending {
    /// Takes it, once.
    pub(crate) fn take(&self) -> Option<Target> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Target {
    /// What a link leads to; `None` when it is none of ours.
    fn of(link: &str) -> Option<Self> {
        if let Some(id) = link.strip_prefix(VISIT) {
            let document = id.trim_end_matches('/').parse().ok()?;
            return Some(Self::Visit { document });
        }
        // A broken invitation goes to the page too, which says what is wrong with it.
        link.starts_with(JOIN).then(|| Self::Join { link: link.to_owned() })
    }
}

/// Follows the link this program was started with, and those that come later.
pub(crate) fn listen(app: &App) {
    let handle = app.handle().clone();
    app.deep_link().on_open_url(move |event| {
        for url in event.urls() {
            follow(&handle, url.as_str());
        }
    });
    match app.deep_link().get_current() {
        Ok(urls) => urls.into_iter().flatten().for_each(|url| follow(app.handle(), url.as_str())),
        Err(error) => tracing::warn!(%error, "the link of this start cannot be read"),
    }
}

fn follow(app: &AppHandle, link: &str) {
    match Target::of(link) {
        Some(target) => go_to(app, target),
        None => tracing::info!("a link that leads nowhere was not followed"),
    }
}

/// Brings the window to the front and the page to the target.
pub(crate) fn go_to(app: &AppHandle, target: Target) {
    *app.state::<Pending>().0.lock().unwrap_or_else(PoisonError::into_inner) = Some(target);
    window::show(app);
    // The page answers by taking what waits, so a page that is still loading misses nothing.
    if let Err(error) = app.emit("link", ()) {
        tracing::warn!(%error, "the page could not be told of a link");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(link: &str, expected: Option<&Target>) {
        assert_eq!(Target::of(link).as_ref(), expected, "{link}");
    }

    #[test]
    fn a_link_leads_to_a_visit_or_to_the_first_start_and_nowhere_else() {
        let visit = DocumentId::made_by_rule("visit");
        check(&format!("{VISIT}{visit}"), Some(&Target::Visit { document: visit }));
        check(&format!("{VISIT}{visit}/"), Some(&Target::Visit { document: visit }));
        let join = "halyard://join?relay=https%3A%2F%2Frelay.example.com&code=7K3M-9QPX";
        check(join, Some(&Target::Join { link: join.to_owned() }));
        check("halyard://join?code=1", Some(&Target::Join { link: "halyard://join?code=1".to_owned() }));
        check("halyard://visit/1", None);
        check("halyard://delete/everything", None);
        check("https://example.com", None);
    }
}
