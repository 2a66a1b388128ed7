//! What happened to a record, and what the office did not accept.

use std::collections::BTreeMap;

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::FieldPath;
use halyard_domain::value::Scalar;
use halyard_protocol::receipt::Outcome;
use halyard_records::{HistoryEntry, Written};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::app::App;
use crate::device::Device;
use crate::edit::Before;
use crate::error::DeviceError;
use crate::screens::ScreenError;
use crate::screens::named_rows::{NamedRow, Placed, RowNames};
use crate::screens::names::{Linked, Names};
use crate::screens::status::Nothing;
use crate::views::{Entered, HistoryLine, NotAccepted};

/// Asks for the history of a record.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RecordAsked {
    /// The record.
    pub document: DocumentId,
}

/// Everything somebody wrote to a record at once.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TimelineEntry {
    /// The record it was written to.
    pub record: Linked,
    /// The change that wrote it.
    pub change: ChangeHash,
    /// Who; absent for work older than what is kept here.
    pub by: Option<Linked>,
    /// On which device.
    pub device: Option<String>,
    /// When, by that device's clock, Unix milliseconds.
    pub made_ms: i64,
    /// When the office got it, Unix milliseconds by the relay's clock; absent while it has not.
    pub arrived_ms: Option<i64>,
    /// What was written.
    pub writes: Vec<TimelineWrite>,
}

/// One thing written.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TimelineWrite {
    /// Where.
    pub path: FieldPath,
    /// What.
    pub what: WrittenView,
    /// The records the values name.
    pub links: Vec<Linked>,
    /// The rows they name.
    pub rows: Vec<NamedRow>,
}

/// What was written in a place.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "did", rename_all = "snake_case")]
pub enum WrittenView {
    /// A value took the place of others.
    Value {
        /// Those it replaced; several when a conflict was decided.
        from: Vec<Scalar>,
        /// The value.
        to: Scalar,
    },
    /// A text was edited.
    Text {
        /// The text the author saw.
        from: String,
        /// The text the author left.
        to: String,
    },
    /// A row or an event was added.
    Row {
        /// Its columns.
        columns: BTreeMap<String, Scalar>,
    },
}

/// Work the office did not accept.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RefusedWork {
    /// What [`put_away`] and [`put_back`] take.
    pub envelope: String,
    /// The record.
    pub link: Linked,
    /// Its kind, as it was when it was written; the record may be gone.
    pub kind: Option<Kind>,
    /// What became of it.
    pub outcome: RefusedOutcome,
    /// The office's reason: its `code` and the data a sentence needs.
    #[cfg_attr(feature = "typescript", ts(type = "({ code: string } & Record<string, unknown>) | null"))]
    pub reason: Option<Value>,
    /// The field that was refused, as a field path prints it.
    pub path: Option<String>,
    /// When the office said so, Unix milliseconds by the relay's clock.
    pub arrived_ms: i64,
    /// Who decided, when a person did.
    pub by: Option<Linked>,
    /// What was entered, each with what stood there before.
    pub entered: Vec<EnteredView>,
}

/// What became of work that was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RefusedOutcome {
    /// It waits for somebody at the office to look at it.
    InReview,
    /// Somebody at the office declined it.
    Declined,
    /// Its bytes were damaged.
    Damaged,
}

/// One thing entered.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct EnteredView {
    /// What was meant.
    pub intent: Intent,
    /// The values that stood there; several in conflict, none where a row was added or a text stood.
    pub before: Vec<Scalar>,
    /// The text that stood there.
    pub before_text: Option<String>,
    /// The records the values name.
    pub links: Vec<Linked>,
    /// The rows they name.
    pub rows: Vec<NamedRow>,
}

/// A refused piece of work that was read.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct WorkRead {
    /// As [`RefusedWork`] names it.
    pub envelope: String,
}

/// Everything that happened to a record, newest first; what was written at once is one entry.
///
/// # Errors
/// When it is not here or cannot be opened.
pub fn timeline(app: &App, asked: &RecordAsked) -> Result<Vec<TimelineEntry>, ScreenError> {
    Ok(entries_of(app.device(), asked.document)?)
}

/// As [`timeline`].
pub(crate) fn entries_of(device: &Device, document: DocumentId) -> Result<Vec<TimelineEntry>, DeviceError> {
    let lines = device.history(document)?;
    let record = device.reading_of(document)?;
    let written: Vec<&HistoryEntry> = lines.iter().map(|line| &line.entry).collect();
    let named = written.iter().flat_map(|entry| records_in(entry)).chain(authors(&lines)).chain([document]);
    let names = Names::of(device, named)?;
    let writes = told(&written, &names, &RowNames::of(device, record.as_ref()))?;
    let mut entries: Vec<TimelineEntry> = Vec::new();
    for (line, write) in lines.iter().zip(writes) {
        match entries.last_mut() {
            Some(last) if last.change == line.entry.change => last.writes.push(write),
            _ => entries.push(entry(document, line, &names, write)),
        }
    }
    entries.reverse();
    Ok(entries)
}

fn authors(lines: &[HistoryLine]) -> impl Iterator<Item = DocumentId> {
    lines.iter().filter_map(|line| line.employee)
}

/// Work the office did not accept and nobody has put away.
///
/// # Errors
/// When the device cannot be read.
pub fn not_accepted(app: &App, _: &Nothing) -> Result<Vec<RefusedWork>, ScreenError> {
    let device = app.device();
    let list = device.not_accepted()?;
    let named = list.iter().flat_map(|one| {
        let entered = one.entered.iter().flat_map(placed_entered).flat_map(|value| value.records());
        entered.chain([one.document]).chain(one.receipt.by).collect::<Vec<_>>()
    });
    let names = Names::of(device, named)?;
    Ok(list.into_iter().map(|one| refused(device, one, &names)).collect::<Result<_, _>>()?)
}

