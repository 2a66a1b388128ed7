//! Editing: from what a person meant to what is on the disk.
//!
//! Every edit is one transaction: change, intents, outbox and derived rows together. When it returns,
//! the work survives a dead battery. The rights are asked first, so that nothing is offered or taken
//! that the office would refuse.

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::id::{Ref, RowId};
use halyard_domain::intent::Intent;
use halyard_domain::kind::{Group, Kind};
use halyard_domain::reading::{FieldPath, Reading};
use halyard_domain::record::RowsField;
use halyard_domain::record::{Authored, RowValue};
use halyard_domain::records::Common;
use halyard_domain::rights::{Access, Writer, judge_intents, unborn};
use halyard_domain::saving::canonical;
use halyard_domain::value::Scalar;
use halyard_records::{Document, Editor, NewChange, seed};
use halyard_store::{DocumentCommit, EditCommit, NewBlob, OwnChange, StoreError};
use halyard_tables::rows::rows_of;
use serde::{Deserialize, Serialize};

use crate::device::Device;
use crate::error::DeviceError;
use crate::news::Origin;
use crate::saving::Surrounding;
use crate::trying::Tried;

/// The tail of raw changes is folded into a snapshot when it grows longer.
pub(crate) const FOLD_AFTER: usize = 24;
/// How often an edit is made again when the document changed under it.
const TRIES: usize = 16;
/// The owners of a change that makes a record.
pub(crate) const BIRTH: &str = "birth";

/// What to do to one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordEdit {
    /// The record.
    pub document: DocumentId,
    /// Its kind.
    pub kind: Kind,
    /// True when this makes the record.
    pub is_new: bool,
    /// The heads that were on the screen of whoever edits: what others wrote since stays beside what they
    /// write. Empty when they go by the record as it stands.
    pub seen: Vec<ChangeHash>,
    /// What to do.
    pub intents: Vec<Intent>,
    /// The form that asked for it, by its draft's name: the draft is forgotten with the same write.
    pub form: Option<String>,
    /// A file it names: kept with the same write, or not at all.
    pub file: Option<NewBlob>,
}

impl RecordEdit {
    /// Makes a record.
    #[must_use]
    pub const fn making(document: DocumentId, kind: Kind, intents: Vec<Intent>) -> Self {
        Self { document, kind, is_new: true, seen: Vec::new(), intents, form: None, file: None }
    }

    /// Edits a record as it stands.
    #[must_use]
    pub const fn editing(document: DocumentId, kind: Kind, intents: Vec<Intent>) -> Self {
        Self { document, kind, is_new: false, seen: Vec::new(), intents, form: None, file: None }
    }

    /// The edit as a form asks for it; none when nobody typed it into one.
    #[must_use]
    pub fn of_form(self, form: Option<&str>) -> Self {
        Self { form: form.map(ToOwned::to_owned), ..self }
    }
}

/// A saved edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The record.
    pub document: DocumentId,
    /// The changes made; empty when everything stood there already.
    pub changes: Vec<ChangeHash>,
}

impl Saved {
    /// The heads a form or a text box goes on from after this save, as [`RecordEdit::seen`] and
    /// [`Intent::EditText`] want them: what the person wrote so far and saw, and nothing a colleague wrote
    /// meanwhile.
    #[must_use]
    pub fn text_base(&self) -> Vec<String> {
        self.changes.last().map(ToString::to_string).into_iter().collect()
    }
}

/// What stood where an intent wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Before {
    /// A value, or several in conflict.
    Values(Vec<Scalar>),
    /// A text.
    Text(String),
    /// Nothing: a row was added.
    Nothing,
}

impl Device {
    /// Makes a record and fills it.
    ///
    /// # Errors
    /// As [`Device::save`].
    pub fn create(&self, kind: Kind, intents: Vec<Intent>) -> Result<DocumentId, DeviceError> {
        let document = self.new_id();
        self.save(&[RecordEdit::making(document, kind, intents)])?;
        Ok(document)
    }

