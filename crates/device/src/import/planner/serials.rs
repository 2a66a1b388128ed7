//! Rows of one file that give one serial number to two customers.
//!
//! Nothing tells which of them is right, so none of them is taken. Judged before anything is matched,
//! by what the rows themselves say.

use std::collections::{HashMap, HashSet};

use super::super::columns::Column;
use super::super::names::fold;
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
    // One row of each customer is enough to compare with: a column may repeat one number all the way down.
    let mut seen = HashSet::new();
    let customers: Vec<&ImportRow> = of_serial()
        .map(|(_, row)| row)
        .filter(|row| seen.insert((maker(row), row.code(), row.name.as_ref())))
        .collect();
    let against = |row: &ImportRow| {
        customers
            .iter()
            .find(|other| makers_agree(row, other) && are_two_customers(row, other))
            .map(|o| o.line)
    };
    of_serial().filter_map(|(at, row)| against(row).map(|line| (at, line))).collect()
}

/// Two makers may number alike.
fn makers_agree(one: &ImportRow, another: &ImportRow) -> bool {
    match (maker(one), maker(another)) {
        (Some(one), Some(another)) => one == another,
        (None, _) | (_, None) => true,
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
