//! One Automerge change chunk, read without trusting a byte and without Automerge.
//!
//! Automerge 0.12 panics on crafted changes, inflates without limit and spends gigabytes on a hundred
//! bytes of run lengths. So before it sees a change, [`parse`] has walked the whole chunk: magic, type,
//! exact length, checksum, header, column layout, and every run of every column, counting operations
//! without making them. Memory stays below a few times the chunk, time linear in its bytes.
//!
//! What passes may still be nonsense in meaning (an unknown object, a predecessor that never was); the
//! merge worker finds that. What does not pass was not written by an app.

mod columns;
mod reader;
mod runs;

use sha2::{Digest, Sha256};

use crate::actor::ActorId;
use crate::hash::{ChangeHash, Heads};
use crate::limits::{ACTORS, CHUNK_BYTES, HEADS, MESSAGE_BYTES};
use crate::reason::Malformation;
use reader::Reader;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const CHANGE: u8 = 1;

/// What a change says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChunkHeader {
    /// Its identity.
    pub hash: ChangeHash,
    /// Whose operations these are.
    pub actor: ActorId,
    /// Its number among the changes of its actor, from 1.
    pub seq: u64,
    /// The counter of its first operation.
    pub start_op: u64,
    /// How many operations it has.
    pub op_count: u64,
    /// The changes it was made on.
    pub deps: Vec<ChangeHash>,
    /// The other actors it refers to.
    pub other_actors: Vec<ActorId>,
}

impl ChunkHeader {
    /// The counter of its last operation; one below `start_op` when it has none.
    #[must_use]
    pub const fn last_op(&self) -> u64 {
        self.start_op.saturating_add(self.op_count).saturating_sub(1)
    }
}

/// Why bytes are not a change an app wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChunkError {
    /// Longer than a change may be.
    #[error("longer than a change may be")]
    TooLong,
    /// The bytes end too early.
    #[error("the bytes end too early")]
    Truncated,
    /// Bytes after the end.
    #[error("bytes after the end")]
    Trailing,
    /// No chunk at all.
    #[error("no magic number")]
    Magic,
    /// A document, a deflated change, a bundle or something unknown.
    #[error("chunk of type {0}, not a change")]
    Type(u8),
    /// The checksum does not fit.
    #[error("the checksum does not fit")]
    Checksum,
    /// A number too large for its place, or not in its shortest form.
    #[error("a number that does not fit its place")]
    Number,
    /// Text that is not UTF-8.
    #[error("text that is not UTF-8")]
    Text,
    /// An actor id that is not 16 bytes, repeated, or not declared.
    #[error("an actor that cannot be")]
    Actor,
    /// A dependency named twice.
    #[error("a dependency named twice")]
    Dependency,
    /// Columns out of order, unknown, or compressed.
    #[error("columns that cannot be")]
    Columns,
    /// A column that does not fit the others.
    #[error("a column that does not fit the others")]
    Column,
    /// More operations than a change may have.
    #[error("more operations than a change may have")]
    TooManyOperations,
    /// Some other cap was exceeded.
    #[error("more than a change may hold")]
    TooMuch,
}

impl ChunkError {
    /// How the receipt names it.
    #[must_use]
    pub const fn malformation(self) -> Malformation {
        match self {
            Self::TooLong | Self::TooManyOperations | Self::TooMuch => Malformation::Limit,
            Self::Truncated
            | Self::Trailing
            | Self::Magic
            | Self::Type(_)
            | Self::Checksum
            | Self::Number
            | Self::Text
            | Self::Actor
            | Self::Dependency
            | Self::Columns
            | Self::Column => Malformation::Chunk,
        }
    }
}

