//! The roles Halyard ships with. Administrators edit them and add more.
//!
//! Their ids are made by a rule, so two relays that ship them ship the same records. A section is
//! named here once a kind of it exists.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::DocumentId;
use crate::intent::Intent;
use crate::kind::{Group, Section};
use crate::records::Role;
use crate::rights::{Ability, Access, Reach, SectionRights};

/// A role as shipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShippedRole {
    /// The record's id.
    pub id: DocumentId,
    /// Its stable name, for command lines: `technician`.
    pub code: &'static str,
    /// Its name in Ukrainian.
    pub name: &'static str,
    /// Its name in English.
    pub name_en: &'static str,
    /// Its name in Russian.
    pub name_ru: &'static str,
    /// What it gives.
    pub access: Access,
}

impl ShippedRole {
    /// What makes an empty role record this role.
    #[must_use]
    pub fn intents(&self) -> Vec<Intent> {
        let mut intents = vec![
            Role::NAME.set(&self.name.to_owned()),
            Role::NAME_EN.set(&self.name_en.to_owned()),
            Role::NAME_RU.set(&self.name_ru.to_owned()),
        ];
        intents.extend(self.access.to_role());
        intents
    }
}

/// Every shipped role.
#[must_use]
pub fn shipped_roles() -> Vec<ShippedRole> {
    vec![
        role("technician", ["Технік", "Technician", "Техник"], technician()),
        role("dispatcher", ["Диспетчер", "Dispatcher", "Диспетчер"], dispatcher()),
        role("administrator", ["Адміністратор", "Administrator", "Администратор"], administrator()),
    ]
}

/// What a role gives whatever is written in it: the shipped administrator's keeps administration and
/// staff. Without it one slip would leave a company in which nobody can give rights to anybody.
#[must_use]
pub fn kept(role: DocumentId) -> Access {
    if role != id_of("administrator") {
        return Access::default();
    }
    let everything = rights(Reach::All, &[Group::Office]);
    let sections = [Section::Administration, Section::Staff].map(|section| (section, everything.clone()));
    Access::new(sections.into(), BTreeSet::new())
}

fn id_of(code: &str) -> DocumentId {
    DocumentId::made_by_rule(&format!("role/{code}"))
}

fn role(code: &'static str, [name, name_en, name_ru]: [&'static str; 3], access: Access) -> ShippedRole {
    ShippedRole { id: id_of(code), code, name, name_en, name_ru, access }
}

fn technician() -> Access {
    let field = rights(Reach::Own, &[Group::Technician, Group::Customer]);
    Access::new(
        BTreeMap::from([(Section::Service, field.clone()), (Section::Complaints, field)]),
        BTreeSet::new(),
    )
}

fn dispatcher() -> Access {
    let sections = BTreeMap::from([
        (Section::Service, rights(Reach::All, &[Group::Office])),
        (Section::Complaints, rights(Reach::All, &[Group::Office, Group::Customer])),
        (Section::Customers, rights(Reach::All, &[Group::Office])),
        (Section::Staff, rights(Reach::All, &[])),
    ]);
    let abilities = [Ability::Review, Ability::Reopen, Ability::CloseComplaint, Ability::Export];
    Access::new(sections, BTreeSet::from(abilities))
}

fn administrator() -> Access {
    let everything = rights(Reach::All, &[Group::Office]);
    Access::new(
        Section::ALL.iter().map(|&section| (section, everything.clone())).collect(),
        Ability::ALL.iter().copied().collect(),
    )
}

fn rights(reach: Reach, write: &[Group]) -> SectionRights {
    SectionRights { reach, write: write.iter().copied().collect() }
}
