//! «Сьогодні»: a person's day in order, what it lacks, and the days around it.

use chrono::{Datelike, Days, NaiveDate};
use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_domain::money::canonical_decimal;
use halyard_domain::record::Record;
use halyard_domain::records::{Checklist, Equipment, ServiceCard, Visit, VisitAct};
use halyard_domain::rules::{
    Attention, Outcome, VisitState, attention, field_steps, is_overdue, visit_state,
};
use halyard_domain::time::{Instant, TimeWindow};
use halyard_domain::value::Scalar;
use halyard_tables::list::{Direction, Filter, ListQuery, ListRow, SortKey};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::device::Device;
use crate::error::DeviceError;
use crate::screens::ScreenError;
use crate::screens::lines::{choice, instant};
use crate::screens::names::{Linked, Names};
use crate::screens::places::{AddressView, ContactView, Places, metres_between};
use crate::screens::record::{Subject, typed_at};
use crate::screens::visit::{EquipmentBrief, brief};
use crate::screens::way::{Phase, Way};
use crate::screens::works::sum;
use crate::sync_names::Standing;

/// So many visits of a day, and of those without a time, are shown.
const SHOWN: usize = 60;
/// What is read of a visit of the week.
const WEEK_COLUMNS: [&str; 6] =
    ["window_start", "window_start_offset", "window_end", "window_end_offset", "state", "customer"];
/// A window may be written down at another offset than this device has now; so much wider is looked.
const OTHER_OFFSETS_S: i64 = 15 * 3600;

/// Asks for a day.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DayAsked {
    /// The day, `YYYY-MM-DD`; absent for today.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, type = "string"))]
    pub date: Option<NaiveDate>,
}

/// A person's day.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Today {
    /// The day shown.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub date: NaiveDate,
    /// Now, by this device's clock.
    pub as_of: Instant,
    /// When everything was in step with the office last, Unix milliseconds by the relay's clock.
    pub last_full_sync_ms: Option<i64>,
    /// The visits of the day, in order.
    pub visits: Vec<DayVisit>,
    /// Open visits of earlier days, latest first.
    pub overdue: Vec<DayVisit>,
    /// Open visits that have no time yet.
    pub unplanned: Vec<DayVisit>,
    /// The seven days of the week the day is in, Monday first.
    pub week: Vec<DayBrief>,
    /// The next day with visits, when there is one within a month.
    pub next_day: Option<DayBrief>,
}

/// A visit of a day.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DayVisit {
    /// The visit.
    pub link: Linked,
    /// The state.
    pub state: VisitState,
    /// How the work ended, once it has.
    pub outcome: Option<Outcome>,
    /// Whether it is still open after its time.
    pub is_overdue: bool,
    /// Where its newest own work is.
    pub standing: Standing,
    /// When it is planned.
    pub window: Option<TimeWindow>,
    /// How far this person is on their way.
    pub way: Way,
    /// The same in a word.
    pub phase: Phase,
    /// How long the work is to take, in minutes.
    pub duration_minutes: Option<i64>,
    /// For whom.
    pub customer: Option<Linked>,
    /// Where.
    pub address: Option<AddressView>,
    /// Metres from the visit before in the list, as the crow flies; absent without both places.
    pub way_m: Option<u32>,
    /// Whom to call.
    pub contact: Option<ContactView>,
    /// The phones of the customer itself.
    pub customer_phones: Vec<String>,
    /// The object.
    pub equipment: Option<EquipmentBrief>,
    /// The card.
    pub card: Option<Linked>,
    /// What the office says.
    pub instructions: String,
    /// How many kinds of work are planned.
    pub planned_works: usize,
    /// How many hours they are to take, a canonical decimal.
    pub planned_hours: String,
    /// How many questions the checklist has.
    pub checklist_items: usize,
    /// The next step of this person's way: the button of the card.
    pub next: Option<VisitAct>,
    /// What is missing to be ready for it.
    pub missing: Vec<Unready>,
    /// How many items somebody should look at.
    pub attention: usize,
}

