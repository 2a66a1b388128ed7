//! A complaint: рекламація. From the first angry word to a satisfied customer.

use rust_decimal::Decimal;

use crate::id::{Ref, RowId};
use crate::money::Money;
use crate::record::{Choice, Event, EventKind, Events, LongText, Record, Row, Rows};
use crate::records::unbuilt::{Product, Request};
use crate::records::{
    Attachment, Customer, DirectoryEntry, Employee, Equipment, Mark, Photo, ServiceCard, Team, Visit,
};
use crate::time::Instant;

/// A complaint: рекламація.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(kind = Complaint, section = Complaints, version = 1, made_by = [Office, Technician])]
pub struct Complaint {
    /// The human number: `CP-2026-00123`.
    #[record(owner = [Relay])]
    pub number: Option<String>,
    /// When the customer told us. The reaction clock starts here.
    #[record(decider = Responsible)]
    pub received_at: Option<Instant>,
    /// How the customer told us.
    #[record(decider = Responsible)]
    pub channel: Option<Channel>,
    /// Who complains.
    #[record(decider = Responsible)]
    pub customer: Option<Ref<Customer>>,
    /// Which person: a row of the customer's contacts.
    #[record(decider = Responsible)]
    pub contact: Option<RowId>,
    /// Which person, when not among the contacts.
    #[record(decider = Responsible)]
    pub contact_note: Option<String>,
    /// What sort of complaint.
    #[record(decider = Responsible)]
    pub complaint_kind: Option<ComplaintKind>,
    /// About which object.
    #[record(decider = Responsible)]
    pub equipment: Option<Ref<Equipment>>,
    /// The serial number it is about.
    #[record(decider = Responsible)]
    pub serial: Option<String>,
    /// The batch it is about.
    #[record(decider = Responsible)]
    pub batch: Option<String>,
    /// The product it is about.
    #[record(decider = Responsible)]
    pub product: Option<Ref<Product>>,
    /// The card it comes from.
    #[record(decider = Responsible)]
    pub card: Option<Ref<ServiceCard>>,
    /// The visit it comes from.
    #[record(decider = Responsible)]
    pub visit: Option<Ref<Visit>>,
    /// The request it comes from.
    #[record(decider = Responsible)]
    pub request: Option<Ref<Request>>,
    /// What is wrong, in the customer's words.
    pub description: LongText,
    /// What the customer wants.
    pub wish: LongText,
    /// Photos.
    #[record(decider = Reviewer)]
    pub photos: Rows<Photo>,
    /// Other files.
    #[record(decider = Reviewer)]
    pub documents: Rows<Attachment>,
    /// How bad it is.
    #[record(decider = Responsible)]
    pub severity: Option<Severity>,
    /// Who of us answers for it.
    #[record(owner = [Office])]
    pub responsible: Option<Ref<Employee>>,
    /// The department that works on it.
    #[record(owner = [Office])]
    pub team: Option<Ref<Team>>,
    /// The people from everywhere who work on it.
    #[record(owner = [Office])]
    pub members: Vec<Ref<Employee>>,
    /// What was done at once so that it gets no worse.
    pub containment: LongText,
    /// The cause, from the directory.
    #[record(decider = Responsible)]
    pub cause_code: Option<Ref<DirectoryEntry>>,
    /// The cause in words.
    pub cause: LongText,
    /// What is done about the cause.
    #[record(decider = Reviewer)]
    pub actions: Rows<ComplaintAction>,
    /// Things that come back to us.
    #[record(decider = Reviewer)]
    pub returns: Rows<ReturnedItem>,
    /// What we pay.
    #[record(owner = [Office])]
    pub compensation: Option<Money>,
    /// What else we give.
    #[record(owner = [Office])]
    pub compensation_note: Option<String>,
    /// What we told the customer.
    #[record(decider = Reviewer)]
    pub messages: Rows<CustomerMessage>,
    /// What happened, the customer's answers among it.
    #[record(owner = [Office, Customer], decider = Reviewer)]
    pub events: Events<ComplaintEvent>,
}

