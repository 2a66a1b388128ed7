//! Columns that stand under each other, whatever letters are in them.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

/// Between two columns.
const GAP: &str = "  ";
/// A cell in a list is cut here; `show` says everything.
const WIDEST: usize = 48;

/// A table under its headings.
#[derive(Debug, Default)]
pub(crate) struct Table {
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings.
    pub(crate) fn new(heads: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { heads: heads.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    /// Adds a row; what stands on several lines is put on one.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = impl AsRef<str>>) {
        self.rows.push(cells.into_iter().map(|cell| cut(&one_line(cell.as_ref()))).collect());
    }

    /// Writes it.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mut widths: Vec<usize> = Vec::new();
        for cells in std::iter::once(&self.heads).chain(&self.rows) {
            widths.resize(widths.len().max(cells.len()), 0);
            for (width, cell) in widths.iter_mut().zip(cells) {
                *width = (*width).max(cell.width());
            }
        }
        if !self.heads.is_empty() {
            line(out, &self.heads, &widths)?;
            let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
            line(out, &rule, &widths)?;
        }
        self.rows.iter().try_for_each(|row| line(out, row, &widths))
    }
}

/// Names before values, the values under each other.
pub(crate) fn pairs<'a>(
    out: &mut impl Write,
    pairs: impl IntoIterator<Item = (&'a str, String)>,
) -> io::Result<()> {
    let pairs: Vec<(&str, String)> = pairs.into_iter().collect();
    let width = pairs.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    for (name, value) in pairs {
        writeln!(out, "{name}{}{GAP}{value}", " ".repeat(width - name.width()))?;
    }
    Ok(())
}

fn line(out: &mut impl Write, cells: &[String], widths: &[usize]) -> io::Result<()> {
    let mut text = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        text.push_str(cell);
        text.push_str(&" ".repeat(width.saturating_sub(cell.width())));
        text.push_str(GAP);
    }
    writeln!(out, "{}", text.trim_end())
}

/// Line ends, tabs and what a terminal would take for a command become blanks.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

fn cut(text: &str) -> String {
    if text.width() <= WIDEST {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        if kept.width() + 2 > WIDEST {
            break;
        }
        kept.push(letter);
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(table: &Table) -> String {
        let mut out = Vec::new();
        table.write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_stand_under_each_other() {
        let mut table = Table::new(["назва", "x"]);
        table.row(["Сонях", "1"]);
        table.row(["漢字", "2"]);
        insta::assert_snapshot!(drawn(&table), @r"
        назва  x
        ─────  ─
        Сонях  1
        漢字   2
        ");
    }

    #[test]
    fn a_long_cell_is_cut_and_a_terminal_gets_no_commands() {
        let mut table = Table::new(["x"]);
        table.row(["я".repeat(100)]);
        table.row(["a\u{1b}[2J\nb"]);
        let drawn = drawn(&table);
        assert!(drawn.lines().all(|line| line.width() <= WIDEST));
        assert!(drawn.contains("a [2J b"), "{drawn:?}");
    }
}
