//! The page of a visit: everything a specialist needs in the basement, and the office to look it through.

use halyard_domain::id::{DocumentId, Ref, RowId};
use halyard_domain::kind::Kind;
use halyard_domain::money::canonical_decimal;
use halyard_domain::record::{Record, RowOf, Rows};
use halyard_domain::records::{
    Checklist, Equipment, Part, PartDirection, PlannedWork, Priority, ServiceCard, ServiceType, Visit,
    VisitAct, VisitEvent,
};
use halyard_domain::rights::Refusal;
use halyard_domain::rules::percent::{ALL, Planned, planned_works, visit_percent};
use halyard_domain::rules::{
    Outcome, VisitState, VisitSteps, Warranty, field_steps, is_overdue, office_steps, required_unanswered,
    visit_state, warranty_on, worked_minutes, worked_time,
};
use halyard_domain::saving::needs_reason;
use halyard_domain::time::{Instant, TimeWindow};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::device::Device;
use crate::screens::ScreenError;
use crate::screens::checklist::{self, ChecklistView, checklist_view};
use crate::screens::lines::{ComplaintLine, VisitLine, complaints_of, visits_of};
use crate::screens::names::{Linked, Names};
use crate::screens::photos::{PhotoView, photos};
use crate::screens::places::{AddressView, ContactView, Places};
use crate::screens::record::{Pen, RecordHead, Subject, typed_at};
use crate::screens::way::{Phase, Way};
use crate::screens::works::{self, WorkLine, done_in, work_lines};

/// So many earlier visits and complaints of the object are shown on the page.
const SHOWN: u32 = 5;

/// Asks for a page of a record, as it is or was.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PageOf {
    /// The record.
    pub document: DocumentId,
    /// «Стан на»: the moment to show it at; absent for now.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub at: Option<Instant>,
    /// How many lines of each list to show, of a page that lists more than fits on it; absent for the usual.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub lines: Option<u32>,
}

impl PageOf {
    /// The page as it is, with the usual lines.
    #[must_use]
    pub const fn now(document: DocumentId) -> Self {
        Self { document, at: None, lines: None }
    }
}

/// The page of a visit.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct VisitPage {
    /// What every page begins with.
    pub head: RecordHead,
    /// The state.
    pub state: VisitState,
    /// How the work ended, once it has.
    pub outcome: Option<Outcome>,
    /// Whether it is still open after its time.
    pub is_overdue: bool,
    /// When it is planned.
    pub window: Option<TimeWindow>,
    /// How far this person is on their way.
    pub way: Way,
    /// The same in a word.
    pub phase: Phase,
    /// How long the work is to take, in minutes.
    pub duration_minutes: Option<i64>,
    /// Whether the planner must not move it.
    pub is_pinned: bool,
    /// For whom.
    pub customer: Option<Linked>,
    /// The phones of the customer itself.
    pub customer_phones: Vec<String>,
    /// Where.
    pub address: Option<AddressView>,
    /// Whom to talk to, the first to call first.
    pub contacts: Vec<ContactView>,
    /// The object.
    pub equipment: Option<EquipmentBrief>,
    /// The card it is a stage of.
    pub card: Option<CardBrief>,
    /// Who is to go.
    pub specialists: Vec<Linked>,
    /// What the office tells them.
    pub instructions: String,
    /// What happened, in order.
    pub steps: Vec<StepView>,
    /// The big button: the next step of this person's way.
    pub primary: Option<StepOffer>,
    /// The other steps this person may take.
    pub others: Vec<StepOffer>,
    /// The office's next step: send, look through, close. None while the specialists have the word.
    pub office_primary: Option<StepOffer>,
    /// The other steps of the office.
    pub office_others: Vec<StepOffer>,
    /// The step of one's own that may be taken back.
    pub undoable_step: Option<RowId>,
    /// How much of the planned work is done, in hundredths of a percent.
    pub percent: u16,
    /// Minutes everybody worked: as written down, or else by the clock. A stretch under way is not counted.
    pub worked_minutes: i64,
    /// Minutes between this person's starts and pauses or ends; a stretch under way is not counted.
    pub clock_minutes: i64,
    /// Since when this person's clock runs.
    pub running_since: Option<Instant>,
    /// Works planned and done.
    pub works: Vec<WorkLine>,
    /// Parts put in and taken out.
    pub parts: Vec<PartView>,
    /// The checklist, when the card names one that is on this device.
    pub checklist: Option<ChecklistView>,
    /// What was found.
    pub findings: String,
    /// What we advise.
    pub recommendations: String,
    /// Photos.
    pub photos: Vec<PhotoView>,
    /// Complaints about the object, newest first.
    pub complaints: Vec<ComplaintLine>,
    /// Earlier and later visits to the object, newest first.
    pub other_visits: Vec<VisitLine>,
    /// What the visit lacks to be complete.
    pub missing: Vec<CompletionGap>,
}

