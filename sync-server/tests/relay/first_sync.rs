//! A first sync: what comes first, and that nothing is missed of what happens meanwhile.

use std::collections::BTreeSet;

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::{Group, Kind};
use halyard_domain::records::{Complaint, Customer, Role, Visit, VisitAct};
use halyard_domain::rights::{Reach, SectionRights};
use halyard_domain::time::TimeWindow;
use halyard_protocol::pull::Entry;

use super::world::{Site, Tablet, World, assigned, check_same, role_id};

/// Different courses of the same weeks.
const COURSES: u64 = 20;
/// What the office does in each.
const ACTS: i64 = 14;

#[tokio::test]
async fn a_first_sync_goes_on_after_the_relay_was_started_anew() {
    let world = World::new().await;
    let (device, employee, cursor, key) = {
        let mut office = world.tablet_of("Бондар", "dispatcher").await;
        for _ in 0..5 {
            office.make_card();
        }
        office.push_well().await;
        assert!(!office.pull_page(Some(1)).await.complete);
        (office.device, office.employee, office.cursor.clone(), office.key.clone())
    };

    let world = world.restarted();
    let mut office = Tablet::blank(&world, employee);
    (office.device, office.cursor, office.key) = (device, cursor, key);
    office.pull().await;

    let cards = office.documents.values().filter(|document| document.kind() == Kind::ServiceCard).count();
    assert_eq!(cards, 5);
}

#[tokio::test]
async fn a_first_sync_brings_directories_then_todays_work_then_the_rest() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let technician = world.tablet_of("Коваль", "technician").await;
    let site = office.make_card();
    let planned = |office: &mut Tablet<'_>, day: &str, employee| {
        let window: TimeWindow = format!("{day}T09:00:00+02:00/{day}T10:00:00+02:00").parse().unwrap();
        let intents =
            [Visit::CARD.set(&Ref::to(site.card)), Visit::WINDOW.set(&window), assigned(&[employee])];
        office.make(Kind::Visit, &intents)
    };
    let later = planned(&mut office, "2026-03-05", technician.employee);
    let sooner = planned(&mut office, "2026-03-02", technician.employee);
    let done = planned(&mut office, "2026-03-01", technician.employee);
    office.push_well().await;
    office.happened(done, VisitAct::Cancelled);
    office.push_well().await;

    let mut anew = world.tablet(technician.employee).await;
    anew.pull().await;

    let order: Vec<_> = anew.received.iter().filter_map(Entry::document).collect();
    let at = |id| order.iter().position(|one| *one == id).unwrap();
    assert!(at(role_id("technician")) < at(sooner));
    assert!(at(sooner) < at(site.card), "and what work names comes with it");
    assert!(at(site.card) < at(later) && at(later) < at(done));
    let visits = order.iter().filter(|one| [later, sooner, done].contains(one)).count();
    assert_eq!(visits, 3, "what one tier told is not told again");
}

#[tokio::test]
async fn a_first_sync_tells_whose_open_work_is_before_what_is_newer() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let technician = world.tablet_of("Коваль", "technician").await;
    let (site, over) = (office.make_card(), office.make_card());
    let visit = office.make_visit(site, &[technician.employee]);
    let done = office.make_visit(over, &[technician.employee]);
    office.push_well().await;
    office.happened(done, VisitAct::Cancelled);
    let newer = office.make(Kind::Customer, &[Customer::NAME.set(&"Ґава".to_owned())]);
    office.push_well().await;

    // A dispatcher sees whole kinds, a technician what there is to do, some all customers and of the work their own.
    let check = async |employee, later| {
        let mut anew = world.tablet(employee).await;
        anew.pull().await;
        let order: Vec<_> = anew.received.iter().filter_map(Entry::document).collect();
        let at = |id| order.iter().position(|one| *one == id).unwrap();
        for named in [site.customer, site.equipment] {
            assert!(at(named) < at(later) && at(visit) < at(later));
        }
    };
    check(office.employee, newer).await;
    check(technician.employee, done).await;
    sees_every_customer(&world, "technician").await;
    check(technician.employee, newer).await;
}

#[tokio::test]
async fn a_first_sync_tells_nothing_twice() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let (site, other) = (office.make_card(), office.make_card());
    let planned = office.make_visit(site, &[]);
    let _unplanned = [office.make_visit(site, &[]), office.make_visit(other, &[])];
    office.edit(planned, &[Visit::WINDOW.set(&Company::planned(1))]);
    let complaint =
        [Complaint::VISIT.set(&Ref::to(planned)), Complaint::CUSTOMER.set(&Ref::to(site.customer))];
    office.make(Kind::Complaint, &complaint);
    office.push_well().await;

    let mut anew = world.tablet(office.employee).await;
    while !anew.pull_page(Some(1)).await.complete {}

    let told: Vec<_> = anew.received.iter().filter_map(Entry::document).collect();
    let each: BTreeSet<_> = told.iter().collect();
    assert_eq!(told.len(), each.len(), "{told:?}");
}

