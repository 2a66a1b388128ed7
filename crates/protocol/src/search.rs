//! Bodies of `POST /v1/search`: archived records within sight, found on the relay.

use halyard_domain::id::DocumentId;
use serde::{Deserialize, Serialize};

use crate::schema::KindName;

/// Asks for archived records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchRequest {
    /// What the person typed.
    pub text: String,
    /// Only these kinds; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<KindName>,
    /// Most answers wanted.
    pub limit: u16,
    /// Go on after this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<DocumentId>,
}

/// What was found, best first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchAnswer {
    /// The records.
    pub found: Vec<Found>,
    /// Whether there are more after the last.
    pub more: bool,
}

/// One record, enough to choose it; `fetch` brings it whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The record.
    pub document: DocumentId,
    /// Its kind.
    pub kind: KindName,
    /// Its number, when it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// What it is called in lists.
    pub title: String,
}
