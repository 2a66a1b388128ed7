//! A file full of mistakes: what is right in it is taken, every wrong row comes back with its reasons.

use insta::assert_snapshot;

use super::super::refused_file;
use super::*;

const FULL_OF_MISTAKES: &str = "\
Назва контрагента;ЄДРПОУ;ІПН;IBAN;Телефон;E-mail;Область;Відповідальний;Контактна особа;Телефон;День народження;Модель;Серійний номер;Дата встановлення;Гарантія до;Улюблений колір
ТОВ «Ясенбрід»;90000015;;;067 123-45-67;office@ясенбрід.example;Полтавська область;;Коваленко Марія Іванівна;0501112233;02.03.1980;КВ-24;А-100;01.02.2024;01.02.2027;синій
Ясенбрід ТОВ;90000015;;;;;;;Гнатюк Петро;8 (044) 123-45-67 дод. 12;;НЦ-3;A200;;;
ПП «Тернолуг»;90000012;;;;;;;;;;;;;;
ПП «Калинопіль»;123;12345;UA00;123;не пошта;;;;;31.02.1980;;;;;
;;;;;;;;Невідомо Хто;;;;;;;
ФОП Дубогай О. П.;1234567899;;UA213223130000026007233566001;;;Марсіанська область;Лановий Тарас;;;;;;;;
ТОВ «Вербовиця»;;;;067 123 45 67;;;;;;;;;;;
ТОВ «Зоресад»;;;;;;;;;;;К-1;77-55;;;
ТОВ «Білокамінь»;;;;;;;;;;;К-1;7755;;;
КП «Тепло»;;;;;;;;;;;К-2;;01.02.2024;01.02.2023;
КП «Тепло»;;;;;;;;;;;;;01.02.2024;;
=КОМАНДА();90000019;;;;;;;;;;;;;;
";

#[test]
fn what_is_right_is_taken_and_the_rest_comes_back_with_reasons() {
    let mut office = Office::default();
    let table = csv(FULL_OF_MISTAKES);

    let planned = office.import(&table);

    assert_snapshot!("mistakes_preview", described(&planned.preview));
    let refused = refused_file::write(
        &table.header,
        &planned.preview.refused,
        "Причини відмови",
        |refusal| match refusal.column {
            Some(column) => format!("{}: {}", column.header(), refusal.reason),
            None => refusal.reason.to_string(),
        },
    );
    assert_snapshot!("mistakes_refused", refused);
}

#[test]
fn the_refused_file_is_imported_again_once_it_is_mended() {
    let mut office = Office::default();
    let table = csv("Назва;ЄДРПОУ;Телефон\n=Ясен;90000012;+380671234567\n");
    let planned = office.import(&table);
    assert!(planned.plan.edits.is_empty());

    let file =
        refused_file::write(&table.header, &planned.preview.refused, "Причини відмови", |_| {
            "-1".to_owned()
        });
    assert!(file.contains(";'+380671234567;'-1"), "{file}");
    let mended = csv(&file.replace("90000012", "90000015"));
    let planned = office.import(&mended);

    assert_eq!(planned.preview.unknown_columns, Vec::<String>::new());
    let [customer] = office.customers().try_into().unwrap();
    assert_eq!(customer.name.as_deref(), Some("=Ясен"));
    assert_eq!(customer.phones, ["+380671234567"]);
}

#[test]
fn a_number_of_a_row_that_nobody_can_own_is_refused_not_guessed() {
    let mut office = Office::default();
    office.import(&csv("Назва;ЄДРПОУ;Серійний номер\nЯсен;90000015;A-1\nТерен;90000021;B-1\n"));

    // A letter that looks as that one does, of the other alphabet.
    let planned = office.import(&csv("Назва;ЄДРПОУ;Серійний номер\nТерен;90000021;а1\n;;B1\n;;C1\n"));

    let reasons: Vec<String> =
        planned.preview.refused.iter().map(|row| row.refusals[0].reason.to_string()).collect();
    assert_eq!(
        reasons,
        [
            "the serial number is that of equipment of Ясен",
            "no customer: neither a name nor a known code, phone or serial number",
        ]
    );
    assert_eq!(planned.plan.edits, []);
}

#[test]
fn two_makers_number_alike_and_a_row_without_a_maker_speaks_against_both() {
    let refused = |rows: &str| -> Vec<(usize, String)> {
        let table = csv(&format!("Назва;ЄДРПОУ;Виробник;Серійний номер\n{rows}"));
        let refused = Office::default().plan(&table).preview.refused;
        refused.iter().map(|row| (row.line, row.refusals[0].reason.to_string())).collect()
    };
    let both = "Ясен;90000015;Завод;A-1\nТерен;90000021;Сталь;a1\n";
    assert_eq!(refused(both), []);
    let in_line = |line| format!("line {line} gives this serial number to another customer");
    let unnamed = refused(&format!("{both}Дуб;;;A 1\n"));
    assert_eq!(unnamed, [(2, in_line(4)), (3, in_line(4)), (4, in_line(2))]);
}

#[test]
fn a_cell_that_strayed_to_the_end_of_a_sheet_costs_no_more_than_its_row() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (row, cells) in [["Назва", "ЄДРПОУ"], ["ТОВ «Ясенбрід»", "90000015"]].iter().enumerate()
    {
        for (column, cell) in (1_u16..).zip(cells) {
            page.write_string(u32::try_from(row).unwrap() + 1, column, *cell).unwrap();
        }
    }
    page.write_string(1_048_575, 16_383, "x").unwrap();
    let table = Table::from_xlsx(book.save_to_buffer().unwrap(), None).unwrap();

    assert_eq!(table.header, ["Назва", "ЄДРПОУ"]);
    let [customer, stray] = table.rows.as_slice() else { panic!("{} rows", table.rows.len()) };
    assert_eq!(
        (customer.line, customer.cells.as_slice()),
        (3, ["ТОВ «Ясенбрід»", "90000015"].map(str::to_owned).as_slice())
    );
    assert_eq!(stray.line, 1_048_576);
}
