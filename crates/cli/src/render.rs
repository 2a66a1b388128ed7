//! Values as people read them: choices in words, links by name, moments on the wall.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use halyard_device::domain::id::{DeviceId, DocumentId};
use halyard_device::domain::kind::Kind;
use halyard_device::domain::money::Money;
use halyard_device::domain::record::{Record as _, Withdrawal};
use halyard_device::domain::records::values::{Blob, Coordinates, Decision, Periodicity, ProposedValue};
use halyard_device::domain::records::{Employee, schema};
use halyard_device::domain::rights::shipped_roles;
use halyard_device::domain::rules::Outcome;
use halyard_device::domain::schema::Shape;
use halyard_device::domain::time::{Instant, TimeWindow};
use halyard_device::domain::value::{FieldValue, Scalar, ScalarType};
use halyard_device::protocol::envelope::{relay_device, relay_employee};
use halyard_device::tables::columns::Meaning;
use halyard_device::tables::sql::SqlValue;
use halyard_device::tables::tables::tables_of;
use halyard_device::{Device, DeviceError, Named};

use crate::clock::{ThisWall, Wall};
use crate::parse::states;
use crate::words::{Lang, Tell, choice, headings, words};

/// Says values in one language; looks names up once.
pub(crate) struct Renderer<'a> {
    device: &'a Device,
    lang: Lang,
    names: RefCell<BTreeMap<DocumentId, String>>,
}

impl<'a> Renderer<'a> {
    pub(crate) fn new(device: &'a Device, lang: Lang) -> Self {
        Self { device, lang, names: RefCell::default() }
    }

    /// What a record is called; one that is not here is shown as not received yet. A shipped role is known
    /// everywhere, also before its record arrives.
    pub(crate) fn name(&self, id: DocumentId) -> Result<String, DeviceError> {
        if let Some(known) = self.names.borrow().get(&id) {
            return Ok(known.clone());
        }
        let name = match self.device.name(id)? {
            _ if id == relay_employee() => headings::RELAY.in_lang(self.lang).to_owned(),
            Some(named) if named.label == id.provisional_label() && !named.title.is_empty() => {
                format!("{} {}", named.label, named.title)
            }
            Some(named) => told_apart(self.device, &named)?,
            None => match shipped_roles().into_iter().find(|role| role.id == id) {
                Some(role) => words(role.name, role.name_en, role.name_ru).in_lang(self.lang).to_owned(),
                None => Tell::Dangling { label: &id.provisional_label() }.say(self.lang),
            },
        };
        self.names.borrow_mut().insert(id, name.clone());
        Ok(name)
    }

    /// A stored value of a type; what the type cannot read is shown as it stands.
    pub(crate) fn scalar(&self, scalar: ScalarType, value: &Scalar) -> Result<String, DeviceError> {
        let said = match (scalar, value) {
            (_, Scalar::Null) => Some(String::new()),
            (ScalarType::Link(_), Scalar::Text(text)) => match text.parse() {
                Ok(id) => Some(self.name(id)?),
                Err(_) => None,
            },
            (ScalarType::Choice(names), Scalar::Text(text)) => {
                choice(names, text, self.lang).map(str::to_owned)
            }
            (ScalarType::Instant, _) => Instant::from_scalar(value).ok().map(|at| moment(at, self.lang)),
            (ScalarType::Window, _) => TimeWindow::from_scalar(value).ok().map(|one| window(one, self.lang)),
            (ScalarType::Date, _) => NaiveDate::from_scalar(value).ok().map(|day| date(day, self.lang)),
            (ScalarType::Money, _) => Money::from_scalar(value).ok().map(|money| self.money(money)),
            (ScalarType::Decimal, Scalar::Text(text)) => Some(self.decimal(text)),
            (ScalarType::List(item), Scalar::Text(text)) => match serde_json::from_str::<Vec<Scalar>>(text) {
                Ok(items) => {
                    let items = items.iter().map(|one| self.scalar(*item, one));
                    Some(items.collect::<Result<Vec<_>, _>>()?.join(", "))
                }
                Err(_) => None,
            },
            (ScalarType::Group(name), _) => self.group(name, value)?,
            (_, Scalar::Bool(yes)) => Some(self.yes_or_no(*yes)),
            _ => None,
        };
        Ok(said.unwrap_or_else(|| plain(value)))
    }

