//! May this employee write this path of this record?
//!
//! Judged operation by operation, because a value that loses a conflict today may win tomorrow. The
//! relay judges whole envelopes ([`judge`]); the app asks about one place before it offers an edit
//! ([`may_edit`], [`may_add`]). Underneath is one and the same set of checks ([`super::checks`]).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::id::DocumentId;
use crate::intent::Intent;
use crate::kind::{Group, Kind, Section};
use crate::reading::{Cell, FieldPath, FieldReading, Reading};
use crate::records::schema;
use crate::rights::checks::Check;
use crate::rights::refusal::{Reason, Refusal};
use crate::rights::{Access, responsible_of};
use crate::schema::{Shape, root_key};
use crate::value::Scalar;

/// Who writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer<'a> {
    /// The employee.
    pub employee: DocumentId,
    /// What the employee's roles give.
    pub access: &'a Access,
    /// True for the envelope that makes the record: its maker writes every group but the relay's.
    pub brings_seed: bool,
    /// Whether the employee sees the record ([`super::sees`]).
    pub sees: bool,
    /// Who answers for the record: whom it names, or what it is a part of.
    pub responsible: Responsible,
    /// On whose word it is written.
    pub word: Word,
    /// What the writer had before their eyes, when that is not the record as it stands: whether answers
    /// stood against one another is asked of it. Nobody decides a dispute they could not know of.
    pub saw: Option<&'a Reading>,
}

/// Who answers for a record, and so decides its conflicts. Where it is somebody, the office does not
/// decide in their place: it names another responsible first, and that is written in the history.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Responsible {
    /// Nobody is named: the office.
    #[default]
    Nobody,
    /// Somebody else is named.
    Another,
    /// The writer is named, alone or among others.
    Writer,
}

/// On whose word something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// The employee's own, by their own rights.
    Own,
    /// A reviewer's, who lets the employee's work in: the access is the reviewer's. What technicians and
    /// customers say happened passes on that word; what the office decides only where the reviewer could
    /// have decided it too. So a decision never gives anybody more than the reviewer has.
    Reviewer,
}

impl<'a> Writer<'a> {
    /// Somebody who edits a record that is there.
    #[must_use]
    pub fn of(record: &Reading, employee: DocumentId, access: &'a Access, sees: bool) -> Self {
        let responsible = responsible_of(record, employee);
        Self { employee, access, brings_seed: false, sees, responsible, word: Word::Own, saw: None }
    }

    /// Somebody who makes a record.
    #[must_use]
    pub fn maker(employee: DocumentId, access: &'a Access) -> Self {
        Self {
            employee,
            access,
            brings_seed: true,
            sees: true,
            responsible: Responsible::Writer,
            word: Word::Own,
            saw: None,
        }
    }
}

/// One operation, placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write<'a> {
    /// Where.
    pub path: &'a FieldPath,
    /// What.
    pub action: WriteAction<'a>,
}

/// What an operation does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteAction<'a> {
    /// Writes a scalar at the root or in a row.
    Put {
        /// The value.
        value: &'a Scalar,
        /// True when it replaces several different values, which decides their conflict.
        ends_conflict: bool,
    },
    /// Makes a row.
    MakeRow {
        /// Its columns.
        columns: &'a BTreeMap<String, Scalar>,
    },
    /// Inserts or deletes letters of a long text.
    EditText,
    /// Deletes what is never deleted, makes a container, writes what no record holds.
    Foreign {
        /// What it does, in English.
        what: &'static str,
    },
}

impl Writer<'_> {
    /// True when the writer writes that group in the section.
    pub(super) fn writes(&self, section: Section, group: Group) -> bool {
        let lets_in = self.word == Word::Reviewer && matches!(group, Group::Technician | Group::Customer);
        lets_in || self.access.writes(section, group)
    }
}

/// May the employee make a record of that kind?
///
/// # Errors
/// When none of the groups that make it are written by the employee's roles.
pub fn may_create(access: &Access, kind: Kind) -> Result<(), Refusal> {
    made_by(kind, |section, group| access.writes(section, group))
}

fn may_make(writer: &Writer<'_>, kind: Kind) -> Result<(), Refusal> {
    made_by(kind, |section, group| writer.writes(section, group))
}

fn made_by(kind: Kind, writes: impl Fn(Section, Group) -> bool) -> Result<(), Refusal> {
    let schema = schema(kind);
    if schema.made_by.iter().any(|group| writes(schema.section, *group)) {
        Ok(())
    } else {
        Err(Reason::NotYoursToMake.at(&FieldPath::root(root_key::KIND)))
    }
}

