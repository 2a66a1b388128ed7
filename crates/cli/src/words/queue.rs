//! What a reviewer reads about work that waits, and about what the relay says to a decision.

use halyard_device::protocol::problem::ErrorCode;
use halyard_device::protocol::reason::Reason;
use halyard_device::sync::{CallError, SyncError};

use super::catalogue::catalogue;
use super::messages::Say;
use super::{Lang, reasons};

catalogue! {
    /// Why work waits, said to somebody who is not its author.
    Queue<'a>
    NotAllowed =>
        "Роль автора не дозволяє змінювати це поле.",
        "The author's role does not let them write this field.",
        "Роль автора не позволяет менять это поле.";
    OutOfSight =>
        "Автор не бачить цього запису.",
        "The author does not see this record.",
        "Автор не видит этой записи.";
    OthersRow =>
        "Автор змінив рядок іншої людини.",
        "The author wrote in somebody else's row.",
        "Автор изменил строку другого человека.";
    ConflictNotYours =>
        "Автор вирішив за іншу людину, котре зі значень лишиться.",
        "The author settled a conflict that is somebody else's to settle.",
        "Автор решил за другого человека, какое из значений останется.";
    Older { code: &'a str } =>
        "Запис тим часом розпочато заново ({code}).",
        "The record was begun anew meanwhile ({code}).",
        "Запись тем временем начата заново ({code}).";
}

/// Why work waits.
pub(crate) fn waits_because(reason: Option<&Reason>, lang: Lang) -> String {
    match reason {
        None => String::new(),
        Some(Reason::NotAllowed) => Queue::NotAllowed.say(lang),
        Some(Reason::OutOfSight) => Queue::OutOfSight.say(lang),
        Some(Reason::OthersRow) => Queue::OthersRow.say(lang),
        Some(Reason::ConflictNotYours) => Queue::ConflictNotYours.say(lang),
        Some(older @ (Reason::OlderGeneration { .. } | Reason::ReplacedWasMerged { .. })) => {
            Queue::Older { code: older.code() }.say(lang)
        }
        Some(
            other @ (Reason::RelayOnly
            | Reason::DeviceRevoked
            | Reason::EmployeeDismissed
            | Reason::NotARecord
            | Reason::Malformed(_)
            | Reason::Behind { .. }
            | Reason::UnknownDependency { .. }
            | Reason::NewerSchema
            | Reason::HandingOver
            | Reason::RelayBusy
            | Reason::DocumentUnreadable
            | Reason::Declined { .. }
            | Reason::Erased
            | Reason::Other(_)),
        ) => reasons::reason(other, lang),
    }
}

/// What a refusal of the relay means to somebody who asked for the queue or decided; nothing when it
/// means what it means to everybody.
pub(crate) fn review_refused(error: &SyncError) -> Option<Say<'_>> {
    let SyncError::Call(CallError::Problem(problem)) = error else { return None };
    match &problem.code {
        ErrorCode::UnknownOrForbidden => Some(Say::MayNotReview),
        ErrorCode::AlreadyDecided => Some(Say::AlreadyDecided),
        ErrorCode::Other(code) if code == "not-mergeable" => {
            Some(Say::NotMergeable { why: problem.detail.as_deref().unwrap_or_default() })
        }
        _ => None,
    }
}
