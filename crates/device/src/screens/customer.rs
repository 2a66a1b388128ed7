//! The pages of a customer and of an object, with everything linked to them.

use halyard_domain::id::{DocumentId, Ref, RowId};
use halyard_domain::kind::Kind;
use halyard_domain::record::{Record, RowOf};
use halyard_domain::records::{Classification, Customer, CustomerStatus, Equipment, Meter};
use halyard_domain::rules::CardState;
use halyard_domain::time::Instant;
use halyard_tables::list::{Direction, ListRow, SortKey};
use halyard_tables::sql::SqlValue;
use serde::Serialize;

use crate::app::App;
use crate::device::Device;
use crate::error::DeviceError;
use crate::screens::ScreenError;
use crate::screens::lines::{
    ComplaintLine, VisitLine, choice, complaints_of, instant, linking, named, newest, visits_of,
};
use crate::screens::names::{Linked, Names};
use crate::screens::photos::{PhotoView, photos};
use crate::screens::places::{AddressView, ContactView, Places};
use crate::screens::record::{RecordHead, Subject};
use crate::screens::visit::{EquipmentBrief, PageOf, brief};

/// So many lines of each sort are on the page when nobody asks for more.
const SHOWN: u32 = 50;

/// The page of a customer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CustomerPage {
    /// What every page begins with.
    pub head: RecordHead,
    /// What we call it.
    pub name: Option<String>,
    /// What its papers call it.
    pub legal_name: Option<String>,
    /// ЄДРПОУ or РНОКПП.
    pub registry_code: Option<String>,
    /// ІПН.
    pub vat_number: Option<String>,
    /// The account it pays from.
    pub iban: Option<String>,
    /// Its phones.
    pub phones: Vec<String>,
    /// Its e-mail addresses.
    pub emails: Vec<String>,
    /// Its web site.
    pub website: Option<String>,
    /// Where we stand with it.
    pub status: Option<CustomerStatus>,
    /// Who of us is responsible for it.
    pub responsible: Option<Linked>,
    /// What first brought it to us.
    pub source: Option<Linked>,
    /// The customer who recommended us.
    pub referred_by: Option<Linked>,
    /// Its addresses.
    pub addresses: Vec<AddressView>,
    /// The people we talk to.
    pub contacts: Vec<ContactView>,
    /// Where it stands in each classifier.
    pub classification: Vec<ClassView>,
    /// Anything else.
    pub notes: String,
    /// Its objects.
    pub equipment: Vec<EquipmentLine>,
    /// Its cards, newest first.
    pub cards: Vec<CardLine>,
    /// The visits to it, newest first.
    pub visits: Vec<VisitLine>,
    /// Its complaints, newest first.
    pub complaints: Vec<ComplaintLine>,
    /// Visits whose work ended.
    pub visits_done: i64,
    /// Complaints somebody still owes something.
    pub open_complaints: i64,
}

/// A customer's place in a classifier.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ClassView {
    /// The classifier.
    pub classifier: Option<Linked>,
    /// The class in it.
    pub class: Option<Linked>,
}

/// An object on another record's page.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct EquipmentLine {
    /// The object.
    pub link: Linked,
    /// The model.
    pub model: Option<String>,
    /// The serial number.
    pub serial: Option<String>,
    /// Where exactly it stands.
    pub place: Option<String>,
    /// The last day of its warranty.
    pub warranty_until: Option<String>,
    /// When it was visited last.
    pub last_visit: Option<Instant>,
}

/// A card on another record's page.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CardLine {
    /// The card.
    pub link: Linked,
    /// Its state.
    pub state: Option<CardState>,
    /// What sort of service, by name.
    pub service_type: Option<String>,
    /// The object.
    pub equipment: Option<Linked>,
    /// Who answers for it.
    pub responsible: Option<Linked>,
    /// How much of its planned work is done, in hundredths of a percent.
    pub percent: Option<i64>,
    /// When the next visit begins.
    pub next_visit: Option<Instant>,
}

