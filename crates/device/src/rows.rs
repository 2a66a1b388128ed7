//! Rows, events and withdrawals, with what they say by themselves: who, when, and what stood before the eyes
//! of whoever wrote them.

use std::collections::BTreeMap;

use halyard_domain::id::{DocumentId, Ref, RowId, Target};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::{FieldPath, Reading};
use halyard_domain::record::{Record, Withdrawal, typed};
use halyard_domain::records::{Common, Complaint, Employee, ServiceCard, Visit, VisitAct};
use halyard_domain::rules::facts_in;
use halyard_domain::schema::row_column;
use halyard_domain::value::{FieldValue, Scalar};

use crate::device::Device;
use crate::error::DeviceError;

impl Device {
    /// The intent that adds a row or an event with these columns: in the name of this device's employee, now
    /// unless `at` is among them.
    ///
    /// # Errors
    /// When the device is not enrolled.
    pub fn row(&self, field: &str, mut columns: BTreeMap<String, Scalar>) -> Result<Intent, DeviceError> {
        let by = Ref::<Employee>::to(self.employee()?).to_scalar();
        columns.insert(row_column::BY.to_owned(), by);
        let now = || self.surroundings.now().to_scalar();
        columns.entry(row_column::AT.to_owned()).or_insert_with(now);
        Ok(Intent::AddRow { field: field.to_owned(), row: self.new_row(), columns })
    }

    /// The intent that marks a row as made by mistake. It stays readable and no longer counts.
    ///
    /// # Errors
    /// When the device is not enrolled.
    pub fn withdraw_row(&self, field: &str, row: RowId, why: &str) -> Result<Intent, DeviceError> {
        let value = self.withdrawal(why)?.to_scalar();
        Ok(Intent::Set { path: FieldPath::column(field, row, row_column::WITHDRAWN), value })
    }

    /// The intent that marks a whole record as made by mistake.
    ///
    /// # Errors
    /// When the device is not enrolled.
    pub fn withdraw_record(&self, why: &str) -> Result<Intent, DeviceError> {
        Ok(Common::WITHDRAWN.set(&self.withdrawal(why)?))
    }

    /// Makes a record as a person does: what need not be said is filled in.
    ///
    /// # Errors
    /// As [`Device::save`].
    pub fn make_record(&self, kind: Kind, mut intents: Vec<Intent>) -> Result<DocumentId, DeviceError> {
        if kind == Complaint::KIND {
            self.know_the_visit_complained_of(&mut intents)?;
        }
        self.know_the_card(kind, &mut intents)?;
        if kind == Complaint::KIND {
            let received = Complaint::RECEIVED_AT.set(&self.surroundings.now());
            if intents.iter().all(|intent| intent.path() != received.path()) {
                intents.push(received);
            }
        }
        self.create(kind, intents)
    }

    /// A complaint of a visit is about the visit's card, customer and object.
    fn know_the_visit_complained_of(&self, intents: &mut Vec<Intent>) -> Result<(), DeviceError> {
        let visit: Option<Ref<Visit>> = named_in(intents, Complaint::VISIT.name);
        let Some(visit) = visit.map(|visit| self.reading_of(visit.id())).transpose()?.flatten() else {
            return Ok(());
        };
        let fields = [Visit::CARD.name, Visit::CUSTOMER.name, Visit::EQUIPMENT.name];
        fields.into_iter().for_each(|field| take_over(intents, &visit, field));
        Ok(())
    }

    /// A visit or a complaint of a card is about the card's customer and object: whoever sees it sees them
    /// too, which carrying alone would not give (one step only).
    fn know_the_card(&self, kind: Kind, intents: &mut Vec<Intent>) -> Result<(), DeviceError> {
        if !matches!(kind, Kind::Visit | Kind::Complaint) {
            return Ok(());
        }
        let card: Option<Ref<ServiceCard>> = named_in(intents, Visit::CARD.name);
        let Some(card) = card.map(|card| self.reading_of(card.id())).transpose()?.flatten() else {
            return Ok(());
        };
        let fields = [ServiceCard::CUSTOMER.name, ServiceCard::EQUIPMENT.name];
        fields.into_iter().for_each(|field| take_over(intents, &card, field));
        Ok(())
    }

    /// The mark of what was made by mistake, in the name of whoever uses the device.
    pub(crate) fn withdrawal(&self, why: &str) -> Result<Withdrawal, DeviceError> {
        Ok(Withdrawal { by: self.employee()?, at: self.surroundings.now(), why: why.to_owned() })
    }
}

/// The record that intents link to in a field.
fn named_in<T: Target>(intents: &[Intent], field: &str) -> Option<Ref<T>> {
    intents.iter().find_map(|intent| match intent {
        Intent::Set { path, value } if *path == FieldPath::root(field) => typed(value),
        Intent::Set { .. } | Intent::EditText { .. } | Intent::AddRow { .. } => None,
    })
}

/// Takes a field over from another record, unless it is set already.
fn take_over(intents: &mut Vec<Intent>, from: &Reading, field: &str) {
    let (path, value) = (FieldPath::root(field), from.value(field));
    if !value.is_null() && intents.iter().all(|intent| intent.path() != path) {
        intents.push(Intent::Set { path, value: value.clone() });
    }
}

/// The intents of an edit, its events of a visit with what they say by themselves about the visit they are
/// written on. What the person said already stays.
pub(crate) fn with_what_was_seen(record: &Reading, intents: Vec<Intent>) -> Vec<Intent> {
    if record.kind != Visit::KIND {
        return intents;
    }
    let specialists = FieldPath::root(Visit::SPECIALISTS.name);
    let assigned = intents.iter().rev().find_map(|intent| match intent {
        Intent::Set { path, value } if *path == specialists => Some(value.clone()),
        Intent::Set { .. } | Intent::AddRow { .. } | Intent::EditText { .. } => None,
    });
    let assigned = assigned.unwrap_or_else(|| record.value(&specialists.field).clone());
    let told = |intent| match intent {
        Intent::AddRow { field, row, mut columns } if field == Visit::EVENTS.name => {
            know_the_visit(record, &assigned, &mut columns);
            Intent::AddRow { field, row, columns }
        }
        other @ (Intent::AddRow { .. } | Intent::Set { .. } | Intent::EditText { .. }) => other,
    };
    intents.into_iter().map(told).collect()
}

/// What an event of a visit says about the visit as it stands: whom it was dispatched to, how many facts
/// the office had before its eyes.
fn know_the_visit(visit: &Reading, assigned: &Scalar, event: &mut BTreeMap<String, Scalar>) {
    let what = event.get(row_column::WHAT).and_then(|what| VisitAct::from_scalar(what).ok());
    match what {
        Some(VisitAct::Dispatched) => {
            if !assigned.is_null() {
                event.entry("specialists".to_owned()).or_insert_with(|| assigned.clone());
            }
        }
        Some(VisitAct::Reviewed | VisitAct::Closed) => {
            let seen = i64::try_from(facts_in(visit)).unwrap_or(i64::MAX);
            event.entry("facts_seen".to_owned()).or_insert(Scalar::Int(seen));
        }
        Some(
            VisitAct::Accepted
            | VisitAct::Declined
            | VisitAct::TravelStarted
            | VisitAct::Arrived
            | VisitAct::WorkStarted
            | VisitAct::Paused
            | VisitAct::Resumed
            | VisitAct::Completed
            | VisitAct::CompletedPartly
            | VisitAct::CannotComplete
            | VisitAct::Cancelled
            | VisitAct::Reopened,
        )
        | None => {}
    }
}
