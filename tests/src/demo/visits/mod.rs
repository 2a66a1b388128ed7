//! Visits: planned by the office, done by technicians, looked through by the office again.
//!
//! A visit is told to its end and then cut at now, so what is under way today stands in the middle of
//! its own story.

mod facts;
mod fate;

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_domain::records::{Visit, VisitAct, VisitEvent};
use halyard_domain::time::Instant;

use self::fate::Fate;
use super::calendar;
use super::dice::Dice;
use super::directories::reason;
use super::plan::{CardPlan, Course, ObjectPlan, Plan, VisitPlan};
use super::record::{DemoRecord, History, Pen, row_id};
use super::schedule;

/// Everything about one visit that its parts need.
pub(super) struct Scene<'a> {
    pub(super) plan: &'a Plan,
    pub(super) visit: VisitPlan,
    pub(super) card: &'a CardPlan,
    pub(super) object: &'a ObjectPlan,
    /// Who works on it.
    pub(super) worker: DocumentId,
    /// Who lends a hand.
    pub(super) helper: Option<DocumentId>,
    pub(super) fate: Fate,
}

/// A visit.
pub(super) fn visit(plan: &Plan, index: usize) -> Option<DemoRecord> {
    let visit = *plan.visits.get(index)?;
    let card = plan.cards.get(visit.card)?;
    let object = plan.objects.get(card.object)?;
    let mut dice = Dice::of(plan.seed, "visit", index);
    let fate = Fate::draw(plan, &visit, card, &mut dice);
    let worker = match fate {
        Fate::Declined => plan.technician(plan.colleague(visit.technician)),
        _ => plan.technician(visit.technician),
    };
    let helper = dice.chance(7).then(|| plan.technician(plan.colleague(visit.technician)));
    let helper = helper.filter(|helper| *helper != worker);
    let scene = Scene { plan, visit, card, object, worker, helper, fate };
    let mut history = scene.birth(&mut dice)?;
    if fate != Fate::Unplanned {
        scene.dispatch(&mut dice, &mut history);
        scene.course(&mut dice, &mut history);
    }
    Some(history.finish(plan.now, plan.coalesced()))
}

