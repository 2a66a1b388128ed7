//! Who has what, and when it is visited: the demo company before its records are written out.
//!
//! A plan holds a few numbers for each record, so that the largest company fits into some tens of
//! megabytes and each record can then be made by itself. A technician has customers of one region; each
//! of his recurring cards is a *lane*, and his visits go round the lanes, which gives every card an even
//! rhythm.

use chrono::NaiveDate;
use halyard_domain::id::{DocumentId, RowId};
use halyard_domain::time::Instant;

use super::calendar;
use super::dice::Dice;
use super::directories::Directories;
use super::places::REGIONS;
use super::record::{document_id, row_id};
use super::schedule::{self, Slot};
use super::share::{Share, share};
use super::size::Counts;
use super::staff::{self, Person};
use super::trades::{TRADES, Trade, Work};

/// The whole company, planned.
pub(super) struct Plan {
    pub(super) seed: u64,
    pub(super) counts: Counts,
    pub(super) now: Instant,
    /// When the company's own records were made.
    pub(super) founded: Instant,
    pub(super) people: Vec<Person>,
    pub(super) teams: Vec<DocumentId>,
    pub(super) directories: Directories,
    pub(super) customers: Vec<CustomerPlan>,
    pub(super) objects: Vec<ObjectPlan>,
    pub(super) cards: Vec<CardPlan>,
    pub(super) visits: Vec<VisitPlan>,
}

/// A customer, planned.
pub(super) struct CustomerPlan {
    pub(super) id: DocumentId,
    pub(super) technician: usize,
    pub(super) town: usize,
    /// How many places it has equipment at.
    pub(super) sites: usize,
    pub(super) contacts: usize,
}

/// A piece of equipment, planned.
pub(super) struct ObjectPlan {
    pub(super) id: DocumentId,
    pub(super) customer: usize,
    pub(super) site: usize,
    pub(super) trade: usize,
    pub(super) installed: NaiveDate,
}

/// A card, planned.
pub(super) struct CardPlan {
    pub(super) id: DocumentId,
    pub(super) technician: usize,
    pub(super) object: usize,
    pub(super) course: Course,
    pub(super) first_visit: NaiveDate,
    pub(super) last_visit: NaiveDate,
    pub(super) visits: usize,
}

/// How a card goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    /// Nobody has put it into force yet.
    Draft,
    /// One visit.
    Once,
    /// Again and again.
    Running,
    /// Put on hold.
    SuspendedOn(NaiveDate),
    /// Ended before its time.
    TerminatedOn(NaiveDate),
    /// Prolonged by another card.
    RenewedBy { card: usize, on: NaiveDate },
}

/// A visit, planned.
#[derive(Debug, Clone, Copy)]
pub(super) struct VisitPlan {
    pub(super) id: DocumentId,
    pub(super) card: usize,
    pub(super) technician: usize,
    pub(super) slot: Slot,
}

/// How long the company's past is, in days: a year and a half.
const PAST_DAYS: i64 = 548;
/// How far ahead it plans, in days.
const AHEAD_DAYS: i64 = 30;

impl Plan {
    pub(super) fn new(seed: u64, counts: Counts, now: Instant) -> Self {
        let today = now.local_date();
        let start = calendar::shifted(today, -PAST_DAYS);
        let founded = calendar::at(calendar::shifted(start, -30), 10 * 60);
        let people = staff::people(seed, counts, founded);
        let administrator = people.last().map_or(DocumentId::made_by_rule("demo"), |person| person.document);
        let mut plan = Self {
            seed,
            counts,
            now,
            founded,
            people,
            teams: staff::team_ids(seed, counts, founded),
            directories: Directories::make(seed, administrator, founded),
            customers: Vec::new(),
            objects: Vec::new(),
            cards: Vec::new(),
            visits: Vec::new(),
        };
        plan.customers = (0..counts.customers).map(|index| plan.customer_plan(index)).collect();
        plan.objects = (0..counts.objects).map(|index| plan.object_plan(index)).collect();
        let of_technician = plan.objects_by_technician();
        let end = calendar::shifted(today, AHEAD_DAYS);
        for technician in 0..counts.technicians {
            let visits = share(counts.visits, counts.technicians, technician);
            let mut dice = Dice::of(seed, "schedule", technician);
            let slots = schedule::slots(&mut dice, visits, start, today, end);
            let objects = of_technician.get(technician).map_or(&[][..], Vec::as_slice);
            plan.hand_out(technician, objects, &slots);
        }
        plan
    }

    /// The day the demo is made for.
    pub(super) fn today(&self) -> NaiveDate {
        self.now.local_date()
    }

    /// What lies further back is kept with few changes: people no longer ask for each step of it.
    pub(super) fn coalesced(&self) -> Instant {
        calendar::at(calendar::shifted(self.today(), -45), 0)
    }

    pub(super) fn administrator(&self) -> DocumentId {
        self.people.last().map_or(self.directories.industry, |person| person.document)
    }

    /// The dispatcher who plans for a technician.
    pub(super) fn dispatcher(&self, technician: usize) -> DocumentId {
        let at = self.counts.technicians + technician % self.counts.dispatchers.max(1);
        self.people.get(at).map_or_else(|| self.administrator(), |person| person.document)
    }

    pub(super) fn technician(&self, technician: usize) -> DocumentId {
        let at = technician % self.counts.technicians.max(1);
        self.people.get(at).map_or_else(|| self.administrator(), |person| person.document)
    }

    /// A colleague of the same region, or whoever is next.
    pub(super) fn colleague(&self, technician: usize) -> usize {
        let step = if self.counts.technicians > REGIONS.len() { REGIONS.len() } else { 1 };
        (technician + step) % self.counts.technicians.max(1)
    }

