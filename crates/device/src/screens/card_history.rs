//! Everything that happened on a card: to itself, on its visits and to its complaints.
//!
//! A history is told by opening its document, so as few are opened as the asked entries need: the records with
//! the newest work first, until no other can hold a newer entry than those found.

use std::collections::BTreeSet;

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::records::{Complaint, ServiceCard, Visit};
use halyard_store::Newest;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::device::Device;
use crate::error::DeviceError;
use crate::screens::ScreenError;
use crate::screens::history::{TimelineEntry, entries_of};
use crate::screens::lines::{linking, newest};

/// So many visits and so many complaints are looked at.
const MOST: u32 = 1_000;
/// So many entries are told unless more are asked for.
const USUAL: u32 = 30;

/// Asks for what happened on a card.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CardHistoryAsked {
    /// The card.
    pub card: DocumentId,
    /// What of it.
    pub part: HistoryPart,
    /// How many entries; absent for the usual.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub lines: Option<u32>,
}

/// A part of what happened on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum HistoryPart {
    /// Everything.
    All,
    /// Works, planned and done.
    Works,
    /// Photos and documents.
    Files,
    /// Everything about its complaints.
    Complaints,
}

/// What happened on a card, newest first.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CardHistory {
    /// As many entries as were asked for.
    pub entries: Vec<TimelineEntry>,
    /// Whether there are more of them.
    pub more: bool,
    /// How many works its visits have.
    pub works: usize,
    /// How many photos its visits and complaints have.
    pub files: usize,
    /// How many complaints it has.
    pub complaints: usize,
}

/// What happened on a card.
///
/// # Errors
/// When the card is not here or cannot be opened. A visit or a complaint that cannot is left out and logged.
pub fn card_history(app: &App, asked: &CardHistoryAsked) -> Result<CardHistory, ScreenError> {
    let device = app.device();
    let of = |kind, sort| -> Result<Vec<DocumentId>, DeviceError> {
        let rows = linking(device, kind, &[], "card", Some(asked.card), newest(sort), MOST)?;
        Ok(rows.into_iter().map(|row| row.document).collect())
    };
    let visits = of(Kind::Visit, "window_start")?;
    let complaints = of(Kind::Complaint, "received_at")?;
    let works = holders(device, Kind::Visit, Visit::WORKS.name, &visits)?;
    let mut files = holders(device, Kind::Visit, Visit::PHOTOS.name, &visits)?;
    files.extend(holders(device, Kind::Complaint, Complaint::PHOTOS.name, &complaints)?);
    let records: BTreeSet<DocumentId> = match asked.part {
        HistoryPart::All => {
            [asked.card].into_iter().chain(visits).chain(complaints.iter().copied()).collect()
        }
        HistoryPart::Works => [asked.card].into_iter().chain(works.iter().copied()).collect(),
        HistoryPart::Files => [asked.card].into_iter().chain(files.iter().copied()).collect(),
        HistoryPart::Complaints => complaints.iter().copied().collect(),
    };
    let mut by_news = device.store.newest_work(&records.into_iter().collect::<Vec<_>>())?;
    by_news.sort_by_key(|(_, newest)| std::cmp::Reverse(*newest));
    let wanted = usize::try_from(asked.lines.unwrap_or(USUAL)).unwrap_or(usize::MAX);
    let told = tell(&by_news, wanted, asked.part, |document| match entries_of(device, document) {
        Err(error @ (DeviceError::SetAside(_) | DeviceError::Document { .. })) if document != asked.card => {
            tracing::warn!(document.id = %document, %error, "left out of a card's history");
            Ok(Vec::new())
        }
        told => told,
    })?;
    Ok(CardHistory {
        entries: told.entries,
        more: told.more,
        works: works.len(),
        files: files.len(),
        complaints: complaints.len(),
    })
}

/// The record of every row of a field, once for each row.
fn holders(
    device: &Device,
    kind: Kind,
    field: &str,
    records: &[DocumentId],
) -> Result<Vec<DocumentId>, DeviceError> {
    Ok(device.rows(kind, field, &["by"], records)?.into_iter().map(|row| row.record).collect())
}

struct Told {
    entries: Vec<TimelineEntry>,
    more: bool,
}

/// The newest entries of records, which come with the newest work first; opens no more of them than it needs.
///
/// What arrived at the office was written before: the next record holds nothing written after the last one's
/// newest work arrived.
fn tell(
    by_news: &[(DocumentId, Newest)],
    wanted: usize,
    part: HistoryPart,
    mut open: impl FnMut(DocumentId) -> Result<Vec<TimelineEntry>, DeviceError>,
) -> Result<Told, DeviceError> {
    let mut entries: Vec<TimelineEntry> = Vec::new();
    let mut latest_ms = i64::MAX;
    let mut opened = 0;
    for &(document, newest) in by_news {
        let last = wanted.checked_sub(1).and_then(|last| entries.get(last));
        if last.is_some_and(|last| last.made_ms >= latest_ms) {
            break;
        }
        let told = open(document)?;
        opened += 1;
        if matches!(newest, Newest::Accepted(_)) {
            let arrived = told.iter().filter_map(|entry| entry.arrived_ms).max();
            latest_ms = arrived.map_or(latest_ms, |arrived| latest_ms.min(arrived));
        }
        entries.extend(told.into_iter().filter_map(|entry| of_part(entry, part)));
        // Of one record the order stays in which its changes follow from each other.
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.made_ms));
    }
    let more = entries.len() > wanted || opened < by_news.len();
    entries.truncate(wanted);
    Ok(Told { entries, more })
}

/// What an entry has of a part; nothing when it has none.
fn of_part(mut entry: TimelineEntry, part: HistoryPart) -> Option<TimelineEntry> {
    let fields: &[&str] = match part {
        HistoryPart::All | HistoryPart::Complaints => return Some(entry),
        HistoryPart::Works => &[Visit::WORKS.name, Visit::PLANNED_WORKS.name],
        HistoryPart::Files => &[Visit::PHOTOS.name, ServiceCard::DOCUMENTS.name],
    };
    entry.writes.retain(|write| fields.contains(&write.path.field.as_str()));
    (!entry.writes.is_empty()).then_some(entry)
}

#[cfg(test)]
mod tests;
