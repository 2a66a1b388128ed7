//! Cells longer than any spreadsheet holds, and files that are no tables: broken or binary ones that people take for
//! tables.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::refusal::Reason;
use super::super::table::{Flaw, MAX_CELL, MAX_COLUMNS, ReadAs, TableError};
use super::*;

const HEADER: &str = "Назва;ЄДРПОУ;Улюблений колір";

/// A table as CSV and as an Excel file, which no program writes with such cells.
fn both(lines: &str) -> [Result<Table, TableError>; 2] {
    [Table::from_csv(lines.as_bytes()), Table::from_xlsx(sheet(lines), None)]
}

fn sheet(lines: &str) -> Vec<u8> {
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |line: &str| format!("<row>{}</row>", line.split(';').map(cell).collect::<String>());
    let rows: String = lines.lines().map(row).collect();
    book(&rows, None)
}

/// An Excel file with these rows, and with texts that cells may name by their number.
fn book(rows: &str, texts: Option<String>) -> Vec<u8> {
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relationship = |what: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"r1\" Type=\"{office}/{what}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let mut files = vec![
        ("_rels/.rels", relationship("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", relationship("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/workbook.xml",
            format!(
                "<workbook {main} xmlns:r=\"{office}\"><sheets>\
                 <sheet name=\"Клієнти\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet {main}><sheetData>{rows}</sheetData></worksheet>")),
    ];
    files.extend(texts.map(|texts| ("xl/sharedStrings.xml", texts)));
    archive(&files)
}

fn archive(files: &[(&str, String)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_row_with_too_long_a_cell_is_refused_with_its_column_and_the_others_are_taken() {
    let long = "ї".repeat(MAX_CELL + 1);
    let lines = format!("{HEADER}\nТОВ «Ясен»;90000015;синій\nТОВ «Терен»;90000021;{long}\nКлен;;\n");
    for table in both(&lines) {
        let table = table.unwrap();
        assert_eq!(
            table.rows.iter().map(|row| row.flaw).collect::<Vec<_>>(),
            [None, Some(Flaw::LongCell { at: 2 }), None]
        );
        let mut office = Office::default();
        let planned = office.import(&table);

        let [refused] = planned.preview.refused.as_slice() else { panic!("{:?}", planned.preview.refused) };
        assert_eq!(refused.line, 3);
        // A file of the refused rows holds what the file held.
        assert_eq!(refused.cells.last(), Some(&long));
        let reasons: Vec<_> = refused.refusals.iter().map(|one| (one.column, one.reason.clone())).collect();
        let column = "Улюблений колір".to_owned();
        assert_eq!(reasons, [(None, Reason::LongCell { column, most: MAX_CELL })]);
        assert_eq!(office.customers().len(), 2);
    }
}

#[test]
fn as_much_as_a_spreadsheet_holds_is_no_long_cell() {
    let most = "ї".repeat(MAX_CELL);
    for table in both(&format!("{HEADER}\nЯсен;90000015;{most}\n")) {
        let table = table.unwrap();
        assert_eq!(Office::default().import(&table).preview.refused, []);
    }
}

#[test]
fn a_long_cell_under_no_heading_is_told_by_its_place() {
    let long = "x".repeat(MAX_CELL + 1);
    let planned = Office::default().import(&csv(&format!("{HEADER}\nЯсен;90000015;;{long}\n")));
    let reason = &planned.preview.refused[0].refusals[0].reason;
    assert_eq!(reason, &Reason::LongCell { column: "4".to_owned(), most: MAX_CELL });
}

#[test]
fn a_heading_that_long_names_no_column() {
    let long = "x".repeat(MAX_CELL + 1);
    for table in both(&format!("Назва;{long}\nЯсен;\n")) {
        assert!(matches!(table, Err(TableError::LongHeading { column: 2 })), "{table:?}");
    }
}

#[test]
fn a_header_wider_than_any_table_refuses_the_file() {
    let cells = |count: usize| vec!["x"; count].join(";");
    for table in both(&cells(MAX_COLUMNS + 1)) {
        assert!(matches!(table, Err(TableError::TooManyColumns { line: 1 })), "{table:?}");
    }
    for table in both(&cells(MAX_COLUMNS)) {
        assert_eq!(table.unwrap().header.len(), MAX_COLUMNS);
    }
}

#[track_caller]
fn check_no_table(name: &str, bytes: &[u8]) {
    let read = Table::from_bytes(name, bytes.to_vec(), &ReadAs::default());
    assert!(matches!(read, Err(TableError::UnknownFormat)), "{read:?}");
}

#[test]
fn a_binary_file_is_no_table_whatever_it_is_called() {
    check_no_table("photo.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01");
    check_no_table("photo.csv", b"\xff\xd8\xff\xe0\0\x10JFIF\0");
    check_no_table("old.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0");
    check_no_table("nothing.txt", &[0; 100]);
    let other = archive(&[("readme.txt", "Назва;ЄДРПОУ".to_owned())]);
    check_no_table("customers.csv", &other);
    check_no_table("customers.xlsx", &other);
}

#[test]
fn a_row_that_names_nobody_is_told_so_beside_its_other_faults() {
    let planned = Office::default().import(&csv("Назва;ЄДРПОУ;Телефон\n;123;\n;123;0671234567\nЯсен;123;\n"));
    let reasons = planned
        .preview
        .refused
        .iter()
        .map(|row| row.refusals.iter().map(|one| one.reason == Reason::NoCustomer).collect::<Vec<_>>());
    assert_eq!(reasons.collect::<Vec<_>>(), [vec![false, true], vec![false], vec![false]]);
}

#[test]
fn texts_that_a_file_only_claims_to_have_take_no_memory() {
    let rows = "<row><c t=\"s\"><v>0</v></c></row>";
    let read = |count: &str| {
        let texts = format!("<sst uniqueCount=\"{count}\"><si><t>Назва</t></si></sst>");
        Table::from_xlsx(book(rows, Some(texts)), None)
    };
    assert_eq!(read("1").unwrap().header, ["Назва"]);
    let claimed = read("99999999999");
    assert!(matches!(claimed, Err(TableError::TooLarge)), "{claimed:?}");
}

#[test]
fn a_text_that_stands_in_very_many_cells_is_no_table() {
    let row = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(3_000));
    let texts = |long: usize| Some(format!("<sst><si><t>{}</t></si></sst>", "я".repeat(long)));
    let short = Table::from_xlsx(book(&row.repeat(2), texts(9)), None);
    assert!(matches!(short, Err(TableError::TooManyColumns { line: 1 })), "{short:?}");
    let long = Table::from_xlsx(book(&row.repeat(2), texts(MAX_CELL)), None);
    assert!(matches!(long, Err(TableError::TooLarge)), "{long:?}");
}