    /// The row of a customer's place with equipment.
    pub(super) fn site_row(&self, customer: usize, site: usize) -> RowId {
        row_id(&mut Dice::of(self.seed, "site", customer * 8 + site), self.founded)
    }

    /// The row of a customer's contact person.
    pub(super) fn contact_row(&self, customer: usize, contact: usize) -> RowId {
        row_id(&mut Dice::of(self.seed, "contact", customer * 8 + contact), self.founded)
    }

    /// The row of a piece of equipment's meter.
    pub(super) fn meter_row(&self, object: usize) -> RowId {
        row_id(&mut Dice::of(self.seed, "meter", object), self.founded)
    }

    pub(super) fn trade_of(&self, object: usize) -> &'static Trade {
        let trade = self.objects.get(object).map_or(0, |object| object.trade);
        TRADES.get(trade).copied().unwrap_or(TRADES[0])
    }

    /// The works of a card: their place in the trade, and how much of each a visit does.
    pub(super) fn works_of(&self, card: usize) -> Vec<(usize, &'static Work, i64)> {
        let Some(object) = self.cards.get(card).map(|card| card.object) else { return Vec::new() };
        let mut dice = Dice::of(self.seed, "works", card);
        let works = self.trade_of(object).works;
        let wanted = usize::try_from(dice.between(2, 4)).unwrap_or(2);
        let chosen = dice.some_below(works.len(), wanted);
        let work =
            |at: usize| works.get(at).map(|work| (at, work, dice.between(work.volume.0, work.volume.1)));
        chosen.into_iter().filter_map(work).collect()
    }

    fn customer_plan(&self, index: usize) -> CustomerPlan {
        let mut dice = Dice::of(self.seed, "customer plan", index);
        let technician = index % self.counts.technicians.max(1);
        let region = self.people.get(technician).map_or(0, |person| person.region);
        let towns = REGIONS.get(region).map_or(1, |region| region.towns.len());
        CustomerPlan {
            id: document_id(&mut dice, self.founded),
            technician,
            // Half of the customers are in the region's first town.
            town: if dice.chance(50) { 0 } else { dice.below(towns) },
            sites: dice.weighted(&[(70, 1), (22, 2), (8, 3)]),
            contacts: dice.weighted(&[(30, 1), (40, 2), (20, 3), (10, 4)]),
        }
    }

    fn object_plan(&self, index: usize) -> ObjectPlan {
        let mut dice = Dice::of(self.seed, "object plan", index);
        let count = self.customers.len().max(1);
        // Everybody has one; the rest go to the larger customers, the first ones of the list.
        let customer = if index < count { index } else { dice.below(count).min(dice.below(count)) };
        let (technician, sites) = self.customers.get(customer).map_or((0, 1), |c| (c.technician, c.sites));
        let trades = self.people.get(technician).map_or(&[][..], |person| person.trades.as_slice());
        let trade = if trades.is_empty() { 0 } else { *dice.pick(trades) };
        let age_days = dice.between(60, 2_600);
        ObjectPlan {
            id: document_id(&mut dice, calendar::later(self.founded, 60)),
            customer,
            site: dice.below(sites),
            trade,
            installed: calendar::shifted(self.founded.local_date(), 40 - age_days),
        }
    }

    fn objects_by_technician(&self) -> Vec<Vec<usize>> {
        let mut of_technician = vec![Vec::new(); self.counts.technicians];
        for (index, object) in self.objects.iter().enumerate() {
            let technician = self.customers.get(object.customer).map_or(0, |customer| customer.technician);
            if let Some(objects) = of_technician.get_mut(technician) {
                objects.push(index);
            }
        }
        of_technician
    }

    /// Makes a technician's cards and gives each its visits.
    fn hand_out(&mut self, technician: usize, objects: &[usize], slots: &[Slot]) {
        let cards = share(self.counts.cards, self.counts.technicians, technician);
        let share = Share::of(technician, cards);
        let first_card = self.cards.len();
        for place in 0..cards {
            let mut dice = Dice::of(self.seed, "card plan", first_card + place);
            let object = objects.get(share.object_place(place) % objects.len().max(1)).copied().unwrap_or(0);
            self.cards.push(CardPlan {
                id: document_id(&mut dice, calendar::later(self.founded, 120)),
                technician,
                object,
                course: share.course(place, first_card, self.today(), &mut dice),
                first_visit: self.today(),
                last_visit: self.today(),
                visits: 0,
            });
        }
        let mut lane = 0;
        for (at, slot) in slots.iter().enumerate() {
            let place = share.once_at(at, slots.len()).unwrap_or_else(|| {
                lane += 1;
                (lane - 1) % share.lanes.max(1)
            });
            let card = self.card_on(first_card, place, &share, slot.day);
            if let Some(plan) = self.cards.get_mut(card) {
                plan.first_visit = if plan.visits == 0 { slot.day } else { plan.first_visit };
                plan.last_visit = slot.day;
                plan.visits += 1;
            }
            let mut dice = Dice::of(self.seed, "visit plan", self.visits.len());
            let planned = schedule::planned_at(slot, self.now);
            self.visits.push(VisitPlan {
                id: document_id(&mut dice, planned),
                card,
                technician,
                slot: *slot,
            });
        }
    }

    /// The card a lane's visit belongs to: until the renewal the old one.
    fn card_on(&self, first_card: usize, place: usize, share: &Share, day: NaiveDate) -> usize {
        let old = share.renewed_place(place).map(|place| first_card + place);
        let is_before = |card: usize| matches!(self.cards.get(card).map(|c| c.course), Some(Course::RenewedBy { on, .. }) if day < on);
        old.filter(|card| is_before(*card)).unwrap_or(first_card + place)
    }
}
