//! Whatever stands in a table, every row is planned or refused, and nothing is made twice.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;

use super::super::table::TableRow;
use super::*;

const HEADERS: [&str; 18] = [
    "Назва",
    "Повна назва",
    "ЄДРПОУ",
    "Телефон",
    "E-mail",
    "Примітка",
    "Місто",
    "Адреса",
    "Область",
    "Контактна особа",
    "Телефон контакту",
    "Посада",
    "Обладнання",
    "Модель",
    "Виробник",
    "Серійний номер",
    "Гарантія до",
    "Щось інше",
];

/// Few values, so that rows meet.
const CELLS: [&[&str]; 18] = [
    &["", "Ясен", "ТОВ Ясен", "ФОП Ясен", "Терен", "Ясен Плюс", "–", "ПП"],
    &["", "ТОВ Ясен"],
    &["", "", "90000015", "90000021", "90000012", "1234567899", "x"],
    &["", "", "0671234567", "0501112233", "067 123 45 67, 050 111 22 33", "нема"],
    &["", "a@b.example", "b@b.example", "@"],
    &["", "Пес", "Пес злий"],
    &["", "Полтава", "Львів"],
    &["", "вул. Садова, 1", "вул. Садова, 2"],
    &["", "Полтавська область", "Марс"],
    &["", "Коваленко Марія", "Коваленко Марія Іванівна", "Коваленко М. І.", "Марія", "Гнатюк Петро"],
    &["", "0501112233", "0670000000"],
    &["", "директорка", "механік"],
    &["", "Котел", "Насос"],
    &["", "К-1", "К-2"],
    &["", "Верстат", "Терем"],
    &["", "", "A-1", "a1", "B-2", "б/н", "000"],
    &["", "01.02.2024", "вчора"],
    &["", "так"],
];

fn rows_that_meet() -> impl Strategy<Value = Table> {
    let row = CELLS.map(|cells| select(cells).prop_map(str::to_owned)).to_vec();
    prop::collection::vec(row, 0..12).prop_map(|rows| table(HEADERS.map(str::to_owned).to_vec(), rows))
}

fn any_text() -> impl Strategy<Value = Table> {
    let header = prop::collection::vec(
        prop_oneof![select(HEADERS.as_slice()).prop_map(str::to_owned), ".{0,12}"],
        0..9,
    );
    let rows = prop::collection::vec(prop::collection::vec("(?s).{0,30}", 0..10), 0..6);
    (header, rows).prop_map(|(header, rows)| table(header, rows))
}

fn table(header: Vec<String>, rows: Vec<Vec<String>>) -> Table {
    let rows = rows.into_iter().enumerate().map(|(at, cells)| TableRow { line: at + 2, cells, flaw: None });
    Table {
        header,
        rows: rows.collect(),
        sheet: None,
        other_sheets: Vec::new(),
        encoding: None,
        separator: None,
        columns: None,
    }
}

fn check_every_row_is_planned_or_refused(table: &Table, planned: &Planned) {
    let taken: Vec<usize> = planned.preview.lines.iter().map(|line| line.line).collect();
    let refused: Vec<usize> = planned.preview.refused.iter().map(|row| row.line).collect();
    let both: BTreeSet<usize> = taken.iter().chain(&refused).copied().collect();
    assert_eq!(taken.len() + refused.len(), table.rows.len());
    assert_eq!(both.len(), table.rows.len(), "a row is both planned and refused");
    assert!(planned.preview.refused.iter().all(|row| !row.refusals.is_empty()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_row_of_any_table_is_planned_or_refused(table in any_text()) {
        let planned = Office::default().import(&table);
        check_every_row_is_planned_or_refused(&table, &planned);
    }

    #[test]
    fn a_second_import_of_any_table_makes_nothing_new(table in rows_that_meet()) {
        let mut office = Office::default();
        let first = office.import(&table);
        check_every_row_is_planned_or_refused(&table, &first);
        prop_assert!(office.customers().iter().all(|customer| customer.name.is_some()));

        let second = office.import(&table);

        check_every_row_is_planned_or_refused(&table, &second);
        prop_assert_eq!(&second.plan.edits, &Vec::new());
    }

    #[test]
    fn an_import_taken_back_leaves_no_record_that_counts(table in rows_that_meet()) {
        let mut office = Office::default();
        let first = office.import(&table);

        office.take_back(&first.plan);

        let known = office.known();
        prop_assert_eq!(known.of_kind(Kind::Customer).count() + known.of_kind(Kind::Equipment).count(), 0);
    }
}
