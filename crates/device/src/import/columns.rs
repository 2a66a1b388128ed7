//! Which column of a file holds what, found from its header.
//!
//! A header is compared by its letters only: capitals, quotes, stars and what stands in brackets do not
//! count, and «Телефон» or «Примітка» after the contact person's name is the person's. A column that
//! nothing is known about is named in [`Layout::unknown`], so that nobody believes it was taken.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::names::fold;
use super::synonyms::SYNONYMS;

/// What a column of a file can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ImportColumn"))]
pub enum Column {
    /// What the customer is called.
    Name,
    /// What the customer's papers call it.
    LegalName,
    /// ЄДРПОУ or РНОКПП.
    RegistryCode,
    /// ІПН.
    VatNumber,
    /// The customer's account.
    Iban,
    /// The customer's phones.
    Phone,
    /// The customer's e-mail addresses.
    Email,
    /// The customer's web site.
    Website,
    /// Prospect, customer or former.
    Status,
    /// What brought the customer to us: an entry of the directory.
    Source,
    /// Who of us is responsible: an employee's name.
    Responsible,
    /// Anything else about the customer.
    Notes,
    /// The registered address in one line.
    LegalAddress,
    /// The address for letters in one line.
    PostalAddress,
    /// Where the equipment stands, in one line or street and house.
    SiteAddress,
    /// The town of that place.
    Settlement,
    /// The postal code of that place.
    PostalCode,
    /// The region of that place: an entry of the directory.
    Region,
    /// What people call that place.
    SiteLabel,
    /// How to get into that place.
    AccessNotes,
    /// The latitude of that place in degrees.
    Latitude,
    /// The longitude of that place in degrees.
    Longitude,
    /// The contact person's whole name.
    ContactName,
    /// The contact person's surname.
    ContactSurname,
    /// The contact person's given name.
    ContactGivenName,
    /// The contact person's patronymic.
    ContactPatronymic,
    /// How one addresses the contact person.
    ContactVocative,
    /// The contact person's position.
    ContactPosition,
    /// What we may write to the person about: an entry of the directory.
    ContactCategory,
    /// The contact person's phones.
    ContactPhone,
    /// The contact person's e-mail addresses.
    ContactEmail,
    /// The contact person's birthday.
    ContactBirthday,
    /// Anything else about the contact person.
    ContactNote,
    /// What people call the equipment.
    EquipmentName,
    /// The sort of equipment: an entry of the directory.
    EquipmentCategory,
    /// Who made the equipment.
    Manufacturer,
    /// The equipment's model.
    Model,
    /// The equipment's serial number.
    Serial,
    /// What the QR tag on the equipment says.
    QrTag,
    /// Where exactly the equipment stands.
    Place,
    /// The day the equipment was installed.
    Installed,
    /// The last day of the equipment's warranty.
    WarrantyUntil,
    /// Anything else about the equipment.
    EquipmentNotes,
    /// Why an earlier import refused the row. It is read over.
    Reasons,
}

/// What the columns of a file hold, in the file's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    columns: Vec<Option<Column>>,
    unknown: Vec<String>,
    headings: Vec<String>,
}

impl Layout {
    /// Reads a header.
    #[must_use]
    pub fn of(header: &[String]) -> Self {
        let columns = Vec::with_capacity(header.len());
        let mut layout = Self { columns, unknown: Vec::new(), headings: header.to_vec() };
        let mut section = Section::Customer;
        for cell in header {
            let column = column_called(cell).and_then(|column| layout.place(column, section));
            section = column.map_or(section, Section::opened_by).max(section);
            if column.is_none() && !cell.is_empty() {
                layout.unknown.push(cell.clone());
            }
            layout.columns.push(column);
        }
        layout
    }

    /// As a person said, whatever the header says. Of two columns that cannot both hold one thing the
    /// second is not taken; nor is one that nothing was said about.
    #[must_use]
    pub fn said(header: &[String], columns: &[Option<Column>]) -> Self {
        let columns_said = Vec::with_capacity(header.len());
        let mut layout = Self { columns: columns_said, unknown: Vec::new(), headings: header.to_vec() };
        for (at, cell) in header.iter().enumerate() {
            let said = columns.get(at).copied().flatten();
            let column = said.filter(|one| one.takes_several() || !layout.columns.contains(&said));
            if column.is_none() && !cell.is_empty() {
                layout.unknown.push(cell.clone());
            }
            layout.columns.push(column);
        }
        layout
    }

    /// Headers that say nothing this program knows, or the same as a column before them.
    #[must_use]
    pub fn unknown(&self) -> &[String] {
        &self.unknown
    }

    /// True when some column holds what this program takes.
    #[must_use]
    pub fn knows_a_column(&self) -> bool {
        self.columns.iter().flatten().any(|column| *column != Column::Reasons)
    }

    /// True when the header names the column at this place, whatever it says. Whoever says what a column without a
    /// heading holds gives it one.
    #[must_use]
    pub fn has_heading(&self, at: usize) -> bool {
        self.heading(at).is_some() || matches!(self.columns.get(at), Some(Some(_)))
    }

