//! An employee as everybody may see them. Private data are a kind of their own.

use crate::id::Ref;
use crate::record::Record;
use crate::records::values::{Blob, WorkingHours};
use crate::records::{DirectoryEntry, Team};

/// An employee: працівник.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(kind = Employee, section = Staff, version = 1, made_by = [Office])]
pub struct Employee {
    /// Surname.
    pub surname: Option<String>,
    /// Given name.
    pub given_name: Option<String>,
    /// Patronymic.
    pub patronymic: Option<String>,
    /// Position.
    pub position: Option<String>,
    /// Phones at work.
    pub phones: Vec<String>,
    /// E-mail addresses at work.
    pub emails: Vec<String>,
    /// A portrait.
    pub photo: Option<Blob>,
    /// The team. In conflict it counts as none.
    pub team: Option<Ref<Team>>,
    /// Whom this person reports to.
    pub manager: Option<Ref<Employee>>,
    /// What this person can do.
    pub skills: Vec<Ref<DirectoryEntry>>,
    /// Where this person works.
    pub regions: Vec<Ref<DirectoryEntry>>,
    /// The hours of an ordinary week.
    pub working_hours: Option<WorkingHours>,
    /// The last day with us, of those who left. Rights end by dismissal, not by this date.
    pub left: Option<chrono::NaiveDate>,
}

impl Employee {
    /// Surname, given name, patronymic: «Коваленко Марія Іванівна». Empty when nothing is known.
    #[must_use]
    pub fn full_name(&self) -> String {
        let parts = [&self.surname, &self.given_name, &self.patronymic];
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}