    /// A moment of a list on the wall where it was entered; without a wall that can be read, on the one here.
    fn moment_cell(&self, unix_seconds: i64, offset: Option<&SqlValue>) -> String {
        let offset = offset.and_then(SqlValue::int).and_then(|minutes| i32::try_from(minutes).ok());
        let entered = offset.and_then(|minutes| Instant::new(unix_seconds, minutes).ok());
        moment(entered.unwrap_or_else(|| ThisWall.at(unix_seconds)), self.lang)
    }

    /// A cell of a list; of a moment with the offset it was entered at, from the column beside it.
    pub(crate) fn cell(
        &self,
        kind: Kind,
        column: &str,
        value: &SqlValue,
        offset: Option<&SqlValue>,
    ) -> Result<String, DeviceError> {
        let meaning = tables_of(kind).main.column(column).map(|one| one.meaning);
        Ok(match (value, meaning) {
            (SqlValue::Null, _) => String::new(),
            (SqlValue::Uuid(bytes), Some(Meaning::Link(_))) => match DocumentId::from_slice(bytes) {
                Ok(id) if column == "id" => id.to_string(),
                Ok(id) => self.name(id)?,
                Err(_) => String::new(),
            },
            (SqlValue::Uuid(bytes), _) => {
                DocumentId::from_slice(bytes).map(|id| id.to_string()).unwrap_or_default()
            }
            (SqlValue::Int(number), Some(Meaning::Instant)) => self.moment_cell(*number, offset),
            (SqlValue::Int(number), _) if column == "percent" => self.percent(*number),
            (SqlValue::Int(number), Some(Meaning::MinorUnits)) => self.minor(*number),
            (SqlValue::Int(number), Some(Meaning::Bool)) => self.yes_or_no(*number != 0),
            (SqlValue::Int(number), _) => number.to_string(),
            (SqlValue::Bool(yes), _) => self.yes_or_no(*yes),
            (SqlValue::Text(text), _) => {
                let scalar = match (column, schema(kind).field(column).map(|field| &field.shape)) {
                    ("state", _) => ScalarType::Choice(states(kind)),
                    ("outcome", _) => ScalarType::Choice(Outcome::NAMES),
                    (_, Some(Shape::Scalar(scalar))) => *scalar,
                    _ => ScalarType::Line,
                };
                self.scalar(scalar, &Scalar::Text(text.clone()))?
            }
        })
    }

    /// Hundredths of a percent.
    pub(crate) fn percent(&self, hundredths: i64) -> String {
        format!("{} %", self.minor(hundredths).trim_end_matches('0').trim_end_matches([',', '.']))
    }

    /// A device: this one, or the end of its id.
    pub(crate) fn device(&self, device: DeviceId) -> String {
        match self.device.identity() {
            Some(identity) if identity.device == device => {
                headings::THIS_DEVICE.in_lang(self.lang).to_owned()
            }
            Some(identity) if relay_device(identity.workspace) == device => {
                headings::RELAY.in_lang(self.lang).to_owned()
            }
            Some(_) | None => DocumentId::from_uuid(device.uuid()).provisional_label(),
        }
    }

    fn yes_or_no(&self, yes: bool) -> String {
        (if yes { headings::YES } else { headings::NO }).in_lang(self.lang).to_owned()
    }

    /// A decimal's canonical text with the reader's decimal mark.
    pub(crate) fn decimal(&self, text: &str) -> String {
        match self.lang {
            Lang::Uk | Lang::Ru => text.replace('.', ","),
            Lang::En => text.to_owned(),
        }
    }

    fn minor(&self, minor: i64) -> String {
        let sign = if minor < 0 { "-" } else { "" };
        let size = minor.unsigned_abs();
        self.decimal(&format!("{sign}{}.{:02}", size / 100, size % 100))
    }

    fn money(&self, money: Money) -> String {
        format!("{} {}", self.minor(money.minor), money.currency.code())
    }

