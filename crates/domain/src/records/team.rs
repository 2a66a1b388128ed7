//! A team: команда. Its members are the employees that name it.

use crate::id::Ref;
use crate::record::{LongText, Record};
use crate::records::Employee;

/// A team: команда.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(kind = Team, section = Staff, version = 1, made_by = [Office])]
pub struct Team {
    /// What it is called.
    pub name: Option<String>,
    /// Who leads it.
    pub leader: Option<Ref<Employee>>,
    /// What it does.
    pub notes: LongText,
}
