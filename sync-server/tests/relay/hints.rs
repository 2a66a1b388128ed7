//! A hint goes to those whose next pull brings something, and to nobody else.

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::records::{Complaint, DirectoryEntry, Priority, ServiceCard, Visit};
use halyard_protocol::review::Verdict;
use halyard_sync_server::relay::Hint;
use tokio::sync::watch;

use super::world::{Tablet, World, assigned};

/// A tablet with an open live connection.
struct Listening<'w> {
    name: &'static str,
    tablet: Tablet<'w>,
    live: watch::Receiver<Hint>,
}

impl<'w> Listening<'w> {
    fn on(name: &'static str, tablet: Tablet<'w>) -> Self {
        let live = tablet.world.relay.live(&tablet.caller());
        Self { name, tablet, live }
    }

    async fn change(&mut self, record: DocumentId, intent: Intent) {
        self.tablet.edit(record, &[intent]);
        self.tablet.push_well().await;
    }
}

/// Whoever got a hint is whoever gets something, and these are they.
async fn check(happened: &str, everybody: &mut [&mut Listening<'_>], expected: &[&str]) {
    let mut hinted = Vec::new();
    for one in everybody {
        let was_hinted = one.live.has_changed().unwrap();
        one.live.mark_unchanged();
        let before = one.tablet.received.len();
        one.tablet.pull().await;
        assert_eq!(was_hinted, one.tablet.received.len() > before, "{happened}: {}", one.name);
        if was_hinted {
            hinted.push(one.name);
        }
    }
    assert_eq!(hinted, expected, "{happened}");
}

#[tokio::test]
async fn who_sees_what_was_written_is_told_and_nobody_else() {
    let world = World::new().await;
    let mut office = Listening::on("office", world.tablet_of("Бондар", "dispatcher").await);
    let mut first = Listening::on("first", world.tablet_of("Коваль", "technician").await);
    let mut second = Listening::on("second", world.tablet_of("Шевчук", "technician").await);
    let (mine, yours) = (first.tablet.employee, second.tablet.employee);
    let site = office.tablet.make_card();
    let visit = office.tablet.make_visit(site, &[mine]);
    let elsewhere = office.tablet.make_card();
    office.tablet.push_well().await;
    for one in [&mut office, &mut first, &mut second] {
        one.tablet.pull().await;
        one.live.mark_unchanged();
    }
    let all = &mut [&mut office, &mut first, &mut second];
    check("nothing", all, &[]).await;

    all[0].change(elsewhere.card, ServiceCard::PRIORITY.set(&Priority::High)).await;
    check("a card of nobody's", all, &["office"]).await;
    all[0].change(visit, Visit::DURATION_MINUTES.set(&60)).await;
    check("a visit of the first's", all, &["office", "first"]).await;
    all[0].change(site.card, ServiceCard::PRIORITY.set(&Priority::Urgent)).await;
    check("a card the first's visit carries", all, &["office", "first"]).await;
    all[0].change(visit, assigned(&[mine, yours])).await;
    check("the second gains", all, &["office", "first", "second"]).await;
    all[0].change(visit, assigned(&[yours])).await;
    check("the first loses", all, &["office", "first", "second"]).await;
    all[0].change(visit, Visit::DURATION_MINUTES.set(&90)).await;
    check("a visit the first has lost", all, &["office", "second"]).await;

    all[2].tablet.make(Kind::Complaint, &[Complaint::CARD.set(&Ref::to(site.card))]);
    all[2].tablet.push_well().await;
    check("a complaint of the second's", all, &["office", "second"]).await;
    let mut administrator = world.tablet(world.administrator).await;
    administrator.make(Kind::DirectoryEntry, &[DirectoryEntry::NAME.set(&"шт".to_owned())]);
    administrator.push_well().await;
    check("a directory entry", all, &["office", "first", "second"]).await;
}

#[tokio::test]
async fn decisions_are_told_to_their_device_and_people_to_whoever_administers_them() {
    let world = World::new().await;
    let mut administrator = Listening::on("administrator", world.tablet(world.administrator).await);
    let mut first = Listening::on("first", world.tablet_of("Коваль", "technician").await);
    let second = world.tablet_of("Шевчук", "technician").await;
    let newcomer = Tablet::blank(&world, second.employee);
    let mut second = Listening::on("second", second);
    for one in [&mut administrator, &mut first, &mut second] {
        one.tablet.pull().await;
        one.live.mark_unchanged();
    }
    let all = &mut [&mut administrator, &mut first, &mut second];

    // A technician makes no cards: it waits, and only its device hears what became of it.
    all[1].tablet.make(Kind::ServiceCard, &[]);
    let refused = all[1].tablet.push().await;
    check("work that waits", all, &[]).await;
    let decline = Verdict::Decline { answer: "Карти відкриває диспетчер".to_owned() };
    world
        .relay
        .decide_here(world.workspace, refused[0].envelope, world.administrator, decline)
        .await
        .unwrap();
    check("a decision", all, &["administrator", "first"]).await;

    let employee = newcomer.employee;
    drop(world.tablet(employee).await);
    check("a device joined", all, &["administrator"]).await;
    world.hire("Ткач", "technician").await;
    check("somebody was hired", all, &["administrator", "first", "second"]).await;
}

#[tokio::test]
async fn a_revoked_device_is_told_at_once() {
    let world = World::new().await;
    let mut lost = Listening::on("lost", world.tablet_of("Коваль", "technician").await);
    let other = Listening::on("other", world.tablet_of("Шевчук", "technician").await);
    lost.live.mark_unchanged();

    world.relay.revoke(world.workspace, lost.tablet.device).await.unwrap();
    assert!(lost.live.has_changed().unwrap());
    assert!(!other.live.has_changed().unwrap());
}
