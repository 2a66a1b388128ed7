//! When a technician travels: the past year and a half, this week, and the month ahead.

use chrono::{Days, NaiveDate};
use halyard_domain::time::{Instant, TimeWindow};

use super::calendar;
use super::dice::Dice;

/// A planned time of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) day: NaiveDate,
    /// Minutes after midnight.
    pub(super) minute: i64,
    pub(super) minutes: i64,
}

impl Slot {
    pub(super) fn start(self) -> Instant {
        calendar::at(self.day, self.minute)
    }

    pub(super) fn end(self) -> Instant {
        calendar::at(self.day, self.minute + self.minutes)
    }

    pub(super) fn window(self) -> Option<TimeWindow> {
        TimeWindow::new(self.start(), self.end()).ok()
    }
}

/// When the dispatcher put a visit into the plan: two or three weeks ahead, and never after now.
pub(super) fn planned_at(slot: &Slot, now: Instant) -> Instant {
    let ahead = 14 + slot.minute % 8;
    let planned = calendar::at(calendar::shifted(slot.day, -ahead), 9 * 60 + slot.minute % 400);
    if planned < now { planned } else { calendar::later(now, -(60 + slot.minute % 600)) }
}

/// Exactly `count` slots in the order of time.
pub(super) fn slots(
    dice: &mut Dice,
    count: usize,
    start: NaiveDate,
    today: NaiveDate,
    end: NaiveDate,
) -> Vec<Slot> {
    let monday = calendar::monday_of(today);
    let sunday = monday.checked_add_days(Days::new(6)).unwrap_or(monday);
    let week = calendar::working_days(monday, sunday);
    let this_week: Vec<NaiveDate> = week.into_iter().filter(|day| *day != today).collect();
    let past = calendar::working_days(start, calendar::shifted(monday, -1));
    let ahead = calendar::working_days(calendar::shifted(sunday, 1), end);

    let a_day = if count >= 100 { 2 } else { 1 };
    let mut left = count;
    let mut take = |wanted: usize| {
        let taken = wanted.min(left);
        left -= taken;
        taken
    };
    let on_today = take(3);
    let in_week = take(this_week.len() * a_day);
    let in_future = take((count * 8 / 100).max(ahead.len().min(4)));
    let in_past = left;

    let mut per_day: Vec<(NaiveDate, usize)> = Vec::new();
    spread(&past, in_past, &mut per_day);
    spread(&this_week, in_week, &mut per_day);
    per_day.push((today, on_today));
    spread(&ahead, in_future, &mut per_day);
    per_day.sort_by_key(|(day, _)| *day);
    per_day.into_iter().flat_map(|(day, visits)| a_days_slots(dice, day, visits)).collect()
}

/// Puts `count` visits on days as evenly as they go.
fn spread(days: &[NaiveDate], count: usize, per_day: &mut Vec<(NaiveDate, usize)>) {
    for (index, day) in days.iter().enumerate() {
        let visits = count * (index + 1) / days.len() - count * index / days.len();
        if visits > 0 {
            per_day.push((*day, visits));
        }
    }
}

/// One visit after another, with the way between them.
fn a_days_slots(dice: &mut Dice, day: NaiveDate, visits: usize) -> Vec<Slot> {
    let mut minute = 8 * 60 + 15 * dice.between(1, 4);
    let longest = if visits > 3 { 5 } else { 9 };
    let slots = (0..visits).map(|_| {
        let slot = Slot { day, minute, minutes: 15 * dice.between(3, longest) };
        minute += slot.minutes + 15 * dice.between(2, 5);
        slot
    });
    slots.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_technician_has_work_today_and_every_day_of_this_week_and_nothing_overlaps() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for count in [27, 100, 500, 1_000] {
            let mut dice = Dice::of(5, "schedule", count);
            let slots = slots(&mut dice, count, day("2024-09-01"), day("2026-03-04"), day("2026-04-03"));

            assert_eq!(slots.len(), count);
            for busy in ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"] {
                assert!(slots.iter().any(|slot| slot.day == day(busy)), "{count}: {busy} is empty");
            }
            assert!(slots.iter().all(|slot| slot.minute + slot.minutes < 22 * 60));
            assert!(slots.windows(2).all(|pair| pair[0].end() < pair[1].start()), "{count}: two at one time");
        }
    }
}
