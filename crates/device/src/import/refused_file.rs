//! The refused rows as a file to be mended and imported again.
//!
//! The original cells with one column more: why. UTF-8 with a mark and `;`, which Excel opens as a table
//! everywhere. A cell that a spreadsheet would run as a formula gets an apostrophe in front; the import
//! takes it off again.

use super::columns::Column;
use super::refusal::{Refusal, RefusedRow};

/// Writes the refused rows under the file's own header. `say` puts a reason into a person's words; it
/// is given the column's header as the file has it.
#[must_use]
pub fn write(
    header: &[String],
    rows: &[RefusedRow],
    reasons: &str,
    say: impl Fn(&Refusal) -> String,
) -> String {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(header.len());
    let taken_from_before = super::columns::Layout::of(header);
    // A file that was refused before has its old reasons: they are replaced, not repeated.
    let kept: Vec<usize> = (0..width)
        .filter(|at| taken_from_before.columns().get(*at) != Some(&Some(Column::Reasons)))
        .collect();
    let mut file = String::from("\u{feff}");
    let mut line = |cells: &[String], last: &str| {
        let cells = kept.iter().map(|at| cells.get(*at).map_or("", String::as_str));
        let written: Vec<String> = cells.chain([last]).map(cell).collect();
        file.push_str(&written.join(";"));
        file.push_str("\r\n");
    };
    line(header, reasons);
    for row in rows {
        let why: Vec<String> = row.refusals.iter().map(&say).collect();
        line(&row.cells, &why.join(" | "));
    }
    file
}

fn cell(text: &str) -> String {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guarded = if runs { format!("'{text}") } else { text.to_owned() };
    if guarded.contains([';', '"', '\n', '\r', '\t']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}
