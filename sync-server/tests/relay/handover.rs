//! What a restored relay takes over, and what it does not.

use ed25519_dalek::SigningKey;
use halyard_domain::id::IncarnationId;
use halyard_domain::kind::Kind;
use halyard_domain::records::Customer;
use halyard_protocol::envelope::{Envelope, relay_device, relay_employee};
use halyard_protocol::push::{PushAnswer, PushRequest};
use halyard_protocol::reason::{Malformation, Reason};
use halyard_protocol::receipt::{Outcome, Receipted};
use halyard_protocol::signed::Signed;
use halyard_sync_server::relay::Caller;

use super::world::{Tablet, World, outcomes};

/// A relay that lost everything done in `work`, the tablet it was done on, and what that holds of it.
async fn after_a_loss(
    role: &str,
    work: impl FnOnce(&mut Tablet<'_>),
) -> (World, Caller, Vec<Receipted<Envelope>>) {
    let world = World::new().await;
    let (caller, handed) = {
        let mut tablet = world.tablet_of("Бондар", role).await;
        let copy = world.folder.path().join("copy.db");
        world.database().execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
        work(&mut tablet);
        let envelopes = tablet.outbox.clone();
        let receipts = tablet.push().await;
        let receipted = |(envelope, receipt): (Envelope, halyard_protocol::receipt::Receipt)| Receipted {
            receipt: receipt.stamp(),
            envelope,
        };
        (tablet.caller(), envelopes.into_iter().zip(receipts).map(receipted).collect())
    };
    let world = world.restored_from("copy.db");
    world.relay.begin_restored(world.workspace).await.unwrap();
    (world, caller, handed)
}

async fn hand_over(world: &World, caller: Caller, handed: &[Receipted<Envelope>]) -> PushAnswer {
    let request = PushRequest { handover: handed.to_vec(), ..PushRequest::default() };
    world.relay.push(caller, request).await.unwrap()
}

fn named(tablet: &mut Tablet<'_>, name: &str) {
    tablet.make(Kind::Customer, &[Customer::NAME.set(&name.to_owned())]);
}

#[tokio::test]
async fn what_was_accepted_is_merged_again_once_however_often_it_comes() {
    let (world, caller, handed) = after_a_loss("dispatcher", |tablet| {
        named(tablet, "Оболонь");
        named(tablet, "Поділ");
    })
    .await;
    let first = hand_over(&world, caller, &handed).await;
    assert_eq!(outcomes(&first.receipts), [Outcome::Accepted; 2]);
    let present = world.relay.workspace(world.workspace).await.unwrap();
    assert!(first.receipts.iter().all(|receipt| receipt.epoch == present.epoch));
    assert_eq!(first.chain.map(|end| end.sequence), Some(2));

    let again = hand_over(&world, caller, &handed).await;
    assert_eq!(again.receipts, first.receipts);
    assert_eq!(world.relay.workspace(world.workspace).await.unwrap().head, present.head);
    world.all_is_well(&world.relay.verify(world.workspace).await.unwrap());
}

#[tokio::test]
async fn what_waited_for_a_decision_waits_again() {
    // A technician makes no customers: the office decides.
    let (world, caller, handed) = after_a_loss("technician", |tablet| named(tablet, "Оболонь")).await;
    let answer = hand_over(&world, caller, &handed).await;
    assert_eq!(outcomes(&answer.receipts), [Outcome::Quarantined]);
    let waiting = world.relay.queue(world.workspace).await.unwrap();
    assert_eq!(waiting.iter().map(|one| &one.header).collect::<Vec<_>>(), [&handed[0].envelope.header()]);
}

#[tokio::test]
async fn a_receipt_the_relay_did_not_sign_brings_nothing() {
    let (world, caller, mut handed) = after_a_loss("technician", |tablet| named(tablet, "Оболонь")).await;
    let mut forged = handed[0].whole_receipt().unwrap();
    (forged.outcome, forged.reason) = (Outcome::Accepted, None);
    forged.sign(&SigningKey::from_bytes(&[66; 32])).unwrap();
    handed[0].receipt = forged.stamp();

    let answer = hand_over(&world, caller, &handed).await;
    assert_eq!(answer.receipts[0].reason, Some(Reason::Malformed(Malformation::Signature)));
    assert_eq!(answer.chain, None);
    let customers = world.relay.records_of(world.workspace, Kind::Customer).await.unwrap();
    assert_eq!(customers.len(), 0);
}

#[tokio::test]
async fn a_gap_that_others_leave_is_closed_by_the_device_itself() {
    let (world, caller, handed) = after_a_loss("dispatcher", |tablet| {
        named(tablet, "Оболонь");
        named(tablet, "Поділ");
    })
    .await;
    // Somebody else has seen only the second.
    let answer = hand_over(&world, caller, &handed[1..]).await;
    assert_eq!((outcomes(&answer.receipts), answer.chain), (vec![Outcome::Accepted], None));
    world.relay.confirm_restored(world.workspace).await.unwrap();

    // The answer to the first never reached its device, which sends both as ordinary work.
    let envelopes = handed.iter().map(|one| one.envelope.clone()).collect();
    let answer = world.relay.push(caller, PushRequest { envelopes, ..PushRequest::default() }).await.unwrap();
    assert_eq!(outcomes(&answer.receipts), [Outcome::Accepted; 2]);
    assert_eq!(answer.chain.map(|end| end.sequence), Some(2));
    world.all_is_well(&world.relay.verify(world.workspace).await.unwrap());
}

#[tokio::test]
async fn nobody_moves_a_chain_by_handing_over_what_was_refused_in_its_name() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    office.make_card();
    office.push_well().await;
    let mut stranger = world.tablet_of("Мороз", "technician").await;
    named(&mut stranger, "Оболонь");
    let written = stranger.outbox.remove(0);

    // The relay signs its refusal of what is written in the name of others, and of what it signed nothing for.
    let (incarnation, sequence) = world
        .database()
        .query_row("SELECT incarnation, relay_sequence FROM workspace", [], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?))
        })
        .unwrap();
    let of_office = Envelope {
        device: office.device,
        employee: office.employee,
        incarnation: office.incarnation,
        sequence: office.sequence + 1,
        ..written.clone()
    };
    let of_relay = Envelope {
        device: relay_device(world.workspace),
        employee: relay_employee(),
        incarnation: IncarnationId::from_slice(&incarnation).unwrap(),
        sequence: u64::try_from(sequence).unwrap() + 1,
        ..written
    };
    let forged = vec![of_office, of_relay];
    let refused = stranger.try_push(forged.clone()).await.unwrap().receipts;
    assert_eq!(outcomes(&refused), [Outcome::Malformed; 2]);

    let handed: Vec<_> = forged
        .into_iter()
        .zip(refused)
        .map(|(envelope, receipt)| Receipted { envelope, receipt: receipt.stamp() })
        .collect();
    let answer = hand_over(&world, stranger.caller(), &handed).await;
    assert_eq!(outcomes(&answer.receipts), [Outcome::Malformed; 2]);

    // Both chains go on: the office's with its next card, the relay's with the number it gives.
    office.make_card();
    office.push_well().await;
    world.all_is_well(&world.relay.verify(world.workspace).await.unwrap());
}
