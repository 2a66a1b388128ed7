//! The rules about saving, asked of what is on this device.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_domain::record::typed;
use halyard_domain::records::{Checklist, Common, Customer, ServiceCard, Visit};
use halyard_domain::rights::{Responsible, responsible_of};
use halyard_domain::saving::{Edit, Neighbours, objections};
use halyard_domain::time::Instant;
use halyard_domain::value::Scalar;
use halyard_domain::written::registry_code;
use halyard_tables::list::{Filter, ListQuery, MAX_LIMIT, Show};
use halyard_tables::sql::SqlValue;
use halyard_tables::tables::column;

use crate::device::Device;
use crate::edit::read;
use crate::error::DeviceError;

impl Device {
    /// The later of what this device's clock says and what the relay's does, as far as it is known. Absent
    /// when both lie before the last full sync: the clock was set back since, and nobody is held to a clock
    /// that is behind.
    pub(crate) fn latest_now(&self) -> Result<Option<Instant>, DeviceError> {
        let state = self.store.sync_state()?;
        let ahead_ms = state.clock_offset_ms.max(0);
        let now_ms = self.surroundings.now_ms().saturating_add(ahead_ms);
        if state.last_full_sync_ms.is_some_and(|full| now_ms < full) {
            return Ok(None);
        }
        let now = self.surroundings.now();
        Ok(Some(now.plus_seconds(ahead_ms.div_euclid(1000)).unwrap_or(now)))
    }

    /// Whom the card a record is a part of names as responsible. Asked only of an edit that may decide
    /// something: a card is a whole document to open.
    pub(crate) fn responsible_above(
        &self,
        before: &Reading,
        intents: &[Intent],
        employee: DocumentId,
    ) -> Result<Responsible, DeviceError> {
        let answers = |intent: &Intent| intent.path().field == Visit::CHECKLIST_ANSWERS.name;
        if before.conflicts().is_empty() && !intents.iter().any(answers) {
            return Ok(Responsible::Nobody);
        }
        self.responsible_for(typed(before.value(Visit::CARD.name)), employee)
    }

    /// Whom a card names as responsible, as this employee stands to it.
    pub(crate) fn responsible_for(
        &self,
        card: Option<Ref<ServiceCard>>,
        employee: DocumentId,
    ) -> Result<Responsible, DeviceError> {
        let card = card.map(|card| self.reading_of(card.id())).transpose()?.flatten();
        Ok(card.map(|card| responsible_of(&card, employee)).unwrap_or_default())
    }

    /// What another record says, when it is here and can be read: one that is damaged or set aside stops
    /// no work on its neighbours.
    pub(crate) fn reading_of(&self, document: DocumentId) -> Result<Option<Reading>, DeviceError> {
        let found = self
            .opened(document)
            .and_then(|found| found.map(|(_, opened)| read(&opened, document)).transpose());
        match found {
            Err(DeviceError::SetAside(_) | DeviceError::Document { .. }) => {
                tracing::warn!(document.id = %document, "a neighbour cannot be read and is passed over");
                Ok(None)
            }
            found => found,
        }
    }
}

/// What is on a device, as the rules about saving ask about it, for as long as one save takes.
pub(crate) struct Surrounding<'a> {
    device: &'a Device,
    /// Customers whose code is not in its canonical form, by that form: written by hand in other programs, or
    /// before there was one.
    odd_codes: OnceCell<BTreeMap<String, Vec<DocumentId>>>,
}

impl<'a> Surrounding<'a> {
    pub(crate) fn of(device: &'a Device) -> Self {
        Self { device, odd_codes: OnceCell::new() }
    }

    /// Asks the rules about an edit that was made and is not saved yet.
    pub(crate) fn object(&self, edit: &Edit<'_>) -> Result<(), DeviceError> {
        let objections = objections(edit, self)?;
        let document = edit.document;
        if objections.is_empty() { Ok(()) } else { Err(DeviceError::Objected { document, objections }) }
    }

    /// Read once: an import saves thousands of customers together.
    fn odd_codes(&self) -> Result<&BTreeMap<String, Vec<DocumentId>>, DeviceError> {
        if let Some(known) = self.odd_codes.get() {
            return Ok(known);
        }
        let mut odd: BTreeMap<String, Vec<DocumentId>> = BTreeMap::new();
        let codes = ListQuery::of(Kind::Customer, &[Customer::REGISTRY_CODE.name], MAX_LIMIT);
        self.device.each(&codes, |row| {
            let Some(code) = row.cells.first().and_then(SqlValue::text) else { return };
            match registry_code(code) {
                Ok(canonical) if canonical != code => odd.entry(canonical).or_default().push(row.document),
                Ok(_) | Err(_) => {}
            }
        })?;
        Ok(self.odd_codes.get_or_init(|| odd))
    }
}

impl Neighbours for Surrounding<'_> {
    type Error = DeviceError;

    fn checklist_of(&self, visit: &Visit) -> Result<Option<Checklist>, DeviceError> {
        self.device.checklist_of_visit(visit)
    }

    fn customer_with_code(&self, code: &str, but: DocumentId) -> Result<Option<DocumentId>, DeviceError> {
        let column = Customer::REGISTRY_CODE.name.to_owned();
        let query = ListQuery {
            filters: vec![Filter::Equals { column, value: Scalar::Text(code.to_owned()) }],
            show: Show::Standing,
            ..ListQuery::of(Kind::Customer, &[column::ID], 2)
        };
        let rows = self.device.list(&query)?.rows;
        if let Some(found) = rows.into_iter().map(|row| row.document).find(|one| *one != but) {
            return Ok(Some(found));
        }
        let odd = self.odd_codes()?.get(code);
        Ok(odd.and_then(|ids| ids.iter().copied().find(|one| *one != but)))
    }

    fn common_of(&self, record: DocumentId) -> Result<Option<Common>, DeviceError> {
        let Some(reading) = self.device.reading_of(record)? else { return Ok(None) };
        let merged_into = self.device.duplicate_of(record, &reading)?;
        Ok(Some(Common { merged_into, ..Common::read(&reading) }))
    }
}
