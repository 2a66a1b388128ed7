//! Edits as the device makes them. The store never looks into a change, so any bytes will do.

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::{DeviceId, DocumentId, IncarnationId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_domain::reading::{Cell, FieldReading, Reading};
use halyard_domain::value::Scalar;
use halyard_store::{
    DocumentCommit, EditCommit, Identity, OwnChange, OwnEnvelope, SealedEnvelope, SecretKey,
};
use halyard_tables::rows::{RecordRows, rows_of};

pub(crate) const KEY: [u8; 32] = [7; 32];

pub(crate) fn id(name: &str) -> DocumentId {
    DocumentId::made_by_rule(&format!("store/{name}"))
}

/// The hash of the `number`th change of a document.
pub(crate) fn hash(document: DocumentId, number: u8) -> ChangeHash {
    let mut bytes = [number; 32];
    bytes[..16].copy_from_slice(document.as_bytes());
    ChangeHash(bytes)
}

pub(crate) fn rows(document: DocumentId, name: &str) -> RecordRows {
    let mut reading = Reading { kind: Kind::Customer, fields: Default::default() };
    let name = FieldReading::Cell(Cell::settled(Scalar::Text(name.to_owned())));
    reading.fields.insert("name".to_owned(), name);
    rows_of(document, &reading)
}

/// The `number`th edit of a customer, which gives it a name; the first makes it.
pub(crate) fn edit(document: &str, number: u8, name: &str) -> EditCommit {
    let document = id(document);
    let hash_now = hash(document, number);
    let chunk = format!("change {number} of {document}").into_bytes();
    EditCommit {
        document: DocumentCommit {
            document,
            kind: Kind::Customer,
            generation: 1,
            expected_heads: (number > 1).then(|| vec![hash(document, number - 1)]),
            base: None,
            changes: vec![(hash_now, chunk.clone())],
            heads: vec![hash_now],
            position: None,
            rows: Some(rows(document, name)),
        },
        own: vec![OwnChange {
            document,
            kind: Kind::Customer,
            generation: 1,
            hash: hash_now,
            chunk,
            owners: "office".to_owned(),
            intents: "[]".to_owned(),
            before: "[]".to_owned(),
            made_ms: 1_772_434_800_000,
        }],
        form: None,
        file: None,
    }
}

pub(crate) fn identity() -> Identity {
    Identity {
        workspace: WorkspaceId::made_by_rule("store"),
        organisation: "Тест".to_owned(),
        relay_url: "http://127.0.0.1:9".to_owned(),
        relay_pin: None,
        relay_key: [1; 32],
        device: DeviceId::made_by_rule("store"),
        device_key: SecretKey([2; 32]),
        employee: id("employee"),
        incarnation: IncarnationId::made_by_rule("store"),
    }
}

/// An envelope for changes of a document.
pub(crate) fn envelope(document: &str, sequence: u64, changes: Vec<i64>) -> SealedEnvelope {
    SealedEnvelope {
        envelope: OwnEnvelope {
            hash: [u8::try_from(sequence).unwrap(); 32],
            document: id(document),
            incarnation: identity().incarnation,
            sequence,
            bytes: format!("envelope {sequence}").into_bytes(),
            answer: None,
            acknowledged: false,
        },
        changes,
        replaces: Vec::new(),
    }
}
