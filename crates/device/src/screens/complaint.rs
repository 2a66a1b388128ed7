//! The page of a complaint: what is wrong, what is done about it, what it lacks to be closed.

use halyard_domain::id::{DocumentId, Ref, RowId};
use halyard_domain::kind::Kind;
use halyard_domain::money::canonical_decimal;
use halyard_domain::record::{Record, RowOf};
use halyard_domain::records::{
    ActionKind, Channel, Complaint, ComplaintAct, ComplaintAction, ComplaintEvent, ComplaintKind,
    CustomerMessage, Equipment, MessageKind, ReturnDecision, ReturnedItem, Severity,
};
use halyard_domain::rules::{
    ComplaintState, Missing, Satisfaction, Warranty, complaint_state, missing_to_close, warranty_on,
};
use halyard_domain::time::Instant;
use serde::Serialize;

use crate::app::App;
use crate::screens::ScreenError;
use crate::screens::names::{Linked, Names};
use crate::screens::photos::{PhotoView, photos};
use crate::screens::places::{ContactView, Places};
use crate::screens::record::{Pen, RecordHead, Subject, typed_at};
use crate::screens::visit::{EquipmentBrief, PageOf, brief};

/// The page of a complaint.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ComplaintPage {
    /// What every page begins with.
    pub head: RecordHead,
    /// The state.
    pub state: ComplaintState,
    /// When the customer told us.
    pub received_at: Option<Instant>,
    /// How the customer told us.
    pub channel: Option<Channel>,
    /// Who complains.
    pub customer: Option<Linked>,
    /// Which person.
    pub contact: Option<ContactView>,
    /// Which person, when not among the contacts.
    pub contact_note: Option<String>,
    /// What sort of complaint.
    pub complaint_kind: Option<ComplaintKind>,
    /// How bad it is.
    pub severity: Option<Severity>,
    /// About which object.
    pub equipment: Option<EquipmentBrief>,
    /// Whether the object was under warranty when the customer told us.
    pub warranty: Option<Warranty>,
    /// The serial number it is about.
    pub serial: Option<String>,
    /// The batch it is about.
    pub batch: Option<String>,
    /// The card it comes from.
    pub card: Option<Linked>,
    /// The visit it comes from.
    pub visit: Option<Linked>,
    /// What is wrong.
    pub description: String,
    /// What the customer wants.
    pub wish: String,
    /// The photos that count.
    pub photos: Vec<PhotoView>,
    /// Who of us answers for it.
    pub responsible: Option<Linked>,
    /// The department that works on it.
    pub team: Option<Linked>,
    /// The people from everywhere who work on it.
    pub members: Vec<Linked>,
    /// What was done at once so that it gets no worse.
    pub containment: String,
    /// The cause, from the directory.
    pub cause_code: Option<Linked>,
    /// The cause in words.
    pub cause: String,
    /// What we pay: minor units and the currency, `348000 UAH`.
    pub compensation: Option<String>,
    /// What else we give.
    pub compensation_note: Option<String>,
    /// What is done about the cause.
    pub actions: Vec<ActionView>,
    /// What comes back to us.
    pub returns: Vec<ReturnView>,
    /// What we told the customer.
    pub messages: Vec<MessageView>,
    /// What happened, in order.
    pub events: Vec<ComplaintEventView>,
    /// The customer's mark since the complaint was last taken up, 1 to 5.
    pub mark: Option<u8>,
    /// Whether the customer was asked and did not answer.
    pub no_answer: bool,
    /// How many times it was reopened.
    pub reopened: u32,
    /// The steps the complaint may take now, by its state and the rights.
    pub steps: Vec<ComplaintAct>,
    /// What it cannot be closed without.
    pub missing: Vec<Missing>,
}

/// Something done about the cause.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ActionView {
    /// Its row.
    pub row: RowId,
    /// Corrective or preventive.
    pub action_kind: Option<ActionKind>,
    /// What.
    pub text: Option<String>,
    /// Who does it.
    pub who: Option<Linked>,
    /// By when.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub due: Option<chrono::NaiveDate>,
    /// The day it was done.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub done: Option<chrono::NaiveDate>,
    /// Whether it should be done by now and is not.
    pub is_overdue: bool,
}

