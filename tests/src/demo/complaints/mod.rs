//! Complaints: from the first word to the customer's answer, in every state on the way.

mod steps;

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_domain::records::{Channel, Complaint, ComplaintAct, ComplaintKind, Severity};
use halyard_domain::time::Instant;

use super::calendar;
use super::dice::Dice;
use super::objects;
use super::phrases::filled;
use super::plan::{Plan, VisitPlan};
use super::record::{DemoRecord, History, Pen, document_id};
use super::trades::{ANY_TROUBLE, Cause, Trouble};

/// How far a complaint has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Registered,
    Accepted,
    Analysis,
    Action,
    Verification,
    Answered,
    Closed,
    Reopened,
    Rejected,
}

/// The first complaints go through every stage, so that the smallest company shows all of them.
const EVERY_STAGE: [Stage; 9] = [
    Stage::Closed,
    Stage::Registered,
    Stage::Analysis,
    Stage::Action,
    Stage::Verification,
    Stage::Answered,
    Stage::Rejected,
    Stage::Reopened,
    Stage::Accepted,
];

struct Case<'a> {
    plan: &'a Plan,
    visit: &'a VisitPlan,
    trouble: &'static Trouble,
    stage: Stage,
    /// The dispatcher who answers for it.
    responsible: DocumentId,
    received: Instant,
}

/// A complaint.
pub(super) fn complaint(plan: &Plan, index: usize) -> Option<DemoRecord> {
    let mut dice = Dice::of(plan.seed, "complaint", index);
    let stage = EVERY_STAGE.get(index).copied().unwrap_or_else(|| {
        dice.weighted(&[
            (66, Stage::Closed),
            (5, Stage::Registered),
            (4, Stage::Accepted),
            (4, Stage::Analysis),
            (5, Stage::Action),
            (4, Stage::Verification),
            (4, Stage::Answered),
            (3, Stage::Reopened),
            (5, Stage::Rejected),
        ])
    });
    let visit = plan.visits.get(visit_for(plan, stage, &mut dice))?;
    let card = plan.cards.get(visit.card)?;
    let trade = plan.trade_of(card.object);
    let trouble = if dice.chance(75) { dice.pick(trade.troubles) } else { dice.pick(ANY_TROUBLE) };
    let case = Case {
        plan,
        visit,
        trouble,
        stage,
        responsible: plan.dispatcher(visit.technician),
        received: received(plan, visit, &mut dice),
    };
    let id = document_id(&mut Dice::of(plan.seed, "complaint id", index), case.received);
    let mut history = case.birth(id, &mut dice)?;
    case.course(&mut dice, &mut history);
    // What is still open today is told only as far as it has come.
    Some(history.finish(plan.now, plan.coalesced()))
}

/// Settled complaints are about any visit of the past, open ones about a visit of the last weeks.
fn visit_for(plan: &Plan, stage: Stage, dice: &mut Dice) -> usize {
    let days = match stage {
        Stage::Registered => (1, 2),
        Stage::Accepted | Stage::Analysis => (3, 9),
        Stage::Action | Stage::Verification => (8, 20),
        Stage::Answered | Stage::Reopened => (18, 32),
        Stage::Closed | Stage::Rejected => (40, 500),
    };
    let wanted = calendar::shifted(plan.today(), -dice.between(days.0, days.1));
    let technician = dice.below(plan.counts.technicians);
    // Visits lie technician by technician, each in the order of time.
    let first = plan.visits.partition_point(|visit| visit.technician < technician);
    let last = plan.visits.partition_point(|visit| visit.technician <= technician);
    let own = plan.visits.get(first..last).unwrap_or_default();
    let before = own.partition_point(|visit| visit.slot.day <= wanted);
    first + before.saturating_sub(1)
}

/// In office hours of the day after the visit, or today in the morning.
fn received(plan: &Plan, visit: &VisitPlan, dice: &mut Dice) -> Instant {
    let next = calendar::next_working(visit.slot.day);
    let at = calendar::at(next, 9 * 60 + dice.between(0, 480));
    if at < plan.now { at } else { calendar::later(plan.now, -dice.between(20, 200)) }
}

