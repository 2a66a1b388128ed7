//! CSV text into rows, in which a broken quote costs its row and not the file.
//!
//! A quoted cell may hold separators, doubled quotes and line breaks. One whose quote does not end where
//! a cell ends is broken: read on, it would swallow the rows behind it. Its line is given as it stands,
//! marked with a [`Flaw`], and the lines behind it are read anew; of those that the quote reached, only
//! lines as wide as the header are rows of their own, for the others may be the rest of the cell.
//!
//! Read anew is only the one line: what a row that comes from there would find behind it is known by then. So a text is
//! looked at a few times in all, however many of its quotes are broken.

use std::collections::HashSet;

use super::table::{Flaw, MAX_ROW_CELLS, MAX_ROWS, TableError, TableRow};

/// Reads all rows of a text.
pub(super) fn rows(text: &str, separator: char) -> Result<Vec<TableRow>, TableError> {
    let mut reader = CsvRows::of(text, separator);
    let rows = reader.all();
    tracing::debug!(bytes = text.len(), reader.looked_at, "a CSV file was read");
    rows
}

struct CsvRows<'a> {
    separator: char,
    /// What is not read yet.
    rest: &'a str,
    /// The line where it begins, counted from 1.
    line: usize,
    /// How many cells the header has.
    width: Option<usize>,
    torn: Option<Torn>,
    broken: Broken,
    /// How many bytes were looked at so far, those included that came to no row.
    looked_at: usize,
}

/// What became of the last row over several lines that could not be read: a row that comes upon one of its cells goes
/// on as it did.
#[derive(Default)]
struct Broken {
    /// Where its cells behind its first line begin: how much of the text is left there.
    cells: HashSet<usize>,
    left: usize,
    ends_inside: bool,
}

/// How far the text reaches that a broken quote would have swallowed.
struct Torn {
    /// The line of the quote.
    line: usize,
    /// How much of the text is left behind the last line it reached.
    left: usize,
    /// Whether the quote that ended it stands in that line without having been opened there.
    ends_inside: bool,
}

/// Cells that end where the text has this much left.
struct Cells {
    cells: Vec<String>,
    left: usize,
}

impl<'a> CsvRows<'a> {
    fn of(text: &'a str, separator: char) -> Self {
        let broken = Broken::default();
        Self { separator, rest: text, line: 1, width: None, torn: None, broken, looked_at: 0 }
    }

    fn all(&mut self) -> Result<Vec<TableRow>, TableError> {
        let mut rows = Vec::new();
        while let Some(row) = self.next_row() {
            rows.push(row);
            if rows.len() > MAX_ROWS + 1 {
                return Err(TableError::TooManyRows);
            }
        }
        Ok(rows)
    }

    fn next_row(&mut self) -> Option<TableRow> {
        if self.rest.is_empty() {
            return None;
        }
        let line = self.line;
        if self.torn.as_ref().is_some_and(|torn| self.rest.len() <= torn.left) {
            self.torn = None;
        }
        let (cells, left, flaw) = match self.cells() {
            Ok(Cells { cells, left }) => {
                let flaw = self.flaw_behind_quote(cells.len(), left);
                (cells, left, flaw)
            }
            Err(torn) => {
                // Of two broken quotes that reach into one another the further one counts.
                let left = torn.left.min(self.torn.as_ref().map_or(usize::MAX, |before| before.left));
                self.torn = Some(Torn { left, ..torn });
                (self.as_it_stands(), self.behind_line(), Some(Flaw::OpenQuote))
            }
        };
        self.advance(left);
        let cells: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
        if self.width.is_none() && cells.iter().any(|cell| !cell.is_empty()) {
            self.width = Some(cells.len());
        }
        Some(TableRow { line, cells, flaw })
    }

    /// What is wrong with a row that could be read, when it stands where a broken quote reached.
    fn flaw_behind_quote(&self, cells: usize, left: usize) -> Option<Flaw> {
        let torn = self.torn.as_ref()?;
        if torn.ends_inside && left <= torn.left {
            return Some(Flaw::OpenQuote);
        }
        (self.width != Some(cells)).then_some(Flaw::BehindOpenQuote { line: torn.line })
    }

