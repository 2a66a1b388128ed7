//! The technician's days, as the reference pages show them.

use halyard_device::Device;
use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_domain::records::{Employee, ServiceCard, Visit, VisitAct, VisitEvent};
use halyard_domain::time::TimeWindow;

use super::company::{self, Answer, Place, Question, Units, Work, add};
use super::{TODAY, TOMORROW, on};

/// A visit of a table: where, what, from when to when, how long, on which day.
struct Stop {
    place: Place,
    subject: &'static str,
    window: (&'static str, &'static str),
    minutes: i64,
    date: &'static str,
}

/// The works of the second visit.
const WORKS: [Work; 5] = [
    work("Заміна оливи та оливного фільтра", "Oil and oil filter change", "шт.", 1, 15),
    work("Чищення теплообмінника", "Heat exchanger cleaning", "секц.", 2, 30),
    work("Заміна повітряного фільтра", "Air filter change", "шт.", 2, 5),
    work("Перевірка автоматики та клапанів", "Controls and valves check", "компл.", 1, 20),
    work("Діагностика підшипників", "Bearing diagnostics", "год", 1, 10),
];
/// So many of them are planned; the last is done beyond the plan.
const PLANNED: usize = 4;

const QUESTIONS: [Question; 9] = [
    question("Кожух і огородження цілі", true, Answer::YesNo),
    question("Рівень оливи в нормі", true, Answer::YesNo),
    question("Паси натягнуті", false, Answer::YesNo),
    question("Клапан безпеки спрацьовує", true, Answer::YesNo),
    question("Температура нагнітання", true, Answer::Number("°C", 700, 950)),
    question("Шум підшипників", false, Answer::OneOf(&["немає", "слабкий", "сильний"])),
    question("Конденсатовідвідник працює", false, Answer::YesNo),
    question("Витоків оливи на з’єднаннях немає", true, Answer::YesNo),
    question("Тиск на виході під навантаженням", true, Answer::Number("бар", 72, 78)),
];

/// Makes the company's records and the technician's visits; gives the visits of today, in order.
pub(super) fn plan(device: &Device, technician: DocumentId) -> anyhow::Result<Vec<DocumentId>> {
    let mut units = Units::default();
    let works = company::works(device, &mut units, &WORKS)?;
    let checklist = company::checklist(device, &mut units, "ТО-2 гвинтового компресора", &QUESTIONS)?;
    let mut today = Vec::new();
    for (index, stop) in STOPS.iter().enumerate() {
        let (customer, equipment) = company::place(device, &stop.place)?;
        let mut intents = vec![
            ServiceCard::SUBJECT.set(&stop.subject.to_owned()),
            ServiceCard::CUSTOMER.set(&Ref::to(customer)),
            ServiceCard::EQUIPMENT.set(&Ref::to(equipment)),
        ];
        if index == 1 {
            intents.push(ServiceCard::CHECKLIST.set(&Ref::to(checklist)));
            for work in works.iter().take(PLANNED) {
                add(device, &mut intents, &ServiceCard::PLANNED_WORKS, work)?;
            }
        }
        let card = device.create(Kind::ServiceCard, intents)?;
        let visit = visit(device, stop, technician, [card, customer, equipment])?;
        if stop.date == TODAY {
            today.push(visit);
        }
    }
    Ok(today)
}

fn visit(
    device: &Device,
    stop: &Stop,
    technician: DocumentId,
    [card, customer, equipment]: [DocumentId; 3],
) -> anyhow::Result<DocumentId> {
    let (from, to) = stop.window;
    let window = TimeWindow::new(on(stop.date, from)?, on(stop.date, to)?)?;
    let specialists: Vec<Ref<Employee>> = vec![Ref::to(technician)];
    let mut intents = vec![
        Visit::CARD.set(&Ref::to(card)),
        Visit::CUSTOMER.set(&Ref::to(customer)),
        Visit::EQUIPMENT.set(&Ref::to(equipment)),
        Visit::WINDOW.set(&window),
        Visit::DURATION_MINUTES.set(&stop.minutes),
        Visit::SPECIALISTS.set(&specialists),
    ];
    let sent = VisitEvent { what: Some(VisitAct::Dispatched), specialists, ..VisitEvent::default() };
    add(device, &mut intents, &Visit::EVENTS, &sent)?;
    Ok(device.create(Kind::Visit, intents)?)
}

