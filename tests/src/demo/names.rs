//! People's names: given names with their vocatives and patronymics, surnames in both genders.
//!
//! The lists are common names, combined by chance; nobody in particular is meant.

use super::dice::Dice;

/// A man or a woman: Ukrainian surnames, patronymics and positions tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Man,
    Woman,
}

/// A name in its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FullName {
    pub(super) gender: Gender,
    pub(super) surname: &'static str,
    pub(super) given_name: &'static str,
    pub(super) patronymic: &'static str,
    /// «Маріє Іванівно».
    pub(super) vocative: String,
}

/// A man's name, its vocative, and the patronymics of his son and daughter.
const MEN: &[(&str, &str, &str, &str)] = &[
    ("Андрій", "Андрію", "Андрійович", "Андріївна"),
    ("Анатолій", "Анатолію", "Анатолійович", "Анатоліївна"),
    ("Богдан", "Богдане", "Богданович", "Богданівна"),
    ("Василь", "Василю", "Васильович", "Василівна"),
    ("Віктор", "Вікторе", "Вікторович", "Вікторівна"),
    ("Володимир", "Володимире", "Володимирович", "Володимирівна"),
    ("Григорій", "Григорію", "Григорович", "Григорівна"),
    ("Денис", "Денисе", "Денисович", "Денисівна"),
    ("Дмитро", "Дмитре", "Дмитрович", "Дмитрівна"),
    ("Євген", "Євгене", "Євгенович", "Євгенівна"),
    ("Іван", "Іване", "Іванович", "Іванівна"),
    ("Ігор", "Ігоре", "Ігорович", "Ігорівна"),
    ("Костянтин", "Костянтине", "Костянтинович", "Костянтинівна"),
    ("Леонід", "Леоніде", "Леонідович", "Леонідівна"),
    ("Максим", "Максиме", "Максимович", "Максимівна"),
    ("Мирослав", "Мирославе", "Мирославович", "Мирославівна"),
    ("Микола", "Миколо", "Миколайович", "Миколаївна"),
    ("Михайло", "Михайле", "Михайлович", "Михайлівна"),
    ("Назар", "Назаре", "Назарович", "Назарівна"),
    ("Олег", "Олеже", "Олегович", "Олегівна"),
    ("Олександр", "Олександре", "Олександрович", "Олександрівна"),
    ("Остап", "Остапе", "Остапович", "Остапівна"),
    ("Павло", "Павле", "Павлович", "Павлівна"),
    ("Петро", "Петре", "Петрович", "Петрівна"),
    ("Роман", "Романе", "Романович", "Романівна"),
    ("Сергій", "Сергію", "Сергійович", "Сергіївна"),
    ("Степан", "Степане", "Степанович", "Степанівна"),
    ("Тарас", "Тарасе", "Тарасович", "Тарасівна"),
    ("Юрій", "Юрію", "Юрійович", "Юріївна"),
    ("Ярослав", "Ярославе", "Ярославович", "Ярославівна"),
];

const WOMEN: &[(&str, &str)] = &[
    ("Анна", "Анно"),
    ("Валентина", "Валентино"),
    ("Вікторія", "Вікторіє"),
    ("Галина", "Галино"),
    ("Дарина", "Дарино"),
    ("Зоряна", "Зоряно"),
    ("Ірина", "Ірино"),
    ("Катерина", "Катерино"),
    ("Лариса", "Ларисо"),
    ("Леся", "Лесю"),
    ("Людмила", "Людмило"),
    ("Марія", "Маріє"),
    ("Мирослава", "Мирославо"),
    ("Надія", "Надіє"),
    ("Наталія", "Наталіє"),
    ("Оксана", "Оксано"),
    ("Олена", "Олено"),
    ("Ольга", "Ольго"),
    ("Світлана", "Світлано"),
    ("Соломія", "Соломіє"),
    ("Софія", "Софіє"),
    ("Тетяна", "Тетяно"),
    ("Христина", "Христино"),
    ("Юлія", "Юліє"),
];

