//! The records of the company: customers with what stands at them, kinds of work, a checklist.

use anyhow::Context;
use halyard_device::Device;
use halyard_domain::id::{DocumentId, Ref, RowId};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::record::{RowValue, RowsField};
use halyard_domain::records::values::Coordinates;
use halyard_domain::records::{
    Address, AddressKind, AnswerKind, Checklist, ChecklistItem, ContactPerson, Customer, Directory,
    DirectoryEntry, Equipment, PlannedWork,
};

/// A customer with one object, as a table of the stage lists it.
pub(super) struct Place {
    pub(super) customer: &'static str,
    pub(super) settlement: &'static str,
    pub(super) street: &'static str,
    pub(super) access: Option<&'static str>,
    /// Millionths of a degree.
    pub(super) coordinates: (i32, i32),
    /// Surname, given name, patronymic, position, phone.
    pub(super) contact: Option<[&'static str; 5]>,
    /// Name, model, serial number, last day of the warranty.
    pub(super) object: (&'static str, Option<&'static str>, Option<&'static str>, Option<&'static str>),
}

/// A kind of work with its plan: unit, volume, hours of it.
pub(super) struct Work {
    pub(super) name: &'static str,
    pub(super) name_en: &'static str,
    pub(super) unit: &'static str,
    pub(super) volume: i64,
    /// Tenths of an hour.
    pub(super) hours_tenths: i64,
}

/// A question of the checklist.
pub(super) struct Question {
    pub(super) text: &'static str,
    pub(super) required: bool,
    pub(super) answer: Answer,
}

/// What an answer is.
pub(super) enum Answer {
    YesNo,
    OneOf(&'static [&'static str]),
    /// A unit, and the limits in tenths.
    Number(&'static str, i64, i64),
}

/// What units are called in English, where that is another word.
const UNITS_EN: [(&str, &str); 5] =
    [("шт.", "pcs"), ("секц.", "sections"), ("компл.", "sets"), ("год", "h"), ("бар", "bar")];

/// The units that were made, by name.
#[derive(Default)]
pub(super) struct Units(Vec<(&'static str, DocumentId)>);

impl Units {
    /// The unit of a name, made when it is new.
    pub(super) fn of(&mut self, device: &Device, name: &'static str) -> anyhow::Result<DocumentId> {
        if let Some((_, id)) = self.0.iter().find(|(known, _)| *known == name) {
            return Ok(*id);
        }
        let mut intents =
            vec![DirectoryEntry::DIRECTORY.set(&Directory::Unit), DirectoryEntry::NAME.set(&name.to_owned())];
        let english = UNITS_EN.iter().find(|(unit, _)| *unit == name);
        intents.extend(english.map(|(_, english)| DirectoryEntry::NAME_EN.set(&(*english).to_owned())));
        let id = device.create(Kind::DirectoryEntry, intents)?;
        self.0.push((name, id));
        Ok(id)
    }
}

/// Makes a customer and its object; gives both.
pub(super) fn place(device: &Device, place: &Place) -> anyhow::Result<(DocumentId, DocumentId)> {
    let mut intents = vec![Customer::NAME.set(&place.customer.to_owned())];
    let (latitude_e6, longitude_e6) = place.coordinates;
    let site = Address {
        address_kind: Some(AddressKind::Site),
        settlement: Some(place.settlement.to_owned()),
        street: Some(place.street.to_owned()),
        access_notes: place.access.map(ToOwned::to_owned),
        coordinates: Some(Coordinates { latitude_e6, longitude_e6 }),
        ..Address::default()
    };
    add(device, &mut intents, &Customer::ADDRESSES, &site)?;
    if let Some([surname, given_name, patronymic, position, phone]) = place.contact {
        let person = ContactPerson {
            surname: Some(surname.to_owned()),
            given_name: Some(given_name.to_owned()),
            patronymic: Some(patronymic.to_owned()),
            position: Some(position.to_owned()),
            phones: vec![phone.to_owned()],
            ..ContactPerson::default()
        };
        add(device, &mut intents, &Customer::CONTACTS, &person)?;
    }
    let customer = device.create(Kind::Customer, intents)?;
    let (name, model, serial, warranty) = place.object;
    let mut intents =
        vec![Equipment::NAME.set(&name.to_owned()), Equipment::CUSTOMER.set(&Ref::to(customer))];
    intents.extend(model.map(|model| Equipment::MODEL.set(&model.to_owned())));
    intents.extend(serial.map(|serial| Equipment::SERIAL.set(&serial.to_owned())));
    if let Some(day) = warranty {
        intents.push(Equipment::WARRANTY_UNTIL.set(&day.parse()?));
    }
    Ok((customer, device.create(Kind::Equipment, intents)?))
}

/// Makes the kinds of work and gives the plan of them all.
pub(super) fn works(device: &Device, units: &mut Units, works: &[Work]) -> anyhow::Result<Vec<PlannedWork>> {
    let mut plan = Vec::new();
    for (position, work) in (1_i64..).zip(works) {
        let unit = units.of(device, work.unit)?;
        let kind = device.create(
            Kind::DirectoryEntry,
            vec![
                DirectoryEntry::DIRECTORY.set(&Directory::WorkKind),
                DirectoryEntry::NAME.set(&work.name.to_owned()),
                DirectoryEntry::NAME_EN.set(&work.name_en.to_owned()),
                DirectoryEntry::UNIT.set(&Ref::to(unit)),
                DirectoryEntry::POSITION.set(&position),
            ],
        )?;
        plan.push(PlannedWork {
            work_kind: Some(Ref::to(kind)),
            unit: Some(Ref::to(unit)),
            volume: Some(work.volume.into()),
            hours: Some(rust_decimal::Decimal::new(work.hours_tenths, 1)),
            weight: None,
        });
    }
    Ok(plan)
}

/// Makes the checklist.
pub(super) fn checklist(
    device: &Device,
    units: &mut Units,
    name: &str,
    questions: &[Question],
) -> anyhow::Result<DocumentId> {
    let mut intents = vec![Checklist::NAME.set(&name.to_owned())];
    for (position, question) in (1_i64..).zip(questions) {
        let mut item = ChecklistItem {
            position: Some(position),
            text: Some(question.text.to_owned()),
            required: Some(question.required),
            ..ChecklistItem::default()
        };
        match &question.answer {
            Answer::YesNo => item.answer_kind = Some(AnswerKind::YesNo),
            Answer::OneOf(choices) => {
                item.answer_kind = Some(AnswerKind::OneOf);
                item.choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
            }
            Answer::Number(unit, minimum_tenths, maximum_tenths) => {
                item.answer_kind = Some(AnswerKind::Number);
                item.unit = Some(Ref::to(units.of(device, unit)?));
                item.minimum = Some(rust_decimal::Decimal::new(*minimum_tenths, 1));
                item.maximum = Some(rust_decimal::Decimal::new(*maximum_tenths, 1));
            }
        }
        add(device, &mut intents, &Checklist::ITEMS, &item)?;
    }
    Ok(device.create(Kind::Checklist, intents)?)
}

/// Adds a row to the intents and gives its id.
pub(super) fn add<T: RowValue>(
    device: &Device,
    intents: &mut Vec<Intent>,
    field: &RowsField<T>,
    value: &T,
) -> anyhow::Result<RowId> {
    let intent = device.add(field, value)?;
    let row = intent.path().row.context("a row has an id")?;
    intents.push(intent);
    Ok(row)
}
