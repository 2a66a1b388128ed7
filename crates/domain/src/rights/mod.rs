//! Who sees a record and who may write a path: pure functions that the app, the relay and the tests
//! call alike.

mod access;

pub use access::{Ability, Access, Reach, SectionRights};
