use proptest::prelude::*;

use crate::kind::Kind;
use crate::record::{Record, Withdrawal};
use crate::records::values::Periodicity;
use crate::records::{
    ActionKind, CardAct, CardEvent, Complaint, ComplaintAct, ComplaintAction, ComplaintEvent, Employee, Mark,
    ServiceCard, Visit, VisitAct, VisitEvent,
};
use crate::rules::{
    CardState, ComplaintState, Missing, Outcome, Satisfaction, VisitState, card_state, complaint_state,
    is_overdue, missing_to_close, overdue_actions, visit_state,
};
use crate::sample::{Sample, at, by, id, link, row};
use crate::time::TimeWindow;

fn window() -> TimeWindow {
    TimeWindow::new(at("09:00"), at("11:00")).unwrap()
}

fn visit_with(story: &[(&str, VisitAct)]) -> Sample {
    let mut visit = Sample::of(Kind::Visit).with(Visit::WINDOW.set(&window()));
    for (number, (who, what)) in story.iter().enumerate() {
        let event = VisitEvent { what: Some(*what), ..VisitEvent::default() };
        visit = visit.with(Visit::EVENTS.add(row(&number.to_string()), by(who, "09:00"), &event));
    }
    visit
}

/// The state a story leads to, and how many of its events do not follow.
#[track_caller]
fn check(story: &[(&str, VisitAct)], state: VisitState, astray: usize) {
    let progress = visit_state(&Visit::read(&visit_with(story).reading));
    assert_eq!((progress.state, progress.out_of_order.len()), (state, astray), "{story:?}");
}

#[test]
fn a_visit_goes_from_new_to_closed() {
    use VisitAct as Act;
    assert_eq!(visit_state(&Visit::read(&Sample::of(Kind::Visit).reading)).state, VisitState::New);
    let way = [
        (("Olena", Act::Dispatched), VisitState::Dispatched),
        (("Andrii", Act::Accepted), VisitState::Accepted),
        (("Andrii", Act::TravelStarted), VisitState::Travelling),
        (("Andrii", Act::Arrived), VisitState::Travelling),
        (("Andrii", Act::WorkStarted), VisitState::InProgress),
        (("Andrii", Act::Paused), VisitState::OnHold),
        (("Andrii", Act::Resumed), VisitState::InProgress),
        (("Andrii", Act::Completed), VisitState::Completed),
        (("Olena", Act::Reviewed), VisitState::Reviewed),
        (("Olena", Act::Closed), VisitState::Closed),
    ];
    check(&[], VisitState::Scheduled, 0);
    for until in 1..=way.len() {
        let story: Vec<_> = way[..until].iter().map(|(step, _)| *step).collect();
        check(&story, way[until - 1].1, 0);
    }
}

#[test]
fn other_ways_a_visit_goes() {
    use VisitAct as Act;
    let (a, b, office) = ("Andrii", "Bohdan", "Olena");
    // Nobody must press every button.
    check(&[(a, Act::WorkStarted), (a, Act::Completed)], VisitState::Completed, 0);
    check(&[(a, Act::Accepted), (a, Act::CannotComplete)], VisitState::CannotComplete, 0);
    check(&[(office, Act::Dispatched), (a, Act::Declined)], VisitState::Declined, 0);
    check(&[(a, Act::Declined), (office, Act::Dispatched), (b, Act::Accepted)], VisitState::Accepted, 0);
    check(&[(a, Act::WorkStarted), (a, Act::CompletedPartly)], VisitState::CompletedPartly, 0);
    check(&[(office, Act::Cancelled)], VisitState::Cancelled, 0);
    check(&[(office, Act::Cancelled), (office, Act::Reopened)], VisitState::Scheduled, 0);
    check(
        &[(office, Act::Dispatched), (office, Act::Cancelled), (office, Act::Reopened)],
        VisitState::Dispatched,
        0,
    );
    // Finishing without having started leaves no time: kept, and shown.
    check(&[(a, Act::Accepted), (a, Act::Completed)], VisitState::Accepted, 1);
    check(&[(a, Act::Paused)], VisitState::Scheduled, 1);
    // Said twice, meant once.
    check(&[(a, Act::Accepted), (a, Act::Accepted)], VisitState::Accepted, 0);
    check(&[(office, Act::Cancelled), (office, Act::Cancelled)], VisitState::Cancelled, 0);
}

