//! What an import, and taking it back, did to which record, as the store remembers it.

use std::collections::BTreeMap;

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use serde::{Deserialize, Serialize};

use crate::edit::Saved;

/// What was done to one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NotedEdit {
    pub(super) document: DocumentId,
    pub(super) kind: Kind,
    pub(super) is_new: bool,
    pub(super) changes: Vec<ChangeHash>,
}

/// The text of a note.
#[expect(clippy::expect_used, reason = "ids, hashes and names of kinds always become JSON")]
pub(super) fn written(records: &[NotedEdit]) -> String {
    serde_json::to_string(records).expect("plain data becomes JSON")
}

/// What a note says; `None` when it cannot be read.
pub(super) fn read(text: &str) -> Option<Vec<NotedEdit>> {
    serde_json::from_str(text).ok()
}

/// The records with the changes that are about to be saved, each under its record.
pub(super) fn with_changes(mut records: Vec<NotedEdit>, saved: &[Saved]) -> Vec<NotedEdit> {
    let by_record: BTreeMap<DocumentId, &Saved> = saved.iter().map(|one| (one.document, one)).collect();
    for record in &mut records {
        let changes = by_record.get(&record.document).map(|saved| saved.changes.as_slice());
        record.changes.extend_from_slice(changes.unwrap_or_default());
    }
    records
}