/// What is missing to be ready for a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Unready {
    /// The specialist has not accepted it.
    Acceptance,
    /// Nobody says for whom, or the customer is not on this device.
    Customer,
    /// There is no address to go to.
    Address,
    /// There is nobody to call before coming.
    Phone,
    /// Nobody says which object, or it is not on this device.
    Equipment,
    /// The checklist its card names is not on this device.
    Checklist,
    /// Its time or people wait for a decision.
    Decision,
    /// The address says how to get in: a pass, keys.
    AccessToArrange,
}

/// A day of the week.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DayBrief {
    /// The day.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub date: NaiveDate,
    /// How many visits.
    pub visits: usize,
    /// How many of them are over.
    pub done: usize,
    /// When the first that begins on this day does; absent when all go on from an earlier one.
    pub first_start: Option<Instant>,
    /// The customer of that one, or of the first that goes on from an earlier day when none begins.
    pub first_customer: Option<Linked>,
}

/// A visit of the week, as its row says.
struct WeekRow {
    document: DocumentId,
    start: Instant,
    end: Option<Instant>,
    state: Option<VisitState>,
    customer: Option<DocumentId>,
}

impl WeekRow {
    fn begins_on(&self, date: NaiveDate) -> bool {
        self.start.local_date() == date
    }

    /// Whether it begins on `date`, or goes on over the midnight before it, by the offset of `now`.
    fn is_of(&self, date: NaiveDate, now: Instant) -> bool {
        let goes_on = || {
            let ends = self.end.zip(midnight(date, now));
            ends.is_some_and(|(end, before)| end.unix_seconds() > before.unix_seconds())
        };
        self.begins_on(date) || (self.start.local_date() < date && goes_on())
    }
}

/// A person's day: the visits of whoever this device belongs to.
///
/// # Errors
/// When the device is not enrolled or cannot be read.
pub fn today(app: &App, asked: &DayAsked) -> Result<Today, ScreenError> {
    let device = app.device();
    let me = device.employee()?;
    let now = device.surroundings.now();
    let date = asked.date.unwrap_or_else(|| now.local_date());
    let monday = date - Days::new(u64::from(date.weekday().num_days_from_monday()));
    let week = rows_between(device, me, monday, monday + Days::new(7), now)?;
    let before = midnight(date, now).map_or(0, Instant::unix_seconds);
    let of_day = week.iter().filter(|row| row.is_of(date, now)).map(|row| row.document);
    let overdue = open_visits(
        device,
        me,
        Filter::Between { column: "window_end".to_owned(), from: None, to: Some(Scalar::Int(before)) },
    )?;
    let unplanned = open_visits(device, me, Filter::IsEmpty { column: "window_start".to_owned() })?;
    Ok(Today {
        visits: day_visits(device, of_day.take(SHOWN).collect(), me, now)?,
        overdue: day_visits(device, overdue, me, now)?,
        unplanned: day_visits(device, unplanned, me, now)?,
        week: days_view(device, monday, 7, &week, now)?,
        next_day: next_day(device, me, date, now)?,
        last_full_sync_ms: device.status()?.last_full_sync_ms,
        date,
        as_of: now,
    })
}

/// The first day after `date` with visits, within a month.
fn next_day(
    device: &Device,
    me: DocumentId,
    date: NaiveDate,
    now: Instant,
) -> Result<Option<DayBrief>, DeviceError> {
    let rows = rows_between(device, me, date, date + Days::new(32), now)?;
    let mut days = date.iter_days().skip(1).take(31);
    let Some(next) = days.find(|day| rows.iter().any(|row| row.is_of(*day, now))) else {
        return Ok(None);
    };
    Ok(days_view(device, next, 1, &rows, now)?.pop())
}

/// The person's visits that fall on any part of the time from one midnight to another and a little around,
/// in order: one over several days may have begun long before.
fn rows_between(
    device: &Device,
    me: DocumentId,
    from: NaiveDate,
    to: NaiveDate,
    now: Instant,
) -> Result<Vec<WeekRow>, DeviceError> {
    let bound = |date: NaiveDate, wider: i64| {
        Some(Scalar::Int(midnight(date, now)?.unix_seconds().saturating_add(wider)))
    };
    let query = ListQuery {
        filters: vec![
            mine(me),
            Filter::Between { column: "window_start".to_owned(), from: None, to: bound(to, OTHER_OFFSETS_S) },
            Filter::Between {
                column: "window_end".to_owned(),
                from: bound(from, -OTHER_OFFSETS_S),
                to: None,
            },
        ],
        sort: vec![SortKey::new("window_start", Direction::Ascending)],
        ..ListQuery::of(Kind::Visit, &WEEK_COLUMNS, 1_000)
    };
    let row = |row: ListRow| {
        let [start, offset, end, end_offset, state, customer] = row.cells.as_slice() else { return None };
        Some(WeekRow {
            document: row.document,
            start: instant(start, offset)?,
            end: instant(end, end_offset),
            state: choice(state),
            customer: customer.document(),
        })
    };
    Ok(device.list(&query)?.rows.into_iter().filter_map(row).collect())
}

