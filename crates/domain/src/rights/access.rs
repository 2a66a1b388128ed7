//! What a person may see and do: the union of the roles they hold.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::id::DocumentId;
use crate::intent::Intent;
use crate::kind::{Group, Section};
use crate::reading::{FieldPath, Reading};
use crate::record::Choice;
use crate::records::Role;
use crate::rights::shipped::kept;
use crate::value::{FieldValue, Scalar};

/// How far a person sees in a section. Later is wider.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Reach {
    /// Only what other records carry.
    #[default]
    None,
    /// One's own records.
    Own,
    /// One's own and those of one's team and teammates.
    Team,
    /// Every record.
    All,
}

/// What a role gives in one section.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionRights {
    /// How far its holders see.
    pub reach: Reach,
    /// The ownership groups they write.
    pub write: BTreeSet<Group>,
}
crate::group_value!(SectionRights, "section_rights");

/// A right that belongs to no field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Ability {
    /// Correct other people's rows, decide quarantine and conflicts of facts, mark visits reviewed.
    Review,
    /// Take up again what was closed or cancelled.
    Reopen,
    /// Close a complaint.
    CloseComplaint,
    /// Approve an expense.
    ApproveExpense,
    /// Take lists and reports out of Halyard.
    Export,
    /// Invite devices and revoke them.
    EnrolDevices,
    /// Give people their roles, and dismiss them.
    AssignRoles,
}

/// The union of a person's roles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Access {
    sections: BTreeMap<Section, SectionRights>,
    abilities: BTreeSet<Ability>,
}

impl SectionRights {
    /// What both give: the narrower of two.
    #[must_use]
    pub fn narrower(&self, other: &Self) -> Self {
        Self {
            reach: self.reach.min(other.reach),
            write: self.write.intersection(&other.write).copied().collect(),
        }
    }

    /// What either gives: the wider of two.
    #[must_use]
    pub fn wider(&self, other: &Self) -> Self {
        Self { reach: self.reach.max(other.reach), write: self.write.union(&other.write).copied().collect() }
    }
}

impl Access {
    /// Rights put together by hand: what a shipped role gives.
    #[must_use]
    pub fn new(sections: BTreeMap<Section, SectionRights>, abilities: BTreeSet<Ability>) -> Self {
        Self { sections, abilities }
    }

    /// What one role gives. A field in conflict, or one this version cannot read, counts as narrow as
    /// can be: two administrators who disagree give nobody more than both meant.
    #[must_use]
    pub fn of_role(id: DocumentId, role: &Reading) -> Self {
        let mut access = Self::default();
        for &section in Section::ALL {
            let rights = standing_values::<SectionRights>(role, section.name())
                .into_iter()
                .reduce(|one, other| one.narrower(&other));
            if let Some(rights) = rights.filter(|rights| *rights != SectionRights::default()) {
                access.sections.insert(section, rights);
            }
        }
        let abilities = standing_values::<AbilityList>(role, Role::ABILITIES.name).into_iter();
        access.abilities =
            abilities.map(|list| list.0).reduce(|one, other| &one & &other).unwrap_or_default();
        Self::union([&access, &kept(id)])
    }

    /// What a person holds who holds all of `roles`.
    #[must_use]
    pub fn union<'a>(roles: impl IntoIterator<Item = &'a Access>) -> Self {
        let mut union = Self::default();
        for role in roles {
            for (section, rights) in &role.sections {
                let wider = union.section(*section).wider(rights);
                union.sections.insert(*section, wider);
            }
            union.abilities.extend(&role.abilities);
        }
        union
    }

    /// What makes a role give this: each section it gives anything in, and its abilities.
    #[must_use]
    pub fn to_role(&self) -> Vec<Intent> {
        let set = |field: &str, value| Intent::Set { path: FieldPath::root(field), value };
        let sections = self.sections.iter();
        let mut intents: Vec<Intent> =
            sections.map(|(section, rights)| set(section.name(), rights.to_scalar())).collect();
        intents.push(Role::ABILITIES.set(&self.abilities.iter().copied().collect()));
        intents
    }

    /// What it gives in a section.
    #[must_use]
    pub fn section(&self, section: Section) -> SectionRights {
        self.sections.get(&section).cloned().unwrap_or_default()
    }

    /// How far it sees in a section.
    #[must_use]
    pub fn reach(&self, section: Section) -> Reach {
        self.sections.get(&section).map_or(Reach::None, |rights| rights.reach)
    }

    /// True when it writes that group in the section. Nobody writes the relay's. What the customer
    /// says is taken down by whoever holds the technician's or the customer's group.
    #[must_use]
    pub fn writes(&self, section: Section, group: Group) -> bool {
        let Some(rights) = self.sections.get(&section) else { return false };
        match group {
            Group::Relay => false,
            Group::Customer => {
                rights.write.contains(&Group::Customer) || rights.write.contains(&Group::Technician)
            }
            Group::Office | Group::Technician => rights.write.contains(&group),
        }
    }

    /// True when it has the ability.
    #[must_use]
    pub fn can(&self, ability: Ability) -> bool {
        self.abilities.contains(&ability)
    }

    /// True for whoever gives roles or lets devices join: they are told of people and devices.
    #[must_use]
    pub fn administers(&self) -> bool {
        self.can(Ability::AssignRoles) || self.can(Ability::EnrolDevices)
    }

    /// The sections it gives anything in.
    #[must_use]
    pub fn sections(&self) -> &BTreeMap<Section, SectionRights> {
        &self.sections
    }

    /// The abilities it gives.
    #[must_use]
    pub fn abilities(&self) -> &BTreeSet<Ability> {
        &self.abilities
    }
}

/// Abilities as a role stores them. An ability of a newer version gives nothing here.
#[derive(Default)]
struct AbilityList(BTreeSet<Ability>);

trait Narrow: Sized + Default {
    fn read(scalar: &Scalar) -> Option<Self>;
}
impl Narrow for SectionRights {
    fn read(scalar: &Scalar) -> Option<Self> {
        Self::from_scalar(scalar).ok()
    }
}
impl Narrow for AbilityList {
    fn read(scalar: &Scalar) -> Option<Self> {
        let names = Vec::<String>::from_scalar(scalar).ok()?;
        let known = names.into_iter().filter_map(|name| Ability::from_scalar(&Scalar::Text(name)).ok());
        Some(Self(known.collect()))
    }
}

/// Every value that stands in a field; what cannot be read counts as nothing given.
fn standing_values<T: Narrow>(role: &Reading, field: &str) -> Vec<T> {
    let Some(cell) = role.cell(field) else { return Vec::new() };
    cell.standing().map(|value| T::read(value).unwrap_or_default()).collect()
}
