//! What becomes of a visit.

use super::super::calendar;
use super::super::dice::Dice;
use super::super::plan::{CardPlan, Course, Plan, VisitPlan};

/// What becomes of a visit in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Fate {
    /// Everything is done.
    Done,
    /// A part is done.
    Partly,
    /// Nothing could be done.
    Cannot,
    /// It did not take place.
    Cancelled,
    /// Another specialist did it.
    Declined,
    /// Accepted and then overlooked: it is overdue.
    Forgotten,
    /// Nobody has set its time yet.
    Unplanned,
}

impl Fate {
    pub(super) fn draw(plan: &Plan, visit: &VisitPlan, card: &CardPlan, dice: &mut Dice) -> Self {
        let (day, today) = (visit.slot.day, plan.today());
        let is_stopped = match card.course {
            Course::SuspendedOn(on) | Course::TerminatedOn(on) => day >= on,
            Course::Draft | Course::Once | Course::Running | Course::RenewedBy { .. } => false,
        };
        let next_week = calendar::shifted(calendar::monday_of(today), 7);
        if is_stopped {
            return Self::Cancelled;
        }
        if day >= next_week {
            return dice.weighted(&[(88, Self::Done), (12, Self::Unplanned)]);
        }
        if day == today && visit.technician % 9 == 4 && visit.slot.minute < 9 * 60 + 45 {
            // Before the office has looked through the morning, one visit in it has failed.
            return Self::Cannot;
        }
        if day >= today {
            return dice.weighted(&[(94, Self::Done), (3, Self::Partly), (3, Self::Declined)]);
        }
        let recent = day > calendar::shifted(today, -30);
        dice.weighted(&[
            (84, Self::Done),
            (5, Self::Partly),
            (3, Self::Cannot),
            (4, Self::Cancelled),
            (2, Self::Declined),
            (2, if recent { Self::Forgotten } else { Self::Done }),
        ])
    }
}