/// The page of an object.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct EquipmentPage {
    /// What every page begins with.
    pub head: RecordHead,
    /// Its name, maker, model, serial, place and warranty.
    pub brief: EquipmentBrief,
    /// What sort of thing it is.
    pub category: Option<Linked>,
    /// What the QR tag on it says.
    pub qr_tag: Option<String>,
    /// Whose it is.
    pub customer: Option<Linked>,
    /// The address it stands at.
    pub address: Option<AddressView>,
    /// The day it was installed.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub installed: Option<chrono::NaiveDate>,
    /// What it is a part of.
    pub parent: Option<Linked>,
    /// Its parts.
    pub children: Vec<Linked>,
    /// Its meters.
    pub meters: Vec<MeterView>,
    /// The photos that count.
    pub photos: Vec<PhotoView>,
    /// Anything else.
    pub notes: String,
    /// The cards it is served under, newest first.
    pub cards: Vec<CardLine>,
    /// Its history: the visits to it, newest first.
    pub visits: Vec<VisitLine>,
    /// Complaints about it, newest first.
    pub complaints: Vec<ComplaintLine>,
}

/// A meter.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MeterView {
    /// Its row.
    pub row: RowId,
    /// What it counts.
    pub name: Option<String>,
    /// Its unit.
    pub unit: Option<Linked>,
}

/// The page of a customer.
///
/// # Errors
/// When it is not here, cannot be opened or is no customer.
pub fn customer_page(app: &App, asked: &PageOf) -> Result<CustomerPage, ScreenError> {
    let device = app.device();
    let subject = Subject::open(device, asked.document, Some(Kind::Customer), asked.at)?;
    let customer = Customer::read(&subject.reading);
    let own = Some(asked.document);
    let lines = asked.lines.unwrap_or(SHOWN);
    let mut wanted: Vec<DocumentId> =
        [customer.responsible.map(Ref::id), customer.source.map(Ref::id), customer.referred_by.map(Ref::id)]
            .into_iter()
            .flatten()
            .collect();
    for row in customer.classification.standing() {
        wanted.extend(row.value.classifier.map(Ref::id));
        wanted.extend(row.value.class.map(Ref::id));
    }
    let names = Names::of(device, wanted)?;
    let counts = device.derived(asked.document)?;
    let count = |column: &str| {
        counts.iter().find(|one| one.column == column).and_then(|one| one.value.int()).unwrap_or(0)
    };
    let class = |row: &RowOf<Classification>| ClassView {
        classifier: names.linked(row.value.classifier),
        class: names.linked(row.value.class),
    };
    Ok(CustomerPage {
        head: subject.head(device)?,
        responsible: names.linked(customer.responsible),
        source: names.linked(customer.source),
        referred_by: names.linked(customer.referred_by),
        addresses: customer.addresses.standing().map(|row| AddressView::of(row.id, &row.value)).collect(),
        contacts: customer.contacts.standing().map(|row| ContactView::of(row.id, &row.value)).collect(),
        classification: customer.classification.standing().map(class).collect(),
        equipment: equipment_of(device, "customer", own, lines)?,
        cards: cards_of(device, "customer", own, lines)?,
        visits: visits_of(device, "customer", own, lines)?,
        complaints: complaints_of(device, "customer", own, lines)?,
        visits_done: count("visits_done"),
        open_complaints: count("open_complaints"),
        name: customer.name,
        legal_name: customer.legal_name,
        registry_code: customer.registry_code,
        vat_number: customer.vat_number,
        iban: customer.iban,
        phones: customer.phones,
        emails: customer.emails,
        website: customer.website,
        status: customer.status,
        notes: customer.notes.0,
    })
}

