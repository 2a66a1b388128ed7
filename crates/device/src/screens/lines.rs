//! Records as lines on the page of another: an object's visits, a customer's complaints.
//!
//! Each is one page of a list, answered from the tables by an index on the link.

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_domain::records::{ComplaintKind, Employee, Severity};
use halyard_domain::rules::{ComplaintState, Outcome, VisitState};
use halyard_domain::time::{Instant, TimeWindow};
use halyard_domain::value::{FieldValue, Scalar};
use halyard_tables::list::{Direction, Filter, ListQuery, ListRow, MAX_LIMIT, SortKey};
use halyard_tables::rows::rows_of;
use halyard_tables::sql::SqlValue;
use serde::Serialize;

use crate::device::Device;
use crate::error::DeviceError;
use crate::screens::names::{Linked, Names};

/// A visit on another record's page.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct VisitLine {
    /// The visit.
    pub link: Linked,
    /// Its state.
    pub state: Option<VisitState>,
    /// How the work ended.
    pub outcome: Option<Outcome>,
    /// When it is planned.
    pub window: Option<TimeWindow>,
    /// Who is to go.
    pub specialists: Vec<Linked>,
    /// The card it is a stage of.
    pub card: Option<Linked>,
    /// The object.
    pub equipment: Option<Linked>,
    /// How much of its planned work is done, in hundredths of a percent.
    pub percent: Option<i64>,
    /// What was found.
    pub findings: Option<String>,
}

/// A complaint on another record's page.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ComplaintLine {
    /// The complaint.
    pub link: Linked,
    /// Its state.
    pub state: Option<ComplaintState>,
    /// What sort of complaint.
    pub complaint_kind: Option<ComplaintKind>,
    /// How bad it is.
    pub severity: Option<Severity>,
    /// When the customer told us.
    pub received_at: Option<Instant>,
    /// Who answers for it.
    pub responsible: Option<Linked>,
    /// The object.
    pub equipment: Option<Linked>,
}

const VISIT: [&str; 11] = [
    "state",
    "outcome",
    "window_start",
    "window_start_offset",
    "window_end",
    "window_end_offset",
    "specialists",
    "card",
    "equipment",
    "percent",
    "findings",
];
const COMPLAINT: [&str; 7] =
    ["state", "complaint_kind", "severity", "received_at", "received_at_offset", "responsible", "equipment"];

/// The visits that name a record, newest first.
pub(crate) fn visits_of(
    device: &Device,
    link: &str,
    target: Option<DocumentId>,
    limit: u32,
) -> Result<Vec<VisitLine>, DeviceError> {
    visit_lines(device, &linking(device, Kind::Visit, &VISIT, link, target, newest("window_start"), limit)?)
}

/// Visits with the names of what they name.
pub(crate) fn visit_lines(device: &Device, rows: &[ListRow]) -> Result<Vec<VisitLine>, DeviceError> {
    let names = Names::that_stay(device, rows.iter().flat_map(named))?;
    Ok(rows.iter().filter_map(|row| visit(row, &names)).collect())
}

/// The complaints that name a record, newest first.
pub(crate) fn complaints_of(
    device: &Device,
    link: &str,
    target: Option<DocumentId>,
    limit: u32,
) -> Result<Vec<ComplaintLine>, DeviceError> {
    let sort = newest("received_at");
    complaint_lines(device, &linking(device, Kind::Complaint, &COMPLAINT, link, target, sort, limit)?)
}

/// Complaints with the names of what they name.
pub(crate) fn complaint_lines(device: &Device, rows: &[ListRow]) -> Result<Vec<ComplaintLine>, DeviceError> {
    let names = Names::that_stay(device, rows.iter().flat_map(named))?;
    Ok(rows.iter().filter_map(|row| complaint(row, &names)).collect())
}

/// Largest first.
pub(crate) fn newest(column: &str) -> SortKey {
    SortKey::new(column, Direction::Descending)
}

/// The rows of a kind whose `link` names `target`, `limit` of them at most; none when there is none.
pub(crate) fn linking(
    device: &Device,
    kind: Kind,
    columns: &[&str],
    link: &str,
    target: Option<DocumentId>,
    sort: SortKey,
    limit: u32,
) -> Result<Vec<ListRow>, DeviceError> {
    let Some(target) = target else { return Ok(Vec::new()) };
    let query = ListQuery {
        filters: vec![names_in(link, target)],
        sort: vec![sort],
        ..ListQuery::of(kind, columns, MAX_LIMIT)
    };
    first(device, query, limit)
}