impl Case<'_> {
    fn birth(&self, id: DocumentId, dice: &mut Dice) -> Option<History> {
        let plan = self.plan;
        let card = plan.cards.get(self.visit.card)?;
        let object = plan.objects.get(card.object)?;
        let customer = plan.customers.get(object.customer)?;
        let from_field = dice.chance(25);
        let author = if from_field { plan.technician(self.visit.technician) } else { self.responsible };
        let channel = match from_field {
            true => Channel::OnSite,
            false => dice.weighted(&[
                (60, Channel::Phone),
                (25, Channel::Email),
                (10, Channel::Message),
                (5, Channel::Website),
            ]),
        };
        let mut pen = Pen::new(author, self.received);
        pen.set(&Complaint::RECEIVED_AT, &self.received);
        pen.set(&Complaint::CHANNEL, &channel);
        pen.set(&Complaint::CUSTOMER, &Ref::to(customer.id));
        let contact = dice.below(customer.contacts);
        pen.set(&Complaint::CONTACT, &plan.contact_row(object.customer, contact));
        pen.set(&Complaint::COMPLAINT_KIND, &kind_of(self.trouble.cause));
        pen.set(&Complaint::EQUIPMENT, &Ref::to(object.id));
        pen.line(&Complaint::SERIAL, objects::identity(plan, card.object).serial);
        pen.set(&Complaint::CARD, &Ref::to(card.id));
        pen.set(&Complaint::VISIT, &Ref::to(self.visit.id));
        pen.text(&Complaint::DESCRIPTION, filled(self.trouble.said, dice));
        pen.text(
            &Complaint::WISH,
            *dice.pick(&[
                "Приїхати сьогодні й усунути безкоштовно.",
                "Замінити деталь за гарантією.",
                "Письмове пояснення причини.",
                "Перерахувати вартість робіт.",
                "Надіслати іншого фахівця.",
                "Щоб це більше не повторилося.",
            ]),
        );
        let severity = dice.weighted(&[
            (25, Severity::Minor),
            (45, Severity::Moderate),
            (22, Severity::Major),
            (8, Severity::Critical),
        ]);
        pen.set(&Complaint::SEVERITY, &severity);
        pen.set(&Complaint::RESPONSIBLE, &Ref::to(self.responsible));
        if let Some(team) = plan.teams.last() {
            pen.set(&Complaint::TEAM, &Ref::to(*team));
        }
        Some(History::of(id, Kind::Complaint, pen))
    }

    /// The steps the complaint has taken, each some hours or days after the one before.
    fn course(&self, dice: &mut Dice, history: &mut History) {
        let stage = self.stage;
        let mut at = self.received;
        let mut step = |dice: &mut Dice, minutes: (i64, i64)| {
            at = calendar::later(at, dice.between(minutes.0, minutes.1));
            at
        };
        if stage == Stage::Registered {
            return;
        }
        let accepted = step(dice, (8, 60));
        history.then(self.accept(accepted, dice));
        if stage == Stage::Rejected {
            let at = step(dice, (600, 2_000));
            let why = "Пошкодження через сторонню організацію, підтверджено фото.".to_owned();
            history.then(self.event(at, ComplaintAct::Rejected, Some(why), dice));
            return;
        }
        if stage == Stage::Accepted {
            return;
        }
        let analysis = step(dice, (30, 300));
        self.analyse(analysis, dice, history);
        if stage == Stage::Analysis {
            return;
        }
        let action = step(dice, (200, 1_500));
        let done = step(dice, (1_200, 5_000));
        self.act(action, done, dice, history);
        if stage == Stage::Action {
            return;
        }
        let verified = step(dice, (60, 400));
        history.then(self.event(verified, ComplaintAct::VerificationStarted, None, dice));
        if stage == Stage::Verification {
            return;
        }
        let answered = step(dice, (600, 2_500));
        history.then(self.answer(answered, dice));
        if stage == Stage::Answered {
            return;
        }
        let said = step(dice, (300, 3_000));
        history.then(self.customer_says(said, dice));
        if stage == Stage::Closed {
            let closed = step(dice, (60, 900));
            history.then(self.event(closed, ComplaintAct::Closed, None, dice));
        }
    }
}

fn kind_of(cause: Cause) -> ComplaintKind {
    match cause {
        Cause::FaultyPart => ComplaintKind::Defect,
        Cause::WornPart | Cause::PowerSurge | Cause::Misuse => ComplaintKind::Failure,
        Cause::Installation | Cause::PoorService | Cause::Late | Cause::Settings | Cause::Paperwork => {
            ComplaintKind::Complaint
        }
    }
}