/// What a visit lacks to be complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum CompletionGap {
    /// Required questions without an answer. The visit can only be completed partly.
    Answers {
        /// The questions.
        items: Vec<RowId>,
    },
    /// Planned works that are not all done.
    Works {
        /// How many kinds.
        count: usize,
    },
    /// The customer has not signed.
    Signature,
}

/// What happened on a visit.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct StepView {
    /// The event's row.
    pub row: RowId,
    /// What happened; absent when a newer version knows it.
    pub act: Option<VisitAct>,
    /// When, by the person who says so.
    pub at: Option<Instant>,
    /// Who says so.
    pub by: Option<Linked>,
    /// Why.
    pub reason: Option<String>,
    /// Of a dispatch: whom it went to.
    pub specialists: Vec<Linked>,
}

/// A step a person may take.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct StepOffer {
    /// The step.
    pub act: VisitAct,
    /// Whether it needs a reason.
    pub needs_reason: bool,
    /// Why the rights do not allow it; absent when they do.
    pub refusal: Option<Refusal>,
}

/// An object, on the page of something else.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct EquipmentBrief {
    /// The object.
    pub link: Linked,
    /// What it is called.
    pub name: Option<String>,
    /// Who made it.
    pub manufacturer: Option<String>,
    /// The model.
    pub model: Option<String>,
    /// The serial number.
    pub serial: Option<String>,
    /// Where exactly it stands.
    pub place: Option<String>,
    /// The last day of its warranty.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub warranty_until: Option<chrono::NaiveDate>,
    /// Whether the warranty holds today.
    pub in_warranty: Option<bool>,
}

/// A card, on the page of something else.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CardBrief {
    /// The card.
    pub link: Linked,
    /// What sort of service.
    pub service_type: Option<ServiceType>,
    /// How urgent.
    pub priority: Option<Priority>,
    /// Whether the customer signs every visit.
    pub signature_required: bool,
}

/// A part put in or taken out.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PartView {
    /// Its row.
    pub row: RowId,
    /// What it is called.
    pub name: Option<String>,
    /// Its serial number.
    pub serial: Option<String>,
    /// How many, a canonical decimal.
    pub quantity: Option<String>,
    /// The unit.
    pub unit: Option<Linked>,
    /// Put in or taken out.
    pub direction: Option<PartDirection>,
    /// Whether the warranty pays.
    pub warranty: Option<bool>,
    /// Who wrote it down.
    pub by: Option<Linked>,
}

/// The records a visit stands among, as far as they are here.
struct Surrounding {
    equipment: Option<Equipment>,
    card: Option<ServiceCard>,
    checklist: Option<(DocumentId, Checklist)>,
}

