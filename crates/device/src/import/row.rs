//! A row of the file, every cell checked and in its canonical form.
//!
//! [`super::targets`] says which field each column fills and how its cell is read. A row with a wrong
//! cell becomes a [`RefusedRow`] that names all of them at once.

use std::collections::BTreeMap;

use halyard_domain::normalize::by_look;
use halyard_domain::records::AddressKind;
use halyard_domain::records::values::Coordinates;
use halyard_domain::value::{FieldValue, Scalar};
use halyard_domain::written;
use serde::{Deserialize, Serialize};

use super::cells;
use super::columns::{Column, Layout};
use super::excerpt::excerpt;
use super::known::Known;
use super::names::{CompanyName, PersonName};
use super::preview::LeftOut;
use super::refusal::{Reason, Refusal, RefusedRow};
use super::table::{Flaw, MAX_CELL, TableRow};
use super::targets::{Form, TARGETS};

/// What a column says something about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ImportPartOf"))]
pub enum Part {
    /// The customer itself.
    Customer,
    /// The place where its equipment stands.
    Site,
    /// Its registered address.
    LegalAddress,
    /// Its address for letters.
    PostalAddress,
    /// A person there.
    Contact,
    /// A thing there.
    Equipment,
}

/// The values a row has for one part, by field.
pub(super) type Values = BTreeMap<&'static str, Scalar>;

/// A row without mistakes.
#[derive(Debug, Clone, Default)]
pub struct ImportRow {
    pub(super) line: usize,
    pub(super) name: Option<CompanyName>,
    pub(super) values: BTreeMap<Part, Values>,
    pub(super) notes: Option<String>,
    pub(super) equipment_notes: Option<String>,
    pub(super) left_out: Vec<LeftOut>,
}

impl ImportRow {
    /// Checks a row.
    ///
    /// # Errors
    /// The row with everything that is wrong in it.
    pub fn read(layout: &Layout, row: &TableRow, known: &Known) -> Result<Self, RefusedRow> {
        if let Some(reason) = shifted(layout, row) {
            return Err(RefusedRow::new(row, vec![Refusal::of_row(reason)]));
        }
        let mut reader = Reader {
            row: Self { line: row.line, ..Self::default() },
            known,
            refusals: Vec::new(),
            degrees: [None; 2],
        };
        for (column, cell) in layout.columns().iter().zip(&row.cells) {
            let cell = cells::unguarded(cell);
            if let Some(column) = column.filter(|_| !cell.trim().is_empty())
                && let Err(reason) = reader.take(column, cell)
            {
                reader.refusals.push(Refusal::of(column, reason));
            }
        }
        reader.finish().map_err(|refusals| RefusedRow::new(row, refusals))
    }

    pub(super) fn text(&self, part: Part, field: &str) -> Option<&str> {
        self.values.get(&part)?.get(field)?.as_text()
    }

    pub(super) fn code(&self) -> Option<&str> {
        self.text(Part::Customer, "registry_code")
    }

    /// The serial number as it is compared.
    pub(super) fn serial(&self) -> Option<String> {
        self.text(Part::Equipment, "serial").and_then(serial_key)
    }

    pub(super) fn phones(&self) -> Vec<String> {
        let phones = self.values.get(&Part::Customer).and_then(|values| values.get("phones"));
        phones.and_then(|phones| Vec::from_scalar(phones).ok()).unwrap_or_default()
    }
}

/// Why the cells of a row may stand in other columns than they were meant for: none of them is believed.
fn shifted(layout: &Layout, row: &TableRow) -> Option<Reason> {
    match row.flaw {
        Some(Flaw::OpenQuote) => return Some(Reason::OpenQuote),
        Some(Flaw::BehindOpenQuote { line }) => return Some(Reason::BehindOpenQuote { line }),
        Some(Flaw::LongCell { at }) => {
            let column = layout.heading(at).map_or_else(|| (at + 1).to_string(), excerpt);
            return Some(Reason::LongCell { column, most: MAX_CELL });
        }
        None => {}
    }
    let mut written = row.cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
    let surplus = written.find(|(at, _)| !layout.has_heading(*at));
    surplus.map(|(_, cell)| Reason::NoHeading { text: excerpt(cell) })
}

