//! Forms that stay open while others write: what came meanwhile is neither written over nor lost.

use halyard_device::actions::Done;
use halyard_device::actions::deciding::{
    ConflictToDecide, Wish, WishToAnswer, answer_proposal, decide_conflict, propose,
};
use halyard_device::actions::planning::{VisitMove, VisitsToMove, move_visits};
use halyard_device::actions::records::{RecordToEdit, RecordsToEdit, Writes, edit_record, edit_records};
use halyard_device::actions::visit_facts::{WorkEntered, WorkToAdd, WorkToCorrect, add_work, correct_work};
use halyard_device::screens::ScreenError;
use halyard_device::screens::record::RecordHead;
use halyard_domain::hash::ChangeHash;
use halyard_domain::reading::FieldPath;
use halyard_domain::record::Record;
use halyard_domain::records::{Employee, Visit};
use halyard_domain::time::TimeWindow;
use halyard_domain::value::{FieldValue, Scalar};
use serde_json::{Value, json};

use crate::visit::page;
use crate::world::{World, window};

/// The heads of a page, as a form gives them back.
pub(crate) fn heads(head: &RecordHead) -> Vec<ChangeHash> {
    head.heads.iter().map(|head| head.parse().unwrap()).collect()
}

fn write(world: &World, seen: &[ChangeHash], set: &Value) -> Result<Done, ScreenError> {
    let writes: Writes = serde_json::from_value(json!({ "set": set })).unwrap();
    edit_record(&world.app, &RecordToEdit { document: world.visit, seen: seen.to_vec(), writes, form: None })
}

/// What a colleague writes while a form is open.
fn colleague_moves(world: &World, to: TimeWindow) {
    world.device().edit(world.visit, vec![Visit::WINDOW.set(&to)]).unwrap();
}

/// The windows that stand beside each other.
fn windows(world: &World) -> Vec<String> {
    let conflicts = page(world).head.conflicts;
    let sides =
        conflicts.iter().filter(|one| one.path == FieldPath::root("window")).flat_map(|one| &one.sides);
    let mut windows: Vec<String> = sides.map(|side| side.value.as_text().unwrap().to_owned()).collect();
    windows.sort();
    windows
}

const fn day(day: u32) -> (u32, u32, u32) {
    (day, 9, 11)
}

fn on((day, from, to): (u32, u32, u32)) -> TimeWindow {
    window(day, from, to)
}

fn texts(windows: &[(u32, u32, u32)]) -> Vec<String> {
    windows.iter().map(|one| on(*one).to_string()).collect()
}

#[test]
fn a_form_left_open_keeps_a_colleagues_value_beside_its_own() {
    let world = World::new();
    let seen = heads(&page(&world).head);
    colleague_moves(&world, on(day(3)));
    let set = json!({ "window": on(day(4)).to_string(), "pinned": true, "duration_minutes": 90 });
    write(&world, &seen, &set).unwrap();
    assert_eq!(windows(&world), texts(&[day(3), day(4)]));
    let seen = page(&world);
    assert_eq!((seen.is_pinned, seen.duration_minutes), (true, Some(90)));
}

#[test]
fn a_conflict_says_what_whoever_wrote_a_value_is() {
    let world = World::new();
    let position = vec![Employee::POSITION.set(&"Майстер".to_owned())];
    world.device().edit(world.me, position).unwrap();
    let seen = heads(&page(&world).head);
    colleague_moves(&world, on(day(3)));
    write(&world, &seen, &json!({ "window": on(day(4)).to_string() })).unwrap();
    let conflicts = page(&world).head.conflicts;
    let positions: Vec<_> = conflicts[0].sides.iter().map(|side| side.position.as_deref()).collect();
    assert_eq!(positions, [Some("Майстер"); 2]);
}

#[test]
fn a_form_goes_on_from_its_own_save_without_disputing_itself() {
    let world = World::new();
    let opened = heads(&page(&world).head);
    world.device().edit(world.visit, vec![Visit::PINNED.set(&true)]).unwrap();
    let done = write(&world, &opened, &json!({ "window": on(day(4)).to_string() })).unwrap();
    let seen: Vec<_> = done.records[0].text_base.iter().map(|head| head.parse().unwrap()).collect();
    write(&world, &seen, &json!({ "window": on(day(5)).to_string() })).unwrap();
    assert!(page(&world).head.conflicts.is_empty());
    assert_eq!(page(&world).window, Some(on(day(5))));
    assert!(page(&world).is_pinned);
}

#[test]
fn the_same_value_from_both_is_no_conflict() {
    let world = World::new();
    let seen = heads(&page(&world).head);
    colleague_moves(&world, on(day(3)));
    write(&world, &seen, &json!({ "window": on(day(3)).to_string() })).unwrap();
    assert!(page(&world).head.conflicts.is_empty());
    assert_eq!(page(&world).window, Some(on(day(3))));
}