/// Judges everything one envelope writes to `record`, which is the record as it stood before it. The
/// seed itself is no part of `writes`: it is known by its hash.
///
/// # Errors
/// With the first write that is not allowed. The envelope is then refused whole.
pub fn judge<'a>(
    writer: &Writer<'_>,
    record: &Reading,
    writes: impl IntoIterator<Item = Write<'a>>,
) -> Result<(), Refusal> {
    if writer.brings_seed {
        may_make(writer, record.kind)?;
    }
    let mut check = Check::new(writer, record);
    for write in writes {
        check.write(&write)?;
    }
    if writer.brings_seed && !check.author_written() {
        return Err(Reason::AuthorMissing.at(&FieldPath::root(root_key::AUTHOR)));
    }
    Ok(())
}

/// Judges an edit before it is made: what [`judge`] will say about the change it becomes.
///
/// # Errors
/// With the first intent that is not allowed.
pub fn judge_intents(writer: &Writer<'_>, record: &Reading, intents: &[Intent]) -> Result<(), Refusal> {
    let paths: Vec<FieldPath> = intents.iter().map(Intent::path).collect();
    let writes = intents.iter().zip(&paths).map(|(intent, path)| Write {
        path,
        action: match intent {
            Intent::Set { value, .. } => WriteAction::Put {
                value,
                ends_conflict: cell_at(record, path).is_some_and(Cell::is_conflict),
            },
            Intent::EditText { .. } => WriteAction::EditText,
            Intent::AddRow { columns, .. } => WriteAction::MakeRow { columns },
        },
    });
    judge(writer, record, writes)
}

/// The cell a path names.
fn cell_at<'a>(record: &'a Reading, path: &FieldPath) -> Option<&'a Cell> {
    match (path.row, &path.column) {
        (Some(row), Some(column)) => record.row(&path.field, row)?.columns.get(column.as_str()),
        _ => record.cell(&path.field),
    }
}

/// May the employee do this one thing to a record that is there?
///
/// # Errors
/// When it is not allowed.
pub fn may_write(writer: &Writer<'_>, record: &Reading, write: &Write<'_>) -> Result<(), Refusal> {
    Check::new(writer, record).write(write)
}

/// May the employee edit this field, or this column of a row, as it stands now? What the app asks
/// before it lets somebody type.
///
/// # Errors
/// With the reason to show beside the read-only field.
pub fn may_edit(writer: &Writer<'_>, record: &Reading, path: &FieldPath) -> Result<(), Refusal> {
    let field = schema(record.kind).field(&path.field).ok_or_else(|| Reason::NewerSchema.at(path))?;
    let ends_conflict = cell_at(record, path).is_some_and(Cell::is_conflict);
    let action = match field.shape {
        Shape::Text => WriteAction::EditText,
        Shape::Scalar(_) | Shape::Rows { .. } | Shape::Events { .. } => {
            WriteAction::Put { value: &Scalar::Null, ends_conflict }
        }
    };
    may_write(writer, record, &Write { path, action })
}

/// May the employee add a row to this field, or an event of the type `what`?
///
/// # Errors
/// With the reason to show beside the button.
pub fn may_add(
    writer: &Writer<'_>,
    record: &Reading,
    field: &str,
    what: Option<&str>,
) -> Result<(), Refusal> {
    Check::new(writer, record).addition(&FieldPath::root(field), what).map(|_| ())
}

/// Every field of the record that the employee may edit or add to now, by name.
#[must_use]
pub fn offered(writer: &Writer<'_>, record: &Reading) -> BTreeSet<&'static str> {
    let may = |name: &str, shape: &Shape| match shape {
        Shape::Scalar(_) | Shape::Text => may_edit(writer, record, &FieldPath::root(name)).is_ok(),
        Shape::Rows { .. } => may_add(writer, record, name, None).is_ok(),
        Shape::Events { types, .. } => {
            types.iter().any(|one| may_add(writer, record, name, Some(one.name)).is_ok())
        }
    };
    schema(record.kind).fields.iter().filter(|field| may(field.name, &field.shape)).map(|f| f.name).collect()
}

/// The record a maker starts from: nothing but its kind.
#[must_use]
pub fn unborn(kind: Kind) -> Reading {
    Reading { kind, fields: BTreeMap::<String, FieldReading>::new() }
}
