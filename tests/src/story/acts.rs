//! What each person does, on a device of their own.

use anyhow::Context;
use halyard_device::Device;
use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::record::TextField;
use halyard_domain::records::{
    Channel, ChecklistAnswer, Complaint, ComplaintKind, Employee, Priority, ServiceCard, Severity, Visit,
    VisitAct, VisitEvent, WorkRow,
};
use halyard_domain::time::TimeWindow;

use super::scene::{Cast, Scene, add};
use crate::harness::TestDevice;

/// What the first technician writes into the findings.
pub const TECHNICIAN_FINDINGS: &str = "Ущільнення зношені, теплообмінник у накипі.\n";
/// What the first technician recommends while the work is on its way to the office.
pub const RECOMMENDATION: &str = "Замінити теплообмінник до опалювального сезону.";
/// What the office writes into the same findings meanwhile.
pub const OFFICE_FINDINGS: &str = "Замовник просить дзвінок перед виїздом.\n";

/// The first technician's day in the basement: travels, arrives, works two hours, ticks the checklist,
/// enters three volumes, writes findings, files a complaint, finishes. Nothing of it meets a network.
///
/// # Errors
/// When the device cannot save.
pub(super) fn technician_works(cast: &Cast, scene: &Scene) -> anyhow::Result<DocumentId> {
    let person = &cast.first;
    let device = &person.device;
    happens(device, scene.visit, VisitAct::Accepted)?;
    happens(device, scene.visit, VisitAct::TravelStarted)?;
    person.clock.move_by_ms(30 * 60_000);
    happens(device, scene.visit, VisitAct::Arrived)?;
    happens(device, scene.visit, VisitAct::WorkStarted)?;
    let opened = device.show(scene.visit)?;

    let mut ticks = Vec::new();
    for item in &scene.checklist_items {
        let answer = ChecklistAnswer {
            item: Some(*item),
            answer: Some("yes".to_owned()),
            ..ChecklistAnswer::default()
        };
        add(device, &mut ticks, &Visit::CHECKLIST_ANSWERS, &answer)?;
    }
    device.edit(scene.visit, ticks)?;

    person.clock.move_by_ms(120 * 60_000);
    for (work, volume) in scene.works.iter().zip([2, 2, 5]) {
        let row = WorkRow {
            work_kind: Some(Ref::to(work.kind)),
            unit: Some(Ref::to(work.unit)),
            volume: Some(volume.into()),
            ..WorkRow::default()
        };
        let intent = device.add(&Visit::WORKS, &row)?;
        device.edit(scene.visit, vec![intent])?;
    }
    device.edit(scene.visit, vec![first_text(&Visit::FINDINGS, opened.heads, TECHNICIAN_FINDINGS)])?;
    let complaint = complain(cast, scene)?;
    happens(device, scene.visit, VisitAct::Completed)?;
    Ok(complaint)
}

fn complain(cast: &Cast, scene: &Scene) -> anyhow::Result<DocumentId> {
    let device = &cast.first.device;
    let now = halyard_device::Surroundings::now(&cast.first.clock);
    let document = device.create(
        Kind::Complaint,
        vec![
            Complaint::RECEIVED_AT.set(&now),
            Complaint::CHANNEL.set(&Channel::OnSite),
            Complaint::CUSTOMER.set(&Ref::to(scene.customer)),
            Complaint::EQUIPMENT.set(&Ref::to(scene.equipment)),
            Complaint::CARD.set(&Ref::to(scene.card)),
            Complaint::VISIT.set(&Ref::to(scene.visit)),
            Complaint::COMPLAINT_KIND.set(&ComplaintKind::Failure),
            Complaint::SEVERITY.set(&Severity::Major),
        ],
    )?;
    let heads = device.show(document)?.heads;
    let description = "Котел знову зупинився вночі, у будинку холодно.";
    device.edit(document, vec![first_text(&Complaint::DESCRIPTION, heads, description)])?;
    Ok(document)
}

/// The first technician writes on while the day's work is sent.
///
/// # Errors
/// When the device cannot save.
pub(super) fn technician_recommends(cast: &Cast, scene: &Scene) -> anyhow::Result<()> {
    let device = &cast.first.device;
    let heads = device.show(scene.visit)?.heads;
    device.edit(scene.visit, vec![first_text(&Visit::RECOMMENDATIONS, heads, RECOMMENDATION)])?;
    Ok(())
}

/// Meanwhile in the office: the planned end moves, the priority rises, the same findings are edited.
///
/// # Errors
/// When the device cannot save.
pub(super) fn office_works(cast: &Cast, scene: &Scene) -> anyhow::Result<TimeWindow> {
    let device = &cast.dispatcher.device;
    let end = scene.window.end().plus_seconds(3600).context("a later end")?;
    let moved = TimeWindow::new(scene.window.start(), end)?;
    device.edit(scene.visit, vec![Visit::WINDOW.set(&moved)])?;
    device.edit(scene.card, vec![ServiceCard::PRIORITY.set(&Priority::Urgent)])?;
    let heads = device.show(scene.visit)?.heads;
    device.edit(scene.visit, vec![first_text(&Visit::FINDINGS, heads, OFFICE_FINDINGS)])?;
    Ok(moved)
}

/// The second technician, offline too, adds what he did on the same visit.
///
/// # Errors
/// When the device cannot save.
pub fn helper_works(helper: &TestDevice, scene: &Scene) -> anyhow::Result<()> {
    let device = &helper.device;
    let work = scene.works.get(1).context("the second kind of work")?;
    let row = WorkRow {
        work_kind: Some(Ref::to(work.kind)),
        unit: Some(Ref::to(work.unit)),
        volume: Some(1.into()),
        ..WorkRow::default()
    };
    let intent = device.add(&Visit::WORKS, &row)?;
    device.edit(scene.visit, vec![intent])?;
    Ok(())
}

/// The dispatcher gives the visit to the second technician before the first is back.
///
/// # Errors
/// When the device cannot save.
pub(super) fn dispatcher_reassigns(cast: &Cast, scene: &Scene) -> anyhow::Result<()> {
    let device = &cast.dispatcher.device;
    let specialists: Vec<Ref<Employee>> = vec![Ref::to(cast.second.employee()?)];
    let event = VisitEvent {
        what: Some(VisitAct::Dispatched),
        specialists: specialists.clone(),
        ..VisitEvent::default()
    };
    let dispatched = device.add(&Visit::EVENTS, &event)?;
    device.edit(scene.visit, vec![Visit::SPECIALISTS.set(&specialists), dispatched])?;
    Ok(())
}

fn happens(device: &Device, visit: DocumentId, what: VisitAct) -> anyhow::Result<()> {
    let event = device.add(&Visit::EVENTS, &VisitEvent { what: Some(what), ..VisitEvent::default() })?;
    device.edit(visit, vec![event])?;
    Ok(())
}

/// Writes into a text that is empty at these heads.
fn first_text(field: &TextField, base_heads: Vec<String>, text: &str) -> Intent {
    Intent::EditText {
        field: field.name.to_owned(),
        base_heads,
        base_text: String::new(),
        new_text: text.to_owned(),
    }
}
