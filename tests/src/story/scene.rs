//! The people and records of the story, made by their own devices like any other work.

use std::path::Path;

use anyhow::Context;
use halyard_device::{Device, RecordEdit};
use halyard_domain::id::{DocumentId, Ref, RowId};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::record::RowValue;
use halyard_domain::record::RowsField;
use halyard_domain::records::{
    AnswerKind, CardAct, CardEvent, Checklist, ChecklistItem, ContactPerson, Customer, Directory,
    DirectoryEntry, Employee, Equipment, PlannedWork, Priority, ServiceCard, ServiceType, Visit, VisitAct,
    VisitEvent,
};
use halyard_domain::time::{Instant, TimeWindow};

use crate::harness::{RelayFolder, TestDevice, Wire};

/// Who is in the story, each with a device.
pub struct Cast {
    /// Keeps the directories.
    pub administrator: TestDevice,
    /// Plans the day.
    pub dispatcher: TestDevice,
    /// Is in the basement without signal.
    pub first: TestDevice,
    /// Helps, without signal either.
    pub second: TestDevice,
}

/// The records of the story.
#[derive(Debug, Clone)]
pub struct Scene {
    /// Whose pump house it is.
    pub customer: DocumentId,
    /// The object.
    pub equipment: DocumentId,
    /// The card.
    pub card: DocumentId,
    /// The visit everybody writes at once.
    pub visit: DocumentId,
    /// Three kinds of work, each with its planned volume and hours.
    pub works: Vec<Work>,
    /// The items of the checklist.
    pub checklist_items: Vec<RowId>,
    /// When the visit is planned.
    pub window: TimeWindow,
}

/// A planned kind of work.
#[derive(Debug, Clone, Copy)]
pub struct Work {
    /// The directory entry.
    pub kind: DocumentId,
    /// Its unit.
    pub unit: DocumentId,
    /// The planned volume.
    pub volume: i64,
    /// The planned hours.
    pub hours: i64,
}

impl Cast {
    /// Invites four people; each enrols a device. The first technician's finds the relay at the end of
    /// `wire`.
    ///
    /// # Errors
    /// When the relay refuses one.
    pub async fn enrol(folder: &Path, relay: &RelayFolder, wire: &Wire) -> anyhow::Result<Self> {
        let person = async |name: &str, full: &str, role: &str, url: &str| {
            let device = TestDevice::open(folder, name)?;
            device.enrol_at(url, relay, full, role).await.with_context(|| format!("enrolling {name}"))?;
            device.sync().await.with_context(|| format!("the first sync of {name}"))?;
            anyhow::Ok(device)
        };
        let url = relay.url();
        Ok(Self {
            administrator: person("administrator", "Мельник Оксана Василівна", "administrator", &url).await?,
            dispatcher: person("dispatcher", "Бондар Олена Ігорівна", "dispatcher", &url).await?,
            first: person("first", "Коваль Іван Петрович", "technician", &wire.url()).await?,
            second: person("second", "Шевчук Тарас Михайлович", "technician", &url).await?,
        })
    }

    /// Everybody in the story.
    #[must_use]
    pub fn everybody(&self) -> [&TestDevice; 4] {
        [&self.administrator, &self.dispatcher, &self.first, &self.second]
    }
}

/// Builds the records: the administrator the directories, the dispatcher the work.
///
/// # Errors
/// When a device cannot save.
pub(super) fn build(cast: &Cast, now: Instant) -> anyhow::Result<Scene> {
    let admin = &cast.administrator.device;
    let metre = entry(admin, Directory::Unit, "м")?;
    let piece = entry(admin, Directory::Unit, "шт")?;
    let works = vec![
        Work {
            kind: entry(admin, Directory::WorkKind, "Промивка теплообмінника")?,
            unit: piece,
            volume: 2,
            hours: 2,
        },
        Work {
            kind: entry(admin, Directory::WorkKind, "Заміна ущільнень")?,
            unit: piece,
            volume: 4,
            hours: 1,
        },
        Work {
            kind: entry(admin, Directory::WorkKind, "Утеплення труби")?,
            unit: metre,
            volume: 10,
            hours: 1,
        },
    ];
    let (checklist, checklist_items) = checklist(admin)?;
    let (customer, equipment) = customer(&cast.dispatcher.device)?;
    let window = window(now)?;
    let card = card(cast, &works, customer, equipment, checklist)?;
    let visit = visit(cast, customer, equipment, card, window)?;
    Ok(Scene { customer, equipment, card, visit, works, checklist_items, window })
}

fn entry(device: &Device, directory: Directory, name: &str) -> anyhow::Result<DocumentId> {
    let intents = vec![DirectoryEntry::DIRECTORY.set(&directory), DirectoryEntry::NAME.set(&name.to_owned())];
    Ok(device.create(Kind::DirectoryEntry, intents)?)
}

fn checklist(device: &Device) -> anyhow::Result<(DocumentId, Vec<RowId>)> {
    let mut intents = vec![Checklist::NAME.set(&"Огляд котельні".to_owned())];
    let mut items = Vec::new();
    for (position, text) in ["Тиск у системі в нормі", "Запобіжний клапан перевірено"].into_iter().enumerate()
    {
        let item = ChecklistItem {
            position: i64::try_from(position).ok(),
            text: Some(text.to_owned()),
            required: Some(true),
            answer_kind: Some(AnswerKind::YesNo),
            ..ChecklistItem::default()
        };
        items.push(add(device, &mut intents, &Checklist::ITEMS, &item)?);
    }
    Ok((device.create(Kind::Checklist, intents)?, items))
}

