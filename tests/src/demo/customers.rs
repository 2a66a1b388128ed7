//! Customers with their places and people.

use halyard_domain::id::Ref;
use halyard_domain::kind::Kind;
use halyard_domain::records::{
    Address, AddressKind, Classification, Consent, ContactPerson, Customer, CustomerStatus,
};

use super::calendar;
use super::dice::Dice;
use super::identifiers;
use super::names::FullName;
use super::places::{REGIONS, Town};
use super::plan::{CustomerPlan, Plan};
use super::record::{DemoRecord, History, Pen, row_id};

/// Invented words that sound like companies, with their spelling in web addresses.
const BEGINNINGS: &[(&str, &str)] = &[
    ("Ясен", "yasen"),
    ("Дубо", "dubo"),
    ("Верес", "veres"),
    ("Терно", "terno"),
    ("Калино", "kalyno"),
    ("Зоре", "zore"),
    ("Біло", "bilo"),
    ("Золото", "zoloto"),
    ("Срібно", "sribno"),
    ("Криво", "kryvo"),
    ("Чорно", "chorno"),
    ("Соколо", "sokolo"),
    ("Журавле", "zhuravle"),
    ("Сніго", "sniho"),
    ("Медо", "medo"),
    ("Липо", "lypo"),
    ("Вербо", "verbo"),
    ("Явор", "yavor"),
    ("Барвін", "barvin"),
    ("Світло", "svitlo"),
    ("Тихо", "tykho"),
    ("Сонце", "sontse"),
    ("Крем'яно", "kremiano"),
    ("Хмеле", "khmele"),
];
const ENDINGS: &[(&str, &str)] = &[
    ("гай", "hai"),
    ("яр", "yar"),
    ("брід", "brid"),
    ("луг", "luh"),
    ("поль", "pol"),
    ("степ", "step"),
    ("камінь", "kamin"),
    ("ліс", "lis"),
    ("став", "stav"),
    ("град", "hrad"),
    ("двір", "dvir"),
    ("сад", "sad"),
    ("міст", "mist"),
    ("ключ", "kliuch"),
    ("вал", "val"),
    ("бір", "bir"),
    ("плес", "ples"),
    ("шлях", "shliakh"),
    ("берег", "bereh"),
    ("дол", "dol"),
];
const TRADES_OF_CUSTOMERS: &[(&str, &str)] = &[
    ("-Буд", "-bud"),
    ("-Агро", "-agro"),
    (" Хліб", "-khlib"),
    (" Маркет", "-market"),
    ("-Логістик", "-lohistyk"),
    (" Фарма", "-farma"),
    ("-Текстиль", "-tekstyl"),
    (" Пак", "-pak"),
    ("-Метал", "-metal"),
    ("-Меблі", "-mebli"),
    (" Фуд", "-fud"),
    ("-Готель", "-hotel"),
];

/// A legal form: before the name, in full, and how its code is made.
#[derive(Clone, Copy)]
struct Form {
    short: &'static str,
    full: &'static str,
    head: (&'static str, &'static str),
}

const COMPANY: (&str, &str) = ("директор", "директорка");
const FORMS: &[(usize, Form)] = &[
    (
        48,
        Form {
            short: "ТОВ", full: "Товариство з обмеженою відповідальністю", head: COMPANY
        },
    ),
    (12, Form { short: "ПП", full: "Приватне підприємство", head: COMPANY }),
    (
        5,
        Form {
            short: "ПрАТ", full: "Приватне акціонерне товариство", head: COMPANY
        },
    ),
    (
        14,
        Form {
            short: "ОСББ",
            full: "Об'єднання співвласників багатоквартирного будинку",
            head: ("голова правління", "голова правління"),
        },
    ),
    (
        7,
        Form {
            short: "КНП",
            full: "Комунальне некомерційне підприємство",
            head: ("головний лікар", "головна лікарка"),
        },
    ),
    (
        4,
        Form {
            short: "КП", full: "Комунальне підприємство", head: ("начальник", "начальниця")
        },
    ),
    (
        10,
        Form {
            short: "ФОП", full: "Фізична особа — підприємець", head: ("підприємець", "підприємиця")
        },
    ),
];

/// What people do there, and which mail they want: a place in the directory of recipients.
const POSITIONS: &[(&str, &str, usize)] = &[
    ("головний бухгалтер", "головна бухгалтерка", 1),
    ("головний інженер", "головна інженерка", 2),
    ("завідувач господарства", "завідувачка господарства", 3),
    ("менеджер із закупівель", "менеджерка із закупівель", 4),
    ("енергетик", "енергетикиня", 2),
    ("адміністратор", "адміністраторка", 3),
];

const LABELS: &[&str] = &["Головний корпус", "Склад", "Цех № 2", "Магазин", "Офіс", "Філія", "Виробництво"];

const ACCESS: &[&str] = &[
    "Заїзд із двору, шлагбаум відчиняє охорона.",
    "Перепустка на прохідній, потрібен паспорт.",
    "Ключ від котельні в чергового, кімната 4.",
    "У дворі собака, дзвонити заздалегідь.",
    "Паркування лише з боку рампи.",
    "Вхід через службовий ліфт, працює до 18:00.",
    "Телефонувати за пів години до приїзду.",
];

/// How a customer is called, and the word its addresses on the web begin with.
pub(super) struct Called {
    pub(super) name: String,
    legal_name: String,
    code: String,
    web: String,
    form: Form,
    owner: Option<FullName>,
}

/// What a customer is called.
pub(super) fn called(seed: u64, index: usize) -> Called {
    let mut dice = Dice::of(seed, "customer name", index);
    let form = dice.weighted(FORMS);
    if form.short == "ФОП" {
        let owner = FullName::draw(&mut dice, 40);
        return Called {
            name: format!("ФОП {} {}", owner.surname, owner.initials()),
            legal_name: format!("{} {} {} {}", form.full, owner.surname, owner.given_name, owner.patronymic),
            code: identifiers::person_code(index),
            web: format!("fop{index}"),
            form,
            owner: Some(owner),
        };
    }
    // A step that shares no factor with the number of names: no name comes twice.
    let combination = (index * 2_411 + 17) % (BEGINNINGS.len() * ENDINGS.len() * TRADES_OF_CUSTOMERS.len());
    let beginning = part(BEGINNINGS, combination % BEGINNINGS.len());
    let rest = combination / BEGINNINGS.len();
    let ending = part(ENDINGS, rest % ENDINGS.len());
    let trade = part(TRADES_OF_CUSTOMERS, rest / ENDINGS.len());
    let (word, web) = match form.short {
        "ОСББ" => (format!("{}{} {}", beginning.0, ending.0, 1 + rest / ENDINGS.len()), String::new()),
        "КНП" => {
            (format!("{}{}ська лікарня № {}", beginning.0, ending.0, 1 + rest / ENDINGS.len()), String::new())
        }
        _ => (format!("{}{}{}", beginning.0, ending.0, trade.0), trade.1.to_owned()),
    };
    Called {
        name: format!("{} «{word}»", form.short),
        legal_name: format!("{} «{word}»", form.full),
        code: identifiers::company_code(index),
        web: format!("{}{}{web}-{index}", beginning.1, ending.1),
        form,
        owner: None,
    }
}

fn part(list: &[(&'static str, &'static str)], at: usize) -> (&'static str, &'static str) {
    list.get(at).copied().unwrap_or_default()
}

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
