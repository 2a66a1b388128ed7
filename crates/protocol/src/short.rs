//! The entries of a pulled page as they travel: without the hashes their reader can compute.
//!
//! Hashes and signatures are most of a small change, and nothing compresses them. Three kinds of hashes follow from
//! what stands beside them, and are left out where they do:
//!
//! - the dependency of a change that was made on the change before it in its envelope alone, with the head of its
//!   chunk, which is a checksum over that;
//! - the predecessor of an envelope, when it is the last of that device and incarnation before it in the page;
//! - the heads of a document, when they are the last change of the entry alone.
//!
//! Writing leaves out only what reading puts back byte for byte. Nobody is trusted more: what was signed is made
//! whole again before anybody verifies it, so a page that leaves out anything else is a page of wrong signatures.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use halyard_domain::id::{DeviceId, DocumentId, IncarnationId};
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_bytes::{ByteBuf, Bytes};

use crate::chunk;
use crate::control::Control;
use crate::envelope::{Chunk, Envelope, EnvelopeOf};
use crate::hash::{ChangeHash, EnvelopeHash, Generation, Heads, Position};
use crate::pull::{Changes, Entry, Left, Replaced, Snapshot};
use crate::receipt::{Receipt, Receipted};
use crate::schema::KindName;
use crate::time::UnixMs;

