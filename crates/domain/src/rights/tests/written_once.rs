//! Rows that never change: answers to a checklist, signatures, wishes.

use super::role;
use super::writing::{check, verdict, visit};
use crate::intent::Intent;
use crate::reading::FieldPath;
use crate::record::Withdrawal;
use crate::records::values::{Decision, ProposedValue};
use crate::records::{ChecklistAnswer, Common, Proposal, Signature, Visit};
use crate::rights::{Access, Responsible, Writer};
use crate::sample::{Sample, at, by, id, row};
use crate::value::Scalar;

#[test]
fn an_answer_that_ends_a_disagreement_is_given_by_the_responsible() {
    let (technician, dispatcher) = (role("technician"), role("dispatcher"));
    let answer = |after: &[&str], name| {
        let after = after.iter().map(|one| row(one)).collect();
        let value =
            ChecklistAnswer { item: Some(row("item")), answer: Some("yes".into()), after, note: None };
        Visit::CHECKLIST_ANSWERS.add(row("new"), by(name, "10:00"), &value)
    };
    let given = |visit: Sample, name: &str, who: &str, text: &str| {
        let value =
            ChecklistAnswer { item: Some(row("item")), answer: Some(text.into()), ..Default::default() };
        visit.with(Visit::CHECKLIST_ANSWERS.add(row(name), by(who, "09:00"), &value))
    };
    let apart = || given(given(visit(), "one", "Andrii", "yes"), "two", "Bohdan", "no");
    check(&visit(), "Andrii", &technician, answer(&[], "Andrii"), "ok");
    let once = given(visit(), "two", "Bohdan", "no");
    check(&once, "Andrii", &technician, answer(&["two"], "Andrii"), "ok");
    let agreed = given(given(visit(), "one", "Andrii", "yes"), "two", "Bohdan", "yes");
    check(&agreed, "Andrii", &technician, answer(&["one", "two"], "Andrii"), "ok");
    check(&apart(), "Andrii", &technician, answer(&["one", "two"], "Andrii"), "not_yours_to_decide");
    // A second thought about one's own answer decides nothing; taking the other's place would.
    check(&apart(), "Andrii", &technician, answer(&["one"], "Andrii"), "ok");
    check(&apart(), "Andrii", &technician, answer(&["two"], "Andrii"), "not_yours_to_decide");
    let lead = Writer {
        responsible: Responsible::Writer,
        ..Writer::of(&apart().reading, id("Andrii"), &technician, true)
    };
    assert_eq!(verdict(&lead, &apart().reading, &[answer(&["one", "two"], "Andrii")]), "ok");
    check(&apart(), "Olena", &dispatcher, answer(&["one", "two"], "Olena"), "not_yours");
    // Nor can it take the place of what answers something else, or of nothing.
    let elsewhere = ChecklistAnswer { item: Some(row("other")), ..Default::default() };
    let elsewhere = visit().with(Visit::CHECKLIST_ANSWERS.add(row("one"), by("Bohdan", "09:00"), &elsewhere));
    check(&elsewhere, "Andrii", &technician, answer(&["one"], "Andrii"), "not_canonical");
    check(&visit(), "Andrii", &technician, answer(&["new"], "Andrii"), "not_canonical");
}

#[test]
fn what_was_signed_answered_or_wished_for_never_changes() {
    let technician = role("technician");
    let signature = Signature { name: Some("Шевчук".into()), ..Default::default() };
    let signed = visit().with(Visit::SIGNATURES.add(row("sign"), by("Andrii", "10:00"), &signature));
    let other = |column: &str| Visit::SIGNATURES.correct(row("sign"), column, &"Інша".to_owned());
    check(&signed, "Andrii", &technician, other("name"), "fixed");
    check(&signed, "Andrii", &technician, other("position"), "fixed");
    let take_back = Withdrawal { by: id("Andrii"), at: at("11:00"), why: "не той аркуш".into() };
    check(&signed, "Andrii", &technician, Visit::SIGNATURES.withdraw(row("sign"), &take_back), "ok");

    let given = ChecklistAnswer { item: Some(row("item")), answer: Some("no".into()), ..Default::default() };
    let answered = visit().with(Visit::CHECKLIST_ANSWERS.add(row("one"), by("Andrii", "10:00"), &given));
    let change = |column: &str, value: Scalar| Intent::Set {
        path: FieldPath::column("checklist_answers", row("one"), column),
        value,
    };
    check(&answered, "Andrii", &technician, change("answer", Scalar::Text("yes".into())), "fixed");
    check(&answered, "Andrii", &technician, change("after", Scalar::Text("[]".into())), "fixed");
}

fn wish(path: &str, value: Scalar) -> Proposal {
    let value = Some(ProposedValue { value });
    Proposal {
        path: Some(path.to_owned()), value, why: Some("замовник просив".into()), decision: None
    }
}

#[test]
fn whoever_sees_a_record_may_wish_and_the_owner_of_the_field_decides() {
    let (technician, dispatcher) = (role("technician"), role("dispatcher"));
    let stranger = Access::default();
    let add = |name, path, value| Common::PROPOSALS.add(row("wish"), by(name, "10:00"), &wish(path, value));
    let yes = || Scalar::Bool(true);
    check(&visit(), "Yurii", &stranger, add("Yurii", "pinned", yes()), "ok");
    check(&visit(), "Yurii", &stranger, add("Yurii", "pinned", Scalar::Text("так".into())), "not_canonical");
    check(&visit(), "Yurii", &stranger, add("Yurii", "mood", yes()), "not_canonical");

    let wished = visit().with(add("Andrii", "pinned", yes()));
    let decide = |name, value| {
        let decision = Decision { accepted: value, by: id(name), at: at("11:00"), answer: String::new() };
        Common::PROPOSALS.correct(row("wish"), "decision", &decision)
    };
    check(&wished, "Olena", &dispatcher, decide("Olena", true), "ok");
    check(&wished, "Olena", &dispatcher, decide("Andrii", true), "anothers_name");
    check(&wished, "Andrii", &technician, decide("Andrii", true), "not_yours");
    let reword = Common::PROPOSALS.correct(row("wish"), "why", &"дуже треба".to_owned());
    check(&wished, "Andrii", &technician, reword, "fixed");
    let take_back = |name| {
        let withdrawal = Withdrawal { by: id(name), at: at("11:00"), why: "передумав".into() };
        Common::PROPOSALS.withdraw(row("wish"), &withdrawal)
    };
    check(&wished, "Andrii", &technician, take_back("Andrii"), "ok");
    check(&wished, "Yurii", &stranger, take_back("Yurii"), "anothers_row");
}
