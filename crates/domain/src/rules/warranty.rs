//! Whether an object is under warranty on a date.

use chrono::NaiveDate;

use crate::record::Choice;
use crate::records::Equipment;

/// The warranty of an object on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Warranty {
    /// На гарантії.
    Covered,
    /// Гарантія закінчилася.
    Ended,
    /// Строк гарантії не вказано.
    Unknown,
}

/// The warranty of `equipment` on `day`. The last day of the warranty is covered.
#[must_use]
pub fn warranty_on(equipment: &Equipment, day: NaiveDate) -> Warranty {
    match equipment.warranty_until {
        Some(until) if day <= until => Warranty::Covered,
        Some(_) => Warranty::Ended,
        None => Warranty::Unknown,
    }
}
