//! A table out of a file people have: CSV in UTF-8, UTF-16 or Windows-1251, with `;`, `,` or tabs, or an
//! Excel sheet, also one that somebody gave the ending of a CSV file.
//!
//! Promises: rows come with the line number the person sees in the file, cells are trimmed text, and
//! what cannot be read is an error or a [`Flaw`] with its place, never a silently shortened table. Numbers
//! of Excel cells are written as people type them: `12345678`, not `12345678.0`.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader};
use serde::{Deserialize, Serialize};

use super::columns::{Column, Layout};
use super::{csv_rows, packed};

/// The most rows one import takes; more is split by the person, so that undo stays undoable.
pub const MAX_ROWS: usize = 50_000;
/// The most columns that a header may name, many times as many as an import knows. A wider one is no list of customers,
/// and no page could ask what each of them holds.
pub const MAX_COLUMNS: usize = 1_000;
/// The largest file read, in bytes, and the most bytes of all texts of a sheet.
const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// The most characters of a cell, which is what Excel holds in one: «Excel specifications and limits», Microsoft.
/// A longer one is no cell that anybody typed but the rest of a broken file.
pub const MAX_CELL: usize = 32_767;
/// So many letters at the beginning of a file tell whether it is text.
const TELLS_TEXT: usize = 8_000;
/// The most cells of a row, which is what Excel holds in one.
pub const MAX_ROW_CELLS: usize = 16_384;
/// The most cells of an Excel sheet, those before the last of each row included: what it takes in memory.
const MAX_CELLS: usize = 10_000_000;
/// How an Excel file begins, whatever it is called.
const ARCHIVE: &[u8] = b"PK\x03\x04";

/// A table with its header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The header cells, as written.
    pub header: Vec<String>,
    /// The rows below it that are not empty.
    pub rows: Vec<TableRow>,
    /// Of an Excel file, the sheet that was read.
    pub sheet: Option<String>,
    /// Its other sheets, which were not.
    pub other_sheets: Vec<String>,
    /// Of a CSV file, its letters.
    pub encoding: Option<Encoding>,
    /// Of a CSV file, what separates its cells.
    pub separator: Option<Separator>,
    /// What a person said the columns hold; the header says it without.
    pub columns: Option<Vec<Option<Column>>>,
}

/// How a person says that a file is to be read, where guessing was not right.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ImportReading", optional_fields))]
#[serde(default)]
pub struct ReadAs {
    /// The sheet of an Excel file; the first that is not empty without.
    pub sheet: Option<String>,
    /// The letters of a CSV file.
    pub encoding: Option<Encoding>,
    /// What separates the cells of a CSV file.
    pub separator: Option<Separator>,
    /// What each column holds, in the file's order; nothing for one that is not taken.
    pub columns: Option<Vec<Option<Column>>>,
}

/// How the letters of a CSV file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ImportEncoding"))]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// UTF-8, with or without a mark.
    Utf8,
    /// UTF-16 with a mark, which is what Excel writes as «Unicode text».
    Utf16,
    /// Windows-1251, which is what Excel in Ukraine writes.
    Windows1251,
}

/// What separates the cells of a CSV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ImportSeparator"))]
#[serde(rename_all = "snake_case")]
pub enum Separator {
    /// `;`
    Semicolon,
    /// `,`
    Comma,
    /// A tab.
    Tab,
}

impl Separator {
    const fn letter(self) -> char {
        match self {
            Self::Semicolon => ';',
            Self::Comma => ',',
            Self::Tab => '\t',
        }
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// The line or sheet row in the file, counted from 1.
    pub line: usize,
    /// The cells; a short row has fewer than the header.
    pub cells: Vec<String>,
    /// Why these may not be the cells that were meant.
    pub flaw: Option<Flaw>,
}

/// What makes the cells of a row doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// A quote mark begins a cell and does not end where the cell ends.
    OpenQuote,
    /// The row may be the rest of the cell that an open quote began in this line.
    BehindOpenQuote {
        /// The line of the quote.
        line: usize,
    },
    /// A cell has more than [`MAX_CELL`] characters.
    LongCell {
        /// Its place in the row, counted from 0.
        at: usize,
    },
}

