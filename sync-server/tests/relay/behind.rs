//! How much a device lacks of what it may see.

use halyard_domain::kind::Kind;
use halyard_domain::records::Priority;
use halyard_domain::records::{Customer, ServiceCard, VisitAct};
use halyard_domain::rights::shipped_roles;

use super::world::{Tablet, World, assigned};

async fn behind(tablet: &Tablet<'_>) -> u64 {
    tablet.world.relay.behind(tablet.world.workspace).await.unwrap()[&tablet.device]
}

#[tokio::test]
async fn only_what_may_be_seen_was_made_by_others_and_is_not_confirmed_counts() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut technician = world.tablet_of("Коваль", "technician").await;
    let mut other = world.tablet_of("Шевчук", "technician").await;
    // People and roles everybody sees.
    for tablet in [&mut office, &mut technician, &mut other] {
        let everybody = behind(tablet).await;
        assert!(everybody > 0);
        tablet.pull().await;
        assert_eq!(behind(tablet).await, 0);
    }

    let site = office.make_card();
    let visit = office.make_visit(site, &[technician.employee]);
    office.push_well().await;
    let number_of_the_card = 1;
    let numbers = number_of_the_card + 1;
    assert_eq!(behind(&office).await, numbers, "what it wrote itself it has, but for what the relay wrote");
    assert_eq!(behind(&technician).await, 4, "the visit, and what it carries: card, customer, object");
    assert_eq!(behind(&other).await, 0, "what never comes is not behind");

    // Given, and not confirmed before it asks again.
    assert!(technician.pull_page(None).await.complete);
    assert_eq!(behind(&technician).await, 4);
    technician.pull().await;
    assert_eq!(behind(&technician).await, 0);
    technician.happened(visit, VisitAct::Accepted);
    technician.push_well().await;
    assert_eq!(behind(&technician).await, 0);

    // A record that was there before comes into sight whole.
    office.pull().await;
    office.edit(visit, &[assigned(&[technician.employee, other.employee])]);
    office.push_well().await;
    assert_eq!(behind(&other).await, 4);
    other.pull().await;
    office.edit(site.card, &[ServiceCard::PRIORITY.set(&Priority::High)]);
    office.push_well().await;
    assert_eq!((behind(&technician).await, behind(&other).await), (2, 1));

    // A wider role opens kinds at once.
    other.pull().await;
    let customer = office.make(Kind::Customer, &[Customer::NAME.set(&"Поділ".to_owned())]);
    office.push_well().await;
    assert_eq!(behind(&other).await, 0, "{customer} is nothing of a technician's");
    let dispatcher = shipped_roles().into_iter().find(|role| role.code == "dispatcher").unwrap().id;
    world.relay.set_roles(world.workspace, other.employee, &[dispatcher]).await.unwrap();
    assert_eq!(behind(&other).await, 1);

    world.relay.revoke(world.workspace, technician.device).await.unwrap();
    assert_eq!(behind(&technician).await, 0, "it gets nothing more");
}
