//! Why a screen did not get what it asked for: a code and data, no words for people.
//!
//! The screens have a sentence for every code in every language; a new code does not compile there until
//! somebody writes it. Whatever the code, nothing was changed.

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::reading::FieldPath;
use halyard_domain::records::{Visit, VisitAct};
use halyard_domain::rights::Refusal;
use halyard_domain::rules::VisitState;
use halyard_domain::saving::{Objection, Why};
use halyard_protocol::receipt::Outcome;
use halyard_records::EditError;
use halyard_store::{StopReason, StoreError, no_room};
use serde::Serialize;

use crate::actions::importing::FileTrouble;
use crate::error::DeviceError;
use crate::screens::names::Linked;
use crate::sync::{CallError, Distrust, SyncError};

/// A question or an action failed. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ScreenError {
    /// The device belongs to nobody yet.
    #[error("the device is not enrolled")]
    NotEnrolled,
    /// The device belongs to somebody already.
    #[error("the device is enrolled already")]
    AlreadyEnrolled,
    /// The profile is locked, or at another point of its life.
    #[error("the profile is not at this point of its life")]
    NotNow,
    /// The profile could not be opened: its stage says why.
    #[error("the profile could not be opened")]
    ProfileClosed,
    /// The PIN or passphrase is too short.
    #[error("shorter than {least} characters")]
    TooShort {
        /// The least number of characters.
        least: usize,
    },
    /// The PIN or passphrase is wrong.
    #[error("the PIN or passphrase is wrong")]
    WrongSecret,
    /// Too many wrong ones; this try was not made.
    #[error("the next try is in {wait_ms} ms")]
    TooManyTries {
        /// How long, in milliseconds.
        wait_ms: u64,
    },
    /// The system's keyring is not there, is locked or has lost the secret of this profile.
    #[error("the keyring did not help")]
    NoKeyring,
    /// What was entered is no invitation.
    #[error("not an invitation: {what:?}")]
    WrongInvitation {
        /// What is wrong with it.
        what: WrongInvitation,
    },
    /// There is no such record on this device.
    #[error("there is no record {document} here")]
    NoSuchRecord {
        /// The record asked for.
        document: DocumentId,
    },
    /// The record is of another kind than the screen shows.
    #[error("record {document} is of another kind")]
    AnotherKind {
        /// The record asked for.
        document: DocumentId,
        /// The kind it is of.
        kind: Kind,
    },
    /// Somebody withdrew the record meanwhile or called it a duplicate, and that holds.
    #[error("record {document} no longer counts")]
    NoLongerCounts {
        /// The record.
        document: DocumentId,
    },
    /// The document ended the app twice and is not opened; the next sync brings it anew.
    #[error("document {document} cannot be opened")]
    CannotOpen {
        /// The document.
        document: DocumentId,
    },
    /// Nobody had made the record yet at the moment asked for.
    #[error("record {document} was not made yet")]
    NotMadeYet {
        /// The record.
        document: DocumentId,
    },
    /// The rights do not allow it; the office would refuse it.
    #[error("not allowed on {document}")]
    NotAllowed {
        /// The record.
        document: DocumentId,
        /// Where and why.
        refusal: Refusal,
    },
    /// What was entered cannot be meant: the rules about saving speak against it.
    #[error("objected on {document}")]
    Objected {
        /// The record.
        document: DocumentId,
        /// Everything that speaks against it, never empty.
        objections: Vec<Objection>,
    },
    /// A field or row that is not there, or a value it cannot hold.
    #[error("wrong value in {path}")]
    WrongValue {
        /// Where, as a field path prints it.
        path: String,
        /// What was expected, in English, for support.
        expected: Option<String>,
    },
    /// The value or text is longer than any relay takes.
    #[error("too long in {path}")]
    TooLong {
        /// Where, as a field path prints it.
        path: String,
    },
    /// A new record says more than can be sent in one piece.
    #[error("too much for one piece")]
    TooMuch,
    /// Something has to be entered first.
    #[error("{field} is missing")]
    Required {
        /// The field.
        field: String,
    },
    /// The photo is empty or larger than photos may be.
    #[error("the photo is empty or larger than {most_bytes} bytes")]
    PhotoTooLarge {
        /// The most it may have.
        most_bytes: usize,
    },
    /// The file cannot be read as a table.
    #[error("the file cannot be read: {trouble:?}")]
    File {
        /// What is wrong with it.
        trouble: FileTrouble,
    },
    /// There is nothing of one's own to take back.
    #[error("there is nothing to take back")]
    NothingToUndo,
    /// What an import did cannot be read any more, so it cannot be taken back. Others can.
    #[error("what the import did cannot be read")]
    ImportUnreadable,
    /// Somebody wrote there meanwhile; taking it back would take theirs.
    #[error("{path} of {document} was changed since")]
    ChangedSince {
        /// The record.
        document: DocumentId,
        /// Where.
        path: FieldPath,
    },
    /// Several values wait for a decision where something would be written; whoever may decides first.
    #[error("{path} of {document} is in conflict")]
    InConflict {
        /// The record.
        document: DocumentId,
        /// Where.
        path: FieldPath,
    },
    /// There is nothing to decide there any more.
    #[error("{path} is not in conflict")]
    NotInConflict {
        /// Where.
        path: FieldPath,
    },
    /// A proposal, or work in the review queue, was decided before, and that decision holds.
    #[error("decided before")]
    AlreadyDecided {
        /// Who decided; absent when the relay does not say.
        by: Option<Linked>,
        /// When, Unix milliseconds.
        at_ms: i64,
        /// Whether it was accepted.
        accepted: bool,
    },
    /// The record changes faster than it can be saved.
    #[error("record {document} changes too fast")]
    Contended {
        /// The record.
        document: DocumentId,
    },
    /// The device cannot save or read.
    #[error("the device database failed: {trouble:?}")]
    Storage {
        /// What is wrong.
        trouble: StorageTrouble,
    },
    /// It needs the office, and the office did not answer as it should.
    #[error("the relay could not be asked: {trouble:?}")]
    Relay {
        /// What is wrong.
        trouble: RelayTrouble,
    },
    /// A list asks for a column or condition that is not there: a saved view of another version.
    #[error("the list cannot be made")]
    WrongList {
        /// What is wrong, in English, for support.
        detail: String,
    },
    /// The question does not have the form it should have: the screens are of another version.
    #[error("the question cannot be read")]
    WrongQuestion {
        /// What is wrong, in English, for support.
        detail: String,
    },
    /// A mistake of the program.
    #[error("unexpected: {detail}")]
    Unexpected {
        /// What happened, in English, for support.
        detail: String,
    },
}

