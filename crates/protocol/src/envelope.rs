//! What a device signs: changes its employee made to one document.
//!
//! An [`Envelope`] carries the change chunks, an [`EnvelopeHeader`] their hashes. Signature and identity
//! are those of the header, so they are the same for both, and a header that travels without its chunks
//! still proves who wrote what.
//!
//! `previous` is always signed. A push that follows on may leave it out on the wire; the relay puts it
//! back ([`EnvelopeOf::previous`]) before it verifies.

use halyard_domain::id::{DeviceId, DocumentId, IncarnationId, WorkspaceId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::cbor::EncodeError;
use crate::hash::{ChangeHash, EnvelopeHash, Generation};
use crate::keys::{PublicKey, Signature, WrongSignature};
use crate::schema::KindName;
use crate::signed::{Signed, signed};
use crate::time::UnixMs;

/// One raw, uncompressed Automerge change chunk, unchecked.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Chunk(#[serde(with = "serde_bytes")] pub Vec<u8>);

impl Chunk {
    /// The identity of the change: SHA-256 of what follows magic and checksum. For bytes that are no
    /// chunk it is still a name, so that a receipt can refuse them.
    #[must_use]
    pub fn hash(&self) -> ChangeHash {
        ChangeHash(Sha256::digest(self.0.get(8..).unwrap_or_default()).into())
    }
}

impl std::fmt::Debug for Chunk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Chunk({}, {} bytes)", self.hash(), self.0.len())
    }
}

/// An envelope whose changes are given as `C`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvelopeOf<C> {
    /// The version of this object.
    pub v: u16,
    /// The workspace it is for.
    pub workspace: WorkspaceId,
    /// The document the changes belong to.
    pub document: DocumentId,
    /// The generation of the document they were made on.
    pub generation: Generation,
    /// The kind of the document.
    pub kind: KindName,
    /// Who made the changes.
    pub employee: DocumentId,
    /// On which device.
    pub device: DeviceId,
    /// In which life of the device's database.
    pub incarnation: IncarnationId,
    /// Its place in the device's chain; the first of an incarnation is 1.
    pub sequence: u64,
    /// The device's envelope before this one: absent at the first of an incarnation, and on the wire of
    /// a push that follows on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<EnvelopeHash>,
    /// When the device sealed it, by the device's clock.
    pub time: UnixMs,
    /// Envelopes whose changes this one makes anew; those are then never merged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<EnvelopeHash>,
    /// The changes, each after those it depends on.
    pub changes: Vec<C>,
    /// The device's signature.
    pub signature: Signature,
}

/// An envelope with its change chunks.
pub type Envelope = EnvelopeOf<Chunk>;

/// An envelope with the hashes of its changes: what is signed and chained.
pub type EnvelopeHeader = EnvelopeOf<ChangeHash>;

signed! {
    EnvelopeHeader = "halyard/1 envelope";
}

impl<C> EnvelopeOf<C> {
    /// The same envelope with its changes given in another way.
    #[must_use]
    pub fn with_changes<D>(&self, changes: Vec<D>) -> EnvelopeOf<D> {
        EnvelopeOf {
            v: self.v,
            workspace: self.workspace,
            document: self.document,
            generation: self.generation,
            kind: self.kind.clone(),
            employee: self.employee,
            device: self.device,
            incarnation: self.incarnation,
            sequence: self.sequence,
            previous: self.previous,
            time: self.time,
            replaces: self.replaces.clone(),
            changes,
            signature: self.signature,
        }
    }

    /// Whether the relay itself wrote this: a number, a fold, an import.
    #[must_use]
    pub fn is_by_relay(&self) -> bool {
        self.device == relay_device(self.workspace)
    }
}

/// The device id a relay writes under in a workspace. Its key is the relay's.
#[must_use]
pub fn relay_device(workspace: WorkspaceId) -> DeviceId {
    DeviceId::made_by_rule(&format!("relay/{workspace}"))
}

/// The employee a relay writes as: nobody's record.
#[must_use]
pub fn relay_employee() -> DocumentId {
    DocumentId::made_by_rule("employee/relay")
}

impl EnvelopeHeader {
    /// The envelope's identity.
    ///
    /// # Errors
    /// When it cannot be written as CBOR.
    pub fn hash(&self) -> Result<EnvelopeHash, EncodeError> {
        self.signing_hash().map(EnvelopeHash)
    }
}

