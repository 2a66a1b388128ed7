//! What the office does about a complaint, and what the customer says to it.

use halyard_domain::id::Ref;
use halyard_domain::money::{Currency, Money};
use halyard_domain::records::{
    ActionKind, Channel, Complaint, ComplaintAct, ComplaintAction, ComplaintEvent, CustomerMessage, Mark,
    MessageKind, ReturnDecision, ReturnedItem,
};
use halyard_domain::time::Instant;
use rust_decimal::Decimal;

use super::super::calendar;
use super::super::dice::Dice;
use super::super::phrases::{filled, one_of};
use super::super::record::{History, Pen, row_id};
use super::super::trades::Cause;
use super::{Case, Stage};

impl Case<'_> {
    pub(super) fn event(
        &self,
        at: Instant,
        what: ComplaintAct,
        reason: Option<String>,
        dice: &mut Dice,
    ) -> Pen {
        let mut pen = Pen::new(self.responsible, at);
        let event = ComplaintEvent { what: Some(what), reason, ..ComplaintEvent::default() };
        pen.add(&Complaint::EVENTS, row_id(dice, at), &event);
        pen
    }

    fn tell(pen: &mut Pen, message_kind: MessageKind, text: String, dice: &mut Dice) {
        let channel = dice.weighted(&[(60, Channel::Phone), (40, Channel::Email)]);
        let message =
            CustomerMessage { message_kind: Some(message_kind), channel: Some(channel), text: Some(text) };
        pen.add(&Complaint::MESSAGES, row_id(dice, pen.at), &message);
    }

    pub(super) fn accept(&self, at: Instant, dice: &mut Dice) -> Pen {
        let mut pen = self.event(at, ComplaintAct::Accepted, None, dice);
        let patterns = &[
            "Ваше звернення отримали, розбираємося. Зателефонуємо сьогодні до {16-18}:00.",
            "Дякуємо, що повідомили. Відповідальна особа вже працює над цим, відповідь дамо за {1-2|день|дні|днів}.",
            "Перепрошуємо за незручності. Фахівець перевірить обладнання найближчим виїздом.",
        ];
        let text = one_of(patterns, dice);
        Self::tell(&mut pen, MessageKind::Acknowledgement, text, dice);
        pen
    }

    pub(super) fn analyse(&self, at: Instant, dice: &mut Dice, history: &mut History) {
        let mut pen = self.event(at, ComplaintAct::AnalysisStarted, None, dice);
        pen.text(&Complaint::CONTAINMENT, filled(self.trouble.contained, dice));
        history.then(pen);
    }

    pub(super) fn act(&self, at: Instant, done: Instant, dice: &mut Dice, history: &mut History) {
        let mut pen = Pen::new(self.responsible, at);
        if let Some(cause) = self.plan.directories.cause(self.trouble.cause) {
            pen.set(&Complaint::CAUSE_CODE, &cause);
        }
        pen.text(&Complaint::CAUSE, filled(self.trouble.found, dice));
        let due = calendar::shifted(at.local_date(), 7);
        for (kind, text, who, done) in [
            (
                ActionKind::Corrective,
                self.trouble.corrective,
                self.plan.technician(self.visit.technician),
                Some(done),
            ),
            (ActionKind::Preventive, self.trouble.preventive, self.responsible, None),
        ] {
            let is_over = self.stage > Stage::Action;
            let action = ComplaintAction {
                action_kind: Some(kind),
                text: Some(text.to_owned()),
                who: Some(Ref::to(who)),
                due: Some(due),
                done: done.filter(|_| is_over).map(Instant::local_date),
            };
            pen.add(&Complaint::ACTIONS, row_id(dice, at), &action);
        }
        if self.trouble.cause == Cause::FaultyPart {
            pen.add(&Complaint::RETURNS, row_id(dice, at), &returned(at, dice));
        }
        if dice.chance(10) {
            let compensation = Money { minor: dice.between(5, 60) * 10_000, currency: Currency::UAH };
            pen.set(&Complaint::COMPENSATION, &compensation);
            pen.line(&Complaint::COMPENSATION_NOTE, "Знижка на наступне обслуговування");
        }
        history.then(pen);
        let mut pen = self.event(calendar::later(at, 5), ComplaintAct::ActionStarted, None, dice);
        if dice.chance(60) {
            let text = filled("Причину знайшли, усуваємо. Орієнтовно {1-4|день|дні|днів}.", dice);
            Self::tell(&mut pen, MessageKind::Progress, text, dice);
        }
        history.then(pen);
    }

    pub(super) fn answer(&self, at: Instant, dice: &mut Dice) -> Pen {
        let mut pen = self.event(at, ComplaintAct::Answered, None, dice);
        let text =
            format!("Причину усунено: {}. Дякуємо за терпіння.", self.trouble.corrective.to_lowercase());
        Self::tell(&mut pen, MessageKind::ClosingReply, text, dice);
        pen
    }

    /// A mark with some words, or nothing at all; a reopened one was not satisfied.
    pub(super) fn customer_says(&self, at: Instant, dice: &mut Dice) -> Pen {
        let (what, mark, comment) = if self.stage == Stage::Reopened {
            (
                ComplaintAct::CustomerAnswered,
                Mark::new(dice.between(1, 2)),
                Some("Не допомогло, знову те саме."),
            )
        } else if dice.chance(18) {
            (ComplaintAct::NoAnswer, None, None)
        } else {
            let mark = dice.weighted(&[(55, 5), (33, 4), (12, 3)]);
            let words = *dice.pick(&[
                "Дякую, працює.",
                "Розібралися швидко.",
                "Задоволені, що передзвонили.",
                "Могли й одразу.",
            ]);
            (ComplaintAct::CustomerAnswered, Mark::new(mark), Some(words))
        };
        let mut pen = Pen::new(self.responsible, at);
        let event =
            ComplaintEvent { what: Some(what), reason: None, mark, comment: comment.map(str::to_owned) };
        pen.add(&Complaint::EVENTS, row_id(dice, at), &event);
        pen
    }
}

fn returned(at: Instant, dice: &mut Dice) -> ReturnedItem {
    let decision = dice.weighted(&[
        (50, ReturnDecision::Replace),
        (35, ReturnDecision::Repair),
        (15, ReturnDecision::Reject),
    ]);
    ReturnedItem {
        item: Some("Замінена деталь".to_owned()),
        serial: Some(format!("P{:06}", dice.below(1_000_000))),
        quantity: Some(Decimal::ONE),
        reason: Some("Відмова після встановлення".to_owned()),
        decision: Some(decision),
        sent: Some(at.local_date()),
        received: Some(calendar::shifted(at.local_date(), 4)),
        product: None,
    }
}
