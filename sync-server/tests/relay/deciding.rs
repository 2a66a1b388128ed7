//! Who ends a dispute: whoever answers for the record, and nobody by an answer that knew of none.

use halyard_domain::id::{DocumentId, Ref, RowId};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::records::{ChecklistAnswer, Complaint, Customer, ServiceCard, Visit};
use halyard_protocol::reason::Reason;
use halyard_protocol::receipt::Outcome;
use halyard_protocol::review::Verdict;

use super::world::{Tablet, World, outcomes};

fn name(name: &str) -> Intent {
    Customer::NAME.set(&name.to_owned())
}

/// A customer for whom `responsible` answers and whom both offices called differently at the same time.
async fn disputed(responsible: &mut Tablet<'_>, other: &mut Tablet<'_>) -> DocumentId {
    let answers = Customer::RESPONSIBLE.set(&Ref::to(responsible.employee));
    let customer = responsible.make(Kind::Customer, &[name("Оболонь"), answers]);
    responsible.push_well().await;
    other.pull().await;
    responsible.edit(customer, &[name("Поділ")]);
    other.edit(customer, &[name("Троєщина")]);
    responsible.push_well().await;
    other.push_well().await;
    responsible.pull().await;
    other.pull().await;
    assert_eq!(other.reading(customer).conflicts().len(), 1);
    customer
}

#[tokio::test]
async fn the_responsible_decides_and_the_office_only_after_it_named_itself() {
    let world = World::new().await;
    let mut responsible = world.tablet_of("Бондар", "dispatcher").await;
    let mut other = world.tablet_of("Мороз", "dispatcher").await;
    let customer = disputed(&mut responsible, &mut other).await;

    other.edit(customer, &[name("Виноградар")]);
    let refused = other.push().await;
    assert_eq!(outcomes(&refused), [Outcome::Quarantined]);
    assert_eq!(refused[0].reason, Some(Reason::ConflictNotYours));

    // A reviewer who writes the office's fields may let in what was decided honestly.
    let verdict = Verdict::Accept;
    world
        .relay
        .decide_here(world.workspace, refused[0].envelope, world.administrator, verdict)
        .await
        .unwrap();
    responsible.pull().await;
    assert_eq!(responsible.reading(customer).conflicts(), []);

    let again = disputed(&mut responsible, &mut other).await;
    let takes_over = Customer::RESPONSIBLE.set(&Ref::to(other.employee));
    other.edit(again, &[takes_over, name("Виноградар")]);
    assert_eq!(outcomes(&other.push().await), [Outcome::Accepted]);
}

fn answer(tablet: &Tablet<'_>, row: &str, given: &str, after: &[&str]) -> Intent {
    let row_id = |name: &str| RowId::made_by_rule(&format!("answer/{name}"));
    let value = ChecklistAnswer {
        item: Some(RowId::made_by_rule("item")),
        answer: Some(given.to_owned()),
        note: None,
        after: after.iter().map(|one| row_id(one)).collect(),
    };
    Visit::CHECKLIST_ANSWERS.add(row_id(row), tablet.authored(), &value)
}

#[tokio::test]
async fn an_answer_that_knew_of_no_dispute_is_merged_and_ends_none() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut first = world.tablet_of("Коваль", "technician").await;
    let mut second = world.tablet_of("Шевчук", "technician").await;
    let site = office.make_card();
    let visit = office.make_visit(site, &[first.employee, second.employee]);
    office.push_well().await;
    first.pull().await;
    second.pull().await;

    first.edit(visit, &[answer(&first, "yes", "yes", &[])]);
    first.push_well().await;
    let mut third = world.tablet(first.employee).await;
    third.pull().await;
    // The second, offline, disagrees with the first; the third, offline too, changes what the first said.
    second.edit(visit, &[answer(&second, "no", "no", &[])]);
    third.edit(visit, &[answer(&third, "n/a", "n/a", &["yes"])]);
    second.push_well().await;
    assert_eq!(outcomes(&third.push().await), [Outcome::Accepted]);

    // Now the dispute is known, and is not ended by taking the place of the other's answer.
    third.pull().await;
    third.edit(visit, &[answer(&third, "own", "n/a", &["no"])]);
    let refused = third.push().await;
    assert_eq!(outcomes(&refused), [Outcome::Quarantined]);
    assert_eq!(refused[0].reason, Some(Reason::ConflictNotYours));
}

fn answers_for(tablet: &Tablet<'_>) -> Intent {
    ServiceCard::RESPONSIBLE.set(&Ref::to(tablet.employee))
}

fn serial(serial: &str) -> Intent {
    Complaint::SERIAL.set(&serial.to_owned())
}

/// A complaint about which both offices wrote differently at the same time, under a card `responsible`
/// answers for.
async fn disputed_complaint(
    responsible: &mut Tablet<'_>,
    other: &mut Tablet<'_>,
) -> (DocumentId, DocumentId) {
    let site = responsible.make_card();
    responsible.edit(site.card, &[answers_for(responsible)]);
    let under = [Complaint::CARD.set(&Ref::to(site.card)), Complaint::CUSTOMER.set(&Ref::to(site.customer))];
    let complaint = responsible.make(Kind::Complaint, &under);
    responsible.push_well().await;
    other.pull().await;
    responsible.edit(complaint, &[serial("БК-1")]);
    other.edit(complaint, &[serial("БК-7")]);
    responsible.push_well().await;
    other.push_well().await;
    responsible.pull().await;
    other.pull().await;
    assert_eq!(other.reading(complaint).conflicts().len(), 1);
    (site.card, complaint)
}