/// The page of a visit.
///
/// # Errors
/// When it is not here, cannot be opened or is no visit.
pub fn visit_page(app: &App, asked: &PageOf) -> Result<VisitPage, ScreenError> {
    let device = app.device();
    let subject = Subject::open(device, asked.document, Some(Kind::Visit), asked.at)?;
    let visit = Visit::read(&subject.reading);
    let pen = subject.pen(device)?;
    let around = Surrounding::of(device, &visit)?;
    let names = Names::that_stay(device, named_in(asked.document, &visit, &around))?;
    let places = Places::of(device, visit.customer.map(Ref::id).as_slice())?;
    let customer = visit.customer.map(Ref::id);
    let site = visit.site.or(around.equipment.as_ref().and_then(|one| one.site));
    let progress = visit_state(&visit);
    let now = device.surroundings.now();
    let time = worked_time(&visit);
    let way = Way::of(&visit, pen.employee());
    let is_now = asked.at.is_none();
    let steps = field_steps(&visit, pen.employee());
    let phase = Phase::of(progress.state, &way, steps.next);
    let [field, office] =
        [steps, office_steps(&visit)].map(|steps| if is_now { steps } else { VisitSteps::default() });
    let (primary, others) = offers(field, &pen);
    let (office_primary, office_others) = offers(office, &pen);
    let works =
        work_lines(around.planned(&visit), done_in(asked.document, &visit.works), &names, pen.employee());
    Ok(VisitPage {
        head: subject.head(device)?,
        state: progress.state,
        outcome: progress.outcome,
        is_overdue: is_overdue(progress.state, visit.window, now),
        window: visit.window,
        phase,
        way,
        duration_minutes: visit.duration_minutes,
        is_pinned: visit.pinned == Some(true),
        customer: names.linked(visit.customer),
        customer_phones: customer.map(|id| places.phones(id)).unwrap_or_default(),
        address: customer.and_then(|id| places.address(id, site)),
        contacts: customer.map(|id| places.contacts(id)).unwrap_or_default(),
        equipment: visit.equipment.map(|one| brief(names.link(one.id()), around.equipment.as_ref(), now)),
        card: visit.card.map(|one| card_brief(names.link(one.id()), around.card.as_ref())),
        specialists: names.all(&visit.specialists),
        instructions: visit.instructions.0.clone(),
        steps: visit.events.standing().map(|row| step(row, &names)).collect(),
        primary,
        others,
        office_primary,
        office_others,
        undoable_step: if is_now { undoable_step(&visit, pen.employee()) } else { None },
        percent: visit_percent(&visit, &around.card.as_ref().map(on_card).unwrap_or_default()),
        worked_minutes: worked_minutes(&visit),
        clock_minutes: time.get(&pen.employee()).map_or(0, |one| one.clock_minutes),
        running_since: time.get(&pen.employee()).and_then(|one| one.running_since),
        parts: visit.parts.standing().map(|row| part(row, &names)).collect(),
        checklist: around
            .checklist
            .as_ref()
            .map(|(id, template)| checklist_view(*id, template, &visit.checklist_answers, &names)),
        findings: visit.findings.0.clone(),
        recommendations: visit.recommendations.0.clone(),
        photos: photos(device, &visit.photos, &names)?,
        complaints: complaints_of(device, "equipment", visit.equipment.map(Ref::id), SHOWN)?,
        other_visits: visits_of(device, "equipment", visit.equipment.map(Ref::id), SHOWN + 1)?
            .into_iter()
            .filter(|line| line.link.document != asked.document)
            .collect(),
        missing: missing(&visit, &around, &works),
        works,
    })
}

impl Surrounding {
    fn of(device: &Device, visit: &Visit) -> Result<Self, ScreenError> {
        let equipment = typed_at::<Equipment>(device, visit.equipment.map(Ref::id))?;
        let card = typed_at::<ServiceCard>(device, visit.card.map(Ref::id))?;
        let template = card.as_ref().and_then(|card| card.checklist).map(Ref::id);
        let checklist = typed_at::<Checklist>(device, template)?;
        Ok(Self { equipment, checklist: template.zip(checklist), card })
    }

    /// The planned works of the visit itself, or else of its card.
    fn planned<'a>(&'a self, visit: &'a Visit) -> &'a Rows<PlannedWork> {
        let own = visit.planned_works.standing().next().is_some();
        self.card.as_ref().filter(|_| !own).map_or(&visit.planned_works, |card| &card.planned_works)
    }
}

/// What a visit lacks to be complete.
fn missing(visit: &Visit, around: &Surrounding, works: &[WorkLine]) -> Vec<CompletionGap> {
    let mut gaps = Vec::new();
    let template = around.checklist.as_ref();
    let items =
        template.map(|(_, one)| required_unanswered(one, &visit.checklist_answers)).unwrap_or_default();
    if !items.is_empty() {
        gaps.push(CompletionGap::Answers { items });
    }
    let undone = works.iter().filter(|line| line.percent.is_some_and(|percent| percent < ALL)).count();
    if undone > 0 {
        gaps.push(CompletionGap::Works { count: undone });
    }
    let signed = visit.signatures.standing().next().is_some() || visit.signature_refusal.is_some();
    if !signed && around.card.as_ref().is_some_and(|card| card.signature_required == Some(true)) {
        gaps.push(CompletionGap::Signature);
    }
    gaps
}

