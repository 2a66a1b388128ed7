//! What is typed and cannot be meant.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::slice::from_ref;

use super::{Edit, Neighbours, Why, canonical, objections};
use crate::id::DocumentId;
use crate::intent::Intent;
use crate::kind::Kind;
use crate::reading::Reading;
use crate::record::{Record, Withdrawal};
use crate::records::values::{Decision, Periodicity, ProposedValue};
use crate::records::{
    ActionKind, AnswerKind, CardAct, CardEvent, Checklist, ChecklistAnswer, ChecklistItem, Common, Complaint,
    ComplaintAct, ComplaintAction, ComplaintEvent, Customer, DirectoryEntry, Equipment, Mark, Part, Proposal,
    Role, ServiceCard, Visit, VisitAct, VisitEvent, WorkRow,
};
use crate::rules::{CardState, ComplaintState, Missing, VisitState};
use crate::sample::{Sample, at, by, id, link, row};
use crate::time::TimeWindow;
use crate::value::Scalar;
use crate::written::Miswritten;

/// The other records of a test.
#[derive(Default)]
struct Around {
    checklist: Option<Reading>,
    codes: BTreeMap<String, DocumentId>,
    others: BTreeMap<DocumentId, Reading>,
}

impl Neighbours for Around {
    type Error = Infallible;

    fn checklist_of(&self, _: &Visit) -> Result<Option<Checklist>, Infallible> {
        Ok(self.checklist.as_ref().map(Checklist::read))
    }

    fn customer_with_code(&self, code: &str, but: DocumentId) -> Result<Option<DocumentId>, Infallible> {
        Ok(self.codes.get(code).copied().filter(|one| *one != but))
    }

    fn common_of(&self, record: DocumentId) -> Result<Option<Common>, Infallible> {
        Ok(self.others.get(&record).map(Common::read))
    }
}

fn said(around: &Around, sample: Sample, is_new: bool, intents: &[Intent]) -> Vec<Why> {
    let before = sample.reading.clone();
    let after = intents.iter().cloned().fold(sample, Sample::with).reading;
    let edit = Edit {
        document: id("record"),
        is_new,
        before: &before,
        after: &after,
        intents,
        now: Some(at("18:00")),
    };
    let Ok(found) = objections(&edit, around);
    found.into_iter().map(|one| one.why).collect()
}

/// What is said about an edit of a record that is there.
#[track_caller]
fn check(sample: Sample, intents: &[Intent], expected: &[Why]) {
    assert_eq!(said(&Around::default(), sample, false, intents), expected, "{intents:?}");
}

fn visit(story: &[(&str, VisitAct)]) -> Sample {
    let start = Sample::of(Kind::Visit).with(Visit::CARD.set(&link("card")));
    let told = story.iter().enumerate().map(|(at, (who, act))| happened(&at.to_string(), who, *act, None));
    told.fold(start, Sample::with)
}

