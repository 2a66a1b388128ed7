use std::collections::BTreeSet;

use crate::kind::{Decider, Kind};
use crate::reading::{Cell, FieldReading};
use crate::record::Record;
use crate::records::{
    AnswerKind, Checklist, ChecklistAnswer, ChecklistItem, Complaint, ComplaintAct, ComplaintEvent, Employee,
    Visit, VisitAct, VisitEvent, WorkRow,
};
use crate::rules::{
    Attention, Missing, VisitState, attention, checklist_attention, facts_in, required_unanswered,
    standing_answers,
};
use crate::sample::{Sample, by, id, link, row};
use crate::value::Scalar;

fn visit(specialists: &[&str]) -> Sample {
    let specialists = specialists.iter().map(|name| link::<Employee>(name)).collect();
    Sample::of(Kind::Visit).with(Visit::SPECIALISTS.set(&specialists))
}

fn say(visit: Sample, who: &str, acts: &[VisitAct]) -> Sample {
    acts.iter().fold(visit, |visit, what| {
        let event = VisitEvent { what: Some(*what), ..VisitEvent::default() };
        visit.with(Visit::EVENTS.add(row(&format!("{who} {}", what.name())), by(who, "10:00"), &event))
    })
}

fn work(visit: Sample, who: &str) -> Sample {
    visit.with(Visit::WORKS.add(row(&format!("{who} work")), by(who, "10:00"), &WorkRow::default()))
}

#[track_caller]
fn check(record: &Sample, expected: &[Attention]) {
    assert_eq!(attention(&record.reading), expected);
}

fn people(names: &[&str]) -> BTreeSet<crate::id::DocumentId> {
    names.iter().map(|name| id(name)).collect()
}

const DONE: &[VisitAct] = &[VisitAct::WorkStarted, VisitAct::Completed];

#[test]
fn an_ordinary_visit_asks_for_nobodys_attention() {
    let crew = work(say(say(visit(&["Andrii", "Bohdan"]), "Andrii", DONE), "Bohdan", DONE), "Bohdan");
    check(&crew, &[]);
    check(&say(crew, "Olena", &[VisitAct::Reviewed, VisitAct::Closed]), &[]);
}

#[test]
fn a_visit_given_to_another_while_the_first_was_working_is_a_double_visit() {
    let given = say(visit(&["Bohdan"]), "Andrii", DONE);
    check(&given, &[]); // nobody else worked: no double visit
    let double =
        Attention::DoubleVisit { people: people(&["Andrii", "Bohdan"]), unplanned: people(&["Andrii"]) };
    assert_eq!(double.owner(), Decider::Dispatcher);
    check(&work(given, "Bohdan"), std::slice::from_ref(&double));
    let on_the_way = say(say(visit(&["Bohdan"]), "Andrii", &[VisitAct::TravelStarted]), "Bohdan", DONE);
    check(&on_the_way, &[]); // who turned round did not work
}

#[test]
fn work_on_a_cancelled_visit_is_shown_whichever_was_merged_first() {
    let item = Attention::WorkOnCancelled { people: people(&["Andrii"]) };
    let cancel = &[VisitAct::Cancelled];
    check(&say(say(visit(&["Andrii"]), "Andrii", DONE), "Olena", cancel), std::slice::from_ref(&item));
    check(&say(say(visit(&["Andrii"]), "Olena", cancel), "Andrii", DONE), &[item]);
    check(&say(visit(&["Andrii"]), "Olena", cancel), &[]);
}

#[test]
fn an_event_that_does_not_follow_is_shown_to_the_reviewer() {
    let item = Attention::VisitOutOfOrder {
        event: row("Andrii resumed"),
        act: VisitAct::Resumed,
        state: VisitState::New,
    };
    assert_eq!(item.owner(), Decider::Reviewer);
    check(&say(visit(&["Andrii"]), "Andrii", &[VisitAct::Resumed]), &[item]);
}