#[test]
fn a_crew_of_two_is_as_busy_as_its_busiest() {
    use VisitAct as Act;
    let (a, b) = ("Andrii", "Bohdan");
    let both_start = [(a, Act::WorkStarted), (b, Act::TravelStarted), (b, Act::WorkStarted)];
    check(&both_start, VisitState::InProgress, 0);
    let one_done = [(a, Act::WorkStarted), (b, Act::WorkStarted), (a, Act::Completed)];
    check(&one_done, VisitState::InProgress, 0);
    let best_counts =
        [(a, Act::WorkStarted), (b, Act::WorkStarted), (a, Act::CompletedPartly), (b, Act::Completed)];
    check(&best_counts, VisitState::Completed, 0);
    let one_waits = [(a, Act::WorkStarted), (a, Act::Paused), (b, Act::WorkStarted), (b, Act::Completed)];
    check(&one_waits, VisitState::OnHold, 0);
}

#[test]
fn who_paused_and_is_no_longer_to_go_is_not_waited_for() {
    let sent = VisitEvent {
        what: Some(VisitAct::Dispatched),
        specialists: vec![link::<Employee>("Bohdan")],
        ..VisitEvent::default()
    };
    let act = |what| VisitEvent { what: Some(what), ..VisitEvent::default() };
    let visit = visit_with(&[("Andrii", VisitAct::WorkStarted), ("Andrii", VisitAct::Paused)])
        .with(Visit::EVENTS.add(row("sent"), by("Olena", "10:00"), &sent))
        .with(Visit::EVENTS.add(row("start"), by("Bohdan", "12:00"), &act(VisitAct::WorkStarted)))
        .with(Visit::EVENTS.add(row("end"), by("Bohdan", "13:00"), &act(VisitAct::Completed)));
    let progress = visit_state(&Visit::read(&visit.reading));
    assert_eq!((progress.state, progress.out_of_order.len()), (VisitState::Completed, 0));
}

#[test]
fn a_visit_has_no_outcome_while_somebody_is_still_at_it() {
    let (a, b) = ("Andrii", "Bohdan");
    use VisitAct as Act;
    let of = |story: &[(&str, Act)]| visit_state(&Visit::read(&visit_with(story).reading)).outcome;
    let begun = [(a, Act::WorkStarted), (b, Act::WorkStarted), (a, Act::Completed)];
    check(&begun, VisitState::InProgress, 0);
    assert_eq!(of(&begun), None);
    let pausing = [(a, Act::WorkStarted), (b, Act::WorkStarted), (b, Act::Paused), (a, Act::Completed)];
    assert_eq!(of(&pausing), None);
    assert_eq!(of(&[(b, Act::TravelStarted), (a, Act::WorkStarted), (a, Act::Completed)]), None);
    let both = [begun.as_slice(), &[(b, Act::CompletedPartly)]].concat();
    assert_eq!(of(&both), Some(Outcome::Completed));
    // Who only said that they would come is not waited for.
    assert_eq!(
        of(&[(b, Act::Accepted), (a, Act::WorkStarted), (a, Act::Completed)]),
        Some(Outcome::Completed)
    );
}

#[test]
fn work_that_meets_a_cancelled_or_closed_visit_changes_no_state() {
    use VisitAct as Act;
    let (a, office) = ("Andrii", "Olena");
    let cancelled = [(office, Act::Cancelled), (a, Act::WorkStarted), (a, Act::Completed)];
    check(&cancelled, VisitState::Cancelled, 2);
    let too_late = [(a, Act::WorkStarted), (a, Act::Completed), (office, Act::Cancelled)];
    check(&too_late, VisitState::Completed, 1);
    let closed =
        [(a, Act::WorkStarted), (a, Act::Completed), (office, Act::Closed), ("Bohdan", Act::WorkStarted)];
    check(&closed, VisitState::Closed, 1);
}

