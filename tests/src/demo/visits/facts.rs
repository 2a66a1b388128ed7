//! What a technician writes down: works, parts, readings, answers, findings, and what the customer said.

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::records::{
    ChecklistAnswer, Mark, MeterReading, Part, PartDirection, Visit, VisitAct, WorkRow,
};
use halyard_domain::time::{Instant, TimeWindow};
use rust_decimal::Decimal;

use super::super::calendar;
use super::super::dice::Dice;
use super::super::directories::{hours, reason};
use super::super::objects;
use super::super::phrases::{filled, one_of};
use super::super::record::{History, Pen, RowIds, row_id};
use super::super::trades::{Answer, Trade};
use super::fate::Fate;
use super::{Scene, event};

/// Why nothing could be done.
pub(super) fn why_not(dice: &mut Dice) -> String {
    let patterns = &[
        "Обладнання під навантаженням, зупинити не дозволили. Домовилися про інший день.",
        "Потрібної деталі немає на складі, замовлено. Орієнтовно {3-9|день|дні|днів}.",
        "Приміщення замкнене, відповідальна особа не відповідає на дзвінки протягом {20-50|хвилини|хвилин|хвилин}.",
        "Електроживлення об'єкта відсутнє, роботи перенесено.",
        "На об'єкті триває ремонт, до обладнання немає доступу.",
        "Під час огляду виявлено небезпечну проводку, без електрика замовника починати не можна.",
    ];
    one_of(patterns, dice)
}

impl Scene<'_> {
    /// Everything that was written down between the beginning and the end of the work.
    pub(super) fn facts(&self, begun: Instant, finished: Instant, dice: &mut Dice, history: &mut History) {
        let trade = self.plan.trade_of(self.card.object);
        self.answers(calendar::later(begun, 6), trade, dice, history);
        if let Some(helper) = self.helper {
            self.helping(helper, calendar::later(finished, -5), dice, history);
        }
        let is_partial = self.fate == Fate::Partly;
        let act = if is_partial { VisitAct::CompletedPartly } else { VisitAct::Completed };
        let why = is_partial.then(|| reason(dice));
        let mut pen = Pen::new(self.worker, finished);
        pen.text(&Visit::FINDINGS, findings(trade, dice));
        self.works(begun, finished, dice, &mut pen);
        parts(self, trade, dice, &mut pen);
        let shown = objects::meter_on(self.plan, self.card.object, finished.local_date());
        let reading = MeterReading { meter: Some(self.plan.meter_row(self.card.object)), value: Some(shown) };
        pen.add(&Visit::READINGS, row_id(dice, finished), &reading);
        history.then(pen);
        history.then(event(dice, self.worker, finished, act, why, &[]));
        self.afterwards(finished, trade, dice, history);
    }

    fn answers(&self, at: Instant, trade: &Trade, dice: &mut Dice, history: &mut History) {
        let mut pen = Pen::new(self.worker, at);
        for (check, item) in trade.checks.iter().zip(self.plan.directories.items(self.object.trade)) {
            let (answer, note) = answer(&check.answer, dice);
            let row = RowIds { dice, at }.next();
            let given = ChecklistAnswer { item: Some(*item), answer: Some(answer), note, after: Vec::new() };
            pen.add(&Visit::CHECKLIST_ANSWERS, row, &given);
        }
        history.then(pen);
    }

    fn works(&self, begun: Instant, finished: Instant, dice: &mut Dice, pen: &mut Pen) {
        let planned = self.plan.works_of(self.visit.card);
        let kept = if self.fate == Fate::Partly { planned.len().div_ceil(2) } else { planned.len() };
        let span = (finished.unix_seconds() - begun.unix_seconds()) / 60;
        let each = span / i64::try_from(kept.max(1)).unwrap_or(1);
        let mut from = begun;
        for (at, work, volume) in planned.into_iter().take(kept) {
            let until = calendar::later(from, each);
            let done = if dice.chance(80) { volume } else { (volume * dice.between(60, 110) / 100).max(1) };
            let by_clock = dice.chance(45);
            let row = WorkRow {
                work_kind: self.plan.directories.work(self.object.trade, at),
                unit: self.plan.directories.unit(work.unit),
                volume: Some(Decimal::from(done)),
                period: if by_clock { TimeWindow::new(from, until).ok() } else { None },
                hours: (!by_clock).then(|| hours(each)),
                who: None,
                note: dice.chance(8).then(|| "Погоджено з замовником на місці.".to_owned()),
            };
            pen.add(&Visit::WORKS, row_id(dice, pen.at), &row);
            from = until;
        }
    }

    /// A colleague lends a hand and writes his own row.
    fn helping(&self, helper: DocumentId, at: Instant, dice: &mut Dice, history: &mut History) {
        let Some((place, work, volume)) = self.plan.works_of(self.visit.card).into_iter().next() else {
            return;
        };
        let mut pen = Pen::new(helper, at);
        let row = WorkRow {
            work_kind: self.plan.directories.work(self.object.trade, place),
            unit: self.plan.directories.unit(work.unit),
            volume: Some(Decimal::from((volume / 3).max(1))),
            hours: Some(hours(work.minutes.max(20))),
            who: Some(Ref::to(helper)),
            note: Some("Допомога напарнику.".to_owned()),
            period: None,
        };
        pen.add(&Visit::WORKS, row_id(dice, at), &row);
        history.then(pen);
    }

    /// Advice, and what the customer said.
    fn afterwards(&self, finished: Instant, trade: &Trade, dice: &mut Dice, history: &mut History) {
        if dice.chance(28) {
            let mut pen = Pen::new(self.worker, calendar::later(finished, 2));
            let advice = one_of(trade.advice, dice);
            pen.text(&Visit::RECOMMENDATIONS, advice);
            history.then(pen);
        }
        let at = calendar::later(finished, 4);
        let mut pen = Pen::new(self.worker, at);
        if dice.chance(30) {
            let mark = dice.weighted(&[(70, 5), (20, 4), (6, 3), (3, 2), (1, 1)]);
            if let Some(mark) = Mark::new(mark) {
                pen.set(&Visit::RATING, &mark);
            }
            if dice.chance(40) {
                let said: &[&str] = if mark >= 4 {
                    &[
                        "Дякуємо, усе швидко й чисто.",
                        "Майстер ввічливий, усе пояснив.",
                        "Працює, питань немає.",
                    ]
                } else {
                    &[
                        "Довго чекали на деталь.",
                        "Приїхали пізніше, ніж обіцяли.",
                        "Шум лишився, хоч і менший.",
                    ]
                };
                pen.line(&Visit::RATING_COMMENT, *dice.pick(said));
            }
        } else if dice.chance(3) {
            pen.line(&Visit::SIGNATURE_REFUSAL, "Відповідальної особи немає на місці");
        }
        history.then(pen);
    }
}

