//! The device's one SQLite file, encrypted with SQLCipher.
//!
//! It keeps documents, what was made here and not yet received by the office, and what the office
//! answered; derived tables beside them serve lists and search. Every method of [`Store`] is one
//! transaction and one promise; when a writing method returns, its work is on disk.
//!
//! The store knows neither Automerge nor the protocol: changes, envelopes and receipts are bytes.

mod arrivals;
mod blobs;
mod documents;
mod drafts;
mod engine;
mod enrolling;
mod error;
mod healing;
mod imports;
mod key;
mod newest;
mod notices;
mod outbox;
mod parse_marks;
pub mod private;
pub mod profile;
mod rescue;
mod rows;
mod saved_views;
mod store;
mod sync_state;
mod to_review;
mod tries;
mod types;

pub use blobs::{BlobKey, BlobRow, BlobSize, BlobState, NewBlob};
pub use drafts::Draft;
pub use engine::Holder;
pub use enrolling::Enrolling;
pub use error::{Stop, StopReason, StoreError, no_room};
pub use imports::{KeptImport, NewImport};
pub use key::{Guard, KeyError, KeyringSecret, Unlock};
pub use newest::Newest;
pub use notices::KeptNotice;
pub use parse_marks::Parsing;
pub use rescue::RescueReport;
pub use saved_views::SavedView;
pub use store::Store;
pub use tries::Tries;
pub use types::{
    Answer, DocumentCommit, EditCommit, EnvelopeKey, Holding, Identity, NumberedChange, OtherEnvelope,
    OwnChange, OwnEnvelope, PageCommit, SealedEnvelope, SecretKey, StoredDocument, SyncState,
    SyncStateChange,
};
