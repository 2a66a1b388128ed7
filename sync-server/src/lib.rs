//! The relay: an ordered log of what every device of a company wrote.
//!
//! [`storage`] keeps it, [`merge`] parses what came from outside in a process that may die, [`relay`]
//! decides what is merged and who is told. The relay never edits what people wrote; when the office
//! itself writes (numbers, a new company), it does so as an author of its own through the same path.
//!
//! [`http`] carries the calls of devices to it, shown the relay's [`certificate`], and [`admin`] those of IT on the
//! relay's own machine.

pub mod admin;
pub mod certificate;
pub mod config;
pub mod http;
pub mod merge;
pub mod notary;
pub mod outside;
pub mod relay;
pub mod storage;