/// A thing that comes back to us.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ReturnView {
    /// Its row.
    pub row: RowId,
    /// What it is called.
    pub item: Option<String>,
    /// Its serial number.
    pub serial: Option<String>,
    /// How many, a canonical decimal.
    pub quantity: Option<String>,
    /// Why it comes back.
    pub reason: Option<String>,
    /// What becomes of it.
    pub decision: Option<ReturnDecision>,
    /// The day it was received.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub received: Option<chrono::NaiveDate>,
    /// The day it was sent.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub sent: Option<chrono::NaiveDate>,
}

/// A message to the customer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MessageView {
    /// Its row.
    pub row: RowId,
    /// What it is.
    pub message_kind: Option<MessageKind>,
    /// How it went.
    pub channel: Option<Channel>,
    /// What it said.
    pub text: Option<String>,
    /// Who wrote it.
    pub by: Option<Linked>,
    /// When.
    pub at: Option<Instant>,
}

/// Something that happened to a complaint.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ComplaintEventView {
    /// Its row.
    pub row: RowId,
    /// What happened; absent when a newer version knows it.
    pub act: Option<ComplaintAct>,
    /// When.
    pub at: Option<Instant>,
    /// Who says so.
    pub by: Option<Linked>,
    /// Why.
    pub reason: Option<String>,
    /// Of a customer's answer: the mark, 1 to 5.
    pub mark: Option<u8>,
    /// Of a customer's answer: the words.
    pub comment: Option<String>,
}

/// The page of a complaint.
///
/// # Errors
/// When it is not here, cannot be opened or is no complaint.
pub fn complaint_page(app: &App, asked: &PageOf) -> Result<ComplaintPage, ScreenError> {
    let device = app.device();
    let subject = Subject::open(device, asked.document, Some(Kind::Complaint), asked.at)?;
    let complaint = Complaint::read(&subject.reading);
    let pen = subject.pen(device)?;
    let now = device.surroundings.now();
    let equipment = typed_at::<Equipment>(device, complaint.equipment.map(Ref::id))?;
    let names = Names::that_stay(device, named_in(&complaint))?;
    let places = Places::of(device, complaint.customer.map(Ref::id).as_slice())?;
    let contacts = complaint.customer.map(|one| places.contacts(one.id())).unwrap_or_default();
    let progress = complaint_state(&complaint);
    let told_on = complaint.received_at.unwrap_or(now).local_date();
    let steps = if asked.at.is_none() { steps(&complaint, progress.state, &pen) } else { Vec::new() };
    Ok(ComplaintPage {
        head: subject.head(device)?,
        state: progress.state,
        contact: contacts.into_iter().find(|one| Some(one.row) == complaint.contact),
        customer: names.linked(complaint.customer),
        equipment: complaint.equipment.map(|one| brief(names.link(one.id()), equipment.as_ref(), now)),
        warranty: equipment.as_ref().map(|one| warranty_on(one, told_on)),
        card: names.linked(complaint.card),
        visit: names.linked(complaint.visit),
        photos: photos(device, &complaint.photos, &names)?,
        responsible: names.linked(complaint.responsible),
        team: names.linked(complaint.team),
        members: names.all(&complaint.members),
        cause_code: names.linked(complaint.cause_code),
        actions: complaint.actions.standing().map(|row| action(row, &names, now)).collect(),
        returns: complaint.returns.standing().map(returned).collect(),
        messages: complaint.messages.standing().map(|row| message(row, &names)).collect(),
        events: complaint.events.standing().map(|row| event(row, &names)).collect(),
        mark: match progress.satisfaction {
            Satisfaction::Marked(mark) => Some(mark.get()),
            Satisfaction::NoAnswer | Satisfaction::Unknown => None,
        },
        no_answer: progress.satisfaction == Satisfaction::NoAnswer,
        reopened: progress.reopened,
        steps,
        missing: missing_to_close(&complaint),
        received_at: complaint.received_at,
        channel: complaint.channel,
        contact_note: complaint.contact_note,
        compensation: complaint.compensation.map(|amount| amount.to_string()),
        compensation_note: complaint.compensation_note,
        complaint_kind: complaint.complaint_kind,
        severity: complaint.severity,
        serial: complaint.serial,
        batch: complaint.batch,
        description: complaint.description.0,
        wish: complaint.wish.0,
        containment: complaint.containment.0,
        cause: complaint.cause.0,
    })
}

