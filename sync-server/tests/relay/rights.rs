//! Rights in time, and what the office decides about work outside of them.

use halyard_domain::kind::Kind;
use halyard_domain::records::{Priority, ServiceCard, VisitAct};
use halyard_domain::rights::shipped_roles;
use halyard_protocol::enrol::Standing;
use halyard_protocol::reason::Reason;
use halyard_protocol::receipt::{Outcome, Receipt};
use halyard_protocol::review::Verdict;
use halyard_sync_server::relay::{RelayError, ReviewError};

use super::world::{DAY_MS, World, assigned, outcomes};

#[tokio::test]
async fn work_begun_before_the_visit_was_given_to_another_is_merged() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut first = world.tablet_of("Коваль", "technician").await;
    let mut second = world.tablet_of("Шевчук", "technician").await;
    let site = office.make_card();
    let visit = office.make_visit(site, &[first.employee]);
    office.push_well().await;
    // The news were given, and the tablet went offline before it could show that it has them.
    assert!(first.pull_page(None).await.complete);

    // Offline, the visit is begun while the office gives it to somebody else.
    first.happened(visit, VisitAct::Accepted);
    office.edit(visit, &[assigned(&[second.employee])]);
    office.push_well().await;
    first.push_well().await;
    second.pull().await;
    assert_eq!(second.reading(visit).rows("events").len(), 1);

    // Whoever wrote in a visit keeps it in sight and keeps writing in it.
    first.pull().await;
    assert!(first.holds(visit));
    first.happened(visit, VisitAct::TravelStarted);
    first.push_well().await;
}

#[tokio::test]
async fn a_right_that_was_lost_is_honoured_for_a_fortnight_and_not_longer() {
    for (days, expected) in [(13, Outcome::Accepted), (15, Outcome::Quarantined)] {
        let world = World::new().await;
        let mut office = world.tablet_of("Бондар", "dispatcher").await;
        let mut technician = world.tablet_of("Коваль", "technician").await;
        let site = office.make_card();
        let visit = office.make_visit(site, &[technician.employee]);
        office.push_well().await;
        technician.pull().await;
        technician.happened(visit, VisitAct::Accepted);
        office.edit(visit, &[assigned(&[])]);
        office.push_well().await;

        world.wait_ms(days * DAY_MS);
        let receipts = technician.push().await;

        assert_eq!(outcomes(&receipts), [expected], "after {days} days");
    }
}

#[tokio::test]
async fn nobody_back_dates_past_news_they_have_received() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    let visit = office.make_visit(site, &[technician.employee]);
    office.push_well().await;
    technician.pull().await;
    let kept = technician.documents.clone();
    office.edit(visit, &[assigned(&[])]);
    office.push_well().await;
    technician.pull().await;
    assert!(technician.gone.contains(&visit));

    technician.documents = kept;
    technician.happened(visit, VisitAct::Accepted);
    let receipts = technician.push().await;

    assert_eq!(outcomes(&receipts), [Outcome::Quarantined]);
    assert_eq!(receipts[0].reason, Some(Reason::OutOfSight));
}

#[tokio::test]
async fn nothing_is_merged_behind_the_revocation_of_its_device() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    let visit = office.make_visit(site, &[technician.employee]);
    office.push_well().await;
    technician.pull().await;
    technician.happened(visit, VisitAct::Accepted);

    // IT revokes while the work is on its way through the relay.
    let device = technician.device;
    let revoked = async {
        world.relay.revoke(world.workspace, device).await.unwrap();
        world.database().query_one("SELECT head FROM workspace", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    let (receipts, head) = tokio::join!(technician.push(), revoked);

    let late = |receipt: &Receipt| receipt.position.is_some_and(|position| position.0 > head.unsigned_abs());
    assert!(
        receipts.iter().all(|receipt| receipt.outcome == Outcome::Quarantined || !late(receipt)),
        "revoked at {head}: {receipts:#?}"
    );
}

#[tokio::test]
async fn a_revoked_devices_work_waits_for_the_office_and_is_taken_along_whole() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    let visit = office.make_visit(site, &[technician.employee]);
    office.push_well().await;
    technician.pull().await;
    technician.happened(visit, VisitAct::Accepted);
    technician.happened(visit, VisitAct::TravelStarted);

    let revoked = world.relay.revoke(world.workspace, technician.device).await.unwrap();
    assert_eq!(revoked.standing, Standing::Revoked);
    let receipts = technician.push().await;
    assert_eq!(outcomes(&receipts), [Outcome::Quarantined, Outcome::Blocked]);
    assert_eq!(receipts[0].reason, Some(Reason::DeviceRevoked));

    let queue = world.relay.queue(world.workspace).await.unwrap();
    assert_eq!(
        queue.iter().map(|one| (one.hash, one.blocked)).collect::<Vec<_>>(),
        [(receipts[0].envelope, 1)]
    );
    let decided = world
        .relay
        .decide_here(world.workspace, receipts[0].envelope, world.administrator, Verdict::Accept)
        .await
        .unwrap();
    assert_eq!(outcomes(&decided.receipts), [Outcome::Accepted; 2]);
    office.pull().await;
    assert_eq!(office.reading(visit).rows("events").len(), 2);
    world.all_is_well(&world.relay.verify(world.workspace).await.unwrap());
}

