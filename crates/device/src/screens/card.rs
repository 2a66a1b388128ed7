//! The page of a service card: works planned and done, its visits, what happened to it.

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_domain::money::canonical_decimal;
use halyard_domain::record::{Record, RowOf, Rows};
use halyard_domain::records::values::Periodicity;
use halyard_domain::records::{CardAct, CardEvent, Equipment, Priority, ServiceCard, ServiceType};
use halyard_domain::rules::percent::{VisitCount, card_percent, done_works, planned_works};
use halyard_domain::rules::{CardState, Outcome, VisitState, card_state};
use halyard_domain::time::Instant;
use serde::Serialize;

use crate::app::App;
use crate::screens::ScreenError;
use crate::screens::card_around::Around;
use crate::screens::lines::{ComplaintLine, VisitLine};
use crate::screens::names::{Linked, Names};
use crate::screens::places::{AddressView, ContactView, Places};
use crate::screens::record::{RecordHead, Subject, typed_at};
use crate::screens::visit::{EquipmentBrief, PageOf, brief};
use crate::screens::works::{self, DoneWork, WorkLine, sum, work_lines};

/// The page of a service card.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CardPage {
    /// What every page begins with.
    pub head: RecordHead,
    /// The state.
    pub state: CardState,
    /// For whom.
    pub customer: Option<Linked>,
    /// The phones of the customer itself.
    pub customer_phones: Vec<String>,
    /// Where.
    pub address: Option<AddressView>,
    /// Whom to talk to.
    pub contacts: Vec<ContactView>,
    /// The object, when it has a record.
    pub equipment: Option<EquipmentBrief>,
    /// The object in words, when it has none.
    pub subject: Option<String>,
    /// What sort of service.
    pub service_type: Option<ServiceType>,
    /// How often.
    pub periodicity: Option<Periodicity>,
    /// Who answers for it.
    pub responsible: Option<Linked>,
    /// Who works on it.
    pub crew: Vec<Linked>,
    /// The region.
    pub region: Option<Linked>,
    /// What the specialists must be able to do.
    pub skills: Vec<Linked>,
    /// How urgent.
    pub priority: Option<Priority>,
    /// The checklist its visits go through.
    pub checklist: Option<Linked>,
    /// Whether the customer signs every visit.
    pub signature_required: bool,
    /// What the warranty covers.
    pub warranty_terms: String,
    /// Anything else.
    pub notes: String,
    /// How much of the planned work is done, in hundredths of a percent.
    pub percent: u16,
    /// The planned hours, a canonical decimal.
    pub planned_hours: String,
    /// The hours written down, a canonical decimal.
    pub done_hours: String,
    /// Works planned and done, over all visits.
    pub works: Vec<WorkLine>,
    /// Its visits, newest first.
    pub visits: Vec<VisitLine>,
    /// What happened to the card itself, in order.
    pub events: Vec<CardEventView>,
    /// Complaints that name it, newest first.
    pub complaints: Vec<ComplaintLine>,
    /// The steps the card may take now, by its state and the rights.
    pub steps: Vec<CardAct>,
}

/// Something that happened to a card.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CardEventView {
    /// What happened; absent when a newer version knows it.
    pub act: Option<CardAct>,
    /// When.
    pub at: Option<Instant>,
    /// Who says so.
    pub by: Option<Linked>,
    /// Why.
    pub reason: Option<String>,
    /// Of a renewal: the card that goes on.
    pub next_card: Option<Linked>,
}