/// A registry code as it is compared, however somebody typed it in the office.
pub(super) fn code_key(code: &str) -> String {
    written::registry_code(code).unwrap_or_else(|_| code.trim().to_owned())
}

/// A serial number by its letters and digits as they look: people drop dashes and capitals, and type what they see on
/// a nameplate in either alphabet.
pub(crate) fn serial_key(serial: &str) -> Option<String> {
    let key: String =
        serial.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    let is_serial = !NO_SERIAL.contains(&key.as_str()) && key.chars().any(|sign| sign != '0');
    is_serial.then(|| key.chars().map(by_look).collect())
}

/// What people write where there is no serial number.
const NO_SERIAL: [&str; 12] = [
    "БН",
    "БЕЗНОМЕРА",
    "НЕМА",
    "НЕМАЄ",
    "НЕВІДОМО",
    "ВІДСУТНІЙ",
    "НЕТ",
    "НЕИЗВЕСТНО",
    "ОТСУТСТВУЕТ",
    "NA",
    "NONE",
    "UNKNOWN",
];

/// What spreadsheets show for a formula that failed.
const FAILED_FORMULAS: [&str; 7] = ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"];

struct Reader<'a> {
    row: ImportRow,
    known: &'a Known,
    refusals: Vec<Refusal>,
    degrees: [Option<i32>; 2],
}

