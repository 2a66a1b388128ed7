//! A visit: виїзд, one stage of a card. The record most hands write at once.
//!
//! The office plans it, technicians add facts, the customer signs. Facts are rows, so work of two
//! technicians who never met adds up. State, hours and percent are derived (`crate::rules`).

use crate::id::{Ref, RowId};
use crate::record::{Choice, Event, EventKind, Events, LongText, Record, Row, Rows};
use crate::records::unbuilt::Product;
use crate::records::values::Blob;
use crate::records::{
    Customer, DirectoryEntry, Employee, Equipment, MeterReading, Photo, PlannedWork, ServiceCard,
};
use crate::time::TimeWindow;
use rust_decimal::Decimal;

/// A visit: виїзд.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(kind = Visit, section = Service, version = 1, made_by = [Office, Technician])]
pub struct Visit {
    /// The human number: `V-2026-00123`.
    #[record(owner = [Relay])]
    pub number: Option<String>,
    /// The card it is a stage of.
    #[record(owner = [Office])]
    pub card: Option<Ref<ServiceCard>>,
    /// For whom.
    #[record(owner = [Office])]
    pub customer: Option<Ref<Customer>>,
    /// The object.
    #[record(owner = [Office])]
    pub equipment: Option<Ref<Equipment>>,
    /// Where: a row of the customer's addresses.
    #[record(owner = [Office])]
    pub site: Option<RowId>,
    /// When it is planned.
    #[record(owner = [Office])]
    pub window: Option<TimeWindow>,
    /// How long the work is to take, in minutes.
    #[record(owner = [Office])]
    pub duration_minutes: Option<i64>,
    /// Who is to go.
    #[record(owner = [Office])]
    pub specialists: Vec<Ref<Employee>>,
    /// True when the planner must not move it.
    #[record(owner = [Office])]
    pub pinned: Option<bool>,
    /// The works of this visit, when they are a part of the card's.
    #[record(owner = [Office])]
    pub planned_works: Rows<PlannedWork>,
    /// What the office tells the specialists.
    #[record(owner = [Office])]
    pub instructions: LongText,
    /// What happened.
    #[record(owner = [Technician, Office], decider = Reviewer)]
    pub events: Events<VisitEvent>,
    /// The work done.
    #[record(owner = [Technician], decider = Reviewer)]
    pub works: Rows<WorkRow>,
    /// Parts put in and taken out.
    #[record(owner = [Technician], decider = Reviewer)]
    pub parts: Rows<Part>,
    /// What the meters showed.
    #[record(owner = [Technician], decider = Reviewer)]
    pub readings: Rows<MeterReading>,
    /// Answers to the card's checklist.
    #[record(owner = [Technician], decider = Responsible, written_once = true)]
    pub checklist_answers: Rows<ChecklistAnswer>,
    /// What was found.
    #[record(owner = [Technician, Office])]
    pub findings: LongText,
    /// What we advise.
    #[record(owner = [Technician, Office])]
    pub recommendations: LongText,
    /// Photos before and after.
    #[record(owner = [Technician], decider = Reviewer)]
    pub photos: Rows<Photo>,
    /// The customer's signatures.
    #[record(owner = [Customer], decider = Reviewer, written_once = true)]
    pub signatures: Rows<Signature>,
    /// Why the customer would not sign.
    #[record(owner = [Technician], decider = Reviewer)]
    pub signature_refusal: Option<String>,
    /// The customer's mark, 1 to 5.
    #[record(owner = [Customer], decider = Reviewer)]
    pub rating: Option<Mark>,
    /// What the customer said.
    #[record(owner = [Customer], decider = Reviewer)]
    pub rating_comment: Option<String>,
}

/// A customer's mark, from 1 (bad) to 5 (good).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark(u8);

impl Mark {
    /// A mark; `None` outside 1 to 5.
    #[must_use]
    pub fn new(mark: i64) -> Option<Self> {
        u8::try_from(mark).ok().filter(|mark| (1..=5).contains(mark)).map(Self)
    }

    /// The mark as a number.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }

    /// True when the customer is not satisfied: 1 or 2.
    #[must_use]
    pub fn is_unsatisfied(self) -> bool {
        self.0 <= 2
    }
}

impl crate::value::FieldValue for Mark {
    const TYPE: crate::value::ScalarType = crate::value::ScalarType::Int;
    fn from_scalar(scalar: &crate::value::Scalar) -> Result<Self, crate::value::ValueError> {
        Self::new(i64::from_scalar(scalar)?).ok_or_else(|| scalar.not("a mark from 1 to 5"))
    }
    fn to_scalar(&self) -> crate::value::Scalar {
        crate::value::Scalar::Int(i64::from(self.0))
    }
}

