//! Devices: invited by a code, active by that code alone until IT confirms them, revoked at once.

use std::collections::BTreeMap;

use halyard_domain::id::{DeviceId, DocumentId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_protocol::certificate::Revocation;
use halyard_protocol::code::EnrolmentCode;
use halyard_protocol::control::ControlEvent;
use halyard_protocol::enrol::{EnrolAnswer, EnrolRequest, Standing};
use halyard_protocol::keys::Fingerprint;
use halyard_protocol::time::UnixMs;
use sha2::{Digest, Sha256};

use super::workspace::PeopleError;
use super::{Caller, Device, Relay, RelayError, Workspace};
use crate::storage::{Commit, Committed, Enrolled, Expected, NewCode, OpenCode, StorageError, Work};

/// How long a code lives.
const CODE_MS: i64 = 10 * 60 * 1000;
/// How many wrong codes end an invitation.
const TRIES: u32 = 5;
/// How many characters of a code find its invitation.
const SELECTOR: usize = 2;
/// How often a new code is drawn when another open one begins alike.
const DRAWS: usize = 64;

/// A code for an employee, to be read out.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// The code. It is kept nowhere.
    pub code: EnrolmentCode,
    /// For whom.
    pub employee: DocumentId,
    /// When it ends.
    pub expires: UnixMs,
}

/// Why a device did not join.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// No invitation has this code.
    #[error("the code is wrong")]
    WrongCode,
    /// The code was right, and is too old or used.
    #[error("the code is no longer valid")]
    Expired,
    /// The relay could not answer.
    #[error(transparent)]
    Relay(#[from] RelayError),
}

impl From<StorageError> for EnrolError {
    fn from(error: StorageError) -> Self {
        Self::Relay(error.into())
    }
}

impl Relay {
    /// Makes a code for an employee with an account.
    ///
    /// # Errors
    /// When there is no such employee, or storage fails.
    pub async fn invite(
        &self,
        workspace: WorkspaceId,
        employee: DocumentId,
    ) -> Result<Invitation, PeopleError> {
        let known = self.storage.reading(workspace, employee).await?;
        if known.is_none_or(|reading| reading.kind != Kind::Employee) {
            return Err(PeopleError::NoSuchEmployee);
        }
        let made = self.now();
        let expires = made.plus_ms(CODE_MS);
        for _ in 0..DRAWS {
            let code = EnrolmentCode::new(self.chance.bytes());
            let salt = self.chance.bytes();
            let kept = NewCode {
                workspace,
                selector: selector(&code),
                salt,
                hash: hash(&salt, &code),
                employee,
                made,
                expires,
                tries: TRIES,
            };
            if self.storage.keep_code(kept).await? {
                return Ok(Invitation { code, employee, expires });
            }
        }
        Err(PeopleError::Relay(RelayError::Busy))
    }

    /// Makes the bearer of a right code a device of its employee. Asking again gives the same answer.
    ///
    /// # Errors
    /// When the code is wrong, over or used by another device.
    pub async fn enrol(&self, request: EnrolRequest) -> Result<EnrolAnswer, EnrolError> {
        // One by one: a code is good for one device.
        let _turn = self.one_by_one.lock().await;
        let now = self.now();
        let mut over = false;
        for workspace in self.workspaces().await? {
            let Some(open) = self.storage.code(workspace.id, selector(&request.code), now).await? else {
                continue;
            };
            if hash(&open.salt, &request.code) != open.hash {
                self.storage.wrong_code(workspace.id, selector(&request.code), open.made).await?;
                continue;
            }
            match self.storage.device(workspace.id, request.device).await? {
                Some(known) if open.used_by == Some(known.id) && known.key == request.key => {
                    return Ok(self.enrolment_of(&workspace, &known)?);
                }
                Some(_) => return Err(EnrolError::WrongCode),
                None if open.is_over || open.used_by.is_some() => over = true,
                None => {
                    let known = self.join(&workspace, &request, &open, now).await?;
                    return Ok(self.enrolment_of(&workspace, &known)?);
                }
            }
        }
        Err(if over { EnrolError::Expired } else { EnrolError::WrongCode })
    }

    /// How far the caller's device is.
    ///
    /// # Errors
    /// When it is unknown, or storage fails.
    pub async fn enrolment(&self, caller: Caller) -> Result<EnrolAnswer, RelayError> {
        let workspace = self.workspace(caller.workspace).await?;
        let device = self.storage.device(caller.workspace, caller.device).await?;
        self.enrolment_of(&workspace, &device.ok_or(RelayError::UnknownOrForbidden)?)
    }