#[test]
fn values_that_wait_for_a_decision_are_not_written_over() {
    let world = World::new();
    let seen = heads(&page(&world).head);
    colleague_moves(&world, on(day(3)));
    write(&world, &seen, &json!({ "window": on(day(4)).to_string() })).unwrap();

    let (document, path) = (world.visit, FieldPath::root("window"));
    let refused = Err(ScreenError::InConflict { document, path });
    let now = heads(&page(&world).head);
    let set = json!({ "window": on(day(5)).to_string(), "pinned": true });
    assert_eq!(write(&world, &now, &set), refused);
    let all = RecordsToEdit {
        documents: vec![world.planned_visit(on(day(6))), document],
        set: serde_json::from_value(set).unwrap(),
        form: None,
    };
    assert_eq!(edit_records(&world.app, &all), refused);
    let moves = vec![VisitMove { visit: document, window: Some(on(day(5))), pinned: None }];
    assert_eq!(move_visits(&world.app, &VisitsToMove { moves }), refused);
    assert_eq!(windows(&world), texts(&[day(3), day(4)]));
    assert!(!page(&world).is_pinned);
}

#[test]
fn a_value_that_came_after_the_page_was_shown_is_not_decided_over() {
    let world = World::new();
    let opened = heads(&page(&world).head);
    colleague_moves(&world, on(day(3)));
    write(&world, &opened, &json!({ "window": on(day(4)).to_string() })).unwrap();
    let shown = heads(&page(&world).head);
    let late =
        halyard_device::RecordEdit::editing(world.visit, Visit::KIND, vec![Visit::WINDOW.set(&on(day(5)))]);
    world.device().save(&[halyard_device::RecordEdit { seen: opened, ..late }]).unwrap();
    assert_eq!(windows(&world), texts(&[day(3), day(4), day(5)]));

    let decision = |seen: Vec<ChangeHash>| ConflictToDecide {
        document: world.visit,
        path: FieldPath::root("window"),
        seen,
        value: on(day(3)).to_scalar(),
    };
    decide_conflict(&world.app, &decision(shown)).unwrap();
    assert_eq!(windows(&world), texts(&[day(3), day(5)]));
    decide_conflict(&world.app, &decision(heads(&page(&world).head))).unwrap();
    assert!(page(&world).head.conflicts.is_empty());
    assert_eq!(page(&world).window, Some(on(day(3))));
}

#[test]
fn a_proposal_is_not_accepted_over_what_came_after_it_was_read() {
    let world = World::new();
    let asked = Wish {
        document: world.visit,
        path: FieldPath::root("window"),
        value: json!(on(day(4)).to_string()),
        why: "замовник просить".to_owned(),
    };
    propose(&world.app, &asked).unwrap();
    let head = page(&world).head;
    colleague_moves(&world, on(day(3)));
    let row = head.proposals[0].row;
    let answer = WishToAnswer {
        document: world.visit,
        row,
        seen: heads(&head),
        accept: true,
        answer: None,
        form: None,
    };
    answer_proposal(&world.app, &answer).unwrap();
    assert_eq!(windows(&world), texts(&[day(3), day(4)]));
    assert!(page(&world).head.proposals[0].decision.as_ref().unwrap().accepted);
}

#[test]
fn a_corrected_row_keeps_what_a_colleague_corrected_in_it() {
    let world = World::new();
    let work = |volume: &str, note: &str| WorkEntered {
        work_kind: world.flushing,
        unit: Some(world.piece),
        volume: Some(volume.to_owned()),
        period: None,
        hours: Some("1".to_owned()),
        who: None,
        note: Some(note.to_owned()),
    };
    add_work(&world.app, &WorkToAdd { visit: world.visit, work: work("1", "перша"), form: None }).unwrap();
    let row = |world: &World| {
        let reading = world.device().show(world.visit).unwrap().reading;
        let row = &reading.rows(Visit::WORKS.name)[0];
        let text = |column| row.value(column).as_text().map(ToOwned::to_owned);
        (row.id, text("volume"), text("note"))
    };
    let (id, ..) = row(&world);
    let seen = heads(&page(&world).head);
    let note = FieldPath::column(Visit::WORKS.name, id, "note");
    let theirs =
        halyard_domain::intent::Intent::Set { path: note, value: Scalar::Text("друга".to_owned()) };
    world.device().edit(world.visit, vec![theirs]).unwrap();
    let asked =
        WorkToCorrect { visit: world.visit, seen, row: id, work: work("2", "перша"), form: None };
    correct_work(&world.app, &asked).unwrap();
    assert_eq!(row(&world), (id, Some("2".to_owned()), Some("друга".to_owned())));
    assert!(page(&world).head.conflicts.is_empty());
}

#[test]
fn a_row_that_came_meanwhile_is_corrected_where_it_stands() {
    let world = World::new();
    let opened = heads(&page(&world).head);
    let writes =
        json!({ "add": [{ "field": "parts", "columns": { "name": "Прокладка", "quantity": "1" } }] });
    let edit = |seen: &[ChangeHash], writes: Value| {
        let writes: Writes = serde_json::from_value(writes).unwrap();
        edit_record(
            &world.app,
            &RecordToEdit { document: world.visit, seen: seen.to_vec(), writes, form: None },
        )
    };
    edit(&[], writes).unwrap();
    let row = page(&world).parts[0].row;
    let correct =
        json!({ "correct": [{ "field": "parts", "row": row, "column": "quantity", "value": "3" }] });
    edit(&opened, correct).unwrap();
    assert_eq!(page(&world).parts[0].quantity.as_deref(), Some("3"));
}
