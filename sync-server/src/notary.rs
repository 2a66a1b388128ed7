//! What the relay signs.
//!
//! A receipt names its position in the log, which is known only inside the transaction that writes it,
//! so storage is handed a notary and signs there. Signing is deterministic: the same words have the
//! same signature.

use ed25519_dalek::SigningKey;
use halyard_domain::id::{DeviceId, DocumentId, EpochId, IncarnationId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_protocol::cbor::EncodeError;
use halyard_protocol::certificate::{Certificate, Revocation};
use halyard_protocol::control::{Control, ControlEvent};
use halyard_protocol::envelope::{Chunk, Envelope, relay_device, relay_employee};
use halyard_protocol::hash::{EnvelopeHash, Generation, Position};
use halyard_protocol::keys::{PublicKey, Signature};
use halyard_protocol::reason::Reason;
use halyard_protocol::receipt::{Outcome, Receipt};
use halyard_protocol::signed::Signed;
use halyard_protocol::time::UnixMs;
use halyard_protocol::version::OBJECT_VERSION;

/// Days without the relay after which an app locks itself.
const LOCK_DAYS: u16 = 14;
/// Days without the relay after which an app purges what the relay holds.
const PURGE_DAYS: u16 = 45;

/// The relay's signature in one workspace and epoch.
#[derive(Clone)]
pub struct Notary {
    workspace: WorkspaceId,
    epoch: EpochId,
    key: SigningKey,
}

/// What a receipt is to say.
#[derive(Debug, Clone)]
pub struct ReceiptDraft {
    /// The envelope answered.
    pub envelope: EnvelopeHash,
    /// What became of it.
    pub outcome: Outcome,
    /// Its place in the log.
    pub position: Option<Position>,
    /// When it arrived or was decided.
    pub arrived: UnixMs,
    /// Why.
    pub reason: Option<Reason>,
    /// The field that was refused.
    pub path: Option<String>,
    /// The employee who decided.
    pub by: Option<DocumentId>,
}

/// What the relay writes into a record.
#[derive(Debug, Clone)]
pub struct OwnWork {
    /// The document.
    pub document: DocumentId,
    /// Its generation.
    pub generation: Generation,
    /// Its kind.
    pub kind: Kind,
    /// The relay's life as an author.
    pub incarnation: IncarnationId,
    /// The place in the relay's own chain.
    pub sequence: u64,
    /// The relay's envelope before this one.
    pub previous: Option<EnvelopeHash>,
    /// When.
    pub time: UnixMs,
    /// The changes.
    pub changes: Vec<Chunk>,
}

impl Notary {
    /// The notary of a workspace in an epoch.
    #[must_use]
    pub fn new(workspace: WorkspaceId, epoch: EpochId, signing_seed: &[u8; 32]) -> Self {
        Self { workspace, epoch, key: SigningKey::from_bytes(signing_seed) }
    }

    /// The workspace.
    #[must_use]
    pub fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    /// The epoch receipts are signed in.
    #[must_use]
    pub fn epoch(&self) -> EpochId {
        self.epoch
    }

    /// The key devices verify with.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        PublicKey::of(&self.key)
    }

    /// Signs a receipt.
    ///
    /// # Errors
    /// When it cannot be written as CBOR.
    pub fn receipt(&self, draft: ReceiptDraft) -> Result<Receipt, EncodeError> {
        self.signed(Receipt {
            v: OBJECT_VERSION,
            workspace: self.workspace,
            epoch: self.epoch,
            envelope: draft.envelope,
            outcome: draft.outcome,
            position: draft.position,
            arrived: draft.arrived,
            reason: draft.reason,
            path: draft.path,
            by: draft.by,
            signature: Signature::missing(),
        })
    }

    /// Signs a control entry.
    ///
    /// # Errors
    /// When it cannot be written as CBOR.
    pub fn control(
        &self,
        position: Position,
        time: UnixMs,
        by: Option<DocumentId>,
        event: ControlEvent,
    ) -> Result<Control, EncodeError> {
        self.signed(Control {
            v: OBJECT_VERSION,
            workspace: self.workspace,
            epoch: self.epoch,
            position,
            time,
            by,
            event,
            signature: Signature::missing(),
        })
    }

    /// Signs the relay's own envelope and says what identifies it.
    ///
    /// # Errors
    /// When it cannot be written as CBOR.
    pub fn envelope(&self, work: OwnWork) -> Result<(EnvelopeHash, Envelope), EncodeError> {
        let mut envelope = Envelope {
            v: OBJECT_VERSION,
            workspace: self.workspace,
            document: work.document,
            generation: work.generation,
            kind: work.kind.into(),
            employee: relay_employee(),
            device: relay_device(self.workspace),
            incarnation: work.incarnation,
            sequence: work.sequence,
            previous: work.previous,
            time: work.time,
            replaces: Vec::new(),
            changes: work.changes,
            signature: Signature::missing(),
        };
        let hash = envelope.sign(&self.key)?;
        Ok((hash, envelope))
    }

    /// Signs that a key is a device of an employee.
    ///
    /// # Errors
    /// When it cannot be written as CBOR.
    pub fn certificate(
        &self,
        device: DeviceId,
        employee: DocumentId,
        key: PublicKey,
        issued: UnixMs,
    ) -> Result<Certificate, EncodeError> {
        self.signed(Certificate {
            v: OBJECT_VERSION,
            workspace: self.workspace,
            device,
            employee,
            key,
            issued,
            lock_days: LOCK_DAYS,
            purge_days: PURGE_DAYS,
            signature: Signature::missing(),
        })
    }

    /// Signs that a device is no more.
    ///
    /// # Errors
    /// When it cannot be written as CBOR.
    pub fn revocation(&self, device: DeviceId, since: UnixMs) -> Result<Revocation, EncodeError> {
        self.signed(Revocation {
            v: OBJECT_VERSION,
            workspace: self.workspace,
            device,
            since,
            signature: Signature::missing(),
        })
    }

    /// Signs any of the relay's own words.
    ///
    /// # Errors
    /// When it cannot be written as CBOR.
    pub fn signed<T: Signed>(&self, mut words: T) -> Result<T, EncodeError> {
        words.sign(&self.key)?;
        Ok(words)
    }
}
