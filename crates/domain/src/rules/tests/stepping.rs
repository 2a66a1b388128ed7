//! Which step of a visit a specialist is offered, and which the office.

use crate::kind::Kind;
use crate::record::Record;
use crate::records::{Employee, Visit, VisitAct as Act, VisitEvent};
use crate::rules::{VisitSteps, field_steps, office_steps, visit_state};
use crate::sample::{Sample, by, id, link, row};

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
    let expected = VisitSteps { next, others: others.to_vec() };
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

/// A visit Ivan and Taras are to go to, with what happened on it.
fn planned(story: &[VisitEvent]) -> Visit {
    let people = vec![link::<Employee>("ivan"), link::<Employee>("taras")];
    let mut sample = Sample::of(Kind::Visit).with(Visit::SPECIALISTS.set(&people));
    for (number, event) in story.iter().enumerate() {
        let who = if event.what == Some(Act::Dispatched) { "office" } else { "ivan" };
        sample = sample.with(Visit::EVENTS.add(row(&number.to_string()), by(who, "09:00"), event));
    }
    Visit::read(&sample.reading)
}

/// As [`planned`], of a visit Ivan is to go to alone.
fn planned_alone(story: &[VisitEvent]) -> Visit {
    Visit { specialists: vec![link("ivan")], ..planned(story) }
}

fn happened(what: Act) -> VisitEvent {
    VisitEvent { what: Some(what), ..VisitEvent::default() }
}

fn dispatched_to(people: &[&str]) -> VisitEvent {
    VisitEvent { specialists: people.iter().map(|one| link(one)).collect(), ..happened(Act::Dispatched) }
}

/// What the office is offered after a story.
#[track_caller]
fn office_check(story: &[VisitEvent], next: Option<Act>, others: &[Act]) {
    let expected = VisitSteps { next, others: others.to_vec() };
    assert_eq!(office_steps(&planned(story)), expected, "{story:?}");
}

#[test]
fn the_office_sends_reviews_and_closes() {
    let mut story = Vec::new();
    office_check(&story, Some(Act::Dispatched), &[Act::Cancelled]);
    story.push(dispatched_to(&["ivan", "taras"]));
    office_check(&story, None, &[Act::Dispatched, Act::Cancelled]);
    story.extend([happened(Act::WorkStarted), happened(Act::Completed)]);
    office_check(&story, Some(Act::Reviewed), &[Act::Closed, Act::Reopened]);
    story.push(happened(Act::Reviewed));
    office_check(&story, Some(Act::Closed), &[Act::Reopened]);
    story.push(happened(Act::Closed));
    office_check(&story, None, &[Act::Reopened]);
}

#[test]
fn whoever_was_added_after_a_dispatch_is_told_next() {
    office_check(&[dispatched_to(&["ivan"])], Some(Act::Dispatched), &[Act::Cancelled]);
    let at_work = [dispatched_to(&["ivan"]), happened(Act::WorkStarted)];
    office_check(&at_work, Some(Act::Dispatched), &[Act::Cancelled]);
    office_check(&[dispatched_to(&[])], None, &[Act::Dispatched, Act::Cancelled]);
}

#[test]
fn whoever_has_begun_without_being_sent_is_sent_no_more() {
    let offered = |what| office_steps(&planned_alone(&[happened(what)]));
    let (sent, cancelled) = (Some(Act::Dispatched), vec![Act::Cancelled]);
    assert_eq!(offered(Act::Declined), VisitSteps { next: sent, others: cancelled.clone() });
    for begun in [Act::Accepted, Act::TravelStarted, Act::WorkStarted] {
        assert_eq!(offered(begun), VisitSteps { next: None, others: cancelled.clone() }, "{begun:?}");
    }
    // Nor does a dispatch to others call for one to them.
    let others = [dispatched_to(&["taras"]), happened(Act::TravelStarted)];
    office_check(&others, None, &[Act::Dispatched, Act::Cancelled]);
}

#[test]
fn a_colleague_of_whoever_has_begun_is_still_sent_and_that_undoes_nothing() {
    for (begun, onward) in [
        (Act::Accepted, Act::TravelStarted),
        (Act::TravelStarted, Act::Arrived),
        (Act::WorkStarted, Act::Completed),
    ] {
        let story = [happened(begun)];
        office_check(&story, Some(Act::Dispatched), &[Act::Cancelled]);
        let sent = [happened(begun), dispatched_to(&["ivan", "taras"])];
        office_check(&sent, None, &[Act::Dispatched, Act::Cancelled]);
        let [before, after] = [&story[..], &sent].map(planned);
        assert_eq!(visit_state(&after).state, visit_state(&before).state, "{begun:?}");
        assert_eq!(field_steps(&after, id("ivan")), field_steps(&before, id("ivan")), "{begun:?}");
        assert_eq!(field_steps(&after, id("ivan")).next, Some(onward));
    }
    // Whoever is sent anew is asked anew.
    let anew = [dispatched_to(&[]), happened(Act::Accepted), dispatched_to(&[])];
    assert_eq!(visit_state(&planned(&anew)).state, visit_state(&planned(&anew[..1])).state);
    assert!(field_steps(&planned(&anew), id("ivan")).others.contains(&Act::Accepted));
}

#[test]
fn a_visit_nobody_is_to_go_to_cannot_be_sent() {
    let steps = office_steps(&visit(&[]));
    assert_eq!(steps, VisitSteps { next: None, others: vec![Act::Cancelled] });
}

#[test]
fn what_is_over_is_only_taken_up_again() {
    office_check(&[happened(Act::Cancelled)], None, &[Act::Reopened]);
    let again = [happened(Act::Cancelled), happened(Act::Reopened)];
    office_check(&again, Some(Act::Dispatched), &[Act::Cancelled]);
}

#[test]
fn every_step_the_office_is_offered_follows() {
    let way = [dispatched_to(&["ivan"]), happened(Act::Accepted), happened(Act::WorkStarted)];
    let end = [Act::Paused, Act::Completed, Act::Reviewed, Act::Closed, Act::Reopened].map(happened);
    let whole: Vec<_> = way.into_iter().chain(end).collect();
    for length in 0..=whole.len() {
        let story = &whole[..length];
        let steps = office_steps(&planned(story));
        for offered in steps.next.into_iter().chain(steps.others) {
            let mut taken = story.to_vec();
            taken.push(happened(offered));
            assert_eq!(visit_state(&planned(&taken)).out_of_order, [], "{offered:?} after {story:?}");
        }
    }
}