impl Envelope {
    /// What of it is signed and chained.
    #[must_use]
    pub fn header(&self) -> EnvelopeHeader {
        self.with_changes(self.changes.iter().map(Chunk::hash).collect())
    }

    /// The envelope's identity.
    ///
    /// # Errors
    /// When it cannot be written as CBOR.
    pub fn hash(&self) -> Result<EnvelopeHash, EncodeError> {
        self.header().hash()
    }

    /// Puts the signature in and answers the envelope's identity.
    ///
    /// # Errors
    /// When it cannot be written as CBOR.
    pub fn sign(&mut self, key: &ed25519_dalek::SigningKey) -> Result<EnvelopeHash, EncodeError> {
        let mut header = self.header();
        header.sign(key)?;
        self.signature = header.signature;
        header.hash()
    }

    /// Checks the signature over all fields and all change bytes.
    ///
    /// # Errors
    /// When it is not `key`'s.
    pub fn verify(&self, key: &PublicKey) -> Result<(), WrongSignature> {
        self.header().verify(key)
    }

    /// Bytes of the change chunks together.
    #[must_use]
    pub fn chunk_bytes(&self) -> usize {
        self.changes.iter().map(|chunk| chunk.0.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::SigningKey;
    use halyard_domain::kind::Kind;

    fn envelope() -> Envelope {
        Envelope {
            v: 1,
            workspace: WorkspaceId::made_by_rule("test"),
            document: DocumentId::made_by_rule("visit"),
            generation: Generation(0),
            kind: Kind::Visit.into(),
            employee: DocumentId::made_by_rule("olena"),
            device: DeviceId::made_by_rule("tablet"),
            incarnation: IncarnationId::made_by_rule("first"),
            sequence: 2,
            previous: Some(EnvelopeHash([3; 32])),
            time: UnixMs(1_700_000_000_000),
            replaces: Vec::new(),
            changes: vec![Chunk(b"12345678one".to_vec()), Chunk(b"12345678two".to_vec())],
            signature: Signature::missing(),
        }
    }

    #[test]
    fn an_envelope_and_its_header_have_one_signature_and_one_identity() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let mut envelope = envelope();
        let hash = envelope.sign(&key).unwrap();
        assert_eq!(envelope.verify(&PublicKey::of(&key)), Ok(()));
        assert_eq!(envelope.header().verify(&PublicKey::of(&key)), Ok(()));
        assert_eq!(envelope.header().hash().unwrap(), hash);
        assert_eq!(envelope.hash().unwrap(), hash);
    }

    /// A way to alter an envelope.
    type Change = Box<dyn Fn(&mut Envelope)>;

    #[test]
    fn every_field_is_signed() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let mut signed = envelope();
        signed.sign(&key).unwrap();
        let changes: Vec<Change> = vec![
            Box::new(|e| e.v = 2),
            Box::new(|e| e.workspace = WorkspaceId::made_by_rule("other")),
            Box::new(|e| e.document = DocumentId::made_by_rule("other")),
            Box::new(|e| e.generation = Generation(1)),
            Box::new(|e| e.kind = Kind::Customer.into()),
            Box::new(|e| e.employee = DocumentId::made_by_rule("other")),
            Box::new(|e| e.device = DeviceId::made_by_rule("other")),
            Box::new(|e| e.incarnation = IncarnationId::made_by_rule("other")),
            Box::new(|e| e.sequence = 3),
            Box::new(|e| e.previous = None),
            Box::new(|e| e.time = UnixMs(1)),
            Box::new(|e| e.replaces = vec![EnvelopeHash([9; 32])]),
            Box::new(|e| drop(e.changes.pop())),
            Box::new(|e| e.changes[0].0[10] ^= 1),
        ];
        for (at, change) in changes.iter().enumerate() {
            let mut altered = signed.clone();
            change(&mut altered);
            assert_eq!(altered.verify(&PublicKey::of(&key)), Err(WrongSignature), "change {at}");
            assert_ne!(altered.hash().unwrap(), signed.hash().unwrap(), "change {at}");
        }
    }

    #[test]
    fn the_signature_is_not_part_of_the_identity() {
        let mut other = envelope();
        other.signature = Signature([5; 64]);
        assert_eq!(envelope().hash().unwrap(), other.hash().unwrap());
    }

    #[test]
    fn an_envelope_survives_the_wire() {
        let bytes = crate::cbor::encode(&envelope()).unwrap();
        assert_eq!(crate::cbor::decode::<Envelope>(&bytes, 4096).unwrap(), envelope());
    }
}