/// What is wrong with an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum WrongInvitation {
    /// It is another link, or none.
    Link,
    /// The address is none.
    Address,
    /// The address is plain HTTP to another machine.
    PlainAddress,
    /// The pin is none.
    Pin,
    /// The code is none.
    Code,
}

/// What is wrong with the device's own database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum StorageTrouble {
    /// No room left: free some and start the app again.
    DiskFull,
    /// The file is damaged: start the app again.
    Damaged,
    /// The disk failed.
    DiskFailed,
    /// Another program holds the file; asking again is right.
    Busy,
    /// Another program has the same data open.
    InUse,
    /// Made by a newer app.
    NewerApp,
    /// Anything else.
    Failed,
}

/// Why the office did not answer as it should.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum RelayTrouble {
    /// No connection: offline.
    Unreachable,
    /// Something else answers at this address.
    NotARelay,
    /// Another organisation's relay answers.
    OtherRelay,
    /// Something in an answer is not signed by our relay, and none of it was taken.
    Forged,
    /// The relay answers, and device and relay do not come together.
    NoProgress,
    /// What answers cannot prove that it is our relay. Nothing was sent.
    NotProven {
        /// Why.
        why: NotProven,
    },
    /// Plain HTTP is spoken where the address says `https`.
    NotTls,
    /// The office removed this device.
    Revoked,
    /// IT has not confirmed this device yet.
    NotConfirmed,
    /// The relay said no.
    Refused {
        /// Its code.
        problem: String,
        /// Seconds after which asking again is right.
        retry_after_s: Option<u32>,
    },
}

