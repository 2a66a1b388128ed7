//! What people read, derived from the facts: states, percent, hours, attention.
//!
//! Every function here is pure and knows no clock: `now` and dates come in. The device and the office
//! call the same ones, so they cannot show different numbers.

pub mod carries;
