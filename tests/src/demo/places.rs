//! Regions and towns of Ukraine with their coordinates, and streets any of them has.

use halyard_domain::records::values::Coordinates;

use super::dice::Dice;

/// A region with some of its towns.
pub(super) struct Region {
    pub(super) name: &'static str,
    pub(super) name_en: &'static str,
    pub(super) towns: &'static [Town],
}

/// A town: its name, the first three digits of its postal codes, and where it is.
pub(super) struct Town {
    pub(super) name: &'static str,
    pub(super) postal: &'static str,
    latitude_e6: i32,
    longitude_e6: i32,
}

/// A place in a town.
pub(super) struct Spot {
    pub(super) street: String,
    pub(super) postal_code: String,
    pub(super) coordinates: Coordinates,
}

const fn town(name: &'static str, postal: &'static str, latitude_e4: i32, longitude_e4: i32) -> Town {
    Town { name, postal, latitude_e6: latitude_e4 * 100, longitude_e6: longitude_e4 * 100 }
}

/// The regions the demo company works in.
pub(super) const REGIONS: &[Region] = &[
    Region {
        name: "Київська область",
        name_en: "Kyiv region",
        towns: &[
            town("Київ", "031", 504501, 305234),
            town("Біла Церква", "091", 497968, 301311),
            town("Бровари", "074", 505111, 307903),
            town("Бориспіль", "083", 503532, 309514),
            town("Ірпінь", "082", 505218, 302505),
            town("Фастів", "085", 500767, 299177),
        ],
    },
    Region {
        name: "Львівська область",
        name_en: "Lviv region",
        towns: &[
            town("Львів", "790", 498397, 240297),
            town("Дрогобич", "821", 493500, 235058),
            town("Стрий", "824", 492562, 238511),
            town("Золочів", "807", 498075, 249031),
        ],
    },
    Region {
        name: "Полтавська область",
        name_en: "Poltava region",
        towns: &[
            town("Полтава", "360", 495883, 345514),
            town("Кременчук", "396", 490631, 334037),
            town("Лубни", "375", 500164, 329969),
            town("Миргород", "376", 499689, 336081),
        ],
    },
    Region {
        name: "Вінницька область",
        name_en: "Vinnytsia region",
        towns: &[
            town("Вінниця", "210", 492331, 284682),
            town("Хмільник", "220", 495594, 279567),
            town("Жмеринка", "231", 490372, 281122),
            town("Гайсин", "237", 488103, 293903),
        ],
    },
    Region {
        name: "Черкаська область",
        name_en: "Cherkasy region",
        towns: &[
            town("Черкаси", "180", 494444, 320598),
            town("Умань", "203", 487484, 302218),
            town("Сміла", "207", 492228, 318733),
            town("Канів", "190", 497517, 314597),
        ],
    },
    Region {
        name: "Житомирська область",
        name_en: "Zhytomyr region",
        towns: &[
            town("Житомир", "100", 502547, 286587),
            town("Бердичів", "133", 498919, 285967),
            town("Коростень", "115", 509594, 286386),
        ],
    },
    Region {
        name: "Одеська область",
        name_en: "Odesa region",
        towns: &[
            town("Одеса", "650", 464825, 307233),
            town("Чорноморськ", "680", 463019, 306569),
            town("Подільськ", "663", 477528, 295339),
        ],
    },
    Region {
        name: "Дніпропетровська область",
        name_en: "Dnipro region",
        towns: &[
            town("Дніпро", "490", 484647, 350462),
            town("Кам'янське", "519", 485079, 346132),
            town("Самар", "512", 486325, 352239),
        ],
    },
    Region {
        name: "Хмельницька область",
        name_en: "Khmelnytskyi region",
        towns: &[
            town("Хмельницький", "290", 494230, 269871),
            town("Кам'янець-Подільський", "323", 486845, 265806),
            town("Шепетівка", "304", 501850, 270637),
        ],
    },
    Region {
        name: "Івано-Франківська область",
        name_en: "Ivano-Frankivsk region",
        towns: &[
            town("Івано-Франківськ", "760", 489226, 247111),
            town("Коломия", "782", 485306, 250403),
            town("Калуш", "773", 490439, 243631),
        ],
    },
];

const STREETS: &[&str] = &[
    "вул. Садова",
    "вул. Шкільна",
    "вул. Лісова",
    "вул. Набережна",
    "вул. Вокзальна",
    "вул. Польова",
    "вул. Зелена",
    "вул. Джерельна",
    "вул. Соборна",
    "вул. Калинова",
    "вул. Вишнева",
    "вул. Промислова",
    "вул. Заводська",
    "вул. Будівельників",
    "вул. Шевченка",
    "вул. Лесі Українки",
    "вул. Івана Франка",
    "вул. Героїв України",
    "вул. Незалежності",
    "вул. Козацька",
    "просп. Миру",
    "просп. Свободи",
    "бульв. Каштановий",
    "вул. Замкова",
    "вул. Староміська",
    "пров. Тихий",
    "вул. Млинова",
    "вул. Кооперативна",
    "вул. Паркова",
    "вул. Сонячна",
];

impl Town {
    /// A place within a few kilometres of the middle of the town.
    pub(super) fn spot(&self, dice: &mut Dice) -> Spot {
        let house = dice.between(1, 140);
        let letter = if dice.chance(12) { *dice.pick(&["-А", "-Б", "/1", "/2"]) } else { "" };
        let mut near = |middle: i32| middle + i32::try_from(dice.between(-28_000, 28_000)).unwrap_or(0);
        let coordinates =
            Coordinates { latitude_e6: near(self.latitude_e6), longitude_e6: near(self.longitude_e6) };
        Spot {
            street: format!("{}, {house}{letter}", dice.pick(STREETS)),
            postal_code: format!("{}{:02}", self.postal, dice.between(1, 60)),
            coordinates,
        }
    }
}
