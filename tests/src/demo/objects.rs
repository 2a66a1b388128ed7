//! Pieces of equipment.

use halyard_domain::id::Ref;
use halyard_domain::kind::Kind;
use halyard_domain::records::{Equipment, Meter};
use rust_decimal::Decimal;

use super::calendar;
use super::dice::Dice;
use super::plan::Plan;
use super::record::{DemoRecord, History, Pen};
use super::trades::Trade;

/// How one piece is called: maker, model and serial number.
pub(super) struct Identity {
    pub(super) maker: &'static str,
    pub(super) model: &'static str,
    pub(super) serial: String,
}

/// Who made a piece of equipment, and its number.
pub(super) fn identity(plan: &Plan, index: usize) -> Identity {
    let mut dice = Dice::of(plan.seed, "identity", index);
    let trade = plan.trade_of(index);
    let (maker, models) = *dice.pick(trade.makers);
    let model = dice.pick(models);
    Identity { maker, model, serial: serial(trade, index, &mut dice) }
}

/// A number no other piece of the trade has: its last digits count.
fn serial(trade: &Trade, index: usize, dice: &mut Dice) -> String {
    const LETTERS: &[char] = &['A', 'B', 'C', 'D', 'E', 'F', 'H', 'K', 'M', 'P', 'R', 'T'];
    let counted = format!("{index:05}");
    let mut last_digits = counted.chars().rev();
    let drawn =
        |dice: &mut Dice| char::from_digit(u32::try_from(dice.below(10)).unwrap_or(0), 10).unwrap_or('0');
    let signs: Vec<char> = trade
        .serial
        .chars()
        .rev()
        .map(|sign| match sign {
            '#' => last_digits.next().unwrap_or_else(|| drawn(dice)),
            '@' => *dice.pick(LETTERS),
            other => other,
        })
        .collect();
    signs.into_iter().rev().collect()
}

/// What the meter of a piece showed on a day.
pub(super) fn meter_on(plan: &Plan, index: usize, day: chrono::NaiveDate) -> Decimal {
    let mut dice = Dice::of(plan.seed, "meter pace", index);
    let (.., a_month) = plan.trade_of(index).meter;
    let pace = a_month * dice.between(70, 130) / 100;
    let installed = plan.objects.get(index).map_or(day, |object| object.installed);
    let days = (day - installed).num_days().max(0);
    Decimal::from(pace * days / 30 + dice.between(5, 90))
}

/// A piece of equipment.
pub(super) fn object(plan: &Plan, index: usize) -> Option<DemoRecord> {
    let planned = plan.objects.get(index)?;
    let customer = plan.customers.get(planned.customer)?;
    let mut dice = Dice::of(plan.seed, "object", index);
    let (trade, identity) = (plan.trade_of(index), identity(plan, index));
    let directories = &plan.directories;
    let mut pen = Pen::new(plan.dispatcher(customer.technician), calendar::later(plan.founded, 60));
    pen.line(&Equipment::NAME, trade.thing);
    if let Some(category) = directories.category(planned.trade) {
        pen.set(&Equipment::CATEGORY, &category);
    }
    pen.line(&Equipment::MANUFACTURER, identity.maker);
    pen.line(&Equipment::MODEL, identity.model);
    pen.line(&Equipment::SERIAL, identity.serial);
    if dice.chance(60) {
        pen.line(&Equipment::QR_TAG, format!("LS-{index:06}"));
    }
    pen.set(&Equipment::CUSTOMER, &Ref::to(customer.id));
    pen.set(&Equipment::SITE, &plan.site_row(planned.customer, planned.site));
    pen.line(&Equipment::PLACE, *dice.pick(trade.places));
    pen.set(&Equipment::INSTALLED, &planned.installed);
    pen.set(
        &Equipment::WARRANTY_UNTIL,
        &calendar::shifted(planned.installed, *dice.pick(&[365, 730, 1_095])),
    );
    let (name, unit, _) = trade.meter;
    let meter = Meter { name: Some(name.to_owned()), unit: directories.unit(unit) };
    pen.add(&Equipment::METERS, plan.meter_row(index), &meter);
    if dice.chance(15) {
        pen.text(
            &Equipment::NOTES,
            *dice.pick(&[
                "Паспорт обладнання в чергового.",
                "Доступ з двох боків, потрібна драбина.",
                "Після заміни плати серійний номер контролера інший.",
                "Раніше обслуговувала інша організація, журналу немає.",
            ]),
        );
    }
    Some(History::of(planned.id, Kind::Equipment, pen).born())
}
