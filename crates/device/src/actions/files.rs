//! Photos kept on this device, and forms that were left.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use halyard_domain::id::DocumentId;
use halyard_domain::records::PhotoMoment;
use halyard_store::{BlobSize, Draft};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::actions::{Done, said};
use crate::app::App;
use crate::photos::{LARGEST_PHOTO, NewPhoto, PhotoError};
use crate::screens::ScreenError;
use crate::screens::photos::{PhotoState, key_of};
use crate::screens::status::Nothing;

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
    let thumbnail = asked.thumbnail.as_deref().map(|text| decoded(text, "thumbnail")).transpose()?;
    let photo = NewPhoto {
        content: decoded(&asked.content, "content")?,
        media_type: asked.media_type.clone(),
        thumbnail,
        caption: said(asked.caption.as_deref()),
        moment: asked.moment,
    };
    let saved = app.device().keep_photo(asked.document, photo).map_err(|error| match error {
        PhotoError::NoPhotos(_) => wrong("photos"),
        PhotoError::Size => ScreenError::PhotoTooLarge { most_bytes: LARGEST_PHOTO },
        PhotoError::Device(error) => error.into(),
    })?;
    Ok(Done::of(vec![saved]))
}

/// A photo's content.
///
/// # Errors
/// When the device cannot be read.
pub fn photo(app: &App, asked: &PhotoAsked) -> Result<Option<PhotoContent>, ScreenError> {
    let hash = key_of(&asked.sha256).ok_or_else(|| wrong("sha256"))?;
    let size = if asked.small { BlobSize::Thumbnail } else { BlobSize::Whole };
    let Some((row, content)) = app.device().shown_file(hash, size)? else { return Ok(None) };
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

fn decoded(text: &str, what: &str) -> Result<Vec<u8>, ScreenError> {
    STANDARD.decode(text).map_err(|_| wrong(what))
}

fn wrong(path: &str) -> ScreenError {
    ScreenError::WrongValue { path: path.to_owned(), expected: None }
}
