//! An employee as everybody may see them. Private data are a kind of their own.

use crate::record::Record;

/// An employee: працівник.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(kind = Employee, section = Staff, version = 1, made_by = [Office])]
pub struct Employee {
    /// Surname.
    pub surname: Option<String>,
}