/// Why what answers is not taken for our relay. A pin is eight groups of four letters and digits, as
/// `sync-server invite` shows it, for two people to compare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum NotProven {
    /// The system does not know who issued its certificate, and the device has no pin to know it by.
    NotKnown {
        /// The pin of what answered.
        shown: String,
    },
    /// Another key than the invitation said: another relay, or one that was set up anew.
    OtherKey {
        /// The pin of what answered.
        shown: String,
    },
    /// The certificate is for another name or address.
    OtherName,
    /// The certificate is not valid today: the clock of one side is wrong, or it was not renewed.
    OtherTime,
    /// What was shown is no certificate.
    Garbled,
}

impl ScreenError {
    /// A step of a visit that is pressed although it does not follow.
    pub(crate) fn out_of_turn(document: DocumentId, act: VisitAct, state: VisitState) -> Self {
        let path = FieldPath::root(Visit::EVENTS.name);
        Self::Objected { document, objections: vec![Objection { path, why: Why::VisitStep { act, state } }] }
    }
}

impl From<DeviceError> for ScreenError {
    fn from(error: DeviceError) -> Self {
        match error {
            DeviceError::Store(error) => error.into(),
            DeviceError::Document { document, .. } | DeviceError::SetAside(document) => {
                Self::CannotOpen { document }
            }
            DeviceError::NoSuchRecord(document) => Self::NoSuchRecord { document },
            DeviceError::RecordExists(document) => {
                Self::Unexpected { detail: format!("record {document} is here already") }
            }
            DeviceError::Edit { source, .. } => source.into(),
            DeviceError::NotAllowed { document, refusal }
            | DeviceError::WithoutRole { document, refusal } => Self::NotAllowed { document, refusal },
            DeviceError::Objected { document, objections } => Self::Objected { document, objections },
            DeviceError::NotEnrolled => Self::NotEnrolled,
            DeviceError::Contended(document) => Self::Contended { document },
            DeviceError::Garbled(what) => Self::Unexpected { detail: format!("a wrong {what} is stored") },
            DeviceError::List(error) => Self::WrongList { detail: error.to_string() },
        }
    }
}

impl From<EditError> for ScreenError {
    fn from(error: EditError) -> Self {
        match error {
            EditError::NoSuchField(path)
            | EditError::WrongShape(path)
            | EditError::NoSuchRow(path)
            | EditError::RowExists(path) => Self::WrongValue { path: path.to_string(), expected: None },
            EditError::BadValue { path, source } => {
                Self::WrongValue { path: path.to_string(), expected: Some(source.expected.to_owned()) }
            }
            EditError::TooLong(path) => Self::TooLong { path: path.to_string() },
            EditError::TooMuch => Self::TooMuch,
            EditError::Document(source) => Self::Unexpected { detail: source.to_string() },
        }
    }
}

impl From<StoreError> for ScreenError {
    fn from(error: StoreError) -> Self {
        if let Some(stop) = error.stop() {
            return Self::Storage { trouble: stop.reason.into() };
        }
        let trouble = match error {
            error if error.wants_room() => StorageTrouble::DiskFull,
            StoreError::Busy => StorageTrouble::Busy,
            StoreError::InUse { .. } => StorageTrouble::InUse,
            StoreError::MadeByNewerApp => StorageTrouble::NewerApp,
            other => {
                tracing::error!(error = %other, "the device database failed a screen");
                StorageTrouble::Failed
            }
        };
        Self::Storage { trouble }
    }
}