/// Puts refused work away after it was read. It stays in the database.
///
/// # Errors
/// When there is no such work or nothing can be saved.
pub fn put_away(app: &App, asked: &WorkRead) -> Result<Vec<RefusedWork>, ScreenError> {
    app.device().put_away(&asked.envelope)?;
    not_accepted(app, &Nothing {})
}

/// Lists refused work again that was put away by mistake.
///
/// # Errors
/// When the office has taken it since, there is no such work or nothing can be saved.
pub fn put_back(app: &App, asked: &WorkRead) -> Result<Vec<RefusedWork>, ScreenError> {
    if !app.device().put_back(&asked.envelope)? {
        return Err(ScreenError::NothingToUndo);
    }
    not_accepted(app, &Nothing {})
}

/// What entries of a record's history wrote, with the names of what they name.
pub(crate) fn writes_of(
    device: &Device,
    document: DocumentId,
    entries: &[HistoryEntry],
) -> Result<Vec<TimelineWrite>, DeviceError> {
    let entries: Vec<&HistoryEntry> = entries.iter().collect();
    let names = Names::of(device, entries.iter().flat_map(|entry| records_in(entry)))?;
    let record = device.reading_of(document)?;
    told(&entries, &names, &RowNames::of(device, record.as_ref()))
}

fn told(
    entries: &[&HistoryEntry],
    names: &Names,
    rows: &RowNames<'_>,
) -> Result<Vec<TimelineWrite>, DeviceError> {
    let write = |entry: &&HistoryEntry| {
        Ok(TimelineWrite {
            links: records_in(entry).into_iter().map(|id| names.link(id)).collect(),
            rows: rows.all(&placed(entry))?,
            what: (&entry.what).into(),
            path: entry.path.clone(),
        })
    };
    entries.iter().map(write).collect()
}

fn entry(document: DocumentId, line: &HistoryLine, names: &Names, write: TimelineWrite) -> TimelineEntry {
    TimelineEntry {
        record: names.link(document),
        change: line.entry.change,
        by: line.employee.map(|id| names.link(id)),
        device: line.device.map(|device| device.to_string()),
        made_ms: line.entry.time.saturating_mul(1000),
        arrived_ms: line.arrived_ms,
        writes: vec![write],
    }
}

fn refused(device: &Device, one: NotAccepted, names: &Names) -> Result<RefusedWork, DeviceError> {
    let outcome = match (one.receipt.outcome, one.receipt.by) {
        (Outcome::Malformed, _) => RefusedOutcome::Damaged,
        (_, Some(_)) => RefusedOutcome::Declined,
        (_, None) => RefusedOutcome::InReview,
    };
    let reason = one.receipt.reason.as_ref().and_then(|reason| serde_json::to_value(reason).ok());
    let record = device.reading_of(one.document)?;
    let rows = RowNames::of(device, record.as_ref());
    Ok(RefusedWork {
        envelope: one.envelope,
        link: names.link(one.document),
        kind: one.kind,
        outcome,
        reason,
        path: one.receipt.path,
        arrived_ms: one.receipt.arrived.0,
        by: one.receipt.by.map(|id| names.link(id)),
        entered: one.entered.into_iter().map(|one| entered(one, names, &rows)).collect::<Result<_, _>>()?,
    })
}

fn entered(one: Entered, names: &Names, rows: &RowNames<'_>) -> Result<EnteredView, DeviceError> {
    let values = placed_entered(&one);
    let links = values.iter().flat_map(Placed::records).map(|id| names.link(id)).collect();
    let rows = rows.all(&values)?;
    let (before, before_text) = match one.before {
        Before::Values(values) => (values, None),
        Before::Text(text) => (Vec::new(), Some(text)),
        Before::Nothing => (Vec::new(), None),
    };
    Ok(EnteredView { intent: one.intent, before, before_text, links, rows })
}

fn placed_entered(one: &Entered) -> Vec<Placed<'_>> {
    let mut values = match &one.intent {
        Intent::Set { path, value } => vec![Placed::at(path, value)],
        Intent::AddRow { field, columns, .. } => row_values(field, columns),
        Intent::EditText { .. } => Vec::new(),
    };
    if let (Intent::Set { path, .. }, Before::Values(before)) = (&one.intent, &one.before) {
        values.extend(before.iter().map(|value| Placed::at(path, value)));
    }
    values
}

fn placed(entry: &HistoryEntry) -> Vec<Placed<'_>> {
    match &entry.what {
        Written::Value { from, to } => {
            from.iter().chain([to]).map(|value| Placed::at(&entry.path, value)).collect()
        }
        Written::Row { columns } => row_values(&entry.path.field, columns),
        Written::Text { .. } => Vec::new(),
    }
}

fn row_values<'a>(field: &'a str, columns: &'a BTreeMap<String, Scalar>) -> Vec<Placed<'a>> {
    columns.iter().map(|(name, value)| Placed::in_row(field, name, value)).collect()
}

fn records_in(entry: &HistoryEntry) -> Vec<DocumentId> {
    placed(entry).iter().flat_map(Placed::records).collect()
}

impl From<&Written> for WrittenView {
    fn from(what: &Written) -> Self {
        match what {
            Written::Value { from, to } => Self::Value { from: from.clone(), to: to.clone() },
            Written::Text { from, to } => Self::Text { from: from.clone(), to: to.clone() },
            Written::Row { columns } => Self::Row { columns: columns.clone() },
        }
    }
}
