//! Merging what came from outside, in a process that may die.
//!
//! Automerge panics, aborts and eats memory on crafted bytes, and some changes it accepts leave a
//! document that cannot be loaded again. So the relay never parses a change itself: [`worker`] is a
//! process of its own with limits on memory, time and stack, without network or files; [`pool`] keeps
//! one at work and one in reserve. [`job`] is what they say to each other, [`judge`] what the worker
//! decides: which envelopes are merged, and why the others are not.

pub mod job;
mod judge;
pub mod pool;
pub mod worker;
