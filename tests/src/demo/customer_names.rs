//! What the demo's customers are called: invented companies, houses, hospitals and traders.

use super::dice::Dice;
use super::identifiers;
use super::names::FullName;

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
pub(super) struct Form {
    short: &'static str,
    full: &'static str,
    /// What its head is called: a man and a woman.
    pub(super) head: (&'static str, &'static str),
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

/// How a customer is called, and the word its addresses on the web begin with.
pub(super) struct Called {
    pub(super) name: String,
    pub(super) legal_name: String,
    pub(super) code: String,
    pub(super) web: String,
    pub(super) form: Form,
    pub(super) owner: Option<FullName>,
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
        "КНП" => (
            format!("{}{}ська лікарня № {}", beginning.0, stem(ending.0), 1 + rest / ENDINGS.len()),
            String::new(),
        ),
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

/// «Камінь» has a «камінська» hospital, «поль» a «польська» one.
fn stem(ending: &str) -> &str {
    if ending.ends_with("нь") { ending.trim_end_matches('ь') } else { ending }
}
