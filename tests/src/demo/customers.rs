//! Customers with their places and people.

use halyard_domain::id::Ref;
use halyard_domain::kind::Kind;
use halyard_domain::records::{
    Address, AddressKind, Classification, Consent, ContactPerson, Customer, CustomerStatus,
};

use super::calendar;
use super::customer_names::{Called, called};
use super::dice::Dice;
use super::identifiers;
use super::names::FullName;
use super::places::{REGIONS, Town};
use super::plan::{CustomerPlan, Plan};
use super::record::{DemoRecord, History, Pen, row_id};

/// What people do there, and which mail they want: a place in the directory of recipients.
const POSITIONS: &[(&str, &str, usize)] = &[
    ("головний бухгалтер", "головна бухгалтерка", 1),
    ("головний інженер", "головна інженерка", 2),
    ("завідувач господарства", "завідувачка господарства", 3),
    ("менеджер із закупівель", "менеджерка із закупівель", 4),
    ("енергетик", "енергетикиня", 2),
    ("адміністратор", "адміністраторка", 3),
];

const LABELS: &[&str] = &["Головний корпус", "Склад", "Цех", "Магазин", "Офіс", "Філія", "Виробництво"];

const ACCESS: &[&str] = &[
    "Заїзд із двору, шлагбаум відчиняє охорона.",
    "Перепустка на прохідній, потрібен паспорт.",
    "Ключ від котельні в чергового, кімната 4.",
    "У дворі собака, дзвонити заздалегідь.",
    "Паркування лише з боку рампи.",
    "Вхід через службовий ліфт, працює до 18:00.",
    "Телефонувати за пів години до приїзду.",
];

/// A customer.
pub(super) fn customer(plan: &Plan, index: usize) -> Option<DemoRecord> {
    let planned = plan.customers.get(index)?;
    let mut dice = Dice::of(plan.seed, "customer", index);
    let called = called(plan.seed, index);
    let made = calendar::later(plan.founded, 30);
    let mut pen = Pen::new(plan.dispatcher(planned.technician), made);
    pen.line(&Customer::NAME, called.name.clone());
    pen.line(&Customer::LEGAL_NAME, called.legal_name.clone());
    pen.line(&Customer::REGISTRY_CODE, called.code.clone());
    if called.owner.is_none() && dice.chance(60) {
        pen.line(&Customer::VAT_NUMBER, identifiers::vat_number(&called.code));
    }
    if dice.chance(80) {
        pen.line(&Customer::IBAN, identifiers::iban(index + 1));
    }
    pen.set(&Customer::PHONES, &vec![format!("+38074{:07}", 100_000 + index)]);
    pen.set(&Customer::EMAILS, &vec![format!("office@{}.example", called.web)]);
    if dice.chance(40) {
        pen.line(&Customer::WEBSITE, format!("https://{}.example", called.web));
    }
    pen.set(
        &Customer::STATUS,
        &dice.weighted(&[(94, CustomerStatus::Customer), (6, CustomerStatus::Former)]),
    );
    pen.set(&Customer::SOURCE, &Ref::to(*dice.pick(&plan.directories.sources)));
    pen.set(&Customer::RESPONSIBLE, &Ref::to(plan.dispatcher(planned.technician)));
    classify(plan, &mut dice, &mut pen);
    places(plan, index, planned, &mut dice, &mut pen);
    for contact in 0..planned.contacts {
        let person = contact_person(plan, contact, index, &called, &mut dice);
        pen.add(&Customer::CONTACTS, plan.contact_row(index, contact), &person);
    }
    if dice.chance(20) {
        pen.text(
            &Customer::NOTES,
            *dice.pick(&[
                "Рахунки надсилати лише електронною поштою.",
                "Роботи погоджувати з головним інженером.",
                "Просять приїжджати до відкриття магазину.",
                "Оплата протягом десяти днів після акта.",
                "Потрібен інструктаж з охорони праці перед роботами.",
            ]),
        );
    }
    Some(History::of(planned.id, Kind::Customer, pen).born())
}

