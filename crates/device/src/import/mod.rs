//! Bringing the user's own data: customers, their contact persons and equipment, from CSV and Excel.
//!
//! Planning only, no store and no clock. A [`table::Table`] is laid out by its header
//! ([`columns::Layout`]), its rows are checked ([`row::ImportRow`]) and matched against what exists
//! ([`known::Known`]), and the outcome is a [`Planned`]: a [`preview::Preview`] to show and a [`plan::Plan`]
//! to commit in one transaction. [`known::Wanted`] tells the device what to look up first.
//!
//! Promises: every row is either planned or refused, never half of it, and a broken one costs no other; nothing that stands in a record
//! is overwritten, and a plan says at which heads it looked, so that nothing written since is either; importing the same file twice
//! makes nothing new; [`plan::Plan::undo`] takes back exactly what was made. Reasons are data: the words for people belong to the program that shows them.

pub mod columns;
pub mod known;
pub mod plan;
pub mod preview;
pub mod refusal;
pub mod refused_file;
pub mod row;
pub mod table;

mod cells;
mod csv_rows;
mod draft;
mod draft_rows;
pub(crate) mod excerpt;
mod names;
mod packed;
mod planner;
mod synonyms;
mod targets;

pub use planner::{Making, Planned, plan};

#[cfg(test)]
mod tests;