/// A file could not be read as a table. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file cannot be read.
    #[error("could not read the file")]
    Io(#[from] std::io::Error),
    /// The file, or a sheet that it packs, is larger than an import takes.
    #[error("the file is larger than {} MiB", MAX_BYTES / 1024 / 1024)]
    TooLarge,
    /// More rows than an import takes.
    #[error("the table has more than {MAX_ROWS} rows")]
    TooManyRows,
    /// The header has more cells than a table may have columns.
    #[error("the header in line {line} has more than {MAX_COLUMNS} cells")]
    TooManyColumns {
        /// The line or sheet row, counted from 1.
        line: usize,
    },
    /// There is no header row.
    #[error("the table is empty")]
    Empty,
    /// Neither `.csv` nor `.xlsx`, by its name or by what is in it.
    #[error("only .csv and .xlsx files can be imported")]
    UnknownFormat,
    /// A quote of the header does not end where its cell ends, so nothing says what the columns are.
    #[error("a quote is open in the header in line {line}")]
    BrokenHeader {
        /// The line, counted from 1.
        line: usize,
    },
    /// A heading has more than [`MAX_CELL`] characters.
    #[error("the heading of column {column} is longer than {MAX_CELL} characters")]
    LongHeading {
        /// The column, counted from 1.
        column: usize,
    },
    /// The Excel file has no such sheet.
    #[error("the file has no such sheet")]
    NoSuchSheet {
        /// The sheets it has.
        sheets: Vec<String>,
    },
    /// A sheet was named of a file that has none.
    #[error("a CSV file has no sheets")]
    NoSheets,
    /// The Excel file is damaged or protected.
    #[error("the Excel file cannot be opened")]
    Excel(#[source] calamine::Error),
}

impl Table {
    /// Reads a file by its content and its ending; of an Excel file the sheet called `sheet`, else the first with
    /// something in it.
    ///
    /// # Errors
    /// When the file is missing, damaged, too large, or of another format, or there is no such sheet.
    pub fn read(path: &Path, sheet: Option<&str>) -> Result<Self, TableError> {
        if std::fs::metadata(path)?.len() > MAX_BYTES {
            return Err(TableError::TooLarge);
        }
        let read_as = ReadAs { sheet: sheet.map(str::to_owned), ..ReadAs::default() };
        Self::from_bytes(&path.to_string_lossy(), std::fs::read(path)?, &read_as)
    }

    /// Reads the content of a file, by what it is and the ending of its name.
    ///
    /// # Errors
    /// As [`Table::read`].
    pub fn from_bytes(name: &str, bytes: Vec<u8>, read_as: &ReadAs) -> Result<Self, TableError> {
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_BYTES {
            return Err(TableError::TooLarge);
        }
        let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let table = match ending.to_lowercase().as_str() {
            "csv" | "txt" if bytes.starts_with(ARCHIVE) => Self::from_xlsx(bytes, read_as.sheet.as_deref()),
            "csv" | "txt" if read_as.sheet.is_some() => Err(TableError::NoSheets),
            "csv" | "txt" => Self::from_csv_as(&bytes, read_as),
            "xlsx" => Self::from_xlsx(bytes, read_as.sheet.as_deref()),
            _ => Err(TableError::UnknownFormat),
        }?;
        Ok(Self { columns: read_as.columns.clone(), ..table })
    }

    /// What its columns hold: as a person said, else as the header says.
    #[must_use]
    pub fn layout(&self) -> Layout {
        match &self.columns {
            Some(columns) => Layout::said(&self.header, columns),
            None => Layout::of(&self.header),
        }
    }

    /// Reads CSV text; encoding and separator are found out.
    ///
    /// # Errors
    /// When the header is broken or no text, or there are too many lines. A broken line below it is marked.
    pub fn from_csv(bytes: &[u8]) -> Result<Self, TableError> {
        Self::from_csv_as(bytes, &ReadAs::default())
    }

    fn from_csv_as(bytes: &[u8], read_as: &ReadAs) -> Result<Self, TableError> {
        let (text, encoding) = decode(bytes, read_as.encoding);
        if text.chars().take(TELLS_TEXT).any(|letter| letter == '\0') {
            return Err(TableError::UnknownFormat);
        }
        let separator = read_as.separator.unwrap_or_else(|| separator(&text));
        let table = Self::from_lines(csv_rows::rows(&text, separator.letter())?)?;
        Ok(Self { encoding: Some(encoding), separator: Some(separator), ..table })
    }

    /// Reads a sheet of an Excel file: the one called `wanted`, else the first that is not empty.
    ///
    /// # Errors
    /// When the file is damaged, it or the sheet is too large, or there is none of that name.
    pub fn from_xlsx(bytes: Vec<u8>, wanted: Option<&str>) -> Result<Self, TableError> {
        if !packed::fits(&bytes) {
            return Err(TableError::TooLarge);
        }
        let mut book: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(bytes)).map_err(no_book)?;
        let sheets = book.sheet_names();
        let Some(wanted) = wanted.map(|name| name.trim().to_lowercase()) else {
            let mut read = (0..sheets.len()).map(|at| sheet(&mut book, &sheets, at));
            let is_empty = |one: &Result<Self, TableError>| matches!(one, Err(TableError::Empty));
            return read.find(|one| !is_empty(one)).unwrap_or(Err(TableError::Empty));
        };
        match sheets.iter().position(|name| name.to_lowercase() == wanted) {
            Some(at) => sheet(&mut book, &sheets, at),
            None => Err(TableError::NoSuchSheet { sheets }),
        }
    }

    fn from_lines(lines: Vec<TableRow>) -> Result<Self, TableError> {
        let mut lines = lines.into_iter().filter(|line| line.cells.iter().any(|cell| !cell.is_empty()));
        let header = lines.next().ok_or(TableError::Empty)?;
        if header.flaw.is_some() {
            return Err(TableError::BrokenHeader { line: header.line });
        }
        if header.cells.len() > MAX_COLUMNS {
            return Err(TableError::TooManyColumns { line: header.line });
        }
        if let Some(at) = long_cell(&header) {
            return Err(TableError::LongHeading { column: at + 1 });
        }
        let marked = |row: TableRow| {
            let flaw = row.flaw.or_else(|| long_cell(&row).map(|at| Flaw::LongCell { at }));
            TableRow { flaw, ..row }
        };
        Ok(Self {
            header: header.cells,
            rows: lines.map(marked).collect(),
            sheet: None,
            other_sheets: Vec::new(),
            encoding: None,
            separator: None,
            columns: None,
        })
    }
}