fn happened(name: &str, who: &str, what: VisitAct, reason: Option<&str>) -> Intent {
    let reason = reason.map(str::to_owned);
    let event = VisitEvent { what: Some(what), reason, ..VisitEvent::default() };
    Visit::EVENTS.add(row(name), by(who, "10:00"), &event)
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn a_quantity_is_never_less_than_nothing() {
    let work = |volume: i64, hours: i64| {
        let work = WorkRow { volume: Some(volume.into()), hours: Some(hours.into()), ..WorkRow::default() };
        Visit::WORKS.add(row("work"), by("ivan", "10:00"), &work)
    };
    check(visit(&[]), &[work(0, 0)], &[]);
    check(visit(&[]), &[work(-3, 2)], &[Why::Negative]);
    check(visit(&[]), &[work(3, -2)], &[Why::Negative]);
    let part = |quantity: i64| {
        Visit::PARTS.add(
            row("part"),
            by("ivan", "10:00"),
            &Part { quantity: Some(quantity.into()), ..Part::default() },
        )
    };
    check(visit(&[]), &[part(1)], &[]);
    check(visit(&[]), &[part(0)], &[Why::NotPositive]);
    let corrected = Visit::WORKS.correct(row("work"), "volume", &rust_decimal::Decimal::from(-1));
    check(visit(&[]).with(work(1, 1)), &[corrected], &[Why::Negative]);
    check(visit(&[]), &[Visit::DURATION_MINUTES.set(&-5)], &[Why::Negative]);
}

#[test]
fn codes_phones_and_addresses_are_read_before_they_are_kept() {
    let customer = || Sample::of(Kind::Customer).with(Customer::NAME.set(&"Ясен".to_owned()));
    let code = |code: &str| Customer::REGISTRY_CODE.set(&code.to_owned());
    check(customer(), &[code("14360570")], &[]);
    check(customer(), &[code("14360571")], &[Miswritten::ControlDigit.into()]);
    check(customer(), &[Customer::REGISTRY_CODE.clear()], &[]);
    let phones =
        |phone: &str| Customer::PHONES.set(&vec!["+380671234567;ext=12".to_owned(), phone.to_owned()]);
    check(customer(), &[phones("067 123 45 67")], &[]);
    check(customer(), &[phones("завтра")], &[Miswritten::NotAPhone { text: "завтра".into() }.into()]);
    let mail = Customer::EMAILS.set(&vec!["office".to_owned()]);
    check(customer(), &[mail], &[Miswritten::NotAnEmail { text: "office".into() }.into()]);
    // What was wrong before stands in nobody's way, nor does deciding between two of it.
    let wrong = || customer().with(Customer::PHONES.set(&vec!["завтра".to_owned()]));
    let more = Customer::PHONES.set(&vec!["завтра".to_owned(), "067 123 45 67".to_owned()]);
    check(wrong(), &[more], &[]);
    let apart = customer().at_once("registry_code", &["1".to_owned(), "2".to_owned()]);
    check(apart, &[code("1")], &[]);
    check(customer().with(code("1")), &[Customer::NAME.set(&"Ясень".to_owned())], &[]);
}

#[test]
fn what_can_be_read_is_kept_in_one_form() {
    let kept = |intent: Intent| canonical(Kind::Customer, &intent);
    let code = |code: &str| Customer::REGISTRY_CODE.set(&code.to_owned());
    let phones =
        |phones: &[&str]| Customer::PHONES.set(&phones.iter().map(|one| (*one).to_owned()).collect());
    assert_eq!(kept(code("1436 0570")), code("14360570"));
    assert_eq!(kept(code("32129")), code("00032129"));
    assert_eq!(kept(code("нема")), code("нема"));
    assert_eq!(kept(phones(&["067 123 45 67", "завтра"])), phones(&["+380671234567", "завтра"]));
    assert_eq!(
        kept(Customer::NAME.set(&"067 123 45 67".to_owned())),
        Customer::NAME.set(&"067 123 45 67".to_owned())
    );
}

#[test]
fn no_second_customer_gets_the_code_of_a_first() {
    let around = Around { codes: [("14360570".to_owned(), id("first"))].into(), ..Around::default() };
    let intents =
        [Customer::NAME.set(&"Ясен".to_owned()), Customer::REGISTRY_CODE.set(&"14360570".to_owned())];
    let taken = [Why::CodeTaken { by: id("first") }];
    assert_eq!(said(&around, Sample::of(Kind::Customer), true, &intents), taken);
    // A duplicate that is there already can still be worked on.
    let there = intents.iter().cloned().fold(Sample::of(Kind::Customer), Sample::with);
    assert_eq!(said(&around, there, false, &intents), []);
}

#[test]
fn a_duplicate_points_at_a_record_that_stays() {
    let named = || Sample::of(Kind::Customer).with(Customer::NAME.set(&"Ясен".to_owned()));
    let merged = |into: &str| Intent::Set {
        path: crate::reading::FieldPath::root("merged_into"),
        value: Scalar::Text(id(into).to_string()),
    };
    let withdrawal = Withdrawal { by: id("olena"), at: at("10:00"), why: "двічі".to_owned() };
    let others = [
        ("stands", named()),
        ("follows", named().with(merged("record"))),
        ("leads to it", named().with(merged("follows"))),
        ("turns", named().with(merged("turns back"))),
        ("turns back", named().with(merged("turns"))),
        ("mistake", named().with(Common::WITHDRAWN.set(&withdrawal))),
    ];
    let others = others.map(|(name, sample)| (id(name), sample.reading)).into();
    let around = Around { others, ..Around::default() };
    for (into, expected) in [
        ("stands", Vec::new()),
        ("not here", Vec::new()),
        ("turns", Vec::new()),
        ("record", vec![Why::MergedInCircle]),
        ("follows", vec![Why::MergedInCircle]),
        ("leads to it", vec![Why::MergedInCircle]),
        ("mistake", vec![Why::MergedIntoWithdrawn { into: id("mistake") }]),
    ] {
        assert_eq!(said(&around, named(), false, &[merged(into)]), expected, "{into}");
    }
}

#[test]
fn a_repetition_repeats() {
    let card = || Sample::of(Kind::ServiceCard).with(ServiceCard::SUBJECT.set(&"Котел".to_owned()));
    let by_calendar = |rule: &str, end: Option<&str>| {
        let day = |day: &str| day.parse().unwrap();
        let repeats =
            Periodicity::Calendar { rule: rule.to_owned(), start: day("2026-03-01"), end: end.map(day) };
        ServiceCard::PERIODICITY.set(&repeats)
    };
    check(card(), &[by_calendar("FREQ=MONTHLY;BYMONTHDAY=15", Some("2027-03-01"))], &[]);
    check(card(), &[by_calendar("FREQ=DAILY", Some("2026-02-01"))], &[Why::EndsBeforeStart]);
    for wrong in ["FREQ=BANANA", "BYMONTHDAY=15", "FREQ=MONTHLY;BYMONTHDAY=32", "щомісяця"] {
        let found = said(&Around::default(), card(), false, &[by_calendar(wrong, None)]);
        assert!(matches!(found.as_slice(), [Why::NotARepetition { .. }]), "{wrong}: {found:?}");
    }
    let by_meter = ServiceCard::PERIODICITY.set(&Periodicity::Meter { meter: row("meter"), every: 0 });
    check(card(), &[by_meter], &[Why::NotPositive]);
}

#[test]
fn a_record_says_what_it_is_about() {
    for (kind, enough) in [
        (Kind::Customer, Customer::NAME.set(&"Ясен".to_owned())),
        (Kind::DirectoryEntry, DirectoryEntry::NAME.set(&"година".to_owned())),
        (Kind::Equipment, Equipment::SERIAL.set(&"A1".to_owned())),
        (Kind::Equipment, Equipment::MANUFACTURER.set(&"Промтех".to_owned())),
    ] {
        assert_eq!(said(&Around::default(), Sample::of(kind), true, &[]), [Why::Nameless], "{kind:?}");
        assert_eq!(said(&Around::default(), Sample::of(kind), true, &[enough]), [], "{kind:?}");
    }
    for (kind, enough) in [
        (Kind::Visit, Visit::CUSTOMER.set(&link("customer"))),
        (Kind::ServiceCard, ServiceCard::SUBJECT.set(&"Ліфт".to_owned())),
        (Kind::Complaint, Complaint::VISIT.set(&link("visit"))),
    ] {
        assert_eq!(said(&Around::default(), Sample::of(kind), true, &[]), [Why::AboutNothing], "{kind:?}");
        assert_eq!(said(&Around::default(), Sample::of(kind), true, &[enough]), [], "{kind:?}");
    }
    let named = Sample::of(Kind::Customer).with(Customer::NAME.set(&"Ясен".to_owned()));
    check(named, &[Customer::NAME.set(&"  ".to_owned())], &[Why::Nameless]);
    // Nameless before: not the fault of who now adds a note.
    check(Sample::of(Kind::Customer), &[Customer::WEBSITE.set(&"yasen.example".to_owned())], &[]);
}

#[test]
fn a_warranty_does_not_end_before_the_installation() {
    let boiler = Sample::of(Kind::Equipment)
        .with(Equipment::NAME.set(&"Котел".to_owned()))
        .with(Equipment::INSTALLED.set(&"2026-03-01".parse().unwrap()));
    check(boiler, &[Equipment::WARRANTY_UNTIL.set(&"2026-02-28".parse().unwrap())], &[Why::EndsBeforeStart]);
}

#[test]
fn some_steps_of_a_visit_need_a_reason() {
    let working = || visit(&[("ivan", VisitAct::WorkStarted)]);
    let step = |act, reason| happened("new", "ivan", act, reason);
    check(working(), &[step(VisitAct::Paused, None)], &[Why::ReasonMissing]);
    check(working(), &[step(VisitAct::Paused, Some(" "))], &[Why::ReasonMissing]);
    check(working(), &[step(VisitAct::Paused, Some("обід"))], &[]);
    check(working(), &[step(VisitAct::CompletedPartly, None)], &[Why::ReasonMissing]);
    check(visit(&[]), &[step(VisitAct::Cancelled, None)], &[Why::ReasonMissing]);
    // The most basic reason alone: nobody is asked for the reason of a step that is not possible.
    check(visit(&[]), &[step(VisitAct::Paused, None)], &[Why::NotBegun { act: VisitAct::Paused }]);
    let done = visit(&[("ivan", VisitAct::WorkStarted), ("ivan", VisitAct::Completed)]);
    let refused = Why::VisitStep { act: VisitAct::Cancelled, state: VisitState::Completed };
    check(done, &[step(VisitAct::Cancelled, None)], &[refused]);
}

#[test]
fn steps_follow_unless_the_office_settled_the_visit_meanwhile() {
    let done = || visit(&[("ivan", VisitAct::WorkStarted), ("ivan", VisitAct::Completed)]);
    let cancel = happened("new", "olena", VisitAct::Cancelled, Some("передумали"));
    let refused = Why::VisitStep { act: VisitAct::Cancelled, state: VisitState::Completed };
    check(done(), &[cancel], &[refused]);
    let complete = happened("new", "ivan", VisitAct::Completed, None);
    check(visit(&[]), from_ref(&complete), &[Why::NotBegun { act: VisitAct::Completed }]);
    let theirs = visit(&[("taras", VisitAct::WorkStarted)]);
    check(theirs, from_ref(&complete), &[Why::NotBegun { act: VisitAct::Completed }]);
    // Done in the basement while the office cancelled: it happened, and is kept.
    let settled = visit(&[("ivan", VisitAct::WorkStarted), ("olena", VisitAct::Cancelled)]);
    check(settled, from_ref(&complete), &[]);
    let never = visit(&[("olena", VisitAct::Cancelled)]);
    let cancelled = Why::VisitStep { act: VisitAct::Completed, state: VisitState::Cancelled };
    check(never, from_ref(&complete), &[cancelled]);
    // Sent anew while this one paused, or taken up again: it was begun all the same.
    let resent = visit(&[("ivan", VisitAct::WorkStarted), ("olena", VisitAct::Reopened)]);
    check(resent, from_ref(&complete), &[]);
    let both = visit(&[("ivan", VisitAct::WorkStarted), ("ivan", VisitAct::Completed)]);
    check(both, &[happened("again", "ivan", VisitAct::WorkStarted, None)], &[]);
}

fn checklist() -> Around {
    let item = |name: &str, required, answer_kind| {
        let item = ChecklistItem {
            text: text(name),
            required: Some(required),
            answer_kind: Some(answer_kind),
            ..ChecklistItem::default()
        };
        Checklist::ITEMS.add(row(name), by("olena", "08:00"), &item)
    };
    let list = Sample::of(Kind::Checklist).with(item("gas", true, AnswerKind::YesNo)).with(item(
        "pressure",
        false,
        AnswerKind::Number,
    ));
    Around { checklist: Some(list.reading), ..Around::default() }
}

fn answer(item: &str, given: &str) -> Intent {
    let value = ChecklistAnswer { item: Some(row(item)), answer: text(given), ..ChecklistAnswer::default() };
    Visit::CHECKLIST_ANSWERS.add(row(given), by("ivan", "10:00"), &value)
}

#[test]
fn a_visit_with_required_items_open_is_completed_partly_only() {
    let around = checklist();
    let working = || visit(&[("ivan", VisitAct::WorkStarted)]);
    let complete = happened("new", "ivan", VisitAct::Completed, None);
    let partly = happened("new", "ivan", VisitAct::CompletedPartly, Some("немає газу"));
    let open = Why::Unanswered { items: vec![row("gas")] };
    assert_eq!(said(&around, working(), false, from_ref(&complete)), [open]);
    assert_eq!(said(&around, working(), false, &[partly]), []);
    // Nobody waits for the checklist of a visit that the office cancelled meanwhile.
    let cancelled = visit(&[("ivan", VisitAct::WorkStarted), ("olena", VisitAct::Cancelled)]);
    assert_eq!(said(&around, cancelled, false, from_ref(&complete)), []);
    assert_eq!(said(&around, working(), false, &[answer("gas", "yes"), complete]), []);
}

#[test]
fn an_answer_fits_its_item() {
    let around = checklist();
    for (item, given, fits) in [
        ("gas", "n/a", true),
        ("gas", "мабуть", false),
        ("pressure", "1.5", true),
        ("pressure", "-0.2", true),
        ("pressure", "півтора", false),
        ("pressure", "", true),
        ("gone", "anything", true),
    ] {
        let found = said(&around, visit(&[]), false, &[answer(item, given)]);
        assert_eq!(found.is_empty(), fits, "{item}: {given}: {found:?}");
    }
}

#[test]
fn an_item_to_choose_from_has_choices() {
    let item = |choices: &[&str]| {
        let item = ChecklistItem {
            answer_kind: Some(AnswerKind::OneOf),
            choices: choices.iter().map(|one| (*one).to_owned()).collect(),
            ..ChecklistItem::default()
        };
        Checklist::ITEMS.add(row("item"), by("olena", "08:00"), &item)
    };
    let list = || Sample::of(Kind::Checklist).with(Checklist::NAME.set(&"Котел".to_owned()));
    check(list(), &[item(&[])], &[Why::NoChoices]);
    check(list(), &[item(&["A", "B"])], &[]);
    let bounds = |minimum: i64, maximum: i64| {
        let (minimum, maximum) = (Some(minimum.into()), Some(maximum.into()));
        let item = ChecklistItem { minimum, maximum, ..ChecklistItem::default() };
        Checklist::ITEMS.add(row("item"), by("olena", "08:00"), &item)
    };
    check(list(), &[bounds(1, 2)], &[]);
    check(list(), &[bounds(2, 1)], &[Why::BoundsCrossed]);
}

#[test]
fn a_complaint_is_closed_with_a_cause_an_action_and_an_answer() {
    let event = |name: &str, what, mark: Option<i64>| {
        let event =
            ComplaintEvent { what: Some(what), mark: mark.and_then(Mark::new), ..ComplaintEvent::default() };
        Complaint::EVENTS.add(row(name), by("olena", "10:00"), &event)
    };
    let complaint = || Sample::of(Kind::Complaint).with(Complaint::CUSTOMER.set(&link("customer")));
    let close = event("close", ComplaintAct::Closed, None);
    let all = vec![Missing::Cause, Missing::FinishedCorrectiveAction, Missing::CustomersAnswer];
    check(complaint(), from_ref(&close), &[Why::NotClosable { missing: all }]);
    let action = ComplaintAction {
        action_kind: Some(ActionKind::Corrective),
        done: "2026-03-02".parse().ok(),
        ..ComplaintAction::default()
    };
    let ready = || {
        let words = Intent::EditText {
            field: Complaint::CAUSE.name.to_owned(),
            base_heads: Vec::new(),
            base_text: String::new(),
            new_text: "зношений підшипник".to_owned(),
        };
        complaint()
            .with(Complaint::CAUSE_CODE.set(&link("bearing")))
            .with(words)
            .with(Complaint::ACTIONS.add(row("action"), by("olena", "10:00"), &action))
            .with(event("answered", ComplaintAct::Answered, None))
    };
    check(ready(), from_ref(&close), &[Why::NotClosable { missing: vec![Missing::CustomersAnswer] }]);
    check(ready().with(event("mark", ComplaintAct::CustomerAnswered, Some(5))), &[close], &[]);
    let early = event("mark", ComplaintAct::CustomerAnswered, Some(5));
    let refused =
        Why::ComplaintStep { act: ComplaintAct::CustomerAnswered, state: ComplaintState::Registered };
    check(complaint(), &[early], &[refused]);
    check(complaint(), &[event("no", ComplaintAct::Rejected, None)], &[Why::ReasonMissing]);
}

#[test]
fn a_card_goes_its_way() {
    let card = || Sample::of(Kind::ServiceCard).with(ServiceCard::SUBJECT.set(&"Котел".to_owned()));
    let event = |what, reason: Option<&str>| {
        let event = CardEvent { what: Some(what), reason: reason.and_then(text), ..CardEvent::default() };
        ServiceCard::EVENTS.add(row("event"), by("olena", "10:00"), &event)
    };
    check(card(), &[event(CardAct::Activated, None)], &[]);
    check(card(), &[event(CardAct::Terminated, None)], &[Why::ReasonMissing]);
    let refused = Why::CardStep { act: CardAct::Completed, state: CardState::Draft };
    check(card(), &[event(CardAct::Completed, None)], &[refused]);
}

#[test]
fn a_value_no_rule_speaks_of_is_nobodys_business() {
    let unknown = Intent::Set {
        path: crate::reading::FieldPath::root("mood"),
        value: Scalar::Text("добрий".to_owned()),
    };
    check(visit(&[]), &[unknown], &[]);
}

#[test]
fn nobody_takes_administration_from_the_administrators_role() {
    let administrator = crate::rights::shipped_roles().into_iter().find(|role| role.code == "administrator");
    let administrator = administrator.unwrap();
    let intents = [Role::ADMINISTRATION.clear(), Role::SERVICE.clear()];
    let record = Sample::of(Kind::Role).with(Role::NAME.set(&"Адміністратор".to_owned()));
    let before = record.reading.clone();
    let after = intents.iter().cloned().fold(record, Sample::with).reading;
    let edit = |document| Edit {
        document,
        is_new: false,
        before: &before,
        after: &after,
        intents: &intents,
        now: Some(at("18:00")),
    };
    let Ok(found) = objections(&edit(administrator.id), &Around::default());
    assert_eq!(found.into_iter().map(|one| one.why).collect::<Vec<_>>(), [Why::AdministratorKeeps]);
    let Ok(found) = objections(&edit(id("ours")), &Around::default());
    assert_eq!(found, []);
}

#[test]
fn a_proposal_is_answered_once() {
    let at = "2026-03-02T10:00:00+02:00".parse().unwrap();
    let wish = Proposal {
        path: Some("priority".to_owned()),
        value: Some(ProposedValue { value: Scalar::Text("high".to_owned()) }),
        why: Some("зупинка лінії".to_owned()),
        decision: None,
    };
    let card = |wish| {
        Sample::of(Kind::ServiceCard).with(Common::PROPOSALS.add(
            row("wish"),
            by("technician", "09:00"),
            wish,
        ))
    };
    let answer = |accepted, who: &str| {
        let decision = Decision { accepted, by: id(who), at, answer: String::new() };
        Common::PROPOSALS.correct(row("wish"), "decision", &decision)
    };
    check(card(&wish), &[answer(true, "office")], &[]);
    let answered = || card(&wish).with(answer(true, "office"));
    let already = Why::AlreadyAnswered { accepted: true, by: id("office"), at };
    check(answered(), &[answer(true, "office")], &[]);
    check(answered(), &[answer(false, "office")], from_ref(&already));
    check(answered(), &[answer(true, "other")], &[already]);
}

#[test]
fn what_was_done_does_not_lie_ahead_and_a_plan_may() {
    let arrived = |clock| {
        let event = VisitEvent { what: Some(VisitAct::TravelStarted), ..VisitEvent::default() };
        Visit::EVENTS.add(row("event"), by("anna", clock), &event)
    };
    check(visit(&[]), &[arrived("18:15")], &[]);
    check(visit(&[]), &[arrived("18:16")], &[Why::InFuture]);
    let window = |from, to| TimeWindow::new(at(from), at(to)).unwrap();
    let worked = |period| {
        Visit::WORKS.add(
            row("work"),
            by("anna", "18:00"),
            &WorkRow { period: Some(period), ..WorkRow::default() },
        )
    };
    check(visit(&[]), &[worked(window("16:00", "18:10"))], &[]);
    check(visit(&[]), &[worked(window("16:00", "20:00"))], &[Why::InFuture]);
    check(visit(&[]), &[Visit::WINDOW.set(&window("20:00", "21:00"))], &[]);
    let complaint = Sample::of(Kind::Complaint).with(Complaint::CUSTOMER.set(&link("customer")));
    check(complaint, &[Complaint::RECEIVED_AT.set(&at("23:00"))], &[Why::InFuture]);

    // Corrected to another time ahead, it is objected to; left as it stood, it is not.
    let there = visit(&[]).with(arrived("23:00"));
    let corrected = |clock| Visit::EVENTS.correct(row("event"), "at", &at(clock));
    check(there, &[corrected("23:30")], &[Why::InFuture]);
    check(visit(&[]).with(arrived("23:00")), &[corrected("23:00")], &[]);
    check(visit(&[]).with(arrived("23:00")), &[corrected("17:00")], &[]);
}
