//! What devices are told when the relay did not do what they asked.
//!
//! What a device can act on becomes its own problem type; what IT must act on is logged here, once,
//! with its whole cause, and answered without it.

use halyard_protocol::problem::{ErrorCode, Problem};
use halyard_protocol::reason::Reason;

use super::answer::fault;
use crate::relay::{EnrolError, RelayError, ReviewError};
use crate::storage::{StopReason, StorageError};

/// A problem on its way to the device; boxed, because it is large beside what it stands in for.
pub(super) type Refusal = Box<Problem>;

/// A refusal without further members.
pub(super) fn because(code: ErrorCode) -> Refusal {
    Box::new(Problem::new(code))
}

/// When a device that was told to wait should come again.
const COME_AGAIN_S: u32 = 15;
/// When to try again while the disk is full or the relay does not write.
const COME_AGAIN_LATER_S: u32 = 120;

/// A refusal as a problem.
pub(super) fn of(error: RelayError) -> Refusal {
    match error {
        RelayError::UnknownWorkspace => because(ErrorCode::WorkspaceUnknown),
        RelayError::UnknownOrForbidden => because(ErrorCode::UnknownOrForbidden),
        RelayError::Revoked(revocation) => Problem::device_revoked(*revocation).into(),
        RelayError::NotActive => because(ErrorCode::DeviceNotActive),
        RelayError::NewEpoch(epoch) => Problem::new_epoch(epoch).into(),
        RelayError::HandingOver(epoch) => Problem::handing_over(epoch, COME_AGAIN_LATER_S).into(),
        RelayError::CursorNotValid(epoch) => {
            Problem { epoch: Some(epoch), ..Problem::new(ErrorCode::CursorNotValid) }.into()
        }
        RelayError::ChainBroken(chain) => Problem::chain_broken(chain).into(),
        RelayError::TooMuch => because(ErrorCode::BodyTooLarge),
        RelayError::Busy => Problem::retry_after(ErrorCode::Busy, COME_AGAIN_S).into(),
        RelayError::Storage(error) => of_storage(&error),
        RelayError::Encode(error) => fault("writing an answer", &error),
    }
}

/// A refused enrolment as a problem.
pub(super) fn of_enrolment(error: EnrolError) -> Refusal {
    match error {
        EnrolError::WrongCode => because(ErrorCode::CodeWrong),
        EnrolError::Expired => because(ErrorCode::CodeExpired),
        EnrolError::Relay(error) => of(error),
    }
}

/// A refused decision as a problem.
pub(super) fn of_decision(error: ReviewError) -> Refusal {
    match error {
        ReviewError::AlreadyDecided(receipt) => Problem::already_decided(*receipt).into(),
        ReviewError::NotMergeable(reason) => Box::new(not_mergeable(reason.as_ref().map(Reason::code))),
        ReviewError::Relay(error) => of(error),
    }
}

/// The work stays in the queue; the reviewer can decline it, or its author can write it anew.
fn not_mergeable(why: Option<&str>) -> Problem {
    Problem {
        status: 409,
        title: "work cannot be merged as it is".to_owned(),
        detail: why.map(str::to_owned),
        ..Problem::new(ErrorCode::Other("not-mergeable".to_owned()))
    }
}

fn of_storage(error: &StorageError) -> Refusal {
    match error {
        StorageError::Stopped(stop) => {
            // Said as an error once, by the storage that stopped.
            tracing::debug!(reason = %stop, "the relay does not write; devices keep their work until it does");
            let code = match stop.reason {
                StopReason::DiskFull => ErrorCode::StorageFull,
                StopReason::Damaged | StopReason::DiskFailed | StopReason::NoWriter => ErrorCode::ReadOnly,
            };
            Problem::retry_after(code, COME_AGAIN_LATER_S).into()
        }
        StorageError::Busy => Problem::retry_after(ErrorCode::Busy, COME_AGAIN_S).into(),
        StorageError::Damaged { .. } | StorageError::Query(_) | StorageError::Bug => {
            fault("asking the database", error)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::Stop;

    #[test]
    fn a_device_is_told_of_a_full_disk_by_what_stopped_the_writing_and_not_by_its_words() {
        check(StopReason::DiskFull, "disk I/O error", ErrorCode::StorageFull);
        check(StopReason::DiskFailed, "unable to open /srv/full/relay.db", ErrorCode::ReadOnly);
        check(StopReason::Damaged, "database disk image is malformed", ErrorCode::ReadOnly);
        check(StopReason::NoWriter, "the relay is shutting down", ErrorCode::ReadOnly);
    }

    #[track_caller]
    fn check(reason: StopReason, detail: &str, expected: ErrorCode) {
        let refusal = of_storage(&StorageError::Stopped(Stop { reason, detail: detail.to_owned() }));
        assert_eq!((refusal.code, refusal.retry_after_s), (expected, Some(COME_AGAIN_LATER_S)));
    }
}
