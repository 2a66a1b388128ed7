//! Service cards.

use chrono::NaiveDate;
use halyard_domain::id::Ref;
use halyard_domain::kind::Kind;
use halyard_domain::records::values::Periodicity;
use halyard_domain::records::{CardAct, CardEvent, PlannedWork, Priority, ServiceCard, ServiceType};
use rust_decimal::Decimal;

use super::calendar;
use super::dice::Dice;
use super::directories::hours;
use super::plan::{CardPlan, Course, Plan};
use super::record::{DemoRecord, History, Pen, row_id};

/// A card.
pub(super) fn card(plan: &Plan, index: usize) -> Option<DemoRecord> {
    let planned = plan.cards.get(index)?;
    let object = plan.objects.get(planned.object)?;
    let customer = plan.customers.get(object.customer)?;
    let mut dice = Dice::of(plan.seed, "card", index);
    let made = made_on(plan, planned);
    let dispatcher = plan.dispatcher(planned.technician);
    let mut pen = Pen::new(dispatcher, calendar::at(made, 9 * 60 + dice.between(0, 400)));
    pen.set(&ServiceCard::CUSTOMER, &Ref::to(customer.id));
    pen.set(&ServiceCard::EQUIPMENT, &Ref::to(object.id));
    pen.set(&ServiceCard::SERVICE_TYPE, &service_type(planned, made, object.installed, &mut dice));
    pen.set(&ServiceCard::PERIODICITY, &periodicity(planned));
    pen.set(&ServiceCard::RESPONSIBLE, &Ref::to(plan.technician(planned.technician)));
    pen.set(&ServiceCard::CREW, &vec![Ref::to(plan.technician(planned.technician))]);
    let region = plan.people.get(planned.technician).map_or(0, |person| person.region);
    if let Some(region) = plan.directories.region(region) {
        pen.set(&ServiceCard::REGION, &region);
    }
    pen.set(&ServiceCard::SKILLS, &plan.directories.skill(object.trade).into_iter().collect());
    let priority = dice.weighted(&[
        (10, Priority::Low),
        (70, Priority::Normal),
        (15, Priority::High),
        (5, Priority::Urgent),
    ]);
    pen.set(&ServiceCard::PRIORITY, &priority);
    if let Some(checklist) = plan.directories.checklist(object.trade) {
        pen.set(&ServiceCard::CHECKLIST, &checklist);
    }
    pen.set(&ServiceCard::SIGNATURE_REQUIRED, &dice.chance(70));
    planned_works(plan, index, planned, &mut dice, &mut pen);
    if dice.chance(25) {
        pen.text(
            &ServiceCard::NOTES,
            *dice.pick(&[
                "Роботи лише в узгоджений час, зупинку обладнання погоджувати за добу.",
                "Після робіт передати відеозапис перевірки головному інженеру.",
                "Запчастини понад дві тисячі гривень погоджувати окремо.",
                "Об'єкт критичний: виїзд протягом чотирьох годин.",
            ]),
        );
    }
    let mut history = History::of(planned.id, Kind::ServiceCard, pen);
    course(plan, planned, made, &mut dice, &mut history);
    Some(history.finish(plan.now, plan.coalesced()))
}

/// A card stands before its first visit is planned.
fn made_on(plan: &Plan, planned: &CardPlan) -> NaiveDate {
    let earliest = calendar::shifted(planned.first_visit, -26);
    match planned.course {
        Course::Draft => calendar::shifted(plan.today(), -3),
        Course::Once
        | Course::Running
        | Course::SuspendedOn(_)
        | Course::TerminatedOn(_)
        | Course::RenewedBy { .. } => earliest.min(calendar::shifted(plan.today(), -2)),
    }
}

fn service_type(planned: &CardPlan, made: NaiveDate, installed: NaiveDate, dice: &mut Dice) -> ServiceType {
    let is_new = (made - installed).num_days() < 365;
    match (planned.course, is_new) {
        (Course::Once, true) => ServiceType::Commissioning,
        (Course::Once, false) => ServiceType::OneOff,
        (_, true) => ServiceType::Warranty,
        (_, false) => dice.weighted(&[(70, ServiceType::Contract), (30, ServiceType::PostWarranty)]),
    }
}

