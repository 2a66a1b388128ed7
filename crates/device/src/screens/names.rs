//! Records by their names, many at a time.

use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_tables::search::{self, MOST_NAMED};
use halyard_tables::sql::Target;
use halyard_tables::tables::MADE_TWICE;
use serde::Serialize;

use crate::device::Device;
use crate::error::DeviceError;

/// A record, as a line of a screen names it and leads to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Linked {
    /// The record.
    pub document: DocumentId,
    /// Its kind; absent when the record is not on this device.
    pub kind: Option<Kind>,
    /// Its number or name; the provisional label when it has none or is not here.
    pub label: String,
    /// What it is about; empty when it is not here.
    pub title: String,
    /// The name in English of a directory entry or a role, where somebody gave it one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub name_en: Option<String>,
    /// The name in Russian, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub name_ru: Option<String>,
}

/// Names that were asked for together.
#[derive(Debug, Default)]
pub(crate) struct Names(BTreeMap<DocumentId, Linked>);

impl Names {
    /// The names of these records: a query or two for a thousand of them, and no document opened.
    pub(crate) fn of(
        device: &Device,
        documents: impl IntoIterator<Item = DocumentId>,
    ) -> Result<Self, DeviceError> {
        let wanted: BTreeSet<DocumentId> = documents.into_iter().collect();
        let wanted: Vec<DocumentId> = wanted.into_iter().collect();
        let mut names = BTreeMap::new();
        for part in wanted.chunks(MOST_NAMED) {
            let rows = device.store.query(&search::named(Target::DEVICE, part))?;
            names.extend(rows.iter().filter_map(search::hit).map(|hit| (hit.document, Linked::from(hit))));
        }
        let mut names = Self(names);
        names.translate(device)?;
        Ok(names)
    }

    /// The names of these records, of a duplicate that of the record that stays.
    pub(crate) fn that_stay(
        device: &Device,
        documents: impl IntoIterator<Item = DocumentId>,
    ) -> Result<Self, DeviceError> {
        let mut names = Self::of(device, documents)?;
        let mut stays = BTreeMap::new();
        for kind in MADE_TWICE {
            let of_kind = names.0.values().filter(|link| link.kind == Some(kind));
            stays.extend(device.that_stay(kind, of_kind.map(|link| link.document).collect())?);
        }
        if stays.is_empty() {
            return Ok(names);
        }
        let staying = Self::of(device, stays.values().copied())?;
        names.0.extend(stays.iter().map(|(duplicate, stays)| (*duplicate, staying.link(*stays))));
        Ok(names)
    }

    /// Adds what directory entries and roles are called in other languages.
    fn translate(&mut self, device: &Device) -> Result<(), DeviceError> {
        let translated = |link: &&Linked| matches!(link.kind, Some(Kind::DirectoryEntry | Kind::Role));
        let wanted: Vec<DocumentId> = self.0.values().filter(translated).map(|link| link.document).collect();
        for part in wanted.chunks(MOST_NAMED) {
            for row in device.store.query(&search::translated(Target::DEVICE, part))? {
                let [id, name_en, name_ru] = row.as_slice() else { continue };
                let Some(link) = id.document().and_then(|id| self.0.get_mut(&id)) else { continue };
                link.name_en = name_en.text().map(ToOwned::to_owned);
                link.name_ru = name_ru.text().map(ToOwned::to_owned);
            }
        }
        Ok(())
    }

    /// The name of a record; a dangling one when it is not here.
    pub(crate) fn link(&self, document: DocumentId) -> Linked {
        self.0.get(&document).cloned().unwrap_or_else(|| Linked::dangling(document))
    }

    /// The name of what a link points to.
    pub(crate) fn linked<T>(&self, target: Option<Ref<T>>) -> Option<Linked> {
        target.map(|target| self.link(target.id()))
    }

    /// The names of what links point to.
    pub(crate) fn all<T>(&self, targets: &[Ref<T>]) -> Vec<Linked> {
        targets.iter().map(|target| self.link(target.id())).collect()
    }
}

impl Linked {
    fn dangling(document: DocumentId) -> Self {
        Self {
            document,
            kind: None,
            label: document.provisional_label(),
            title: String::new(),
            name_en: None,
            name_ru: None,
        }
    }
}

impl From<search::Hit> for Linked {
    fn from(hit: search::Hit) -> Self {
        let search::Hit { kind, document, label, title } = hit;
        Self { document, kind: Some(kind), label, title, name_en: None, name_ru: None }
    }
}