    /// What the header says above the column at this place; `None` when nothing.
    #[must_use]
    pub fn heading(&self, at: usize) -> Option<&str> {
        self.headings.get(at).map(String::as_str).filter(|heading| !heading.is_empty())
    }

    /// The columns, in the file's order; `None` of an unknown one.
    #[must_use]
    pub fn columns(&self) -> &[Option<Column>] {
        &self.columns
    }

    /// Finds the place for a column in a section of the file; `None` when it is already taken.
    fn place(&self, column: Column, section: Section) -> Option<Column> {
        let meant = section.meaning(column);
        let free = |wanted: Column| wanted.takes_several() || !self.columns.contains(&Some(wanted));
        if free(meant) {
            return Some(meant);
        }
        // «Модель … Примітка … Примітка»: the second says something about what is left to say it about.
        [Section::Contact.meaning(column), Section::Equipment.meaning(column)].into_iter().find(|c| free(*c))
    }
}

impl Column {
    /// True of columns a file may have several of: they add up.
    fn takes_several(self) -> bool {
        matches!(self, Self::Phone | Self::Email | Self::ContactPhone | Self::ContactEmail | Self::Reasons)
    }

    /// The header a file of ours has for it.
    #[must_use]
    pub fn header(self) -> &'static str {
        SYNONYMS
            .iter()
            .find(|(column, _)| *column == self)
            .map_or("", |(_, names)| names.first().map_or("", |n| n))
    }
}

/// The part of a file a column stands in. Files go from the customer to its people and things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Customer,
    Contact,
    Equipment,
}

impl Section {
    fn opened_by(column: Column) -> Self {
        use Column as C;
        match column {
            C::ContactName | C::ContactSurname | C::ContactGivenName | C::ContactPatronymic => Self::Contact,
            C::EquipmentName | C::EquipmentCategory | C::Manufacturer | C::Model | C::Serial => {
                Self::Equipment
            }
            _ => Self::Customer,
        }
    }

    /// What a column means in this part, when its header alone does not say.
    fn meaning(self, column: Column) -> Column {
        match (self, column) {
            (Self::Contact, Column::Phone) => Column::ContactPhone,
            (Self::Contact, Column::Email) => Column::ContactEmail,
            (Self::Contact, Column::Notes) => Column::ContactNote,
            (Self::Equipment, Column::Notes) => Column::EquipmentNotes,
            (Self::Equipment, Column::Name) => Column::EquipmentName,
            _ => column,
        }
    }
}

/// The columns by everything they may be called. A spreadsheet may have thousands of columns.
static CALLED: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
    let called = |(column, names): &'static (Column, &[&str])| names.iter().map(|name| (fold(name), *column));
    SYNONYMS.iter().flat_map(called).collect()
});

fn column_called(header: &str) -> Option<Column> {
    let outside_brackets = header.split(['(', '[']).next().unwrap_or_default();
    CALLED.get(&fold(outside_brackets)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(header: &[&str], expected: &[Option<Column>]) {
        let header: Vec<String> = header.iter().map(|&cell| cell.to_owned()).collect();
        assert_eq!(Layout::of(&header).columns(), expected);
    }

    #[test]
    fn headers_are_understood_in_three_languages() {
        let expected = [Column::Name, Column::RegistryCode, Column::Phone, Column::Serial].map(Some);
        check(&["Назва контрагента *", "Код ЄДРПОУ", "Телефон", "Серійний номер"], &expected);
        check(&["Customer name", "EDRPOU", "PHONE", "Serial no."], &expected);
        check(&["Наименование", "ЕГРПОУ (8 цифр)", "Телефоны", "Зав. №"], &expected);
    }

    #[test]
    fn the_phone_after_the_persons_name_is_the_persons() {
        check(
            &["Клієнт", "Телефон", "Контактна особа", "Телефон", "Модель", "Примітка"],
            &[
                Some(Column::Name),
                Some(Column::Phone),
                Some(Column::ContactName),
                Some(Column::ContactPhone),
                Some(Column::Model),
                Some(Column::EquipmentNotes),
            ],
        );
    }

    #[test]
    fn a_second_column_of_the_same_meaning_is_unknown() {
        let header = ["Назва", "ЄДРПОУ", "Код", "Улюблений колір"].map(str::to_owned);
        assert_eq!(Layout::of(&header).unknown(), ["Код", "Улюблений колір"]);
    }

    #[test]
    fn no_two_columns_claim_one_header() {
        let all: Vec<String> = SYNONYMS.iter().flat_map(|(_, names)| names.iter().map(|n| fold(n))).collect();
        let mut once = all.clone();
        once.sort();
        once.dedup();
        let repeated: Vec<_> = once.iter().filter(|n| all.iter().filter(|a| a == n).count() > 1).collect();
        assert_eq!(repeated, Vec::<&String>::new());
    }
}
