//! What the demo company services, one file a sort of equipment: makers, works, checks, what a
//! technician sees, measures, does and advises, and what customers complain about.
//!
//! Data, written as technicians write. Makers and models are invented.

mod boilers;
mod chillers;
mod generators;
mod lifts;
mod power_supplies;
mod pumps;
mod registers;
mod ventilation;

/// A unit of the demo's directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Piece,
    Hour,
    Metre,
    Litre,
    Kilogram,
    Service,
    Bar,
    Celsius,
    Volt,
    Ampere,
    Millimetre,
    Percent,
    EngineHour,
    Start,
    Receipt,
    KilowattHour,
    CubicMetre,
}

/// Why something went wrong: an entry of the directory of causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    WornPart,
    Installation,
    Misuse,
    FaultyPart,
    PoorService,
    Late,
    Settings,
    PowerSurge,
    Paperwork,
}

/// A sort of equipment and everything about servicing it.
pub(super) struct Trade {
    pub(super) category: &'static str,
    pub(super) category_en: &'static str,
    pub(super) skill: &'static str,
    pub(super) skill_en: &'static str,
    /// What one piece is called: «Котел».
    pub(super) thing: &'static str,
    pub(super) makers: &'static [(&'static str, &'static [&'static str])],
    /// `#` is a digit, `@` a letter.
    pub(super) serial: &'static str,
    pub(super) places: &'static [&'static str],
    /// What its meter counts, in what, and how much a month.
    pub(super) meter: (&'static str, Unit, i64),
    pub(super) works: &'static [Work],
    pub(super) checks: &'static [Check],
    pub(super) seen: &'static [&'static str],
    pub(super) measured: &'static [&'static str],
    pub(super) done: &'static [&'static str],
    pub(super) advice: &'static [&'static str],
    pub(super) parts: &'static [(&'static str, Unit)],
    pub(super) troubles: &'static [Trouble],
}

/// A kind of work.
pub(super) struct Work {
    pub(super) name: &'static str,
    pub(super) unit: Unit,
    /// Minutes one unit takes.
    pub(super) minutes: i64,
    /// How much of it a visit has.
    pub(super) volume: (i64, i64),
}

/// An item of the checklist.
pub(super) struct Check {
    pub(super) text: &'static str,
    pub(super) answer: Answer,
}

/// What the answer to an item is.
pub(super) enum Answer {
    YesNo,
    /// A number with one digit after the comma: its unit, and tenths of the least and most that are all
    /// right.
    Number(Unit, i64, i64),
    OneOf(&'static [&'static str]),
}

/// What a customer complains about, and what came of it.
pub(super) struct Trouble {
    pub(super) said: &'static str,
    pub(super) contained: &'static str,
    pub(super) cause: Cause,
    pub(super) found: &'static str,
    pub(super) corrective: &'static str,
    pub(super) preventive: &'static str,
}

const fn work(name: &'static str, unit: Unit, minutes: i64, volume: (i64, i64)) -> Work {
    Work { name, unit, minutes, volume }
}

const fn yes_no(text: &'static str) -> Check {
    Check { text, answer: Answer::YesNo }
}

const fn number(text: &'static str, unit: Unit, least_tenths: i64, most_tenths: i64) -> Check {
    Check { text, answer: Answer::Number(unit, least_tenths, most_tenths) }
}

const fn one_of(text: &'static str, choices: &'static [&'static str]) -> Check {
    Check { text, answer: Answer::OneOf(choices) }
}

/// Every trade, in the order of the directory.
pub(super) const TRADES: [&Trade; 8] = [
    &boilers::BOILERS,
    &lifts::LIFTS,
    &pumps::PUMPS,
    &chillers::CHILLERS,
    &registers::REGISTERS,
    &power_supplies::POWER_SUPPLIES,
    &generators::GENERATORS,
    &ventilation::VENTILATION,
];

impl Unit {
    /// Every unit with its Ukrainian and English names, in the order of the directory.
    pub(super) const ALL: [(Unit, &'static str, &'static str); 17] = [
        (Unit::Piece, "шт", "pcs"),
        (Unit::Hour, "год", "h"),
        (Unit::Metre, "м", "m"),
        (Unit::Litre, "л", "l"),
        (Unit::Kilogram, "кг", "kg"),
        (Unit::Service, "послуга", "service"),
        (Unit::Bar, "бар", "bar"),
        (Unit::Celsius, "°C", "°C"),
        (Unit::Volt, "В", "V"),
        (Unit::Ampere, "А", "A"),
        (Unit::Millimetre, "мм", "mm"),
        (Unit::Percent, "%", "%"),
        (Unit::EngineHour, "мотогодина", "engine hour"),
        (Unit::Start, "пуск", "start"),
        (Unit::Receipt, "чек", "receipt"),
        (Unit::KilowattHour, "кВт·год", "kWh"),
        (Unit::CubicMetre, "м³", "m³"),
    ];
}

impl Cause {
    /// Every cause with its Ukrainian and English names, in the order of the directory.
    pub(super) const ALL: [(Cause, &'static str, &'static str); 9] = [
        (Cause::WornPart, "Зношена деталь", "Worn part"),
        (Cause::Installation, "Помилка монтажу", "Installation error"),
        (Cause::Misuse, "Порушення правил експлуатації", "Misuse"),
        (Cause::FaultyPart, "Брак деталі", "Faulty part"),
        (Cause::PoorService, "Неякісне обслуговування", "Poor service"),
        (Cause::Late, "Запізнення фахівця", "Specialist was late"),
        (Cause::Settings, "Помилка налаштування", "Wrong settings"),
        (Cause::PowerSurge, "Стрибок напруги", "Power surge"),
        (Cause::Paperwork, "Помилка в документах", "Error in papers"),
    ];
}

/// What people complain about whatever the equipment is.
pub(super) const ANY_TROUBLE: &[Trouble] = &[
    Trouble {
        said: "Майстер приїхав на {2-4} години пізніше узгодженого часу і не попередив. Об'єкт увесь цей час стояв.",
        contained: "Перепросили телефоном, наступний виїзд поставили на зручний для замовника час.",
        cause: Cause::Late,
        found: "Попередній виїзд затягнувся, диспетчера про це не повідомили.",
        corrective: "Домовитися з замовником про компенсацію простою",
        preventive: "Сповіщати замовника, якщо фахівець спізнюється понад 30 хвилин",
    },
    Trouble {
        said: "В акті вказано {2-3} години роботи, а майстер пробув пів години. Просимо перерахувати.",
        contained: "Призупинили виставлення рахунка до з'ясування.",
        cause: Cause::Paperwork,
        found: "Час дороги помилково внесено як час роботи.",
        corrective: "Виправити акт і надіслати замовнику",
        preventive: "Перевіряти час роботи за подіями виїзду перед випуском акта",
    },
    Trouble {
        said: "Після ремонту залишили бруд і не забрали старі деталі. Довелося прибирати самим.",
        contained: "Надіслали працівника прибрати того ж дня.",
        cause: Cause::PoorService,
        found: "У чек-листі виїзду не було пункту про прибирання робочого місця.",
        corrective: "Прибрати приміщення та вивезти старі деталі",
        preventive: "Додати до чек-листа пункт про прибирання",
    },
];