/// The last step of one's own, when nothing of the office stands on it.
pub(crate) fn undoable_step(visit: &Visit, employee: DocumentId) -> Option<RowId> {
    let last = visit.events.standing().last()?;
    let mine = last.by.map(Ref::id) == Some(employee);
    mine.then_some(last.id)
}

fn offers(steps: VisitSteps, pen: &Pen<'_>) -> (Option<StepOffer>, Vec<StepOffer>) {
    let offer = |act: VisitAct| StepOffer {
        act,
        needs_reason: needs_reason(act),
        refusal: pen.may_add(Visit::EVENTS.name, Some(act.name())).err(),
    };
    (steps.next.map(offer), steps.others.into_iter().map(offer).collect())
}

fn on_card(card: &ServiceCard) -> Vec<Planned> {
    planned_works(&card.planned_works)
}

fn named_in(id: DocumentId, visit: &Visit, around: &Surrounding) -> Vec<DocumentId> {
    let mut named = works::named_in(around.planned(visit), &done_in(id, &visit.works));
    named.extend(visit.customer.map(Ref::id));
    named.extend(visit.equipment.map(Ref::id));
    named.extend(visit.card.map(Ref::id));
    named.extend(visit.specialists.iter().map(|one| one.id()));
    for row in visit.events.standing() {
        named.extend(row.by.map(Ref::id));
        named.extend(row.value.specialists.iter().map(|one| one.id()));
    }
    named.extend(visit.parts.standing().filter_map(|row| row.value.unit.map(Ref::id)));
    named.extend(visit.parts.standing().filter_map(|row| row.by.map(Ref::id)));
    named.extend(visit.photos.standing().filter_map(|row| row.by.map(Ref::id)));
    if let Some((template_id, template)) = &around.checklist {
        named.push(*template_id);
        named.extend(checklist::named_in(template, &visit.checklist_answers));
    }
    named
}

fn step(row: &RowOf<VisitEvent>, names: &Names) -> StepView {
    StepView {
        row: row.id,
        act: row.value.what,
        at: row.at,
        by: names.linked(row.by),
        reason: row.value.reason.clone(),
        specialists: names.all(&row.value.specialists),
    }
}

pub(crate) fn brief(link: Linked, equipment: Option<&Equipment>, now: Instant) -> EquipmentBrief {
    let warranty = equipment.map(|one| warranty_on(one, now.local_date()));
    EquipmentBrief {
        link,
        name: equipment.and_then(|one| one.name.clone()),
        manufacturer: equipment.and_then(|one| one.manufacturer.clone()),
        model: equipment.and_then(|one| one.model.clone()),
        serial: equipment.and_then(|one| one.serial.clone()),
        place: equipment.and_then(|one| one.place.clone()),
        warranty_until: equipment.and_then(|one| one.warranty_until),
        in_warranty: warranty.and_then(|one| match one {
            Warranty::Covered => Some(true),
            Warranty::Ended => Some(false),
            Warranty::Unknown => None,
        }),
    }
}

pub(crate) fn card_brief(link: Linked, card: Option<&ServiceCard>) -> CardBrief {
    CardBrief {
        link,
        service_type: card.and_then(|one| one.service_type),
        priority: card.and_then(|one| one.priority),
        signature_required: card.is_some_and(|one| one.signature_required == Some(true)),
    }
}

fn part(row: &RowOf<Part>, names: &Names) -> PartView {
    PartView {
        row: row.id,
        name: row.value.name.clone(),
        serial: row.value.serial.clone(),
        quantity: row.value.quantity.map(canonical_decimal),
        unit: names.linked(row.value.unit),
        direction: row.value.direction,
        warranty: row.value.warranty,
        by: names.linked(row.by),
    }
}
