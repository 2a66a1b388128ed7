//! Every envelope gets one answer, and the answer is never forgotten.

use halyard_domain::kind::Kind;
use halyard_domain::records::{Customer, Priority, ServiceCard, Visit, VisitAct};
use halyard_protocol::envelope::Chunk;
use halyard_protocol::hash::{ChangeHash, Generation};
use halyard_protocol::keys::PublicKey;
use halyard_protocol::reason::{Malformation, Reason};
use halyard_protocol::receipt::Outcome;
use halyard_protocol::review::Verdict;
use halyard_protocol::signed::Signed;
use halyard_records::seed::seeds_of;
use halyard_sync_server::relay::RelayError;

use super::world::{World, outcomes};

#[tokio::test]
async fn accepted_work_reaches_the_office_database_and_other_devices() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut other = world.tablet_of("Ткач", "dispatcher").await;
    other.pull().await;

    let customer = office.make(Kind::Customer, &[Customer::NAME.set(&"Оболонь".to_owned())]);
    let receipts = office.push_well().await;
    other.pull().await;

    assert_eq!(other.reading(customer), office.reading(customer));
    let relay = PublicKey::of(&ed25519_dalek::SigningKey::from_bytes(
        &world.relay.workspace(world.workspace).await.unwrap().signing_seed,
    ));
    assert_eq!(receipts[0].verify(&relay), Ok(()));
    let name: String = world
        .database()
        .query_row("SELECT name FROM customer WHERE id = ?1", [customer.as_bytes()], |row| row.get(0))
        .unwrap();
    assert_eq!(name, "Оболонь");
}

#[tokio::test]
async fn a_repeat_gets_its_stored_receipt_and_changes_nothing() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let _site = office.make_card();
    let envelopes = office.outbox.clone();
    let first = office.push_well().await;
    let head = world.relay.workspace(world.workspace).await.unwrap().head;

    world.wait_ms(1000);
    let again = office.try_push(envelopes).await.unwrap();

    assert_eq!(again.receipts, first);
    assert_eq!(world.relay.workspace(world.workspace).await.unwrap().head, head);
}

#[tokio::test]
async fn a_push_that_follows_on_may_leave_out_its_previous() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let site = office.make_card();
    office.push_well().await;
    office.edit(site.card, &[ServiceCard::PRIORITY.set(&Priority::High)]);
    let mut envelopes = std::mem::take(&mut office.outbox);
    envelopes[0].previous = None;

    let answer = office.try_push(envelopes).await.unwrap();

    assert_eq!(outcomes(&answer.receipts), [Outcome::Accepted]);
}

#[tokio::test]
async fn where_the_chain_does_not_hold_the_relay_stops_and_says_what_it_holds() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let _site = office.make_card();
    let lost = office.outbox.remove(1);
    let answer = office.try_push(office.outbox.clone()).await.unwrap();
    assert_eq!(outcomes(&answer.receipts), [Outcome::Accepted]);
    assert_eq!(answer.chain.map(|end| end.sequence), Some(1));

    let after_the_gap = office.outbox.split_off(1);
    let broken = office.try_push(after_the_gap.clone()).await;
    assert!(matches!(broken, Err(RelayError::ChainBroken(Some(end))) if end.sequence == 1));

    let whole = [vec![lost], after_the_gap].concat();
    assert_eq!(outcomes(&office.try_push(whole).await.unwrap().receipts), [Outcome::Accepted; 2]);
}

#[tokio::test]
async fn work_outside_the_rights_is_kept_for_the_office_and_what_stands_on_it_waits() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    let visit = office.make_visit(site, &[technician.employee]);
    office.push_well().await;
    technician.pull().await;

    technician.happened(visit, VisitAct::Accepted);
    technician.edit(site.card, &[ServiceCard::PRIORITY.set(&Priority::High)]);
    technician.edit(site.card, &[ServiceCard::SUBJECT.set(&"Котел".to_owned())]);
    technician.happened(visit, VisitAct::TravelStarted);
    let receipts = technician.push().await;

    assert_eq!(
        outcomes(&receipts),
        [Outcome::Accepted, Outcome::Quarantined, Outcome::Blocked, Outcome::Accepted]
    );
    assert_eq!(receipts[1].reason, Some(Reason::NotAllowed));
    assert_eq!(receipts[1].path.as_deref(), Some("priority"));
    assert_eq!(receipts[2].reason, Some(Reason::Behind { envelope: receipts[1].envelope }));
    office.pull().await;
    assert!(office.reading(site.card).value("priority").is_null());
    world.all_is_well(&world.relay.verify(world.workspace).await.unwrap());
}

