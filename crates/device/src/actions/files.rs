//! Photos kept on this device, and forms that were left.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::record::RowsField;
use halyard_domain::records::values::{Blob, BlobHash};
use halyard_domain::records::{Complaint, Equipment, Photo, PhotoMoment, Visit};
use halyard_store::{BlobKey, BlobSize, Draft, NewBlob};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::actions::records::kind_of;
use crate::actions::{Done, edit, said};
use crate::app::App;
use crate::screens::ScreenError;
use crate::screens::photos::{PhotoState, key_of};
use crate::screens::status::Nothing;

/// The largest photo kept, in bytes.
const LARGEST_PHOTO: usize = 32 << 20;

/// A photo to keep.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PhotoToAdd {
    /// The visit, complaint or object it belongs to.
    pub document: DocumentId,
    /// The file in base 64.
    pub content: String,
    /// Its media type: `image/jpeg`.
    pub media_type: String,
    /// A small picture of it in base 64, a JPEG.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub thumbnail: Option<String>,
    /// What it shows.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub caption: Option<String>,
    /// Before or after the work.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub moment: Option<PhotoMoment>,
}

/// Asks for a photo.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PhotoAsked {
    /// Its name: the SHA-256 of its content, 64 hexadecimal digits.
    pub sha256: String,
    /// Whether the small picture is enough.
    #[serde(default)]
    pub small: bool,
}

/// A photo, when it is on this device.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PhotoContent {
    /// Its media type.
    pub media_type: String,
    /// The file in base 64.
    pub content: String,
    /// Where it is.
    pub state: PhotoState,
}

/// A form that is left.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DraftOfForm {
    /// Which form of which record, as the screens name it.
    pub form: String,
    /// What was typed: the screens' own.
    #[cfg_attr(feature = "typescript", ts(type = "unknown"))]
    pub body: Value,
}

/// A form by its name.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FormAsked {
    /// Which form, as the screens name it.
    pub form: String,
}

/// A form that was left, and when.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DraftView {
    /// Which form.
    pub form: String,
    /// What was typed.
    #[cfg_attr(feature = "typescript", ts(type = "unknown"))]
    pub body: Value,
    /// When, by this device's clock, Unix milliseconds.
    pub saved_ms: i64,
}

/// Keeps a photo on this device, encrypted, and notes it in the record.
///
/// # Errors
/// When it is no file or too large, the record has no photos, it is not allowed, or it cannot be saved.
pub fn add_photo(app: &App, asked: &PhotoToAdd) -> Result<Done, ScreenError> {
    let device = app.device();
    let field = photos_of(kind_of(device, asked.document)?)?;
    let content = decoded(&asked.content, "content")?;
    if content.is_empty() || content.len() > LARGEST_PHOTO {
        return Err(ScreenError::PhotoTooLarge { most_bytes: LARGEST_PHOTO });
    }
    let bytes = u64::try_from(content.len()).unwrap_or(u64::MAX);
    let thumbnail = asked.thumbnail.as_deref().map(|text| decoded(text, "thumbnail")).transpose()?;
    let media_type = asked.media_type.clone();
    let kept_ms = device.surroundings.now_ms();
    let new =
        NewBlob { document: asked.document, content, media_type: media_type.clone(), thumbnail, kept_ms };
    let hash = device.store.keep_blob(new)?;
    let sha256 = BlobHash::try_from(hex_of(&hash)).map_err(|_| wrong("content"))?;
    let photo = Photo {
        image: Some(Blob { sha256, bytes, media_type }),
        caption: said(asked.caption.as_deref()),
        moment: asked.moment,
    };
    edit(device, asked.document, vec![device.add(field, &photo)?])
}

/// A photo's content.
///
/// # Errors
/// When the device cannot be read.
pub fn photo(app: &App, asked: &PhotoAsked) -> Result<Option<PhotoContent>, ScreenError> {
    let hash = key_of(&asked.sha256).ok_or_else(|| wrong("sha256"))?;
    let store = &app.device().store;
    let size = if asked.small { BlobSize::Thumbnail } else { BlobSize::Whole };
    let (Some(row), Some(content)) = (store.blob_row(hash)?, store.blob(hash, size)?) else {
        return Ok(None);
    };
    Ok(Some(PhotoContent {
        media_type: row.media_type,
        content: STANDARD.encode(content),
        state: row.state.into(),
    }))
}

/// Keeps what was typed into a form that is left.
///
/// # Errors
/// When nothing can be saved.
pub fn keep_draft(app: &App, asked: &DraftOfForm) -> Result<Nothing, ScreenError> {
    let saved_ms = app.device().surroundings.now_ms();
    let draft = Draft { form: asked.form.clone(), body: asked.body.to_string(), saved_ms };
    app.device().store.keep_draft(draft)?;
    Ok(Nothing {})
}

/// What was typed into a form that was left.
///
/// # Errors
/// When the device cannot be read.
pub fn draft(app: &App, asked: &FormAsked) -> Result<Option<DraftView>, ScreenError> {
    Ok(app.device().store.draft(&asked.form)?.map(view))
}

/// Every form that was left, the newest first.
///
/// # Errors
/// When the device cannot be read.
pub fn drafts(app: &App, _: &Nothing) -> Result<Vec<DraftView>, ScreenError> {
    Ok(app.device().store.drafts()?.into_iter().map(view).collect())
}

/// Forgets what was typed into a form: it was sent, or given up.
///
/// # Errors
/// When nothing can be saved.
pub fn drop_draft(app: &App, asked: &FormAsked) -> Result<Nothing, ScreenError> {
    app.device().store.drop_draft(asked.form.clone())?;
    Ok(Nothing {})
}

fn view(draft: Draft) -> DraftView {
    // What the screens wrote as JSON they read as JSON.
    let body = serde_json::from_str(&draft.body).unwrap_or(Value::Null);
    DraftView { form: draft.form, body, saved_ms: draft.saved_ms }
}

fn photos_of(kind: Kind) -> Result<&'static RowsField<Photo>, ScreenError> {
    match kind {
        Kind::Visit => Ok(&Visit::PHOTOS),
        Kind::Complaint => Ok(&Complaint::PHOTOS),
        Kind::Equipment => Ok(&Equipment::PHOTOS),
        Kind::Company
        | Kind::Role
        | Kind::Team
        | Kind::Employee
        | Kind::DirectoryEntry
        | Kind::Checklist
        | Kind::Customer
        | Kind::ServiceCard => Err(wrong("photos")),
    }
}

fn decoded(text: &str, what: &str) -> Result<Vec<u8>, ScreenError> {
    STANDARD.decode(text).map_err(|_| wrong(what))
}

fn wrong(path: &str) -> ScreenError {
    ScreenError::WrongValue { path: path.to_owned(), expected: None }
}

fn hex_of(hash: &BlobKey) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
