//! A service card: картка обслуговування. What we owe one object of one customer, and how often.
//!
//! Its state comes from its events and its percent from the work rows of its visits
//! (`crate::rules`); neither is stored.

use crate::id::Ref;
use crate::record::{Choice, Event, EventKind, Events, LongText, Record, Row, Rows};
use crate::records::unbuilt::{Contract, Project, SlaPolicy};
use crate::records::values::Periodicity;
use crate::records::{
    Attachment, Checklist, CustomValue, Customer, DirectoryEntry, Employee, Equipment, PlannedWork,
};

/// A service card: картка обслуговування.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(kind = ServiceCard, section = Service, version = 1, made_by = [Office])]
pub struct ServiceCard {
    /// The human number: `SC-2026-00123`.
    #[record(owner = [Relay])]
    pub number: Option<String>,
    /// For whom.
    pub customer: Option<Ref<Customer>>,
    /// Under which contract.
    pub contract: Option<Ref<Contract>>,
    /// In which project.
    pub project: Option<Ref<Project>>,
    /// What sort of service.
    pub service_type: Option<ServiceType>,
    /// The object, when it has a record.
    pub equipment: Option<Ref<Equipment>>,
    /// The object in words, when it has none.
    pub subject: Option<String>,
    /// How often.
    pub periodicity: Option<Periodicity>,
    /// Who answers for it.
    pub responsible: Option<Ref<Employee>>,
    /// Who works on it.
    pub crew: Vec<Ref<Employee>>,
    /// The region, for planning.
    pub region: Option<Ref<DirectoryEntry>>,
    /// What the specialists must be able to do.
    pub skills: Vec<Ref<DirectoryEntry>>,
    /// How urgent.
    pub priority: Option<Priority>,
    /// How fast we promised to react.
    pub sla_policy: Option<Ref<SlaPolicy>>,
    /// The works, with their volumes for the whole card.
    pub planned_works: Rows<PlannedWork>,
    /// The checklist its visits go through.
    pub checklist: Option<Ref<Checklist>>,
    /// Whether the customer signs every visit.
    pub signature_required: Option<bool>,
    /// What the warranty covers.
    pub warranty_terms: LongText,
    /// Files and documents.
    #[record(decider = Reviewer)]
    pub documents: Rows<Attachment>,
    /// Values of the fields our company added.
    pub custom_values: Rows<CustomValue>,
    /// Anything else.
    pub notes: LongText,
    /// What happened to it.
    #[record(decider = Reviewer)]
    pub events: Events<CardEvent>,
}

/// What sort of service a card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum ServiceType {
    /// Гарантійне.
    Warranty,
    /// Післягарантійне.
    PostWarranty,
    /// Абонентське.
    Contract,
    /// Разове.
    OneOff,
    /// Пусконалагодження.
    Commissioning,
}

/// How urgent something is. Later is more urgent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Priority {
    /// Низький.
    Low,
    /// Звичайний.
    Normal,
    /// Високий.
    High,
    /// Терміновий.
    Urgent,
}

/// Something that happened to a card. The row's `at` is when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct CardEvent {
    /// What happened.
    pub what: Option<CardAct>,
    /// Why.
    pub reason: Option<String>,
    /// Of a renewal: the card that goes on.
    pub next_card: Option<Ref<ServiceCard>>,
}
impl Event for CardEvent {
    type Kind = CardAct;
}

/// What can happen to a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EventKind)]
pub enum CardAct {
    /// Put into force, also again after a suspension.
    #[event(owner = [Office])]
    Activated,
    /// Put on hold.
    #[event(owner = [Office])]
    Suspended,
    /// All its work is done.
    #[event(owner = [Office])]
    Completed,
    /// Prolonged by another card.
    #[event(owner = [Office])]
    Renewed,
    /// Ended before its time.
    #[event(owner = [Office])]
    Terminated,
    /// Settled: nothing is owed any more.
    #[event(owner = [Office])]
    Closed,
    /// Taken up again after it had ended.
    #[event(owner = [Office])]
    Reopened,
}
