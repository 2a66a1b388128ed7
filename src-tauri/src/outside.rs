//! Links that lead out of the window: to the telephone, the mail, a map, a web page.
//!
//! The window shows the screens and nothing else, whatever a page asks for: a page of another place would
//! stand where the app was, without a way back. What the system has a program for, it opens.

use tauri::webview::NewWindowResponse;
use tauri::{App, AppHandle, Url, WebviewWindowBuilder, Wry};
use tauri_plugin_opener::OpenerExt;

/// Where the screens are: engines of Windows and Android know no other schemes than those of the web.
const SCREENS: &str =
    if cfg!(any(windows, target_os = "android")) { "http://tauri.localhost" } else { "tauri://localhost" };
/// Schemes of what the system opens.
const FOR_THE_SYSTEM: [&str; 5] = ["tel", "mailto", "geo", "https", "http"];

/// Keeps the window at the screens.
pub(crate) fn keep_out<'a>(
    builder: WebviewWindowBuilder<'a, Wry, App>,
    app: &AppHandle,
) -> WebviewWindowBuilder<'a, Wry, App> {
    let (here, beside) = (app.clone(), app.clone());
    builder
        .on_navigation(move |url| {
            let stays = is_a_screen(url);
            if !stays {
                leave_to_the_system(&here, url.clone());
            }
            stays
        })
        .on_new_window(move |url, _| {
            leave_to_the_system(&beside, url);
            NewWindowResponse::Deny
        })
}

/// Has the system open a link; answers whether it has a program for that. Waits for the system.
pub(crate) fn open(app: &AppHandle, link: &Url) -> bool {
    if !FOR_THE_SYSTEM.contains(&link.scheme()) || !has_a_program(link) {
        return false;
    }
    let opened = app.opener().open_url(link.as_str(), None::<&str>);
    if let Err(error) = &opened {
        tracing::warn!(%error, scheme = link.scheme(), "the system did not open a link");
    }
    opened.is_ok()
}

/// What opens links on Linux ends later than it is started, and nobody hears of its failure.
#[cfg(target_os = "linux")]
fn has_a_program(link: &Url) -> bool {
    gtk::gio::AppInfo::default_for_uri_scheme(link.scheme()).is_some()
}

/// Other systems say what is missing themselves.
#[cfg(not(target_os = "linux"))]
fn has_a_program(_link: &Url) -> bool {
    true
}

/// A page of the app asks by a command and hears the answer; what comes here is a link that it did not see.
fn leave_to_the_system(app: &AppHandle, link: Url) {
    let app = app.clone();
    tauri::async_runtime::spawn_blocking(move || {
        if !open(&app, &link) {
            tracing::info!(scheme = link.scheme(), "a link out of the window was not followed");
        }
    });
}

fn is_a_screen(url: &Url) -> bool {
    // The window begins without a path, and links of the screens, which are fragments, then follow the host at once.
    url.as_str()
        .strip_prefix(SCREENS)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '#', '?']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stays(url: &str) -> bool {
        is_a_screen(&Url::parse(url).unwrap())
    }

    #[test]
    fn the_window_goes_to_its_screens_and_nowhere_else() {
        assert!(stays(SCREENS));
        assert!(stays(&format!("{SCREENS}#/mine")));
        assert!(stays(&format!("{SCREENS}/index.html#/visits/1")));
        for other in [
            "tel:+380441234567",
            "mailto:office@example.com",
            "geo:50.45,30.52",
            "https://example.com/",
            "http://127.0.0.1/",
            "file:///etc/hosts",
            "about:blank",
            "data:text/html,x",
            "tauri://localhost.example.com/",
            "tauri://localhost:1/",
            "tauri://localhost@example.com/",
            "http://tauri.localhost.example.com/",
            "tauri://someone@localhost/",
        ] {
            assert!(!stays(other), "{other}");
        }
    }
}