fn open_visits(device: &Device, me: DocumentId, when: Filter) -> Result<Vec<DocumentId>, DeviceError> {
    let open = VisitState::ALL.iter().filter(|state| state.is_open());
    let query = ListQuery {
        filters: vec![
            mine(me),
            when,
            Filter::State { states: open.map(|state| state.name().to_owned()).collect() },
        ],
        ..ListQuery::of(Kind::Visit, &[], 20)
    };
    Ok(device.list(&query)?.rows.into_iter().map(|row| row.document).collect())
}

fn mine(me: DocumentId) -> Filter {
    Filter::Includes { field: Visit::SPECIALISTS.name.to_owned(), value: Scalar::Text(me.to_string()) }
}

/// Midnight of a day, at the offset this device has now.
fn midnight(date: NaiveDate, now: Instant) -> Option<Instant> {
    let utc = date.and_hms_opt(0, 0, 0)?.and_utc().timestamp();
    Instant::new(utc - i64::from(now.offset_minutes()) * 60, now.offset_minutes()).ok()
}

/// `count` days since `first`, each with the visits that fall on it.
fn days_view(
    device: &Device,
    first: NaiveDate,
    count: usize,
    rows: &[WeekRow],
    now: Instant,
) -> Result<Vec<DayBrief>, DeviceError> {
    let of = |date: NaiveDate| rows.iter().filter(move |row| row.is_of(date, now));
    let days: Vec<(NaiveDate, Vec<&WeekRow>)> =
        first.iter_days().take(count).map(|date| (date, of(date).collect())).collect();
    let shown = days.iter().flat_map(|(_, visits)| visits.iter().filter_map(|row| row.customer));
    let names = Names::that_stay(device, shown)?;
    let brief = |(date, visits): &(NaiveDate, Vec<&WeekRow>)| {
        let begins = visits.iter().find(|row| row.begins_on(*date));
        let named = begins.or(visits.first());
        DayBrief {
            date: *date,
            visits: visits.len(),
            done: visits.iter().filter(|row| row.state.is_some_and(|state| !state.is_open())).count(),
            first_start: begins.map(|row| row.start),
            first_customer: named.and_then(|row| row.customer).map(|id| names.link(id)),
        }
    };
    Ok(days.iter().map(brief).collect())
}

/// The visits of a list, each opened, in the order given.
fn day_visits(
    device: &Device,
    ids: Vec<DocumentId>,
    me: DocumentId,
    now: Instant,
) -> Result<Vec<DayVisit>, ScreenError> {
    let mut opened = Vec::with_capacity(ids.len());
    for id in ids {
        match Subject::open(device, id, Some(Kind::Visit), None) {
            Ok(subject) => {
                let visit = Visit::read(&subject.reading);
                opened.push((subject, visit));
            }
            // Set aside: the next sync brings it anew, and the day is shown without it.
            Err(ScreenError::CannotOpen { document }) => {
                tracing::warn!(document.id = %document, "left out of the day");
            }
            Err(error) => return Err(error),
        }
    }
    let customers: Vec<DocumentId> =
        opened.iter().filter_map(|(_, visit)| visit.customer.map(Ref::id)).collect();
    let places = Places::of(device, &customers)?;
    let named = opened.iter().flat_map(|(subject, visit)| {
        let links = [visit.customer.map(Ref::id), visit.equipment.map(Ref::id), visit.card.map(Ref::id)];
        links.into_iter().flatten().chain([subject.document]).collect::<Vec<_>>()
    });
    let names = Names::that_stay(device, named)?;
    let shown = Shown { device, places, names, me, now };
    let visits = opened.iter().map(|(subject, visit)| shown.visit(subject, visit));
    let mut visits = visits.collect::<Result<Vec<DayVisit>, _>>()?;
    let places: Vec<_> = visits.iter().map(|visit| visit.address.as_ref()?.coordinates).collect();
    for (visit, ends) in visits.iter_mut().skip(1).zip(places.windows(2)) {
        if let &[Some(from), Some(to)] = ends {
            visit.way_m = Some(metres_between(from, to));
        }
    }
    Ok(visits)
}

