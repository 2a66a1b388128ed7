//! Why nothing is written any more.

use std::fmt;

/// Why storage stopped writing. Reading goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// What IT can do something about.
    pub reason: StopReason,
    /// What the system said.
    pub detail: String,
}

/// What stopped the writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopReason {
    /// There is no room left: make some and start the relay again.
    DiskFull,
    /// The file holds what cannot be: neither room nor another disk mends it.
    Damaged,
    /// The disk failed.
    DiskFailed,
    /// There is no writer: it could not be started, or the relay is going down.
    NoWriter,
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}