impl Reader<'_> {
    fn take(&mut self, column: Column, cell: &str) -> Result<(), Reason> {
        if FAILED_FORMULAS.contains(&cell.trim()) {
            return Err(Reason::FailedFormula { text: cell.trim().to_owned() });
        }
        match column {
            Column::Reasons => return Ok(()),
            Column::Notes => return join_text(&mut self.row.notes, cell),
            Column::EquipmentNotes => {
                self.row.values.entry(Part::Equipment).or_default();
                return join_text(&mut self.row.equipment_notes, cell);
            }
            Column::Latitude | Column::Longitude => {
                let (place, most) = if column == Column::Latitude { (0, 90) } else { (1, 180) };
                let degrees = cells::degrees_e6(cell, most)?;
                if let Some(slot) = self.degrees.get_mut(place) {
                    *slot = Some(degrees);
                }
                return Ok(());
            }
            Column::ContactName => {
                let name = PersonName::of(&cells::line(cell)?);
                for (field, part) in [
                    ("surname", name.surname),
                    ("given_name", name.given_name),
                    ("patronymic", name.patronymic),
                ] {
                    if let Some(part) = part {
                        self.put(Part::Contact, field, Scalar::Text(part));
                    }
                }
                return Ok(());
            }
            Column::Serial if serial_key(cell).is_none() => return Ok(()),
            _ => {}
        }
        let Some((_, part, field, form)) = TARGETS.iter().find(|(target, ..)| *target == column) else {
            return Ok(());
        };
        if let Some(value) = self.value(column, *form, cell)? {
            self.put(*part, field, value);
        }
        Ok(())
    }

    fn value(&mut self, column: Column, form: Form, cell: &str) -> Result<Option<Scalar>, Reason> {
        let line = || cells::line(cell);
        Ok(Some(match form {
            Form::Line => Scalar::Text(line()?),
            Form::RegistryCode => Scalar::Text(written::registry_code(&line()?)?),
            Form::VatNumber => Scalar::Text(written::vat_number(&line()?)?),
            Form::Iban => Scalar::Text(written::iban(&line()?)?),
            Form::Phones => cells::phones(cell)?.to_scalar(),
            Form::Emails => cells::emails(cell)?.to_scalar(),
            Form::Date => cells::date(&line()?)?.to_scalar(),
            Form::Status => cells::status(cell)?.to_scalar(),
            Form::Named(named) => {
                let text = line()?;
                let Some(id) = self.known.named(named, &text) else {
                    self.row.left_out.push(LeftOut { line: self.row.line, column, text });
                    return Ok(None);
                };
                Scalar::Text(id.to_string())
            }
            Form::Apart => return Ok(None),
        }))
    }

    /// Several columns of one meaning add up; of one value the first stands.
    fn put(&mut self, part: Part, field: &'static str, value: Scalar) {
        let values = self.row.values.entry(part).or_default();
        let value = match values.get(field) {
            Some(before) => united(before, &value).unwrap_or_else(|| before.clone()),
            None => value,
        };
        values.insert(field, value);
    }

    fn finish(mut self) -> Result<ImportRow, Vec<Refusal>> {
        match self.degrees {
            [Some(latitude_e6), Some(longitude_e6)] => {
                self.put(Part::Site, "coordinates", Coordinates { latitude_e6, longitude_e6 }.to_scalar());
            }
            [None, None] => {}
            [Some(_), None] => self.refusals.push(Refusal::of(Column::Latitude, Reason::NotCoordinates)),
            [None, Some(_)] => self.refusals.push(Refusal::of(Column::Longitude, Reason::NotCoordinates)),
        }
        self.check_equipment();
        if !self.refusals.is_empty() {
            self.check_customer();
            return Err(self.refusals);
        }
        let mut row = self.row;
        for (part, kind) in [
            (Part::Site, AddressKind::Site),
            (Part::LegalAddress, AddressKind::Legal),
            (Part::PostalAddress, AddressKind::Postal),
        ] {
            if let Some(address) = row.values.get_mut(&part) {
                address.insert("address_kind", kind.to_scalar());
            }
        }
        if let Some(customer) = row.values.get_mut(&Part::Customer)
            && let (None, Some(legal)) = (customer.get("name"), customer.get("legal_name").cloned())
        {
            customer.insert("name", legal);
        }
        row.name = row.text(Part::Customer, "name").and_then(CompanyName::of);
        Ok(row)
    }

    /// A row that is refused is not looked up any more, so what says nothing about whose it is is told here.
    fn check_customer(&mut self) {
        let row = &self.row;
        let is_named = ["name", "legal_name"]
            .iter()
            .filter_map(|field| row.text(Part::Customer, field))
            .any(|name| CompanyName::of(name).is_some());
        if !is_named && row.code().is_none() && row.phones().is_empty() && row.serial().is_none() {
            self.refusals.push(Refusal::of_row(Reason::NoCustomer));
        }
    }

    fn check_equipment(&mut self) {
        let Some(equipment) = self.row.values.get(&Part::Equipment) else { return };
        let identity = ["name", "model", "category", "serial", "qr_tag", "manufacturer"];
        if !identity.iter().any(|field| equipment.contains_key(field)) {
            self.refusals.push(Refusal::of_row(Reason::EquipmentUnnamed));
        }
        if let (Some(installed), Some(until)) = (equipment.get("installed"), equipment.get("warranty_until"))
            && until.as_text() < installed.as_text()
        {
            self.refusals.push(Refusal::of(Column::WarrantyUntil, Reason::WarrantyBeforeInstallation));
        }
    }
}

/// Two lists as one, each item once; `None` when they are not lists or the second brings nothing.
pub(super) fn united(one: &Scalar, another: &Scalar) -> Option<Scalar> {
    let mut items = Vec::<String>::from_scalar(one).ok()?;
    let before = items.len();
    for item in Vec::<String>::from_scalar(another).ok()? {
        if !items.contains(&item) {
            items.push(item);
        }
    }
    (items.len() > before).then(|| items.to_scalar())
}

fn join_text(notes: &mut Option<String>, cell: &str) -> Result<(), Reason> {
    let text = cells::text(cell)?;
    if !text.is_empty() {
        *notes = Some(text);
    }
    Ok(())
}