fn broken(source: calamine::XlsxError) -> TableError {
    TableError::Excel(calamine::Error::Xlsx(source))
}

/// An archive without what every Excel file has is another archive, whatever it is called.
fn no_book(source: calamine::XlsxError) -> TableError {
    match source {
        calamine::XlsxError::FileNotFound(_) => TableError::UnknownFormat,
        source => broken(source),
    }
}

/// The first cell of a row that is longer than cells may be.
fn long_cell(row: &TableRow) -> Option<usize> {
    row.cells.iter().position(|cell| is_long(cell))
}

/// True when a cell is longer than cells may be.
pub(crate) fn is_long(cell: &str) -> bool {
    cell.len() > MAX_CELL && cell.chars().nth(MAX_CELL).is_some()
}

/// One sheet of an Excel file. Read cell by cell: a sheet reaches from its first cell to its last, and one cell
/// that strayed far away would make it larger than any memory.
fn sheet(
    book: &mut calamine::Xlsx<Cursor<Vec<u8>>>,
    sheets: &[String],
    at: usize,
) -> Result<Table, TableError> {
    let mut other_sheets = sheets.to_vec();
    let name = other_sheets.remove(at);
    let mut reader = match book.worksheet_cells_reader(&name) {
        Err(calamine::XlsxError::NotAWorksheet(_)) => return Err(TableError::Empty),
        reader => reader.map_err(broken)?,
    };
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let (mut cells, mut bytes) = (0, 0);
    while let Some(cell) = reader.next_cell().map_err(broken)? {
        let text = cell_text(&Data::from(cell.get_value().clone()));
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let (row, column) = (rows.entry(row).or_default(), column as usize);
        cells += (column + 1).saturating_sub(row.len());
        // A text may stand in the file once and in every cell of the sheet.
        bytes += text.len() as u64;
        if cells > MAX_CELLS || bytes > MAX_BYTES {
            return Err(TableError::TooLarge);
        }
        row.resize(row.len().max(column + 1), String::new());
        if let Some(place) = row.get_mut(column) {
            *place = text;
        }
        if rows.len() > MAX_ROWS + 1 {
            return Err(TableError::TooManyRows);
        }
    }
    let leading = |cells: &Vec<String>| cells.iter().take_while(|cell| cell.is_empty()).count();
    let first = rows.values().map(leading).min().unwrap_or(0);
    let lines = rows.into_iter().map(|(row, cells)| TableRow {
        line: row as usize + 1,
        cells: cells.into_iter().skip(first).collect(),
        flaw: None,
    });
    Ok(Table { sheet: Some(name), other_sheets, ..Table::from_lines(lines.collect())? })
}

/// The text of a file and how it was written: as somebody said, else as its mark says, else UTF-8 where that
/// is possible.
fn decode(bytes: &[u8], said: Option<Encoding>) -> (String, Encoding) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let guess = || match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Encoding::Utf16,
        bytes => std::str::from_utf8(bytes).map_or(Encoding::Windows1251, |_| Encoding::Utf8),
    };
    let encoding = said.unwrap_or_else(guess);
    let text = match encoding {
        Encoding::Utf8 => String::from_utf8_lossy(bytes),
        // The mark says which of its two bytes a letter begins with.
        Encoding::Utf16 => encoding_rs::UTF_16LE.decode(bytes).0,
        Encoding::Windows1251 => encoding_rs::WINDOWS_1251.decode_without_bom_handling(bytes).0,
    };
    (text.into_owned(), encoding)
}

