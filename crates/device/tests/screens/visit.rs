//! The page of a visit and the work on it.

use halyard_device::Standing;
use halyard_device::actions::visit_facts::{
    AnswerToGive, TextEdited, WorkEntered, WorkToAdd, WorkToCorrect, add_work, answer_checklist,
    correct_work, edit_text,
};
use halyard_device::actions::visit_steps::{StepToTake, take_visit_step};
use halyard_device::screens::ScreenError;
use halyard_device::screens::visit::{CompletionGap, PageOf, VisitPage, visit_page};
use halyard_domain::kind::Kind;
use halyard_domain::records::VisitAct;
use halyard_domain::rules::VisitState;
use halyard_domain::saving::Why;

use crate::world::{World, at};

pub(crate) fn page(world: &World) -> VisitPage {
    visit_page(&world.app, &PageOf::now(world.visit)).unwrap()
}

/// Takes a step, with a reason when one is given.
#[track_caller]
pub(crate) fn step(world: &World, act: VisitAct, reason: Option<&str>) -> Result<(), ScreenError> {
    let reason = reason.map(ToOwned::to_owned);
    take_visit_step(&world.app, &StepToTake { visit: world.visit, act, reason, at: None, form: None })
        .map(|_| ())
}

/// The one thing that speaks against an action.
#[track_caller]
pub(crate) fn objection(error: &ScreenError) -> Why {
    let ScreenError::Objected { objections, .. } = error else { panic!("{error:?}") };
    let [only] = objections.as_slice() else { panic!("{objections:?}") };
    only.why.clone()
}

pub(crate) fn flushing(world: &World, volume: &str) -> WorkEntered {
    WorkEntered {
        work_kind: world.flushing,
        unit: Some(world.piece),
        volume: Some(volume.to_owned()),
        period: None,
        hours: Some("1,5".to_owned()),
        who: None,
        note: None,
    }
}

#[test]
fn the_big_button_follows_the_way() {
    let world = World::new();
    for (act, state) in [
        (VisitAct::TravelStarted, VisitState::Travelling),
        (VisitAct::Arrived, VisitState::Travelling),
        (VisitAct::WorkStarted, VisitState::InProgress),
    ] {
        assert_eq!(page(&world).primary.unwrap().act, act);
        step(&world, act, None).unwrap();
        assert_eq!(page(&world).state, state);
        world.minutes_pass(30);
    }
    let seen = page(&world);
    assert_eq!(seen.primary.unwrap().act, VisitAct::Completed);
    assert_eq!(seen.way.arrived, Some(at("2026-03-02T09:30:00+02:00")));
    assert_eq!(seen.running_since, Some(at("2026-03-02T10:00:00+02:00")));
    assert_eq!(seen.head.standing, Standing::OnDevice);
}

#[test]
fn a_step_that_does_not_follow_is_refused_with_the_state() {
    let world = World::new();
    let refused = step(&world, VisitAct::Completed, None).unwrap_err();
    let expected = Why::VisitStep { act: VisitAct::Completed, state: VisitState::Dispatched };
    assert_eq!(objection(&refused), expected);
    assert_eq!(page(&world).steps.len(), 1);
}

#[test]
fn a_pause_needs_a_reason_that_says_something() {
    let world = World::new();
    step(&world, VisitAct::WorkStarted, None).unwrap();
    let refused = step(&world, VisitAct::Paused, Some("  ")).unwrap_err();
    assert_eq!(objection(&refused), Why::ReasonMissing);
    step(&world, VisitAct::Paused, Some("чекаю деталь")).unwrap();
    let seen = page(&world);
    assert_eq!(seen.state, VisitState::OnHold);
    assert_eq!(seen.steps.last().unwrap().reason.as_deref(), Some("чекаю деталь"));
    assert_eq!(seen.primary.unwrap().act, VisitAct::Resumed);
}

#[test]
fn without_a_required_answer_a_visit_is_completed_partly_or_not_at_all() {
    let world = World::new();
    step(&world, VisitAct::WorkStarted, None).unwrap();
    let items = vec![world.questions[0]];
    let refused = step(&world, VisitAct::Completed, None).unwrap_err();
    assert_eq!(objection(&refused), Why::Unanswered { items: items.clone() });
    assert_eq!(page(&world).missing, [CompletionGap::Answers { items }, CompletionGap::Works { count: 1 }]);

    answer(&world, 0, "yes").unwrap();
    add_work(&world.app, &WorkToAdd { visit: world.visit, work: flushing(&world, "2"), form: None }).unwrap();
    assert!(page(&world).missing.is_empty());
    step(&world, VisitAct::Completed, None).unwrap();
    assert_eq!(page(&world).state, VisitState::Completed);
}

pub(crate) fn answer(world: &World, question: usize, answer: &str) -> Result<(), ScreenError> {
    let item = world.questions[question];
    let answer = Some(answer.to_owned());
    answer_checklist(&world.app, &AnswerToGive { visit: world.visit, item, answer }).map(|_| ())
}

#[test]
fn a_changed_answer_replaces_the_one_before_and_disputes_nothing() {
    let world = World::new();
    answer(&world, 0, "no").unwrap();
    answer(&world, 0, "yes").unwrap();
    let list = page(&world).checklist.unwrap();
    let line = &list.items[0];
    assert_eq!(line.answer.as_ref().unwrap().answer.as_deref(), Some("yes"));
    assert!(line.disputed.is_empty());
    assert_eq!(list.answered, 1);
}