#[tokio::test]
async fn who_is_responsible_is_asked_as_of_each_envelope_of_a_push() {
    let (yes, no) = (Outcome::Accepted, Outcome::Quarantined);
    let world = World::new().await;
    let mut responsible = world.tablet_of("Бондар", "dispatcher").await;
    let mut other = world.tablet_of("Мороз", "dispatcher").await;

    // Named on the card first, decided on its complaint then: in one push as in two.
    let (card, complaint) = disputed_complaint(&mut responsible, &mut other).await;
    other.edit(card, &[answers_for(&other)]);
    other.edit(complaint, &[serial("БК-4")]);
    assert_eq!(outcomes(&other.push().await), [yes, yes]);

    // Decided first and named after it: the decision came too early.
    let (card, complaint) = disputed_complaint(&mut responsible, &mut other).await;
    other.edit(complaint, &[serial("БК-4")]);
    other.edit(card, &[answers_for(&other)]);
    let receipts = other.push().await;
    assert_eq!(outcomes(&receipts), [no, yes]);
    assert_eq!(receipts[0].reason, Some(Reason::ConflictNotYours));

    // Given away first: who answered before does not decide any more.
    let (card, complaint) = disputed_complaint(&mut responsible, &mut other).await;
    responsible.edit(card, &[answers_for(&other)]);
    responsible.edit(complaint, &[serial("БК-4")]);
    let receipts = responsible.push().await;
    assert_eq!(outcomes(&receipts), [yes, no]);
    assert_eq!(receipts[1].reason, Some(Reason::ConflictNotYours));
}

#[tokio::test]
async fn a_record_moved_to_a_card_is_judged_by_that_card() {
    let (yes, no) = (Outcome::Accepted, Outcome::Quarantined);
    let world = World::new().await;
    let mut responsible = world.tablet_of("Бондар", "dispatcher").await;
    let mut other = world.tablet_of("Мороз", "dispatcher").await;
    let moved_to = |card| Complaint::CARD.set(&Ref::to(card));

    // A card nothing else of the push touches, and for which the mover answers.
    let (_, complaint) = disputed_complaint(&mut responsible, &mut other).await;
    let third = other.make_card().card;
    other.edit(third, &[answers_for(&other)]);
    other.push_well().await;
    other.edit(complaint, &[moved_to(third)]);
    other.edit(complaint, &[serial("БК-4")]);
    assert_eq!(outcomes(&other.push().await), [yes, yes]);

    // The other way round: moved away from the card one answers for, in one push as in two.
    for in_one_push in [true, false] {
        let (_, complaint) = disputed_complaint(&mut responsible, &mut other).await;
        responsible.edit(complaint, &[moved_to(third)]);
        if !in_one_push {
            responsible.push_well().await;
        }
        responsible.edit(complaint, &[serial("БК-4")]);
        let receipts = responsible.push().await;
        let decision = receipts.last().unwrap();
        assert_eq!((decision.outcome, decision.reason.as_ref()), (no, Some(&Reason::ConflictNotYours)));

        // Whoever lets it in has to be able to, by the card it lies under now.
        let envelope = decision.envelope;
        let accepted = world.relay.decide_here(world.workspace, envelope, other.employee, Verdict::Accept);
        assert_eq!(outcomes(&accepted.await.unwrap().receipts), [yes]);
    }
}

#[tokio::test]
async fn what_a_device_gave_away_it_does_not_decide_later_as_if_it_had_not_heard() {
    let (yes, no) = (Outcome::Accepted, Outcome::Quarantined);
    let world = World::new().await;
    let mut responsible = world.tablet_of("Бондар", "dispatcher").await;
    let mut other = world.tablet_of("Мороз", "dispatcher").await;

    // The card of a complaint, given away in an earlier push; the device presented no cursor since.
    let (card, complaint) = disputed_complaint(&mut responsible, &mut other).await;
    let mut second = world.tablet(responsible.employee).await;
    second.pull().await;
    responsible.edit(card, &[answers_for(&other)]);
    responsible.push_well().await;
    responsible.edit(complaint, &[serial("БК-4")]);
    let receipts = responsible.push().await;
    assert_eq!(outcomes(&receipts), [no]);
    assert_eq!(receipts[0].reason, Some(Reason::ConflictNotYours));

    // Another device of the same person, offline since before, could not know.
    second.edit(complaint, &[serial("БК-9")]);
    assert_eq!(outcomes(&second.push().await), [yes]);

    // Nor could somebody whose card another gave away.
    let (card, complaint) = disputed_complaint(&mut responsible, &mut other).await;
    other.edit(card, &[answers_for(&other)]);
    other.push_well().await;
    responsible.edit(complaint, &[serial("БК-4")]);
    assert_eq!(outcomes(&responsible.push().await), [yes]);

    // A record that names its responsible itself, in one push as in two.
    let gives_away = Customer::RESPONSIBLE.set(&Ref::to(other.employee));
    for in_one_push in [true, false] {
        let customer = disputed(&mut responsible, &mut other).await;
        responsible.edit(customer, std::slice::from_ref(&gives_away));
        if !in_one_push {
            responsible.push_well().await;
        }
        responsible.edit(customer, &[name("Виноградар")]);
        let receipts = responsible.push().await;
        let decision = receipts.last().unwrap();
        assert_eq!((decision.outcome, decision.reason.as_ref()), (no, Some(&Reason::ConflictNotYours)));
    }
}
