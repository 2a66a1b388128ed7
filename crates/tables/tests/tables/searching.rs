//! People find records by what they remember of them.

use halyard_domain::kind::Kind;
use halyard_domain::record::Authored;
use halyard_domain::records::{ContactPerson, Customer, Equipment, Visit};
use halyard_tables::list::{ListQuery, Search};
use halyard_tables::search::{Depth, LOOKED_AT, best, find, hit};
use halyard_tables::sql::SqlValue;
use halyard_tables::sqlite;

use crate::database::*;
use halyard_testkit::sample::*;

fn company() -> Database {
    let database = Database::device();
    let contact = ContactPerson {
        surname: Some("Лук'яненко".to_owned()),
        phones: vec!["+38 (067) 765-43-21".to_owned()],
        ..ContactPerson::default()
    };
    let authored = Authored { by: link("dispatcher"), at: at(2, "09:00") };
    database.put_all(&[
        customer("svitlo", "ТОВ «Світло-Сервіс»")
            .with(Customer::REGISTRY_CODE.set(&"32855961".to_owned()))
            .with(Customer::CONTACTS.add(row("contact"), authored, &contact))
            .text("notes", "Приймальня на третьому поверсі"),
        customer("ganok", "Ґанок і ко").with(Customer::PHONES.set(&vec!["0441112233".to_owned()])),
        equipment("pump", "Насос циркуляційний")
            .with(Equipment::SERIAL.set(&"WILO-4091-77A".to_owned()))
            .with(Equipment::CUSTOMER.set(&link("svitlo"))),
        visit("visit").with(Visit::CUSTOMER.set(&link("svitlo"))).text("findings", "Кондиціонер тече"),
    ]);
    database
}

fn found(database: &Database, depth: Depth, text: &str) -> Vec<Kind> {
    let Some(statement) = find(database.target, depth, text, Kind::ALL, 10) else { return Vec::new() };
    let rows = sqlite::query(&database.connection, &statement).unwrap();
    let hits = rows.iter().map(|row| hit(row).unwrap()).collect();
    best(hits, depth, text, 10).iter().map(|hit| hit.kind).collect()
}

/// What was found is called, in its order.
fn labels(database: &Database, text: &str, kinds: &[Kind], limit: u32) -> Vec<String> {
    let statement = find(database.target, Depth::Words, text, kinds, limit).unwrap();
    let rows = sqlite::query(&database.connection, &statement).unwrap();
    let hits = best(rows.iter().map(|row| hit(row).unwrap()).collect(), Depth::Words, text, limit);
    hits.into_iter().map(|hit| hit.title).collect()
}

#[test]
fn beginnings_of_words_find_whatever_the_spelling() {
    let database = company();
    let cases = [
        ("світло", vec![Kind::Customer]),
        ("СЕРВІС світ", vec![Kind::Customer]),
        ("лукян", vec![Kind::Customer]),
        ("Лук’яненко", vec![Kind::Customer]),
        ("ганок", vec![Kind::Customer]),
        ("32855961", vec![Kind::Customer]),
        ("067 765 43 21", vec![Kind::Customer]),
        ("8 067 7654321", vec![Kind::Customer]),
        ("+380677654321", vec![Kind::Customer]),
        ("лукяненко 0677654321", vec![Kind::Customer]),
        ("(044) 111-22-33", vec![Kind::Customer]),
        ("поверсі", vec![Kind::Customer]),
        ("wilo 4091", vec![Kind::Equipment]),
        ("кондиц", vec![Kind::Visit]),
        ("світло насос", vec![]),
        ("диціонер", vec![]),
        ("«»—…", vec![]),
        ("", vec![]),
    ];
    for (text, expected) in cases {
        assert_eq!(found(&database, Depth::Words, text), expected, "{text:?}");
    }
}

#[test]
fn a_number_on_a_nameplate_is_found_in_whichever_alphabet_it_was_typed() {
    let database = Database::device();
    let numbered =
        |name: &str, serial: &str| equipment(name, name).with(Equipment::SERIAL.set(&serial.to_owned()));
    database.put_all(&[
        numbered("latin", "K9400"),
        numbered("cyrillic", "К9401"),
        numbered("dashed", "KH-94"),
    ]);
    for (text, expected) in
        [("к9400", 1), ("k9401", 1), ("К94", 2), ("к", 3), ("КН-94", 1), ("КН", 1), ("кн", 1)]
    {
        let kinds = vec![Kind::Equipment; expected];
        assert_eq!(found(&database, Depth::Words, text), kinds, "{text:?}");
    }
    assert_eq!(found(&database, Depth::Inner, "к9400"), [Kind::Equipment]);
}

