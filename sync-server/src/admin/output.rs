//! What a command prints: text for people, or JSON for programs.

use std::io::{IsTerminal as _, Write};

use serde::Serialize;

use super::failure::Failure;
use super::picture;

/// For whom a command prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Output {
    /// Text on a terminal.
    Text,
    /// One JSON value, on one line.
    Json,
}

impl Output {
    /// Prints what was done.
    pub(super) fn line<T: Serialize>(self, text: &str, value: &T) {
        let printed = match self {
            Self::Text => text.to_owned(),
            Self::Json => json(value),
        };
        write(&mut std::io::stdout().lock(), &printed);
    }

    /// Shows a link as a QR to whoever looks at a terminal; a file or another program has no use for it.
    pub(super) fn picture(self, link: &str) {
        let out = std::io::stdout();
        if self == Self::Text
            && out.is_terminal()
            && let Some(picture) = picture::of(link)
        {
            write(&mut out.lock(), &picture);
        }
    }

    /// Prints why something was not done.
    pub(super) fn failure(self, failure: &Failure) {
        let printed = match self {
            Self::Text => failure.to_string(),
            Self::Json => json(&serde_json::json!({ "failed": failure })),
        };
        write(&mut std::io::stderr().lock(), &printed);
    }
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| format!("{{\"failed\":\"{error}\"}}"))
}

/// A reader that went away (`| head`) is no failure of the command.
fn write(to: &mut dyn Write, line: &str) {
    if writeln!(to, "{line}").and_then(|()| to.flush()).is_err() {
        tracing::debug!("nobody reads the output");
    }
}