/// A surname of a man and of a woman.
const SURNAMES: &[(&str, &str)] = &[
    ("Бабенко", "Бабенко"),
    ("Бойчук", "Бойчук"),
    ("Вакуленко", "Вакуленко"),
    ("Верещинський", "Верещинська"),
    ("Гайдук", "Гайдук"),
    ("Гнатюк", "Гнатюк"),
    ("Голубченко", "Голубченко"),
    ("Грицай", "Грицай"),
    ("Демчук", "Демчук"),
    ("Дорошенко", "Дорошенко"),
    ("Дубовий", "Дубова"),
    ("Загорський", "Загорська"),
    ("Зелінський", "Зелінська"),
    ("Іваненко", "Іваненко"),
    ("Калиновський", "Калиновська"),
    ("Карпенко", "Карпенко"),
    ("Кириленко", "Кириленко"),
    ("Коваленко", "Коваленко"),
    ("Козаченко", "Козаченко"),
    ("Кравчук", "Кравчук"),
    ("Кульчицький", "Кульчицька"),
    ("Лановий", "Ланова"),
    ("Лисенко", "Лисенко"),
    ("Литвинчук", "Литвинчук"),
    ("Лозинський", "Лозинська"),
    ("Мазуренко", "Мазуренко"),
    ("Марчук", "Марчук"),
    ("Мельниченко", "Мельниченко"),
    ("Назарук", "Назарук"),
    ("Нечипоренко", "Нечипоренко"),
    ("Онищук", "Онищук"),
    ("Паламарчук", "Паламарчук"),
    ("Петренко", "Петренко"),
    ("Пилипчук", "Пилипчук"),
    ("Підгірний", "Підгірна"),
    ("Поліщук", "Поліщук"),
    ("Романенко", "Романенко"),
    ("Руденко", "Руденко"),
    ("Савицький", "Савицька"),
    ("Сидоренко", "Сидоренко"),
    ("Скрипник", "Скрипник"),
    ("Соколенко", "Соколенко"),
    ("Степаненко", "Степаненко"),
    ("Тимчук", "Тимчук"),
    ("Ткачук", "Ткачук"),
    ("Федорук", "Федорук"),
    ("Харченко", "Харченко"),
    ("Черненко", "Черненко"),
    ("Шевчук", "Шевчук"),
    ("Яремчук", "Яремчук"),
];

impl FullName {
    /// A name by chance; `women` of a hundred are women's.
    pub(super) fn draw(dice: &mut Dice, women: usize) -> Self {
        let (of_man, of_woman) = *dice.pick(SURNAMES);
        let (_, _, son, daughter) = *dice.pick(MEN);
        if dice.chance(women) {
            let (given_name, vocative) = *dice.pick(WOMEN);
            let vocative = format!("{vocative} {}", vocative_of(daughter));
            Self { gender: Gender::Woman, surname: of_woman, given_name, patronymic: daughter, vocative }
        } else {
            let (given_name, vocative, ..) = *dice.pick(MEN);
            let vocative = format!("{vocative} {}", vocative_of(son));
            Self { gender: Gender::Man, surname: of_man, given_name, patronymic: son, vocative }
        }
    }

    /// One of two words, as the gender has it: «директор», «директорка».
    pub(super) fn word(&self, (of_man, of_woman): (&'static str, &'static str)) -> &'static str {
        match self.gender {
            Gender::Man => of_man,
            Gender::Woman => of_woman,
        }
    }

    /// «М. І. Коваленко».
    pub(super) fn short(&self) -> String {
        format!("{} {}", self.initials(), self.surname)
    }

    /// «М. І.».
    pub(super) fn initials(&self) -> String {
        let first = |name: &str| name.chars().next().map(|letter| format!("{letter}.")).unwrap_or_default();
        format!("{} {}", first(self.given_name), first(self.patronymic))
    }
}

/// «Петрович» is called «Петровичу», «Петрівна» «Петрівно».
fn vocative_of(patronymic: &str) -> String {
    match patronymic.strip_suffix('а') {
        Some(stem) => format!("{stem}о"),
        None => format!("{patronymic}у"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_name_has_the_gender_of_the_person() {
        for index in 0..500 {
            let name = FullName::draw(&mut Dice::of(3, "name", index), 50);
            let is_woman = name.gender == Gender::Woman;
            assert_eq!(name.patronymic.ends_with('а'), is_woman, "{name:?}");
            assert_eq!(name.vocative.ends_with("вно"), is_woman, "{name:?}");
            assert_eq!(name.vocative.ends_with("чу"), !is_woman, "{name:?}");
            assert_eq!(name.surname.ends_with("ська") || name.surname.ends_with("цька"), {
                is_woman && (name.surname.contains("ськ") || name.surname.contains("цьк"))
            });
        }
    }
}
