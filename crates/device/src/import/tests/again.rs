//! Importing beside what exists: the same file twice, fields filled, the way back.

use std::cell::Cell;
use std::fmt::Write as _;

use halyard_domain::id::Ref;
use halyard_domain::records::Customer;
use halyard_domain::schema::root_key;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::super::columns::Column;
use super::super::known::Wanted;
use super::super::names::FOLDED;
use super::*;

const TWO_CUSTOMERS: &str = "\
Клієнт;Код ЄДРПОУ;Телефон;Місто;Адреса;Примітка;Контактна особа;Посада;Обладнання;Серійний номер;Встановлено
ТОВ «Ясенбрід»;90000015;067 123 45 67;Полтава;вул. Садова, 1;Заїзд із двору;Коваленко Марія Іванівна;директорка;Котел;A-1;01.02.2024
ТОВ «Ясенбрід»;;;Полтава;вул. Садова, 1;;Гнатюк Петро;механік;Насос;;
ПП «Тернолуг»;90000021;;;;;;;Ліфт;L-7;
";

#[test]
fn both_encodings_and_a_spreadsheet_give_the_same_plan() {
    let mut sheet = Workbook::new();
    let page = sheet.add_worksheet();
    let day = Format::new().set_num_format("dd.mm.yyyy");
    for (row, line) in TWO_CUSTOMERS.lines().enumerate() {
        for (column, cell) in line.split(';').enumerate() {
            let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            match cell {
                "90000015" => page.write_number(row, column, 90_000_015).unwrap(),
                "01.02.2024" => {
                    let date = ExcelDateTime::from_ymd(2024, 2, 1).unwrap();
                    page.write_datetime_with_format(row, column, &date, &day).unwrap()
                }
                text => page.write_string(row, column, text).unwrap(),
            };
        }
    }
    let windows = encoding_rs::WINDOWS_1251.encode(TWO_CUSTOMERS).0;

    let expected = Office::default().plan(&csv(TWO_CUSTOMERS));

    assert_eq!(expected.preview.refused, []);
    assert_eq!(expected, Office::default().plan(&Table::from_csv(&windows).unwrap()));
    assert_eq!(
        expected,
        Office::default().plan(&Table::from_xlsx(sheet.save_to_buffer().unwrap(), None).unwrap())
    );
}

