//! Complaints and cards: filing one, and the steps both go through.

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::record::Record;
use halyard_domain::records::{
    CardAct, CardEvent, Channel, Complaint, ComplaintAct, ComplaintEvent, Mark, ServiceCard, Visit,
};
use serde::{Deserialize, Serialize};

use crate::actions::records::{Writes, intents};
use crate::actions::{Done, edit, said, save};
use crate::alike::MOST_ALIKE;
use crate::app::App;
use crate::device::Device;
use crate::edit::RecordEdit;
use crate::error::DeviceError;
use crate::screens::ScreenError;
use crate::screens::lines::{ComplaintLine, complaints_of};
use crate::screens::record::Subject;

/// A complaint to file.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ComplaintToFile {
    /// The visit it is filed from: it gives the customer, the object and the card.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub visit: Option<DocumentId>,
    /// The id the form reserved, so that filing it twice is filing it once.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub document: Option<DocumentId>,
    /// What the form says; it stands above what the visit gives.
    pub writes: Writes,
}

/// Asks for complaints that may be the same one.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SameObject {
    /// The object.
    pub equipment: DocumentId,
}

/// A filed complaint.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Filed {
    /// The complaint.
    pub document: DocumentId,
    /// What was written.
    pub done: Done,
    /// Other complaints on the same object, open or of the last fourteen days: perhaps the same one.
    pub similar: Vec<ComplaintLine>,
}

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
}

/// Files a complaint. The reaction clock starts now, unless the form says when the customer told us.
///
/// # Errors
/// When a value is none its field holds, it is not allowed, or it cannot be saved.
pub fn file_complaint(app: &App, asked: &ComplaintToFile) -> Result<Filed, ScreenError> {
    let device = app.device();
    let written = intents(device, Kind::Complaint, &asked.writes)?;
    let mut all = given(device, asked.visit)?;
    all.retain(|intent| !written.iter().any(|one| one.path() == intent.path()));
    all.extend(written);
    let document = asked.document.unwrap_or_else(|| device.new_id());
    let equipment = all.iter().find_map(equipment_in);
    let similar = equipment.map(|id| similar(device, id)).transpose()?.unwrap_or_default();
    if device.kind_of(document)? == Some(Kind::Complaint) {
        return Ok(Filed { document, done: Done { records: Vec::new() }, similar });
    }
    let done = save(device, &[RecordEdit::making(document, Kind::Complaint, all)])?;
    Ok(Filed { document, done, similar })
}

/// Complaints on an object that are open or of the last fourteen days.
///
/// # Errors
/// When the device cannot be read.
pub fn similar_complaints(app: &App, asked: &SameObject) -> Result<Vec<ComplaintLine>, ScreenError> {
    Ok(similar(app.device(), asked.equipment)?)
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
    edit(device, asked.complaint, vec![device.add(&Complaint::EVENTS, &event)?])
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
    edit(device, asked.card, vec![device.add(&ServiceCard::EVENTS, &event)?])
}

/// What a complaint has before its form is filled in.
fn given(device: &Device, visit: Option<DocumentId>) -> Result<Vec<Intent>, ScreenError> {
    let mut intents = vec![Complaint::RECEIVED_AT.set(&device.surroundings.now())];
    let Some(document) = visit else { return Ok(intents) };
    let subject = Subject::open(device, document, Some(Kind::Visit), None)?;
    let visit = Visit::read(&subject.reading);
    intents.push(Complaint::CHANNEL.set(&Channel::OnSite));
    intents.push(Complaint::VISIT.set(&Ref::to(document)));
    intents.extend(visit.customer.map(|one| Complaint::CUSTOMER.set(&one)));
    intents.extend(visit.equipment.map(|one| Complaint::EQUIPMENT.set(&one)));
    intents.extend(visit.card.map(|one| Complaint::CARD.set(&one)));
    Ok(intents)
}

fn equipment_in(intent: &Intent) -> Option<DocumentId> {
    match intent {
        Intent::Set { path, value } if path.field == Complaint::EQUIPMENT.name => {
            value.as_text()?.parse().ok()
        }
        Intent::Set { .. } | Intent::AddRow { .. } | Intent::EditText { .. } => None,
    }
}

fn similar(device: &Device, equipment: DocumentId) -> Result<Vec<ComplaintLine>, DeviceError> {
    let alike = device.complaints_alike(equipment)?;
    let lines = complaints_of(device, Complaint::EQUIPMENT.name, Some(equipment), MOST_ALIKE)?;
    Ok(lines.into_iter().filter(|line| alike.contains(&line.link.document)).collect())
}
