//! What each person does, on a device of their own.

use anyhow::Context;
use halyard_device::Device;
use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::records::{
    Channel, ChecklistAnswer, Complaint, ComplaintKind, Employee, Priority, ServiceCard, Severity, Visit,
    VisitAct, VisitEvent, WorkRow,
};
use halyard_domain::time::TimeWindow;

use super::scene::{Cast, Scene, add};

/// What the first technician writes into the findings.
pub const TECHNICIAN_FINDINGS: &str = "Ущільнення зношені, теплообмінник у накипі.";
/// What the office writes into the same findings meanwhile.
pub const OFFICE_FINDINGS: &str = "Замовник просить дзвінок перед виїздом.";

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
    let findings = Intent::EditText {
        field: Visit::FINDINGS.name.to_owned(),
        base_heads: opened.heads,
        base_text: String::new(),
        new_text: TECHNICIAN_FINDINGS.to_owned(),
    };
    device.edit(scene.visit, vec![findings])?;
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
    let text = Intent::EditText {
        field: Complaint::DESCRIPTION.name.to_owned(),
        base_heads: heads,
        base_text: String::new(),
        new_text: "Котел знову зупинився вночі, у будинку холодно.".to_owned(),
    };
    device.edit(document, vec![text])?;
    Ok(document)
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
    let findings = Intent::EditText {
        field: Visit::FINDINGS.name.to_owned(),
        base_heads: device.show(scene.visit)?.heads,
        base_text: String::new(),
        new_text: OFFICE_FINDINGS.to_owned(),
    };
    device.edit(scene.visit, vec![findings])?;
    Ok(moved)
}

/// The second technician, offline too, adds what he did on the same visit.
///
/// # Errors
/// When the device cannot save.
pub(super) fn helper_works(cast: &Cast, scene: &Scene) -> anyhow::Result<()> {
    let device = &cast.second.device;
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
