//! Why a write is refused: a stable code for programs, a place, and the data a sentence needs.

use serde::Serialize;

use crate::kind::{Decider, Group};
use crate::reading::FieldPath;
use crate::rights::Ability;

/// A write that is not allowed, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[error("{path}: {reason}")]
pub struct Refusal {
    /// The place that was written.
    pub path: FieldPath,
    /// Why not.
    pub reason: Reason,
}

/// Why a write is not allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "RefusalReason"))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Reason {
    /// The writer does not see the record.
    #[error("the record is out of sight")]
    OutOfSight,
    /// The writer may not make records of this kind.
    #[error("records of this kind are made by others")]
    NotYoursToMake,
    /// The field belongs to groups the writer does not hold.
    #[error("belongs to {}", names(.owners))]
    NotYours {
        /// The groups it belongs to.
        owners: &'static [Group],
    },
    /// Only the relay writes it.
    #[error("only the relay writes it")]
    RelayOnly,
    /// Only the change that makes the record writes it.
    #[error("written only when the record is made")]
    BirthOnly,
    /// A record was made without its author.
    #[error("the record does not name its maker as its author")]
    AuthorMissing,
    /// The row is somebody else's, and the writer is no reviewer.
    #[error("the row is another's")]
    AnothersRow,
    /// The value names somebody else as the one who did this.
    #[error("written in another's name")]
    AnothersName,
    /// Two values stand there, and somebody else decides between them.
    #[error("in conflict, and the {decider} decides")]
    NotYoursToDecide {
        /// Who decides.
        decider: Decider,
    },
    /// It needs an ability the writer does not have.
    #[error("needs the ability {}", .ability.name())]
    NeedsAbility {
        /// The ability.
        ability: Ability,
    },
    /// The value is not in its type's canonical form.
    #[error("not {expected}")]
    NotCanonical {
        /// What was expected, in English.
        expected: &'static str,
    },
    /// The row is there already.
    #[error("the row is there already")]
    RowExists,
    /// There is no such row.
    #[error("there is no such row")]
    NoSuchRow,
    /// Once written it stays: the author and the type of a row.
    #[error("never changes once written")]
    Fixed,
    /// The operation is none that a record knows.
    #[error("{what}")]
    Foreign {
        /// What it does.
        what: &'static str,
    },
    /// A field, column or type of event that a newer version knows.
    #[error("unknown in this version")]
    NewerSchema,
}

impl Reason {
    /// The stable name, as receipts carry it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OutOfSight => "out_of_sight",
            Self::NotYoursToMake => "not_yours_to_make",
            Self::NotYours { .. } => "not_yours",
            Self::RelayOnly => "relay_only",
            Self::BirthOnly => "birth_only",
            Self::AuthorMissing => "author_missing",
            Self::AnothersRow => "anothers_row",
            Self::AnothersName => "anothers_name",
            Self::NotYoursToDecide { .. } => "not_yours_to_decide",
            Self::NeedsAbility { .. } => "needs_ability",
            Self::NotCanonical { .. } => "not_canonical",
            Self::RowExists => "row_exists",
            Self::NoSuchRow => "no_such_row",
            Self::Fixed => "fixed",
            Self::Foreign { .. } => "foreign",
            Self::NewerSchema => "newer_schema",
        }
    }

    pub(super) fn at(self, path: &FieldPath) -> Refusal {
        Refusal { path: path.clone(), reason: self }
    }
}

fn names(owners: &[Group]) -> String {
    owners.iter().map(|group| group.name()).collect::<Vec<_>>().join(" or ")
}