#[test]
fn a_row_added_after_closing_is_late() {
    let closed = say(say(visit(&["Andrii"]), "Andrii", DONE), "Olena", &[VisitAct::Closed]);
    check(&work(closed, "Andrii"), &[Attention::LateFacts { count: 1, rows: vec![row("Andrii work")] }]);
}

#[test]
fn a_row_from_a_device_that_had_not_heard_of_the_closing_is_late_too() {
    let seen = say(visit(&["Andrii"]), "Andrii", DONE);
    let closed = |saw: usize| VisitEvent {
        what: Some(VisitAct::Closed),
        facts_seen: i64::try_from(saw).ok(),
        ..VisitEvent::default()
    };
    let saw = facts_in(&seen.reading);
    assert_eq!(saw, 2);
    let close =
        |visit: Sample| visit.with(Visit::EVENTS.add(row("closed"), by("Olena", "18:00"), &closed(saw)));
    check(&close(say(visit(&["Andrii"]), "Andrii", DONE)), &[]);
    // The offline row has the lower counter: merged before the closing, seen by nobody.
    check(&close(work(seen, "Andrii")), &[Attention::LateFacts { count: 1, rows: vec![] }]);
}

#[test]
fn nothing_is_late_on_a_visit_taken_up_again() {
    let story = [VisitAct::Closed, VisitAct::Reopened];
    let reopened = say(say(visit(&["Andrii"]), "Andrii", DONE), "Olena", &story);
    check(&work(reopened, "Andrii"), &[]);
}

#[test]
fn a_conflict_names_who_decides() {
    let disputed = visit(&[])
        .at_once("pinned", &[true, false])
        .at_once("rating_comment", &["добре".to_owned(), "погано".to_owned()]);
    let decides: Vec<(String, Decider)> = attention(&disputed.reading)
        .into_iter()
        .filter_map(|item| match item {
            Attention::NeedsDecision { path, decider } => Some((path.to_string(), decider)),
            _ => None,
        })
        .collect();
    let expected =
        [("pinned".to_owned(), Decider::Dispatcher), ("rating_comment".to_owned(), Decider::Reviewer)];
    assert_eq!(decides, expected);
}

