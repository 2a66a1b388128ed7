//! Records that other programs wrote, in which stands what no form here lets through.

use halyard_device::screens::card::card_page;
use halyard_device::screens::today::{DayAsked, today};
use halyard_device::screens::visit::PageOf;
use halyard_domain::id::Ref;
use halyard_domain::records::{PlannedWork, ServiceCard, Visit, WorkRow};
use rust_decimal::Decimal;

use crate::visit::page;
use crate::world::{World, add};

#[test]
fn amounts_of_any_size_stop_no_page() {
    let world = World::new();
    let (card, visit) = (world.card, world.visit);
    let most = "79228162514264337593543950335";
    assert_eq!(Decimal::MAX.to_string(), most);
    let (mut works, mut plan) = (Vec::new(), Vec::new());
    let least = WorkRow {
        work_kind: Some(Ref::to(world.flushing)),
        unit: Some(Ref::to(world.piece)),
        volume: Some(Decimal::MIN),
        hours: Some(Decimal::MIN),
        ..WorkRow::default()
    };
    let long = PlannedWork { hours: Some(Decimal::MAX), ..PlannedWork::default() };
    for _ in 0..2 {
        add(world.device(), &mut works, &Visit::WORKS, &least);
        add(world.device(), &mut plan, &ServiceCard::PLANNED_WORKS, &long);
    }
    assert!(world.device().edit(visit, works.clone()).is_err(), "no form lets it through");

    let world = world.received(visit, &works).received(card, &plan);

    let seen = page(&world);
    assert_eq!(seen.works[0].left_volume.as_deref(), Some(most));
    assert_eq!((seen.works[0].done_volume.clone(), seen.works[0].done_hours.clone()), {
        let least = format!("-{most}");
        (least.clone(), least)
    });
    assert_eq!(today(&world.app, &DayAsked { date: None }).unwrap().visits[0].planned_hours, most);
    card_page(&world.app, &PageOf::now(card)).unwrap();
}