    /// Edits a record that is here.
    ///
    /// # Errors
    /// As [`Device::save`].
    pub fn edit(&self, document: DocumentId, intents: Vec<Intent>) -> Result<Saved, DeviceError> {
        let kind = self.store.document(document)?.ok_or(DeviceError::NoSuchRecord(document))?.kind;
        let saved = self.save(&[RecordEdit::editing(document, kind, intents)])?;
        saved.into_iter().next().ok_or(DeviceError::NoSuchRecord(document))
    }

    /// Saves edits of several records together: all of them or none. A record occurs once.
    ///
    /// # Errors
    /// When a record or field is not there, when the rights do not allow it, or when nothing can be
    /// saved. Nothing is changed then.
    pub fn save(&self, edits: &[RecordEdit]) -> Result<Vec<Saved>, DeviceError> {
        self.save_by(edits, |_| (), |made, _| self.store.commit_edits(made))
    }

    /// As [`Device::save`], in a transaction with whatever else `commit` saves; it is asked again when a record
    /// changed meanwhile. `ready` is told how many edits are made and wait for that one transaction.
    pub(crate) fn save_by(
        &self,
        edits: &[RecordEdit],
        mut ready: impl FnMut(usize),
        commit: impl Fn(Vec<EditCommit>, &[Saved]) -> Result<(), StoreError>,
    ) -> Result<Vec<Saved>, DeviceError> {
        // Asked once for all: an import has thousands of edits, and roles are whole records.
        let access = self.access()?;
        retried(|| self.save_once(edits, access.as_ref(), &mut ready, &commit))
    }

    /// One try of [`Device::save_by`]: [`DeviceError::Contended`] when a record changed meanwhile.
    pub(crate) fn save_once(
        &self,
        edits: &[RecordEdit],
        access: Option<&Access>,
        ready: &mut impl FnMut(usize),
        commit: &impl Fn(Vec<EditCommit>, &[Saved]) -> Result<(), StoreError>,
    ) -> Result<Vec<Saved>, DeviceError> {
        let around = Surrounding::of(self);
        let mut prepared = Vec::with_capacity(edits.len());
        for edit in edits {
            prepared.push(self.prepare(edit, access, &around)?);
            ready(prepared.len());
        }
        let saved: Vec<Saved> = prepared.iter().map(saved).collect();
        match commit(prepared, &saved) {
            Ok(()) => {
                self.tell(Origin::Here, edits.iter().map(|edit| (edit.document, Some(edit.kind))));
                Ok(saved)
            }
            Err(StoreError::Stale(document)) => Err(DeviceError::Contended(document)),
            Err(error) => Err(error.into()),
        }
    }

    /// A new id, ordered by this device's clock.
    #[must_use]
    pub fn new_id(&self) -> DocumentId {
        DocumentId::new_at(self.unix_ms(), self.surroundings.random10())
    }

    /// A new row id, ordered by this device's clock.
    #[must_use]
    pub fn new_row(&self) -> RowId {
        RowId::new_at(self.unix_ms(), self.surroundings.random10())
    }

    /// The intent that adds a row or an event now, in the name of this device's employee. What an event says
    /// about the record it is written on is filled in when it is saved.
    ///
    /// # Errors
    /// When the device is not enrolled.
    pub fn add<T: RowValue>(&self, field: &RowsField<T>, value: &T) -> Result<Intent, DeviceError> {
        let authored = Authored { by: Ref::to(self.employee()?), at: self.surroundings.now() };
        Ok(field.add(self.new_row(), authored, value))
    }

    /// What a record said at the heads somebody had before them; `None` when it is not here, or not at them.
    pub(crate) fn show_seen(
        &self,
        document: DocumentId,
        heads: &[ChangeHash],
    ) -> Result<Option<Reading>, DeviceError> {
        let Some((_, opened)) = self.opened(document)? else { return Ok(None) };
        reading_seen(&opened, document, heads)
    }