/// An entry on the wire.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Travelling<'a> {
    Snapshot(Cow<'a, Snapshot>),
    Changes(Box<ShortChanges>),
    Gone(Cow<'a, Left>),
    Replaced(Cow<'a, Replaced>),
    Archived(Cow<'a, Left>),
    Receipt(Cow<'a, Receipt>),
    Control(Cow<'a, Control>),
}

/// [`Changes`] on the wire.
#[derive(Serialize, Deserialize)]
struct ShortChanges {
    document: DocumentId,
    generation: Generation,
    kind: KindName,
    #[serde(default, skip_serializing_if = "Heads::is_empty")]
    heads: Heads,
    position: Position,
    arrived: UnixMs,
    envelopes: Vec<Receipted<EnvelopeOf<ShortChunk>>>,
}

/// A change chunk on the wire.
enum ShortChunk {
    /// A byte string: the chunk.
    Whole(Chunk),
    /// A byte string in an array: what of its content stands behind its only dependency, the change before it.
    After(Vec<u8>),
}

/// The newest envelope of each device and incarnation so far in the page.
#[derive(Default)]
struct Chains(HashMap<(DeviceId, IncarnationId), (u64, EnvelopeHash)>);

/// Writes entries.
pub(crate) fn serialize<S: Serializer>(entries: &[Entry], serializer: S) -> Result<S::Ok, S::Error> {
    let mut chains = Chains::default();
    serializer.collect_seq(entries.iter().map(|entry| match entry {
        Entry::Snapshot(entry) => Travelling::Snapshot(Cow::Borrowed(entry)),
        Entry::Changes(entry) => Travelling::Changes(Box::new(shortened(entry, &mut chains))),
        Entry::Gone(entry) => Travelling::Gone(Cow::Borrowed(entry)),
        Entry::Replaced(entry) => Travelling::Replaced(Cow::Borrowed(entry)),
        Entry::Archived(entry) => Travelling::Archived(Cow::Borrowed(entry)),
        Entry::Receipt(entry) => Travelling::Receipt(Cow::Borrowed(entry)),
        Entry::Control(entry) => Travelling::Control(Cow::Borrowed(entry)),
    }))
}

/// Reads entries and makes them whole.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Entry>, D::Error> {
    let mut chains = Chains::default();
    let entries: Vec<Travelling<'static>> = Vec::deserialize(deserializer)?;
    let whole = |entry| {
        Ok(match entry {
            Travelling::Snapshot(entry) => Entry::Snapshot(entry.into_owned()),
            Travelling::Changes(entry) => {
                Entry::Changes(completed(*entry, &mut chains).map_err(D::Error::custom)?)
            }
            Travelling::Gone(entry) => Entry::Gone(entry.into_owned()),
            Travelling::Replaced(entry) => Entry::Replaced(entry.into_owned()),
            Travelling::Archived(entry) => Entry::Archived(entry.into_owned()),
            Travelling::Receipt(entry) => Entry::Receipt(entry.into_owned()),
            Travelling::Control(entry) => Entry::Control(entry.into_owned()),
        })
    };
    entries.into_iter().map(whole).collect()
}

fn shortened(entry: &Changes, chains: &mut Chains) -> ShortChanges {
    let newest = newest(&entry.envelopes);
    let follows = newest.is_some_and(|newest| entry.heads.as_slice() == [newest]);
    let envelopes = entry.envelopes.iter().map(|Receipted { envelope, receipt }| {
        let mut short = envelope.with_changes(shortened_changes(&envelope.changes));
        if envelope.previous.is_some() && envelope.previous == chains.before(envelope) {
            short.previous = None;
        }
        chains.note(envelope);
        Receipted { envelope: short, receipt: receipt.clone() }
    });
    ShortChanges {
        envelopes: envelopes.collect(),
        document: entry.document,
        generation: entry.generation,
        kind: entry.kind.clone(),
        heads: if follows { Heads::default() } else { entry.heads.clone() },
        position: entry.position,
        arrived: entry.arrived,
    }
}

fn shortened_changes(changes: &[Chunk]) -> Vec<ShortChunk> {
    let mut before = None;
    let short = |chunk: &Chunk| {
        let after = before.and_then(|before| chunk::without_dependency(&chunk.0, before));
        before = Some(chunk.hash());
        after.map_or_else(|| ShortChunk::Whole(chunk.clone()), |after| ShortChunk::After(after.to_vec()))
    };
    changes.iter().map(short).collect()
}

fn completed(entry: ShortChanges, chains: &mut Chains) -> Result<Changes, &'static str> {
    let mut envelopes = Vec::with_capacity(entry.envelopes.len());
    for Receipted { envelope: mut short, receipt } in entry.envelopes {
        let changes = completed_changes(std::mem::take(&mut short.changes))?;
        let mut envelope = short.with_changes(changes);
        envelope.previous = envelope.previous.or_else(|| chains.before(&envelope));
        chains.note(&envelope);
        envelopes.push(Receipted { envelope, receipt });
    }
    let heads = if entry.heads.is_empty() {
        Heads::new(vec![newest(&envelopes).ok_or("neither heads nor changes of a document")?])
    } else {
        entry.heads
    };
    Ok(Changes {
        document: entry.document,
        generation: entry.generation,
        kind: entry.kind,
        heads,
        position: entry.position,
        arrived: entry.arrived,
        envelopes,
    })
}

fn completed_changes(changes: Vec<ShortChunk>) -> Result<Vec<Chunk>, &'static str> {
    let mut before: Option<ChangeHash> = None;
    let whole = |chunk| {
        let chunk = match chunk {
            ShortChunk::Whole(chunk) => chunk,
            ShortChunk::After(after) => {
                Chunk(chunk::with_dependency(before.ok_or("a change that follows none")?, &after))
            }
        };
        before = Some(chunk.hash());
        Ok(chunk)
    };
    changes.into_iter().map(whole).collect()
}

fn newest(envelopes: &[Receipted<Envelope>]) -> Option<ChangeHash> {
    envelopes.last().and_then(|last| last.envelope.changes.last()).map(Chunk::hash)
}

impl Chains {
    /// The envelope before this one in its chain, when the page has it.
    fn before<C>(&self, envelope: &EnvelopeOf<C>) -> Option<EnvelopeHash> {
        let (sequence, hash) = self.0.get(&(envelope.device, envelope.incarnation))?;
        (sequence.checked_add(1) == Some(envelope.sequence)).then_some(*hash)
    }

    fn note(&mut self, envelope: &Envelope) {
        // One that has no hash has no follower either: its signature cannot be checked.
        if let Ok(hash) = envelope.hash() {
            self.0.insert((envelope.device, envelope.incarnation), (envelope.sequence, hash));
        }
    }
}

impl Serialize for ShortChunk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Whole(chunk) => chunk.serialize(serializer),
            Self::After(after) => [Bytes::new(after)].serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for ShortChunk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = ShortChunk;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a byte string, or one in an array")
            }

            fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<ShortChunk, E> {
                self.visit_byte_buf(bytes.to_vec())
            }

            fn visit_byte_buf<E: serde::de::Error>(self, bytes: Vec<u8>) -> Result<ShortChunk, E> {
                Ok(ShortChunk::Whole(Chunk(bytes)))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<ShortChunk, A::Error> {
                let after: Option<ByteBuf> = array.next_element()?;
                let more: Option<ByteBuf> = array.next_element()?;
                match (after, more) {
                    (Some(after), None) => Ok(ShortChunk::After(after.into_vec())),
                    (None, _) | (Some(_), Some(_)) => {
                        Err(A::Error::custom("an array of other than one change"))
                    }
                }
            }
        }

        deserializer.deserialize_any(Either)
    }
}

#[cfg(test)]
mod tests;