    /// The cells of the next row; else how far its broken quote reaches.
    fn cells(&mut self) -> Result<Cells, Torn> {
        let behind_line = self.behind_line();
        let (mut cells, mut rest, mut begun) = (Vec::new(), self.rest, HashSet::new());
        let torn = loop {
            if let Some(known) = self.known_torn(rest.len(), behind_line) {
                self.broken.cells.extend(begun);
                return Err(known);
            }
            if rest.len() <= behind_line {
                if cells.len() >= MAX_ROW_CELLS {
                    break self.torn_at(rest);
                }
                begun.insert(rest.len());
            }
            let (cell, behind) = match self.cell(rest) {
                Ok(read) => read,
                Err(torn) => {
                    self.looked_at += rest.len() - torn.left;
                    break torn;
                }
            };
            self.looked_at += rest.len() - behind.len();
            cells.push(cell);
            if let Some(next) = behind.strip_prefix(self.separator) {
                rest = next;
                continue;
            }
            let left = without_line_end(behind).len();
            if !self.swallows_rows(left) {
                return Ok(Cells { cells, left });
            }
            break Torn { line: self.line, left, ends_inside: true };
        };
        // A row that breaks in its own line says nothing of others.
        if !begun.is_empty() {
            self.broken = Broken { cells: begun, left: torn.left, ends_inside: torn.ends_inside };
        }
        Err(torn)
    }

    /// How far the row reaches that comes upon a cell of one that could not be read. Where that one would have ended
    /// well, this is only known of a row with more than a line.
    fn known_torn(&self, begins: usize, behind_line: usize) -> Option<Torn> {
        let Broken { cells, left, ends_inside } = &self.broken;
        let is_known = cells.contains(&begins) && (!ends_inside || behind_line > *left);
        is_known.then_some(Torn { line: self.line, left: *left, ends_inside: *ends_inside })
    }

    /// A cell, and what follows it.
    fn cell<'t>(&self, text: &'t str) -> Result<(String, &'t str), Torn> {
        if let Some(quoted) = text.strip_prefix('"') {
            return self.quoted(quoted);
        }
        let (cell, behind) = text.split_at(text.find([self.separator, '\r', '\n']).unwrap_or(text.len()));
        Ok((cell.to_owned(), behind))
    }

    /// A cell behind its opening quote, and what follows its closing one.
    fn quoted<'t>(&self, text: &'t str) -> Result<(String, &'t str), Torn> {
        let (mut cell, mut rest) = (String::new(), text);
        while let Some((inside, behind)) = rest.split_once('"') {
            cell.push_str(inside);
            if behind.is_empty() || behind.starts_with([self.separator, '\r', '\n']) {
                return Ok((cell, behind));
            }
            match behind.strip_prefix('"') {
                Some(next) => {
                    cell.push('"');
                    rest = next;
                }
                None => return Err(self.torn_at(behind)),
            }
        }
        Err(self.torn_at(""))
    }

    fn torn_at(&self, behind: &str) -> Torn {
        let left = line_end(behind).map_or(0, |end| without_line_end(behind.get(end..).unwrap_or("")).len());
        Torn { line: self.line, left, ends_inside: false }
    }

    /// True when every line of a row of several lines is a whole row by itself: two cells with a quote too
    /// few or too many, not one cell with line breaks in it.
    fn swallows_rows(&mut self, left: usize) -> bool {
        let Some(width) = self.width.filter(|width| *width > 1) else { return false };
        self.looked_at += self.rest.len() - left;
        let row = self.rest.get(..self.rest.len() - left).unwrap_or(self.rest);
        let is_row = |line: &str| line.split(self.separator).count() == width;
        row.lines().count() > 1 && row.lines().all(is_row)
    }

    /// The cells of the line by its separators alone.
    fn as_it_stands(&self) -> Vec<String> {
        let line = line_end(self.rest).and_then(|end| self.rest.get(..end)).unwrap_or(self.rest);
        line.split(self.separator).map(str::to_owned).collect()
    }

    fn behind_line(&self) -> usize {
        let end = line_end(self.rest).and_then(|end| self.rest.get(end..)).unwrap_or("");
        without_line_end(end).len()
    }

    fn advance(&mut self, left: usize) {
        let (read, rest) = self.rest.split_at(self.rest.len() - left);
        self.line += read.lines().count().max(1);
        self.rest = rest;
    }
}