impl Scene<'_> {
    fn birth(&self, dice: &mut Dice) -> Option<History> {
        let (plan, slot) = (self.plan, self.visit.slot);
        let customer = plan.customers.get(self.object.customer)?;
        let planned = schedule::planned_at(&slot, plan.now);
        let mut pen = Pen::new(plan.dispatcher(self.visit.technician), planned);
        pen.set(&Visit::CARD, &Ref::to(self.card.id));
        pen.set(&Visit::CUSTOMER, &Ref::to(customer.id));
        pen.set(&Visit::EQUIPMENT, &Ref::to(self.object.id));
        pen.set(&Visit::SITE, &plan.site_row(self.object.customer, self.object.site));
        pen.set(&Visit::DURATION_MINUTES, &slot.minutes);
        if self.fate != Fate::Unplanned {
            if let Some(window) = slot.window() {
                pen.set(&Visit::WINDOW, &window);
            }
            let mut specialists = vec![Ref::to(plan.technician(self.visit.technician))];
            // Who helps is named too, or the visit would be out of their sight.
            specialists.extend(self.helper.map(Ref::to));
            pen.set(&Visit::SPECIALISTS, &specialists);
            if dice.chance(6) {
                pen.set(&Visit::PINNED, &true);
            }
        }
        if dice.chance(14) {
            pen.text(
                &Visit::INSTRUCTIONS,
                *dice.pick(&[
                    "Узяти драбину та подовжувач.",
                    "Замовник просить показати старі деталі.",
                    "Перевірити зауваження з минулого виїзду.",
                    "Погодити час зупинки обладнання телефоном.",
                    "Зробити фото шильдика та щита керування.",
                    "Передати черговому інструкцію з експлуатації.",
                ]),
            );
        }
        Some(History::of(self.visit.id, Kind::Visit, pen))
    }

    /// The evening before, the dispatcher sends the visit out.
    fn dispatch(&self, dice: &mut Dice, history: &mut History) {
        let plan = self.plan;
        let minute = 16 * 60 + dice.between(0, 90);
        let evening = calendar::at(calendar::shifted(self.visit.slot.day, -1), minute);
        let planned = schedule::planned_at(&self.visit.slot, plan.now);
        let sent = evening.max(calendar::later(planned, 3));
        let dispatcher = plan.dispatcher(self.visit.technician);
        let first = plan.technician(self.visit.technician);
        history.then(event(dice, dispatcher, sent, VisitAct::Dispatched, None, &[first]));
        let answered = calendar::later(sent, dice.between(10, 60));
        if self.fate == Fate::Declined {
            let why = reason(dice);
            history.then(event(dice, first, answered, VisitAct::Declined, Some(why), &[]));
            let again = calendar::later(answered, dice.between(5, 25));
            let mut pen = event(dice, dispatcher, again, VisitAct::Dispatched, None, &[self.worker]);
            pen.set(&Visit::SPECIALISTS, &vec![Ref::to(self.worker)]);
            history.then(pen);
            let taken = calendar::later(again, dice.between(3, 20));
            history.then(event(dice, self.worker, taken, VisitAct::Accepted, None, &[]));
        } else if self.fate != Fate::Cancelled || dice.chance(40) {
            history.then(event(dice, first, answered, VisitAct::Accepted, None, &[]));
        }
    }

    /// The day itself, and what the office did with it.
    fn course(&self, dice: &mut Dice, history: &mut History) {
        let dispatcher = self.plan.dispatcher(self.visit.technician);
        let start = self.visit.slot.start();
        match self.fate {
            Fate::Unplanned | Fate::Forgotten => {}
            Fate::Cancelled => {
                let at = calendar::later(start, -dice.between(30, 150));
                let why = self.cancelled_because(dice);
                history.then(event(dice, dispatcher, at, VisitAct::Cancelled, Some(why), &[]));
            }
            Fate::Cannot => {
                let at = self.arrive(dice, history);
                let why = reason(dice);
                let found = calendar::later(at, dice.between(10, 30));
                history.then(event(dice, self.worker, found, VisitAct::WorkStarted, None, &[]));
                let given_up = calendar::later(found, dice.between(5, 20));
                let mut pen = event(dice, self.worker, given_up, VisitAct::CannotComplete, Some(why), &[]);
                pen.text(&Visit::FINDINGS, facts::why_not(dice));
                history.then(pen);
                self.look_through(given_up, dice, history);
            }
            Fate::Done | Fate::Partly | Fate::Declined => {
                let at = self.arrive(dice, history);
                let finished = self.work(at, dice, history);
                self.look_through(finished, dice, history);
            }
        }
    }

    fn cancelled_because(&self, dice: &mut Dice) -> String {
        match self.card.course {
            Course::SuspendedOn(on) if self.visit.slot.day >= on => super::cards::SUSPENDED.to_owned(),
            Course::TerminatedOn(on) if self.visit.slot.day >= on => super::cards::TERMINATED.to_owned(),
            Course::Draft
            | Course::Once
            | Course::Running
            | Course::SuspendedOn(_)
            | Course::TerminatedOn(_)
            | Course::RenewedBy { .. } => reason(dice),
        }
    }

    /// The way there; gives the time of arrival.
    fn arrive(&self, dice: &mut Dice, history: &mut History) -> Instant {
        let start = self.visit.slot.start();
        let left = calendar::later(start, -dice.between(20, 45));
        history.then(event(dice, self.worker, left, VisitAct::TravelStarted, None, &[]));
        let there = calendar::later(start, dice.between(-6, 12));
        history.then(event(dice, self.worker, there, VisitAct::Arrived, None, &[]));
        there
    }

    /// The work itself; gives the time it was finished.
    fn work(&self, arrived: Instant, dice: &mut Dice, history: &mut History) -> Instant {
        let begun = calendar::later(arrived, dice.between(3, 12));
        history.then(event(dice, self.worker, begun, VisitAct::WorkStarted, None, &[]));
        let minutes = (self.visit.slot.minutes * dice.between(80, 115) / 100).max(20);
        let finished = calendar::later(begun, minutes);
        let lately = calendar::later(self.plan.now, -12);
        // Somebody is always waiting for something at this very moment.
        let is_waiting = self.visit.technician % 5 == 1 && begun < lately && self.plan.now < finished;
        if is_waiting || dice.chance(12) {
            let why = reason(dice);
            let paused = if is_waiting { lately } else { calendar::later(begun, minutes / 3) };
            history.then(event(dice, self.worker, paused, VisitAct::Paused, Some(why), &[]));
            let resumed = calendar::later(paused, minutes / 4);
            history.then(event(dice, self.worker, resumed, VisitAct::Resumed, None, &[]));
        }
        self.facts(begun, finished, dice, history);
        finished
    }

    /// The office reviews the next working day and closes some days later.
    fn look_through(&self, finished: Instant, dice: &mut Dice, history: &mut History) {
        let next = calendar::next_working(finished.local_date());
        let reviewed = calendar::at(next, 9 * 60 + dice.between(15, 180));
        let settled = calendar::shifted(next, dice.between(2, 9));
        let closed = calendar::at(settled, 14 * 60 + dice.between(0, 120));
        let facts_seen = i64::try_from(history.rows_of_others()).ok();
        for (at, what) in [(reviewed, VisitAct::Reviewed), (closed, VisitAct::Closed)] {
            let mut pen = Pen::new(self.plan.dispatcher(self.visit.technician), at);
            let event = VisitEvent { what: Some(what), facts_seen, ..VisitEvent::default() };
            pen.add(&Visit::EVENTS, row_id(dice, at), &event);
            history.then(pen);
        }
    }
}

/// Something that happened.
fn event(
    dice: &mut Dice,
    by: DocumentId,
    at: Instant,
    what: VisitAct,
    reason: Option<String>,
    specialists: &[DocumentId],
) -> Pen {
    let mut pen = Pen::new(by, at);
    let specialists = specialists.iter().map(|id| Ref::to(*id)).collect();
    pen.add(
        &Visit::EVENTS,
        row_id(dice, at),
        &VisitEvent { what: Some(what), reason, specialists, ..VisitEvent::default() },
    );
    pen
}
