//! From what a person typed to values a record takes.
//!
//! Nothing here panics, whatever is typed; what cannot be read is told with what would be right.

mod assignment;
mod condition;
mod groups;
pub(crate) mod invitation;
mod kinds;
mod moments;
mod names;
mod values;

pub(crate) use assignment::{assigned, column, columns, event_types, field, place, row_of};
pub(crate) use condition::{condition, shown, shown_columns, sort_key, states};
pub(crate) use kinds::kind;
pub(crate) use moments::unix_moment;
pub(crate) use values::{Links, Reader, several_records};

/// What was read, or why the command ends.
pub(crate) type Parsed<T> = Result<T, crate::failure::Failure>;
