//! Percent complete of a card and of a visit.
//!
//! Σ over planned works of min(done ÷ planned, 1) × hours ÷ Σ hours, where *done* is the sum of the
//! standing work rows of the same kind and unit. A work's `weight` multiplies its hours. Planned works
//! of the same kind and unit count as one. Without planned works it is completed ÷ planned visits.
//!
//! The inputs are plain, so the device and the office compute it from their tables alike. Arithmetic is
//! decimal and rounded once, half up, to whole hundredths of a percent; what is not all done never
//! rounds up to 100 %.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::id::{DocumentId, Ref};
use crate::record::Rows;
use crate::records::{Visit, WorkRow};
use crate::rules::{Outcome, VisitState, visit_state};

/// Hundredths of a percent: 10,000 is all of it.
pub const ALL: u16 = 10_000;

/// The kind of a work and the unit its volume is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkKey {
    /// The kind of work.
    pub work_kind: Option<DocumentId>,
    /// The unit.
    pub unit: Option<DocumentId>,
}

/// A planned work, as the percent sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// What.
    pub key: WorkKey,
    /// How much; without a volume any work row of the key means done.
    pub volume: Option<Decimal>,
    /// How many hours it is to take.
    pub hours: Option<Decimal>,
    /// How many times an hour counts; once when absent.
    pub weight: Option<Decimal>,
}

/// A work row, as the percent sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// What.
    pub key: WorkKey,
    /// How much.
    pub volume: Option<Decimal>,
}

/// A card's visits, as the percent sees them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct VisitCount {
    /// Those that are to take place or took place: neither cancelled nor made by mistake.
    pub planned: u32,
    /// Those of them whose work was completed.
    pub completed: u32,
}

/// Percent complete of a card, in hundredths of a percent from 0 to [`ALL`].
#[must_use]
pub fn card_percent(planned: &[Planned], done: &[Done], visits: VisitCount) -> u16 {
    if planned.is_empty() {
        return share(Decimal::from(visits.completed.min(visits.planned)), Decimal::from(visits.planned));
    }
    works_percent(planned, done)
}

/// Percent complete of a visit by its own work rows: of its own planned works, or else of the card's;
/// without any, whether it was completed.
#[must_use]
pub fn visit_percent(visit: &Visit, planned_on_card: &[Planned]) -> u16 {
    let own = planned_works(&visit.planned_works);
    let planned = if own.is_empty() { planned_on_card } else { own.as_slice() };
    let progress = visit_state(visit);
    let counts = progress.state != VisitState::Cancelled;
    let visits = VisitCount {
        planned: 1,
        completed: u32::from(counts && progress.outcome == Some(Outcome::Completed)),
    };
    card_percent(planned, &done_works(&visit.works), visits)
}

/// The planned works that count.
#[must_use]
pub fn planned_works(rows: &Rows<crate::records::PlannedWork>) -> Vec<Planned> {
    let planned = rows.standing().map(|row| Planned {
        key: key(row.value.work_kind, row.value.unit),
        volume: row.value.volume,
        hours: row.value.hours,
        weight: row.value.weight,
    });
    planned.collect()
}

/// The work rows that count.
#[must_use]
pub fn done_works(rows: &Rows<WorkRow>) -> Vec<Done> {
    let done = rows
        .standing()
        .map(|row| Done { key: key(row.value.work_kind, row.value.unit), volume: row.value.volume });
    done.collect()
}

fn key<A, B>(work_kind: Option<Ref<A>>, unit: Option<Ref<B>>) -> WorkKey {
    WorkKey { work_kind: work_kind.map(Ref::id), unit: unit.map(Ref::id) }
}

/// What stands against one key.
#[derive(Default)]
struct Sum {
    planned: Decimal,
    importance: Decimal,
    done: Decimal,
    rows: bool,
}

fn works_percent(planned: &[Planned], done: &[Done]) -> u16 {
    // Hours nobody planned cannot divide: every work then counts the same.
    let timed = planned.iter().any(|work| positive(work.hours) > Decimal::ZERO);
    let mut sums: BTreeMap<WorkKey, Sum> = BTreeMap::new();
    for work in planned {
        let hours = if timed { positive(work.hours) } else { Decimal::ONE };
        let weight = work.weight.map_or(Decimal::ONE, |weight| positive(Some(weight)));
        let sum = sums.entry(work.key).or_default();
        sum.planned = add(sum.planned, positive(work.volume));
        sum.importance = add(sum.importance, hours.checked_mul(weight).unwrap_or(Decimal::MAX));
    }
    for work in done {
        if let Some(sum) = sums.get_mut(&work.key) {
            sum.rows = true;
            sum.done = add(sum.done, positive(work.volume));
        }
    }
    let whole = sums.values().fold(Decimal::ZERO, |whole, sum| add(whole, sum.importance));
    let part = sums.values().fold(Decimal::ZERO, |part, sum| {
        add(part, sum.importance.checked_mul(sum.ratio()).unwrap_or(sum.importance))
    });
    let percent = share(part, whole);
    if sums.values().all(Sum::is_done) { percent } else { percent.min(ALL - 1) }
}

impl Sum {
    fn is_done(&self) -> bool {
        self.importance.is_zero() || self.ratio() == Decimal::ONE
    }

    fn ratio(&self) -> Decimal {
        if self.planned.is_zero() {
            return if self.rows { Decimal::ONE } else { Decimal::ZERO };
        }
        if self.done >= self.planned {
            return Decimal::ONE;
        }
        self.done.checked_div(self.planned).unwrap_or(Decimal::ZERO)
    }
}

/// Volumes and hours below nothing count as nothing.
fn positive(value: Option<Decimal>) -> Decimal {
    value.unwrap_or_default().max(Decimal::ZERO)
}

fn add(one: Decimal, other: Decimal) -> Decimal {
    one.checked_add(other).unwrap_or(Decimal::MAX)
}

fn share(part: Decimal, whole: Decimal) -> u16 {
    let ratio = part.checked_div(whole).unwrap_or_default().min(Decimal::ONE);
    let hundredths = ratio.checked_mul(Decimal::from(ALL)).unwrap_or_default();
    let rounded = hundredths.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    u16::try_from(rounded).unwrap_or(0)
}
