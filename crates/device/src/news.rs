//! What changed, told to whoever has a screen open.
//!
//! Told after the commit, so a screen that reads again sees it. A listener that is too slow loses lines
//! and is told so by the channel; it then reads everything on its screen again.

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_store::{PageCommit, StoreError};
use serde::Serialize;
use tokio::sync::broadcast;

use crate::device::Device;

/// So many lines wait for a slow listener.
pub(crate) const WAITING: usize = 256;

/// Records that changed together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Changed {
    /// The records.
    pub records: Vec<ChangedRecord>,
    /// Who changed them.
    pub origin: Origin,
}

/// A record that changed, came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ChangedRecord {
    /// The record.
    pub document: DocumentId,
    /// Its kind; absent when it is here no longer, or only its standing changed.
    pub kind: Option<Kind>,
}

/// Where a change came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Somebody at this device.
    Here,
    /// The sync: news of others, own work on its way, answers to it.
    Sync,
}

impl Device {
    /// Everything that changes from now on.
    #[must_use]
    pub fn news(&self) -> broadcast::Receiver<Changed> {
        self.news.subscribe()
    }

    /// Saves a page of news and tells what it changed.
    pub(crate) fn keep_page(&self, page: PageCommit) -> Result<(), StoreError> {
        let mut told: Vec<(DocumentId, Option<Kind>)> =
            page.documents.iter().map(|one| (one.document, Some(one.kind))).collect();
        told.extend(page.gone.iter().map(|document| (*document, None)));
        for (envelope, _) in &page.answers {
            told.extend(self.store.own_envelope(*envelope)?.map(|own| (own.document, None)));
        }
        if !page.gone.is_empty() {
            self.renew_actor();
        }
        self.store.commit_page(page)?;
        self.tell(Origin::Sync, told);
        Ok(())
    }

    pub(crate) fn tell(&self, origin: Origin, records: impl IntoIterator<Item = (DocumentId, Option<Kind>)>) {
        let records: Vec<ChangedRecord> =
            records.into_iter().map(|(document, kind)| ChangedRecord { document, kind }).collect();
        if records.is_empty() {
            return;
        }
        // Nobody listens while no screen is open.
        drop(self.news.send(Changed { records, origin }));
    }
}
