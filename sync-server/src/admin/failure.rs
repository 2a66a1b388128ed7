//! Why a command did not do what was asked, for the person who ran it.
//!
//! Every failure says three things: what happened, what is safe, what to do next. The exit code
//! tells a script which of the two it was: 1 for "not done", 2 for "not asked properly" (unknown
//! flag, impossible setting).
//!
//! A failure travels as it is over the admin socket, so a command answers alike whether the relay
//! is running or not.

use std::fmt;
use std::process::ExitCode;

use serde::{Deserialize, Serialize};

/// What a script can tell failures apart by. Never renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// The settings cannot work.
    Settings,
    /// Another relay holds the data folder.
    AlreadyRunning,
    /// The port is taken or may not be used.
    Address,
    /// The data folder or the database cannot be opened.
    Data,
    /// The database is damaged.
    Damaged,
    /// The clock of this machine cannot be right.
    Clock,
    /// The certificate or its key cannot be used.
    Certificate,
    /// What was named does not exist, or names several things.
    NotFound,
    /// The present state forbids it.
    Refused,
    /// It has a consequence somebody must have read: to be repeated with `--yes`.
    Unconfirmed,
    /// The running relay did not answer the command.
    NoAnswer,
    /// A check found something wrong.
    CheckFailed,
    /// A fault of the relay itself.
    Internal,
}

/// A command that did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Which kind of failure this is.
    pub code: FailureCode,
    /// What happened.
    pub happened: String,
    /// What is safe.
    pub safe: String,
    /// What to do next.
    pub next: String,
}

impl Failure {
    /// A failure in its three sentences.
    #[must_use]
    pub fn new(
        code: FailureCode,
        happened: impl Into<String>,
        safe: impl Into<String>,
        next: impl Into<String>,
    ) -> Self {
        Self { code, happened: happened.into(), safe: safe.into(), next: next.into() }
    }

    /// A failure nobody foresaw, with the whole chain of its cause.
    #[must_use]
    pub fn internal(doing: &str, error: &(dyn std::error::Error + 'static)) -> Self {
        Self::new(
            FailureCode::Internal,
            format!("The relay failed while {doing}: {}.", chain(error)),
            "What devices have sent and the relay has acknowledged is stored.",
            "Try again. If it happens again, run `sync-server verify` and send its output to support.",
        )
    }

    /// The code the program ends with.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        match self.code {
            FailureCode::Settings => ExitCode::from(2),
            _ => ExitCode::from(1),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.happened)?;
        writeln!(f, "What is safe: {}", self.safe)?;
        write!(f, "What to do next: {}", self.next)
    }
}

impl std::error::Error for Failure {}

/// An error with everything that caused it, in one line.
#[must_use]
pub fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("could not open the database")]
    struct Opening(#[source] std::io::Error);

    #[test]
    fn a_failure_says_what_happened_what_is_safe_and_what_to_do_with_the_whole_cause() {
        let cause = Opening(std::io::Error::other("no space left on device"));
        let failure = Failure::internal("counting devices", &cause);
        let text = failure.to_string();
        assert!(text.contains("could not open the database: no space left on device"), "{text}");
        assert!(text.contains("What is safe:"), "{text}");
        assert!(text.contains("What to do next:"), "{text}");
    }
}