/// Something that happened on a visit. The row's `by` is who says so, its `at` when it happened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct VisitEvent {
    /// What happened.
    pub what: Option<VisitAct>,
    /// Why: of a refusal, a pause, a partial or impossible completion, a cancellation.
    pub reason: Option<String>,
    /// Of a dispatch: the specialists it went to.
    pub specialists: Vec<Ref<Employee>>,
    /// Of a review or a closing: how many facts the office had before its eyes
    /// ([`crate::rules::facts_in`]). More facts from before it are late ones.
    pub facts_seen: Option<i64>,
}
impl Event for VisitEvent {
    type Kind = VisitAct;
}

/// What can happen on a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EventKind)]
pub enum VisitAct {
    /// Sent to its specialists.
    #[event(owner = [Office])]
    Dispatched,
    /// A specialist took it.
    #[event(owner = [Technician])]
    Accepted,
    /// A specialist cannot take it.
    #[event(owner = [Technician])]
    Declined,
    /// On the way.
    #[event(owner = [Technician])]
    TravelStarted,
    /// There.
    #[event(owner = [Technician])]
    Arrived,
    /// Work began.
    #[event(owner = [Technician])]
    WorkStarted,
    /// Work paused.
    #[event(owner = [Technician])]
    Paused,
    /// Work went on.
    #[event(owner = [Technician])]
    Resumed,
    /// Everything is done.
    #[event(owner = [Technician])]
    Completed,
    /// A part is done.
    #[event(owner = [Technician])]
    CompletedPartly,
    /// It cannot be done.
    #[event(owner = [Technician])]
    CannotComplete,
    /// The office looked through it.
    #[event(owner = [Office])]
    Reviewed,
    /// The office is done with it.
    #[event(owner = [Office])]
    Closed,
    /// It will not take place.
    #[event(owner = [Office])]
    Cancelled,
    /// Taken up again after it was closed or cancelled.
    #[event(owner = [Office])]
    Reopened,
}

/// Work done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct WorkRow {
    /// The kind of work.
    pub work_kind: Option<Ref<DirectoryEntry>>,
    /// The unit of the volume.
    pub unit: Option<Ref<DirectoryEntry>>,
    /// How much was done, in that unit.
    pub volume: Option<Decimal>,
    /// From when to when, when it was written down so.
    pub period: Option<TimeWindow>,
    /// How many hours, when no period was written down.
    pub hours: Option<Decimal>,
    /// Who worked; the row's author when absent.
    pub who: Option<Ref<Employee>>,
    /// Anything else.
    pub note: Option<String>,
}

/// Which way a part went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum PartDirection {
    /// Put in: використано.
    Used,
    /// Taken out and brought back: повернуто.
    Returned,
}

/// A part put in or taken out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct Part {
    /// The product, when it is in the list.
    pub product: Option<Ref<Product>>,
    /// What it is called, when it is not.
    pub name: Option<String>,
    /// Its serial number.
    pub serial: Option<String>,
    /// How many, in the unit.
    pub quantity: Option<Decimal>,
    /// The unit.
    pub unit: Option<Ref<DirectoryEntry>>,
    /// Put in or taken out.
    pub direction: Option<PartDirection>,
    /// True when the warranty pays.
    pub warranty: Option<bool>,
}

/// An answer to one item of the checklist.
///
/// A changed answer is a new row that names in `after` the rows it replaces. Two answers of which
/// neither names the other were given at the same time and are a conflict; a row that names both ends
/// it (`crate::rules::checklist`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct ChecklistAnswer {
    /// The item's row in the checklist.
    pub item: Option<RowId>,
    /// The answer in canonical text: `yes`, `no`, `n/a`, a decimal, a line, a choice, a blob's hash.
    pub answer: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// The answers to the same item that this one replaces.
    pub after: Vec<RowId>,
}

/// A customer's signature under what was on the screen. The row's `at` is when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct Signature {
    /// The drawing.
    pub image: Option<Blob>,
    /// Who signed.
    pub name: Option<String>,
    /// As what.
    pub position: Option<String>,
    /// The heads of the visit that were on the screen, in hexadecimal.
    pub visit_heads: Vec<String>,
    /// The heads of the card that were on the screen, in hexadecimal.
    pub card_heads: Vec<String>,
}