/// The page of an object, its history included.
///
/// # Errors
/// When it is not here, cannot be opened or is no object.
pub fn equipment_page(app: &App, asked: &PageOf) -> Result<EquipmentPage, ScreenError> {
    let device = app.device();
    let subject = Subject::open(device, asked.document, Some(Kind::Equipment), asked.at)?;
    let equipment = Equipment::read(&subject.reading);
    let customer = equipment.customer.map(Ref::id);
    let own = Some(asked.document);
    let lines = asked.lines.unwrap_or(SHOWN);
    let mut wanted: Vec<DocumentId> = customer.into_iter().collect();
    wanted.extend(equipment.category.map(Ref::id));
    wanted.extend(equipment.parent.map(Ref::id));
    wanted.extend(equipment.meters.standing().filter_map(|row| row.value.unit.map(Ref::id)));
    wanted.extend(equipment.photos.standing().filter_map(|row| row.by.map(Ref::id)));
    let names = Names::that_stay(device, wanted)?;
    let places = Places::of(device, customer.as_slice())?;
    let meter = |row: &RowOf<Meter>| MeterView {
        row: row.id,
        name: row.value.name.clone(),
        unit: names.linked(row.value.unit),
    };
    Ok(EquipmentPage {
        head: subject.head(device)?,
        brief: brief(
            Names::of(device, own)?.link(asked.document),
            Some(&equipment),
            device.surroundings.now(),
        ),
        category: names.linked(equipment.category),
        customer: names.linked(equipment.customer),
        address: customer.and_then(|id| places.address(id, equipment.site)),
        parent: names.linked(equipment.parent),
        children: equipment_of(device, "parent", own, lines)?.into_iter().map(|line| line.link).collect(),
        meters: equipment.meters.standing().map(meter).collect(),
        photos: photos(device, &equipment.photos, &names)?,
        cards: cards_of(device, "equipment", own, lines)?,
        visits: visits_of(device, "equipment", own, lines)?,
        complaints: complaints_of(device, "equipment", own, lines)?,
        qr_tag: equipment.qr_tag,
        installed: equipment.installed,
        notes: equipment.notes.0,
    })
}

fn equipment_of(
    device: &Device,
    link: &str,
    target: Option<DocumentId>,
    limit: u32,
) -> Result<Vec<EquipmentLine>, DeviceError> {
    const COLUMNS: [&str; 6] =
        ["model", "serial", "place", "warranty_until", "last_visit_start", "last_visit_start_offset"];
    let by_name = SortKey::new("title_key", Direction::Ascending);
    let rows = linking(device, Kind::Equipment, &COLUMNS, link, target, by_name, limit)?;
    let names = Names::of(device, rows.iter().map(|row| row.document))?;
    let line = |row: &ListRow| {
        let [model, serial, place, warranty, last, offset] = row.cells.as_slice() else { return None };
        let text = |cell: &SqlValue| cell.text().map(ToOwned::to_owned);
        Some(EquipmentLine {
            link: names.link(row.document),
            model: text(model),
            serial: text(serial),
            place: text(place),
            warranty_until: text(warranty),
            last_visit: instant(last, offset),
        })
    };
    Ok(rows.iter().filter_map(line).collect())
}

fn cards_of(
    device: &Device,
    link: &str,
    target: Option<DocumentId>,
    limit: u32,
) -> Result<Vec<CardLine>, DeviceError> {
    const COLUMNS: [&str; 7] = [
        "state",
        "service_type",
        "equipment",
        "responsible",
        "percent",
        "next_visit_start",
        "next_visit_start_offset",
    ];
    let rows = linking(device, Kind::ServiceCard, &COLUMNS, link, target, newest("label_key"), limit)?;
    let names = Names::that_stay(device, rows.iter().flat_map(named))?;
    let line = |row: &ListRow| {
        let [state, service_type, equipment, responsible, percent, next, offset] = row.cells.as_slice()
        else {
            return None;
        };
        Some(CardLine {
            link: names.link(row.document),
            state: choice(state),
            service_type: service_type.text().map(ToOwned::to_owned),
            equipment: equipment.document().map(|id| names.link(id)),
            responsible: responsible.document().map(|id| names.link(id)),
            percent: percent.int(),
            next_visit: instant(next, offset),
        })
    };
    Ok(rows.iter().filter_map(line).collect())
}
