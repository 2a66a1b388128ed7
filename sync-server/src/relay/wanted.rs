//! What work that waits for a decision would change, were it merged now.
//!
//! The merge worker makes the document with the work in it; what differs from the record as it stands is
//! told. Nothing is stored.

use halyard_domain::id::WorkspaceId;
use halyard_domain::reading::{Cell, FieldPath, FieldReading, Reading, RowReading};
use halyard_domain::value::Scalar;
use halyard_protocol::envelope::Envelope;
use serde_bytes::ByteBuf;
use std::collections::BTreeSet;

use super::numbers::year;
use super::{Relay, RelayError};
use crate::merge::job::Stored;
use crate::storage::{DocumentQuery, PushQuery};

/// One place that work would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedChange {
    /// Where.
    pub path: FieldPath,
    /// What stands there: one value, several in conflict, or none.
    pub now: Vec<Scalar>,
    /// What would stand there.
    pub wanted: Vec<Scalar>,
}

impl Relay {
    /// What an envelope that is not merged would change. `None` when its record cannot be made with it: it was
    /// made on another generation, or on work that is not here.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn would_change(
        &self,
        workspace: WorkspaceId,
        envelope: &Envelope,
    ) -> Result<Option<Vec<WantedChange>>, RelayError> {
        let document = envelope.document;
        let asked = DocumentQuery { document, changes: BTreeSet::new(), actors: BTreeSet::new() };
        let now = self.now();
        let query = PushQuery {
            workspace,
            device: envelope.device,
            employee: envelope.employee,
            honoured_since: now,
            year: year(now),
            documents: vec![asked],
            replaces: Vec::new(),
            cards: BTreeSet::new(),
        };
        let context = self.storage.push_context(query).await?.ok_or(RelayError::UnknownWorkspace)?;
        let before = context.documents.get(&document).and_then(|situation| situation.before.as_ref());
        let snapshot = before.map(|before| ByteBuf::from(before.snapshot.clone())).unwrap_or_default();
        let tail = envelope.changes.iter().map(|change| ByteBuf::from(change.0.clone())).collect();
        let Some(merged) = self.made(Stored { snapshot, tail }).await else { return Ok(None) };
        let stands = self.storage.reading(workspace, document).await?;
        Ok(Some(differences(stands.as_ref(), &merged.reading)))
    }
}

fn differences(now: Option<&Reading>, wanted: &Reading) -> Vec<WantedChange> {
    let mut found = Vec::new();
    for (name, field) in &wanted.fields {
        let stands = now.and_then(|now| now.fields.get(name));
        match (field, stands) {
            (FieldReading::Cell(cell), Some(FieldReading::Cell(stands))) => {
                note(&mut found, FieldPath::root(name), values(Some(stands)), values(Some(cell)));
            }
            (FieldReading::Cell(cell), _) => {
                note(&mut found, FieldPath::root(name), Vec::new(), values(Some(cell)));
            }
            (FieldReading::Text(text), stands) => {
                let stands = match stands {
                    Some(FieldReading::Text(stands)) => stands.as_str(),
                    _ => "",
                };
                note(&mut found, FieldPath::root(name), written(stands), written(text));
            }
            (FieldReading::Rows(rows), stands) => {
                let none = Vec::new();
                let stands = match stands {
                    Some(FieldReading::Rows(stands)) => stands,
                    _ => &none,
                };
                rows.iter().for_each(|row| note_row(&mut found, name, stands, row));
            }
        }
    }
    found
}

fn note_row(found: &mut Vec<WantedChange>, field: &str, stands: &[RowReading], row: &RowReading) {
    let before = stands.iter().find(|before| before.id == row.id);
    for (column, cell) in &row.columns {
        let stood = values(before.and_then(|before| before.columns.get(column)));
        note(found, FieldPath::column(field, row.id, column), stood, values(Some(cell)));
    }
}

fn note(found: &mut Vec<WantedChange>, path: FieldPath, now: Vec<Scalar>, wanted: Vec<Scalar>) {
    if now != wanted {
        found.push(WantedChange { path, now, wanted });
    }
}

fn values(cell: Option<&Cell>) -> Vec<Scalar> {
    let standing = cell.into_iter().flat_map(Cell::standing).cloned();
    standing.filter(|value| !value.is_null()).collect()
}

fn written(text: &str) -> Vec<Scalar> {
    if text.is_empty() { Vec::new() } else { vec![Scalar::Text(text.to_owned())] }
}
