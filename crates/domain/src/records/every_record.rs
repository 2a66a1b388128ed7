//! What every record has beside its own fields.
//!
//! `#[derive(Record)]` appends these fields to every schema, so documents, rights and tables meet them
//! like any other field. [`Common::read`] types them for any kind.

use crate::id::Ref;
use crate::intent::Intent;
use crate::kind::{Decider, Group, Kind};
use crate::reading::{FieldPath, Reading};
use crate::record::{Row, RowValue, Rows, RowsField, ScalarField, Withdrawal, typed};
use crate::records::Employee;
use crate::records::values::{Decision, ProposedValue};
use crate::schema::{FieldSchema, Shape, root_key};
use crate::value::{FieldValue, Scalar, ScalarType};

/// What somebody would like changed in a field that belongs to others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct Proposal {
    /// The field, as [`FieldPath`] prints it: `window`, `works/<row>/volume`.
    pub path: Option<String>,
    /// The value wanted there.
    pub value: Option<ProposedValue>,
    /// Why.
    pub why: Option<String>,
    /// What an owner of the field said.
    pub decision: Option<Decision>,
}

/// The common part of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Common {
    /// Who made the record.
    pub author: Option<Ref<Employee>>,
    /// Wishes to change what the wisher does not own.
    pub proposals: Rows<Proposal>,
    /// Of a duplicate: the record of the same kind that stays. Links follow it.
    pub merged_into: Option<crate::id::DocumentId>,
    /// Set when the record was made by mistake.
    pub withdrawn: Option<Withdrawal>,
}

impl Common {
    /// The handle of `author`. Written once, in the change that makes the record.
    pub const AUTHOR: ScalarField<Ref<Employee>> = ScalarField::new(root_key::AUTHOR);
    /// The handle of `proposals`.
    pub const PROPOSALS: RowsField<Proposal> = RowsField::new(root_key::PROPOSALS);
    /// The handle of `withdrawn`.
    pub const WITHDRAWN: ScalarField<Withdrawal> = ScalarField::new(root_key::WITHDRAWN);

    /// Types the common part of any record.
    #[must_use]
    pub fn read(reading: &Reading) -> Self {
        let merged_into = reading.value(root_key::MERGED_INTO).as_text().and_then(|text| text.parse().ok());
        Self {
            author: typed(reading.value(root_key::AUTHOR)),
            proposals: Rows::read(reading, root_key::PROPOSALS),
            merged_into,
            withdrawn: typed(reading.value(root_key::WITHDRAWN)),
        }
    }

    /// Takes back that this record is a duplicate.
    #[must_use]
    pub fn stand_alone() -> Intent {
        Intent::Set { path: FieldPath::root(root_key::MERGED_INTO), value: Scalar::Null }
    }
}

const OFFICE: &[Group] = &[Group::Office];

/// How many common fields there are; they stand at the end of every schema.
pub const COUNT: usize = 4;

/// Who made the record. The rights let it be written with the seed only.
#[must_use]
pub const fn author(made_by: &'static [Group]) -> FieldSchema {
    scalar(root_key::AUTHOR, ScalarType::Link(Kind::Employee.name()), made_by)
}

/// Proposals. Whoever sees the record may add one, and the owners of the field decide: the owners
/// named here are not asked.
#[must_use]
pub const fn proposals(made_by: &'static [Group]) -> FieldSchema {
    FieldSchema {
        name: root_key::PROPOSALS,
        shape: Shape::Rows { columns: <Proposal as RowValue>::COLUMNS },
        owners: made_by,
        decider: Decider::Reviewer,
        since: 1,
        written_once: true,
    }
}

/// The record that stays, of the same kind.
#[must_use]
pub const fn merged_into(kind: Kind) -> FieldSchema {
    scalar(root_key::MERGED_INTO, ScalarType::Link(kind.name()), OFFICE)
}

/// Made by mistake. The rights let the author write it too.
#[must_use]
pub const fn withdrawn() -> FieldSchema {
    scalar(root_key::WITHDRAWN, <Withdrawal as FieldValue>::TYPE, OFFICE)
}

const fn scalar(name: &'static str, scalar: ScalarType, owners: &'static [Group]) -> FieldSchema {
    FieldSchema {
        name,
        shape: Shape::Scalar(scalar),
        owners,
        decider: Decider::Dispatcher,
        since: 1,
        written_once: false,
    }
}
