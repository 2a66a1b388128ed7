//! What pickers offer: people, kinds of work, units, causes, customers, objects.

use std::collections::BTreeMap;

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::records::values::Periodicity;
use halyard_domain::records::{Customer, Directory, ServiceType};
use halyard_domain::value::Scalar;
use halyard_tables::list::{Direction, Filter, ListQuery, SortKey};
use halyard_tables::sql::SqlValue;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::device::Device;
use crate::screens::ScreenError;
use crate::screens::finding::rows_with;
use crate::screens::lines::{self, named};
use crate::screens::names::{Linked, Names};

/// The most choices one answer has.
const MOST: u32 = 200;

/// Asks what a picker offers.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ChoicesAsked {
    /// What is to be picked.
    pub of: Offered,
    /// What the person typed; the first ones by name when absent.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub text: Option<String>,
    /// Of objects and cards: only this customer's.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub customer: Option<DocumentId>,
}

/// What a picker offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Offered {
    /// Everybody who works with us.
    Employees,
    /// Teams.
    Teams,
    /// Customers.
    Customers,
    /// Objects of service.
    Equipment,
    /// Service cards.
    Cards,
    /// Checklists still offered.
    Checklists,
    /// Entries of a directory still offered.
    Directory(Directory),
}

/// A choice of a picker.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PickerChoice {
    /// The record.
    pub link: Linked,
    /// Of a kind of work: the unit its volume is usually counted in.
    pub unit: Option<Linked>,
    /// Of a kind of work: the hours one unit usually takes, a canonical decimal.
    pub hours_per_unit: Option<String>,
    /// The entry it stands under; of an object or a card, its customer.
    pub parent: Option<Linked>,
    /// Of an employee: the position; of an object: the serial number and where it stands; of a customer: the
    /// registry code and the town, which tell companies of one name apart; of a card: its object in words.
    pub note: Option<String>,
    /// Of a card: what tells it from others of the customer.
    pub card: Option<CardToPick>,
}

/// What tells a card from others of its customer, whose labels differ by the number alone.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CardToPick {
    /// What sort of service.
    pub service_type: Option<ServiceType>,
    /// The object, when it has a record.
    pub equipment: Option<Linked>,
    /// How often.
    pub periodicity: Option<Periodicity>,
}

/// What a picker offers.
///
/// # Errors
/// When the device cannot be read.
pub fn choices(app: &App, asked: &ChoicesAsked) -> Result<Vec<PickerChoice>, ScreenError> {
    let (kind, columns) = columns_of(asked.of);
    let mut query = ListQuery::of(kind, columns, MOST);
    query.filters = filters(asked);
    if let Offered::Directory(_) = asked.of {
        query.sort = vec![
            SortKey::new("position", Direction::Ascending),
            SortKey::new("title_key", Direction::Ascending),
        ];
    }
    let device = app.device();
    let rows = match asked.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        None => device.list(&query)?.rows,
        Some(text) => rows_with(device, &query, text)?,
    };
    let names = Names::of(device, rows.iter().flat_map(named))?;
    let mut choices: Vec<_> =
        rows.iter().map(|row| choice(asked.of, names.link(row.document), &row.cells, &names)).collect();
    if asked.of == Offered::Customers {
        add_towns(device, &mut choices)?;
    }
    Ok(choices)
}

/// Adds to customers the first town they have an address in.
fn add_towns(device: &Device, customers: &mut [PickerChoice]) -> Result<(), ScreenError> {
    let ids: Vec<_> = customers.iter().map(|one| one.link.document).collect();
    let mut towns = BTreeMap::new();
    for row in device.rows(Kind::Customer, Customer::ADDRESSES.name, &["settlement"], &ids)? {
        if let Some(town) = row.cells.first().and_then(SqlValue::text) {
            towns.entry(row.record).or_insert_with(|| town.to_owned());
        }
    }
    for customer in customers {
        customer.note = joined(customer.note.take(), towns.remove(&customer.link.document));
    }
    Ok(())
}

/// What is known of the two.
fn joined(first: Option<String>, second: Option<String>) -> Option<String> {
    first.into_iter().chain(second).reduce(|first, second| format!("{first} · {second}"))
}

fn columns_of(of: Offered) -> (Kind, &'static [&'static str]) {
    match of {
        Offered::Employees => (Kind::Employee, &["position"]),
        Offered::Teams => (Kind::Team, &[]),
        Offered::Customers => (Kind::Customer, &["registry_code"]),
        Offered::Equipment => (Kind::Equipment, &["serial", "customer", "place"]),
        Offered::Cards => {
            (Kind::ServiceCard, &["subject", "customer", "service_type", "equipment", "periodicity"])
        }
        Offered::Checklists => (Kind::Checklist, &[]),
        Offered::Directory(_) => (Kind::DirectoryEntry, &["unit", "hours_per_unit", "parent"]),
    }
}

fn filters(asked: &ChoicesAsked) -> Vec<Filter> {
    let equals = |column: &str, value: Scalar| Filter::Equals { column: column.to_owned(), value };
    let offered = || Filter::Not { filter: Box::new(equals("retired", Scalar::Bool(true))) };
    let customer = asked.customer.map(|id| equals("customer", Scalar::Text(id.to_string())));
    match asked.of {
        Offered::Employees => vec![Filter::IsEmpty { column: "left".to_owned() }],
        Offered::Teams | Offered::Customers => Vec::new(),
        Offered::Equipment | Offered::Cards => customer.into_iter().collect(),
        Offered::Checklists => vec![not_or_empty(offered())],
        Offered::Directory(directory) => {
            vec![equals("directory", Scalar::Text(directory.name().to_owned())), not_or_empty(offered())]
        }
    }
}

/// A field nobody set is not set to yes: SQL would leave such rows out.
fn not_or_empty(not: Filter) -> Filter {
    Filter::AnyOf { filters: vec![Filter::IsEmpty { column: "retired".to_owned() }, not] }
}

fn choice(of: Offered, link: Linked, cells: &[SqlValue], names: &Names) -> PickerChoice {
    let text = |at: usize| cells.get(at).and_then(SqlValue::text).map(ToOwned::to_owned);
    let named = |at: usize| cells.get(at).and_then(SqlValue::document).map(|id| names.link(id));
    let mut choice =
        PickerChoice { link, unit: None, hours_per_unit: None, parent: None, note: None, card: None };
    match of {
        Offered::Employees | Offered::Customers => choice.note = text(0),
        Offered::Equipment => {
            choice.note = joined(text(0), text(2));
            choice.parent = named(1);
        }
        Offered::Cards => {
            choice.note = text(0);
            choice.parent = named(1);
            choice.card = Some(CardToPick {
                service_type: cells.get(2).and_then(lines::choice),
                equipment: named(3),
                periodicity: cells.get(4).and_then(lines::choice),
            });
        }
        Offered::Teams | Offered::Checklists => {}
        Offered::Directory(_) => {
            choice.unit = named(0);
            choice.hours_per_unit = text(1);
            choice.parent = named(2);
        }
    }
    choice
}
