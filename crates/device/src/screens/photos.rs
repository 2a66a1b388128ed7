//! Photos as records name them, with where each is.

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::RowId;
use halyard_domain::record::Rows;
use halyard_domain::records::{Photo, PhotoMoment};
use halyard_domain::time::Instant;
use halyard_store::{BlobKey, BlobState};
use serde::Serialize;

use crate::device::Device;
use crate::error::DeviceError;
use crate::screens::names::{Linked, Names};

/// A photo.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PhotoView {
    /// Its row.
    pub row: RowId,
    /// The name of its file: what a photo is asked for by.
    pub sha256: Option<String>,
    /// Its size in bytes.
    pub bytes: Option<u64>,
    /// Its media type.
    pub media_type: Option<String>,
    /// What it shows.
    pub caption: Option<String>,
    /// Before or after the work.
    pub moment: Option<PhotoMoment>,
    /// Where the file is.
    pub state: PhotoState,
    /// Who took it.
    pub by: Option<Linked>,
    /// When.
    pub at: Option<Instant>,
}

/// Where the file of a photo is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PhotoState {
    /// On this device only.
    OnDevice,
    /// On its way.
    Sending,
    /// The office has it.
    InOffice,
    /// Not on this device.
    Elsewhere,
}

/// The photos of a field that count.
pub(crate) fn photos(
    device: &Device,
    rows: &Rows<Photo>,
    names: &Names,
) -> Result<Vec<PhotoView>, DeviceError> {
    let mut views = Vec::new();
    for row in rows.standing() {
        let image = row.value.image.as_ref();
        let key = image.and_then(|one| key_of(one.sha256.as_str()));
        let kept = key.map(|key| device.store.blob_row(key)).transpose()?.flatten();
        views.push(PhotoView {
            row: row.id,
            sha256: image.map(|one| one.sha256.to_string()),
            bytes: image.map(|one| one.bytes),
            media_type: image.map(|one| one.media_type.clone()),
            caption: row.value.caption.clone(),
            moment: row.value.moment,
            state: kept.map_or(PhotoState::Elsewhere, |one| one.state.into()),
            by: names.linked(row.by),
            at: row.at,
        });
    }
    Ok(views)
}

/// The name of a file, out of its 64 hexadecimal digits: any SHA-256 is written as hashes of changes are.
pub(crate) fn key_of(text: &str) -> Option<BlobKey> {
    text.parse::<ChangeHash>().ok().map(|hash| hash.0)
}

impl From<BlobState> for PhotoState {
    fn from(state: BlobState) -> Self {
        match state {
            BlobState::OnDevice => Self::OnDevice,
            BlobState::InOffice => Self::InOffice,
        }
    }
}