/// Found by the property of any table: the middle row resembled the first customer as long as the third was not
/// read, and belonged to the third when the file came again.
#[test]
fn a_row_without_a_code_belongs_to_the_same_customer_wherever_it_stands() {
    let mut office = Office::default();
    let file = csv("\
Назва;ЄДРПОУ;Телефон;Виробник;Серійний номер
Ясен;90000015;0671234567;;A-1
Ясен Плюс;;067 123 45 67, 050 111 22 33;Верстат;
Ясен Плюс;90000021;0671234567;Терем;
");
    let first = office.import(&file);
    assert_eq!(first.preview.refused, []);
    let second = office.plan(&file);
    assert_eq!((second.plan.edits, second.preview.refused), (Vec::new(), Vec::new()));
}

/// A file of the rows in every order, imported into an office of its own.
fn in_every_order(header: &str, [one, two, three]: [&str; 3]) -> Vec<(Office, Table, Planned)> {
    let orders = [
        [one, two, three],
        [one, three, two],
        [two, one, three],
        [two, three, one],
        [three, one, two],
        [three, two, one],
    ];
    let import = |rows: [&str; 3]| {
        let (mut office, table) = (Office::default(), csv(&format!("{header}\n{}\n", rows.join("\n"))));
        let planned = office.import(&table);
        (office, table, planned)
    };
    orders.into_iter().map(import).collect()
}

#[test]
fn a_person_is_kept_by_the_whole_name_whichever_row_has_it() {
    let rows = [
        "Ясен;0671234567;Коваленко М. І.;директорка",
        ";0671234567;Коваленко Марія Іванівна;",
        "Ясен;;Коваленко Марія;",
    ];
    for (mut office, table, first) in in_every_order("Назва;Телефон;Контактна особа;Посада", rows)
    {
        assert_eq!(first.preview.refused, []);
        let [customer] = office.customers().try_into().unwrap();
        let people: Vec<_> = customer.contacts.standing().map(|row| &row.value).collect();
        let [person] = people.try_into().unwrap();
        let name = [&person.surname, &person.given_name, &person.patronymic];
        assert_eq!(name.map(Option::as_deref), [Some("Коваленко"), Some("Марія"), Some("Іванівна")]);
        assert_eq!(person.position.as_deref(), Some("директорка"));
        assert_eq!(office.plan(&table).plan.edits, []);
    }
}

#[test]
fn a_chain_of_rows_that_each_say_who_the_next_is_ends_in_one_import_however_long_it_is() {
    let mut file = "Назва;Телефон;Серійний номер\n".to_owned();
    // The wrong way round: each row has its customer only once the one below has it.
    for row in (1..=100).rev() {
        writeln!(file, ";067{:07}, 067{row:07};S-{row}", row - 1).unwrap();
    }
    writeln!(file, "Ясен;0670000000;S-0").unwrap();
    let file = csv(&file);
    let mut office = Office::default();

    let first = office.import(&file);

    assert_eq!(first.preview.refused, []);
    assert_eq!((office.customers().len(), office.equipment().len()), (1, 101));
    assert_eq!(office.plan(&file).plan.edits, []);
}

/// Found by the property of any table: the second row was Марія the director by her phone, and when the file
/// came again Марія the mechanic by her name, whom the third row had made meanwhile.
#[test]
fn a_person_who_might_be_either_of_two_is_the_same_one_when_the_file_comes_again() {
    let rows = [
        "Ясен;;Коваленко Марія;0670000000;директорка",
        "Ясен;0671234567;Марія;0670000000;механік",
        ";0671234567;Марія;;механік",
    ];
    let header = "Назва;Телефон;Контактна особа;Телефон контакту;Посада";
    for (mut office, table, first) in in_every_order(header, rows) {
        assert_eq!(first.preview.refused, []);
        let again = office.plan(&table);
        assert_eq!((again.plan.edits, again.preview.refused), (Vec::new(), Vec::new()));
    }
}

#[test]
fn a_name_without_its_legal_form_is_nobodys_where_two_forms_have_it() {
    let rows = ["Ясен;a@b.example", "ТОВ Ясен;", "ФОП Ясен;"];
    for (mut office, table, first) in in_every_order("Назва;E-mail", rows) {
        let refused: Vec<_> = first.preview.refused.iter().map(|row| row.cells[0].as_str()).collect();
        assert_eq!(refused, ["Ясен"]);
        let names: Vec<_> = office.customers().into_iter().filter_map(|customer| customer.name).collect();
        assert_eq!(names, ["ТОВ Ясен", "ФОП Ясен"]);
        assert_eq!(office.plan(&table).plan.edits, []);
    }
}

#[test]
fn a_number_that_two_makers_gave_belongs_to_the_same_thing_when_the_file_comes_again() {
    let rows = ["Ясен;A-1;;Котел", "Ясен;A-1;Верстат;", "Ясен;A-1;Терем;"];
    for (mut office, table, first) in in_every_order("Назва;Серійний номер;Виробник;Обладнання", rows)
    {
        assert_eq!(first.preview.refused, []);
        assert_eq!(office.equipment().len(), 2);
        assert_eq!(office.plan(&table).plan.edits, []);
    }
}

#[test]
fn several_rows_of_a_customer_add_people_and_equipment() {
    let mut office = Office::default();

    office.import(&csv(TWO_CUSTOMERS));

    let customers = office.customers();
    let yasen = customers.iter().find(|one| one.registry_code.as_deref() == Some("90000015")).unwrap();
    let people: Vec<_> = yasen.contacts.standing().map(|row| row.value.surname.clone().unwrap()).collect();
    assert_eq!(people, ["Коваленко", "Гнатюк"]);
    assert_eq!(yasen.addresses.0.len(), 1);
    assert_eq!(yasen.notes.0, "Заїзд із двору");
    let equipment = office.equipment();
    let names: Vec<_> = equipment.iter().map(|thing| thing.name.as_deref().unwrap()).collect();
    assert_eq!(names, ["Котел", "Ліфт", "Насос"]);
    assert_eq!(equipment[2].site, Some(yasen.addresses.0[0].id));
}

#[test]
fn the_same_file_twice_makes_nothing_new() {
    let mut office = Office::default();
    office.import(&csv(TWO_CUSTOMERS));

    let again = office.plan(&csv(TWO_CUSTOMERS));

    assert_eq!(again.plan.edits, []);
    assert_eq!((again.preview.customers.made, again.preview.equipment.made), (0, 0));
    assert_eq!(again.preview.lines.len(), 3);
    assert_eq!(again.preview.differs, []);
}

#[test]
fn only_empty_fields_are_filled_and_what_differs_is_shown() {
    let mut office = Office::default();
    office.import(&csv("Назва;ЄДРПОУ;Телефон\nЯсен;90000015;067 123 45 67\n"));

    let planned = office.import(&csv(
        "Назва;ЄДРПОУ;Телефон;E-mail;Примітка\nТОВ Ясен Нова;90000015;050 111 22 33;a@b.example;Пес\n",
    ));

    let [customer] = office.customers().try_into().unwrap();
    assert_eq!(customer.name.as_deref(), Some("Ясен"));
    assert_eq!(customer.phones, ["+380671234567"]);
    assert_eq!(customer.emails, ["a@b.example"]);
    assert_eq!(customer.notes.0, "Пес");
    let differs: Vec<_> = planned
        .preview
        .differs
        .iter()
        .map(|one| (one.column, one.kept.as_str(), one.offered.as_str()))
        .collect();
    assert_eq!(
        differs,
        [(Column::Name, "Ясен", "ТОВ Ясен Нова"), (Column::Phone, "+380671234567", "+380501112233")]
    );
}

#[test]
fn a_customer_is_found_by_phone_or_name_when_it_has_no_code() {
    let mut office = Office::default();
    office.import(&csv("Назва;Телефон\nТОВ «Ясенбрід»;+38 044 123-45-67\n"));

    let planned = office.import(&csv(
        "Назва;Телефон;ЄДРПОУ;E-mail\n;(044) 1234567;;a@b.example\nясенбрід;;90000015;\nЯсенбрід, ФОП;;;\n",
    ));

    assert_eq!(planned.preview.refused, []);
    assert_eq!(planned.preview.customers.made, 1, "another legal form is another customer");
    let first = &office.customers()[0];
    assert_eq!(first.emails, ["a@b.example"]);
    assert_eq!(first.registry_code.as_deref(), Some("90000015"));
}

#[test]
fn taking_an_import_back_leaves_what_was_there_and_what_people_did_since() {
    let mut office = Office::default();
    office.import(&csv("Назва;ЄДРПОУ\nЯсен;90000015\n"));
    let before = office.readings();
    let planned = office.import(&csv(
        "Назва;ЄДРПОУ;Телефон;E-mail;Сайт;Примітка;Контактна особа;Серійний номер\n\
         Ясен;90000015;0671234567;a@b.example;yasen.example;Пес;Коваленко Марія;A-1\nТерен;90000021;;;;;;\n",
    ));
    let yasen = *before.keys().next().unwrap();
    office.edit(yasen, Kind::Customer, &[Customer::WEBSITE.set(&"new.example".to_owned())]);

    office.take_back(&planned.plan);

    let readings = office.readings();
    let customer = Customer::read(&readings[&yasen]);
    assert_eq!(customer.phones, Vec::<String>::new());
    assert_eq!(customer.emails, Vec::<String>::new());
    assert_eq!(customer.website.as_deref(), Some("new.example"), "somebody wrote it after the import");
    assert_eq!(customer.notes.0, "");
    assert_eq!(customer.contacts.standing().count(), 0);
    let withdrawn = |reading: &Reading| !reading.value(root_key::WITHDRAWN).is_null();
    let gone: Vec<Kind> = readings.values().filter(|one| withdrawn(one)).map(|one| one.kind).collect();
    assert_eq!(gone.len(), 2, "the first customer stays, the second and the equipment go");
    assert!(gone.contains(&Kind::Customer) && gone.contains(&Kind::Equipment));

    let again = office.plan(&csv("Назва;ЄДРПОУ\nТерен;90000021\n"));
    assert_eq!(again.preview.customers.made, 1, "what was taken back does not stand in the way");
}

#[test]
fn new_equipment_names_the_customer_it_was_imported_with() {
    let mut office = Office::default();
    office.import(&csv(TWO_CUSTOMERS));
    let readings = office.readings();

    for equipment in office.equipment() {
        let customer = equipment.customer.map(Ref::id).unwrap();
        assert_eq!(readings[&customer].kind, Kind::Customer);
    }
}

#[test]
fn a_row_that_names_nobody_finds_its_customer_further_down_the_file() {
    let mut office = Office::default();

    let planned =
        office.import(&csv("Назва;Телефон;Серійний номер\n;067 123 45 67;A-1\nЯсен;067 123 45 67;B-1\n"));

    assert_eq!(planned.preview.refused, []);
    let lines: Vec<usize> = planned.preview.lines.iter().map(|line| line.line).collect();
    assert_eq!(lines, [2, 3], "the preview keeps the file's order");
    assert_eq!((office.customers().len(), office.equipment().len()), (1, 2));
}

#[test]
fn a_person_known_by_position_only_is_taken_once() {
    let mut office = Office::default();
    let table = csv("Назва;Посада\nЯсен;директорка\n");
    office.import(&table);

    assert_eq!(office.plan(&table).plan.edits, []);
}

#[test]
fn the_device_is_asked_for_every_customer_the_file_may_be_about() {
    let wanted = Wanted::of(&csv(
        "Назва;ЄДРПОУ;Телефон;Серійний номер\nТОВ «Ясен»;;;A-1\nТерен;90000015;044 123 45 67 дод. 5;\n",
    ));

    assert!(wanted.customer(Some("ясен, тов"), None, &[]));
    assert!(wanted.customer(Some("Інша"), Some("90000015"), &[]));
    assert!(wanted.customer(None, None, &["(044) 123-45-67".to_owned()]), "typed freely in the office");
    assert!(wanted.equipment("a1"));
    assert!(!wanted.customer(Some("Дуб"), Some("90000021"), &["+380441234568".to_owned()]));
    assert!(!wanted.equipment("A-2"));
}

/// Plans a file of so many rows, each with its own of something of one customer, and counts what that folds.
#[track_caller]
fn check_work(header: &str, row: impl Fn(usize) -> String) {
    const ROWS: usize = 1_000;
    let rows: String = (0..ROWS).map(|at| format!("Ясен;90000015;{}\n", row(at))).collect();
    let table = csv(&format!("Назва;ЄДРПОУ;{header}\n{rows}"));
    let before = FOLDED.with(Cell::get);
    let planned = Office::default().plan(&table);
    let folded = FOLDED.with(Cell::get) - before;
    assert_eq!(planned.preview.lines.len(), ROWS);
    assert!(folded < ROWS * 100, "{folded} texts were folded for {ROWS} rows");
}

#[test]
fn very_many_places_and_people_of_one_customer_are_told_apart_by_a_few_looks_each() {
    check_work("Адреса об'єкта", |at| format!("вул. Садова, {at}"));
    check_work("Адреса об'єкта;Обладнання", |at| {
        format!("вул. Садова, {at};Котел {at}")
    });
    check_work("Контактна особа;Телефон", |at| format!("Бондар{at} Іван;+38067{at:07}"));
    check_work("Контактна особа", |at| format!("Бондар Іван{at}"));
}

#[test]
fn very_many_makers_that_number_alike_are_told_apart_by_a_few_looks_each() {
    check_work("Виробник;Серійний номер", |at| format!("Завод {at};A-1"));
}
