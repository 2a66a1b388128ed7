//! What a restored relay takes over, and what it does not.

use ed25519_dalek::SigningKey;
use halyard_domain::kind::Kind;
use halyard_domain::records::Customer;
use halyard_protocol::envelope::Envelope;
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