#[tokio::test]
async fn a_later_push_is_blocked_behind_stored_quarantine_and_brings_its_work_anew() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    let visit = office.make_visit(site, &[technician.employee]);
    office.push_well().await;
    technician.pull().await;
    let whole = technician.documents[&visit].clone();

    technician.edit(visit, &[Visit::PINNED.set(&true)]);
    let refused = technician.push().await;
    assert_eq!(outcomes(&refused), [Outcome::Quarantined]);
    technician.happened(visit, VisitAct::Accepted);
    let blocked = technician.push().await;
    assert_eq!(outcomes(&blocked), [Outcome::Blocked]);

    // The device rebuilds the record without both and makes its work anew, by a new actor.
    technician.documents.insert(visit, whole);
    technician.happened(visit, VisitAct::Accepted);
    let anew = technician.outbox.pop().unwrap();
    technician.sequence -= 1;
    technician.previous = Some(blocked[0].envelope);
    let anew = technician.seal_with(visit, Kind::Visit, anew.changes, vec![blocked[0].envelope]);
    technician.outbox.push(anew);
    technician.push_well().await;

    // Accepting the refused one does not bring the replaced one back.
    world
        .relay
        .decide_here(world.workspace, refused[0].envelope, world.administrator, Verdict::Accept)
        .await
        .unwrap();
    office.pull().await;
    let reading = office.reading(visit);
    assert_eq!(reading.rows("events").len(), 1);
    assert_eq!(reading.value("pinned"), &halyard_domain::value::Scalar::Bool(true));
    world.all_is_well(&world.relay.verify(world.workspace).await.unwrap());
}

#[tokio::test]
async fn what_replaces_merged_work_is_stale() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let site = office.make_card();
    let merged = office.push_well().await;
    office.edit(site.card, &[ServiceCard::PRIORITY.set(&Priority::High)]);
    let edit = office.outbox.pop().unwrap();
    (office.sequence, office.previous) = (3, Some(merged[2].envelope));
    let replacing = office.seal_with(site.card, Kind::ServiceCard, edit.changes, vec![merged[2].envelope]);
    office.outbox.push(replacing);

    let receipts = office.push().await;

    assert_eq!(outcomes(&receipts), [Outcome::Stale]);
    assert_eq!(receipts[0].reason, Some(Reason::ReplacedWasMerged { envelope: merged[2].envelope }));
}

#[tokio::test]
async fn what_was_made_on_an_older_generation_is_stale_and_says_which_there_is() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let site = office.make_card();
    office.push_well().await;
    let replaced = "UPDATE document SET generation = 2 WHERE document_id = ?1";
    world.database().execute(replaced, [site.card.as_bytes()]).unwrap();
    office.edit(site.card, &[ServiceCard::PRIORITY.set(&Priority::High)]);

    let receipts = office.push().await;

    assert_eq!(outcomes(&receipts), [Outcome::Stale]);
    assert_eq!(receipts[0].reason, Some(Reason::OlderGeneration { present: Generation(2) }));
    assert_eq!(receipts[0].position, None, "it is kept, and merged with nothing");
}

#[tokio::test]
async fn unknown_dependencies_and_kinds_are_deferred_and_use_their_sequence() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let site = office.make_card();
    office.push_well().await;
    office.edit(site.card, &[ServiceCard::PRIORITY.set(&Priority::High)]);
    office.edit(site.card, &[ServiceCard::PRIORITY.set(&Priority::Low)]);
    let missing = office.outbox.remove(0).changes.remove(0);
    let standing_on_it = office.outbox.remove(0).changes;
    let held = office.try_push(Vec::new()).await.unwrap().chain.unwrap();
    (office.sequence, office.previous) = (held.sequence, Some(held.hash));
    let orphan = office.seal(site.card, Kind::ServiceCard, standing_on_it.clone());
    let mut spaceship = office.seal(world.id(), Kind::Customer, standing_on_it.clone());
    spaceship.kind = "spaceship".to_owned().try_into().unwrap();
    office.previous = Some(spaceship.sign(&office.key).unwrap());

    let answer = office.try_push(vec![orphan, spaceship]).await.unwrap();

    assert_eq!(outcomes(&answer.receipts), [Outcome::Deferred; 2]);
    assert_eq!(answer.receipts[0].reason, Some(Reason::UnknownDependency { change: missing.hash() }));
    assert_eq!(answer.receipts[1].reason, Some(Reason::NewerSchema));

    // Sent again in a new envelope once what it needs is there.
    let both = [vec![missing], standing_on_it].concat();
    let again = office.seal(site.card, Kind::ServiceCard, both);
    office.outbox.push(again);
    office.push_well().await;
}