#[tokio::test]
async fn who_is_named_by_open_work_in_the_middle_of_a_first_sync_is_told() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut whole = world.tablet(office.employee).await;
    whole.pull().await;

    // Wherever the first sync stands by then: from the first page on, and after the last.
    for pages in 0..=whole.received.len() + 1 {
        let customer = office.make(Kind::Customer, &[Customer::NAME.set(&"Ґава".to_owned())]);
        office.push_well().await;
        let mut slow = world.tablet(office.employee).await;
        for _ in 0..pages {
            slow.pull_page(Some(1)).await;
        }
        office.make(Kind::Visit, &[Visit::CUSTOMER.set(&Ref::to(customer))]);
        office.push_well().await;
        while !slow.pull_page(Some(1)).await.complete {}
        assert!(slow.documents.contains_key(&customer), "after {pages} pages");
    }
}

/// Numbers that look like chance and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

/// What the office has, and whom it sends.
struct Company {
    sites: Vec<Site>,
    visits: Vec<DocumentId>,
    technician: DocumentId,
}

impl Company {
    fn planned(day: usize) -> TimeWindow {
        format!("2026-03-{:02}T09:00:00+02:00/2026-03-{:02}T10:00:00+02:00", day + 1, day + 1)
            .parse()
            .unwrap()
    }

    /// Something an office does on a day like any other. Its number makes it differ from all before.
    fn act(&mut self, office: &mut Tablet<'_>, number: i64, dice: &mut Dice) {
        let site = self.sites[dice.below(self.sites.len())];
        let visit = self.visits[dice.below(self.visits.len())];
        let lasts = Visit::DURATION_MINUTES.set(&number);
        match dice.below(7) {
            0 => self.sites.push(office.make_card()),
            1 => self.visits.push(office.make_visit(site, &[self.technician])),
            2 => office.edit(visit, &[lasts, Visit::WINDOW.set(&Self::planned(dice.below(9)))]),
            3 => office.edit(visit, &[lasts, Visit::CUSTOMER.set(&Ref::to(site.customer))]),
            4 => office.edit(visit, &[lasts, assigned(&[self.technician][..dice.below(2)])]),
            5 => office.happened(visit, VisitAct::Cancelled),
            _ => office.edit(site.customer, &[Customer::NAME.set(&format!("Ґава {number}"))]),
        }
    }
}

/// From now on every holder of a role sees all customers and what is on them, and of the work only their own.
async fn sees_every_customer(world: &World, role: &str) {
    let mut administrator = world.tablet(world.administrator).await;
    administrator.pull().await;
    let all = SectionRights { reach: Reach::All, write: [Group::Office].into() };
    administrator.edit(role_id(role), &[Role::CUSTOMERS.set(&all)]);
    administrator.push_well().await;
}

#[tokio::test]
async fn whatever_happens_during_a_first_sync_it_ends_with_everything() {
    for course in 0..COURSES {
        let world = World::new().await;
        let mut dice = Dice(course);
        let mut office = world.tablet_of("Бондар", "dispatcher").await;
        let technician = world.hire("Коваль", "technician").await;
        if dice.below(2) == 0 {
            sees_every_customer(&world, "technician").await;
        }
        let sites: Vec<_> = (0..6).map(|_| office.make_card()).collect();
        let visits = (0..6).map(|turn| office.make_visit(sites[turn % 3], &[technician])).collect();
        let mut company = Company { sites, visits, technician };
        for visit in company.visits.clone() {
            office.edit(visit, &[Visit::WINDOW.set(&Company::planned(dice.below(9)))]);
        }
        office.push_well().await;

        let mut slow = [world.tablet(office.employee).await, world.tablet(technician).await];
        let (one, both) = ([role_id("technician")], [role_id("technician"), role_id("dispatcher")]);
        let (before, then) = if dice.below(3) == 0 { (&both[..], &one[..]) } else { (&one[..], &both[..]) };
        world.relay.set_roles(world.workspace, technician, before).await.unwrap();
        let other_role_after = i64::try_from(dice.below(20)).unwrap();
        for act in 0..ACTS {
            for tablet in &mut slow {
                for _ in 0..dice.below(5) {
                    tablet.pull_page(Some(1)).await;
                }
            }
            company.act(&mut office, act, &mut dice);
            office.push_well().await;
            if act == other_role_after {
                world.relay.set_roles(world.workspace, technician, then).await.unwrap();
            }
        }

        for mut tablet in slow {
            while !tablet.pull_page(Some(1)).await.complete {}
            let mut anew = world.tablet(tablet.employee).await;
            anew.pull().await;
            check_same(&tablet, &anew);
        }
    }
}