/// The separator that the first line has more of, outside quotes.
fn separator(text: &str) -> Separator {
    let mut quoted = false;
    let (mut semicolons, mut commas, mut tabs) = (0, 0, 0);
    for letter in text.lines().next().unwrap_or_default().chars() {
        match letter {
            '"' => quoted = !quoted,
            ';' if !quoted => semicolons += 1,
            ',' if !quoted => commas += 1,
            '\t' if !quoted => tabs += 1,
            _ => {}
        }
    }
    if tabs > semicolons.max(commas) {
        Separator::Tab
    } else if semicolons >= commas {
        Separator::Semicolon
    } else {
        Separator::Comma
    }
}

fn cell_text(cell: &Data) -> String {
    match cell {
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::DateTime(moment) => {
            moment.as_datetime().map_or_else(String::new, |moment| moment.format("%Y-%m-%d").to_string())
        }
        Data::Empty => String::new(),
        Data::Error(_)
        | Data::Int(_)
        | Data::Float(_)
        | Data::String(_)
        | Data::Bool(_)
        | Data::DateTimeIso(_)
        | Data::DurationIso(_) => cell.to_string().trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8]) {
        let table = Table::from_csv(bytes).unwrap();
        assert_eq!(table.header, ["Назва", "ЄДРПОУ"]);
        let expected = vec![TableRow {
            line: 3,
            cells: vec!["ТОВ «Їжак, і Ко»".to_owned(), "12345678".to_owned()],
            flaw: None,
        }];
        assert_eq!(table.rows, expected);
    }

    #[test]
    fn what_a_person_says_of_a_file_counts_and_not_the_guess() {
        let said = ReadAs {
            encoding: Some(Encoding::Windows1251),
            separator: Some(Separator::Comma),
            columns: Some(vec![Some(Column::LegalName), None]),
            ..ReadAs::default()
        };
        let table = Table::from_bytes("a.csv", b"one;two,three\n\xcf;1,2\n".to_vec(), &said).unwrap();
        assert_eq!(table.header, ["one;two", "three"]);
        assert_eq!(
            table.rows.first().map(|row| row.cells.clone()),
            Some(vec!["П;1".to_owned(), "2".to_owned()])
        );
        assert_eq!(table.layout().columns(), [Some(Column::LegalName), None]);
        assert_eq!(table.layout().unknown(), ["three"]);
    }

    #[test]
    fn both_encodings_and_separators_give_the_same_table() {
        let semicolons = "Назва;ЄДРПОУ\n;\nТОВ «Їжак, і Ко»;12345678\n";
        let commas = "Назва,ЄДРПОУ\n,\n\"ТОВ «Їжак, і Ко»\",12345678\n";
        check(semicolons.as_bytes());
        check(commas.as_bytes());
        check(format!("\u{feff}{semicolons}").as_bytes());
        check(&encoding_rs::WINDOWS_1251.encode(semicolons).0);
        check(&encoding_rs::WINDOWS_1251.encode(commas).0);
    }

    #[test]
    fn the_unicode_text_of_excel_is_read_in_both_orders_of_its_bytes() {
        let text = "\u{feff}Назва\tЄДРПОУ\r\n\r\nТОВ «Їжак, і Ко»\t12345678\r\n";
        let letters = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        for written in [letters(u16::to_le_bytes), letters(u16::to_be_bytes)] {
            check(&written);
            assert_eq!(Table::from_csv(&written).unwrap().encoding, Some(Encoding::Utf16));
            // Without its mark it is no text that anybody could tell.
            let unmarked = Table::from_csv(written.get(2..).unwrap());
            assert!(matches!(unmarked, Err(TableError::UnknownFormat)), "{unmarked:?}");
        }
    }

    #[test]
    fn a_header_with_an_open_quote_names_no_columns() {
        let open = Table::from_csv("\n\"Назва;ЄДРПОУ\nЯсен;90000015\n".as_bytes());
        assert!(matches!(open, Err(TableError::BrokenHeader { line: 2 })), "{open:?}");
    }

    #[test]
    fn an_empty_file_is_said_to_be_empty() {
        assert!(matches!(Table::from_csv(b""), Err(TableError::Empty)));
        assert!(matches!(Table::from_csv(b"\n;;\n"), Err(TableError::Empty)));
    }
}
