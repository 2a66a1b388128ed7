//! What screens show: one question, one answer, everything in it ready to be drawn.
//!
//! Every answer comes from this device's own tables and documents: a page opens the few documents it is
//! about, a list is one indexed query, names come many at a time. Nothing here writes
//! ([`crate::actions`]) and nothing waits for the network. Answers carry data and codes, no words for
//! people; moments are RFC 3339 with the offset they were entered at, decimals are canonical text,
//! percents are whole hundredths.

pub mod card;
mod card_around;
pub mod card_history;
pub mod checklist;
pub mod complaint;
pub mod customer;
pub mod desk;
pub mod directory;
pub mod finding;
pub mod form;
pub mod history;
pub mod journal;
pub mod lines;
pub mod named_rows;
pub mod names;
pub mod photos;
pub mod places;
pub mod record;
pub mod review;
pub mod status;
pub mod today;
pub mod visit;
pub mod way;
pub mod works;

mod error;

pub use error::{NotProven, RelayTrouble, ScreenError, StorageTrouble, WrongInvitation};
