//! Where a person's work is, as every screen says it.

use serde::Serialize;

/// Where the newest own work of a record is. Later is what a person must know first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// «в офісі»: receipted, or never edited here.
    InOffice,
    /// «надсилається»: signed and on its way.
    Sending,
    /// «на пристрої»: saved here only.
    OnDevice,
    /// «не прийнято»: the office did not accept it.
    NotAccepted,
}

impl Standing {
    /// Where work is whose envelope got this outcome.
    pub(crate) fn of_outcome(outcome: &str) -> Self {
        match outcome {
            "accepted" => Self::InOffice,
            "deferred" => Self::OnDevice,
            _ => Self::NotAccepted,
        }
    }
}