#[test]
fn the_outcome_outlives_review_and_closing() {
    use VisitAct as Act;
    let story = [
        ("Andrii", Act::WorkStarted),
        ("Andrii", Act::CompletedPartly),
        ("Olena", Act::Reviewed),
        ("Olena", Act::Closed),
    ];
    let progress = visit_state(&Visit::read(&visit_with(&story).reading));
    assert_eq!(progress.outcome, Some(Outcome::CompletedPartly));
}

#[test]
fn an_event_taken_back_never_happened() {
    let story = [("Andrii", VisitAct::WorkStarted), ("Andrii", VisitAct::Completed)];
    let withdrawal = Withdrawal { by: id("Andrii"), at: at("10:00"), why: "не той виїзд".into() };
    let visit = visit_with(&story).with(Visit::EVENTS.withdraw(row("1"), &withdrawal));
    assert_eq!(visit_state(&Visit::read(&visit.reading)).state, VisitState::InProgress);
}

#[test]
fn a_visit_is_late_while_open_after_its_window() {
    let cases = [
        (VisitState::Dispatched, "11:00", false),
        (VisitState::Dispatched, "11:01", true),
        (VisitState::InProgress, "12:00", true),
        (VisitState::Completed, "12:00", false),
        (VisitState::Cancelled, "12:00", false),
    ];
    for (state, now, late) in cases {
        assert_eq!(is_overdue(state, Some(window()), at(now)), late, "{state:?} at {now}");
    }
    assert!(!is_overdue(VisitState::New, None, at("12:00")));
}

#[track_caller]
fn check_card(acts: &[CardAct], state: CardState, astray: usize) {
    let mut card = Sample::of(Kind::ServiceCard).with(ServiceCard::PERIODICITY.set(&Periodicity::Once));
    for (number, act) in acts.iter().enumerate() {
        let event = CardEvent { what: Some(*act), ..CardEvent::default() };
        card = card.with(ServiceCard::EVENTS.add(row(&number.to_string()), by("Olena", "09:00"), &event));
    }
    let progress = card_state(&ServiceCard::read(&card.reading));
    assert_eq!((progress.state, progress.out_of_order.len()), (state, astray), "{acts:?}");
}

#[test]
fn how_a_card_goes() {
    use CardAct as Act;
    check_card(&[], CardState::Draft, 0);
    check_card(&[Act::Activated], CardState::Active, 0);
    check_card(&[Act::Activated, Act::Suspended], CardState::Suspended, 0);
    check_card(&[Act::Activated, Act::Suspended, Act::Activated], CardState::Active, 0);
    check_card(&[Act::Activated, Act::Completed, Act::Closed], CardState::Closed, 0);
    check_card(&[Act::Activated, Act::Renewed], CardState::Renewed, 0);
    check_card(&[Act::Activated, Act::Terminated, Act::Closed], CardState::Closed, 0);
    check_card(&[Act::Activated, Act::Completed, Act::Reopened], CardState::Active, 0);
    check_card(&[Act::Suspended], CardState::Draft, 1);
    check_card(&[Act::Activated, Act::Closed], CardState::Active, 1);
    check_card(&[Act::Activated, Act::Terminated, Act::Activated], CardState::Terminated, 1);
}

fn complaint_with(acts: &[(ComplaintAct, Option<i64>)]) -> Sample {
    let mut complaint = Sample::of(Kind::Complaint);
    for (number, (act, mark)) in acts.iter().enumerate() {
        let mark = mark.and_then(Mark::new);
        let event = ComplaintEvent { what: Some(*act), mark, ..ComplaintEvent::default() };
        complaint =
            complaint.with(Complaint::EVENTS.add(row(&number.to_string()), by("Sofiia", "09:00"), &event));
    }
    complaint
}