fn classify(plan: &Plan, dice: &mut Dice, pen: &mut Pen) {
    let directories = &plan.directories;
    for (classifier, classes) in
        [(directories.industry, &directories.industries), (directories.size, &directories.sizes)]
    {
        let class = Classification {
            classifier: Some(Ref::to(classifier)),
            class: Some(Ref::to(*dice.pick(classes))),
        };
        let row = row_id(dice, pen.at);
        pen.add(&Customer::CLASSIFICATION, row, &class);
    }
}

/// The town of a customer.
pub(super) fn town_of(plan: &Plan, customer: &CustomerPlan) -> Option<(usize, &'static Town)> {
    let region = plan.people.get(customer.technician).map_or(0, |person| person.region);
    Some((region, REGIONS.get(region)?.towns.get(customer.town)?))
}

fn places(plan: &Plan, index: usize, planned: &CustomerPlan, dice: &mut Dice, pen: &mut Pen) {
    let Some((region, town)) = town_of(plan, planned) else { return };
    let legal = row_id(dice, pen.at);
    for place in 0..=planned.sites {
        let spot = town.spot(dice);
        let is_site = place > 0;
        let label = match (is_site, planned.sites) {
            (false, _) | (true, 1) => None,
            (true, _) => Some(format!("{} {place}", dice.pick(LABELS))),
        };
        let address = Address {
            address_kind: Some(if is_site { AddressKind::Site } else { AddressKind::Legal }),
            label,
            region: plan.directories.region(region),
            postal_code: Some(spot.postal_code),
            settlement: Some(town.name.to_owned()),
            street: Some(spot.street),
            coordinates: is_site.then_some(spot.coordinates),
            access_notes: (is_site && dice.chance(50)).then(|| (*dice.pick(ACCESS)).to_owned()),
        };
        let row = if is_site { plan.site_row(index, place - 1) } else { legal };
        pen.add(&Customer::ADDRESSES, row, &address);
    }
}

fn contact_person(
    plan: &Plan,
    contact: usize,
    index: usize,
    called: &Called,
    dice: &mut Dice,
) -> ContactPerson {
    let owner = called.owner.clone().filter(|_| contact == 0);
    let name = owner.unwrap_or_else(|| FullName::draw(dice, 50));
    let (position, recipient) = match contact {
        0 => (name.word(called.form.head), 0),
        _ => {
            let (of_man, of_woman, recipient) = *dice.pick(POSITIONS);
            (name.word((of_man, of_woman)), recipient)
        }
    };
    let consent = |dice: &mut Dice| {
        dice.weighted(&[(60, Some(Consent::Given)), (12, Some(Consent::Refused)), (28, None)])
    };
    ContactPerson {
        surname: Some(name.surname.to_owned()),
        given_name: Some(name.given_name.to_owned()),
        patronymic: Some(name.patronymic.to_owned()),
        vocative: Some(name.vocative.clone()),
        position: Some(position.to_owned()),
        recipient_category: plan.directories.recipients.get(recipient).map(|id| Ref::to(*id)),
        phones: vec![format!("+38079{:07}", 1_000_000 + index * 8 + contact)],
        emails: if dice.chance(70) { vec![format!("p{contact}@{}.example", called.web)] } else { Vec::new() },
        birthday: if dice.chance(30) {
            chrono::NaiveDate::from_yo_opt(
                i32::try_from(dice.between(1960, 2000)).unwrap_or(1980),
                u32::try_from(dice.between(1, 365)).unwrap_or(1),
            )
        } else {
            None
        },
        consent_email: consent(dice),
        consent_sms: consent(dice),
        consent_call: consent(dice),
        consent_post: None,
        note: dice.chance(8).then(|| "Дзвонити після десятої.".to_owned()),
    }
}