/// The rhythm the visits have.
fn periodicity(planned: &CardPlan) -> Periodicity {
    if planned.course == Course::Once || planned.visits < 2 {
        return Periodicity::Once;
    }
    let gaps = i64::try_from(planned.visits - 1).unwrap_or(1);
    let rule = match (planned.last_visit - planned.first_visit).num_days() / gaps {
        ..=10 => "FREQ=WEEKLY",
        11..=21 => "FREQ=WEEKLY;INTERVAL=2",
        22..=45 => "FREQ=MONTHLY",
        46..=75 => "FREQ=MONTHLY;INTERVAL=2",
        76..=135 => "FREQ=MONTHLY;INTERVAL=3",
        136..=270 => "FREQ=MONTHLY;INTERVAL=6",
        271.. => "FREQ=YEARLY",
    };
    let end = match planned.course {
        Course::RenewedBy { on, .. } => Some(on),
        Course::Draft | Course::Once | Course::Running | Course::SuspendedOn(_) | Course::TerminatedOn(_) => {
            None
        }
    };
    Periodicity::Calendar { rule: rule.to_owned(), start: planned.first_visit, end }
}

/// The works of all its visits together.
fn planned_works(plan: &Plan, index: usize, planned: &CardPlan, dice: &mut Dice, pen: &mut Pen) {
    let trade = plan.objects.get(planned.object).map_or(0, |object| object.trade);
    let visits = i64::try_from(planned.visits.max(1)).unwrap_or(1);
    for (at, work, volume) in plan.works_of(index) {
        let row = PlannedWork {
            work_kind: plan.directories.work(trade, at),
            unit: plan.directories.unit(work.unit),
            volume: Some(Decimal::from(volume * visits)),
            hours: Some(hours(volume * visits * work.minutes)),
            weight: None,
        };
        let id = row_id(dice, pen.at);
        pen.add(&ServiceCard::PLANNED_WORKS, id, &row);
    }
}

fn course(plan: &Plan, planned: &CardPlan, made: NaiveDate, dice: &mut Dice, history: &mut History) {
    let dispatcher = plan.dispatcher(planned.technician);
    let mut happened = |day: NaiveDate, minute: i64, event: CardEvent| {
        let at = calendar::at(day, minute);
        let mut pen = Pen::new(dispatcher, at);
        pen.add(&ServiceCard::EVENTS, row_id(dice, at), &event);
        history.then(pen);
    };
    let act = |what: CardAct| CardEvent { what: Some(what), ..CardEvent::default() };
    let because = |what: CardAct, why: &str| CardEvent {
        what: Some(what),
        reason: Some(why.to_owned()),
        ..CardEvent::default()
    };
    if planned.course != Course::Draft {
        happened(calendar::shifted(made, 1), 10 * 60, act(CardAct::Activated));
    }
    match planned.course {
        Course::Draft | Course::Running => {}
        Course::Once => {
            let done = calendar::next_working(planned.last_visit);
            happened(calendar::shifted(done, 3), 15 * 60, act(CardAct::Completed));
            happened(calendar::shifted(done, 24), 11 * 60, act(CardAct::Closed));
        }
        Course::SuspendedOn(on) => happened(on, 12 * 60, because(CardAct::Suspended, SUSPENDED)),
        Course::TerminatedOn(on) => happened(on, 12 * 60, because(CardAct::Terminated, TERMINATED)),
        Course::RenewedBy { card, on } => {
            let next_card = plan.cards.get(card).map(|next| Ref::to(next.id));
            happened(on, 14 * 60, CardEvent { what: Some(CardAct::Renewed), reason: None, next_card });
        }
    }
}

/// Why the demo's cards are put on hold.
pub(super) const SUSPENDED: &str = "Об'єкт на ремонті, замовник просить паузу";
/// Why the demo's cards end before their time.
pub(super) const TERMINATED: &str = "Замовник переїхав";