#[track_caller]
fn check_complaint(acts: &[(ComplaintAct, Option<i64>)], state: ComplaintState, astray: usize) {
    let progress = complaint_state(&Complaint::read(&complaint_with(acts).reading));
    assert_eq!((progress.state, progress.out_of_order.len()), (state, astray), "{acts:?}");
}

#[test]
fn how_a_complaint_goes() {
    use ComplaintAct as Act;
    let to_answer = [
        (Act::Accepted, None),
        (Act::AnalysisStarted, None),
        (Act::ActionStarted, None),
        (Act::VerificationStarted, None),
        (Act::ActionStarted, None), // the check failed
        (Act::VerificationStarted, None),
        (Act::Answered, None),
    ];
    let then = |more: &[(Act, Option<i64>)]| [to_answer.as_slice(), more].concat();
    check_complaint(&[], ComplaintState::Registered, 0);
    check_complaint(&to_answer, ComplaintState::Answered, 0);
    check_complaint(
        &then(&[(Act::CustomerAnswered, Some(4)), (Act::Closed, None)]),
        ComplaintState::Closed,
        0,
    );
    check_complaint(&then(&[(Act::NoAnswer, None), (Act::Closed, None)]), ComplaintState::Closed, 0);
    check_complaint(&then(&[(Act::CustomerAnswered, Some(2))]), ComplaintState::Reopened, 0);
    check_complaint(&then(&[(Act::CustomerAnswered, Some(3))]), ComplaintState::Answered, 0);
    let late = then(&[(Act::NoAnswer, None), (Act::Closed, None), (Act::CustomerAnswered, Some(1))]);
    check_complaint(&late, ComplaintState::Reopened, 0);
    check_complaint(&[(Act::Rejected, None)], ComplaintState::Rejected, 0);
    check_complaint(&[(Act::Rejected, None), (Act::Reopened, None)], ComplaintState::Reopened, 0);
    check_complaint(&[(Act::Closed, None)], ComplaintState::Registered, 1);
    check_complaint(&[(Act::CustomerAnswered, None)], ComplaintState::Registered, 1);
    // A mark given before there was an answer of ours is no word on it.
    check_complaint(&[(Act::CustomerAnswered, Some(1)), (Act::Answered, None)], ComplaintState::Answered, 1);
}

#[test]
fn after_a_reopening_the_customer_is_asked_again() {
    use ComplaintAct as Act;
    let acts = [(Act::Answered, None), (Act::CustomerAnswered, Some(1)), (Act::CustomerAnswered, Some(2))];
    let progress = complaint_state(&Complaint::read(&complaint_with(&acts).reading));
    assert_eq!((progress.satisfaction, progress.reopened), (Satisfaction::Unknown, 1));
}

#[test]
fn a_complaint_closes_with_a_cause_a_finished_action_and_the_customers_word() {
    let missing = |complaint: &Sample| missing_to_close(&Complaint::read(&complaint.reading));
    let all = vec![Missing::Cause, Missing::FinishedCorrectiveAction, Missing::CustomersAnswer];
    let complaint = Sample::of(Kind::Complaint);
    assert_eq!(missing(&complaint), all);

    let text = crate::intent::Intent::EditText {
        field: "cause".into(),
        base_heads: vec![],
        base_text: String::new(),
        new_text: "Знос ущільнення".into(),
    };
    let complaint = complaint.with(Complaint::CAUSE_CODE.set(&link("wear"))).with(text);
    assert_eq!(missing(&complaint), all[1..].to_vec());

    let due = "2026-03-05".parse().unwrap();
    let preventive = ComplaintAction {
        action_kind: Some(ActionKind::Preventive),
        done: Some(due),
        ..ComplaintAction::default()
    };
    let corrective = ComplaintAction {
        action_kind: Some(ActionKind::Corrective),
        due: Some(due),
        ..ComplaintAction::default()
    };
    let complaint = complaint
        .with(Complaint::ACTIONS.add(row("p"), by("Sofiia", "09:00"), &preventive))
        .with(Complaint::ACTIONS.add(row("c"), by("Sofiia", "09:00"), &corrective));
    assert_eq!(missing(&complaint), all[1..].to_vec());
    let late = |day: &str| overdue_actions(&Complaint::read(&complaint.reading), day.parse().unwrap());
    assert_eq!(late("2026-03-05"), vec![]);
    assert_eq!(late("2026-03-06"), vec![row("c")]);

    let complaint = complaint.with(Complaint::ACTIONS.correct(row("c"), "done", &due));
    assert_eq!(missing(&complaint), vec![Missing::CustomersAnswer]);
    let event = |what| ComplaintEvent { what: Some(what), ..ComplaintEvent::default() };
    let complaint =
        [ComplaintAct::Answered, ComplaintAct::NoAnswer].into_iter().fold(complaint, |one, what| {
            one.with(Complaint::EVENTS.add(row(what.name()), by("Sofiia", "10:00"), &event(what)))
        });
    assert_eq!(missing(&complaint), vec![]);
}