    pub(crate) fn unix_ms(&self) -> u64 {
        u64::try_from(self.surroundings.now_ms()).unwrap_or(0)
    }

    fn prepare(
        &self,
        edit: &RecordEdit,
        access: Option<&Access>,
        around: &Surrounding<'_>,
    ) -> Result<EditCommit, DeviceError> {
        let document = edit.document;
        let tried = self.tried(edit, |before, intents| match access {
            Some(access) => self.judge(before, intents, edit, access),
            None => Ok(()),
        })?;
        around.object(&self.edit_of(edit, &tried)?)?;
        let Tried { stored, opened, before, after, made, .. } = tried;

        let mut own = Vec::new();
        if edit.is_new {
            own.extend(seed::seeds_of(edit.kind).iter().map(|seed| NewChange {
                hash: seed.hash,
                chunk: seed.bytes.clone(),
                owners: Vec::new(),
                intents: Vec::new(),
            }));
        }
        own.extend(made);
        let generation = stored.as_ref().map_or(0, |stored| stored.generation);
        let chunks: Vec<_> = own.iter().map(|change| (change.hash, change.chunk.clone())).collect();
        let fold = stored.as_ref().is_some_and(|stored| stored.tail.len() + chunks.len() > FOLD_AFTER);
        let base = if fold { Some(snapshot(&opened, document)?) } else { None };
        Ok(EditCommit {
            document: DocumentCommit {
                document,
                kind: edit.kind,
                generation,
                expected_heads: stored.map(|stored| stored.heads),
                changes: if base.is_some() { Vec::new() } else { chunks },
                base,
                heads: opened.heads(),
                position: None,
                rows: Some(rows_of(document, &after)),
            },
            own: self.own_changes(edit, generation, &before, own),
            form: edit.form.clone(),
            file: edit.file.clone(),
        })
    }

    /// Asks the rights about an edit without making it.
    pub(crate) fn may_save(&self, edit: &RecordEdit, access: &Access) -> Result<(), DeviceError> {
        let before = match self.opened(edit.document)? {
            Some((_, opened)) => read(&opened, edit.document)?,
            None => unborn(edit.kind),
        };
        let written: Vec<Intent> = edit.intents.iter().map(|intent| canonical(edit.kind, intent)).collect();
        let intents = if edit.is_new { self.with_author(&written)? } else { written };
        self.judge(&before, &intents, edit, access)
    }

    pub(crate) fn born(&self, edit: &RecordEdit) -> Result<Document, DeviceError> {
        Document::born(edit.kind).map_err(|source| DeviceError::Document { document: edit.document, source })
    }

    pub(crate) fn with_author(&self, intents: &[Intent]) -> Result<Vec<Intent>, DeviceError> {
        let author = Common::AUTHOR.set(&Ref::to(self.employee()?));
        Ok(std::iter::once(author).chain(intents.iter().cloned()).collect())
    }

    pub(crate) fn make(
        &self,
        opened: &mut Document,
        edit: &RecordEdit,
        intents: &[Intent],
    ) -> Result<Vec<NewChange>, DeviceError> {
        let surroundings = self.surroundings.as_ref();
        let time = surroundings.now_ms().div_euclid(1000);
        let made = self.with_profile(|profile| {
            let mut fresh = || profile.actors.fresh(surroundings);
            let mut editor = Editor { actor: profile.actors.session(), fresh_actor: &mut fresh, time };
            if edit.is_new {
                opened.edit_at_birth(&mut editor, intents)
            } else {
                opened.edit_seen(&mut editor, &edit.seen, intents)
            }
        })?;
        made.map_err(|source| DeviceError::Edit { document: edit.document, source })
    }