impl StorageTrouble {
    /// What is wrong when a file could not be written or read.
    #[must_use]
    pub fn of_file(error: &std::io::Error) -> Self {
        if no_room(error) { Self::DiskFull } else { Self::Failed }
    }
}

impl From<StopReason> for StorageTrouble {
    fn from(reason: StopReason) -> Self {
        match reason {
            StopReason::DiskFull => Self::DiskFull,
            StopReason::Damaged => Self::Damaged,
            StopReason::DiskFailed => Self::DiskFailed,
        }
    }
}

impl From<SyncError> for ScreenError {
    fn from(error: SyncError) -> Self {
        let trouble = match error {
            SyncError::Device(error) => return error.into(),
            SyncError::AlreadyEnrolled => return Self::AlreadyEnrolled,
            SyncError::Call(error) => return error.into(),
            SyncError::Revoked { .. } => RelayTrouble::Revoked,
            SyncError::NotConfirmed => RelayTrouble::NotConfirmed,
            SyncError::AlreadyDecided(receipt) => {
                return Self::AlreadyDecided {
                    by: None,
                    at_ms: receipt.arrived.0,
                    accepted: receipt.outcome == Outcome::Accepted,
                };
            }
            SyncError::Forged => RelayTrouble::Forged,
            SyncError::NoProgress => RelayTrouble::NoProgress,
            SyncError::Encode(error) => return Self::Unexpected { detail: error.to_string() },
            SyncError::Interrupted => return Self::Unexpected { detail: "a task ended early".to_owned() },
        };
        Self::Relay { trouble }
    }
}

impl From<Distrust> for NotProven {
    fn from(distrust: Distrust) -> Self {
        match distrust {
            Distrust::NotKnown { shown } => Self::NotKnown { shown: shown.to_string() },
            Distrust::OtherKey { shown } => Self::OtherKey { shown: shown.to_string() },
            Distrust::OtherName => Self::OtherName,
            Distrust::OtherTime => Self::OtherTime,
            Distrust::Garbled => Self::Garbled,
        }
    }
}

impl From<CallError> for ScreenError {
    fn from(error: CallError) -> Self {
        let trouble = match error {
            CallError::Unreachable(_) => RelayTrouble::Unreachable,
            CallError::NotARelay { .. } | CallError::Garbled(_) => RelayTrouble::NotARelay,
            CallError::NotTls => RelayTrouble::NotTls,
            CallError::Distrusted(distrust) => RelayTrouble::NotProven { why: distrust.into() },
            CallError::Tls(error) => return Self::Unexpected { detail: error.to_string() },
            CallError::Problem(problem) => {
                let problem = *problem;
                RelayTrouble::Refused {
                    problem: problem.code.name().to_owned(),
                    retry_after_s: problem.retry_after_s,
                }
            }
            CallError::Unwritable(error) => return Self::Unexpected { detail: error.to_string() },
        };
        Self::Relay { trouble }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::life::LifeError;

    #[test]
    fn a_file_without_room_is_told_so_and_another_failure_not() {
        let full = [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded, io::ErrorKind::FileTooLarge];
        for kind in full {
            check(kind, StorageTrouble::DiskFull);
        }
        check(io::ErrorKind::PermissionDenied, StorageTrouble::Failed);
    }

    #[track_caller]
    fn check(kind: io::ErrorKind, trouble: StorageTrouble) {
        assert_eq!(StorageTrouble::of_file(&kind.into()), trouble, "{kind}");
        let beside_the_database = ScreenError::from(StoreError::File(kind.into()));
        assert_eq!(beside_the_database, ScreenError::Storage { trouble }, "{kind}");
        let of_the_profile = ScreenError::from(LifeError::File(kind.into()));
        assert_eq!(of_the_profile, ScreenError::Storage { trouble }, "{kind}");
    }
}
