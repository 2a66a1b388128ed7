//! Why a row was not taken, as data.
//!
//! A refused row is refused whole. [`Reason`] carries what a program needs to say it in a person's
//! language; its `Display` is for operators and logs and names no personal data but what the file says.

use halyard_domain::written::Miswritten;
use serde::Serialize;

use super::columns::Column;
use super::table::TableRow;

/// A row that was refused, with everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ImportRefusedRow"))]
pub struct RefusedRow {
    /// The line in the file.
    pub line: usize,
    /// The cells as they stand there.
    pub cells: Vec<String>,
    /// What is wrong, in the order of the columns.
    pub refusals: Vec<Refusal>,
}

/// One thing that is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ImportRefusal"))]
pub struct Refusal {
    /// The column it is about; `None` when it is about the whole row.
    pub column: Option<Column>,
    /// What is wrong.
    pub reason: Reason,
}

/// What can be wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "why", rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ImportReason"))]
pub enum Reason {
    /// Nothing in the row tells whose it is.
    #[error("no customer: neither a name nor a known code, phone or serial number")]
    NoCustomer,
    /// A code, phone or address that is none.
    #[error(transparent)]
    Miswritten(#[from] Miswritten),
    /// Not a date.
    #[error("not a date like 31.12.2026 or 2026-12-31")]
    NotADate,
    /// Not a place on the map.
    #[error("not a latitude and a longitude in degrees")]
    NotCoordinates,
    /// Not one of prospect, customer, former.
    #[error("not a status: prospect, customer or former")]
    NotAStatus,
    /// More text than the field takes.
    #[error("longer than {most} characters")]
    TooLong {
        /// The most it takes.
        most: usize,
    },
    /// The warranty is over before the equipment was installed.
    #[error("the warranty ends before the installation")]
    WarrantyBeforeInstallation,
    /// Something about equipment, but not which.
    #[error("the equipment has no name, model, maker, sort, serial number or tag")]
    EquipmentUnnamed,
    /// Several customers fit, and nothing decides between them.
    #[error("several customers fit: {}", candidates.join(", "))]
    SeveralCustomers {
        /// What they are called.
        candidates: Vec<String>,
    },
    /// The phone is that of a customer with another name.
    #[error("the phone is that of {customer}, which is called otherwise")]
    PhoneOfAnother {
        /// What that customer is called.
        customer: String,
    },
    /// The serial number is that of another customer's equipment.
    #[error("the serial number is that of equipment of {customer}")]
    SerialOfAnother {
        /// What that customer is called.
        customer: String,
    },
    /// A cell under no heading: a separator too many, or a column without a name.
    #[error("a cell stands under no heading: {text}")]
    NoHeading {
        /// What the cell says.
        text: String,
    },
    /// A quote mark begins a cell and does not end where the cell ends.
    #[error("a quote mark is not closed at the end of its cell")]
    OpenQuote,
    /// The row may be the rest of a cell that an open quote began.
    #[error("may be the rest of a cell: line {line} has an open quote mark")]
    BehindOpenQuote {
        /// The line of the quote.
        line: usize,
    },
    /// A cell is longer than cells may be; cells of such a row may be the rest of a broken file.
    #[error("the cell of the column {column} is longer than {most} characters")]
    LongCell {
        /// Its heading, or its number where it has none.
        column: String,
        /// The most characters of a cell.
        most: usize,
    },
    /// The spreadsheet could not compute the cell.
    #[error("a formula that failed: {text}")]
    FailedFormula {
        /// What the spreadsheet shows.
        text: String,
    },
    /// Another row gives the serial number to another customer; neither is taken.
    #[error("line {line} gives this serial number to another customer")]
    SerialInLine {
        /// The other row's line.
        line: usize,
    },
}

impl RefusedRow {
    pub(super) fn new(row: &TableRow, refusals: Vec<Refusal>) -> Self {
        Self { line: row.line, cells: row.cells.clone(), refusals }
    }
}

impl Refusal {
    pub(super) fn of(column: Column, reason: Reason) -> Self {
        Self { column: Some(column), reason }
    }

    pub(super) fn of_row(reason: Reason) -> Self {
        Self { column: None, reason }
    }
}
