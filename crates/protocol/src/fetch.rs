//! Bodies of `POST /v1/sync/fetch`: documents by id, whole, within sight, archived ones too.

use halyard_domain::id::{DocumentId, EpochId};
use serde::{Deserialize, Serialize};

use crate::hash::Position;
use crate::pull::{Entry, Me};

/// Asks for documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchRequest {
    /// Which ones.
    pub documents: Vec<DocumentId>,
    /// Size of the answer before compression; [`PAGE_BYTES`](crate::limits::PAGE_BYTES) when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_bytes: Option<u32>,
}

/// The documents, as snapshots or replacements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchAnswer {
    /// The present life of the log.
    pub epoch: EpochId,
    /// The documents found.
    pub entries: Vec<Entry>,
    /// Asked for and not here or not in sight, which is the same.
    pub unknown: Vec<DocumentId>,
    /// Asked for and left out because the answer was full: to be asked for again.
    pub rest: Vec<DocumentId>,
    /// The end of the log when this was read.
    pub position: Position,
    /// Who the caller is and what they may do.
    pub me: Me,
}