/// The records whose `link` names `target`.
pub(crate) fn names_in(link: &str, target: DocumentId) -> Filter {
    Filter::Equals { column: link.to_owned(), value: Scalar::Text(target.to_string()) }
}

/// The first rows of a list, `limit` of them at most.
pub(crate) fn first(device: &Device, mut query: ListQuery, limit: u32) -> Result<Vec<ListRow>, DeviceError> {
    let (mut rows, mut left) = (Vec::new(), limit);
    loop {
        query.page.limit = left.min(MAX_LIMIT);
        let page = device.list(&query)?;
        rows.extend(page.rows);
        left -= query.page.limit;
        if left == 0 || page.next.is_none() {
            return Ok(rows);
        }
        query.page.after = page.next;
    }
}

/// A visit as it read at a moment, whose percent was this then.
pub(crate) fn visit_row_then(document: DocumentId, reading: &Reading, percent: u16) -> ListRow {
    let mut row = row_then(document, reading, &VISIT);
    let cells = VISIT.iter().zip(&mut row.cells).filter(|(column, _)| **column == "percent");
    cells.for_each(|(_, cell)| *cell = SqlValue::Int(percent.into()));
    row
}

/// A complaint as it read at a moment.
pub(crate) fn complaint_row_then(document: DocumentId, reading: &Reading) -> ListRow {
    row_then(document, reading, &COMPLAINT)
}

/// The row that the tables held while a record read so; what is derived from other records is left out.
fn row_then(document: DocumentId, reading: &Reading, columns: &[&str]) -> ListRow {
    let rows = rows_of(document, reading);
    ListRow { document, cells: columns.iter().map(|column| rows.value(column).clone()).collect() }
}

/// The record of a row and every record its cells name.
pub(crate) fn named(row: &ListRow) -> Vec<DocumentId> {
    let mut named = vec![row.document];
    for cell in &row.cells {
        named.extend(cell.document());
        named.extend(links(cell));
    }
    named
}

fn visit(row: &ListRow, names: &Names) -> Option<VisitLine> {
    let [state, outcome, start, start_offset, end, end_offset, people, card, equipment, percent, findings] =
        row.cells.as_slice()
    else {
        return None;
    };
    Some(VisitLine {
        link: names.link(row.document),
        state: choice(state),
        outcome: choice(outcome),
        window: instant(start, start_offset)
            .zip(instant(end, end_offset))
            .and_then(|(start, end)| TimeWindow::new(start, end).ok()),
        specialists: links(people).into_iter().map(|id| names.link(id)).collect(),
        card: card.document().map(|id| names.link(id)),
        equipment: equipment.document().map(|id| names.link(id)),
        percent: percent.int(),
        findings: findings.text().map(ToOwned::to_owned),
    })
}

fn complaint(row: &ListRow, names: &Names) -> Option<ComplaintLine> {
    let [state, kind, severity, received, offset, responsible, equipment] = row.cells.as_slice() else {
        return None;
    };
    Some(ComplaintLine {
        link: names.link(row.document),
        state: choice(state),
        complaint_kind: choice(kind),
        severity: choice(severity),
        received_at: instant(received, offset),
        responsible: responsible.document().map(|id| names.link(id)),
        equipment: equipment.document().map(|id| names.link(id)),
    })
}

/// A choice or a state out of its column; nothing for one of a newer version.
pub(crate) fn choice<T: FieldValue>(cell: &SqlValue) -> Option<T> {
    cell.text().and_then(|text| T::from_scalar(&Scalar::Text(text.to_owned())).ok())
}

/// A moment out of its two columns.
pub(crate) fn instant(seconds: &SqlValue, offset: &SqlValue) -> Option<Instant> {
    let minutes = offset.int().and_then(|minutes| i32::try_from(minutes).ok()).unwrap_or(0);
    seconds.int().and_then(|seconds| Instant::new(seconds, minutes).ok())
}

/// The records that a list cell names.
pub(crate) fn links(cell: &SqlValue) -> Vec<DocumentId> {
    let list = cell.text().map(|text| Scalar::Text(text.to_owned()));
    let refs: Option<Vec<Ref<Employee>>> = list.and_then(|list| FieldValue::from_scalar(&list).ok());
    refs.unwrap_or_default().into_iter().map(Ref::id).collect()
}
