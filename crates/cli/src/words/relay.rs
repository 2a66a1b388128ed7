//! What went wrong between this device and the relay, in a person's words.

use halyard_device::protocol::driver::Trouble;
use halyard_device::protocol::problem::{ErrorCode, Problem};
use halyard_device::sync::{CallError, Distrust};

use super::answers::Answer;
use super::messages::Say;
use super::{Counted, Lang, counted};

/// Why a call to the relay failed, and what to do.
pub(crate) fn call(error: &CallError, lang: Lang) -> String {
    match error {
        CallError::Unreachable(error) if error.is_builder() => Answer::WrongAddress,
        CallError::Unreachable(error) => {
            let tried = error.url().map(|url| url.origin().ascii_serialization()).unwrap_or_default();
            return Answer::Unreachable { address: &tried }.say(lang);
        }
        CallError::Distrusted(why) => return distrusted(*why, lang),
        CallError::NotTls => Answer::NotTls,
        CallError::Tls(_) => Answer::NoTls,
        CallError::NotARelay { status } => Answer::NotARelay { status: *status },
        CallError::Problem(problem) => return self::problem(problem, lang),
        CallError::Garbled(_) => Answer::Garbled,
        CallError::Unwritable(_) => Answer::Unwritable,
    }
    .say(lang)
}

/// Why what answers is not taken for the relay.
fn distrusted(why: Distrust, lang: Lang) -> String {
    match why {
        Distrust::NotKnown { shown } => Answer::NotKnown { shown: &shown.to_string() }.say(lang),
        Distrust::OtherKey { shown } => Answer::OtherKey { shown: &shown.to_string() }.say(lang),
        Distrust::OtherName => Answer::OtherName.say(lang),
        Distrust::OtherTime => Answer::OtherTime.say(lang),
        Distrust::Garbled => Answer::GarbledCertificate.say(lang),
    }
}

/// IT has not confirmed this device yet.
pub(crate) fn not_confirmed(lang: Lang) -> String {
    Answer::NotConfirmed.say(lang)
}

/// Why the background sync waits; it tries again by itself. `address` is the relay's.
pub(crate) fn trouble(trouble: &Trouble, address: &str, lang: Lang) -> String {
    match trouble {
        Trouble::Unreachable => Answer::Unreachable { address },
        Trouble::NotARelay => Answer::NotOurRelay { address },
        Trouble::OtherRelay => Answer::OtherOrganisation,
        Trouble::Forged => return Say::ForgedReceipt.say(lang),
        Trouble::NotRecognised => Answer::NotRecognised,
        Trouble::Protocol(_) => Answer::Version,
        Trouble::Clock => Answer::Clock,
        Trouble::DeviceFull => return Say::DiskFull.say(lang),
        Trouble::RelayUnable(found) | Trouble::Unexpected(found) => code(found),
        Trouble::NoProgress => Answer::NoProgress,
    }
    .say(lang)
}

/// The relay answers, and device and relay do not come together.
pub(crate) fn no_progress(lang: Lang) -> String {
    Answer::NoProgress.say(lang)
}

/// What the relay answered, and when to try again if it said so.
fn problem(problem: &Problem, lang: Lang) -> String {
    let said = code(&problem.code).say(lang);
    let Some(seconds) = problem.retry_after_s else { return said };
    let seconds = u64::from(seconds);
    let wait = if seconds < 120 {
        counted(lang, Counted::Second, seconds)
    } else {
        counted(lang, Counted::Minute, seconds.div_ceil(60))
    };
    Answer::Wait { said: &said, wait: &wait }.say(lang)
}

/// What each answer of the relay means for the person at the device.
fn code(code: &ErrorCode) -> Answer<'static> {
    match code {
        ErrorCode::ProtocolNotSpoken => Answer::Version,
        ErrorCode::TlsNeeded => Answer::TlsNeeded,
        ErrorCode::SignatureMissing
        | ErrorCode::SignatureWrong
        | ErrorCode::DigestWrong
        | ErrorCode::BodyNotReadable
        | ErrorCode::MediaType
        | ErrorCode::ContentEncoding
        | ErrorCode::MethodNotAllowed => Answer::NotRecognised,
        ErrorCode::ClockSkew => Answer::Clock,
        ErrorCode::DeviceRevoked => Answer::Revoked,
        ErrorCode::DeviceNotActive => Answer::NotConfirmed,
        ErrorCode::UnknownOrForbidden => Answer::NotFound,
        ErrorCode::WorkspaceUnknown => Answer::OtherOrganisation,
        ErrorCode::NewEpoch | ErrorCode::CursorNotValid | ErrorCode::ChainBroken => Answer::Restored,
        ErrorCode::AlreadyDecided => Answer::AlreadyDecided,
        ErrorCode::BodyTooLarge => Answer::TooLarge,
        ErrorCode::CodeWrong => Answer::CodeWrong,
        ErrorCode::CodeExpired => Answer::CodeExpired,
        ErrorCode::TooManyTries => Answer::TooManyTries,
        ErrorCode::TooManyRequests | ErrorCode::Busy => Answer::Busy,
        ErrorCode::StorageFull | ErrorCode::ReadOnly => Answer::CannotStore,
        ErrorCode::HandingOver => Answer::HandingOver,
        ErrorCode::Internal | ErrorCode::Other(_) => Answer::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_names_a_time_says_how_long_to_wait() {
        let busy = Problem::retry_after(ErrorCode::TooManyTries, 22);
        assert!(problem(&busy, Lang::Uk).ends_with("Зачекайте: 22 секунди."));
        assert!(problem(&busy, Lang::En).ends_with("Wait: 22 seconds."));
        let long = Problem::retry_after(ErrorCode::TooManyTries, 596);
        assert!(problem(&long, Lang::Uk).ends_with("Зачекайте: 10 хвилин."));
    }
}
