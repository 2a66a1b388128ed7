//! What tests of several packages need: records made as people make them, a clock they move, a device
//! that belongs to somebody.
//!
//! For tests only: nothing a user runs contains it. A test ends where one of these cannot be made, so
//! they panic instead of answering.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where its world cannot be made")]

pub mod clock;
pub mod device;
pub mod sample;
