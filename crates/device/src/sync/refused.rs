//! Going on after a refusal.
//!
//! What the relay refused is in no other copy of the record, so it must leave this one too: the record
//! is taken from the relay anew and what was entered later is entered again, under a new actor and in
//! envelopes that name the ones they replace. What was refused stays in the list «Не прийнято» with its
//! intents. An edit of a row that was born in the refused work waits with it.

use std::collections::BTreeSet;

use halyard_domain::id::{DocumentId, RowId};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::record::typed;
use halyard_protocol::hash::{Generation, Heads, Position};
use halyard_protocol::pull::Entry;
use halyard_records::Document;
use halyard_store::{DocumentCommit, EditCommit, NumberedChange, OwnChange, StoreError};
use halyard_tables::rows::rows_of;

use crate::device::Device;
use crate::edit::{RecordEdit, read, snapshot};
use crate::error::DeviceError;
use crate::news::Origin;
use crate::sync::SyncError;

/// How often a rebuild is made again when somebody edits meanwhile.
const TRIES: usize = 16;

/// What became of one own change that is not in the relay's copy.
enum Fate {
    /// It waits for its receipt, or is refused: it stays as it is.
    Stays,
    /// It is entered again.
    Again,
}

/// The relay's copy of a record.
pub(crate) struct Fetched<'a> {
    pub(crate) document: DocumentId,
    pub(crate) kind: Kind,
    pub(crate) generation: Generation,
    pub(crate) position: Position,
    pub(crate) bytes: &'a [u8],
    pub(crate) heads: &'a Heads,
}

impl<'a> Fetched<'a> {
    /// The whole record an entry brings, when it brings one of a kind known here.
    pub(crate) fn of(entry: &'a Entry) -> Option<Self> {
        match entry {
            Entry::Snapshot(one) => Some(Self {
                document: one.document,
                kind: one.kind.known()?,
                generation: one.generation,
                position: one.position,
                bytes: &one.bytes,
                heads: &one.heads,
            }),
            Entry::Replaced(one) => Some(Self {
                document: one.document,
                kind: one.kind.known()?,
                generation: one.generation,
                position: one.position,
                bytes: &one.bytes,
                heads: &one.heads,
            }),
            Entry::Changes(_)
            | Entry::Gone(_)
            | Entry::Archived(_)
            | Entry::Receipt(_)
            | Entry::Control(_) => None,
        }
    }
}

impl Device {
    /// Puts the relay's copy in place of ours and enters again what was not refused. False, and nothing is
    /// changed, when the copy is not what its heads say.
    pub(crate) fn rebuild(&self, fetched: &Fetched<'_>) -> Result<bool, SyncError> {
        let _turn = self.signing_turn();
        self.rebuild_in_turn(fetched)
    }

    /// As [`Device::rebuild`], of whoever has the turn.
    pub(super) fn rebuild_in_turn(&self, fetched: &Fetched<'_>) -> Result<bool, SyncError> {
        let _arriving = self.store.arriving(vec![fetched.document])?;
        let Ok(theirs) = Document::load(fetched.bytes, []) else { return Ok(false) };
        if fetched.heads.as_slice().iter().any(|head| !theirs.has(*head)) {
            return Ok(false);
        }
        for _ in 0..TRIES {
            match self.rebuild_once(fetched, theirs.clone()) {
                Ok(()) => return Ok(true),
                Err(SyncError::Device(DeviceError::Store(StoreError::Stale(_)))) => {}
                Err(error) => return Err(error),
            }
        }
        Err(DeviceError::Contended(fetched.document).into())
    }

    fn rebuild_once(&self, fetched: &Fetched<'_>, mut content: Document) -> Result<(), SyncError> {
        let document = fetched.document;
        let expected = self.store.document(document)?.map(|stored| stored.heads);
        self.renew_actor();
        let (mut own, mut forget) = (Vec::new(), Vec::new());
        let mut lost_rows: BTreeSet<RowId> = BTreeSet::new();
        let mut entered_again = false;
        for numbered in self.store.own_changes(document)? {
            if content.has(numbered.change.hash) {
                continue;
            }
            let intents = intents_of(&numbered)?;
            if intents.is_empty() && entered_again {
                // It went on with a text that has been entered again, all of it.
                forget.push(numbered.number);
                continue;
            }
            let waits = intents.iter().any(|intent| builds_on(intent, &lost_rows));
            let again = matches!(self.fate(&numbered)?, Fate::Again) && !waits && !intents.is_empty();
            let whose = (document, fetched.kind, fetched.generation.0);
            let made = if again { self.enter_again(&mut content, whose, &intents)? } else { None };
            entered_again = made.is_some();
            match made {
                Some(made) => {
                    own.extend(made);
                    forget.push(numbered.number);
                }
                None => lost_rows.extend(added_rows(&intents)),
            }
        }
        let reading = read(&content, document)?;
        let commit = DocumentCommit {
            document,
            kind: fetched.kind,
            generation: fetched.generation.0,
            expected_heads: expected,
            base: Some(snapshot(&content, document)?),
            changes: Vec::new(),
            heads: content.heads(),
            position: Some(fetched.position.0),
            rows: Some(rows_of(document, &reading)),
        };
        self.store.commit_rebuilt(EditCommit { document: commit, own, form: None, file: None }, forget)?;
        self.tell(Origin::Sync, [(document, Some(fetched.kind))]);
        Ok(())
    }

    fn fate(&self, numbered: &NumberedChange) -> Result<Fate, SyncError> {
        let Some(envelope) = numbered.envelope else { return Ok(Fate::Again) };
        let answer = self.store.own_envelope(envelope)?.and_then(|envelope| envelope.answer);
        Ok(match answer.as_ref().map(|answer| answer.outcome.as_str()) {
            Some("blocked" | "stale") => Fate::Again,
            Some(_) | None => Fate::Stays,
        })
    }

    /// Enters intents on the rebuilt record; `None` when what they build on is not there.
    pub(crate) fn enter_again(
        &self,
        content: &mut Document,
        (document, kind, generation): (DocumentId, Kind, u32),
        intents: &[Intent],
    ) -> Result<Option<Vec<OwnChange>>, SyncError> {
        let before = read(content, document)?;
        let edit = RecordEdit::editing(document, kind, intents.to_vec());
        let mut attempt = content.clone();
        match self.make(&mut attempt, &edit, intents) {
            Ok(made) => {
                *content = attempt;
                Ok(Some(self.own_changes(&edit, generation, &before, made)))
            }
            Err(DeviceError::Edit { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// Whether an intent writes in one of these rows, or adds an answer that takes the place of one.
fn builds_on(intent: &Intent, rows: &BTreeSet<RowId>) -> bool {
    match intent {
        Intent::Set { path, .. } => path.row.is_some_and(|row| rows.contains(&row)),
        Intent::AddRow { columns, .. } => {
            let after = columns.get("after").and_then(typed::<Vec<RowId>>);
            after.unwrap_or_default().iter().any(|row| rows.contains(row))
        }
        Intent::EditText { .. } => false,
    }
}

/// What a change was meant to do.
pub(crate) fn intents_of(numbered: &NumberedChange) -> Result<Vec<Intent>, DeviceError> {
    serde_json::from_str(&numbered.change.intents).map_err(|_| DeviceError::Garbled("list of intents"))
}

fn added_rows(intents: &[Intent]) -> impl Iterator<Item = RowId> + '_ {
    intents.iter().filter_map(|intent| match intent {
        Intent::AddRow { row, .. } => Some(*row),
        Intent::Set { .. } | Intent::EditText { .. } => None,
    })
}

#[cfg(test)]
mod tests;