fn line_end(text: &str) -> Option<usize> {
    text.find(['\r', '\n'])
}

fn without_line_end(text: &str) -> &str {
    text.strip_prefix("\r\n").or_else(|| text.strip_prefix(['\r', '\n'])).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as `line: cell|cell`, those with a flaw behind its name.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let said = |row: &TableRow| {
            let cells = format!("{}: {}", row.line, row.cells.join("|"));
            match row.flaw {
                None => cells,
                Some(Flaw::OpenQuote) => format!("open {cells}"),
                Some(Flaw::BehindOpenQuote { line }) => format!("behind {line} {cells}"),
                Some(Flaw::LongCell { at }) => format!("long {at} {cells}"),
            }
        };
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let rows: Vec<String> = rows(&text, ';').unwrap().iter().map(said).collect();
            let rows: Vec<String> = rows.iter().map(|row| row.replace("\r\n", "\n")).collect();
            assert_eq!(rows, expected);
        }
    }

    #[test]
    fn quoted_cells_hold_separators_quotes_and_line_breaks() {
        check(
            "a;b\n\"x;y\";\"say \"\"so\"\"\"\n1/2\" pipe;\"two\nlines\"\n;\"\"",
            &["1: a|b", "2: x;y|say \"so\"", "3: 1/2\" pipe|two\nlines", "5: |"],
        );
    }

    #[test]
    fn a_quote_that_never_closes_costs_its_row_only() {
        check("a;b\n\"x;1\ny;2\nz;3\n", &["1: a|b", "open 2: \"x|1", "3: y|2", "4: z|3"]);
    }

    #[test]
    fn a_quote_that_the_next_quoted_cell_would_close_costs_its_row_only() {
        check(
            "a;b\nx;\"1\ny;2\n\"z\";3\n\"w\";4\n",
            &["1: a|b", "open 2: x|\"1", "3: y|2", "4: z|3", "5: w|4"],
        );
    }

    #[test]
    fn what_may_be_the_rest_of_a_broken_cell_is_no_row_of_its_own() {
        check(
            "a;b\nx;\"first\nsecond\n\"third\" end\ny;2\n",
            &["1: a|b", "open 2: x|\"first", "behind 2 3: second", "open 4: \"third\" end", "5: y|2"],
        );
    }

    #[test]
    fn two_broken_quotes_do_not_hide_the_rows_between_them() {
        check(
            "a;b\n\"x;1\ny;2\nz;3\"\nw;4\n",
            &["1: a|b", "open 2: \"x|1", "3: y|2", "open 4: z|3\"", "5: w|4"],
        );
    }

    #[test]
    fn text_behind_a_closed_quote_is_a_broken_quote() {
        check("a;b\n\"x\" y;1\nz;2\n", &["1: a|b", "open 2: \"x\" y|1", "3: z|2"]);
    }

    /// Looks at a text so many times at most.
    const TIMES: usize = 6;

    #[track_caller]
    fn check_work(text: &str) {
        let mut reader = CsvRows::of(text, ';');
        let rows = reader.all().map(|rows| rows.len());
        let (looked_at, bytes) = (reader.looked_at, text.len());
        assert!(looked_at <= TIMES * bytes, "{looked_at} for {bytes} bytes, {rows:?}");
    }

    #[test]
    fn broken_quotes_in_every_line_are_not_read_to_the_end_of_the_file_again_and_again() {
        for line in ["x\";\"\n", "x\";\"\"\"\n", "\"x\";\"\n", "x;\"y\n", "x;\"\"\"\n", "\"\n", "x\";y;\"z\n"]
        {
            for last in ["", "x\";y\n", "\""] {
                check_work(&format!("a;b\n{}{last}", line.repeat(20_000)));
                check_work(&format!("a;b;c\n{}{last}", line.repeat(20_000)));
            }
        }
        // All cells in one line, and a quote that none closes behind it.
        check_work(&format!("a;b\n{}\"\n{}", "x;".repeat(100_000), "y;z\n".repeat(20_000)));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_looked_at_a_few_times(lines in "[xy\";\\n]{1,40}") {
            check_work(&lines.repeat(500));
        }
    }
}