/// The page of a service card.
///
/// # Errors
/// When it is not here, cannot be opened or is no card.
pub fn card_page(app: &App, asked: &PageOf) -> Result<CardPage, ScreenError> {
    let device = app.device();
    let subject = Subject::open(device, asked.document, Some(Kind::ServiceCard), asked.at)?;
    let card = ServiceCard::read(&subject.reading);
    let pen = subject.pen(device)?;
    let equipment = typed_at::<Equipment>(device, card.equipment.map(Ref::id))?;
    let Around { visits, done, complaints } = match asked.at {
        None => Around::now(device, asked.document)?,
        Some(at) => Around::at(device, asked.document, &card, at)?,
    };
    let names = Names::that_stay(device, named_in(&card, &done))?;
    let places = Places::of(device, card.customer.map(Ref::id).as_slice())?;
    let customer = card.customer.map(Ref::id);
    let planned = planned_works(&card.planned_works);
    let rows = Rows(done.iter().map(|work| work.row.clone()).collect());
    let percent = card_percent(&planned, &done_works(&rows), counted(&visits));
    let works = work_lines(&card.planned_works, done, &names, pen.employee());
    let hours = |text: &dyn Fn(&WorkLine) -> Option<String>| {
        canonical_decimal(sum(works.iter().filter_map(|line| text(line)?.parse().ok())))
    };
    let state = card_state(&card).state;
    Ok(CardPage {
        head: subject.head(device)?,
        state,
        customer: names.linked(card.customer),
        customer_phones: customer.map(|id| places.phones(id)).unwrap_or_default(),
        address: customer.and_then(|id| places.address(id, equipment.as_ref().and_then(|one| one.site))),
        contacts: customer.map(|id| places.contacts(id)).unwrap_or_default(),
        equipment: card
            .equipment
            .map(|one| brief(names.link(one.id()), equipment.as_ref(), device.surroundings.now())),
        subject: card.subject.clone(),
        service_type: card.service_type,
        periodicity: card.periodicity.clone(),
        responsible: names.linked(card.responsible),
        crew: names.all(&card.crew),
        region: names.linked(card.region),
        skills: names.all(&card.skills),
        priority: card.priority,
        checklist: names.linked(card.checklist),
        signature_required: card.signature_required == Some(true),
        warranty_terms: card.warranty_terms.0.clone(),
        notes: card.notes.0.clone(),
        percent,
        planned_hours: hours(&|line| line.planned_hours.clone()),
        done_hours: hours(&|line| Some(line.done_hours.clone())),
        works,
        visits,
        events: card.events.standing().map(|row| event(row, &names)).collect(),
        complaints,
        steps: if asked.at.is_some() {
            Vec::new()
        } else {
            let may = |act: &CardAct| pen.may_add(ServiceCard::EVENTS.name, Some(act.name())).is_ok();
            steps_from(state).iter().copied().filter(may).collect()
        },
    })
}

/// The steps that follow from a state.
fn steps_from(state: CardState) -> &'static [CardAct] {
    match state {
        CardState::Draft => &[CardAct::Activated, CardAct::Terminated],
        CardState::Active => &[CardAct::Suspended, CardAct::Completed, CardAct::Renewed, CardAct::Terminated],
        CardState::Suspended => &[CardAct::Activated, CardAct::Renewed, CardAct::Terminated],
        CardState::Completed => &[CardAct::Closed, CardAct::Renewed, CardAct::Reopened],
        CardState::Renewed | CardState::Terminated => &[CardAct::Closed, CardAct::Reopened],
        CardState::Closed => &[CardAct::Reopened],
    }
}

fn counted(visits: &[VisitLine]) -> VisitCount {
    let planned = visits.iter().filter(|line| line.state != Some(VisitState::Cancelled));
    let completed = planned.clone().filter(|line| line.outcome == Some(Outcome::Completed)).count();
    VisitCount {
        planned: u32::try_from(planned.count()).unwrap_or(u32::MAX),
        completed: u32::try_from(completed).unwrap_or(u32::MAX),
    }
}

fn named_in(card: &ServiceCard, done: &[DoneWork]) -> Vec<DocumentId> {
    let mut named = works::named_in(&card.planned_works, done);
    named.extend(card.customer.map(Ref::id));
    named.extend(card.equipment.map(Ref::id));
    named.extend(card.responsible.map(Ref::id));
    named.extend(card.region.map(Ref::id));
    named.extend(card.checklist.map(Ref::id));
    named.extend(card.crew.iter().map(|one| one.id()));
    named.extend(card.skills.iter().map(|one| one.id()));
    for row in card.events.standing() {
        named.extend(row.by.map(Ref::id));
        named.extend(row.value.next_card.map(Ref::id));
    }
    named
}

fn event(row: &RowOf<CardEvent>, names: &Names) -> CardEventView {
    CardEventView {
        act: row.value.what,
        at: row.at,
        by: names.linked(row.by),
        reason: row.value.reason.clone(),
        next_card: names.linked(row.value.next_card),
    }
}