fn customer(device: &Device) -> anyhow::Result<(DocumentId, DocumentId)> {
    let mut intents = vec![
        Customer::NAME.set(&"ОСББ «Ґанок»".to_owned()),
        Customer::REGISTRY_CODE.set(&"38745124".to_owned()),
        Customer::PHONES.set(&vec!["+380442223344".to_owned()]),
    ];
    let contact = ContactPerson {
        surname: Some("Гнатюк".to_owned()),
        given_name: Some("Петро".to_owned()),
        patronymic: Some("Іванович".to_owned()),
        vocative: Some("Петре Івановичу".to_owned()),
        position: Some("голова правління".to_owned()),
        ..ContactPerson::default()
    };
    add(device, &mut intents, &Customer::CONTACTS, &contact)?;
    let customer = device.create(Kind::Customer, intents)?;
    let equipment = vec![
        Equipment::NAME.set(&"Котел опалення".to_owned()),
        Equipment::MODEL.set(&"ТК-100".to_owned()),
        Equipment::SERIAL.set(&"TK100-0042".to_owned()),
        Equipment::CUSTOMER.set(&Ref::to(customer)),
    ];
    Ok((customer, device.create(Kind::Equipment, equipment)?))
}

fn card(
    cast: &Cast,
    works: &[Work],
    customer: DocumentId,
    equipment: DocumentId,
    checklist: DocumentId,
) -> anyhow::Result<DocumentId> {
    let device = &cast.dispatcher.device;
    let crew: Vec<Ref<Employee>> = vec![Ref::to(cast.first.employee()?), Ref::to(cast.second.employee()?)];
    let mut intents = vec![
        ServiceCard::CUSTOMER.set(&Ref::to(customer)),
        ServiceCard::EQUIPMENT.set(&Ref::to(equipment)),
        ServiceCard::SERVICE_TYPE.set(&ServiceType::Contract),
        ServiceCard::PRIORITY.set(&Priority::Normal),
        ServiceCard::CREW.set(&crew),
        ServiceCard::RESPONSIBLE.set(&Ref::to(cast.dispatcher.employee()?)),
        ServiceCard::CHECKLIST.set(&Ref::to(checklist)),
    ];
    for work in works {
        let planned = PlannedWork {
            work_kind: Some(Ref::to(work.kind)),
            unit: Some(Ref::to(work.unit)),
            volume: Some(work.volume.into()),
            hours: Some(work.hours.into()),
            weight: None,
        };
        add(device, &mut intents, &ServiceCard::PLANNED_WORKS, &planned)?;
    }
    let activated = CardEvent { what: Some(CardAct::Activated), ..CardEvent::default() };
    add(device, &mut intents, &ServiceCard::EVENTS, &activated)?;
    Ok(device.create(Kind::ServiceCard, intents)?)
}

fn visit(
    cast: &Cast,
    customer: DocumentId,
    equipment: DocumentId,
    card: DocumentId,
    window: TimeWindow,
) -> anyhow::Result<DocumentId> {
    let device = &cast.dispatcher.device;
    let specialists: Vec<Ref<Employee>> = vec![Ref::to(cast.first.employee()?)];
    let mut intents = vec![
        Visit::CARD.set(&Ref::to(card)),
        Visit::CUSTOMER.set(&Ref::to(customer)),
        Visit::EQUIPMENT.set(&Ref::to(equipment)),
        Visit::WINDOW.set(&window),
        Visit::DURATION_MINUTES.set(&240),
        Visit::SPECIALISTS.set(&specialists),
    ];
    let dispatched = VisitEvent { what: Some(VisitAct::Dispatched), specialists, ..VisitEvent::default() };
    add(device, &mut intents, &Visit::EVENTS, &dispatched)?;
    let document = device.new_id();
    device.save(&[RecordEdit::making(document, Kind::Visit, intents)])?;
    Ok(document)
}

/// Four hours of today from the next full hour; late in the evening they have begun already.
fn window(now: Instant) -> anyhow::Result<TimeWindow> {
    const HOUR: i64 = 3600;
    let of_day = (now.unix_seconds() + i64::from(now.offset_minutes()) * 60).rem_euclid(24 * HOUR);
    let begins = (of_day / HOUR + 1).min(18) * HOUR;
    let start = now.plus_seconds(begins - of_day).context("a start of the visit")?;
    let end = start.plus_seconds(4 * HOUR).context("an end of the visit")?;
    Ok(TimeWindow::new(start, end)?)
}

/// Adds a row to the intents and gives its id.
///
/// # Errors
/// When the device is not enrolled.
pub(super) fn add<T: RowValue>(
    device: &Device,
    intents: &mut Vec<Intent>,
    field: &RowsField<T>,
    value: &T,
) -> anyhow::Result<RowId> {
    let intent = device.add(field, value)?;
    let row = intent.path().row.context("a new row has an id")?;
    intents.push(intent);
    Ok(row)
}
