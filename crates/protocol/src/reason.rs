//! Why an envelope was not simply accepted.
//!
//! A reason is a code with the data a person needs to act on it; the path of the field, where there is
//! one, stands beside it in the receipt. A code of a newer relay is kept as it is ([`Reason::Other`]), so
//! a receipt can always be stored, verified and handed over.

use serde::{Deserialize, Serialize};

use crate::hash::{ChangeHash, EnvelopeHash, Generation};

/// What is wrong with the bytes of a malformed envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Malformation {
    /// A version of the envelope this relay does not speak.
    Version,
    /// Another workspace, device or employee than the request's.
    Address,
    /// The signature does not fit.
    Signature,
    /// No changes, or more than an envelope may hold.
    Changes,
    /// More operations than an envelope may hold.
    Operations,
    /// A change is no readable change chunk.
    Chunk,
    /// A change exceeds a cap.
    Limit,
    /// A change by an actor of another device.
    Actor,
    /// A change whose number does not follow its actor's last.
    Sequence,
    /// A change that starts too far above the known operations.
    StartOp,
    /// A change that stands before one it depends on.
    Order,
    /// A new document without its seed, or a change without dependencies that is no seed.
    Seedless,
    /// A seed of another kind than the document's.
    Kind,
    /// The merge worker died over it, twice.
    Worker,
    /// Automerge refused it, or the merged document could not be read again.
    Unreadable,
    /// The merged document nests deeper or grows larger than documents may.
    Document,
}

impl Malformation {
    const NAMES: &'static [(Malformation, &'static str)] = &[
        (Self::Version, "malformed_version"),
        (Self::Address, "malformed_address"),
        (Self::Signature, "malformed_signature"),
        (Self::Changes, "malformed_changes"),
        (Self::Operations, "malformed_operations"),
        (Self::Chunk, "malformed_chunk"),
        (Self::Limit, "malformed_limit"),
        (Self::Actor, "malformed_actor"),
        (Self::Sequence, "malformed_sequence"),
        (Self::StartOp, "malformed_start_op"),
        (Self::Order, "malformed_order"),
        (Self::Seedless, "malformed_seedless"),
        (Self::Kind, "malformed_kind"),
        (Self::Worker, "malformed_worker"),
        (Self::Unreadable, "malformed_unreadable"),
        (Self::Document, "malformed_document"),
    ];

    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(value, _)| *value == self).map_or("malformed", |(_, name)| name)
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, text)| *text == name).map(|(value, _)| *value)
    }
}

/// Why an envelope was not simply accepted, or what a reviewer answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Wire", into = "Wire")]
pub enum Reason {
    /// The employee's role does not let them write this field.
    NotAllowed,
    /// The employee does not see this record.
    OutOfSight,
    /// Only the relay writes this field.
    RelayOnly,
    /// A row or event of somebody else, which only its author or a reviewer corrects.
    OthersRow,
    /// The field is in conflict, and somebody else decides it.
    ConflictNotYours,
    /// The device was revoked.
    DeviceRevoked,
    /// The employee was dismissed.
    EmployeeDismissed,
    /// Something the records' rules never write: a wrong type, a missing container, an Automerge delete of a row.
    NotARecord,
    /// Behind an envelope that is not merged.
    Behind {
        /// That envelope.
        envelope: EnvelopeHash,
    },
    /// Made on a generation of the document that was replaced.
    OlderGeneration {
        /// The generation there is now.
        present: Generation,
    },
    /// It replaces an envelope that was merged meanwhile.
    ReplacedWasMerged {
        /// That envelope.
        envelope: EnvelopeHash,
    },
    /// It depends on a change the relay does not have.
    UnknownDependency {
        /// That change.
        change: ChangeHash,
    },
    /// Made by a newer app than this relay understands.
    NewerSchema,
    /// The relay was restored and waits for hand-over and for IT.
    HandingOver,
    /// The relay had no time to merge it, twice: its machine is too busy.
    RelayBusy,
    /// The document as the relay keeps it cannot be loaded: IT restores it.
    DocumentUnreadable,
    /// The bytes are not what an app writes.
    Malformed(Malformation),
    /// A reviewer declined it, with an answer for the author.
    Declined {
        /// What the reviewer wrote.
        answer: String,
    },
    /// Personal data was erased from the document, these changes with it.
    Erased,
    /// A code of a newer relay.
    Other(String),
}

/// The map on the wire.
#[derive(Default, Serialize, Deserialize)]
struct Wire {
    code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    envelope: Option<EnvelopeHash>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    change: Option<ChangeHash>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    generation: Option<Generation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
}

