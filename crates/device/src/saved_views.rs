//! Views of journals that a person keeps on this device: named, renamed, put in order, forgotten.
//!
//! They are a person's and a device's: nobody else sees them, and whoever works on the same machine has a
//! profile with their own. How a journal looks is the screens' own JSON, which is kept and given back as it came.

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_store::SavedView;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::actions::forget_form;
use crate::app::App;
use crate::screens::ScreenError;
use crate::screens::journal::KindAsked;

/// A view of a journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ViewOfJournal {
    /// Its id, which the screens make.
    pub id: DocumentId,
    /// What it is called.
    pub name: String,
    /// How the journal looks.
    #[cfg_attr(feature = "typescript", ts(type = "unknown"))]
    pub body: Value,
}

/// A view to keep: a new one, or one that is there with another name or look.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ViewToKeep {
    /// The kind of record the journal lists.
    pub kind: Kind,
    /// The view.
    pub view: ViewOfJournal,
    /// The form that is answered, by its draft's name: the draft is forgotten with what is saved.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub form: Option<String>,
}

/// The views of a journal in another order.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ViewsToOrder {
    /// The kind of record the journal lists.
    pub kind: Kind,
    /// The views in their new order; those left out stand behind.
    pub ids: Vec<DocumentId>,
}

/// A view to forget.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ViewToForget {
    /// The kind of record the journal lists.
    pub kind: Kind,
    /// The view.
    pub id: DocumentId,
}

/// The views of a journal that this person kept, in their order.
///
/// # Errors
/// When the device is not enrolled or cannot be read.
pub fn saved_views(app: &App, asked: &KindAsked) -> Result<Vec<ViewOfJournal>, ScreenError> {
    views(app, asked.kind)
}

/// Keeps a view. It takes the place of another view of the same name.
///
/// # Errors
/// When the name is empty, the device is not enrolled, or nothing can be saved.
pub fn keep_view(app: &App, asked: &ViewToKeep) -> Result<Vec<ViewOfJournal>, ScreenError> {
    let ViewToKeep { kind, view, form } = asked;
    let name = view.name.trim().to_owned();
    if name.is_empty() {
        return Err(ScreenError::Required { field: "name".to_owned() });
    }
    let device = app.device();
    let kept = SavedView { id: view.id, name, body: view.body.to_string() };
    device.store.keep_view(device.employee()?, *kind, kept)?;
    forget_form(device, form.as_deref());
    views(app, *kind)
}

/// Brings the views of a journal into another order.
///
/// # Errors
/// When the device is not enrolled or nothing can be saved.
pub fn order_views(app: &App, asked: &ViewsToOrder) -> Result<Vec<ViewOfJournal>, ScreenError> {
    app.device().store.order_views(app.device().employee()?, asked.kind, asked.ids.clone())?;
    views(app, asked.kind)
}

/// Forgets a view.
///
/// # Errors
/// When the device is not enrolled or nothing can be saved.
pub fn forget_view(app: &App, asked: &ViewToForget) -> Result<Vec<ViewOfJournal>, ScreenError> {
    app.device().store.drop_view(app.device().employee()?, asked.id)?;
    views(app, asked.kind)
}

fn views(app: &App, kind: Kind) -> Result<Vec<ViewOfJournal>, ScreenError> {
    let kept = app.device().store.saved_views(app.device().employee()?, kind)?;
    let view = |SavedView { id, name, body }| {
        // What the screens wrote as JSON they read as JSON.
        let body = serde_json::from_str(&body).unwrap_or(Value::Null);
        ViewOfJournal { id, name, body }
    };
    Ok(kept.into_iter().map(view).collect())
}