    fn group(&self, name: &str, value: &Scalar) -> Result<Option<String>, DeviceError> {
        Ok(match name {
            "withdrawal" => match Withdrawal::from_scalar(value) {
                Ok(one) => {
                    Some(format!("{}, {}: {}", self.name(one.by)?, moment(one.at, self.lang), one.why))
                }
                Err(_) => None,
            },
            "decision" => match Decision::from_scalar(value) {
                Ok(one) => {
                    let said = self.yes_or_no(one.accepted);
                    let (who, when) = (self.name(one.by)?, moment(one.at, self.lang));
                    Some(format!("{said} ({who}, {when}) {}", one.answer).trim_end().to_owned())
                }
                Err(_) => None,
            },
            "proposed_value" => ProposedValue::from_scalar(value).ok().map(|one| plain(&one.value)),
            "periodicity" => Periodicity::from_scalar(value).ok().map(|one| self.periodicity(&one)),
            "blob" => Blob::from_scalar(value)
                .ok()
                .map(|file| format!("{}, {} KiB", file.media_type, file.bytes.div_ceil(1024))),
            "coordinates" => Coordinates::from_scalar(value).ok().map(|place| {
                let degrees = |e6: i32| format!("{:.6}", f64::from(e6) / 1e6);
                format!("{}, {}", degrees(place.latitude_e6), degrees(place.longitude_e6))
            }),
            _ => None,
        })
    }

    fn periodicity(&self, periodicity: &Periodicity) -> String {
        match periodicity {
            Periodicity::Once => headings::ONCE.in_lang(self.lang).to_owned(),
            Periodicity::Calendar { rule, start, end } => {
                let end = end.map_or_else(String::new, |end| format!(" – {}", date(end, self.lang)));
                format!("{rule}, {}{end}", date(*start, self.lang))
            }
            Periodicity::Meter { meter, every } => format!("{every} ({meter})"),
        }
    }
}

/// What a record is called; of people who share a name, what tells them apart.
fn told_apart(device: &Device, named: &Named) -> Result<String, DeviceError> {
    let share = named.kind == Kind::Employee && device.find(&named.label, &[Kind::Employee])?.len() > 1;
    if !share {
        return Ok(named.label.clone());
    }
    Ok(format!("{} ({})", named.label, distinction(device, named.document)?))
}

/// Position, team and the short form of the id: what tells people of one name apart.
pub(crate) fn distinction(device: &Device, employee: DocumentId) -> Result<String, DeviceError> {
    let person = Employee::read(&device.show(employee)?.reading);
    let team = person.team.map(|team| device.name(team.id())).transpose()?.flatten();
    let parts = [person.position, team.map(|team| team.label), Some(employee.provisional_label())];
    Ok(parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// A value as it stands.
pub(crate) fn plain(value: &Scalar) -> String {
    match value {
        Scalar::Null => String::new(),
        Scalar::Bool(yes) => yes.to_string(),
        Scalar::Int(number) => number.to_string(),
        Scalar::Text(text) => text.clone(),
    }
}

/// A moment as the wall showed it where it was entered, to the minute, as the reader writes dates. What is
/// shown can be typed.
pub(crate) fn moment(instant: Instant, lang: Lang) -> String {
    let local = instant.local();
    format!("{} {}", date(local.date(), lang), local.format("%H:%M"))
}

/// A moment in Unix milliseconds, on the wall here.
pub(crate) fn moment_ms(unix_ms: i64, lang: Lang) -> String {
    moment(ThisWall.at(unix_ms.div_euclid(1000)), lang)
}

fn date(day: NaiveDate, lang: Lang) -> String {
    let format = match lang {
        Lang::Uk | Lang::Ru => "%d.%m.%Y",
        Lang::En => "%Y-%m-%d",
    };
    day.format(format).to_string()
}

fn window(window: TimeWindow, lang: Lang) -> String {
    let (start, end) = (window.start(), window.end());
    if start.local_date() == end.local_date() {
        return format!("{}–{}", moment(start, lang), end.local().format("%H:%M"));
    }
    format!("{} – {}", moment(start, lang), moment(end, lang))
}