/// What the visits of a day are shown with.
struct Shown<'a> {
    device: &'a Device,
    places: Places,
    names: Names,
    me: DocumentId,
    now: Instant,
}

impl Shown<'_> {
    fn visit(&self, subject: &Subject, visit: &Visit) -> Result<DayVisit, ScreenError> {
        let equipment = typed_at::<Equipment>(self.device, visit.equipment.map(Ref::id))?;
        let card = typed_at::<ServiceCard>(self.device, visit.card.map(Ref::id))?;
        let template = card.as_ref().and_then(|card| card.checklist).map(Ref::id);
        let checklist = typed_at::<Checklist>(self.device, template)?;
        let customer = visit.customer.map(Ref::id);
        let site = visit.site.or(equipment.as_ref().and_then(|one| one.site));
        let progress = visit_state(visit);
        let own = visit.planned_works.standing().next().is_some();
        let planned = card.as_ref().filter(|_| !own).map_or(&visit.planned_works, |card| &card.planned_works);
        let hours = sum(planned.standing().filter_map(|row| row.value.hours));
        let steps = field_steps(visit, self.me);
        let way = Way::of(visit, self.me);
        let mut shown = DayVisit {
            link: self.names.link(subject.document),
            state: progress.state,
            outcome: progress.outcome,
            is_overdue: is_overdue(progress.state, visit.window, self.now),
            standing: subject.standing,
            window: visit.window,
            phase: Phase::of(progress.state, &way, steps.next),
            way,
            duration_minutes: visit.duration_minutes,
            customer: self.names.linked(visit.customer),
            address: customer.and_then(|id| self.places.address(id, site)),
            way_m: None,
            contact: customer.and_then(|id| self.places.contact(id)),
            customer_phones: customer.map(|id| self.places.phones(id)).unwrap_or_default(),
            equipment: visit
                .equipment
                .map(|one| brief(self.names.link(one.id()), equipment.as_ref(), self.now)),
            card: self.names.linked(visit.card),
            instructions: visit.instructions.0.clone(),
            planned_works: planned.standing().count(),
            planned_hours: canonical_decimal(hours),
            checklist_items: checklist.as_ref().map_or(0, |one| one.items.standing().count()),
            next: steps.next,
            missing: Vec::new(),
            attention: attention(&subject.reading).len(),
        };
        if progress.state.is_open() {
            shown.missing =
                unready(&shown, &steps.others, template.is_some() && checklist.is_none(), subject);
        }
        Ok(shown)
    }
}

fn unready(shown: &DayVisit, others: &[VisitAct], no_checklist: bool, subject: &Subject) -> Vec<Unready> {
    let here = |link: &Option<Linked>| link.as_ref().is_some_and(|link| link.kind.is_some());
    let phones = shown.contact.as_ref().is_some_and(|one| !one.phones.is_empty());
    let phones = phones || !shown.customer_phones.is_empty();
    let equipment = shown.equipment.as_ref().is_some_and(|one| one.link.kind.is_some());
    let undecided =
        attention(&subject.reading).iter().any(|one| matches!(one, Attention::NeedsDecision { .. }));
    let access = shown.address.as_ref().is_some_and(|one| one.access_notes.is_some());
    // Who is there has found the place and got in.
    let there = shown.way.arrived.is_some();
    let checks = [
        (others.contains(&VisitAct::Accepted), Unready::Acceptance),
        (!here(&shown.customer), Unready::Customer),
        (!there && shown.address.is_none(), Unready::Address),
        (!there && !phones, Unready::Phone),
        (!equipment, Unready::Equipment),
        (no_checklist, Unready::Checklist),
        (undecided, Unready::Decision),
        (!there && access, Unready::AccessToArrange),
    ];
    checks.into_iter().filter(|(lacks, _)| *lacks).map(|(_, what)| what).collect()
}
