//! A record as it was: «Стан на».
//!
//! A moment is one of the clocks of those who wrote ([`halyard_records::Document::heads_by`]).

use halyard_domain::id::DocumentId;
use halyard_domain::reading::{Alternative, FieldPath, Reading};
use halyard_domain::value::Scalar;
use halyard_records::Written;
use serde::Serialize;

use crate::device::Device;
use crate::error::DeviceError;
use crate::views::HistoryLine;

/// One of several values that were written at the same time, and by whom.
#[derive(Debug, Clone, Serialize)]
pub struct Rival {
    /// The value.
    pub value: Scalar,
    /// Who wrote it and when; absent when the record does not tell.
    pub written: Option<HistoryLine>,
}

/// A place where several values stand until somebody decides.
#[derive(Debug, Clone, Serialize)]
pub struct Dispute {
    /// Where.
    pub path: FieldPath,
    /// The values, the one everybody sees last.
    pub rivals: Vec<Rival>,
}

impl Device {
    /// What a record said at a moment, in Unix seconds; `None` when nobody had made it yet.
    ///
    /// # Errors
    /// When it is not here or cannot be opened.
    pub fn show_at(&self, document: DocumentId, at: i64) -> Result<Option<Reading>, DeviceError> {
        let (_, opened) = self.opened(document)?.ok_or(DeviceError::NoSuchRecord(document))?;
        let failed = |source| DeviceError::Document { document, source };
        let Some(heads) = opened.heads_by(at) else { return Ok(None) };
        opened.reading_at(&heads).map(Some).map_err(failed)
    }

    /// Everything in a record that waits for a decision, with who wrote what and when.
    ///
    /// # Errors
    /// When it is not here or cannot be opened.
    pub fn disputes(&self, document: DocumentId) -> Result<Vec<Dispute>, DeviceError> {
        let view = self.show(document)?;
        let conflicts = view.reading.conflicts();
        if conflicts.is_empty() {
            return Ok(Vec::new());
        }
        let history = self.history(document)?;
        let disputes = conflicts.into_iter().map(|conflict| {
            let rivals = conflict.alternatives.iter().map(|one| Rival {
                value: one.value.clone(),
                written: author(&history, &conflict.path, one),
            });
            Dispute { rivals: rivals.collect(), path: conflict.path }
        });
        Ok(disputes.collect())
    }
}

/// The last line of history in which this actor wrote this value in this place.
fn author(history: &[HistoryLine], path: &FieldPath, one: &Alternative) -> Option<HistoryLine> {
    let wrote = |line: &&HistoryLine| {
        let entry = &line.entry;
        entry.actor == one.by.actor
            && match &entry.what {
                Written::Value { to, .. } => entry.path == *path && *to == one.value,
                Written::Row { columns } => {
                    let (row, column) = (entry.path.row == path.row, path.column.as_ref());
                    row && column.and_then(|name| columns.get(name)) == Some(&one.value)
                }
                Written::Text { .. } => false,
            }
    };
    history.iter().rev().find(wrote).cloned()
}
