//! The rules about saving, asked of what is on this device.

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_domain::record::typed;
use halyard_domain::records::{Checklist, Common, Customer, ServiceCard, Visit};
use halyard_domain::rights::{Responsible, responsible_of};
use halyard_domain::saving::{Edit, Neighbours, objections};
use halyard_domain::value::Scalar;
use halyard_tables::list::{Filter, ListQuery, Show};
use halyard_tables::tables::column;

use crate::device::Device;
use crate::edit::read;
use crate::error::DeviceError;

impl Device {
    /// Asks the rules about an edit that was made and is not saved yet.
    pub(crate) fn object(&self, edit: &Edit<'_>) -> Result<(), DeviceError> {
        let objections = objections(edit, self)?;
        let document = edit.document;
        if objections.is_empty() { Ok(()) } else { Err(DeviceError::Objected { document, objections }) }
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

impl Neighbours for Device {
    type Error = DeviceError;

    fn checklist_of(&self, visit: &Visit) -> Result<Option<Checklist>, DeviceError> {
        self.checklist_of_visit(visit)
    }

    fn customer_with_code(&self, code: &str, but: DocumentId) -> Result<Option<DocumentId>, DeviceError> {
        let column = Customer::REGISTRY_CODE.name.to_owned();
        let query = ListQuery {
            filters: vec![Filter::Equals { column, value: Scalar::Text(code.to_owned()) }],
            show: Show::Standing,
            ..ListQuery::of(Kind::Customer, &[column::ID], 2)
        };
        let rows = self.list(&query)?.rows;
        Ok(rows.into_iter().map(|row| row.document).find(|one| *one != but))
    }

    fn common_of(&self, record: DocumentId) -> Result<Option<Common>, DeviceError> {
        Ok(self.reading_of(record)?.as_ref().map(Common::read))
    }
}
