//! A demo company, made from a seed: people, customers, equipment, cards, visits and complaints.
//!
//! Equal seeds, sizes and times give equal records, byte for byte, on every machine. Records come one at
//! a time in an order in which links point backwards, except that a team names its leader before the
//! employees come and that everything names its author. Nothing here knows a store or a relay: whoever
//! takes the records writes them like any other work. The company, its customers and its people are
//! invented; their codes and phones are well formed and given to nobody.

mod calendar;
mod cards;
mod complaints;
mod customer_names;
mod customers;
mod dice;
mod directories;
mod identifiers;
mod load;
mod names;
mod objects;
mod phrases;
mod places;
mod plan;
mod record;
mod schedule;
mod share;
mod size;
mod staff;
mod trades;
mod visits;

#[cfg(test)]
mod tests;

use halyard_domain::time::Instant;

use self::plan::Plan;

pub use self::load::Loader;
pub use self::record::{DemoRecord, LaterEdit};
pub use self::size::{Counts, Size, UnknownSize};
pub use self::staff::{Person, Post};

/// What a new company's relay makes beside the company itself: the shipped roles and the administrator.
const MADE_BY_THE_RELAY: usize = 4;

/// A demo company.
pub struct Demo {
    plan: Plan,
}

impl Demo {
    /// Plans a company as it stands at `now`.
    #[must_use]
    pub fn new(seed: u64, size: Size, now: Instant) -> Self {
        Self::of(seed, size.counts(), now)
    }

    /// Plans a company with so many records of each kind.
    #[must_use]
    pub fn of(seed: u64, counts: Counts, now: Instant) -> Self {
        Self { plan: Plan::new(seed, counts, now) }
    }

    /// Plans a company in the proportions of the large one that fills a relay with exactly `records`
    /// records, those the relay itself makes included. `None` when its directories alone are more.
    #[must_use]
    pub fn filling(seed: u64, records: usize, now: Instant) -> Option<Self> {
        let counts = Counts::before_visits(records);
        let others = Self::of(seed, counts, now).total() + MADE_BY_THE_RELAY;
        let visits = records.checked_sub(others).filter(|visits| *visits > 0)?;
        Some(Self::of(seed, Counts { visits, ..counts }, now))
    }

    /// Everybody who works there, technicians first. Who holds which role is the accounts' business, so
    /// it is told here and not in a record.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.plan.people
    }

    /// How many records there are, for showing progress.
    #[must_use]
    pub fn total(&self) -> usize {
        let counts = self.plan.counts;
        let own = 1 + self.plan.directories.records.len() + self.plan.teams.len() + self.plan.people.len();
        own + counts.customers + counts.objects + counts.cards + counts.visits + counts.complaints
    }

    /// Every record, those that others link to first.
    pub fn records(&self) -> impl Iterator<Item = DemoRecord> + '_ {
        let plan = &self.plan;
        let counts = plan.counts;
        plan.directories
            .records
            .iter()
            .cloned()
            .chain(std::iter::once_with(|| staff::company(plan)))
            .chain((0..plan.teams.len()).filter_map(|index| staff::team(plan, index)))
            .chain((0..plan.people.len()).filter_map(|index| staff::employee(plan, index)))
            .chain((0..counts.customers).filter_map(|index| customers::customer(plan, index)))
            .chain((0..counts.objects).filter_map(|index| objects::object(plan, index)))
            .chain((0..counts.cards).filter_map(|index| cards::card(plan, index)))
            .chain((0..counts.visits).filter_map(|index| visits::visit(plan, index)))
            .chain((0..counts.complaints).filter_map(|index| complaints::complaint(plan, index)))
    }
}