#[tokio::test]
async fn a_dismissed_employees_work_is_judged_at_arrival() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    let visit = office.make_visit(site, &[technician.employee]);
    office.push_well().await;
    technician.pull().await;
    technician.happened(visit, VisitAct::Accepted);

    world.relay.dismiss(world.workspace, technician.employee).await.unwrap();
    let receipts = technician.push().await;

    assert_eq!(outcomes(&receipts), [Outcome::Quarantined]);
    assert_eq!(receipts[0].reason, Some(Reason::EmployeeDismissed));
    technician.pull().await;
    assert!(!technician.holds(visit), "nothing is left in a dismissed employee's sight");
}

#[tokio::test]
async fn declining_leaves_the_work_stored_and_tells_its_author_why() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    let _visit = office.make_visit(site, &[technician.employee]);
    office.push_well().await;
    technician.pull().await;
    technician.edit(site.card, &[ServiceCard::PRIORITY.set(&Priority::High)]);
    let refused = technician.push().await;
    let answer = "Терміновість визначає диспетчер".to_owned();

    let envelope = refused[0].envelope;
    let verdict = Verdict::Decline { answer: answer.clone() };
    world.relay.decide_here(world.workspace, envelope, office.employee, verdict.clone()).await.unwrap();
    technician.pull().await;

    assert_eq!(technician.told.len(), 1);
    assert_eq!((technician.told[0].envelope, technician.told[0].by), (envelope, Some(office.employee)));
    assert_eq!(technician.told[0].reason, Some(Reason::Declined { answer }));
    assert!(world.relay.queue(world.workspace).await.unwrap().is_empty());
    for verdict in [verdict, Verdict::Accept] {
        let twice = world.relay.decide_here(world.workspace, envelope, world.administrator, verdict).await;
        let Err(ReviewError::AlreadyDecided(receipt)) = twice else { panic!("{twice:?}") };
        assert_eq!(*receipt, technician.told[0]);
    }
}

#[tokio::test]
async fn the_queue_is_listed_without_opening_what_waits() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    let _visit = office.make_visit(site, &[technician.employee]);
    office.push_well().await;
    technician.pull().await;
    technician.edit(site.card, &[ServiceCard::PRIORITY.set(&Priority::High)]);
    let refused = technician.push().await;

    for table in ["held_change SET bytes", "change SET bytes", "document_state SET snapshot"] {
        world.database().execute(&format!("UPDATE {table} = x'00'"), []).unwrap();
    }
    let queue = world.relay.queue(world.workspace).await.unwrap();
    let listed: Vec<_> = queue.iter().map(|one| (one.hash, one.header.document, &one.receipt)).collect();
    assert_eq!(listed, [(refused[0].envelope, site.card, &refused[0])]);
}

#[tokio::test]
async fn a_technician_sees_no_queue_and_decides_nothing() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    let _visit = office.make_visit(site, &[technician.employee]);
    office.push_well().await;
    technician.pull().await;
    technician.edit(site.card, &[ServiceCard::PRIORITY.set(&Priority::High)]);
    let refused = technician.push().await;

    let queue = world.relay.review(technician.caller(), None).await;
    assert!(matches!(queue, Err(RelayError::UnknownOrForbidden)));
    assert_eq!(world.relay.review(office.caller(), None).await.unwrap().items.len(), 1);
    let named = world
        .relay
        .decide_here(world.workspace, refused[0].envelope, technician.employee, Verdict::Accept)
        .await;
    assert!(named.is_err());
    office.pull().await;
    assert!(office.reading(site.card).value("priority").is_null());
}

#[tokio::test]
async fn a_decision_gives_nobody_more_than_the_reviewer_has() {
    let world = World::new().await;
    let mut dispatcher = world.tablet_of("Бондар", "dispatcher").await;
    let everything = shipped_roles().into_iter().find(|role| role.code == "administrator").unwrap();
    dispatcher.make(Kind::Role, &everything.intents());
    let refused = dispatcher.push().await;
    assert_eq!(outcomes(&refused), [Outcome::Quarantined]);
    let envelope = refused[0].envelope;

    let by_himself =
        world.relay.decide_here(world.workspace, envelope, dispatcher.employee, Verdict::Accept).await;
    assert!(matches!(by_himself, Err(ReviewError::NotMergeable(Some(Reason::NotAllowed)))), "{by_himself:?}");

    let by_the_administrator =
        world.relay.decide_here(world.workspace, envelope, world.administrator, Verdict::Accept).await;
    assert_eq!(outcomes(&by_the_administrator.unwrap().receipts), [Outcome::Accepted]);
}

#[tokio::test]
async fn nobodys_decision_lets_in_what_only_the_relay_writes() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let site = office.make_card();
    office.push_well().await;
    office.pull().await;
    office.edit(site.card, &[ServiceCard::NUMBER.set(&"SC-2026-99999".to_owned())]);
    let refused = office.push().await;
    assert_eq!(refused[0].reason, Some(Reason::RelayOnly));

    let decided = world
        .relay
        .decide_here(world.workspace, refused[0].envelope, world.administrator, Verdict::Accept)
        .await;

    assert!(matches!(decided, Err(ReviewError::NotMergeable(Some(Reason::RelayOnly)))), "{decided:?}");
}
