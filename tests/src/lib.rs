//! The demo company, and what the tests of the whole stand on.
//!
//! Nothing here is part of the product: it may use every crate, and no crate uses it.

pub mod bench;
pub mod bindings;
pub mod demo;
pub mod harness;
pub mod stage;
pub mod stopping;
pub mod story;
