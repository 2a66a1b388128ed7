//! What an import will do, to be looked at before it is done.

use serde::Serialize;

use super::columns::Column;
use super::refusal::RefusedRow;
use super::row::Part;

/// What the file comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ImportPreview"))]
pub struct Preview {
    /// Customers.
    pub customers: Tally,
    /// Addresses of customers.
    pub addresses: Tally,
    /// Contact persons.
    pub contacts: Tally,
    /// Equipment.
    pub equipment: Tally,
    /// What each row that is taken does, in the file's order.
    pub lines: Vec<PlannedLine>,
    /// Cells that say otherwise than what stands already. What stands is kept.
    pub differs: Vec<Difference>,
    /// Cells that name something nobody knows. The rest of their rows is taken.
    pub left_out: Vec<LeftOut>,
    /// Rows that are not taken.
    pub refused: Vec<RefusedRow>,
    /// Headers of columns nothing is known about.
    pub unknown_columns: Vec<String>,
}

/// How many of something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ImportTally"))]
pub struct Tally {
    /// Will be made.
    pub made: usize,
    /// Exist, and get values they lacked.
    pub completed: usize,
    /// Exist, and stay as they are.
    pub unchanged: usize,
}

/// What one row does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ImportLine"))]
pub struct PlannedLine {
    /// The line in the file.
    pub line: usize,
    /// What becomes of its parts.
    pub parts: Vec<PlannedPart>,
}

/// What becomes of a part of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ImportPart"))]
pub struct PlannedPart {
    /// Which part.
    pub part: Part,
    /// What people call it.
    pub label: String,
    /// What is done.
    pub outcome: Outcome,
}

/// What is done with a part of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ImportOutcome"))]
pub enum Outcome {
    /// It is made.
    Made,
    /// It exists, and these empty fields are filled.
    Completed(Vec<Column>),
    /// It exists and has everything the row says.
    AlreadyThere,
}

/// A cell that says otherwise than what stands already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ImportDifference"))]
pub struct Difference {
    /// The line in the file.
    pub line: usize,
    /// The column.
    pub column: Column,
    /// What people call the record.
    pub label: String,
    /// What stands and is kept, in canonical form.
    pub kept: String,
    /// What the file says, in canonical form.
    pub offered: String,
}

/// A cell that names something nobody knows: a region, a source, an employee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ImportLeftOut"))]
pub struct LeftOut {
    /// The line in the file.
    pub line: usize,
    /// The column.
    pub column: Column,
    /// What the cell says.
    pub text: String,
}
