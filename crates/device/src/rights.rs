//! What this device's employee may do, from the roles the relay named and the role records here.

use halyard_domain::id::DocumentId;
use halyard_domain::rights::{Access, shipped_roles};

use crate::device::Device;
use crate::error::DeviceError;

impl Device {
    /// The employee's rights as of the last pull. `None` before the first: what is entered then is judged
    /// by the relay alone, and nothing is lost if it refuses.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn access(&self) -> Result<Option<Access>, DeviceError> {
        let Some(me) = self.me()? else { return Ok(None) };
        let mut roles = Vec::with_capacity(me.roles.len());
        for role in me.roles {
            roles.extend(self.role(role)?);
        }
        Ok(Some(Access::union(&roles)))
    }

    /// True when the relay said that the employee holds no role: dismissed, or every role was taken.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_without_role(&self) -> Result<bool, DeviceError> {
        Ok(self.me()?.is_some_and(|me| me.roles.is_empty()))
    }

    fn role(&self, role: DocumentId) -> Result<Option<Access>, DeviceError> {
        if let Some((_, opened)) = self.opened(role)? {
            return Ok(Some(Access::of_role(role, &crate::edit::read(&opened, role)?)));
        }
        // A shipped role is the same everywhere, also before its record has arrived.
        Ok(shipped_roles().into_iter().find(|shipped| shipped.id == role).map(|shipped| shipped.access))
    }
}