    /// Asks the rights about the edit, as the relay will about its change.
    fn judge(
        &self,
        before: &Reading,
        intents: &[Intent],
        edit: &RecordEdit,
        access: &Access,
    ) -> Result<(), DeviceError> {
        let employee = self.employee()?;
        let writer = if edit.is_new {
            Writer::maker(employee, access)
        } else {
            let writer = Writer::of(before, employee, access, true);
            let above = self.responsible_above(before, intents, employee)?;
            Writer { responsible: writer.responsible.max(above), ..writer }
        };
        let Err(refusal) = judge_intents(&writer, before, intents) else { return Ok(()) };
        let document = edit.document;
        Err(if self.is_without_role()? {
            DeviceError::WithoutRole { document, refusal }
        } else {
            DeviceError::NotAllowed { document, refusal }
        })
    }

    pub(crate) fn own_changes(
        &self,
        edit: &RecordEdit,
        generation: u32,
        before: &Reading,
        made: Vec<NewChange>,
    ) -> Vec<OwnChange> {
        made.into_iter()
            .map(|change| {
                let stood: Vec<Before> = change.intents.iter().map(|intent| stood(before, intent)).collect();
                OwnChange {
                    document: edit.document,
                    kind: edit.kind,
                    generation,
                    hash: change.hash,
                    chunk: change.chunk,
                    owners: if edit.is_new { BIRTH.to_owned() } else { names(&change.owners) },
                    intents: json(&change.intents),
                    before: json(&stood),
                    made_ms: self.surroundings.now_ms(),
                }
            })
            .collect()
    }
}

/// Tries again as long as a record changes under the try, a few times.
pub(crate) fn retried<T>(mut once: impl FnMut() -> Result<T, DeviceError>) -> Result<T, DeviceError> {
    let mut tries = 1;
    loop {
        match once() {
            Err(DeviceError::Contended(_)) if tries < TRIES => tries += 1,
            done => return done,
        }
    }
}

/// The first place among those intents write where several values wait for a decision.
#[must_use]
pub fn contested(record: &Reading, intents: &[Intent]) -> Option<FieldPath> {
    let conflicts = record.conflicts();
    intents.iter().map(Intent::path).find(|path| conflicts.iter().any(|one| one.path == *path))
}

/// What the record said when whoever edits had it before them; `None` for what it says now.
pub(crate) fn reading_seen(
    opened: &Document,
    document: DocumentId,
    heads: &[ChangeHash],
) -> Result<Option<Reading>, DeviceError> {
    if heads.is_empty() || heads.iter().any(|head| !opened.has(*head)) {
        return Ok(None);
    }
    opened.reading_at(heads).map(Some).map_err(|source| DeviceError::Document { document, source })
}

fn saved(commit: &EditCommit) -> Saved {
    Saved {
        document: commit.document.document,
        changes: commit.own.iter().map(|change| change.hash).collect(),
    }
}

pub(crate) fn read(opened: &Document, document: DocumentId) -> Result<Reading, DeviceError> {
    opened.reading().map_err(|source| DeviceError::Document { document, source })
}

pub(crate) fn snapshot(opened: &Document, document: DocumentId) -> Result<Vec<u8>, DeviceError> {
    opened.snapshot().map_err(|source| DeviceError::Document { document, source })
}

fn names(owners: &[Group]) -> String {
    owners.iter().map(|group| group.name()).collect::<Vec<_>>().join(",")
}

#[expect(clippy::expect_used, reason = "maps with text keys and plain values always become JSON")]
fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("plain data becomes JSON")
}

fn stood(before: &Reading, intent: &Intent) -> Before {
    match intent {
        Intent::AddRow { .. } => Before::Nothing,
        Intent::EditText { field, .. } => Before::Text(before.text(field).to_owned()),
        Intent::Set { path, .. } => {
            let cell = match (path.row, &path.column) {
                (Some(row), Some(column)) => {
                    before.row(&path.field, row).and_then(|row| row.columns.get(column))
                }
                _ => before.cell(&path.field),
            };
            Before::Values(match cell {
                None => vec![Scalar::Null],
                Some(cell) if cell.is_conflict() => {
                    cell.alternatives.iter().map(|one| one.value.clone()).collect()
                }
                Some(cell) => vec![cell.value.clone()],
            })
        }
    }
}
