//! What people read, derived from the facts: states, percent, hours, attention.
//!
//! Every function here is pure and knows no clock: `now` and dates come in. The device and the office
//! call the same ones, so they cannot show different numbers. Withdrawn rows never count.

pub mod carries;
pub mod percent;

mod attention;
mod card_state;
mod checklist;
mod complaint_state;
mod field_steps;
mod office_steps;
mod visit_attention;
mod visit_state;
mod warranty;
mod worked_time;

#[cfg(test)]
mod tests;

pub use attention::{Attention, attention};
pub use card_state::{CardProgress, CardState, card_state};
pub use checklist::{
    ItemAnswer, answer_fits, out_of_bounds, required_unanswered, standing_answers, unreplaced_answers,
};
pub use complaint_state::{
    ComplaintProgress, ComplaintState, Missing, Satisfaction, complaint_state, missing_to_close,
    overdue_actions,
};
pub use field_steps::{VisitSteps, field_steps};
pub use office_steps::office_steps;
pub use visit_attention::{checklist_attention, facts_in, is_office};
pub use visit_state::{Outcome, VisitProgress, VisitState, is_overdue, progress, visit_state};
pub use warranty::{Warranty, warranty_on};
pub use worked_time::{PersonTime, worked_minutes, worked_time};

use crate::id::RowId;

/// An event that does not follow from the state it was merged into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfOrder<Act, State> {
    /// The event.
    pub event: RowId,
    /// What it says.
    pub act: Act,
    /// The state it met.
    pub state: State,
}
