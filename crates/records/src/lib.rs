//! The Automerge side of Halyard: the only crate that knows it.
//!
//! A [`Document`] is one record. It is born from its kind's seed, edited by intents, merged by raw
//! changes and read as a [`halyard_domain::reading::Reading`]. Raw changes are the truth; a snapshot
//! is a cache made from them. Nothing here trusts bytes: callers that read bytes from outside do so
//! inside a process or thread they can lose, and a panic of Automerge comes back as an error.

mod document;
mod edit;
mod error;
mod history;
mod read;
pub mod seed;
mod split;
mod text;
mod walk;

pub use document::Document;
pub use edit::{Editor, NewChange};
pub use error::{DocumentError, EditError};
pub use history::{HistoryEntry, Written};
pub use walk::{Action, Operation};