#[tokio::test]
async fn changes_brought_twice_are_accepted_again_with_their_first_position() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let customer = office.make(Kind::Customer, &[Customer::NAME.set(&"Оболонь".to_owned())]);
    let changes = office.outbox[0].changes.clone();
    let first = office.push_well().await;
    let head = world.relay.workspace(world.workspace).await.unwrap().head;

    let again = office.seal(customer, Kind::Customer, changes);
    office.outbox.push(again);
    let second = office.push_well().await;

    assert_eq!(second[0].position, first[0].position);
    assert_eq!(world.relay.workspace(world.workspace).await.unwrap().head, head);
}

#[tokio::test]
async fn bytes_no_app_writes_are_malformed_and_leave_the_record_alone() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut other = world.tablet_of("Ткач", "dispatcher").await;
    let site = office.make_card();
    office.push_well().await;
    other.pull().await;
    other.edit(site.card, &[ServiceCard::PRIORITY.set(&Priority::High)]);
    let anothers = other.outbox[0].changes.clone();
    let heads: Vec<ChangeHash> = office.documents[&site.card].heads();

    let wrong_seed = vec![Chunk(seeds_of(Kind::Visit)[0].bytes.clone())];
    let mut forged = office.seal(site.card, Kind::ServiceCard, anothers.clone());
    forged.signature = halyard_protocol::keys::Signature([9; 64]);
    let envelopes = vec![
        forged,
        office.seal(site.card, Kind::ServiceCard, vec![Chunk(b"nonsense".to_vec())]),
        office.seal(site.card, Kind::ServiceCard, anothers),
        office.seal(site.card, Kind::ServiceCard, wrong_seed.clone()),
        office.seal(site.card, Kind::Visit, wrong_seed),
        office.seal(site.card, Kind::ServiceCard, Vec::new()),
    ];
    let answer = office.try_push(envelopes).await.unwrap();

    let reasons: Vec<_> = answer.receipts.into_iter().map(|receipt| receipt.reason).collect();
    let expected = [
        Malformation::Signature,
        Malformation::Chunk,
        Malformation::Actor,
        Malformation::Kind,
        Malformation::Kind,
        Malformation::Changes,
    ];
    assert_eq!(reasons, expected.map(|what| Some(Reason::Malformed(what))));
    other.documents.clear();
    other.cursor = None;
    other.pull().await;
    let number_aside = other.reading(site.card);
    assert!(number_aside.value("priority").is_null());
    assert!(heads.iter().all(|head| other.documents[&site.card].has(*head)));
    world.all_is_well(&world.relay.verify(world.workspace).await.unwrap());
}

#[tokio::test]
async fn an_envelope_in_anothers_name_moves_nobodys_chain() {
    let world = World::new().await;
    let mut victim = world.tablet_of("Бондар", "dispatcher").await;
    let thief = world.tablet_of("Ткач", "dispatcher").await;
    let _site = victim.make_card();

    let stolen = world
        .relay
        .push(
            thief.caller(),
            halyard_protocol::push::PushRequest { envelopes: victim.outbox.clone(), ..Default::default() },
        )
        .await
        .unwrap();

    assert!(stolen.receipts.iter().all(|one| one.reason == Some(Reason::Malformed(Malformation::Address))));
    assert_eq!(stolen.chain, None);
    victim.push_well().await;
}

#[tokio::test]
async fn heads_that_many_wrote_apart_are_joined_and_nobody_is_refused() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let site = office.make_card();
    office.push_well().await;
    let whole = office.documents[&site.card].clone();

    // Forty edits, none of which knows of another.
    for at in 0..40 {
        office.documents.insert(site.card, whole.clone());
        office.edit(site.card, &[ServiceCard::SUBJECT.set(&format!("Котел {at}"))]);
    }
    office.push_well().await;
    let mut reader = world.tablet_of("Ткач", "dispatcher").await;
    reader.pull().await;

    assert!(reader.documents[&site.card].heads().len() <= 32);
    assert_eq!(reader.reading(site.card).cell("subject").unwrap().alternatives.len(), 40);
    world.all_is_well(&world.relay.verify(world.workspace).await.unwrap());
}

#[tokio::test]
async fn a_long_day_on_one_record_arrives_in_order() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let site = office.make_card();
    for at in 0..130 {
        office.edit(site.card, &[ServiceCard::SUBJECT.set(&format!("Котел {at}"))]);
    }

    let receipts = office.push_well().await;

    let positions: Vec<_> = receipts.iter().map(|receipt| receipt.position.unwrap()).collect();
    assert!(positions.is_sorted());
    let mut reader = world.tablet_of("Ткач", "dispatcher").await;
    reader.pull().await;
    assert_eq!(reader.reading(site.card).value("subject").as_text(), Some("Котел 129"));
    assert_eq!(reader.number(site.card).as_deref(), Some("SC-2026-00001"));
}
