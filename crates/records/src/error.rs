//! What can go wrong with a document.

use halyard_domain::hash::ChangeHash;
use halyard_domain::reading::FieldPath;
use halyard_domain::value::ValueError;

/// A document could not be loaded, merged or read.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// Automerge refused the bytes or the operation.
    #[error("automerge refused the document")]
    Automerge(#[from] automerge::AutomergeError),
    /// Automerge panicked on the bytes; the document in memory is gone, the stored one is whole.
    #[error("automerge panicked on the document")]
    Panicked,
    /// A change is not the one its place promises.
    #[error("the bytes of a change cannot be read")]
    BadChange(#[source] automerge::LoadChangeError),
    /// Changes wait for others that are not here.
    #[error("{} earlier changes are missing", .0.len())]
    MissingDependencies(Vec<ChangeHash>),
    /// No seed of a known kind is in the document.
    #[error("the document has no seed of a known kind")]
    NoSeed,
}

/// An edit could not be made. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The kind has no such field.
    #[error("there is no field {0}")]
    NoSuchField(FieldPath),
    /// The field holds something else: a text where a value was given, a value where a row was.
    #[error("{0} does not hold what was given")]
    WrongShape(FieldPath),
    /// The row does not exist here.
    #[error("there is no row {0}")]
    NoSuchRow(FieldPath),
    /// A row with this id is already there.
    #[error("the row {0} is already there")]
    RowExists(FieldPath),
    /// The value is not what the field holds.
    #[error("the value of {path} is wrong")]
    BadValue {
        /// The field.
        path: FieldPath,
        /// What is wrong.
        #[source]
        source: ValueError,
    },
    /// The value or text is longer than any relay takes.
    #[error("{0} cannot hold as much")]
    TooLong(FieldPath),
    /// It is more than can be sent in one piece, as the making of a record must be.
    #[error("the edit is too much for one piece")]
    TooMuch,
    /// The document could not take the operation.
    #[error("the document could not be edited")]
    Document(#[from] DocumentError),
}

impl From<automerge::AutomergeError> for EditError {
    fn from(error: automerge::AutomergeError) -> Self {
        Self::Document(DocumentError::Automerge(error))
    }
}
