//! Entries of a page that leave out what follows.

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_protocol::envelope::{Chunk, Envelope};
use halyard_protocol::hash::{EnvelopeHash, Heads, Position};
use halyard_protocol::pull::{Changes, Entry};
use halyard_protocol::receipt::{Receipt, Receipted};
use sha2::{Digest, Sha256};

use crate::{AT, accepted, by_relay, device_key, envelope};

/// A change chunk on these dependencies, with `rest` behind them.
fn change(on: &[ChangeHash], rest: &[u8]) -> Chunk {
    let mut content = vec![u8::try_from(on.len()).unwrap()];
    on.iter().for_each(|dependency| content.extend(dependency.0));
    content.extend(rest);
    let mut hashed = vec![1, u8::try_from(content.len()).unwrap()];
    assert!(content.len() < 0x80, "a length of one byte");
    hashed.extend(content);
    let mut bytes = vec![0x85, 0x6f, 0x4a, 0x83];
    bytes.extend(&Sha256::digest(&hashed)[..4]);
    bytes.extend(hashed);
    Chunk(bytes)
}

/// Two envelopes of one chain on two documents. Of the second its predecessor, its heads and the dependency of
/// its second change do not travel.
pub(crate) fn entries() -> Vec<Entry> {
    let mut previous = EnvelopeHash([3; 32]);
    let mut entry = |sequence: u64, name: &str| {
        let first = change(&[ChangeHash([6; 32])], b"first");
        let second = change(&[first.hash()], b"second");
        let newest = second.hash();
        let mut envelope = Envelope {
            document: DocumentId::made_by_rule(name),
            sequence,
            previous: Some(previous),
            replaces: Vec::new(),
            changes: vec![first, second],
            ..envelope()
        };
        previous = envelope.sign(&device_key()).unwrap();
        let receipt = by_relay(Receipt { envelope: previous, ..accepted() }).stamp();
        Entry::Changes(Changes {
            document: envelope.document,
            generation: envelope.generation,
            kind: envelope.kind.clone(),
            heads: Heads::new(vec![newest]),
            position: Position(70_000),
            arrived: AT,
            envelopes: vec![Receipted { envelope, receipt }],
        })
    };
    vec![entry(300, "visit"), entry(301, "card")]
}
