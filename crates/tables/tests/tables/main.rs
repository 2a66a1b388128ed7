//! The promises of derived tables, on real SQLite.

#[cfg(test)]
mod database;
#[cfg(test)]
mod derived_values;
#[cfg(test)]
mod duplicates;
#[cfg(test)]
mod journals;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod many_at_once;
#[cfg(test)]
mod meant_orders;
#[cfg(test)]
mod no_longer;
#[cfg(test)]
mod planning;
#[cfg(test)]
mod searching;
#[cfg(test)]
mod shape;
#[cfg(test)]
mod writing;
