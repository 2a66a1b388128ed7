//! What Halyard's records are, and the rules about them.
//!
//! Pure: no I/O, no clock, no randomness, no async. The device, the relay and the tests call the same
//! functions here, so they cannot disagree about a state, a percent or a right. Automerge is not known
//! here: documents become [`reading::Reading`]s in `crates/records`.

// A file of the testkit is compiled into the tests here, and names this crate.
#[cfg(test)]
extern crate self as halyard_domain;

pub mod hash;
pub mod id;
pub mod intent;
pub mod kind;
pub mod money;
pub mod normalize;
pub mod reading;
pub mod record;
pub mod records;
pub mod rights;
pub mod rules;
#[cfg(test)]
mod sample;
pub mod saving;
pub mod schema;
pub mod time;
pub mod value;
pub mod written;
