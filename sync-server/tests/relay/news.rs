//! Pages, cursors, offers and hints.

use halyard_domain::kind::Kind;
use halyard_domain::records::{Customer, Priority, ServiceCard, VisitAct};
use halyard_protocol::chain::ChainEnd;
use halyard_protocol::digest::{bucket_of, buckets, digests};
use halyard_protocol::hash::{EnvelopeHash, Heads};
use halyard_protocol::offer::{Held, OfferAnswer, OfferRequest};
use halyard_protocol::pull::{Entry, PullRequest};
use halyard_sync_server::relay::RelayError;

use super::world::{Tablet, World, assigned, check_same};

#[tokio::test]
async fn nothing_new_is_one_empty_page_and_the_same_cursor() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let _site = office.make_card();
    office.push_well().await;
    office.pull().await;
    let cursor = office.cursor.clone();

    let answer = office.pull_page(None).await;

    assert!(answer.complete && answer.entries.is_empty());
    assert_eq!(office.cursor, cursor);
}

#[tokio::test]
async fn pages_of_any_size_bring_the_same_while_others_write() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let mut slow = world.tablet(technician.employee).await;
    let mut visits = Vec::new();
    for _ in 0..6 {
        let site = office.make_card();
        visits.push((site, office.make_visit(site, &[technician.employee])));
    }
    office.push_well().await;

    // The slow tablet gets one entry a page; between the pages the office goes on writing.
    for (round, (site, visit)) in visits.iter().enumerate() {
        for _ in 0..3 {
            slow.pull_page(Some(1)).await;
        }
        match round % 3 {
            0 => office.edit(*visit, &[assigned(&[])]),
            1 => office.edit(site.card, &[ServiceCard::PRIORITY.set(&Priority::High)]),
            _ => {
                office.make_visit(*site, &[technician.employee]);
            }
        }
        office.push_well().await;
    }
    while !slow.pull_page(Some(1)).await.complete {}
    technician.pull().await;

    // A record that was on no page is fetched, as a device does for changes without a base.
    check_same(&slow, &technician);
}

#[tokio::test]
async fn a_cursor_opens_only_for_the_device_it_was_given_to() {
    let world = World::new().await;
    let mut one = world.tablet_of("Бондар", "dispatcher").await;
    let other = world.tablet_of("Ткач", "dispatcher").await;
    one.pull().await;

    let request = PullRequest { cursor: one.cursor.clone(), ..PullRequest::default() };
    let stolen = world.relay.pull(other.caller(), request).await;

    assert!(matches!(stolen, Err(RelayError::CursorNotValid(_))));
}

#[tokio::test]
async fn what_a_device_made_is_not_brought_back_when_it_says_it_has_it() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut colleague = world.tablet_of("Ткач", "dispatcher").await;
    let site = office.make_card();
    office.push_well().await;
    office.pull().await;
    colleague.pull().await;
    office.edit(site.card, &[ServiceCard::PRIORITY.set(&Priority::High)]);
    colleague.edit(site.card, &[ServiceCard::PRIORITY.set(&Priority::Urgent)]);
    office.push_well().await;
    colleague.push_well().await;
    let end = ChainEnd {
        incarnation: office.incarnation,
        sequence: office.sequence,
        hash: office.previous.expect("it has pushed"),
    };
    let brought = async |own| {
        let request = PullRequest { cursor: office.cursor.clone(), own, ..PullRequest::default() };
        let answer = world.relay.pull(office.caller(), request).await.unwrap();
        let [Entry::Changes(card)] = answer.entries.as_slice() else { panic!("{:?}", answer.entries) };
        assert_eq!(card.heads.as_slice().len(), 2, "the heads are told whoever made them");
        card.envelopes.iter().map(|one| one.envelope.device).collect::<Vec<_>>()
    };

    let both = [office.device, colleague.device];
    assert_eq!(brought(None).await, both, "a device that says nothing may lack them");
    assert_eq!(brought(Some(end)).await, [colleague.device]);
    let of_a_copy = ChainEnd { hash: EnvelopeHash([7; 32]), ..end };
    assert_eq!(brought(Some(of_a_copy)).await, both, "another database stands at that place");
    let ahead = ChainEnd { sequence: end.sequence + 1, ..end };
    assert_eq!(brought(Some(ahead)).await, both, "the relay does not know that end");
    let earlier = ChainEnd { incarnation: colleague.incarnation, ..end };
    assert_eq!(brought(Some(earlier)).await, both, "another life of the database");
}