proptest! {
    /// Any events in any order give a state, and only events that do follow are not reported.
    #[test]
    fn every_story_has_a_state(
        acts in proptest::collection::vec((0..3usize, proptest::sample::select(VisitAct::ALL)), 0..14),
    ) {
        let names = ["Andrii", "Bohdan", "Olena"];
        let story: Vec<(&str, VisitAct)> = acts.iter().map(|(who, act)| (names[*who], *act)).collect();
        let progress = visit_state(&Visit::read(&visit_with(&story).reading));
        prop_assert!(progress.out_of_order.len() <= story.len());
        if progress.state == VisitState::Closed {
            prop_assert!(story.iter().any(|(_, act)| *act == VisitAct::Closed));
        }
        if progress.out_of_order.len() == story.len() {
            prop_assert_eq!(progress.state, VisitState::Scheduled);
        }
    }

    /// Taking an event back gives the same state as never having said it.
    #[test]
    fn withdrawn_events_count_for_nothing(
        acts in proptest::collection::vec(proptest::sample::select(VisitAct::ALL), 1..10),
        which in any::<prop::sample::Index>(),
    ) {
        let story: Vec<(&str, VisitAct)> = acts.iter().map(|act| ("Andrii", *act)).collect();
        let gone = which.index(story.len());
        let withdrawal = Withdrawal { by: id("Andrii"), at: at("10:00"), why: "помилка".into() };
        let with = visit_with(&story).with(Visit::EVENTS.withdraw(row(&gone.to_string()), &withdrawal));
        let mut shorter = story.clone();
        shorter.remove(gone);
        let without = visit_with(&shorter);
        let state = |visit: &Sample| {
            let progress = visit_state(&Visit::read(&visit.reading));
            (progress.state, progress.outcome, progress.out_of_order.len())
        };
        prop_assert_eq!(state(&with), state(&without));
    }

    #[test]
    fn every_complaint_and_card_has_a_state(
        complaint in proptest::collection::vec(
            (proptest::sample::select(ComplaintAct::ALL), proptest::option::of(0..7i64)), 0..12),
        card in proptest::collection::vec(proptest::sample::select(CardAct::ALL), 0..12),
    ) {
        let complaint = complaint_with(&complaint);
        let progress = complaint_state(&Complaint::read(&complaint.reading));
        prop_assert!(progress.state != ComplaintState::Closed || progress.satisfaction != Satisfaction::Marked(Mark::new(1).unwrap()));
        let mut sample = Sample::of(Kind::ServiceCard);
        for (number, act) in card.iter().enumerate() {
            let event = CardEvent { what: Some(*act), ..CardEvent::default() };
            sample = sample.with(ServiceCard::EVENTS.add(row(&number.to_string()), by("Olena", "09:00"), &event));
        }
        let state = card_state(&ServiceCard::read(&sample.reading)).state;
        prop_assert_eq!(state == CardState::Draft, !card.iter().any(|act| matches!(act, CardAct::Activated | CardAct::Terminated)));
    }
}
