//! What people have done when a scene opens.

use std::sync::Arc;

use anyhow::Context;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use halyard_device::App;
use halyard_device::actions::files::{PhotoToAdd, add_photo};
use halyard_device::actions::visit_facts::{
    AnswerToGive, TextEdited, WorkEntered, WorkToAdd, add_work, answer_checklist, edit_text,
};
use halyard_device::actions::visit_steps::{StepToTake, take_visit_step};
use halyard_device::screens::visit::{PageOf, visit_page};
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::records::{Part, PartDirection, ServiceCard, Visit, VisitAct};
use halyard_domain::time::TimeWindow;

use super::{Stage, at};
use crate::harness::TestDevice;

const FINDINGS: &str = "Олива темна, з металевим пилом. Підшипник гвинтової пари шумить на 2950\u{a0}об/хв. \
                        Рекомендую діагностику до кінця грудня.";

/// The technician did the first visit before the scene opens.
pub(super) fn first_visit(stage: &Stage) -> anyhow::Result<()> {
    let visit = *stage.visits.first().context("the day has a visit")?;
    let app = app(&stage.technician);
    let way = [
        (VisitAct::TravelStarted, "08:10"),
        (VisitAct::Arrived, "08:28"),
        (VisitAct::WorkStarted, "08:31"),
        (VisitAct::Completed, "09:38"),
    ];
    take_steps(&app, visit, &way)?;
    let second = *stage.visits.get(1).context("the day has a second visit")?;
    take_steps(&app, second, &[(VisitAct::Accepted, "08:05")])
}

fn app(person: &TestDevice) -> Arc<App> {
    App::new(Arc::clone(&person.device))
}

fn take_steps(app: &App, visit: DocumentId, way: &[(VisitAct, &str)]) -> anyhow::Result<()> {
    for (act, clock) in way {
        take_visit_step(
            app,
            &StepToTake { visit, act: *act, reason: None, at: Some(at(clock)?), form: None },
        )?;
    }
    Ok(())
}

/// The technician is an hour and a quarter into the second visit.
pub(super) fn until_noon(stage: &Stage) -> anyhow::Result<()> {
    let visit = *stage.visits.get(1).context("the day has a second visit")?;
    let device = &stage.technician.device;
    let app = app(&stage.technician);
    let way =
        [(VisitAct::TravelStarted, "09:48"), (VisitAct::Arrived, "10:21"), (VisitAct::WorkStarted, "10:34")];
    take_steps(&app, visit, &way)?;
    let page = visit_page(&app, &PageOf::now(visit))?;
    let done = [("1", "10:34", "11:10"), ("2", "11:12", "11:46")];
    for ((volume, from, to), line) in done.into_iter().zip(&page.works) {
        let work = WorkEntered {
            work_kind: line.work_kind.as_ref().context("a planned work has a kind")?.document,
            unit: line.unit.as_ref().map(|unit| unit.document),
            volume: Some(volume.to_owned()),
            period: Some(TimeWindow::new(at(from)?, at(to)?)?),
            hours: None,
            who: None,
            note: None,
        };
        add_work(&app, &WorkToAdd { visit, work, form: None })?;
    }
    let answers = ["yes", "yes", "yes", "yes", "84", "слабкий", "n/a"];
    let items = page.checklist.context("the visit has a checklist")?.items;
    for (answer, line) in answers.into_iter().zip(&items) {
        let answer = Some(answer.to_owned());
        answer_checklist(&app, &AnswerToGive { visit, item: line.item, answer })?;
    }
    let parts = [
        ("Олива компресорна ОК-46", 4, PartDirection::Used),
        ("Фільтр оливний ФО-118", 1, PartDirection::Returned),
    ];
    for (name, quantity, direction) in parts {
        let part = Part {
            name: Some(name.to_owned()),
            quantity: Some(quantity.into()),
            direction: Some(direction),
            ..Part::default()
        };
        device.edit(visit, vec![device.add(&Visit::PARTS, &part)?])?;
    }
    for (caption, drawing) in [("Тиск до робіт", GAUGE), ("Загальний вигляд", UNIT)]
    {
        let picture = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 132 84\" width=\"1320\" height=\"840\">\
             <rect width=\"132\" height=\"84\" fill=\"#9aa3a8\"/>{drawing}</svg>"
        );
        let photo = PhotoToAdd {
            document: visit,
            content: STANDARD.encode(picture),
            media_type: "image/svg+xml".to_owned(),
            thumbnail: None,
            caption: Some(caption.to_owned()),
            moment: None,
        };
        add_photo(&app, &photo)?;
    }
    let typed = TextEdited {
        document: visit,
        field: Visit::FINDINGS.name.to_owned(),
        base_heads: page.head.heads,
        base_text: String::new(),
        new_text: FINDINGS.to_owned(),
    };
    edit_text(&app, &typed)?;
    Ok(())
}

/// Two people of the office move the second visit apart from each other, and the technician hears of both.
pub(super) async fn move_at_once(stage: &Stage) -> anyhow::Result<()> {
    let administrator = &stage.administrator;
    let visit = *stage.visits.get(1).context("the day has a second visit")?;
    administrator.sync().await?;
    for (person, from, to) in [(&stage.dispatcher, "10:45", "12:45"), (administrator, "11:30", "13:00")] {
        person.device.edit(visit, vec![Visit::WINDOW.set(&TimeWindow::new(at(from)?, at(to)?)?)])?;
    }
    for person in [&stage.dispatcher, administrator, &stage.dispatcher, &stage.technician] {
        person.sync().await?;
    }
    Ok(())
}

/// A card, which the office makes.
pub(super) fn make_what_others_make(technician: &TestDevice) -> anyhow::Result<()> {
    let subject = vec![ServiceCard::SUBJECT.set(&"Чилер на даху корпусу\u{a0}Б".to_owned())];
    technician.device.create(Kind::ServiceCard, subject)?;
    Ok(())
}

const GAUGE: &str = "<rect y=\"56\" width=\"132\" height=\"28\" fill=\"#59636a\"/>\
                     <circle cx=\"66\" cy=\"40\" r=\"26\" fill=\"#e8eaeb\"/>\
                     <path d=\"M66 40 80 28\" stroke=\"#22303a\" stroke-width=\"3\"/>";
const UNIT: &str = "<rect width=\"132\" height=\"84\" fill=\"#59636a\"/>\
                    <rect x=\"18\" y=\"16\" width=\"58\" height=\"58\" rx=\"4\" fill=\"#9aa3a8\"/>\
                    <rect x=\"26\" y=\"24\" width=\"42\" height=\"16\" fill=\"#22303a\"/>\
                    <path d=\"M76 30h36v54M76 52h22v32\" stroke=\"#e8eaeb\" stroke-width=\"7\" fill=\"none\"/>";