    /// Every device of a company, by its employee.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn devices(&self, workspace: WorkspaceId) -> Result<Vec<Device>, RelayError> {
        Ok(self.storage.devices(workspace).await?)
    }

    /// For every device the number of records its employee may see and it has not confirmed having: written
    /// by others or come into sight since the newest cursor it presented.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn behind(&self, workspace: WorkspaceId) -> Result<BTreeMap<DeviceId, u64>, RelayError> {
        Ok(self.storage.lacking(workspace).await?)
    }

    /// Revokes a device from the relay's own command line. What it sends from now on waits in the
    /// review queue; it gets nothing more.
    ///
    /// # Errors
    /// When there is no such device, or storage fails.
    pub async fn revoke(&self, workspace: WorkspaceId, device: DeviceId) -> Result<Device, RelayError> {
        let known = self.storage.device(workspace, device).await?.ok_or(RelayError::UnknownOrForbidden)?;
        if known.standing == Standing::Revoked {
            return Ok(known);
        }
        let present = self.workspace(workspace).await?;
        self.control(&present, None, ControlEvent::Revoked { device }).await?;
        self.storage.device(workspace, device).await?.ok_or(RelayError::UnknownOrForbidden)
    }

    /// The relay's signed word that a device is revoked; none while it is not.
    ///
    /// # Errors
    /// When storage fails.
    pub async fn revocation(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
    ) -> Result<Option<Revocation>, RelayError> {
        let present = self.workspace(workspace).await?;
        let known = self.storage.device(workspace, device).await?;
        let since = known.and_then(|known| known.revoked);
        Ok(since.map(|since| Self::notary(&present).revocation(device, since)).transpose()?)
    }

    /// Writes an entry about people and devices.
    pub(super) async fn control(
        &self,
        workspace: &Workspace,
        by: Option<DocumentId>,
        event: ControlEvent,
    ) -> Result<(), RelayError> {
        let commit = Commit {
            notary: Self::notary(workspace),
            now: self.now(),
            expected: Expected::default(),
            work: vec![Work::Control { by, event }],
            documents: Vec::new(),
        };
        match self.commit(commit).await? {
            Committed::Done { .. } => Ok(()),
            Committed::Moved => Err(RelayError::Busy),
        }
    }

    async fn join(
        &self,
        workspace: &Workspace,
        request: &EnrolRequest,
        open: &OpenCode,
        now: UnixMs,
    ) -> Result<Device, RelayError> {
        let enrolled = Enrolled {
            device: request.device,
            employee: open.employee,
            key: request.key,
            name: request.name.chars().take(120).collect(),
            standing: Standing::Active,
            code: (selector(&request.code), open.made),
        };
        let commit = Commit {
            notary: Self::notary(workspace),
            now,
            expected: Expected::default(),
            work: vec![Work::Enrol(Box::new(enrolled))],
            documents: Vec::new(),
        };
        match self.commit(commit).await? {
            Committed::Moved => Err(RelayError::Busy),
            Committed::Done { .. } => {
                self.storage.device(workspace.id, request.device).await?.ok_or(RelayError::UnknownOrForbidden)
            }
        }
    }

    fn enrolment_of(&self, workspace: &Workspace, device: &Device) -> Result<EnrolAnswer, RelayError> {
        let notary = Self::notary(workspace);
        let certificate = match device.standing {
            Standing::Active => {
                Some(notary.certificate(device.id, device.employee, device.key, device.enrolled)?)
            }
            Standing::Accepted | Standing::Revoked => None,
        };
        Ok(EnrolAnswer {
            standing: device.standing,
            fingerprint: Fingerprint::of(&notary.public_key(), &device.key),
            workspace: workspace.id,
            organisation: workspace.name.clone(),
            relay: notary.public_key(),
            epoch: workspace.epoch,
            employee: device.employee,
            certificate,
            now: self.now(),
        })
    }
}

fn selector(code: &EnrolmentCode) -> String {
    code.as_str().chars().take(SELECTOR).collect()
}

fn hash(salt: &[u8; 16], code: &EnrolmentCode) -> [u8; 32] {
    let context = b"halyard/1 enrolment code\0";
    Sha256::new().chain_update(context).chain_update(salt).chain_update(code.as_str()).finalize().into()
}
