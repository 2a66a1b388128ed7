//! Rows of one file that give one serial number to two customers.
//!
//! Nothing tells which of them is right, so none of them is taken. Judged before anything is matched,
//! by what the rows themselves say.

use std::collections::{HashMap, HashSet};

use super::super::columns::Column;
use super::super::names::{CompanyName, fold};
use super::super::refusal::{Reason, Refusal, RefusedRow};
use super::super::row::{ImportRow, Part};
use super::super::table::Table;

/// Refuses every row whose serial number another row gives to another customer.
pub(super) fn without_contradictions(
    table: &Table,
    mut rows: Vec<Result<ImportRow, RefusedRow>>,
) -> Vec<Result<ImportRow, RefusedRow>> {
    let mut by_serial: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        if let Some(serial) = row.as_ref().ok().and_then(ImportRow::serial) {
            by_serial.entry(serial).or_default().push(at);
        }
    }
    for places in by_serial.into_values() {
        for (at, line) in contradictions(&rows, &places) {
            let refusal = Refusal::of(Column::Serial, Reason::SerialInLine { line });
            if let (Some(row), Some(written)) = (rows.get_mut(at), table.rows.get(at)) {
                *row = Err(RefusedRow::new(written, vec![refusal]));
            }
        }
    }
    rows
}

/// Of the rows with one serial number: each that another speaks against, with the other's line.
fn contradictions(rows: &[Result<ImportRow, RefusedRow>], places: &[usize]) -> Vec<(usize, usize)> {
    let of_serial = || places.iter().filter_map(|at| Some((*at, rows.get(*at)?.as_ref().ok()?)));
    let makers: Vec<Option<String>> = of_serial().map(|(_, row)| maker(row)).collect();
    let mut customers = Customers::default();
    for ((_, row), maker) in of_serial().zip(&makers) {
        customers.add(row, maker.as_deref());
    }
    let against = |row, maker: &Option<String>| customers.against(row, maker.as_deref());
    of_serial().zip(&makers).filter_map(|((at, row), maker)| Some((at, against(row, maker)?))).collect()
}

/// One row of each customer is enough to compare with: a column may repeat one number all the way down.
#[derive(Default)]
struct Customers<'a> {
    /// Whatever the maker, in the order of the file.
    all: Spoken<'a>,
    /// Of one maker, or of none that is named.
    of_maker: HashMap<Option<&'a str>, Spoken<'a>>,
}

impl<'a> Customers<'a> {
    fn add(&mut self, row: &'a ImportRow, maker: Option<&'a str>) {
        self.all.add(row);
        self.of_maker.entry(maker).or_default().add(row);
    }

    /// The first line that gives the serial number to another customer. Two makers may number alike.
    fn against(&self, row: &ImportRow, maker: Option<&str>) -> Option<usize> {
        let of = |maker| self.of_maker.get(&maker).and_then(|spoken| spoken.against(row));
        match maker {
            None => self.all.against(row),
            Some(_) => [of(maker), of(None)].into_iter().flatten().min(),
        }
    }
}

/// The first row of each customer, in the order of the file.
#[derive(Default)]
struct Spoken<'a> {
    rows: Vec<&'a ImportRow>,
    seen: HashSet<(Option<&'a str>, Option<&'a CompanyName>)>,
}

impl<'a> Spoken<'a> {
    fn add(&mut self, row: &'a ImportRow) {
        if self.seen.insert((row.code(), row.name.as_ref())) {
            self.rows.push(row);
        }
    }

    fn against(&self, row: &ImportRow) -> Option<usize> {
        self.rows.iter().find(|other| are_two_customers(row, other)).map(|other| other.line)
    }
}

fn maker(row: &ImportRow) -> Option<String> {
    row.text(Part::Equipment, "manufacturer").map(fold)
}

fn are_two_customers(one: &ImportRow, another: &ImportRow) -> bool {
    if let (Some(one), Some(another)) = (one.code(), another.code()) {
        return one != another;
    }
    match (&one.name, &another.name) {
        (Some(one), Some(another)) => !one.resembles(another),
        (None, _) | (_, None) => false,
    }
}
