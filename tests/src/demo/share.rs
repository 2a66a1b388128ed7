//! How work is divided among technicians, and a technician's cards among their courses.

use chrono::NaiveDate;

use super::calendar;
use super::dice::Dice;
use super::plan::Course;

/// How a technician's cards divide: lanes first, then one-off cards, then renewed ones, then drafts.
pub(super) struct Share {
    /// How many recurring cards there are.
    pub(super) lanes: usize,
    once: usize,
    renewed: usize,
    technician: usize,
}

impl Share {
    pub(super) fn of(technician: usize, cards: usize) -> Self {
        let once = cards / 5;
        let renewed = cards / 20 + usize::from(technician % 3 == 1);
        let drafts = cards / 50 + usize::from(technician.is_multiple_of(3));
        Self { lanes: cards.saturating_sub(once + renewed + drafts), once, renewed, technician }
    }

    /// Which of the technician's objects a card is about: a renewed card's is the new one's.
    pub(super) fn object_place(&self, place: usize) -> usize {
        let renewed = self.lanes + self.once;
        if (renewed..renewed + self.renewed).contains(&place) { place - renewed } else { place }
    }

    pub(super) fn course(
        &self,
        place: usize,
        first_card: usize,
        today: NaiveDate,
        dice: &mut Dice,
    ) -> Course {
        let recently = calendar::shifted(today, -dice.between(8, 40));
        let renewed = self.lanes + self.once;
        if place < self.lanes {
            match (self.lanes - 1 - place, self.technician % 3) {
                (0, 2) => Course::SuspendedOn(recently),
                (1, 2) => Course::TerminatedOn(recently),
                _ => Course::Running,
            }
        } else if place < renewed {
            Course::Once
        } else if place < renewed + self.renewed {
            let on = calendar::shifted(today, -dice.between(170, 360));
            Course::RenewedBy { card: first_card + place - renewed, on }
        } else {
            Course::Draft
        }
    }

    /// The place of the card that went before a lane's.
    pub(super) fn renewed_place(&self, lane: usize) -> Option<usize> {
        (lane < self.renewed).then_some(self.lanes + self.once + lane)
    }

    /// The one-off card a slot belongs to, when it does: they are spread evenly, and not on the same days
    /// for every technician.
    pub(super) fn once_at(&self, slot: usize, slots: usize) -> Option<usize> {
        let slots = slots.max(1);
        let phase = self.technician * 37 % slots;
        let before = (slot * self.once + phase) / slots;
        let after = ((slot + 1) * self.once + phase) / slots;
        (after > before).then_some(self.lanes + before)
    }
}

/// The part of a whole that falls to one of several, so that the parts add up.
pub(super) fn share(whole: usize, among: usize, index: usize) -> usize {
    let among = among.max(1);
    whole * (index + 1) / among - whole * index / among
}
