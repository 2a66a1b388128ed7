//! Names as they are compared: letters only, and companies without their legal form.
//!
//! «ТОВ "Ясен-Буд"», «Ясен Буд, ТОВ» and «Товариство з обмеженою відповідальністю Ясен-Буд» are one
//! company; «ФОП Ясен» and «ТОВ Ясен» are two; «Ясен» alone may be either.

use halyard_domain::normalize::normalize;

#[cfg(test)]
thread_local! {
    /// How many texts this thread has folded: what finding a record's rows costs.
    pub(super) static FOLDED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// A text by its letters and digits, spelled as the search spells it.
pub(super) fn fold(text: &str) -> String {
    #[cfg(test)]
    FOLDED.with(|count| count.set(count.get() + 1));
    normalize(text).words
}

/// A company's name as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct CompanyName {
    /// The name without its form. Never empty.
    pub(super) core: String,
    form: Option<&'static str>,
}

impl CompanyName {
    /// Reads a name; `None` when there is nothing to compare by.
    pub(super) fn of(text: &str) -> Option<Self> {
        let folded = format!(" {} ", fold(text));
        let form = FORMS.iter().find_map(|(form, spellings)| {
            let spelling = spellings.iter().find(|spelling| folded.contains(&format!(" {spelling} ")))?;
            Some((*form, *spelling))
        });
        let whole = folded.trim().to_owned();
        let (core, form) = match form {
            Some((form, spelling)) => (folded.replacen(&format!(" {spelling} "), " ", 1), Some(form)),
            None => (folded, None),
        };
        let core = core.trim().to_owned();
        // A company that is called «Приватне підприємство» and nothing else keeps its name.
        let core = if core.is_empty() { whole } else { core };
        (!core.is_empty()).then_some(Self { core, form })
    }

    /// True when the name tells the legal form.
    pub(super) fn has_form(&self) -> bool {
        self.form.is_some()
    }

    /// True when both may be the name of one company.
    pub(super) fn may_be(&self, other: &Self) -> bool {
        let forms_agree = match (self.form, other.form) {
            (Some(one), Some(another)) => one == another,
            (None, _) | (_, None) => true,
        };
        self.core == other.core && forms_agree
    }

    /// True when every word of one is in the other: «Ясен» and «Ясен Плюс».
    pub(super) fn resembles(&self, other: &Self) -> bool {
        let within = |one: &str, another: &str| {
            one.split(' ').all(|word| another.split(' ').any(|other| other == word))
        };
        within(&self.core, &other.core) || within(&other.core, &self.core)
    }
}

/// Legal forms with their spellings, folded; longer ones first.
const FORMS: &[(&str, &[&str])] = &[
    (
        "llc",
        &[
            "товариство з обмеженою відповідальністю",
            "общество с ограниченной ответственностью",
            "limited liability company",
            "тов",
            "тзов",
            "ооо",
            "llc",
        ],
    ),
    (
        "person",
        &["фізична особа підприємець", "физическое лицо предприниматель", "фоп", "флп", "спд фо", "спд"],
    ),
    (
        "private_joint_stock",
        &["приватне акціонерне товариство", "частное акционерное общество", "прат", "чао"],
    ),
    (
        "public_joint_stock",
        &["публічне акціонерне товариство", "публичное акционерное общество", "пат", "пао"],
    ),
    ("joint_stock", &["акціонерне товариство", "акционерное общество", "ат"]),
    ("co_owners", &["обєднання співвласників багатоквартирного будинку", "осбб", "осмд"]),
    ("communal_nonprofit", &["комунальне некомерційне підприємство", "кнп"]),
    ("communal", &["комунальне підприємство", "коммунальное предприятие", "кп"]),
    ("state", &["державне підприємство", "государственное предприятие", "дп"]),
    ("farm", &["селянське фермерське господарство", "фермерське господарство", "сфг", "фг"]),
    ("private", &["приватне підприємство", "частное предприятие", "пп", "чп"]),
];

/// A person's name in parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PersonName {
    pub(super) surname: Option<String>,
    pub(super) given_name: Option<String>,
    pub(super) patronymic: Option<String>,
}

impl PersonName {
    /// Takes a whole name apart. The patronymic tells the order; without one the surname stands first.
    pub(super) fn of(text: &str) -> Self {
        let words: Vec<&str> = text.split_whitespace().collect();
        let some = |word: &str| Some(word.to_owned());
        match words.as_slice() {
            [] => Self::default(),
            [one] => Self { given_name: some(one), ..Self::default() },
            [given, patronymic] if is_patronymic(patronymic) => {
                Self { surname: None, given_name: some(given), patronymic: some(patronymic) }
            }
            [given, patronymic, surname] if is_patronymic(patronymic) && !is_patronymic(surname) => {
                Self { surname: some(surname), given_name: some(given), patronymic: some(patronymic) }
            }
            [surname, given] => Self { surname: some(surname), given_name: some(given), patronymic: None },
            [surname, given, rest @ ..] => {
                Self { surname: some(surname), given_name: some(given), patronymic: some(&rest.join(" ")) }
            }
        }
    }
}

fn is_patronymic(word: &str) -> bool {
    let word = word.to_lowercase();
    ["ович", "евич", "йович", "лліч", "івна", "ївна", "овна", "евна"]
        .iter()
        .any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_company(one: &str, another: &str, expected: bool) {
        let (a, b) = (CompanyName::of(one).unwrap(), CompanyName::of(another).unwrap());
        assert_eq!(a.may_be(&b), expected, "{one} / {another}");
    }

    #[test]
    fn one_company_is_written_in_many_ways() {
        check_company("ТОВ «Ясен-Буд»", "Ясен Буд, ТОВ", true);
        check_company("Товариство з обмеженою відповідальністю \"Ясен-буд\"", "ТОВ ЯСЕН-БУД", true);
        check_company("Ясен-Буд", "ПП Ясен-Буд", true);
        check_company("ФОП Ясен", "ТОВ Ясен", false);
        check_company("ОСББ «Під'їзд»", "ОСББ Підʼїзд", true);
        check_company("Пат", "Патруль", false);
        check_company("Приватне підприємство", "ПП Ясен", false);
    }

    #[test]
    fn a_name_of_signs_is_no_name() {
        assert_eq!(CompanyName::of(" – «» "), None);
    }

    fn check_person(text: &str, expected: [Option<&str>; 3]) {
        let name = PersonName::of(text);
        assert_eq!([name.surname, name.given_name, name.patronymic], expected.map(|w| w.map(str::to_owned)));
    }

    #[test]
    fn the_patronymic_tells_the_order_of_a_name() {
        let whole = [Some("Коваленко"), Some("Марія"), Some("Іванівна")];
        check_person("Коваленко Марія Іванівна", whole);
        check_person("Марія Іванівна Коваленко", whole);
        check_person("Марія Іванівна", [None, Some("Марія"), Some("Іванівна")]);
        check_person("Коваленко М. І.", [Some("Коваленко"), Some("М."), Some("І.")]);
        check_person("Марія", [None, Some("Марія"), None]);
        check_person("Петрович Іван Петрович", [Some("Петрович"), Some("Іван"), Some("Петрович")]);
    }
}
