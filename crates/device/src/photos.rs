//! Photos of a visit, a complaint or an object: kept on this device, encrypted, and noted in the record.

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::record::RowsField;
use halyard_domain::records::values::{Blob, BlobHash};
use halyard_domain::records::{Complaint, Equipment, Photo, PhotoMoment, Visit};
use halyard_store::{BlobKey, BlobRow, BlobSize, NewBlob};

use crate::device::Device;
use crate::edit::{RecordEdit, Saved};
use crate::error::DeviceError;
use crate::screens::photos::key_of;

/// The largest photo kept, in bytes.
pub const LARGEST_PHOTO: usize = 32 << 20;

/// A photo to keep.
#[derive(Debug, Clone)]
pub struct NewPhoto {
    /// The file.
    pub content: Vec<u8>,
    /// Its media type: `image/jpeg`.
    pub media_type: String,
    /// A small picture of it, a JPEG.
    pub thumbnail: Option<Vec<u8>>,
    /// What it shows.
    pub caption: Option<String>,
    /// Before or after the work.
    pub moment: Option<PhotoMoment>,
}

/// A photo could not be kept. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// Records of this kind have no photos.
    #[error("records of kind {0:?} have no photos")]
    NoPhotos(Kind),
    /// It is empty or larger than [`LARGEST_PHOTO`].
    #[error("the photo is empty or larger than {LARGEST_PHOTO} bytes")]
    Size,
    /// The device said no.
    #[error(transparent)]
    Device(#[from] DeviceError),
}

impl Device {
    /// Keeps a photo and notes it in the record.
    ///
    /// # Errors
    /// When it is no file or too large, the record has no photos, it is not allowed, or it cannot be saved.
    pub fn keep_photo(&self, document: DocumentId, photo: NewPhoto) -> Result<Saved, PhotoError> {
        let kind = self.kind_of(document)?.ok_or(DeviceError::NoSuchRecord(document))?;
        let field = photos_of(kind).ok_or(PhotoError::NoPhotos(kind))?;
        let NewPhoto { content, media_type, thumbnail, caption, moment } = photo;
        if content.is_empty() || content.len() > LARGEST_PHOTO {
            return Err(PhotoError::Size);
        }
        let bytes = u64::try_from(content.len()).unwrap_or(u64::MAX);
        let kept_ms = self.surroundings.now_ms();
        let new = NewBlob { document, content, media_type: media_type.clone(), thumbnail, kept_ms };
        let sha256 = BlobHash::try_from(hex_of(&new.key())).ok();
        let image = sha256.map(|sha256| Blob { sha256, bytes, media_type });
        let photo = Photo { image, caption, moment };
        let noting = RecordEdit::editing(document, kind, vec![self.add(field, &photo)?]);
        let saved = self.save(&[RecordEdit { file: Some(new), ..noting }])?;
        Ok(saved.into_iter().next().ok_or(DeviceError::NoSuchRecord(document))?)
    }

    /// The file of a photo by its SHA-256, 64 hexadecimal digits; `None` when it is not on this device.
    ///
    /// # Errors
    /// When the device cannot be read.
    pub fn photo_file(&self, sha256: &str) -> Result<Option<Vec<u8>>, DeviceError> {
        let Some(hash) = key_of(sha256) else { return Ok(None) };
        Ok(self.shown_file(hash, BlobSize::Whole)?.map(|(_, content)| content))
    }

    /// A file that is here and may be shown: not once its record was taken off this device.
    pub(crate) fn shown_file(
        &self,
        hash: BlobKey,
        size: BlobSize,
    ) -> Result<Option<(BlobRow, Vec<u8>)>, DeviceError> {
        let Some(row) = self.store.blob_row(hash)? else { return Ok(None) };
        if self.store.sync_state()?.wiped_ms.is_some() && self.store.document(row.document)?.is_none() {
            return Ok(None);
        }
        Ok(self.store.blob(hash, size)?.map(|content| (row, content)))
    }
}

fn photos_of(kind: Kind) -> Option<&'static RowsField<Photo>> {
    match kind {
        Kind::Visit => Some(&Visit::PHOTOS),
        Kind::Complaint => Some(&Complaint::PHOTOS),
        Kind::Equipment => Some(&Equipment::PHOTOS),
        Kind::Company
        | Kind::Role
        | Kind::Team
        | Kind::Employee
        | Kind::DirectoryEntry
        | Kind::Checklist
        | Kind::Customer
        | Kind::ServiceCard => None,
    }
}

fn hex_of(hash: &BlobKey) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
