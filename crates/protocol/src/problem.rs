//! Errors on the wire: RFC 9457 problems with a stable `type`.
//!
//! The members travel as a CBOR map under `application/problem+cbor`. A device acts on the type and on
//! the members named here, never on `title` or `detail`, which are for logs. What a person reads is made
//! by the app.

use std::fmt;

use halyard_domain::id::EpochId;
use serde::{Deserialize, Serialize};

use crate::certificate::Revocation;
use crate::chain::ChainEnd;
use crate::receipt::Receipt;
use crate::time::UnixMs;
use crate::version::{SPOKEN, VersionRange};

macro_rules! error_codes {
    ($($(#[$doc:meta])+ $name:ident = $text:literal, $status:literal, $title:literal;)+) => {
        /// What went wrong, as a stable name.
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        pub enum ErrorCode {
            $($(#[$doc])+ $name,)+
            /// A type of a newer relay.
            Other(String),
        }

        impl ErrorCode {
            /// Every code this version knows.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$name,)+];

            /// The name, as it ends the problem's type.
            #[must_use]
            pub fn name(&self) -> &str {
                match self { $(Self::$name => $text,)+ Self::Other(name) => name }
            }

            /// The HTTP status it is answered with.
            #[must_use]
            pub const fn status(&self) -> u16 {
                match self { $(Self::$name => $status,)+ Self::Other(_) => 500 }
            }

            /// What happened, in English for logs.
            #[must_use]
            pub const fn title(&self) -> &'static str {
                match self { $(Self::$name => $title,)+ Self::Other(_) => "unknown problem" }
            }

            fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

error_codes! {
    /// The protocol version is not spoken here; `versions` says which are.
    ProtocolNotSpoken = "protocol-not-spoken", 426, "protocol version not spoken";
    /// Plain HTTP where TLS is spoken: the address begins with `https`.
    TlsNeeded = "tls-needed", 400, "TLS is spoken here";
    /// The request carries no signature, or not over what must be signed.
    SignatureMissing = "signature-missing", 401, "request is not signed";
    /// The signature does not fit, or nobody here has that key. The two are the same answer.
    SignatureWrong = "signature-wrong", 401, "request signature does not fit";
    /// `created` is too far from the relay's clock; `now` is that clock.
    ClockSkew = "clock-skew", 401, "request was made at another time";
    /// The body is not what its digest says.
    DigestWrong = "digest-wrong", 400, "body and content digest differ";
    /// The device was revoked; `revocation` is the relay's signed word.
    DeviceRevoked = "device-revoked", 403, "device is revoked";
    /// The device waits for IT to confirm it.
    DeviceNotActive = "device-not-active", 403, "device is not confirmed yet";
    /// Not here, or not for the caller. The two are the same answer.
    UnknownOrForbidden = "unknown-or-forbidden", 404, "not found";
    /// The workspace named is not one of this relay: another organisation's.
    WorkspaceUnknown = "workspace-unknown", 404, "workspace is not served here";
    /// The method does not exist at this path.
    MethodNotAllowed = "method-not-allowed", 405, "method not allowed";
    /// The cursor is of another epoch; `epoch` is the present one. The device offers.
    NewEpoch = "new-epoch", 409, "the log began anew";
    /// The cursor is not one this relay gave to this device. The device offers.
    CursorNotValid = "cursor-not-valid", 409, "cursor is not valid";
    /// The envelopes do not follow what the relay holds; `chain` is what it holds last.
    ChainBroken = "chain-broken", 409, "envelopes do not follow";
    /// The envelope was decided before; `receipt` is that decision.
    AlreadyDecided = "already-decided", 409, "already decided";
    /// The body is not what this call takes.
    BodyNotReadable = "body-not-readable", 400, "body cannot be read";
    /// The body is larger than `most` bytes, before or after decompression.
    BodyTooLarge = "body-too-large", 413, "body too large";
    /// The body is of a media type this call does not take.
    MediaType = "media-type", 415, "media type not taken";
    /// The body is compressed in a way that is not taken.
    ContentEncoding = "content-encoding", 415, "content encoding not taken";
    /// No invitation has this code.
    CodeWrong = "code-wrong", 403, "enrolment code is wrong";
    /// The code was right and is too old, or was used by another device.
    CodeExpired = "code-expired", 403, "enrolment code has expired";
    /// Too many wrong codes; `retry_after_s` says when to try again.
    TooManyTries = "too-many-tries", 429, "too many tries";
    /// The caller asks too often; `retry_after_s` says when to go on.
    TooManyRequests = "too-many-requests", 429, "too many requests";
    /// The relay has no room left and stores nothing.
    StorageFull = "storage-full", 507, "storage is full";
    /// The relay stopped writing after a failure of its disk.
    ReadOnly = "read-only", 503, "relay does not write";
    /// A restored relay takes hand-over and serves no pull yet; `epoch` is the present one.
    HandingOver = "handing-over", 503, "relay is being restored";
    /// The relay is at its limit; `retry_after_s` says when to try again.
    Busy = "busy", 503, "relay is busy";
    /// A mistake of the relay.
    Internal = "internal", 500, "internal error";
}

/// What begins every problem type.
const TYPE_PREFIX: &str = "urn:halyard:problem:";

impl From<String> for ErrorCode {
    fn from(text: String) -> Self {
        let name = text.strip_prefix(TYPE_PREFIX).unwrap_or(&text);
        Self::from_name(name).unwrap_or_else(|| Self::Other(name.to_owned()))
    }
}

impl From<ErrorCode> for String {
    fn from(code: ErrorCode) -> Self {
        format!("{TYPE_PREFIX}{}", code.name())
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An error as the relay answers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("relay answered {status} {code}")]
pub struct Problem {
    /// What went wrong.
    #[serde(rename = "type")]
    pub code: ErrorCode,
    /// The same in English.
    pub title: String,
    /// The HTTP status, again.
    pub status: u16,
    /// More for the log of the device. Never data of a record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The relay's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<UnixMs>,
    /// The protocol versions spoken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub versions: Option<VersionRange>,
    /// The present life of the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<EpochId>,
    /// The last envelope the relay holds of the device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<ChainEnd>,
    /// Seconds to wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
    /// The limit that was exceeded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u64>,
    /// The relay's signed word that the device is revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revocation: Option<Revocation>,
    /// The decision that holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
}

impl Problem {
    /// A problem without further members.
    #[must_use]
    pub fn new(code: ErrorCode) -> Self {
        Self {
            title: code.title().to_owned(),
            status: code.status(),
            code,
            detail: None,
            now: None,
            versions: None,
            epoch: None,
            chain: None,
            retry_after_s: None,
            most: None,
            revocation: None,
            receipt: None,
        }
    }

    /// With more for the log.
    #[must_use]
    pub fn with_detail(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }

    /// The protocol version is not spoken.
    #[must_use]
    pub fn protocol_not_spoken() -> Self {
        Self { versions: Some(SPOKEN), ..Self::new(ErrorCode::ProtocolNotSpoken) }
    }

    /// The request was made too far from the relay's time.
    #[must_use]
    pub fn clock_skew(now: UnixMs) -> Self {
        Self { now: Some(now), ..Self::new(ErrorCode::ClockSkew) }
    }

    /// The cursor is of another epoch.
    #[must_use]
    pub fn new_epoch(epoch: EpochId) -> Self {
        Self { epoch: Some(epoch), ..Self::new(ErrorCode::NewEpoch) }
    }

    /// A restored relay waits for hand-over.
    #[must_use]
    pub fn handing_over(epoch: EpochId, retry_after_s: u32) -> Self {
        let retry_after_s = Some(retry_after_s);
        Self { epoch: Some(epoch), retry_after_s, ..Self::new(ErrorCode::HandingOver) }
    }

    /// The envelopes do not follow what the relay holds.
    #[must_use]
    pub fn chain_broken(chain: Option<ChainEnd>) -> Self {
        Self { chain, ..Self::new(ErrorCode::ChainBroken) }
    }

    /// The device was revoked.
    #[must_use]
    pub fn device_revoked(revocation: Revocation) -> Self {
        Self { revocation: Some(revocation), ..Self::new(ErrorCode::DeviceRevoked) }
    }

    /// The envelope was decided before.
    #[must_use]
    pub fn already_decided(receipt: Receipt) -> Self {
        Self { receipt: Some(receipt), ..Self::new(ErrorCode::AlreadyDecided) }
    }

    /// The body is too large.
    #[must_use]
    pub fn body_too_large(most: u64) -> Self {
        Self { most: Some(most), ..Self::new(ErrorCode::BodyTooLarge) }
    }

    /// Wait so long, for this reason.
    #[must_use]
    pub fn retry_after(code: ErrorCode, seconds: u32) -> Self {
        Self { retry_after_s: Some(seconds), ..Self::new(code) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_survives_the_wire_under_its_own_name() {
        for code in ErrorCode::ALL {
            let bytes = crate::cbor::encode(&Problem::new(code.clone())).unwrap();
            let read: Problem = crate::cbor::decode(&bytes, 1000).unwrap();
            assert_eq!(read.code, *code);
            assert_eq!(read.status, code.status());
            let same_name = ErrorCode::ALL.iter().filter(|other| other.name() == code.name());
            assert_eq!(same_name.count(), 1, "{code}");
        }
    }

    #[test]
    fn a_type_of_a_newer_relay_is_kept() {
        let read = ErrorCode::from("urn:halyard:problem:full-moon".to_owned());
        assert_eq!(read, ErrorCode::Other("full-moon".to_owned()));
        assert_eq!(String::from(read), "urn:halyard:problem:full-moon");
    }

    #[test]
    fn a_problem_is_an_rfc_9457_object() {
        let json = serde_json::to_value(Problem::clock_skew(UnixMs(5))).unwrap();
        assert_eq!(json["type"], "urn:halyard:problem:clock-skew");
        assert_eq!((json["status"].as_u64(), json["now"].as_i64()), (Some(401), Some(5)));
    }
}