const fn work(
    name: &'static str,
    name_en: &'static str,
    unit: &'static str,
    volume: i64,
    hours_tenths: i64,
) -> Work {
    Work { name, name_en, unit, volume, hours_tenths }
}

const fn question(text: &'static str, required: bool, answer: Answer) -> Question {
    Question { text, required, answer }
}

/// Three more of tomorrow come after the five of today.
const STOPS: [Stop; 8] = [
    Stop {
        place: Place {
            customer: "ОСББ «Липки-7»",
            settlement: "Житомир",
            street: "вул. Липова, 7",
            access: None,
            coordinates: (50_240_000, 28_620_000),
            contact: Some(["Ярош", "Надія", "Іванівна", "голова правління", "+380675550107"]),
            object: ("Котел", Some("КСВ-350"), None, None),
        },
        subject: "заміна датчика тяги",
        window: ("08:30", "09:40"),
        minutes: 70,
        date: TODAY,
    },
    Stop {
        place: Place {
            customer: "ПрАТ «Молокозавод “Тетерів”»",
            settlement: "Житомир",
            street: "вул. Промислова, 14, прохідна №\u{a0}2",
            access: Some("Перепустка на вході, взуття змінне"),
            coordinates: (50_295_000, 28_720_000),
            contact: Some(["Гнатюк", "Роман", "Васильович", "головний механік", "+380675550142"]),
            object: ("Компресор гвинтовий", Some("ВК-22"), Some("0817-2214"), Some("2027-03-14")),
        },
        subject: "ТО-2",
        window: ("10:30", "12:30"),
        minutes: 120,
        date: TODAY,
    },
    Stop {
        place: Place {
            customer: "ТОВ «Хлібодар», пекарня №\u{a0}3",
            settlement: "Бердичів",
            street: "вул. Європейська, 102",
            access: None,
            coordinates: (50_270_000, 28_850_000),
            contact: Some(["Мельник", "Ольга", "Степанівна", "завідувачка", "+380675550163"]),
            object: ("Камера шокового заморожування", Some("ШК-10"), None, None),
        },
        subject: "огляд",
        window: ("13:15", "14:15"),
        minutes: 60,
        date: TODAY,
    },
    Stop {
        place: Place {
            customer: "КНП «Міська лікарня №\u{a0}4»",
            settlement: "Житомир",
            street: "вул. Медична, 4",
            access: Some("Потрібна перепустка"),
            coordinates: (50_330_000, 28_950_000),
            contact: Some(["Дяченко", "Павло", "Юрійович", "інженер", "+380675550184"]),
            object: ("Чилер", Some("ЧВ-140"), None, None),
        },
        subject: "не тримає температуру",
        window: ("14:45", "16:15"),
        minutes: 90,
        date: TODAY,
    },
    Stop {
        place: Place {
            customer: "ТОВ «Агро-Полісся»",
            settlement: "Коростишів",
            street: "вул. Київська, 60",
            access: None,
            coordinates: (50_290_000, 29_050_000),
            contact: None,
            object: ("Генератор дизельний", Some("ДГ-60"), None, None),
        },
        subject: "пусконалагодження",
        window: ("17:00", "18:10"),
        minutes: 70,
        date: TODAY,
    },
    tomorrow("ТОВ «Скляний двір»", ("09:00", "10:00")),
    tomorrow("СТОВ «Нива-Пулини»", ("11:00", "12:00")),
    tomorrow("ТОВ «Поліграф-Захід»", ("13:00", "14:00")),
];

const fn tomorrow(customer: &'static str, window: (&'static str, &'static str)) -> Stop {
    Stop {
        place: Place {
            customer,
            settlement: "Житомир",
            street: "вул. Скляна, 1",
            access: None,
            coordinates: (50_250_000, 28_650_000),
            contact: None,
            object: ("Компресор поршневий", Some("КП-5"), None, None),
        },
        subject: "ТО-1",
        window,
        minutes: 60,
        date: TOMORROW,
    }
}
