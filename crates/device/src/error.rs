//! What can go wrong in a use case.

use halyard_domain::id::DocumentId;
use halyard_domain::rights::Refusal;
use halyard_domain::saving::Objection;
use halyard_records::DocumentError;
use halyard_store::StoreError;

/// A use case failed. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    /// The device database could not be read or written.
    #[error("the device database failed")]
    Store(#[from] StoreError),
    /// A document could not be opened.
    #[error("could not open document {document}")]
    Document {
        /// The document.
        document: DocumentId,
        /// Why.
        #[source]
        source: DocumentError,
    },
    /// The document is set aside because it ended the app; it is fetched anew at the next sync.
    #[error("document {0} is set aside")]
    SetAside(DocumentId),
    /// There is no such record on this device.
    #[error("there is no record {0} here")]
    NoSuchRecord(DocumentId),
    /// A record with this id is here already.
    #[error("record {0} is here already")]
    RecordExists(DocumentId),
    /// The edit names a field, row or value that is not there.
    #[error("the edit of {document} is wrong")]
    Edit {
        /// The document.
        document: DocumentId,
        /// What is wrong.
        #[source]
        source: halyard_records::EditError,
    },
    /// The rights do not allow the edit: the office would refuse it.
    #[error("not allowed on {document}")]
    NotAllowed {
        /// The document.
        document: DocumentId,
        /// What and why.
        #[source]
        refusal: Refusal,
    },
    /// The rights do not allow the edit, and no other either: the employee holds no role any more.
    #[error("not allowed on {document}: the employee holds no role")]
    WithoutRole {
        /// The document.
        document: DocumentId,
        /// What and why.
        #[source]
        refusal: Refusal,
    },
    /// What is typed cannot be meant: the rules about saving speak against it.
    #[error("{}", objections.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Objected {
        /// The document.
        document: DocumentId,
        /// Everything that speaks against it, never empty.
        objections: Vec<Objection>,
    },
    /// The device belongs to nobody yet.
    #[error("the device is not enrolled")]
    NotEnrolled,
    /// Somebody changed the record again and again while it was being saved.
    #[error("record {0} changes faster than it can be saved")]
    Contended(DocumentId),
    /// What the store keeps about the relay cannot be read.
    #[error("the device database holds a wrong {0}")]
    Garbled(&'static str),
    /// A list or filter names a column the kind does not have.
    #[error("the list cannot be made")]
    List(#[from] halyard_tables::list::ListError),
}