/// A way people reach each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Channel {
    /// On the phone.
    Phone,
    /// By e-mail.
    Email,
    /// By SMS or in a messenger.
    Message,
    /// On our web site.
    Website,
    /// By letter.
    Letter,
    /// Face to face, at the customer's.
    OnSite,
    /// Face to face, in our office.
    InOffice,
}

/// What sort of complaint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum ComplaintKind {
    /// About us: скарга.
    Complaint,
    /// Something stopped working: відмова.
    Failure,
    /// Something was bad from the start: брак.
    Defect,
}

/// How bad it is. Later is worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Severity {
    /// Незначна.
    Minor,
    /// Помірна.
    Moderate,
    /// Значна.
    Major,
    /// Критична.
    Critical,
}

/// Whether an action mends this case or prevents the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum ActionKind {
    /// Коригувальна дія.
    Corrective,
    /// Запобіжна дія.
    Preventive,
}

/// Something to be done about the cause.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct ComplaintAction {
    /// Corrective or preventive.
    pub action_kind: Option<ActionKind>,
    /// What.
    pub text: Option<String>,
    /// Who does it.
    pub who: Option<Ref<Employee>>,
    /// By when.
    pub due: Option<chrono::NaiveDate>,
    /// The day it was done.
    pub done: Option<chrono::NaiveDate>,
}

/// What becomes of a returned thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum ReturnDecision {
    /// Відремонтувати.
    Repair,
    /// Замінити.
    Replace,
    /// Повернути гроші.
    Refund,
    /// Відмовити.
    Reject,
}

/// A thing that comes back to us (RMA).
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct ReturnedItem {
    /// The product, when it is in the list.
    pub product: Option<Ref<Product>>,
    /// What it is called, when it is not.
    pub item: Option<String>,
    /// Its serial number.
    pub serial: Option<String>,
    /// How many.
    pub quantity: Option<Decimal>,
    /// Why it comes back.
    pub reason: Option<String>,
    /// What becomes of it.
    pub decision: Option<ReturnDecision>,
    /// The day it was sent.
    pub sent: Option<chrono::NaiveDate>,
    /// The day it was received.
    pub received: Option<chrono::NaiveDate>,
}

/// What a message to the customer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum MessageKind {
    /// We know about it: підтвердження.
    Acknowledgement,
    /// How it goes: хід розгляду.
    Progress,
    /// What came of it: підсумкова відповідь.
    ClosingReply,
}

/// A message to the customer. The row's `at` is when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct CustomerMessage {
    /// What it is.
    pub message_kind: Option<MessageKind>,
    /// How it went.
    pub channel: Option<Channel>,
    /// What it said.
    pub text: Option<String>,
}

/// Something that happened to a complaint. The row's `at` is when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct ComplaintEvent {
    /// What happened.
    pub what: Option<ComplaintAct>,
    /// Why: of a rejection, a reopening.
    pub reason: Option<String>,
    /// Of a customer's answer: the mark.
    pub mark: Option<Mark>,
    /// Of a customer's answer: the words.
    pub comment: Option<String>,
}
impl Event for ComplaintEvent {
    type Kind = ComplaintAct;
}

/// What can happen to a complaint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EventKind)]
pub enum ComplaintAct {
    /// Taken up; the customer knows.
    #[event(owner = [Office])]
    Accepted,
    /// Looking for the cause.
    #[event(owner = [Office])]
    AnalysisStarted,
    /// Doing something about it.
    #[event(owner = [Office])]
    ActionStarted,
    /// Checking that it helped.
    #[event(owner = [Office])]
    VerificationStarted,
    /// The customer has our answer.
    #[event(owner = [Office])]
    Answered,
    /// The customer said how satisfied: with a mark.
    #[event(owner = [Customer])]
    CustomerAnswered,
    /// The customer was asked and did not answer.
    #[event(owner = [Customer])]
    NoAnswer,
    /// Done with.
    #[event(owner = [Office])]
    Closed,
    /// Not justified.
    #[event(owner = [Office])]
    Rejected,
    /// Taken up again.
    #[event(owner = [Office])]
    Reopened,
}