#[tokio::test]
async fn an_offer_finds_what_is_missing_what_is_new_and_what_is_no_longer_seen() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    let visit = office.make_visit(site, &[technician.employee]);
    let lost = office.make_card();
    let lost_visit = office.make_visit(lost, &[technician.employee]);
    office.push_well().await;
    technician.pull().await;
    let held_before = technician.documents[&lost_visit].clone();
    office.edit(lost_visit, &[assigned(&[])]);
    office.push_well().await;
    technician.pull().await;

    // The tablet lacks the card, has work the relay lacks, and still holds what it should not.
    technician.documents.remove(&site.card);
    technician.happened(visit, VisitAct::Accepted);
    technician.documents.insert(lost_visit, held_before);
    let unsent = technician.make(Kind::Visit, &[]);
    let held: Vec<Held> = technician
        .documents
        .iter()
        .map(|(id, document)| Held { document: *id, heads: Heads::new(document.heads()) })
        .collect();
    let lists = buckets(held);
    let first = world.relay.offer(technician.caller(), OfferRequest::Digests(digests(&lists))).await.unwrap();
    let OfferAnswer::Differing { buckets: differing, .. } = first else { panic!("{first:?}") };
    let mut expected: Vec<u8> = [site.card, visit, lost_visit, unsent].map(bucket_of).into();
    expected.sort_unstable();
    expected.dedup();
    assert_eq!(differing, expected);

    let asked = lists.into_iter().filter(|list| differing.contains(&list.bucket)).collect();
    let second = world.relay.offer(technician.caller(), OfferRequest::Lists(asked)).await.unwrap();
    let OfferAnswer::Wanted { send, fetch, drop, .. } = second else { panic!("{second:?}") };
    let mut sent: Vec<_> = send.iter().map(|held| held.document).collect();
    sent.sort_unstable();
    let mut wanted = vec![visit, unsent];
    wanted.sort_unstable();
    assert_eq!(sent, wanted);
    assert!(fetch.contains(&site.card));
    assert_eq!(drop, [lost_visit]);
}

#[tokio::test]
async fn whoever_listens_hears_that_something_was_written() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut live = world.relay.live(&office.caller());
    live.mark_unchanged();

    let _customer = office.make(Kind::Customer, &[Customer::NAME.set(&"Оболонь".to_owned())]);
    let receipts = office.push_well().await;

    assert!(live.has_changed().unwrap());
    assert_eq!(Some(live.borrow_and_update().position), receipts[0].position);
}

#[tokio::test]
async fn a_relay_that_lost_its_tail_begins_a_new_epoch_and_numbers_jump() {
    let world = World::new().await;
    let (device, employee, cursor, key) = {
        let mut office = world.tablet_of("Бондар", "dispatcher").await;
        office.make_card();
        office.push_well().await;
        world
            .database()
            .execute("VACUUM INTO ?1", [world.folder.path().join("copy.db").to_str().unwrap()])
            .unwrap();
        office.make_card();
        office.push_well().await;
        office.pull().await;
        (office.device, office.employee, office.cursor.clone(), office.key.clone())
    };
    let before = world.relay.workspace(world.workspace).await.unwrap().epoch;

    let world = world.restored_from("copy.db");
    let mut office = Tablet::blank(&world, employee);
    (office.device, office.key) = (device, key);
    let request = PullRequest { cursor, ..PullRequest::default() };
    let listening = world.relay.live(&Tablet::blank(&world, employee).caller());
    let lost = world.relay.pull(office.caller(), request.clone()).await;
    let Err(RelayError::NewEpoch(epoch)) = lost else { panic!("{lost:?}") };
    assert_ne!(epoch, before);
    assert_eq!(listening.borrow().epoch, Some(epoch), "everybody is told, whatever they see");
    assert!(
        matches!(world.relay.pull(office.caller(), request).await, Err(RelayError::NewEpoch(again)) if again == epoch)
    );

    let site = office.make_card();
    let waiting = office.try_push(office.outbox.clone()).await;
    assert!(matches!(waiting, Err(RelayError::HandingOver(of)) if of == epoch), "{waiting:?}");
    let first = world.relay.pull(office.caller(), PullRequest::default()).await;
    assert!(matches!(first, Err(RelayError::HandingOver(of)) if of == epoch), "{first:?}");
    world.relay.confirm_restored(world.workspace).await.unwrap();

    office.push_well().await;
    office.pull().await;
    assert_eq!(office.number(site.card).as_deref(), Some("SC-2026-01001"));
    world.all_is_well(&world.relay.verify(world.workspace).await.unwrap());
}
