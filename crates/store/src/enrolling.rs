//! Who the device is going to be, while it is becoming one.

use halyard_domain::id::DeviceId;
use rusqlite::{OptionalExtension, params};

use crate::error::StoreError;
use crate::store::Store;
use crate::types::SecretKey;

/// What a device shows with its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolling {
    /// The code of the invitation.
    pub code: String,
    /// The device.
    pub device: DeviceId,
    /// Its secret key.
    pub device_key: SecretKey,
}

impl Store {
    /// What was kept for a code and not answered yet.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn enrolling(&self, code: &str) -> Result<Option<Enrolling>, StoreError> {
        let code = code.to_owned();
        self.engine.read(move |db| {
            let found: Option<(Vec<u8>, Vec<u8>)> = db
                .prepare_cached("SELECT device, device_key FROM enrolling WHERE code = ?1")?
                .query_row([&code], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let Some((device, key)) = found else { return Ok(None) };
            let garbled = || StoreError::Garbled("enrolling");
            Ok(Some(Enrolling {
                code,
                device: DeviceId::from_slice(&device).map_err(|_| garbled())?,
                device_key: SecretKey(key.try_into().map_err(|_| garbled())?),
            }))
        })
    }

    /// Keeps what is about to be shown with a code, in the place of any earlier one. The identity that
    /// comes of it takes its place.
    ///
    /// # Errors
    /// When nothing can be saved.
    pub fn begin_enrolling(&self, enrolling: Enrolling) -> Result<(), StoreError> {
        self.engine.write(move |db| {
            db.prepare_cached(
                "INSERT OR REPLACE INTO enrolling (one, code, device, device_key) VALUES (1, ?1, ?2, ?3)",
            )?
            .execute(params![
                enrolling.code,
                enrolling.device.as_bytes().as_slice(),
                enrolling.device_key.0.as_slice()
            ])?;
            Ok(())
        })
    }
}