/// Two to five sentences: what was seen, measured and done, and how it ended.
fn findings(trade: &Trade, dice: &mut Dice) -> String {
    let mut sentences = vec![one_of(trade.seen, dice)];
    if dice.chance(75) {
        sentences.push(one_of(trade.measured, dice));
    }
    let done = usize::try_from(dice.between(1, 2)).unwrap_or(1);
    for place in dice.some_below(trade.done.len(), done) {
        sentences.extend(trade.done.get(place).map(|pattern| filled(pattern, dice)));
    }
    if dice.chance(45) {
        sentences.push((*dice.pick(CLOSING)).to_owned());
    }
    sentences.join(" ")
}

const CLOSING: &[&str] = &[
    "Обладнання залишено в роботі.",
    "Роботу перевірено разом із замовником.",
    "Робоче місце прибрано.",
    "Зауважень від замовника немає.",
    "Наступний огляд за графіком.",
    "Показано черговому, як скидати аварію.",
    "Запис зроблено в журналі об'єкта.",
    "Пробний пуск пройшов без зауважень.",
];

fn answer(kind: &Answer, dice: &mut Dice) -> (String, Option<String>) {
    match kind {
        Answer::YesNo => {
            let answer = dice.weighted(&[(91, "yes"), (6, "no"), (3, "n/a")]);
            let note = (answer == "no").then(|| "Усунено під час виїзду.".to_owned());
            (answer.to_owned(), note)
        }
        Answer::Number(_, least, most) => {
            let slack = (most - least) / 8;
            let tenths = if dice.chance(92) {
                dice.between(*least, *most)
            } else {
                most + dice.between(1, slack.max(2))
            };
            let out = tenths > *most;
            (
                Decimal::new(tenths, 1).normalize().to_string(),
                out.then(|| "Вище за норму, повідомлено замовника.".to_owned()),
            )
        }
        Answer::OneOf(choices) => {
            let last = choices.len().saturating_sub(1);
            let at = if dice.chance(65) { 0 } else { dice.below(last + 1) };
            (choices.get(at).copied().unwrap_or_default().to_owned(), None)
        }
    }
}

fn parts(scene: &Scene<'_>, trade: &Trade, dice: &mut Dice, pen: &mut Pen) {
    if !dice.chance(36) {
        return;
    }
    let wanted = usize::try_from(dice.between(1, 2)).unwrap_or(1);
    for place in dice.some_below(trade.parts.len(), wanted) {
        let Some((name, unit)) = trade.parts.get(place) else { continue };
        let is_returned = dice.chance(18);
        let part = Part {
            name: Some((*name).to_owned()),
            serial: dice.chance(15).then(|| format!("P{:06}", dice.below(1_000_000))),
            quantity: Some(Decimal::from(dice.between(1, 4))),
            unit: scene.plan.directories.unit(*unit),
            direction: Some(if is_returned { PartDirection::Returned } else { PartDirection::Used }),
            warranty: Some(dice.chance(25)),
            product: None,
        };
        pen.add(&Visit::PARTS, row_id(dice, pen.at), &part);
    }
}
