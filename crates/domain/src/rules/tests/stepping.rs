//! Which step of a visit a specialist is offered.

use crate::kind::Kind;
use crate::record::Record;
use crate::records::{Visit, VisitAct as Act, VisitEvent};
use crate::rules::{FieldSteps, field_steps, visit_state};
use crate::sample::{Sample, by, id, row};

fn visit(story: &[(&str, Act)]) -> Visit {
    let mut sample = Sample::of(Kind::Visit);
    for (number, (who, what)) in story.iter().enumerate() {
        let event = VisitEvent { what: Some(*what), ..VisitEvent::default() };
        sample = sample.with(Visit::EVENTS.add(row(&number.to_string()), by(who, "09:00"), &event));
    }
    Visit::read(&sample.reading)
}

/// What Ivan is offered after a story.
#[track_caller]
fn check(story: &[(&str, Act)], next: Option<Act>, others: &[Act]) {
    let expected = FieldSteps { next, others: others.to_vec() };
    assert_eq!(field_steps(&visit(story), id("ivan")), expected, "{story:?}");
}

#[test]
fn the_way_goes_from_travel_to_completion() {
    let mut story = vec![("office", Act::Dispatched)];
    for act in [Act::TravelStarted, Act::Arrived, Act::WorkStarted, Act::Completed] {
        assert_eq!(field_steps(&visit(&story), id("ivan")).next, Some(act));
        story.push(("ivan", act));
    }
    check(&story, None, &[]);
}

#[test]
fn a_declined_visit_can_still_be_accepted_and_a_new_dispatch_asks_anew() {
    check(&[("ivan", Act::Declined)], None, &[Act::Accepted]);
    let asked_again = [("ivan", Act::Declined), ("office", Act::Dispatched)];
    assert_eq!(field_steps(&visit(&asked_again), id("ivan")).next, Some(Act::TravelStarted));
}

#[test]
fn a_pause_leads_back_to_work_or_to_an_end() {
    let ends = [Act::Completed, Act::CompletedPartly, Act::CannotComplete];
    check(&[("ivan", Act::WorkStarted), ("ivan", Act::Paused)], Some(Act::Resumed), &ends);
}

#[test]
fn what_a_colleague_does_is_not_my_way() {
    let story = [("taras", Act::WorkStarted), ("taras", Act::Completed)];
    assert_eq!(field_steps(&visit(&story), id("ivan")).next, Some(Act::TravelStarted));
}

#[test]
fn nothing_is_offered_on_a_cancelled_visit_and_all_of_it_again_on_a_reopened_one() {
    check(&[("office", Act::Cancelled)], None, &[]);
    let reopened = [("ivan", Act::WorkStarted), ("ivan", Act::Completed), ("office", Act::Reopened)];
    assert_eq!(field_steps(&visit(&reopened), id("ivan")).next, Some(Act::TravelStarted));
}

#[test]
fn every_step_that_is_offered_follows() {
    let mut story = vec![("office", Act::Dispatched)];
    for act in [Act::Accepted, Act::TravelStarted, Act::Arrived, Act::WorkStarted, Act::Paused] {
        story.push(("ivan", act));
        let steps = field_steps(&visit(&story), id("ivan"));
        for offered in steps.next.into_iter().chain(steps.others) {
            let mut taken = story.clone();
            taken.push(("ivan", offered));
            assert_eq!(visit_state(&visit(&taken)).out_of_order, [], "{offered:?} after {story:?}");
        }
    }
}