impl Reason {
    /// The stable code, for texts and statistics.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::NotAllowed => "not_allowed",
            Self::OutOfSight => "out_of_sight",
            Self::RelayOnly => "relay_only",
            Self::OthersRow => "others_row",
            Self::ConflictNotYours => "conflict_not_yours",
            Self::DeviceRevoked => "device_revoked",
            Self::EmployeeDismissed => "employee_dismissed",
            Self::NotARecord => "not_a_record",
            Self::Behind { .. } => "behind",
            Self::OlderGeneration { .. } => "older_generation",
            Self::ReplacedWasMerged { .. } => "replaced_was_merged",
            Self::UnknownDependency { .. } => "unknown_dependency",
            Self::NewerSchema => "newer_schema",
            Self::HandingOver => "handing_over",
            Self::RelayBusy => "relay_busy",
            Self::DocumentUnreadable => "document_unreadable",
            Self::Malformed(malformation) => malformation.name(),
            Self::Declined { .. } => "declined",
            Self::Erased => "erased",
            Self::Other(code) => code,
        }
    }
}

impl From<Reason> for Wire {
    fn from(reason: Reason) -> Self {
        let mut wire = Self { code: reason.code().to_owned(), ..Self::default() };
        match reason {
            Reason::Behind { envelope } | Reason::ReplacedWasMerged { envelope } => {
                wire.envelope = Some(envelope);
            }
            Reason::OlderGeneration { present } => wire.generation = Some(present),
            Reason::UnknownDependency { change } => wire.change = Some(change),
            Reason::Declined { answer } => wire.answer = Some(answer),
            Reason::NotAllowed
            | Reason::OutOfSight
            | Reason::RelayOnly
            | Reason::OthersRow
            | Reason::ConflictNotYours
            | Reason::DeviceRevoked
            | Reason::EmployeeDismissed
            | Reason::NotARecord
            | Reason::NewerSchema
            | Reason::HandingOver
            | Reason::RelayBusy
            | Reason::DocumentUnreadable
            | Reason::Malformed(_)
            | Reason::Erased
            | Reason::Other(_) => {}
        }
        wire
    }
}

impl From<Wire> for Reason {
    fn from(wire: Wire) -> Self {
        match (wire.code.as_str(), wire.envelope, wire.change, wire.generation, wire.answer) {
            ("not_allowed", ..) => Self::NotAllowed,
            ("out_of_sight", ..) => Self::OutOfSight,
            ("relay_only", ..) => Self::RelayOnly,
            ("others_row", ..) => Self::OthersRow,
            ("conflict_not_yours", ..) => Self::ConflictNotYours,
            ("device_revoked", ..) => Self::DeviceRevoked,
            ("employee_dismissed", ..) => Self::EmployeeDismissed,
            ("not_a_record", ..) => Self::NotARecord,
            ("behind", Some(envelope), ..) => Self::Behind { envelope },
            ("older_generation", _, _, Some(present), _) => Self::OlderGeneration { present },
            ("replaced_was_merged", Some(envelope), ..) => Self::ReplacedWasMerged { envelope },
            ("unknown_dependency", _, Some(change), ..) => Self::UnknownDependency { change },
            ("newer_schema", ..) => Self::NewerSchema,
            ("handing_over", ..) => Self::HandingOver,
            ("relay_busy", ..) => Self::RelayBusy,
            ("document_unreadable", ..) => Self::DocumentUnreadable,
            ("declined", _, _, _, Some(answer)) => Self::Declined { answer },
            ("erased", ..) => Self::Erased,
            (code, ..) => match Malformation::from_name(code) {
                Some(malformation) => Self::Malformed(malformation),
                None => Self::Other(wire.code),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cbor;

    #[test]
    fn every_reason_survives_the_wire() {
        let mut reasons = vec![
            Reason::NotAllowed,
            Reason::OutOfSight,
            Reason::RelayOnly,
            Reason::OthersRow,
            Reason::ConflictNotYours,
            Reason::DeviceRevoked,
            Reason::EmployeeDismissed,
            Reason::NotARecord,
            Reason::Behind { envelope: EnvelopeHash([1; 32]) },
            Reason::OlderGeneration { present: Generation(3) },
            Reason::ReplacedWasMerged { envelope: EnvelopeHash([2; 32]) },
            Reason::UnknownDependency { change: ChangeHash([3; 32]) },
            Reason::NewerSchema,
            Reason::HandingOver,
            Reason::RelayBusy,
            Reason::DocumentUnreadable,
            Reason::Declined { answer: "Покажіть фото".to_owned() },
            Reason::Erased,
            Reason::Other("too_early".to_owned()),
        ];
        reasons.extend(Malformation::NAMES.iter().map(|(value, _)| Reason::Malformed(*value)));
        for reason in reasons {
            let bytes = cbor::encode(&reason).unwrap();
            assert_eq!(cbor::decode::<Reason>(&bytes, 500).unwrap(), reason);
        }
    }
}