/// The steps that follow from a state and are allowed; closing only when nothing lacks.
fn steps(complaint: &Complaint, state: ComplaintState, pen: &Pen<'_>) -> Vec<ComplaintAct> {
    let lacks = !missing_to_close(complaint).is_empty();
    let may = |act: &ComplaintAct| pen.may_add(Complaint::EVENTS.name, Some(act.name())).is_ok();
    let follows = steps_from(state).iter().copied();
    follows.filter(|act| !(lacks && *act == ComplaintAct::Closed)).filter(may).collect()
}

/// The steps that follow from a state and change it, or bring the customer's word.
fn steps_from(state: ComplaintState) -> &'static [ComplaintAct] {
    use ComplaintAct as A;
    match state {
        ComplaintState::Registered | ComplaintState::Reopened => {
            &[A::Accepted, A::AnalysisStarted, A::ActionStarted, A::Answered, A::Rejected]
        }
        ComplaintState::Accepted => {
            &[A::AnalysisStarted, A::ActionStarted, A::VerificationStarted, A::Answered, A::Rejected]
        }
        ComplaintState::Analysis => &[A::ActionStarted, A::VerificationStarted, A::Answered, A::Rejected],
        ComplaintState::Action => &[A::VerificationStarted, A::AnalysisStarted, A::Answered, A::Rejected],
        ComplaintState::Verification => &[A::Answered, A::ActionStarted, A::AnalysisStarted, A::Rejected],
        ComplaintState::Answered => &[A::CustomerAnswered, A::NoAnswer, A::Closed, A::Reopened],
        ComplaintState::Closed => &[A::CustomerAnswered, A::Reopened],
        ComplaintState::Rejected => &[A::Reopened],
    }
}

fn named_in(complaint: &Complaint) -> Vec<DocumentId> {
    let links = [
        complaint.customer.map(Ref::id),
        complaint.equipment.map(Ref::id),
        complaint.card.map(Ref::id),
        complaint.visit.map(Ref::id),
        complaint.responsible.map(Ref::id),
        complaint.team.map(Ref::id),
        complaint.cause_code.map(Ref::id),
    ];
    let mut named: Vec<DocumentId> = links.into_iter().flatten().collect();
    named.extend(complaint.members.iter().map(|one| one.id()));
    named.extend(complaint.photos.standing().filter_map(|row| row.by.map(Ref::id)));
    named.extend(complaint.actions.standing().filter_map(|row| row.value.who.map(Ref::id)));
    named.extend(complaint.messages.standing().filter_map(|row| row.by.map(Ref::id)));
    named.extend(complaint.events.standing().filter_map(|row| row.by.map(Ref::id)));
    named
}

fn action(row: &RowOf<ComplaintAction>, names: &Names, now: Instant) -> ActionView {
    let late = row.value.done.is_none() && row.value.due.is_some_and(|due| due < now.local_date());
    ActionView {
        row: row.id,
        action_kind: row.value.action_kind,
        text: row.value.text.clone(),
        who: names.linked(row.value.who),
        due: row.value.due,
        done: row.value.done,
        is_overdue: late,
    }
}

fn returned(row: &RowOf<ReturnedItem>) -> ReturnView {
    ReturnView {
        row: row.id,
        item: row.value.item.clone(),
        serial: row.value.serial.clone(),
        quantity: row.value.quantity.map(canonical_decimal),
        reason: row.value.reason.clone(),
        decision: row.value.decision,
        received: row.value.received,
        sent: row.value.sent,
    }
}

fn message(row: &RowOf<CustomerMessage>, names: &Names) -> MessageView {
    MessageView {
        row: row.id,
        message_kind: row.value.message_kind,
        channel: row.value.channel,
        text: row.value.text.clone(),
        by: names.linked(row.by),
        at: row.at,
    }
}

fn event(row: &RowOf<ComplaintEvent>, names: &Names) -> ComplaintEventView {
    ComplaintEventView {
        row: row.id,
        act: row.value.what,
        at: row.at,
        by: names.linked(row.by),
        reason: row.value.reason.clone(),
        mark: row.value.mark.map(halyard_domain::records::Mark::get),
        comment: row.value.comment.clone(),
    }
}
