//! The caps of the protocol, in one place.
//!
//! An honest device stays far below every one of them; what exceeds one is refused before it costs
//! anything. `docs/SYNC.md` lists them.

/// Longest change chunk.
pub const CHUNK_BYTES: usize = 256 * 1024;
/// Most operations in one change.
pub const CHANGE_OPERATIONS: u64 = 2_000;
/// Most operations in one envelope.
pub const ENVELOPE_OPERATIONS: u64 = 20_000;
/// Most changes in one envelope.
pub const ENVELOPE_CHANGES: usize = 1_000;
/// Most envelopes one envelope may replace.
pub const ENVELOPE_REPLACES: usize = 1_000;
/// Furthest a change may start above the highest operation the relay knows of its document.
pub const START_OP_SLACK: u64 = 1_000_000;
/// Highest operation counter a document may reach: Automerge fails close to 2³².
pub const OPERATION_COUNTER: u64 = 1 << 31;
/// Most dependencies of one change, which is most heads of a document.
pub const HEADS: usize = 64;
/// Most actors a change may name.
pub const ACTORS: usize = 2_000;
/// Most overwritten operations one change may name.
pub const PREDECESSORS: u64 = 20_000;
/// Longest scalar value.
pub const SCALAR_BYTES: u64 = 64 * 1024;
/// Longest key of a map.
pub const KEY_BYTES: usize = 1024;
/// Longest commit message.
pub const MESSAGE_BYTES: usize = 1024;
/// Deepest nesting of a document.
pub const DEPTH: usize = 16;
/// Size of a document that asks for a new generation.
pub const DOCUMENT_SOFT_BYTES: usize = 2 * 1024 * 1024;
/// Largest document merged.
pub const DOCUMENT_HARD_BYTES: usize = 8 * 1024 * 1024;

/// Largest push after decompression.
pub const PUSH_BYTES: usize = 16 * 1024 * 1024;
/// Largest request of every other kind after decompression.
pub const REQUEST_BYTES: usize = 4 * 1024 * 1024;
/// Largest answer a device decompresses.
pub const ANSWER_BYTES: usize = 64 * 1024 * 1024;
/// Size of a page of entries before compression when the device asks for nothing else.
pub const PAGE_BYTES: u32 = 1024 * 1024;
/// Largest page a device may ask for.
pub const PAGE_BYTES_MOST: u32 = 8 * 1024 * 1024;
/// Most envelopes in one push.
pub const PUSH_ENVELOPES: usize = 1_000;
/// Most documents in one fetch.
pub const FETCH_DOCUMENTS: usize = 1_000;
/// Most documents in one request of the second phase of an offer.
pub const OFFER_DOCUMENTS: usize = 50_000;
/// Deepest nesting of a body.
pub const BODY_DEPTH: usize = 16;
/// How far a request's `created` may be from the relay's clock.
pub const CLOCK_WINDOW_S: i64 = 120;

/// From this difference to the relay's clock on, in milliseconds, a device tells what its own says.
pub const CLOCK_TOLD_MS: i64 = 60_000;
