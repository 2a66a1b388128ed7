//! Who sees a record and who may write a path: pure functions that the app, the relay and the tests
//! call alike.
//!
//! [`Access`] is what a person's roles give; [`audience`] and [`sees`] answer about reading, [`judge`]
//! and [`may_write`] about writing. None of them knows time: rights at an earlier position of the log
//! are asked with the state of that position.

mod abilities;
mod access;
mod checks;
mod proposals;
mod refusal;
mod shipped;
mod sight;
mod write;

pub use abilities::ability_for;
pub use access::{Ability, Access, Reach, SectionRights};
pub use refusal::{Reason, Refusal};
pub use shipped::{ShippedRole, kept, shipped_roles};
pub use sight::{Audience, Viewer, audience, responsible_of, sees, team_of};
pub use write::{
    Responsible, Word, Write, WriteAction, Writer, judge, judge_intents, may_add, may_create, may_edit,
    may_write, offered, unborn,
};

#[cfg(test)]
mod tests;
