//! Records that may be the same as one that was just made: said to whoever made it, and nothing is refused.

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_domain::record::Record as _;
use halyard_domain::records::{Complaint, Equipment};
use halyard_domain::rules::ComplaintState;
use halyard_tables::list::{ListQuery, MAX_LIMIT};
use halyard_tables::sql::SqlValue;

use crate::device::Device;
use crate::error::DeviceError;
use crate::import::row::serial_key;
use crate::lookup::Named;
use crate::screens::lines::complaints_of;

/// Within so many days another complaint on the same object may be the same one, also when it is closed.
const SAME_WITHIN_DAYS: i64 = 14;
/// Of so many complaints on one object the newest are looked at.
pub(crate) const MOST_ALIKE: u32 = 20;

impl Device {
    /// Other records that may be the same: complaints on its object that are open or of the last fourteen
    /// days, equipment with its serial number. None of other kinds.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alike(&self, document: DocumentId) -> Result<Vec<Named>, DeviceError> {
        let Some(reading) = self.reading_of(document)? else { return Ok(Vec::new()) };
        let mut found = match reading.kind {
            Kind::Complaint => {
                let equipment = Complaint::read(&reading).equipment.map(Ref::id);
                equipment.map(|id| self.complaints_alike(id)).transpose()?.unwrap_or_default()
            }
            Kind::Equipment => self.equipment_alike(&Equipment::read(&reading))?,
            Kind::Company
            | Kind::Role
            | Kind::Team
            | Kind::Employee
            | Kind::DirectoryEntry
            | Kind::Checklist
            | Kind::Customer
            | Kind::ServiceCard
            | Kind::Visit => Vec::new(),
        };
        found.retain(|other| *other != document);
        let named = found.into_iter().map(|id| self.name(id));
        Ok(named.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// The complaints on an object that are open or of the last fourteen days, newest first.
    pub(crate) fn complaints_alike(&self, equipment: DocumentId) -> Result<Vec<DocumentId>, DeviceError> {
        let since = self.surroundings.now().unix_seconds() - SAME_WITHIN_DAYS * 24 * 3600;
        let mut found = Vec::new();
        for line in complaints_of(self, Complaint::EQUIPMENT.name, Some(equipment), MOST_ALIKE)? {
            let is_recent = line.received_at.is_some_and(|at| at.unix_seconds() >= since);
            if is_recent || line.state.is_some_and(ComplaintState::is_open) {
                found.push(line.link.document);
            }
        }
        Ok(found)
    }

    fn equipment_alike(&self, equipment: &Equipment) -> Result<Vec<DocumentId>, DeviceError> {
        let Some(key) = equipment.serial.as_deref().and_then(serial_key) else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        self.each(&ListQuery::of(Kind::Equipment, &[Equipment::SERIAL.name], MAX_LIMIT), |row| {
            let serial = row.cells.first().and_then(SqlValue::text).and_then(serial_key);
            if serial.as_ref() == Some(&key) {
                found.push(row.document);
            }
        })?;
        Ok(found)
    }
}
