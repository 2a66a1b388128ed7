//! Who sees what, and when they are told.

use halyard_domain::id::Ref;
use halyard_domain::kind::Kind;
use halyard_domain::records::{Complaint, Customer, Employee, Role, ServiceCard, Visit};
use halyard_domain::rights::{Reach, SectionRights};
use halyard_protocol::pull::Entry;

use super::world::{Tablet, World, assigned, role_id};

fn check(tablet: &Tablet<'_>, records: &[(&str, halyard_domain::id::DocumentId)], expected: &[&str]) {
    let held: Vec<&str> = records.iter().filter(|(_, id)| tablet.holds(*id)).map(|(name, _)| *name).collect();
    assert_eq!(held, expected);
}

#[tokio::test]
async fn a_technician_gets_the_visit_and_what_it_carries_and_nothing_else() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    let mine = office.make_visit(site, &[technician.employee]);
    let beside = office.make_visit(site, &[]);
    let complaint = office.make(Kind::Complaint, &[Complaint::CARD.set(&Ref::to(site.card))]);
    let elsewhere = office.make_card();
    let other = office.make_visit(elsewhere, &[]);
    office.push_well().await;

    technician.pull().await;

    let records = [
        ("visit", mine),
        ("card", site.card),
        ("customer", site.customer),
        ("equipment", site.equipment),
        ("other visit of the card", beside),
        ("complaint of the card", complaint),
        ("another card", elsewhere.card),
        ("another visit", other),
        ("another customer", elsewhere.customer),
    ];
    check(
        &technician,
        &records,
        &["visit", "card", "customer", "equipment", "other visit of the card", "complaint of the card"],
    );
    assert!(technician.holds(role_id("technician")), "directories are everybody's");
}

#[tokio::test]
async fn sight_is_gained_and_lost_with_the_assignment() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut first = world.tablet_of("Коваль", "technician").await;
    let mut second = world.tablet_of("Шевчук", "technician").await;
    let site = office.make_card();
    let visit = office.make_visit(site, &[]);
    office.push_well().await;
    first.pull().await;
    second.pull().await;
    assert!(!first.holds(visit) && !second.holds(visit));

    office.edit(visit, &[assigned(&[first.employee])]);
    office.push_well().await;
    first.pull().await;
    second.pull().await;
    assert!(first.holds(visit) && first.holds(site.card) && first.holds(site.customer));
    assert!(!second.holds(visit) && !second.holds(site.card));

    office.edit(visit, &[assigned(&[second.employee])]);
    office.push_well().await;
    first.pull().await;
    second.pull().await;
    assert!(second.holds(visit) && second.holds(site.customer));
    let mut gone = first.gone.clone();
    gone.sort_unstable();
    let mut lost = vec![visit, site.card, site.customer, site.equipment];
    lost.sort_unstable();
    assert_eq!(gone, lost);
}

#[tokio::test]
async fn a_card_seen_by_another_way_is_not_lost_with_one_visit() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    let one = office.make_visit(site, &[technician.employee]);
    let _two = office.make_visit(site, &[technician.employee]);
    office.push_well().await;
    technician.pull().await;

    office.edit(one, &[assigned(&[])]);
    office.push_well().await;
    technician.pull().await;

    assert_eq!(technician.gone, []);
    assert!(technician.holds(one), "the other visit of the card still carries it");
}

#[tokio::test]
async fn carried_sight_is_not_carried_on() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    let _visit = office.make_visit(site, &[technician.employee]);
    // The equipment of the visit has a second card with a visit on other equipment of its own.
    let far = office.make_card();
    let carried = office.make_visit(site, &[]);
    office.edit(carried, &[Visit::EQUIPMENT.set(&Ref::to(far.equipment))]);
    office.push_well().await;

    technician.pull().await;

    assert!(technician.holds(carried), "the card's other visit is carried");
    assert!(!technician.holds(far.equipment), "what it names is not");
}

#[tokio::test]
async fn a_link_to_what_its_writer_did_not_see_carries_nothing() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let secret = office.make_card();
    office.push_well().await;
    technician.pull().await;

    let intents = [Visit::CARD.set(&Ref::to(secret.card)), Visit::CUSTOMER.set(&Ref::to(secret.customer))];
    let visit = technician.make(Kind::Visit, &intents);
    technician.push_well().await;
    technician.pull().await;

    assert!(technician.holds(visit));
    assert!(!technician.holds(secret.card) && !technician.holds(secret.customer));
}

#[tokio::test]
async fn a_record_made_after_what_points_at_it_is_carried_once_it_is_there() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    let visit = office.make_visit(site, &[technician.employee]);
    let in_order = std::mem::take(&mut office.outbox);
    // A visit arrives from another tablet of the office before the card it names.
    let mut hasty = world.tablet_of("Ткач", "dispatcher").await;
    let early = hasty.make_visit(site, &[technician.employee]);
    hasty.push_well().await;
    technician.pull().await;
    assert!(technician.holds(early) && !technician.holds(site.card));

    office.outbox = in_order;
    office.push_well().await;
    technician.pull().await;

    assert!(technician.holds(visit) && technician.holds(site.card) && technician.holds(site.customer));
}

