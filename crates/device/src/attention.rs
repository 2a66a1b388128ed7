//! What somebody should look at in a record, with what only the records around it tell.

use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_domain::record::Record;
use halyard_domain::records::{Complaint, Equipment, ServiceCard, Visit};
use halyard_domain::rules::{Attention, Warranty, attention, checklist_attention, warranty_on};

use crate::device::Device;
use crate::error::DeviceError;

impl Device {
    /// Everything to look at in a record, its checklist among it.
    ///
    /// # Errors
    /// When a record around it cannot be opened.
    pub fn attention(&self, record: &Reading) -> Result<Vec<Attention>, DeviceError> {
        let mut items = attention(record);
        if record.kind == Kind::Visit {
            let visit = Visit::read(record);
            let checklist = self.checklist_of_visit(&visit)?;
            items.extend(checklist.iter().flat_map(|checklist| checklist_attention(&visit, checklist)));
        }
        Ok(items)
    }

    /// The warranty that counts for a record: of an object today, of a complaint's object on the day it was
    /// received. `None` of other kinds, and of a complaint without a day or an object that is here.
    ///
    /// # Errors
    /// When a record around it cannot be opened.
    pub fn warranty(&self, record: &Reading) -> Result<Option<Warranty>, DeviceError> {
        match record.kind {
            Kind::Equipment => {
                let today = self.surroundings.now().local_date();
                Ok(Some(warranty_on(&Equipment::read(record), today)))
            }
            Kind::Complaint => {
                let complaint = Complaint::read(record);
                let equipment = match (complaint.equipment, self.named_record::<ServiceCard>(complaint.card)?)
                {
                    (None, Some(card)) => card.equipment,
                    (own, _) => own,
                };
                let equipment = self.named_record::<Equipment>(equipment)?;
                let day = complaint.received_at.map(|at| at.local_date());
                Ok(equipment.zip(day).map(|(equipment, day)| warranty_on(&equipment, day)))
            }
            Kind::Company
            | Kind::Role
            | Kind::Team
            | Kind::Employee
            | Kind::DirectoryEntry
            | Kind::Checklist
            | Kind::Customer
            | Kind::ServiceCard
            | Kind::Visit => Ok(None),
        }
    }
}
