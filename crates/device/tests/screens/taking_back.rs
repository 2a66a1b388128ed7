//! Undo: what was done by mistake is taken back, and what others wrote stays.

use halyard_device::actions::undo::undo;
use halyard_device::actions::visit_facts::{
    AnswerToGive, TextEdited, WorkToAdd, add_work, answer_checklist, edit_text,
};
use halyard_device::actions::visit_steps::{StepToUndo, undo_visit_step};
use halyard_device::actions::{Done, DoneRecord};
use halyard_device::calls;
use halyard_device::screens::ScreenError;
use halyard_domain::records::{Visit, VisitAct};
use halyard_domain::rules::VisitState;
use serde_json::json;

use crate::visit::{flushing, page, step};
use crate::world::{World, window};

#[test]
fn a_mistaken_press_is_taken_back_and_stays_in_the_history() {
    let world = World::new();
    step(&world, VisitAct::TravelStarted, None).unwrap();
    undo_visit_step(&world.app, &StepToUndo { visit: world.visit, why: None }).unwrap();
    assert_eq!(page(&world).state, VisitState::Dispatched);
    let history = world.device().history(world.visit).unwrap();
    assert!(history.iter().any(|line| line.entry.path.column.as_deref() == Some("withdrawn")));
}

#[test]
fn taking_back_can_be_taken_back() {
    let world = World::new();
    let added =
        add_work(&world.app, &WorkToAdd { visit: world.visit, work: flushing(&world, "2"), form: None })
            .unwrap();
    let back = undo(&world.app, &added).unwrap();
    assert_eq!(page(&world).percent, 0);
    undo(&world.app, &back).unwrap();
    assert_eq!(page(&world).percent, 10_000);
}

#[test]
fn an_answer_is_taken_back_to_the_one_before_and_what_was_emptied_comes_back() {
    let world = World::new();
    let item = world.questions[0];
    let give = |answer: Option<&str>| {
        let answer = answer.map(ToOwned::to_owned);
        answer_checklist(&world.app, &AnswerToGive { visit: world.visit, item, answer }).unwrap()
    };
    let stands = || {
        let line = page(&world).checklist.unwrap().items.remove(0);
        (line.answer.and_then(|answer| answer.answer), line.disputed.len())
    };
    give(Some("no"));
    let second = give(Some("yes"));
    undo(&world.app, &second).unwrap();
    assert_eq!(stands(), (Some("no".to_owned()), 0));
    let emptied = give(None);
    assert_eq!(stands(), (None, 0));
    undo(&world.app, &emptied).unwrap();
    assert_eq!(stands(), (Some("no".to_owned()), 0));
}

#[test]
fn letters_are_taken_out_and_later_ones_stay() {
    let world = World::new();
    let edited = |base_heads, base_text: &str, new_text: &str| TextEdited {
        document: world.visit,
        field: "findings".to_owned(),
        base_heads,
        base_text: base_text.to_owned(),
        new_text: new_text.to_owned(),
    };
    let heads = page(&world).head.heads;
    let first = edit_text(&world.app, &edited(heads, "", "Тече насос.")).unwrap();
    let heads = page(&world).head.heads;
    edit_text(&world.app, &edited(heads, "Тече насос.", "Тече насос. Замінено.")).unwrap();
    undo(&world.app, &first).unwrap();
    assert_eq!(page(&world).findings, " Замінено.");
}

#[test]
fn what_was_written_over_since_is_not_taken_back() {
    let world = World::new();
    let moved = |window| {
        let saved = world.device().edit(world.visit, vec![Visit::WINDOW.set(&window)]).unwrap();
        let text_base = saved.text_base();
        Done { records: vec![DoneRecord { document: saved.document, changes: saved.changes, text_base }] }
    };
    let first = moved(window(3, 9, 10));
    let second = moved(window(4, 9, 10));
    let refused = undo(&world.app, &first).unwrap_err();
    assert!(matches!(refused, ScreenError::ChangedSince { document, .. } if document == world.visit));
    undo(&world.app, &second).unwrap();
    assert_eq!(page(&world).window, Some(window(3, 9, 10)));
}

#[test]
fn a_record_made_by_mistake_is_withdrawn() {
    let world = World::new();
    let made = world.planned_visit(window(6, 9, 10));
    let changes = world.device().history(made).unwrap().iter().map(|line| line.entry.change).collect();
    let done = Done { records: vec![DoneRecord { document: made, changes, text_base: Vec::new() }] };
    undo(&world.app, &done).unwrap();
    let reading = world.device().show(made).unwrap().reading;
    assert!(!reading.value("withdrawn").is_null());
}

#[tokio::test]
async fn calls_go_by_name_and_say_what_is_wrong() {
    let world = World::new();
    let answer = calls::call(&world.app, "visit_page", json!({ "document": world.visit })).await.unwrap();
    assert_eq!(answer["state"], "dispatched");
    let error = calls::call(&world.app, "nothing_like_it", json!({})).await.unwrap_err();
    assert!(matches!(error, ScreenError::WrongQuestion { .. }));
    let step = json!({ "visit": world.visit, "act": "completed" });
    let error = calls::call(&world.app, "take_visit_step", step).await.unwrap_err();
    let told = serde_json::to_value(&error).unwrap();
    let why = json!({ "code": "visit_step", "act": "completed", "state": "dispatched" });
    assert_eq!((&told["code"], &told["objections"][0]["why"]), (&json!("objected"), &why));
}

#[tokio::test]
async fn an_edit_is_told_to_open_screens() {
    let world = World::new();
    let mut events = world.app.events();
    step(&world, VisitAct::TravelStarted, None).unwrap();
    let event = serde_json::to_value(events.next().await.unwrap()).unwrap();
    let expected = json!({
        "event": "records",
        "records": [{ "document": world.visit, "kind": "visit" }],
        "origin": "here",
    });
    assert_eq!(event, expected);
}
