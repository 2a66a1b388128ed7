//! What travels between a device and a relay, and the decisions both make about it.
//!
//! Wire types with their signatures, limits and versions; the checks a relay makes before Automerge sees
//! a byte; and the two state machines of sync. `docs/SYNC.md` is this crate in prose: a change here that
//! a client in another language would notice is a change there.
//!
//! Not here: sockets, clocks, randomness, storage, Automerge. Time, random bytes and what is stored come
//! in as arguments, so every rule can be tested without waiting and without a network.

pub mod actor;
mod base32;
pub mod body;
pub mod cbor;
pub mod certificate;
pub mod chain;
pub mod chunk;
pub mod code;
pub mod control;
pub mod cursor;
pub mod digest;
pub mod driver;
pub mod enrol;
pub mod envelope;
pub mod fetch;
pub mod hash;
pub mod http_signature;
pub mod join;
pub mod keys;
pub mod limits;
pub mod live;
pub mod offer;
pub mod page;
pub mod pin;
pub mod precheck;
pub mod problem;
pub mod pull;
pub mod push;
pub mod reason;
pub mod receipt;
pub mod review;
pub mod running_hash;
pub mod schema;
mod short;
pub mod signed;
pub mod time;
pub mod version;