#[tokio::test]
async fn a_new_role_brings_what_it_shows_page_by_page_and_its_loss_takes_it_away() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let mut customers = Vec::new();
    for at in 0..20 {
        customers.push(office.make(Kind::Customer, &[Customer::NAME.set(&format!("Клієнт {at}"))]));
    }
    office.push_well().await;
    technician.pull().await;
    assert!(customers.iter().all(|one| !technician.holds(*one)));

    let both = [role_id("technician"), role_id("dispatcher")];
    world.relay.set_roles(world.workspace, technician.employee, &both).await.unwrap();
    let mut pages = 0;
    while !technician.pull_page(Some(2_000)).await.complete {
        pages += 1;
    }
    assert!(pages > 3, "{pages} pages");
    assert!(customers.iter().all(|one| technician.holds(*one)));

    world.relay.set_roles(world.workspace, technician.employee, &both[..1]).await.unwrap();
    technician.pull().await;
    assert!(customers.iter().all(|one| !technician.holds(*one)));
    assert_eq!(technician.gone.len(), 20);
}

#[tokio::test]
async fn a_listing_starts_again_when_the_rights_change_under_it() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    for at in 0..10 {
        office.make(Kind::Customer, &[Customer::NAME.set(&format!("Клієнт {at}"))]);
    }
    office.push_well().await;
    technician.pull().await;

    let both = [role_id("technician"), role_id("dispatcher")];
    world.relay.set_roles(world.workspace, technician.employee, &both).await.unwrap();
    assert!(!technician.pull_page(Some(1)).await.complete);
    world.relay.set_roles(world.workspace, technician.employee, &both[..1]).await.unwrap();
    technician.pull().await;

    assert!(!technician.holds(site.customer));
    let left: Vec<Kind> = technician.documents.values().map(halyard_records::Document::kind).collect();
    assert!(!left.contains(&Kind::Customer), "{left:?}");
}

#[tokio::test]
async fn an_edited_role_reaches_everybody_who_holds_it() {
    let world = World::new().await;
    let mut admin = world.tablet(world.administrator).await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    office.push_well().await;
    technician.pull().await;
    admin.pull().await;
    assert!(!technician.holds(site.card));

    let wider = SectionRights { reach: Reach::All, write: [halyard_domain::kind::Group::Technician].into() };
    admin.edit(role_id("technician"), &[Role::SERVICE.set(&wider)]);
    admin.push_well().await;
    technician.pull().await;

    assert!(technician.holds(site.card) && technician.holds(site.equipment));
    // Cards are seen by reach now, and carry their customers to whom customers are closed.
    assert!(technician.holds(site.customer));
}

#[tokio::test]
async fn what_a_wider_role_brings_whole_does_not_come_again_from_the_log_of_the_same_page() {
    let world = World::new().await;
    let mut admin = world.tablet(world.administrator).await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    let _visit = office.make_visit(site, &[technician.employee]);
    office.push_well().await;
    technician.pull().await;
    admin.pull().await;
    office.edit(site.customer, &[Customer::NAME.set(&"Оболонь-2".to_owned())]);
    office.push_well().await;
    let wider = SectionRights { reach: Reach::All, write: [halyard_domain::kind::Group::Technician].into() };
    admin.edit(role_id("technician"), &[Role::CUSTOMERS.set(&wider)]);
    admin.push_well().await;

    technician.received.clear();
    technician.pull().await;

    let told = technician.received.iter().filter(|entry| entry.document() == Some(site.customer));
    assert_eq!(told.count(), 1);
    office.pull().await;
    assert_eq!(technician.reading(site.customer), office.reading(site.customer));
}

#[tokio::test]
async fn a_team_sees_its_complaints_and_whoever_leaves_it_no_longer() {
    let world = World::new().await;
    let mut admin = world.tablet(world.administrator).await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    admin.pull().await;
    let team = admin.make(Kind::Team, &[halyard_domain::records::Team::NAME.set(&"Насоси".to_owned())]);
    admin.edit(technician.employee, &[Employee::TEAM.set(&Ref::to(team))]);
    admin.push_well().await;
    let complaint = office.make(Kind::Complaint, &[Complaint::TEAM.set(&Ref::to(team))]);
    office.push_well().await;

    technician.pull().await;
    assert!(technician.holds(complaint));

    admin.pull().await;
    admin.edit(technician.employee, &[Employee::TEAM.clear()]);
    admin.push_well().await;
    technician.pull().await;
    assert_eq!(technician.gone, [complaint]);
}

#[tokio::test]
async fn what_a_technician_may_not_see_is_as_unknown_as_what_does_not_exist() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    office.push_well().await;

    let asked = vec![site.card, world.id()];
    let request = halyard_protocol::fetch::FetchRequest { documents: asked.clone(), max_bytes: None };
    let answer = world.relay.fetch(technician.caller(), request).await.unwrap();

    assert_eq!((answer.entries, answer.unknown), (Vec::<Entry>::new(), asked));
}

#[tokio::test]
async fn regained_sight_brings_the_whole_record_again() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    let visit = office.make_visit(site, &[technician.employee]);
    office.push_well().await;
    technician.pull().await;
    office.edit(visit, &[assigned(&[])]);
    office.push_well().await;
    technician.pull().await;
    assert!(!technician.holds(visit));

    office.edit(visit, &[assigned(&[technician.employee])]);
    office.edit(site.card, &[ServiceCard::SUBJECT.set(&"Котел".to_owned())]);
    office.push_well().await;
    technician.pull().await;

    office.pull().await;
    assert_eq!(technician.reading(visit), office.reading(visit));
    assert_eq!(technician.reading(site.card), office.reading(site.card));
}
