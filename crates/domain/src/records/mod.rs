//! The record kinds, one file each, as `domain.md` lays them out.
//!
//! A field declared here is a key in documents for ever: it is never renamed and its meaning never
//! changes. What every kind has beside its own fields is in [`every_record`].

pub mod every_record;
pub mod unbuilt;
pub mod values;

mod checklist;
mod company;
mod complaint;
mod customer;
mod directory_entry;
mod employee;
mod equipment;
mod role;
mod service_card;
mod shared_rows;
mod team;
mod visit;

pub use checklist::{AnswerKind, Checklist, ChecklistItem};
pub use company::{BankAccount, Company, Signatory};
pub use complaint::{
    ActionKind, Channel, Complaint, ComplaintAct, ComplaintAction, ComplaintEvent, ComplaintKind,
    CustomerMessage, MessageKind, ReturnDecision, ReturnedItem, Severity,
};
pub use customer::{Classification, Consent, ContactPerson, Customer, CustomerStatus};
pub use directory_entry::{Directory, DirectoryEntry};
pub use employee::Employee;
pub use equipment::{Equipment, Meter};
pub use every_record::{Common, Proposal};
pub use role::Role;
pub use service_card::{CardAct, CardEvent, Priority, ServiceCard, ServiceType};
pub use shared_rows::{
    Address, AddressKind, Attachment, CustomValue, MeterReading, Photo, PhotoMoment, PlannedWork,
};
pub use team::Team;
pub use visit::{
    ChecklistAnswer, Mark, Part, PartDirection, Signature, Visit, VisitAct, VisitEvent, WorkRow,
};

use crate::kind::Kind;
use crate::record::Record;
use crate::schema::RecordSchema;

/// The schema of a kind.
#[must_use]
pub const fn schema(kind: Kind) -> &'static RecordSchema {
    match kind {
        Kind::Company => Company::SCHEMA,
        Kind::Role => Role::SCHEMA,
        Kind::Team => Team::SCHEMA,
        Kind::Employee => Employee::SCHEMA,
        Kind::DirectoryEntry => DirectoryEntry::SCHEMA,
        Kind::Checklist => Checklist::SCHEMA,
        Kind::Customer => Customer::SCHEMA,
        Kind::Equipment => Equipment::SCHEMA,
        Kind::ServiceCard => ServiceCard::SCHEMA,
        Kind::Visit => Visit::SCHEMA,
        Kind::Complaint => Complaint::SCHEMA,
    }
}

#[cfg(test)]
mod tests;
