use std::collections::BTreeSet;

use super::role;
use crate::id::DocumentId;
use crate::kind::{Group, Kind, Section};
use crate::records::Role;
use crate::rights::{Ability, Access, Reach, SectionRights, shipped_roles};
use crate::sample::{Sample, id};

fn rights(reach: Reach, write: &[Group]) -> SectionRights {
    SectionRights { reach, write: write.iter().copied().collect() }
}

#[test]
fn shipped_roles_have_the_same_id_and_the_right_name_everywhere() {
    let names: Vec<(&str, &str, &str)> =
        shipped_roles().iter().map(|role| (role.name, role.name_en, role.name_ru)).collect();
    let expected = [
        ("Технік", "Technician", "Техник"),
        ("Диспетчер", "Dispatcher", "Диспетчер"),
        ("Адміністратор", "Administrator", "Администратор"),
    ];
    assert_eq!(names, expected);
    for role in shipped_roles() {
        assert_eq!(role.id, DocumentId::made_by_rule(&format!("role/{}", role.code)));
    }
}

#[test]
fn a_role_record_gives_what_it_was_made_to_give() {
    for shipped in shipped_roles() {
        let record = shipped.intents().into_iter().fold(Sample::of(Kind::Role), Sample::with).reading;
        assert_eq!(Access::of_role(shipped.id, &record), shipped.access, "{}", shipped.code);
    }
}

#[test]
fn a_role_in_conflict_counts_as_its_narrower_value() {
    let wide = rights(Reach::All, &[Group::Office, Group::Technician]);
    let narrow = rights(Reach::Team, &[Group::Technician]);
    for order in [[wide.clone(), narrow.clone()], [narrow, wide]] {
        let role = Sample::of(Kind::Role).at_once("service", &order).at_once(
            "abilities",
            &[vec![Ability::Review, Ability::Export], vec![Ability::Export, Ability::EnrolDevices]],
        );
        let access = Access::of_role(id("ours"), &role.reading);
        assert_eq!(access.section(Section::Service), rights(Reach::Team, &[Group::Technician]));
        assert_eq!(*access.abilities(), BTreeSet::from([Ability::Export]));
    }
}

#[test]
fn the_administrators_role_keeps_administration_whatever_is_written_in_it() {
    let administrator = shipped_roles().into_iter().find(|role| role.code == "administrator").unwrap();
    let emptied = Sample::of(Kind::Role)
        .with(Role::ADMINISTRATION.set(&SectionRights::default()))
        .with(Role::SERVICE.set(&SectionRights::default()));
    let access = Access::of_role(administrator.id, &emptied.reading);
    assert!(access.writes(Section::Administration, Group::Office));
    assert!(access.writes(Section::Staff, Group::Office));
    assert_eq!(access.reach(Section::Service), Reach::None);
    assert_eq!(Access::of_role(id("ours"), &emptied.reading), Access::default());
}

#[test]
fn rights_this_version_cannot_read_give_nothing() {
    let role = Sample::of(Kind::Role)
        .at_once("service", &["{\"reach\":\"everything\",\"write\":[]}".to_owned()])
        .at_once("abilities", &[vec!["export".to_owned(), "fly".to_owned()]]);
    let access = Access::of_role(id("ours"), &role.reading);
    assert_eq!(access.reach(Section::Service), Reach::None);
    assert_eq!(*access.abilities(), BTreeSet::from([Ability::Export]));
}

#[test]
fn somebody_with_two_roles_has_what_either_gives() {
    let both = Access::union([&role("technician"), &role("dispatcher")]);
    assert_eq!(both.reach(Section::Service), Reach::All);
    assert!(both.writes(Section::Service, Group::Technician) && both.writes(Section::Service, Group::Office));
    assert!(both.can(Ability::Review));
    assert!(!both.can(Ability::EnrolDevices));
}

#[test]
fn the_role_record_has_a_field_for_every_section() {
    let role = <Role as crate::record::Record>::SCHEMA;
    for section in Section::ALL {
        assert!(role.field(section.name()).is_some(), "{section}");
    }
}