#[test]
fn a_value_nobody_can_read_is_kept_and_shown() {
    let mut garbled = work(visit(&[]), "Andrii");
    let cell = |text: &str| Cell::settled(Scalar::Text(text.to_owned()));
    garbled.reading.fields.insert("window".into(), FieldReading::Cell(cell("tomorrow")));
    let Some(FieldReading::Rows(rows)) = garbled.reading.fields.get_mut("works") else { panic!() };
    rows[0].columns.insert("volume".into(), cell("багато"));
    rows[0].columns.insert("from_the_future".into(), cell("?"));
    let places: Vec<String> = attention(&garbled.reading)
        .into_iter()
        .map(|item| match item {
            Attention::Unreadable { path } => path.to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(places, ["window".to_owned(), format!("works/{}/volume", row("Andrii work"))]);
}

#[test]
fn a_complaint_closed_without_its_grounds_is_shown() {
    let closed = [ComplaintAct::Answered, ComplaintAct::Closed].iter().enumerate();
    let complaint = closed.fold(Sample::of(Kind::Complaint), |complaint, (number, what)| {
        let event = ComplaintEvent { what: Some(*what), ..ComplaintEvent::default() };
        complaint.with(Complaint::EVENTS.add(row(&number.to_string()), by("Sofiia", "10:00"), &event))
    });
    let missing = vec![Missing::Cause, Missing::FinishedCorrectiveAction, Missing::CustomersAnswer];
    check(&complaint, &[Attention::ClosedTooEarly { missing }]);
}

fn answer(visit: Sample, name: &str, who: &str, text: &str, after: &[&str]) -> Sample {
    let after = after.iter().map(|one| row(one)).collect();
    let value = ChecklistAnswer { item: Some(row("item")), answer: Some(text.to_owned()), note: None, after };
    visit.with(Visit::CHECKLIST_ANSWERS.add(row(name), by(who, "10:00"), &value))
}

#[test]
fn the_last_answer_holds_unless_two_were_given_at_the_same_time() {
    let stands = |visit: &Sample| {
        let visit = Visit::read(&visit.reading);
        let answers = standing_answers(&visit.checklist_answers);
        let item = &answers[&row("item")];
        (item.answer.value.answer.clone().unwrap(), item.disputed.len())
    };
    let changed = answer(answer(visit(&[]), "1", "Andrii", "no", &[]), "2", "Bohdan", "yes", &["1"]);
    assert_eq!(stands(&changed), ("yes".to_owned(), 0));
    let agreed = answer(answer(visit(&[]), "1", "Andrii", "yes", &[]), "2", "Bohdan", "yes", &[]);
    assert_eq!(stands(&agreed), ("yes".to_owned(), 0));
    let apart = answer(answer(visit(&[]), "1", "Andrii", "no", &[]), "2", "Bohdan", "yes", &[]);
    assert_eq!(stands(&apart), ("yes".to_owned(), 2));
    check(&apart, &[Attention::AnswersDiffer { item: row("item"), answers: vec![row("1"), row("2")] }]);
    let decided = answer(apart, "3", "Petro", "no", &["1", "2"]);
    assert_eq!(stands(&decided), ("no".to_owned(), 0));
    check(&decided, &[]);
}

#[test]
fn a_required_item_without_an_answer_stands_in_the_way_of_completion() {
    let item = |required| ChecklistItem { required: Some(required), ..ChecklistItem::default() };
    let checklist = Sample::of(Kind::Checklist)
        .with(Checklist::ITEMS.add(row("item"), by("Olena", "08:00"), &item(true)))
        .with(Checklist::ITEMS.add(row("nice to have"), by("Olena", "08:00"), &item(false)));
    let checklist = Checklist::read(&checklist.reading);
    let missing =
        |visit: &Sample| required_unanswered(&checklist, &Visit::read(&visit.reading).checklist_answers);
    let empty = visit(&["Andrii"]);
    assert_eq!(missing(&empty), vec![row("item")]);
    assert_eq!(missing(&answer(empty, "1", "Andrii", " ", &[])), vec![row("item")]);
    assert_eq!(missing(&answer(visit(&["Andrii"]), "1", "Andrii", "yes", &[])), vec![]);

    let item = |acts: &[VisitAct]| {
        let visit = say(visit(&["Andrii"]), "Andrii", acts);
        checklist_attention(&Visit::read(&visit.reading), &checklist)
    };
    assert_eq!(item(DONE), [Attention::CompletedUnanswered { items: vec![row("item")] }]);
    assert_eq!(item(&[VisitAct::WorkStarted, VisitAct::CompletedPartly]), []);
}

#[test]
fn a_measurement_outside_its_bounds_is_kept_and_shown() {
    let pressure = ChecklistItem {
        answer_kind: Some(AnswerKind::Number),
        minimum: Some("0.5".parse().unwrap()),
        maximum: Some("2".parse().unwrap()),
        ..ChecklistItem::default()
    };
    let checklist =
        Sample::of(Kind::Checklist).with(Checklist::ITEMS.add(row("item"), by("Olena", "08:00"), &pressure));
    let checklist = Checklist::read(&checklist.reading);
    let item = |given: &str| {
        let visit = answer(visit(&["Andrii"]), "1", "Andrii", given, &[]);
        checklist_attention(&Visit::read(&visit.reading), &checklist)
    };
    for fine in ["0.5", "1", "2", ""] {
        assert_eq!(item(fine), [], "{fine}");
    }
    for beyond in ["0.49", "2.01", "-1", "5000"] {
        assert_eq!(item(beyond), [Attention::OutOfBounds { items: vec![row("item")] }], "{beyond}");
    }
}
