//! The steps that complaints and cards go through.

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_domain::records::{
    CardAct, CardEvent, Complaint, ComplaintAct, ComplaintEvent, Mark, ServiceCard,
};
use serde::Deserialize;

use crate::actions::{Done, edit, said};
use crate::app::App;
use crate::screens::ScreenError;
use crate::screens::record::Subject;

/// A step of a complaint.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ComplaintStep {
    /// The complaint.
    pub complaint: DocumentId,
    /// The step.
    pub act: ComplaintAct,
    /// Why: of a rejection, a reopening.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub reason: Option<String>,
    /// Of a customer's answer: the mark, 1 to 5.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub mark: Option<i64>,
    /// Of a customer's answer: the words.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub comment: Option<String>,
    /// The form that is answered, by its draft's name: the draft is forgotten with what is saved.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub form: Option<String>,
}

/// A step of a card.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CardStep {
    /// The card.
    pub card: DocumentId,
    /// The step.
    pub act: CardAct,
    /// Why.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub reason: Option<String>,
    /// Of a renewal: the card that goes on.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub next_card: Option<DocumentId>,
    /// The form that is answered, by its draft's name: the draft is forgotten with what is saved.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub form: Option<String>,
}

/// Takes a step of a complaint.
///
/// # Errors
/// When it does not follow, lacks what closing needs, is not allowed, or cannot be saved.
pub fn take_complaint_step(app: &App, asked: &ComplaintStep) -> Result<Done, ScreenError> {
    let device = app.device();
    Subject::open(device, asked.complaint, Some(Kind::Complaint), None)?;
    let mark = asked.mark.map(|mark| {
        Mark::new(mark).ok_or_else(|| ScreenError::WrongValue {
            path: format!("{}/mark", Complaint::EVENTS.name),
            expected: Some("a mark from 1 to 5".to_owned()),
        })
    });
    let mark = mark.transpose()?;
    if asked.act == ComplaintAct::CustomerAnswered && mark.is_none() {
        return Err(ScreenError::Required { field: "mark".to_owned() });
    }
    let reason = said(asked.reason.as_deref());
    let comment = said(asked.comment.as_deref());
    let event = ComplaintEvent { what: Some(asked.act), reason, mark, comment };
    edit(device, asked.complaint, vec![device.add(&Complaint::EVENTS, &event)?], asked.form.as_deref())
}

/// Takes a step of a card.
///
/// # Errors
/// When it does not follow, is not allowed, or cannot be saved.
pub fn take_card_step(app: &App, asked: &CardStep) -> Result<Done, ScreenError> {
    let device = app.device();
    Subject::open(device, asked.card, Some(Kind::ServiceCard), None)?;
    let event = CardEvent {
        what: Some(asked.act),
        reason: said(asked.reason.as_deref()),
        next_card: asked.next_card.map(Ref::to),
    };
    edit(device, asked.card, vec![device.add(&ServiceCard::EVENTS, &event)?], asked.form.as_deref())
}
