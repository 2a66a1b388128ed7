//! Records made by intents as people make them, each known by a name.

use halyard_domain::id::{DocumentId, Ref, RowId};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::{FieldReading, OperationId, Reading};
use halyard_domain::record::Authored;
use halyard_domain::records::{
    CardAct, CardEvent, Customer, Equipment, PlannedWork, ServiceCard, Visit, VisitAct, VisitEvent, WorkRow,
};
use halyard_domain::time::{Instant, TimeWindow};

use carried_out::carry_out;

mod carried_out;

/// The id of somebody or something, from its name.
#[must_use]
pub fn id(name: &str) -> DocumentId {
    DocumentId::made_by_rule(&format!("sample/{name}"))
}

/// A link to somebody or something, by its name.
#[must_use]
pub fn link<T>(name: &str) -> Ref<T> {
    Ref::to(id(name))
}

/// The id of a row, from its name.
#[must_use]
pub fn row(name: &str) -> RowId {
    RowId::made_by_rule(&format!("sample/{name}"))
}

/// A time on a day of March 2026 in Kyiv.
pub fn at(day: u32, clock: &str) -> Instant {
    format!("2026-03-{day:02}T{clock}:00+02:00").parse().unwrap()
}

/// From nine to twelve on a day of March 2026 in Kyiv.
///
/// # Panics
/// When it cannot be made so.
#[must_use]
pub fn window(day: u32) -> TimeWindow {
    TimeWindow::new(at(day, "09:00"), at(day, "12:00")).unwrap()
}

/// A record in the making.
pub struct Sample {
    /// Its id.
    pub id: DocumentId,
    /// What it says so far.
    pub reading: Reading,
    counter: u64,
}

impl Sample {
    /// An empty record of a kind, by its name.
    #[must_use]
    pub fn of(kind: Kind, name: &str) -> Self {
        Self { id: id(name), reading: Reading { kind, fields: Default::default() }, counter: 0 }
    }

    /// Carries out an intent.
    ///
    /// # Panics
    /// When it cannot be made so.
    #[must_use]
    pub fn with(mut self, intent: Intent) -> Self {
        self.counter += 1;
        let born = OperationId { counter: self.counter, actor: "00".to_owned() };
        carry_out(&mut self.reading, born, intent);
        self
    }

    /// Writes a long text.
    #[must_use]
    pub fn text(mut self, field: &str, text: &str) -> Self {
        self.reading.fields.insert(field.to_owned(), FieldReading::Text(text.to_owned()));
        self
    }

    fn authored(&self) -> Authored {
        Authored { by: link("technician"), at: at(2, "10:00") }
    }

    fn next_row(&self) -> RowId {
        row(&format!("{}/{}", self.id, self.counter + 1))
    }

    /// Something happens on a visit.
    #[must_use]
    pub fn visit_event(self, what: VisitAct) -> Self {
        let (row, by) = (self.next_row(), self.authored());
        self.with(Visit::EVENTS.add(row, by, &VisitEvent { what: Some(what), ..VisitEvent::default() }))
    }

    /// Work of a kind is done on a visit.
    ///
    /// # Panics
    /// When it cannot be made so.
    #[must_use]
    pub fn work(self, kind: &str, volume: &str) -> Self {
        let (row, by) = (self.next_row(), self.authored());
        let work = WorkRow {
            work_kind: Some(link(kind)),
            volume: Some(volume.parse().unwrap()),
            ..WorkRow::default()
        };
        self.with(Visit::WORKS.add(row, by, &work))
    }

    /// Work of a kind is planned on a card.
    ///
    /// # Panics
    /// When it cannot be made so.
    #[must_use]
    pub fn planned(self, kind: &str, volume: &str, hours: &str) -> Self {
        let (row, by) = (self.next_row(), self.authored());
        let work = PlannedWork {
            work_kind: Some(link(kind)),
            volume: Some(volume.parse().unwrap()),
            hours: Some(hours.parse().unwrap()),
            ..PlannedWork::default()
        };
        self.with(ServiceCard::PLANNED_WORKS.add(row, by, &work))
    }

    /// A visit is begun and completed.
    #[must_use]
    pub fn completed(self) -> Self {
        self.visit_event(VisitAct::WorkStarted).visit_event(VisitAct::Completed)
    }
}

/// An empty visit.
#[must_use]
pub fn visit(name: &str) -> Sample {
    Sample::of(Kind::Visit, name)
}

/// A visit of a card on a day of March 2026.
pub fn visit_of(name: &str, card: &str, day: u32) -> Sample {
    visit(name).with(Visit::CARD.set(&link(card))).with(Visit::WINDOW.set(&window(day)))
}

/// An active card.
#[must_use]
pub fn card(name: &str) -> Sample {
    let card = Sample::of(Kind::ServiceCard, name);
    let (row, by) = (card.next_row(), card.authored());
    let activated = CardEvent { what: Some(CardAct::Activated), ..CardEvent::default() };
    card.with(ServiceCard::EVENTS.add(row, by, &activated))
}

/// A customer called so.
#[must_use]
pub fn customer(name: &str, called: &str) -> Sample {
    Sample::of(Kind::Customer, name).with(Customer::NAME.set(&called.to_owned()))
}

/// A piece of equipment called so.
#[must_use]
pub fn equipment(name: &str, called: &str) -> Sample {
    Sample::of(Kind::Equipment, name).with(Equipment::NAME.set(&called.to_owned()))
}
