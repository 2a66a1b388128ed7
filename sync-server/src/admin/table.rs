//! Columns that line up in a terminal.

/// Rows under their headings, each column as wide as its widest cell. The last column is not padded.
pub(super) fn aligned<const N: usize>(headings: [&str; N], rows: &[[String; N]]) -> String {
    let mut widths = headings.map(|heading| heading.chars().count());
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = line(headings.iter().copied(), &widths);
    for row in rows {
        text.push('\n');
        text.push_str(&line(row.iter().map(String::as_str), &widths));
    }
    text
}

fn line<'a>(cells: impl Iterator<Item = &'a str>, widths: &[usize]) -> String {
    let mut text = String::new();
    for (cell, width) in cells.zip(widths) {
        text.push_str(cell);
        let padding = width.saturating_sub(cell.chars().count()) + 2;
        text.extend(std::iter::repeat_n(' ', padding));
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_by_letters_and_not_by_bytes() {
        let rows = [["Коваль".to_owned(), "active".to_owned()], ["Li".to_owned(), "revoked".to_owned()]];
        insta::assert_snapshot!(aligned(["EMPLOYEE", "STANDING"], &rows), @r"
        EMPLOYEE  STANDING
        Коваль    active
        Li        revoked
        ");
    }
}