#[test]
fn an_answer_that_stands_already_is_not_written_again() {
    let world = World::new();
    answer(&world, 0, "").unwrap();
    answer(&world, 1, "7,2").unwrap();
    let heads = page(&world).head.heads;
    answer(&world, 1, " 7.20").unwrap();
    assert_eq!(page(&world).head.heads, heads);
    answer(&world, 1, "").unwrap();
    assert_ne!(page(&world).head.heads, heads);
    let heads = page(&world).head.heads;
    answer(&world, 1, "").unwrap();
    assert_eq!(page(&world).head.heads, heads);
    answer(&world, 1, "7,2").unwrap();
    let list = page(&world).checklist.unwrap();
    assert_eq!(list.items[1].answer.as_ref().unwrap().answer.as_deref(), Some("7.2"));
}

#[test]
fn an_answer_the_question_does_not_take_is_refused() {
    let world = World::new();
    for (question, unfit) in [(0, "можливо"), (1, "багато")] {
        assert_eq!(objection(&answer(&world, question, unfit).unwrap_err()), Why::AnswerUnfit);
    }
    answer(&world, 1, "7,20").unwrap();
    let list = page(&world).checklist.unwrap();
    assert_eq!(list.items[1].answer.as_ref().unwrap().answer.as_deref(), Some("7.2"));
}

#[test]
fn works_stand_beside_their_plan_and_make_the_percent() {
    let world = World::new();
    let added =
        add_work(&world.app, &WorkToAdd { visit: world.visit, work: flushing(&world, "1"), form: None })
            .unwrap();
    assert_eq!(added.records[0].changes.len(), 1);
    let seen = page(&world);
    assert_eq!(seen.percent, 5_000);
    let line = &seen.works[0];
    assert_eq!(line.work_kind.as_ref().unwrap().title, "Промивка теплообмінника");
    assert_eq!((line.planned_volume.as_deref(), line.done_volume.as_str()), (Some("2"), "1"));
    assert_eq!((line.done_hours.as_str(), line.percent), ("1.5", Some(5_000)));

    let row = line.rows[0].row;
    let work = flushing(&world, "2");
    correct_work(&world.app, &WorkToCorrect { visit: world.visit, seen: Vec::new(), row, work, form: None })
        .unwrap();
    let seen = page(&world);
    assert_eq!((seen.percent, seen.works[0].rows.len()), (10_000, 1));
}

#[test]
fn a_text_goes_on_from_what_was_typed_and_seen() {
    let world = World::new();
    let heads = page(&world).head.heads;
    let edited = |base_heads, base_text: &str, new_text: &str| TextEdited {
        document: world.visit,
        field: "findings".to_owned(),
        base_heads,
        base_text: base_text.to_owned(),
        new_text: new_text.to_owned(),
    };
    let first = edit_text(&world.app, &edited(heads, "", "Олива темна.")).unwrap();
    step(&world, VisitAct::TravelStarted, None).unwrap();
    let base = first.records[0].text_base.clone();
    edit_text(&world.app, &edited(base, "Олива темна.", "Олива темна, з пилом.")).unwrap();
    assert_eq!(page(&world).findings, "Олива темна, з пилом.");
}

#[test]
fn the_page_as_it_was_offers_nothing() {
    let world = World::new();
    world.minutes_pass(10);
    step(&world, VisitAct::TravelStarted, None).unwrap();
    let then = visit_page(
        &world.app,
        &PageOf { at: Some(at("2026-03-02T09:05:00+02:00")), ..PageOf::now(world.visit) },
    );
    let then = then.unwrap();
    assert_eq!(then.state, VisitState::Dispatched);
    assert!(then.primary.is_none() && then.head.rights.fields.is_empty());
    let before = PageOf { at: Some(at("2026-03-01T09:00:00+02:00")), ..PageOf::now(world.visit) };
    let error = visit_page(&world.app, &before).unwrap_err();
    assert_eq!(error, ScreenError::NotMadeYet { document: world.visit });
}

#[test]
fn a_page_of_something_else_is_refused() {
    let world = World::new();
    let error = visit_page(&world.app, &PageOf::now(world.card)).unwrap_err();
    assert_eq!(error, ScreenError::AnotherKind { document: world.card, kind: Kind::ServiceCard });
}

#[test]
fn the_office_has_the_word_before_and_after_the_work() {
    let world = World::new();
    let office = || {
        let page = page(&world);
        let others: Vec<_> = page.office_others.iter().map(|offer| offer.act).collect();
        (page.office_primary.map(|offer| offer.act), others)
    };
    assert_eq!(office(), (None, vec![VisitAct::Dispatched, VisitAct::Cancelled]));
    step(&world, VisitAct::CannotComplete, Some("зачинено")).unwrap();
    assert_eq!(office(), (Some(VisitAct::Reviewed), vec![VisitAct::Closed, VisitAct::Reopened]));
    step(&world, VisitAct::Reviewed, None).unwrap();
    assert_eq!(office(), (Some(VisitAct::Closed), vec![VisitAct::Reopened]));
    step(&world, VisitAct::Closed, None).unwrap();
    assert_eq!(office(), (None, vec![VisitAct::Reopened]));
    let past = PageOf { at: Some(at("2026-03-02T09:00:00+02:00")), ..PageOf::now(world.visit) };
    assert!(visit_page(&world.app, &past).unwrap().office_others.is_empty());
}
