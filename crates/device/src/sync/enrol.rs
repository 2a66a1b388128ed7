//! Becoming a device of a workspace.

use std::sync::Arc;

use ed25519_dalek::SigningKey;
use halyard_domain::id::{DeviceId, IncarnationId};
use halyard_protocol::code::EnrolmentCode;
use halyard_protocol::enrol::{EnrolAnswer, EnrolRequest, Standing};
use halyard_protocol::join::{JoinLink, RelayAddress};
use halyard_protocol::keys::{Fingerprint, PublicKey};
use halyard_protocol::pin::Pin;
use halyard_protocol::time::UnixMs;
use halyard_store::{Enrolling, Identity, SecretKey, SyncStateChange};

use crate::device::Device;
use crate::error::DeviceError;
use crate::sync::client::{CallError, Client};
use crate::sync::session::background;
use crate::sync::{SyncError, offset_after};

/// How far the device is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// The organisation's name.
    pub organisation: String,
    /// What both screens show.
    pub fingerprint: Fingerprint,
    /// How far the device is.
    pub standing: Standing,
}

impl Device {
    /// Gives the code of an invitation to its relay and keeps who we are from then on.
    ///
    /// # Errors
    /// When the device is enrolled already, the relay cannot be reached or is not the one the invitation
    /// means, or the code is not right. The device stays as it was; if only the answer was lost, the same
    /// invitation still works.
    pub async fn enrol(self: &Arc<Self>, invitation: &JoinLink, name: &str) -> Result<Enrolled, SyncError> {
        let JoinLink { relay, pin, code } = invitation;
        if self.identity().is_some() {
            return Err(SyncError::AlreadyEnrolled);
        }
        let shown = code.clone();
        let begun = background(self, move |device| device.enrolling(&shown)).await?;
        let Enrolling { device, device_key, .. } = begun;
        let key = SigningKey::from_bytes(&device_key.0);
        let now = self.surroundings.now_ms();
        let client = Client::new(relay.as_str(), *pin, key.clone(), device, None)?;
        let request =
            EnrolRequest { code: code.clone(), device, key: PublicKey::of(&key), name: name.to_owned() };

        let mut offset = 0;
        let answer: EnrolAnswer = match client.post("/v1/enrol", &request, UnixMs(now)).await {
            Err(CallError::Problem(problem)) => match offset_after(&problem, now) {
                Some(found) => {
                    offset = found;
                    client.post("/v1/enrol", &request, UnixMs(now + offset)).await?
                }
                None => return Err(CallError::Problem(problem).into()),
            },
            other => other?,
        };
        let identity = Identity {
            workspace: answer.workspace,
            organisation: answer.organisation.clone(),
            relay_url: client.base().to_owned(),
            relay_pin: pin.map(|pin| pin.0),
            relay_key: answer.relay.0,
            device,
            device_key,
            employee: answer.employee,
            incarnation: IncarnationId::new_at(self.unix_ms(), self.surroundings.random10()),
        };
        background(self, move |device| device.enrolled(identity, offset)).await?;
        Ok(Enrolled {
            organisation: answer.organisation,
            fingerprint: answer.fingerprint,
            standing: answer.standing,
        })
    }

    /// Keeps who this device is from now on.
    fn enrolled(&self, identity: Identity, clock_offset_ms: i64) -> Result<(), SyncError> {
        // Envelopes of an earlier identity that were rescued without it can be sent by nobody.
        self.store.begin_incarnation(identity.clone())?;
        self.store.change_sync_state(SyncStateChange {
            clock_offset_ms: Some(clock_offset_ms),
            ..SyncStateChange::default()
        })?;
        self.take_profile(identity);
        Ok(())
    }

    /// Who this device is going to be under a code. The same every time: a relay that has taken the code
    /// answers again to whoever showed it.
    fn enrolling(&self, code: &EnrolmentCode) -> Result<Enrolling, SyncError> {
        if let Some(begun) = self.store.enrolling(code.as_str())? {
            return Ok(begun);
        }
        let mut secret = [0; 32];
        self.surroundings.fill_random(&mut secret);
        let begun = Enrolling {
            code: code.as_str().to_owned(),
            device: DeviceId::new_at(self.unix_ms(), self.surroundings.random10()),
            device_key: SecretKey(secret),
        };
        self.store.begin_enrolling(begun.clone())?;
        Ok(begun)
    }

    /// Looks for the relay somewhere else, or recognises it by something else, from now on. Whose relay it
    /// must be stays: its signatures are checked as before.
    ///
    /// # Errors
    /// When the device is not enrolled, or nothing can be saved.
    pub fn move_relay(&self, relay: &RelayAddress, pin: Option<Pin>) -> Result<(), DeviceError> {
        let mut identity = self.identity().ok_or(DeviceError::NotEnrolled)?;
        relay.as_str().clone_into(&mut identity.relay_url);
        identity.relay_pin = pin.map(|pin| pin.0);
        self.store.set_identity(identity.clone())?;
        self.take_profile(identity);
        Ok(())
    }
}