#[test]
fn inner_parts_of_names_and_codes_are_found_as_a_fallback() {
    let database = company();
    let cases = [
        ("ітло", vec![Kind::Customer]),
        ("091-77", vec![Kind::Equipment]),
        ("855961", vec![Kind::Customer]),
        ("111-22-33", vec![Kind::Customer]),
        ("яненко", vec![Kind::Customer]),
        ("ок", vec![]),
    ];
    for (text, expected) in cases {
        assert_eq!(found(&database, Depth::Inner, text), expected, "{text:?}");
    }
}

#[test]
fn a_list_finds_records_by_their_customer_too() {
    let database = company();
    let mut query = ListQuery::of(Kind::Visit, &[], 10);
    for text in ["світло", "кондиц"] {
        query.search = Some(Search { text: text.to_owned(), depth: Depth::Words });
        assert_eq!(database.all_pages(&query), [id("visit")], "{text}");
    }
    query.search = Some(Search { text: "ганок".to_owned(), depth: Depth::Words });
    assert!(database.all_pages(&query).is_empty());
}

#[test]
fn an_edited_or_removed_record_is_found_by_its_new_words_only() {
    let database = company();
    database.put(&customer("svitlo", "Темрява"));
    assert_eq!(found(&database, Depth::Words, "світло"), []);
    assert_eq!(found(&database, Depth::Inner, "855961"), []);
    assert_eq!(found(&database, Depth::Words, "темр"), [Kind::Customer]);

    database.remove(Kind::Customer, "svitlo");
    assert_eq!(found(&database, Depth::Words, "темр"), []);
    assert_eq!(found(&database, Depth::Inner, "мрява"), []);
}

#[test]
fn one_company_never_finds_the_records_of_another() {
    let office = Database::office();
    office.put(&customer("ours", "Світло"));
    assert_eq!(found(&office, Depth::Words, "світло"), [Kind::Customer]);
    let other = office.into_other_company();
    assert_eq!(found(&other, Depth::Words, "світло"), []);
}

/// Records in the order of their ids, as time makes them.
fn in_time(number: u128) -> halyard_domain::id::DocumentId {
    halyard_domain::id::DocumentId::from_slice(&number.to_be_bytes()).unwrap()
}

#[test]
fn what_is_called_so_comes_first_then_kinds_take_turns_newest_first() {
    let database = Database::device();
    let mut samples = vec![
        customer("1", "Насосний завод"),
        equipment("2", "Насос К-20"),
        equipment("3", "Насос К-80"),
        customer("4", "Млин").text("notes", "Два насоси в підвалі"),
        equipment("5", "Котел").with(Equipment::PLACE.set(&"насосна".to_owned())),
        customer("6", "Пекарня").text("notes", "Насос на даху"),
    ];
    for (number, sample) in (1..).zip(&mut samples) {
        sample.id = in_time(number);
    }
    database.put_all(&samples);
    let all = ["Насосний завод", "Насос К-80", "Насос К-20", "Пекарня", "Котел", "Млин"];
    assert_eq!(labels(&database, "насос", Kind::ALL, 10), all);
    assert_eq!(labels(&database, "насос", Kind::ALL, 3), all[..3]);
    assert_eq!(labels(&database, "насос", &[Kind::Equipment], 10), ["Насос К-80", "Насос К-20", "Котел"]);
}

#[test]
fn a_word_that_all_records_have_costs_no_more_than_the_records_looked_at() {
    let of = |records: u32| {
        let database = Database::device();
        let samples: Vec<_> = (0..records)
            .map(|number| {
                let mut sample = customer(&number.to_string(), &format!("Клієнт {number}"));
                sample.id = in_time(u128::from(number) + 1);
                sample.text("notes", if number % 100 == 7 { "Насос рідкісний" } else { "Насос" })
            })
            .collect();
        database.put_all(&samples);
        database
    };
    let steps = |database: &Database, text: &str| {
        let statement = find(database.target, Depth::Words, text, Kind::ALL, 10).unwrap();
        let [SqlValue::Text(words), SqlValue::Int(most)] = statement.params.as_slice() else { panic!() };
        let mut prepared = database.connection.prepare(&statement.sql).unwrap();
        let found = prepared.query_map((words, most), |_| Ok(())).unwrap().count();
        (found, prepared.get_status(rusqlite::StatementStatus::VmStep))
    };
    let (few, many) = (of(1_000), of(3_000));
    let looked_at = usize::try_from(LOOKED_AT).unwrap();
    assert_eq!(steps(&few, "насос"), steps(&many, "насос"));
    assert_eq!(steps(&many, "насос").0, 2 * looked_at, "those that came first, those that came last");
    // All of those that have a rarer word are found.
    assert_eq!(steps(&many, "рідкісний").0, 30);
    assert_eq!(labels(&many, "насос", Kind::ALL, 1), ["Клієнт 2999"]);
}
