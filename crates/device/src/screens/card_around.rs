//! What lies around a card: its visits with the works done on them, and its complaints, now or at a moment.
//!
//! Now they come out of the tables. At a moment each is opened and read as it was: those that name the card now
//! and had been made, named it and counted then. What was given to another card since is not found.

use std::cmp::Reverse;

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_domain::record::{Record, RowOf};
use halyard_domain::records::{Common, Complaint, ServiceCard, Visit, WorkRow};
use halyard_domain::rules::percent::{planned_works, visit_percent};
use halyard_domain::time::{Instant, TimeWindow};
use halyard_tables::list::{ListQuery, MAX_LIMIT, Show};
use halyard_tables::sql::SqlValue;

use crate::device::Device;
use crate::error::DeviceError;
use crate::screens::lines::{
    ComplaintLine, VisitLine, complaint_lines, complaint_row_then, complaints_of, first, instant, names_in,
    newest, visit_lines, visit_row_then, visits_of,
};
use crate::screens::works::{DoneWork, done_in};

/// So many visits of a card are counted and shown.
const MOST_VISITS: u32 = 1_000;
/// So many complaints are shown.
const SHOWN: u32 = 20;

/// What lies around a card.
pub(crate) struct Around {
    /// Its visits, newest first.
    pub(crate) visits: Vec<VisitLine>,
    /// The work rows of them that count.
    pub(crate) done: Vec<DoneWork>,
    /// Its complaints, newest first.
    pub(crate) complaints: Vec<ComplaintLine>,
}

impl Around {
    /// As it is now.
    pub(crate) fn now(device: &Device, card: DocumentId) -> Result<Self, DeviceError> {
        let visits = visits_of(device, "card", Some(card), MOST_VISITS)?;
        let done = done_on(device, &visits)?;
        Ok(Self { done, visits, complaints: complaints_of(device, "card", Some(card), SHOWN)? })
    }

    /// As it was at a moment, when the card read so.
    pub(crate) fn at(
        device: &Device,
        card: DocumentId,
        then: &ServiceCard,
        at: Instant,
    ) -> Result<Self, DeviceError> {
        let planned = planned_works(&then.planned_works);
        let mut visits = Vec::new();
        let mut done = Vec::new();
        for (document, reading) in standing_then(device, Kind::Visit, card, at)? {
            let visit = Visit::read(&reading);
            if visit.card.map(Ref::id) == Some(card) {
                visits.push(visit_row_then(document, &reading, visit_percent(&visit, &planned)));
                done.extend(done_in(document, &visit.works));
            }
        }
        let mut visits = visit_lines(device, &visits)?;
        visits.sort_by_key(|line| Reverse(line.window.map(TimeWindow::start)));
        let complaints = standing_then(device, Kind::Complaint, card, at)?.into_iter();
        let of_card =
            complaints.filter(|(_, reading)| Complaint::read(reading).card.map(Ref::id) == Some(card));
        let complaints: Vec<_> =
            of_card.map(|(document, reading)| complaint_row_then(document, &reading)).collect();
        let mut complaints = complaint_lines(device, &complaints)?;
        complaints.sort_by_key(|line| Reverse(line.received_at));
        Ok(Self { visits, done, complaints })
    }
}

/// The records of a kind that name the card now, as they read at a moment: those that had been made and not
/// withdrawn. One that cannot be opened is left out and logged.
fn standing_then(
    device: &Device,
    kind: Kind,
    card: DocumentId,
    at: Instant,
) -> Result<Vec<(DocumentId, Reading)>, DeviceError> {
    let (column, limit) =
        if kind == Kind::Visit { ("window_start", MOST_VISITS) } else { ("received_at", SHOWN) };
    let query = ListQuery {
        filters: vec![names_in("card", card)],
        sort: vec![newest(column)],
        show: Show::Everything,
        ..ListQuery::of(kind, &[], MAX_LIMIT)
    };
    let mut found = Vec::new();
    for row in first(device, query, limit)? {
        match device.show_at(row.document, at.unix_seconds()) {
            Ok(Some(reading)) if Common::read(&reading).withdrawn.is_none() => {
                found.push((row.document, reading));
            }
            Ok(_) => {}
            Err(error @ (DeviceError::SetAside(_) | DeviceError::Document { .. })) => {
                tracing::warn!(document.id = %row.document, %error, "left out of a card's past");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// The work rows of visits, out of the tables.
fn done_on(device: &Device, visits: &[VisitLine]) -> Result<Vec<DoneWork>, DeviceError> {
    const COLUMNS: [&str; 13] = [
        "work_kind",
        "unit",
        "volume",
        "hours",
        "period_start",
        "period_start_offset",
        "period_end",
        "period_end_offset",
        "who",
        "note",
        "by",
        "at",
        "at_offset",
    ];
    let ids: Vec<DocumentId> = visits.iter().map(|line| line.link.document).collect();
    let rows = device.rows(Kind::Visit, Visit::WORKS.name, &COLUMNS, &ids)?;
    let work =
        rows.into_iter().filter_map(|row| {
            let [
                work_kind,
                unit,
                volume,
                hours,
                start,
                start_offset,
                end,
                end_offset,
                who,
                note,
                by,
                at,
                offset,
            ] = row.cells.as_slice()
            else {
                return None;
            };
            let decimal = |cell: &SqlValue| cell.text().and_then(|text| text.parse().ok());
            let value = WorkRow {
                work_kind: work_kind.document().map(Ref::to),
                unit: unit.document().map(Ref::to),
                volume: decimal(volume),
                hours: decimal(hours),
                period: instant(start, start_offset)
                    .zip(instant(end, end_offset))
                    .and_then(|(start, end)| TimeWindow::new(start, end).ok()),
                who: who.document().map(Ref::to),
                note: note.text().map(ToOwned::to_owned),
            };
            Some(DoneWork {
                visit: row.record,
                row: RowOf {
                    id: row.row,
                    by: by.document().map(Ref::to),
                    at: instant(at, offset),
                    withdrawn: None,
                    value,
                },
            })
        });
    Ok(work.collect())
}