/// Reads one change chunk that fills `bytes` exactly.
///
/// # Errors
/// When the bytes are anything an app would not write.
pub fn parse(bytes: &[u8]) -> Result<ChunkHeader, ChunkError> {
    if bytes.len() > CHUNK_BYTES {
        return Err(ChunkError::TooLong);
    }
    let mut reader = Reader::new(bytes);
    if reader.array::<4>()? != MAGIC {
        return Err(ChunkError::Magic);
    }
    let checksum = reader.array::<4>()?;
    let hashed = reader.rest();
    let chunk_type = reader.byte()?;
    if chunk_type != CHANGE {
        return Err(ChunkError::Type(chunk_type));
    }
    let length = reader.unsigned()?;
    match length.cmp(&reader.remaining()) {
        std::cmp::Ordering::Less => return Err(ChunkError::Trailing),
        std::cmp::Ordering::Greater => return Err(ChunkError::Truncated),
        std::cmp::Ordering::Equal => {}
    }
    let hash: [u8; 32] = Sha256::digest(hashed).into();
    if !hash.starts_with(&checksum) {
        return Err(ChunkError::Checksum);
    }
    content(reader, ChangeHash(hash))
}

/// What of a change that was made on `before` alone stands behind that dependency, when
/// [`with_dependency`] makes exactly `bytes` of it again.
pub(crate) fn without_dependency(bytes: &[u8], before: ChangeHash) -> Option<&[u8]> {
    let mut reader = Reader::new(bytes);
    reader.array::<8>().ok()?;
    reader.byte().ok()?;
    reader.unsigned().ok()?;
    let only = reader.list(1, |reader| reader.array::<32>().map(ChangeHash)).ok()?;
    let rest = reader.rest();
    (only == [before] && with_dependency(before, rest) == bytes).then_some(rest)
}

/// The chunk of a change that was made on `before` alone, from what stands behind that dependency.
pub(crate) fn with_dependency(before: ChangeHash, rest: &[u8]) -> Vec<u8> {
    let mut hashed = vec![CHANGE];
    let mut length = 1 + before.0.len() + rest.len();
    while length >= 0x80 {
        // The lowest seven bits of a number fit into a byte.
        hashed.push(u8::try_from(length & 0x7f).unwrap_or_default() | 0x80);
        length >>= 7;
    }
    hashed.push(u8::try_from(length).unwrap_or_default());
    hashed.push(1);
    hashed.extend(before.0);
    hashed.extend(rest);
    let checksum = Sha256::digest(&hashed);
    let mut bytes = Vec::with_capacity(MAGIC.len() + 4 + hashed.len());
    bytes.extend(MAGIC);
    bytes.extend(checksum.iter().take(4));
    bytes.extend(hashed);
    bytes
}

fn content(mut reader: Reader<'_>, hash: ChangeHash) -> Result<ChunkHeader, ChunkError> {
    let deps = reader.list(HEADS, |reader| reader.array::<32>().map(ChangeHash))?;
    if Heads::new(deps.clone()).as_slice().len() != deps.len() {
        return Err(ChunkError::Dependency);
    }
    let actor = reader.actor()?;
    let seq = reader.unsigned()?;
    let start_op = reader.unsigned()?;
    if seq == 0 || start_op == 0 || u32::try_from(start_op).is_err() {
        return Err(ChunkError::Number);
    }
    let _time = reader.signed()?;
    let message = reader.prefixed()?;
    if message.len() > MESSAGE_BYTES {
        return Err(ChunkError::TooMuch);
    }
    std::str::from_utf8(message).map_err(|_| ChunkError::Text)?;
    let other_actors = reader.list(ACTORS, Reader::actor)?;
    check_actors(actor, &other_actors)?;
    let op_count = columns::walk(&mut reader, other_actors.len())?;
    if reader.remaining() != 0 {
        return Err(ChunkError::Trailing);
    }
    Ok(ChunkHeader { hash, actor, seq, start_op, op_count, deps, other_actors })
}

fn check_actors(own: ActorId, others: &[ActorId]) -> Result<(), ChunkError> {
    let mut sorted = others.to_vec();
    sorted.push(own);
    sorted.sort_unstable();
    let repeated = sorted.windows(2).any(|pair| pair.first() == pair.last());
    if repeated { Err(ChunkError::Actor) } else { Ok(()) }
}
